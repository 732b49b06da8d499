"""Who is in a group, as far as a bot can know: a directory from what passes by, roles, and who is meant by a name.

Telegram gives a bot no member list and no look-up of @names. Whoever writes, is answered, mentioned, joins or leaves is
noted, per group; what is not known is said to be unknown. ``identity`` finds who is meant, ``roles`` says who may do what.
"""

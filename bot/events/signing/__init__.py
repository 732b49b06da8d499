"""Signing up by other ways than a tap, and what belongs to it (R05).

What is promised:

- Where a group has turned it on, an answer to a card in words counts like a tap: 报名, +1, join, maybe, can't come. "+2" is
  two people in all, the writer and a guest. Only whole messages that say nothing else are read; what is edited later does not
  count anew. The bot posts one message for what is written within some minutes and edits it, so that many who sign up
  at once do not flood the group; a reason that concerns one person alone is told in private.
- Organisers put others on a list and take them off, also people without Telegram. The waiting list and the seats count for
  them as for everybody; the end of the sign-up, tags and suspensions do not. They are told in private.
- A seat is taken at once; what the organiser wants to know is asked afterwards, in private where the bot can write, else in
  the group. Answers can be changed as long as one is on the list. Who has not answered is asked once more with the first
  reminder. Only organisers read the answers.
- A suspension for missed events ends by itself, or when an organiser forgives them.
"""

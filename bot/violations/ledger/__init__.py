"""The ledger: a case in full, all cases of a person, and all of the group, looked through, counted and taken away as files (R22).

What is promised:

- Nothing is ever deleted. A reason can be amended; the one before stays in the audit log and is shown with the case.
- Members see what is on record about themselves and nothing else. Who said what about whom goes where managers read; lists and
  files never into the group.
- The evidence of a case is kept as long as the case: the text, and Telegram's reference to a photo or a file, which is sent again
  to managers who ask for it.
- Of a long ledger only the page that is looked at is read. A file holds a stated number of cases at most; the rest comes as
  further parts.
"""

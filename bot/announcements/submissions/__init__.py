"""Submissions: a member hands in a text, and reviewers decide what becomes of it (R25, R09).

What is promised:

- Nothing that is handed in is published by itself: it becomes a draft only when a reviewer accepts it, and goes the way of every
  other announcement from there. Nobody decides on what they have handed in themselves.
- A submission is decided once. Of two reviewers who decide at the same time the first counts, and the second is told.
- Whoever handed it in is told each time, also of what becomes of its announcement later: in private, or in the group where they
  cannot be reached; there without the words of a refusal.
- Nothing is lost when the member leaves the group or blocks the bot: what was handed in can still be decided on.
- As long as nobody has decided, the member can take it back.
"""

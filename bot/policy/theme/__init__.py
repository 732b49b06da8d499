"""The theme of a group: how long the talk has been off it, and what brings it back (R04).

What is promised:

- Nothing is watched before a manager has named the theme's words and switched this on.
- Talk is on theme while somebody uses one of the words, or one of those the group itself has been seen to use day after day.
  The first message after a long silence begins the clock anew: silence is no talk about something else.
- When the time is up, while people are talking, managers are told or the next prepared post goes out; once, then the clock
  begins anew. Never in quiet hours, and not on a day for which a manager has let it be.
- Posts go out in the order in which they stand, each once, and none is lost: what went out can be put back into the line.
- Of what is written, only words and how many people used them are kept, and each manager can strike a word out for good.
"""

"""Series of events (R05): weekly, every two weeks, monthly, with exceptions; every date is an event with a list of its own.

What is promised:

- A series keeps the hour of its zone's clock: weekly at nine stays at nine when the clocks change. The zone is the one the
  group had when the series was made; if the group moves to another, its coming dates keep their moment, as all events do.
- A date is opened once, some days before it takes place, never at night and never after it has begun. Openings that the bot
  was down for are made up for while the date is still ahead.
- One date may be skipped or moved, before it is opened and after; an event that is moved or cancelled by hand counts as such.
  Two dates never begin at one moment: the one that is set by hand stays. Days that are holidays of the group are left out,
  if wanted.
- Those who came the last time may be put on the list of the next date; they are told, and say so if they cannot come.
- What is changed on one date changes that date alone, until somebody takes it over for all that are to come.
"""

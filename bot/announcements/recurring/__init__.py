"""Announcements that come again and again (R02): one is the pattern, and each date makes another like it.

What is promised:

- A rule keeps the hour of the group's clock, through the change of clocks and into another time zone of the group. No day has
  a date twice because the zone was changed.
- Every date is an announcement of its own, with the words, the options and the approval that its pattern has when the date
  comes. It goes the way of every other: who set the rule must still be allowed to publish, quiet hours hold it unless it
  is urgent, and what nobody has approved waits for review where the group wants that.
- Dates that the bot was down for become one announcement, the last of them: it goes out late, or is offered, as the group's
  limit says. Managers are told how many there were.
- A rule ends on its day or after its count, whatever happens in between. Dates can be skipped, and public holidays of the
  group are left out if wanted. Paused, it misses its dates for good.
- A pattern that was discarded, turned down or taken back, or a manager who may not publish any more, pauses the rule, and
  managers are told.
"""

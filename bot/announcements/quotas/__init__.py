"""Quotas: what every department, person or member owes in a week, a month or a quarter, and who has delivered (R09).

What is promised:

- A published announcement counts for whoever handed it in, or else for its author, once. What repeats itself counts for nobody, nor
  does a copy of what somebody had handed in; what was withdrawn does not count.
- A period begins and ends at midnight of the group's clock, through every change of clocks.
- When a period ends, what was owed and delivered in it is kept as it was; later changes of tags, quotas or announcements do not
  change it. A period that ended while the bot was down is kept late, and by the same rule.
- Before a period ends the managers are reminded once of those who are behind, and not in quiet hours. Those who are, and who answers
  for a department that is, hear it in private once; whom the bot cannot write to is named to the managers.
"""

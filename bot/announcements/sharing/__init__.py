"""Share campaigns (R12): members are asked to pass an announcement on, and say that they have.

What is promised:

- A tap on the button below the announcement counts once, and is taken back by another until the campaign ends; a second tap of
  a finger that trembled takes nothing back. The count on the button follows.
- Where proof is wanted, a screenshot may be sent to the bot in private. Only managers see it, when they ask for it.
- Who has and who has not is said against the people who are known to be in the group, and how many that is of how many.
- When its end has come the button goes, whoever is late is told so, and the managers are told how it stands.
- Those who have not are reminded when a manager says so or by a plan, and once before the end: in private where the bot may write to
  them, else by name in the group; at most 3 times, at least 5 minutes apart, never in quiet hours.
"""

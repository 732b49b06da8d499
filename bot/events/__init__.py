"""Events people sign up for (R05, R30): a live card with seats, guests, a waiting list, a deadline, reminders.

What is promised:

- A seat is never given twice: guests count, and what people tap in the same moment is decided one after the other.
- First come, first served, and nobody is overtaken: who does not fit waits, as a party with their guests; a freed seat goes
  to the first in line, and while that party does not fit, those behind it wait too. Who moves up is told.
- The last word of each person stands: join, leave and guests may be tapped in any order, as often as one likes.
- Leaving is possible until the start; joining until the deadline. The line moves up until the start.
- Who leaves the group, or is removed, leaves its events: their seat goes to the first in line. Who comes back signs up anew.
- Nothing is saved before it was shown: an event as it will be, a new time with its weekday, also where one line said it all.
- A day and two hours before the start people are reminded. A reminder that is late, the bot having been down, is sent while
  the event is still ahead and says how long that is; of two that are late only one is.
- Whoever is on an event is told when it is moved, relocated or cancelled: in the group, and in private where possible.
- The card always shows the present state, and loses its buttons once the event is over or cancelled.
"""

"""The buttons of events, and who may use them."""

from __future__ import annotations

from bot.kernel.roles import Right
from bot.tg.buttons import ButtonCode
from bot.tg.capability import Access

ORGANISERS = Access(right=Right.EVENTS)

JOIN = ButtonCode("ev.join", (int,))
LEAVE = ButtonCode("ev.leave", (int,))
MAYBE = ButtonCode("ev.maybe", (int,))
CONFIRM = ButtonCode("ev.confirm", (int,))
ACCEPT = ButtonCode("ev.accept", (int,))
DECLINE = ButtonCode("ev.decline", (int,))
"""Answer the offer of a seat; others who tap are told so."""
MORE = ButtonCode("ev.more", (int,))
FEWER = ButtonCode("ev.fewer", (int,))
LIST = ButtonCode("ev.list", (int,))
CALENDAR = ButtonCode("ev.ics", (int,))
"""Sends the event as an entry for one's calendar."""
PAGE = ButtonCode("ev.page", (int, int))
"""Carries an event and a page of its list."""
COMING = ButtonCode("ev.coming", (int,))
"""Carries a page of the list of events."""
MONTH = ButtonCode("ev.month", (int,))
"""Carries a month as the months since the year 0; 0 is the present one."""
MINE = ButtonCode("ev.mine", (int,))
"""Carries a page of one's own events."""
PAST = ButtonCode("ev.past", (int,))
"""Carries a page of what took place."""
ATTENDANCE = ButtonCode("ev.came", (int, int))
"""Carries a year (0: the present one) and a page of who came how often."""
EXPORT = ButtonCode("ev.export")
FILE = ButtonCode("ev.file", (int,))
"""Sends an organiser who is on an event as a file."""
SHOW = ButtonCode("ev.show", (int,))
MANAGE = ButtonCode("ev.manage", (int,))
"""Opens the organiser's panel beside the card."""
PANEL = ButtonCode("ev.panel", (int,))
"""Leads back to the panel from what took its place."""
DO = ButtonCode("ev.do", (str, int))
"""Carries what an organiser wants to do, and with which event."""
LOWER = ButtonCode("ev.lower", (int, int, int))
"""Carries an event, its new number of seats, and the mark of those whom the organiser saw go back to the waiting list."""
KEEP = ButtonCode("ev.keep", (int,))

"""The buttons at the door and about money."""

from __future__ import annotations

from bot.tg.buttons import ButtonCode

OPEN = ButtonCode("ev.d.open", (int,))
HERE = ButtonCode("ev.d.here", (int, int, int))
"""Carries an event, a person, and whether they are to be here (1) or not (0): a tap never means "the other way round"."""
PARTY = ButtonCode("ev.d.party", (int, int, int))
"""Carries an event, a person, and how many guests came along."""
PAGE = ButtonCode("ev.d.page", (int, int))
"""Carries a panel and a page."""
VIEW = ButtonCode("ev.d.view", (int, int))
"""Carries a panel, and whether it is to show those without a seat; ends a search."""
FIND = ButtonCode("ev.d.find", (int,))
"""Carries a panel."""
I_AM_HERE = ButtonCode("ev.d.me", (int,))
"""Asks whoever taps for the code that is shown at the place."""
WALK_IN = ButtonCode("ev.d.walk", (int,))
WAYS = ButtonCode("ev.d.ways", (int,))
RENEW = ButtonCode("ev.d.new", (int,))
ALLOW = ButtonCode("ev.d.let", (int, int))
"""Carries an event, and whether walk-ins may use the code."""
QR = ButtonCode("ev.d.qr", (int,))
CLOSE = ButtonCode("ev.d.close", (int, int))
"""Carries an event, and how many people the organiser saw who would be marked absent (-1: none yet)."""
KEEP = ButtonCode("ev.d.keep", (int,))
MONEY = ButtonCode("ev.m.open", (int,))
TABLE = ButtonCode("ev.m.table", (int, int, int))
"""Carries an event, whether only what is open is shown, and a page."""
MARK = ButtonCode("ev.m.mark", (int, int, str, int, int))
"""Carries an event, a person, what they are to be marked as, and what :data:`TABLE` carries beside the event."""
REMIND = ButtonCode("ev.m.ask", (int,))
PAID = ButtonCode("ev.m.paid", (int,))
"""The button on the card: who taps says that they paid."""
SAY = ButtonCode("ev.m.say", (int, int))
"""Carries an event, and whether the person who taps says that they paid."""

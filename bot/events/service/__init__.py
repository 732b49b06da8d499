"""The use cases of events: planning, signing up, what becomes of the line, reading.

Every function that changes something first locks the group, so that what it reads stays true until the commit; state, timers
and the audit log change in one transaction.
"""

from bot.events.service.clock import CLOCK, NAME, put_off
from bot.events.service.planning import cancel, close, create, edit, publish, reopen
from bot.events.service.reading import (
    ON_IT,
    card_posted,
    current,
    drafts,
    everybody,
    face,
    get,
    going,
    house_of,
    list_asked,
    list_posted,
    numbered,
    pass_start,
    people,
    set_house,
    standing_of,
    take_notices,
    upcoming,
)
from bot.events.service.signing import Tapped, add_for, fill_seats, gone, lapse_offers, name_guests, take_off, tap

__all__ = [
    "CLOCK",
    "NAME",
    "ON_IT",
    "Tapped",
    "add_for",
    "cancel",
    "card_posted",
    "close",
    "create",
    "current",
    "drafts",
    "edit",
    "everybody",
    "face",
    "fill_seats",
    "get",
    "going",
    "gone",
    "house_of",
    "lapse_offers",
    "list_asked",
    "list_posted",
    "name_guests",
    "numbered",
    "pass_start",
    "people",
    "publish",
    "put_off",
    "reopen",
    "set_house",
    "standing_of",
    "take_notices",
    "take_off",
    "tap",
    "upcoming",
]

"""Asking for acknowledgements, counting them, reminding of them."""

from bot.announcements.acknowledgement.service.asking import (
    DUE,
    NUDGE,
    ask_anew,
    asked_of,
    begin,
    close,
    count,
    want,
    wish_of,
)
from bot.announcements.acknowledgement.service.nudging import nudge
from bot.announcements.acknowledgement.service.silence import (
    decide,
    missed_of,
    missed_one,
    put_before_managers,
    undecided,
)
from bot.announcements.acknowledgement.service.status import ReachableOf, note_export, roll_of, sums
from bot.announcements.acknowledgement.service.taps import tap

__all__ = [
    "DUE",
    "NUDGE",
    "ReachableOf",
    "ask_anew",
    "asked_of",
    "begin",
    "close",
    "count",
    "decide",
    "missed_of",
    "missed_one",
    "note_export",
    "nudge",
    "put_before_managers",
    "roll_of",
    "sums",
    "tap",
    "undecided",
    "want",
    "wish_of",
]

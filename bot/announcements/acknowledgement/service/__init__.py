"""Asking for acknowledgements, counting them, reminding of them."""

from bot.announcements.acknowledgement.service.asking import (
    DUE,
    ask_anew,
    asked_of,
    begin,
    close,
    count,
    want,
    wish_of,
)
from bot.announcements.acknowledgement.service.reminding import FEED, REMINDERS, nudge
from bot.announcements.acknowledgement.service.several import (
    ANEW,
    CHANGED,
    DEADLINE,
    SUMMED,
    begin_anew,
    collect,
    go_on_anew,
    one_of,
    some_anew,
    sums,
)
from bot.announcements.acknowledgement.service.silence import (
    decide,
    missed_of,
    missed_one,
    put_before_managers,
    undecided,
)
from bot.announcements.acknowledgement.service.status import note_export, roll_of, waiting
from bot.announcements.acknowledgement.service.taps import tap

__all__ = [
    "ANEW",
    "CHANGED",
    "DEADLINE",
    "DUE",
    "FEED",
    "REMINDERS",
    "SUMMED",
    "ask_anew",
    "asked_of",
    "begin",
    "begin_anew",
    "close",
    "collect",
    "count",
    "decide",
    "go_on_anew",
    "missed_of",
    "missed_one",
    "note_export",
    "nudge",
    "one_of",
    "put_before_managers",
    "roll_of",
    "some_anew",
    "sums",
    "tap",
    "undecided",
    "waiting",
    "want",
    "wish_of",
]

"""What comes again and again: the rule, its occurrences, and how people write it."""

from __future__ import annotations

from bot.kernel.recurrence.cron import CronFault
from bot.kernel.recurrence.occurrences import next_after, upcoming
from bot.kernel.recurrence.outcomes import Fault, Read, Unread
from bot.kernel.recurrence.rule import LAST, Freq, Recurrence, from_json, to_json
from bot.kernel.recurrence.text import parse_recurrence, read_recurrence

__all__ = [
    "LAST",
    "CronFault",
    "Fault",
    "Freq",
    "Read",
    "Recurrence",
    "Unread",
    "from_json",
    "next_after",
    "parse_recurrence",
    "read_recurrence",
    "to_json",
    "upcoming",
]

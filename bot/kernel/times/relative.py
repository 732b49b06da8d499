"""Times counted from now: "in 2 hours", "3 days from now", 两小时后, 再过半小时."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from bot.kernel.durations import scan_span
from bot.kernel.times.clues import Ahead, Clue, Elapsed

_LEAD: Final = re.compile(r"(?:in|after) +|\+ ?|再?过 *")
_TRAIL: Final = re.compile(r" *(?:(?:from now|later)(?![a-z])|以后|之后|过后|后(?!天))")
_DAY: Final = 86400


def scan(text: str, at: int) -> tuple[tuple[Clue, ...], int] | None:
    """Scan a duration with a word before or behind it: exact in hours and less, a day (without an hour) in days and more."""
    lead = _LEAD.match(text, at)
    scanned = scan_span(text, at if lead is None else lead.end())
    if scanned is None:
        return None
    span, end = scanned
    trail = _TRAIL.match(text, end)
    if lead is None and trail is None:
        return None
    end = end if trail is None else trail.end()
    if span.coarse:
        return (Ahead(span.months, span.seconds // _DAY),), end
    if span.months:
        return None
    return (Elapsed(timedelta(seconds=span.seconds)),), end

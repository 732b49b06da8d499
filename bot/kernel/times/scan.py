"""From a line of text to the clues at its start."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.kernel.numerals import fold
from bot.kernel.times import chinese, english, figures, relative
from bot.kernel.times.clues import ClockTime, Clue, Clues, Scanner

LONGEST: Final = 200
"""No time is written in more characters; a bound on the work an over-long text can cause."""

_SCANNERS: Final[tuple[Scanner, ...]] = (relative.scan, *figures.SCANNERS, *english.SCANNERS, *chinese.SCANNERS)
_GAP: Final = re.compile(r" *(?:[,、的] *)?")
_PREPOSITION: Final = re.compile(r"(?P<at>(?:at|around) +|@ *)|(?:on|by) +|[于在] *")
_STOP: Final = re.compile(r" *(?:$|[,;|、；\r\n]| [-–—] )")


@dataclass(frozen=True)
class Scanned:
    """The clues of a text and the position behind the last of them."""

    clues: Clues
    end: int


def scan_line(text: str, *, whole: bool) -> Scanned | None:
    """Read as many clues as the start of ``text`` holds; ``None`` if there is not one.

    A bare number is an hour only where nothing else can be meant: in a text that is a time as a ``whole``, after "at",
    after a part of the day, or at the end of a phrase. Otherwise "Sat 20 seats" would be at eight in the evening.
    """
    folded = fold(text[:LONGEST])
    clues, end = Clues(), 0
    while (step := _step(folded, end, clues, whole=whole)) is not None:
        clues, end = step
    return Scanned(clues, end) if end else None


def _step(folded: str, end: int, clues: Clues, *, whole: bool) -> tuple[Clues, int] | None:
    gap = _GAP.match(folded, end)
    start = end if gap is None else gap.end()
    preposition = _PREPOSITION.match(folded, start)
    bare = whole or (preposition is not None and bool(preposition["at"]))
    best: tuple[Clues, int] | None = None
    for place in (start,) if preposition is None else (preposition.end(), start):
        for scanner in _SCANNERS:
            found = scanner(folded, place)
            if found is None or (best is not None and found[1] <= best[1]):
                continue
            if not bare and _is_doubtful(found[0], clues, folded, found[1]):
                continue
            merged = clues.with_all(found[0])
            best = best if merged is None else (merged, found[1])
    return best


def _is_doubtful(found: tuple[Clue, ...], clues: Clues, folded: str, end: int) -> bool:
    """Say whether this is a bare number that may count something else than hours."""
    hour = found[0]
    if not isinstance(hour, ClockTime) or not hour.bare or _STOP.match(folded, end):
        return False
    return clues.part is None or hour.hour > 12

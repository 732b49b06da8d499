"""Which updates were taken in already: ranges of ids that expire.

Ids are never compared with a maximum: after a quiet week Telegram goes on from a random id.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

KEEP = timedelta(hours=48)
"""Telegram keeps an update 24 hours; a range must outlive the last moment at which one of its ids can come again."""


@dataclass(frozen=True, slots=True)
class Range:
    """Ids ``first`` to ``last``, both taken in; ``at`` is when the last one was."""

    first: int
    last: int
    at: datetime


class Seen:
    """The ranges in memory, sorted by their first id."""

    def __init__(self, ranges: Iterable[Range] = ()) -> None:
        self._ranges = sorted(ranges, key=lambda r: r.first)
        self._firsts = [r.first for r in self._ranges]

    def __contains__(self, update_id: int) -> bool:
        place = bisect_right(self._firsts, update_id) - 1
        return place >= 0 and update_id <= self._ranges[place].last

    def adding(self, ids: Sequence[int], now: datetime) -> list[Range]:
        """Return the ranges, new or grown, that hold ``ids`` (sorted, none of them seen); nothing changes yet."""
        grown: list[Range] = []
        for update_id in ids:
            last = grown[-1] if grown else self._before(update_id)
            if last is not None and last.last == update_id - 1:
                if grown:
                    grown.pop()
                grown.append(Range(last.first, update_id, now))
            else:
                grown.append(Range(update_id, update_id, now))
        return grown

    def _before(self, update_id: int) -> Range | None:
        place = bisect_right(self._firsts, update_id) - 1
        return self._ranges[place] if place >= 0 else None

    def add(self, ranges: Sequence[Range]) -> None:
        """Take over ranges that are stored now."""
        for new in ranges:
            place = bisect_right(self._firsts, new.first) - 1
            if place >= 0 and self._firsts[place] == new.first:
                self._ranges[place] = new
            else:
                self._ranges.insert(place + 1, new)
                self._firsts.insert(place + 1, new.first)

    def expired(self, now: datetime) -> list[int]:
        """Return the first ids of ranges that may be forgotten."""
        return [r.first for r in self._ranges if r.at < now - KEEP]

    def forget(self, firsts: Sequence[int]) -> None:
        """Drop ranges by their first ids."""
        gone = set(firsts)
        self._ranges = [r for r in self._ranges if r.first not in gone]
        self._firsts = [r.first for r in self._ranges]

"""Which updates were taken in already: ranges of ids that expire.

Ids are never compared with a maximum: after a quiet week Telegram goes on from a random id.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
        self._highest = max((r.last for r in self._ranges), default=-1)

    @property
    def highest(self) -> int:
        """The highest of all ids; -1 where there are none."""
        return self._highest

    def __contains__(self, update_id: int) -> bool:
        # Above every range there is nothing to look up; below, being smaller alone says nothing.
        if update_id > self._highest:
            return False
        place = bisect_right(self._firsts, update_id) - 1
        return place >= 0 and update_id <= self._ranges[place].last

    def adding(self, ids: Sequence[int], now: datetime) -> list[Range]:
        """Return the ranges, new or grown, that hold ``ids`` (sorted, none of them seen); nothing changes yet."""
        grown: list[Range] = []
        for first, last in _runs(ids):
            before = self._before(first)
            joined = before is not None and before.last == first - 1
            grown.append(Range(before.first if before is not None and joined else first, last, now))
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
            self._highest = max(self._highest, new.last)

    def forget(self, before: datetime) -> None:
        """Drop the ranges of which no id was taken in since ``before``."""
        self._ranges = [r for r in self._ranges if r.at >= before]
        self._firsts = [r.first for r in self._ranges]
        self._highest = max((r.last for r in self._ranges), default=-1)


def _runs(ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each run of ids without a gap; ``ids`` are sorted, and mostly they are one run."""
    if ids and ids[-1] - ids[0] == len(ids) - 1:
        yield ids[0], ids[-1]
        return
    start = 0
    for place in range(1, len(ids) + 1):
        if place == len(ids) or ids[place] != ids[place - 1] + 1:
            yield ids[start], ids[place - 1]
            start = place

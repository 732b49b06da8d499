"""What comes again and again: a rule on the wall clock of one zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from bot.kernel.recurrence.cron import cron_fault

LAST: Final = -1
"""The last day of a month, or the last such weekday in it."""

_LONGEST_INTERVAL: Final = 1000


class Freq(StrEnum):
    """The unit in which a recurrence steps."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    YEARLY = "yearly"
    CRON = "cron"
    """The five fields of a crontab say it all; it may come many times a day."""


@dataclass(frozen=True)
class Recurrence:
    """A rule for dates, anchored at ``start`` (naive, on the wall clock of ``zone``), which also gives the time of day.

    - ``weekdays`` (Monday 0): the days of a weekly rule, those of the start if empty; with ``nth`` (1 to 5, or ``LAST``)
      the one weekday of a monthly rule.
    - ``monthday`` (1 to 31, or ``LAST``): the day of a monthly rule, that of the start if ``None``. A month that has no
      such day is left out.
    - ``until``: the last local date that may occur; ``count``: how many times in all, skipped ones included; not both.
    - ``skip``: local dates left out; ``no_holidays`` leaves out those too that are public holidays when it is asked.
    - ``cron``: the five fields of a rule by cron, whose day 0 and 7 are Sunday.

    The start itself occurs only if it fits the rule. Weeks begin on Monday: every second week counts from the start's.

    :raises ValueError: if the parts do not make a rule.
    """

    start: datetime
    zone: str
    freq: Freq
    interval: int = 1
    weekdays: frozenset[int] = frozenset()
    monthday: int | None = None
    nth: int | None = None
    until: date | None = None
    count: int | None = None
    skip: frozenset[date] = frozenset()
    no_holidays: bool = False
    cron: str | None = None

    @property
    def tz(self) -> ZoneInfo:
        """The zone on whose clock it is written."""
        return ZoneInfo(self.zone)

    def __post_init__(self) -> None:
        for wrong, says in self._faults():
            if wrong:
                raise ValueError(says)

    def _faults(self) -> Iterator[tuple[bool, str]]:
        monthly = self.freq is Freq.MONTHLY
        yield self.start.tzinfo is not None, "the start of a recurrence is a naive local time"
        yield not 1 <= self.interval <= _LONGEST_INTERVAL, "an interval is between 1 and 1000"
        yield not self.weekdays <= frozenset(range(7)), "a weekday is between 0 and 6"
        yield self.until is not None and self.count is not None, "a recurrence ends by date or by count, not by both"
        yield self.count is not None and self.count < 1, "a recurrence happens at least once"
        yield (
            self.monthday is not None and not (monthly and self.nth is None),
            "a day of the month is for monthly rules",
        )
        yield self.monthday not in {None, LAST, *range(1, 32)}, "a day of the month is between 1 and 31, or the last"
        yield self.nth is not None and not (monthly and len(self.weekdays) == 1), "an nth weekday is one, and monthly"
        yield self.nth not in {None, LAST, *range(1, 6)}, "an nth weekday is the first to fifth, or the last"
        weekly = self.freq is Freq.WEEKLY
        yield bool(self.weekdays) and not weekly and self.nth is None, "weekdays are for weekly rules"
        yield not _is_zone(self.zone), "the zone of a recurrence is unknown"
        by_cron = self.freq is Freq.CRON
        yield (self.cron is not None) is not by_cron, "the fields of cron are for rules by cron"
        yield by_cron and self.interval != 1, "a rule by cron has no interval"
        yield self.cron is not None and cron_fault(self.cron) is not None, "the fields of cron make no rule"


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def to_json(rule: Recurrence) -> str:
    """Write the rule down, the same text for the same rule."""
    return msgspec.json.encode(rule, order="deterministic").decode()


def from_json(text: str) -> Recurrence:
    """Read a rule that :func:`to_json` wrote.

    :raises ValueError: if it is none.
    """
    try:
        return msgspec.json.decode(text, type=Recurrence)
    except msgspec.DecodeError as error:
        raise ValueError(f"not a recurrence: {error}") from error

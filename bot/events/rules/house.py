"""What a group has settled for all its events (R05): the order of the line, what a new event begins with, who stays away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.events.rules.outcomes import Suspended, TooMany, WrongTag
from bot.events.rules.plan import DEFAULT_OFFER, DEFAULT_REMINDERS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from bot.events.rules.outcomes import Bar
    from bot.events.rules.plan import Plan

LOOK_BACK: Final = timedelta(days=365)
"""How far back past events count for the order of a line."""
MISSED_COUNT_FOR: Final = timedelta(days=90)
"""How long an event that somebody stayed away from counts towards a suspension."""
WEIGHT_OF_MISSED: Final = 2
"""How many events that they came to one weighs that they stayed away from, where the group counts those."""


class Order(StrEnum):
    """Who of the waiting list comes first."""

    TIME = "time"
    FAIR = "fair"
    """Those who came to the fewest events in the past year."""


@dataclass(frozen=True, slots=True)
class House:
    """A group's settings for events.

    ``words`` lets people sign up by answering the card in words. ``count_missed`` makes those who stayed away wait longer,
    where the order is fair. Who misses ``suspend_after`` events in 90 days cannot sign up until one of them is that long ago.
    ``most_ahead`` limits on how many coming events one person may be.
    """

    order: Order = Order.TIME
    strict: bool = False
    automatic: bool = False
    offer: int = DEFAULT_OFFER
    words: bool = False
    reminders: tuple[int, ...] = DEFAULT_REMINDERS
    reconfirm: bool = False
    count_missed: bool = False
    suspend_after: int | None = None
    most_ahead: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What counts of a person's past: to how many events they came in a year, which they missed, on how many they are."""

    came: int = 0
    missed: tuple[datetime, ...] = ()
    ahead: int = 0
    tag: str = ""


def rank_of(house: House, record: Record, now: datetime) -> int:
    """Return a person's rank in a line that begins now."""
    if house.order is Order.TIME:
        return 0
    missed = [at for at in record.missed if now - at < LOOK_BACK]
    return record.came + (WEIGHT_OF_MISSED * len(missed) if house.count_missed else 0)


def bar_of(house: House, plan: Plan, record: Record, now: datetime) -> Bar | None:
    """Return why a person may not sign up, or None."""
    if plan.tags and record.tag.strip().casefold() not in _folded(plan.tags):
        return WrongTag(plan.tags)
    suspended = suspension(house, record.missed, now)
    if suspended is not None:
        return suspended
    if house.most_ahead is not None and record.ahead >= house.most_ahead:
        return TooMany(house.most_ahead)
    return None


def suspension(house: House, missed: Sequence[datetime], now: datetime) -> Suspended | None:
    """Return until when somebody cannot sign up because of the events they missed, or None if they can."""
    counted = sorted(at for at in missed if now - at < MISSED_COUNT_FOR)
    if house.suspend_after is None or len(counted) < house.suspend_after:
        return None
    return Suspended(len(counted), counted[-house.suspend_after] + MISSED_COUNT_FOR)


def _folded(tags: Collection[str]) -> set[str]:
    return {tag.strip().casefold() for tag in tags}

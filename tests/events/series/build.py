"""Series to test with."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.events.series.rules import Series
from bot.kernel.recurrence import Freq, Recurrence
from bot.kernel.times import to_local
from tests.events.build import GROUP, OWNER, START, group, plan


def weekly(zone: str = "Europe/Berlin", start: datetime = START, **values: Any) -> Recurrence:
    """Every week on the day and at the hour of the start."""
    local = to_local(start, ZoneInfo(zone)).replace(second=0, microsecond=0)
    return Recurrence(local, zone, **{"freq": Freq.WEEKLY, "weekdays": frozenset({local.weekday()}), **values})


def series(**values: Any) -> Series:
    """A weekly hike."""
    given = {"plan": plan(), "rule": weekly(), "created_by": OWNER.user_id, "creator_name": OWNER.name, **values}
    return Series(1, GROUP, 1, **given)


GROUP_AWAKE = group()

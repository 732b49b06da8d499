"""What the tests of recurrences walk with: zones whose clocks change in many ways, and when their clocks show a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

ZONES = [
    *("Europe/Berlin", "America/New_York", "America/Santiago", "Africa/Cairo", "Asia/Beirut", "Australia/Lord_Howe"),
    *("Pacific/Auckland", "Europe/Dublin", "America/Havana", "Antarctica/Troll", "America/St_Johns"),
    *(
        "Africa/Casablanca",
        "Asia/Shanghai",
        "Asia/Gaza",
        "Pacific/Apia",
        "Asia/Kolkata",
        "Asia/Tehran",
        "Europe/London",
    ),
]


def at_wall_clock(local: datetime, tz: ZoneInfo) -> datetime:
    """The first instant at which the zone's clock shows ``local``; if none does, as far behind the gap as it is in it."""
    around = [
        (local + timedelta(days=days)).replace(tzinfo=UTC).astimezone(tz).utcoffset() or timedelta(0)
        for days in (-2, 2)
    ]
    tried = sorted((local - offset).replace(tzinfo=UTC) for offset in around)
    for instant in tried:
        if instant.astimezone(tz).replace(tzinfo=None) == local:
            return instant
    return (local - around[0]).replace(tzinfo=UTC)

"""How a group keeps its announcements (R09): who must have read them, and how late they may still go out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Final

LATE: Final = timedelta(hours=1)
"""How late an announcement may go out by itself unless a group says so: news of the morning, posted at night, would mislead."""
MOST_LATE: Final = timedelta(days=7)


class Review(StrEnum):
    """Whose eyes an announcement needs before it goes out."""

    NONE = "none"
    OTHER = "other"
    """Somebody who may review and has not written it."""
    OWNER = "owner"
    """The owner of the group, whose own words need nobody else's."""


@dataclass(frozen=True, slots=True)
class House:
    """A group's settings for announcements. ``options`` are what the parts keep for the group, each under its own name."""

    review: Review = Review.NONE
    late: timedelta = LATE
    options: Mapping[str, str] = field(default_factory=dict, hash=False)

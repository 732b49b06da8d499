"""What was seen, as it is kept and counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Final

from bot.kernel.ids import GroupId, UserId
from bot.policy.rules.findings import Reason
from bot.policy.rules.rule import Reaction, Rule

COUNTED: Final = timedelta(days=7)
"""What a rule has seen is counted over so long."""
RECORDS_KEPT: Final = timedelta(days=365)
"""How long it is known that a rule was broken, and by whom; without what was written."""
HINT_EVERY: Final = timedelta(hours=1)
HINT_HOLDS: Final = timedelta(days=1)
"""Who breaks the same rule again within this time after a hint gets the next step of its ladder."""
NEW_FOR: Final = timedelta(days=7)
"""Who came that short a while ago is new."""
_DIGIT: Final = re.compile(r"[\d〇零一二三四五六七八九]")
_SAMPLE: Final = 200


@dataclass(frozen=True, slots=True)
class Keeping:
    """How much of what was written a group keeps: at most so many samples a rule, each so many days."""

    samples: int = 20
    days: int = 7

    @property
    def span(self) -> timedelta:
        """For how long."""
        return timedelta(days=self.days)


MOST_SAMPLES: Final = 200
MOST_DAYS_KEPT: Final = 90


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for all rules of a group. ``blocked`` is since when the bot has not been let delete messages."""

    keeping: Keeping = Keeping()
    blocked: datetime | None = None


@dataclass(frozen=True, slots=True)
class Approved:
    """Somebody whom rules spare that spare approved members, and who said so."""

    user_id: UserId
    name: str
    by_name: str
    at: datetime


class Approval(Enum):
    """What came of approving somebody."""

    DONE = "done"
    ALREADY = "already"
    TOO_MANY = "too_many"


MOST_APPROVED: Final = 500


@dataclass(frozen=True, slots=True)
class Record:
    """A message that broke a rule. ``observed`` says that the rule did nothing about it."""

    group_id: GroupId
    number: int
    """The rule's."""
    user_id: UserId
    user_name: str
    message_id: int
    at: datetime
    reason: Reason
    detail: str
    reaction: Reaction
    observed: bool
    hinted: bool = False
    sample: str = ""
    sample_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """What a rule has seen in a span: messages, and by how many people."""

    messages: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule with what it has seen, by itself or switched on."""

    rule: Rule
    observed: Tally = Tally()
    acted: Tally = Tally()


def sample_of(text: str, *, hidden: bool = False) -> str:
    """Return what is kept of a text; ``hidden``: without its digits, for they may be somebody's (R34)."""
    line = " ".join(text.replace("\0", "").split())
    if hidden:
        line = _DIGIT.sub("•", line)
    return line if len(line) <= _SAMPLE else f"{line[: _SAMPLE - 1]}…"


@dataclass(frozen=True, slots=True)
class Day:
    """What a rule has seen on one day of the group's calendar."""

    day: date
    messages: int
    people: int


def days_since(joined_at: datetime | None, now: datetime) -> int | None:
    """Return how many whole days ago somebody came."""
    return None if joined_at is None else max(0, (now - joined_at).days)


def is_new(joined_at: datetime | None, now: datetime) -> bool:
    """Say whether somebody came a short while ago; of whom nobody saw them come, no."""
    return joined_at is not None and now - joined_at < NEW_FOR

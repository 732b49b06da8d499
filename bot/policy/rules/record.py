"""What was seen, as it is kept and counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.kernel.ids import GroupId, UserId
from bot.policy.rules.findings import Reason
from bot.policy.rules.rule import Reaction, Rule

SAMPLES: Final = 20
"""So many of the newest samples are kept for a rule."""
SAMPLES_KEPT: Final = timedelta(days=7)
RECORDS_KEPT: Final = timedelta(days=365)
"""How long it is known that a rule was broken, and by whom; without what was written."""
HINT_EVERY: Final = timedelta(hours=1)
NEW_FOR: Final = timedelta(days=7)
"""Who came that short a while ago is new."""
_SAMPLE: Final = 200


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


@dataclass(frozen=True, slots=True)
class Tally:
    """What a rule has seen in the last seven days: messages, and by how many people."""

    messages: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule with what it has seen, by itself or switched on."""

    rule: Rule
    observed: Tally = Tally()
    acted: Tally = Tally()


def sample_of(text: str) -> str:
    """Return what is kept of a text."""
    line = " ".join(text.replace("\0", "").split())
    return line if len(line) <= _SAMPLE else f"{line[: _SAMPLE - 1]}…"


def is_new(joined_at: datetime | None, now: datetime) -> bool:
    """Say whether somebody came a short while ago; of whom nobody saw them come, no."""
    return joined_at is not None and now - joined_at < NEW_FOR

"""One step against several people: named on one line, agreed to once, a case for each (R22)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.kernel.ids import GroupId
from bot.violations.rules.case import Person
from bot.violations.rules.ladder import Rung, Step

MOST: Final = 20
"""How many people one line may name."""
TOGETHER: Final = frozenset({Rung.KICK, Rung.BAN})
"""Steps that can be taken against several people at once."""


@dataclass(frozen=True, slots=True)
class Several:
    """What a moderator wants to do with several people, until they say that they mean it."""

    group_id: GroupId
    targets: tuple[Person, ...]
    issuer: Person
    step: Step
    reason: str
    basic: bool = False
    rule: str = ""
    rule_title: str = ""

"""How many statements what may take: eight, and what docs/decisions/statements.md says of the acts that take more."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.statements.counting import Counted

LIMIT: Final = 8
"""Statements of one command or tap that reads something or begins a form, all that the turn itself does included."""
OF_PUBLISHED: Final = 22
"""Statements of asking for more, or less, with what is published."""
DECISION: Final = Path(__file__).parents[2] / "docs" / "decisions" / "statements.md"
_ROW = re.compile(r"^\| (?P<acts>`.+`) \| (?P<most>\d+) \| .+ \|$", re.MULTILINE)
_ACT = re.compile(r"`([^`]+)`")


def acts() -> dict[str, int]:
    """Return how many statements an act may take, by how its line begins or by the code of its button."""
    rows = _ROW.finditer(DECISION.read_text(encoding="utf-8"))
    return {name: int(row["most"]) for row in rows for name in _ACT.findall(row["acts"])}


def name_of(one: Counted, known: dict[str, int]) -> str | None:
    """Return under which name something is among the acts; the longest that fits."""
    fitting = [name for name in known if one.code == name or one.code.startswith(f"{name} ")]
    return max(fitting, key=len, default=None)


def most(one: Counted, known: dict[str, int]) -> int:
    """Return how many statements something may take."""
    name = name_of(one, known)
    return LIMIT if name is None else known[name]

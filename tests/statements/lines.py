"""What is typed: every command bare and with its own examples, made to fit what is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.statements.world import (
    BREAKFAST,
    DINNER,
    DRAFT_TO_REVIEW,
    DRESSED,
    HIKE,
    IN_REVIEW,
    PUBLISHED,
    RECURRING,
    SCHEDULED,
    SENT,
    STROLL,
    TOPICAL,
    WALK,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.sandbox.telegram import Actor
    from bot.sandbox.telegram.model import Chat
    from bot.tg.capability import Capability
    from tests.statements.world import World

_HERE = {
    "/announce cancel": SCHEDULED,
    "/announce withdraw": PUBLISHED,
    "/announce status": PUBLISHED,
    "/announce shares": PUBLISHED,
    "/announce submit": DRAFT_TO_REVIEW,
    "/announce approve": IN_REVIEW,
    "/announce return": IN_REVIEW,
    "/announce reject": IN_REVIEW,
    "/announce recurring": RECURRING,
    "/announce": DRESSED,
    "/template": DRESSED,
    "/submit": 1,
    "/event publish": STROLL,
    "/event discard": STROLL,
    "/event reopen": DINNER,
    "/event door": WALK,
    "/event walkin": WALK,
    "/event code": WALK,
    "/event feedback": BREAKFAST,
    "/event recap": BREAKFAST,
    "/event remove": HIKE,
    "/event series": 1,
    "/event skip": 1,
    "/event": HIKE,
    "/unwarn": 1,
    "/appeal": 2,
    "/appeals": 1,
    "/case": 1,
    "/cases": 1,
    "/warns": 1,
}
"""Which of a kind an example is to act on, by how it begins; the first that fits."""
_EXAMPLE = re.compile(r"(?<=[a-z] )(?:12|3|7)(?= |$)")
_INSTEAD = {
    "/template save weekly 12": "/template save monthly 12",
    "/unmute @name": "/unmute @nora",
    "/unban @name": "/unban @olof",
    "/unwarn (as a reply to the card)": "/unwarn 1",
    "/topic resume election": "/topic resume layoffs",
    "/topic stop layoffs for 1 day delete": "/topic stop strikes for 1 day delete",
    "/holidays remove 25 Dec": "/holidays remove 2027-12-25",
    "/event ask 3 How long is the way?": "/event ask 3 Who brings the map?",
    "/event speaker 3 Professor Li": "/event speaker 3 Doctor Wu",
    "/policy A1 words + casino, lottery": "/policy A2 words + casino, lottery",
    "/announce topic off 12": f"/announce topic off {TOPICAL}",
    "/announce confidential 12": "/announce confidential 1",
    "/announce confidential 12 off": f"/announce confidential {SCHEDULED} off",
    "/announce withdraw everywhere 12": f"/announce withdraw everywhere {SENT}",
}
"""Examples of what would be declined here: it is there already, or not."""
_NAMES = {"@name": "@mei", "@one": "@mei", "@two": "@dora", "A3": "A1", "2026-1": "2027-1"}
_REVIEWING = ("/announce submit", "/announce approve", "/announce return", "/announce reject")
REPLY = " (as a reply to "
ASKS_BACK = frozenset(
    {
        "/announce topic",
        "/case",
        "/holidays remove",
        "/policy undo",
        "/template delete",
        "/template rename",
        "/template save",
        "/template show",
        "/template use",
        "/theme learn",
        "/theme then",
    }
)
"""Bare commands that say what they lack; no regulation was put in force that could be undone."""


def lines_of(world: World, capabilities: Iterable[Capability]) -> dict[str, str]:
    """Return what is typed, by what the capability says itself."""
    return {
        line: fitted(world, line)
        for capability in capabilities
        for command in (*capability.commands, *capability.settings)
        for line in (f"/{command.name} {command.sub or ''}".strip(), *command.usage)
    }


def fitted(world: World, line: str) -> str:
    """Return an example with the names and numbers of what is there."""
    typed = _INSTEAD.get(line, line).partition(REPLY)[0]
    for name, known in _NAMES.items():
        typed = typed.replace(name, known)
    begins = next((start for start in _HERE if typed == start or typed.startswith(f"{start} ")), None)
    if begins is not None:
        typed = _EXAMPLE.sub(str(_HERE[begins]), typed, count=1)
    return typed.replace("4821", world.code).replace("#345", f"#{world.news}")


def stood(world: World, line: str) -> tuple[Actor, Chat]:
    """Return who says a line, and where: the owner in the group, but for what is about oneself, and for reviews."""
    if line.startswith(_REVIEWING):
        return world.anna, world.runners
    return (world.person("Dora") if line.split(maxsplit=1)[0] == "/appeal" else world.anna), world.group

"""Counts what is typed and what is tapped, from the lines and pages that lead there."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.statements.lines import REPLY, lines_of, stood
from tests.statements.world import DRESSED, HIKE, PUBLISHED, RECURRING, WALK

if TYPE_CHECKING:
    from collections.abc import Collection

    from tests.statements.rehearsal import Tried
    from tests.statements.world import World

ROOTS = (
    "/announce",
    "/menu",
    "/event",
    "/announce show 1",
    f"/announce show {DRESSED}",
    f"/announce show {PUBLISHED}",
    f"/announce recurring {RECURRING}",
    "/template show weekly",
    "/submit list",
    "/quota",
    f"/event show {HIKE}",
    f"/event door {WALK}",
    "/digest",
    "/ledger",
    "/unwarn",
    "/ladder settings",
)
"""What is typed first; everything that is shown then is tapped, and everything that is shown then."""
DEPTH = 2
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Counted:
    """One line or tap: what was done (a line, or the data of a button), after what, and what it came to."""

    done: str
    after: tuple[str, ...]
    tried: Tried

    @property
    def statements(self) -> int:
        """How many there were."""
        return self.tried.statements

    @property
    def code(self) -> str:
        """The kind of button, or the line."""
        return self.done if self.done.startswith("/") else self.done.partition(":")[0]

    def __str__(self) -> str:
        """Return it as it is read in a table."""
        return " → ".join((*self.after, self.done))


async def typed(world: World) -> list[Counted]:
    """Type every command of every capability, bare (a form begins) and with its own examples, as the owner in the group."""
    assert world.app is not None
    found = []
    for example, line in sorted(lines_of(world, world.app.tables.capabilities).items()):
        answered = world.heard(world.mei, world.group, "spam") if REPLY in example else None
        who, where = stood(world, line)
        tried = await world.rehearse(world.typed(who, where, line, answered))
        found.append(Counted(line, (), tried))
    return found


async def tapped(world: World, roots: Collection[str] = ROOTS, depth: int = DEPTH) -> list[Counted]:
    """Type the roots, and tap every button that can be reached, each once for each root, in the owner's private chat."""
    return [one async for one in _reached(world, roots, depth)]


async def _reached(world: World, roots: Collection[str], depth: int) -> AsyncIterator[Counted]:
    private = world.bot_chat(world.anna)
    level: list[tuple[tuple[bytes, ...], tuple[str, ...], Tried]] = []
    for root in roots:
        line = world.typed(world.anna, world.group, root)
        tried = await world.rehearse(line)
        level.append(((line,), (root,), tried))
        yield Counted(root, (), tried)
    seen: set[tuple[str, str]] = set()
    for _ in range(depth):
        below = []
        for updates, path, shown in level:
            for data, label in shown.buttons.items():
                # The same button of another event or date is counted once.
                if (alike := (path[0], _NUMBER.sub("#", data))) in seen:
                    continue
                seen.add(alike)
                steps = (*updates, world.tapped(world.anna, private, data))
                tried = await world.rehearse(*steps)
                below.append((steps, (*path, label), tried))
                yield Counted(data, path, tried)
        level = below

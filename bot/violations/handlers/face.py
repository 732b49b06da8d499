"""What the parts of the ledger add to the card of a case and to the digest, and what they hear of a case."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.i18n import Html

if TYPE_CHECKING:
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Scope
    from bot.tg.effects import Key
    from bot.violations.rules.case import Case

Note = Callable[["Scope", "Group", "Case", "Texts"], Awaitable[Html | None]]
"""Returns a line for the card, below what the case itself says; None where there is nothing to say."""
CardKey = Callable[["Scope", "Group", "Case", "Texts"], Awaitable["Key | None"]]
"""Returns a button for the card, below those of the core; None where it makes no sense now."""
Moved = Callable[["Scope", "Group", "Case"], Awaitable[None]]
"""Hears of a case that was undone, or that Telegram's answer moved on, in the same turn."""
Story = Callable[["Scope", "Case", "Texts"], Awaitable[list[Html]]]
"""Returns what is told of a case in full, to those alone who may read everything about it."""
Digest = Callable[["Scope", "Group", datetime, datetime, "Texts"], Awaitable[Html | None]]
"""Returns lines for the digest: ``(scope, group, since, until, texts)``."""


@dataclass(frozen=True, slots=True)
class Face:
    """What the parts bring, put together by ``capability``."""

    notes: tuple[Note, ...] = ()
    keys: tuple[CardKey, ...] = ()
    moved: tuple[Moved, ...] = ()
    digests: tuple[Digest, ...] = ()
    stories: tuple[Story, ...] = ()

    def __add__(self, other: Face) -> Face:
        """Put what two parts bring together."""
        return Face(
            self.notes + other.notes,
            self.keys + other.keys,
            self.moved + other.moved,
            self.digests + other.digests,
            self.stories + other.stories,
        )

    async def below(self, scope: Scope, group: Group, case: Case, texts: Texts) -> list[Html]:
        """Return the lines of the parts."""
        lines = [await note(scope, group, case, texts) for note in self.notes]
        return [line for line in lines if line is not None]

    async def keys_for(self, scope: Scope, group: Group, case: Case, texts: Texts) -> list[Key | None]:
        """Return the buttons of the parts."""
        return [await key(scope, group, case, texts) for key in self.keys]

    async def story(self, scope: Scope, case: Case, texts: Texts) -> list[Html]:
        """Return what the parts tell of a case in full."""
        return [line for story in self.stories for line in await story(scope, case, texts)]

    async def tell(self, scope: Scope, group: Group, case: Case) -> None:
        """Tell the parts that a case was undone or moved on."""
        for hear in self.moved:
            await hear(scope, group, case)

    async def digest(self, scope: Scope, group: Group, since: datetime, until: datetime, texts: Texts) -> Html | None:
        """Return what all of them have to say in the digest."""
        found = [await digest(scope, group, since, until, texts) for digest in self.digests]
        lines = [line for line in found if line is not None]
        return Html("\n").join(lines) if lines else None

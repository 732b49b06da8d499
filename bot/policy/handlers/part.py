"""What a part of the rules of a group offers; ``capability`` puts the core and all of them together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.capability import Capability
    from bot.tg.context import Scope
    from bot.tg.effects import Key

Lines = Callable[["Scope", "Group", "Texts"], Awaitable["Sequence[Html]"]]
"""What a part adds to ``/rules``: a paragraph each."""
DigestLines = Callable[["Scope", "Group", "datetime", "datetime", "Texts"], Awaitable["Sequence[Html]"]]
"""``(scope, group, since, until, texts)``: what a part adds to the digest, a line each."""

KeyMaker = Callable[["Texts", "Group"], "Key"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part: what it offers, as a capability; ``lines`` are shown to everybody by ``/rules``, ``digest`` to managers.

    ``keys`` make its buttons below the list of rules.
    """

    offer: Capability
    lines: Lines | None = None
    digest: DigestLines | None = None
    keys: Sequence[KeyMaker] = ()

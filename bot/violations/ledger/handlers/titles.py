"""What the rules of a group are called; another capability knows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.db.engine import Tx
    from bot.i18n import Texts
    from bot.kernel.groups import Group

Titles = Callable[["Tx", "Group", "Texts"], Awaitable[Mapping[str, str]]]
"""Returns the titles of the rules that are not removed, by their codes."""

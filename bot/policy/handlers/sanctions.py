"""What rules want of the ladders: the next step for a breach, and ladders of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId, UserId
    from bot.kernel.offences import Offence
    from bot.tg.context import Scope


class Sanctions(Protocol):
    """Who keeps the ladders, and takes their steps."""

    @property
    def usual(self) -> str:
        """The ladder of a group that has set none, as :meth:`ladders` would write it."""
        ...

    async def breached(self, scope: Scope, group: Group, offence: Offence) -> bool:
        """Take the next step of the rule's ladder; say whether a card tells the person, so that no hint is wanted."""
        ...

    async def ladders(self, tx: Tx, group_id: GroupId) -> Mapping[str, str]:
        """Return the ladders of rules that have their own, by the rules' codes, as they would be typed; "" is the group's."""
        ...

    def fault(self, texts: Texts, typed: str) -> Html | None:
        """Say what is wrong with a ladder as it was typed, or None."""
        ...

    async def set_ladder(
        self, tx: Tx, group_id: GroupId, code: str, typed: str | None, by: tuple[UserId, str], now: datetime
    ) -> None:
        """Give a rule a ladder of its own, or with None take it away."""
        ...

    def in_words(self, texts: Texts, typed: str) -> Html:
        """Write a ladder as people read it."""
        ...

    def written(self, typed: str) -> str | None:
        """Return a ladder in the one way in which :meth:`ladders` writes it, however it was typed; None if it is none."""
        ...

"""Telegram's command menu in private: everybody's commands for all, and for who has rights somewhere a menu of their own.

It is set when somebody comes to the private conversation, and again when their rights may have changed: whoever changes rights
sets a timer (:data:`NAME`, :data:`RENEW`, the person's id as key) for each of :func:`which_have_come`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.kernel.ids import UserId
from bot.tg import own_menus_store as store

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.db.engine import Tx

NAME: Final = "menus"
RENEW: Final = "own"


async def came(tx: Tx, user_id: UserId) -> None:
    """Note that somebody has a private conversation with the bot: others cannot be given a menu."""
    await store.note(tx, user_id)


async def which_have_come(tx: Tx, user_ids: Collection[UserId]) -> list[UserId]:
    """Return those of the people whose menu may be set."""
    return [UserId(user_id) for user_id in await store.which_came(tx, user_ids)]

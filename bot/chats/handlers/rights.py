"""How the bot stands in a chat, read from what Telegram says of chat members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from bot.chats.rules.profile import BotRight, BotStanding
from bot.tg.needs import AdministratorsNeed

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.kernel.groups import Group
    from bot.tg import envelope as env
    from bot.tg.context import Scope


def standing_of(member: env.ChatMember, now: datetime) -> BotStanding:
    """Read the bot's standing from an update; the rights stay unknown where the update does not show them."""
    return _standing(member.status, lambda right: getattr(member, right, None), now)


def standing_from(scope: Scope, group: Group) -> BotStanding | None:
    """Read the bot's standing from the list of administrators asked for this turn; None if there is none."""
    raw = scope.answers.get(AdministratorsNeed(group.chat_id))
    if not isinstance(raw, bytes):
        return None
    members: list[dict[str, Any]] = msgspec.json.decode(raw, type=list[dict[str, Any]])
    mine = next((member for member in members if member["user"]["id"] == scope.bot_id), None)
    if mine is None:
        return BotStanding("member", frozenset(), scope.now)
    return _standing(
        mine["status"], lambda right: mine.get(right, False if right != BotRight.TAGS else None), scope.now
    )


def _standing(status: str, read: Callable[[BotRight], bool | None], now: datetime) -> BotStanding:
    if status != "administrator":
        return BotStanding(status, frozenset(), now)
    seen = {right: read(right) for right in BotRight}
    if seen[BotRight.DELETE] is None:
        return BotStanding(status, None, now)
    if seen[BotRight.TAGS] is None:
        # Telegram leaves this right out where it equals the right to pin.
        seen[BotRight.TAGS] = seen[BotRight.PIN]
    return BotStanding(status, frozenset(right for right, held in seen.items() if held), now)

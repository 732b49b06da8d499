"""Values that the tests of members build again and again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, GroupId, UserId
from bot.tg import envelope as env

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
BOT = 999
GROUP = Group(GroupId(1), ChatId(-1001), "Hikers", "en", "UTC")
OTHER = Group(GroupId(2), ChatId(-1002), "Readers", "en", "UTC")
ANNA, BEN, CARL, DORA = UserId(10_001), UserId(20_002), UserId(30_003), UserId(40_004)


def user(user_id: int, first_name: str = "", **fields: Any) -> env.User:
    return env.User(user_id, first_name or f"U{user_id}", **fields)


def message(sender: env.User | None, at: int = SECONDS, chat: Group = GROUP, **fields: Any) -> env.Message:
    return env.Message(1, at, env.Chat(chat.chat_id, "supergroup", chat.title), from_=sender, **fields)


def update(message_: env.Message) -> env.Update:
    return env.Update(1, message=message_)


def change(
    old: str, new: str, user_: env.User, by: env.User | None = None, at: int = SECONDS, **fields: Any
) -> env.MemberChange:
    chat = env.Chat(GROUP.chat_id, "supergroup", GROUP.title)
    before, after = env.ChatMember(user_, old), env.ChatMember(user_, new, **fields)
    return env.MemberChange(chat, by or user_, at, before, after)


def admins(*members: dict[str, Any]) -> bytes:
    return msgspec.json.encode(list(members))


def admin(user_: env.User, *rights: str, status: str = "administrator", **fields: Any) -> dict[str, Any]:
    names = {"id": user_.id, "first_name": user_.first_name, "username": user_.username, "is_bot": user_.is_bot}
    return {"status": status, "user": names, "can_be_edited": True, **dict.fromkeys(rights, True), **fields}

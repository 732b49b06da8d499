"""Values that the tests of the digest build again and again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, GroupId, UserId
from bot.tg import envelope as env

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
GROUP = Group(GroupId(1), ChatId(-1001), "Hikers", "en", "UTC")
ANNA, BEN, CARL = UserId(10_001), UserId(20_002), UserId(30_003)


def group(**fields: Any) -> Group:
    return Group(
        **{"id": GroupId(1), "chat_id": ChatId(-1001), "title": "Hikers", "locale": "en", "zone": "UTC", **fields}
    )


def user(user_id: int, **fields: Any) -> env.User:
    return env.User(user_id, f"U{user_id}", **fields)


def message(message_id: int = 1, sender: int | None = ANNA, at: int = SECONDS, **fields: Any) -> env.Message:
    chat = env.Chat(GROUP.chat_id, "supergroup", GROUP.title)
    author = None if sender is None else user(sender)
    return env.Message(**{"message_id": message_id, "date": at, "chat": chat, "from_": author, **fields})


def reply_to(message_id: int, author: int = ANNA, **fields: Any) -> env.Replied:
    return env.Replied(message_id, env.Chat(GROUP.chat_id, "supergroup"), user(author, **fields))


def update(of: env.Message) -> env.Update:
    return env.Update(1, message=of)


@dataclass
class Book:
    """The groups the test knows."""

    groups: dict[int, Group] = field(default_factory=lambda: {GROUP.id: GROUP})

    def by_id(self, group_id: int) -> Group | None:
        return self.groups.get(group_id)

    def all(self) -> list[Group]:
        return list(self.groups.values())

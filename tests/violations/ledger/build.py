"""Cases as a group may have them, stored as they are given."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, GroupId, MessageId, UserId
from bot.violations import store
from bot.violations.rules.case import Case, Evidence, Person, State, Undone
from bot.violations.rules.ladder import Rung, Step

if TYPE_CHECKING:
    from bot.db.engine import Database

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
GROUP = Group(GroupId(1), ChatId(-1001), "Hikers", "en", "Asia/Shanghai")
OTHER = replace(GROUP, id=GroupId(2))
MEI, CARL = Person(UserId(10), "Mei"), Person(UserId(11), "Carl")
ANNA, BEN = Person(UserId(20), "Anna"), Person(UserId(30), "Ben")
PHOTO = Evidence("photo", "buy this", MessageId(7), "https://t.me/c/1/7", "photo-7")


def case(number: int, at: datetime = NOW, target: Person = MEI, issuer: Person = ANNA, **more: Any) -> Case:
    values: dict[str, Any] = {
        "id": 0,
        "group_id": GROUP.id,
        "number": number,
        "target": target,
        "issuer": issuer,
        "issued_at": at,
        "expires_at": at + 30 * DAY,
        "reason": "spam",
        "level": 1,
        "step": Step(Rung.WARNING),
        "state": State.NONE,
    }
    return Case(**{**values, **more})


async def stored(database: Database, *found: Case) -> list[Case]:
    """Store cases, undone ones too, and return them with their ids."""
    async with database.write() as tx:
        return [replace(one, id=await store.add(tx, one)) for one in found]


def undone(one: Case, by: Person = BEN) -> Case:
    return replace(one, undone=Undone(by, one.issued_at + timedelta(hours=1)))

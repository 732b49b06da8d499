"""When a refusal was told, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.db.engine import Database
from bot.deliveries import service, store
from bot.deliveries.rules import REMIND
from bot.kernel.ids import GroupId

NOON = datetime(2027, 3, 10, 12, tzinfo=UTC)
GROUP, OTHER = GroupId(1), GroupId(2)


async def test_what_was_told_is_kept_by_group_and_words(database: Database) -> None:
    async with database.write() as tx:
        await store.tell(tx, GROUP, "no rights", NOON)
        await store.tell(tx, GROUP, "no rights", NOON + timedelta(hours=1))
        await store.tell(tx, OTHER, "no rights", NOON)
    async with database.read() as tx:
        assert await store.told_at(tx, GROUP, "no rights") == NOON + timedelta(hours=1)
        assert await store.told_at(tx, OTHER, "no rights") == NOON
        assert await store.told_at(tx, GROUP, "other words") is None


async def test_a_refusal_is_told_once_a_day_however_long_its_words(database: Database) -> None:
    words = "不" * 500
    told = []
    for later in (timedelta(0), timedelta(minutes=1), REMIND):
        async with database.write() as tx:
            told.append(await service.tell_refusal(tx, GROUP, words, NOON + later))
    assert told == [True, False, True]

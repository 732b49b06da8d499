"""Messages counted by the group's own days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.activity import service, store
from bot.digest.activity.rules import Compared, Days, Tally, number_of
from bot.digest.activity.service import Activity
from bot.digest.service import Schedule
from tests.digest.build import ANNA, BEN, GROUP, NOW, SECONDS, Book, group, message, update, user

if TYPE_CHECKING:
    from bot.db.engine import Database
    from bot.tg import envelope as env

ZONES = (
    "UTC",
    "Europe/Berlin",
    "Asia/Shanghai",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Apia",
)
DAYS = Days()


@given(
    at=st.integers(1_322_700_000, 1_900_000_000).map(lambda at: datetime.fromtimestamp(at, UTC)),
    zone=st.sampled_from(ZONES),
)
def test_the_day_is_the_one_on_the_groups_calendar(at: datetime, zone: str) -> None:
    expected = number_of(at.astimezone(ZoneInfo(zone)).date())
    assert DAYS.number(zone, int(at.timestamp())) == expected
    assert Days().number(zone, int(at.timestamp())) == expected


@pytest.fixture
def watcher() -> Activity:
    return Activity(Schedule(Book()))


@pytest.mark.parametrize(
    "ignored",
    [
        message(text="/warn @x"),
        message(caption="/announce"),
        message(1, None, text="a"),
        message(text="news", is_automatic_forward=True),
        message(from_=user(7, is_bot=True), text="beep"),
        message(new_chat_members=[user(8)]),
        message(left_chat_member=user(8)),
        message(new_chat_title="New"),
        message(migrate_to_chat_id=-100),
    ],
)
def test_what_does_not_count(watcher: Activity, ignored: env.Message) -> None:
    assert watcher.see(update(ignored), ignored, GROUP) is None


async def hear(database: Database, watcher: Activity, *messages: env.Message) -> None:
    deltas = [watcher.see(update(one), one, GROUP) for one in messages]
    async with database.write() as tx:
        await watcher.flush(tx, [delta for delta in deltas if delta is not None], NOW)


async def test_a_batch_is_summed_and_added_to_what_is_there(database: Database, watcher: Activity) -> None:
    anonymous = message(9, 1, text="x", sender_chat=message().chat)
    await hear(database, watcher, message(1, text="a"), message(2, text="b"), message(3, BEN), anonymous)
    await hear(database, watcher, message(4, text="c"), message(5, BEN, SECONDS - 86_400, text="d"))
    async with database.write() as tx:
        found = await service.compared(tx, GROUP.id, NOW.date())
        nothing = await service.compared(tx, GROUP.id, date(2020, 1, 1))
    assert found == Compared(Tally(5, 2), Tally(1, 1))
    assert nothing.is_quiet
    assert not found.is_quiet


async def test_counting_takes_one_statement_once_the_group_is_known(database: Database, watcher: Activity) -> None:
    await hear(database, watcher, message(1, text="a"))
    deltas = [
        delta for i in range(50) if (delta := watcher.see(update(message(i)), message(i, 1 + i % 3), GROUP)) is not None
    ]
    async with database.write() as tx:
        await watcher.flush(tx, deltas, NOW)
        assert tx.statements == 1


async def test_a_long_list_is_added_up_on_the_way(database: Database, watcher: Activity) -> None:
    await hear(database, watcher, message(1, text="a"))
    await hear(database, watcher, *(message(n, 1_000_000 + n, text="b") for n in range(10, 10 + service.FOLD_AT - 1)))
    async with database.read() as tx:
        assert len((await tx.execute(store.heard.select())).all()) == service.FOLD_AT - 1
    await hear(database, watcher, message(2, text="c"))
    async with database.read() as tx:
        assert not (await tx.execute(store.heard.select())).all()
    async with database.write() as tx:
        assert (await service.compared(tx, GROUP.id, NOW.date())).day == Tally(service.FOLD_AT + 1, service.FOLD_AT)


async def test_old_counts_go(database: Database, watcher: Activity) -> None:
    await hear(database, watcher, message(1, ANNA, text="a"))
    async with database.write() as tx:
        await service.purge(tx, NOW + timedelta(days=399))
        assert not (await service.compared(tx, GROUP.id, NOW.date())).is_quiet
        await service.purge(tx, NOW + timedelta(days=402))
        assert (await service.compared(tx, GROUP.id, NOW.date())).is_quiet


def test_the_zone_decides(watcher: Activity) -> None:
    late = message(at=int(datetime(2027, 3, 10, 23, 30, tzinfo=UTC).timestamp()), text="a")
    here, there = watcher.see(update(late), late, GROUP), watcher.see(update(late), late, group(zone="Asia/Shanghai"))
    assert here is not None
    assert there is not None
    assert there[1] == here[1] + 1

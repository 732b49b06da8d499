"""A copy is written by whoever sends it: who may not write in a group any more sends nothing there (R09)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.announcements import service as core
from bot.announcements.broadcast import store
from bot.announcements.broadcast.rules.life import Broadcast, Reason, State, Step
from bot.announcements.broadcast.service import sending
from bot.announcements.rules.announcement import By
from bot.announcements.rules.content import Content
from bot.announcements.rules.outcomes import Done
from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, GroupId, UserId
from bot.kernel.roles import RIGHTS_OF, Role

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
HIKERS = Group(GroupId(1), ChatId(-1001), "Hikers", "en", "UTC")
RUNNERS = Group(GroupId(2), ChatId(-1002), "Runners", "en", "UTC")
BEN = By(UserId(2), "Ben", RIGHTS_OF[Role.MANAGER])
DEMOTED = By(UserId(2), "Ben", RIGHTS_OF[Role.REVIEWER])


async def given(tx: Tx, group: Group, by: By) -> sending.Given:
    source = await core.draft(tx, HIKERS.id, Content("Hello"), BEN, NOW)
    assert isinstance(source, Done)
    new = Broadcast(0, HIKERS.id, source.item.number, State.RUNNING, source.item.content, BEN.user_id, "Ben", NOW)
    broadcast = await store.add(tx, new)
    await store.put_targets(tx, broadcast.id, [group.id])
    (target,) = await store.targets_of(tx, broadcast.id)
    return await sending.give(tx, broadcast, target, group, by, NOW)


async def test_who_may_not_write_any_more_sends_nothing(database: Database) -> None:
    async with database.write() as tx:
        for group in (HIKERS, RUNNERS):
            kept = await given(tx, group, DEMOTED)
            assert isinstance(kept, sending.Kept)
            assert (kept.target.step, kept.target.reason) == (Step.LEFT_OUT, Reason.NO_RIGHT)
        assert await core.waiting(tx, RUNNERS.id) == []
        for group in (HIKERS, RUNNERS):
            assert isinstance(await given(tx, group, BEN), sending.Sent)

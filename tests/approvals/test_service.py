from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.approvals import service
from bot.approvals.rules import AlreadyDecided, Approval, Decided, Gone, Lapsed, NotAllowed, Outcome, State
from bot.audit import service as audit
from bot.i18n import Html
from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, GroupId, UserId
from bot.kernel.roles import ALL_RIGHTS, Right, Standing
from bot.timers import service as timers

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
UNTIL = NOW + timedelta(days=2)
GROUP = Group(GroupId(1), ChatId(-1001), "Hikers", "en", "UTC")
OTHER = Group(GroupId(2), ChatId(-1002), "Readers", "en", "UTC")
ANNA, BEN, CARL = UserId(1), UserId(2), UserId(3)


async def propose(tx: Tx, key: str = "12", proposed_by: UserId = BEN) -> Approval:
    return await service.open_decision(
        tx,
        group=GROUP,
        capability="violations",
        kind="remove",
        key=key,
        summary=Html("Remove <b>Carl</b>"),
        proposed_by=proposed_by,
        needed=Right.REMOVE,
        until=UNTIL,
        now=NOW,
        not_by=[CARL],
    )


async def decide(
    tx: Tx, approval: Approval, by: UserId, *, yes: bool = True, group: Group = GROUP, now: datetime = NOW
) -> Outcome:
    actor = Standing(by, is_creator=by == ANNA, rights=ALL_RIGHTS)
    return await service.decide(tx, approval.id, group, actor, yes=yes, able=[ANNA, BEN], now=now)


async def actions(tx: Tx) -> list[str]:
    return [entry.action for entry in reversed(await audit.entries(tx, GROUP.id))]


async def test_a_proposal_is_kept_timed_and_recorded(database: Database) -> None:
    async with database.write() as tx:
        opened = await propose(tx)
        assert await service.get(tx, opened.id) == opened
        assert await service.open_in(tx, GROUP.id) == [opened]
        assert await service.open_in(tx, OTHER.id) == []
        (timer,) = await timers.pending(tx, "approvals")
        assert (timer.key, timer.due_at, timer.group_id) == (str(opened.id), UNTIL, GROUP.id)
        (entry,) = await audit.entries(tx, GROUP.id)
    assert (entry.action, entry.actor_id, entry.target_text) == ("approval.opened", BEN, "Remove Carl")


async def test_what_waits_already_is_not_proposed_twice(database: Database) -> None:
    async with database.write() as tx:
        first = await propose(tx)
        assert (await propose(tx, proposed_by=ANNA)).id == first.id
        assert (await propose(tx, "13")).id != first.id
        await decide(tx, first, ANNA, yes=False)
        assert (await propose(tx)).id != first.id


async def test_the_first_decision_counts(database: Database) -> None:
    async with database.write() as tx:
        opened = await propose(tx)
        decided = await decide(tx, opened, ANNA)
        assert isinstance(decided, Decided)
        assert (decided.approval.state, decided.approval.decided_by) == (State.APPROVED, ANNA)
        again = await decide(tx, opened, ANNA, yes=False)
        assert again == AlreadyDecided(decided.approval)
        assert await timers.pending(tx, "approvals") == []
        assert await actions(tx) == ["approval.opened", "approval.approved"]
        assert await service.open_in(tx, GROUP.id) == []


async def test_a_refused_decision_changes_nothing(database: Database) -> None:
    async with database.write() as tx:
        opened = await propose(tx)
        assert await decide(tx, opened, BEN) == NotAllowed("own")
        assert await decide(tx, opened, CARL) == NotAllowed("excluded")
        assert await decide(tx, opened, ANNA, group=OTHER) == Gone()
        assert isinstance(await decide(tx, opened, ANNA, now=UNTIL), Lapsed)
        assert await service.open_in(tx, GROUP.id) == [opened]
        assert await actions(tx) == ["approval.opened"]


async def test_the_lonely_owners_decision_is_recorded_as_such(database: Database) -> None:
    async with database.write() as tx:
        opened = await propose(tx, proposed_by=ANNA)
        owner = Standing(ANNA, is_creator=True, rights=ALL_RIGHTS)
        done = await service.decide(tx, opened.id, GROUP, owner, yes=True, able=[ANNA], now=NOW)
        assert isinstance(done, Decided)
        assert done.own
        assert await actions(tx) == ["approval.opened", "approval.approved_alone"]


async def test_what_nobody_decides_lapses_once(database: Database) -> None:
    async with database.write() as tx:
        opened = await propose(tx)
        lapsed = await service.lapse(tx, opened.id, UNTIL)
        assert lapsed is not None
        assert lapsed.state is State.LAPSED
        assert await service.lapse(tx, opened.id, UNTIL) is None
        assert isinstance(await decide(tx, opened, ANNA), Lapsed)


async def test_what_is_withdrawn_cannot_be_decided(database: Database) -> None:
    async with database.write() as tx:
        opened = await propose(tx)
        withdrawn = await service.withdraw(tx, "violations", "remove", "12", BEN, NOW)
        assert withdrawn is not None
        assert isinstance(await decide(tx, opened, ANNA), AlreadyDecided)
        assert await service.withdraw(tx, "violations", "remove", "12", BEN, NOW) is None
        assert await timers.pending(tx, "approvals") == []


async def test_of_many_who_decide_at_once_one_does(database: Database) -> None:
    async with database.write() as tx:
        opened = await propose(tx)

    async def tap(yes: bool) -> Outcome:
        async with database.write() as tx:
            await tx.lock([GROUP.id])
            return await decide(tx, opened, ANNA, yes=yes)

    outcomes = await asyncio.gather(*(tap(bool(i % 2)) for i in range(8)))
    assert sum(isinstance(outcome, Decided) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, AlreadyDecided) for outcome in outcomes) == 7

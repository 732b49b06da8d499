"""Appeals on both databases: made, added to, decided, and what becomes of the cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.audit import store as audit_store
from bot.db.engine import Database
from bot.kernel.ids import GroupId, UserId
from bot.timers import store as timers_store
from bot.violations import service as ledger
from bot.violations import store as ledger_store
from bot.violations.appeals import service, store
from bot.violations.appeals.rules import (
    TEXT_LIMIT,
    Added,
    Appeal,
    Closed,
    Decided,
    Filed,
    HadPart,
    NoSuchAppeal,
    NotLighter,
    NotTheirs,
    Phase,
    SaidTwice,
    Stands,
    TooLong,
    Why,
    lighter,
)
from bot.violations.appeals.service import Managers, Settled, Verdict
from bot.violations.rules.case import Case, Person, State
from bot.violations.rules.ladder import DEFAULT_LADDER, Rung, Step, step_at
from bot.violations.rules.ledger import Ask, active_count, next_step
from bot.violations.rules.orders import LetBack, MuteUntil, Remove
from bot.violations.rules.outcomes import Warned

if TYPE_CHECKING:
    pass

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
GROUP = GroupId(1)
MEI, CARL = Person(UserId(10), "Mei"), Person(UserId(11), "Carl")
ANNA, BEN = Person(UserId(20), "Anna"), Person(UserId(30), "Ben")
MANAGERS = Managers(GROUP, (ANNA.user_id, BEN.user_id), ANNA.user_id)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TABLES = (
    audit_store.log,
    ledger_store.cases,
    ledger_store.ladders,
    ledger_store.settings,
    ledger_store.held,
    timers_store.due,
    store.appeals,
    store.dues,
)


async def warned(database: Database, at: datetime, target: Person = MEI) -> Case:
    async with database.write() as tx:
        outcome = await ledger.warn(tx, Ask(GROUP, target, ANNA, "spam"), at, anyway=True)
    assert isinstance(outcome, Warned)
    return outcome.case


async def filed(database: Database, case: Case, at: datetime, text: str = "no") -> Appeal:
    async with database.write() as tx:
        outcome = await service.file(tx, case, case.target, text, at)
    assert isinstance(outcome, Filed)
    return outcome.appeal


async def decided(
    database: Database, appeal: Appeal, verdict: Verdict, at: datetime, by: Person = BEN, managers: Managers = MANAGERS
) -> object:
    async with database.write() as tx:
        return await service.decide(tx, managers, appeal.id, verdict, by, at)


async def test_one_text_and_one_more(database: Database) -> None:
    case = await warned(database, NOW)
    async with database.write() as tx:
        assert await service.file(tx, case, CARL, "no", NOW) == NotTheirs()
        assert await service.file(tx, case, MEI, "x" * (TEXT_LIMIT + 1), NOW) == TooLong(TEXT_LIMIT + 1)
        first = await service.file(tx, case, MEI, " I was\0 not there ", NOW)
        assert isinstance(first, Filed)
        assert first.appeal.due_at == NOW + 72 * HOUR
        second = await service.file(tx, case, MEI, "ask Carl", NOW + HOUR)
        third = await service.file(tx, case, MEI, "and Dora", NOW + HOUR)
    assert isinstance(second, Added)
    assert isinstance(third, SaidTwice)
    async with database.read() as tx:
        kept = await service.by_id(tx, first.appeal.id)
    assert kept == third.appeal
    assert (kept.text, kept.added, kept.added_at) == ("I was not there", "ask Carl", NOW + HOUR)


async def test_somebody_else_decides_and_only_once(database: Database) -> None:
    case = await warned(database, NOW)
    appeal = await filed(database, case, NOW)
    lift = Verdict(Phase.LIFTED, "sorry")
    assert isinstance(await decided(database, appeal, lift, NOW, by=ANNA), HadPart)
    assert isinstance(await decided(database, replace(appeal, id=99), lift, NOW), NoSuchAppeal)
    assert isinstance(
        await decided(database, appeal, lift, NOW, managers=replace(MANAGERS, group_id=GroupId(2))), NoSuchAppeal
    )
    settled = await decided(database, appeal, lift, NOW + HOUR)
    assert isinstance(settled, Settled)
    assert settled.case.undone is not None
    assert settled.case.undone.by == BEN
    late = await decided(database, appeal, Verdict(Phase.UPHELD, until=NOW + 30 * DAY), NOW + HOUR)
    assert isinstance(late, Decided)
    assert late.appeal.decision is not None
    assert (late.appeal.phase, late.appeal.decision.remark, late.appeal.decision.alone) == (
        Phase.LIFTED,
        "sorry",
        False,
    )


async def test_where_nobody_else_can_the_owner_decides_marked(database: Database) -> None:
    case = await warned(database, NOW)
    appeal = await filed(database, case, NOW)
    alone = replace(MANAGERS, able=(ANNA.user_id,))
    settled = await decided(database, appeal, Verdict(Phase.LIFTED), NOW, by=ANNA, managers=alone)
    assert isinstance(settled, Settled)
    assert settled.appeal.decision is not None
    assert settled.appeal.decision.alone


async def test_upheld_until_a_date_then_a_new_appeal(database: Database) -> None:
    case = await warned(database, NOW)
    appeal = await filed(database, case, NOW)
    await decided(database, appeal, Verdict(Phase.UPHELD, until=NOW + 7 * DAY), NOW)
    async with database.write() as tx:
        early = await service.file(tx, case, MEI, "again", NOW + 6 * DAY)
        again = await service.file(tx, case, MEI, "again", NOW + 7 * DAY)
    assert isinstance(early, Stands)
    assert early.until == NOW + 7 * DAY
    assert isinstance(again, Filed)
    assert again.appeal.round == 2


async def test_a_ban_is_made_a_mute_that_waits_for_the_person(database: Database) -> None:
    async with database.write() as tx:
        taken = await ledger.take(tx, Ask(GROUP, MEI, ANNA, "spam"), Step(Rung.BAN), NOW)
        case = replace(taken.case, state=State.DONE)  # type: ignore[union-attr]
        await ledger_store.save(tx, case)
    appeal = await filed(database, case, NOW + HOUR)
    assert Step(Rung.BAN, 7 * DAY) in lighter(case, NOW + HOUR)
    heavier = await decided(database, appeal, Verdict(Phase.REDUCED, step=Step(Rung.BAN, 400 * DAY)), NOW + HOUR)
    assert isinstance(heavier, NotLighter)
    settled = await decided(database, appeal, Verdict(Phase.REDUCED, step=Step(Rung.MUTE, DAY)), NOW + HOUR)
    assert isinstance(settled, Settled)
    assert settled.reverted is not None
    assert settled.replaced is not None
    assert settled.reverted.order == LetBack()
    new = settled.replaced.case
    assert (new.state, new.mute_until, settled.replaced.order) == (State.PAUSED, NOW + DAY, None)
    async with database.write() as tx:
        resumed = await ledger.back(tx, GROUP, MEI.user_id, NOW + 2 * HOUR)
        assert [order for _case, order in resumed] == [MuteUntil(NOW + DAY)]
        assert await service.file(tx, new, MEI, "still too much", NOW + 2 * HOUR) == Closed(new, Why.FINAL)


async def test_a_ban_for_good_is_made_one_for_days(database: Database) -> None:
    async with database.write() as tx:
        taken = await ledger.take(tx, Ask(GROUP, MEI, ANNA, "spam"), Step(Rung.BAN), NOW)
        case = replace(taken.case, state=State.DONE)  # type: ignore[union-attr]
        await ledger_store.save(tx, case)
    appeal = await filed(database, case, NOW + HOUR)
    settled = await decided(database, appeal, Verdict(Phase.REDUCED, step=Step(Rung.BAN, 7 * DAY)), NOW + HOUR)
    assert isinstance(settled, Settled)
    assert settled.replaced is not None
    assert settled.replaced.order == Remove(NOW + 7 * DAY)
    assert settled.replaced.of == case.number


async def test_the_list_and_the_count(database: Database) -> None:
    appeals = [
        await filed(database, await warned(database, NOW, who), NOW + n * HOUR) for n, who in enumerate((MEI, CARL))
    ]
    async with database.write() as tx:
        await service.set_due(tx, GROUP, 48, ANNA, NOW)
        await service.set_due(tx, GROUP, 48, ANNA, NOW)
        assert await service.due(tx, GROUP) == 48 * HOUR
        assert await service.waiting(tx, GROUP, NOW + 72 * HOUR) == (2, 1, 48 * HOUR)
        assert [one.id for one in (await service.listed(tx, GROUP, 9, 9))[0]] == [one.id for one in appeals]
        mine = await service.own(tx, MEI.user_id, NOW)
    assert [case.number for case, _state in mine] == [1]
    async with database.write() as tx:
        await ledger.unwarn(tx, GROUP, 1, BEN, NOW, may_remove=True)
        case = await ledger.case_by_number(tx, GROUP, 1)
        assert case is not None
        closed = await service.close_undone(tx, case)
        assert closed is not None
        assert closed.phase is Phase.MOOT
        assert await service.close_undone(tx, case) is None
        assert await service.waiting(tx, GROUP, NOW + 72 * HOUR) == (1, 0, 48 * HOUR)
        assert await timers_store.fetch(tx, service.NAME, service.OVERDUE, GROUP) != []


ACTS = st.lists(st.sampled_from(["warn", "lift", "reduce", "uphold", "undo", "9 days"]), min_size=3, max_size=8)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, pick=st.randoms(use_true_random=False))
async def test_the_ladder_holds_whatever_is_decided(database: Database, acts: list[str], pick: object) -> None:
    """A model that knows only when each case that still counts was given says what the next warning brings."""
    async with database.write() as tx:
        for table in TABLES:
            await tx.execute(table.delete())
    now, given_at = NOW, dict[int, datetime]()
    for act in acts:
        now += HOUR
        counting = sorted(number for number, at in given_at.items() if now < at + 30 * DAY)
        if act == "warn":
            case = await warned(database, now)
            assert case.step == step_at(DEFAULT_LADDER, len(counting) + 1)
            given_at[case.number] = now
        elif act == "9 days":
            now += 9 * DAY
        elif counting:
            await _act(database, act, pick.choice(counting), now, given_at)  # type: ignore[attr-defined]
    async with database.read() as tx:
        found = await ledger_store.ledger(tx, GROUP, MEI.user_id, now)
    left = [at for at in given_at.values() if now < at + 30 * DAY]
    assert active_count(found.cases, now) == len(left)
    assert next_step(found, now) == step_at(DEFAULT_LADDER, len(left) + 1)


async def _act(database: Database, act: str, number: int, now: datetime, given_at: dict[int, datetime]) -> None:
    async with database.write() as tx:
        case = await ledger.case_by_number(tx, GROUP, number)
        assert case is not None
        if act == "undo":
            await ledger.unwarn(tx, GROUP, number, BEN, now, may_remove=True)
            await service.close_undone(tx, case)
            del given_at[number]
            return
        outcome = await service.file(tx, case, MEI, "no", now)
    if not isinstance(outcome, Filed):
        return
    steps = lighter(case, now)
    verdict = Verdict(Phase.UPHELD, until=now + 9 * DAY)
    if act == "lift":
        verdict = Verdict(Phase.LIFTED)
    elif act == "reduce" and steps:
        verdict = Verdict(Phase.REDUCED, step=steps[0])
    settled = await decided(database, outcome.appeal, verdict, now)
    assert isinstance(settled, Settled)
    if settled.reverted is not None:
        at = given_at.pop(number)
        if settled.replaced is not None:
            given_at[settled.replaced.case.number] = at

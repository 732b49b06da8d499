"""The ledger on both databases."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.audit import service as audit
from bot.kernel.ids import GroupId, MessageId, UserId
from bot.violations import service
from bot.violations.rules.case import Act, Case, Did, DidNot, Evidence, Person, State, Why
from bot.violations.rules.ladder import BadLadder, Rung, Step
from bot.violations.rules.ledger import QUOTE_LIMIT, Ask
from bot.violations.rules.orders import LiftMute, MuteUntil
from bot.violations.rules.outcomes import (
    AlreadyUndone,
    JustWarned,
    NoSuchCase,
    OwnCase,
    ReasonTooLong,
    Reverted,
    UndoOutcome,
    Warned,
    WarnOutcome,
)
from bot.violations.rules.settings import EXPIRY

if TYPE_CHECKING:
    from bot.db.engine import Database

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
GROUP, OTHER = GroupId(1), GroupId(2)
MEI, CARL = Person(UserId(10), "Mei"), Person(UserId(11), "Carl")
ANNA, BEN = Person(UserId(20), "Anna"), Person(UserId(30), "Ben")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


async def warned(
    database: Database, at: datetime = NOW, target: Person = MEI, group: GroupId = GROUP, *, reason: str = "spam"
) -> Case:
    async with database.write() as tx:
        outcome = await service.warn(tx, Ask(group, target, ANNA, reason), at)
    assert isinstance(outcome, Warned)
    return outcome.case


async def undone(database: Database, number: int, at: datetime, by: Person = BEN) -> UndoOutcome:
    async with database.write() as tx:
        return await service.unwarn(tx, GROUP, number, by, at, may_remove=False)


async def test_a_case_is_kept_as_it_was_given(database: Database) -> None:
    evidence = Evidence("photo", "buy\0 this" + "!" * 4000, MessageId(7), "https://t.me/c/1/7")
    async with database.write() as tx:
        await service.warn(tx, Ask(GROUP, MEI, ANNA, " rude\0 words ", evidence), NOW)
        outcome = await service.warn(tx, Ask(GROUP, MEI, ANNA, "again", evidence), NOW + 2 * MINUTE)
    assert isinstance(outcome, Warned)
    assert outcome.order == MuteUntil(NOW + 2 * MINUTE + HOUR)
    async with database.read() as tx:
        second, first = await service.cases_of(tx, GROUP, MEI.user_id)
    assert second == outcome.case
    assert (first.number, first.reason, first.target, first.issuer) == (1, "rude words", MEI, ANNA)
    assert first.evidence is not None
    assert first.evidence.text.startswith("buy this!")
    assert len(first.evidence.text) == QUOTE_LIMIT
    assert first.evidence.text.endswith("!…")
    assert (second.number, second.step, second.state) == (2, Step(Rung.SERIOUS, HOUR), State.ORDERED)


async def test_numbers_count_in_each_group_of_their_own(database: Database) -> None:
    cases = [
        await warned(database),
        await warned(database, target=CARL),
        await warned(database, group=OTHER),
        await warned(database, NOW + HOUR),
    ]
    assert [(case.group_id, case.number) for case in cases] == [(GROUP, 1), (GROUP, 2), (OTHER, 1), (GROUP, 3)]


async def test_expired_warnings_are_kept_but_do_not_count(database: Database) -> None:
    await warned(database)
    later = await warned(database, NOW + EXPIRY)
    assert (later.number, later.level, later.step.rung) == (2, 1, Rung.WARNING)
    async with database.read() as tx:
        assert len(await service.cases_of(tx, GROUP, MEI.user_id)) == 2
        assert [case.number for case in await service.counting(tx, GROUP, NOW + EXPIRY, 8)] == [2]


async def test_the_second_moderator_hears_of_the_first_and_decides(database: Database) -> None:
    first = await warned(database)
    at = NOW + timedelta(seconds=30)
    async with database.write() as tx:
        outcome = await service.warn(tx, Ask(GROUP, MEI, BEN, "rude", None), at)
    assert isinstance(outcome, JustWarned)
    assert outcome.case == first
    async with database.write() as tx:
        assert len(await service.cases_of(tx, GROUP, MEI.user_id)) == 1
        assert await service.take_held(tx, outcome.held_id, GROUP, ANNA.user_id, at) is None
        assert await service.take_held(tx, outcome.held_id, OTHER, BEN.user_id, at) is None
        assert await service.take_held(tx, outcome.held_id, GROUP, BEN.user_id, at + HOUR) is None
        ask = await service.take_held(tx, outcome.held_id, GROUP, BEN.user_id, at)
        assert ask == Ask(GROUP, MEI, BEN, "rude", None)
        again = await service.warn(tx, ask, at, anyway=True)
        assert await service.take_held(tx, outcome.held_id, GROUP, BEN.user_id, at) is None
    assert isinstance(again, Warned)
    assert again.case.level == 2


async def test_of_two_moderators_in_the_same_moment_one_is_held_back(database: Database) -> None:
    async def one(issuer: Person) -> WarnOutcome:
        async with database.write() as tx:
            await tx.lock([GROUP])
            return await service.warn(tx, Ask(GROUP, MEI, issuer, "rude"), NOW)

    outcomes = await asyncio.gather(*(one(issuer) for issuer in (ANNA, BEN)))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["JustWarned", "Warned"]


async def test_twenty_warnings_at_once_get_twenty_numbers(database: Database) -> None:
    async def one(number: int) -> int:
        async with database.write() as tx:
            await tx.lock([GROUP])
            outcome = await service.warn(tx, Ask(GROUP, Person(UserId(100 + number), "x"), ANNA, "rude"), NOW)
        assert isinstance(outcome, Warned)
        return outcome.case.number

    assert sorted(await asyncio.gather(*map(one, range(20)))) == list(range(1, 21))


async def test_a_reason_that_is_too_long_is_refused_and_nothing_kept(database: Database) -> None:
    async with database.write() as tx:
        assert await service.warn(tx, Ask(GROUP, MEI, ANNA, "x" * 501), NOW) == ReasonTooLong(501)
        assert await service.cases_of(tx, GROUP, MEI.user_id) == []


async def test_undoing_keeps_the_case_and_says_who(database: Database) -> None:
    await warned(database)
    second = await warned(database, NOW + HOUR)
    at = NOW + HOUR + MINUTE
    outcome = await undone(database, 2, at)
    assert isinstance(outcome, Reverted)
    assert (outcome.order, outcome.case.state) == (LiftMute(), State.LIFTING)
    assert [case.number for case in outcome.left] == [1]
    again = await undone(database, 2, at)
    assert isinstance(again, AlreadyUndone)
    assert again.case.undone is not None
    assert (again.case.undone.by, again.case.undone.at) == (BEN, at)
    assert await undone(database, 99, at) == NoSuchCase(99)
    assert isinstance(await undone(database, 1, at, MEI), OwnCase)
    third = await warned(database, NOW + 2 * HOUR)
    assert (third.step, third.number) == (second.step, 3)


async def test_a_case_of_another_group_cannot_be_undone_by_its_id(database: Database) -> None:
    case = await warned(database)
    async with database.write() as tx:
        outcome = await service.unwarn_case(tx, OTHER, case.id, BEN, NOW, may_remove=True)
        assert isinstance(outcome, NoSuchCase)


async def test_what_telegram_answered_is_kept_once(database: Database) -> None:
    await warned(database)
    case = await warned(database, NOW + HOUR)
    at = NOW + HOUR + MINUTE
    async with database.write() as tx:
        refused = await service.answered(tx, case.id, Act.IMPOSE, DidNot(Why.NO_RIGHT), at)
        assert refused is not None
        assert (refused.case.state, refused.case.why) == (State.REFUSED, Why.NO_RIGHT)
        assert await service.answered(tx, case.id, Act.IMPOSE, Did(), at) is None
        assert [one.id for one in await service.stuck(tx, GROUP, at)] == [case.id]
        assert await service.stuck(tx, GROUP, NOW + 3 * HOUR) == []
        again = await service.retry(tx, case.id, None, at)
        assert again is not None
        assert (again[0].state, again[1:]) == (State.ORDERED, (Act.IMPOSE, MuteUntil(NOW + 2 * HOUR)))
        assert await service.retry(tx, case.id, None, at) is None
        done = await service.answered(tx, case.id, Act.IMPOSE, Did(), at)
        assert done is not None
        assert done.case.state is State.DONE


async def test_nobody_stays_muted_for_a_case_that_was_undone_beside_one_that_telegram_refused(
    database: Database,
) -> None:
    await warned(database)
    short = await warned(database, NOW + 2 * MINUTE)
    long = await warned(database, NOW + 4 * MINUTE)
    at = NOW + 5 * MINUTE
    async with database.write() as tx:
        assert await service.answered(tx, short.id, Act.IMPOSE, Did(), at) is not None
    left = await undone(database, short.number, at)
    assert isinstance(left, Reverted)
    assert (left.order, left.case.state) == (None, State.DONE)
    async with database.write() as tx:
        refused = await service.answered(tx, long.id, Act.IMPOSE, DidNot(Why.NO_RIGHT), at)
    assert refused is not None
    assert [(case.id, case.state, order) for case, order in refused.freed] == [(short.id, State.LIFTING, LiftMute())]


async def test_a_removal_waits_for_a_decision_that_counts_once(database: Database) -> None:
    case = [await warned(database, NOW + hours * HOUR) for hours in range(4)][-1]
    assert (case.step.rung, case.state) == (Rung.REMOVAL, State.PROPOSED)
    async with database.write() as tx:
        decided = await service.decided(tx, case.id, State.ORDERED, BEN, NOW + 4 * HOUR)
        assert decided is not None
        assert (decided.state, decided.decided_by) == (State.ORDERED, BEN)
        assert await service.decided(tx, case.id, State.DECLINED, BEN, NOW + 4 * HOUR) is None


async def test_a_decision_about_a_case_that_was_undone_comes_too_late(database: Database) -> None:
    case = [await warned(database, NOW + hours * HOUR) for hours in range(4)][-1]
    outcome = await undone(database, 4, NOW + 4 * HOUR)
    assert isinstance(outcome, Reverted)
    assert outcome.case.state is State.WITHDRAWN
    async with database.write() as tx:
        assert await service.decided(tx, case.id, State.ORDERED, BEN, NOW + 4 * HOUR) is None


async def test_a_card_sees_all_that_its_sentences_need(database: Database) -> None:
    first = await warned(database, NOW - EXPIRY)
    second = await warned(database)
    async with database.write() as tx:
        found = await service.dossier(tx, second.id, NOW)
        old = await service.dossier(tx, first.id, NOW)
        assert await service.dossier(tx, 999, NOW) is None
    assert found is not None
    assert (found[0], found[1].cases) == (second, (second,))
    assert old is not None
    assert (old[0].id, [case.id for case in old[1].cases]) == (first.id, [second.id])


async def test_a_group_may_have_a_ladder_of_its_own(database: Database) -> None:
    steps = (Step(Rung.SERIOUS, 2 * HOUR), Step(Rung.REMOVAL))
    async with database.write() as tx:
        assert await service.set_ladder(tx, GROUP, (), ANNA, NOW) is BadLadder.EMPTY
        assert await service.set_ladder(tx, GROUP, steps, ANNA, NOW) is None
        assert await service.set_ladder(tx, GROUP, steps, ANNA, NOW) is None
        assert await service.ladder(tx, GROUP) == steps
    assert (await warned(database)).step == steps[0]
    assert (await warned(database, group=OTHER)).step.rung is Rung.WARNING


async def test_a_change_of_the_ladder_is_on_record_once_with_its_lengths(database: Database) -> None:
    steps = (Step(Rung.NOTICE), Step(Rung.MUTE, HOUR))
    async with database.write() as tx:
        for _ in range(2):
            await service.set_ladder(tx, GROUP, steps, ANNA, NOW)
        (entry,) = await audit.entries(tx, GROUP)
    assert entry.action == "ladder.set"
    assert entry.after == ["notice", {"mute": "PT3600S"}]
    assert entry.before[1:3] == [{"serious": "PT3600S"}, {"leave": "PT86400S"}]


async def test_the_cards_that_tell_the_next_step_are_each_persons_newest(database: Database) -> None:
    first = await warned(database)
    async with database.write() as tx:
        assert [case.id for case in await service.last_counting(tx, GROUP, NOW, 100)] == [first.id]


async def test_the_digest_counts_what_was_opened_in_its_span(database: Database) -> None:
    for hours in range(3):
        await warned(database, NOW + hours * HOUR)
    async with database.read() as tx:
        found, total = await service.opened_between(tx, GROUP, NOW, NOW + 2 * HOUR, 1)
        assert ([case.number for case in found], total) == ([2], 2)
        assert await service.opened_between(tx, GROUP, NOW + DAY, NOW + 2 * DAY, 5) == ([], 0)


async def test_every_change_is_in_the_audit_log(database: Database) -> None:
    await warned(database)
    case = await warned(database, NOW + HOUR)
    async with database.write() as tx:
        refused = await service.answered(tx, case.id, Act.IMPOSE, DidNot(Why.NO_RIGHT), NOW + HOUR)
        assert refused is not None
        await service.give_up(tx, refused.case, NOW + HOUR)
    await undone(database, 1, NOW + 2 * HOUR)
    async with database.read() as tx:
        entries = await audit.entries(tx, GROUP)
    assert [entry.action for entry in entries] == [
        "case.undone",
        "case.given_up",
        "case.result",
        "case.opened",
        "case.opened",
    ]
    assert (entries[0].actor_id, entries[0].target_text, entries[0].details) == (BEN.user_id, "Mei", {"number": 1})


@pytest.mark.parametrize("text", ["\ud800", "\0", "  ", "🏔" * 500])
async def test_any_reason_telegram_can_send_is_stored(database: Database, text: str) -> None:
    case = await warned(database, reason=text)
    async with database.read() as tx:
        found = await service.case_by_number(tx, GROUP, case.number)
    assert found == case


async def test_warning_takes_three_statements(database: Database) -> None:
    async with database.write() as tx:
        await service.warn(tx, Ask(GROUP, MEI, ANNA, "spam"), NOW)
        assert tx.statements == 3

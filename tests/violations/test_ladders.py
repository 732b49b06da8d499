"""Ladders of rules, the settings of a ledger, breaches that the bot sees, and leaving in time, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.kernel.ids import GroupId, MessageId, UserId
from bot.violations import service
from bot.violations.rules.case import Case, Evidence, Person, State
from bot.violations.rules.choosing import BadValue, Choice, Chosen, NoChoice, choose, read_choice
from bot.violations.rules.ladder import DEFAULT_LADDER, Rung, Step
from bot.violations.rules.ledger import Ask, next_step
from bot.violations.rules.orders import TextUntil
from bot.violations.rules.outcomes import Folded, Warned
from bot.violations.rules.settings import DEFAULTS, Settings
from bot.violations.rules.typed import read_ladder, write_ladder

if TYPE_CHECKING:
    from bot.db.engine import Database
    from bot.violations.rules.ladder import Ladder

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
MIDNIGHT = datetime(2027, 3, 10, tzinfo=UTC)
GROUP = GroupId(1)
MEI, ANNA, BEN, BOT = (Person(UserId(n), name) for n, name in ((10, "Mei"), (20, "Anna"), (30, "Ben"), (99, "@bot")))
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


async def warned(database: Database, at: datetime = NOW, rule: str = "", **more: object) -> Warned:
    ask = replace(Ask(GROUP, MEI, ANNA, "spam", rule=rule), **more)  # type: ignore[arg-type]
    async with database.write() as tx:
        outcome = await service.warn(tx, ask, at, anyway=True)
    assert isinstance(outcome, Warned)
    return outcome


async def seen(database: Database, at: datetime, message: int, rule: str = "A1") -> Warned | Folded:
    evidence = Evidence("text", "buy", MessageId(message))
    ask = Ask(GROUP, MEI, BOT, "a link", evidence, rule=rule, automatic=True, department="Sales")
    async with database.write() as tx:
        return await service.breached(tx, ask, at.replace(hour=0, minute=0), at)


async def given(database: Database, steps: Ladder | None, rule: str = "") -> None:
    async with database.write() as tx:
        assert await service.set_ladder(tx, GROUP, steps, ANNA, NOW, rule) is None


async def chosen(database: Database, *lines: str) -> Settings:
    now = DEFAULTS
    async with database.write() as tx:
        for line in lines:
            found = read_choice(line)
            assert not isinstance(found, NoChoice)
            outcome = await service.choose_as_typed(tx, GROUP, *found, ANNA, NOW)
            assert isinstance(outcome, Chosen)
            now = outcome.settings
        assert await service.settings(tx, GROUP) == now
    return now


async def test_a_rule_with_a_ladder_of_its_own_counts_by_itself(database: Database) -> None:
    own = (Step(Rung.RESTRICT, DAY), Step(Rung.BAN))
    await given(database, own, "A3")
    assert (await warned(database, NOW, "A1")).case.step == DEFAULT_LADDER[0]
    third = await warned(database, NOW + HOUR, "A3", rule_title="No links")
    assert (third.case.step, third.case.track, third.case.level) == (own[0], "A3", 1)
    assert third.order == TextUntil(NOW + HOUR + DAY)
    assert third.previous is None
    assert (await warned(database, NOW + 2 * HOUR, "A2")).case.step == DEFAULT_LADDER[1]
    assert (await warned(database, NOW + 3 * HOUR, "A3")).case.step == own[1]
    await given(database, None, "A3")
    async with database.read() as tx:
        assert {case.track for case in await service.cases_of(tx, GROUP, MEI.user_id)} == {""}
        assert await service.ladders(tx, GROUP) == {}
    assert (await warned(database, NOW + 4 * HOUR, "A3")).case.level == 5


async def test_a_flood_of_one_evening_is_one_step(database: Database) -> None:
    first = await seen(database, NOW, 1)
    assert isinstance(first, Warned)
    assert (first.case.automatic, first.case.department, first.case.issuer) == (True, "Sales", BOT)
    for place, at in enumerate((NOW + MINUTE / 2, NOW + HOUR, NOW + 5 * HOUR), start=2):
        folded = await seen(database, at, place)
        assert isinstance(folded, Folded)
        assert (folded.case.id, folded.case.further) == (first.case.id, place - 1)
    assert isinstance(await seen(database, NOW + DAY, 9), Warned)
    await chosen(database, "cap off")
    assert isinstance(await seen(database, NOW + DAY + HOUR, 10), Warned)
    assert isinstance(await seen(database, NOW + DAY + HOUR + MINUTE / 2, 11), Folded), (
        "one moment is one step all the same"
    )


async def test_one_message_is_one_case_whatever_rules_it_breaks(database: Database) -> None:
    await given(database, (Step(Rung.BAN),), "A2")
    assert isinstance(await seen(database, NOW, 1, "A1"), Warned)
    same = await seen(database, NOW + HOUR, 1, "A2")
    assert isinstance(same, Folded)
    assert same.case.further == 0, "it is no further message"
    heavy = await seen(database, NOW + HOUR, 2, "A2")
    assert isinstance(heavy, Warned)
    assert (heavy.case.step.rung, heavy.case.state) == (Rung.BAN, State.ORDERED)


async def test_points_expiry_and_the_clean_period_move_the_ladder(database: Database) -> None:
    settings = await chosen(database, "points on", "expiry 60 days", "clean 20")
    assert settings == Settings(expiry=60 * DAY, clean=20 * DAY, points=True)
    first = await warned(database, NOW, "A1", points=2)
    assert (first.case.level, first.case.step, first.case.expires_at) == (2, DEFAULT_LADDER[1], NOW + 60 * DAY)
    second = await warned(database, NOW + 10 * DAY, "A1")
    assert second.case.level == 3
    async with database.read() as tx:
        found = await service.dossier(tx, first.case.id, NOW + 25 * DAY)
        assert found is not None
        assert found[0].lapses_at == NOW + 30 * DAY
        assert next_step(found[1], NOW + 25 * DAY) == DEFAULT_LADDER[3]
    assert (await warned(database, NOW + 30 * DAY, "A1")).case.level == 1


async def test_what_the_clean_period_has_ended_is_not_offered_for_undoing(database: Database) -> None:
    await chosen(database, "expiry 90 days", "clean 20")
    for days in (0, 5, 24, 50, 60):
        await warned(database, NOW + days * DAY)
    await warned(database, NOW + 61 * DAY, target=BEN)

    async def offered(days: float) -> list[int]:
        async with database.read() as tx:
            return [case.number for case in await service.counting(tx, GROUP, NOW + days * DAY, 8)]

    assert await offered(62) == [6, 5, 4]
    assert await offered(80) == [6]
    async with database.write() as tx:
        await service.unwarn(tx, GROUP, 5, ANNA, NOW + 62 * DAY, may_remove=True)
    assert await offered(69.9) == [6, 4]
    assert await offered(70) == [6]


async def test_who_stays_is_proposed_and_who_leaves_is_not(database: Database) -> None:
    await given(database, (Step(Rung.LEAVE), Step(Rung.REMOVAL)))
    asked = (await warned(database)).case
    assert asked.leave_by == NOW + DAY
    async with database.write() as tx:
        assert await service.time_is_up(tx, asked.id, NOW + HOUR, present=True) is None
        (left,) = await service.left(tx, GROUP, MEI.user_id, NOW + HOUR)
        assert left.left_at == NOW + HOUR
        (back,) = await service.returned(tx, GROUP, MEI.user_id, NOW + 2 * HOUR)
        assert back.left_at is None
        overdue = await service.time_is_up(tx, asked.id, NOW + DAY, present=True)
        assert overdue is not None
        assert (overdue.case.state, overdue.case.follows, overdue.case.level) == (State.PROPOSED, asked.number, 0)
        assert await service.time_is_up(tx, asked.id, NOW + DAY, present=True) is None, "once is enough"
        await service.unwarn(tx, GROUP, asked.number, BEN, NOW + DAY + HOUR, may_remove=True)
        fallen = await service.case_by_id(tx, overdue.case.id)
    assert fallen is not None
    assert fallen.state is State.WITHDRAWN


async def test_a_ban_on_the_ladder_waits_for_a_second_manager_where_that_is_wanted(database: Database) -> None:
    await given(database, (Step(Rung.BAN, 7 * DAY),))
    assert (await warned(database)).case.state is State.ORDERED
    alone = (await warned(database, NOW + HOUR, target=BEN, may_remove=False)).case
    assert alone.state is State.PROPOSED, "who may not remove cannot do it by a warning either"
    await chosen(database, "second on")
    case = (await warned(database, NOW + HOUR, target=Person(UserId(11), "Carl"))).case
    assert (case.state, case.mute_until) == (State.PROPOSED, None)
    async with database.write() as tx:
        decided = await service.decided(tx, case.id, State.ORDERED, BEN, NOW + 3 * HOUR)
    assert isinstance(decided, Case)
    assert decided.mute_until == NOW + 3 * HOUR + 7 * DAY, "a ban is as long as it was meant, from the decision on"


@pytest.mark.parametrize(
    ("line", "settings"),
    [
        ("expiry 60", Settings(expiry=60 * DAY)),
        ("有效期 60天", Settings(expiry=60 * DAY)),
        ("clean 90 days", Settings(clean=90 * DAY)),
        ("清零 3个月", Settings(clean=90 * DAY)),
        ("cap off", Settings(daily_cap=None)),
        ("上限 3", Settings(daily_cap=3)),
        ("leave 2 days", Settings(leave_within=2 * DAY)),
        ("退群 关", Settings(leave_within=None)),
        ("points on", Settings(points=True)),
        ("计分 开", Settings(points=True)),
        ("second yes", Settings(second=True)),
        ("双人确认 开", Settings(second=True)),
        ("hidden on", Settings(hidden=True)),
        ("隐藏姓名：开", Settings(hidden=True)),
    ],
)
def test_a_setting_is_read_as_people_type_it(line: str, settings: Settings) -> None:
    found = read_choice(line)
    assert not isinstance(found, NoChoice)
    assert choose(DEFAULTS, *found) == settings


@pytest.mark.parametrize(
    ("choice", "typed"),
    [
        *((Choice.EXPIRY, typed) for typed in ("", "0", "off", "soon", "12h", "3651", "-1")),
        *((Choice.CLEAN, typed) for typed in ("", "0", "90 minutes", "99999")),
        *((Choice.CAP, typed) for typed in ("", "0", "21", "1.5", "many")),
        *((Choice.LEAVE, typed) for typed in ("", "10 min", "90 min", "15 days")),
        *((Choice.POINTS, typed) for typed in ("", "maybe", "1")),
    ],
)
def test_what_is_no_value_changes_nothing(choice: Choice, typed: str) -> None:
    assert choose(DEFAULTS, choice, typed) == BadValue(choice, typed)


@pytest.mark.parametrize(
    "typed", ["warning, serious 1h, leave 1d, removal", "no media 90m, kick, ban 7d, ban", "notice"]
)
def test_a_ladder_is_written_as_it_is_read(typed: str) -> None:
    steps = read_ladder(typed)
    assert isinstance(steps, tuple)
    assert write_ladder(steps) == typed

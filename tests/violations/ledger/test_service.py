"""Looking through the ledger, on both databases."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from bot.audit import service as audit
from bot.kernel.ids import GroupId, UserId
from bot.violations import service as core
from bot.violations import store as core_store
from bot.violations.ledger import service, store
from bot.violations.ledger.rules.amending import AboutOneself, Amended, NoReason, SameReason, TooLong
from bot.violations.ledger.rules.buckets import Unit
from bot.violations.ledger.rules.periods import Span
from bot.violations.ledger.rules.statuses import Disputed, Status
from bot.violations.ledger.rules.wanted import COUNTED, By, Selection, Share, Wanted
from bot.violations.rules.case import IN_FORCE, Case, State
from bot.violations.rules.ladder import Rung, Step
from bot.violations.rules.ledger import REASON_LIMIT, lapsing
from bot.violations.rules.settings import DEFAULTS
from tests.violations.ledger.build import ANNA, BEN, CARL, DAY, GROUP, MEI, NOW, OTHER, PHOTO, case, stored, undone

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx

A3: dict[str, Any] = {"rule": "A3", "rule_title": "No advertising"}


async def nothing(_tx: Tx, _group_id: GroupId) -> Disputed:
    return Disputed()


async def where(tx: Tx, wanted: Wanted, court: service.Court = nothing) -> Selection:
    return await service.selected(tx, GROUP, wanted, court, NOW)


async def numbers(tx: Tx, wanted: Wanted, court: service.Court = nothing) -> list[int]:
    return [one.number for one in (await service.page_of(tx, await where(tx, wanted, court), 1)).cases]


async def test_each_side_of_a_filter_and_all_together(database: Database) -> None:
    await stored(
        database,
        case(1, NOW - 40 * DAY, **A3, department="Office"),
        case(2, NOW - 2 * DAY, CARL, BEN, **A3),
        case(3, NOW - DAY, CARL, ANNA, department="Office"),
        case(4, NOW, MEI, BEN, **A3, department="Office"),
        replace(case(1, NOW, MEI, BEN, **A3), group_id=OTHER.id),
    )
    async with database.read() as tx:
        assert await numbers(tx, Wanted()) == [4, 3, 2, 1]
        assert await numbers(tx, Wanted(rule="A3")) == [4, 2, 1]
        assert await numbers(tx, Wanted(rule="")) == [3]
        assert await numbers(tx, Wanted(member=MEI.user_id)) == [4, 1]
        assert await numbers(tx, Wanted(moderator=BEN.user_id)) == [4, 2]
        assert await numbers(tx, Wanted(department="Office")) == [4, 3, 1]
        assert await numbers(tx, Wanted(department="")) == [2]
        assert await numbers(tx, Wanted(span=Span(date(2027, 3, 8), date(2027, 3, 9)))) == [3, 2]
        assert await numbers(tx, Wanted(span=Span(first=date(2027, 3, 10)))) == [4]
        assert await numbers(tx, Wanted(span=Span(last=date(2027, 2, 1)))) == [1]
        everything = Wanted("A3", MEI.user_id, "Office", BEN.user_id, Span(date(2027, 3, 10), date(2027, 3, 10)))
        assert await numbers(tx, everything) == [4]


async def test_days_are_those_of_the_groups_clock(database: Database) -> None:
    await stored(
        database, case(1, datetime(2027, 3, 9, 15, 59, tzinfo=UTC)), case(2, datetime(2027, 3, 9, 16, tzinfo=UTC))
    )
    async with database.read() as tx:
        assert await numbers(tx, Wanted(span=Span(date(2027, 3, 9), date(2027, 3, 9)))) == [1]
        assert await numbers(tx, Wanted(span=Span(date(2027, 3, 10), date(2027, 3, 10)))) == [2]


async def test_pages_have_an_end_and_the_nearest_is_shown(database: Database) -> None:
    await stored(database, *(case(number, NOW + number * DAY) for number in range(1, 18)))
    async with database.read() as tx:
        pages = [await service.page_of(tx, await where(tx, Wanted()), number) for number in (1, 2, 3, 4, 0)]
    assert [(page.number, page.count, page.total) for page in pages] == [(n, 3, 17) for n in (1, 2, 3, 3, 1)]
    assert [one.number for page in pages[:3] for one in page.cases] == list(range(17, 0, -1))


async def test_a_persons_record_tells_what_counts_what_expired_and_what_was_undone(database: Database) -> None:
    await stored(
        database,
        case(1, NOW - 60 * DAY),
        case(2, NOW - 2 * DAY),
        undone(case(3, NOW - 2 * DAY)),
        case(4, NOW - DAY, level=0, step=Step(Rung.KICK)),
        case(5, NOW, replace(MEI, name="Mei Li")),
        case(6, NOW, CARL),
    )
    async with database.read() as tx:
        found = await service.record_of(tx, GROUP.id, MEI.user_id, 1, NOW)
        nobody = await service.record_of(tx, GROUP.id, UserId(99), 1, NOW)
    assert [one.number for one in found.page.cases] == [5, 4, 3, 2, 1]
    assert (found.counting, found.expired, found.undone, found.page.total, found.name) == (2, 1, 1, 5, "Mei Li")
    assert (nobody.page.cases, nobody.page.total, nobody.counting) == ([], 0, 0)


async def test_a_summary_counts_by_every_side(database: Database) -> None:
    await stored(
        database,
        case(1, NOW, MEI, ANNA, **A3, department="Office"),
        case(2, NOW - DAY, MEI, BEN, **A3),
        case(3, NOW, CARL, BEN),
        undone(case(4, NOW, CARL, BEN, **A3)),
        case(5, NOW, CARL, BEN, level=0, step=Step(Rung.UNMUTE)),
    )
    async with database.read() as tx:
        by_rule = await service.summary(tx, GROUP, await where(tx, Wanted()), By.RULE)
        by_member = await service.summary(tx, GROUP, await where(tx, Wanted()), By.MEMBER)
        by_moderator = await service.summary(tx, GROUP, await where(tx, Wanted()), By.MODERATOR)
        by_department = await service.summary(tx, GROUP, await where(tx, Wanted(rule="A3")), By.DEPARTMENT)
        empty = [await service.summary(tx, GROUP, await where(tx, Wanted(rule="B9")), by) for by in COUNTED]
    assert by_rule.shares == [Share("A3", 2, "No advertising"), Share("", 1, "")]
    assert (by_rule.total, by_rule.left_out, by_rule.others) == (3, 2, 0)
    assert by_member.shares == [Share(MEI.user_id, 2, "Mei"), Share(CARL.user_id, 1, "Carl")]
    assert by_moderator.shares == [Share(BEN.user_id, 2, "Ben"), Share(ANNA.user_id, 1, "Anna")]
    assert {share.key: share.count for share in by_department.shares} == {"Office": 1, "": 1}
    assert [(summary.total, list(summary.shares)) for summary in empty] == [(0, [])] * len(COUNTED)


async def test_of_many_shares_the_smallest_are_summed_up(database: Database) -> None:
    people = [replace(MEI, user_id=UserId(100 + n), name=f"P{n}") for n in range(35)]
    await stored(database, *(case(n + 1, NOW, person) for n, person in enumerate((*people, people[0]))))
    async with database.read() as tx:
        found = await service.summary(tx, GROUP, await where(tx, Wanted()), By.MEMBER)
    assert (len(found.shares), found.shares[0].name, found.shares[0].count) == (29, "P0", 2)
    assert (found.total, found.others, found.other_shares) == (36, 6, 6)


async def test_stretches_of_time_follow_the_span(database: Database) -> None:
    await stored(
        database,
        case(1, datetime(2026, 12, 31, 20, 0, tzinfo=UTC)),
        case(2, NOW - DAY),
        undone(case(3, NOW)),
        case(4, NOW),
    )
    async with database.read() as tx:
        weeks = await service.summary(tx, GROUP, await where(tx, Wanted()), By.PERIOD)
        days = await service.summary(tx, GROUP, await where(tx, Wanted(span=Span(first=date(2027, 3, 1)))), By.PERIOD)
        gone = await service.summary(tx, GROUP, await where(tx, Wanted(span=Span(last=date(2020, 1, 1)))), By.PERIOD)
    assert weeks.unit is Unit.WEEK
    assert (weeks.shares[0], weeks.shares[-1], weeks.total) == (
        Share(date(2026, 12, 28), 1),
        Share(date(2027, 3, 8), 2),
        3,
    )
    assert [(share.key, share.count) for share in days.shares] == [(date(2027, 3, 9), 1), (date(2027, 3, 10), 1)]
    assert (days.unit, days.total, days.left_out) == (Unit.DAY, 2, 1)
    assert (list(gone.shares), gone.total) == ([], 0)


async def test_what_a_filter_can_be_set_to_follows_its_other_sides(database: Database) -> None:
    await stored(database, case(1, NOW, MEI, ANNA, **A3), case(2, NOW, CARL, BEN), undone(case(3, NOW, CARL, BEN)))
    async with database.read() as tx:
        rules = await service.choices(tx, await where(tx, Wanted(rule="A3")), By.RULE)
        issuers = await service.choices(tx, await where(tx, Wanted(rule="A3")), By.MODERATOR)
        known = await service.known(tx, GROUP, {"A1": "Links", "A3": "Advertising"})
    assert rules.shares == [Share("", 2, ""), Share("A3", 1, "No advertising")]
    assert issuers.shares == [Share(ANNA.user_id, 1, "Anna")]
    assert known.rules == {"A3": "Advertising", "A1": "Links"}


async def test_equal_filters_are_kept_once_and_forgotten_when_nobody_uses_them(database: Database) -> None:
    wanted = Wanted("A3", MEI.user_id, "部门", BEN.user_id, Span(date(2027, 3, 1), None))
    async with database.write() as tx:
        first = await service.keep_view(tx, GROUP, wanted, NOW)
        assert (await service.keep_view(tx, GROUP, wanted, NOW + DAY)).id == first.id
        assert (await service.keep_view(tx, OTHER, wanted, NOW)).id != first.id
        assert (await service.keep_view(tx, GROUP, Wanted(), NOW)).id != first.id
        assert await service.view(tx, GROUP, first.id) == first
        assert await service.view(tx, OTHER, first.id) is None
        await service.keep_view(tx, GROUP, Wanted(), NOW + 182 * DAY)
        assert await service.view(tx, GROUP, first.id) is None


async def test_names_are_the_newest_on_record(database: Database) -> None:
    await stored(database, case(1, NOW - DAY), case(2, NOW, replace(MEI, name="Mei Li"), BEN))
    async with database.read() as tx:
        wanted = Wanted(member=MEI.user_id, moderator=BEN.user_id)
        assert await service.names_of(tx, GROUP, wanted) == {MEI.user_id: "Mei Li", BEN.user_id: "Ben"}
        assert await service.names_of(tx, GROUP, Wanted(member=UserId(99))) == {}


async def test_a_reason_is_amended_and_the_one_before_stays_on_record(database: Database) -> None:
    (one,) = await stored(database, case(1, evidence=PHOTO))
    async with database.write() as tx:
        outcome = await service.amend(tx, one, "  spam\0 in three topics ", BEN, NOW + DAY)
        assert isinstance(outcome, Amended)
        assert (outcome.case.reason, outcome.before) == ("spam in three topics", "spam")
        again = await core.case_by_id(tx, one.id)
        assert again == outcome.case
        story = await service.story(tx, outcome.case)
        refusals = [
            await service.amend(tx, again, typed, by, NOW)
            for typed, by in (
                ("spam in three topics", BEN),
                (" \0 ", BEN),
                ("x" * (REASON_LIMIT + 1), BEN),
                ("rude", MEI),
            )
        ]
        assert await core.case_by_id(tx, one.id) == again
    assert refusals == [SameReason(again), NoReason(again), TooLong(REASON_LIMIT + 1), AboutOneself(again)]
    assert len(story.entries) == 1
    entry = story.entries[0]
    assert (entry.action, entry.before, entry.after, entry.actor_name) == ("case.amended", "spam", again.reason, "Ben")


async def test_the_story_of_a_case_has_pages(database: Database) -> None:
    (one,) = await stored(database, case(1))
    async with database.write() as tx:
        for n in range(service.ENTRIES + 3):
            await service.amend(tx, replace(one, reason=""), f"reason {n}", BEN, NOW + n * DAY)
        await audit.record(tx, group_id=GROUP.id, actor_id=None, action="event.edited", at=NOW, details={"number": 1})
        newest = await service.story(tx, one)
        oldest = await service.story(tx, one, newest.older_than)
    assert [entry.after for entry in newest.entries] == [f"reason {n}" for n in range(14, 2, -1)]
    assert [entry.after for entry in oldest.entries] == ["reason 2", "reason 1", "reason 0"]
    assert oldest.older_than is None


async def test_a_file_has_parts_the_oldest_first(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "PART", 3)
    await stored(database, *(case(number, NOW + number * DAY) for number in range(1, 9)))
    async with database.read() as tx:
        found = [await service.filed(tx, await where(tx, Wanted()), part) for part in (1, 2, 3, 9)]
    assert [[row[0] for row in rows] for rows, _, _ in found] == [[1, 2, 3], [4, 5, 6], [7, 8], [7, 8]]
    assert [(part, total) for _, part, total in found] == [(1, 8), (2, 8), (3, 8), (3, 8)]


# How cases stand


def standing(one: Case, clean: timedelta | None, cases: list[Case]) -> set[Status]:
    """Return how a case stands, as the rules of the core have it; appeals apart."""
    (known,) = (other for other in lapsing([c for c in cases if c.target == one.target], clean) if other.id == one.id)
    endless = one.step.rung in {Rung.REMOVAL, Rung.BAN} and one.mute_until is None
    holds = known.mutes(NOW) or (one.is_removal and (endless or (one.mute_until or NOW) > NOW))
    in_force = one.undone is None and (known.counts(NOW) or (holds and one.state in IN_FORCE))
    once = one.level > 0 or (one.mute_until is not None and one.mute_until <= NOW)
    settled = one.state not in {State.PROPOSED, State.ORDERED, State.LIFTING}
    return {
        status
        for status, so in {
            Status.UNDONE: one.undone is not None,
            Status.IN_FORCE: in_force,
            Status.EXPIRED: one.undone is None and not in_force and once and settled and not one.is_release,
            Status.PROPOSED: one.state is State.PROPOSED,
            Status.DECLINED: one.state in {State.DECLINED, State.LAPSED},
            Status.REFUSED: one.state in {State.REFUSED, State.LIFT_REFUSED},
            Status.UNCERTAIN: one.state is State.UNCERTAIN,
        }.items()
        if so
    }


def of_every_kind() -> list[Case]:
    """Return cases of every state and step, of several ages, of two people, undone and not."""
    steps = [
        (1, Step(Rung.WARNING), None),
        (1, Step(Rung.SERIOUS, DAY), NOW + DAY),
        (1, Step(Rung.REMOVAL), None),
        (0, Step(Rung.MUTE, DAY), NOW + DAY),
        (0, Step(Rung.MUTE, DAY), NOW),
        (0, Step(Rung.KICK), None),
        (0, Step(Rung.BAN), None),
        (0, Step(Rung.BAN, DAY), NOW - DAY),
        (0, Step(Rung.UNMUTE), None),
    ]
    days = itertools.cycle((0, 1, 3, 11, 12, 29, 30, 45))
    made = []
    for number, (state, (level, step, until), taken_back) in enumerate(
        itertools.product(State, steps, (False, True)), start=1
    ):
        at = NOW - next(days) * DAY
        more: dict[str, Any] = {"level": level, "step": step, "mute_until": until, "state": state}
        one = case(number, at, MEI if number % 3 else CARL, **more)
        made.append(undone(one) if taken_back else one)
    return made


@pytest.mark.parametrize("clean", [None, 5 * DAY, 20 * DAY])
async def test_how_cases_stand_is_what_the_rules_say(database: Database, clean: timedelta | None) -> None:
    cases = await stored(database, *of_every_kind(), replace(case(1), group_id=OTHER.id))
    cases.pop()
    async with database.write() as tx:
        await core_store.put_settings(tx, GROUP.id, replace(DEFAULTS, clean=clean))
        seen: set[Status] = set()
        for status in set(Status) - {Status.APPEALED, Status.LIGHTER}:
            rows, _, _ = await service.filed(tx, await where(tx, Wanted(status=status)), 1)
            expected = {one.number for one in cases if status in standing(one, clean, cases)}
            assert {row[0] for row in rows} == expected, status
            seen |= {status} if expected else set()
        assert len(seen) == len(Status) - 2


async def test_what_is_appealed_against_is_told_by_another_part(database: Database) -> None:
    one, two, three = await stored(database, case(1, **A3), case(2), undone(case(3)))

    async def court(_tx: Tx, group_id: GroupId) -> Disputed:
        assert group_id == GROUP.id
        return Disputed(frozenset({one.id, two.id}), frozenset({three.id, *range(10_000, 50_000)}))

    async with database.read() as tx:
        assert await numbers(tx, Wanted(status=Status.APPEALED), court) == [2, 1]
        assert await numbers(tx, Wanted(rule="A3", status=Status.APPEALED), court) == [1]
        assert await numbers(tx, Wanted(status=Status.LIGHTER), court) == [3]
        assert await numbers(tx, Wanted(status=Status.APPEALED)) == []
        by_rule = await service.choices(tx, await where(tx, Wanted(status=Status.APPEALED), court), By.RULE)
    assert {share.key: share.count for share in by_rule.shares} == {"A3": 1, "": 1}


FILTERS = [
    Wanted(),
    Wanted(rule="A3"),
    Wanted(department="Office"),
    Wanted(moderator=BEN.user_id),
    Wanted(span=Span(date(2027, 3, 1), date(2027, 3, 31))),
    Wanted("A3", None, "Office", BEN.user_id, Span(date(2027, 3, 1), None)),
    *(Wanted(status=status) for status in Status),
]


class Plans:
    """How SQLite answers what is asked meanwhile."""

    def __init__(self, tx: Tx) -> None:
        self.tx = tx
        self.asked: list[tuple[str, Any]] = []

    def note(self, _conn: object, _cursor: object, sql: str, values: Any, *_rest: object) -> None:
        if sql.startswith("SELECT"):
            self.asked.append((sql, values))

    async def all(self) -> list[str]:
        conn = self.tx.conn
        event.remove(conn.sync_connection, "before_cursor_execute", self.note)
        plans = [await conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values) for sql, values in self.asked]
        return [" | ".join(str(tuple(row)[-1]) for row in plan) for plan in plans]


def watch(tx: Tx) -> Plans:
    plans = Plans(tx)
    event.listen(tx.conn.sync_connection, "before_cursor_execute", plans.note)
    return plans


@pytest.mark.parametrize("wanted", FILTERS)
async def test_every_page_and_every_count_is_read_from_an_index(on_sqlite: Database, wanted: Wanted) -> None:
    await stored(on_sqlite, case(1), case(2))
    async with on_sqlite.write() as tx:
        await core_store.put_settings(tx, GROUP.id, replace(DEFAULTS, clean=DAY))
        found_by, of_any_rule = await where(tx, wanted), await where(tx, replace(wanted, rule=None))
        plans = watch(tx)
        await service.page_of(tx, of_any_rule, 1)
        await store.page(tx, found_by, 8, 8)
        for by in COUNTED:
            await service.summary(tx, GROUP, found_by, by)
        await service.filed(tx, found_by, 1)
        found = await plans.all()
    assert len(found) >= 8
    for plan in found:
        assert "SCAN violations_cases" not in plan, plan
        assert "COVERING INDEX" in plan or "rowid=?" in plan, plan


async def test_a_page_of_a_person_is_read_by_an_index(on_sqlite: Database) -> None:
    await stored(on_sqlite, case(1))
    async with on_sqlite.write() as tx:
        plans = watch(tx)
        await service.record_of(tx, GROUP.id, MEI.user_id, 1, NOW)
        await service.names_of(tx, GROUP, Wanted(member=MEI.user_id))
        found = await plans.all()
    assert found
    for plan in found:
        assert "SCAN violations_cases" not in plan, plan


async def test_what_was_opened_between_two_moments_is_read_by_the_ledgers_index(on_sqlite: Database) -> None:
    await stored(on_sqlite, case(1))
    async with on_sqlite.write() as tx:
        plans = watch(tx)
        assert await core_store.count_between(tx, GROUP.id, NOW, NOW + DAY) == 1
        assert len(await core_store.between(tx, GROUP.id, NOW, NOW + DAY, 5)) == 1
        found = await plans.all()
    assert len(found) == 2
    for plan in found:
        assert "ix_violations_cases_ledger (group_id=? AND issued_at>? AND issued_at<?)" in plan, plan

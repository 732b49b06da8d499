"""Steps that are taken directly: how they are typed, what a case of them is, and any order of them against a model."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.audit import service as audit
from bot.kernel.ids import GroupId, UserId
from bot.violations import service
from bot.violations.rules.case import (
    IN_FORCE,
    RETRY_EVERY,
    RETRY_FOR,
    Act,
    Case,
    Did,
    DidNot,
    Person,
    State,
    Why,
    next_retry,
    settle,
)
from bot.violations.rules.direct import (
    BadLength,
    JustTaken,
    NotMuted,
    Taken,
    followed,
    is_muted,
    just_taken,
    open_direct,
    read_length,
    released,
)
from bot.violations.rules.ladder import DEFAULT_LADDER, Rung, Step
from bot.violations.rules.ledger import Ask, Ledger, active_count, open_case
from bot.violations.rules.orders import (
    Kick,
    LetBack,
    LiftMute,
    MuteUntil,
    Order,
    Remove,
    TextUntil,
    imposing,
    let_in,
    retry,
    uncovered,
    undo,
)
from bot.violations.rules.outcomes import IsRelease, NeedsRemover, may_undo

if TYPE_CHECKING:
    from bot.db.engine import Database

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
GROUP = GroupId(1)
MEI, ANNA, BEN = Person(UserId(10), "Mei"), Person(UserId(20), "Anna"), Person(UserId(30), "Ben")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MUTE, KICK, BAN = Step(Rung.MUTE, 2 * HOUR), Step(Rung.KICK), Step(Rung.BAN, 7 * DAY)
UNMUTE, UNBAN = Step(Rung.UNMUTE), Step(Rung.UNBAN)


def taken(step: Step, number: int = 1, at: datetime = NOW, state: State | None = None, **rest: object) -> Case:
    case = open_direct(Ask(GROUP, MEI, ANNA, "spam"), step, Ledger((), DEFAULT_LADDER, number), at)
    return replace(case, id=number, state=state or case.state, **rest)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("case", "muted"),
    [
        (taken(MUTE), True),
        (taken(MUTE, state=State.DONE), True),
        (taken(MUTE, state=State.REFUSED), True),
        (taken(MUTE, state=State.PAUSED), True),
        (taken(MUTE, state=State.LIFTING, undone=NOW), True),
        (taken(MUTE, state=State.LIFT_REFUSED, undone=NOW, at=NOW - DAY), True),
        (taken(MUTE, state=State.LIFTED, undone=NOW), False),
        (taken(MUTE, state=State.DONE, at=NOW - 2 * HOUR), False),
        (taken(BAN, state=State.DONE), False),
        (taken(UNMUTE, state=State.DONE), False),
    ],
)
def test_which_cases_mute_somebody(case: Case, muted: bool) -> None:
    assert is_muted([case], NOW + timedelta(minutes=1)) is muted


async def test_who_may_write_and_is_muted_by_no_case_needs_no_release(database: Database) -> None:
    async with database.write() as tx:
        ask = Ask(GROUP, MEI, ANNA)
        assert await service.take(tx, ask, UNMUTE, NOW, may_write=True) == NotMuted("Mei")
        assert await service.cases_of(tx, GROUP, MEI.user_id) == []
        assert isinstance(await service.take(tx, ask, MUTE, NOW, may_write=True), Taken)
        later = NOW + timedelta(minutes=2)
        assert isinstance(await service.take(tx, ask, UNMUTE, later, may_write=True), Taken), "the mute is on its way"
        assert isinstance(await service.take(tx, ask, UNMUTE, NOW + DAY), Taken), "Telegram did not say"


# As people type it


@pytest.mark.parametrize(
    ("typed", "length", "rest"),
    [
        ("2h spam", 2 * HOUR, "spam"),
        ("for 2 hours, spam", 2 * HOUR, "spam"),
        ("1h30m spam", HOUR + timedelta(minutes=30), "spam"),
        ("7 days", 7 * DAY, ""),
        ("7天 广告", 7 * DAY, "广告"),
        ("７天，广告", 7 * DAY, "广告"),
        ("两小时刷屏", 2 * HOUR, "刷屏"),
        ("禁言半小时 刷屏", timedelta(minutes=30), "刷屏"),
        ("1 week Spam", 7 * DAY, "Spam"),
        ("spam for 2h", None, "spam for 2h"),
        ("3 spam messages", None, "3 spam messages"),
        ("2hx", None, "2hx"),
        ("", None, ""),
    ],
)
def test_a_length_is_read_at_the_start_of_the_line(typed: str, length: timedelta | None, rest: str) -> None:
    assert read_length(typed) == (length, False, rest)


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("forever", ""),
        ("For good: spam", "spam"),
        ("for ever spam", "spam"),
        ("永久 广告", "广告"),
        ("永久广告", "广告"),
    ],
)
def test_for_good_is_a_word_of_its_own(typed: str, rest: str) -> None:
    assert read_length(typed) == (None, True, rest)


def test_a_word_that_only_begins_like_it_is_a_reason() -> None:
    assert read_length("foreverything he said") == (None, False, "foreverything he said")


@given(st.text(max_size=60))
def test_whatever_is_typed_what_follows_is_the_end_of_it(typed: str) -> None:
    length, for_good, rest = read_length(typed)
    assert rest in typed
    assert length is None or not for_good
    assert length is None or length >= timedelta(0)


# What a case of them is


@pytest.mark.parametrize(
    ("step", "order"),
    [
        (MUTE, MuteUntil(NOW + 2 * HOUR)),
        (KICK, Kick()),
        (BAN, Remove(NOW + 7 * DAY)),
        (Step(Rung.BAN), Remove()),
        (UNMUTE, LiftMute()),
        (UNBAN, LetBack()),
    ],
)
def test_each_step_is_ordered_and_counts_towards_nothing(step: Step, order: Order) -> None:
    case = taken(step)
    assert (case.state, case.step, case.level) == (State.ORDERED, step, 0)
    assert imposing(case, (), NOW) == order
    assert active_count([case], NOW) == 0
    warning = open_case(Ask(GROUP, MEI, ANNA), Ledger((case,), DEFAULT_LADDER, 2), NOW)
    assert (warning.level, warning.step.rung) == (1, Rung.WARNING)


def test_a_direct_mute_never_shortens_a_longer_one() -> None:
    long = taken(Step(Rung.MUTE, DAY), state=State.DONE)
    assert imposing(taken(MUTE, 2), [long], NOW) == MuteUntil(NOW + DAY)


def test_a_basic_group_refuses_a_mute_but_not_a_removal() -> None:
    ask = Ask(GROUP, MEI, ANNA, basic=True)
    ledger = Ledger((), DEFAULT_LADDER)
    refused = open_direct(ask, MUTE, ledger, NOW)
    assert (refused.state, refused.why) == (State.REFUSED, Why.BASIC_GROUP)
    assert open_direct(ask, KICK, ledger, NOW).state is State.ORDERED


@pytest.mark.parametrize(
    ("step", "state", "after", "order"),
    [
        (BAN, State.DONE, State.LIFTING, LetBack()),
        (KICK, State.DONE, State.DONE, None),
        (MUTE, State.DONE, State.LIFTING, LiftMute()),
        (BAN, State.REFUSED, State.REFUSED, None),
    ],
)
def test_undoing_takes_back_what_still_holds(step: Step, state: State, after: State, order: Order | None) -> None:
    case = taken(step, state=state)
    undone, given_order = undo(case, [case], BEN, NOW + HOUR)
    assert (undone.state, given_order) == (after, order)


def test_a_ban_is_lifted_only_as_far_as_no_other_case_keeps_somebody_out() -> None:
    week, good = taken(BAN, 1, state=State.DONE), taken(Step(Rung.BAN), 2, state=State.DONE)
    assert undo(good, [week, good], BEN, NOW + HOUR)[1] == Remove(NOW + 7 * DAY)
    undone, order = undo(week, [week, good], BEN, NOW + HOUR)
    assert (undone.state, order) == (State.DONE, None)
    assert imposing(taken(BAN, 3), [good], NOW) == Remove(), "nothing shorter than another's"
    refused = replace(good, state=State.REFUSED)
    assert uncovered([undone, refused], NOW) == [(replace(undone, state=State.LIFTING), LetBack())]
    kicked = taken(KICK, 4, state=State.DONE)
    assert undo(week, [week, kicked], BEN, NOW + HOUR)[1] == LetBack()
    assert undo(good, [week, good], BEN, NOW + 7 * DAY)[1] == LetBack(), "the week is over"


@given(st.lists(st.sampled_from([Step(Rung.BAN, DAY), BAN, Step(Rung.BAN)]), min_size=1, max_size=4), st.data())
def test_telegram_keeps_somebody_out_as_long_as_a_standing_case_says(steps: list[Step], data: st.DataObject) -> None:
    cases: list[Case] = []
    told: Order | None = None
    for number, step in enumerate(steps, start=1):
        cases.append(taken(step, number, state=State.DONE))
        told = imposing(cases[-1], cases[:-1], NOW)
    for place in data.draw(st.permutations(range(len(cases)))):
        cases[place], order = undo(cases[place], cases, BEN, NOW + HOUR)
        told = order or told
        cases[place] = replace(cases[place], state=State.LIFTED) if order is not None else cases[place]
        standing = [case.mute_until for case in cases if case.undone is None]
        if not standing:
            assert told == LetBack()
        else:
            assert told == Remove(None if None in standing else max(end for end in standing if end is not None))


def test_a_ban_that_was_ended_in_telegram_itself_stands_no_more() -> None:
    cases = [
        taken(BAN, 1, state=State.DONE),
        taken(KICK, 2, state=State.DONE),
        taken(Step(Rung.BAN), 3, state=State.DONE),
    ]
    found = let_in(cases, NOW + HOUR)
    assert [(case.number, case.state) for case in found] == [(1, State.LIFTED), (3, State.LIFTED)]
    assert let_in(cases, NOW) == [], "a ban that was ordered since stands"
    assert [case.number for case in let_in(cases, NOW + 8 * DAY)] == [3], "a ban that is over was not ended"


def test_a_ban_that_is_over_asks_nothing_of_telegram() -> None:
    case = taken(BAN, state=State.DONE)
    assert undo(case, [case], BEN, NOW + 7 * DAY)[1] is None


def test_who_may_undo() -> None:
    assert isinstance(may_undo(taken(UNMUTE), ANNA.user_id, may_remove=True), IsRelease)
    assert isinstance(may_undo(taken(BAN, state=State.REFUSED), BEN.user_id, may_remove=False), NeedsRemover)
    assert may_undo(taken(MUTE), BEN.user_id, may_remove=False) is None


def test_the_same_by_somebody_else_within_a_minute_is_noticed() -> None:
    before = taken(MUTE)
    same = Ask(GROUP, MEI, BEN, "spam")
    assert just_taken(same, MUTE, [before], NOW + timedelta(seconds=59)) == before
    assert just_taken(same, MUTE, [before], NOW + timedelta(seconds=60)) is None
    assert just_taken(same, KICK, [before], NOW) is None
    assert just_taken(replace(same, issuer=ANNA), MUTE, [before], NOW) is None, "who did it may think again"


@pytest.mark.parametrize("step", [KICK, BAN, UNMUTE, UNBAN])
def test_what_was_refused_is_tried_again_for_a_day(step: Step) -> None:
    refused = taken(step, state=State.REFUSED, why=Why.NO_RIGHT)
    assert next_retry(refused, NOW) == NOW + RETRY_EVERY
    assert next_retry(refused, NOW + RETRY_FOR) is None
    assert next_retry(replace(refused, why=Why.TARGET_ADMIN), NOW) is None


# Releases


def test_a_release_lifts_what_holds_and_forgets_what_was_refused() -> None:
    cases = (
        taken(MUTE, 1, state=State.DONE),
        taken(MUTE, 2, state=State.REFUSED, why=Why.NO_RIGHT),
        taken(MUTE, 3, state=State.PAUSED),
        taken(BAN, 4, state=State.DONE),
        taken(MUTE, 5, state=State.LIFTED),
        taken(MUTE, 7, state=State.DONE),
    )
    found = released(taken(UNMUTE, 6), cases)
    assert [(case.number, case.state) for case in found] == [(1, State.LIFTING), (2, State.LIFTED), (3, State.LIFTED)]
    assert [case.number for case in released(taken(UNBAN, 6), cases)] == [4]


@pytest.mark.parametrize(
    ("state", "after"),
    [(State.DONE, State.LIFTED), (State.REFUSED, State.LIFT_REFUSED), (State.UNCERTAIN, State.LIFT_REFUSED)],
)
def test_what_is_released_follows_what_telegram_answers(state: State, after: State) -> None:
    (case,) = followed(taken(UNMUTE, 2, state=state), (taken(MUTE, 1, state=State.LIFTING),))
    assert case.state is after


def test_a_release_is_not_tried_again_once_it_is_overtaken() -> None:
    release = taken(UNMUTE, 2, state=State.REFUSED, why=Why.NO_RIGHT)
    assert retry(release, [release], NOW) is not None
    assert retry(release, [release, taken(MUTE, 3)], NOW) is None
    assert retry(release, [release, taken(BAN, 3)], NOW) is not None


def test_a_mute_refused_after_its_release_never_held() -> None:
    after = settle(taken(MUTE, state=State.LIFTING), Act.IMPOSE, DidNot(Why.NO_RIGHT))
    assert after.state is State.LIFTED


# On both databases


async def act(database: Database, step: Step, at: datetime = NOW, by: Person = ANNA) -> Case:
    async with database.write() as tx:
        outcome = await service.take(tx, Ask(GROUP, MEI, by, "spam"), step, at)
    assert isinstance(outcome, Taken)
    return outcome.case


async def test_a_step_is_kept_as_it_was_taken(database: Database) -> None:
    case = await act(database, BAN)
    async with database.read() as tx:
        kept = await service.case_by_number(tx, GROUP, 1)
        (entry,) = await audit.entries(tx, GROUP)
        assert await service.counting(tx, GROUP, NOW, 8) == []
    assert kept == case
    assert (entry.action, entry.details) == ("case.ban", {"number": 1, "reason": "spam"})


async def test_an_old_ban_is_found_by_its_release(database: Database) -> None:
    ban = await act(database, Step(Rung.BAN))
    async with database.write() as tx:
        await service.answered(tx, ban.id, Act.IMPOSE, Did(), NOW)
    release = await act(database, UNBAN, NOW + 400 * DAY)
    async with database.write() as tx:
        lifting = await service.case_by_id(tx, ban.id)
        answered = await service.answered(tx, release.id, Act.IMPOSE, Did(), NOW + 400 * DAY)
    assert lifting is not None
    assert lifting.state is State.LIFTING
    assert answered is not None
    assert [(case.number, case.state) for case in answered.followers] == [(1, State.LIFTED)]


async def test_a_refused_release_is_stuck_and_lifts_again(database: Database) -> None:
    mute = await act(database, Step(Rung.MUTE, 3 * DAY))
    release = await act(database, UNMUTE)
    async with database.write() as tx:
        await service.answered(tx, mute.id, Act.IMPOSE, Did(), NOW)
        await service.answered(tx, release.id, Act.IMPOSE, DidNot(Why.NO_RIGHT), NOW)
        assert [case.number for case in await service.stuck(tx, GROUP, NOW + HOUR)] == [2, 1]
        assert await service.retry(tx, release.id, ANNA, NOW + HOUR) is not None
        again = await service.case_by_id(tx, mute.id)
    assert again is not None
    assert again.state is State.LIFTING


async def test_what_will_not_do_opens_no_case(database: Database) -> None:
    async with database.write() as tx:
        assert await service.take(tx, Ask(GROUP, MEI, ANNA), Step(Rung.MUTE, 400 * DAY), NOW) == BadLength(400 * DAY)
        assert await service.cases_of(tx, GROUP, MEI.user_id) == []
    first = await act(database, MUTE)
    async with database.write() as tx:
        assert await service.take(tx, Ask(GROUP, MEI, BEN, "spam"), MUTE, NOW) == JustTaken(first)


# In any order


class Steps(RuleBasedStateMachine):
    """One person, and a Telegram that may or may not give the bot the right; it knows only what it was told last."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.cases: list[Case] = []
        self.orders: list[tuple[int, Act, Order]] = []
        self.allowed = True
        self.muted_until: datetime | None = None
        self.banned_until: datetime | None = None

    def put(self, *changed: Case) -> None:
        for case in changed:
            self.cases[case.id - 1] = case

    @rule(step=st.sampled_from([MUTE, Step(Rung.MUTE, DAY), BAN, Step(Rung.BAN, DAY), KICK, UNMUTE, UNBAN]))
    def take(self, step: Step) -> None:
        ledger = Ledger(tuple(self.cases), DEFAULT_LADDER, len(self.cases) + 1)
        case = open_direct(Ask(GROUP, MEI, ANNA, "spam"), step, ledger, self.now)
        case = replace(case, id=case.number)
        order = imposing(case, self.cases, self.now)
        if case.is_release:
            self.put(*released(case, self.cases))
        self.cases.append(case)
        assert order is not None
        self.orders.append((case.id, Act.IMPOSE, order))

    @precondition(lambda self: any(may_undo(case, BEN.user_id, may_remove=True) is None for case in self.cases))
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        able = [case for case in self.cases if may_undo(case, BEN.user_id, may_remove=True) is None]
        after, order = undo(data.draw(st.sampled_from(able)), self.cases, BEN, self.now)
        self.put(after)
        if order is not None:
            self.orders.append((after.id, Act.LIFT, order))

    @precondition(lambda self: self.orders)
    @rule()
    def telegram_answers(self) -> None:
        case_id, act, order = self.orders.pop(0)
        if self.allowed:
            self._do(order)
        after = settle(self.cases[case_id - 1], act, Did() if self.allowed else DidNot(Why.NO_RIGHT))
        self.put(after)
        if after.is_release:
            self.put(*followed(after, self.cases))

    def _do(self, order: Order) -> None:
        match order:
            case MuteUntil(until) | TextUntil(until):
                self.muted_until = until
            case LiftMute():
                self.muted_until = None
            case Remove(until):
                self.banned_until = until
            case LetBack():
                self.banned_until = None
            case Kick():
                pass

    @rule(allowed=st.booleans())
    def right_changes(self, allowed: bool) -> None:
        self.allowed = allowed

    @precondition(lambda self: self.cases)
    @rule(data=st.data())
    def somebody_tries_again(self, data: st.DataObject) -> None:
        case = data.draw(st.sampled_from(self.cases))
        again = retry(case, self.cases, self.now)
        if again is None:
            return
        self.put(again[0])
        if again[0].is_release:
            self.put(*released(again[0], self.cases))
        if again[2] is not None:
            self.orders.append((case.id, again[1], again[2]))

    @rule(by=st.sampled_from([timedelta(minutes=20), timedelta(hours=7), timedelta(days=3)]))
    def time_passes(self, by: timedelta) -> None:
        while self.orders:
            self.telegram_answers()
        self.now += by

    @invariant()
    def whoever_is_kept_from_writing_or_joining_has_a_case_that_says_so(self) -> None:
        says = {*IN_FORCE, State.LIFT_REFUSED}
        if self.orders:
            return
        for until, removes in ((self.muted_until, False), (self.banned_until, True)):
            if until is not None and until > self.now:
                assert any(
                    case.state in says and case.is_removal is removes and case.mute_until is not None
                    for case in self.cases
                )

    @invariant()
    def no_case_is_ever_lost(self) -> None:
        assert [case.number for case in self.cases] == list(range(1, len(self.cases) + 1))

    @invariant()
    def none_of_them_counts(self) -> None:
        assert active_count(self.cases, self.now) == 0


Steps.TestCase.settings = settings(stateful_step_count=40, deadline=None)
TestSteps = Steps.TestCase

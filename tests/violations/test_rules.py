"""The ladder, the guard, what undoing takes back, and every answer of Telegram to every state of a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kernel.ids import GroupId, MessageId, UserId
from bot.violations.rules.case import (
    AHEAD,
    RETRY_EVERY,
    Act,
    Case,
    Did,
    DidNot,
    Person,
    Reply,
    State,
    Undone,
    Unknown,
    Why,
    act_to_retry,
    next_retry,
    settle,
)
from bot.violations.rules.ladder import DEFAULT_LADDER, BadLadder, Ladder, Rung, Step, fault_of, step_at
from bot.violations.rules.ledger import (
    Ask,
    Ledger,
    active_count,
    is_settled,
    just_warned,
    message_link,
    next_step,
    next_step_holds_until,
    open_case,
    removal_is_open,
)
from bot.violations.rules.orders import LetBack, LiftMute, MuteUntil, Remove, imposing, paused, resumed, retry, undo
from bot.violations.rules.outcomes import AlreadyUndone, NeedsRemover, OwnCase, may_undo
from bot.violations.rules.settings import EXPIRY
from bot.violations.rules.typed import NoLength, NotAStep, read_ladder

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
GROUP = GroupId(1)
MEI, ANNA, BEN = Person(UserId(10), "Mei"), Person(UserId(20), "Anna"), Person(UserId(30), "Ben")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def case(
    number: int = 1, at: datetime = NOW, state: State = State.NONE, step: Step | None = None, **rest: object
) -> Case:
    chosen = step or (Step(Rung.SERIOUS, HOUR) if state is not State.NONE else Step(Rung.WARNING))
    until = None if chosen.mute is None else at + chosen.mute
    made = Case(number, GROUP, number, MEI, ANNA, at, at + EXPIRY, "spam", 1, chosen, state, mute_until=until)
    return replace(made, **rest)  # type: ignore[arg-type]


def opened(
    cases: tuple[Case, ...], now: datetime = NOW, ladder: Ladder = DEFAULT_LADDER, *, basic: bool = False
) -> Case:
    return open_case(Ask(GROUP, MEI, ANNA, "spam", basic=basic), Ledger(cases, ladder, len(cases) + 1), now)


# The ladder


@pytest.mark.parametrize(
    ("count", "rung", "mute", "state"),
    [
        (0, Rung.WARNING, None, State.NONE),
        (1, Rung.SERIOUS, HOUR, State.ORDERED),
        (2, Rung.LEAVE, DAY, State.ORDERED),
        (3, Rung.REMOVAL, None, State.PROPOSED),
        (4, Rung.REMOVAL, None, State.PROPOSED),
    ],
)
def test_each_warning_brings_its_step(count: int, rung: Rung, mute: timedelta | None, state: State) -> None:
    before = tuple(case(n) for n in range(1, count + 1))
    made = opened(before, NOW + timedelta(minutes=5))
    assert (made.step, made.state, made.level) == (Step(rung, mute), state, count + 1)
    assert made.mute_until == (None if mute is None else NOW + timedelta(minutes=5) + mute)


def test_a_basic_group_counts_the_warning_but_cannot_mute() -> None:
    made = opened((case(1),), basic=True)
    assert (made.step.rung, made.state, made.why) == (Rung.SERIOUS, State.REFUSED, Why.BASIC_GROUP)


def test_a_removal_that_is_still_open_is_not_proposed_twice() -> None:
    before = (case(1), case(2), case(3), case(4, state=State.PROPOSED, step=Step(Rung.REMOVAL)))
    assert opened(before).state is State.NONE


def test_warnings_stop_counting_after_thirty_days_to_the_second() -> None:
    one = case(1)
    assert active_count([one], NOW + EXPIRY - timedelta(seconds=1)) == 1
    assert active_count([one], NOW + EXPIRY) == 0
    assert active_count([replace(one, undone=Undone(BEN, NOW))], NOW) == 0


def test_what_is_announced_holds_until_the_first_expiry_that_changes_it() -> None:
    ledger = Ledger((case(1, NOW - 20 * DAY), case(2, NOW - 10 * DAY)), DEFAULT_LADDER)
    assert next_step(ledger, NOW).rung is Rung.LEAVE
    assert next_step_holds_until(ledger, NOW) == NOW + 10 * DAY
    assert next_step_holds_until(Ledger((), DEFAULT_LADDER), NOW) is None
    many = Ledger(tuple(case(n, NOW - n * DAY) for n in range(1, 6)), DEFAULT_LADDER)
    assert next_step(many, NOW).rung is Rung.REMOVAL
    assert next_step_holds_until(many, NOW) == NOW - 3 * DAY + EXPIRY


@given(
    st.lists(st.integers(0, 40 * 24), max_size=8),
    st.lists(st.sampled_from(Rung), min_size=1, max_size=4),
    st.integers(0, 40 * 24),
)
def test_an_announced_step_is_true_for_as_long_as_it_is_announced(
    ages: list[int], rungs: list[Rung], later: int
) -> None:
    cases = tuple(case(n, NOW - timedelta(hours=age)) for n, age in enumerate(ages, start=1))
    ledger = Ledger(cases, tuple(Step(rung) for rung in rungs), len(cases) + 1)
    holds = next_step_holds_until(ledger, NOW)
    at = NOW + timedelta(hours=later)
    if holds is not None and at < holds:
        assert open_case(Ask(GROUP, MEI, ANNA), ledger, at).step == next_step(ledger, NOW)


@pytest.mark.parametrize(
    ("steps", "fault"),
    [
        ((), BadLadder.EMPTY),
        ((Step(Rung.WARNING),) * 11, BadLadder.TOO_MANY),
        ((Step(Rung.SERIOUS, timedelta(seconds=20)),), BadLadder.MUTE_TOO_SHORT),
        ((Step(Rung.SERIOUS, timedelta(days=367)),), BadLadder.MUTE_TOO_LONG),
        ((Step(Rung.REMOVAL, HOUR),), BadLadder.MUTED_REMOVAL),
        ((Step(Rung.NOTICE, HOUR),), BadLadder.MUTED_NOTICE),
        ((Step(Rung.MUTE),), BadLadder.NO_LENGTH),
        ((Step(Rung.REMOVAL), Step(Rung.WARNING)), BadLadder.AFTER_REMOVAL),
        ((Step(Rung.WARNING),) * 9, BadLadder.TOO_MANY),
        ((Step(Rung.NOTICE), *(Step(Rung.MUTE, HOUR),) * 7), None),
        (DEFAULT_LADDER, None),
    ],
)
def test_no_ladder_mutes_for_ever_by_accident(steps: Ladder, fault: BadLadder | None) -> None:
    assert fault_of(steps) is fault


def test_beyond_its_end_the_ladder_repeats_its_last_step() -> None:
    assert [step_at(DEFAULT_LADDER, n).rung for n in (1, 4, 5, 99)] == [Rung.WARNING, *[Rung.REMOVAL] * 3]


WARNING, SERIOUS, MUTE, REMOVAL = Step(Rung.WARNING), Step(Rung.SERIOUS, HOUR), Step(Rung.MUTE, DAY), Step(Rung.REMOVAL)


@pytest.mark.parametrize(
    ("typed", "steps"),
    [
        ("warning, serious 1h, mute 24h, removal", (WARNING, SERIOUS, MUTE, REMOVAL)),
        ("警告, 严重警告 禁言1小时, 禁言24小时, 提议移出", (WARNING, SERIOUS, MUTE, REMOVAL)),
        ("警告，严重警告禁言一小时；禁言一天、移出", (WARNING, SERIOUS, MUTE, REMOVAL)),
        ("1. Warning\n2. Serious warning and mute for 1 hour\n3. Mute 1 day", (WARNING, SERIOUS, MUTE)),
        ("warn -> serious warning (mute 1h) -> ban", (WARNING, SERIOUS, Step(Rung.BAN))),
        ("kick, ban 7 days, ban forever", (Step(Rung.KICK), Step(Rung.BAN, 7 * DAY), Step(Rung.BAN))),
        ("ban for good", (Step(Rung.BAN),)),
        ("踢出，封禁7天，永久封禁", (Step(Rung.KICK), Step(Rung.BAN, 7 * DAY), Step(Rung.BAN))),
        ("封禁 永久", (Step(Rung.BAN),)),
        ("no media 24h, restrict media for 3 days", (Step(Rung.RESTRICT, DAY), Step(Rung.RESTRICT, 3 * DAY))),
        ("禁发媒体1天、只能发文字 3天", (Step(Rung.RESTRICT, DAY), Step(Rung.RESTRICT, 3 * DAY))),
        ("notice", (Step(Rung.NOTICE),)),
        ("提醒, 警告", (Step(Rung.NOTICE), WARNING)),
        ("a warning and a mute of 1 hour", (Step(Rung.WARNING, HOUR),)),
        ("mute of 1 day and the request to leave", (Step(Rung.LEAVE, DAY),)),
        ("禁言24小时并劝退", (Step(Rung.LEAVE, DAY),)),
        ("leave 24h", (Step(Rung.LEAVE, DAY),)),
        ("leave", (Step(Rung.LEAVE),)),
        ("serious", (Step(Rung.SERIOUS),)),
    ],
)
def test_a_ladder_is_read_as_people_type_it(typed: str, steps: Ladder) -> None:
    assert read_ladder(typed) == steps


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", BadLadder.EMPTY),
        (" , ", BadLadder.EMPTY),
        ("1 notice", NotAStep("1 notice")),
        ("warning, hug", NotAStep("hug")),
        ("warnings", NotAStep("warnings")),
        ("serious 1", NotAStep("serious 1")),
        ("警告 很久", NotAStep("警告 很久")),
        ("mute", NoLength()),
        ("warning, 禁言", NoLength()),
        ("serious warning and mute", NoLength()),
        ("mute 5 seconds", BadLadder.MUTE_TOO_SHORT),
        ("mute 2 years", BadLadder.MUTE_TOO_LONG),
        ("removal 1h", BadLadder.MUTED_REMOVAL),
        ("notice 1h", BadLadder.MUTED_NOTICE),
        ("removal, warning", BadLadder.AFTER_REMOVAL),
        (", ".join(["warning"] * 9), BadLadder.TOO_MANY),
        ("x" * 501, NotAStep("x" * 501)),
    ],
)
def test_what_is_no_ladder_is_said_to_be_none(typed: str, problem: object) -> None:
    assert read_ladder(typed) == problem


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_ladder_without_fault_or_none(typed: str) -> None:
    read = read_ladder(typed)
    assert not isinstance(read, tuple) or fault_of(read) is None


# Two moderators at once


@pytest.mark.parametrize(
    ("ago", "undone", "found"), [(0, False, True), (59, False, True), (60, False, False), (10, True, False)]
)
def test_a_second_warning_within_a_minute_is_noticed(ago: int, undone: bool, found: bool) -> None:
    one = case(1, NOW - timedelta(seconds=ago), undone=Undone(BEN, NOW) if undone else None)
    assert (just_warned([one], NOW) is not None) is found


# Undoing


def test_a_removal_pauses_the_mutes_that_hold_and_nothing_else() -> None:
    holds, refused, over = case(1, state=State.DONE), case(2, state=State.REFUSED), case(3, NOW - DAY, State.DONE)
    removal = case(4, state=State.DONE, step=Step(Rung.REMOVAL))
    (found,) = paused((holds, refused, over, removal), NOW)
    assert (found.number, found.state, found.mutes(NOW)) == (1, State.PAUSED, False)
    assert undo(found, (found,), ANNA, NOW)[1] is None, "a mute that is gone needs no lifting"


def test_who_comes_back_is_muted_for_the_rest_of_the_longest_mute() -> None:
    short, long = case(1, state=State.PAUSED), case(2, state=State.DONE, step=Step(Rung.LEAVE, DAY))
    gone = case(3, state=State.REFUSED, why=Why.TARGET_GONE)
    others = (
        case(4, state=State.PAUSED, undone=Undone(ANNA, NOW)),
        case(5, state=State.REFUSED, why=Why.NO_RIGHT),
        case(6, state=State.DONE, step=Step(Rung.REMOVAL)),
        case(7, NOW - HOUR + AHEAD / 2, State.PAUSED),
    )
    found = resumed((short, long, gone, *others), NOW)
    assert [(one.number, one.state) for one, _ in found] == [(n, State.ORDERED) for n in (1, 2, 3)]
    assert {order for _, order in found} == {MuteUntil(NOW + DAY)}


@pytest.mark.parametrize(
    ("state", "open_"), [(State.PROPOSED, True), (State.ORDERED, True), (State.DONE, False), (State.DECLINED, False)]
)
def test_a_removal_is_open_until_it_is_decided_and_done(state: State, open_: bool) -> None:
    assert removal_is_open([case(1), case(2, state=state, step=Step(Rung.REMOVAL))]) is open_


def test_a_case_is_settled_when_nothing_of_it_runs_and_a_later_one_tells_what_comes() -> None:
    older, newest = case(1), case(2)
    assert is_settled(older, (older, newest), NOW)
    assert not is_settled(newest, (older, newest), NOW)
    assert is_settled(newest, (older, newest), NOW + EXPIRY)
    assert not is_settled(case(1, state=State.DONE), (newest,), NOW), "its mute runs"
    assert is_settled(case(2, undone=Undone(ANNA, NOW)), (older,), NOW)


def test_undoing_lifts_the_mute_of_this_case() -> None:
    muted = case(1, state=State.DONE)
    after, order = undo(muted, [muted], BEN, NOW + timedelta(minutes=10))
    assert (after.state, order) == (State.LIFTING, LiftMute())
    assert after.undone == Undone(BEN, NOW + timedelta(minutes=10))


def test_undoing_leaves_the_longer_mute_of_another_case() -> None:
    short, long = case(1, state=State.DONE), case(2, state=State.DONE, step=Step(Rung.LEAVE, DAY))
    after, order = undo(short, [short, long], BEN, NOW)
    assert (after.state, order) == (State.DONE, None)
    after, order = undo(long, [short, long], BEN, NOW)
    assert (after.state, order) == (State.LIFTING, MuteUntil(NOW + HOUR))


def test_a_mute_about_to_end_is_lifted_rather_than_shortened_for_ever() -> None:
    short, long = case(1, state=State.DONE), case(2, state=State.DONE, step=Step(Rung.LEAVE, DAY))
    at = NOW + HOUR - AHEAD / 2
    assert undo(long, [short, long], BEN, at)[1] == LiftMute()


def test_a_new_short_mute_never_shortens_a_longer_one() -> None:
    long = case(1, NOW, State.DONE, Step(Rung.LEAVE, DAY))
    new = case(2, NOW + HOUR, State.ORDERED)
    assert imposing(new, [long], NOW + HOUR) == MuteUntil(NOW + DAY)


def test_undoing_a_mute_that_is_over_asks_nothing_of_telegram() -> None:
    muted = case(1, state=State.DONE)
    after, order = undo(muted, [muted], BEN, NOW + HOUR)
    assert (after.state, order) == (State.DONE, None)


def test_undoing_a_removal_lets_the_person_back_and_withdraws_what_is_open() -> None:
    removal = Step(Rung.REMOVAL)
    assert undo(case(4, state=State.DONE, step=removal), [], BEN, NOW)[1] == LetBack()
    after, order = undo(case(4, state=State.PROPOSED, step=removal), [], BEN, NOW)
    assert (after.state, order) == (State.WITHDRAWN, None)


def test_nobody_undoes_a_case_against_themselves_or_alone_a_removal_of_two() -> None:
    removed = case(4, state=State.DONE, step=Step(Rung.REMOVAL))
    assert isinstance(may_undo(case(1), MEI.user_id, may_remove=True), OwnCase)
    assert isinstance(may_undo(removed, BEN.user_id, may_remove=False), NeedsRemover)
    assert may_undo(removed, BEN.user_id, may_remove=True) is None
    assert isinstance(may_undo(case(1, undone=Undone(BEN, NOW)), BEN.user_id, may_remove=True), AlreadyUndone)


# What Telegram answers

MUTED, UNDONE = case(1, state=State.ORDERED), case(1, state=State.LIFTING, undone=Undone(BEN, NOW))


@pytest.mark.parametrize(
    ("before", "act", "reply", "state", "why"),
    [
        (MUTED, Act.IMPOSE, Did(), State.DONE, None),
        (MUTED, Act.IMPOSE, DidNot(Why.NO_RIGHT), State.REFUSED, Why.NO_RIGHT),
        (MUTED, Act.IMPOSE, Unknown(), State.UNCERTAIN, None),
        (MUTED, Act.LIFT, Did(), State.ORDERED, None),
        (UNDONE, Act.IMPOSE, Did(), State.LIFTING, None),
        (UNDONE, Act.IMPOSE, DidNot(Why.NO_RIGHT), State.REFUSED, Why.NO_RIGHT),
        (UNDONE, Act.LIFT, Did(), State.LIFTED, None),
        (UNDONE, Act.LIFT, DidNot(Why.TARGET_GONE), State.LIFT_REFUSED, Why.TARGET_GONE),
        (UNDONE, Act.LIFT, Unknown(), State.LIFT_REFUSED, Why.OTHER),
    ],
)
def test_an_answer_moves_the_case_that_waits_for_it(
    before: Case, act: Act, reply: Reply, state: State, why: Why | None
) -> None:
    after = settle(before, act, reply)
    assert (after.state, after.why) == (state, why)


@given(
    st.sampled_from([state for state in State if state not in {State.ORDERED, State.LIFTING}]),
    st.sampled_from(Act),
    st.sampled_from([Did(), DidNot(Why.NO_RIGHT), Unknown()]),
)
def test_an_answer_nobody_waits_for_changes_nothing(state: State, act: Act, reply: Reply) -> None:
    before = case(1, state=state, step=Step(Rung.SERIOUS, HOUR))
    assert settle(before, act, reply) == before


# Trying again


def test_a_refused_mute_is_tried_again_while_it_would_run() -> None:
    refused = case(1, state=State.REFUSED, why=Why.NO_RIGHT)
    assert next_retry(refused, NOW) == NOW + RETRY_EVERY
    assert next_retry(refused, NOW + timedelta(minutes=50)) is None
    assert act_to_retry(refused, NOW + timedelta(minutes=50)) is Act.IMPOSE
    assert act_to_retry(refused, NOW + HOUR - timedelta(seconds=30)) is None
    assert next_retry(replace(refused, why=Why.TARGET_ADMIN), NOW) is None


def test_what_is_undone_is_not_imposed_again_but_lifted_again() -> None:
    assert act_to_retry(case(1, state=State.REFUSED, undone=Undone(BEN, NOW)), NOW) is None
    assert act_to_retry(case(1, state=State.LIFT_REFUSED, undone=Undone(BEN, NOW)), NOW) is Act.LIFT


def test_a_lifting_that_another_mute_made_pointless_is_as_good_as_done() -> None:
    stuck = case(1, state=State.LIFT_REFUSED, undone=Undone(BEN, NOW), why=Why.NO_RIGHT)
    other = case(2, NOW + timedelta(minutes=5), State.DONE, Step(Rung.LEAVE, DAY))
    again = retry(stuck, [stuck, other], NOW + timedelta(minutes=6))
    assert again is not None
    assert (again[0].state, again[2]) == (State.LIFTED, None)


def test_a_refused_removal_is_tried_again_by_hand_only() -> None:
    refused = case(4, state=State.REFUSED, step=Step(Rung.REMOVAL), why=Why.NO_RIGHT)
    assert next_retry(refused, NOW) is None
    again = retry(refused, [refused], NOW + 9 * DAY)
    assert again is not None
    assert again[1:] == (Act.IMPOSE, Remove())


@pytest.mark.parametrize(
    ("chat_id", "username", "basic", "link"),
    [
        (-1001234, None, False, "https://t.me/c/1234/7"),
        (-1001234, "hikers", False, "https://t.me/hikers/7"),
        (-99, None, True, None),
    ],
)
def test_a_message_is_linked_where_it_can_be(chat_id: int, username: str | None, basic: bool, link: str | None) -> None:
    assert message_link(chat_id, username, MessageId(7), basic=basic) == link

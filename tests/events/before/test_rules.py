"""When people are asked, warned and called in, and who is meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.before import rules
from bot.events.before.rules import Answered, Asking, TooFew
from bot.events.rules.event import State
from bot.events.rules.plan import Asked, Plan
from bot.events.rules.schedule import (
    WEATHER_AHEAD,
    asked_again_at,
    decided_at,
    is_promoted_now,
    is_timely,
    is_to_be_decided,
    is_told_now,
    occasions,
)
from bot.events.rules.signup import Notice, SignUpState, Tally
from bot.kernel.ids import UserId
from tests.events.build import DEADLINE, NOW, START, event, plan, signup

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MINUTES = st.integers(5, 14 * 24 * 60)
SPANS = st.lists(MINUTES, max_size=5, unique=True).map(tuple)


def asking(first: datetime = START - DAY, last: datetime | None = None, starts_at: datetime = START) -> Asking:
    return Asking(starts_at, first, last or first)


# When


@given(reminders=SPANS, reconfirm=st.booleans(), minimum=st.none() | st.integers(1, 3), promote=SPANS, ahead=MINUTES)
def test_every_occasion_is_still_to_come_and_ends_with_the_event(
    reminders: tuple[int, ...], reconfirm: bool, minimum: int | None, promote: tuple[int, ...], ahead: int
) -> None:
    now = START - timedelta(minutes=ahead)
    made = plan(
        deadline=None if now >= DEADLINE else DEADLINE,
        reminders=reminders,
        reconfirm=reconfirm,
        minimum=minimum,
        promote=promote,
    )

    found = occasions(made, now)

    assert all(now < at <= made.ends_at for at in found.values())
    assert ("reconfirm" in found) == (reconfirm and now < START - DAY)
    assert ("minimum" in found) == (minimum is not None)
    if minimum is not None:
        assert now < found["minimum-warning"] < found["minimum"] <= START
        assert found["minimum"] - found["minimum-warning"] <= DAY
    if "reconfirm" in found:
        last = min((one for one in reminders if one < 24 * 60), default=120)
        assert found["reconfirm"] < found["reconfirm-again"] < START - timedelta(minutes=last)


@given(wanted=SPANS, ahead=st.integers(-100, 15 * 24 * 60))
def test_of_several_that_are_late_exactly_the_last_is_still_worth_it(wanted: tuple[int, ...], ahead: int) -> None:
    now = START - timedelta(minutes=ahead)
    made = plan(deadline=None, reminders=wanted, promote=wanted)

    chosen = [one for one in wanted if is_timely(made, one, now)]

    due = [one for one in wanted if one >= ahead]
    assert chosen == ([min(due)] if due and ahead > 0 else [])
    assert chosen == [one for one in wanted if is_promoted_now(made, one, now)]


def test_a_reminder_that_is_no_longer_wanted_or_not_yet_due_is_not_sent() -> None:
    assert not is_timely(plan(reminders=(60,)), 120, START - HOUR)
    assert not is_timely(plan(reminders=(120,)), 120, START - 3 * HOUR)


def test_the_organiser_is_told_twice_at_most() -> None:
    times = [START - timedelta(minutes=minutes) for minutes in range(0, 3000, 5)]

    assert {at for at in times if is_told_now(plan(), 1440, at)} == {
        at for at in times if START - DAY <= at < START - 3 * HOUR
    }
    assert WEATHER_AHEAD == (1440, 180)


@pytest.mark.parametrize(
    ("deadline", "ahead", "decided"),
    [
        (DEADLINE, timedelta(days=5), DEADLINE),
        (None, timedelta(days=5), START - DAY),
        (None, timedelta(hours=10), START - 2 * HOUR),
        (None, timedelta(hours=1), START - timedelta(minutes=30)),
        (None, timedelta(minutes=10), START),
        (START, timedelta(days=5), START - DAY),
    ],
)
def test_it_is_decided_at_the_end_of_the_sign_up_or_a_day_ahead(
    deadline: datetime | None, ahead: timedelta, decided: datetime
) -> None:
    made = plan(deadline=deadline, minimum=2)

    assert decided_at(made, START - ahead) == decided
    assert is_to_be_decided(made, decided) is (decided < START)
    assert not is_to_be_decided(made, START)
    assert not is_to_be_decided(plan(deadline=deadline), decided)


def test_people_are_asked_again_half_way_to_the_last_reminder() -> None:
    assert asked_again_at(plan()) == START - timedelta(hours=13)
    assert asked_again_at(plan(reminders=(60 * 24 * 3,))) == START - timedelta(hours=13)
    assert asked_again_at(plan(reminders=(10 * 60, 6 * 60))) == START - timedelta(hours=15)


# Who


@pytest.mark.parametrize(
    ("ahead", "before", "by_hand", "may"),
    [
        (25 * HOUR, None, False, False),
        (25 * HOUR, None, True, True),
        (24 * HOUR, None, False, True),
        (23 * HOUR, asking(), False, True),
        (24 * HOUR - timedelta(minutes=59), asking(), False, False),
        (24 * HOUR - timedelta(minutes=59), asking(), True, False),
        (23.9 * HOUR, asking(starts_at=START + HOUR), False, True),
        (HOUR, None, True, False),
        (-HOUR, None, True, False),
    ],
)
def test_people_are_asked_not_too_early_too_late_or_too_often(
    ahead: timedelta, before: Asking | None, by_hand: bool, may: bool
) -> None:
    assert rules.may_ask(plan(), before, START - ahead, by_hand=by_hand) is may


def test_who_came_after_people_were_asked_or_cannot_be_asked_is_not_silent() -> None:
    silent, told = signup(1), replace(signup(2), confirmed=START - DAY)
    late = replace(signup(3), since=START - 20 * HOUR)
    grandma = replace(signup(4), user_id=UserId(-4))
    waiting = signup(5, SignUpState.WAITING)

    assert rules.unanswered([silent, told, late, grandma, waiting], asking()) == (silent,)
    assert rules.unanswered([silent, told, late, grandma, waiting], None) == (silent, late)


def test_a_word_given_a_day_before_it_is_asked_for_is_too_old() -> None:
    now = START - DAY
    old, fresh = replace(signup(1), confirmed=now - DAY), replace(signup(2), confirmed=now - 23 * HOUR)

    assert rules.outdated([old, fresh, signup(3)], None, now) == (replace(old, confirmed=None),)
    assert rules.outdated([old, fresh], asking(), now) == ()


def test_who_is_taken_off_for_silence_holds_nothing_any_more() -> None:
    (gone,) = rules.taken_off([replace(signup(1, guests=2), companions=("a", "b"))])

    assert (gone.state, gone.notice, gone.size, gone.companions) == (SignUpState.LEFT, Notice.REMOVED, 1, ())


# Enough people, and calling them in


@pytest.mark.parametrize(
    ("values", "state", "taken", "at", "few"),
    [
        ({"minimum": 3}, State.OPEN, 2, DEADLINE, TooFew(2, 3)),
        ({"minimum": 3}, State.CLOSED, 2, DEADLINE, TooFew(2, 3)),
        ({"minimum": 3}, State.OPEN, 3, DEADLINE, None),
        ({"minimum": 3}, State.OPEN, 2, DEADLINE - HOUR, None),
        ({"minimum": 3}, State.OPEN, 2, START, None),
        ({"minimum": 3}, State.CANCELLED, 2, DEADLINE, None),
        ({"minimum": 3}, State.DRAFT, 2, DEADLINE, None),
        ({}, State.OPEN, 0, DEADLINE, None),
    ],
)
def test_an_event_is_called_off_when_that_is_decided_and_too_few_are_going(
    values: dict[str, Any], state: State, taken: int, at: datetime, few: TooFew | None
) -> None:
    assert rules.called_off(event(state, **values), Tally(parties=1, taken=taken), at) == few


def test_it_is_told_how_many_are_missing() -> None:
    few = rules.falls_short(plan(minimum=5), Tally(taken=3), DEADLINE)

    assert few == TooFew(3, 5, DEADLINE)
    assert few.missing == 2


@pytest.mark.parametrize(
    ("seats", "tally", "at", "calls"),
    [
        (3, Tally(taken=2), NOW, True),
        (3, Tally(taken=3), NOW, False),
        (3, Tally(taken=2, held=1), NOW, False),
        (3, Tally(taken=1, waiting=1), NOW, False),
        (None, Tally(taken=99), NOW, True),
        (3, Tally(), DEADLINE, False),
    ],
)
def test_people_are_called_in_while_there_is_a_seat_for_who_comes(
    seats: int | None, tally: Tally, at: datetime, calls: bool
) -> None:
    assert rules.calls_in(event(seats=seats), tally, at) is calls


# The sums of the answers


def test_answers_are_summed_by_question_most_first() -> None:
    made = Plan("Dinner", START, questions=(Asked("Diet?", ("all", "vegetarian")), Asked("Bus stop?")))
    rows = [("Diet?", "all"), ("Diet?", "vegetarian"), ("Diet?", "vegetarian"), ("No longer asked?", "x")]

    assert rules.summed(made, rows) == (Answered("Diet?", (("vegetarian", 2), ("all", 1))),)

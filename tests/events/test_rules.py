from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.events.rules.event import (
    Change,
    Flaw,
    NotLive,
    Phase,
    Plan,
    SameAsBefore,
    SeatsOutOfRange,
    State,
    flaw_of,
    is_timely,
    losers_of,
    planned,
    reminders,
)
from bot.events.rules.signup import (
    Action,
    AlreadyIn,
    AlreadyWaits,
    Decision,
    GuestLimit,
    GuestsChanged,
    In,
    Left,
    Refused,
    SignUpState,
    Tally,
    TooLate,
    WaitingGuestsChanged,
    Waits,
    decide,
    moving_up,
)
from tests.events.build import DEADLINE, NOW, START, event, person, plan, signup

WAITING = SignUpState.WAITING
BEFORE_DEADLINE = DEADLINE - timedelta(seconds=1)


# Phases and plans


@pytest.mark.parametrize(
    ("state", "now", "phase"),
    [
        (State.OPEN, NOW, Phase.OPEN),
        (State.OPEN, BEFORE_DEADLINE, Phase.OPEN),
        (State.OPEN, DEADLINE, Phase.PAST_DEADLINE),
        (State.OPEN, START, Phase.OVER),
        (State.CLOSED, NOW, Phase.CLOSED),
        (State.CLOSED, START, Phase.OVER),
        (State.CANCELLED, NOW, Phase.CANCELLED),
        (State.CANCELLED, START, Phase.CANCELLED),
        (State.OVER, NOW, Phase.OVER),
    ],
)
def test_the_times_decide_what_an_event_is(state: State, now: Any, phase: Phase) -> None:
    assert event(state).phase(now) is phase


@pytest.mark.parametrize(
    ("values", "flaw"),
    [
        ({}, None),
        ({"title": ""}, Flaw.NO_TITLE),
        ({"title": "x" * 101}, Flaw.TITLE_TOO_LONG),
        ({"place": "x" * 201}, Flaw.PLACE_TOO_LONG),
        ({"starts_at": NOW, "deadline": None}, Flaw.STARTS_IN_PAST),
        ({"deadline": NOW}, Flaw.DEADLINE_IN_PAST),
        ({"deadline": START}, None),
        ({"deadline": START + timedelta(seconds=1)}, Flaw.DEADLINE_AFTER_START),
        ({"guests": 4}, Flaw.GUESTS_OUT_OF_RANGE),
        ({"seats": 0}, SeatsOutOfRange(1, 10_000, 0)),
        ({"seats": 10_001}, SeatsOutOfRange(1, 10_000, 0)),
        ({"seats": 1, "guests": 1}, SeatsOutOfRange(2, 10_000, 1)),
        ({"seats": 2, "guests": 1}, None),
        ({"seats": None, "guests": 3}, None),
    ],
)
def test_a_plan_is_checked(values: dict[str, Any], flaw: object) -> None:
    assert flaw_of(plan(**values), NOW) == flaw


def test_a_passed_deadline_does_not_stand_in_the_way_of_a_new_title() -> None:
    late = DEADLINE + timedelta(hours=1)

    assert planned(event(), Change("title", "Walk"), Tally(), late) == plan(title="Walk")


def test_seats_cannot_go_below_the_largest_party() -> None:
    assert planned(event(seats=9), Change("seats", 2), Tally(largest=3), NOW) == SeatsOutOfRange(3, 10_000, 0)


def test_an_edit_that_changes_nothing_says_so() -> None:
    assert planned(event(), Change("seats", 3), Tally(), NOW) == SameAsBefore(event())


@pytest.mark.parametrize("state", [State.CANCELLED, State.OVER])
def test_what_is_over_is_not_edited(state: State) -> None:
    assert isinstance(planned(event(state), Change("seats", 9), Tally(), NOW), NotLive)


def test_a_start_before_the_deadline_is_refused() -> None:
    earlier = DEADLINE - timedelta(hours=1)

    assert planned(event(), Change("starts_at", earlier), Tally(), NOW) is Flaw.DEADLINE_AFTER_START


def test_reminders_that_lie_behind_are_left_out() -> None:
    soon = Plan("x", NOW + timedelta(hours=5))

    assert reminders(soon, NOW) == {"2": NOW + timedelta(hours=3)}
    assert set(reminders(plan(), NOW)) == {"24", "2"}


@pytest.mark.parametrize(
    ("reminder", "minutes_ahead", "timely"),
    [
        ("24", 24 * 60, True),
        ("24", 121, True),
        ("24", 120, False),
        ("2", 120, True),
        ("2", 1, True),
        ("2", 0, False),
        ("24", -5, False),
    ],
)
def test_a_late_reminder_comes_until_the_next_one_or_the_start(reminder: str, minutes_ahead: int, timely: bool) -> None:
    assert is_timely(reminder, plan(), START - timedelta(minutes=minutes_ahead)) is timely


@pytest.mark.parametrize(
    ("sizes", "seats", "out"),
    [
        ((1, 1, 1), 3, ()),
        ((1, 1, 1), 2, (3,)),
        ((1, 2, 1), 2, (2, 3)),
        ((2, 1), 1, (1, 2)),
    ],
)
def test_the_last_in_lose_their_seats(sizes: tuple[int, ...], seats: int, out: tuple[int, ...]) -> None:
    going = [signup(number, guests=size - 1) for number, size in enumerate(sizes, start=1)]

    assert tuple(one.turn for one in losers_of(going, seats)) == out


# Signing up

FULL = Tally(parties=3, taken=3, largest=1, last_turn=3)
LINE = Tally(parties=3, taken=3, waiting=2, largest=1, last_turn=5)
BLOCKED = Tally(parties=2, taken=2, waiting=1, largest=2, last_turn=3)
HALF = Tally(parties=1, taken=1, largest=1, last_turn=1)


@pytest.mark.parametrize(
    ("action", "tally", "mine", "guests", "outcome", "state"),
    [
        (Action.JOIN, Tally(), None, 0, In(1, 3, 0), "going"),
        (Action.JOIN, HALF, None, 0, In(2, 3, 0), "going"),
        (Action.JOIN, FULL, None, 0, Waits(1, 0), "waiting"),
        (Action.JOIN, LINE, None, 0, Waits(3, 0), "waiting"),
        # A seat is free, but the party at the head does not fit: nobody overtakes it.
        (Action.JOIN, BLOCKED, None, 1, Waits(2, 0), "waiting"),
        (Action.JOIN, FULL, signup(1), 0, AlreadyIn(0), None),
        (Action.JOIN, replace(LINE, ahead=1), signup(5, WAITING), 0, AlreadyWaits(2, 0), None),
        (Action.MORE, Tally(), None, 0, Refused.NO_GUESTS_ALLOWED, None),
        (Action.MORE, HALF, None, 1, In(3, 3, 1), "going"),
        (Action.MORE, Tally(2, 2, 0, 1, 2), None, 1, Waits(1, 1), "waiting"),
        (Action.MORE, HALF, signup(1), 1, GuestsChanged(1, 2, 3), "going"),
        (Action.MORE, HALF, signup(1), 0, Refused.NO_GUESTS_ALLOWED, None),
        (Action.MORE, Tally(1, 2, 0, 2, 1), signup(1, guests=1), 1, GuestLimit(1), None),
        (Action.MORE, FULL, signup(1), 1, Refused.FULL_FOR_GUEST, None),
        (Action.MORE, BLOCKED, signup(1), 1, Refused.LINE_BEFORE_GUEST, None),
        (Action.MORE, LINE, signup(4, WAITING), 1, WaitingGuestsChanged(1, 1), "waiting"),
        (Action.FEWER, Tally(1, 2, 0, 2, 1), signup(1, guests=1), 1, GuestsChanged(0, 1, 3), "going"),
        (Action.FEWER, HALF, signup(1), 1, Refused.NO_GUEST_TO_REMOVE, None),
        (Action.FEWER, HALF, None, 1, Refused.NOT_ON_LIST, None),
        (Action.LEAVE, HALF, signup(1), 0, Left(True), "left"),
        (Action.LEAVE, LINE, signup(4, WAITING), 0, Left(False), "left"),
        (Action.LEAVE, HALF, None, 0, Refused.NOT_ON_LIST, None),
        (Action.LEAVE, HALF, signup(1, SignUpState.LEFT), 0, Refused.NOT_ON_LIST, None),
        (Action.JOIN, HALF, signup(1, SignUpState.LEFT), 0, In(2, 3, 0), "going"),
    ],
)
def test_a_tap_is_decided(
    action: Action, tally: Tally, mine: Any, guests: int, outcome: object, state: str | None
) -> None:
    decision = decide(event(guests=guests), tally, mine, action, person(9), NOW)

    assert decision.outcome == outcome
    assert (None if decision.change is None else decision.change.state.value) == state


@pytest.mark.parametrize(
    ("action", "now", "state", "outcome"),
    [
        (Action.JOIN, DEADLINE, State.OPEN, TooLate(Phase.PAST_DEADLINE, DEADLINE)),
        (Action.MORE, DEADLINE, State.OPEN, TooLate(Phase.PAST_DEADLINE, DEADLINE)),
        (Action.JOIN, NOW, State.CLOSED, TooLate(Phase.CLOSED, None)),
        (Action.JOIN, NOW, State.CANCELLED, TooLate(Phase.CANCELLED, None)),
        (Action.JOIN, START, State.OPEN, TooLate(Phase.OVER, START)),
        (Action.LEAVE, START, State.OPEN, TooLate(Phase.OVER, START)),
        (Action.FEWER, NOW, State.CANCELLED, TooLate(Phase.CANCELLED, None)),
    ],
)
def test_what_comes_too_late_says_since_when(action: Action, now: Any, state: State, outcome: TooLate) -> None:
    assert decide(event(state, guests=1), HALF, None, action, person(9), now) == Decision(outcome)


def test_one_may_leave_after_the_deadline_and_the_line_moves() -> None:
    decision = decide(event(), LINE, signup(1), Action.LEAVE, person(1), DEADLINE)

    assert decision.outcome == Left(True)
    assert decision.frees


def test_who_comes_back_stands_at_the_end_of_the_line() -> None:
    decision = decide(event(), LINE, signup(1, SignUpState.LEFT), Action.JOIN, person(1), NOW)

    assert decision.change is not None
    assert decision.change.turn == 6


@pytest.mark.parametrize(
    ("seats", "taken", "sizes", "moved"),
    [
        (3, 3, (1, 1), 0),
        (3, 2, (1, 1), 1),
        (4, 2, (1, 1, 1), 2),
        (3, 2, (2, 1), 0),
        (4, 2, (2, 1), 1),
        (None, 2, (1, 2, 3), 3),
    ],
)
def test_the_first_in_line_gets_the_freed_seat_and_blocks_until_it_fits(
    seats: int | None, taken: int, sizes: tuple[int, ...], moved: int
) -> None:
    line = [signup(number, WAITING, size - 1) for number, size in enumerate(sizes, start=10)]

    assert [one.turn for one in moving_up(plan(seats), taken, line)] == [one.turn for one in line[:moved]]

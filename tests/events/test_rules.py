from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.events.rules.event import Change, NotLive, Phase, SameAsBefore, State, planned
from bot.events.rules.outcomes import (
    AlreadyIn,
    AlreadyWaits,
    Confirmed,
    Declined,
    GuestLimit,
    GuestsChanged,
    In,
    Left,
    NowMaybe,
    Refused,
    TooLate,
    WaitingGuestsChanged,
    Waits,
)
from bot.events.rules.plan import Asked, Flaw, Kind, Plan, SeatsOutOfRange, flaw_of
from bot.events.rules.queue import losers_of, next_in_line
from bot.events.rules.schedule import is_timely, occasions
from bot.events.rules.signup import Action, Decision, SignUpState, Tally, decide
from tests.events.build import DEADLINE, NOW, START, event, person, plan, signup

WAITING, OFFERED = SignUpState.WAITING, SignUpState.OFFERED
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
        ({"minutes": 4}, Flaw.LENGTH_OUT_OF_RANGE),
        ({"link": "meet me"}, Flaw.NOT_A_LINK),
        ({"link": "https://talk.example/7"}, None),
        ({"price": "x" * 101}, Flaw.PRICE_TOO_LONG),
        ({"about": "x" * 1501}, Flaw.ABOUT_TOO_LONG),
        ({"questions": (Asked(" "),)}, Flaw.QUESTIONS_UNFIT),
        ({"questions": (Asked("Diet?", ("all", "")),)}, Flaw.QUESTIONS_UNFIT),
        ({"questions": (Asked("Diet?", ("all", "vegetarian")),)}, None),
        ({"offer": 9}, Flaw.OFFER_OUT_OF_RANGE),
        ({"call": 0}, Flaw.CALL_OUT_OF_RANGE),
        ({"call": 24 * 60 + 1}, Flaw.CALL_OUT_OF_RANGE),
        ({"tags": ("x" * 17,)}, Flaw.TAGS_UNFIT),
        ({"minimum": 4}, Flaw.MINIMUM_OUT_OF_RANGE),
        ({"minimum": 3}, None),
        ({"reminders": (60, 4)}, Flaw.REMINDERS_UNFIT),
        ({"promote": (1, 2)}, Flaw.PROMOTION_UNFIT),
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


def test_what_lies_behind_is_left_out() -> None:
    soon = Plan("x", NOW + timedelta(hours=5))

    assert occasions(soon, NOW) == {
        "remind-120": NOW + timedelta(hours=3),
        "weather-180": NOW + timedelta(hours=2),
        "start": NOW + timedelta(hours=5),
        "end": NOW + timedelta(hours=8),
    }
    assert {"remind-1440", "remind-120", "deadline"} <= set(occasions(plan(), NOW))


@pytest.mark.parametrize(
    ("minutes", "minutes_ahead", "timely"),
    [
        (1440, 24 * 60, True),
        (1440, 121, True),
        (1440, 120, False),
        (120, 120, True),
        (120, 1, True),
        (120, 0, False),
        (1440, -5, False),
        (60, 30, False),
    ],
)
def test_a_late_reminder_comes_until_the_next_one_or_the_start(minutes: int, minutes_ahead: int, timely: bool) -> None:
    assert is_timely(plan(), minutes, START - timedelta(minutes=minutes_ahead)) is timely


@pytest.mark.parametrize(
    ("sizes", "seats", "strict", "out"),
    [
        ((1, 1, 1), 3, False, ()),
        ((1, 1, 1), 2, False, (3,)),
        ((1, 1, 1), None, False, ()),
        ((1, 2, 1), 2, True, (2, 3)),
        ((1, 2, 1), 2, False, (2,)),
        ((2, 1), 1, True, (1, 2)),
    ],
)
def test_the_last_in_lose_their_seats(
    sizes: tuple[int, ...], seats: int | None, strict: bool, out: tuple[int, ...]
) -> None:
    going = [signup(number, guests=size - 1) for number, size in enumerate(sizes, start=1)]

    assert tuple(one.turn for one in losers_of(going, plan(seats, strict=strict))) == out


# Signing up

FULL = Tally(parties=3, taken=3, largest=1, last_turn=3)
LINE = Tally(parties=3, taken=3, waiting=2, smallest=1, largest=1, last_turn=5)
BLOCKED = Tally(parties=2, taken=2, waiting=1, smallest=2, largest=2, last_turn=3)
NIGHT = Tally(parties=2, taken=2, waiting=1, smallest=1, largest=1, last_turn=3)
"""A seat is free, and waits for the morning with the one it will be offered to."""
HELD = Tally(parties=2, taken=2, offers=1, held=1, largest=1, last_turn=3)
HALF = Tally(parties=1, taken=1, largest=1, last_turn=1)
PAIR = Tally(parties=1, taken=2, largest=2, last_turn=1)


@pytest.mark.parametrize(
    ("action", "tally", "mine", "guests", "outcome", "state"),
    [
        (Action.JOIN, Tally(), None, 0, In(1, 3, 0), "going"),
        (Action.JOIN, HALF, None, 0, In(2, 3, 0), "going"),
        (Action.JOIN, FULL, None, 0, Waits(1, 0), "waiting"),
        (Action.JOIN, LINE, None, 0, Waits(3, 0), "waiting"),
        # A seat is free, but the party at the head does not fit: one that fits does not wait for it.
        (Action.JOIN, BLOCKED, None, 1, In(3, 3, 0), "going"),
        (Action.JOIN, NIGHT, None, 0, Waits(2, 0, 1), "waiting"),
        (Action.JOIN, HELD, None, 0, Waits(1, 0), "waiting"),
        (Action.JOIN, HELD, signup(3, OFFERED), 0, In(3, 3, 0), "going"),
        (Action.CONFIRM, HELD, signup(3, OFFERED), 0, In(3, 3, 0), "going"),
        (Action.LEAVE, HELD, signup(3, OFFERED), 0, Left(True), "declined"),
        (Action.MAYBE, HELD, signup(3, OFFERED), 0, NowMaybe(True), "maybe"),
        (Action.MAYBE, HALF, None, 0, NowMaybe(False), "maybe"),
        (Action.MAYBE, HALF, signup(1), 0, NowMaybe(True), "maybe"),
        (Action.MAYBE, HALF, signup(1, SignUpState.MAYBE), 0, Refused.ALREADY_MAYBE, None),
        (Action.JOIN, HALF, signup(1, SignUpState.MAYBE), 0, In(2, 3, 0), "going"),
        (Action.JOIN, HALF, signup(1, SignUpState.LAPSED), 0, In(2, 3, 0), "going"),
        (Action.CONFIRM, HALF, signup(1), 0, Confirmed(0), "going"),
        (Action.CONFIRM, HALF, replace(signup(1), confirmed=NOW), 0, Refused.ALREADY_CONFIRMED, None),
        (Action.CONFIRM, LINE, signup(5, WAITING), 0, Refused.NOT_GOING, None),
        (Action.CONFIRM, LINE, None, 0, Refused.NOT_ON_LIST, None),
        (Action.JOIN, FULL, signup(1), 0, AlreadyIn(0), None),
        (Action.JOIN, replace(LINE, ahead=1), signup(5, WAITING), 0, AlreadyWaits(2, 0), None),
        (Action.MORE, Tally(), None, 0, Refused.NO_GUESTS_ALLOWED, None),
        (Action.MORE, HALF, None, 1, In(3, 3, 1), "going"),
        (Action.MORE, Tally(parties=2, taken=2, largest=1, last_turn=2), None, 1, Waits(1, 1, 1), "waiting"),
        (Action.MORE, HALF, signup(1), 1, GuestsChanged(1, 2, 3), "going"),
        (Action.MORE, HALF, signup(1), 0, Refused.NO_GUESTS_ALLOWED, None),
        (Action.MORE, PAIR, signup(1, guests=1), 1, GuestLimit(1), None),
        (Action.MORE, FULL, signup(1), 1, Refused.FULL_FOR_GUEST, None),
        (Action.MORE, BLOCKED, signup(1), 1, GuestsChanged(1, 3, 3), "going"),
        (Action.MORE, NIGHT, signup(1), 1, Refused.LINE_BEFORE_GUEST, None),
        (Action.MORE, LINE, signup(4, WAITING), 1, WaitingGuestsChanged(1, 1), "waiting"),
        (Action.FEWER, PAIR, signup(1, guests=1), 1, GuestsChanged(0, 1, 3), "going"),
        (Action.FEWER, HALF, signup(1), 1, Refused.NO_GUEST_TO_REMOVE, None),
        (Action.FEWER, HALF, None, 1, Refused.NOT_ON_LIST, None),
        (Action.LEAVE, HALF, signup(1), 0, Left(True), "declined"),
        (Action.LEAVE, LINE, signup(4, WAITING), 0, Left(False), "declined"),
        (Action.LEAVE, HALF, None, 0, Declined(), "declined"),
        (Action.LEAVE, HALF, signup(1, SignUpState.LEFT), 0, Declined(), "declined"),
        (Action.LEAVE, HALF, signup(1, SignUpState.DECLINED), 0, Refused.ALREADY_DECLINED, None),
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
    ("free", "strict", "sizes", "moved"),
    [
        (0, False, (1, 1), ()),
        (1, False, (1, 1), (10,)),
        (2, False, (1, 1, 1), (10, 11)),
        (1, False, (2, 1), (11,)),
        (1, True, (2, 1), ()),
        (2, True, (2, 1), (10,)),
        (3, False, (2, 2, 1), (10, 12)),
        (3, True, (2, 2, 1), (10,)),
        (None, True, (1, 2, 3), (10, 11, 12)),
    ],
)
def test_the_first_in_line_who_fit_are_next(
    free: int | None, strict: bool, sizes: tuple[int, ...], moved: tuple[int, ...]
) -> None:
    line = [signup(number, WAITING, size - 1) for number, size in enumerate(sizes, start=10)]

    assert tuple(one.turn for one in next_in_line(plan(strict=strict), free, line)) == moved


def test_people_are_called_to_a_talk_as_long_before_it_as_was_settled() -> None:
    talk = plan(kind=Kind.ONLINE)
    assert occasions(talk, NOW)["call"] == talk.starts_at - timedelta(minutes=10)
    assert occasions(replace(talk, call=45), NOW)["call"] == talk.starts_at - timedelta(minutes=45)
    assert "call" not in occasions(plan(), NOW)

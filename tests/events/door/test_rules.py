from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.events.door.rules import checkin as rules
from bot.events.door.rules.checkin import (
    AlreadyHere,
    Arrival,
    CheckedIn,
    GuestsCounted,
    Hours,
    NotHere,
    NotOnList,
    Stood,
    TakenBack,
    WalkedIn,
)
from bot.events.door.rules.line import read_walk_in, search_key
from bot.events.door.rules.money import Price, Said, Share, Unsaid, price_of, rows, say_paid, share_of, sums
from bot.events.door.rules.ways import TRIES_WITHIN, Tries, digits_for, read_code, read_token
from bot.events.rules.event import State
from bot.events.rules.signup import Paid, Presence, SignUpState
from tests.events.build import NOW, START, event, person, plan, signup

PLAN = plan(guests=3)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("ahead", "state", "expected"),
    [
        (timedelta(minutes=61), State.OPEN, Hours.NOT_YET),
        (timedelta(minutes=60), State.OPEN, Hours.OPEN),
        (-timedelta(hours=26), State.OVER, Hours.OPEN),
        (-timedelta(hours=27), State.OVER, Hours.PAST),
        (timedelta(0), State.CANCELLED, Hours.CANCELLED),
        (timedelta(0), State.DRAFT, Hours.HIDDEN),
    ],
)
def test_the_door_is_open_from_an_hour_before_the_start_until_a_day_after_the_end(
    ahead: timedelta, state: State, expected: Hours
) -> None:
    assert rules.hours(event(state), START - ahead) is expected


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (-timedelta(minutes=30), Presence.CAME),
        (timedelta(minutes=14), Presence.CAME),
        (timedelta(minutes=15), Presence.LATE),
        (timedelta(hours=2), Presence.LATE),
        (timedelta(hours=3), Presence.CAME),
    ],
)
def test_the_clock_says_who_is_late_until_the_end(after: timedelta, expected: Presence) -> None:
    step = rules.check_in(PLAN, signup(1, guests=2), START + after)
    assert step.change is not None
    assert (step.change.presence, step.change.came_with, step.arrival) == (expected, 2, None)
    assert step.outcome == CheckedIn(step.change, 2)


def test_checking_in_twice_changes_nothing() -> None:
    first = rules.check_in(PLAN, signup(1), START).change
    step = rules.check_in(PLAN, first, START + MINUTE)
    assert step.change is None
    assert isinstance(step.outcome, AlreadyHere)


@pytest.mark.parametrize("state", [state for state in SignUpState if state is not SignUpState.GOING])
def test_who_walks_in_goes_back_to_where_they_stood(state: SignUpState) -> None:
    before = signup(1, state, guests=2)
    assert rules.check_in(PLAN, before, START).outcome == NotOnList(state)
    step = rules.walk_in(PLAN, 3, before, before, START, guests=1)
    change = step.change
    assert change is not None
    assert (change.state, change.presence, change.guests) == (SignUpState.GOING, Presence.WALKED_IN, 1)
    assert step.outcome == WalkedIn(change, beyond=2)
    assert step.arrival == Arrival(before.user_id, Stood(state, 2))
    back = rules.take_back(change, step.arrival, closed=False)
    assert back.change is not None
    expected = SignUpState.LAPSED if state is SignUpState.OFFERED else state
    assert (back.change.state, back.change.guests, back.change.presence) == (expected, 2, None)
    assert back.gone


def test_somebody_new_who_is_taken_back_is_off_the_list() -> None:
    fresh = rules.newcomer(person(9), 4, NOW, None)
    step = rules.walk_in(plan(seats=None), 3, None, fresh, START)
    back = rules.take_back(step.change, step.arrival, closed=True)
    assert back.change is not None
    assert back.outcome == TakenBack(back.change, off=True)
    assert back.change.state is SignUpState.LEFT
    assert isinstance(step.outcome, WalkedIn)
    assert step.outcome.beyond == 0


def test_who_is_taken_back_on_a_closed_list_is_absent() -> None:
    here = rules.check_in(PLAN, signup(1), START).change
    for closed, expected in ((False, None), (True, Presence.ABSENT)):
        back = rules.take_back(here, None, closed=closed)
        assert back.change is not None
        assert (back.change.presence, back.change.came_with) == (expected, None)
    assert rules.take_back(signup(1), None, closed=False).outcome == NotHere("P1")


@pytest.mark.parametrize(("wanted", "expected"), [(-1, 1), (0, 1), (1, 2), (2, 3), (9, 3)])
def test_guests_are_counted_within_the_party(wanted: int, expected: int) -> None:
    here = rules.check_in(PLAN, signup(1, guests=2), START).change
    step = rules.count_guests(here, wanted)
    assert isinstance(step.outcome, GuestsCounted)
    assert step.outcome.here == expected
    assert step.change is not None
    assert (step.change.guests, step.change.came_with) == (2, expected - 1)
    assert rules.count_guests(signup(1, guests=2), 1).outcome == NotHere("P1")


def test_only_those_going_of_whom_nothing_is_known_are_marked_absent() -> None:
    marked = rules.absent(signup(1))
    assert marked is not None
    assert marked.presence is Presence.ABSENT
    assert rules.absent(marked) is None
    assert rules.absent(signup(1, SignUpState.WAITING)) is None
    assert rules.absent(replace(signup(1), presence=Presence.CAME)) is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("4821", "4821"),
        (" 48 21 ", "4821"),
        ("４８２１", "4821"),
        ("123456", "123456"),
        ("123", None),
        ("1234567", None),
        ("12a4", None),
        ("٤٨٢١", None),
        ("", None),
    ],
)
def test_how_a_code_is_typed(typed: str, expected: str | None) -> None:
    assert read_code(typed) == expected


@pytest.mark.parametrize("text", ["", "short", "x" * 61, "a b" * 8, "'; DROP TABLE x; --aaaaaa", "词" * 20])
def test_what_is_no_token(text: str) -> None:
    assert read_token(text) is None


def test_the_more_people_the_longer_the_code() -> None:
    assert [digits_for(people) for people in (0, 99, 100, 999, 1000, 9999)] == [4, 4, 5, 5, 6, 6]


def test_five_wrong_codes_lock_for_ten_minutes_from_the_first() -> None:
    tries = Tries(NOW, 0)
    for number in range(1, 6):
        tries = tries.once_more(NOW + number * MINUTE)
        assert tries.left(NOW + number * MINUTE) == 5 - number
    assert tries.locked_until(NOW + 6 * MINUTE) == NOW + TRIES_WITHIN
    later = NOW + TRIES_WITHIN
    assert tries.locked_until(later) is None
    assert tries.once_more(later) == Tries(later, 1)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Grandma Wang +1", ("Grandma Wang", 1)),
        ("王奶奶　＋２", ("王奶奶", 2)),
        ("王奶奶", ("王奶奶", None)),
        ("+1", ("", 1)),
        ("C+1", ("C+1", None)),
        ("Bob + 3", ("Bob", 3)),
        ("  ", ("", None)),
    ],
)
def test_how_a_walk_in_is_typed(typed: str, expected: tuple[str, int | None]) -> None:
    assert read_walk_in(typed) == expected


def test_a_search_does_not_mind_case_width_and_spaces() -> None:
    assert search_key("Ａnna ＬI") in search_key("Hanna Lindt")


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("50 yuan", Price(Decimal(50), "yuan", "50 yuan")),
        ("50元每人", Price(Decimal(50), "元每人", "50元每人")),
        ("12.50 €, students free", Price(Decimal("12.50"), "€", "12.50 €")),
        ("12,5 €", Price(Decimal("12.5"), "€", "12,5 €")),
        ("1,200 yuan", Price(Decimal(1200), "yuan", "1,200 yuan")),
        ("５０ 元", Price(Decimal(50), "元", "５０ 元")),
        ("20-30 yuan", None),
        ("20 至 30", None),
        ("about 50", None),
        ("每人50元", None),
        ("50% off", None),
        (None, None),
    ],
)
def test_a_price_that_begins_with_a_number_can_be_summed(note: str | None, expected: Price | None) -> None:
    assert price_of(note) == expected


def test_who_owes_what() -> None:
    people = [
        signup(1, guests=1),
        replace(signup(2), paid=Paid.SAID),
        replace(signup(3), paid=Paid.CONFIRMED),
        replace(signup(4), paid=Paid.FREE),
        replace(signup(5, SignUpState.LEFT), paid=Paid.CONFIRMED),
        replace(signup(6, SignUpState.DECLINED), paid=Paid.FREE),
        signup(7, SignUpState.WAITING),
        replace(signup(8, SignUpState.WAITING), paid=Paid.CONFIRMED),
    ]
    paid_for = {signup(3).user_id: 2, signup(5).user_id: 3}
    table = rows(event(), reversed(people), paid_for)
    shares = [Share.OWES, Share.SAID, Share.PAID, Share.FREE, Share.BACK, Share.PAID]
    assert [row.share for row in table] == shares
    assert [row.open for row in table] == [2, 0, -1, 0, -3, 0]
    assert [row.is_settled for row in table] == [False, False, False, True, False, True]
    assert sums(table) == {Share.OWES: 2, Share.SAID: 1, Share.PAID: 2, Share.FREE: 1, Share.BACK: 4}
    more = rows(event(), [replace(signup(1, guests=2), paid=Paid.CONFIRMED)], {signup(1).user_id: 1})
    assert sums(more) == {Share.PAID: 1, Share.OWES: 2}
    assert {share_of(event(State.CANCELLED), one) for one in people} == {None, Share.BACK}


@pytest.mark.parametrize(
    ("paid", "says", "expected"),
    [
        (None, True, Said(True)),
        (Paid.SAID, True, Unsaid.SAID_ALREADY),
        (Paid.SAID, False, Said(False)),
        (None, False, Unsaid.NOT_SAID),
        (Paid.CONFIRMED, False, Unsaid.CONFIRMED),
        (Paid.FREE, True, Unsaid.FREE),
    ],
)
def test_what_a_member_says_of_their_share(paid: Paid | None, says: bool, expected: object) -> None:
    assert say_paid(event(), replace(signup(1), paid=paid), says) == expected
    assert say_paid(event(), replace(signup(1, SignUpState.LEFT), paid=paid), says) is Unsaid.NOT_GOING
    assert say_paid(event(), None, says) is Unsaid.NOT_GOING

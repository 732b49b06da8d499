"""Questions on sign-up: what is open, what counts, what is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.rules.answers import Count, Open, choice_of, counted, open_for
from bot.events.rules.plan import Asked
from bot.events.rules.signup import SignUpState
from bot.kernel.ids import UserId
from tests.events.build import plan, signup

DIET = Asked("Diet?", ("all", "vegetarian"))
STOP = Asked("Which bus stop?")
BOTH = plan(guests=2, questions=(DIET, STOP))


def test_who_comes_is_asked_what_they_have_not_said_yet() -> None:
    mine = signup(1)
    assert open_for(BOTH, mine, {}) == Open((DIET, STOP))
    assert open_for(BOTH, mine, {"Diet?": "all"}) == Open((STOP,))
    assert not open_for(BOTH, mine, {"Diet?": "all", "Which bus stop?": "Old Fort"})


def test_a_question_in_other_words_is_another_question() -> None:
    assert open_for(plan(questions=(Asked("Diet today?"),)), signup(1), {"Diet?": "all"}) == Open(
        (Asked("Diet today?"),)
    )


@pytest.mark.parametrize("state", [state for state in SignUpState if not state.is_on_it])
def test_who_is_not_on_it_is_asked_nothing(state: SignUpState) -> None:
    assert not open_for(BOTH, signup(1, state), {})


def test_nobody_is_asked_who_has_no_telegram() -> None:
    assert not open_for(BOTH, replace(signup(1), user_id=UserId(-1)), {})
    assert not open_for(BOTH, None, {})


def test_guests_are_named_where_the_organiser_wants_it() -> None:
    with_two = signup(1, guests=2)
    assert open_for(plan(guests=2, named=True), with_two, {}) == Open((), 2)
    assert open_for(plan(guests=2, named=True), replace(with_two, companions=("Li",)), {}) == Open((), 1)
    assert not open_for(plan(guests=2), with_two, {})


@pytest.mark.parametrize(
    ("typed", "choice"),
    [
        ("vegetarian", "vegetarian"),
        (" Vegetarian ", "vegetarian"),
        ("2", "vegetarian"),
        ("3", None),
        ("0", None),
        ("", None),
    ],
)
def test_a_choice_is_read_by_its_words_or_its_number(typed: str, choice: str | None) -> None:
    assert choice_of(DIET, typed) == choice


@given(st.lists(st.sampled_from([None, "all", "vegetarian", "vegan"]), max_size=12))
def test_every_person_counts_once_for_each_question(said: list[str | None]) -> None:
    people = [signup(number) for number in range(len(said))]
    answers = {one.user_id: {"Diet?": word} for one, word in zip(people, said, strict=True) if word is not None}
    (count,) = counted(plan(questions=(DIET,)), people, answers)
    assert [answer for answer, _ in count.answers][:2] == ["all", "vegetarian"]
    assert sum(n for _, n in count.answers) + count.none == len(people)
    assert count == Count(DIET, count.answers, said.count(None))

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.events.door.rules.checkin import (
    AlreadyHere,
    CheckedIn,
    GuestsCounted,
    Namesake,
    NotHere,
    TakenBack,
    WalkedIn,
)
from bot.events.door.texts import answers as door
from bot.events.rules.event import Phase, State
from bot.events.rules.line import Line, read_line
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
    Suspended,
    TooLate,
    TooMany,
    WaitingGuestsChanged,
    Waits,
    WrongTag,
)
from bot.events.rules.signup import Notice, SignUpState, Tally
from bot.events.texts import answers, card, coming, news, notices, organiser
from bot.i18n import available_locales, texts_for
from bot.tg.context import fit
from bot.tg.pages import MESSAGE_LIMIT, visible_length
from tests.events.build import DEADLINE, NOW, START, event, signup

if TYPE_CHECKING:
    from bot.events.rules.outcomes import Outcome
    from bot.events.rules.signup import SignUp
    from bot.i18n import Texts

EN = texts_for("en", "Europe/Berlin")
TOAST = 200
OUTCOMES: list[Outcome] = [
    In(7, 20, 0),
    In(7, None, 0),
    In(9, 20, 2),
    Waits(3, 0),
    Waits(3, 1),
    AlreadyIn(0),
    AlreadyWaits(2, 1),
    GuestsChanged(1, 8, 20),
    GuestsChanged(0, 7, 20),
    WaitingGuestsChanged(1, 2),
    Left(True),
    Left(False),
    GuestLimit(1),
    Declined(),
    NowMaybe(True),
    NowMaybe(False),
    Confirmed(0),
    WrongTag(("PR", "人事部")),
    Suspended(2, DEADLINE),
    TooMany(3),
    *(TooLate(phase, DEADLINE) for phase in Phase),
    *Refused,
]


def everybody(count: int, going: int) -> list[SignUp]:
    long_name = "<b>" + "长" * 190
    return [
        replace(signup(number, SignUpState.GOING if number <= going else SignUpState.WAITING, guests=3), name=long_name)
        for number in range(1, count + 1)
    ]


@pytest.mark.parametrize("locale", list(available_locales()))
@pytest.mark.parametrize("outcome", OUTCOMES, ids=repr)
def test_every_tap_is_answered_shortly(outcome: Outcome, locale: str) -> None:
    said = answers.tapped(texts_for(locale, "Asia/Shanghai"), outcome)

    assert 0 < len(said) <= TOAST
    assert "{" not in said


def test_the_answers_name_seat_place_and_time() -> None:
    assert answers.tapped(EN, In(7, 20, 0)) == "You are in, seat 7 of 20."
    assert "number 3 on the waiting list" in answers.tapped(EN, Waits(3, 0))
    assert (
        answers.tapped(EN, TooLate(Phase.PAST_DEADLINE, DEADLINE))
        == "Sign-up has been closed since Fri, 27 Nov 2026, 13:00."
    )


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("locale", list(available_locales()))
def test_the_fullest_card_fits_into_a_message(state: State, locale: str) -> None:
    texts = texts_for(locale, "Asia/Shanghai")
    one = replace(event(state, title="<" * 100, place="&" * 200, guests=3, seats=9999), reason="r" * 300)
    tally = Tally(parties=500, taken=2000, waiting=900)
    said = card.card(texts, one, tally, everybody(20, 15), NOW)

    assert visible_length(said) < MESSAGE_LIMIT
    assert "&lt;&lt;" in said
    assert "<b><b>" not in said


@pytest.mark.parametrize(
    ("seats", "tally", "said"),
    [
        (20, Tally(taken=7), "7 of 20 seats taken, 13 left"),
        (1, Tally(taken=1), "1 of 1 seat taken, 0 left"),
        (2, Tally(taken=2, waiting=1), "2 of 2 seats taken, 0 left · 1 on the waiting list"),
        (None, Tally(), "nobody has signed up yet"),
        (None, Tally(taken=1), "1 person is coming"),
    ],
)
def test_seats_are_said(seats: int | None, tally: Tally, said: str) -> None:
    assert card.seats(EN, event(seats=seats).plan, tally) == said


def test_a_long_card_counts_the_rest() -> None:
    people = [signup(number) for number in range(1, 22)]
    said = card.card(EN, event(seats=None), Tally(parties=54, taken=54), people, NOW)

    assert "20. P20" in said
    assert "P21" not in said
    assert "… and 34 more (tap List)" in said


def notice(kind: str, texts: Texts) -> str:
    one, people = replace(event(title="T" * 100, place="P" * 200), reason="r" * 300), everybody(30, 30)
    match kind:
        case "up":
            return news.IN_GROUP[Notice.MOVED_UP](texts, one, people)
        case "back":
            return news.IN_GROUP[Notice.MOVED_BACK](texts, one, people)
        case "offer":
            return news.IN_GROUP[Notice.OFFERED](texts, one, [replace(who, until=NOW) for who in people])
        case "lapse":
            return news.IN_GROUP[Notice.LAPSED](texts, one, people)
        case "cancelled":
            return notices.cancelled(texts, one, people[:5])
        case _:
            return notices.changed(texts, one, "starts_at", people[:5])


@pytest.mark.parametrize("kind", ["up", "back", "offer", "lapse", "cancelled", "changed"])
def test_notices_fit_and_mention_everybody(kind: str) -> None:
    said = notice(kind, EN)

    assert visible_length(said) < MESSAGE_LIMIT
    assert said.count("tg://user?id=") == (5 if kind in {"cancelled", "changed"} else 30)


def test_the_digest_names_days_times_and_seats() -> None:
    today, tomorrow = [(event(seats=20), Tally(taken=7))], [(event(), Tally())]

    said = notices.digest(EN, today, tomorrow, START - timedelta(hours=4))
    later = notices.digest(EN, today, [], START)

    assert "Today, 13:00: #3 <b>Hike</b>, 7 of 20 seats taken, 13 left" in said
    assert "Tomorrow, 13:00" in said
    assert "Today, 13:00 (begun): #3 <b>Hike</b>, 7 of 20 seats taken, 13 left" in later


def test_the_list_links_to_the_card() -> None:
    said = coming.coming_line(EN, event(), Tally(), "https://t.me/c/1/5", NOW)

    assert '<a href="https://t.me/c/1/5"><b>Hike</b></a>' in said


def test_the_list_says_of_what_is_under_way_that_it_is_now() -> None:
    begun, ended = event(), event(minutes=90)

    assert "<b>now</b>, since Sat, 28 Nov 2026, 13:00" in coming.coming_line(EN, begun, Tally(), None, START)
    assert "<b>now</b>, until Sat, 28 Nov 2026, 14:30" in coming.coming_line(EN, ended, Tally(), None, START)
    assert "now" not in coming.coming_line(EN, ended, Tally(), None, START + timedelta(minutes=90))


def test_a_reminder_says_how_soon() -> None:
    said = notices.reminder(EN, event(), Tally(taken=2), START - (START - DEADLINE))

    assert "starts in 1 day: Sat, 28 Nov 2026, 13:00" in said


def test_the_example_is_understood_in_every_language() -> None:
    for locale in available_locales():
        line = organiser.example(texts_for(locale, "UTC")).striptags()
        found = read_line(line.split(maxsplit=2)[2])
        assert isinstance(found, Line)
        assert (found.parts["seats"], found.parts["guests"]) == (20, 1)


@pytest.mark.parametrize("locale", available_locales())
def test_what_is_answered_at_the_door_fits_whatever_the_name(locale: str) -> None:
    texts = texts_for(locale, "UTC")
    one = replace(signup(1, guests=3), name="名" * 129)
    outcomes = (
        CheckedIn(one, 3),
        AlreadyHere(one),
        WalkedIn(one, 10_000),
        TakenBack(one, off=True),
        NotHere(one.name),
        GuestsCounted(one, 2),
        Namesake(one),
    )
    for outcome in outcomes:
        said = door.tapped(texts, event(title="W" * 100), outcome)
        assert said == fit(said)
        assert "名" in said


@pytest.mark.parametrize("locale", available_locales())
def test_many_tags_are_not_all_named_in_the_answer_to_a_tap(locale: str) -> None:
    tags = tuple(f"{number}" + "T" * 15 for number in range(10))
    said = answers.barred(texts_for(locale, "UTC"), WrongTag(tags))
    assert said == fit(said)
    assert "…" in said
    assert tags[0] in said

"""What is said before an event, in the two languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.events.before import texts as say
from bot.events.before.rules import Answered, Asking, TooFew, Weather
from bot.events.rules.signup import SignUp, Tally
from bot.i18n import texts_for
from bot.kernel.ids import UserId
from tests.events.build import DEADLINE, NOW, START, event, signup

EN, ZH = texts_for("en", "UTC"), texts_for("zh_Hans", "Asia/Shanghai")
ASKED = Asking(START, NOW, NOW)


def weather(silent: tuple[SignUp, ...] = (), answers: tuple[Answered, ...] = ()) -> Weather:
    grandma = replace(signup(9), user_id=UserId(-9), name="Grandma <Wang>")
    tally = Tally(parties=4, taken=5, waiting=2, maybe=1, confirmed=1)
    return Weather(NOW + timedelta(hours=1), event(seats=9, minimum=7), tally, ASKED, silent, (grandma,), answers)


def test_the_weather_says_all_there_is_to_say() -> None:
    said = say.weather(EN, weather((signup(1), signup(2)), (Answered("Diet?", (("all", 3), ("none", 1))),)))

    assert said.splitlines() == [
        "🌤 How #3 <b>Hike</b> (Sat, 28 Nov 2026, 12:00) stands",
        "👥 5 of 9 seats taken, 4 left · 2 on the waiting list · 1 maybe",
        "➕ 1 of them is a guest",
        "✅ 1 person has confirmed that they are coming",
        "❔ 2 people, asked on Mon, 23 Nov 2026, 12:00, have not answered: P1 and P2",
        "📵 No Telegram, cannot be asked: Grandma &lt;Wang&gt;",
        "🎯 2 more people are needed",
        "📝 <i>Diet?</i> all: 3 · none: 1",
    ]


def test_the_weather_in_chinese_has_no_word_of_english() -> None:
    said = say.weather(ZH, weather((signup(1),)))

    for word in ("已确认", "还没回应", "还差2人", "名单情况"):
        assert word in said
    for word in ("people", "seats", "person"):
        assert word not in said


def test_of_many_it_says_how_many_more_and_fits_into_a_message() -> None:
    long = tuple(replace(signup(number), name="x" * 64) for number in range(1, 2001))
    answers = tuple(Answered("q" * 200, tuple((f"{one}" * 100, 1) for one in range(9))) for _ in range(5))

    said = say.weather(EN, weather(long, answers))

    assert "1,980 more" in said
    assert "3 other answers" in said
    assert len(said) < 4096


def test_who_has_just_been_asked_is_not_called_silent() -> None:
    said = say.weather(EN, replace(weather((signup(1),)), at=NOW + timedelta(minutes=4)))

    assert "1 person has just been asked" in said
    assert "P1" not in said


def test_a_warning_says_how_many_and_until_when() -> None:
    few = TooFew(3, 5, DEADLINE)

    assert "needs 2 more people until Fri, 27 Nov 2026, 12:00" in say.too_few_ahead(EN, event(), few)
    assert "还差2人" in say.too_few_ahead(ZH, event(), few)
    assert say.reason(ZH, few) == "人数不足：需要5人，只有3人报名"


def test_every_answer_to_a_tap_fits() -> None:
    for texts in (EN, ZH):
        for said in (say.not_reachable(texts, "a" * 32), say.asked_lately(texts), texts.label(say.FILE_SENT)):
            assert len(said) <= 200

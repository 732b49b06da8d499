from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.announcements.acknowledgement.rules.silence import Decision, Missed
from bot.announcements.acknowledgement.rules.taps import Locked, Mark, Noted, Outcome, Round, TakenBack, Twice
from bot.announcements.acknowledgement.rules.wish import Wish
from bot.announcements.acknowledgement.texts import answers, status, words
from bot.announcements.rules.asked import Closed
from bot.announcements.rules.nudging import Reminded
from bot.announcements.rules.people import Known
from bot.announcements.rules.roll import Answer, Line, Roll, by_department
from bot.announcements.sharing.texts import status as sharing
from bot.announcements.texts import roll
from bot.i18n import available_locales, texts_for
from bot.kernel.ids import GroupId
from bot.tg.context import TOAST

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
EN = texts_for("en", "UTC")
MARK = Mark(7, "Mei", NOW, late=True)


@pytest.mark.parametrize(
    ("until", "goes_out", "said"),
    [
        (None, None, "✅ Asks everybody to acknowledge it. Whoever has not is reminded after 1 hour and 1 day."),
        (2 * HOUR, None, "Deadline: 2 hours after it is posted."),
        (NOW + HOUR, None, "Deadline: Wed, 10 Mar 2027, 11:00."),
        (NOW, None, "The deadline has passed: set another."),
        (NOW + HOUR, NOW + HOUR, "The deadline lies before it goes out: set another."),
        (NOW + 2 * HOUR, NOW + HOUR, "Deadline: Wed, 10 Mar 2027, 12:00."),
    ],
)
def test_what_the_card_of_a_draft_says(
    until: datetime | timedelta | None, goes_out: datetime | None, said: str
) -> None:
    assert said in words.draft_line(EN, Wish(until), NOW, goes_out)


@pytest.mark.parametrize("locale", available_locales())
@pytest.mark.parametrize("outcome", [Noted(MARK, NOW), Noted(MARK), TakenBack(), Twice(MARK), Locked(MARK), Closed()])
def test_every_answer_to_a_tap_fits_whole(locale: str, outcome: Outcome) -> None:
    assert len(answers.tapped(texts_for(locale, "UTC"), outcome)) <= TOAST


def test_names_are_escaped_wherever_they_stand() -> None:
    evil = Known(7, "<b>Mei</b>", "<i>Sales</i>")
    line = Line(evil, Answer.LATE, NOW)
    assert "&lt;b&gt;" in roll.line(EN, line)
    assert "&lt;i&gt;" in roll.line(EN, line)
    assert "&lt;b&gt;Mei" in answers.in_group(EN, [evil])
    assert answers.nudged(EN, Reminded(Round(1, GroupId(1), NOW, nudged=3), 1, 0)) == (
        "1 person is being reminded. In private. This was the last time for this announcement."
    )


def test_a_picture_is_drawn_of_nobody_and_of_many() -> None:
    many = [Line(Known(n, f"P{n}", f"D{n % 40}"), Answer.DONE, NOW) for n in range(100)]
    for lines in ((), tuple(many)):
        found = Roll(lines, len(lines))
        assert roll.picture(roll.gather_picture(EN, status.WORDS, 12, found, "Hikers")).startswith(b"\x89PNG")


def test_chinese_joins_with_its_own_punctuation() -> None:
    texts = texts_for("zh_Hans", "UTC")
    late = Line(Known(7, "王伟", "销售部"), Answer.LATE, NOW)
    assert "，逾期1人" in roll.department_line(texts, status.WORDS, by_department([late])[0])
    missed = Missed(7, "王伟", Decision.RECORDED, "Anna")
    assert status.missed_line(texts, missed, read=False) == "⚖️ 王伟：由Anna记违规"


def test_a_picture_of_screenshots_says_which_are_without() -> None:
    done = Line(Known(7, "Mei"), Answer.DONE, NOW)
    shown = Line(Known(8, "Carl"), Answer.PROOF, NOW)
    without = b"passed on, without a screenshot"
    assert without in roll.gather_picture(EN, sharing.WORDS, 1, Roll((done, shown), 2), "Hikers")
    assert without not in roll.gather_picture(EN, sharing.WORDS, 1, Roll((done,), 1), "Hikers")

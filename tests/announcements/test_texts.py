from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import Announcement, Pin, State
from bot.announcements.rules.content import Content, Empty, NoCaption, TooLong
from bot.announcements.rules.house import Review
from bot.announcements.rules.outcomes import (
    Changed,
    FileFixed,
    IsConfidential,
    IsPassedOn,
    NoReview,
    NotAllowed,
    NotNow,
    NotReviewer,
    Past,
    Refused,
    Unknown,
    Unreviewed,
)
from bot.announcements.texts import card, lists, replies, words
from bot.i18n import texts_for
from bot.kernel.groups import Group, QuietHours
from bot.kernel.ids import ChatId, GroupId, MessageId, UserId

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
EN = texts_for("en", "UTC")
GROUP = Group(GroupId(1), ChatId(-1001), "Hikers & Co", "en", "UTC", quiet=(QuietHours(time(22), time(7, 30)),))
ITEM = Announcement(
    *(7, GroupId(1), 12, State.DRAFT, Content("<b>Hello</b> you"), UserId(1), "<Anna>", NOW),
    due_at=NOW,
    publisher_name="Ben",
    posted_at=NOW,
    chat_id=ChatId(-1001),
    message_id=MessageId(5),
    problem="Bad Request: <no>",
)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("pin", list(Pin))
@pytest.mark.parametrize("locale", ["en", "zh_Hans"])
def test_a_card_can_be_written_in_every_state(state: State, pin: Pin, locale: str) -> None:
    texts = texts_for(locale, "UTC")
    html = card.card(texts, replace(ITEM, state=state, pin=pin), GROUP, Review.NONE, inline=True, by_author=True)
    assert "#12" in html
    assert "Hikers &amp; Co" in html
    assert "&lt;Anna&gt;" in html
    assert "<no>" not in html


def test_a_draft_says_for_which_group_it_is_and_shows_its_formatting() -> None:
    html = card.card(EN, ITEM, GROUP, Review.NONE, inline=True, by_author=False)
    assert "for <b>Hikers &amp; Co</b>: draft" in html
    assert html.endswith("<b>Hello</b> you")


def test_a_time_is_shown_with_its_weekday_and_quiet_hours_are_told() -> None:
    day = card.card(EN, replace(ITEM, state=State.SCHEDULED), GROUP, Review.NONE, inline=True, by_author=False)
    assert "Sat, 28 Nov 2026, 12:00" in day
    assert "quiet" not in day
    night = replace(ITEM, state=State.SCHEDULED, due_at=NOW + timedelta(hours=11))
    assert "until they end, Sun, 29 Nov 2026, 07:30" in card.card(
        EN, night, GROUP, Review.NONE, inline=True, by_author=False
    )


@pytest.mark.parametrize(
    "outcome",
    [
        Unknown(12),
        NotAllowed(ITEM),
        Empty(),
        TooLong(5000, 4096, with_file=False),
        TooLong(1500, 1024, with_file=True),
        NoCaption(),
        FileFixed(12),
        IsConfidential(ITEM),
        IsConfidential(replace(ITEM, state=State.PUBLISHED)),
        IsPassedOn(12),
        Past(NOW),
        NoReview(ITEM),
        Unreviewed(replace(ITEM, state=State.IN_REVIEW), Review.OTHER),
        Changed(ITEM),
        *(made(ITEM, review) for made in (Unreviewed, NotReviewer) for review in (Review.OTHER, Review.OWNER)),
        *(NotNow(replace(ITEM, state=state), act) for state in State for act in Act),
    ],
)
def test_every_refusal_fits_the_answer_to_a_tap(outcome: Refused) -> None:
    assert 20 < len(replies.refused(EN, outcome).striptags()) <= 200


@pytest.mark.parametrize(
    ("state", "act", "said"),
    [
        (State.IN_REVIEW, Act.SUBMIT, "waits for review already"),
        (State.SCHEDULED, Act.SUBMIT, "approved already"),
        (State.FAILED, Act.WITHDRAW, "not published yet"),
        (State.CANCELLED, Act.WITHDRAW, "was cancelled"),
    ],
)
def test_why_it_cannot_be_done_now_is_said(state: State, act: Act, said: str) -> None:
    assert said in replies.refused(EN, NotNow(replace(ITEM, state=state), act))


def test_too_long_says_how_long() -> None:
    assert "5,000" in replies.refused(EN, TooLong(5000, 4096, with_file=False))
    assert "1,024" in replies.refused(EN, TooLong(1500, 1024, with_file=True))


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (Content("<b>Hello</b>\n\nyou &amp; me"), "Hello you & me"),
        (Content("", "photo", "f"), "a photo"),
        (Content("x" * 61), "x" * 59 + "…"),
    ],
)
def test_an_excerpt_is_one_plain_line(content: Content, shown: str) -> None:
    assert words.excerpt(EN, content) == shown


def test_the_digest_tells_nobody_the_words_of_what_waits() -> None:
    secret = replace(ITEM, number=13, state=State.SCHEDULED, content=Content("Surprise party"))
    html = lists.digest(EN, [replace(ITEM, state=State.PUBLISHED)], [secret, replace(ITEM, number=14)])
    assert html is not None
    assert "Surprise" not in html
    assert "#12 Hello you" in html
    assert "#13, Sat, 28 Nov 2026, 12:00" in html
    assert "1 announcement without a time" in html
    assert lists.digest(EN, [], []) is None


def test_the_digest_counts_what_waits_for_review() -> None:
    html = lists.digest(EN, [], [replace(ITEM, state=State.IN_REVIEW), replace(ITEM, number=14)])
    assert html is not None
    assert "1 announcement waits for review" in html
    assert "1 announcement without a time" in html


def test_the_digest_tells_of_trouble_apart_from_what_has_no_time() -> None:
    trouble = [replace(ITEM, state=state) for state in (State.FAILED, State.MISSED, State.UNCERTAIN)]
    html = lists.digest(EN, [], [*trouble, replace(ITEM, state=State.PUBLISHING)])
    assert html is not None
    assert "3 announcements are to be looked at" in html
    assert "without a time" not in html


def test_all_states_and_acts_have_their_words() -> None:
    assert set(words.STATES) == set(words.ICONS) == set(State)
    for sub in ("edit", "cancel", "publish", "show", "schedule", "list", "submit", "copy", "withdraw"):
        assert f"/announce {sub}" in replies.number_wanted(EN, sub, "<x>")

"""How stopped topics are typed, and what belongs to them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.policy.rules.message import Seen
from bot.policy.topic.rules import LONGEST, MOST_WORDS, USUAL, Fault, Later, Stop, Stopped, belongs, chosen, read_stop

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
HOURS = timedelta(hours=2)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("election", Stop(("election",))),
        ("election, votes for 2h", Stop(("election", "votes"), None, HOURS)),
        ("company layoffs for 2 hours delete", Stop(("company layoffs",), None, HOURS, Later.DELETE)),
        ("选举、投票 2小时 删除", Stop(("选举", "投票"), None, HOURS, Later.DELETE)),
        ("选举 2 小时 警告", Stop(("选举",), None, HOURS, Later.STEP)),
        ("wages warn", Stop(("wages",), None, USUAL, Later.STEP)),
        ("formula 1", Stop(("formula 1",))),
    ],
)
def test_a_topic_is_read_from_one_line(typed: str, wanted: Stop) -> None:
    assert read_stop(typed) == wanted


def test_in_a_thread_without_words_it_is_the_thread() -> None:
    assert read_stop("", 7) == Stop((), 7)
    assert read_stop("for 2h delete", 7) == Stop((), 7, HOURS, Later.DELETE)
    assert read_stop("wages for 2h", 7) == Stop(("wages",), None, HOURS)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", Fault.NOTHING),
        ("for 2h", Fault.NOTHING),
        ("delete", Fault.NOTHING),
        ("!!! for 2h", Fault.UNREADABLE),
        ("x" * 100, Fault.WORD_TOO_LONG),
        (", ".join(f"word{n}" for n in range(MOST_WORDS + 1)), Fault.TOO_MANY_WORDS),
        ("wages for 0 min", Fault.LENGTH),
        ("wages for 2 years", Fault.LENGTH),
    ],
)
def test_what_cannot_be_stopped_is_said(typed: str, fault: Fault) -> None:
    assert read_stop(typed) is fault


@given(st.text(max_size=60), st.none() | st.integers(1, 9))
def test_nothing_typed_breaks_it(typed: str, thread_id: int | None) -> None:
    found = read_stop(typed, thread_id)
    assert isinstance(found, Fault) or ((found.words or found.thread_id) and found.length <= LONGEST)


def test_what_belongs_to_it() -> None:
    stop = Stop(("选举", "votes"))
    assert belongs(stop, Seen(0, "说说選 舉吧"), None)
    assert belongs(stop, Seen(0, "the V.O.T.E.S are in"), None)
    assert not belongs(stop, Seen(0, "devotes himself"), None)
    assert belongs(Stop((), 7), Seen(0, "anything"), 7)
    assert not belongs(Stop((), 7), Seen(0, "anything"), None)


def test_the_one_to_resume_is_found_by_code_word_or_because_it_is_the_only_one() -> None:
    one, two = (Stopped(n, Stop((word,)), NOW, "Anna") for n, word in ((1, "选举"), (2, "Wages")))
    assert chosen("", [one]) is one
    assert chosen("", [one, two]) is None
    assert [chosen(typed, [one, two]) for typed in ("t1", "#2", "wages", "选举", "3", "other")] == [
        one,
        two,
        two,
        one,
        None,
        None,
    ]

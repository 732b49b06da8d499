"""The off-theme clock, the words a group teaches, and what managers type (R04)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.policy.rules.plain import plain
from bot.policy.theme.rules.clock import LEAST, PAUSE, Clock, after
from bot.policy.theme.rules.learning import DAYS, KEPT_DAYS, MOST_TODAY, Learning, candidates, heard, learned, news
from bot.policy.theme.rules.theme import Steer
from bot.policy.theme.rules.typed import read_steer, read_switch, read_words

LIMIT = 7200
START = 1_800_000_000
talks = st.lists(st.tuples(st.integers(0, 5000), st.booleans()), max_size=60)


@given(talks)
def test_it_strikes_only_after_a_talk_that_was_off_theme_for_so_long(steps: list[tuple[int, bool]]) -> None:
    clock, at, heard_since = Clock(), START, 0
    last, began = 0, START
    for gap, on_theme in steps:
        at += gap
        clock, strayed = after(clock, at, LIMIT, on_theme=on_theme)
        if on_theme or at - last >= PAUSE:
            began, heard_since = at, 0 if on_theme else 1
            assert strayed is None
        else:
            heard_since += 1
            assert (strayed is not None) == (at - began >= LIMIT and heard_since >= LEAST)
            if strayed is not None:
                assert (strayed.since, strayed.talk) == (began, heard_since)
                began, heard_since = at, 0
        last = at
        assert clock == Clock(began, heard_since, at)


@given(talks)
def test_two_strikes_are_never_closer_than_the_limit(steps: list[tuple[int, bool]]) -> None:
    clock, at, struck = Clock(), START, 0
    for gap, on_theme in steps:
        at += gap
        clock, strayed = after(clock, at, LIMIT, on_theme=on_theme)
        if strayed is not None:
            assert at - struck >= LIMIT
            struck = at


def test_a_message_that_comes_with_an_older_date_does_not_turn_the_clock_back() -> None:
    clock, _ = after(Clock(START, 3, START + 100), START - 50, LIMIT, on_theme=False)

    assert clock == Clock(START, 4, START + 100)


# Learning


def day(learning: Learning, number: int, *said: tuple[int, str]) -> Learning:
    return heard(learning, number, [(user_id, candidates(plain(text))) for user_id, text in said])


def over(learning: Learning, number: int) -> Learning:
    """The day after has begun."""
    return heard(learning, number, [])


@pytest.mark.parametrize(
    ("one", "other", "word"),
    [
        ("the summit is icy", "which summit do you mean", "summit"),
        ("今天登山口人很多", "登山口怎么走", "登山口"),
        ("新相機鏡頭到了", "这支镜头不错", "镜头"),
    ],
)
def test_what_two_people_say_on_several_days_is_common(one: str, other: str, word: str) -> None:
    learning = Learning()
    for number in range(1, DAYS + 1):
        assert word not in learned(learning)
        learning = day(learning, number, (1, one), (2, other))

    assert word in learned(over(learning, DAYS + 1))
    assert word not in learned(over(learning, DAYS + 1), {word})


def test_what_one_person_says_all_the_time_is_not_common() -> None:
    learning = Learning()
    for number in range(1, 10):
        learning = day(learning, number, (1, "summit summit"), (1, "summit"))

    assert learned(over(learning, 10)) == ()


words = st.lists(st.sampled_from(["summit", "trail", "hut", "rope"]), max_size=4)


@given(st.lists(st.tuples(st.integers(0, 2), st.lists(st.tuples(st.integers(1, 3), words), max_size=4)), max_size=12))
def test_what_is_noted_teaches_as_much_as_all_that_was_said(
    batches: list[tuple[int, list[tuple[int, list[str]]]]],
) -> None:
    whole = noted = Learning()
    number = 700
    for days, said in batches:
        number += days
        new = news(noted, number, said)
        whole, noted = heard(whole, number, said), heard(noted, number, new)
        assert noted == whole
        assert news(noted, number, new) == [] or days == 0 or any(len({user for user, _ in new}) > 1 for _ in new)


def test_small_words_are_never_learned() -> None:
    text = "we should really think about what they have there 我们今天就是这样的吧 他们说了什么"

    assert candidates(plain(text)) == set()


def test_a_word_that_went_out_of_use_is_forgotten() -> None:
    learning = Learning()
    for number in range(1, DAYS + 1):
        learning = day(learning, number, (1, "summit"), (2, "summit"))
    learning = day(learning, DAYS + 1, (1, "river"), (2, "river"))
    assert learned(over(learning, DAYS + 2)) == ("summit",)
    learning = day(learning, DAYS + KEPT_DAYS, (1, "river"), (2, "river"))

    assert learned(over(learning, DAYS + KEPT_DAYS + 1)) == ()


def test_of_words_that_always_come_together_only_the_longest_is_kept() -> None:
    learning = Learning()
    for number in range(1, DAYS + 1):
        learning = day(learning, number, (1, "羽毛球"), (2, "羽毛球"))

    assert learned(over(learning, DAYS + 1)) == ("羽毛球",)


def test_a_day_of_many_words_stays_bounded_and_keeps_those_of_several_people() -> None:
    learning = day(Learning(), 1, (1, "summit"), (2, "summit"))
    for start in range(0, 2 * MOST_TODAY, 100):
        learning = day(learning, 1, (3, " ".join(f"word{n}" for n in range(start, start + 100))))

    assert learning.today is not None
    assert len(learning.today) <= MOST_TODAY
    assert "summit" in learning.today


# What managers type


@pytest.mark.parametrize(
    ("present", "typed", "words"),
    [
        ((), "hiking, trail\nsummit", ("hiking", "trail", "summit")),
        (("a",), "徒步，路线、登顶；徒步", ("徒步", "路线", "登顶")),
        (("hiking",), "+ trail", ("hiking", "trail")),
        (("hiking",), "＋ 路线", ("hiking", "路线")),
        (("Hiking", "trail"), "- hiking", ("trail",)),
        (("hiking",), "－ 不在里面", ("hiking",)),
        ((), "  two   words  ,", ("two words",)),
    ],
)
def test_words_are_read(present: tuple[str, ...], typed: str, words: tuple[str, ...]) -> None:
    assert read_words(present, typed) == words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("post", Steer.POST), ("发帖", Steer.POST), (" Tell  managers", Steer.TELL), ("通知", Steer.TELL), ("x", None)],
)
def test_what_happens_is_read(typed: str, meant: Steer | None) -> None:
    assert read_steer(typed) is meant


def test_on_and_off_are_read() -> None:
    assert [read_switch(word) for word in ("on", "关闭", "开", "maybe")] == [True, False, True, None]

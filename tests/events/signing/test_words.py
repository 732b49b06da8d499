from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.signing.rules.words import LONGEST, Say, Word, read_word

COME, MAYBE, NOT = (Word(say) for say in (Say.COME, Say.MAYBE, Say.NOT))


@pytest.mark.parametrize(
    ("said", "word"),
    [
        *((said, COME) for said in ("报名", "報名", "我报名！", "参加", "我要参加", "我来", "来", "Join", "join!")),
        *((said, COME) for said in ("in", "I'm in", "i’m in 👍", "count me in", "Sign me up.", "going", "“报名”")),
        *(
            (said, Word(Say.COME, 1))
            for said in ("+1", "＋１", "+ 1", "+1。", "报名+1", "算我一个", "+1 👍🏻", "join +1")
        ),
        *(
            (said, Word(Say.COME, 2))
            for said in ("+2", "+2人", "+两人", "报名2人", "报名 两位", "带1人", "with a friend")
        ),
        *((said, Word(Say.COME, 3)) for said in ("+3", "报名带两个朋友", "join with 2 friends", "参加三人")),
        ("+99", Word(Say.COME, 99)),
        *((said, MAYBE) for said in ("待定", "maybe", "Maybe…", "not sure yet", "可能来", "看情况")),
        *(
            (said, NOT)
            for said in ("不去", "不去了", "我不来", "取消", "取消报名", "退出", "can't", "can’t come", "Out")
        ),
        *((said, Word(Say.ONE_LESS)) for said in ("-1", "−1", "- 1")),
    ],
)
def test_a_whole_message_that_says_it_is_read(said: str, word: Word) -> None:
    assert read_word(said) == word


@pytest.mark.parametrize(
    "said",
    [
        "",
        "+",
        "+0",
        "1",
        "+1?",
        "报名？",
        "报名了吗",
        "join?",
        "no",
        "hello",
        "I would join",
        "come on in",
        "+1 Mei",
        "+1+1",
        "报名\n+1",
        "out of milk",
        "in the morning",
        "❤️",
        "join " * 10,
        "/join",
    ],
)
def test_all_other_talk_is_left_alone(said: str) -> None:
    assert read_word(said) is None


@given(st.text(max_size=60))
def test_whatever_is_written_is_read_or_left_alone(said: str) -> None:
    word = read_word(said)
    assert word is None or (len(said) <= LONGEST and (word.size is None or word.size > 0))


@given(st.integers(1, 99), st.sampled_from(["+{}", "报名{}人", "+{}人", "join {} people", " +{}!! "]))
def test_a_number_is_how_many_come_in_all(count: int, pattern: str) -> None:
    assert read_word(pattern.format(count)) == Word(Say.COME, count)

"""Words of lists: found in every disguise, never in plain talk that only has their letters; equal lists are held once."""

from __future__ import annotations

import gc
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.policy.rules.automaton import by_double_array, by_states
from bot.policy.rules.detectors import DETECTORS, shared
from bot.policy.rules.lookalikes import letters
from bot.policy.rules.plain import fold, plain
from bot.policy.rules.speech import Words
from bot.policy.rules.words import WordList, compiled, together

SECRET = ("赌博", "发票代开", "加v信", "viagra", "free money", "казино", "카지노")
LIST = WordList(SECRET)
UNSEEN = "\u200b\u200d\u2060\ufeff\u00ad\ufe0f"
SIGNS = "*-._~+=/|·•，。、！★😀🔥"
MARKS = "\u0301\u0308\u0336\u20e3"
INNOCENT = (
    "明天早上九点在东门集合，记得带伞和水，一共35.5元",
    "I can bring water and some fruit, it's no trouble -- see you at 9:30!",
    "Встретимся завтра у входа, билеты есть",
    "過年的時候外婆給我包了一個紅包",
    "def main(x): return x[0] + 1  # v1.2.3",
)


def wide(letter: str) -> str:
    return chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter


def strange(latin: str) -> list[str]:
    return [one for one, meant in letters().items() if meant == latin]


@st.composite
def disguised(draw: st.DrawFn, word: str) -> str:
    """Write a word in a disguise: each letter another way, with something put between letters."""
    spelt = draw(st.booleans())
    out = []
    for place, letter in enumerate(word):
        shapes = [letter, letter.upper(), wide(letter), *strange(letter)] if letter.isascii() else [letter]
        shown = draw(st.sampled_from([one for one in shapes if fold(one) == fold(letter)]))
        if letter.isascii() and letter.isalpha():
            shown += draw(st.text(MARKS, max_size=2))
        out.append(shown)
        if place == len(word) - 1 or " " in word[place : place + 2]:
            continue
        if plain(word).run != fold(word) or not letter.isascii():
            out.append(draw(st.text(SIGNS + UNSEEN + (" \n" if ord(letter) > 0x2E80 else ""), max_size=3)))
        elif spelt:
            out.append(draw(st.sampled_from([" ", " - ", "  ", " * "])))
        else:
            out.append(draw(st.text(SIGNS.replace("|", "") + UNSEEN, max_size=3)))
    return "".join(out)


@given(st.data(), st.sampled_from(SECRET), st.sampled_from(INNOCENT))
def test_a_word_is_found_in_any_mix_of_disguises(data: st.DataObject, word: str, around: str) -> None:
    shown = data.draw(disguised(word))
    for text in (shown, f"{around} {shown}", f"{shown}\n{around}", f"{around}\n{shown} {around}"):
        assert LIST.find(plain(text)) == word, ascii(text)


@pytest.mark.parametrize("text", INNOCENT)
def test_plain_talk_passes_however_it_is_written(text: str) -> None:
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert LIST.find(plain(unicodedata.normalize(form, text))) is None
    assert LIST.find(plain("".join(map(wide, text)))) is None
    assert LIST.find(plain(text.upper())) is None


@given(st.text("abcdefgh ,.'-123", max_size=40), st.text("abcdefgh", min_size=3, max_size=6))
def test_a_latin_word_is_found_in_plain_talk_if_it_stands_there(text: str, word: str) -> None:
    found = WordList((word,)).find(plain(text)) is not None
    if word in text.replace(",", " ").replace(".", " ").replace("'", " ").replace("-", " ").split():
        assert found
    if word not in "".join(letter for letter in text if letter.isalpha()) and not any(map(str.isdigit, text)):
        assert not found


@given(st.text("甲乙丙丁 ，*", max_size=30), st.text("甲乙丙丁", min_size=1, max_size=4))
def test_a_chinese_word_is_found_wherever_its_characters_follow_each_other_in_a_clause(text: str, word: str) -> None:
    gaps, ends = "[ ，*]*", "(?:^|$|[ ，*])"
    in_a_clause = "[ *]*".join(word)
    by_itself = f"{ends}{gaps.join(word)}(?:$|[ ，*])"
    every_gap = "[ ，*]+".join(word) if len(word) > 2 else in_a_clause
    expected = any(re.search(shape, text) for shape in (in_a_clause, by_itself, every_gap))
    assert (WordList((word,)).find(plain(text)) is not None) is expected


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("国产", "我爱国，产品好", False),
        ("国产", "我爱国产品", True),
        ("国产", "国，产", True),
        ("红包", "蓝、红、包子", False),
        ("微信号", "加我微，信，号吧", True),
        ("加微信", "加微，信abc", True),
        ("加v信", "他参加v，信不信由你", False),
        ("日结", "2月14日，结果出来了", False),
        ("0.01元红包", "发0.01元红包了", True),
        ("真好！买它", "说真好！买它吧", True),
    ],
)
def test_a_word_does_not_go_from_one_clause_into_the_next(word: str, text: str, *, found: bool) -> None:
    assert (WordList((word,)).find(plain(text)) is not None) is found


@given(st.text(max_size=60))
def test_what_is_folded_is_not_changed_by_folding_again(text: str) -> None:
    once = fold(text)
    assert plain(once).pieces == plain(text).pieces
    assert fold(once) == once or not once.isascii()


@pytest.mark.parametrize(
    ("word", "hit", "miss"),
    [
        ("C++", "learn c++ now", "vitamin c and d"),
        ("🍆", "look 🍆", "look 🍅"),
        ("$$$", "earn $$$ fast", "it costs 3 $"),
        ("赌", "好 赌", "博"),
        ("b2b", "a b2b shop", "bib"),
        ("Ελλάδα", "ΕΛΛΆΔΑ", "ελιά"),
    ],
)
def test_words_of_every_kind(word: str, hit: str, miss: str) -> None:
    assert WordList((word,)).find(plain(hit)) == word
    assert WordList((word,)).find(plain(miss)) is None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("free money, free money", 2),
        ("free money free lunch", 2),
        ("fr-ee mon.ey", 1),
        ("free mon-ey money", 2),
        ("稳赚不赔稳赚", 2),
        ("nothing", 0),
    ],
)
def test_words_are_counted_one_after_the_other(text: str, count: int) -> None:
    words = WordList(("free money", "free lunch", "money", "稳赚", "稳赚不赔", "不赔"))
    assert words.count(plain(text)) == count


@given(st.lists(st.lists(st.sampled_from(("赌博", "博彩", "free", "free gift", "赌")), max_size=4), max_size=4))
def test_lists_together_find_what_each_finds_alone(lists: list[list[str]]) -> None:
    text = plain("free gift 赌博彩 赌")
    assert [some.find(text) for some in together(*lists)] == [WordList(one).find(text) for one in lists]
    assert [some.count(text) for some in together(*lists)] == [WordList(one).count(text) for one in lists]


def test_equal_lists_are_compiled_once_and_gone_with_the_last_who_holds_them() -> None:
    one, same, other = compiled(("a b", "c")), compiled(("a b", *"c")), compiled(("c", "a b"))
    assert one is same
    assert one is not other
    first = shared(Words(("x", "y")))
    assert shared(Words(tuple("xy"))) is first
    assert shared(Words(("x",))) is not first
    number = id(first)
    del first
    gc.collect()
    again = Words(tuple("xy"))
    assert shared(again) is again, number


@given(st.lists(st.text("ab 赌博彩", min_size=1, max_size=3), max_size=6), st.text("ab 赌博彩c", max_size=12))
def test_all_automata_find_the_same(patterns: list[str], text: str) -> None:
    everywhere = [
        (start, end, place)
        for place, pattern in enumerate(patterns)
        for start in range(len(text))
        if text[start : (end := start + len(pattern))] == pattern
    ]
    for find in (by_double_array(patterns, many=0), by_double_array(patterns), by_states(patterns)):
        assert sorted(find(text)) == sorted(everywhere)


@pytest.mark.parametrize("kind", DETECTORS.values())
def test_every_detector_can_be_shared(kind: type[Words]) -> None:
    """One with a list needs a place for weak references: a dataclass without ``slots=True``."""
    one = shared(kind())
    assert shared(kind()) == one

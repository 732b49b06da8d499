"""What is remembered to notice floods and repetitions: a share for each group, and nothing that was not committed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from bot.policy.rules.findings import Trace
from bot.policy.rules.floods import MOST_REMEMBERED, are_alike, sketch
from bot.policy.rules.message import Kind
from bot.policy.rules.plain import plain
from bot.policy.service.memory import REMEMBERED_FOR, AlbumSeen, Draft, Memory
from bot.policy.service.shares import Bounds, Shares

if TYPE_CHECKING:
    from bot.policy.rules.floods import Sketch

HERE, THERE = 1, 2
SMALL = Bounds(group=3, total=6)
ADVERT = "新店开张，全场八折，欢迎各位老朋友新朋友前来品尝，地址人民路五号"


def drawn(text: str) -> Sketch:
    found = sketch(plain(text))
    assert found is not None
    return found


def text(number: int) -> Sketch:
    """Draw a text that has nothing in common with the others."""
    return drawn("".join(chr(0x4E00 + 40 * number + place) for place in range(30)))


def learn(memory: Memory, group: int, at: int, one: Sketch) -> list[int]:
    draft = Draft(memory)
    before = draft.learn(at, group, one)
    memory.take(draft)
    return before


def test_a_busy_group_pushes_out_its_own_texts_alone() -> None:
    memory = Memory(texts=SMALL)
    for number in range(3):
        learn(memory, HERE, number, text(number))
    for number in range(3, 50):
        learn(memory, THERE, number, text(number))
    assert len(memory.texts) == SMALL.total
    assert [learn(memory, HERE, 60, text(0)), learn(memory, THERE, 60, text(49))] == [[0], [49]]
    assert learn(memory, THERE, 61, text(3)) == []


def test_where_all_is_full_the_largest_share_gives_way() -> None:
    memory = Memory(texts=SMALL)
    for number in range(3):
        learn(memory, HERE, number, text(number))
    for group in range(10, 15):
        learn(memory, group, group, text(group))
    assert len(memory.texts) == SMALL.total
    found = [learn(memory, group, 60, text(group)) for group in range(10, 15)]
    assert found == [[10], [11], [12], [13], [14]]


def test_what_was_not_committed_is_found_by_nobody_else() -> None:
    memory = Memory()
    lost, draft = Draft(memory), Draft(memory)
    assert lost.learn(1, HERE, text(1)) == []
    lost.remember((HERE, 7), (), Trace(1, Kind.TEXT, 1))
    lost.albums[HERE, "a"] = AlbumSeen((1,))
    assert lost.learn(2, HERE, text(1)) == [1]
    assert draft.learn(3, HERE, text(1)) == []
    assert draft.recent_of((HERE, 7)) == ()
    assert draft.album((HERE, "a")) == AlbumSeen()
    memory.take(draft)
    assert Draft(memory).learn(4, HERE, text(1)) == [3]
    assert Draft(memory).learn(5, THERE, text(1)) == []


def test_no_more_of_a_person_is_remembered_than_rules_can_ask_for() -> None:
    memory = Memory()
    for at in range(60):
        draft = Draft(memory)
        draft.remember((HERE, 7), draft.recent_of((HERE, 7)), Trace(at, Kind.TEXT, at))
        memory.take(draft)
    recent = Draft(memory).recent_of((HERE, 7))
    assert [trace.at for trace in recent] == list(range(60 - MOST_REMEMBERED, 60))
    draft = Draft(memory)
    draft.remember((HERE, 7), recent, Trace(59 + REMEMBERED_FOR, Kind.TEXT, 1))
    assert [trace.at for trace in draft.recent_of((HERE, 7))] == [59 + REMEMBERED_FOR]


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 5)), max_size=60))
def test_shares_forget_the_oldest_of_their_own_or_of_the_largest(puts: list[tuple[int, int]]) -> None:
    bounds = Bounds(group=3, total=7)
    shares: Shares[int, int] = Shares(bounds)
    kept: list[tuple[int, int]] = []
    for value, (group, key) in enumerate(puts):
        shares.put(group, key, value)
        is_new = (group, key) not in kept
        kept = [one for one in kept if one != (group, key)] + [(group, key)]
        sizes = Counter(one for one, _ in kept)
        most = max(sizes.values())
        full = {group} if sizes[group] > bounds.group else {one for one in sizes if sizes[one] == most}
        if is_new and (sizes[group] > bounds.group or len(kept) > bounds.total):
            gone = {next(entry for entry in kept if entry[0] == one) for one in full}
            (lost,) = [entry for entry in gone if shares.get(*entry) is None]
            kept.remove(lost)
        assert {one for one in puts if shares.get(*one) is not None} == set(kept)


@given(
    st.lists(st.sampled_from("甲乙丙丁戊己庚辛壬癸"), min_size=16, max_size=24), st.integers(0, 23), st.integers(0, 9)
)
def test_what_is_found_again_is_nearly_the_same(letters: list[str], place: int, other: int) -> None:
    changed = list(letters)
    changed[place % len(letters)] = "甲乙丙丁戊己庚辛壬癸"[other]
    one, two = drawn("".join(letters)), drawn("".join(changed))
    memory = Memory()
    for number in range(40):
        learn(memory, HERE, number, text(number))
    learn(memory, HERE, 100, one)
    assert learn(memory, HERE, 101, one) == [100]
    assert (100 in learn(memory, HERE, 102, two)) <= are_alike(one, two)


def test_an_advertisement_is_known_again_among_many_texts() -> None:
    memory = Memory()
    learn(memory, HERE, 0, drawn(ADVERT))
    for number in range(1, 400):
        learn(memory, HERE, number, text(number))
    for at, said in enumerate((ADVERT + "！！！🎉🎉", ADVERT.replace("欢迎", "恭迎"), "🔥 " + ADVERT + " 138"), 1000):
        assert 0 in learn(memory, HERE, at, drawn(said))


def test_nothing_is_left_of_what_is_forgotten() -> None:
    memory = Memory(texts=Bounds(group=2, total=3))
    for number in range(30):
        learn(memory, number % 5, number, text(number % 7))
    assert len(memory.texts) == 3
    assert sum(len(kept._by_piece) for kept in memory.texts._of.values()) == 3 * 7

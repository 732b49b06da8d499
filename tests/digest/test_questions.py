"""What is a question, what is an answer, and what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.questions import service, store
from bot.digest.questions.rules import (
    KEPT,
    LIMIT,
    PATIENCE,
    SOON,
    Heard,
    OpenQuestion,
    Waiting,
    after,
    is_question,
    link,
)
from bot.digest.questions.service import Questions, Said
from bot.kernel.ids import ChatId, GroupId, MessageId
from tests.digest.build import ANNA, BEN, CARL, GROUP, NOW, SECONDS, message, reply_to, update

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.db.engine import Database
    from bot.tg import envelope as env


@pytest.mark.parametrize(
    "words",
    [
        "When do we meet?",
        "几点集合？",
        "周六有活动吗",
        "大家都到了吗？？",
        "谁带帐篷呢。",
        "这是什么么",
        "Is it on (tomorrow?)",
        "Really?!",
        "ok?",
    ],
)
def test_questions(words: str) -> None:
    assert is_question(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "?",
        "？？？",
        "!?",
        "吗",
        "See you there.",
        "Why? Because I say so.",
        "没什么了",
        "😀",
        "https://x.org/a?b=1",
    ],
)
def test_no_questions(words: str) -> None:
    assert not is_question(words)


def heard(
    message_id: int, user: int, at: int = 0, *, reply: int = 0, thread: int = 0, ask: bool = False, words: bool = True
) -> Heard:
    return Heard(1, -1001, message_id, thread, user, at, reply, words, "Where?" if ask else None)


ASKED = heard(1, ANNA, ask=True)


@pytest.mark.parametrize(
    ("what", "still_open"),
    [
        pytest.param(heard(2, BEN, 9_000, reply=1), False, id="a reply, however late"),
        pytest.param(heard(2, ANNA, 10, reply=1), True, id="a reply to oneself"),
        pytest.param(heard(2, BEN, SOON), False, id="the next message of somebody else"),
        pytest.param(heard(2, BEN, SOON + 1), True, id="too late to be about it"),
        pytest.param(heard(2, ANNA, 10), True, id="one's own next message"),
        pytest.param(heard(2, BEN, 10, thread=7), True, id="in another topic"),
        pytest.param(heard(2, BEN, 10, reply=99), True, id="a reply to something else"),
        pytest.param(heard(2, BEN, 10, ask=True), True, id="a question of their own"),
        pytest.param(heard(2, BEN, 10, ask=True, reply=1), False, id="a question back"),
        pytest.param(heard(2, BEN, 10, words=False), True, id="a picture says nothing"),
        pytest.param(heard(2, BEN, 10, words=False, reply=1), False, id="a picture as a reply"),
        pytest.param(heard(2, 0, 10, reply=1), False, id="somebody in the group's name"),
    ],
)
def test_what_answers_a_question(what: Heard, still_open: bool) -> None:
    changed = after({}, [ASKED, what])
    assert (1 in changed[1]) is still_open
    known = {1: {1: Waiting(0, ANNA, 0)}}
    later = after(known, [what])
    assert (1 in later.get(1, known[1])) is still_open
    assert known == {1: {1: Waiting(0, ANNA, 0)}}


def test_somebody_elses_message_answers_what_was_asked_just_before_by_others() -> None:
    changed = after(
        {}, [heard(1, ANNA, ask=True), heard(2, CARL, 5, ask=True), heard(3, BEN, 9, ask=True), heard(4, BEN, 20)]
    )
    assert set(changed[1]) == {3}


def test_answers_after_the_answer_close_nothing_twice() -> None:
    known = after({}, [heard(1, ANNA, 0, ask=True)])
    changed = after(known, [heard(2, BEN, 10, reply=1), heard(3, CARL, 20, reply=1)])
    assert changed == {GROUP.id: {}}


def test_a_quiz_does_not_fill_the_memory_and_old_questions_go() -> None:
    many = after({}, [heard(i, ANNA, i, ask=True) for i in range(1, LIMIT + 10)])
    assert list(many[1]) == list(range(10, LIMIT + 10))
    later = int(KEPT.total_seconds()) + 20
    assert set(after(many, [heard(1_000, ANNA, later, ask=True)])[1]) == {*range(20, LIMIT + 10), 1_000}


@st.composite
def talks(draw: st.DrawFn) -> list[Heard]:
    at, talk = 0, []
    for number in range(1, draw(st.integers(1, 30))):
        at += draw(st.sampled_from([1, 60, SOON, 3_600, 40_000]))
        ask = draw(st.booleans())
        talk.append(
            Heard(
                draw(st.integers(1, 2)),
                -1001,
                number,
                draw(st.integers(0, 1)),
                draw(st.sampled_from([0, 1, 2, 3])),
                at,
                draw(st.integers(0, number - 1)),
                ask or draw(st.booleans()),
                "Where?" if ask else None,
            )
        )
    return talk


def by_hand(talk: Sequence[Heard]) -> set[tuple[int, int]]:
    """Say which questions are open at the end, looking at each by itself."""
    found = set()
    for place, asked in enumerate(talk):
        if asked.question is None:
            continue
        others = [h for h in talk[place + 1 :] if h.group_id == asked.group_id and h.user_id != asked.user_id]
        replied = any(h.reply_to == asked.message_id for h in others)
        near = any(
            h.thread == asked.thread and h.words and h.question is None and not h.reply_to and h.at - asked.at <= SOON
            for h in others
        )
        if not (replied or near):
            found.add((asked.group_id, asked.message_id))
    return found


@given(talks(), st.lists(st.integers(0, 30), max_size=4))
def test_it_does_not_matter_how_the_talk_is_cut_into_batches(talk: list[Heard], cuts: list[int]) -> None:
    known: dict[int, dict[int, Waiting]] = {}
    edges = sorted({0, *(min(cut, len(talk)) for cut in cuts), len(talk)})
    for start, end in pairwise(edges):
        known |= after(known, talk[start:end])
    still = {(group_id, message_id) for group_id, waiting in known.items() for message_id in waiting}
    last = {group: max((h.at for h in talk if h.group_id == group and h.question), default=0) for group in (1, 2)}
    asked = {(h.group_id, h.message_id): h.at for h in talk}
    assert still == {key for key in by_hand(talk) if last[key[0]] - asked[key] <= KEPT.total_seconds()}


@pytest.mark.parametrize(("chat_id", "expected"), [(-1001234567890, "https://t.me/c/1234567890/7"), (-4711, None)])
def test_only_supergroups_have_links(chat_id: int, expected: str | None) -> None:
    assert link(OpenQuestion(ChatId(chat_id), MessageId(7), None, ANNA, NOW, "Where?")) == expected


# The watcher, on both databases


@dataclass
class Ear:
    """A watcher and the database it writes to."""

    database: Database
    watcher: Questions

    async def hear(self, *messages: env.Message) -> None:
        found = [self.watcher.see(update(one), one, GROUP) for one in messages]
        deltas = [delta for delta in found if delta is not None]
        async with self.database.write() as tx:
            await self.watcher.flush(tx, deltas, NOW)
            tx.after_commit(lambda: self.watcher.committed(deltas))

    async def open(self) -> list[int]:
        async with self.database.read() as tx:
            found = await service.unanswered(tx, GROUP.id, NOW - KEPT, NOW + KEPT)
        return [one.message_id for one in found]


@pytest.fixture
def ear(database: Database) -> Ear:
    return Ear(database, Questions())


async def test_a_question_is_kept_until_it_is_answered(ear: Ear) -> None:
    await ear.hear(message(1, text="Where?"), message(2, BEN, text="When?", at=SECONDS + 1))
    assert await ear.open() == [1, 2]
    await ear.hear(message(3, CARL, text="At the bridge", reply_to_message=reply_to(1), at=SECONDS + 900))
    assert await ear.open() == [2]


async def test_a_question_answered_in_the_same_batch_is_never_stored(ear: Ear) -> None:
    await ear.hear(message(1, text="Where?"), message(2, BEN, text="Here"))
    assert await ear.open() == []


async def test_a_new_process_knows_what_was_open(ear: Ear) -> None:
    await ear.hear(message(1, text="Where?"))
    again = Ear(ear.database, Questions())
    await again.hear(message(2, BEN, text="Here", at=SECONDS + 60))
    assert await again.open() == []


async def test_what_is_not_committed_is_not_known(ear: Ear) -> None:
    delta = ear.watcher.see(update(message(1, text="Where?")), message(1, text="Where?"), GROUP)
    with pytest.raises(ZeroDivisionError):
        await _flush_and_fail(ear, [delta])
    await ear.hear(message(2, BEN, text="Hello", at=SECONDS + 30))
    assert await ear.open() == []


async def _flush_and_fail(ear: Ear, deltas: Sequence[Said | None]) -> None:
    async with ear.database.write() as tx:
        await ear.watcher.flush(tx, [one for one in deltas if one is not None], NOW)
        raise ZeroDivisionError


@pytest.mark.parametrize(
    "ignored",
    [
        message(1, text="/warn what?"),
        message(1, None, text="Where?"),
        message(1, text="Where?", is_automatic_forward=True),
        message(1, text="To the bot?", reply_to_message=reply_to(9, 99, is_bot=True)),
    ],
)
async def test_what_is_no_question_of_a_member(ear: Ear, ignored: env.Message) -> None:
    await ear.hear(ignored)
    assert await ear.open() == []


async def test_a_message_in_a_topic_is_no_answer_to_the_topics_first(ear: Ear) -> None:
    topic: dict[str, Any] = {"message_thread_id": 5, "is_topic_message": True, "reply_to_message": reply_to(5, CARL)}
    await ear.hear(message(6, text="Where?", **topic), message(7, BEN, text="Here", at=SECONDS + 9, **topic))
    assert await ear.open() == []


async def test_nul_and_length_do_no_harm(ear: Ear) -> None:
    await ear.hear(message(1, text="\0" + "Where" * 100 + "?"))
    async with ear.database.read() as tx:
        (kept,) = await service.unanswered(tx, GROUP.id, NOW, NOW + KEPT)
    assert kept.text.startswith("Where")
    assert len(kept.text) < 200


async def test_a_question_must_have_waited_and_the_old_go(ear: Ear) -> None:
    await ear.hear(message(1, text="Where?"))
    day = NOW.replace(hour=0)
    async with ear.database.write() as tx:
        assert await service.unanswered(tx, GROUP.id, day, NOW + PATIENCE) == []
        assert len(await service.unanswered(tx, GROUP.id, day, NOW + PATIENCE + timedelta(seconds=1))) == 1
        assert await service.unanswered(tx, GroupId(2), day, NOW + KEPT) == []
        await service.purge(tx, NOW + KEPT + timedelta(seconds=1))
        assert await store.load(tx, day) == {}

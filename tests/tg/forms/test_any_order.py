from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from bot.tg.forms import store
from tests.databases import sqlite_database
from tests.tg.forms.conftest import KINDS, Finished, event_form
from tests.tg.forms.talk import ANN, BEN, GROUP_CHAT, Talk

WORDS = st.sampled_from(
    [
        "Night hike",
        "hike",
        "Talk",
        "2 hours",
        "0 min",
        "Sat",
        "Sat 14:00",
        "01/02/2027",
        "9:30",
        "yesterday",
        "12",
        "-1",
        "yes",
    ]
)
GOOD = {
    "What is it called?": "Night hike",
    "What kind?": "Talk",
    "How long is the way?": "2 hours",
    "When does it start?": "in 3 hours",
    "How many seats?": "12",
    "May guests come along?": "yes",
}
TAPS = st.integers(0, 12)
STEPS = st.one_of(
    st.tuples(st.just("good"), st.none()),
    st.tuples(st.just("good"), st.none()),
    st.tuples(st.just("good"), st.none()),
    st.tuples(st.just("say"), st.one_of(WORDS, st.text(st.characters(exclude_categories=["Cs"]), max_size=40))),
    st.tuples(st.just("tap"), TAPS),
    st.tuples(st.just("old"), TAPS),
    st.tuples(st.just("stranger"), TAPS),
    st.tuples(st.just("wait"), st.sampled_from([1, 20, 45])),
    st.tuples(st.just("restart"), st.none()),
)


@given(steps=st.lists(STEPS, max_size=25), chat=st.sampled_from([ANN, GROUP_CHAT]))
@settings(max_examples=30)
def test_whatever_is_done_a_form_ends_well_or_stays_open(steps: list[tuple[str, Any]], chat: int) -> None:
    asyncio.run(_try(steps, chat))


async def _try(steps: list[tuple[str, Any]], chat: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = sqlite_database(Path(folder) / "bot.db")
        finished = Finished()
        talk = Talk(database, {"event": event_form(finished)})
        await talk.start("event", chat=chat)
        old: list[tuple[str, int]] = []
        for kind, value in steps:
            await _step(talk, kind, value, chat, old)
        async with database.read() as tx:
            still = await store.of_person(tx, ANN, chat)
        await database.close()
    event("finished" if finished.answers else "open" if still else "closed")
    assert len(finished.answers) <= 1
    assert not (finished.answers and still)
    if finished.answers:
        _check(finished.answers[0])


async def _step(talk: Talk, kind: str, value: Any, chat: int, old: list[tuple[str, int]]) -> None:
    keys = [(key.data or "", at[1]) for at, m in talk.screen.items() for line in m.keyboard for key in line]
    old.extend(pair for pair in keys if pair not in old)
    match kind:
        case "good":
            await _answer_well(talk, chat)
        case "say" if chat == GROUP_CHAT:
            await talk.reply(value, to=talk.last_id(GROUP_CHAT))
        case "say":
            await talk.say(value)
        case "tap" if keys:
            data, message = keys[value % len(keys)]
            await talk.tap_data(data, ANN, chat, message)
        case "old" if old:
            data, message = old[value % len(old)]
            await talk.tap_data(data, ANN, chat, message)
        case "stranger" if keys:
            data, message = keys[value % len(keys)]
            before = dict(talk.screen)
            await talk.tap_data(data, BEN, chat, message)
            assert talk.screen == before
        case "wait":
            talk.wait(minutes=value)
        case "restart":
            talk.restart()
        case _:
            pass


async def _answer_well(talk: Talk, chat: int) -> None:
    shown = talk.last(chat)
    if "✓ Save" in shown.labels:
        await talk.tap("✓ Save", chat=chat)
    for prompt, answer in GOOD.items():
        if prompt in shown.html:
            await (talk.say(answer) if chat == ANN else talk.reply(answer, to=talk.last_id(chat)))


def _check(answers: dict[str, Any]) -> None:
    assert 1 <= len(answers["title"]) <= 30
    assert answers["kind"] in dict(KINDS)
    assert ("length" in answers) == (answers["kind"] == "hike")
    assert answers["at"].tzinfo is not None
    assert answers["seats"] is None or 1 <= answers["seats"] <= 99
    assert isinstance(answers["guests"], bool)

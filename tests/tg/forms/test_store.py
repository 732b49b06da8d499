from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.tg.forms import Form, store
from bot.tg.forms.store import Offer, OpenForm
from tests.tg.forms.talk import ANN, BEN, GROUP_CHAT, NOW, Talk

if TYPE_CHECKING:
    from bot.db.engine import Database
    from tests.tg.forms.conftest import Finished

FORM = OpenForm(
    user_id=ANN,
    chat_id=GROUP_CHAT,
    asked="Ann",
    name="event",
    created_at=NOW,
    expires_at=NOW + timedelta(minutes=30),
    answers={"title": "夜行 <b>🌙</b>", "seats": None},
    thread_id=3,
    group_id=5,
    origin_message_id=12,
    trail=("title", "seats"),
    offers=(Offer("Sat", text="2026-11-28"), Offer("Two", 2)),
    partial="2026-11-28",
    step=4,
    prompt_effect=2**60,
)


async def test_a_form_comes_back_as_it_was_stored(database: Database) -> None:
    form = replace(FORM)
    async with database.write() as tx:
        await store.add(tx, form)
        assert await store.get(tx, form.id) == form
        assert await store.of_person(tx, ANN, GROUP_CHAT) == form
        assert await store.of_person(tx, BEN, GROUP_CHAT) is None


async def test_the_id_of_the_prompt_is_learned_unless_another_was_sent(database: Database) -> None:
    form = replace(FORM)
    async with database.write() as tx:
        await store.add(tx, form)
        await store.prompt_sent(tx, form.id, 1, 77)
        assert await store.is_prompt(tx, GROUP_CHAT, 78)
        await store.prompt_sent(tx, form.id, form.prompt_effect, 77)
        assert await store.is_prompt(tx, GROUP_CHAT, 77)
        assert not await store.is_prompt(tx, GROUP_CHAT, 78)
        await store.prompt_failed(tx, form.id, 1)
        assert await store.get(tx, form.id) is not None
        await store.prompt_failed(tx, form.id, form.prompt_effect)
        assert await store.get(tx, form.id) is None


async def test_making_room_also_clears_what_expired_long_ago(database: Database) -> None:
    form, other = replace(FORM), replace(FORM, id=2, user_id=BEN)
    async with database.write() as tx:
        await store.add(tx, form)
        await store.add(tx, other)
        assert await store.make_room(tx, ANN, GROUP_CHAT, NOW) == form
        assert await store.get(tx, other.id) == other
        assert await store.make_room(tx, ANN, GROUP_CHAT, NOW + timedelta(days=2)) is None
        assert await store.get(tx, other.id) is None


async def test_a_whole_form_on_database(database: Database, forms: dict[str, Form[Any]], finished: Finished) -> None:
    talk = Talk(database, forms)
    await talk.start("event", chat=GROUP_CHAT)
    prompt = talk.last_id(GROUP_CHAT)
    await talk.reply("Night hike", to=prompt)
    talk.restart()
    await talk.tap("Talk", chat=GROUP_CHAT)
    await talk.reply("sometime", to=prompt)
    await talk.reply("Sat 14:00", to=prompt)
    await talk.tap("Skip", chat=GROUP_CHAT)
    await talk.tap("Yes", chat=GROUP_CHAT)
    talk.restart()
    await talk.tap("✓ Save", chat=GROUP_CHAT)

    assert finished.answers[0]["title"] == "Night hike"

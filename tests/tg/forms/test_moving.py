"""Forms that are open when their group becomes a supergroup."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.kernel.ids import ChatId
from bot.tg.forms import store
from bot.tg.forms.engine import PATIENCE
from tests.tg.forms.talk import ANN, BEN, GROUP, GROUP_CHAT, Talk

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context
    from tests.tg.forms.conftest import Finished

BIG = -1009


async def migrate(talk: Talk) -> None:
    """Let the Hikers become a supergroup of another id."""
    moved = replace(GROUP, chat_id=ChatId(BIG))

    async def act(_update: Update, context: Context) -> None:
        await talk.engine.moved(context.scope, moved, ChatId(GROUP_CHAT))

    talk.groups.known[0] = moved
    await talk.turn(talk.message(ANN, "hello", BIG), act)


async def test_each_question_is_asked_anew_with_the_answers_kept(talk: Talk, finished: Finished) -> None:
    await talk.start("event", chat=GROUP_CHAT)
    await talk.reply("Night hike", talk.last_id(GROUP_CHAT))
    await talk.start("name", BEN, GROUP_CHAT)
    talk.wait(minutes=29)
    await migrate(talk)
    talk.wait(minutes=29)

    assert [shown.html.count("supergroup") for at, shown in talk.screen.items() if at[0] == BIG] == [1, 1]
    first, second = (at[1] for at in talk.screen if at[0] == BIG)
    await talk.tap("Talk", chat=BIG, message=first)
    assert "supergroup" not in talk.screen[BIG, first].html
    await talk.say("Ben", BEN, BIG, reply_to_message=talk.bot_message(second, BIG))

    assert finished.answers == [{"name": "Ben"}]
    assert finished.groups == [GROUP.id]


async def test_buttons_of_before_are_out_of_date(talk: Talk) -> None:
    await talk.start("event", chat=GROUP_CHAT)
    await talk.reply("Night hike", talk.last_id(GROUP_CHAT))
    old = next(key for line in talk.last(GROUP_CHAT).keyboard for key in line if key.text == "Talk")
    await migrate(talk)
    await talk.tap_data(old.data or "", ANN, BIG, talk.last_id(BIG))
    assert talk.toasts[-1] == "That question is answered already."


async def test_what_has_expired_or_has_no_room_there_is_let_go(talk: Talk) -> None:
    await talk.start("event", chat=GROUP_CHAT)
    talk.wait(seconds=PATIENCE.total_seconds())
    await talk.start("event", BEN, GROUP_CHAT)
    await talk.start("name", BEN, BIG)
    before = talk.count(BIG)
    await migrate(talk)
    assert talk.count(BIG) == before
    async with talk.database.read() as tx:
        assert await store.in_chat(tx, GROUP_CHAT) == []
        assert [(form.user_id, form.name) for form in await store.in_chat(tx, BIG)] == [(BEN, "name")]


async def test_a_question_not_sent_yet_is_sent_once(talk: Talk) -> None:
    talk.delivering = False
    await talk.start("name", chat=GROUP_CHAT)
    await migrate(talk)
    await talk.deliver()
    assert (talk.count(GROUP_CHAT), talk.count(BIG)) == (0, 1)


async def test_a_form_that_has_changed_meanwhile_is_let_go(talk: Talk) -> None:
    await talk.start("event", chat=GROUP_CHAT)
    del talk.forms["event"]
    await migrate(talk)
    assert talk.count(BIG) == 0
    async with talk.database.read() as tx:
        assert await store.in_chat(tx, BIG) == []

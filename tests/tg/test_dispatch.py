"""From what somebody says to the handler it means: which command, which group, who, and may they."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.kernel.groups import Group
from bot.sandbox.telegram import Actor
from bot.sandbox.telegram.model import Chat
from bot.tg import effects as fx
from tests.tg.bench import Bench, key_data, texts


@pytest.fixture
def bench(either_bench: Bench) -> Bench:
    """Everything here is said on both databases."""
    return either_bench


async def say(bench: Bench, who: Actor, where: Chat | None, line: str) -> list[str]:
    """Say something (``where`` None: in private) and return what the bot says to it."""
    return texts(await heard(bench, who, where, line))


async def heard(bench: Bench, who: Actor, where: Chat | None, line: str) -> list[fx.AnyEffect]:
    who.send(where if where is not None else bench.bot, line)
    return await bench.take()


async def tap(
    bench: Bench, who: Actor, data: str | None, where: Chat | None = None, *, private: bool = False
) -> list[fx.AnyEffect]:
    """Tap a button with this data, under a message in the group (or in private), as a forged client may."""
    chat = where or bench.hikers
    bench._number += 1
    place = (
        {"id": who.id, "type": "private", "first_name": who.name}
        if private
        else {"id": chat.id, "type": "supergroup", "title": chat.title}
    )
    query = {
        "id": str(bench._number),
        "from": {"id": who.id, "is_bot": False, "first_name": who.name, "language_code": "en"},
        "chat_instance": "1",
        "message": {"message_id": 77, "date": int(bench.clock.now().timestamp()), "chat": place, "text": "…"},
    }
    if data is not None:
        query["data"] = data
    raw = json.dumps({"update_id": 700_000_000 + bench._number, "callback_query": query}).encode()
    return await bench.take_raw(raw)


def group(bench: Bench, chat: Chat | None = None) -> Group:
    found = bench.app.groups.by_chat((chat or bench.hikers).id)
    assert found is not None
    return found


async def start(bench: Bench, *people: Actor) -> None:
    for person in people:
        person.start(bench.bot)
    await bench.take()


async def everybody_speaks(bench: Bench, *chats: Chat) -> None:
    for chat in chats or (bench.hikers,):
        for who in (bench.olga, bench.heidi, bench.mei):
            if who.id in chat.members:
                who.send(chat, "hello")
    await bench.take()


# Commands


@pytest.mark.parametrize("line", ["/menu", "/MENU", "/menu@qunguan_bot", "/menu@Qunguan_Bot", "/menu\nplease"])
async def test_a_command_is_answered_in_the_group(bench: Bench, line: str) -> None:
    assert any("What would you like to do?" in said for said in await say(bench, bench.olga, bench.hikers, line))


@pytest.mark.parametrize("line", ["/menu@other_bot", "/nothing", "/menu, please", "menu", "//menu", "/"])
async def test_what_is_not_for_the_bot_is_left_alone_in_the_group(bench: Bench, line: str) -> None:
    assert await bench.take_raw(bench.said(9_000, line)) == []


@pytest.mark.parametrize("line", ["/nothing", "/nothing@qunguan_bot"])
async def test_an_unknown_command_is_answered_in_private(bench: Bench, line: str) -> None:
    await start(bench, bench.mei)
    (said,) = await say(bench, bench.mei, None, line)

    assert "I do not know /nothing" in said


async def test_an_unknown_command_that_names_the_bot_is_answered_in_the_group(bench: Bench) -> None:
    (said,) = await say(bench, bench.mei, bench.hikers, "/nothing@qunguan_bot")

    assert "I do not know /nothing" in said


async def test_a_word_that_is_no_sub_command_is_answered_with_where_they_stand(bench: Bench) -> None:
    (said,) = await say(bench, bench.olga, bench.hikers, "/event crate Saturday")

    assert "crate" in said
    assert "<code>/help event</code>" in said


async def test_words_in_private_that_nobody_asked_for_are_answered(bench: Bench) -> None:
    await start(bench, bench.mei)
    (said,) = await say(bench, bench.mei, None, "good morning")

    assert "/menu" in said


async def test_an_edited_command_is_not_run_again(bench: Bench) -> None:
    message = bench.mei.send(bench.hikers, "/note one")
    await bench.take()
    bench.mei.edit(message, "/note two")

    assert await bench.take() == []
    assert await bench.notes() == ["one"]


async def test_a_caption_may_be_a_command(bench: Bench) -> None:
    bench.mei.send_file(bench.hikers, "photo", caption="/note with a photo")
    await bench.take()

    assert await bench.notes() == ["with a photo"]


async def test_a_bare_command_begins_its_form_and_a_line_does_not(bench: Bench) -> None:
    assert any("quiet" in said.lower() for said in await say(bench, bench.olga, bench.hikers, "/quiet"))
    assert await bench.column("SELECT name FROM tg_forms") == ["quiet"]

    await say(bench, bench.olga, bench.hikers, "/cancel")
    await say(bench, bench.olga, bench.hikers, "/quiet 22:00-07:00")

    assert await bench.column("SELECT name FROM tg_forms") == []
    assert group(bench) == bench.app.groups.by_id(group(bench).id)
    assert group(bench).quiet


# Places


async def test_what_belongs_in_a_group_is_sent_there(bench: Bench) -> None:
    await start(bench, bench.olga)
    (said,) = await say(bench, bench.olga, None, "/topic events here")

    assert "in a group" in said


# Who


async def test_who_lacks_the_right_is_told_which_one(bench: Bench) -> None:
    (said,) = await say(bench, bench.mei, bench.hikers, "/label Walkers")

    assert "change settings" in said
    assert group(bench).label is None


async def test_who_becomes_an_administrator_may_at_once(bench: Bench) -> None:
    bench.olga.promote(bench.hikers, bench.mei)

    assert any("Walkers" in said for said in await say(bench, bench.mei, bench.hikers, "/label Walkers"))


async def test_who_is_no_administrator_any_more_may_not(bench: Bench) -> None:
    await say(bench, bench.heidi, bench.hikers, "/label Walkers")
    bench.olga.demote(bench.hikers, bench.heidi)

    assert any("change settings" in said for said in await say(bench, bench.heidi, bench.hikers, "/label Climbers"))
    assert group(bench).label == "Walkers"


async def anonymous_command(bench: Bench, line: str = "/label Walkers") -> list[fx.AnyEffect]:
    bench.olga.promote(bench.hikers, bench.heidi, is_anonymous=True)
    await bench.take()
    return await heard(bench, bench.heidi, bench.hikers, line)


async def test_an_anonymous_administrator_is_asked_to_confirm_and_then_obeyed(bench: Bench) -> None:
    asked = await anonymous_command(bench)
    assert "as the group" in texts(asked)[0]
    assert group(bench).label is None

    said = texts(await tap(bench, bench.heidi, key_data(asked, "It is me")))

    assert group(bench).label == "Walkers"
    assert any("Confirmed by Heidi" in line for line in said)
    actors = await bench.column("SELECT actor_id FROM audit_log WHERE action = 'group.label'")
    assert actors == [bench.heidi.id]


async def test_a_member_cannot_confirm_for_an_anonymous_administrator(bench: Bench) -> None:
    asked = await anonymous_command(bench)

    await tap(bench, bench.mei, key_data(asked, "It is me"))
    assert group(bench).label is None

    await tap(bench, bench.heidi, key_data(asked, "It is me"))
    assert group(bench).label == "Walkers"


async def test_a_confirmation_serves_once(bench: Bench) -> None:
    asked = await anonymous_command(bench)
    data = key_data(asked, "It is me")
    await tap(bench, bench.heidi, data)
    await say(bench, bench.olga, bench.hikers, "/label off")

    (said,) = texts(await tap(bench, bench.heidi, data))

    assert "answered already" in said
    assert group(bench).label is None


async def test_a_confirmation_expires(bench: Bench) -> None:
    asked = await anonymous_command(bench)
    bench.clock.advance(timedelta(minutes=31))

    (said,) = texts(await tap(bench, bench.heidi, key_data(asked, "It is me")))

    assert "expired" in said
    assert group(bench).label is None


async def test_what_needs_no_right_needs_no_name(bench: Bench) -> None:
    asked = await anonymous_command(bench, "/note it")

    assert await bench.notes() == ["it"]
    assert "as the group" not in " ".join(texts(asked))


async def test_a_channel_that_names_the_bot_is_told_why_not(bench: Bench) -> None:
    channel = bench.telegram.add_channel("News", bench.mei)
    bench.mei.send(bench.hikers, "/note quietly", as_chat=channel)
    assert texts(await bench.take()) == []
    bench.mei.send(bench.hikers, "/note@qunguan_bot loudly", as_chat=channel)

    (said,) = texts(await bench.take())

    assert "A channel cannot use commands" in said
    assert await bench.notes() == []


# Which group


async def two_groups(bench: Bench) -> Chat:
    cooks = bench.group_of("Cooks", bench.olga, bench.mei)
    await bench.take()
    await everybody_speaks(bench, bench.hikers, cooks)
    await start(bench, bench.olga, bench.mei)
    return cooks


async def test_with_one_group_nobody_is_asked(bench: Bench) -> None:
    await everybody_speaks(bench)
    await start(bench, bench.olga)

    await say(bench, bench.olga, None, "/label Walkers")

    assert group(bench).label == "Walkers"


async def test_with_two_groups_it_is_asked_once_and_remembered(bench: Bench) -> None:
    cooks = await two_groups(bench)
    asked = await heard(bench, bench.olga, None, "/label Kitchen")
    assert "Which group" in texts(asked)[0]

    await tap(bench, bench.olga, key_data(asked, "Cooks"), private=True)

    assert (group(bench).label, group(bench, cooks).label) == (None, "Kitchen")
    await say(bench, bench.olga, None, "/label Pots")
    assert group(bench, cooks).label == "Pots"


async def test_the_question_is_answered_by_whom_it_was_asked(bench: Bench) -> None:
    cooks = await two_groups(bench)
    asked = await heard(bench, bench.olga, None, "/label Kitchen")

    await tap(bench, bench.mei, key_data(asked, "Cooks"), private=True)

    assert group(bench, cooks).label is None


async def test_the_group_one_chose_does_not_give_a_right_in_it(bench: Bench) -> None:
    cooks = await two_groups(bench)
    asked = await heard(bench, bench.mei, None, "/label Kitchen")

    said = texts(await tap(bench, bench.mei, key_data(asked, "Cooks"), private=True))

    assert any("change settings" in line for line in said)
    assert group(bench, cooks).label is None


async def test_who_shares_no_group_is_told_what_to_do(bench: Bench) -> None:
    stranger = bench.telegram.add_user("Sam", language_code="en")
    await start(bench, stranger)

    (said,) = await say(bench, stranger, None, "/label Walkers")

    assert "do not know of any group" in said


async def test_in_the_managers_chat_its_group_is_meant(bench: Bench) -> None:
    managers = bench.group_of("Managers", bench.olga, bench.heidi)
    await bench.take()
    await everybody_speaks(bench, bench.hikers, managers)
    await say(bench, bench.olga, bench.hikers, "/settings")  # whereby the administrators are learned
    asked = await heard(bench, bench.olga, managers, "/managerschat")
    await tap(bench, bench.olga, key_data(asked, "Hikers"), managers)

    await say(bench, bench.heidi, managers, "/label Walkers")

    assert group(bench).label == "Walkers"
    assert group(bench, managers).label is None


# Buttons


def board(bench: Bench) -> Sequence[str | None]:
    number = group(bench).id
    return [
        None,
        "",
        "nothing",
        "nothing:1",
        ":",
        "::",
        "g.lang",
        f"g.lang:{number}",
        f"g.lang:{number}:zh_Hans:more",
        "g.lang:x:zh_Hans",
        "g.lang:-1:zh_Hans",
        f"g.lang:{'9' * 30}:zh_Hans",
        "g.lang:999:zh_Hans",
        "g.lang:0:zh_Hans",
        f"g.lang:{number}:xx",
        f"g.use:{number}:7",
        f"g.topic:{number}:events:x",
        f"h.me:{number}:999999",
        f"h.me:{number}:{'9' * 19}",
        f"h.g:{number}:-1",
        f"m.run:{number}:nothing",
        f"m.run:{number}:event.nothing",
        f"g.lang:{number}:\u0000",
        "g.lang:١:zh_Hans",
    ]


async def test_a_forged_button_is_answered_and_changes_nothing(bench: Bench) -> None:
    for data in board(bench):
        effects = await tap(bench, bench.olga, data)
        answers = [effect for effect in effects if isinstance(effect, fx.AnswerCallback)]
        assert len(answers) == 1, data
        assert answers[0].text, data
        assert len(effects) == 1, data
    assert await bench.failures() == []
    assert group(bench).locale == "en"
    assert await bench.column("SELECT count(*) FROM audit_log WHERE action LIKE 'group.l%'") == [0]


async def test_a_button_of_another_group_does_nothing_here(bench: Bench) -> None:
    cooks = await two_groups(bench)

    (said,) = texts(await tap(bench, bench.olga, f"g.lang:{group(bench, cooks).id}:zh_Hans"))

    assert "another group" in said
    assert group(bench, cooks).locale == "en"


async def test_a_button_in_private_is_checked_against_its_group(bench: Bench) -> None:
    cooks = await two_groups(bench)
    number = group(bench, cooks).id

    assert any(
        "change settings" in s for s in texts(await tap(bench, bench.mei, f"g.lang:{number}:zh_Hans", private=True))
    )
    assert group(bench, cooks).locale == "en"
    await tap(bench, bench.olga, f"g.lang:{number}:zh_Hans", private=True)
    assert group(bench, cooks).locale == "zh_Hans"


async def test_a_button_asks_for_the_right_again_when_it_is_tapped(bench: Bench) -> None:
    number = group(bench).id
    await tap(bench, bench.heidi, f"g.lang:{number}:zh_Hans")
    assert group(bench).locale == "zh_Hans"
    bench.olga.demote(bench.hikers, bench.heidi)
    await bench.take()

    await tap(bench, bench.heidi, f"g.lang:{number}:en")

    assert group(bench).locale == "zh_Hans"


async def test_every_tap_is_answered_even_if_there_is_nothing_to_say(bench: Bench) -> None:
    effects = await tap(bench, bench.olga, f"g.page:{group(bench).id}:quiet")

    assert sum(isinstance(effect, fx.AnswerCallback) for effect in effects) == 1


async def test_who_left_cannot_tap_any_more(bench: Bench) -> None:
    await everybody_speaks(bench)
    bench.mei.leave(bench.hikers)
    await bench.take()

    (said,) = texts(await tap(bench, bench.mei, f"m.run:{group(bench).id}:members"))

    assert "not in" in said or "Only people" in said


async def test_a_button_of_a_group_that_we_never_knew_is_refused(bench: Bench) -> None:
    (said,) = texts(await tap(bench, bench.olga, "g.lang:424242:zh_Hans", private=True))

    assert "another group" in said

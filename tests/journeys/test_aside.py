"""What managers read is told where managers read, whatever chat they ask in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.stage import Stage, said

if TYPE_CHECKING:
    from bot.sandbox.telegram import Actor
    from bot.sandbox.telegram.model import Message


async def warned(stage: Stage) -> None:
    """Let Mei be warned, so that there is something to tell."""
    stage.mei.send(stage.group, "I am Mei")
    stage.anna.send(stage.group, "hello")
    await stage.settled()
    stage.anna.send(stage.group, "/warn @mei spam")
    await stage.see(stage.group, "#1")


def spoken(stage: Stage) -> list[Message]:
    return [m for m in stage.telegram.messages(stage.group) if m.author == stage.bot.id]


LINES = ("/audit", "/audit @mei", "/approvals", "/outbox", "/warns @mei", "/member @mei", "/announce list", "/unwarn")


@pytest.mark.parametrize("line", LINES)
async def test_an_answer_for_managers_comes_in_private_with_a_line_in_the_group(any_stage: Stage, line: str) -> None:
    stage = any_stage
    await warned(stage)
    before, mine = len(spoken(stage)), len(stage.telegram.messages(stage.anna))
    stage.anna.send(stage.group, line)
    await stage.settled()
    (lead,) = spoken(stage)[before:]
    assert "Mei" not in said(lead)
    assert len(said(lead)) < 60
    assert lead.labels() == []
    assert len(stage.telegram.messages(stage.anna)) == mine + 1


async def test_who_cannot_be_reached_reads_it_in_the_managers_chat_or_in_the_group(stage: Stage) -> None:
    ben = stage.ben
    await warned(stage)
    stage.anna.send(stage.group, "/role grant @ben manager")
    await stage.settled()
    ben.send(stage.group, "/audit")
    await stage.see(stage.group, "everybody here can read this", "@qunguan_bot")
    await stage.see(stage.group, "Audit log", "Anna warned Mei")
    managers = stage.group_of("Helpers", stage.anna, ben)
    for person in (stage.anna, ben):
        person.send(managers, "hello")
    await stage.settled()
    stage.anna.send(managers, "/managerschat")
    await stage.tap(stage.anna, await stage.see(managers, "Which group"), "Hikers")
    await stage.settled()
    ben.send(stage.group, "/warns @mei")
    await stage.see(stage.group, "I have sent it to the managers' chat.")
    await stage.see(managers, "Warnings of Mei", "spam")
    ben.send(managers, "/warns @mei")
    await stage.settled()
    assert len([m for m in stage.telegram.messages(managers) if "Warnings of Mei" in said(m)]) == 2


def block_unnoticed(stage: Stage, who: Actor) -> None:
    """Let somebody have blocked the bot without its having heard of it."""
    stage.telegram.private(who).blocked = True


def lost(stage: Stage, name: str) -> list[Message]:
    return [m for m in spoken(stage) if said(m).startswith((f"{name}, I could not write", f"{name}，我没法私聊你"))]


@pytest.mark.parametrize("line", [*LINES, "/announce edit 1", "/digest now"])
async def test_who_blocked_the_bot_unnoticed_is_told_where_they_asked(stage: Stage, line: str) -> None:
    await warned(stage)
    stage.anna.send(stage.group, "/announce draft Hello there")
    stage.anna.send(stage.group, "/digest managers")
    await stage.settled()
    block_unnoticed(stage, stage.anna)
    asked = stage.anna.send(stage.group, line)
    await stage.settled()
    (told,) = lost(stage, "Anna")
    assert told.reply_to == asked.message_id
    assert told.labels() == ["Open a private chat"]

    # From now on it is known, and nothing is sent in vain.
    stage.anna.send(stage.group, "/audit")
    await stage.see(stage.group, "everybody here can read this")
    await stage.settled()
    assert len(lost(stage, "Anna")) == 1

    # Who opens the chat again is answered there again.
    stage.anna.unblock(stage.bot)
    await stage.settled()
    before = len(spoken(stage))
    stage.anna.send(stage.group, "/approvals")
    await stage.see(stage.anna, "Nothing waits for a decision")
    assert len(spoken(stage)) == before + 1


async def test_who_taps_and_has_blocked_the_bot_is_told_by_name(any_stage: Stage) -> None:
    stage, ben = any_stage, any_stage.ben
    ben.send(stage.group, "hello")
    await stage.settled()
    stage.anna.send(stage.group, "/role grant @ben manager")
    for number in range(12):
        stage.anna.send(stage.group, f"/label Walkers {number}")
    await stage.settled()
    ben.send(stage.group, "/audit")
    await stage.settled()
    listed = spoken(stage)[-1]
    ben.start(stage.bot)
    await stage.settled()
    block_unnoticed(stage, ben)
    assert await stage.tap(ben, listed, listed.labels()[-1])
    await stage.settled()
    (told,) = lost(stage, "Ben")
    assert told.reply_to == listed.message_id


async def test_a_form_whose_question_could_not_be_delivered_is_closed(stage: Stage) -> None:
    await warned(stage)
    stage.anna.send(stage.group, "/announce draft Hello there")
    await stage.settled()
    block_unnoticed(stage, stage.anna)
    stage.anna.send(stage.group, "/announce edit 1")
    await stage.until(lambda: lost(stage, "Anna") or None)
    stage.anna.unblock(stage.bot)
    await stage.settled()
    stage.anna.send(stage.bot, "Hello everybody")
    await stage.see(stage.anna, "I am not waiting for an answer")


async def test_a_page_that_stands_in_the_group_is_turned_where_managers_read(stage: Stage) -> None:
    ben = stage.ben
    ben.send(stage.group, "hello")
    await stage.settled()
    stage.anna.send(stage.group, "/role grant @ben manager")
    for number in range(12):
        stage.anna.send(stage.group, f"/label Walkers {number}")
    await stage.settled()
    ben.send(stage.group, "/audit")
    listed = await stage.see(stage.group, "Audit log")
    ben.start(stage.bot)
    await stage.settled()
    before = said(listed)
    assert await stage.tap(ben, listed, "Older") == "I have sent it to you in private."
    await stage.see(ben, "Audit log")
    assert said(listed) == before


async def test_a_name_and_part_of_an_action_narrow_the_log_down(stage: Stage) -> None:
    anna = stage.anna
    await warned(stage)
    anna.send(stage.group, "/label Walkers")
    await stage.settled()
    for line in ("/audit mei", "/audit warn", "/audit case"):
        anna.send(stage.bot, line)
        found = await stage.see(anna, f"Audit log: {line.split()[1]}", "Anna warned Mei")
        assert "Walkers" not in said(found)
    anna.send(stage.bot, "/audit label")
    await stage.see(anna, "Audit log: label", "Walkers")
    anna.send(stage.bot, "/audit gibberish")
    await stage.see(anna, "“gibberish” is neither a person nor an action", "These are recorded:", "case", "event")


async def test_a_chinese_word_narrows_the_log_down(zh_stage: Stage) -> None:
    await warned(zh_stage)
    zh_stage.anna.send(zh_stage.bot, "/audit 警告")
    assert "Mei" in said(await zh_stage.see(zh_stage.anna, "警告", "spam"))


async def test_a_time_that_never_is_has_its_own_answer(stage: Stage) -> None:
    anna = stage.anna
    anna.send(stage.group, "/announce at 31 Feb 9:00 | Hello")
    await stage.see(stage.group, "“31 Feb 9:00”: there is no such day.")
    anna.send(stage.group, "/announce at 明天25点 | Hello")
    await stage.see(stage.group, "“明天25点”: there is no such hour.")

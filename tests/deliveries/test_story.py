"""A message may or may not have arrived, or Telegram refuses it: managers see it, decide, and nothing is said twice."""

from __future__ import annotations

import pytest

from bot.sandbox.telegram.model import Message
from tests.journeys.stage import Stage, said

LOST = "reset"
"""The connection breaks before Telegram has acted; the bot cannot know."""
UNHEARD = "timeout_after"
"""Telegram acts, and its answer never comes."""


async def lose(stage: Stage, line: str = "/members", kind: str = LOST) -> Message:
    """Let the answer to a command in the group be of open fate, and return what the owner is shown of it."""
    stage.telegram.faults.add("sendMessage", kind, chat_id=stage.group.id)
    stage.anna.send(stage.group, line)
    return await stage.see(stage.anna, "lost the connection", "Hikers", patience=30)


def answers(stage: Stage) -> list[Message]:
    return [message for message in stage.telegram.messages(stage.group) if message.author == stage.bot.id]


async def test_what_did_not_arrive_is_sent_again_by_a_tap(stage: Stage) -> None:
    notice = await lose(stage)
    await stage.settled()
    before = answers(stage)

    await stage.tap(stage.anna, notice, "send again")
    await stage.until(lambda: "Sending again" in said(notice))
    await stage.settled()

    (sent,) = answers(stage)[len(before) :]
    assert "members" in said(sent)
    assert notice.labels() == []


async def test_what_did_arrive_is_left_as_it_is(stage: Stage) -> None:
    before = len(answers(stage))
    notice = await lose(stage, kind=UNHEARD)
    await stage.tap(stage.anna, notice, "It is there")
    await stage.until(lambda: "Nothing is sent again" in said(notice))
    await stage.settled()

    assert len(answers(stage)) == before + 1


async def test_it_is_decided_once(stage: Stage) -> None:
    notice = await lose(stage)
    before = len(answers(stage))
    first, second = stage.anna.tap(notice, "send again"), stage.anna.tap(notice, "send again")

    await stage.telegram.answer_to(first, 10)
    answer = await stage.telegram.answer_to(second, 10)
    await stage.settled()

    assert "settled" in str(answer.get("text"))
    assert len(answers(stage)) == before + 1


async def test_the_list_shows_what_needs_somebody_and_serves_to_decide(stage: Stage) -> None:
    await lose(stage)
    await lose(stage, "/roles")
    await stage.settled()
    stage.anna.send(stage.bot, "/outbox")
    listed = await stage.see(stage.anna, "Deliveries", "2 messages need you", "1. ", "2. ")
    assert listed.labels() == [
        "1: It is there",
        "1: Not there: send again",
        "2: It is there",
        "2: Not there: send again",
    ]

    await stage.tap(stage.anna, listed, "2: It is there")
    await stage.settled()
    stage.anna.send(stage.bot, "/outbox")
    await stage.see(stage.anna, "Deliveries", "1 message needs you")


async def test_a_long_list_is_counted_whole_and_shown_page_by_page(stage: Stage) -> None:
    stage.telegram.faults.add("sendMessage", "403", 61, chat_id=stage.group.id, description="Forbidden: slow mode")
    for _ in range(61):
        stage.mei.send(stage.group, "/members")
    await stage.settled()
    stage.anna.send(stage.bot, "/outbox")
    listed = await stage.see(stage.anna, "Deliveries", "61 messages need you", "1. ", "5. ")
    assert listed.labels()[-3:] == ["1/13", "»", "13"]

    await stage.telegram.answer_to(stage.anna.tap(listed, "13"), 10)
    await stage.until(lambda: "61. " in said(listed))
    assert listed.labels() == ["61: It is there", "61: Not there: send again", "1", "«", "13/13"]
    await stage.tap(stage.anna, listed, "61: It is there")
    await stage.settled()
    stage.anna.send(stage.bot, "/outbox")
    again = await stage.see(stage.anna, "Deliveries", "60 messages need you")
    assert again.labels()[-3:] == ["1/12", "»", "12"]


async def test_asked_for_in_the_group_the_list_comes_where_managers_read(stage: Stage) -> None:
    await lose(stage)
    stage.anna.send(stage.group, "/outbox")
    await stage.see(stage.group, "I have sent it to you in private.")
    listed = await stage.see(stage.anna, "Deliveries", "1 message needs you")
    assert stage.find(stage.group, "Deliveries") is None
    await stage.tap(stage.anna, listed, "1: It is there")
    await stage.until(lambda: "Nothing is sent again" in said(listed))


async def test_with_nothing_open_the_list_says_so(stage: Stage) -> None:
    stage.anna.send(stage.bot, "/outbox")

    await stage.see(stage.anna, "Deliveries in Hikers", "Everything has arrived")


async def test_members_do_not_see_the_list_and_cannot_decide(stage: Stage) -> None:
    stage.mei.start(stage.bot)
    stage.mei.send(stage.bot, "/outbox")
    await stage.settled()
    assert stage.find(stage.mei, "Deliveries") is None

    notice = await lose(stage)
    stage.ben.send(stage.group, "/outbox")
    await stage.see(stage.group, "everybody here can read this")
    listed = await stage.see(stage.group, "Deliveries")
    assert await stage.tap(stage.mei, listed, "send again")
    await stage.settled()
    assert "lost the connection" in said(notice)


async def test_what_a_restart_leaves_open_is_shown_as_well(stage: Stage) -> None:
    stage.telegram.faults.add("sendMessage", UNHEARD, chat_id=stage.group.id)
    stage.anna.send(stage.group, "/members")
    await stage.until(lambda: not stage.telegram.faults.waiting)

    await stage.restart()

    notice = await stage.see(stage.anna, "lost the connection", "Hikers")
    await stage.tap(stage.anna, notice, "It is there")
    await stage.until(lambda: "Nothing is sent again" in said(notice))


async def test_a_private_message_of_open_fate_is_asked_of_the_person(stage: Stage) -> None:
    sam = stage.person("Sam", started=True)
    await stage.settled()
    stage.telegram.faults.add("sendMessage", LOST, chat_id=sam.id)
    sam.send(stage.bot, "/start")
    notice = await stage.see(sam, "lost the connection")

    await stage.tap(sam, notice, "send again")

    await stage.see(sam, "Qunguan", "/menu")
    await stage.until(lambda: "Sending again" in said(notice))


async def test_a_notice_of_open_fate_makes_no_further_notice(stage: Stage) -> None:
    stage.telegram.faults.add("sendMessage", LOST, chat_id=stage.anna.id)
    stage.telegram.faults.add("sendMessage", LOST, chat_id=stage.group.id)
    stage.anna.send(stage.group, "/members")
    await stage.settled()

    assert len([m for m in stage.telegram.messages(stage.anna) if "lost the connection" in said(m)]) <= 1
    stage.anna.send(stage.bot, "/outbox")
    await stage.see(stage.anna, "Deliveries", "1 message needs you")


async def test_a_refused_right_is_told_to_the_owner_once_a_day(stage: Stage) -> None:
    reason = "Bad Request: not enough rights to send text messages to the chat"

    async def refused() -> int:
        stage.telegram.faults.add("sendMessage", "400", chat_id=stage.group.id, description=reason)
        stage.anna.send(stage.group, "/members")
        await stage.settled()
        return len([m for m in stage.telegram.messages(stage.anna) if "did not let me act" in said(m)])

    assert await refused() == 1
    assert await refused() == 1
    await stage.advance(hours=25)
    assert await refused() == 2
    assert stage.find(stage.anna, "did not let me act", "ot enough rights", "Hikers")


LOSSES = pytest.mark.parametrize(
    ("kind", "reason"),
    [("400", "Bad Request: chat not found"), ("403", "Forbidden: bot was kicked from the supergroup chat")],
)


async def lose_group(stage: Stage, kind: str, reason: str) -> None:
    """Let Telegram refuse one answer as if the bot were out of the group."""
    stage.telegram.faults.add("sendMessage", kind, chat_id=stage.group.id, description=reason)
    stage.anna.send(stage.group, "/members")
    await stage.see(stage.anna, "can no longer write", "Hikers", reason.partition(": ")[2][1:])
    await stage.settled()


async def means_the_group(stage: Stage) -> bool:
    """Say whether a private command still finds the group."""
    stage.anna.send(stage.bot, "/digest")
    await stage.settled()
    answer = [m for m in stage.telegram.messages(stage.anna) if m.author == stage.bot.id][-1]
    return "Hikers" in said(answer)


@LOSSES
async def test_a_group_taken_for_lost_is_told_to_its_owner_and_goes_on_when_somebody_writes(
    stage: Stage, kind: str, reason: str
) -> None:
    await lose_group(stage, kind, reason)
    assert not await means_the_group(stage)

    stage.mei.send(stage.group, "is anybody here?")
    await stage.settled()

    assert await means_the_group(stage)
    stage.anna.send(stage.group, "/digest 11:00")
    await stage.settled()
    await stage.advance(hours=1)
    await stage.see(stage.group, "Hikers", "11:00")
    told = [m for m in stage.telegram.messages(stage.anna) if "can no longer write" in said(m)]
    assert len(told) == 1


async def test_a_message_that_arrives_after_all_shows_that_the_group_is_not_lost(stage: Stage) -> None:
    stage.telegram.faults.add("sendMessage", "400", chat_id=stage.group.id, description="Bad Request: chat not found")
    stage.anna.send(stage.group, "/members")
    stage.ben.send(stage.group, "/members")
    await stage.see(stage.group, "members")
    await stage.settled()

    assert await means_the_group(stage)


async def test_a_bot_that_is_thrown_out_is_told_of_once(stage: Stage) -> None:
    await lose_group(stage, "403", "Forbidden: bot was kicked from the supergroup chat")
    stage.telegram.set_bot_status(stage.group, stage.bot, "kicked")
    await stage.settled()
    assert stage.find(stage.anna, "no longer in") is None
    assert not await means_the_group(stage)

    stage.telegram.set_bot_status(stage.group, stage.bot, "member")
    await stage.settled()
    assert await means_the_group(stage)


async def test_it_is_told_in_the_readers_language(zh_stage: Stage) -> None:
    stage = zh_stage
    stage.telegram.faults.add("sendMessage", LOST, chat_id=stage.group.id)
    stage.anna.send(stage.group, "/members")

    notice = await stage.see(stage.anna, "Hikers", "断线")

    assert not any(label.isascii() for label in notice.labels())


async def test_the_digest_goes_on_after_a_day_of_silence(stage: Stage) -> None:
    stage.anna.send(stage.group, "/digest group")
    await stage.settled()
    await stage.advance(days=1)
    await stage.see(stage.group, "📊", "Hikers")
    await lose_group(stage, "400", "Bad Request: chat not found")
    before = len([message for message in answers(stage) if "📊" in said(message)])
    await stage.advance(days=2)
    assert len([message for message in answers(stage) if "📊" in said(message)]) == before

    stage.mei.send(stage.group, "is anybody here?")
    await stage.settled()
    await stage.advance(days=1)

    assert len([message for message in answers(stage) if "📊" in said(message)]) == before + 1

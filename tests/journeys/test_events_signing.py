"""Signing up in words, on behalf of others, with questions, with tags, in private, after missed events.

The stories that run in both languages look only at names, numbers and signs; what is said stands in those in English.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from tests.journeys.stage import Stage, said

if TYPE_CHECKING:
    from bot.sandbox.telegram import Actor
    from bot.sandbox.telegram.model import Chat, Message

GUEST_NAME = "What is the name of your guest?"
BARRED = "Only for people with the member tag {tags}. A new tag counts once you have written in the group."
HIKE = "/event create Hike 徒步 | 2027-03-13 09:00 | 3 seats | +1"


async def in_words(stage: Stage, line: str = HIKE) -> Message:
    """Plan an event in a group that signs up in words; return its card."""
    stage.anna.send(stage.group, "/event settings words on")
    return await stage.plan(stage.anna, line)


def from_bot(stage: Stage, where: Chat | Actor, since: Message) -> list[Message]:
    """Return what the bot has said in a chat after a message."""
    found = stage.telegram.messages(where)
    return [m for m in found if m.message_id > since.message_id and m.author == stage.bot.id]


async def write(stage: Stage, who: Actor, words: str, answer_to: Message) -> Message:
    """Answer a message in the group, and wait until the bot is done."""
    sent = who.send(stage.group, words, reply_to=answer_to)
    await stage.settled()
    return sent


# In words


async def test_words_count_like_taps_and_are_answered_by_one_message(any_stage: Stage) -> None:
    stage = any_stage
    card = await in_words(stage)
    await write(stage, stage.mei, "报名", card)
    roll = from_bot(stage, stage.group, card)[-1]
    assert "✓ Mei" in said(roll)
    await write(stage, stage.carl, "+2", card)
    await write(stage, stage.ben, "join!", card)
    assert "✓ Carl +1" in said(roll)
    assert "⏳ Ben" in said(roll)
    assert "1" in said(roll).split("⏳ Ben")[1]
    assert from_bot(stage, stage.group, card) == [roll]
    await write(stage, stage.mei, "不去了", card)
    assert "Mei" in said(roll)
    assert "✓ Mei" not in said(roll)
    assert "Mei" not in said(card)
    await write(stage, stage.mei, "待定", card)
    assert said(roll).count("Mei") == 1
    assert "🎟" in said(from_bot(stage, stage.group, roll)[-1])


async def test_plus_two_is_two_in_all_and_minus_one_a_guest_less(stage: Stage) -> None:
    card = await in_words(stage, "/event create Dinner | 2027-03-13 19:00 | 4 seats | +2")
    for words, shown in (
        ("+1", "1. Mei\n"),
        ("+3", "1. Mei +2"),
        ("+2", "1. Mei +1"),
        ("+2", "1. Mei +1"),
        ("-1", "1. Mei\n"),
        ("带2人", "1. Mei +2"),
    ):
        await write(stage, stage.mei, words, card)
        assert shown in said(card) + "\n", words
    await write(stage, stage.carl, "+2", card)
    assert "number 1 on the waiting list" in said(from_bot(stage, stage.group, card)[-1])
    await write(stage, stage.mei, "+4", card)
    assert "Mei: at most 2 guests each, so nothing was changed." in said(from_bot(stage, stage.group, card)[-1])
    await write(stage, stage.ben, "+9", card)
    assert "Ben: at most 2 guests each" in said(from_bot(stage, stage.group, card)[-1])
    assert "Ben" not in said(card)
    await write(stage, stage.mei, "-1", card)
    await write(stage, stage.mei, "-1", card)
    await write(stage, stage.mei, "-1", card)
    assert "Mei" not in said(card)


async def test_an_offered_seat_is_accepted_in_words(stage: Stage) -> None:
    card = await in_words(stage, "/event create Walk | 2027-03-13 09:00 | 1 seat")
    await write(stage, stage.mei, "in", card)
    await write(stage, stage.carl, "in", card)
    await write(stage, stage.mei, "can't come", card)
    await stage.see(stage.group, "🎟", "Carl")
    await write(stage, stage.carl, "+1", card)
    await stage.settled()
    assert "1 of 1 seat taken, 0 left" in said(card)
    assert "offered" not in said(card)


async def test_other_talk_other_messages_and_edits_count_for_nothing(stage: Stage) -> None:
    card = await in_words(stage)
    question = await write(stage, stage.mei, "Who has a car?", card)
    await write(stage, stage.carl, "+1", question)
    help_page = stage.mei.send(stage.group, "/help")
    await stage.settled()
    await write(stage, stage.carl, "join", from_bot(stage, stage.group, help_page)[-1])
    await write(stage, stage.carl, "I would join, but not so early", card)
    await write(stage, stage.carl, "报名了吗？", card)
    stage.carl.send(stage.group, "+1")
    stage.mei.edit(question, "+1")
    stage.ben.send(stage.group, "+1", reply_to=card, as_chat=stage.telegram.add_channel("News", stage.ben))
    await stage.settled()
    assert "0 of 3 seats taken" in said(card)
    assert len(from_bot(stage, stage.group, card)) == 1


async def test_nothing_is_read_where_the_group_has_not_turned_it_on(stage: Stage) -> None:
    card = await stage.plan(stage.anna, HIKE)
    await write(stage, stage.mei, "+1", card)
    assert "0 of 3 seats taken" in said(card)
    assert from_bot(stage, stage.group, card) == []


async def test_a_reason_that_is_ones_own_is_told_in_private(stage: Stage) -> None:
    stage.mei.start(stage.bot)
    stage.anna.send(stage.group, "/event settings most 1")
    first = await in_words(stage)
    second = await stage.plan(stage.anna, "/event create Walk | 2027-03-14 09:00 | 3 seats")
    await write(stage, stage.mei, "+1", first)
    await write(stage, stage.mei, "+1", second)
    assert "Mei: not possible now. Tap Join on the card to see why." in said(from_bot(stage, stage.group, second)[-1])
    await stage.see(stage.mei, "You are on 1 coming event already")
    assert "You are on 1 coming event already" in await stage.tap(stage.mei, second, "Join")
    await write(stage, stage.mei, "out", first)
    await write(stage, stage.mei, "+1", second)
    assert "1. Mei" in said(second)


async def test_closed_and_past_sign_ups_say_so_and_anonymous_writers_are_told(stage: Stage) -> None:
    card = await in_words(stage)
    await write(stage, stage.mei, "+1", card)
    stage.anna.send(stage.group, "+1", reply_to=card, anonymous=True)
    await stage.see(stage.group, "does not show me who writes in the group’s name")
    stage.anna.send(stage.group, "/event close 1")
    await stage.settled()
    await write(stage, stage.carl, "+1", card)
    await stage.see(stage.group, "Carl: sign-up is closed, so nothing was changed.")
    await stage.advance(days=3)
    await write(stage, stage.carl, "+1", card)
    await stage.see(stage.group, "Carl: sign-up is closed")
    assert "Carl" not in said(card)


async def test_thirty_who_write_at_once_cost_the_group_two_messages(stage: Stage) -> None:
    card = await in_words(stage, "/event create Picnic | 2027-03-13 12:00 | 25 seats")
    people = [stage.person(f"P{number}") for number in range(30)]
    for one in people:
        one.join(stage.group)
    await stage.settled()
    last = stage.telegram.messages(stage.group)[-1]
    for one in people:
        one.send(stage.group, "+1", reply_to=card)
    await stage.settled()
    answers = from_bot(stage, stage.group, last)
    assert len(answers) == 2
    assert sum(said(one).count("✓ P") for one in answers) == 25
    assert sum(said(one).count("⏳ P") for one in answers) == 5
    assert "25 of 25 seats taken, 0 left · 5 on the waiting list" in said(card)


async def test_old_answers_are_not_said_again_where_a_group_moves_to(stage: Stage) -> None:
    chat = stage.group_of("Readers", stage.anna, stage.mei, supergroup=False)
    await stage.settled()
    stage.anna.send(chat, "/event settings words on")
    card = await stage.plan(stage.anna, HIKE, chat)
    stage.mei.send(chat, "+1", reply_to=card)
    await stage.see(chat, "✓ Mei: in.")
    await stage.advance(hours=1)
    moved = stage.telegram.migrate(chat)
    await stage.see(moved, "1. Mei")
    await stage.settled()
    assert stage.find(moved, "✓ Mei: in.") is None


async def test_a_later_word_gets_a_message_where_people_look(stage: Stage) -> None:
    card = await in_words(stage)
    await write(stage, stage.mei, "+1", card)
    first = from_bot(stage, stage.group, card)[-1]
    await stage.advance(minutes=11)
    await write(stage, stage.carl, "+1", card)
    second = from_bot(stage, stage.group, card)[-1]
    assert second is not first
    assert "Mei" not in said(second)


# In private


async def test_who_only_talks_in_private_finds_everything_there(any_stage: Stage) -> None:
    stage = any_stage
    await in_words(stage)
    stage.carl.send(stage.group, "Hello")
    stage.carl.start(stage.bot)
    await stage.settled()
    stage.carl.send(stage.bot, "/event")
    listed = await stage.see(stage.carl, "#1 Hike 徒步", "👥")
    await stage.tap(stage.carl, listed, "Hike 徒步")
    await stage.settled()
    card = stage.telegram.messages(stage.carl)[-1]
    assert "🗓" in said(card)
    assert await stage.tap(stage.carl, card, card.labels()[0])
    await stage.settled()
    assert "1. Carl" in said(card)
    stage.carl.send(stage.bot, "退出", reply_to=card)
    await stage.settled()
    assert "1. Carl" not in said(card)
    stage.carl.send(stage.bot, "+2", reply_to=card)
    await stage.settled()
    assert "1. Carl +1" in said(card)


async def test_a_stranger_cannot_sign_up_in_private(stage: Stage) -> None:
    card = await in_words(stage)
    zoe = stage.person("Zoe", started=True)
    zoe.send(stage.bot, "/event")
    await stage.settled()
    assert stage.find(zoe, "Hike") is None
    stage.mei.start(stage.bot)
    stage.mei.send(stage.group, "Hello")
    stage.mei.send(stage.bot, "/event show 1")
    await stage.settled()
    there = stage.telegram.messages(stage.mei)[-1]
    stage.mei.leave(stage.group)
    await stage.settled()
    stage.mei.send(stage.bot, "+1", reply_to=there)
    await stage.settled()
    assert "Mei" not in said(card)


# On behalf


async def test_organisers_sign_others_up_with_and_without_telegram(any_stage: Stage) -> None:
    stage = any_stage
    stage.mei.start(stage.bot)
    card = await stage.plan(stage.anna, "/event create Hike 徒步 | 2027-03-13 09:00 | 5 seats | +1")
    for who in (stage.mei, stage.carl, stage.ben):
        who.send(stage.group, "Hello")
    await stage.settled()
    stage.anna.send(stage.group, "/event add 1 @mei, Grandma Wang +1、王奶奶")
    await stage.settled()
    answer = from_bot(stage, stage.group, card)[-1]
    for line in ("✓ Mei", "✓ Grandma Wang +1", "✓ 王奶奶"):
        assert line in said(answer)
    for name in ("Mei", "Grandma Wang +1", "王奶奶"):
        assert name in said(card)
    await stage.see(stage.mei, "#1 Hike 徒步")
    stage.anna.send(stage.group, f"/event 添加 1 {stage.carl.id}")
    await stage.settled()
    assert "Carl" in said(card)
    hello = stage.ben.send(stage.group, "Me too")
    stage.anna.send(stage.group, "/event add 1", reply_to=hello)
    await stage.settled()
    assert "⏳ Ben" in said(from_bot(stage, stage.group, hello)[-1])
    stage.anna.send(stage.group, "/event remove 1 王奶奶, @mei")
    await stage.settled()
    assert "王奶奶" not in said(card)
    assert "Mei" not in said(card)
    assert len(stage.telegram.messages(stage.mei)) >= 2


async def test_a_mention_without_an_at_name_and_guests(stage: Stage) -> None:
    card = await stage.plan(stage.anna, HIKE)
    line = "/event add 1 Carl +1"
    mention = {
        "type": "text_mention",
        "offset": 13,
        "length": 4,
        "user": {"id": stage.carl.id, "is_bot": False, "first_name": "Carl"},
    }
    stage.anna.send(stage.group, line, entities=[{"type": "bot_command", "offset": 0, "length": 6}, mention])
    await stage.see(stage.group, "✓ Carl +1: in")
    await stage.settled()
    async with stage.app.database.read() as tx:  # type: ignore[union-attr]
        ids = [row.user_id for row in await tx.execute(text("SELECT user_id FROM events_signups"))]
    assert ids == [stage.carl.id]
    assert "1. Carl +1" in said(card)


async def test_a_plain_name_that_is_a_members_is_asked_back(stage: Stage) -> None:
    card = await stage.plan(stage.anna, HIKE)
    for who in (stage.mei, stage.carl):
        who.send(stage.group, "Hello")
    await stage.settled()
    stage.anna.send(stage.group, "/event add 1 Mei +1, Uncle Li, Carl")
    await stage.see(stage.group, "✓ Uncle Li: in.")
    asked = await stage.see(stage.group, "Who is meant by “Mei”?")
    assert asked.labels()[:2] == ["Mei (@mei)", "Somebody without Telegram"]
    await stage.tap(stage.anna, asked, "Mei (@mei)")
    await stage.see(stage.group, "✓ Mei +1: in.")
    asked = await stage.see(stage.group, "Who is meant by “Carl”?")
    await stage.tap(stage.anna, asked, "without Telegram")
    await stage.see(stage.group, "⏳ Carl: number 1 on the waiting list.")
    await stage.settled()
    assert "1. Uncle Li" in said(card)
    assert "2. Mei +1" in said(card)


async def test_two_of_one_name_are_asked_back_before_one_is_taken_off(stage: Stage) -> None:
    card = await stage.plan(stage.anna, HIKE)
    stage.anna.send(stage.group, "/event add 1 Li +1")
    stage.anna.send(stage.group, "/event add 1 Li")
    await stage.settled()
    stage.anna.send(stage.group, "/event remove 1 li")
    asked = await stage.see(stage.group, "Who is meant by “li”?")
    assert asked.labels()[:3] == ["1. Li +1 (without Telegram)", "2. Li (without Telegram)", "Nobody of these"]
    await stage.tap(stage.anna, asked, "2. Li")
    await stage.see(stage.group, "taken off the list: Li.")
    await stage.settled()
    assert "2 of 3 seats taken" in said(card)
    stage.anna.send(stage.group, "/event remove 1 Nobody Known")
    await stage.see(stage.group, "Nobody called Nobody Known is on the list")


async def test_people_are_put_on_and_taken_off_by_buttons(stage: Stage) -> None:
    card = await stage.plan(stage.anna, HIKE)
    stage.anna.send(stage.bot, "/event 1")
    panel = await stage.until(lambda: _with_label(stage, stage.anna, "➕ Add people"))
    await stage.tap(stage.anna, panel, "➕ Add people")
    await stage.see(stage.anna, "Who shall be put on the list of #1 Hike")
    stage.anna.send(stage.bot, "Grandma Wang +1; Uncle Li")
    await stage.see(stage.anna, "✓ Grandma Wang +1: in.", "✓ Uncle Li: in.")
    await stage.settled()
    assert "3 of 3 seats taken" in said(card)
    await stage.tap(stage.anna, panel, "➖ Take off")
    await stage.settled()
    await stage.tap(stage.anna, panel, "1. Grandma Wang +1")
    await stage.settled()
    assert "Take Grandma Wang off the list" in said(panel)
    await stage.tap(stage.anna, panel, "Yes")
    await stage.settled()
    assert "taken off the list: Grandma Wang." in said(panel)
    assert panel.labels()[0] == "1. Uncle Li (without Telegram)"
    assert "1 of 3 seats taken" in said(card)


def _with_label(stage: Stage, where: Chat | Actor, label: str) -> Message | None:
    found = (m for m in reversed(stage.telegram.messages(where)) if label in m.labels())
    return next(found, None)


async def test_the_end_of_the_sign_up_does_not_stop_an_organiser_but_the_end_of_the_event_does(stage: Stage) -> None:
    card = await stage.plan(stage.anna, "/event create Hike | 2027-03-13 09:00 | 3 seats | until 2027-03-11 09:00")
    await stage.advance(days=2)
    assert "closed" in await stage.tap(stage.mei, card, "Maybe") if "Maybe" in card.labels() else True
    stage.anna.send(stage.group, "/event add 1 Uncle Li")
    await stage.see(stage.group, "✓ Uncle Li: in.")
    await stage.advance(days=2)
    stage.anna.send(stage.group, "/event add 1 Aunt Li")
    await stage.see(stage.group, "has begun already")
    assert "Aunt Li" not in said(card)


# Questions

ASKING = "/event create Hike 徒步 | 2027-03-13 09:00 | 3 seats | Diet 饮食? all 不限 / veggie 素食 | Bus stop 上车点?"


async def test_the_seat_is_taken_at_once_and_the_questions_follow_in_private(any_stage: Stage) -> None:
    stage = any_stage
    stage.mei.start(stage.bot)
    card = await stage.plan(stage.anna, ASKING)
    await stage.tap(stage.mei, card, card.labels()[0])
    await stage.settled()
    assert "1. Mei" in said(card)
    asked = await stage.see(stage.mei, "#1 Hike 徒步", "Diet 饮食?")
    await stage.tap(stage.mei, asked, "veggie 素食")
    await stage.see(stage.mei, "Bus stop 上车点?")
    # Nobody has ever seen Mei write in the group: her tap there has shown that she is in it.
    stage.mei.send(stage.bot, "Old Fort 古堡")
    await stage.settled()
    stage.anna.send(stage.bot, "/event answers 1")
    table = await stage.see(stage.anna, "💬", "veggie 素食", "Mei", "veggie 素食 / Old Fort 古堡")
    assert "all 不限" in said(table)
    last = stage.telegram.messages(stage.mei)[-1]
    await stage.tap(stage.mei, card, card.labels()[2])
    await stage.tap(stage.mei, card, card.labels()[0])
    await stage.settled()
    assert from_bot(stage, stage.mei, last) == []


async def test_who_cannot_be_reached_is_asked_in_the_group_and_only_they_can_answer(either_stage: Stage) -> None:
    stage = either_stage
    card = await stage.plan(stage.anna, ASKING)
    answer = await stage.tap(stage.carl, card, card.labels()[0])
    assert stage.words("Please answer my question here in the group.") in answer
    asked = await stage.see(stage.group, "Diet 饮食?", "Carl")
    not_theirs = await stage.tap(stage.ben, asked, "veggie")
    assert not_theirs == stage.words("Only the person who was asked can answer here.")
    stage.carl.send(stage.group, "meat 肉", reply_to=asked)
    both = {"en": "all 不限 and veggie 素食", "zh_Hans": "all 不限和veggie 素食"}[stage.locale]
    await stage.see(stage.group, stage.words("Please choose one of these: {choices}.", choices=both))
    stage.carl.send(stage.group, "2", reply_to=asked)
    await stage.see(stage.group, "Bus stop 上车点?")
    stage.carl.send(stage.group, "Town hall 市政厅", reply_to=asked)
    await stage.see(stage.group, "Town hall 市政厅")
    stage.anna.send(stage.bot, "/event answers 1")
    await stage.see(stage.anna, "Carl", "veggie 素食 / Town hall 市政厅")


async def test_a_form_one_is_in_the_middle_of_is_not_lost(stage: Stage) -> None:
    card = await stage.plan(stage.anna, ASKING)
    stage.anna.send(stage.bot, "/event create")
    await stage.see(stage.anna, "What is the event called")
    assert "private chat" in await stage.tap(stage.anna, card, "Join")
    waiting = await stage.see(stage.anna, "asks something of those who come")
    stage.anna.send(stage.bot, "Chess evening")
    await stage.settled()
    assert stage.find(stage.anna, "Diet 饮食?") is None
    stage.anna.send(stage.bot, "/cancel")
    await stage.settled()
    await stage.tap(stage.anna, waiting, "Answer")
    await stage.see(stage.anna, "Diet 饮食?")


async def test_answers_are_changed_as_long_as_one_is_on_the_list(stage: Stage) -> None:
    stage.mei.start(stage.bot)
    card = await stage.plan(stage.anna, ASKING)
    stage.mei.send(stage.group, "/event answers 1")
    await stage.see(stage.group, "You are not on the list of #1")
    await stage.tap(stage.mei, card, "Join")
    await stage.tap(stage.mei, await stage.see(stage.mei, "Diet"), "all")
    await stage.see(stage.mei, "Bus stop")
    stage.mei.send(stage.bot, "Town hall")
    await stage.see(stage.mei, "that is noted for #1 Hike")
    stage.mei.send(stage.bot, "/event answers 1")
    asked = await stage.see(stage.mei, "Diet 饮食?", "until now: all 不限")
    await stage.tap(stage.mei, asked, "veggie")
    again = await stage.see(stage.mei, "Bus stop", "until now: Town hall")
    await stage.tap(stage.mei, again, "Town hall")
    await stage.settled()
    stage.anna.send(stage.bot, "/event answers 1")
    await stage.see(stage.anna, "Mei: veggie 素食 / Town hall")
    assert await stage.tap(stage.mei, card, "Can’t come")
    stage.mei.send(stage.bot, "/event answers 1")
    await stage.see(stage.mei, "You are not on the list")


async def test_who_has_not_answered_is_asked_once_more_with_the_first_reminder(any_stage: Stage) -> None:
    stage = any_stage
    stage.mei.start(stage.bot)
    card = await stage.plan(stage.anna, ASKING)
    for who in (stage.mei, stage.carl):
        await stage.tap(who, card, card.labels()[0])
    await stage.settled()
    stage.mei.send(stage.bot, "/cancel")
    await stage.settled()
    before = stage.telegram.messages(stage.mei)[-1]
    # To Friday 10:00 UTC: a day ahead, and past it.
    await stage.advance(days=2)
    (asked,) = [m for m in from_bot(stage, stage.mei, before) if said(m).startswith("💬")]
    await stage.see(stage.group, "💬", "Carl")
    assert "Mei" not in said(await stage.see(stage.group, "💬"))
    await stage.tap(stage.mei, asked, "💬")
    await stage.see(stage.mei, "Diet 饮食?")
    stage.mei.send(stage.bot, "/cancel")
    await stage.advance(hours=21.5)
    assert len([m for m in from_bot(stage, stage.mei, before) if said(m).startswith("💬")]) == 1


async def test_a_question_added_later_is_put_to_those_who_come(stage: Stage) -> None:
    stage.mei.start(stage.bot)
    card = await stage.plan(stage.anna, HIKE)
    await stage.tap(stage.mei, card, "Join")
    stage.anna.send(stage.group, "/event edit 1 ask Diet? all / veggie")
    asked = await stage.see(stage.mei, "asks something of those who come")
    await stage.tap(stage.mei, asked, "Answer")
    await stage.settled()
    await stage.tap(stage.mei, stage.telegram.messages(stage.mei)[-1], "veggie")
    await stage.settled()
    assert "nothing for you to answer" in await stage.tap(stage.mei, asked, "Answer")


async def test_who_is_put_on_the_list_is_asked_too(any_stage: Stage) -> None:
    stage = any_stage
    stage.mei.start(stage.bot)
    stage.mei.send(stage.group, "Hello")
    await stage.plan(stage.anna, ASKING)
    last = stage.telegram.messages(stage.mei)[-1]
    stage.anna.send(stage.group, "/event add 1 @mei, Uncle Li")
    await stage.settled()
    assert len(from_bot(stage, stage.mei, last)) == 2
    (asked,) = [m for m in from_bot(stage, stage.mei, last) if said(m).startswith("💬")]
    await stage.tap(stage.mei, asked, "💬")
    await stage.see(stage.mei, "Diet 饮食?")


async def test_a_tap_in_the_managers_chat_makes_nobody_a_member(stage: Stage) -> None:
    dora = stage.person("Dora")
    chat = stage.group_of("Managers", stage.anna, dora)
    await stage.settled()
    stage.anna.send(chat, "/managerschat")
    await stage.settled()
    await stage.tap(stage.anna, stage.telegram.messages(chat)[-1], "Hikers")
    await stage.plan(stage.anna, HIKE)
    stage.anna.send(chat, "/event show 1")
    await stage.settled()
    card = next(m for m in stage.telegram.messages(chat) if "Join" in m.labels())
    await stage.tap(dora, card, "List")
    await stage.tap(dora, card, "Can’t come")
    await stage.settled()
    async with stage.app.database.read() as tx:  # type: ignore[union-attr]
        query = text("SELECT count(*) FROM members_members WHERE user_id = :who AND group_id = :group")
        group = stage.app.groups.by_chat(stage.group.id)  # type: ignore[union-attr]
        assert group is not None
        assert (await tx.execute(query, {"who": dora.id, "group": group.id})).scalar_one() == 0


async def test_guests_are_named_where_the_organiser_wants_it(either_stage: Stage) -> None:
    stage = either_stage
    named, asks = {"en": "named guests", "zh_Hans": "带人需登记姓名"}[stage.locale], stage.words(GUEST_NAME)
    stage.mei.start(stage.bot)
    card = await stage.plan(stage.anna, f"/event create Dinner 聚餐 | 2027-03-13 19:00 | 9 seats | +2 | {named}")
    assert await stage.tap(stage.mei, card, card.labels()[0])
    await stage.settled()
    assert stage.find(stage.mei, asks) is None
    for name in ("Li Lei 李雷", "Han Mei 韩梅"):
        await stage.tap(stage.mei, card, "+1")
        await stage.settled()
        assert asks in said(stage.telegram.messages(stage.mei)[-1])
        stage.mei.send(stage.bot, name)
        await stage.settled()
    stage.anna.send(stage.bot, "/event answers 1")
    await stage.see(stage.anna, "Mei +2", "Li Lei 李雷", "Han Mei 韩梅")


# Tags, and missed events


async def test_only_people_with_the_tag_come_and_a_new_tag_counts_as_soon_as_they_write(either_stage: Stage) -> None:
    stage, mei, carl = either_stage, either_stage.mei, either_stage.carl
    tags = {"en": "tags Sales, 市场部", "zh_Hans": "限Sales、市场部"}[stage.locale]
    both = {"en": "Sales and 市场部", "zh_Hans": "Sales和市场部"}[stage.locale]
    stage.anna.set_tag(stage.group, mei, "Sales")
    for who in (mei, carl):
        who.send(stage.group, "Hello 大家好")
    card = await stage.plan(stage.anna, f"/event create Dinner 聚餐 | 2027-03-13 19:00 | 9 seats | {tags}")

    async def comes(who: Actor) -> str:
        answer = await stage.tap(who, card, card.labels()[0])
        await stage.settled()
        return answer

    barred = stage.words(BARRED, tags=both)
    assert await comes(mei) != barred
    assert await comes(carl) == barred
    assert ("Mei" in said(card), "Carl" in said(card)) == (True, False)
    stage.anna.set_tag(stage.group, carl, "市场部")
    carl.send(stage.group, "I am in marketing now 我转市场部了")
    await stage.settled()
    assert await comes(carl) != barred
    stage.anna.set_tag(stage.group, mei, None)
    assert await stage.tap(mei, card, card.labels()[2])
    mei.send(stage.group, "I have left sales 我离开销售了")
    await stage.settled()
    assert await comes(mei) == barred
    assert ("Mei" in said(card), "Carl" in said(card)) == (False, True)
    stage.anna.send(stage.group, "/event add 1 @mei")
    await stage.until(lambda: "Mei" in said(card))


async def test_nobody_is_on_more_coming_events_than_the_group_allows(either_stage: Stage) -> None:
    stage, mei = either_stage, either_stage.mei
    line = {"en": "settings most 1", "zh_Hans": "设置 上限 1"}[stage.locale]
    stage.anna.send(stage.group, f"/event {line}")
    await stage.settled()
    first = await stage.plan(stage.anna, "/event create Walk 散步 | 2027-03-12 19:00 | 9 seats")
    second = await stage.plan(stage.anna, "/event create Hike 徒步 | 2027-03-13 09:00 | 9 seats")
    taken = await stage.tap(mei, first, first.labels()[0])
    refused = await stage.tap(mei, second, second.labels()[0])
    assert refused != taken
    assert {"en": "as many as this group allows", "zh_Hans": "本群最多只能报这么多"}[stage.locale] in refused
    await stage.settled()
    assert ("Mei" in said(first), "Mei" in said(second)) == (True, False)
    await stage.tap(mei, first, first.labels()[2])
    await stage.tap(mei, second, second.labels()[0])
    await stage.settled()
    assert ("Mei" in said(first), "Mei" in said(second)) == (False, True)


async def missed(stage: Stage, name: str) -> None:
    """Note that somebody stayed away from what is over."""
    assert stage.app is not None
    async with stage.app.database.write() as tx:
        await tx.execute(text("UPDATE events_signups SET presence = 'absent' WHERE name = :name"), {"name": name})


async def test_who_misses_events_is_suspended_until_they_are_forgiven(any_stage: Stage) -> None:
    stage = any_stage
    stage.anna.send(stage.group, "/event settings suspend 2")
    for day in (11, 12):
        card = await stage.plan(stage.anna, f"/event create Walk {day} 散步 | 2027-03-{day} 20:00 | 5 seats")
        for who in (stage.mei, stage.carl):
            await stage.tap(who, card, card.labels()[0])
    await stage.advance(days=3)
    await missed(stage, "Mei")
    stage.mei.send(stage.group, "Hello")
    card = await stage.plan(stage.anna, "/event create Hike 徒步 | 2027-03-20 09:00 | 5 seats")
    assert "2" in await stage.tap(stage.mei, card, card.labels()[0])
    assert await stage.tap(stage.carl, card, card.labels()[0])
    await stage.settled()
    assert "Mei" not in said(card)
    assert "Carl" in said(card)
    stage.anna.send(stage.bot, "/event pardon")
    listed = await stage.until(lambda: _with_part(stage, stage.anna, "Mei"))
    await stage.tap(stage.anna, listed, "Mei")
    await stage.settled()
    assert await stage.tap(stage.mei, card, card.labels()[0])
    await stage.settled()
    assert "Mei" in said(card)


def _with_part(stage: Stage, where: Chat | Actor, part: str) -> Message | None:
    found = (m for m in reversed(stage.telegram.messages(where)) if any(part in label for label in m.labels()))
    return next(found, None)


async def test_a_suspension_says_until_when_ends_by_itself_and_is_lifted_by_line(stage: Stage) -> None:
    stage.anna.send(stage.group, "/event settings suspend 1")
    walk = await stage.plan(stage.anna, "/event create Walk | 2027-03-11 20:00 | 5 seats")
    for who in (stage.mei, stage.carl):
        await stage.tap(who, walk, "Join")
    await stage.advance(days=2)
    for name in ("Mei", "Carl"):
        await missed(stage, name)
    card = await stage.plan(stage.anna, "/event create Hike | 2027-07-20 09:00 | 5 seats")
    refused = await stage.tap(stage.mei, card, "Join")
    assert refused == (
        "You missed 1 event without leaving the list, so you cannot sign up before Wed, 9 Jun 2027, 20:00."
    )
    stage.anna.send(stage.group, "/event pardon @mei")
    await stage.see(stage.group, "1 missed event of Mei is forgiven", "They can sign up again at once.")
    assert "You are in" in await stage.tap(stage.mei, card, "Join")
    stage.anna.send(stage.group, "/event pardon @mei")
    await stage.see(stage.group, "Mei has missed no event here in the past year.")
    assert "You missed 1 event" in await stage.tap(stage.carl, card, "Join")
    await stage.advance(days=90)
    assert "You are in" in await stage.tap(stage.carl, card, "Join")
    stage.anna.send(stage.bot, "/audit pardoned")
    await stage.see(stage.anna, "Anna forgave Mei the events they missed: 1")


# Settings


async def test_every_setting_is_shown_explained_and_changed_by_buttons(stage: Stage) -> None:
    stage.anna.send(stage.bot, "/event settings")
    page = await stage.see(stage.anna, "Events of this group")
    for shown in ("Sign-up in words: Off", "Freed seats: offered", "Time to accept a seat: 2 hours", "Suspension: Off"):
        assert shown in said(page)
    for label, choice, shown in (
        ("Sign-up in words", "On", "Sign-up in words: On"),
        ("Freed seats", "given at once", "Freed seats: given at once"),
        ("Time to accept", "30 minutes", "Time to accept a seat: 30 minutes"),
        ("Order of the waiting list", "fewest past events", "Order of the waiting list: fewest past events"),
        ("Strict order", "On", "Strict order: On"),
        ("Reminders", "None", "Reminders: None"),
        ("Ask again", "On", "Ask again a day ahead: On"),
        ("Suspension", "after 3", "Suspension: after 3 missed events"),
        ("Missed events", "On", "Missed events in the order: On"),
        ("Limit", "2 coming", "Limit for each person: 2 coming events"),
    ):
        await stage.tap(stage.anna, page, label)
        await stage.settled()
        assert await stage.tap(stage.anna, page, choice) == "Saved."
        await stage.settled()
        assert shown in said(page)
    await stage.tap(stage.anna, page, "Reminders")
    await stage.settled()
    assert "✓ None" in page.labels()
    assert await stage.tap(stage.anna, page, "✓ None") == "It is set like that already."
    stage.anna.send(stage.bot, "/audit settings")
    await stage.see(stage.anna, "Anna changed the settings for events: Sign-up in words: No → Sign-up in words: Yes")


async def test_a_value_that_no_button_offers_is_typed(any_stage: Stage) -> None:
    stage = any_stage
    stage.anna.send(stage.bot, "/event 设置")
    await stage.settled()
    page = stage.telegram.messages(stage.anna)[-1]
    reminders = page.labels()[5]
    await stage.tap(stage.anna, page, reminders)
    await stage.settled()
    await stage.tap(stage.anna, page, "✏️")
    await stage.settled()
    stage.anna.send(stage.bot, "soon")
    await stage.settled()
    assert "“soon”" in said(stage.telegram.messages(stage.anna)[-1])
    stage.anna.send(stage.bot, "3天、2小时")
    await stage.settled()
    async with stage.app.database.read() as tx:  # type: ignore[union-attr]
        kept = (await tx.execute(text("SELECT settings FROM events_houses"))).scalar_one()
    assert '"reminders":[4320,120]' in kept


async def test_the_settings_page_of_the_group_leads_there_and_organisers_without_the_right_do_not(stage: Stage) -> None:
    stage.anna.send(stage.bot, "/settings")
    page = await stage.until(lambda: _with_label(stage, stage.anna, "🗓 Events"))
    await stage.tap(stage.anna, page, "🗓 Events")
    await stage.see(stage.anna, "Events of this group")
    stage.mei.send(stage.group, "/event settings words on")
    await stage.see(stage.group, "Only people who may")
    stage.anna.send(stage.group, "/event settings words on")
    await stage.see(stage.group, "Sign-up in words is now: On.")
    stage.anna.send(stage.group, "/event settings words on")
    await stage.see(stage.group, "already, so nothing was changed")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/event settings dance on", "“dance” is no setting for events"),
        ("/event settings words perhaps", "“perhaps” cannot be the value of “Sign-up in words”. Write on or off."),
        ("/event settings offer 1 minute", "from 10 minutes to 7 days"),
        ("/event settings offer soon", "from 10 minutes to 7 days"),
        ("/event settings reminders 1 minute", "from 5 minutes to 31 days"),
        ("/event settings reminders 1h,2h,3h,4h,5h,6h", "up to 5 times"),
        ("/event settings suspend 99", "a number from 1 to 50"),
        ("/event settings most -1", "a number from 1 to 50"),
        ("/event settings order alphabet", "Write time or fair."),
        ("/event add 99 @mei", "no event #99"),
        ("/event add x @mei", "not the number of an event"),
        ("/event add 1 @", "“@” is no name of a person"),
        ("/event add 1 12", "“12” is no name of a person"),
        ("/event add 1 @nobody", "I have not seen anybody called nobody"),
        ("/event add 1 @qunguan_bot", "That is me"),
        ("/event add 1 " + ", ".join(f"Aunt {chr(65 + n)}" for n in range(21)), "at most 20 people; these are 21"),
        ("/event add 1 Aunt Li +9", "at most 1 guest each"),
        ("/event remove 1 @nobody", "Nobody called nobody is on the list"),
        ("/event remove 99", "no event #99"),
        ("/event answers 1", "asks nothing of those who sign up"),
        ("/event answers 99", "no event #99"),
        ("/event pardon @nobody", "I have not seen anybody called nobody"),
        ("/event pardon whoever", "Say whom you mean"),
    ],
)
async def test_bad_input_gets_a_clear_sentence_and_changes_nothing(stage: Stage, line: str, answer: str) -> None:
    card = await stage.plan(stage.anna, HIKE)
    before = said(card)
    stage.anna.send(stage.group, line)
    await stage.settled()
    found = stage.find(stage.group, answer) or stage.find(stage.anna, answer)
    assert found is not None, stage.telegram.describe()
    assert said(card) == before

"""Who has read an announcement: the button, its lock, reminders, the roll, changed words, the deadline and what follows (R02, R22)."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.announcements.rules.run import PACE
from bot.i18n import texts_for
from tests.journeys.stage import START, Stage, said

if TYPE_CHECKING:
    from bot.sandbox.telegram import Actor
    from bot.sandbox.telegram.model import Chat, Message

READ = "✅ Read"


async def publish(stage: Stage, words: str = "We meet at the gate", *lines: str) -> Message:
    """Draft an announcement with its author in private, say more about it, publish it; return it as it stands in the group."""
    stage.anna.send(stage.bot, f"/announce {words}")
    await stage.settled()
    for line in ("/announce ack 1 on", *lines):
        stage.anna.send(stage.bot, line)
        await stage.settled()
    stage.anna.send(stage.bot, "/announce publish 1")
    await stage.settled()
    return await stage.see(stage.group, words)


def speak(stage: Stage, *people: Actor) -> None:
    """Let people be known in the group."""
    for one in people:
        one.send(stage.group, "hello")


def from_bot(stage: Stage, where: Chat | Actor, part: str) -> list[Message]:
    """Return what the bot has said in a chat that holds a word."""
    return [m for m in stage.telegram.messages(where) if m.author == stage.bot.id and part in said(m)]


def file_of(stage: Stage, message: Message) -> bytes:
    """Return the bytes of the file a message brings."""
    return stage.telegram.world.state.files[message.body["document"]["file_id"]].data


async def test_it_is_asked_counted_taken_back_and_locked_and_everybody_sees_who_has_not(either_stage: Stage) -> None:
    stage, anna, mei, carl = either_stage, either_stage.anna, either_stage.mei, either_stage.carl
    speak(stage, mei, carl, stage.ben)
    carl.start(stage.bot)
    anna.send(stage.bot, "/announce We meet at the gate")
    card = await stage.see(anna, "#1")
    await stage.tap(anna, card, stage.words("👀 Ask for an acknowledgement"))
    await stage.settled()
    assert stage.words("✅ Asks everybody to acknowledge it.") in said(card)
    await stage.tap(anna, card, stage.words("📣 Publish now"))
    await stage.settled()
    post = await stage.see(stage.group, "We meet at the gate")
    assert post.labels() == [stage.words(READ)]

    thanks = stage.words("Thank you, noted. You can take it back for 5 minutes with the same button.")
    assert await stage.tap(mei, post, "✅") == thanks
    await stage.settled()
    assert post.labels() == [stage.words("✅ Read ({n})", n=1)]
    twice = stage.words("It is noted already. You can take it back for 5 minutes with the same button.")
    assert await stage.tap(mei, post, "✅") == twice
    await stage.advance(minutes=4)
    back = stage.words("Taken back: it does not count as read by you any more.")
    assert await stage.tap(mei, post, "✅") == back
    await stage.settled()
    assert post.labels() == [stage.words(READ)]
    assert await stage.tap(mei, post, "✅") == thanks
    await stage.advance(minutes=6)
    assert "5" in await stage.tap(mei, post, "✅")
    await stage.settled()
    assert post.labels() == [stage.words("✅ Read ({n})", n=1)]

    anna.send(stage.bot, "/announce status 1")
    roll = await stage.see(
        anna, stage.words("<b>#{number}</b>: read by {read} of {expected}", number=1, read=1, expected=3)
    )
    assert "photo" in roll
    known = texts_for(stage.locale, stage.zone).ngettext(
        "I know {known} of {n} member of this group.", "I know {known} of {n} members of this group.", 4, known=4
    )
    assert known in said(roll)
    await stage.tap(anna, roll, "🚫")
    unreachable = await stage.see(
        anna, stage.words("<b>Who has not read #{number} and cannot be written to in private</b>", number=1)
    )
    assert "• Ben" in said(unreachable)
    await stage.tap(anna, unreachable, "⏳")
    await stage.settled()
    assert "• Carl" in said(unreachable)
    assert "• Ben" not in said(unreachable)
    await stage.tap(anna, unreachable, "✅")
    await stage.settled()
    assert "• Mei · " in said(unreachable)


async def test_only_those_who_have_not_read_it_are_reminded(either_stage: Stage) -> None:
    stage, mei, carl, ben = either_stage, either_stage.mei, either_stage.carl, either_stage.ben
    others = [stage.person(f"P{number}") for number in range(6)]
    for one in others:
        one.join(stage.group)
    speak(stage, mei, carl, ben, *others)
    carl.start(stage.bot)
    post = await publish(stage)
    await stage.tap(mei, post, "✅")
    await stage.advance(minutes=59)
    assert from_bot(stage, carl, "🔔") == []
    await stage.advance(minutes=1)
    (private,) = from_bot(stage, carl, "🔔")
    assert from_bot(stage, stage.group, "🔔") == [], "the others come when this one has arrived"
    await stage.advance(seconds=PACE.total_seconds())
    assert len(from_bot(stage, stage.group, "🔔")) == 1
    await stage.restart()
    *_, fifth, sixth = others
    await stage.tap(fifth, post, "✅")
    await stage.advance(seconds=PACE.total_seconds())
    named = from_bot(stage, stage.group, "🔔")
    assert len(named) == 2
    names = " ".join(said(message) for message in named)
    assert all(names.count(one.name) == 1 for one in (ben, *others[:4], sixth))
    assert all(one.name not in names for one in (mei, carl, fifth))
    assert all(message.reply_to == post.message_id for message in named)
    await stage.tap(carl, private, "✅")
    await stage.settled()
    assert post.labels() == [stage.words("✅ Read ({n})", n=3)]


async def test_reminders_keep_their_distance_and_their_number(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    speak(stage, mei)
    mei.start(stage.bot)
    await publish(stage, "Read this", "/announce ack 1 nudge 1h, 90 min, 24h")
    card = await stage.see(anna, "#1", "It is pinned")
    await stage.tap(anna, card, "Who has read it")
    roll = await stage.see(anna, "read by 0 of 2")

    await stage.tap(anna, roll, "🔔")
    await stage.see(
        anna, "2 people are being reminded. In private: 1. By name in the group, because I cannot write to them: 1."
    )
    await stage.settled()
    assert "🔔 Reminded: 1 of 2. 1 is still to be reminded, in about 4 seconds." in said(card)
    await stage.advance(minutes=4)
    assert "🔔 Reminded" not in said(card)
    await stage.tap(anna, roll, "🔔")
    await stage.see(anna, "less than 5 minutes ago", "10:05")
    await stage.advance(minutes=56)
    assert len(from_bot(stage, mei, "🔔")) == 2, "the first of the plan"
    await stage.advance(minutes=1)
    await stage.advance(minutes=29)
    assert len(from_bot(stage, mei, "🔔")) == 3
    await stage.advance(days=1)
    assert len(from_bot(stage, mei, "🔔")) == 3, "the fourth is one too many"


async def test_a_reminder_is_held_over_the_quiet_hours_and_the_fourth_is_refused(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    speak(stage, mei)
    mei.start(stage.bot)
    anna.send(stage.group, "/quiet 12:00-14:00")
    await stage.settled()
    await publish(stage, "Read this", "/announce ack 1 nudge off")
    await stage.advance(hours=2, minutes=30)
    anna.send(stage.bot, "/announce status 1")
    roll = await stage.see(anna, "read by 0 of 2")
    await stage.tap(anna, roll, "🔔")
    await stage.see(anna, "It is quiet in the group until", "14:00", "I hold the reminder")
    assert from_bot(stage, mei, "🔔") == []
    await stage.restart()
    await stage.advance(hours=1, minutes=30)
    assert len(from_bot(stage, mei, "🔔")) == 1
    for _ in range(2):
        await stage.advance(minutes=5)
        await stage.tap(anna, roll, "🔔")
        await stage.settled()
    await stage.see(anna, "This was the last time for this announcement.")
    await stage.advance(minutes=5)
    await stage.tap(anna, roll, "🔔")
    await stage.see(anna, "They were reminded 3 times already")
    assert len(from_bot(stage, mei, "🔔")) == 3


async def test_changed_words_are_put_to_the_editor_who_asks_again_or_lets_it_count(stage: Stage) -> None:
    anna, mei, carl = stage.anna, stage.mei, stage.carl
    speak(stage, mei, carl)
    post = await publish(stage)
    await stage.tap(mei, post, "✅")
    await stage.settled()
    stage.ben.start(stage.bot)
    stage.ben.send(stage.bot, "/announce edit 1 We meet at nine")
    await stage.see(stage.ben, "The words of #1 have changed.")
    await stage.settled()
    assert stage.find(anna, "The words of #1 have changed.") is None, "the editor is asked"
    anna.send(stage.bot, "/announce edit 1 We meet at ten")
    question = await stage.see(anna, "The words of #1 have changed. 1 person has acknowledged the former ones.")
    await stage.settled()
    assert (said(post), post.labels()) == ("We meet at ten", ["✅ Read (1)"])
    await stage.tap(anna, question, "Let it count")
    await stage.settled()
    assert "goes on counting" in said(question)

    anna.send(stage.bot, "/announce edit 1 We meet at eleven")
    await stage.tap(anna, await stage.see(anna, "The words of #1 have changed."), "Ask again")
    await stage.settled()
    assert (said(post), post.labels()) == ("We meet at eleven", ["✅ Read"])
    told = await stage.see(stage.group, "This announcement has been changed.")
    assert told.reply_to == post.message_id
    assert "noted" in await stage.tap(mei, post, "✅")
    await stage.settled()
    assert post.labels() == ["✅ Read (1)"]


async def test_late_is_late_and_silence_past_the_deadline_is_decided_by_a_manager(either_stage: Stage) -> None:
    stage, anna, mei, carl, ben = either_stage, either_stage.anna, either_stage.mei, either_stage.carl, either_stage.ben
    dora = stage.person("Dora")
    dora.join(stage.group)
    speak(stage, mei, carl, ben, dora)
    post = await publish(stage, "Read this", "/announce ack 1 within 2h", "/announce ack 1 violation on")
    await stage.tap(mei, post, "✅")
    await stage.advance(hours=2)
    told = await stage.see(anna, "⏳", "Read this")
    await stage.advance(minutes=1)
    noted = "Noted, but late: the deadline was {when}. You can take it back for 5 minutes with the same button."
    deadline = texts_for(stage.locale, stage.zone).when(START + timedelta(hours=2))
    assert await stage.tap(carl, post, "✅") == stage.words(noted, when=deadline)
    await stage.tap(anna, told, "⚖️")
    page = await stage.see(anna, "⏳ Carl")
    assert [label for label in page.labels() if "Ben" in label] == [], "who runs the group is not warned"
    assert stage.words("{person}: has acknowledged it since, late", person="Carl") in said(page)
    await stage.tap(anna, page, "🕊 " + stage.words("🕊 Let pass: {name}", name="Carl").removeprefix("🕊 "))
    await stage.tap(anna, page, stage.words("⚖️ Record: {name}", name="Dora"))
    await stage.settled()
    assert "🕊 Carl" in said(page)
    assert "⚖️ Dora" in said(page)
    assert page.labels() == [stage.words("👀 Who has read it")]
    await stage.see(
        stage.group,
        "Dora",
        stage.words("Announcement #{number} was not acknowledged by {when}.", number=1, when=deadline),
    )
    anna.send(stage.bot, "/announce status 1")
    roll = await stage.see(
        anna, stage.words("<b>#{number}</b>: read by {read} of {expected}", number=1, read=2, expected=4)
    )
    await stage.tap(anna, roll, "✅")
    names = await stage.see(anna, "• Carl")
    assert stage.words("late") in said(names)


async def test_nobody_is_warned_who_runs_the_group_by_then_or_twice(stage: Stage) -> None:
    anna, mei, carl = stage.anna, stage.mei, stage.carl
    speak(stage, mei, carl)
    stage.ben.start(stage.bot)
    await publish(stage, "Read this", "/announce ack 1 within 2h", "/announce ack 1 violation on")
    await stage.advance(hours=2)
    await stage.tap(anna, await stage.see(anna, "The deadline of #1", "of Hikers has passed"), "⚖️ Decide: 2")
    page = await stage.see(anna, "Not acknowledged by the deadline: #1")
    stage.ben.send(stage.bot, "/announce status 1")
    await stage.tap(stage.ben, await stage.see(stage.ben, "read by 0 of 3"), "⚖️ Decide: 2")
    other = await stage.see(stage.ben, "Not acknowledged by the deadline: #1")
    anna.promote(stage.group, carl)
    await stage.settled()
    assert await stage.tap(anna, page, "Record: Carl") == "Carl runs the group or has left: nothing is recorded."
    assert await stage.tap(anna, page, "Record: Mei") == "Recorded for Mei."
    assert await stage.tap(stage.ben, other, "Let pass: Mei") == "Anna has recorded this already."
    assert len(from_bot(stage, stage.group, "Announcement #1 was not acknowledged by")) == 1


async def test_the_roll_by_department_and_as_files(either_stage: Stage) -> None:
    stage, anna, mei, carl = either_stage, either_stage.anna, either_stage.mei, either_stage.carl
    evil = stage.person("=HYPERLINK(1)")
    evil.join(stage.group)
    anna.set_tag(stage.group, mei, "Sales")
    anna.set_tag(stage.group, carl, "Works")
    speak(stage, mei, carl, evil)
    post = await publish(stage)
    await stage.tap(mei, post, "✅")
    anna.send(stage.bot, "/announce status 1")
    roll = await stage.see(anna, "Sales: " if stage.locale == "en" else "Sales：")
    await stage.tap(anna, roll, "🏷")
    page = await stage.see(anna, stage.words("<b>#{number} by department</b>", number=1))
    assert said(page).index("Works") < said(page).index("Sales")
    await stage.tap(anna, roll, ".csv")
    await stage.tap(anna, roll, ".xlsx")
    await stage.settled()
    table, book = [message for message in stage.telegram.messages(anna) if "document" in message]
    rows = list(csv.reader(io.StringIO(file_of(stage, table).decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["Mei", "'=HYPERLINK(1)", "Ben", "Carl"]
    assert rows[1][2:4] == ["Sales", stage.words("read")]
    with zipfile.ZipFile(io.BytesIO(file_of(stage, book))) as opened:
        assert b"<f>" not in opened.read("xl/worksheets/sheet1.xml")
        assert "xl/worksheets/sheet2.xml" in opened.namelist()


async def test_it_is_set_by_lines_buttons_and_forms_also_after_the_posting(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    speak(stage, mei)
    anna.send(stage.bot, "/announce Hello")
    await stage.see(anna, "#1")
    anna.send(stage.bot, "/announce publish 1")
    post = await stage.see(stage.group, "Hello")
    await stage.settled()
    assert post.labels() == []
    anna.send(stage.bot, "/announce ack 1 截止 2027-03-12 18:00")
    page = await stage.see(anna, "Acknowledgement of #1", "Deadline: Fri, 12 Mar 2027, 18:00.", "1 hour and 1 day")
    await stage.settled()
    assert post.labels() == ["✅ Read"]
    for button, words in (
        ("No deadline", "There is no deadline."),
        ("No reminders", "Nobody is reminded by itself."),
        ("After 1 hour", "reminded after 1 hour."),
        ("Silence as a violation", "you decide about each person"),
    ):
        await stage.tap(anna, page, button)
        await stage.settled()
        assert words in said(page)
    await stage.tap(anna, page, "Other times")
    anna.send(stage.bot, "2h, 3h")
    await stage.see(anna, "Acknowledgement of #1", "2 hours and 3 hours")
    await stage.tap(anna, page, "Set a deadline")
    anna.send(stage.bot, "Fri 18:00")
    await stage.see(anna, "Acknowledgement of #1", "Deadline: Fri, 12 Mar 2027, 18:00.", "2 hours and 3 hours")
    anna.send(stage.bot, "/announce ack 1 by Sat")
    await stage.see(anna, "Sat, 13 Mar 2027", "hour")
    anna.send(stage.bot, "18:00")
    await stage.see(anna, "Acknowledgement of #1", "Sat, 13 Mar 2027, 18:00")
    await stage.tap(mei, post, "✅")
    anna.send(stage.bot, "/announce ack 1 off")
    await stage.see(anna, "Acknowledgement of #1", "None is asked.")
    await stage.settled()
    assert post.labels() == []


async def test_a_thousand_taps_are_counted_exactly_and_edited_in_few(stage: Stage) -> None:
    people = [stage.person(f"P{number}") for number in range(1_000)]
    choir = stage.group_of("Choir", stage.anna, *people)
    await stage.settled()
    for line in ("/announce We sing at ten", "/announce ack 1 on", "/announce publish 1"):
        stage.anna.send(choir, line)
        await stage.settled()
    post = await stage.see(choir, "We sing at ten")
    stage.telegram.journal.clear()
    for one in people:
        one.tap(post, post.labels()[0])
    await stage.settled(60)
    assert post.labels() == ["✅ Read (1,000)"]
    assert len(stage.telegram.journal.of("editMessageReplyMarkup")) <= 50
    stage.anna.send(choir, "/announce status 1")
    await stage.see(stage.anna, "read by 1,000 of 1,000", "I know 1,001 of 1,001 members")


async def test_of_several_groups_whoever_sent_it_is_told_and_asked_once(either_stage: Stage) -> None:
    stage, anna, mei, carl = either_stage, either_stage.anna, either_stage.mei, either_stage.carl
    runners = stage.group_of("Runners", anna, mei)
    speak(stage, mei, carl)
    mei.send(runners, "hello")
    await stage.settled()
    anna.send(stage.group, "/announce We meet at ten")
    await stage.settled()
    anna.send(stage.group, "/announce ack 1 within 2h")
    await stage.settled()
    anna.send(stage.group, "/announce to Runners, Hikers 1")
    await stage.settled()
    page = await stage.until(lambda: next((m for m in stage.telegram.messages(anna) if _has(m, "☑️")), None))
    await stage.tap(anna, page, "📡")
    await stage.settled()
    here, there = await stage.see(stage.group, "We meet at ten"), await stage.see(runners, "We meet at ten")
    for who, post in ((mei, here), (mei, there), (carl, here)):
        await stage.tap(who, post, "✅")
    await stage.settled()
    assert [post.labels() for post in (here, there)] == [[stage.words("✅ Read ({n})", n=n)] for n in (2, 1)]

    anna.send(stage.group, "/announce status 1")
    groups = texts_for(stage.locale, stage.zone).nlabel("{n} group", "{n} groups", 2)
    await stage.see(anna, stage.words("In all {groups} together: read by {read}.", groups=groups, read=3))
    anna.send(stage.group, "/announce to")
    sent = await stage.until(lambda: next((m for m in stage.telegram.messages(anna) if m.labels() == ["#1"]), None))
    await stage.tap(anna, sent, "#1")
    texts = texts_for(stage.locale, stage.zone)
    asked = texts.ngettext("✅ Asked in {n} group.", "✅ Asked in {n} groups.", 2)
    await stage.see(
        anna,
        "2/2",
        str(asked),
        str(texts.ngettext("{n} person has acknowledged it.", "{n} people have acknowledged it.", 3)),
    )
    anna.send(stage.group, "/digest now")
    await stage.see(anna, said_waiting(stage, 1))
    since = len(stage.telegram.messages(anna))
    anna.send(stage.group, "/announce edit 1 We meet at eleven")
    await stage.settled()
    await stage.tap(anna, await stage.see(anna, "2/2"), "✏️")
    await stage.advance(minutes=1)
    new = stage.telegram.messages(anna)[since:]
    (question,) = [message for message in new if _has(message, "🔁")]
    assert "3" in said(question)
    await stage.tap(anna, question, "🔁")
    await stage.settled()
    assert [said(post) for post in (here, there)] == ["We meet at eleven"] * 2
    assert [post.labels() for post in (here, there)] == [[stage.words(READ)]] * 2
    for where in (stage.group, runners):
        assert len(from_bot(stage, where, "✏️")) == 1
    await stage.tap(mei, there, "✅")
    since = len(stage.telegram.messages(anna))
    await stage.advance(hours=2)
    await stage.advance(minutes=1)
    told = [message for message in stage.telegram.messages(anna)[since:] if said(message).startswith("⏳")]
    assert len(told) == 1
    assert "1" in said(told[0])


def said_waiting(stage: Stage, count: int) -> str:
    words = "✅ {n} announcement waits to be acknowledged by everybody: <code>/announce status</code>"
    many = "✅ {n} announcements wait to be acknowledged by everybody: <code>/announce status</code>"
    return texts_for(stage.locale, stage.zone).ngettext(words, many, count).striptags()


def _has(message: Message, part: str) -> bool:
    return any(part in label for label in message.labels())


async def test_what_was_withdrawn_asks_nobody_any_more(stage: Stage) -> None:
    anna, mei, carl = stage.anna, stage.mei, stage.carl
    speak(stage, mei, carl)
    carl.start(stage.bot)
    post = await publish(stage)
    await stage.tap(mei, post, "✅")
    await stage.advance(hours=1)
    (reminder,) = from_bot(stage, carl, "🔔")
    anna.send(stage.bot, "/announce withdraw 1 wrong day")
    await stage.settled()
    await stage.tap(anna, stage.telegram.messages(anna)[-1], "Strike")
    await stage.settled()
    assert post.labels() == []
    assert await stage.tap(carl, reminder, "✅") == "This announcement is not asked to be acknowledged any more."
    await stage.advance(days=1)
    assert len(from_bot(stage, carl, "🔔")) == 1
    anna.send(stage.bot, "/announce status 1")
    roll = await stage.see(anna, "read by 1 of 3")
    assert not _has(roll, "🔔")


async def test_an_album_has_its_button_below_and_a_reminder_says_what_the_group_reads(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    speak(stage, mei)
    mei.start(stage.bot)
    anna.send_album(stage.bot, 2, caption="/announce Welcome to {group}")
    await stage.settled()
    await stage.advance(seconds=2)
    await stage.see(anna, "#1")
    for line in ("/announce ack 1 on", "/announce publish 1"):
        anna.send(stage.bot, line)
        await stage.settled()
    below = await stage.until(
        lambda: next((m for m in stage.telegram.messages(stage.group) if m.labels() == ["✅ Read"]), None)
    )
    await stage.advance(hours=1)
    reminder = await stage.see(mei, "🔔", "Welcome to Hikers")
    await stage.tap(mei, reminder, "✅")
    await stage.settled()
    assert below.labels() == ["✅ Read (1)"]


async def test_everything_can_be_typed_in_chinese(zh_stage: Stage) -> None:
    stage, anna = zh_stage, zh_stage.anna
    anna.send(stage.bot, "/announce 明天停水")
    await stage.see(anna, "#1")
    for line, shown in (
        ("/announce 确认 1 开", "未确认的人在1小时和1天后收到提醒。"),
        ("/announce 确认 1 截止 周五18:00", "截止：2027年3月12日 周五 18:00。"),
        ("/announce 确认 1 提醒 2小时、3小时", "未确认的人在2小时和3小时后收到提醒。"),
        ("/announce 确认 1 提醒 不提醒", "不会自动提醒。"),
        ("/announce 确认 1 限时 48小时", "截止：发布后2天。"),
        ("/announce 确认 1 违规 开", "逾期未确认会作为违规提给管理人员"),
        ("/announce 确认 1 截止 无", "没有截止时间。"),
        ("/announce 确认 1 关", "不要求确认。"),
    ):
        anna.send(stage.bot, line)
        await stage.see(anna, "公告 #1 的确认", shown)
    anna.send(stage.bot, "/announce 确认情况 1")
    await stage.see(anna, "公告 #1 没有要求确认。")

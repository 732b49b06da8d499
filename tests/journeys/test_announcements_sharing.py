"""Share campaigns: members pass an announcement on and say so, with a screenshot if they like (R12)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from bot.announcements.rules.run import PACE
from bot.announcements.sharing.handlers.codes import LINK
from bot.i18n import texts_for
from tests.journeys.stage import Stage, said

if TYPE_CHECKING:
    from bot.sandbox.telegram.model import Message


async def publish(stage: Stage, line: str) -> Message:
    """Publish an announcement that is to be passed on; return it as it stands in the group."""
    for one in (stage.ben, stage.mei, stage.carl):
        one.send(stage.group, "hello")
    stage.anna.send(stage.bot, "/announce We march on Sunday")
    await stage.settled()
    for text in (line, "/announce publish 1"):
        stage.anna.send(stage.bot, text)
        await stage.settled()
    return await stage.see(stage.group, "We march on Sunday")


async def test_it_is_asked_counted_taken_back_and_ended(either_stage: Stage) -> None:
    stage, anna, mei, carl = either_stage, either_stage.anna, either_stage.mei, either_stage.carl
    for one in (stage.ben, mei, carl):
        one.send(stage.group, "hello")
    anna.send(stage.bot, "/announce We march on Sunday")
    card = await stage.see(anna, "#1")
    await stage.tap(anna, card, stage.words("📤 Ask to pass it on"))
    await stage.settled()
    assert stage.words("📤 Asks everybody to pass it on.") in said(card)
    await stage.tap(anna, card, stage.words("📤 To be passed on"))
    page = await stage.see(anna, stage.words("<b>Passing on #{number}</b>", number=1))
    assert stage.words("Nobody is reminded by itself.") in said(page), "there is no end before which to remind"
    await stage.tap(anna, page, stage.words("🔔 After {lengths}, and at the end", lengths="|").split("|")[1])
    await stage.settled()
    assert stage.words("Whoever has not passed it on is reminded after {lengths}.", lengths="|").split("|")[1] in said(
        page
    )
    await stage.tap(anna, page, stage.words("🔔 Once before the end"))
    await stage.settled()
    await stage.tap(anna, page, stage.words("⏳ Set an end"))
    anna.send(stage.bot, "in 2 hours")
    await stage.settled()
    await stage.tap(anna, card, stage.words("📣 Publish now"))
    await stage.settled()
    post = await stage.see(stage.group, "We march on Sunday")
    assert post.labels() == [stage.words("✓ I have passed it on")]

    thanks = stage.words("Thank you, noted. The same button takes it back.")
    assert await stage.tap(mei, post, "✓") == thanks
    assert await stage.tap(carl, post, "✓") == thanks
    await stage.settled()
    assert post.labels() == [stage.words("✓ I have passed it on ({n})", n=2)]
    await stage.advance(minutes=1)
    assert await stage.tap(carl, post, "✓") == stage.words("Taken back: you have not passed it on.")
    await stage.settled()
    assert post.labels() == [stage.words("✓ I have passed it on ({n})", n=1)]

    await stage.restart()
    data = str(next(iter(post.buttons()))["callback_data"])
    await stage.advance(hours=1)
    await stage.see(anna, stage.words("🔔 Reminded: {told} of {known}.", told=1, known=3))
    await stage.advance(seconds=PACE.total_seconds())
    (reminder,) = [m for m in stage.telegram.messages(stage.group) if "Carl" in said(m) and "📤" in said(m)]
    assert "Mei" not in said(reminder)
    await stage.advance(hours=1)
    assert post.labels() == []
    told = await stage.see(anna, stage.words("⏳ Passing on #{number} of {group} has ended.", number=1, group="Hikers"))
    assert stage.words("<b>#{number}</b>: passed on by {shared} of {known}", number=1, shared=1, known=4) in said(told)
    carl.start(stage.bot, f"{LINK}-1")
    await stage.see(carl, stage.words("Too late: passing it on ended on {when}.", when="|").split("|")[0])
    answer = await stage.telegram.answer_to(carl.tap(post, data=data), 10)
    assert answer["text"].startswith(stage.words("Too late: passing it on ended on {when}.", when="|").split("|")[0])


async def test_a_screenshot_is_sent_in_private_and_shown_to_managers_alone(stage: Stage) -> None:
    anna, mei, carl = stage.anna, stage.mei, stage.carl
    post = await publish(stage, "/announce share 1 until Fri 18:00 proof")
    answer = await stage.telegram.answer_to(mei.tap(post, post.labels()[0]), 10)
    payload = answer["url"].partition("start=")[2]
    assert payload.startswith(f"{LINK}-")
    mei.start(stage.bot, payload)
    await stage.see(mei, "you have passed on #1 of Hikers", "screenshot")
    mei.send(stage.bot, "here it is")
    await stage.see(mei, "Please send the screenshot as a photo")
    mei.send_file(stage.bot, "photo")
    await stage.see(mei, "the screenshot is kept with it")
    carl.tap(post, post.labels()[0])
    carl.start(stage.bot, payload)
    question = await stage.see(carl, "you have passed on #1 of Hikers")
    await stage.tap(carl, question, "I have not passed it on")
    await stage.see(carl, "Taken back")
    await stage.settled()
    assert "I have not passed it on" in said(question), "the answer in the words of its button"
    assert post.labels() == ["✓ I have passed it on (1)"]
    stranger = stage.person("Stranger")
    stranger.start(stage.bot, payload)
    await stage.see(stranger, "This belongs to a group that you are not in")

    anna.send(stage.bot, "/announce shares 1")
    sheet = await stage.see(anna, "passed on by 1 of 4", "With a screenshot: 1, without: 0.")
    assert "photo" in sheet
    await stage.tap(anna, sheet, "Screenshots: 1")
    await stage.settled()
    assert said(sheet).startswith("#1: Mei, ")
    assert "Who has passed on" not in str(stage.telegram.messages(stage.group))


async def test_an_end_that_passed_before_it_went_out_holds_for_nobody(either_stage: Stage) -> None:
    stage, anna, mei = either_stage, either_stage.anna, either_stage.mei
    anna.send(stage.bot, "/announce We march on Sunday")
    card = await stage.see(anna, "#1")
    anna.send(stage.bot, "/announce share 1 until in 2 hours proof")
    await stage.settled()
    await stage.agree(anna, "/announce schedule 1 in 3 hours")
    await stage.settled()
    missed = stage.words("Its end lies before it goes out: set another.")
    await stage.until(lambda: any(missed in said(m) for m in stage.telegram.messages(anna)) or None)
    await stage.advance(hours=3)
    post = await stage.see(stage.group, "We march on Sunday")
    await stage.settled()
    assert post.labels() == [stage.words("✓ I have passed it on")]
    request = await stage.see(
        stage.group, stage.words("📤 Please pass this announcement on, and then tap the button below it.")
    )
    assert "2027" not in said(request), "no end in the past"
    answer = await stage.telegram.answer_to(mei.tap(post, post.labels()[0]), 10)
    assert "start=" in answer["url"]
    await stage.settled()
    assert post.labels() == [stage.words("✓ I have passed it on ({n})", n=1)]
    over = stage.words("⏳ Passing on #{number} of {group} has ended.", number=1, group="Hikers")
    assert stage.find(anna, over) is None
    anna.send(stage.bot, "/announce copy 1")
    card = await stage.see(anna, stage.words("Its end has passed: set another."))
    assert "#2" in said(card)


async def test_the_lists_the_file_and_reminders_by_name(either_stage: Stage) -> None:
    stage, anna, mei = either_stage, either_stage.anna, either_stage.mei
    anna.set_tag(stage.group, mei, "Sales")
    post = await publish(stage, "/announce share 1 开")
    await stage.tap(mei, post, "✓")
    anna.send(stage.bot, "/announce 转发情况 1")
    head = stage.words("<b>#{number}</b>: passed on by {shared} of {known}", number=1, shared=1, known=4)
    sheet = await stage.see(anna, head, "Sales")
    await stage.tap(anna, sheet, "🏷")
    await stage.see(anna, stage.words("<b>Passing on #{number}, by department</b>", number=1), "Sales")
    await stage.tap(anna, sheet, "⏳")
    pending = await stage.see(anna, stage.words("<b>Who has not passed on #{number}</b>", number=1))
    assert "• Carl" in said(pending)
    assert "Mei" not in said(pending)
    await stage.tap(anna, sheet, ".csv")
    await stage.tap(anna, sheet, ".xlsx")
    await stage.settled()
    table, _ = [message for message in stage.telegram.messages(anna) if "document" in message]
    data = stage.telegram.world.state.files[table.body["document"]["file_id"]].data
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["Mei", "Anna", "Ben", "Carl"]
    assert rows[1][3] == stage.words("passed on")
    await stage.tap(anna, sheet, "🔔")
    await stage.settled()
    said_in_private = stage.words(
        "📤 An announcement in {group} is to be passed on: “{excerpt}”. Please pass it on and tap the button.",
        group="Hikers",
        excerpt="We march on Sunday",
    )
    private = await stage.see(anna, said_in_private)
    await stage.tap(anna, private, "✓")
    await stage.advance(seconds=PACE.total_seconds())
    assert post.labels() == [stage.words("✓ I have passed it on ({n})", n=2)]
    request, reminder = [m for m in stage.telegram.messages(stage.group) if "📤" in said(m)]
    assert stage.words("📤 Please pass this announcement on, and then tap the button below it.") in said(request)
    assert request.reply_to == post.message_id
    assert reminder.reply_to == post.message_id
    assert "Carl" in said(reminder)
    assert "Mei" not in said(reminder)
    await stage.tap(anna, sheet, "🔔")
    await stage.see(anna, ":05")


async def test_what_is_confidential_is_not_passed_on_nor_the_other_way_round(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    share, lock = stage.words("📤 Ask to pass it on"), stage.words("🔒 Confidential")

    def closed(number: int = 1) -> str:
        return stage.words(
            "#{number} is confidential: nobody can forward it, so nobody can be asked to pass it on. If it may be passed on, "
            "first write <code>/announce confidential {number} off</code>.",
            number=number,
        )

    asks = stage.words(
        "#{number} asks everybody to pass it on, and what is confidential cannot be forwarded. If it is to be confidential,"
        " first write <code>/announce share {number} off</code>.",
        number=1,
    )

    async def card() -> Message:
        await stage.settled()
        found = [m for m in stage.telegram.messages(anna) if "🔗" in " ".join(m.labels())]
        return found[-1]

    anna.send(stage.bot, "/announce The salaries")
    draft = await card()
    assert {share, lock} <= set(draft.labels())
    late = next(str(key["callback_data"]) for key in draft.buttons() if key["text"] == lock)
    await stage.tap(anna, draft, share)
    await stage.settled()
    assert not {share, lock} & set(draft.labels()), "one excludes the other"
    answer = await stage.telegram.answer_to(anna.tap(draft, data=late), 10)
    assert answer["text"] == asks, "a card from before it was asked"
    for line in ("/announce confidential 1", "/announce 保密 1 开"):
        anna.send(stage.bot, line)
        await stage.settled()
        assert said(stage.telegram.messages(anna)[-1]) == asks
    anna.send(stage.bot, "/announce share 1 off")
    await stage.settled()
    anna.send(stage.bot, "/announce confidential 1")
    draft = await card()
    assert not {share, lock} & set(draft.labels())
    for line in (
        "/announce share 1 on",
        "/announce 转发 1 截止周五18点",
        "/announce share 1 until Fri",
        "/announce share 1",
    ):
        anna.send(stage.bot, line)
        await stage.settled()
        shown = stage.telegram.messages(anna)[-1]
        assert closed() in said(shown)
        assert not shown.labels()
    anna.send(stage.bot, "/template save pay 1")
    anna.send(stage.bot, "/announce copy 1")
    anna.send(stage.bot, "/template use pay")
    await stage.settled()
    for number in (2, 3):
        anna.send(stage.bot, f"/announce share {number} on")
        await stage.settled()
        assert said(stage.telegram.messages(anna)[-1]) == closed(number)
    anna.send(stage.bot, "/announce publish 1")
    post = await stage.see(stage.group, "The salaries")
    anna.send(stage.bot, "/announce share 1 on")
    fixed = stage.words(
        "#{number} is confidential: nobody can forward it, so nobody can be asked to pass it on. "
        "<code>/announce copy {number}</code> makes a new draft, where you can choose.",
        number=1,
    )
    await stage.see(anna, fixed)
    assert post.labels() == []


async def test_of_several_groups_whoever_sent_it_is_told_of_the_end_once(either_stage: Stage) -> None:
    stage, anna, mei, carl = either_stage, either_stage.anna, either_stage.mei, either_stage.carl
    texts = texts_for(stage.locale, stage.zone)
    runners = stage.group_of("Runners", anna, mei)
    for line in ("/announce We march <on> Sunday", "/announce share 1 until 2027-03-10 21:00", "/announce to all 1"):
        anna.send(stage.group, line)
        await stage.settled()
    page = next(m for m in stage.telegram.messages(anna) if any("☑️" in label for label in m.labels()))
    await stage.tap(anna, page, "📡")
    await stage.settled()
    here, there = await stage.see(stage.group, "We march"), await stage.see(runners, "We march")
    for who, post in ((mei, here), (mei, there), (carl, here)):
        await stage.tap(who, post, "✓")
    await stage.settled()
    await stage.advance(hours=10)
    anna.send(stage.group, "/announce to")
    sent = await stage.until(lambda: next((m for m in stage.telegram.messages(anna) if m.labels() == ["#1"]), None))
    since = len(stage.telegram.messages(anna))
    await stage.tap(anna, sent, "#1")
    three = str(texts.ngettext("{n} person has passed it on.", "{n} people have passed it on.", 3))
    groups = str(texts.ngettext("📤 To be passed on in {n} group.", "📤 To be passed on in {n} groups.", 2))
    await stage.see(anna, "2/2", groups, three)
    await stage.advance(hours=1)
    await stage.advance(minutes=1)
    (told,) = [m for m in stage.telegram.messages(anna)[since:] if said(m).startswith("⏳")]
    ended = ("⏳ Passing on “{excerpt}” has ended in {n} group.", "⏳ Passing on “{excerpt}” has ended in {n} groups.")
    assert str(texts.ngettext(*ended, 2, excerpt="We march <on> Sunday").striptags()) in said(told)
    assert three in said(told)
    assert [post.labels() for post in (here, there)] == [[], []]


async def test_it_is_asked_also_where_a_manager_said_that_it_stands_there(either_stage: Stage) -> None:
    stage, anna, mei, carl = either_stage, either_stage.anna, either_stage.mei, either_stage.carl
    for one in (mei, carl):
        one.send(stage.group, "hello")
    anna.send(stage.bot, "/announce We march on Sunday")
    card = await stage.see(anna, "#1")
    anna.send(stage.bot, "/announce share 1 until in 2 hours")
    await stage.settled()
    stage.telegram.faults.add("sendMessage", "timeout_after", chat_id=stage.group.id)
    await stage.tap(anna, card, stage.words("📣 Publish now"))
    there = stage.words("✓ It is there")
    told = await stage.until(lambda: next((m for m in stage.telegram.messages(anna) if there in m.labels()), None), 60)
    post = await stage.see(stage.group, "We march on Sunday")
    thanks = stage.words("Thank you, noted. The same button takes it back.")
    assert await stage.tap(mei, post, "✓") == thanks, "she sees it, whatever the bot knows"
    await stage.tap(anna, told, there)
    await stage.settled()
    assert await stage.tap(carl, post, "✓") == thanks
    anna.send(stage.bot, "/announce shares 1")
    stood = stage.words("<b>#{number}</b>: passed on by {shared} of {known}", number=1, shared=2, known=4)
    await stage.see(anna, stood)
    await stage.advance(hours=2)
    over = stage.words("⏳ Passing on #{number} of {group} has ended.", number=1, group="Hikers")
    assert stood in said(await stage.see(anna, over))


async def test_who_cannot_be_written_to_after_all_is_reminded_by_name(either_stage: Stage) -> None:
    stage, anna, mei, carl = either_stage, either_stage.anna, either_stage.mei, either_stage.carl
    for one in (mei, carl):
        one.start(stage.bot)
    await stage.settled()
    post = await publish(stage, "/announce share 1 on")
    stage.telegram.faults.add("sendMessage", "403", chat_id=mei.id)
    anna.send(stage.bot, "/announce shares 1")
    sheet = await stage.see(
        anna, stage.words("<b>#{number}</b>: passed on by {shared} of {known}", number=1, shared=0, known=4)
    )
    await stage.tap(anna, sheet, "🔔")
    await stage.settled()
    reminded = [m for m in stage.telegram.messages(carl) if "📤" in said(m)]
    assert len(reminded) == 1
    assert [m for m in stage.telegram.messages(mei) if "📤" in said(m)] == []
    for _ in range(3):
        await stage.advance(seconds=PACE.total_seconds())
    named = [m for m in stage.telegram.messages(stage.group) if "📤" in said(m) and m.body.get("entities")]
    names = " ".join(said(m) for m in named)
    assert [names.count(one.name) for one in (mei, stage.ben, carl, anna)] == [1, 1, 0, 0]
    assert all(m.reply_to == post.message_id for m in named)
    anna.send(stage.bot, "/announce shares 1")
    await stage.settled()
    cut_off = stage.words("{n} of those who have not cannot be written to in private.", n=2)
    assert cut_off in said(stage.telegram.messages(anna)[-1]), "Ben, who never pressed Start, and Mei"

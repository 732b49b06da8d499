"""What departments and members owe: set, counted, shown, reminded of, kept when the period ends (R09)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from bot.announcements.quotas.rules.periods import Period
from bot.announcements.quotas.texts import words
from tests.journeys.stage import Stage, said

if TYPE_CHECKING:
    from bot.sandbox.telegram import Actor
    from bot.sandbox.telegram.model import Message


def table(stage: Stage, who: Actor) -> Message | None:
    """Return the newest message that has the buttons of the table."""
    label = stage.words(words.LIST)
    return next((m for m in reversed(stage.telegram.messages(who)) if label in m.labels()), None)


async def deliver(stage: Stage, number: int) -> None:
    """Publish an announcement of Anna's."""
    stage.anna.send(stage.bot, f"/announce Notice {number}")
    await stage.settled()
    stage.anna.send(stage.bot, f"/announce publish {number}")
    await stage.see(stage.group, f"Notice {number}")
    await stage.settled()


async def test_what_is_owed_is_set_counted_shown_and_exported(either_stage: Stage) -> None:
    stage, anna, mei = either_stage, either_stage.anna, either_stage.mei
    anna.set_tag(stage.group, mei, "Sales")
    for one in (anna, mei, stage.carl):
        one.send(stage.group, "hello")
    mei.start(stage.bot)
    await stage.settled()
    line = "/quota set Sales 2 a month" if stage.locale == "en" else "/quota 设置 Sales 每月两篇"
    anna.send(stage.bot, line)
    await stage.see(anna, "📊", "Sales", "2")
    anna.send(stage.bot, "/quota set @mei 1 a month")
    await stage.see(anna, "📊", "Mei", "1")
    anna.send(stage.bot, "/announce")
    menu = await stage.until(
        lambda: next((m for m in stage.telegram.messages(anna) if stage.words(words.MENU) in m.labels()), None)
    )
    await stage.tap(anna, menu, stage.words(words.MENU))
    await stage.until(lambda: table(stage, anna))
    anna.send(stage.bot, "/cancel")

    # What Mei hands in counts for her and her department when it is published, and not before.
    mei.send(stage.bot, "/submit Coats are wanted")
    card = await stage.see(anna, "Coats are wanted", "#1")
    await stage.tap(anna, card, "✅")
    await stage.settled()
    for label in ("Do not name them", "Skip"):
        await stage.tap(anna, stage.telegram.messages(anna)[-1], stage.words(label))
        await stage.settled()
    anna.send(stage.bot, "/quota")
    shown = await stage.until(lambda: table(stage, anna))
    await stage.settled()
    share = "{icon} {who}: {delivered} of {owed}"
    none = stage.words(share, icon="▫️", who="Mei (Sales)", delivered=0, owed=1)
    shown = await stage.see(anna, none)
    anna.send(stage.bot, "/announce publish 1")
    await stage.see(stage.group, "Coats are wanted")
    await stage.settled()
    anna.send(stage.bot, "/quota")
    shown = await stage.see(anna, stage.words(share, icon="✅", who="Mei (Sales)", delivered=1, owed=1))
    assert stage.words(share, icon="▫️", who="Sales", delivered=1, owed=2) in said(shown)

    await stage.tap(anna, shown, stage.words(words.PICTURE))
    await stage.settled()
    assert "photo" in stage.telegram.messages(anna)[-1].body
    await stage.tap(anna, shown, ".csv")
    await stage.settled()
    document = stage.telegram.messages(anna)[-1].body["document"]
    rows = list(csv.reader(io.StringIO(stage.telegram.world.state.files[document["file_id"]].data.decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == ["Sales", "Mei"]
    assert [row[4:] for row in rows[1:]] == [["2", "1", "1"], ["1", "1", "0"]]
    await stage.tap(anna, shown, ".xlsx")
    await stage.settled()
    assert stage.telegram.messages(anna)[-1].body["document"]["file_name"].endswith(".xlsx")


async def test_managers_hear_who_is_behind_and_the_week_is_kept_over_a_restart(stage: Stage) -> None:
    anna = stage.anna
    for one in (anna, stage.mei):
        one.send(stage.group, "hello")
    await stage.settled()
    anna.send(stage.bot, "/quota set everybody 1 a week")
    await stage.see(anna, "Everybody: 1 in each week")
    await deliver(stage, 1)
    stage.carl.send(stage.group, "hello")
    stage.carl.start(stage.bot)
    anna.send(stage.bot, "/quota set Press 1 a week @carl")
    await stage.see(anna, "Press: 1 in each week (Carl answers for it)")
    stage.carl.leave(stage.group)
    anna.send(stage.group, "/quiet 22:00-11:00")
    await stage.settled()
    # The week ends on Sunday, 14 March: Friday at ten, held back by the quiet hours until eleven.
    await stage.advance(days=2, minutes=30)
    assert stage.find(anna, "Still to be delivered") is None
    await stage.advance(hours=1)
    told = await stage.see(anna, "Still to be delivered", "Mei: 0 of 1")
    assert "Anna" not in said(told)
    assert "I cannot write to Carl, Ben, and Mei; please tell them." in said(told)
    assert stage.find(stage.carl, "⏳") is None, "who has left reads nothing more about the group"
    await stage.stop()
    stage.clock.advance(stage.clock.now().replace(day=16) - stage.clock.now())
    await stage.start()
    await stage.settled()
    anna.send(stage.bot, "/quota")
    shown = await stage.until(lambda: table(stage, anna))
    assert "✅ Anna" not in said(shown)
    await stage.tap(anna, shown, "« Earlier")
    former = await stage.see(anna, "✅ Anna: 1 of 1", "▫️ Mei: 0 of 1", "Kept as it was at its end.")
    assert not any("Earlier" in label for label in former.labels())


async def test_those_who_are_behind_hear_it_in_private(either_stage: Stage) -> None:
    stage, anna, ben, mei, carl = either_stage, either_stage.anna, either_stage.ben, either_stage.mei, either_stage.carl
    for one in (anna, ben, mei, carl):
        one.send(stage.group, "hello")
    for one in (mei, carl):
        one.start(stage.bot)
    await stage.settled()
    answers_for = stage.words("{quota} ({name} answers for it)", quota="", name="Mei")
    line = "/quota set Sales 2 a week @mei" if stage.locale == "en" else "/quota 设置 Sales 每周两篇 由@mei负责"
    anna.send(stage.bot, line)
    await stage.see(anna, "Sales", answers_for)
    for name in ("mei", "carl", "ben"):
        anna.send(stage.bot, f"/quota set @{name} 1 a week")
    await stage.settled()
    # Carl has blocked the bot, and Telegram has not told it.
    stage.telegram.faults.add("sendMessage", "403", 1, chat_id=carl.id)
    # The week ends on Sunday: it is Friday at ten.
    await stage.advance(days=2, minutes=1)
    told = await stage.see(mei, stage.words("What you hand in counts when it is published."))
    values = {"delivered": 0, "owed": 2}
    assert stage.words(
        "▫️ {department}, for which you answer: {delivered} of {owed}", department="Sales", **values
    ) in said(told)
    assert stage.words("▫️ you yourself: {delivered} of {owed}", delivered=0, owed=1) in said(told)
    await stage.see(anna, stage.words("I cannot write to {names}; please tell them.", names="Ben"))
    failed = "⏳ {group}: I could not remind {name} of what is still to be delivered, since I cannot write to them. Please tell them."
    await stage.see(anna, stage.words(failed, group="Hikers", name="Carl"))
    await stage.tap(mei, told, "✍️")
    await stage.settled()
    await stage.see(mei, stage.words("Hand something in"))


async def test_everything_by_buttons_and_a_form(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    anna.send(stage.bot, "/quota")
    await stage.settled()
    await stage.tap(anna, stage.telegram.messages(anna)[-1], stage.words(words.NEW))
    await stage.settled()
    await stage.tap(anna, stage.telegram.messages(anna)[-1], stage.words(words.EVERYBODY))
    await stage.settled()
    anna.send(stage.bot, "3")
    await stage.settled()
    await stage.tap(anna, stage.telegram.messages(anna)[-1], stage.words(words.PERIODS[Period.QUARTER]))
    await stage.settled()
    assert stage.words(words.EVERYBODY) in said(stage.telegram.messages(anna)[-1])
    anna.send(stage.bot, "/quota")
    shown = await stage.until(lambda: table(stage, anna))
    await stage.tap(anna, shown, stage.words(words.SETTINGS))
    await stage.settled()
    await stage.tap(anna, shown, "7")
    await stage.settled()
    assert "7" in said(shown)
    await stage.tap(anna, shown, stage.words(words.BACK))
    await stage.settled()
    await stage.tap(anna, shown, stage.words(words.LIST))
    await stage.settled()
    await stage.tap(anna, shown, "🗑")
    await stage.settled()
    assert "/quota set" in said(shown)

    # Of a department the form asks who answers for it, and a button changes that.
    await stage.tap(anna, shown, stage.words(words.NEW))
    for typed in ("Sales", "3"):
        await stage.settled()
        anna.send(stage.bot, typed)
    await stage.settled()
    await stage.tap(anna, stage.telegram.messages(anna)[-1], stage.words(words.PERIODS[Period.WEEK]))
    await stage.settled()
    anna.send(stage.bot, "@anna")
    await stage.see(anna, stage.words("{quota} ({name} answers for it)", quota="", name="Anna"))
    anna.send(stage.bot, "/quota remove")
    await stage.settled()
    await stage.tap(anna, stage.telegram.messages(anna)[-1], stage.words(words.KEEPER_KEY))
    await stage.settled()
    await stage.tap(anna, stage.telegram.messages(anna)[-1], stage.words(words.NOBODY))
    await stage.see(anna, stage.words("Nobody in particular answers for {department} any more.", department="Sales"))

"""Announcements that come again and again, as those who publish them see it: on a line, by buttons, over restarts (R02)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.announcements.recurring import texts as say
from bot.i18n import N_
from tests.journeys.stage import Stage, said

if TYPE_CHECKING:
    from bot.sandbox.telegram import Message

RULES = {
    "en": {
        "weekdays": "every weekday at 9:00",
        "shown": "Monday to Friday at 09:00, except on public holidays",
        "daily": "every day at 9:00",
        "twice": "every day at 9:00, 2 times",
        "cron": "cron 0 9,18 * * *",
        "each": "every day",
        "often": "cron * * * * *",
        "every": "every",
        "recurring": "recurring",
        "pause": "pause",
        "resume": "resume",
        "skip": "skip",
        "gone": "has ended",
        "rule": "every Tue 10:00",
        "pattern": "Announcement #1 for Hikers: recurring",
        "paused": "Paused. When it goes on",
        "over": "and has ended",
        "keeps": "1 recurring announcement keeps its hour",
        "comma": ", ",
        "barred": "is paused: Ben",
        "author": "is paused: Mei, who wrote it",
        "monday": "every Mon",
        "half past": "9:30",
        "monday half past": "every Monday at 09:30",
    },
    "zh_Hans": {
        "weekdays": "每个工作日9点",
        "shown": "周一到周五 09:00，节假日除外",
        "daily": "每天早上9点",
        "twice": "每天9点，共2次",
        "cron": "cron 0 9,18 * * *",
        "each": "每天",
        "often": "cron * * * * *",
        "every": "重复",
        "recurring": "周期",
        "pause": "暂停",
        "resume": "继续",
        "skip": "跳过",
        "gone": "已经结束",
        "rule": "每周二10点",
        "pattern": "公告 #1（Hikers）：周期公告",
        "paused": "已暂停。恢复后",
        "over": "现已结束",
        "keeps": "1条周期公告按新时区的同一钟点发",
        "comma": " ",
        "barred": "已暂停：作者Ben",
        "author": "作者Mei已无权发公告",
        "monday": "每周一",
        "half past": "早上9点半",
        "monday half past": "每周星期一 09:30",
    },
}


async def newest(stage: Stage) -> Message:
    await stage.settled()
    return stage.telegram.messages(stage.anna)[-1]


async def say_(stage: Stage, line: str) -> Message:
    stage.anna.send(stage.bot, line)
    return await newest(stage)


def label(stage: Stage, words: str) -> str:
    return stage.words(words)


def posted(stage: Stage, text: str) -> int:
    """Count how often a text stands in the group."""
    return sum(said(message) == text for message in stage.telegram.messages(stage.group))


async def to_nine(stage: Stage, days: int = 1) -> None:
    """Let the clock be nine in the group, on another day."""
    now = stage.clock.now()
    hours = 9 if stage.zone == "UTC" else 1
    ahead = (hours * 60 - now.hour * 60 - now.minute) % 1440 or 1440
    await stage.advance(minutes=ahead + (days - 1) * 1440)


async def down_for(stage: Stage, time: timedelta) -> None:
    """Let time pass while the bot is down."""
    await stage.stop()
    stage.clock.advance(time)
    await stage.start()
    await stage.settled()


def earlier(stage: Stage, count: int) -> str:
    """Return what tells how many dates passed."""
    return f"{count} earlier dates" if stage.locale == "en" else f"更早的{count}次"


async def begun(stage: Stage, rule: str, text: str = "Good morning") -> Message:
    """Let a text recur on one line, and return the page that says so."""
    words = RULES[stage.locale]
    stage.anna.send(stage.bot, f"/announce {words['every']} {words[rule]} | {text}")
    summary = await newest(stage)
    await stage.tap(stage.anna, summary, summary.labels()[0])
    await stage.settled()
    return await stage.see(stage.anna, stage.words(N_("Next dates:")))


async def test_a_line_is_shown_with_its_next_dates_and_goes_out_on_each(either_stage: Stage) -> None:
    stage, words = either_stage, RULES[either_stage.locale]
    summary = await say_(stage, f"/announce {words['every']} {words['weekdays']} | Good morning")
    for part in (words["shown"], "Good morning", *(stage.day(3, day) for day in (11, 12, 15, 16, 17))):
        assert part in said(summary), part
    assert stage.day(3, 13) not in said(summary)
    await stage.tap(stage.anna, summary, summary.labels()[0])
    await stage.see(stage.anna, "#1", "🔁", stage.day(3, 11))
    await to_nine(stage)
    await stage.see(stage.group, "Good morning")
    await stage.stop()
    await stage.start()
    await to_nine(stage)
    assert posted(stage, "Good morning") == 2
    await to_nine(stage, 2)  # no dates on the weekend
    assert posted(stage, "Good morning") == 2
    await to_nine(stage)
    assert posted(stage, "Good morning") == 3
    assert len(stage.telegram.pins(stage.group)) == 3


async def test_a_rule_may_lean_on_the_word_every(stage: Stage) -> None:
    for typed, shown in (
        ("2 weeks on Mon at 10:00", "every 2 weeks on Monday at 10:00"),
        ("30 9 * * 1-5", "cron 30 9 * * 1-5"),
        ("month on the last Fri at 17:00", "every month on the last Friday at 17:00"),
    ):
        assert shown in said(await say_(stage, f"/announce every {typed} | Team meeting")), typed


async def test_a_rule_on_a_line_without_its_hour_is_asked_for_it(either_stage: Stage) -> None:
    stage, anna, words = either_stage, either_stage.anna, RULES[either_stage.locale]
    asked = await say_(stage, f"/announce {words['every']} {words['monday']} | Good morning")
    assert words["monday"] in said(asked)
    assert asked.labels()[:3] == ["9:00", "12:00", "18:00"]
    summary = await say_(stage, words["half past"])
    assert words["monday half past"] in said(summary)
    assert "Good morning" in said(summary)
    await stage.tap(anna, summary, summary.labels()[0])
    await stage.see(anna, "#1", "🔁", stage.day(3, 15))
    # A text behind a bar makes a new one, though the word is that of the list.
    another = await say_(stage, f"/announce {words['recurring']} {words['rule']} | Good evening")
    assert "Good evening" in said(another)
    assert stage.day(3, 16) in said(another)
    asked = await say_(stage, f"/announce {words['recurring']} 1 {words['each']}")
    await stage.tap(anna, asked, "12:00")
    summary = await newest(stage)
    assert stage.day(3, 11) in said(summary)
    await stage.tap(anna, summary, summary.labels()[0])
    await stage.see(anna, stage.words(say.DONE["rule"]), stage.day(3, 11))


async def test_it_ends_after_its_count_though_the_bot_was_restarted(either_stage: Stage) -> None:
    stage, words = either_stage, RULES[either_stage.locale]
    await begun(stage, "twice")
    await to_nine(stage)
    await stage.stop()
    await stage.start()
    for _ in range(3):
        await to_nine(stage)
    assert posted(stage, "Good morning") == 2
    answer = await say_(stage, f"/announce {words['recurring']}")
    assert "/announce" in said(answer)
    assert answer.labels()[0] == label(stage, say.NEW)


async def test_everything_goes_by_buttons_from_a_bare_command(either_stage: Stage) -> None:
    stage, anna, words = either_stage, either_stage.anna, RULES[either_stage.locale]
    menu = await say_(stage, "/announce")
    await stage.tap(anna, menu, label(stage, say.MENU))
    await stage.tap(anna, await newest(stage), label(stage, say.NEW))
    anna.send(stage.bot, "Please hand in your hours")
    await newest(stage)
    clock = await say_(stage, words["each"])  # without a time of day it is asked for
    assert "9:00" in clock.labels()
    await stage.tap(anna, clock, "9:00")
    summary = await newest(stage)
    await stage.tap(anna, summary, summary.labels()[0])
    page = await stage.see(anna, "🔁", stage.day(3, 11))

    await stage.tap(anna, page, label(stage, say.SKIP))
    await stage.settled()
    await stage.tap(anna, page, stage.day(3, 11))
    await stage.settled()
    assert stage.words(say.DONE["skip"]) in said(page)
    await to_nine(stage)
    assert posted(stage, "Please hand in your hours") == 0
    await stage.tap(anna, page, label(stage, say.PAUSE))
    await to_nine(stage)
    assert posted(stage, "Please hand in your hours") == 0
    await stage.tap(anna, page, label(stage, say.RESUME))
    await to_nine(stage)
    assert posted(stage, "Please hand in your hours") == 1
    await stage.tap(anna, page, label(stage, say.RULE))
    summary = await say_(stage, words["cron"])
    await stage.tap(anna, summary, summary.labels()[0])
    await stage.settled()
    page = await stage.see(anna, "cron 0 9,18 * * *", stage.words(say.DONE["rule"]))
    await stage.tap(anna, page, label(stage, say.END))
    await stage.settled()
    await stage.tap(anna, page, label(stage, say.YES_END))
    await stage.settled()
    assert words["gone"] in said(page)
    await to_nine(stage)
    assert posted(stage, "Please hand in your hours") == 1


async def test_a_draft_recurs_by_a_button_of_its_card(either_stage: Stage) -> None:
    stage, anna, words = either_stage, either_stage.anna, RULES[either_stage.locale]
    anna.send(stage.bot, "/announce Keep the doors shut")
    card = await stage.see(anna, "#1", "Keep the doors shut")
    await stage.tap(anna, card, label(stage, say.REPEAT))
    await newest(stage)
    often = await say_(stage, words["often"])
    assert "15" in said(often)
    summary = await say_(stage, words["daily"])
    await stage.tap(anna, summary, summary.labels()[0])
    await stage.settled()
    await stage.see(anna, "#1", "🔁", "Keep the doors shut")
    card = await stage.see(anna, words["pattern"], "Keep the doors shut", stage.day(3, 11))
    assert stage.words(N_("It is not published yet. This is how it will look:")) not in said(card)
    listed = said(await say_(stage, "/announce list"))
    assert "🔁 #1" in listed
    assert "📝" not in listed
    anna.send(stage.bot, "/announce edit 1 Keep all doors shut")
    await stage.settled()
    await to_nine(stage)
    assert posted(stage, "Keep all doors shut") == 1
    card = await stage.see(anna, words["pattern"], "Keep all doors shut", stage.day(3, 12))
    paused = await say_(stage, f"/announce {words['recurring']} 1 {words['pause']}")
    assert stage.words(say.DONE["pause"]) in said(paused)
    assert words["paused"] in said(card)
    assert stage.day(3, 12) not in said(card)
    await say_(stage, f"/announce {words['recurring']} 1 {words['resume']}")
    skipped = await say_(stage, f"/announce {words['recurring']} 1 {words['skip']} 2027-03-13")
    assert stage.words(say.DONE["skip"]) in said(skipped)
    assert stage.day(3, 13) in said(skipped).split("\n")[2]  # among the days left out
    assert f"• {stage.day(3, 13)}" not in said(skipped)
    other = await say_(stage, f"/announce {words['recurring']} 1 {words['rule']}")
    assert stage.day(3, 16) in said(other)
    await stage.tap(anna, other, other.labels()[0])
    page = await stage.see(anna, stage.words(say.DONE["rule"]), stage.day(3, 16))
    await stage.tap(anna, page, label(stage, say.END))
    await stage.settled()
    await stage.tap(anna, page, label(stage, say.YES_END))
    await stage.settled()
    assert words["over"] in said(card)
    assert words["pattern"] not in said(card)


async def test_dates_the_bot_was_down_for_become_one_offer(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    await begun(stage, "daily")
    await down_for(stage, timedelta(days=3, hours=2))
    assert posted(stage, "Good morning") == 0
    told = [message for message in stage.telegram.messages(anna) if "⚠️" in said(message)]
    assert len(told) == 1
    assert stage.find(anna, earlier(stage, 2)) is not None
    await stage.tap(anna, told[0], told[0].labels()[0])
    await stage.until(lambda: posted(stage, "Good morning") == 1)
    await to_nine(stage)
    assert posted(stage, "Good morning") == 2
    await down_for(stage, timedelta(days=1, minutes=40))  # not an hour late: it goes out by itself
    assert posted(stage, "Good morning") == 3


async def test_it_keeps_its_hour_when_the_group_moves_to_another_zone(either_stage: Stage) -> None:
    stage, words = either_stage, RULES[either_stage.locale]
    stage.anna.send(stage.group, "/timezone Europe/London")
    await stage.settled()
    await begun(stage, "daily", "Good morning, {date}")
    await stage.see(stage.anna, "#1", stage.words("Each time it comes, the date is that of the day."))
    stage.anna.send(stage.group, "/timezone Asia/Shanghai")
    await stage.see(stage.group, words["keeps"], "#1", f"{stage.day(3, 11)}{words['comma']}09:00")
    await stage.advance(hours=14, minutes=59)
    assert posted(stage, f"Good morning, {stage.day(3, 11)}") == 0
    await stage.advance(minutes=1)
    assert posted(stage, f"Good morning, {stage.day(3, 11)}") == 1


async def test_it_is_paused_when_who_set_it_may_not_publish_any_more(either_stage: Stage) -> None:
    stage, words = either_stage, RULES[either_stage.locale]
    stage.ben.start(stage.bot)
    stage.ben.send(stage.bot, f"/announce {words['every']} {words['daily']} | Good morning")
    await stage.settled()
    summary = stage.telegram.messages(stage.ben)[-1]
    await stage.tap(stage.ben, summary, summary.labels()[0])
    await stage.settled()
    stage.anna.demote(stage.group, stage.ben)
    await stage.settled()
    await to_nine(stage)
    assert posted(stage, "Good morning") == 0
    told = await stage.see(stage.anna, words["barred"])
    await stage.tap(stage.anna, told, told.labels()[0])
    page = await stage.see(stage.anna, stage.words("⏸ It is paused. If it is resumed now, its next dates are:"))
    await stage.tap(stage.anna, page, label(stage, say.RESUME))
    await to_nine(stage)
    assert posted(stage, "Good morning") == 1


async def test_quiet_hours_hold_it_until_they_end(either_stage: Stage) -> None:
    stage = either_stage
    stage.anna.send(stage.bot, "/quiet 22:00-09:30")
    await stage.settled()
    await begun(stage, "daily")
    await to_nine(stage)
    assert posted(stage, "Good morning") == 0
    await stage.advance(minutes=30)
    assert posted(stage, "Good morning") == 1


async def test_a_public_holiday_has_no_date_and_a_photo_comes_with_its_words(either_stage: Stage) -> None:
    stage, anna, words = either_stage, either_stage.anna, RULES[either_stage.locale]
    anna.send(stage.bot, "/holidays add 2027-03-11")
    await stage.settled()
    photo = anna.send_file(stage.bot, "photo", caption="The view")
    anna.send(stage.bot, f"/announce {words['every']} {words['daily']}", reply_to=photo)
    summary = await newest(stage)
    assert stage.day(3, 11) not in said(summary)
    await stage.tap(anna, summary, summary.labels()[0])
    await to_nine(stage)
    assert posted(stage, "The view") == 0
    await to_nine(stage)
    assert posted(stage, "The view") == 1
    (pin,) = stage.telegram.pins(stage.group)
    assert pin["photo"][-1]["file_unique_id"] == photo["photo"][-1]["file_unique_id"]


async def test_its_text_is_approved_once_and_again_after_a_change(either_stage: Stage) -> None:
    stage, anna, ben = either_stage, either_stage.anna, either_stage.ben
    ben.send(stage.group, "Hello")
    ben.start(stage.bot)
    anna.send(stage.bot, "/announce settings review other")
    await stage.settled()
    await begun(stage, "daily")
    await approve(stage, "Good morning")
    await stage.see(anna, "#1", stage.words("It goes out on its dates."))
    for day in (1, 2):
        await to_nine(stage)
        assert posted(stage, "Good morning") == day
    anna.send(stage.bot, "/announce edit 1 Good evening")
    await stage.settled()
    await to_nine(stage)
    assert posted(stage, "Good morning") + posted(stage, "Good evening") == 2
    await approve(stage, "#1", "Good evening")
    await to_nine(stage)
    assert posted(stage, "Good evening") == 1


async def approve(stage: Stage, *parts: str) -> None:
    """Let Ben approve what is shown to him."""

    def shown() -> Message | None:
        found = (m for m in reversed(stage.telegram.messages(stage.ben)) if any("✅" in name for name in m.labels()))
        return next((m for m in found if all(part in said(m) for part in parts)), None)

    await stage.tap(stage.ben, await stage.until(shown), "✅")
    await stage.settled()


async def test_it_is_paused_when_its_author_may_not_announce_any_more(either_stage: Stage) -> None:
    stage, words = either_stage, RULES[either_stage.locale]
    anna, mei = stage.anna, stage.mei
    mei.start(stage.bot)
    mei.send(stage.group, "Hello")
    await stage.settled()
    anna.send(stage.group, "/role grant @mei editor")
    await stage.settled()
    mei.send(stage.bot, "/announce Good morning")
    await stage.settled()
    anna.send(stage.bot, "/announce show 1")
    card = await stage.see(anna, "#1", "Good morning")
    await stage.tap(anna, card, label(stage, say.REPEAT))
    await newest(stage)
    summary = await say_(stage, words["daily"])
    await stage.tap(anna, summary, summary.labels()[0])
    await to_nine(stage)
    assert posted(stage, "Good morning") == 1
    anna.send(stage.group, "/role take @mei editor")
    await stage.settled()
    await to_nine(stage)
    assert posted(stage, "Good morning") == 1
    await stage.see(anna, words["author"])


async def test_what_is_not_understood_leaves_it_as_it_was(either_stage: Stage) -> None:
    stage, words = either_stage, RULES[either_stage.locale]
    await begun(stage, "daily")
    before = said(await say_(stage, f"/announce {words['recurring']} 1"))
    for typed, named in (
        (f"{words['skip']} someday", "someday"),
        (f"{words['skip']} 2027-05-32", "2027-05-32"),
        (f"{words['skip']} 2030-01-01", ""),
        ("dance", "dance"),
        ("sometimes at 9:00", "sometimes at 9:00"),
        (words["often"], "15"),
        ("cron 0 25 * * *", "cron 30 9 * * 1-5"),
    ):
        answer = await say_(stage, f"/announce {words['recurring']} 1 {typed}")
        assert named in said(answer), typed
        assert not answer.labels(), typed
    assert said(await say_(stage, f"/announce {words['recurring']} 1")) == before


async def test_it_is_paused_at_once_when_its_text_is_discarded(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    await begun(stage, "daily")
    anna.send(stage.bot, "/announce cancel 1")
    told = stage.words(
        "⏸ The recurring announcement #{number} in {group} is paused: its text was discarded, turned down or taken back.",
        number=1,
        group="Hikers",
    )
    await stage.see(anna, told)
    await stage.advance(days=1)
    assert posted(stage, "Good morning") == 0


async def test_a_line_can_say_that_it_comes_on_public_holidays_too(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    anna.send(stage.bot, "/holidays add 2027-03-11")
    await stage.settled()
    line = {"en": "every day at 9:00 including holidays", "zh_Hans": "重复 每天9点，包括节假日"}[stage.locale]
    anna.send(stage.bot, f"/announce {line} | Open as ever")
    summary = await newest(stage)
    assert stage.day(3, 11) in said(summary)
    await stage.tap(anna, summary, summary.labels()[0])
    await stage.see(anna, stage.words(N_("Next dates:")))
    await to_nine(stage)
    await stage.advance(hours=15)  # a holiday is quiet, so what comes on it waits until it is over
    assert posted(stage, "Open as ever") == 1

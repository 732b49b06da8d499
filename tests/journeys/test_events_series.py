"""Series as stories (R05): an event comes again, one date is skipped, one is moved, the clocks change, it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.series.texts import ASK_REASON, ASK_RULE, ASK_TO
from tests.journeys.stage import Stage, said

if TYPE_CHECKING:
    from bot.sandbox.telegram import Message

LINE = "/event create Hike 徒步 | 2027-03-13 09:00 | 2 seats | until 2027-03-12 20:00"


NONE_YET = "There are no series. To let an event come again, write its number: <code>/event repeat 3 weekly</code>"
CHOICES = {
    "en": [
        "every Saturday at 09:00",
        "every 2 weeks on Saturday at 09:00",
        "every month on the second Saturday at 09:00",
    ],
    "zh_Hans": ["每周星期六 09:00", "每2周的星期六 09:00", "每月第二个星期六 09:00"],
}
SECOND_SATURDAYS = ((4, 10), (5, 8), (6, 12))


def when(stage: Stage, day: int, clock: str) -> str:
    """Return a time in March as the stage's language writes it."""
    return stage.words("{date}, {time}", date=stage.day(3, day), time=clock)


async def begin(stage: Stage, rule: str = "weekly") -> Message:
    """Plan an event and let it come again; returns the series as it is shown in private."""
    await stage.plan(stage.anna, LINE)
    await stage.agree(stage.anna, f"/event repeat 1 {rule}")
    return await stage.see(stage.anna, "🔁", "#1", "Hike 徒步", "✅")


async def test_an_event_comes_again_and_its_next_card_is_opened_by_itself(any_stage: Stage) -> None:
    stage = any_stage
    view = await begin(stage)
    card = await stage.see(stage.group, "#1", "🔁")
    assert "20" in said(card)
    await stage.tap(stage.mei, card, card.labels()[0])
    # From Wednesday 10 March to Sunday 14 March, 10:00: six days ahead of the 20th.
    await stage.advance(days=4, hours=4)
    following = await stage.see(stage.group, "#2", "Hike 徒步", "20", "🔁")
    assert "Mei" not in said(following)
    assert await stage.tap(stage.mei, following, following.labels()[0])
    await stage.settled()
    assert "Mei" in said(following)
    assert view.labels()


async def test_five_dates_are_shown_before_anything_is_saved(either_stage: Stage) -> None:
    stage = either_stage
    await stage.plan(stage.anna, LINE)
    rule = {"en": "every 2 weeks on Sat", "zh_Hans": "每两周的周六"}[stage.locale]
    stage.anna.send(stage.bot, f"/event repeat 1 {rule}")
    summary = await stage.see(stage.anna, stage.words("Is this right?"))
    for month, day in ((3, 13), (3, 27), (4, 10), (4, 24), (5, 8)):
        assert stage.day(month, day) in said(summary)
    await stage.tap(stage.anna, summary, "✕")
    stage.anna.send(stage.bot, "/event series")
    await stage.see(stage.anna, stage.words(NONE_YET))


async def test_the_days_are_chosen_by_a_button(either_stage: Stage) -> None:
    stage = either_stage
    await stage.plan(stage.anna, LINE)
    stage.anna.send(stage.bot, "/event repeat 1")
    question = await stage.see(stage.anna, stage.words(ASK_RULE))
    assert question.labels()[:3] == CHOICES[stage.locale]
    await stage.tap(stage.anna, question, CHOICES[stage.locale][2])
    summary = await stage.see(
        stage.anna, stage.words("Is this right?"), *(stage.day(*date) for date in SECOND_SATURDAYS)
    )
    await stage.tap(stage.anna, summary, "✓")
    begun = stage.words("{series} comes again from now on.", series="#1 Hike 徒步")
    await stage.see(stage.anna, begun, stage.day(4, 10))


async def test_a_date_is_skipped_and_one_is_moved(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    view = await begin(stage)
    await stage.tap(anna, view, stage.words("Skip a date"))
    await stage.settled()
    await stage.tap(anna, view, stage.day(3, 20))
    await stage.see(anna, stage.words("{when} is left out.", when=when(stage, 20, "09:00")))
    await stage.tap(anna, view, stage.words("Move a date"))
    await stage.settled()
    await stage.tap(anna, view, stage.day(3, 27))
    question = await stage.see(anna, stage.words(ASK_TO))
    anna.send(stage.bot, "2027-03-28 10:00", reply_to=question)
    await stage.tap(anna, await stage.see(anna, stage.words("Is this right?"), stage.day(3, 28)), "✓")
    later = when(stage, 28, "10:00")
    moved = stage.words("{before} is moved to <b>{after}</b>.", before=when(stage, 27, "09:00"), after=later)
    await stage.see(anna, moved, stage.words("{when} (moved)", when=later))
    await stage.advance(days=11)
    assert stage.find(stage.group, "#2") is None
    await stage.advance(days=2)
    await stage.see(stage.group, "#2", "Hike 徒步", later)


async def test_a_date_people_are_on_is_skipped_with_a_reason(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    view = await begin(stage)
    card = await stage.see(stage.group, "#1", "🔁")
    await stage.tap(stage.mei, card, card.labels()[0])
    await stage.tap(anna, view, stage.words("Skip a date"))
    await stage.settled()
    await stage.tap(anna, view, stage.day(3, 13))
    question = await stage.see(anna, stage.words(ASK_REASON))
    anna.send(stage.bot, "Storm 暴雨", reply_to=question)
    await stage.tap(anna, await stage.see(anna, stage.words("Is this right?"), "Storm 暴雨"), "✓")
    await stage.see(stage.group, "❌", "Hike 徒步", "Storm 暴雨", "Mei")


async def test_those_who_came_are_on_the_next_list_and_are_told(either_stage: Stage) -> None:
    stage = either_stage
    stage.mei.start(stage.bot)
    view = await begin(stage)
    await stage.tap(stage.anna, view, stage.words("Those who came last time"))
    await stage.see(stage.anna, stage.words("Are put on the list"))
    card = await stage.see(stage.group, "#1", "🔁")
    await stage.tap(stage.mei, card, card.labels()[0])
    await stage.advance(days=4, hours=4)
    following = await stage.see(stage.group, "#2", "Hike 徒步")
    await stage.settled()
    assert "Mei" in said(following)
    put = {"en": "An organiser put you on the list", "zh_Hans": "组织者替你报名了"}[stage.locale]
    await stage.see(stage.mei, put, stage.day(3, 20))


async def test_nine_stays_nine_over_the_change_of_the_clocks_and_a_restart(either_stage: Stage) -> None:
    stage = either_stage
    stage.anna.send(stage.group, "/timezone Europe/Berlin")
    await stage.see(stage.group, "UTC+1", "11:00")
    await begin(stage)
    await stage.restart()
    # The clocks go forward on 28 March, between the third date and the fourth.
    for days, date in ((5, (3, 20)), (7, (3, 27)), (7, (4, 3))):
        await stage.advance(days=days)
        card = await stage.see(stage.group, stage.day(*date), "👥")
        assert "09:00" in said(card)


async def test_what_is_changed_on_one_date_may_hold_for_all(stage: Stage) -> None:
    await begin(stage)
    stage.anna.send(stage.bot, "/event edit 1 place New bridge")
    await stage.see(stage.group, "📍 New bridge")
    card = await stage.see(stage.group, "#1", "🔁")
    await stage.tap(stage.anna, card, "⚙️")
    panel = await stage.see(stage.anna, "New bridge")
    await stage.tap(stage.anna, panel, "Use for all coming dates")
    await stage.see(stage.anna, "all dates that are not open yet will be like this one")
    await stage.advance(days=4, hours=4)
    await stage.see(stage.group, "#2", "New bridge")


async def test_a_series_ends_after_a_question(either_stage: Stage) -> None:
    stage = either_stage
    view = await begin(stage)
    await stage.tap(stage.anna, view, stage.words("End the series"))
    yes = stage.words("Yes, end it")
    await stage.until(lambda: yes in view.labels())
    assert "#1 Hike 徒步" in said(view)
    await stage.tap(stage.anna, view, yes)
    await stage.see(stage.anna, stage.words("{series} has ended.", series="#1 Hike 徒步"), "1")
    await stage.advance(days=12)
    assert stage.find(stage.group, "#2") is None
    assert view.labels() == []


async def test_a_member_cannot_run_series(stage: Stage) -> None:
    await begin(stage)
    stage.mei.send(stage.group, "/event series")
    await stage.see(stage.group, "Only people who may run events")


async def test_the_story_in_chinese(zh_stage: Stage) -> None:
    stage = zh_stage
    await stage.plan(stage.anna, "/event create 徒步 | 2027-03-13 09:00 | 20人")
    stage.anna.send(stage.bot, "/event 重复 1 每两周的周六")
    summary = await stage.see(stage.anna, "每2周", "星期六")
    await stage.tap(stage.anna, summary, "✓")
    await stage.see(stage.anna, "🔁", "徒步", "3月27日")


async def test_a_date_is_skipped_by_the_command_in_both_languages(any_stage: Stage) -> None:
    stage = any_stage
    await begin(stage, "每周")
    stage.anna.send(stage.group, "/event skip")
    asked = await stage.see(stage.anna, "#1", "?" if stage.locale == "en" else "？")
    assert len(asked.labels()) == 9
    await stage.tap(stage.anna, asked, asked.labels()[1])
    await stage.settled()
    assert "20" not in asked.labels()[1]
    stage.anna.send(stage.group, "/event skip 1")
    await stage.settled()
    assert not any("20" in label.split("2027")[-1] for label in stage.telegram.messages(stage.anna)[-1].labels())


async def test_a_date_that_is_moved_or_cancelled_by_hand_is_so_in_the_series(stage: Stage) -> None:
    await begin(stage)
    await stage.agree(stage.anna, "/event edit 1 time 2027-03-14 11:00")
    stage.anna.send(stage.bot, "/event series 1")
    await stage.see(stage.anna, "✅ Sun, 14 Mar 2027, 11:00 (card posted)")
    stage.anna.send(stage.bot, "/event cancel 1 storm")
    await stage.settled()
    shown = stage.telegram.messages(stage.anna)[-1]
    await stage.tap(stage.anna, shown, shown.labels()[0])
    await stage.settled()
    stage.anna.send(stage.bot, "/event series 1")
    await stage.settled()
    view = stage.telegram.messages(stage.anna)[-1]
    assert "14 Mar" not in said(view)
    assert "• Sat, 20 Mar 2027, 09:00" in said(view)


async def test_the_card_stops_promising_dates_when_the_series_ends(stage: Stage) -> None:
    view = await begin(stage)
    card = await stage.see(stage.group, "#1", "🔁", "next on Sat, 20 Mar")
    await stage.tap(stage.anna, view, "End the series")
    await stage.see(stage.anna, "Do you really want to end")
    await stage.tap(stage.anna, view, "Yes, end it")
    await stage.settled()
    assert "🔁" not in said(card)


async def test_a_series_goes_on_when_its_maker_has_left(stage: Stage) -> None:
    await stage.plan(stage.anna, LINE)
    stage.anna.promote(stage.group, stage.mei)
    stage.mei.start(stage.bot)
    await stage.agree(stage.mei, "/event repeat 1 weekly")
    await stage.see(stage.mei, "comes again from now on")
    stage.mei.leave(stage.group)
    await stage.advance(days=4, hours=4)
    await stage.see(stage.group, "#2", "Hike 徒步", "Sat, 20 Mar 2027, 09:00")


async def test_a_group_that_became_a_supergroup_keeps_its_series(stage: Stage) -> None:
    anna, group = stage.anna, stage.group_of("Basic", stage.anna, supergroup=False)
    anna.promote(group, stage.bot)
    await stage.settled()
    await stage.plan(anna, LINE, group)
    anna.send(group, "/event repeat 1 weekly")
    summary = await stage.see(anna, "Is this right?", "every Saturday")
    await stage.tap(anna, summary, "Save")
    await stage.see(anna, "comes again from now on")
    bigger = stage.telegram.migrate(group)
    await stage.settled()
    await stage.advance(days=4, hours=4)
    await stage.see(bigger, "#2", "Hike 徒步", "Sat, 20 Mar 2027, 09:00")

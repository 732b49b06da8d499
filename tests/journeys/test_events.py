"""Events as a story: planned on one line or by the form, signed up for by taps, changed, remembered, cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.stage import Stage, said

if TYPE_CHECKING:
    from bot.sandbox.telegram import Actor, Message

LINE = "/event create Saturday hike | Sat 09:00 | 2 seats | until Fri 20:00 | at the old bridge"


async def planned(stage: Stage, line: str = LINE) -> Message:
    return await stage.plan(stage.anna, line)


async def test_one_line_is_shown_back_with_its_weekday_before_anything_is_saved(stage: Stage) -> None:
    stage.anna.send(stage.group, LINE)
    summary = await stage.see(stage.group, "Is this right?", "Saturday hike", "Sat, 13 Mar 2027, 09:00")
    for shown in ("Seats: 2", "Fri, 12 Mar 2027, 20:00", "the old bridge"):
        assert shown in said(summary)
    assert summary.labels() == ["✓ Save", "Save as draft", "✏️ Change", "✕ Cancel"]
    await stage.tap(stage.anna, summary, "Change")
    await stage.settled()
    await stage.tap(stage.anna, summary, "Seats")
    question = await stage.see(stage.group, "How many seats")
    stage.anna.send(stage.group, "5", reply_to=question)
    await stage.see(stage.group, "Is this right?", "Seats: 5")
    await stage.settled()
    assert stage.find(stage.group, "Saturday hike", "👥") is None
    await stage.tap(stage.anna, summary, "Save")
    await stage.see(stage.group, "#1", "0 of 5 seats taken")


async def test_a_line_that_was_shown_back_can_be_dropped(stage: Stage) -> None:
    stage.anna.send(stage.group, LINE)
    await stage.tap(stage.anna, await stage.see(stage.group, "Is this right?"), "Cancel")
    await stage.see(stage.group, "nothing was saved")
    stage.anna.send(stage.group, "/event list")
    await stage.see(stage.group, "No event is coming up")


async def test_the_story_by_both_ways_in_and_in_both_languages(any_stage: Stage) -> None:
    """Planned on one line, signed up for, full, a seat freed, moved, remembered, over; told without a word of either language."""
    stage, anna = any_stage, any_stage.anna
    stage.mei.start(stage.bot)
    card = await stage.plan(anna, "/event create Hike 徒步 | 2027-03-13 09:00 | 1 seat | +0 | at Old Fort 古堡")
    assert "Old Fort 古堡" in said(card)
    join, _maybe, leave = card.labels()[:3]
    for who in (stage.mei, stage.carl):
        assert await stage.tap(who, card, join)
    await stage.settled()
    assert said(card).index("Mei") < said(card).index("Carl")
    await stage.tap(stage.mei, card, leave)
    await stage.settled()
    assert "Mei" not in said(card)
    await stage.accept(stage.carl, await stage.see(stage.group, "🎟", "Carl", "Hike 徒步"))
    await stage.tap(stage.mei, card, join)
    await stage.agree(anna, "/event edit 1 time 2027-03-13 12:00", stage.group)
    await stage.see(stage.group, "🗓", "12:00", "Carl", "Mei")
    await stage.see(stage.mei, "🗓", "12:00")
    # To Saturday 02:00 UTC, two hours before noon in Shanghai.
    await stage.advance(days=2, hours=16)
    await stage.see(stage.group, "⏰", "Hike 徒步")
    await stage.advance(hours=14)
    await stage.settled()
    assert card.labels() == []


async def test_who_leaves_the_group_frees_their_seat(any_stage: Stage) -> None:
    stage = any_stage
    card = await stage.plan(stage.anna, "/event create Hike 徒步 | 2027-03-13 09:00 | 1 seat")
    other = await stage.plan(stage.anna, "/event create Walk 散步 | 2027-03-14 09:00 | 9 seats")
    for who in (stage.mei, stage.carl):
        await stage.tap(who, card, card.labels()[0])
    await stage.tap(stage.mei, other, other.labels()[0])
    stage.mei.leave(stage.group)
    await stage.accept(stage.carl, await stage.see(stage.group, "🎟", "Carl", "Hike 徒步"))
    await stage.settled()
    for shown in (card, other):
        assert "Mei" not in said(shown)
    assert "Carl" in said(card)
    stage.mei.join(stage.group)
    await stage.settled()
    assert "Mei" not in said(card)


async def test_live_cards_follow_the_groups_zone_and_language(stage: Stage) -> None:
    card = await planned(stage)
    over = await planned(stage, "/event create Breakfast | today 11:00")
    await stage.advance(hours=5)
    before = said(over)
    stage.anna.send(stage.group, "/timezone Asia/Shanghai")
    told = await stage.see(stage.group, "1 coming event keeps its moment", "Saturday hike", "Sat, 13 Mar 2027, 17:00")
    assert "Breakfast" not in said(told)
    await stage.settled()
    assert "Sat, 13 Mar 2027, 17:00" in said(card)
    assert "Sat, 13 Mar 2027, 04:00" in said(card)
    stage.anna.send(stage.group, "/language 简体中文")
    await stage.settled()
    assert "2027年3月13日" in said(card)
    assert "报名" in card.labels()
    assert said(over) == before


async def test_sign_up_waiting_list_and_a_freed_seat(stage: Stage) -> None:
    card = await planned(stage)
    assert "Sat, 13 Mar 2027, 09:00" in said(card)
    assert "the old bridge" in said(card)
    assert card.labels()[:4] == ["Join", "Maybe", "Can’t come", "List"]

    assert await stage.tap(stage.mei, card, "Join") == "You are in, seat 1 of 2."
    assert await stage.tap(stage.ben, card, "Join") == "You are in, seat 2 of 2."
    assert "number 1 on the waiting list" in await stage.tap(stage.carl, card, "Join")
    assert "already" in await stage.tap(stage.mei, card, "Join")
    assert "Waiting: Carl" in await stage.tap(stage.carl, card, "List")
    await stage.settled()
    assert "2 of 2 seats taken, 0 left · 1 on the waiting list" in said(card)

    assert "your seat is free" in await stage.tap(stage.mei, card, "Can’t come")
    told = await stage.see(stage.group, "A seat is free for Carl")
    assert "Saturday hike" in said(told)
    assert "1 of 2 seats taken, 0 left · 1 seat offered" in said(card)
    await stage.accept(stage.carl, told)
    await stage.settled()
    assert "2 of 2 seats taken" in said(card)
    assert "Mei" not in said(card)
    assert "Carl" in said(card)


async def test_guests_take_seats(stage: Stage) -> None:
    card = await planned(stage, "/event create Dinner | tomorrow 8pm | 3 seats | +1")
    assert card.labels()[:6] == ["Join", "Maybe", "Can’t come", "+1", "−1", "List"]
    assert "You are in with 1 guest" in await stage.tap(stage.mei, card, "+1")
    assert "more are not allowed" in await stage.tap(stage.mei, card, "+1")
    assert "number 1 on the waiting list" in await stage.tap(stage.ben, card, "+1")
    assert "come alone" in await stage.tap(stage.mei, card, "−1")
    told = await stage.see(stage.group, "free for Ben")
    assert "number 1 on the waiting list" in await stage.tap(stage.carl, card, "Join")
    await stage.accept(stage.ben, told)
    await stage.settled()
    assert "3 of 3 seats taken" in said(card)


async def test_the_form_asks_for_what_matters_and_says_it_back(stage: Stage) -> None:
    def asked(*parts: str) -> Message:
        found = stage.find(stage.group, *parts)
        assert found is not None, stage.telegram.describe()
        return found

    stage.anna.send(stage.group, "/event create")
    await stage.settled()
    for question, answer in (
        ("What is the event called", "Chess evening"),
        ("in person, or online", "in person"),
        ("When does it start", "Fri 19:00"),
        ("Where does it take place", "Club room"),
        ("How many seats", "12"),
    ):
        stage.anna.send(stage.group, answer, reply_to=asked(question))
        await stage.settled()
    summary = asked("Is this right?")
    assert "Fri, 12 Mar 2027, 19:00" in said(summary)
    await stage.tap(stage.anna, summary, "Save")
    card = await stage.see(stage.group, "Chess evening", "0 of 12 seats taken")
    assert "Club room" in said(card)


async def test_a_day_without_its_hour_is_asked_back_by_buttons(stage: Stage) -> None:
    stage.anna.send(stage.group, "/event create Hike | Saturday | 5 seats")
    question = await stage.see(stage.group, "At what time on Sat, 13 Mar 2027")
    await stage.tap(stage.anna, question, "09:00")
    await stage.settled()
    summary = stage.find(stage.group, "Is this right?", "Sat, 13 Mar 2027, 09:00")
    assert summary is not None, stage.telegram.describe()
    await stage.tap(stage.anna, summary, "Save")
    await stage.see(stage.group, "Hike", "0 of 5 seats taken")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/event create Hike | yesterday 9:00", "is already past"),
        ("/event create Hike | someday", "is not a time I understand"),
        ("/event create Hike | Sat 9:00 | lots of seats", "I do not understand “lots of seats”"),
        ("/event create Hike | Sat 9:00 | 0 seats", "number of seats must be from 1"),
        ("/event create Hike | Sat 9:00 | 1 seat | +1", "at least 2 seats"),
        ("/event create Hike | Sat 9:00 | +9", "at most 3 guests"),
        ("/event create Hike | Sat 9:00 | until Sun 20:00", "after the event has begun"),
        ("/event create Hike | Sat 9:00 | 5 seats | max 6", "was given already"),
        ("/event edit 7 seats 5", "no event #7"),
        ("/event edit hike", "not the number of an event"),
        ("/event frobnicate", "does not know “frobnicate”"),
        ("/event show 99", "no event #99"),
        ("/event list", "No event is coming up"),
    ],
)
async def test_bad_input_gets_a_clear_sentence(stage: Stage, line: str, answer: str) -> None:
    stage.anna.send(stage.group, line)
    await stage.see(stage.group, answer)
    await stage.settled()
    assert stage.find(stage.group, "#1", "👥") is None


async def test_members_cannot_plan(stage: Stage) -> None:
    stage.mei.send(stage.group, LINE)
    await stage.see(stage.group, "run events")
    assert stage.find(stage.group, "#1", "👥") is None


async def test_seats_are_edited_and_the_last_in_go_back_after_a_question(stage: Stage) -> None:
    card = await planned(stage)
    for who in (stage.mei, stage.ben, stage.carl):
        await stage.tap(who, card, "Join")
    stage.anna.send(stage.group, "/event edit 1 seats 3")
    await stage.see(stage.group, "is changed", "2 → 3", "Carl")
    stage.anna.send(stage.group, "/event edit 1 seats 1")
    question = await stage.see(stage.group, "there is no room for", "Ben", "Carl")
    await stage.tap(stage.anna, question, "Yes, only 1 seat")
    await stage.see(stage.group, "fewer seats now", "Ben", "Carl")
    await stage.settled()
    assert "1 of 1 seat taken, 0 left · 2 on the waiting list" in said(card)


async def test_edit_bare_offers_events_and_fields(stage: Stage) -> None:
    card = await planned(stage)
    stage.anna.send(stage.group, "/event edit")
    await stage.tap(stage.anna, await stage.see(stage.group, "Which event?"), "Saturday hike")
    question = await stage.see(stage.group, "What do you want to change?")
    await stage.tap(stage.anna, question, "Place")
    await stage.settled()
    asked = await stage.see(stage.group, "Where does it take place?")
    stage.anna.send(stage.group, "the new bridge", reply_to=asked)
    await stage.see(stage.group, "is changed", "the new bridge")
    await stage.settled()
    assert "the new bridge" in said(card)


async def test_another_time_is_told_to_everybody_and_reminders_follow(either_stage: Stage) -> None:
    stage, moved = either_stage, either_stage.day(3, 13)
    stage.mei.start(stage.bot)
    card = await planned(stage, "/event create Hike 徒步 | Sat 18:00 | 5 seats")
    for who in (stage.mei, stage.carl):
        await stage.tap(who, card, card.labels()[0])
    stage.anna.send(stage.group, "/event edit 1 time Sat 20:00")
    asked = await stage.see(stage.group, "#1 Hike 徒步", moved, "20:00", stage.words("Is this right?"))
    await stage.settled()
    assert "18:00" in said(card)
    await stage.tap(stage.anna, asked, "✓")
    await stage.see(stage.group, "🗓", moved, "20:00", "Mei", "Carl")
    await stage.see(stage.mei, "🗓", "Hike 徒步", "20:00")
    # From Wednesday 10:00 or 18:00 to Friday at the same time, then past the hour of the event.
    await stage.advance(days=2)
    assert stage.find(stage.group, "⏰") is None
    await stage.advance(hours=10 if stage.zone == "UTC" else 2)
    first = await stage.see(stage.group, "⏰", "Hike 徒步", moved, "5")
    await stage.see(stage.mei, "⏰", "Hike 徒步", "Hikers")
    await stage.advance(hours=22)
    assert await stage.see(stage.group, "⏰", {"en": "in 2 hours", "zh_Hans": "2小时后"}[stage.locale]) is not first
    await stage.advance(hours=2)
    await stage.settled()
    assert stage.words("This event has begun; sign-up is over") in said(card)
    assert card.labels() == [stage.words("List"), "⚙️"]
    await stage.advance(hours=3)
    assert card.labels() == []


async def test_a_late_reminder_is_not_sent_after_the_start(stage: Stage) -> None:
    await planned(stage)
    await stage.stop()
    await stage.advance(days=4)
    await stage.start()
    await stage.settled()
    assert stage.find(stage.group, "⏰") is None


async def test_of_late_reminders_one_comes_while_the_event_is_ahead(stage: Stage) -> None:
    await planned(stage)
    await stage.stop()
    await stage.advance(days=2, hours=22, minutes=30)
    await stage.start()
    await stage.settled()
    (reminder,) = [m for m in stage.telegram.messages(stage.group) if "⏰" in said(m)]
    assert "starts in 30 minutes" in said(reminder)


async def test_the_deadline_closes_the_card(either_stage: Stage) -> None:
    stage = either_stage
    card = await planned(stage)
    await stage.tap(stage.mei, card, card.labels()[0])
    leave, listing = stage.words("Can’t come"), stage.words("List")
    await stage.advance(days=2, hours=10)
    await stage.settled()
    ended = stage.words("{date}, {time}", date=stage.day(3, 12), time="20:00")
    assert stage.words("Sign-up ended on {when}", when=ended) in said(card)
    assert card.labels()[:2] == [leave, listing]


async def test_a_cancelled_event_is_told_to_everybody_on_it(either_stage: Stage) -> None:
    stage = either_stage
    stage.mei.start(stage.bot)
    card = await planned(stage)
    for who in (stage.mei, stage.ben, stage.carl):
        await stage.tap(who, card, card.labels()[0])
    stage.anna.send(stage.group, "/event cancel 1 heavy rain 大雨")
    yes = stage.words("Yes, cancel it")
    question = await stage.until(
        lambda: next((m for m in stage.telegram.messages(stage.group) if yes in m.labels()), None)
    )
    assert "3" in said(question)
    await stage.tap(stage.anna, question, yes)
    await stage.see(stage.group, "❌", "heavy rain 大雨", "Mei", "Ben", "Carl")
    await stage.see(stage.mei, "❌", "Hikers", "heavy rain 大雨")
    await stage.settled()
    assert stage.words("<b>This event is cancelled.</b>") in said(card)
    assert card.labels() == []


async def test_close_reopen_list_and_show(either_stage: Stage) -> None:
    stage = either_stage
    card = await planned(stage)
    open_for = card.labels()
    stage.anna.send(stage.group, "/event close 1")
    await stage.see(stage.group, "/event reopen 1")
    await stage.settled()
    assert stage.words("Sign-up is closed") in said(card)
    assert open_for[0] not in card.labels()
    stage.anna.send(stage.group, "/event reopen 1")
    await stage.see(stage.group, stage.words("{event}: people can sign up again.", event="#1 Saturday hike"))
    stage.mei.send(stage.group, "/event list")
    listed = await stage.see(stage.group, stage.words("What is coming up"), "Saturday hike", "2")
    assert "t.me/c/" in str(listed.body.get("entities"))
    stage.mei.send(stage.group, "/event show 1")
    await stage.settled()
    shown = await stage.see(stage.group, "Saturday hike", "👥")
    assert shown.message_id != card.message_id
    await stage.tap(stage.mei, shown, shown.labels()[0])
    await stage.settled()
    assert "Mei" in said(card)
    assert "Mei" in said(shown)


async def test_a_long_list_comes_in_pages(stage: Stage) -> None:
    card = await planned(stage, "/event create Fair | Sat 09:00")
    people: list[Actor] = [stage.person(f"Member{number:02}WithALongName") for number in range(25)]
    for who in people:
        who.join(stage.group)
        await stage.tap(who, card, "Join")
    await stage.settled()
    assert "… and 5 more (tap List)" in said(card)
    await stage.tap(stage.mei, card, "List")
    listed = await stage.see(stage.group, "Who is coming to", "25 people are coming")
    assert "Member24" not in said(listed)
    await stage.tap(stage.mei, listed, "»")
    await stage.settled()
    assert "Member24" in said(listed)
    assert "a short while ago" in await stage.tap(stage.mei, card, "List")


async def test_thirty_race_for_ten_seats(stage: Stage) -> None:
    card = await planned(stage, "/event create Boat trip | Sat 09:00 | 10 seats")
    people = [stage.person(f"Racer{number}") for number in range(30)]
    for who in people:
        who.join(stage.group)
    taps = [who.tap(card, "Join") for who in people]
    answers = [str((await stage.telegram.answer_to(tap, 20)).get("text")) for tap in taps]
    assert sum("You are in" in answer for answer in answers) == 10
    assert sum("on the waiting list" in answer for answer in answers) == 20
    await stage.settled()
    assert "10 of 10 seats taken, 0 left · 20 on the waiting list" in said(card)


async def test_planned_from_private(stage: Stage) -> None:
    await stage.agree(stage.anna, LINE)
    await stage.see(stage.anna, "is planned for", "Hikers")
    await stage.see(stage.group, "Saturday hike", "👥")


async def test_a_chinese_group(zh_stage: Stage) -> None:
    stage = zh_stage
    card = await stage.plan(stage.anna, "/event 创建 周六爬山｜周六9点｜2人｜可带1人｜截止周五20:00｜地点 香山")
    assert "香山" in said(card)
    labels = card.labels()
    for who in (stage.mei, stage.ben, stage.carl):
        answer = await stage.tap(who, card, labels[0])
        assert answer
    await stage.tap(stage.mei, card, labels[2])
    await stage.accept(stage.carl, await stage.see(stage.group, "🎟", "Carl"))
    await stage.settled()
    assert "Mei" not in said(card)
    assert "Carl" in said(card)
    stage.anna.send(stage.group, "/event 取消 1 下雨")
    await stage.settled()
    question = stage.find(stage.group, "周六爬山", "#1")
    assert question is not None
    await stage.tap(stage.anna, question, question.labels()[0])
    await stage.settled()
    assert card.labels() == []
    assert stage.find(stage.group, "❌", "下雨", "Carl") is not None


async def test_help_on_events_has_a_line_for_each_and_reaches_everybody(any_stage: Stage) -> None:
    stage = any_stage
    stage.mei.send(stage.group, "hello")
    for who in (stage.anna, stage.mei):
        who.start(stage.bot)
        who.send(stage.bot, "/help event")
        told = await stage.see(who, "/event mine — ", "/event money — ")
        assert ("/event door — " in said(told)) is (who is stage.anna)
        who.send(stage.bot, "/event help")
        await stage.see(who, "help", "/help event")
    stage.mei.send(stage.group, "/help event")
    await stage.see(stage.group, "/event mine — ")

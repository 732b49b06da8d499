"""The time before an event as a story: called in, asked again, the weather of the list, enough people, calendars."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
import vobject  # type: ignore[import-untyped]
from icalendar import Calendar

from bot.events import service
from bot.events.rules.event import Change, Edited
from bot.events.rules.signup import Person
from bot.kernel.ids import UserId
from tests.journeys.stage import Stage, said

if TYPE_CHECKING:
    from bot.sandbox.telegram import Actor
    from bot.sandbox.telegram.model import Chat, Message

HIKE = "/event create Hike 徒步 | 2027-03-13 12:00 | 5 seats | +2 | at Old Fort 古堡"
JOIN, MAYBE, LEAVE, CALENDAR = "Join", "Maybe", "Can’t come", "📅"


def at(stage: Stage, day: int, hour: int, minute: int = 0) -> datetime:
    """A time in March 2027 on the group's clock."""
    return datetime(2027, 3, day, hour, minute, tzinfo=ZoneInfo(stage.zone))


async def to(stage: Stage, when: datetime) -> None:
    """Let the time pass from one thing that is due to the next: each comes when it is due."""
    while (now := stage.clock.now()) < when:
        due = await stage.app.next_timer() if stage.app is not None else None
        upcoming = when if due is None else min(max(due, now), when)
        await stage.advance(seconds=(upcoming - now).total_seconds())


async def settle(stage: Stage, **values: Any) -> None:
    """Plan more of event #1: one field after another, as an organiser would."""
    assert stage.app is not None
    group = stage.app.groups.by_chat(stage.group.id)
    assert group is not None
    who = Person(UserId(stage.anna.id), "Anna")
    async with stage.app.database.write() as tx:
        for name, value in values.items():
            done = await service.edit(tx, group, 1, Change(name, value), who, stage.clock.now())  # type: ignore[arg-type]
            assert isinstance(done, Edited), done
    await stage.settled()


async def join(stage: Stage, card: Message, *people: Actor) -> None:
    for who in people:
        await stage.tap(who, card, card.labels()[0])
    await stage.settled()


def count(stage: Stage, where: Chat | Actor, *parts: str) -> int:
    return sum(all(part in said(message) for part in parts) for message in stage.telegram.messages(where))


def file_in(stage: Stage, message: Message) -> bytes:
    return stage.telegram.world.state.files[message["document"]["file_id"]].data


def entry_in(stage: Stage, message: Message) -> dict[str, Any]:
    """Read a calendar file by both readers, which must agree."""
    data = file_in(stage, message)
    calendar = Calendar.from_ical(data)
    (found,) = calendar.walk("VEVENT")
    other = vobject.readOne(data.decode()).vevent
    assert found.decoded("dtstart") == other.dtstart.value
    assert (str(found["uid"]), str(found["summary"])) == (other.uid.value, other.summary.value)
    return {
        "method": str(calendar["method"]),
        "uid": other.uid.value,
        "sequence": int(other.sequence.value),
        "title": other.summary.value,
        "starts": found.decoded("dtstart"),
        "status": str(found["status"]),
        "about": str(found.get("description", "")),
        "place": str(found.get("location", "")),
    }


# Whether they are still coming


async def test_those_who_are_going_are_asked_again_and_silence_costs_a_seat_only_if_the_organiser_says_so(
    any_stage: Stage,
) -> None:
    stage = any_stage
    mei, carl, ben = stage.mei, stage.carl, stage.ben
    mei.start(stage.bot)
    card = await stage.plan(stage.anna, HIKE)
    await settle(stage, reconfirm=True)
    await join(stage, card, mei, carl)
    await to(stage, at(stage, 12, 12))
    await stage.settled()

    private = await stage.see(mei, "🙋", "Hike 徒步")
    public = await stage.see(stage.group, "🙋", "Carl")
    assert "Mei" not in said(public)
    await stage.tap(mei, private, private.labels()[0])
    # Ben comes after people were asked: he has just said that he is coming.
    await stage.advance(minutes=5)
    await join(stage, card, ben)

    # Half-way to the last reminder, two hours ahead.
    await to(stage, at(stage, 12, 22, 59))
    assert count(stage, stage.group, "🙋") == 1
    await to(stage, at(stage, 12, 23))
    await stage.until(lambda: count(stage, stage.group, "🙋") == 2 or None)
    assert count(stage, mei, "🙋") == 1
    assert count(stage, stage.group, "🙋", "Ben") == 0
    assert "Carl" in said(card)

    await stage.advance(minutes=10)
    stage.anna.send(stage.bot, "/event weather 1")
    sky = await stage.see(stage.anna, "🌤", "✅", "❔", "Carl")
    assert "Mei" not in said(sky)
    await stage.settled()
    await stage.tap(stage.anna, sky, sky.labels()[0])
    question = await stage.until(lambda: sky if "Carl" in said(sky) and "🌤" not in said(sky) else None)
    assert len(question.labels()) == 2
    await stage.tap(stage.anna, question, question.labels()[0])
    await stage.settled()
    assert "Carl" not in said(card)
    for name in ("Mei", "Ben"):
        assert name in said(card)
    told = await stage.see(stage.group, "Carl", "Hike 徒步")
    assert "🙋" not in said(told)


async def test_a_tap_confirms_and_who_cannot_come_frees_the_seat(stage: Stage) -> None:
    card = await stage.plan(stage.anna, HIKE)
    await settle(stage, reconfirm=True)
    await join(stage, card, stage.mei, stage.carl)
    await to(stage, at(stage, 12, 12))
    asked = await stage.see(stage.group, "Are you still coming to", "Hike", "Mei and Carl")
    assert asked.labels() == ["I am coming", "Can’t come"]
    assert "it is noted that you are coming" in await stage.tap(stage.mei, asked, "I am coming")
    assert "noted already" in await stage.tap(stage.mei, asked, "I am coming")
    assert "not on the list" in await stage.tap(stage.ben, asked, "I am coming")
    assert "your seat is free" in await stage.tap(stage.carl, asked, "Can’t come")
    await stage.settled()
    assert "Carl" not in said(card)
    await to(stage, at(stage, 12, 23))
    assert count(stage, stage.group, "Are you still coming") == 1
    stage.anna.send(stage.bot, "/event weather 1")
    sky = await stage.see(stage.anna, "🌤", "1 of 5 seats taken", "1 person has confirmed")
    assert "has not answered" not in said(sky)
    assert "Free seats" not in str(sky.labels())


async def test_at_another_time_people_are_asked_anew(stage: Stage) -> None:
    card = await stage.plan(stage.anna, HIKE)
    await settle(stage, reconfirm=True)
    await join(stage, card, stage.mei)
    await to(stage, at(stage, 12, 12))
    await stage.tap(stage.mei, await stage.see(stage.group, "Are you still coming"), "I am coming")
    await stage.agree(stage.anna, "/event edit 1 time 2027-03-20 12:00", stage.group)
    await stage.see(stage.group, "at another time", "Mei")
    # Nobody was asked about the new time yet, so nobody's silence counts.
    stage.anna.send(stage.bot, "/event weather 1")
    sky = await stage.see(stage.anna, "🌤", "20 Mar")
    assert "has not answered" not in said(sky)
    await to(stage, at(stage, 18, 12))
    await stage.tap(stage.mei, await stage.see(stage.group, "at another time"), "I am coming")
    await to(stage, at(stage, 19, 12))
    # Her word is a day old: she is asked all the same.
    assert count(stage, stage.group, "Are you still coming", "Mei") == 2
    assert "it is noted" in await stage.tap(stage.mei, await stage.see(stage.group, "Are you still coming"), "I am")


async def test_nobody_is_asked_in_quiet_hours_nor_twice_when_it_is_late(stage: Stage) -> None:
    stage.anna.send(stage.group, "/quiet 22:00-07:30")
    card = await stage.plan(stage.anna, "/event create Dawn walk | 2027-03-13 06:00")
    await settle(stage, reconfirm=True)
    await join(stage, card, stage.mei)
    await to(stage, at(stage, 12, 7, 29))
    assert count(stage, stage.group, "Are you still coming") == 0
    await to(stage, at(stage, 12, 7, 30))
    await stage.see(stage.group, "Are you still coming", "Mei")
    assert count(stage, stage.anna, "🌤") == 1
    await stage.stop()
    stage.clock.advance(timedelta(hours=9, minutes=45))
    await stage.start()
    await stage.until(lambda: count(stage, stage.group, "Are you still coming") == 2 or None)
    await stage.settled()
    assert count(stage, stage.group, "Are you still coming") == 2


async def test_after_a_long_outage_people_are_asked_once_and_not_when_it_is_too_late(stage: Stage) -> None:
    card = await stage.plan(stage.anna, HIKE)
    other = await stage.plan(stage.anna, "/event create Walk | 2027-03-12 23:30")
    await settle(stage, reconfirm=True)
    await join(stage, card, stage.mei)
    await join(stage, other, stage.mei)
    assert stage.app is not None
    await stage.stop()
    # Both times to ask about the hike have passed.
    stage.clock.advance(at(stage, 12, 23, 10) - stage.clock.now())
    await stage.start()
    await stage.see(stage.group, "Are you still coming to", "Hike", "Mei")
    await stage.settled()
    assert count(stage, stage.group, "Are you still coming") == 1
    assert count(stage, stage.anna, "🌤", "Hike") == 1


async def test_the_organiser_may_have_people_asked_by_hand(stage: Stage) -> None:
    card = await stage.plan(stage.anna, HIKE)
    await join(stage, card, stage.mei)
    stage.anna.send(stage.bot, "/event weather 1")
    sky = await stage.see(stage.anna, "🌤", "Hike")
    assert sky.labels() == ["Ask who is coming", "Refresh", "« Back"]
    await stage.tap(stage.anna, sky, "Ask who is coming")
    await stage.see(stage.group, "Are you still coming", "Mei")
    await stage.settled()
    assert "1 person is being asked" in said(sky)
    assert sky.labels() == ["Refresh", "« Back"]
    await stage.advance(minutes=10)
    await stage.tap(stage.anna, sky, "Refresh")
    await stage.settled()
    assert sky.labels() == ["Free seats not confirmed", "Refresh", "« Back"]
    await stage.tap(stage.anna, sky, "Free seats")
    await stage.settled()
    assert "Mei has not said" in said(sky)
    # Meanwhile she answers: what the organiser saw is no longer so.
    await stage.tap(stage.mei, await stage.see(stage.group, "Are you still coming"), "I am coming")
    await stage.tap(stage.anna, sky, "Yes, free these seats")
    await stage.settled()
    assert "everybody who was asked has answered" in said(sky)
    assert "Mei" in said(card)
    await stage.tap(stage.anna, sky, "Back")
    await stage.settled()
    assert any("Edit" in label for label in sky.labels())


# The weather of the list


async def test_the_organiser_is_told_how_the_list_stands_a_day_and_three_hours_ahead(any_stage: Stage) -> None:
    stage = any_stage
    card = await stage.plan(stage.anna, HIKE)
    await join(stage, card, stage.mei)
    await stage.tap(stage.mei, card, "+1")
    await stage.tap(stage.carl, card, card.labels()[1])
    await to(stage, at(stage, 12, 12))
    first = await stage.see(stage.anna, "🌤", "Hike 徒步", "➕", "1")
    await to(stage, at(stage, 13, 8, 59))
    assert count(stage, stage.anna, "🌤") == 1
    await to(stage, at(stage, 13, 9))
    second = await stage.see(stage.anna, "🌤", "Hike 徒步")
    assert second.message_id != first.message_id
    assert count(stage, stage.group, "🌤") == 0
    assert count(stage, stage.mei, "🌤") == 0


async def test_where_the_organiser_cannot_be_told_the_managers_chat_is_and_never_the_group(stage: Stage) -> None:
    ben = stage.ben
    await stage.plan(ben, HIKE)
    await to(stage, at(stage, 12, 12))
    assert count(stage, stage.group, "🌤") == 0
    managers = stage.group_of("Helpers", stage.anna, ben)
    for who in (stage.anna, ben):
        who.send(managers, "👋")
    stage.anna.send(managers, "/managerschat")
    question = await stage.see(managers, "Which group shall this be")
    await stage.tap(stage.anna, question, "Hikers")
    await stage.settled()
    await to(stage, at(stage, 13, 9))
    await stage.see(managers, "🌤", "Hike")
    assert count(stage, stage.group, "🌤") == 0


async def test_who_runs_events_no_longer_is_not_told(stage: Stage) -> None:
    stage.ben.start(stage.bot)
    await stage.plan(stage.ben, HIKE)
    await to(stage, at(stage, 12, 12))
    await stage.see(stage.ben, "🌤")
    stage.anna.demote(stage.group, stage.ben)
    await stage.settled()
    await to(stage, at(stage, 13, 9))
    assert count(stage, stage.ben, "🌤") == 1


async def test_only_organisers_see_the_weather(stage: Stage) -> None:
    await stage.plan(stage.anna, HIKE)
    stage.mei.send(stage.group, "/event weather 1")
    await stage.see(stage.group, "Only people who may")
    assert count(stage, stage.group, "🌤") == 0
    stage.anna.send(stage.group, "/event weather")
    chosen = await stage.see(stage.group, "Which event")
    await stage.tap(stage.anna, chosen, "Hike")
    await stage.see(stage.anna, "🌤", "Hike")
    assert count(stage, stage.group, "🌤") == 0


# Calling people in


async def test_posts_call_people_in_while_there_are_seats_and_take_the_place_of_one_another(any_stage: Stage) -> None:
    stage = any_stage
    card = await stage.plan(stage.anna, "/event create Hike 徒步 | 2027-03-13 12:00 | 2 seats")
    await settle(stage, promote=(24 * 60, 120, 60))
    await to(stage, at(stage, 12, 12))
    first = await stage.until(lambda: _newest_card(stage, card))
    assert first.labels()[0] == card.labels()[0]
    await join(stage, first, stage.mei)
    assert "Mei" in said(card)
    assert "Mei" in said(first)
    await to(stage, at(stage, 13, 10))
    second = await stage.until(lambda: _newest_card(stage, card, first))
    assert first.deleted
    assert not card.deleted
    await join(stage, second, stage.carl)
    await to(stage, at(stage, 13, 11))
    await stage.settled()
    assert _newest_card(stage, card, second) is None
    assert not second.deleted


async def test_a_post_that_calls_people_in_brings_the_picture_and_takes_the_old_one_away(any_stage: Stage) -> None:
    stage = any_stage
    sent = stage.anna.send_file(stage.bot, "photo")
    await stage.plan(stage.anna, "/event create Hike 徒步 | 2027-03-13 12:00")
    await settle(stage, promote=(24 * 60, 120), picture=sent.body["photo"][-1]["file_id"])

    def photos() -> list[Message]:
        return [one for one in stage.telegram.messages(stage.group) if "photo" in one.body and not one.deleted]

    await to(stage, at(stage, 12, 12))
    (first,) = await stage.until(photos)
    post = await stage.until(lambda: _newest_card(stage))
    assert post.message_id == first.message_id + 1
    await stage.settled()
    await to(stage, at(stage, 13, 10))
    await stage.settled()
    assert first.deleted
    (second,) = photos()
    assert second.message_id > post.message_id


async def test_in_quiet_hours_people_are_called_in_without_a_sound(stage: Stage) -> None:
    stage.anna.send(stage.group, "/quiet 22:00-07:30")
    await stage.plan(stage.anna, HIKE)
    await settle(stage, promote=(6 * 60, 4 * 60))
    stage.telegram.journal.clear()
    await to(stage, at(stage, 13, 8))
    sent = [one.params for one in stage.telegram.journal if one.method == "sendMessage"]
    posts = [one for one in sent if one["chat_id"] == stage.group.id and "reply_markup" in one]
    assert [bool(one.get("disable_notification")) for one in posts] == [True, False]


def _newest_card(stage: Stage, *but: Message) -> Message | None:
    ids = {one.message_id for one in but}
    found = (
        one for one in reversed(stage.telegram.messages(stage.group)) if "#1" in said(one) and len(one.labels()) > 2
    )
    return next((one for one in found if one.message_id not in ids), None)


async def test_of_several_late_posts_one_comes_and_none_when_sign_up_is_closed(stage: Stage) -> None:
    card = await stage.plan(stage.anna, HIKE)
    await settle(stage, promote=(180, 120, 60, 30))
    await stage.stop()
    stage.clock.advance(at(stage, 13, 10, 30) - stage.clock.now())
    await stage.start()
    await stage.settled()
    one = _newest_card(stage, card)
    assert one is not None
    assert _newest_card(stage, card, one) is None
    stage.anna.send(stage.group, "/event close 1")
    await stage.see(stage.group, "sign-up is closed")
    await to(stage, at(stage, 13, 11, 30))
    assert _newest_card(stage, card, one) is None


# Enough people


async def test_too_few_people_are_warned_of_and_then_end_the_event(any_stage: Stage) -> None:
    stage = any_stage
    stage.mei.start(stage.bot)
    card = await stage.plan(stage.anna, f"{HIKE} | until 2027-03-13 08:00")
    await settle(stage, minimum=3)
    await join(stage, card, stage.mei)
    # A day before the end of the sign-up.
    await to(stage, at(stage, 12, 8))
    warning = await stage.see(stage.group, "🎯", "Hike 徒步", "08:00")
    await stage.see(stage.anna, "🎯", "Hike 徒步")
    assert len(warning.labels()) == 2
    await stage.tap(stage.carl, warning, warning.labels()[0])
    await stage.settled()
    assert "Carl" in said(card)
    await to(stage, at(stage, 13, 8))
    await stage.see(stage.group, "❌", "Hike 徒步", "Mei", "Carl")
    await stage.see(stage.mei, "❌", "Hike 徒步")
    await stage.see(stage.anna, "❌", "Hike 徒步")
    await stage.settled()
    assert card.labels() == []
    await to(stage, at(stage, 13, 13))
    assert count(stage, stage.group, "⏰", "Hike 徒步") == 0 or "❌" in said(card)


async def test_guests_count_and_enough_people_keep_the_event(stage: Stage) -> None:
    card = await stage.plan(stage.anna, f"{HIKE} | until 2027-03-13 08:00")
    await settle(stage, minimum=3)
    await join(stage, card, stage.mei)
    await to(stage, at(stage, 12, 8))
    await stage.see(stage.group, "needs 2 more people until", "1 of 3 are coming so far")
    for _ in range(2):
        await stage.tap(stage.mei, card, "+1")
    await to(stage, at(stage, 13, 8))
    await stage.settled()
    assert count(stage, stage.group, "❌") == 0
    # Once it is decided, who leaves does not end it.
    await stage.tap(stage.mei, card, "Can’t come")
    await to(stage, at(stage, 13, 11))
    assert count(stage, stage.group, "❌") == 0


async def test_the_decision_moves_with_the_deadline_and_comes_late_after_an_outage(stage: Stage) -> None:
    card = await stage.plan(stage.anna, f"{HIKE} | until 2027-03-12 20:00")
    await settle(stage, minimum=2)
    await join(stage, card, stage.mei)
    await stage.agree(stage.anna, "/event edit 1 until 2027-03-13 09:00", stage.group)
    await to(stage, at(stage, 12, 21))
    assert count(stage, stage.group, "❌") == 0
    await stage.stop()
    stage.clock.advance(at(stage, 13, 10) - stage.clock.now())
    await stage.start()
    await stage.see(stage.group, "❌", "Hike", "too few people: 1 of the 2 it takes", "Mei")
    await stage.settled()
    # It was not remembered together with its end.
    assert count(stage, stage.group, "⏰ #1 Hike 徒步 starts in 2 hours") == 0


async def test_of_an_event_that_is_near_it_is_decided_two_hours_ahead_and_warned_half_way_to_that(stage: Stage) -> None:
    await stage.plan(stage.anna, "/event create Tea | today 20:00 | min 2")
    await to(stage, at(stage, 10, 13, 59))
    assert count(stage, stage.group, "🎯 #1 Tea") == 0
    await to(stage, at(stage, 10, 14))
    warning = await stage.see(stage.group, "🎯 #1 Tea", "needs 2 more people until", "18:00")
    await stage.tap(stage.mei, warning, "Join")
    await to(stage, at(stage, 10, 18))
    await stage.see(stage.group, "❌", "Tea", "1 of the 2 it takes")


async def test_after_an_outage_over_both_nobody_is_warned_of_what_is_decided_at_once(stage: Stage) -> None:
    await stage.plan(stage.anna, f"{HIKE} | min 2")
    await stage.stop()
    stage.clock.advance(at(stage, 13, 8) - stage.clock.now())
    await stage.start()
    await stage.see(stage.group, "❌", "0 of the 2 people it takes")
    await stage.settled()
    assert count(stage, stage.group, "needs 2 more") == 0


async def test_without_anybody_the_group_and_the_organiser_hear_of_the_end_all_the_same(stage: Stage) -> None:
    await stage.plan(stage.anna, HIKE)
    await settle(stage, minimum=2)
    await to(stage, at(stage, 12, 12))
    for where in (stage.group, stage.anna):
        await stage.see(where, "❌", "is cancelled, because 0 of the 2 people it takes")


# Reminders


PLANNED = {
    "en": ("reminders 1 day, 2 hours, 30 minutes", "reconfirm yes", "promote 1 day, 2 hours", "min 3"),
    "zh_Hans": ("提醒 1天，2小时，30分钟", "再次确认 是", "宣传 1天，2小时", "至少 3"),
}


async def test_all_of_it_is_planned_by_commands(any_stage: Stage) -> None:
    stage = any_stage
    await stage.plan(stage.anna, HIKE)
    for line in PLANNED[stage.locale]:
        stage.anna.send(stage.group, f"/event edit 1 {line}")
        await stage.settled()
    assert stage.app is not None
    group = stage.app.groups.by_chat(stage.group.id)
    assert group is not None
    async with stage.app.database.read() as tx:
        found = await service.numbered(tx, group.id, 1)
    assert isinstance(found, tuple)
    plan = found[0].plan
    assert (plan.reminders, plan.reconfirm, plan.promote, plan.minimum) == ((1440, 120, 30), True, (1440, 120), 3)


async def test_a_reminder_comes_when_it_was_set_to(stage: Stage) -> None:
    stage.mei.start(stage.bot)
    card = await stage.plan(stage.anna, HIKE)
    await join(stage, card, stage.mei)
    stage.anna.send(stage.group, "/event edit 1 reminders 3 hours, 30 minutes")
    await stage.see(stage.group, "is changed")
    await to(stage, at(stage, 13, 11))
    assert count(stage, stage.group, "⏰", "starts in 3 hours") == 1
    assert count(stage, stage.mei, "⏰", "in 3 hours") == 1
    await to(stage, at(stage, 13, 11, 30))
    assert count(stage, stage.group, "⏰") == 2
    assert count(stage, stage.mei, "⏰", "in 30 minutes") == 1


async def test_reminders_that_fall_into_the_night_come_once_in_the_morning_and_of_what_is_still_to_come(
    stage: Stage,
) -> None:
    stage.mei.start(stage.bot)
    stage.anna.send(stage.group, "/quiet 22:00-07:30")
    card = await stage.plan(stage.anna, "/event create Early walk | 2027-03-13 08:30 | 1 seat")
    gone = await stage.plan(stage.anna, "/event create Other walk | 2027-03-13 08:30")
    await settle(stage, reminders=(180, 120, 61))
    await join(stage, card, stage.mei, stage.carl)
    await join(stage, gone, stage.mei)
    await stage.tap(stage.ben, card, "Maybe")
    await to(stage, at(stage, 13, 6, 45))
    stage.anna.send(stage.group, "/event cancel 2 rain")
    await stage.tap(stage.anna, await stage.see(stage.group, "really want to cancel"), "Yes")
    await to(stage, at(stage, 13, 7, 29))
    before = count(stage, stage.group, "⏰", "Early walk")
    assert count(stage, stage.group, "⏰", "Other walk", "in 2 hours") == 0
    await to(stage, at(stage, 13, 7, 30))
    await stage.see(stage.group, "⏰", "Early walk", "in 1 hour")
    await stage.settled()
    assert count(stage, stage.group, "⏰", "Early walk") == before + 1
    assert count(stage, stage.mei, "⏰", "Early walk", "in 1 hour") == 1
    # Who waits is not reminded.
    stage.carl.start(stage.bot)
    assert count(stage, stage.carl, "⏰") == 0
    assert count(stage, stage.group, "⏰", "Other walk", "in 1 hour") == 0


# Calendars


async def test_the_calendar_file_comes_in_private_and_follows_the_event(any_stage: Stage) -> None:
    stage = any_stage
    card = await stage.plan(stage.anna, HIKE)
    answer = await stage.tap(stage.mei, card, CALENDAR)
    assert "@qunguan_bot" in answer
    stage.mei.start(stage.bot)
    await stage.settled()
    assert await stage.tap(stage.mei, card, CALENDAR) != answer
    sent = await stage.see(stage.mei, "📅", "Hike 徒步")
    first = entry_in(stage, sent)
    assert (first["method"], first["status"], first["title"]) == ("PUBLISH", "CONFIRMED", "Hike 徒步")
    assert first["starts"] == at(stage, 13, 12)
    assert first["place"] == "Old Fort 古堡"
    assert sent["document"]["file_name"] == "event-1.ics"

    await stage.agree(stage.anna, "/event edit 1 time 2027-03-14 09:00", stage.group)
    await stage.settled()
    moved = await stage.until(lambda: _newer_file(stage, stage.mei, sent))
    second = entry_in(stage, moved)
    assert (second["uid"], second["starts"]) == (first["uid"], at(stage, 14, 9))
    assert second["sequence"] > first["sequence"]

    # What is not in calendars changes nothing there.
    stage.anna.send(stage.group, "/event edit 1 seats 9")
    await stage.settled()
    assert _newer_file(stage, stage.mei, moved) is None

    stage.anna.send(stage.group, "/event cancel 1 rain")
    await stage.settled()
    sure = next(m for m in reversed(stage.telegram.messages(stage.group)) if len(m.labels()) >= 2)
    await stage.tap(stage.anna, sure, sure.labels()[0])
    off = await stage.until(lambda: _newer_file(stage, stage.mei, moved))
    third = entry_in(stage, off)
    assert (third["method"], third["status"], third["uid"]) == ("CANCEL", "CANCELLED", first["uid"])
    assert third["sequence"] > second["sequence"]
    # Anna never took it.
    assert not any("document" in message for message in stage.telegram.messages(stage.anna))


def _newer_file(stage: Stage, who: Actor, than: Message) -> Message | None:
    found = (one for one in stage.telegram.messages(who) if "document" in one and one.message_id > than.message_id)
    return next(found, None)


async def test_the_link_of_an_online_talk_stands_in_the_file_of_those_who_are_going_only(stage: Stage) -> None:
    for who in (stage.mei, stage.carl):
        who.start(stage.bot)
    card = await stage.plan(stage.anna, "/event create Talk | 2027-03-13 12:00")
    await settle(stage, link="https://meet.example/abc")
    await join(stage, card, stage.mei)
    for who in (stage.mei, stage.carl):
        await stage.tap(who, card, CALENDAR)
    mine = entry_in(stage, await stage.see(stage.mei, "📅"))
    theirs = entry_in(stage, await stage.see(stage.carl, "📅"))
    assert "meet.example" in mine["about"]
    assert "meet.example" not in theirs["about"]
    assert b"meet.example" not in file_in(stage, await stage.see(stage.carl, "📅"))


async def test_the_command_sends_the_file_in_private_or_where_it_was_asked_for(stage: Stage) -> None:
    await stage.plan(stage.anna, HIKE)
    stage.carl.send(stage.group, "/event ics 1")
    public = await stage.see(stage.group, "📅", "Open the file")
    assert entry_in(stage, public)["title"] == "Hike 徒步"
    stage.mei.start(stage.bot)
    stage.mei.send(stage.group, "/event calendar 1")
    await stage.see(stage.group, "I sent you the file")
    await stage.see(stage.mei, "📅", "Open the file")
    stage.mei.send(stage.bot, "/event ics")
    await stage.tap(stage.mei, await stage.see(stage.mei, "Which event"), "Hike")
    await stage.until(lambda: count(stage, stage.mei, "📅", "Open the file") == 2 or None)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/event weather x", "not the number of an event"),
        ("/event weather 9", "no event #9"),
        ("/event ics x", "not the number of an event"),
        ("/event ics 9", "no event #9"),
        ("/event ics", "No event is coming up"),
        ("/event weather", "No event is coming up"),
    ],
)
async def test_bad_input_gets_a_clear_sentence(stage: Stage, line: str, answer: str) -> None:
    stage.anna.send(stage.group, line)
    await stage.see(stage.group, answer)


async def test_a_cancelled_event_goes_into_no_calendar_and_has_no_weather(stage: Stage) -> None:
    card = await stage.plan(stage.anna, HIKE)
    assert card.labels()[-2] == CALENDAR
    stage.anna.send(stage.group, "/event cancel 1 rain")
    await stage.tap(stage.anna, await stage.see(stage.group, "really want to cancel"), "Yes")
    await stage.settled()
    stage.anna.send(stage.bot, "/event ics 1")
    await stage.see(stage.anna, "is cancelled, so there is nothing to put into a calendar")
    stage.anna.send(stage.bot, "/event weather 1")
    await stage.see(stage.anna, "is cancelled and cannot be changed")

"""What follows an event as stories (R05): thanks and two questions, the recap that members hand in for, attendance."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from bot.events import store
from bot.events.rules.signup import Presence, SignUpState
from tests.journeys.stage import Stage, said

if TYPE_CHECKING:
    from bot.sandbox.telegram import Actor
    from bot.sandbox.telegram.model import Chat, Message

HIKE = "/event create Hike 徒步 | 2027-03-13 12:00 | 2 hours | at Old Fort 古堡"
THANKS, RECAP, TAKEN = "🙏", "📖", "✓"


def at(stage: Stage, day: int, hour: int, minute: int = 0) -> datetime:
    """A time in March 2027 on the group's clock."""
    return datetime(2027, 3, day, hour, minute, tzinfo=ZoneInfo(stage.zone))


async def to(stage: Stage, when: datetime) -> None:
    """Let the time pass from one thing that is due to the next: each comes when it is due."""
    while (now := stage.clock.now()) < when:
        due = await stage.app.next_timer() if stage.app is not None else None
        upcoming = when if due is None else min(max(due, now), when)
        await stage.advance(seconds=(upcoming - now).total_seconds())


def seen(stage: Stage, where: Chat | Actor, *parts: str) -> list[Message]:
    return [m for m in stage.telegram.messages(where) if all(part in said(m) for part in parts)]


async def hiked(stage: Stage, *people: Actor, line: str = HIKE) -> Message:
    """Let people sign up for the hike; all have said something in the group."""
    for who in people:
        who.send(stage.group, "👋")
    card = await stage.plan(stage.anna, line)
    for who in people:
        await stage.tap(who, card, card.labels()[0])
    await stage.settled()
    return card


async def over(stage: Stage) -> None:
    """Go on to just after the end of the hike."""
    await to(stage, at(stage, 13, 14, 5))
    await stage.settled()


def album(stage: Stage, who: Actor, count: int, name: str, **options: Any) -> None:
    for number in range(count):
        who.send_file(stage.bot, "photo", f"{name}{number}".encode(), media_group_id=name, **options)


def lines_of(stage: Stage, message: Message) -> bytes:
    """Return the picture of a message."""
    data: bytes = stage.telegram.world.state.files[message["photo"][-1]["file_id"]].data
    return data


# Thanks and feedback


async def test_who_came_is_thanked_and_says_how_it_was_and_the_organiser_sees_sums_alone(any_stage: Stage) -> None:
    stage = any_stage
    mei, carl = stage.mei, stage.carl
    mei.start(stage.bot)
    await hiked(stage, mei, carl)
    await to(stage, at(stage, 13, 14, 29))
    assert not seen(stage, stage.group, THANKS)
    await to(stage, at(stage, 13, 14, 30))
    private = await stage.see(mei, THANKS, "Hike 徒步")
    public = await stage.see(stage.group, THANKS, "Carl")
    assert "Mei" not in said(public)

    # The last word counts, and only of those who were there.
    assert "2" in await stage.tap(mei, private, "2 ★")
    assert "5" in await stage.tap(mei, private, "5 ★")
    await stage.tap(mei, private, private.labels()[5])
    await stage.settled()
    assert [label for label in private.labels() if label.startswith("✓")] == ["✓ 5 ★", private.labels()[5]]
    assert "4" in await stage.tap(carl, public, "4 ★")
    refused = await stage.tap(stage.ben, public, "1 ★")
    assert "★" not in refused
    assert refused
    await stage.settled()
    assert not [label for label in public.labels() if "✓" in label], "what one said is shown to nobody else"

    stage.anna.send(stage.bot, "/event feedback 1")
    sums = await stage.see(stage.anna, "⭐", "4.5", "5 ★ × 1", "4 ★ × 1")
    assert lines_of(stage, sums).startswith(b"\x89PNG")
    assert "Mei" not in said(sums)
    assert "Carl" not in said(sums)


async def test_nobody_is_thanked_at_night_nor_twice_nor_for_what_was_cancelled(stage: Stage) -> None:
    stage.anna.send(stage.group, "/quiet 14:15-18:00")
    await stage.settled()
    await hiked(stage, stage.mei)
    await hiked(stage, stage.mei, line="/event create Film | 2027-03-13 12:00 | 2 hours")
    stage.anna.send(stage.group, "/event cancel 2 rain")
    await stage.tap(stage.anna, await stage.see(stage.group, "really want to cancel"), "Yes")
    await stage.settled()
    await to(stage, at(stage, 13, 17, 59))
    assert not seen(stage, stage.group, THANKS)
    await to(stage, at(stage, 13, 18, 1))
    await stage.restart()
    await stage.settled()
    assert len(seen(stage, stage.group, THANKS)) == 1
    assert not seen(stage, stage.group, THANKS, "Film")


async def test_with_a_door_only_those_who_were_seen_there_are_asked(stage: Stage) -> None:
    for who in (stage.mei, stage.carl):
        who.start(stage.bot)
    await hiked(stage, stage.mei, stage.carl)
    await mark(stage, {stage.mei: Presence.CAME, stage.carl: Presence.ABSENT})
    await to(stage, at(stage, 13, 14, 31))
    await stage.see(stage.mei, THANKS)
    assert not seen(stage, stage.carl, THANKS)
    assert not seen(stage, stage.group, THANKS)


async def mark(stage: Stage, presences: dict[Actor, Presence], number: int = 1) -> None:
    """Note who came, as is done at the door."""
    assert stage.app is not None
    by_id = {who.id: presence for who, presence in presences.items()}
    async with stage.app.database.write() as tx:
        found = await store.people(tx, number, *SignUpState)
        await store.put(
            tx, number, [replace(one, presence=by_id[one.user_id]) for one in found if one.user_id in by_id]
        )


# The recap


async def test_members_hand_in_and_the_organiser_puts_it_together_and_publishes(any_stage: Stage) -> None:
    stage = any_stage
    mei, carl, anna = stage.mei, stage.carl, stage.anna
    mei.start(stage.bot)
    await hiked(stage, mei, carl)
    await to(stage, at(stage, 13, 14, 31))
    thanks = await stage.see(mei, THANKS)
    await stage.tap(mei, thanks, thanks.labels()[-1])
    await stage.until(lambda: stage.telegram.messages(mei)[-1].labels() and stage.telegram.messages(mei)[-1])

    mei.send(stage.bot, "What a view 真美")
    await stage.see(mei, TAKEN, "1", "19")
    album(stage, mei, 3, "view")
    await stage.see(mei, TAKEN, "4", "16")
    await stage.settled()
    mei.send_file(stage.bot, "sticker")
    await stage.settled()
    form = await stage.until(lambda: next((m for m in reversed(stage.telegram.messages(mei)) if m.labels()), None))
    await stage.tap(mei, form, form.labels()[0])
    await stage.settled()

    # Carl cannot be written to: he is asked in the group.
    public = await stage.see(stage.group, THANKS, "Carl")
    await stage.tap(carl, public, public.labels()[-1])
    await stage.settled()
    asked = stage.telegram.messages(stage.group)[-1]
    carl.send_file(stage.group, "photo", b"carl", caption="The top 山顶", reply_to=asked)
    await stage.settled()
    assert TAKEN in said(asked)

    anna.send(stage.bot, "/event recap 1")
    desk = await stage.see(anna, RECAP, "Hike 徒步", "5", "Carl")
    labels = desk.labels()
    assert labels[:5] == ["1", "2", "3", "4", "5"]
    await stage.tap(anna, desk, labels[5])
    await stage.settled()
    # One photo is left out; the note goes down behind the photos.
    await stage.tap(anna, desk, "4")
    shown = await stage.until(
        lambda: next((m for m in reversed(stage.telegram.messages(anna)) if "photo" in m.body), None)
    )
    await stage.tap(anna, shown, "✕")
    await stage.settled()

    await introduce(stage, "We were ten. <3")
    desk = await stage.see(anna, RECAP, "We were ten. <3")
    await stage.tap(anna, desk, "👁")
    ask = await stage.see(anna, "⬆️")
    preview = seen(stage, anna, RECAP, "We were ten. <3", "真美", "山顶")[-1]
    await stage.tap(anna, ask, "📣")
    await stage.settled()

    published = await stage.see(stage.group, RECAP, "We were ten. <3", "“What a view 真美”", "“The top 山顶”")
    assert said(published) == said(preview)
    pictures = [
        m
        for m in stage.telegram.messages(stage.group)
        if m.body.get("media_group_id") == published.body["media_group_id"]
    ]
    assert len(pictures) == 3
    assert "Mei" in said(published).splitlines()[-1]

    mei.send(stage.bot, "/event recap 1")
    assert said(await stage.see(mei, RECAP, "We were ten. <3")) == said(published)
    await change(stage, published)


async def change(stage: Stage, published: Message) -> None:
    """Change a recap that is published."""
    anna = stage.anna
    stage.mei.send(stage.group, "/event recap 1")
    await stage.settled()
    led = stage.telegram.messages(stage.group)[-1]
    assert f"/{published.message_id}" in str(led.body["entities"])

    # The text alone is changed where it stands.
    await introduce(stage, "We were eleven.")
    await publish(stage)
    assert "We were eleven." in said(published)
    # With another picture it is posted anew, and the former one is gone.
    desk = await open_desk(stage)
    await stage.tap(anna, desk, "4")
    shown = await stage.until(
        lambda: next((m for m in reversed(stage.telegram.messages(anna)) if "photo" in m.body and m.labels()), None)
    )
    await stage.tap(anna, shown, shown.labels()[0])
    await publish(stage)
    again = await stage.see(stage.group, RECAP, "We were eleven.")
    assert again.message_id != published.message_id
    assert len(seen(stage, stage.group, RECAP, "We were eleven.")) == 1
    pictures = [
        m for m in stage.telegram.messages(stage.group) if m.body.get("media_group_id") == again.body["media_group_id"]
    ]
    assert len(pictures) == 4


async def test_in_a_forum_the_recap_stands_in_the_topic_of_events(either_stage: Stage) -> None:
    stage, anna, mei = either_stage, either_stage.anna, either_stage.mei
    anna.kick(stage.group, stage.bot)
    stage.group = stage.group_of("Forum", anna, mei, forum=True)
    topic = anna.open_topic(stage.group, "Plans 活动")
    await stage.settled()
    anna.send(stage.group, "/topic events here", thread_id=topic)
    mei.start(stage.bot)
    await stage.settled()
    card = await hiked(stage, mei)
    await over(stage)
    mei.send(stage.bot, "/event recap 1 What a view 真美")
    await stage.see(mei, TAKEN)
    await stage.settled()
    album(stage, mei, 2, "view", caption="/event recap 1")
    await stage.settled()
    await stage.tap(anna, await open_desk(stage), "✓")
    await stage.settled()
    await publish(stage)
    published = await stage.see(stage.group, RECAP, "真美")
    assert {m.thread_id for m in (card, published)} == {topic.id}
    assert seen(stage, stage.group, RECAP, "真美") == [published]
    # Posted anew in the same place, once another thing belongs to it.
    mei.send(stage.bot, "/event recap 1 And the soup 热汤")
    await stage.settled()
    await stage.tap(anna, await open_desk(stage), "✓")
    await stage.settled()
    await publish(stage)
    again = await stage.see(stage.group, RECAP, "热汤")
    assert again.thread_id == topic.id
    assert seen(stage, stage.group, RECAP, "真美") == [again]
    # Who asks for it elsewhere in the group is led there.
    mei.send(stage.group, "/event recap 1")
    await stage.settled()
    led = stage.telegram.messages(stage.group)[-1]
    assert led.thread_id is None
    assert f"/{again.message_id}" in str(led.body["entities"])


async def open_desk(stage: Stage) -> Message:
    stage.anna.send(stage.bot, "/event recap 1")
    await stage.settled()
    return stage.telegram.messages(stage.anna)[-1]


async def introduce(stage: Stage, words: str) -> None:
    await stage.tap(stage.anna, await open_desk(stage), "✏️")
    await stage.settled()
    stage.anna.send(stage.bot, words)
    await stage.settled()


async def publish(stage: Stage) -> None:
    await stage.tap(stage.anna, await open_desk(stage), "👁")
    await stage.settled()
    await stage.tap(stage.anna, stage.telegram.messages(stage.anna)[-1], "📣")
    await stage.settled()


async def test_a_recap_too_long_for_a_caption_is_texts_and_albums(stage: Stage) -> None:
    await hiked(stage, stage.mei)
    await over(stage)
    stage.mei.start(stage.bot)
    stage.mei.send(stage.bot, "/event recap 1")
    await stage.see(stage.mei, "Send me what you want to hand in")
    for number in range(5):
        stage.mei.send(stage.bot, f"{number} " + "x" * 990)
        await stage.settled()
    album(stage, stage.mei, 10, "a")
    await stage.settled()
    stage.mei.send_file(stage.bot, "photo", b"one more")
    stage.mei.send_file(stage.bot, "document", b"the map")
    stage.mei.send(stage.bot, "x" * 1001)
    await stage.see(stage.mei, "at most 1,000 characters")
    await stage.settled()
    before = len(stage.telegram.messages(stage.group))
    await stage.tap(stage.anna, await open_desk(stage), "Accept all new")
    await publish(stage)
    posted = stage.telegram.messages(stage.group)[before:]
    texts = [m for m in posted if m.text]
    assert [len(m.text) <= 4096 for m in texts] == [True, True]
    groups = [m.body.get("media_group_id") for m in posted if "photo" in m.body]
    assert [groups.count(name) for name in dict.fromkeys(groups)] == [5, 6]
    assert "document" in posted[-1].body
    assert not any("caption" in m.body for m in posted)


async def test_what_is_refused_says_why(stage: Stage) -> None:
    await hiked(stage, stage.mei)
    stage.mei.start(stage.bot)
    stage.mei.send(stage.bot, "/event recap 1 Nice")
    await stage.see(stage.mei, "has not begun yet")
    stage.mei.send(stage.bot, "/event recap 99")
    await stage.see(stage.mei, "There is no event #99")
    stage.mei.send(stage.bot, "/event recap today")
    await stage.see(stage.mei, "today")
    await over(stage)
    stage.mei.send(stage.bot, "/event recap 1 Nice")
    await stage.see(stage.mei, "✓ Taken: 1 so far")
    stage.mei.send(stage.bot, "/event recap 1 Nice")
    await stage.see(stage.mei, "handed this in already")
    desk = await open_desk(stage)
    assert "nothing to publish" in await stage.tap(stage.anna, desk, "👁")
    await stage.tap(stage.anna, desk, "Accept all new")
    await stage.settled()
    await stage.tap(stage.anna, await open_desk(stage), "👁")
    ask = await stage.see(stage.anna, "Publish it?")
    await introduce(stage, "Late words")
    await stage.tap(stage.anna, ask, "📣")
    await stage.see(stage.anna, "changed since this preview")
    assert not seen(stage, stage.group, RECAP)
    await publish(stage)
    assert "just so already" in await stage.tap(stage.anna, await open_desk(stage), "👁")


async def test_a_photo_with_the_command_and_an_answer_to_the_card_are_handed_in(stage: Stage) -> None:
    card = await hiked(stage, stage.mei)
    await over(stage)
    stage.mei.send_file(stage.group, "photo", b"a", caption="/event recap Sunset", reply_to=card)
    await stage.see(stage.group, "✓ Taken: 1 so far")
    stage.mei.send_file(stage.group, "photo", b"b", caption="/event recap 1")
    await stage.see(stage.group, "✓ Taken: 2 so far")
    own = stage.mei.send(stage.group, "Thank you all")
    stage.mei.send(stage.group, "/event recap 1", reply_to=own)
    await stage.see(stage.group, "✓ Taken: 3 so far")
    desk = await open_desk(stage)
    assert "Sunset" in said(desk)
    assert "Thank you all" in said(desk)


async def test_the_organiser_is_reminded_after_two_days_of_what_was_handed_in(any_stage: Stage) -> None:
    stage = any_stage
    await hiked(stage, stage.mei)
    await over(stage)
    stage.mei.start(stage.bot)
    stage.mei.send(stage.bot, "/event recap 1 真美")
    await stage.see(stage.mei, TAKEN)
    await to(stage, at(stage, 15, 13, 59))
    assert not seen(stage, stage.anna, RECAP)
    await to(stage, at(stage, 15, 14, 1))
    reminder = await stage.see(stage.anna, RECAP, "Hike 徒步")
    await stage.tap(stage.anna, reminder, RECAP)
    await stage.see(stage.anna, RECAP, "真美")


# Attendance


async def test_attendance_of_a_year_is_for_organisers_and_ones_own_for_everybody(any_stage: Stage) -> None:
    stage = any_stage
    mei, carl = stage.mei, stage.carl
    mei.start(stage.bot)
    await hiked(stage, mei, carl)
    await hiked(stage, mei, carl, line="/event create Film | 2027-03-13 18:00 | 2 hours")
    await mark(stage, {mei: Presence.LATE, carl: Presence.ABSENT}, number=2)
    await to(stage, at(stage, 14, 9))
    stage.anna.send(stage.bot, "/event attendance")
    table = await stage.see(stage.anna, "2027", "1. Mei", "2. Carl")
    mine, theirs = said(table).splitlines()[1:]
    assert "2" in mine
    assert "1" in theirs
    await stage.tap(stage.anna, table, "📊")
    picture = await stage.until(
        lambda: next((m for m in stage.telegram.messages(stage.anna) if "photo" in m.body), None)
    )
    assert lines_of(stage, picture).startswith(b"\x89PNG")

    mei.send(stage.group, "/event attendance 2027")
    own = await stage.see(mei, "Hikers", "2027")
    assert "Carl" not in said(own)
    carl.send(stage.group, "/event attendance")
    await stage.see(stage.group, "@qunguan_bot")
    stage.anna.send(stage.bot, "/event attendance @carl 2027")
    await stage.see(stage.anna, "Carl", "2027", "2")
    await stage.tap(stage.anna, table, "‹ 2026")
    await stage.see(stage.anna, "2026")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/event attendance 1066", "“1066” is no year"),
        ("/event attendance 2099", "“2099” is no year"),
        ("/event attendance @nobody", "nobody"),
        ("/event feedback 99", "There is no event #99"),
        ("/event feedback", "No event has taken place lately"),
        ("/event recap", "No event has taken place lately"),
    ],
)
async def test_bad_lines_are_answered_by_a_sentence(stage: Stage, line: str, answer: str) -> None:
    stage.anna.send(stage.bot, line)
    await stage.see(stage.anna, answer)


async def test_a_member_sees_nobody_elses_attendance(stage: Stage) -> None:
    stage.mei.start(stage.bot)
    stage.mei.send(stage.group, "👋")
    stage.mei.send(stage.bot, "/event attendance @anna")
    await stage.see(stage.mei, "is for organisers")

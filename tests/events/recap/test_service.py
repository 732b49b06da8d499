"""Feedback, handing in, publishing and attendance on both databases (R05)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.audit import service as audit
from bot.events import service as events
from bot.events import store as core
from bot.events.recap import rules, service
from bot.events.recap.rules import Again, File, Given, Handed, HandFlaw, ItemKind, Post, PublishFlaw, Said, Standing
from bot.events.rules.event import Created, Event
from bot.events.rules.signup import Action, Presence
from bot.kernel.ids import ChatId
from bot.timers import service as timers
from tests.events.build import GROUP, NOW, OWNER, START, group, person, plan

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx

CHAT = ChatId(-1007)
OVER = START + timedelta(hours=4)
MEI, CARL, LIN = person(1), person(2), person(3)


async def hike(tx: Tx, *numbers: int, **values: Any) -> Event:
    """Plan a hike that these people are going to."""
    made = await events.create(tx, GROUP, plan(seats=None, **values), OWNER, NOW)
    assert isinstance(made, Created)
    for number in numbers:
        await events.tap(tx, group(), made.event.id, Action.JOIN, person(number), NOW)
    return made.event


async def at_the_door(tx: Tx, event: Event, **presences: Presence) -> None:
    people = {f"P{one.user_id - 100}": one for one in await events.going(tx, event.id)}
    await core.put(tx, event.id, [replace(people[name], presence=word) for name, word in presences.items()])


async def handed(tx: Tx, event: Event, who: int, text: str, kind: ItemKind = ItemKind.NOTE) -> Handed:
    file_id = None if kind is ItemKind.NOTE else f"file {text}"
    done = await service.hand_in(tx, event, person(who), Given(kind, text, len(text), file_id), OVER)
    assert isinstance(done, Handed)
    return done


async def test_the_last_word_counts_and_each_question_has_its_own(database: Database) -> None:
    async with database.write() as tx:
        event = await hike(tx, 1, 2)
        assert await service.say(tx, event, LIN.user_id, OVER, stars=1) is rules.SayFlaw.NOT_THERE
        await service.say(tx, event, MEI.user_id, OVER, stars=2)
        await service.say(tx, event, MEI.user_id, OVER, again=Again.YES)
        said = await service.say(tx, event, MEI.user_id, OVER, stars=5)
        assert said == Said(5, Again.YES)
        sums = await service.feedback(tx, event.id)
    assert (sums.asked, sums.answered, sums.average, sums.again[Again.YES]) == (2, 1, 5.0, 1)


async def test_nobody_is_thanked_twice_and_nobody_without_coming(database: Database) -> None:
    async with database.write() as tx:
        event = await hike(tx, 1, 2)
        await at_the_door(tx, event, P1=Presence.CAME, P2=Presence.ABSENT)
        assert [one.user_id for one in await service.thank(tx, event)] == [MEI.user_id]
        assert await service.thank(tx, event) == []


async def test_feedback_stands_in_no_log(database: Database) -> None:
    async with database.write() as tx:
        event = await hike(tx, 1)
        before = len(await audit.entries(tx, GROUP, limit=100))
        await service.say(tx, event, MEI.user_id, OVER, stars=1)
        assert len(await audit.entries(tx, GROUP, limit=100)) == before


async def test_handing_in_sets_the_reminder_two_days_ahead(database: Database) -> None:
    async with database.write() as tx:
        event = await hike(tx, 1)
        await handed(tx, event, 1, "a")
        due = {row.key: row.due_at for row in await timers.pending(tx, events.NAME)}
        assert due[f"{event.id}:recap"] == event.plan.ends_at + timedelta(days=2)
        late = event.plan.ends_at + timedelta(days=5)
        await service.hand_in(tx, event, MEI, Given(ItemKind.NOTE, "b", 1), late)
        due = {row.key: row.due_at for row in await timers.pending(tx, events.NAME)}
        assert due[f"{event.id}:recap"] == late + timedelta(days=2)


async def test_each_person_hands_in_twenty_things_at_most(database: Database) -> None:
    async with database.write() as tx:
        event = await hike(tx, 1)
        every = [await handed(tx, event, 1, f"note {number}") for number in range(rules.MOST_HANDED)]
        done = every[-1]
        assert (done.count, done.left) == (20, 0)
        more = await service.hand_in(tx, event, MEI, Given(ItemKind.NOTE, "more", 4), OVER)
        assert more is HandFlaw.TOO_MANY
        assert (await handed(tx, event, 2, "mine")).count == 1
        assert await service.handed_by(tx, event.id, MEI.user_id) == 20


async def test_the_organiser_accepts_orders_and_leaves_out(database: Database) -> None:
    async with database.write() as tx:
        event = await hike(tx, 1)
        first, second, third = [(await handed(tx, event, 1, text)).item for text in "abc"]
        assert await service.accept_all(tx, event, OWNER, OVER) == 3
        assert await service.accept_all(tx, event, OWNER, OVER) == 0
        await service.settle(tx, GROUP, second.id, Standing.LEFT_OUT, OWNER, OVER)
        await service.move(tx, GROUP, third.id, -1)
        await service.move(tx, GROUP, third.id, -1)
        here = await service.desk(tx, event.id)
        assert [one.text for one in rules.accepted(here.items)] == ["c", "a"]
        assert await service.settle(tx, GROUP, 999, Standing.ACCEPTED, OWNER, OVER) is None
        assert await service.find(tx, GROUP, 2**64) is None
        other = type(GROUP)(8)
        assert await service.find(tx, other, first.id) is None


async def test_a_recap_is_published_edited_and_posted_anew(database: Database) -> None:
    photo = File(ItemKind.PHOTO, "file a")
    async with database.write() as tx:
        event = await hike(tx, 1)
        await service.introduce(tx, event, "<b>Hello</b> 你好", OWNER, OVER)
        done = await service.publish(tx, event, [Post("one", (photo,))], CHAT, OWNER, OVER)
        assert isinstance(done, service.Published)
        assert not done.edited
        again = await service.publish(tx, event, [Post("two", (photo,))], CHAT, OWNER, OVER)
        assert again is PublishFlaw.ON_ITS_WAY
        await service.arrived(tx, GROUP, event.id, done.recap.edition, 0, (11, 12))
        await service.arrived(tx, GROUP, event.id, done.recap.edition + 1, 0, (99,))
        await service.arrived(tx, GROUP, event.id, done.recap.edition, 7, (99,))
        edited = await service.publish(tx, event, [Post("two", (photo,))], CHAT, OWNER, OVER)
        assert isinstance(edited, service.Published)
        assert edited.edited
        assert edited.recap.posted[0].message_ids == (11, 12)
        anew = await service.publish(tx, event, [Post("two"), Post("", (photo,))], CHAT, OWNER, OVER)
        assert isinstance(anew, service.Published)
        assert not anew.edited
        assert anew.before[0].message_ids == (11, 12)
        recap = (await service.desk(tx, event.id)).recap
    assert recap == anew.recap
    assert (recap.intro, recap.edition) == ("<b>Hello</b> 你好", 2)


async def test_attendance_counts_the_door_where_it_was_used_and_who_was_going_elsewhere(database: Database) -> None:
    async with database.write() as tx:
        await hike(tx, 1, 2, 3)
        door = await hike(tx, 1, 2, 3, starts_at=START + timedelta(days=1))
        await at_the_door(tx, door, P1=Presence.CAME, P2=Presence.LATE)
        noted = await hike(tx, 2, 3, starts_at=START + timedelta(days=2))
        await at_the_door(tx, noted, P3=Presence.ABSENT)
        gone = await hike(tx, 1, starts_at=START + timedelta(days=3))
        await events.cancel(tx, GROUP, gone.id, None, OWNER, NOW)
        await hike(tx, 1, starts_at=START + timedelta(days=40))
        span = (NOW, START + timedelta(days=30))
        found = await service.attendance(tx, GROUP, *span)
        assert [(one.name, one.came, one.late, one.missed) for one in found] == [
            ("P2", 3, 1, 0),
            ("P1", 2, 0, 0),
            ("P3", 1, 0, 1),
        ]
        assert await service.how_many(tx, GROUP, *span) == 3
        assert await service.attendance_of(tx, GROUP, LIN.user_id, *span) == found[2]
        assert await service.attendance_of(tx, GROUP, person(9).user_id, *span) is None
        assert await service.attendance(tx, type(GROUP)(8), *span) == []


async def test_attendance_shows_the_name_a_person_has_now(database: Database) -> None:
    async with database.write() as tx:
        first = await hike(tx, 1)
        later = await hike(tx, 1, starts_at=START + timedelta(days=1))
        for event, name in ((first, "Zoe"), (later, "Anna")):
            (one,) = await events.going(tx, event.id)
            await core.put(tx, event.id, [replace(one, name=name)])
        (found,) = await service.attendance(tx, GROUP, NOW, START + timedelta(days=30))
    assert (found.name, found.came) == ("Anna", 2)

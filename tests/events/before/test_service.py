"""Asking, freeing, deciding and calendars, on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from bot.audit import service as audit
from bot.events import service as core
from bot.events.before import service
from bot.events.before.rules import Freed, NobodyAsked, NobodySilent, Post, TooFew, WouldFree
from bot.events.rules.event import Change, Created, Edited, Event, NoSuchEvent, NotLive, State
from bot.events.rules.plan import Asked
from bot.events.rules.signup import Action, Notice, SignUp, SignUpState
from bot.events.store import tables
from bot.kernel.ids import ChatId, GroupId, MessageId, UserId
from bot.timers import service as timers
from tests.events.build import DEADLINE, GROUP, NOW, OWNER, START, group, person, plan

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx

DAY_AHEAD = START - timedelta(days=1)
LATER = DAY_AHEAD + timedelta(hours=2)


async def created(tx: Tx, **values: Any) -> Event:
    done = await core.create(tx, GROUP, plan(**{"reconfirm": True, **values}), OWNER, NOW)
    assert isinstance(done, Created)
    return done.event


async def tap(tx: Tx, event: Event, *numbers: int, action: Action = Action.JOIN, now: datetime = NOW) -> None:
    for number in numbers:
        done = await core.tap(tx, group(), event.id, action, person(number), now)
        assert isinstance(done, core.Tapped)


async def standing(tx: Tx, event: Event, number: int) -> SignUp:
    found = await core.standing_of(tx, event.id, person(number).user_id)
    assert found is not None
    return found


async def asked(tx: Tx, event: Event, now: datetime = DAY_AHEAD) -> list[str] | None:
    found = await service.ask(tx, GROUP, event.id, now)
    return None if found is None else [one.name for one in found[1]]


async def due(tx: Tx) -> dict[str, datetime]:
    return {row.key.partition(":")[2]: row.due_at for row in await timers.pending(tx, core.NAME)}


async def test_those_who_are_going_are_asked_once_and_later_those_who_did_not_answer(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx)
        await tap(tx, event, 1, 2, 3, 4)
        await core.add_for(tx, group(), event.id, "Grandma", 0, OWNER, NOW)
        assert await asked(tx, event, DAY_AHEAD - timedelta(minutes=1)) is None
        assert await asked(tx, event) == ["P1", "P2", "P3"]
        assert await asked(tx, event) is None
        await tap(tx, event, 1, action=Action.CONFIRM, now=DAY_AHEAD)
        assert await asked(tx, event, LATER) == ["P2", "P3"]
        assert await asked(tx, event, START - timedelta(minutes=59)) is None
        entries = await audit.entries(tx, GROUP)
    assert [entry.action for entry in entries].count("event.asked") == 2


async def test_an_old_word_counts_no_more_when_people_are_asked(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx)
        await tap(tx, event, 1, 2)
        await tap(tx, event, 1, action=Action.CONFIRM, now=NOW)
        await tap(tx, event, 2, action=Action.CONFIRM, now=DAY_AHEAD - timedelta(hours=1))
        assert await asked(tx, event) == ["P1"]
        await tap(tx, event, 1, action=Action.CONFIRM, now=LATER)
        assert (await standing(tx, event, 1)).confirmed == LATER


async def test_silence_costs_nothing_until_the_organiser_has_seen_whose_it_is(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx, seats=2, automatic=True)
        await tap(tx, event, 1, 2, 3)
        assert await service.free(tx, group(), event.id, None, OWNER, LATER) == NobodyAsked(event)
        await asked(tx, event)
        shown = await service.free(tx, group(), event.id, None, OWNER, LATER)
        assert isinstance(shown, WouldFree)
        assert [one.name for one in shown.silent] == ["P1", "P2"]
        await tap(tx, event, 1, action=Action.CONFIRM, now=LATER)
        again = await service.free(tx, group(), event.id, shown.mark, OWNER, LATER)
        assert isinstance(again, WouldFree)
        assert again.mark != shown.mark
        assert (await standing(tx, event, 2)).state is SignUpState.GOING

        done = await service.free(tx, group(), event.id, again.mark, OWNER, LATER)
        assert isinstance(done, Freed)
        assert [one.name for one in done.silent] == ["P2"]
        assert [one.name for one in done.moved] == ["P3"]
        gone = await standing(tx, event, 2)
        assert (gone.state, gone.notice) == (SignUpState.LEFT, Notice.REMOVED)
        assert (await standing(tx, event, 3)).state is SignUpState.GOING
        assert (await due(tx))["line"] == LATER
        # Who moved up after people were asked has not answered either, until they say so or came by their own word.
        await tap(tx, event, 3, action=Action.CONFIRM, now=LATER)
        assert await service.free(tx, group(), event.id, None, OWNER, LATER) == NobodySilent(event)


async def test_only_live_events_of_the_group_are_asked_about(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx)
        assert await service.ask(tx, GroupId(8), event.id, DAY_AHEAD) is None
        assert await service.free(tx, group(), 99, None, OWNER, LATER) == NoSuchEvent(99)
        await core.cancel(tx, GROUP, event.id, None, OWNER, NOW)
        assert await asked(tx, event) is None
        assert isinstance(await service.free(tx, group(), event.id, None, OWNER, LATER), NotLive)


async def test_the_weather_counts_people_guests_and_answers(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx, seats=5, guests=1, questions=(Asked("Diet?", ("all", "none")),))
        await tap(tx, event, 1, 2)
        await tap(tx, event, 1, action=Action.MORE)
        await core.add_for(tx, group(), event.id, "Grandma", 0, OWNER, NOW)
        for number, answer in ((1, "all"), (2, "all"), (3, "none")):
            row = {"event_id": event.id, "user_id": person(number).user_id, "question": "Diet?", "answer": answer}
            await tx.execute(insert(tables.answers).values(**row))
        await asked(tx, event)
        found = await core.get(tx, GROUP, event.id)
        assert found is not None
        stands = await service.weather(tx, *found, LATER)
    assert (stands.tally.parties, stands.guests, stands.tally.confirmed) == (3, 1, 0)
    assert [one.name for one in stands.silent] == ["P1", "P2"]
    assert [one.name for one in stands.unasked] == ["Grandma"]
    # P3 answered, but is not going.
    assert [(one.question, one.answers) for one in stands.answers] == [("Diet?", (("all", 2),))]
    assert stands.asking is not None
    assert not stands.just_asked


async def test_too_few_people_end_an_event_and_enough_keep_it(database: Database) -> None:
    def why(few: TooFew) -> str:
        return f"{few.going} of {few.wanted}"

    async with database.write() as tx:
        event = await created(tx, minimum=2)
        await tap(tx, event, 1)
        assert await service.decide(tx, GROUP, event.id, why, DEADLINE - timedelta(minutes=1)) is None
        done = await service.decide(tx, GROUP, event.id, why, DEADLINE)
        assert done is not None
        ended, few, people = done
        assert (ended.state, ended.reason, few, people) == (State.CANCELLED, "1 of 2", TooFew(1, 2), 1)
        assert {"cancelled", "calendars"} <= set(await due(tx))
        assert await service.decide(tx, GROUP, event.id, why, DEADLINE) is None
        kept = await created(tx, minimum=2)
        await tap(tx, kept, 1, 2)
        assert await service.decide(tx, GROUP, kept.id, why, DEADLINE) is None
        entries = await audit.entries(tx, GROUP)
    cancelled = next(entry for entry in entries if entry.action == "event.cancelled")
    assert cancelled.actor_id is None


async def test_the_decision_moves_with_the_deadline(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx, minimum=2)
        first = await due(tx)
        assert first["minimum"] == DEADLINE
        assert first["minimum-warning"] == DEADLINE - timedelta(days=1)
        later = DEADLINE + timedelta(hours=6)
        done = await core.edit(tx, group(), event.id, Change("deadline", later), OWNER, NOW)
        assert isinstance(done, Edited)
        second = await due(tx)
        assert (second["minimum"], second["minimum-warning"]) == (later, later - timedelta(days=1))
        await core.edit(tx, group(), event.id, Change("minimum", None), OWNER, NOW)
        assert not {"minimum", "minimum-warning"} & set(await due(tx))


async def test_whoever_took_the_file_is_known_once_and_who_left_is_told_no_more(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx)
        await tap(tx, event, 1, 2)
        for number in (1, 2, 3, 1):
            await service.take_calendar(tx, event.id, person(number).user_id)
        await core.gone(tx, group(), person(2), NOW)
        assert await service.calendars_of(tx, event.id) == [
            (person(1).user_id, True),
            (person(3).user_id, False),
        ]
        assert await service.is_going(tx, event.id, person(1).user_id)
        assert not await service.is_going(tx, event.id, UserId(999))


async def test_an_edit_of_what_stands_in_calendars_counts_and_tells(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx)
        done = await core.edit(tx, group(), event.id, Change("seats", 9), OWNER, NOW)
        assert isinstance(done, Edited)
        assert done.event.sequence == 0
        assert "calendars" not in await due(tx)
        done = await core.edit(tx, group(), event.id, Change("place", "Old Fort"), OWNER, NOW)
        assert isinstance(done, Edited)
        assert done.event.sequence == 1
        assert (await due(tx))["calendars"] == NOW


async def test_the_last_post_is_given_away_once(database: Database) -> None:
    post = Post(ChatId(-1007), MessageId(5))
    async with database.write() as tx:
        event = await created(tx)
        assert await service.last_post(tx, event.id) is None
        await service.posted(tx, event.id, Post(ChatId(-1007), MessageId(4)))
        await service.posted(tx, event.id, post)
        assert await service.last_post(tx, event.id) == post
        assert await service.last_post(tx, event.id) is None

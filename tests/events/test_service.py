from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.audit import service as audit
from bot.events import service, store
from bot.events.rules.event import (
    Cancelled,
    Change,
    Closed,
    Created,
    Edited,
    Event,
    NoSuchEvent,
    NotLive,
    Reopened,
    SameAsBefore,
    State,
    WouldDrop,
)
from bot.events.rules.house import House, Order
from bot.events.rules.outcomes import AlreadyWaits, GuestsChanged, In, Left, Outcome, TooLate, Waits
from bot.events.rules.plan import Flaw
from bot.events.rules.signup import Action, Notice, Paid, SignUpState
from bot.kernel.groups import QuietHours
from bot.kernel.ids import ChatId, GroupId, MessageId
from bot.timers import service as timers
from tests.events.build import DEADLINE, GROUP, NOW, OWNER, START, group, person, plan

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx

LATER = NOW + timedelta(minutes=1)


async def created(tx: Tx, group_id: GroupId = GROUP, **values: Any) -> Event:
    done = await service.create(tx, group_id, plan(**values), OWNER, NOW)
    assert isinstance(done, Created)
    return done.event


async def tap(tx: Tx, event: Event, number: int, action: Action = Action.JOIN, now: datetime = LATER) -> Outcome:
    done = await service.tap(tx, group(event.group_id), event.id, action, person(number), now)
    assert isinstance(done, service.Tapped)
    return done.outcome


async def names(tx: Tx, event: Event, state: SignUpState) -> list[str]:
    return [one.name for one in await service.everybody(tx, event.id) if one.state is state]


async def due(tx: Tx) -> dict[str, datetime]:
    return {f"{row.key}": row.due_at for row in await timers.pending(tx, service.NAME)}


async def test_events_are_numbered_within_their_group(database: Database) -> None:
    async with database.write() as tx:
        first, other, second = await created(tx), await created(tx, GroupId(8)), await created(tx)
    assert [first.number, other.number, second.number] == [1, 1, 2]
    async with database.read() as tx:
        found = await service.numbered(tx, GROUP, 2)
        assert not isinstance(found, NoSuchEvent)
        assert found[0] == second
        assert found[0].plan == plan()
        assert await service.get(tx, GROUP, other.id) is None
        assert await service.numbered(tx, GROUP, 3) == NoSuchEvent(3)


async def test_a_new_event_sets_its_timers_and_is_written_down(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx)
    async with database.read() as tx:
        assert await due(tx) == {
            f"{event.id}:remind-1440": START - timedelta(hours=24),
            f"{event.id}:remind-120": START - timedelta(hours=2),
            f"{event.id}:weather-1440": START - timedelta(hours=24),
            f"{event.id}:weather-180": START - timedelta(hours=3),
            f"{event.id}:deadline": DEADLINE,
            f"{event.id}:check_in": START - timedelta(hours=12),
            f"{event.id}:start": START,
            f"{event.id}:end": START + timedelta(hours=3),
        }
        (entry,) = await audit.entries(tx, GROUP)
    assert (entry.action, entry.target_text, entry.actor_name) == ("event.created", "#1", "Anna")


async def test_a_flawed_plan_changes_nothing(database: Database) -> None:
    async with database.write() as tx:
        assert await service.create(tx, GROUP, plan(title=""), OWNER, NOW) is Flaw.NO_TITLE
        assert await due(tx) == {}
        assert await service.upcoming(tx, GROUP, NOW) == []


async def test_a_tap_takes_few_statements(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx)
        before = tx.statements
        await tap(tx, event, 1)
        assert tx.statements - before <= 3


async def test_creating_takes_few_statements(database: Database) -> None:
    async with database.write() as tx:
        await created(tx)
        assert tx.statements <= 3


async def test_the_story_of_three_seats(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx, seats=3, guests=1, automatic=True, strict=True)
        assert await tap(tx, event, 1) == In(1, 3, 0)
        assert await tap(tx, event, 1, Action.MORE) == GuestsChanged(1, 2, 3)
        assert await tap(tx, event, 2, Action.MORE) == Waits(1, 1, 1)
        assert await tap(tx, event, 3) == Waits(2, 0, 1)
        assert await tap(tx, event, 3) == AlreadyWaits(2, 0)
        assert await names(tx, event, SignUpState.GOING) == ["P1"]
        assert await tap(tx, event, 1, Action.FEWER) == GuestsChanged(0, 1, 3)
        assert await names(tx, event, SignUpState.GOING) == ["P1", "P2"]
        assert await tap(tx, event, 1, Action.LEAVE) == Left(True)
        assert await names(tx, event, SignUpState.GOING) == ["P2", "P3"]
        assert f"{event.id}:line" in await due(tx)
        told = await service.take_notices(tx, event.id)
        assert [(one.name, one.notice) for one in told] == [("P2", Notice.MOVED_UP), ("P3", Notice.MOVED_UP)]
        assert await service.take_notices(tx, event.id) == []


async def test_who_makes_their_own_party_fit_hears_it_in_the_answer_only(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx, seats=2, guests=1)
        await tap(tx, event, 1)
        assert await tap(tx, event, 2, Action.MORE) == Waits(1, 1, 1)
        assert await tap(tx, event, 2, Action.FEWER) == In(2, 2, 0)
        assert await service.take_notices(tx, event.id) == []
        assert f"{event.id}:line" not in await due(tx)


async def test_the_log_tells_an_offered_seat_from_one_that_is_taken(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx, seats=1)
        for number in (1, 2, 3):
            await tap(tx, event, number)
        await tap(tx, event, 1, Action.LEAVE)
        await tap(tx, event, 2)
        log = [(entry.action, entry.details) for entry in await audit.entries(tx, GROUP)][:3]
        await edit(tx, event, "automatic", True)
        await edit(tx, event, "seats", 2)
        (given, *_) = await audit.entries(tx, GROUP)
    names = ["event.accepted", "event.offered", "event.left"]
    assert [action for action, _ in log] == names
    assert log[0][1]["who"] == "P2"
    assert log[1][1]["people"] == ["P2"]
    assert (given.action, given.details["people"]) == ("event.seated", ["P3"])


async def test_the_deadline_holds_for_joining_only(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx, seats=1, automatic=True)
        await tap(tx, event, 1)
        await tap(tx, event, 2)
        assert isinstance(await tap(tx, event, 3, now=DEADLINE), TooLate)
        assert await tap(tx, event, 1, Action.LEAVE, DEADLINE) == Left(True)
        assert await names(tx, event, SignUpState.GOING) == ["P2"]
        assert isinstance(await tap(tx, event, 2, Action.LEAVE, START), TooLate)


async def test_who_is_gone_is_off_every_event_still_to_come(database: Database) -> None:
    async with database.write() as tx:
        first, second = await created(tx, seats=1, automatic=True), await created(tx, seats=2)
        over, elsewhere = await created(tx, title="over"), await created(tx, GroupId(8))
        for event in (first, second, over, elsewhere):
            await tap(tx, event, 1)
        await tap(tx, first, 2)
        await service.cancel(tx, GROUP, over.id, None, OWNER, LATER)
        assert await service.gone(tx, group(), person(1), LATER) == [first.id, second.id]
        assert await names(tx, first, SignUpState.GOING) == ["P2"]
        assert await names(tx, second, SignUpState.GOING) == []
        assert await names(tx, elsewhere, SignUpState.GOING) == ["P1"]
        assert [one.name for one in await service.take_notices(tx, first.id)] == ["P2"]
        before = tx.statements
        assert await service.gone(tx, group(), person(1), LATER) == []
        assert tx.statements - before == 1
        assert await service.gone(tx, group(), person(2), START) == []


async def test_a_tap_on_another_groups_event_finds_nothing(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx)
        foreign = await service.tap(tx, group(GroupId(8)), event.id, Action.JOIN, person(1), NOW)
        assert foreign == NoSuchEvent(event.id)
        assert await service.everybody(tx, event.id) == []


async def edit(tx: Tx, event: Event, field: Any, value: Any, agreed: int | None = None) -> object:
    return await service.edit(tx, group(), event.id, Change(field, value), OWNER, LATER, agreed)


async def test_more_seats_let_the_line_in(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx, seats=1, automatic=True)
        for number in (1, 2, 3, 4):
            await tap(tx, event, number)
        done = await edit(tx, event, "seats", 3)
        assert isinstance(done, Edited)
        assert [one.name for one in done.moved_up] == ["P2", "P3"]
        assert isinstance(await edit(tx, event, "seats", None), Edited)
        assert await names(tx, event, SignUpState.WAITING) == []


async def test_fewer_seats_ask_first_and_put_the_last_in_at_the_head_of_the_line(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx, seats=3, automatic=True)
        for number in (1, 2, 3, 4):
            await tap(tx, event, number)
        asked = await edit(tx, event, "seats", 1)
        assert isinstance(asked, WouldDrop)
        assert [one.name for one in asked.losers] == ["P2", "P3"]
        assert await names(tx, event, SignUpState.WAITING) == ["P4"]
        await tap(tx, event, 3, Action.LEAVE)
        assert await names(tx, event, SignUpState.GOING) == ["P1", "P2", "P4"]
        # As many as before, but not those whom the organiser saw.
        asked_again = await edit(tx, event, "seats", 1, agreed=asked.mark)
        assert isinstance(asked_again, WouldDrop)
        assert [one.name for one in asked_again.losers] == ["P2", "P4"]
        assert isinstance(await edit(tx, event, "seats", 1, agreed=asked_again.mark), Edited)
        assert await names(tx, event, SignUpState.GOING) == ["P1"]
        await tap(tx, event, 5)
        assert await names(tx, event, SignUpState.WAITING) == ["P2", "P4", "P5"]
        assert [one.notice for one in await service.take_notices(tx, event.id)] == [Notice.MOVED_BACK] * 2
        await tap(tx, event, 1, Action.LEAVE)
        assert await names(tx, event, SignUpState.GOING) == ["P2"]


async def test_another_time_moves_the_reminders_and_tells_everybody(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx, deadline=None)
        await tap(tx, event, 1)
        sooner = LATER + timedelta(hours=5)
        done = await edit(tx, event, "starts_at", sooner)
        assert isinstance(done, Edited)
        assert done.told
        assert await due(tx) == {
            f"{event.id}:remind-120": sooner - timedelta(hours=2),
            f"{event.id}:weather-180": sooner - timedelta(hours=3),
            f"{event.id}:calendars": LATER,
            f"{event.id}:start": sooner,
            f"{event.id}:end": sooner + timedelta(hours=3),
            f"{event.id}:changed-starts_at": LATER,
        }


async def test_a_new_title_is_told_and_how_the_list_is_handled_is_not(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx)
        await tap(tx, event, 1)
        quiet = await edit(tx, event, "offer", 30)
        assert isinstance(quiet, Edited)
        assert not quiet.told
        done = await edit(tx, event, "title", "Walk\0")
        assert isinstance(done, Edited)
        assert done.told
        found = await service.get(tx, GROUP, event.id)
        assert found is not None
        assert found[0].plan.title == "Walk"
        assert isinstance(await edit(tx, found[0], "title", "Walk"), SameAsBefore)


async def test_a_cancelled_event_tells_those_on_it_and_takes_no_taps(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx)
        await tap(tx, event, 1)
        done = await service.cancel(tx, GROUP, event.id, "rain", OWNER, LATER)
        assert isinstance(done, Cancelled)
        assert (done.people, done.event.reason) == (1, "rain")
        assert f"{event.id}:cancelled" in await due(tx)
        assert isinstance(await tap(tx, event, 2), TooLate)
        assert isinstance(await service.cancel(tx, GROUP, event.id, None, OWNER, LATER), NotLive)
        assert isinstance(await edit(tx, event, "seats", 9), NotLive)
        assert await service.upcoming(tx, GROUP, NOW) == []


async def test_sign_up_is_closed_and_opened_again(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx)
        assert isinstance(await service.reopen(tx, GROUP, event.id, OWNER, LATER), SameAsBefore)
        assert isinstance(await service.close(tx, GROUP, event.id, OWNER, LATER), Closed)
        assert isinstance(await service.close(tx, GROUP, event.id, OWNER, LATER), SameAsBefore)
        assert isinstance(await tap(tx, event, 1), TooLate)
        assert await service.reopen(tx, GROUP, event.id, OWNER, LATER) == Reopened(event, True)
        assert await tap(tx, event, 1) == In(1, 3, 0)


async def test_the_start_ends_an_event_unless_it_was_moved(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx)
        assert not await service.pass_start(tx, GROUP, event.id, NOW)
        assert await service.pass_start(tx, GROUP, event.id, START)
        assert not await service.pass_start(tx, GROUP, event.id, START)
        found = await service.get(tx, GROUP, event.id)
        assert found is not None
        assert found[0].state is State.OVER


async def test_upcoming_lists_a_span_in_order_with_its_sums(database: Database) -> None:
    async with database.write() as tx:
        late = await created(tx, title="late", starts_at=START + timedelta(days=1))
        early = await created(tx, title="early", guests=1)
        await created(tx, GroupId(8))
        await tap(tx, early, 1, Action.MORE)
    async with database.read() as tx:
        found = await service.upcoming(tx, GROUP, NOW)
        assert [(event.plan.title, tally.taken) for event, tally in found] == [("early", 2), ("late", 0)]
        assert [event.id for event, _ in await service.upcoming(tx, GROUP, START + timedelta(hours=1))] == [late.id]
        assert [event.id for event, _ in await service.upcoming(tx, GROUP, NOW, START + timedelta(hours=1))] == [
            early.id
        ]


async def test_what_is_under_way_stands_before_what_is_coming_until_it_is_over(database: Database) -> None:
    async with database.write() as tx:
        await created(tx, title="Camp", minutes=5 * 24 * 60)
        await created(tx, title="Walk", starts_at=START + timedelta(hours=1))
        await created(tx, title="Talk", starts_at=START + timedelta(days=2), minutes=60)
        off = await created(tx, title="Off")
        await service.cancel(tx, GROUP, off.id, None, OWNER, NOW)

    async def listed(now: datetime) -> list[str]:
        async with database.read() as tx:
            return [event.plan.title for event, _ in await service.current(tx, GROUP, now)]

    assert await listed(START - timedelta(minutes=1)) == ["Camp", "Walk", "Talk"]
    assert await listed(START) == ["Camp", "Walk", "Talk"]
    assert await listed(START + timedelta(hours=4, minutes=-1)) == ["Camp", "Walk", "Talk"]
    assert await listed(START + timedelta(hours=4)) == ["Camp", "Talk"]
    assert await listed(START + timedelta(days=2, minutes=30)) == ["Camp", "Talk"]
    assert await listed(START + timedelta(days=3)) == ["Camp"]
    assert await listed(START + timedelta(days=5)) == []


async def test_the_face_of_a_card_is_one_statement(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx, seats=2, automatic=True)
        for number in (1, 2, 3):
            await tap(tx, event, number)
        await tap(tx, event, 1, Action.LEAVE)
        before = tx.statements
        found = await service.face(tx, event.id)
        assert tx.statements - before == 1
        assert found is not None
        assert [one.name for one in found[2]] == ["P2", "P3"]
        assert (found[1].parties, found[1].taken, found[1].waiting) == (2, 2, 0)
        assert await service.face(tx, event.id + 1) is None


async def test_a_fresh_card_shows_nobody(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx)
        found = await service.face(tx, event.id)
    assert found is not None
    assert found[2] == []


async def test_places_of_card_and_list_are_kept(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx)
        await service.card_posted(tx, event.id, ChatId(-100), MessageId(5))
        await service.list_asked(tx, event.id, ChatId(-100), NOW)
        await service.list_posted(tx, event.id, MessageId(6))
        found = await service.get(tx, GROUP, event.id)
    assert found is not None
    card, posted = found[0].card, found[0].list
    assert card is not None
    assert posted is not None
    assert (card.chat_id, card.message_id) == (-100, 5)
    assert (posted.message_id, posted.at) == (6, NOW)


async def test_thirty_race_for_ten_seats(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx, seats=10)

    async def race(number: int) -> Outcome:
        async with database.write() as tx:
            return await tap(tx, event, number)

    outcomes = await asyncio.gather(*(race(number) for number in range(30)))
    async with database.read() as tx:
        found = await service.get(tx, GROUP, event.id)
        everybody = await service.everybody(tx, event.id)
    assert found is not None
    assert (found[1].taken, found[1].waiting) == (10, 20)
    assert sorted(one.taken for one in outcomes if isinstance(one, In)) == list(range(1, 11))
    assert sorted(one.position for one in outcomes if isinstance(one, Waits)) == list(range(1, 21))
    assert [one.turn for one in everybody] == list(range(1, 31))


async def test_leaving_while_others_join_sells_no_seat_twice(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx, seats=5, guests=1, automatic=True)
        for number in range(10):
            await tap(tx, event, number)

    async def act(number: int, action: Action) -> None:
        async with database.write() as tx:
            await tap(tx, event, number, action)

    leaving = [act(number, Action.LEAVE) for number in range(5)]
    joining = [act(number, Action.MORE) for number in range(10, 20)]
    await asyncio.gather(*(one for pair in zip(leaving, joining, strict=False) for one in pair), *joining[5:])
    async with database.read() as tx:
        found = await service.get(tx, GROUP, event.id)
        going = await names(tx, event, SignUpState.GOING)
    assert found is not None
    assert found[1].taken == 5
    assert going == [f"P{number}" for number in range(5, 10)]


@pytest.mark.parametrize("number", [0, -1, 2**40, 10**19 - 1])
async def test_strange_numbers_find_nothing(database: Database, number: int) -> None:
    async with database.read() as tx:
        assert await service.numbered(tx, GROUP, number) == NoSuchEvent(number)
        assert await service.get(tx, GROUP, number) is None
        tapped = await service.tap(tx, group(), number, Action.JOIN, person(1), NOW)
        assert tapped == NoSuchEvent(number)


async def test_a_seat_freed_at_night_is_offered_in_the_morning(database: Database) -> None:
    nights = group(quiet=(QuietHours(time(22), time(7, 30)),))
    night, morning = NOW.replace(hour=22), (NOW + timedelta(days=1)).replace(hour=6, minute=30)
    async with database.write() as tx:
        event = await created(tx, seats=1)
        for number in (1, 2):
            await tap(tx, event, number)
        await service.tap(tx, nights, event.id, Action.LEAVE, person(1), night)
        assert (await due(tx))[f"{event.id}:seats"] == morning
        assert await names(tx, event, SignUpState.OFFERED) == []
        assert await service.fill_seats(tx, nights, event.id, morning)
        assert await names(tx, event, SignUpState.OFFERED) == ["P2"]
        assert (await due(tx))[f"{event.id}:lapse"] == morning + timedelta(hours=2)


async def test_an_offer_the_bot_comes_late_to_at_night_lapses_in_the_morning(database: Database) -> None:
    nights = group(quiet=(QuietHours(time(22), time(7, 30)),))
    night, morning = NOW.replace(hour=22), (NOW + timedelta(days=1)).replace(hour=6, minute=30)
    async with database.write() as tx:
        event = await created(tx, seats=1)
        for number in (1, 2):
            await tap(tx, event, number)
        await tap(tx, event, 1, Action.LEAVE)
        assert not await service.lapse_offers(tx, nights, event.id, night)
        assert (await due(tx))[f"{event.id}:lapse"] == morning
        assert await names(tx, event, SignUpState.OFFERED) == ["P2"]
        assert await service.lapse_offers(tx, nights, event.id, morning)
        assert await names(tx, event, SignUpState.OFFERED) == []


async def test_the_order_of_time_forgets_who_came_to_how_many_events(database: Database) -> None:
    async with database.write() as tx:
        await service.set_house(tx, GROUP, House(order=Order.FAIR), OWNER, NOW)
        past = await created(tx, starts_at=NOW + timedelta(hours=1), deadline=None)
        await tap(tx, past, 2)
        event, later = await created(tx, seats=1), NOW + timedelta(hours=2)
        for number in (1, 2):
            await tap(tx, event, number, now=later)
        assert await tap(tx, event, 3, now=later) == Waits(1, 0)
        assert await names(tx, event, SignUpState.WAITING) == ["P3", "P2"]
        await service.set_house(tx, GROUP, House(), OWNER, later)
        assert await tap(tx, event, 4, now=later) == Waits(3, 0)
        assert await names(tx, event, SignUpState.WAITING) == ["P2", "P3", "P4"]


async def test_what_somebody_paid_stays_paid_when_they_come_back(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx)
        await tap(tx, event, 1)
        (one,) = await service.everybody(tx, event.id)
        await store.put(tx, event.id, [replace(one, paid=Paid.CONFIRMED)])
        await tap(tx, event, 1, Action.MAYBE)
        await tap(tx, event, 1)
        (back,) = await service.everybody(tx, event.id)
    assert (back.state, back.paid) == (SignUpState.GOING, Paid.CONFIRMED)

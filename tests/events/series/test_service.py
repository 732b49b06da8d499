"""Series on both databases (R05)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.audit import service as audit
from bot.events import service as events
from bot.events.rules.event import Change, Created, Event, State
from bot.events.rules.signup import Action, Presence, SignUpState
from bot.events.series import rules, service
from bot.events.series.rules import (
    AlreadyRepeats,
    Begun,
    Ended,
    Flaw,
    Moved,
    NoSuchDate,
    Series,
    SeriesState,
    Skipped,
)
from bot.events.series.service import Wishes
from bot.events.store import put
from bot.kernel.groups import Group
from bot.members import service as members
from bot.tg import envelope as env
from bot.timers import service as timers
from tests.events.build import GROUP, NOW, OWNER, START, group, person, plan
from tests.events.series.build import weekly

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx

HERE: Group = group()
OPENS = START + timedelta(weeks=1) - timedelta(days=6, hours=3)


def went(number: int) -> env.MemberChange:
    """Tell that somebody left the group."""
    user = env.User(person(number).user_id, first_name=person(number).name)
    was, now = env.ChatMember(user, "member"), env.ChatMember(user, "left")
    return env.MemberChange(env.Chat(HERE.chat_id, "supergroup"), user, 0, was, now)


async def begun(tx: Tx, wishes: Wishes = Wishes(), **values: Any) -> tuple[Event, Series]:  # noqa: B008
    made = await events.create(tx, GROUP, plan(**values), OWNER, NOW)
    assert isinstance(made, Created)
    done = await service.begin(tx, HERE, made.event, weekly(), wishes, OWNER, NOW)
    assert isinstance(done, Begun)
    return made.event, done.series


async def test_the_event_is_the_first_date_and_the_timer_waits_for_the_second(database: Database) -> None:
    async with database.write() as tx:
        event, series = await begun(tx)
        found = await events.get(tx, GROUP, event.id)
        assert found is not None
        assert found[0].series == series.id
        assert [one.event_id for one in series.dates.values()] == [event.id]
        (row,) = await timers.pending(tx, events.NAME, service.TIMER)
        assert (row.key, row.due_at) == (str(series.id), OPENS)
        assert await service.get(tx, GROUP, series.id) == series
        assert (await service.find(tx, GROUP, 1)) == series
        assert await service.active(tx, GROUP) == [series]
        again = await service.begin(tx, HERE, found[0], weekly(), Wishes(), OWNER, NOW)
        assert again == AlreadyRepeats(series)


async def test_a_date_is_opened_with_the_pattern_and_the_next_is_waited_for(database: Database) -> None:
    async with database.write() as tx:
        _, series = await begun(tx, seats=5, guests=1, price="5 €")
        assert await service.open_due(tx, HERE, series.id, OPENS - timedelta(minutes=1)) == []
        (event,) = await service.open_due(tx, HERE, series.id, OPENS)
        assert event.plan.starts_at == START + timedelta(weeks=1)
        assert event.plan.deadline == START + timedelta(weeks=1, days=-1)
        assert (event.plan.seats, event.plan.guests, event.plan.price) == (5, 1, "5 €")
        assert (event.state, event.series, event.created_by) == (State.OPEN, series.id, OWNER.user_id)
        assert await service.open_due(tx, HERE, series.id, OPENS) == []
        (row,) = await timers.pending(tx, events.NAME, service.TIMER)
        assert row.due_at == OPENS + timedelta(weeks=1)


async def test_dates_the_bot_slept_through_are_opened_late_or_not_at_all(database: Database) -> None:
    async with database.write() as tx:
        _, series = await begun(tx)
        late = START + timedelta(weeks=2, days=2)
        opened = await service.open_due(tx, HERE, series.id, late)
        assert [one.plan.starts_at for one in opened] == [START + timedelta(weeks=3)]


async def test_those_who_came_are_on_the_next_list_but_not_who_left_or_stayed_away(database: Database) -> None:
    async with database.write() as tx:
        event, series = await begun(tx, Wishes(regulars=True), seats=None, guests=2)
        await members.membership_changed(tx, HERE, went(2), NOW)
        for number in (1, 2, 3):
            await events.tap(tx, HERE, event.id, Action.JOIN, person(number), NOW)
        await events.tap(tx, HERE, event.id, Action.MORE, person(1), NOW)
        await events.tap(tx, HERE, event.id, Action.MAYBE, person(4), NOW)
        await events.add_for(tx, HERE, event.id, "Grandma", 0, OWNER, NOW)
        (away,) = [one for one in await events.going(tx, event.id) if one.user_id == person(3).user_id]
        await put(tx, event.id, [replace(away, presence=Presence.ABSENT)])
        (opened,) = await service.open_due(tx, HERE, series.id, OPENS)
        carried = {one.name: one.guests for one in await events.people(tx, opened.id, SignUpState.GOING)}
    assert carried == {"P1": 1, "Grandma": 0}


async def test_a_skipped_date_is_cancelled_if_it_is_open_and_never_opened_else(database: Database) -> None:
    async with database.write() as tx:
        event, series = await begun(tx)
        await events.tap(tx, HERE, event.id, Action.JOIN, person(1), NOW)
        first, second = list(rules.slots(series, HERE, NOW))[:2]
        done = await service.skip(tx, HERE, series.id, first.day, "rain", OWNER, NOW)
        assert isinstance(done, Skipped)
        found = await events.get(tx, GROUP, event.id)
        assert found is not None
        assert (found[0].state, found[0].reason) == (State.CANCELLED, "rain")
        assert isinstance(await service.skip(tx, HERE, series.id, first.day, None, OWNER, NOW), NoSuchDate)
        done = await service.skip(tx, HERE, series.id, second.day, None, OWNER, NOW)
        assert isinstance(done, Skipped)
        assert done.event is None
        (opened,) = await service.open_due(tx, HERE, series.id, OPENS + timedelta(weeks=1))
        assert opened.plan.starts_at == START + timedelta(weeks=2)


async def test_a_moved_date_keeps_its_list_and_the_end_of_its_sign_up(database: Database) -> None:
    async with database.write() as tx:
        event, series = await begun(tx)
        await events.tap(tx, HERE, event.id, Action.JOIN, person(1), NOW)
        day = next(rules.slots(series, HERE, NOW)).day
        to = START - timedelta(days=2)
        assert await service.move(tx, HERE, series.id, day, NOW, OWNER, NOW) is Flaw.IN_PAST
        taken = await service.move(tx, HERE, series.id, day, START + timedelta(weeks=1), OWNER, NOW)
        assert taken is Flaw.TAKEN
        assert isinstance(await service.move(tx, HERE, series.id, day, to, OWNER, NOW), Moved)
        found = await events.get(tx, GROUP, event.id)
        assert found is not None
        assert (found[0].plan.starts_at, found[0].plan.deadline) == (to, to - timedelta(days=1))
        assert [one.name for one in await events.going(tx, event.id)] == ["P1"]


async def test_a_date_moved_or_cancelled_by_hand_is_seen_by_the_series(database: Database) -> None:
    async with database.write() as tx:
        event, series = await begun(tx, deadline=None)
        later = START + timedelta(hours=30)
        await events.edit(tx, HERE, event.id, Change("starts_at", later), OWNER, NOW)
        found = await service.get(tx, GROUP, series.id)
        assert found is not None
        assert [slot.starts_at for slot in rules.slots(found, HERE, NOW)][:2] == [later, START + timedelta(weeks=1)]
        await events.cancel(tx, GROUP, event.id, None, OWNER, NOW)
        found = await service.get(tx, GROUP, series.id)
        assert found is not None
        assert next(rules.slots(found, HERE, NOW)).starts_at == START + timedelta(weeks=1)
        assert await service.end(tx, HERE, series.id, OWNER, NOW) == Ended(replace(found, state=SeriesState.ENDED), 0)


async def test_an_event_that_is_over_is_the_first_date_and_gives_its_regulars(database: Database) -> None:
    async with database.write() as tx:
        made = await events.create(tx, GROUP, plan(seats=None), OWNER, NOW)
        assert isinstance(made, Created)
        await events.tap(tx, HERE, made.event.id, Action.JOIN, person(1), NOW)
        over = START + timedelta(days=2)
        done = await service.begin(tx, HERE, made.event, weekly(), Wishes(regulars=True), OWNER, over)
        assert isinstance(done, Begun)
        again = await events.get(tx, GROUP, made.event.id)
        assert again is not None
        assert await service.begin(tx, HERE, again[0], weekly(), Wishes(), OWNER, over) == AlreadyRepeats(done.series)
        (opened,) = await service.open_due(tx, HERE, done.series.id, over)
        assert opened.plan.starts_at == START + timedelta(weeks=1)
        assert [one.name for one in await events.going(tx, opened.id)] == ["P1"]


async def test_other_days_hold_for_what_is_not_open_and_open_dates_stay(database: Database) -> None:
    async with database.write() as tx:
        event, series = await begun(tx)
        sunday = START + timedelta(weeks=1, days=1)
        assert await service.set_rule(tx, HERE, series.id, weekly(start=sunday), OWNER, NOW) is not None
        found = await service.get(tx, GROUP, series.id)
        assert found is not None
        slots = list(rules.slots(found, HERE, NOW))[:3]
        assert [(slot.starts_at, slot.event_id) for slot in slots] == [
            (START, event.id),
            (sunday, None),
            (sunday + timedelta(weeks=1), None),
        ]
        assert isinstance(await service.skip(tx, HERE, series.id, slots[0].day, None, OWNER, NOW), Skipped)


async def test_a_group_that_moved_to_another_zone_keeps_its_moments_and_opens_at_its_own_ten(
    database: Database,
) -> None:
    async with database.write() as tx:
        _, series = await begun(tx)
        away = replace(HERE, zone="Asia/Tokyo")
        opens = OPENS - timedelta(hours=8)  # ten o'clock in Tokyo is two in Berlin
        assert await service.open_due(tx, away, series.id, opens - timedelta(minutes=1)) == []
        (event,) = await service.open_due(tx, away, series.id, opens)
        assert event.plan.starts_at == START + timedelta(weeks=1)


async def test_what_one_date_is_like_may_hold_for_all_that_are_not_open(database: Database) -> None:
    async with database.write() as tx:
        event, series = await begun(tx)
        await events.edit(tx, HERE, event.id, Change("place", "New bridge"), OWNER, NOW)
        done = await service.take_over(tx, HERE, event.id, OWNER, NOW)
        assert done is not None
        (opened,) = await service.open_due(tx, HERE, series.id, OPENS)
        assert opened.plan.place == "New bridge"


async def test_an_ended_series_opens_nothing_more(database: Database) -> None:
    async with database.write() as tx:
        event, series = await begun(tx)
        done = await service.end(tx, HERE, series.id, OWNER, NOW)
        assert isinstance(done, Ended)
        assert done.open_dates == 1
        assert await timers.pending(tx, events.NAME, service.TIMER) == []
        assert await service.open_due(tx, HERE, series.id, OPENS) == []
        assert await service.end(tx, HERE, series.id, OWNER, NOW) is None
        found = await events.get(tx, GROUP, event.id)
        assert found is not None
        assert found[0].state is State.OPEN
        actions = [entry.action for entry in await audit.entries(tx, GROUP)]
    assert "series.ended" in actions


async def test_a_series_of_another_group_is_none(database: Database) -> None:
    async with database.write() as tx:
        _, series = await begun(tx)
        other = group(type(GROUP)(8))
        assert await service.get(tx, other.id, series.id) is None
        assert await service.end(tx, other, series.id, OWNER, NOW) is None
        assert await service.get(tx, GROUP, -1) is None
        assert await service.find(tx, GROUP, 2**40) is None

"""Words, answers and forgiveness in the database, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.audit import service as audit
from bot.events import service as events
from bot.events import store as events_store
from bot.events.rules.event import Created, Event
from bot.events.rules.house import LOOK_BACK, House, Order, rank_of
from bot.events.rules.outcomes import AlreadyIn, GuestLimit, GuestsChanged, In, Left, Outcome, Refused, Suspended, Waits
from bot.events.rules.plan import Asked
from bot.events.rules.signup import Presence, SignUpState
from bot.events.service import answers
from bot.events.signing import service
from bot.events.signing.rules.rolls import MOST_LINES, STAYS, Entry, Stood
from bot.events.signing.rules.words import read_word
from bot.kernel.ids import ChatId, ThreadId, UserId
from tests.events.build import GROUP, NOW, OWNER, START, group, person, plan

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx

LATER = NOW + timedelta(minutes=1)
CHAT = ChatId(-1007)


async def created(tx: Tx, now: datetime = NOW, **values: Any) -> Event:
    done = await events.create(tx, GROUP, plan(**values), OWNER, now)
    assert isinstance(done, Created)
    return done.event


async def say(tx: Tx, event: Event, number: int, words: str, now: datetime = LATER) -> Outcome:
    word = read_word(words)
    assert word is not None
    done = await service.say(tx, group(), event.id, word, person(number), now, "")
    assert isinstance(done, events.Tapped)
    return done.outcome


async def brings(tx: Tx, event: Event, number: int) -> int | None:
    mine = await events.standing_of(tx, event.id, person(number).user_id)
    return None if mine is None or not mine.state.is_on_it else mine.guests


# In words


async def test_a_number_is_the_size_of_the_party_whatever_it_was_before(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx, seats=4, guests=2)
        assert await say(tx, event, 1, "+2") == In(2, 4, 1)
        assert await say(tx, event, 1, "+3") == GuestsChanged(2, 3, 4)
        assert await say(tx, event, 1, "+3") == AlreadyIn(2)
        assert await say(tx, event, 1, "+1") == GuestsChanged(0, 1, 4)
        assert await say(tx, event, 1, "+4") == GuestLimit(2)
        assert await brings(tx, event, 1) == 2
        assert await say(tx, event, 1, "-1") == GuestsChanged(1, 2, 4)
        assert await say(tx, event, 2, "+3") == Waits(1, 2, 2)
        assert await say(tx, event, 3, "+1") == In(3, 4, 0)
        assert await say(tx, event, 4, "+1") == In(4, 4, 0)
        assert await say(tx, event, 1, "+3") == Refused.LINE_BEFORE_GUEST
        assert await brings(tx, event, 1) == 1
        assert await say(tx, event, 1, "out") == Left(True)


async def test_one_less_of_somebody_alone_takes_them_off(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx)
        assert await say(tx, event, 1, "join") == In(1, 3, 0)
        assert await say(tx, event, 1, "-1") == Left(True)
        assert await brings(tx, event, 1) is None


async def test_too_large_a_party_is_refused_whole(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx, guests=1)
        alone = await created(tx)
        assert await say(tx, event, 1, "+3") == GuestLimit(1)
        assert await say(tx, alone, 1, "+2") == Refused.NO_GUESTS_ALLOWED
        assert [await brings(tx, one, 1) for one in (event, alone)] == [None, None]


async def test_an_offer_is_accepted_by_a_word_and_the_party_changed_with_it(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx, seats=2, guests=1)
        await say(tx, event, 1, "+2")
        await say(tx, event, 2, "+2")
        await say(tx, event, 1, "out")
        mine = await events.standing_of(tx, event.id, person(2).user_id)
        assert mine is not None
        assert mine.state is SignUpState.OFFERED
        assert await say(tx, event, 2, "+1") == GuestsChanged(0, 1, 2)
        mine = await events.standing_of(tx, event.id, person(2).user_id)
        assert mine is not None
        assert mine.state is SignUpState.GOING


async def test_words_share_a_message_for_a_while_in_their_own_place(database: Database) -> None:
    def entry(number: int) -> Entry:
        return Entry(UserId(number), f"P{number}\0", Stood.WAITS, 1, number)

    async with database.write() as tx:
        event = await created(tx)
        first = await service.enroll(tx, event.id, CHAT, None, entry(1), NOW)
        assert (first.is_new, first.past) == (True, None)
        same = await service.enroll(tx, event.id, CHAT, None, entry(2), LATER)
        assert (same.roll.id, same.is_new) == (first.roll.id, False)
        in_topic = await service.enroll(tx, event.id, CHAT, ThreadId(5), entry(3), LATER)
        assert (in_topic.is_new, in_topic.past) == (True, None)
        later = await service.enroll(tx, event.id, CHAT, None, entry(4), NOW + STAYS)
        assert (later.is_new, later.past) == (True, first.roll.id)
        kept = await service.roll(tx, first.roll.id)
        assert kept is not None
        assert [(one.user_id, one.name, one.number) for one in kept.entries] == [(1, "P1", 1), (2, "P2", 2)]
        for number in range(10, 10 + MOST_LINES):
            later = await service.enroll(tx, event.id, CHAT, None, entry(number), NOW + STAYS)
        assert (later.is_new, len(later.roll.entries)) == (True, 1)
        assert await service.roll(tx, 999) is None


# Answers


async def test_answers_are_kept_of_those_who_are_on_it_to_what_is_asked(database: Database) -> None:
    diet = Asked("Diet?", ("all", "veggie"))
    async with database.write() as tx:
        event = await created(tx, questions=(diet, Asked("Bus stop?")))
        one, two = person(1).user_id, person(2).user_id
        assert not await answers.keep(tx, GROUP, event, one, {"Diet?": "all"})
        for number in (1, 2):
            await say(tx, event, number, "in")
        assert [who.user_id for who in await answers.unanswered(tx, event)] == [one, two]
        assert await answers.keep(tx, GROUP, event, one, {"Diet?": "all", "Shoe size?": "43"})
        assert await answers.given_by(tx, event.id, one) == {"Diet?": "all"}
        assert await answers.keep(tx, GROUP, event, one, {"Diet?": "veggie", "Bus stop?": "Town\0 hall"})
        assert await answers.given(tx, event.id) == {one: {"Diet?": "veggie", "Bus stop?": "Town hall"}}
        assert [who.user_id for who in await answers.unanswered(tx, event)] == [two]
        counts = await answers.counted(tx, event)
        assert [(count.question.text, count.answers, count.none) for count in counts] == [
            ("Diet?", (("all", 0), ("veggie", 1)), 1),
            ("Bus stop?", (("Town hall", 1),), 1),
        ]
        await say(tx, event, 1, "out")
        assert [count.none for count in await answers.counted(tx, event)] == [1, 1]


async def test_guests_are_still_to_be_named(database: Database) -> None:
    async with database.write() as tx:
        event = await created(tx, guests=2, named=True)
        await say(tx, event, 1, "+3")
        mine = await events.standing_of(tx, event.id, person(1).user_id)
        assert (await answers.open_of(tx, event, mine)).guests == 2
        mine = await events.name_guests(tx, group(), event.id, person(1).user_id, ["Li", "Han", "Wu"])
        assert mine is not None
        assert mine.companions == ("Li", "Han")
        assert not await answers.open_of(tx, event, mine)


# Missed events


async def absent(tx: Tx, event: Event, *numbers: int) -> None:
    for number in numbers:
        mine = await events.standing_of(tx, event.id, person(number).user_id)
        assert mine is not None
        await events_store.put(tx, event.id, [replace(mine, presence=Presence.ABSENT)])


async def test_forgiven_events_neither_suspend_nor_count(database: Database) -> None:
    house = House(Order.FAIR, count_missed=True, suspend_after=2)
    after = START + timedelta(days=1)
    async with database.write() as tx:
        await events.set_house(tx, GROUP, house, OWNER, NOW)
        for _ in range(2):
            past = await created(tx)
            for number in (1, 2):
                await say(tx, past, number, "in")
            await absent(tx, past, 1)
        coming = await created(tx, after, starts_at=START + timedelta(days=9), deadline=None)
        assert isinstance(await say(tx, coming, 1, "in", after), Suspended)
        found = await service.missing(tx, GROUP, after)
        assert [(one.name, one.missed, one.suspended is not None) for one in found] == [("P1", 2, True)]
        done = await service.pardon(tx, GROUP, person(1).user_id, OWNER, after)
        assert done is not None
        assert (done.name, done.missed) == ("P1", 2)
        assert await service.pardon(tx, GROUP, person(1).user_id, OWNER, after) is None
        assert await service.missing(tx, GROUP, after) == []
        record = await events_store.record(tx, GROUP, person(1).user_id, after - LOOK_BACK, after)
        assert (record.came, record.missed, rank_of(house, record, after)) == (0, (), 0)
        assert isinstance(await say(tx, coming, 1, "in", after), In)
        entries = await audit.entries(tx, GROUP)
        assert [one.details["missed"] for one in entries if one.action == "event.pardoned"] == [2]


async def test_events_long_ago_suspend_nobody(database: Database) -> None:
    async with database.write() as tx:
        await events.set_house(tx, GROUP, House(suspend_after=1), OWNER, NOW)
        past = await created(tx)
        await say(tx, past, 1, "in")
        await absent(tx, past, 1)
        assert len(await service.missing(tx, GROUP, START + timedelta(days=89))) == 1
        assert await service.missing(tx, GROUP, START + timedelta(days=91)) == []
        assert await service.pardon(tx, GROUP, person(2).user_id, OWNER, START + timedelta(days=1)) is None


@pytest.mark.parametrize("words", ["+1", "maybe", "out", "-1"])
async def test_an_event_that_is_not_there_takes_no_word(database: Database, words: str) -> None:
    word = read_word(words)
    assert word is not None
    async with database.write() as tx:
        done = await service.say(tx, group(), 77, word, person(1), NOW, "")
        assert not isinstance(done, events.Tapped)

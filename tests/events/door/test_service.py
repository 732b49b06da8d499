from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.audit import service as audit
from bot.events import service as events
from bot.events.door.rules.checkin import (
    AlreadyHere,
    CheckedIn,
    ClosedBefore,
    Count,
    Hours,
    ListClosed,
    Namesake,
    NotBegun,
    NotOnList,
    Shut,
    WalkedIn,
    WouldMark,
)
from bot.events.door.rules.money import Marked, NobodyThere, Said, SameMark, Share
from bot.events.door.rules.panel import Look
from bot.events.door.rules.ways import AtDoor, Locked, NoDoor, WrongCode
from bot.events.door.service import checkin, money, panels, ways
from bot.events.door.service.checkin import Done
from bot.events.rules.event import NoSuchEvent
from bot.events.rules.signup import Action, Presence, SignUpState
from bot.kernel.ids import ChatId, GroupId, UserId
from tests.events.build import NOW, OWNER, START, group, person
from tests.events.door.build import GROUP, planned

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx
    from bot.events.rules.event import Event
    from bot.events.rules.signup import SignUp

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
CHAT = ChatId(1)


async def come(tx: Tx, event: Event, number: int, *, here: bool = True) -> object:
    act = checkin.come if here else checkin.back
    done = await act(tx, GROUP, event.id, person(number).user_id, OWNER, START)
    assert isinstance(done, Done)
    return done.outcome


async def mine(tx: Tx, event: Event, user_id: UserId) -> SignUp:
    found = await events.standing_of(tx, event.id, user_id)
    assert found is not None
    return found


async def count(tx: Tx, event: Event) -> Count:
    panel, _ = await panels.open_panel(tx, GROUP.id, event.id, CHAT)
    view = await panels.view(tx, GROUP.id, panel.id)
    assert view is not None
    return view.count


async def people_told_of(tx: Tx, event: Event) -> int:
    """Return how many people came by the sums that history and files tell."""
    found = await events.get(tx, GROUP.id, event.id)
    assert found is not None
    return found[1].present


async def test_people_are_counted_with_the_guests_who_came(database: Database) -> None:
    async with database.write() as tx:
        event = await planned(tx, 1, 2, 3, seats=9, guests=2)
        await events.tap(tx, GROUP, event.id, Action.MORE, person(1), NOW)
        await events.tap(tx, GROUP, event.id, Action.MORE, person(1), NOW)
        assert isinstance(await come(tx, event, 1), CheckedIn)
        assert isinstance(await come(tx, event, 1), AlreadyHere)
        assert isinstance(await come(tx, event, 2), CheckedIn)
        assert await count(tx, event) == Count(here=4, missing=1)
        await checkin.count_guests(tx, GROUP, event.id, person(1).user_id, 1, OWNER, START)
        assert await count(tx, event) == Count(here=3, missing=1)
        assert await people_told_of(tx, event) == 3
        await come(tx, event, 2, here=False)
        assert await count(tx, event) == Count(here=2, missing=2)
        assert await people_told_of(tx, event) == 2
        assert await checkin.come(tx, GROUP, 99, person(1).user_id, OWNER, START) == NoSuchEvent(99)
        assert await checkin.come(tx, group(GroupId(8)), event.id, person(1).user_id, OWNER, START) == NoSuchEvent(1)


async def test_nobody_is_checked_in_before_the_door_opens(database: Database) -> None:
    async with database.write() as tx:
        event = await planned(tx, 1)
        done = await checkin.come(tx, GROUP, event.id, person(1).user_id, OWNER, START - 2 * HOUR)
        assert isinstance(done, Done)
        assert (done.outcome, done.changed) == (Shut(Hours.NOT_YET), False)
        assert (await mine(tx, event, person(1).user_id)).presence is None


async def test_a_walk_in_is_on_the_list_beyond_the_seats_and_off_again(database: Database) -> None:
    async with database.write() as tx:
        event = await planned(tx, 1, 2, seats=1)
        done = await checkin.let_in(tx, GROUP, event.id, "Grandma Wang", 1, OWNER, START)
        assert isinstance(done, Done)
        assert isinstance(done.outcome, WalkedIn)
        assert (done.outcome.beyond, done.listed) == (2, True)
        grandma = done.outcome.one
        assert not grandma.has_telegram
        assert isinstance(await come(tx, event, 2), WalkedIn)
        assert [one.name for one in await events.going(tx, event.id)] == ["P1", "P2", "Grandma Wang"]
        await come(tx, event, 2, here=False)
        assert (await mine(tx, event, person(2).user_id)).state is SignUpState.WAITING
        await checkin.back(tx, GROUP, event.id, grandma.user_id, OWNER, START)
        assert (await mine(tx, event, grandma.user_id)).state is SignUpState.LEFT
        same = await checkin.let_in(tx, GROUP, event.id, " p1", None, OWNER, START)
        assert isinstance(same, Done)
        assert isinstance(same.outcome, Namesake)


async def test_closing_names_who_is_missing_and_asks_again_if_that_changed(database: Database) -> None:
    async with database.write() as tx:
        event = await planned(tx, 1, 2, 3)
        assert isinstance(await checkin.close(tx, GROUP, event.id, OWNER, START - HOUR), NotBegun)
        await come(tx, event, 1)
        asked = await checkin.close(tx, GROUP, event.id, OWNER, START)
        assert isinstance(asked, WouldMark)
        assert [one.name for one in asked.missing] == ["P2", "P3"]
        await come(tx, event, 2)
        assert isinstance(await checkin.close(tx, GROUP, event.id, OWNER, START, agreed=2), WouldMark)
        assert isinstance(await checkin.close(tx, GROUP, event.id, OWNER, START, agreed=1), ListClosed)
        assert isinstance(await checkin.close(tx, GROUP, event.id, OWNER, START + HOUR), ClosedBefore)
        assert (await mine(tx, event, person(3).user_id)).presence is Presence.ABSENT
        await come(tx, event, 3)
        assert (await mine(tx, event, person(3).user_id)).presence is Presence.CAME
        await come(tx, event, 3, here=False)
        assert (await mine(tx, event, person(3).user_id)).presence is Presence.ABSENT
        actions = [entry.action for entry in await audit.entries(tx, GROUP.id)]
        assert actions[:3] == ["event.not_here", "event.came", "event.door_closed"]


async def test_absence_is_recorded_only_where_the_door_was_used(database: Database) -> None:
    after = START + 3 * HOUR + DAY
    async with database.write() as tx:
        used, unused = await planned(tx, 1, 2), await planned(tx, 1, 2)
        await come(tx, used, 1)
        await come(tx, unused, 1)
        await come(tx, unused, 1, here=False)
        assert await checkin.expire(tx, GROUP, used, after - HOUR) is None
        missing = await checkin.expire(tx, GROUP, used, after)
        assert [one.name for one in missing or ()] == ["P2"]
        assert await checkin.expire(tx, GROUP, used, after) is None
        assert await checkin.expire(tx, GROUP, unused, after) is None
        assert (await mine(tx, unused, person(2).user_id)).presence is None


async def test_a_code_lets_in_who_is_going_and_counts_wrong_ones(database: Database) -> None:
    async with database.write() as tx:
        event = await planned(tx, 1)
        found = await events.get(tx, GROUP.id, event.id)
        assert found is not None
        assert await ways.by_code(tx, [GROUP.id], person(1), "1234", START, anywhere=True) == NoDoor()
        door = await ways.ways(tx, GROUP, *found, START)
        assert await ways.ways(tx, GROUP, *found, START) == door
        code = door.code or ""
        other = f"{(int(code) + 1) % 10000:04}"
        early = await ways.by_code(tx, [GROUP.id], person(1), code, START - DAY, anywhere=True)
        assert early == AtDoor(event, Shut(Hours.NOT_YET))
        for left in (4, 3, 2, 1):
            assert await ways.by_code(tx, [], person(1), other, START, anywhere=True) == WrongCode(left)
        locked = Locked(START + timedelta(minutes=10))
        assert await ways.by_code(tx, [], person(1), other, START, anywhere=True) == locked
        assert await ways.by_code(tx, [], person(1), code, START, anywhere=True) == locked
        assert await ways.by_code(tx, [], person(1), code, START, anywhere=False) == NoDoor()
        came = await ways.by_code(tx, [], person(1), code, locked.until, anywhere=True)
        assert isinstance(came, AtDoor)
        assert isinstance(came.outcome, CheckedIn)
        stranger = await ways.by_code(tx, [GROUP.id], person(2), code, START, anywhere=True)
        assert stranger == AtDoor(event, NotOnList(None))
        await ways.allow_walk_ins(tx, GROUP, event, True, OWNER, START)
        walked = await ways.by_code(tx, [GROUP.id], person(2), code, START, anywhere=True)
        assert isinstance(walked, AtDoor)
        assert isinstance(walked.outcome, WalkedIn)


async def test_two_events_of_a_group_never_have_one_code_and_a_new_one_ends_the_old(database: Database) -> None:
    async with database.write() as tx:
        found = [await events.get(tx, GROUP.id, (await planned(tx)).id) for _ in range(5)]
        doors = [await ways.ways(tx, GROUP, *one, NOW) for one in found if one is not None]
        assert len({door.code for door in doors}) == 5
        assert found[0] is not None
        fresh = await ways.renew(tx, GROUP, *found[0], OWNER, NOW)
        assert fresh.code not in {door.code for door in doors}
        assert await ways.by_token(tx, doors[0].token or "") is None
        assert await ways.by_token(tx, fresh.token or "") == found[0][0]


async def test_a_panel_shows_pages_others_and_what_a_search_finds(database: Database) -> None:
    async with database.write() as tx:
        event = await planned(tx, *range(1, 31), seats=25)
        first, _ = await panels.open_panel(tx, GROUP.id, event.id, CHAT)
        panel, old = await panels.open_panel(tx, GROUP.id, event.id, CHAT)
        assert old == [first.id]
        assert await panels.get(tx, GroupId(8), panel.id) is None
        shown = {}
        for look in (Look(), Look(page=9), Look(others=True), Look(search="p2"), Look(search="nobody")):
            await panels.look_at(tx, panel, look)
            view = await panels.view(tx, GROUP.id, panel.id)
            assert view is not None
            shown[look] = (view.total, view.page, view.pages, [guest.one.name for guest in view.lines][:2])
        assert shown == {
            Look(): (25, 1, 3, ["P1", "P2"]),
            Look(page=9): (25, 3, 3, ["P25"]),
            Look(others=True): (5, 1, 1, ["P26", "P27"]),
            Look(search="p2"): (11, 1, 1, ["P2", "P20"]),
            Look(search="nobody"): (0, 1, 1, []),
        }
        assert await panels.view(tx, GROUP.id, first.id) is None


async def test_the_organisers_mark_counts_before_the_members_word(database: Database) -> None:
    async with database.write() as tx:
        event = await planned(tx, 1, 2, price="50 yuan")
        one = person(1).user_id
        assert await money.say(tx, GROUP, event, person(1), True, NOW) == Said(True)
        assert [row.share for row in await money.table(tx, event)] == [Share.SAID, Share.OWES]
        done = await money.mark(tx, GROUP, event, one, Share.PAID, OWNER, NOW)
        assert isinstance(done, Marked)
        assert isinstance(await money.mark(tx, GROUP, event, one, Share.PAID, OWNER, NOW), SameMark)
        assert isinstance(await money.mark(tx, GROUP, event, one, Share.BACK, OWNER, NOW), SameMark)
        assert await money.mark(tx, GROUP, event, UserId(999), Share.PAID, OWNER, NOW) == NobodyThere()
        await events.tap(tx, GROUP, event.id, Action.LEAVE, person(1), NOW)
        assert (await money.share_of(tx, event, one))[1] is Share.BACK
        await events.tap(tx, GROUP, event.id, Action.JOIN, person(1), NOW)
        assert (await money.share_of(tx, event, one))[1] is Share.PAID
        await events.tap(tx, GROUP, event.id, Action.LEAVE, person(1), NOW)
        settled = await money.mark(tx, GROUP, event, one, Share.BACK, OWNER, NOW)
        assert isinstance(settled, Marked)
        assert settled.share is None


async def test_who_leaves_is_to_be_paid_back_for_the_guests_too(database: Database) -> None:
    async with database.write() as tx:
        event = await planned(tx, 1, seats=5, guests=1)
        one = person(1).user_id
        await events.tap(tx, GROUP, event.id, Action.MORE, person(1), NOW)
        await money.mark(tx, GROUP, event, one, Share.PAID, OWNER, NOW)
        await events.tap(tx, GROUP, event.id, Action.FEWER, person(1), NOW)
        (row,) = await money.table(tx, event)
        assert (row.share, row.open, row.is_settled) == (Share.PAID, -1, False)
        assert isinstance(await money.mark(tx, GROUP, event, one, Share.PAID, OWNER, NOW), Marked)
        assert (await money.table(tx, event))[0].is_settled
        await events.tap(tx, GROUP, event.id, Action.MORE, person(1), NOW)
        assert (await money.table(tx, event))[0].open == 1
        await money.mark(tx, GROUP, event, one, Share.PAID, OWNER, NOW)
        await events.tap(tx, GROUP, event.id, Action.LEAVE, person(1), NOW)
        (row,) = await money.table(tx, event)
        assert (row.share, row.open) == (Share.BACK, -2)


async def test_who_owes_is_reminded_once_a_day(database: Database) -> None:
    async with database.write() as tx:
        event = await planned(tx, 1, 2, price="50 yuan")
        await money.mark(tx, GROUP, event, person(2).user_id, Share.FREE, OWNER, NOW)
        first = await money.remind(tx, GROUP, event, OWNER, NOW)
        assert ([one.name for one in first.owing], first.again_at) == (["P1"], None)
        assert (await money.remind(tx, GROUP, event, OWNER, NOW + DAY - HOUR)).again_at == NOW + DAY
        assert (await money.remind(tx, GROUP, event, OWNER, NOW + DAY)).again_at is None


async def test_many_organisers_at_once_count_everybody_once(database: Database) -> None:
    async with database.write() as tx:
        event = await planned(tx, *range(1, 6), seats=5)

    async def tap(number: int, organiser: int) -> None:
        async with database.write() as tx:
            by = replace(OWNER, user_id=UserId(organiser))
            await checkin.come(tx, GROUP, event.id, person(number).user_id, by, START)
            await checkin.let_in(tx, GROUP, event.id, person(10 + organiser), None, by, START)

    await asyncio.gather(*(tap(number, organiser) for organiser in range(1, 4) for number in range(1, 6)))
    async with database.write() as tx:
        assert await count(tx, event) == Count(here=8, walked_in=3)
        assert len(await events.going(tx, event.id)) == 8

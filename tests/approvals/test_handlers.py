"""A proposal's card, its buttons and its end, in whole turns."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.approvals import handlers, service
from bot.approvals.handlers import NO, SHOW, YES, DecisionKind
from bot.approvals.rules import Approval, State
from bot.chats.rules.profile import By
from bot.chats.service import GroupBook
from bot.i18n import Html
from bot.kernel.ids import UserId
from bot.kernel.roles import Right
from bot.tg import effects as fx
from bot.tg import envelope as env
from bot.tg.capability import Due
from bot.tg.jobs import Job
from tests.chats.conftest import KnownPeople
from tests.chats.stage import HEIDI, HELPERS, HIKERS, MEI, OLGA, Stage, html, keys, toast
from tests.databases import sqlite_database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.kernel.groups import Group
    from bot.tg.context import Scope


class Wards:
    """A capability that proposes, and remembers what came of it."""

    def __init__(self) -> None:
        self.ends: list[tuple[str, State]] = []

    async def decided(self, _scope: Scope, approval: Approval) -> None:
        self.ends.append((approval.key, approval.state))


@pytest.fixture
def wards() -> Wards:
    return Wards()


@pytest.fixture
async def stage(tmp_path: Path, wards: Wards) -> AsyncIterator[Stage]:
    database = sqlite_database(tmp_path / "bot.db")
    people = KnownPeople()
    book = GroupBook(default_locale="en", default_zone="UTC")
    book.directory = people
    made = Stage(database, book, people)
    made.tables.add([handlers.capability({("wards", "remove"): DecisionKind(wards.decided)}, people)])
    await made.open()
    yield made
    await made.close()
    await database.close()


async def admit(stage: Stage, chat_id: int, title: str, managers: list[int]) -> Group:
    async with stage.database.write() as tx:
        made = await stage.book.admit(tx, env.Chat(id=chat_id, type="supergroup", title=title), stage.clock.now())
    stage.people.members[made.id] = [OLGA, HEIDI, MEI]
    stage.people.known_managers[made.id] = managers
    return made


@pytest.fixture
async def group(stage: Stage) -> Group:
    """A group that Olga runs with Heidi, and in which Mei is."""
    return await admit(stage, HIKERS, "Hikers", [OLGA, HEIDI])


async def propose(stage: Stage, group: Group) -> Approval:
    async with stage.database.write() as tx:
        now = stage.clock.now()
        return await service.open_decision(
            tx,
            group=group,
            capability="wards",
            kind="remove",
            key="12",
            summary=Html("Remove <b>Mei</b>"),
            proposed_by=UserId(HEIDI),
            needed=Right.REMOVE,
            until=now + timedelta(days=1),
            now=now,
        )


async def state_of(stage: Stage, approval: Approval) -> State:
    async with stage.database.read() as tx:
        found = await service.get(tx, approval.id)
    assert found is not None
    return found.state


async def test_the_card_says_what_is_proposed_and_by_whom(stage: Stage, group: Group) -> None:
    approval = await propose(stage, group)
    async with stage.database.write() as tx:
        await stage.book.mark_reachable(tx, UserId(OLGA))
    lead, *listed = await stage.say(OLGA, HIKERS, "/approvals")
    assert isinstance(lead, fx.SendMessage)
    assert (lead.chat_id, lead.html) == (HIKERS, "I have sent it to you in private.")
    assert "Remove Mei" in html(listed)
    assert [effect.chat_id for effect in listed if isinstance(effect, fx.SendMessage)] == [OLGA]
    assert keys(listed) == {f"#{approval.id}": SHOW.data(group, approval.id)}
    shown = await stage.tap(OLGA, OLGA, SHOW.data(group, approval.id))
    card = html([effect for effect in shown if isinstance(effect, fx.SendMessage)])
    assert "Remove <b>Mei</b>" in card
    assert f"Person {HEIDI}" in card
    assert set(keys(shown).values()) == {YES.data(group, approval.id), NO.data(group, approval.id)}


async def test_where_no_manager_can_be_reached_the_list_stands_in_the_group_and_says_why(
    stage: Stage, group: Group
) -> None:
    await propose(stage, group)
    why, *listed = await stage.say(OLGA, HIKERS, "/approvals")
    assert isinstance(why, fx.SendMessage)
    assert "everybody here can read this" in why.html
    assert "Remove Mei" in html(listed)
    assert [effect.chat_id for effect in listed if isinstance(effect, fx.SendMessage)] == [HIKERS]


async def test_the_managers_chat_has_the_list_of_who_cannot_be_reached(stage: Stage, group: Group) -> None:
    helpers = await admit(stage, HELPERS, "Helpers", [OLGA])
    async with stage.database.write() as tx:
        await stage.book.set_managers_chat(tx, group.id, helpers.chat_id, By(UserId(OLGA), stage.clock.now()))
    await propose(stage, group)
    lead, *listed = await stage.say(OLGA, HIKERS, "/approvals")
    assert isinstance(lead, fx.SendMessage)
    assert "managers' chat" in lead.html
    assert [effect.chat_id for effect in listed if isinstance(effect, fx.SendMessage)] == [HELPERS]


async def test_a_second_person_decides_and_what_follows_happens_at_once(
    stage: Stage, group: Group, wards: Wards
) -> None:
    approval = await propose(stage, group)
    assert "own proposal" in toast(await stage.tap(HEIDI, HIKERS, YES.data(group, approval.id)))
    assert wards.ends == []
    assert toast(await stage.tap(OLGA, HIKERS, YES.data(group, approval.id))) == "Approved."
    assert wards.ends == [("12", State.APPROVED)]
    late = toast(await stage.tap(OLGA, HIKERS, NO.data(group, approval.id)))
    assert late == f"Person {OLGA} has approved this already."
    assert wards.ends == [("12", State.APPROVED)]


async def test_members_and_forged_buttons_decide_nothing(stage: Stage, group: Group, wards: Wards) -> None:
    approval = await propose(stage, group)
    other = await admit(stage, HELPERS, "Helpers", [OLGA])
    assert toast(await stage.tap(MEI, HIKERS, YES.data(group, approval.id)))
    assert "no such decision" in toast(await stage.tap(OLGA, HELPERS, YES.data(other, approval.id)))
    assert "no such decision" in toast(await stage.tap(OLGA, HIKERS, NO.data(group, 999)))
    assert "no such decision" in toast(await stage.tap(OLGA, HIKERS, SHOW.data(group, 999)))
    assert wards.ends == []
    assert await state_of(stage, approval) is State.OPEN


async def test_what_nobody_decides_lapses_by_timer_or_by_the_tap_that_came_too_late(
    stage: Stage, group: Group, wards: Wards
) -> None:
    approval = await propose(stage, group)
    stage.clock.advance(timedelta(days=2))
    assert "Too late" in toast(await stage.tap(OLGA, HIKERS, YES.data(group, approval.id)))
    assert wards.ends == [("12", State.LAPSED)]
    due = Due("lapse", str(approval.id), approval.until, group.id)
    kind = stage.tables.timers["approvals", "lapse"]
    await stage.turns.jobs([Job("lapse", lambda scope: kind.run(scope, due))])
    assert wards.ends == [("12", State.LAPSED)]


async def test_a_decision_whose_consequence_fails_is_not_made(stage: Stage, group: Group, wards: Wards) -> None:
    async with stage.database.write() as tx:
        now = stage.clock.now()
        approval = await service.open_decision(
            tx,
            group=group,
            capability="gone",
            kind="remove",
            key="1",
            summary=Html("x"),
            proposed_by=None,
            needed=Right.REMOVE,
            until=now + timedelta(days=1),
            now=now,
        )
    await stage.tap(OLGA, HIKERS, YES.data(group, approval.id))
    assert await state_of(stage, approval) is State.OPEN

from __future__ import annotations

import runpy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.audit
from bot.audit import service
from bot.audit.rules import Filter, as_action, families, matching, named, unpack
from bot.kernel.ids import GroupId, UserId

if TYPE_CHECKING:
    from bot.db.engine import Database

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
GROUP = GroupId(1)
ANNA, BEN = UserId(10), UserId(20)


async def write(
    database: Database, action: str, *, group: GroupId = GROUP, actor: UserId = ANNA, count: int = 1
) -> None:
    async with database.write() as tx:
        for i in range(count):
            at = NOW + timedelta(seconds=i)
            await service.record(tx, group_id=group, actor_id=actor, action=action, target=BEN, at=at)


async def test_an_entry_keeps_everything(database: Database) -> None:
    async with database.write() as tx:
        await service.record(
            tx,
            group_id=GROUP,
            actor_id=ANNA,
            actor_name="Anna\0 <b>",
            action="role.granted",
            target=BEN,
            target_text="Ben",
            before=None,
            after=["moderator"],
            details={"why": "summer"},
            at=NOW,
        )
        await service.record(tx, group_id=GROUP, actor_id=None, action="event.closed", target="#12", at=NOW)
        closed, granted = await service.entries(tx, GROUP)
    assert (granted.actor_id, granted.actor_name, granted.action, granted.at) == (ANNA, "Anna <b>", "role.granted", NOW)
    assert (granted.target_id, granted.target_text) == (BEN, "Ben")
    assert (granted.before, granted.after, granted.details) == (None, ["moderator"], {"why": "summer"})
    assert (closed.actor_id, closed.target_id, closed.target_text) == (None, None, "#12")


async def test_pages_go_back_in_time_and_end(database: Database) -> None:
    await write(database, "case.opened", count=25)
    async with database.read() as tx:
        first = await service.page(tx, GROUP, Filter())
        second = await service.page(tx, GROUP, Filter(), first.older_than)
        third = await service.page(tx, GROUP, Filter(), second.older_than)
    assert [len(page.entries) for page in (first, second, third)] == [10, 10, 5]
    assert (first.is_first, second.is_first, third.older_than) == (True, False, None)
    ids = [entry.id for page in (first, second, third) for entry in page.entries]
    assert ids == sorted(ids, reverse=True)


async def test_a_filter_finds_a_person_on_either_side_and_a_family_of_actions(database: Database) -> None:
    await write(database, "event.created", actor=BEN)
    await write(database, "event_kind.created", actor=UserId(30))
    await write(database, "event.closed", group=GroupId(2))
    async with database.read() as tx:
        assert len(await service.entries(tx, GROUP, Filter(person=BEN))) == 2
        assert len(await service.entries(tx, GROUP, Filter(person=UserId(30)))) == 1
        assert len(await service.entries(tx, GROUP, Filter(action="event"))) == 1
        assert len(await service.entries(tx, GROUP, Filter(action="event.created"))) == 1
        assert len(await service.entries(tx, GROUP, Filter(action="event.closed"))) == 0


async def test_what_a_failed_act_wrote_is_gone_with_it(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        await _write_and_fail(database)
    async with database.read() as tx:
        assert await service.entries(tx, GROUP) == []


async def _write_and_fail(database: Database) -> None:
    async with database.write() as tx:
        await service.record(tx, group_id=GROUP, actor_id=ANNA, action="event.created", at=NOW)
        raise ZeroDivisionError


@given(
    st.one_of(
        st.builds(Filter, person=st.integers(1, 2**52).map(UserId)), st.just(Filter(action="a_b.c")), st.just(Filter())
    )
)
def test_a_filter_survives_its_way_through_a_button(wanted: Filter) -> None:
    assert unpack(wanted.packed()) == wanted
    assert len(wanted.packed()) <= 42


@given(st.text(max_size=60))
def test_a_forged_filter_is_refused_or_harmless(text: str) -> None:
    found = unpack(text)
    assert (
        found is None
        or found.packed() == text
        or found == Filter(action=text[1:].casefold())
        or found.person is not None
    )


SAID = {
    "announcement.published": ("  published ", "发布了公告"),
    "case.opened": (" warned  (case #): ", "警告了"),
    "case.undone": (" undid case # of ", "撤销了"),
    "event.edited": (" changed event ",),
    "ladder.set": (" changed the steps after a warning: ", "修改了警告的步骤"),
}


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("case", ("case",)),
        ("case.opened", ("case.opened",)),
        ("announc", ("announcement",)),
        ("publish", ("announcement.published",)),
        ("edit", ("event.edited",)),
        ("warn", ("case", "ladder")),
        ("警告", ("case", "ladder")),
        ("mei", ()),
        ("a", ()),
        ("", ()),
    ],
)
def test_a_word_means_what_it_names_or_what_is_said_with_it(word: str, found: tuple[str, ...]) -> None:
    assert matching(word, SAID) == found


def test_only_a_whole_name_is_taken_for_one() -> None:
    assert (named("case", SAID), named("cas", SAID)) == (("case",), ())
    assert families(SAID) == ("announcement", "case", "event", "ladder")


async def test_a_word_that_means_several_families_finds_them_all(database: Database) -> None:
    for action in ("case.opened", "ladder.set", "event.created"):
        await write(database, action)
    async with database.read() as tx:
        found = await service.entries(tx, GROUP, Filter(action="warn", actions=("case", "ladder.set")))
    assert [entry.action for entry in found] == ["ladder.set", "case.opened"]


def test_a_longest_action_fits_a_button() -> None:
    action = as_action("a" * 14 + "." + "b" * 15)
    assert action is not None
    assert as_action(action + "b") is None
    assert as_action("警告" * 5) == "警告" * 5
    assert as_action("警告" * 6) is None
    assert len(f"au.page:{10**9}:{10**11}:a{action}") <= 64


async def test_what_was_done_to_one_thing_is_found_by_its_number(database: Database) -> None:
    async with database.write() as tx:
        for number, action in ((7, "case.opened"), (8, "case.opened"), (7, "case.undone"), (7, "event.created")):
            await service.record(
                tx, group_id=GROUP, actor_id=ANNA, action=action, at=NOW, details={"number": number, "reason": "spam"}
            )
        await service.record(tx, group_id=GROUP, actor_id=ANNA, action="case.opened", at=NOW, details={"number": True})
        await service.record(
            tx, group_id=GroupId(2), actor_id=ANNA, action="case.opened", at=NOW, details={"number": 7}
        )
    async with database.read() as tx:
        newest, oldest = await service.about(tx, GROUP, 7, ("case", "appeal"))
        assert (newest.action, oldest.action) == ("case.undone", "case.opened")
        assert await service.about(tx, GROUP, 7, ("case",), limit=1) == [newest]
        assert await service.about(tx, GROUP, 7, ("case",), older_than=newest.id) == [oldest]
        assert await service.about(tx, GROUP, 9, ("case",)) == []


async def test_what_was_written_before_is_found_by_its_number_too(database: Database) -> None:
    module = runpy.run_path(str(Path(bot.audit.__file__).parent / "migrations" / "audit_0002_numbers.py"))
    async with database.write() as tx:
        for details in ({"number": 7}, {"number": "x"}, {"why": "summer"}, {}):
            await service.record(tx, group_id=GROUP, actor_id=ANNA, action="case.opened", at=NOW, details=details)
        await tx.conn.exec_driver_sql("UPDATE audit_log SET number = NULL")
        await tx.conn.exec_driver_sql(module["_KNOWN"][database.dialect])
    async with database.read() as tx:
        assert [entry.details for entry in await service.about(tx, GROUP, 7, ("case",))] == [{"number": 7}]

"""Many events read at once, on both databases, and the files that are made of them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from bot.audit import service as audit
from bot.events import service as core
from bot.events.looking import service
from bot.events.looking.rules import Kind, Lists, Span
from bot.events.looking.texts import pictures, tables, words
from bot.events.rules.event import Created, State
from bot.events.rules.plan import Asked
from bot.events.rules.signup import Paid, Presence, SignUpState
from bot.events.service import answers
from bot.events.store import change, put
from bot.i18n import texts_for
from tests.events.build import GROUP, NOW, OWNER, START, event, group, person, plan, signup

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx
    from bot.events.rules.event import Event

EN, ZH = texts_for("en", "UTC"), texts_for("zh_Hans", "Asia/Shanghai")
DAY = timedelta(days=1)


async def planned(tx: Tx, title: str, days: int = 0, **values: Any) -> Event:
    starts = START + days * DAY
    values = {"title": title, "starts_at": starts, "deadline": None, **values}
    done = await core.create(tx, GROUP, plan(**values), OWNER, NOW)
    assert isinstance(done, Created)
    return done.event


async def test_a_time_holds_what_is_cancelled_but_no_drafts(database: Database) -> None:
    async with database.write() as tx:
        await planned(tx, "first")
        off = await planned(tx, "off", 1)
        await core.cancel(tx, GROUP, off.id, None, OWNER, NOW)
        draft = await planned(tx, "draft", 2)
        await change(tx, draft.id, {"state": State.DRAFT.value})
        await planned(tx, "far", 60)
        found = await service.between(tx, group(), START.date(), START.date() + 3 * DAY)
        spanned = await service.in_span(tx, group(), Span(START.date()))
        whole = await service.in_span(tx, group(), Span())
    assert [event.plan.title for event in found] == ["first", "off"]
    assert [event.plan.title for event, _ in spanned] == ["first", "off", "far"]
    assert spanned == whole


async def test_ones_own_events_with_the_place_in_line(database: Database) -> None:
    async with database.write() as tx:
        full, open_, over = (
            await planned(tx, "full", seats=1),
            await planned(tx, "open", 1),
            await planned(tx, "old", 2),
        )
        await put(tx, full.id, [signup(1), *(signup(n, SignUpState.WAITING) for n in (2, 3))])
        await put(tx, open_.id, [signup(3, SignUpState.MAYBE), signup(4)])
        await put(tx, over.id, [signup(3)])
        await core.cancel(tx, GROUP, over.id, None, OWNER, NOW)
        found = await service.of_one(tx, [GROUP], person(3).user_id, NOW)
        nowhere = await service.of_one(tx, [], person(3).user_id, NOW)
        later = await service.of_one(tx, [GROUP], person(3).user_id, START + DAY)
    assert [(event.plan.title, one.state, ahead) for event, one, ahead in found] == [
        ("full", SignUpState.WAITING, 1),
        ("open", SignUpState.MAYBE, 0),
    ]
    assert nowhere == later == []


async def test_the_past_comes_in_pages_the_last_first(database: Database) -> None:
    async with database.write() as tx:
        for number in range(23):
            one = await planned(tx, f"E{number}", number)
            await put(tx, one.id, [replace(signup(1, guests=1), presence=Presence.LATE), signup(2)])
        now = START + 21 * DAY
        first = await service.history(tx, GROUP, now, 1)
        last = await service.history(tx, GROUP, now, 99)
    assert [event.plan.title for event, _ in first.events][:2] == ["E21", "E20"]
    assert (last.number, last.count) == (3, 3)
    assert [event.plan.title for event, _ in last.events] == ["E1", "E0"]
    assert "2 people came" in words.history(EN, last, [None, None])


async def exported(tx: Tx, size: int = 0) -> Lists:
    hike = await planned(tx, "Hike", seats=None, guests=2, questions=(Asked("Diet?"),))
    some = [
        replace(
            signup(1, guests=1),
            companions=("Li",),
            confirmed=NOW,
            paid=Paid.CONFIRMED,
            presence=Presence.CAME,
            came_with=0,
        ),
        replace(signup(2, SignUpState.WAITING), added_by=person(1).user_id),
        signup(3, SignUpState.DECLINED),
        replace(signup(4), name="=cmd|' /C calc'!A0"),
    ]
    await put(tx, hike.id, [*some, *(signup(n) for n in range(5, 5 + size))])
    await answers.keep(tx, GROUP, hike, person(1).user_id, {"Diet?": "none"})
    return await service.lists_of(tx, GROUP, await service.in_span(tx, group(), Span()))


async def test_a_list_as_a_file_says_all_there_is(database: Database) -> None:
    async with database.write() as tx:
        lists = await exported(tx)
    rows = list(csv.DictReader(io.StringIO(written(EN, lists, Kind.CSV).decode("utf-8-sig"))))
    assert [row["State"] for row in rows] == ["going", "going", "waiting", "not coming"]
    first, second, third, _ = rows
    assert (first["Person"], first["Guests"], first["Names of the guests"], first["Diet?"]) == ("P1", "1", "Li", "none")
    assert (first["Presence"], first["Paid"], first["Confirmed"]) == ("came", "paid", "2026-11-23 12:00:00")
    assert first["Guests who came"] == "0"
    assert second["Person"].startswith("'=")
    assert third["Added by"] == "P1"
    book = load_workbook(io.BytesIO(written(ZH, lists, Kind.XLSX)))
    assert book.sheetnames == ["1 Hike"]
    assert [cell.value for cell in book.worksheets[0][1]][1:3] == ["状态", "带人"]


def written(texts: Any, lists: Lists, kind: Kind, *, one: bool = True, only: int = 0) -> bytes:
    return tables.table(tables.gather(texts, lists, NOW, kind, one=one, only=only))


async def test_all_events_are_two_tables(database: Database) -> None:
    async with database.write() as tx:
        lists = await exported(tx)
    book = load_workbook(io.BytesIO(written(EN, lists, Kind.XLSX, one=False)))
    tabled, people = (list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets)
    row = dict(zip(tabled[0], tabled[1], strict=True))
    assert (row["With guests"], row["Came"]) == (3, 1)
    assert dict(zip(people[0], people[1], strict=True))["Answers"] == "Diet? none"
    second = written(EN, lists, Kind.CSV, one=False, only=1).decode("utf-8-sig")
    assert len(second.splitlines()) == len(people)


async def test_a_file_taken_is_written_down(database: Database) -> None:
    async with database.write() as tx:
        await service.note_export(tx, GROUP, OWNER, "#3", 40, NOW)
        found = await audit.entries(tx, GROUP)
    assert [(entry.action, entry.target_text) for entry in found] == [("event.exported", "#3")]


@pytest.mark.parametrize("size", [2000, 5000])
async def test_the_turn_does_not_wait_for_a_long_file(database: Database, size: int) -> None:
    """What is gathered in the turn for 5,000 people takes a few hundredths of a second; the file is made in a thread."""
    async with database.write() as tx:
        lists = await exported(tx, size)
        started = process_time()
        lists = await service.lists_of(tx, GROUP, lists.events)
        made_of = tables.gather(EN, lists, NOW, Kind.XLSX, one=True)
        spent = process_time() - started
    assert spent < 0.3, spent
    started = perf_counter()
    sheet = load_workbook(io.BytesIO(tables.table(made_of)), read_only=True).worksheets[0]
    assert sum(1 for _ in sheet.iter_rows()) == size + 5


def test_the_same_month_gives_the_same_picture() -> None:
    made_of = pictures.gather(EN, 2026 * 12 + 10, [], NOW, "Hikers")
    assert pictures.picture(made_of) == pictures.picture(made_of)
    assert pictures.picture(made_of).startswith(b"\x89PNG")


def test_the_caption_of_a_full_month_fits() -> None:
    many = [(event(title="T" * 100), f"https://t.me/c/1/{n}") for n in range(60)]
    said = words.month_caption(EN, 2026 * 12 + 10, many).striptags()
    assert len(said) <= 1024
    assert "more" in said

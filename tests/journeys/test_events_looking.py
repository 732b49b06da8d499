"""Looking at events as a story: the list and what leads on from it, a month turned, one's own events, the past, files."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from PIL import Image

from bot.events.rules.signup import SignUp, SignUpState
from bot.events.store import put
from bot.kernel.ids import UserId
from tests.journeys.stage import START, Stage, said

if TYPE_CHECKING:
    from bot.sandbox.telegram import Actor
    from bot.sandbox.telegram.model import Chat, Message

HIKE = "/event create Hike 徒步 | 2027-03-13 09:00 | 2 seats | +1 | at Old Fort 古堡"
TALK = "/event create Talk 讲座 | 2027-04-02 19:00"


def file_of(stage: Stage, message: Message) -> bytes:
    """Return the bytes of the file or picture a message brings."""
    body = message.body.get("document") or message.body["photo"][-1]
    return stage.telegram.world.state.files[body["file_id"]].data


async def document(stage: Stage, where: Chat | Actor, ending: str, after: int = 0) -> Message:
    """Wait for a file whose name ends so, in a message newer than ``after``."""

    def there() -> Message | None:
        return next(
            (
                message
                for message in stage.telegram.messages(where)
                if message.message_id > after
                and str(message.body.get("document", {}).get("file_name", "")).endswith(ending)
            ),
            None,
        )

    return await stage.until(there)


async def photo(stage: Stage, where: Chat | Actor) -> Message:
    """Wait for a picture, the newest."""
    found = await stage.until(lambda: next((m for m in stage.telegram.messages(where) if m.body.get("photo")), None))
    await stage.settled()
    return found


async def test_the_month_is_a_picture_whose_buttons_turn_it(any_stage: Stage) -> None:
    stage = any_stage
    await stage.plan(stage.anna, HIKE)
    await stage.plan(stage.anna, TALK)
    stage.mei.send(stage.group, "/events")
    listed = await stage.see(stage.group, "Hike 徒步", "Talk 讲座", "🗓")
    await stage.tap(stage.mei, listed, "📅")
    shown = await photo(stage, stage.group)
    assert "Hike 徒步" in said(shown)
    assert "Talk" not in said(shown)
    march = file_of(stage, shown)
    assert Image.open(io.BytesIO(march)).size[0] == 1280
    assert not any("📅" in label for label in listed.labels())
    await stage.tap(stage.mei, shown, "›")
    await stage.settled()
    assert "Talk 讲座" in said(shown)
    assert file_of(stage, shown) != march
    await stage.tap(stage.carl, shown, "‹")
    await stage.settled()
    assert file_of(stage, shown) == march
    await stage.tap(stage.mei, shown, shown.labels()[-1])
    await stage.settled()
    newest = stage.telegram.messages(stage.group)[-1]
    assert newest.message_id != shown.message_id
    assert "Talk 讲座" in said(newest)


async def test_a_month_is_named_in_words(stage: Stage) -> None:
    await stage.plan(stage.anna, TALK)
    for line in ("/event month April", "/event month 2027-04", "/event 月历 下个月"):
        stage.mei.send(stage.group, line)
        await stage.settled()
        newest = stage.telegram.messages(stage.group)[-1]
        assert newest.body.get("photo"), line
        assert "April 2027" in said(newest)
        assert "Talk" in said(newest)
    stage.mei.send(stage.group, "/event month 1995-04")
    await stage.see(stage.group, "10 years back and 5 years ahead")
    stage.mei.send(stage.group, "/event month Foo")
    await stage.see(stage.group, "“Foo” is no month")


async def test_a_cancelled_event_stands_in_the_month_struck_through(stage: Stage) -> None:
    await stage.plan(stage.anna, HIKE)
    stage.anna.send(stage.group, "/event month")
    before = file_of(stage, await photo(stage, stage.group))
    stage.anna.send(stage.group, "/event cancel 1 rain")
    await stage.tap(stage.anna, await stage.see(stage.group, "Cancel"), "Yes")
    await stage.settled()
    stage.anna.send(stage.group, "/event month")
    await stage.settled()
    newest = stage.telegram.messages(stage.group)[-1]
    assert any(one["type"] == "strikethrough" for one in newest.body["caption_entities"])
    assert file_of(stage, newest) != before


async def test_my_events_in_the_group_and_across_groups(any_stage: Stage) -> None:
    stage, mei = any_stage, any_stage.mei
    card = await stage.plan(stage.anna, HIKE)
    stage.mei.send(stage.group, "/events")
    listed = await stage.until(lambda: _with_button(stage, stage.group, "🙋"))
    assert "/events" in await stage.tap(mei, listed, "🙋")
    await stage.tap(mei, card, card.labels()[0])
    await stage.tap(mei, card, "+1")
    assert "✅ #1 Hike 徒步" in await stage.tap(mei, listed, "🙋")
    cooks = stage.group_of("Cooks", stage.anna, mei)
    await stage.settled()
    mei.send(cooks, "Hello")
    other = await stage.plan(stage.anna, "/event create Dinner 晚餐 | 2027-03-20 19:00 | 1 seat", cooks)
    await stage.tap(stage.anna, other, other.labels()[0])
    await stage.tap(mei, other, other.labels()[0])
    mei.start(stage.bot)
    await stage.settled()
    mei.send(stage.bot, "/event mine")
    mine = await stage.see(
        mei, "Hike 徒步", "Dinner 晚餐", "Cooks", "✅", "⏳", "09:00" if stage.locale == "en" else "9:00"
    )
    await stage.tap(mei, mine, "#1")
    await stage.see(mei, "Hike 徒步", "👥")


async def test_an_event_under_way_is_still_among_my_events(any_stage: Stage) -> None:
    stage, mei, carl = any_stage, any_stage.mei, any_stage.carl
    card = await stage.plan(stage.anna, "/event create Hike 徒步 | in 2 hours")
    await stage.tap(mei, card, card.labels()[0])
    await stage.tap(carl, card, card.labels()[1])
    mei.send(stage.group, "/events")
    listed = await stage.until(lambda: _with_button(stage, stage.group, "🙋"))
    assert "🤔 #1 Hike 徒步" in await stage.tap(carl, listed, "🙋")
    await stage.advance(hours=4)
    assert "✅ #1 Hike 徒步" in await stage.tap(mei, listed, "🙋")
    assert "#1" not in await stage.tap(carl, listed, "🙋")
    await stage.advance(hours=1)
    assert "#1" not in await stage.tap(mei, listed, "🙋")


async def test_the_past_with_how_many_came(any_stage: Stage) -> None:
    stage = any_stage
    card = await stage.plan(stage.anna, HIKE)
    await stage.tap(stage.mei, card, card.labels()[0])
    await stage.tap(stage.mei, card, "+1")
    await stage.advance(days=4)
    stage.mei.send(stage.group, "/events")
    listed = await stage.until(lambda: _with_button(stage, stage.group, "🕘"))
    await stage.tap(stage.mei, listed, "🕘")
    await stage.settled()
    assert "Hike 徒步" in said(listed)
    assert "2" in said(listed).splitlines()[2].partition("·")[2]
    stage.anna.send(stage.bot, "/event history")
    past = await stage.see(stage.anna, "Hike 徒步")
    await stage.tap(stage.anna, past, "#1")
    panel = await stage.until(lambda: _with_button(stage, stage.anna, "📄"))
    assert "Hike 徒步" in said(panel)


def _with_button(stage: Stage, where: Chat | Actor, label: str) -> Message | None:
    found = (m for m in stage.telegram.messages(where) if any(label in one for one in m.labels()))
    return next(found, None)


async def test_an_organiser_has_a_list_as_a_file(any_stage: Stage) -> None:
    stage, anna = any_stage, any_stage.anna
    card = await stage.plan(anna, HIKE)
    await stage.tap(stage.mei, card, card.labels()[0])
    await stage.tap(stage.carl, card, card.labels()[0])
    await stage.tap(stage.ben, card, card.labels()[0])
    anna.send(stage.group, "/event export 1 csv")
    sent = await document(stage, anna, ".csv")
    assert "Hike 徒步" in said(sent)
    rows = list(csv.reader(io.StringIO(file_of(stage, sent).decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["Mei", "Carl", "Ben"]
    assert rows[1][1] == rows[2][1] != rows[3][1]
    assert not any(message.body.get("document") for message in stage.telegram.messages(stage.group))
    anna.send(stage.bot, "/event export 1")
    asked = await stage.until(lambda: _with_button(stage, anna, ".xlsx"))
    await stage.tap(anna, asked, ".xlsx")
    sheet = load_workbook(io.BytesIO(file_of(stage, await document(stage, anna, ".xlsx")))).active
    assert sheet is not None
    assert [sheet.cell(row, 1).value for row in (2, 3, 4)] == ["Mei", "Carl", "Ben"]
    await stage.tap(anna, asked, "ics")
    calendar = Calendar.from_ical(file_of(stage, await document(stage, anna, ".ics")))
    assert [str(one["summary"]) for one in calendar.walk("VEVENT")] == ["Hike 徒步"]


async def test_all_events_of_a_span(any_stage: Stage) -> None:
    stage, anna = any_stage, any_stage.anna
    card = await stage.plan(anna, HIKE)
    await stage.tap(stage.mei, card, card.labels()[0])
    await stage.plan(anna, TALK)
    anna.send(stage.bot, "/event export")
    asked = await stage.until(lambda: next((m for m in stage.telegram.messages(anna) if len(m.labels()) == 4), None))
    await stage.tap(anna, asked, asked.labels()[0])
    kinds = await stage.until(lambda: _with_button(stage, anna, ".xlsx"))
    await stage.tap(anna, kinds, ".xlsx")
    book = load_workbook(io.BytesIO(file_of(stage, await document(stage, anna, ".xlsx"))))
    events, people = book.worksheets
    assert [events.cell(row, 2).value for row in (2, 3)] == ["Hike 徒步", "Talk 讲座"]
    assert [people.cell(2, column).value for column in (1, 2, 4)] == [1, "Hike 徒步", "Mei"]
    anna.send(stage.bot, "/event export 2027-04 csv")
    only = file_of(stage, await document(stage, anna, "04-30.csv")).decode("utf-8-sig")
    assert "Talk 讲座" in only
    assert "Hike" not in only
    anna.send(stage.bot, "/event export ics")
    calendar = Calendar.from_ical(file_of(stage, await document(stage, anna, ".ics")))
    assert len(calendar.walk("VEVENT")) == 2


async def test_names_never_go_into_the_group(stage: Stage) -> None:
    stage.ben.send(stage.group, "/event create Walk | Sat 10:00")
    await stage.tap(stage.ben, await stage.see(stage.group, "Is this right?"), "Save")
    await stage.see(stage.group, "Walk", "👥")
    stage.ben.send(stage.group, "/event export 1 csv")
    await stage.see(stage.group, "does not belong in the group", "@qunguan_bot")
    stage.ben.start(stage.bot)
    await stage.settled()
    stage.ben.send(stage.group, "/event export 1 csv")
    await document(stage, stage.ben, ".csv")
    stage.mei.send(stage.group, "/event export 1 csv")
    await stage.see(stage.group, "Only people who may")
    assert not any(message.body.get("document") for message in stage.telegram.messages(stage.group))


@pytest.mark.parametrize("words", ["/event export nothing", "/event export 9", "/event export 2020-01 csv"])
async def test_what_cannot_be_a_file_is_said(stage: Stage, words: str) -> None:
    stage.anna.send(stage.bot, words)
    await stage.settled()
    answer = said(stage.telegram.messages(stage.anna)[-1])
    assert any(part in answer for part in ("“nothing” is neither", "no event #9", "no event in that time")), answer


async def test_a_list_of_two_thousand_names_is_turned_jumped_in_and_had_as_a_file(any_stage: Stage) -> None:
    stage, anna = any_stage, any_stage.anna
    card = await stage.plan(anna, "/event create Fair 集市 | 2027-03-13 09:00")
    people = [SignUp(UserId(10_000 + n), f"Name{n:04}", SignUpState.GOING, n, START) for n in range(1, 2001)]
    assert stage.app is not None
    async with stage.app.database.write() as tx:
        await put(tx, 1, people)
    await stage.tap(stage.mei, card, next(label for label in card.labels() if label in {"List", "名单"}))
    listed = await stage.see(stage.group, "Name0001", "Name0020")
    assert len(said(listed)) < 1000
    await stage.telegram.answer_to(stage.mei.tap(listed, "100"), 10)
    await stage.settled()
    assert "2000. Name2000" in said(listed)
    await stage.tap(stage.mei, listed, "«")
    await stage.settled()
    assert "1980. Name1980" in said(listed)
    await stage.tap(anna, listed, "📄")
    asked = await stage.until(lambda: _with_button(stage, anna, ".csv"))
    await stage.tap(anna, asked, ".csv")
    rows = list(csv.reader(io.StringIO(file_of(stage, await document(stage, anna, ".csv")).decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == [one.name for one in people]


async def test_every_look_is_reached_from_the_menu(stage: Stage) -> None:
    await stage.plan(stage.anna, HIKE)
    stage.anna.send(stage.bot, "/menu")
    menu = await stage.until(lambda: _with_button(stage, stage.anna, "🗓 Events"))

    async def choose(section: str, label: str) -> None:
        if menu.labels()[-1].startswith("‹ ") and section in menu.labels()[-1]:
            await stage.tap(stage.anna, menu, "‹")
        elif section in " ".join(menu.labels()):
            await stage.tap(stage.anna, menu, section)
        await stage.until(lambda: label in menu.labels())
        await stage.tap(stage.anna, menu, label)

    await choose("🗓 Events", "Calendar of events")
    assert "March 2027" in said(await photo(stage, stage.anna))
    await choose("🗓 Events", "My events")
    await stage.see(stage.anna, "You are on no event")
    await choose("🗓 Events", "Past events")
    await stage.see(stage.anna, "No event has taken place yet.")
    await stage.tap(stage.anna, menu, "‹")
    await stage.until(lambda: "‹ Menu" in menu.labels())
    await stage.tap(stage.anna, menu, "‹ Menu")
    await stage.until(lambda: "📋 Organise events" in menu.labels())
    await choose("📋 Organise events", "Events as a file")
    await stage.see(stage.anna, "Which events would you like as a file?")

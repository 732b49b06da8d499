"""A case in full, all of a person and all of the group, as members and managers see them (R22)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from PIL import Image

from tests.journeys.stage import Stage, said
from tests.journeys.test_events_looking import document, file_of, photo
from tests.journeys.test_violations import known

if TYPE_CHECKING:
    from bot.sandbox.telegram import Actor
    from bot.sandbox.telegram.model import Message


async def warn(stage: Stage, by: Actor, text: str, reply_to: Message | None = None) -> None:
    """Warn somebody, and let the minute pass in which a second warning would be asked about."""
    by.send(stage.group, f"/warn {text}", reply_to=reply_to)
    await stage.settled()
    await stage.advance(seconds=61)


def card(stage: Stage, number: int) -> Message:
    """Return the card of a case."""
    found = (m for m in stage.telegram.messages(stage.group) if f"#{number}" in said(m) and said(m)[0] in "⚠⛔↩🔔🔇👢")
    return next(found)


async def answer(stage: Stage, who: Actor, line: str) -> Message:
    """Return what somebody is answered in private."""
    before = max((m.message_id for m in stage.telegram.messages(who)), default=0)
    sent = who.send(stage.bot, line)
    await stage.settled()
    found = [m for m in stage.telegram.messages(who) if m.message_id > max(before, sent.message_id)]
    assert found, stage.telegram.describe()
    return found[0]


async def test_the_evidence_goes_to_managers_and_to_nobody_else(any_stage: Stage) -> None:
    stage, anna, mei = any_stage, any_stage.anna, any_stage.mei
    await known(stage, mei, stage.carl)
    offence = mei.send_file(stage.group, caption="加微信 buy cheap shoes")
    await stage.settled()
    await warn(stage, anna, "刷广告", offence)
    shown = card(stage, 1)
    assert any("📎" in label for label in shown.labels())
    assert "buy cheap shoes" not in said(shown)

    for member in (mei, stage.carl):
        assert await stage.tap(member, shown, "📎")
    stage.ben.send(stage.group, "Hi")
    assert await stage.tap(stage.ben, shown, "📎"), "Ben has not pressed Start: it does not go into the group"
    assert not any("buy cheap shoes" in said(m) for m in stage.telegram.messages(stage.group)[1:] if m is not offence)

    assert await stage.tap(anna, shown, "📎")
    told = await stage.see(anna, "buy cheap shoes", "#1")
    assert f"/{offence.message_id}" in str(told.body.get("entities"))
    again = await stage.until(lambda: next((m for m in stage.telegram.messages(anna) if m.body.get("photo")), None))
    assert again.body["photo"][-1]["file_id"] == offence.body["photo"][-1]["file_id"]


async def test_the_evidence_holds_what_a_poll_offers_and_where_buttons_lead(either_stage: Stage) -> None:
    stage, anna, mei = either_stage, either_stage.anna, either_stage.mei
    await known(stage, mei, stage.carl)
    poll = mei.send_poll(stage.group, "Which shoes <cheap>?", ["加微信 shoes123", "None"])
    await stage.settled()
    await warn(stage, anna, "刷广告", poll)
    shown = card(stage, 1)
    assert "shoes" not in said(shown)
    await stage.tap(anna, shown, "📎")
    told = await stage.see(anna, "#1", "Which shoes <cheap>?", "– 加微信 shoes123", "– None")
    assert f"/{poll.message_id}" in str(told.body.get("entities"))
    await stage.advance(minutes=2)
    buttons = [[{"text": "Claim", "url": "https://spam-site.top/now"}]]
    await warn(stage, anna, "刷广告", mei.send_via(stage.group, stage.bot, "A bonus", buttons=buttons))
    await stage.tap(anna, card(stage, 2), "📎")
    await stage.see(anna, "#2", "A bonus", "[Claim] https://spam-site.top/now")
    await stage.advance(minutes=2)
    await warn(stage, anna, "刷屏", stage.carl.send(stage.group, "&" * 4000 + "end"))
    await stage.tap(anna, card(stage, 3), "📎")
    told = await stage.see(anna, "#3", "&" * 3499 + "…")
    assert "end" not in said(told)


async def test_a_case_in_full_and_its_reason_amended(any_stage: Stage) -> None:
    stage, anna, mei = any_stage, any_stage.anna, any_stage.mei
    (offence,) = await known(stage, mei)
    await warn(stage, anna, "first words", offence)
    whole = await answer(stage, anna, "/case 1")
    assert all(part in said(whole) for part in ("#1", "Mei", "Anna", "first words", "I am Mei"))

    await stage.tap(anna, whole, "✏️")
    await stage.see(anna, "“first words”" if stage.locale == "en" else "first words")
    anna.send(stage.bot, "better words")
    await stage.see(anna, "#1", "“first words”")
    await stage.settled()
    assert "better words" in said(card(stage, 1))
    assert "first words" not in said(card(stage, 1))

    anna.send(stage.group, "/case reason third words", reply_to=card(stage, 1))
    await stage.settled()
    anna.send(stage.bot, "/case #1 原因：fourth words")
    await stage.settled()
    whole = await answer(stage, anna, "/case 1")
    history = said(whole).split("fourth words", 1)[1]
    assert history.index("“first words”") < history.index("“third words”") < history.index("“fourth words”")
    stage.ben.send(stage.group, "/unwarn 1")
    await stage.settled()
    assert said(await answer(stage, anna, "/case 1")).count("Ben") >= 2


async def test_members_see_what_is_about_themselves_and_nothing_else(any_stage: Stage) -> None:
    stage, anna, mei, carl = any_stage, any_stage.anna, any_stage.mei, any_stage.carl
    (offence, _) = await known(stage, mei, carl)
    mei.start(stage.bot)
    await warn(stage, anna, "one", offence)
    await warn(stage, anna, "@carl two")
    own = await answer(stage, mei, "/case 1")
    assert "I am Mei" in said(own)
    assert own.labels() == []
    assert "#2" in said(await answer(stage, mei, "/case 2"))
    assert "two" not in said(await answer(stage, mei, "/case 2"))
    assert "Carl" not in said(await answer(stage, mei, "/cases @carl"))
    for line in ("/cases", "/warns"):
        listed = await answer(stage, mei, line)
        assert "#1" in said(listed)
        assert "#2" not in said(listed)
    refused = await answer(stage, mei, "/ledger")
    assert "#1" not in said(refused)
    await answer(stage, mei, "/case 1 reason none at all")
    assert "one" in said(await answer(stage, mei, "/case 1"))


async def test_all_cases_of_a_person_in_pages(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    await known(stage, mei)
    for n in range(9):
        anna.send(stage.group, f"/kick @mei reason {n}")
        await stage.settled()
        mei.join(stage.group)
        await stage.advance(seconds=61)
    await warn(stage, anna, "@mei old")
    await stage.advance(days=31)
    await warn(stage, anna, "@mei undone")
    anna.send(stage.group, "/unwarn 11")
    await warn(stage, anna, "@mei new")
    listed = await answer(stage, anna, "/cases @mei")
    assert "Warnings of Mei: 1 counts at present · 1 has expired · 1 was undone" in said(listed)
    assert "↩️ #11" in said(listed)
    assert "▫️ #10" in said(listed)
    assert "1/2" in listed.labels()
    await stage.tap(anna, listed, "»")
    await stage.settled()
    assert "#1 " in said(listed)
    await stage.tap(anna, listed, "#1")
    await stage.see(anna, "Case #1: Mei", "reason 0")


async def book(stage: Stage) -> None:
    """Open four cases: two of Mei's by Anna, two of Carl's by Ben."""
    offence, _ = await known(stage, stage.mei, stage.carl)
    await warn(stage, stage.anna, "one", offence)
    await warn(stage, stage.ben, "@carl two")
    await stage.advance(days=35)
    await warn(stage, stage.anna, "@mei three")
    await warn(stage, stage.ben, "@carl four")


LINES = {
    "en": {"/ledger @mei": "13", "/ledger by @ben": "24", "/ledger this month": "34", "/ledger @carl March": "2"},
    "zh_Hans": {"/ledger 成员 @mei": "13", "/ledger 经手 @ben": "24", "/ledger 本月": "34", "/ledger @carl 3月": "2"},
}


async def test_the_ledger_is_narrowed_down_on_a_line_and_by_buttons(any_stage: Stage) -> None:
    stage, anna = any_stage, any_stage.anna
    await book(stage)
    for line, numbers in LINES[stage.locale].items():
        found = said(await answer(stage, anna, line))
        assert {n for n in "1234" if f"#{n} " in found} == set(numbers), (line, found)

    listed = await answer(stage, anna, "/ledger")
    assert [label for label in listed.labels() if label[0] == "#"] == ["#4", "#3", "#2", "#1"]
    await stage.tap(anna, listed, "👤")
    await stage.settled()
    await stage.tap(anna, listed, "Carl (2)")
    await stage.settled()
    assert {n for n in "1234" if f"#{n} " in said(listed)} == {"2", "4"}
    await stage.tap(anna, listed, "🗓")
    await stage.settled()
    await stage.tap(anna, listed, "This month" if stage.locale == "en" else "本月")
    await stage.settled()
    assert {n for n in "1234" if f"#{n} " in said(listed)} == {"4"}
    assert any(label.startswith("✓ 👤") for label in listed.labels())
    await stage.tap(anna, listed, "✕")
    await stage.settled()
    assert {n for n in "1234" if f"#{n} " in said(listed)} == set("1234")
    await stage.tap(anna, listed, "🗓")
    await stage.settled()
    await stage.tap(anna, listed, listed.labels()[6])
    await stage.settled()
    anna.send(stage.bot, "随便")
    await stage.see(anna, "“随便”")
    anna.send(stage.bot, "2027-03-10" if stage.locale == "en" else "3月10日")
    narrowed = await stage.see(anna, "#1 ", "#2 ", "2027")
    assert "#3 " not in said(narrowed)


STATES = {
    "en": {
        "/ledger in force": "34",
        "/ledger expired": "1",
        "/ledger undone": "2",
        "/ledger state: under appeal": "4",
        "/ledger expired @mei this year": "1",
        "/ledger refused": "",
    },
    "zh_Hans": {
        "/ledger 生效中": "34",
        "/ledger 已过期": "1",
        "/ledger 已撤销": "2",
        "/ledger 状态：申诉中": "4",
        "/ledger 过期 @mei 今年": "1",
        "/ledger 被拒绝": "",
    },
}
BUTTONS = {"en": ("Under appeal", "Made lighter", "All"), "zh_Hans": ("申诉中", "已减轻", "全部")}


async def test_the_ledger_is_narrowed_down_by_how_cases_stand(any_stage: Stage) -> None:
    stage, anna = any_stage, any_stage.anna
    appealed, lighter, everything = BUTTONS[stage.locale]
    await book(stage)
    anna.send(stage.group, "/unwarn 2")
    await answer(stage, stage.carl, "/appeal 4 I had asked before")
    for line, numbers in STATES[stage.locale].items():
        found = said(await answer(stage, anna, line))
        assert {n for n in "1234" if f"#{n} " in found} == set(numbers), (line, found)

    listed = await answer(stage, anna, "/ledger")
    for label, numbers in ((appealed, "4"), (lighter, ""), (everything, "1234")):
        await stage.tap(anna, listed, "🚦")
        await stage.settled()
        await stage.tap(anna, listed, label)
        await stage.settled()
        assert {n for n in "1234" if f"#{n} " in said(listed)} == set(numbers), label
        assert any(one.startswith("✓ 🚦") for one in listed.labels()) == (label != everything)
    anna.send(stage.bot, "/ledger under appeal csv" if stage.locale == "en" else "/ledger 申诉中 csv")
    sent = await document(stage, anna, ".csv")
    assert appealed in said(sent)
    text = file_of(stage, sent).decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(text))][1:] == ["4"]


async def test_the_ledger_is_counted_in_a_picture(any_stage: Stage) -> None:
    stage, anna = any_stage, any_stage.anna
    await book(stage)
    anna.send(stage.bot, "/ledger by moderator" if stage.locale == "en" else "/ledger 按经手人")
    shown = await photo(stage, anna)
    assert "• Ben – 2" in said(shown)
    drawn = file_of(stage, shown)
    assert Image.open(io.BytesIO(drawn)).size[0] == 1280
    await stage.tap(anna, shown, "👤")
    await stage.settled()
    assert "• Carl – 2" in said(shown)
    assert file_of(stage, shown) != drawn
    await stage.tap(anna, shown, "🗓")
    await stage.settled()
    assert said(shown).count("•") >= 5
    await stage.tap(anna, shown, "‹")
    await stage.see(anna, "#4 ", "#1 ")


async def test_the_ledger_as_a_file(any_stage: Stage) -> None:
    stage, anna = any_stage, any_stage.anna
    await book(stage)
    listed = await answer(stage, anna, "/ledger @mei")
    await stage.tap(anna, listed, ".xlsx")
    sheet = load_workbook(io.BytesIO(file_of(stage, await document(stage, anna, ".xlsx")))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == [1, 3]
    assert rows[1][2] == "Mei"
    assert "I am Mei" in rows[1]
    anna.send(stage.bot, "/ledger csv")
    text = file_of(stage, await document(stage, anna, ".csv")).decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(text))][1:] == ["1", "2", "3", "4"]
    logged = await answer(stage, anna, "/audit ledger")
    assert "Anna" in said(logged)
    assert "4" in said(logged)


async def test_a_long_ledger_comes_in_parts_of_which_each_says_so(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.violations.ledger.service.PART", 3)
    await book(stage)
    stage.anna.send(stage.bot, "/ledger csv")
    first = await document(stage, stage.anna, "-1.csv")
    assert "3 cases of 4, the oldest first: part 1 of 2" in said(first)
    await stage.tap(stage.anna, first, "Part 2 of 2")
    second = await document(stage, stage.anna, "-2.csv")
    assert second.labels() == []
    assert len(file_of(stage, second).decode("utf-8-sig").splitlines()) == 2


async def test_in_the_group_the_ledger_is_told_aside(stage: Stage) -> None:
    await book(stage)
    stage.anna.send(stage.group, "/ledger")
    await stage.see(stage.anna, "Ledger: 4 cases")
    stage.ben.send(stage.group, "/ledger")
    await stage.see(stage.group, "does not belong in it", "press Start")
    assert not any("Ledger:" in said(m) for m in stage.telegram.messages(stage.group))

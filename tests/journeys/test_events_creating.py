"""Creating events as stories: forms and lines, drafts, copies, templates, changes of any field, the organiser's panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.stage import Stage, said

if TYPE_CHECKING:
    from bot.sandbox.telegram.model import Message

HIKE = "/event create Hike 徒步 | 2027-03-13 09:00 | 9 seats"


# The organiser's panel


async def test_the_panel_opens_in_private_and_only_for_organisers(stage: Stage) -> None:
    card = await stage.plan(stage.anna, HIKE)
    assert "Only people who may" in await stage.tap(stage.mei, card, "⚙️")
    assert "private" in await stage.tap(stage.anna, card, "⚙️")
    panel = await stage.see(stage.anna, "Hike 徒步", "👥")
    for label in ("✏️ Edit", "Show the card", "🔒 Close sign-up", "✕ Cancel the event", "⧉ Copy", "Save as template"):
        assert label in panel.labels()
    assert "📣 Publish" not in panel.labels()
    await stage.tap(stage.anna, panel, "Close")
    await stage.settled()
    assert "sign-up is closed" in said(panel)
    assert "🔓 Reopen sign-up" in panel.labels()
    assert "Sign-up is closed" in said(card)
    await stage.tap(stage.anna, panel, "Reopen")
    await stage.settled()
    assert "🔒 Close sign-up" in panel.labels()


async def test_the_panel_stands_in_the_group_where_its_organiser_cannot_be_reached(stage: Stage) -> None:
    card = await stage.plan(stage.ben, HIKE)
    await stage.tap(stage.ben, card, "⚙️")
    panel = await stage.see(stage.group, "👥", "Hike 徒步")
    await stage.settled()
    assert await stage.tap(stage.mei, panel, "Close")
    await stage.tap(stage.ben, panel, "Close")
    await stage.settled()
    assert "sign-up is closed" in said(panel)


async def test_a_number_in_private_shows_card_and_panel_to_organisers(stage: Stage) -> None:
    stage.mei.send(stage.group, "hello")
    await stage.plan(stage.anna, HIKE)
    stage.mei.start(stage.bot)
    stage.mei.send(stage.bot, "/event 1")
    stage.anna.send(stage.bot, "/event 1")
    await stage.settled()
    assert [message.labels()[0] for message in _bots(stage, stage.mei) if message.labels()] == ["Join"]
    assert [message.labels()[0] for message in _bots(stage, stage.anna) if message.labels()] == ["Join", "✏️ Edit"]


def _bots(stage: Stage, who: object) -> list[Message]:
    return [message for message in stage.telegram.messages(who) if "Hike" in said(message)]  # type: ignore[arg-type]

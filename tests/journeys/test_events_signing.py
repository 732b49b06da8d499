"""Signing up in words, on behalf of others, with questions, with tags, in private, after missed events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.stage import Stage, said

if TYPE_CHECKING:
    pass

HIKE = "/event create Hike 徒步 | 2027-03-13 09:00 | 3 seats | +1"


async def turned_on(stage: Stage) -> None:
    """Let the group sign up in words."""
    stage.anna.send(stage.group, "/event settings words on")
    await stage.settled()


async def test_words_count_like_taps(stage: Stage) -> None:
    await turned_on(stage)
    card = await stage.plan(stage.anna, HIKE)
    stage.mei.send(stage.group, "+1", reply_to=card)
    roll = await stage.see(stage.group, "✓ Mei: in")
    stage.carl.send(stage.group, "+2", reply_to=card)
    await stage.see(stage.group, "✓ Carl +1: in")
    assert stage.find(stage.group, "✓ Carl +1: in") is roll
    await stage.settled()
    assert "3 of 3 seats taken" in said(card)

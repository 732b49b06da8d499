"""A storm: everybody taps Join at once, through the real wire, within Telegram's limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from bot.sandbox.telegram import Telegram
from bot.tg.outbox.limits import TELEGRAM
from tests.journeys.stage import Stage, close_stage, open_stage, said

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.sandbox.telegram.model import Message

MEMBERS = 5_000
SEATS = 100
PATIENCE = 240.0
_EVERYBODY = text("SELECT user_id, state FROM events_signups ORDER BY turn")


@pytest.fixture
async def limited(tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage on which both the bot and Telegram count what is sent."""
    stage = await open_stage(tmp_path, start=False)
    stage.rates = TELEGRAM
    stage.telegram.limits.enable()
    await stage.start()
    await stage.settled()
    yield stage
    await close_stage(stage)


def refused(telegram: Telegram) -> int:
    """Count the calls that were one too many."""
    return sum(entry.error_code == 429 for entry in telegram.journal)


@pytest.mark.slow
async def test_everybody_taps_join_at_once(limited: Stage) -> None:
    stage, telegram = limited, limited.telegram
    people = [telegram.add_user(f"M{number}", language_code="en") for number in range(MEMBERS)]
    hall = stage.group_of("Hall", stage.anna, *people)
    await stage.settled()
    card = await stage.plan(stage.anna, f"/event create Big day | Sat 09:00 | {SEATS} seats", hall)
    telegram.journal.clear()

    taps = [who.tap(card, "Join") for who in people]
    answers = [str((await telegram.answer_to(tap, PATIENCE)).get("text")) for tap in taps]

    expected = [f"You are in, seat {place} of {SEATS}." for place in range(1, SEATS + 1)]
    assert answers[:SEATS] == expected
    for place, answer in enumerate(answers[SEATS:], start=1):
        assert f"number {place:,} on the waiting list" in answer
    await stage.settled(PATIENCE)
    assert refused(telegram) == 0
    edits = [entry for entry in telegram.journal.of("editMessageText") if entry.ok]
    assert 0 < len(edits) < MEMBERS / 10, "an edit for a tap would be too many"
    _shows_everybody(card)
    await _stands_in_order(stage, [who.id for who in people])


def _shows_everybody(card: Message) -> None:
    shown = said(card)
    assert f"{SEATS} of {SEATS} seats taken, 0 left · {MEMBERS - SEATS:,} on the waiting list" in shown
    assert [f"{place}. M{place - 1}" for place in range(1, 21)] == [
        line for line in shown.split("\n") if line.partition(".")[0].isdigit()
    ]


async def _stands_in_order(stage: Stage, people: list[int]) -> None:
    assert stage.app is not None
    async with stage.app.database.read() as tx:
        rows = (await tx.execute(_EVERYBODY)).all()
    assert [row.user_id for row in rows] == people
    assert [row.state for row in rows] == ["going"] * SEATS + ["waiting"] * (MEMBERS - SEATS)

"""An hour that many groups have chosen: nobody who looks at the screen waits for what goes out by itself."""

from __future__ import annotations

from collections.abc import Sequence

from bot.sandbox.telegram.journal import JournalEntry
from bot.tg.outbox.limits import Rate, Rates
from tests.journeys.stage import Stage

GROUPS = 12
SLOWLY = Rates(overall=Rate(2, 1.0), chat=None, group=None)


def said_by(entry: JournalEntry) -> str:
    return str(entry.params.get("text"))


def place_of(calls: Sequence[JournalEntry], words: str) -> int:
    found = [place for place, entry in enumerate(calls) if words in said_by(entry)]
    assert found, f"nobody said {words!r}"
    return found[0]


async def test_answers_go_first_and_broadcasts_last(stage: Stage) -> None:
    anna = stage.anna
    anna.send(stage.group, "hello")
    others = [stage.group_of(f"Club {number}", anna, stage.mei) for number in range(GROUPS)]
    for other in others:
        anna.send(other, "hello")
    await stage.settled()
    for other in others:
        anna.send(other, "/digest 11:00")
        anna.send(other, "/digest group")
    card = await stage.plan(anna, "/event create Baking | 2027-03-13 10:00 | 2 seats")
    anna.send(stage.group, "/announce at 11:00 | The hut is open")
    await stage.tap(anna, await stage.see(anna, "The hut is open", "11:00"), "✓")
    await stage.settled()
    stage.rates = SLOWLY
    await stage.restart()
    await stage.settled(30)
    stage.telegram.journal.clear()

    stage.clock.advance(stage.clock.now().replace(hour=11, minute=0) - stage.clock.now())
    await stage.until(lambda: len(stage.telegram.journal.of("sendMessage")) >= 2, 20)
    stage.mei.tap(card, "Join")
    stage.mei.send(stage.group, "/members")
    await stage.settled(30)

    calls = stage.telegram.journal.of("sendMessage", "editMessageText")
    answer = place_of(calls, "Only people who")
    card_drawn = place_of(calls, "1 of 2 seats taken")
    announcement = place_of(calls, "The hut is open")
    digests = [place for place, entry in enumerate(calls) if "<b>Club" in said_by(entry)]
    assert len(digests) == GROUPS
    assert max(answer, card_drawn) < digests[-5]
    assert announcement < digests[3]

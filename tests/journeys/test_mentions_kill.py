"""The bot is killed (``kill -9``) while it names people, below an announcement and to remind them, or reminds them in private.

Nobody is named or reminded twice, nobody is left out; only of those in a message whose answer never came nobody knows, and that
is said.
"""

from __future__ import annotations

import asyncio
import random
import signal
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from bot.announcements.rules.people import MENTIONS
from bot.kernel.clock import SystemClock
from bot.sandbox.telegram import Actor, Telegram
from tests.journeys.stage import said
from tests.journeys.storm import PATIENCE, Storm

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.sandbox.telegram.model import Chat, Message

MEMBERS = 11
"""Two full messages and one with a single name, besides the owner's own."""


@pytest.fixture
async def storm(tmp_path: Path) -> AsyncIterator[Storm]:
    telegram = Telegram(SystemClock())
    await telegram.serve()
    seed = random.SystemRandom().randrange(10**9)
    print(f"seed {seed}")  # noqa: T201  (shown only when the test fails)
    made = Storm(tmp_path, telegram, telegram.add_bot("qunguan_bot", "Qunguan"), random.Random(seed))
    yield made
    if made.process is not None and made.process.poll() is None:
        await made.end(signal.SIGKILL)
    await telegram.close()


def gather(storm: Storm, title: str, members: int = MEMBERS) -> tuple[Chat, Actor, list[Actor]]:
    """Make a group with an owner, and members who never pressed Start."""
    owner = storm.telegram.add_user(f"Owner of {title}", language_code="en")
    owner.start(storm.bot)
    group = storm.telegram.add_group(title, owner, [])
    storm.telegram.add_bot_to(group, storm.bot, owner, administrator=True)
    people = [storm.telegram.add_user(f"{title} {number}") for number in range(members)]
    for one in people:
        one.join(group)
    return group, owner, people


def naming(storm: Storm, group: Chat, mark: str) -> list[Message]:
    """Return the messages in which the bot names people."""
    return [m for m in storm.telegram.messages(group) if m.author == storm.bot.id and mark in said(m)]


def named(storm: Storm, group: Chat, mark: str) -> Counter[int]:
    """Count how often each person was named."""
    found = [one for message in naming(storm, group, mark) for one in message.body.get("entities", ())]
    return Counter(one["user"]["id"] for one in found if one["type"] == "text_mention")


async def publish(storm: Storm, owner: Actor, group: Chat, *lines: str) -> None:
    """Publish an announcement for which these lines are said first."""
    owner.send(group, "/announce Hello")
    await storm.see(owner, "Hello")
    for line in lines:
        owner.send(group, line)
    await storm.settled()
    owner.send(group, "/announce publish 1")


@pytest.mark.slow
async def test_nobody_is_named_twice_or_left_out_by_a_killed_bot(storm: Storm) -> None:
    told, asked = gather(storm, "Told"), gather(storm, "Asked")
    storm.start()
    await storm.settled()
    await publish(storm, told[1], told[0], "/announce tell 1 mentions")
    await publish(storm, asked[1], asked[0], "/announce ack 1 on", "/announce ack 1 nudge off")
    await storm.settled()
    asked[1].send(asked[0], "/announce status 1")
    roll = await storm.see(asked[1], "read by 0 of")
    asked[1].tap(roll, next(label for label in roll.labels() if "🔔" in label))
    groups = ((*told, "📣"), (*asked, "🔔"))

    for count in (1, 2):
        group, mark = storm.chance.choice(((told[0], "📣"), (asked[0], "🔔")))
        await storm.telegram.until(lambda g=group, m=mark, n=count: len(naming(storm, g, m)) >= n or None, PATIENCE)  # type: ignore[misc]
        # At once the answer is still on its way; later the next message may be.
        await asyncio.sleep(storm.chance.choice((0.0, 0.002, 4.0)))
        await storm.end(signal.SIGKILL)
        storm.start()
    await storm.telegram.until(lambda: _are_done(storm) or None, PATIENCE)
    await storm.settled()

    doubtful = {row[0] for row in storm.rows("SELECT chat_id FROM tg_outbox WHERE state = 'uncertain'")}
    for group, owner, people, mark in groups:
        counts = named(storm, group, mark)
        assert max(counts.values()) == 1, (group.title, counts)
        left_out = [one for one in people if one.id not in counts]
        assert len(left_out) <= (2 * MENTIONS if group.id in doubtful else 0), (group.title, left_out)
        cards = " ".join(said(m) + " ".join(m.labels()) for m in storm.telegram.messages(owner))
        assert ("❓" in cards) == (group.id in doubtful), (group.title, cards)
    assert storm.rows("SELECT count(*) FROM tg_quarantine") == [(0,)]


def _are_done(storm: Storm) -> bool:
    """Say whether both runs have come to their end."""
    tables = ("announcements_telling_runs", "announcements_acknowledgement_runs")
    rows = [row for table in tables for row in storm.rows(f"SELECT state FROM {table}")]  # noqa: S608
    return [row[0] for row in rows] == ["done", "done"]


FRIENDS = 23
"""Those who can be written to: more than two batches of private reminders."""


@pytest.mark.slow
async def test_nobody_is_reminded_twice_or_left_out_in_private_by_a_killed_bot(storm: Storm) -> None:
    group, owner, strangers = gather(storm, "Asked", 3)
    friends = [storm.telegram.add_user(f"Friend {number}", language_code="en") for number in range(FRIENDS)]
    for one in friends:
        one.join(group)
        one.start(storm.bot)
    storm.start()
    await storm.settled()
    await publish(storm, owner, group, "/announce ack 1 on", "/announce ack 1 nudge off")
    await storm.settled()
    owner.send(group, "/announce status 1")
    roll = await storm.see(owner, "read by 0 of")
    owner.tap(roll, next(label for label in roll.labels() if "🔔" in label))

    for wanted in sorted(storm.chance.sample(range(1, FRIENDS), 2)):
        await storm.telegram.until(lambda n=wanted: len(reminders(storm, friends)) >= n or None, PATIENCE)  # type: ignore[misc]
        await asyncio.sleep(storm.chance.choice((0.0, 0.002, 0.05)))
        await storm.end(signal.SIGKILL)
        storm.start()
    await storm.telegram.until(lambda: _is_done(storm) or None, PATIENCE)
    await storm.settled()

    doubtful = {row[0] for row in storm.rows("SELECT chat_id FROM tg_outbox WHERE state = 'uncertain'")}
    reached, by_name = reminders(storm, friends), named(storm, group, "🔔")
    assert max(reached.values()) == 1, reached
    assert not [one for one in friends if one.id in by_name], "who was written to is not named as well"
    assert {one.id for one in friends} - set(reached) <= doubtful
    assert max(by_name.values()) == 1, by_name
    left_out = [one for one in strangers if one.id not in by_name]
    assert len(left_out) <= (MENTIONS if group.id in doubtful else 0), left_out
    card = " ".join(said(m) + " ".join(m.labels()) for m in storm.telegram.messages(owner))
    assert ("❓" in card) == bool(doubtful), card
    assert storm.rows("SELECT count(*) FROM tg_quarantine") == [(0,)]


def reminders(storm: Storm, people: list[Actor]) -> Counter[int]:
    """Count how often each person was reminded in private."""
    return Counter(one.id for one in people for m in storm.telegram.messages(one) if "🔔" in said(m))


def _is_done(storm: Storm) -> bool:
    """Say whether the reminders have come to their end."""
    return storm.rows("SELECT state FROM announcements_acknowledgement_runs") == [("done",)]

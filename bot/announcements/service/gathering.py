"""Announcements that are being made of an album."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.announcements import store
from bot.announcements.rules.announcement import State
from bot.announcements.rules.gathering import ENOUGH, WAIT, Gathering
from bot.announcements.service.book import NAME
from bot.announcements.service.writing import problem_of
from bot.timers import service as timers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.announcements.rules.announcement import Announcement
    from bot.announcements.rules.content import File
    from bot.db.engine import Tx

ALBUM: Final = "album"
"""The timer that shows the card when an album is complete."""
_GROWING: Final = frozenset({State.DRAFT, State.IN_REVIEW, State.SCHEDULED, State.MISSED, State.FAILED})
"""The states in which an album may still grow."""


async def follow(tx: Tx, item: Announcement, gathering: Gathering, now: datetime) -> None:
    """Wait for what else comes of an album; the card is shown when nothing more has come for a moment."""
    await store.follow(tx, item.id, gathering)
    await timers.set_timer(tx, NAME, ALBUM, str(item.id), now + WAIT, item.group_id)


async def followed(tx: Tx, found: Sequence[tuple[int, str]]) -> list[tuple[int, Gathering]]:
    """Return the announcements, by id, that are being made of these albums: their chats and ids."""
    return await store.followed(tx, found)


async def following(tx: Tx, item_id: int) -> Gathering | None:
    """Return of which album an announcement is being made, if it is."""
    return await store.following(tx, item_id)


async def gather(tx: Tx, item_id: int, files: Sequence[File], now: datetime) -> None:
    """Let one have these files of its album, if it still waits for them and Telegram takes them together."""
    item = await store.get(tx, item_id)
    if item is None or item.state not in _GROWING or item.approval or item.content.files == tuple(files):
        return
    grown = replace(item.content, kind=None, file_id=None, files=tuple(files))
    if problem_of(grown) is None:
        await store.save(tx, replace(item, content=grown))
    await timers.set_timer(tx, NAME, ALBUM, str(item.id), now + WAIT, item.group_id)


async def shown(tx: Tx, item: Announcement, gathering: Gathering, count: int, now: datetime) -> None:
    """Note that the card has shown so many files; after a while without another nothing more is expected."""
    await store.follow(tx, item.id, replace(gathering, shown=count))
    await timers.set_timer(tx, NAME, ALBUM, str(item.id), now + ENOUGH, item.group_id)


async def leave(tx: Tx, item_id: int) -> None:
    """Expect nothing more of an album."""
    await store.leave(tx, item_id)

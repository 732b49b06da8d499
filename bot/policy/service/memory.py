"""What is remembered of messages to notice floods and repetitions. Bounded, a share for each group, and only in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.policy.rules.floods import MOST_REMEMBERED, Sketch
from bot.policy.service.likeness import TEXTS, Batch, TextsOfGroups
from bot.policy.service.shares import Bounds, Shares

if TYPE_CHECKING:
    from bot.policy.rules.findings import Trace

PEOPLE: Final = Bounds(group=5_000, total=20_000)
"""With their last messages, about 25 MB."""
ALBUMS: Final = Bounds(group=200, total=2_000)
REMEMBERED_FOR: Final = 3_600
"""Seconds."""

Person = tuple[int, int]
"""Group and user."""
Album = tuple[int, str]


@dataclass(frozen=True, slots=True)
class AlbumSeen:
    """The messages of an album so far, and whether it is deleted; None while it has broken no rule."""

    parts: tuple[int, ...] = ()
    deleted: bool | None = None


class Memory:
    """What is committed; a batch looks through a :class:`Draft`."""

    def __init__(self, people: Bounds = PEOPLE, albums: Bounds = ALBUMS, texts: Bounds = TEXTS) -> None:
        self.recent: Shares[int, tuple[Trace, ...]] = Shares(people)
        self.albums: Shares[str, AlbumSeen] = Shares(albums)
        self.texts = TextsOfGroups(texts)

    def take(self, draft: Draft) -> None:
        """Take in what a batch has seen."""
        for (group_id, user_id), traces in draft.recent.items():
            self.recent.put(group_id, user_id, traces)
        for (group_id, album), seen in draft.albums.items():
            self.albums.put(group_id, album, seen)
        draft.batch.kept = True


class Draft:
    """What a batch adds, to be kept only if it is committed."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self.recent: dict[Person, tuple[Trace, ...]] = {}
        self.albums: dict[Album, AlbumSeen] = {}
        self.batch = Batch()

    def recent_of(self, person: Person) -> tuple[Trace, ...]:
        """Return somebody's last messages, oldest first."""
        found = self.recent.get(person)
        return (self._memory.recent.get(*person) or ()) if found is None else found

    def remember(self, person: Person, recent: tuple[Trace, ...], trace: Trace) -> None:
        """Add a message to somebody's last ones."""
        kept = [old for old in recent if trace.at - old.at < REMEMBERED_FOR]
        self.recent[person] = (*kept, trace)[-MOST_REMEMBERED:]

    def album(self, album: Album) -> AlbumSeen:
        """Return what is known of an album."""
        return self.albums.get(album) or self._memory.albums.get(*album) or AlbumSeen()

    def learn(self, at: int, group_id: int, sketch: Sketch) -> list[int]:
        """Remember a text; return when nearly the same was written in the group before."""
        return self._memory.texts.add(group_id, at, sketch, self.batch)

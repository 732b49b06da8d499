"""What is remembered of messages to notice floods and repetitions. Bounded, and only in memory."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.policy.rules.floods import MOST_REMEMBERED, Sketch, are_alike

if TYPE_CHECKING:
    from bot.policy.rules.findings import Trace

MOST_PEOPLE: Final = 10_000
MOST_SKETCHES: Final = 20_000
"""Of all groups together; about 70 MB."""
MOST_ALBUMS: Final = 2_000
REMEMBERED_FOR: Final = 3_600
"""Seconds."""

Person = tuple[int, int]
"""Group and user."""
Album = tuple[int, str]


class Known(NamedTuple):
    """A text that was written in a group: when (Unix seconds), and its sketch."""

    at: int
    group_id: int
    sketch: Sketch


@dataclass(frozen=True, slots=True)
class AlbumSeen:
    """The messages of an album so far, and whether it is deleted; None while it has broken no rule."""

    parts: tuple[int, ...] = ()
    deleted: bool | None = None


class Memory:
    """What is committed; a batch looks through a :class:`Draft`."""

    def __init__(self) -> None:
        self.recent: OrderedDict[Person, tuple[Trace, ...]] = OrderedDict()
        self.albums: OrderedDict[Album, AlbumSeen] = OrderedDict()
        self._known: OrderedDict[int, Known] = OrderedDict()
        self._by_piece: dict[tuple[int, int], list[int]] = {}
        self._number = 0

    def alike(self, group_id: int, wanted: Sketch) -> list[int]:
        """Return when nearly the same was written in a group."""
        numbers = {number for piece in wanted for number in self._by_piece.get((group_id, piece), ())}
        return [known.at for number in sorted(numbers) if are_alike(wanted, (known := self._known[number]).sketch)]

    def take(self, draft: Draft) -> None:
        """Take in what a batch has seen."""
        for person, traces in draft.recent.items():
            self.recent[person] = traces
            self.recent.move_to_end(person)
        self.albums.update(draft.albums)
        for known in draft.known:
            self._learn(known)
        while len(self.recent) > MOST_PEOPLE:
            self.recent.popitem(last=False)
        while len(self.albums) > MOST_ALBUMS:
            self.albums.popitem(last=False)
        while len(self._known) > MOST_SKETCHES:
            self._unlearn()

    def _learn(self, known: Known) -> None:
        self._number += 1
        self._known[self._number] = known
        for piece in _index(known.sketch):
            self._by_piece.setdefault((known.group_id, piece), []).append(self._number)

    def _unlearn(self) -> None:
        number, known = self._known.popitem(last=False)
        for piece in _index(known.sketch):
            numbers = self._by_piece[known.group_id, piece]
            numbers.remove(number)
            if not numbers:
                del self._by_piece[known.group_id, piece]


def _index(sketch: Sketch) -> list[int]:
    """Return the pieces a text is found by: of two that are nearly the same, one has some of the other's."""
    return sorted(sketch)[:_INDEXED]


_INDEXED: Final = 8


class Draft:
    """What a batch adds, to be kept only if it is committed."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self.recent: dict[Person, tuple[Trace, ...]] = {}
        self.albums: dict[Album, AlbumSeen] = {}
        self.known: list[Known] = []

    def recent_of(self, person: Person) -> tuple[Trace, ...]:
        """Return somebody's last messages, oldest first."""
        found = self.recent.get(person)
        return self._memory.recent.get(person, ()) if found is None else found

    def remember(self, person: Person, trace: Trace) -> None:
        """Add a message to somebody's last ones."""
        kept = (old for old in self.recent_of(person) if trace.at - old.at < REMEMBERED_FOR)
        self.recent[person] = (*kept, trace)[-MOST_REMEMBERED:]

    def album(self, album: Album) -> AlbumSeen:
        """Return what is known of an album."""
        return self.albums.get(album) or self._memory.albums.get(album) or AlbumSeen()

    def alike(self, group_id: int, wanted: Sketch) -> list[int]:
        """Return when nearly the same was written in a group."""
        mine = [known.at for known in self.known if known.group_id == group_id and are_alike(wanted, known.sketch)]
        return [*self._memory.alike(group_id, wanted), *mine]

    def learn(self, at: int, group_id: int, sketch: Sketch) -> None:
        """Remember a text."""
        self.known.append(Known(at, group_id, sketch))

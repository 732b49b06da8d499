"""What is remembered of messages to notice floods and repetitions. Bounded, and only in memory."""

from __future__ import annotations

from array import array
from collections import Counter, OrderedDict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.policy.rules.floods import MOST_REMEMBERED, Sketch, are_alike

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.policy.rules.findings import Trace

MOST_PEOPLE: Final = 10_000
MOST_SKETCHES: Final = 50_000
"""Of all groups together; about 80 MB."""
MOST_ALBUMS: Final = 2_000
REMEMBERED_FOR: Final = 3_600
"""Seconds."""

Person = tuple[int, int]
"""Group and user."""
Album = tuple[int, str]


class Known(NamedTuple):
    """A text that was written in a group: when (Unix seconds), and its sketch in ascending order, as small as can be."""

    at: int
    group_id: int
    pieces: array[int]


@dataclass(frozen=True, slots=True)
class AlbumSeen:
    """The messages of an album so far, and whether it is deleted; None while it has broken no rule."""

    parts: tuple[int, ...] = ()
    deleted: bool | None = None


class Texts:
    """Texts that were written, found again by those that are nearly the same; looking costs the same however many there are."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, Known] = OrderedDict()
        self._by_piece: dict[int, array[int]] = {}
        self._number = 0

    def __len__(self) -> int:
        return len(self._known)

    def __iter__(self) -> Iterator[Known]:
        return iter(self._known.values())

    def alike(self, group_id: int, wanted: Sketch) -> list[int]:
        """Return when nearly the same was written in a group, the newest 24 times at most."""
        keys = _keys(group_id, wanted)
        shared = Counter(chain.from_iterable(self._by_piece.get(key, ()) for key in keys))
        enough = min(_SHARED, -(-len(keys) // 2))
        likely = sorted(number for number, times in shared.items() if times >= enough)[-_NEWEST:]
        return [known.at for known in map(self._known.__getitem__, likely) if are_alike(wanted, known.pieces)]

    def add(self, known: Known) -> None:
        """Add a text."""
        self._number += 1
        self._known[self._number] = known
        for key in _keys(known.group_id, known.pieces):
            numbers = self._by_piece.setdefault(key, array("Q"))
            numbers.append(self._number)
            if len(numbers) > _NEWEST:
                del numbers[0]

    def forget_oldest(self) -> None:
        """Forget a text."""
        number, known = self._known.popitem(last=False)
        for key in _keys(known.group_id, known.pieces):
            numbers = self._by_piece[key]
            if numbers[0] == number:
                del numbers[0]
            if not numbers:
                del self._by_piece[key]


def _keys(group_id: int, pieces: Sequence[int]) -> list[int]:
    """Return what a text is found by in a group: its first pieces, in ascending order."""
    return [group_id << 32 | piece for piece in pieces[:_INDEXED]]


_INDEXED: Final = 6
_SHARED: Final = 2
"""Of two texts that are nearly the same, 4 of these are the same on average; fewer than 2 once in a hundred times."""
_NEWEST: Final = 24
"""Texts that are found by one piece: some pieces are in every other text, and looking must cost the same."""


class Memory:
    """What is committed; a batch looks through a :class:`Draft`."""

    def __init__(self) -> None:
        self.recent: OrderedDict[Person, tuple[Trace, ...]] = OrderedDict()
        self.albums: OrderedDict[Album, AlbumSeen] = OrderedDict()
        self.texts = Texts()

    def take(self, draft: Draft) -> None:
        """Take in what a batch has seen."""
        for person, traces in draft.recent.items():
            self.recent[person] = traces
            self.recent.move_to_end(person)
        self.albums.update(draft.albums)
        for known in draft.texts:
            self.texts.add(known)
        while len(self.recent) > MOST_PEOPLE:
            self.recent.popitem(last=False)
        while len(self.albums) > MOST_ALBUMS:
            self.albums.popitem(last=False)
        while len(self.texts) > MOST_SKETCHES:
            self.texts.forget_oldest()


class Draft:
    """What a batch adds, to be kept only if it is committed."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self.recent: dict[Person, tuple[Trace, ...]] = {}
        self.albums: dict[Album, AlbumSeen] = {}
        self.texts = Texts()

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
        return [*self._memory.texts.alike(group_id, wanted), *self.texts.alike(group_id, wanted)]

    def learn(self, at: int, group_id: int, sketch: Sketch) -> None:
        """Remember a text."""
        self.texts.add(Known(at, group_id, array("I", sketch)))

"""Texts that were written in a group, found again by those that are nearly the same; looking costs the same however many there are."""

from __future__ import annotations

from array import array
from itertools import chain, compress
from operator import eq
from typing import Final

from msgspec import Struct

from bot.policy.rules.floods import Sketch, are_alike
from bot.policy.service.shares import Bounds, Sizes

TEXTS: Final = Bounds(group=10_000, total=50_000)
"""50,000 texts take about 60 MB."""


class Batch:
    """What was written together: until it is kept, only the batch itself finds it."""

    __slots__ = ("kept",)

    def __init__(self) -> None:
        self.kept = False


class Known(Struct, frozen=True, gc=False, eq=False):
    """A text: when it was written (Unix seconds), its sketch as small as can be, and with what it was written."""

    at: int
    pieces: array[int]
    batch: Batch


class Texts:
    """The texts of one group, numbered as they come."""

    def __init__(self) -> None:
        self._known: dict[int, Known] = {}
        self._by_piece: dict[int, list[int]] = {}
        self._oldest = self._next = 0

    def __len__(self) -> int:
        return len(self._known)

    def add(self, at: int, sketch: Sketch, batch: Batch) -> list[int]:
        """Add a text; return when nearly the same was written before, the newest 24 times at most."""
        first = sketch[:_INDEXED]
        found = [self._by_piece.setdefault(piece, []) for piece in first]
        before = self._alike(sketch, found, batch)
        number, self._next = self._next, self._next + 1
        self._known[number] = Known(at, array("I", sketch), batch)
        for numbers in found:
            numbers.append(number)
            if len(numbers) > _NEWEST:
                del numbers[0]
        return before

    def _alike(self, sketch: Sketch, found: list[list[int]], batch: Batch) -> list[int]:
        enough = min(_SHARED, -(-len(found) // 2))
        numbers = sorted(chain.from_iterable(found))
        # A number that is there so often stands in a row of as many: its first and its last place hold the same.
        likely = dict.fromkeys(compress(numbers, map(eq, numbers, numbers[enough - 1 :])))
        if not likely:
            return []
        wanted = frozenset(sketch)
        texts = [self._known[number] for number in likely][-_NEWEST:]
        kept = [known for known in texts if known.batch.kept or known.batch is batch]
        return [known.at for known in kept if are_alike(wanted, known.pieces)]

    def forget_oldest(self) -> None:
        """Forget a text."""
        number, self._oldest = self._oldest, self._oldest + 1
        for piece in self._known.pop(number).pieces[:_INDEXED]:
            numbers = self._by_piece[piece]
            if numbers[0] == number:
                del numbers[0]
            if not numbers:
                del self._by_piece[piece]


_INDEXED: Final = 7
_SHARED: Final = 3
"""Two texts that are just nearly the same have fewer of their first seven pieces in common once in a hundred times."""
_NEWEST: Final = 24
"""Texts that are found by one piece: some pieces are in every other text, and looking must cost the same."""


class TextsOfGroups:
    """The texts of all groups, each with a share of its own."""

    def __init__(self, bounds: Bounds = TEXTS) -> None:
        self._of: dict[int, Texts] = {}
        self._sizes = Sizes(bounds)

    def __len__(self) -> int:
        return sum(map(len, self._of.values()))

    def add(self, group_id: int, at: int, sketch: Sketch, batch: Batch) -> list[int]:
        """Add a text; return when nearly the same was written in the group before, the newest 24 times at most."""
        texts = self._of.get(group_id)
        if texts is None:
            texts = self._of[group_id] = Texts()
        before = texts.add(at, sketch, batch)
        full = self._sizes.grow(group_id)
        if full is not None:
            self._of[full].forget_oldest()
            if not self._of[full]:
                del self._of[full]
        return before

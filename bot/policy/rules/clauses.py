"""Where a clause ends: a word of a script without spaces is not put together from the end of one clause and the start of the next.

Signs within a word disguise it, and commas and full stops may do so as well. They count as such where the word stands between
signs as a whole ("微，信"), and where a longer one has a sign in each of its gaps ("加我微，信，号吧").
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from bot.policy.rules.plain import PIECE, fold, is_gapless

if TYPE_CHECKING:
    from bot.policy.rules.plain import Plain

_ENDS: Final = re.compile("[,.!?;:。、\n]")
_LONGER: Final = 3


class _Edge(Enum):
    """What stands before a piece of a text."""

    NOTHING = auto()
    """Another script begins."""
    GAP = auto()
    END = auto()
    """The end of a clause."""


def is_torn(text: Plain, start: int, end: int) -> bool:
    """Say whether characters of a text without its gaps only come together because a clause ends between them."""
    if text.run[start:end] in text.folded:
        return False
    edges = _edges(text)
    within = [edges.get(place) for place in range(start + 1, end)]
    if _Edge.END not in within or (start in edges and end in edges):
        return False
    return len(within) + 1 < _LONGER or any(edge in {None, _Edge.NOTHING} for edge in within)


def has_ends(word: str) -> bool:
    """Say whether a word of a list is written with the end of a clause in it."""
    return _ENDS.search(fold(word)) is not None


def clauses(text: Plain) -> str:
    """Return the text without gaps, a clause a line."""
    if clauses not in text.memo:
        ends = [place for place, edge in _edges(text).items() if edge is _Edge.END]
        run = text.run
        text.memo[clauses] = "\n".join(run[one:other] for one, other in zip([0, *ends], [*ends, len(run)], strict=True))
    found: str = text.memo[clauses]
    return found


def _edges(text: Plain) -> dict[int, _Edge]:
    """Return at which places of the text without gaps its pieces begin, and its end, each with what stands before."""
    if _edges not in text.memo:
        text.memo[_edges] = _found(text.folded)
    found: dict[int, _Edge] = text.memo[_edges]
    return found


def _found(folded: str) -> dict[int, _Edge]:
    edges: dict[int, _Edge] = {}
    place = past = 0
    for piece in PIECE.finditer(folded):
        gap = folded[past : piece.start()]
        edges[place] = _edge(gap, f"{folded[past - 1 : past]}{piece[0][0]}")
        place, past = place + len(piece[0]), piece.end()
    return {**edges, place: _Edge.NOTHING}


def _edge(gap: str, around: str) -> _Edge:
    if not gap:
        return _Edge.NOTHING
    # The sign in "0.01" and in "v.x" ends nothing.
    is_inner = len(gap) == 1 and gap != "\n" and len(around) > 1 and not is_gapless(around)
    return _Edge.END if _ENDS.search(gap) and not is_inner else _Edge.GAP

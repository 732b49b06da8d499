"""Many patterns looked for at once (Aho-Corasick), by the faster of two libraries that is there.

``daachorse`` keeps its states in arrays that stay small: a look hardly grows with the patterns, and other threads go on while
it is built. It has no build for Linux on other processors than x86-64: there ``ahocorasick-rs`` finds the same.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

Match = tuple[int, int, int]
"""From where to where, and the place of the pattern; a pattern that is there twice is found twice."""
Find = Callable[[str], list[Match]]


_MANY: Final = 10_000
"""Patterns from which a look goes by characters, whose table alone takes 0.2 MB; below, by bytes."""


def by_double_array(patterns: Sequence[str], many: int = _MANY) -> Find:
    """Return what finds all patterns in a text, also where they overlap."""
    from daachorse import CharwiseDoubleArrayAhoCorasick, DoubleArrayAhoCorasick  # noqa: PLC0415  (not on every machine)

    if len(patterns) >= many:
        return CharwiseDoubleArrayAhoCorasick(list(patterns), use_prefilter=False).find_overlapping
    data = [pattern.encode() for pattern in patterns]
    # The table of its filter, 64 kB for every list, would save less than it takes.
    find_bytes = DoubleArrayAhoCorasick(data, use_prefilter=False).find_overlapping

    def find(text: str) -> list[Match]:
        data = text.encode()
        found = find_bytes(data)
        if not found or len(data) == len(text):
            return found
        return [(len(data[:start].decode()), len(data[:end].decode()), place) for start, end, place in found]

    return find


def by_states(patterns: Sequence[str]) -> Find:
    """Return what finds all patterns in a text, also where they overlap."""
    from ahocorasick_rs import AhoCorasick, Implementation  # noqa: PLC0415  (not on every machine)

    made = AhoCorasick(patterns, implementation=Implementation.ContiguousNFA, store_patterns=False)
    return lambda text: [
        (start, end, place) for place, start, end in made.find_matches_as_indexes(text, overlapping=True)
    ]


automaton = by_states if find_spec("daachorse") is None else by_double_array
"""Build the automaton of some patterns, none of them empty."""

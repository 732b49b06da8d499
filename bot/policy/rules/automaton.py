"""Many patterns looked for at once (Aho-Corasick), by the faster of two libraries that is there.

``daachorse`` reads a text character by character in arrays that stay small: a look hardly grows with the patterns, and other
threads go on while it is built. It has no build for Linux on other processors than x86-64: there ``ahocorasick-rs`` finds the same.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Match = tuple[int, int, int]
"""From where to where, and the place of the pattern; a pattern that is there twice is found twice."""
Find = Callable[[str], list[Match]]


def by_double_array(patterns: Sequence[str]) -> Find:
    """Return what finds all patterns in a text, also where they overlap."""
    from daachorse import CharwiseDoubleArrayAhoCorasick  # noqa: PLC0415  (not on every machine)

    return CharwiseDoubleArrayAhoCorasick(list(patterns)).find_overlapping


def by_states(patterns: Sequence[str]) -> Find:
    """Return what finds all patterns in a text, also where they overlap."""
    from ahocorasick_rs import AhoCorasick, Implementation  # noqa: PLC0415  (not on every machine)

    made = AhoCorasick(patterns, implementation=Implementation.ContiguousNFA, store_patterns=False)
    return lambda text: [
        (start, end, place) for place, start, end in made.find_matches_as_indexes(text, overlapping=True)
    ]


automaton = by_states if find_spec("daachorse") is None else by_double_array
"""Build the automaton of some patterns, none of them empty."""

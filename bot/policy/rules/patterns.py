"""Regular expressions that managers write, by an engine whose time grows with the message alone (RE2): none can hang the bot."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final

import re2

from bot.kernel.lazy import lazy
from bot.policy.rules.fields import Field, Holds, Listed
from bot.policy.rules.findings import Hit, Past, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.policy.rules.message import Seen

MOST_PATTERNS: Final = 50
LONGEST_PATTERN: Final = 200
_ALONE: Final = 256 * 1024
_TOGETHER: Final = 2 * 1024 * 1024
"""Bytes a pattern, and all of a rule in one, may take once they are compiled."""
_SHOWN: Final = 40
"""So much of what a pattern fits is told."""


@dataclass(frozen=True)
class Patterns:
    """Regular expressions of the group's own, looked for in the text as it was written and in the text without disguises."""

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Listed("patterns", Holds.PATTERNS, needed=True, asked=True, most=MOST_PATTERNS),
    )

    patterns: tuple[str, ...] = ()

    def find(self, seen: Seen, _past: Past) -> Hit | None:
        """Say which part of the text one of them fits."""
        found = self._any.part_of(seen)
        return None if found is None else Hit(Reason.PATTERN, found[:_SHOWN])

    @lazy
    def _any(self) -> AnyOf:
        return AnyOf(self.patterns)


class AnyOf:
    """Patterns that are looked for together, however many there are; compiled when they are first needed."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = patterns

    def part_of(self, seen: Seen) -> str | None:
        """Return which part of a text one of them fits, as it was written or else without disguises."""
        if not seen.text or not self._patterns:
            return None
        found = self._compiled.search(seen.text)
        if found is None and not seen.text.isascii():
            found = self._compiled.search(seen.plain.folded)
        return None if found is None else str(found[0])

    @lazy
    def _compiled(self) -> re2._Regexp:
        return _compiled(_either(self._patterns), _TOGETHER)


class Flaw(StrEnum):
    """Why patterns cannot be used."""

    NONE = "none"
    MANY = "many"
    LONG = "long"
    OPEN = "open"
    """A bracket that is never closed."""
    CLOSE = "close"
    """One that was never opened."""
    REPEAT = "repeat"
    """A repetition of nothing, or of a repetition."""
    TIMES = "times"
    """A number of repetitions that cannot be, or is too large."""
    ESCAPE = "escape"
    """A backslash before what has no meaning with one; also references back."""
    RANGE = "range"
    LOOK = "look"
    """Looking ahead or back, which takes no end of time."""
    NAME = "name"
    LARGE = "large"
    EVERYTHING = "everything"
    """It fits every message."""
    TOGETHER = "together"
    """Each is possible, but all of them in one are too large."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Flawed:
    """A pattern that cannot be used: why, at which character of it (from 1; 0 for the whole), and the part that is wrong."""

    flaw: Flaw
    pattern: str = ""
    place: int = 0
    part: str = ""


def flaw_of(patterns: Sequence[str]) -> Flawed | None:
    """Say which of some patterns cannot be used, and why; or that they cannot be used together."""
    if not patterns:
        return Flawed(Flaw.NONE)
    if len(patterns) > MOST_PATTERNS:
        return Flawed(Flaw.MANY)
    for pattern in patterns:
        if len(pattern) > LONGEST_PATTERN:
            return Flawed(Flaw.LONG, pattern)
        try:
            made = _compiled(pattern, _ALONE)
        except re2.error as error:
            return _flawed(pattern, error)
        if made.search("") is not None or all(made.search(probe) is not None for probe in _PROBES):
            return Flawed(Flaw.EVERYTHING, pattern)
    try:
        _compiled(_either(patterns), _TOGETHER)
    except re2.error:
        return Flawed(Flaw.TOGETHER)
    return None


_PROBES: Final = ("ok", "好的", "12", "😀", "да")
"""What fits all of these fits any message."""


def _either(patterns: Sequence[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


def _compiled(pattern: str, memory: int) -> re2._Regexp:
    options = re2.Options()
    options.max_mem = memory
    options.case_sensitive = False
    options.log_errors = False
    return re2.compile(pattern, options)


_REASONS: Final = (
    ("missing )", Flaw.OPEN),
    ("missing ]", Flaw.OPEN),
    ("unexpected )", Flaw.CLOSE),
    ("no argument for repetition operator", Flaw.REPEAT),
    ("bad repetition operator", Flaw.REPEAT),
    ("invalid repetition size", Flaw.TIMES),
    ("invalid escape sequence", Flaw.ESCAPE),
    ("trailing \\", Flaw.ESCAPE),
    ("invalid character class", Flaw.RANGE),
    ("invalid perl operator", Flaw.LOOK),
    ("invalid named capture group", Flaw.NAME),
    ("pattern too large", Flaw.LARGE),
)


def _flawed(pattern: str, error: Exception) -> Flawed:
    """Read what the engine says: a reason, and mostly the part of the pattern it is about."""
    raw = error.args[0] if error.args else b""
    said = raw.decode(errors="replace") if isinstance(raw, bytes) else str(raw)
    flaw = next((flaw for reason, flaw in _REASONS if said.startswith(reason)), Flaw.OTHER)
    if said.startswith(("missing )", "unexpected )")):
        place = _unpaired(pattern)
        return Flawed(flaw, pattern, place, pattern[place - 1 : place])
    if said.startswith("trailing"):
        return Flawed(flaw, pattern, len(pattern), "\\")
    part = said.partition(": ")[2]
    place = pattern.find(part) + 1 if part and flaw is not Flaw.LARGE else 0
    return Flawed(flaw, pattern, place, part if place else "")


def _unpaired(pattern: str) -> int:
    """Return at which character the first ``)`` stands that closes nothing, or else the last ``(`` that is not closed."""
    opened: list[int] = []
    escaped = in_class = False
    for place, char in enumerate(pattern, 1):
        if escaped or char == "\\":
            escaped = not escaped
        elif in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        elif char == "(":
            opened.append(place)
        elif char == ")":
            if not opened:
                return place
            opened.pop()
    return opened[-1] if opened else 0

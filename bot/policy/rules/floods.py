"""Detectors of too much at once: messages, the same again, stickers, pictures, advertisements said twice (R13, R27)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final
from zlib import crc32

from bot.policy.rules.fields import Field, Number
from bot.policy.rules.findings import Hit, Past, Reason, Trace
from bot.policy.rules.message import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from bot.policy.rules.message import Seen
    from bot.policy.rules.plain import Plain

MOST_REMEMBERED: Final = 40
"""Messages of a person that are remembered: no flood can be set to more."""
_SHINGLE: Final = 3
_LATIN_SHINGLE: Final = 5
_SKETCH: Final = 48
_LEAST: Final = 16
"""Letters: shorter texts are alike by chance, and no advertisements."""
_ALIKE: Final = 0.6
"""Of what two texts have, so much must be in both."""


def trace_of(seen: Seen) -> Trace:
    """Return what is remembered of a message."""
    memo = seen.plain.memo
    if trace_of not in memo:
        run = seen.plain.run
        memo[trace_of] = Trace(seen.at, seen.kind, crc32(run.encode()) if run else 0, seen.album)
    trace: Trace = memo[trace_of]
    return trace


@dataclass(frozen=True, slots=True)
class Flood:
    """More than ``messages`` in ``seconds``, the same text more than ``same`` times, or more than ``stickers``.

    ``night`` is the number of messages in the night hours; 0: as by day.
    """

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Number("messages", 1, MOST_REMEMBERED - 1, asked=True),
        Number("seconds", 5, 3600),
        Number("same", 1, MOST_REMEMBERED - 1),
        Number("stickers", 1, MOST_REMEMBERED - 1),
        Number("night", 0, MOST_REMEMBERED - 1),
    )

    messages: int = 8
    seconds: int = 20
    same: int = 3
    stickers: int = 5
    night: int = 4

    def find(self, seen: Seen, past: Past) -> Hit | None:
        """Say what there is too much of."""
        if seen.edited:
            return None
        mine = trace_of(seen)
        if mine.same and _count(past.recent, mine, 10 * self.seconds, lambda old: old.same == mine.same) >= self.same:
            return Hit(Reason.REPEATED, str(self.same))
        near = [old for old in past.recent if _is_near(old, mine, self.seconds)]
        if seen.kind is Kind.STICKER and sum(old.kind is Kind.STICKER for old in near) >= self.stickers:
            return Hit(Reason.STICKERS, str(self.stickers))
        most = min(self.night, self.messages) if past.night and self.night else self.messages
        return Hit(Reason.FLOOD, str(most)) if _pieces(near) >= most else None


@dataclass(frozen=True, slots=True)
class Pictures:
    """More than ``most`` pictures in ``seconds``; an album counts as one (R13)."""

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Number("most", 1, MOST_REMEMBERED - 1, asked=True),
        Number("seconds", 60, 3600),
    )

    most: int = 3
    seconds: int = 600

    def find(self, seen: Seen, past: Past) -> Hit | None:
        """Say how many are allowed."""
        if seen.kind is not Kind.PICTURE or seen.edited:
            return None
        mine = trace_of(seen)
        near = [old for old in past.recent if old.kind is Kind.PICTURE and _is_near(old, mine, self.seconds)]
        return Hit(Reason.PICTURES, str(self.most)) if _pieces(near) >= self.most else None


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Nearly the same text more than ``allowed`` times within ``hours``, whoever writes it (R27)."""

    FIELDS: ClassVar[tuple[Field, ...]] = (Number("hours", 1, 24 * 30, asked=True), Number("allowed", 1, 20))

    hours: int = 24
    allowed: int = 1

    def find(self, seen: Seen, past: Past) -> Hit | None:
        """Say how often it was said before."""
        if seen.edited:
            return None
        since = seen.at - self.hours * 3600
        times = sum(at > since for at in past.alike)
        return Hit(Reason.DUPLICATE, str(times)) if times >= self.allowed else None


def _is_near(old: Trace, mine: Trace, seconds: int) -> bool:
    return mine.at - old.at < seconds and not (mine.album and old.album == mine.album)


def _count(recent: Sequence[Trace], mine: Trace, seconds: int, alike: Callable[[Trace], bool]) -> int:
    return sum(1 for old in recent if mine.at - old.at < seconds and alike(old))


def _pieces(traces: Iterable[Trace]) -> int:
    """Count messages, an album as one."""
    albums: set[str] = set()
    single = 0
    for trace in traces:
        if trace.album:
            albums.add(trace.album)
        else:
            single += 1
    return single + len(albums)


# Nearly the same

Sketch = tuple[int, ...]
"""What is kept of a text to know it again: the smallest of its pieces' numbers, in ascending order."""


def sketch(text: Plain) -> Sketch | None:
    """Return a text's sketch without its digits, emoji, signs and spaces; None for one that is too short."""
    letters = text.run if text.run.isalpha() else "".join(char for char in text.run if not char.isdigit())
    if len(letters) < _LEAST:
        return None
    # Three Latin letters in a row are in half of all messages, three Chinese characters in hardly another one.
    if letters.isascii():
        units, step, length = letters.encode(), 1, _LATIN_SHINGLE
    else:
        units, step, length = letters.encode("utf-16-le", "surrogatepass"), 2, 2 * _SHINGLE
    pieces = set(map(crc32, [units[at : at + length] for at in range(0, len(units) - length + 1, step)]))
    return tuple(sorted(pieces)[:_SKETCH])


def are_alike(one: Collection[int], other: Collection[int]) -> bool:
    """Say whether two texts are nearly the same; fastest where the first is a frozen set."""
    shared = frozenset(one).intersection(other)
    if len(shared) < _ALIKE * max(len(one), len(other)):
        return False
    smallest = sorted({*one, *other})[:_SKETCH]
    return sum(piece in shared for piece in smallest) >= _ALIKE * len(smallest)

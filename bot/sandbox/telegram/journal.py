"""What the bots asked of Telegram and what they were told."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MOST_CALLS = 50_000


@dataclass
class JournalEntry:
    """One method call; ``n`` rises from 1."""

    n: int
    at: int
    bot_id: int
    method: str
    params: dict[str, Any]
    ok: bool | None = None  # None while it runs, or when no answer was given
    error_code: int | None = None
    description: str | None = None
    result: Any = None
    ms: float = 0.0


class Journal:
    """The last calls, oldest first."""

    def __init__(self) -> None:
        self._calls: deque[JournalEntry] = deque(maxlen=MOST_CALLS)
        self._next = 1

    def __iter__(self) -> Iterator[JournalEntry]:
        return iter(tuple(self._calls))

    def __len__(self) -> int:
        return len(self._calls)

    def begin(self, at: int, bot_id: int, method: str, params: dict[str, Any]) -> JournalEntry:
        """Note a call before it is carried out."""
        entry = JournalEntry(self._next, at, bot_id, method, params)
        self._next += 1
        self._calls.append(entry)
        return entry

    def of(self, *methods: str) -> list[JournalEntry]:
        """Return the calls of some methods."""
        return [entry for entry in self._calls if entry.method in methods]

    def since(self, n: int, limit: int = 200) -> list[JournalEntry]:
        """Return calls after the ``n``-th, at most ``limit`` of the newest."""
        newer = list(itertools.takewhile(lambda entry: entry.n > n, reversed(self._calls)))
        return newer[:limit][::-1]

    def clear(self) -> None:
        """Forget the calls; numbers go on."""
        self._calls.clear()

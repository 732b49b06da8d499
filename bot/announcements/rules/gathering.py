"""An announcement that is being made of an album: its files come one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

WAIT: Final = timedelta(seconds=1)
"""So long the card waits for another file after the last."""
ENOUGH: Final = timedelta(minutes=1)
"""When nothing has come for so long, nothing more will."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """Where the files come from, and where the card belongs: in which chat, and as which reader's.

    ``shown`` says how many files the card has shown; 0 while there is none.
    """

    from_chat_id: int
    album: str
    chat_id: int
    thread_id: int | None
    reader: str
    shown: int = 0

"""Who walks in, as an organiser types it: ``Grandma Wang +1``."""

from __future__ import annotations

import re
from typing import Final

from bot.events.rules.plan import MOST_GUESTS
from bot.kernel.numerals import fold

NAME_LIMIT: Final = 64
_GUESTS = re.compile(r"(?:^|\s)\+ *([0-9]{1,9})$")


def read_walk_in(text: str) -> tuple[str, int | None]:
    """Take the guests off the end of a line: the name, and how many come along (None: not said)."""
    said = " ".join(text.split())
    match = _GUESTS.search(fold(said))
    if match is None:
        return said, None
    return said[: match.start()].strip(), int(match[1])


def too_many(guests: int | None) -> bool:
    """Say whether that is more guests than one person may bring."""
    return guests is not None and guests > MOST_GUESTS


def search_key(name: str) -> str:
    """Return a name as it is compared with what somebody looks for: without case, width and white space."""
    return "".join(fold(name).split())

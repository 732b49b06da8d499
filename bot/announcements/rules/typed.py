"""What people type after ``/announce``."""

from __future__ import annotations

import re
from typing import Final

from bot.kernel.numerals import fold

_BAR: Final = re.compile("[|｜]")


def read_number(word: str) -> int | None:
    """Read "12" or "#12"."""
    digits = fold(word).removeprefix("#")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else None


def split_number(line: str) -> tuple[int | None, str]:
    """Split a line into the number it begins with and the rest; a bar between the two, "1 | text", is left out."""
    head, *tail = _BAR.split(line, maxsplit=1)
    if tail and len(head.split()) == 1:
        return read_number(head.strip()), tail[0].strip()
    parts = line.split(maxsplit=1)
    if not parts:
        return None, ""
    return read_number(parts[0]), parts[1].strip() if len(parts) > 1 else ""


def without_bar(text: str) -> str:
    """Return a text without the bar that somebody put before it, as between the fields of a longer line."""
    return text[1:].lstrip() if _BAR.match(text) else text

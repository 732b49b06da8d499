"""What people type after ``/announce``."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from enum import Enum
from typing import Final, TypeVar

from bot.announcements.rules.house import MOST_LATE, Review
from bot.kernel.durations import parse_duration
from bot.kernel.numerals import fold

T = TypeVar("T")

_ON: Final = frozenset({"on", "yes", "开", "打开", "开启", "是"})
_OFF: Final = frozenset({"off", "no", "none", "关", "关闭", "关掉", "否", "不"})
_EVERYWHERE: Final = frozenset({"everywhere", "all", "全部", "所有", "所有群", "各群", "到处"})
_BAR: Final = re.compile("[|｜]")


class Setting(Enum):
    """What a group can settle for its announcements."""

    REVIEW = "review"
    LATE = "late"


_SETTINGS: Final[dict[str, Setting]] = {
    **dict.fromkeys(("review", "审核", "审稿"), Setting.REVIEW),
    **dict.fromkeys(("late", "delay", "迟发", "延迟", "补发"), Setting.LATE),
}
_WAYS: Final[dict[str, Review]] = {
    **dict.fromkeys(("none", "off", "no", "无", "关", "关闭", "不审核", "不用"), Review.NONE),
    **dict.fromkeys(("other", "on", "one", "别人", "他人", "一人", "一名审核人", "开", "开启"), Review.OTHER),
    **dict.fromkeys(("owner", "群主", "仅群主", "只限群主"), Review.OWNER),
}
_NEVER: Final = frozenset({"never", "off", "no", "none", "0", "从不", "不", "不发", "关", "关闭"})


def setting_named(word: str) -> Setting | None:
    """Return the setting that a word means."""
    return _SETTINGS.get(fold(word))


def read_review(typed: str) -> Review | None:
    """Read who reviews."""
    return _WAYS.get(fold(typed).strip())


def read_late(typed: str) -> timedelta | None:
    """Read how late is too late."""
    if fold(typed).strip() in _NEVER:
        return timedelta(0)
    found = parse_duration(typed)
    return None if found is None or found > MOST_LATE else found


def split_everywhere(line: str) -> tuple[bool, str]:
    """Split "everywhere 12 wrong date" into whether all groups are meant, and the rest."""
    first, _, rest = line.strip().partition(" ")
    return (True, rest.strip()) if fold(first) in _EVERYWHERE else (False, line.strip())


def read_number(word: str) -> int | None:
    """Read "12" or "#12"."""
    digits = fold(word).removeprefix("#")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else None


def holds_number(line: str) -> bool:
    """Say whether a word of the line is the number of an announcement, as in "all 12"."""
    return any(read_number(word) is not None for word in line.split())


def split_number(line: str) -> tuple[int | None, str]:
    """Split a line into the number it begins with and the rest; a bar between the two, "1 | text", is left out."""
    head, *tail = _BAR.split(line, maxsplit=1)
    if tail and len(head.split()) == 1:
        return read_number(head.strip()), tail[0].strip()
    parts = line.split(maxsplit=1)
    if not parts:
        return None, ""
    return read_number(parts[0]), parts[1].strip() if len(parts) > 1 else ""


def read_switch(word: str) -> bool | None:
    """Read "on" or "off"; None where it is neither."""
    said = word.strip().casefold()
    if said in _ON:
        return True
    return False if said in _OFF else None


def without_bar(text: str) -> str:
    """Return a text without the bar that somebody put before it, as between the fields of a longer line."""
    return text[1:].lstrip() if _BAR.match(text) else text


def split_page(typed: str, named: Callable[[str], T | None]) -> tuple[T | None, int] | None:
    """Split "scheduled 2" into what its words mean and the page, which is the first one unless it is said; None if it is neither."""
    words, _, last = typed.rpartition(" ")
    page = read_number(last)
    wanted = named(words if page is not None else typed)
    if wanted is None and (words or page is None):
        return None
    return wanted, 1 if page is None else page

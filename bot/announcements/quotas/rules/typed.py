"""What people type after ``/quota``: "Sales 4 a month", "每月 4 篇" and the like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.announcements.quotas.rules.periods import Period
from bot.announcements.quotas.rules.quota import MOST, NAME_LIMIT
from bot.kernel.blank import is_blank
from bot.kernel.numerals import NUMBER, fold, whole_number

_PERIODS: Final = {
    Period.WEEK: ("weekly", "weeks", "week", "wk", "w", "周", "星期", "礼拜"),
    Period.MONTH: ("monthly", "months", "month", "mo", "m", "月份", "月"),
    Period.QUARTER: ("quarterly", "quarters", "quarter", "q", "季度", "季"),
}
_LONGEST: Final = 160
"""A longer line says something else."""
_BY_WORD: Final = {word: period for period, words in _PERIODS.items() for word in words}
_WORDS: Final = "|".join(sorted(_BY_WORD, key=len, reverse=True))
_COUNT: Final = rf"(?P<count>{NUMBER}|-?[0-9.,]+|[a-z]+)"
_ENGLISH: Final = re.compile(
    rf"(?P<who>.*?)[\s:：|｜,，]*(?<![0-9.,-]){_COUNT}\s*(?:announcements?|texts?|pieces?|times|x|篇|次|条|份|个)?"
    rf"\s*(?:/|,|a |an |per |each |every |每个?|一)?\s*(?P<period>{_WORDS})\.?"
)
_CHINESE: Final = re.compile(rf"(?P<who>.*?)[\s:：|｜,，]*每个?(?P<period>{_WORDS})\s*{_COUNT}\s*(?:篇|次|条|份|个)?")
_TAIL: Final = re.compile(
    rf"(?P<who>.*?)[\s:：|｜,，]*(?:a |an |per |each |every |每个?|/)?(?<![a-z])(?P<period>{_WORDS})"
)
_KEEPER: Final = re.compile(
    r"(?P<line>.*?\S)[\s,，]+(?:by\s+|由\s*)?[@＠](?P<name>[^\s@＠]+?)(?:\s*负责)?\s*", re.IGNORECASE
)
_EVERYBODY: Final = frozenset(
    {
        "everybody",
        "everyone",
        "all",
        "every member",
        "each member",
        "members",
        "全体",
        "全员",
        "所有人",
        "每人",
        "每个人",
        "人人",
        "大家",
    }
)


class Fault(StrEnum):
    """What is wrong with a line."""

    SHAPE = "shape"
    """It does not say who, how many and how often."""
    COUNT = "count"
    """No such number can be owed."""
    NAME = "name"
    """The name is empty or too long."""


@dataclass(frozen=True, slots=True)
class Amount:
    """So many in each period; ``who`` is what stands before that."""

    who: str
    count: int
    period: Period


def read_amount(line: str) -> Amount | Fault:
    """Read "Sales 4 a month" or "销售部 每月4篇"; of a line whose person is known already, "4 a month"."""
    text = line.strip()
    folded = fold(text) if len(text) <= _LONGEST else ""
    found = _CHINESE.fullmatch(folded) or _ENGLISH.fullmatch(folded)
    if found is None:
        return Fault.SHAPE
    count = read_count(found["count"])
    if isinstance(count, Fault):
        return count
    return Amount(text[: found.end("who")].strip(), count, _BY_WORD[found["period"]])


def split_keeper(line: str) -> tuple[str, str]:
    """Return what "Sales 4 a month @mei" says of the quota, and who answers for it, "@mei"; "" where nobody is named."""
    found = _KEEPER.fullmatch(line) if len(line) <= _LONGEST else None
    return (line, "") if found is None else (found["line"], f"@{found['name']}")


def read_count(text: str) -> int | Fault:
    """Read how many are owed."""
    count = whole_number(fold(text.strip()))
    return count if count is not None and 1 <= count <= MOST else Fault.COUNT


def read_subject(line: str) -> tuple[str, Period | None]:
    """Read whose quota is meant, "Sales" or "Sales a month": the name, and the period if one is named."""
    text = line.strip()
    found = _TAIL.fullmatch(fold(text)) if len(text) <= _LONGEST else None
    if found is None or not found["who"].strip():
        return text, None
    return text[: found.end("who")].strip(), _BY_WORD[found["period"]]


def read_period(text: str) -> Period | None:
    """Read a period alone."""
    return _BY_WORD.get(fold(text.strip()).removeprefix("每").removeprefix("个"))


def is_everybody(name: str) -> bool:
    """Say whether every member is meant."""
    return " ".join(fold(name).split()) in _EVERYBODY


def clean_name(name: str) -> str | Fault:
    """Return a department's name as it is kept."""
    kept = " ".join(name.replace("\0", "").split())
    return Fault.NAME if is_blank(kept) or len(kept) > NAME_LIMIT else kept

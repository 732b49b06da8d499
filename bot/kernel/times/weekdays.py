"""Sets of weekdays as people type them."""

from __future__ import annotations

import re
from typing import Final

from bot.kernel.numerals import fold
from bot.kernel.times import chinese, english

_ALL: Final = frozenset(range(7))
_WORKING: Final = frozenset(range(5))
_WEEKEND: Final = frozenset({5, 6})

_GROUP: Final = re.compile(
    r"(?:(?:on |every )?(?:(?P<working>week ?days?|work(?:ing)? ?days?)|(?P<weekend>weekends?)|(?P<all>every ?day|daily|all days))"
    r"(?![a-z])|(?P<working_zh>每?个?工作日|平日)|(?P<weekend_zh>每?个?周末|双休日?)|(?P<all_zh>每天|每日|天天))"
)
# 周一三五: a further number must not be the hour of 周一三点
_MORE: Final = rf"{chinese.DAY_OF_WEEK}(?![十点时:半刻])"
_DAY: Final = re.compile(rf"(?P<name>{english.WEEKDAY})\.?|{chinese.WEEK}(?P<zh>{chinese.DAY_OF_WEEK})")
_BARE: Final = re.compile(rf"(?P<zh>{_MORE})")
_RANGE: Final = re.compile(r" *(?:[-–—~]|to(?![a-z])|through(?![a-z])|到|至) *")
_AND: Final = re.compile(r" *(?:,? *(?:and|&)(?![a-z])|[,/、+]|和|及|与|跟)? *(?:on +)?")


def parse_weekdays(text: str) -> frozenset[int] | None:
    """Read a set of weekdays (Monday 0): ``Mon-Fri``, ``Mon, Wed``, ``weekends``, 周一到周五, 周一三五, 工作日.

    A range may go over the end of the week (``Fri-Mon``). ``None`` if it is not understood.
    """
    folded = fold(text).strip()
    scanned = scan_weekdays(folded, 0)
    return scanned[0] if scanned is not None and scanned[1] == len(folded) else None


def scan_weekdays(folded: str, start: int) -> tuple[frozenset[int], int] | None:
    """Read the weekdays that begin at ``start`` of a folded text; with them, where they end."""
    group = _GROUP.match(folded, start)
    if group is not None:
        key = str(group.lastgroup).removesuffix("_zh")
        return {"working": _WORKING, "weekend": _WEEKEND, "all": _ALL}[key], group.end()
    days: set[int] = set()
    at, end, chinese_before = start, start, False
    while (item := _item(folded, at, bare=chinese_before)) is not None:
        days |= item[0]
        end, chinese_before = item[1], item[2]
        joint = _AND.match(folded, end)
        at = end if joint is None else joint.end()
    return (frozenset(days), end) if days else None


def _item(folded: str, at: int, *, bare: bool) -> tuple[set[int], int, bool] | None:
    """Return the days of one weekday or range, its end, and whether it was Chinese."""
    first = _one(folded, at, bare=bare)
    if first is None:
        return None
    day, end, is_chinese = first
    joint = _RANGE.match(folded, end)
    last = None if joint is None else _one(folded, joint.end(), bare=is_chinese)
    if last is None:
        return {day}, end, is_chinese
    return {(day + step) % 7 for step in range((last[0] - day) % 7 + 1)}, last[1], last[2]


def _one(folded: str, at: int, *, bare: bool) -> tuple[int, int, bool] | None:
    found = _DAY.match(folded, at) or (_BARE.match(folded, at) if bare else None)
    if found is None:
        return None
    if found["zh"]:
        return chinese.weekday_number(found["zh"]), found.end(), True
    return english.weekday_number(found["name"]), found.end(), False

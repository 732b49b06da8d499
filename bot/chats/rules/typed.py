"""Settings as people type them, in English and Chinese: quiet hours, holidays, labels, topics."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.kernel.groups import Purpose, QuietHours
from bot.kernel.times import InPast, NoSuchDay, Parsed, is_impossible, parse_range, parse_time

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

LABEL_LIMIT: Final = 32
"""The most characters a label may have; longer ones would not fit on a button."""
HOLIDAY_LIMIT: Final = 366
QUIET_LIMIT: Final = 7
OFF_WORDS: Final = frozenset({"off", "none", "no", "clear", "关", "关闭", "取消", "无"})

# Quiet hours


@dataclass(frozen=True, slots=True)
class Off:
    """The person wants none."""


class Unclear(Enum):
    """Why what was typed will not do."""

    QUIET = "quiet"
    QUIET_EMPTY = "quiet_empty"
    QUIET_MANY = "quiet_many"
    NO_SUCH_HOUR = "no_such_hour"
    DATE = "date"
    NO_SUCH_DAY = "no_such_day"
    DATE_PAST = "date_past"
    DATES_MANY = "dates_many"
    LABEL = "label"
    PURPOSE = "purpose"


_LONGEST: Final = 100
"""No stretch of quiet hours is written in more characters; a bound on the work an over-long text can cause."""
_DOTTED: Final = re.compile(r"(?<=\d)\.(?=\d{2}(?!\d))")
_NEXT_DAY: Final = re.compile("次日|第二天|翌日")
_DAYS: Final = {
    **{name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))},
    **{f"{prefix}{sign}": n for prefix in ("周", "星期", "礼拜") for n, sign in enumerate("一二三四五六日")},
    **{f"{prefix}天": 6 for prefix in ("周", "星期", "礼拜")},
}
_DAY_SETS: Final = {
    **dict.fromkeys(("", "daily", "every day", "每天"), frozenset(range(7))),
    **dict.fromkeys(("weekdays", "workdays", "工作日"), frozenset(range(5))),
    **dict.fromkeys(("weekend", "weekends", "周末"), frozenset({5, 6})),
}
_DASHES: Final = str.maketrans(
    {"–": "-", "—": "-", "~": "-", "～": "-", "−": "-", "，": ",", "、": ",", "；": ";", "：": ":"}
)


def folded(text: str) -> str:
    """Return what was typed in small letters, with plain digits, dashes and commas and single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_DASHES).casefold().split())


def read_quiet(text: str) -> tuple[QuietHours, ...] | Off | Unclear:
    """Read ``22:00-07:30``, ``10pm-7am``, 晚上10点到早上7点半, with days before or after (``mon-fri``, ``sat,sun``, 工作日).

    Several are parted by semicolons.
    """
    typed = folded(text)
    if typed in OFF_WORDS:
        return Off()
    parts = [part.strip() for part in typed.split(";") if part.strip()]
    if len(parts) > QUIET_LIMIT:
        return Unclear.QUIET_MANY
    hours: list[QuietHours] = []
    for part in parts:
        read = _read_stretch(part)
        if isinstance(read, Unclear):
            return read
        hours.append(read)
    return tuple(hours) or Unclear.QUIET


def _read_stretch(part: str) -> QuietHours | Unclear:
    typed = _NEXT_DAY.sub("", _DOTTED.sub(":", part))
    found = _stretch(typed)
    if found is None:
        wrong_hour = len(typed) <= _LONGEST and is_impossible(typed, lambda mended: _stretch(mended) is not None)
        return Unclear.NO_SUCH_HOUR if wrong_hour else Unclear.QUIET
    return Unclear.QUIET_EMPTY if found.start == found.end else found


def _stretch(typed: str) -> QuietHours | None:
    """Read the hours, with the days at either end: the longest text that reads as hours is taken for them."""
    if len(typed) > _LONGEST:
        return None
    for cut in range(len(typed), 0, -1):
        for hours, days in ((typed[:cut], typed[cut:]), (typed[-cut:], typed[:-cut])):
            weekdays = read_weekdays(days)
            ends = None if weekdays is None else parse_range(hours)
            if weekdays is not None and ends is not None:
                start, end = (at.replace(second=0) for at in ends)
                return QuietHours(start, end, weekdays)
    return None


def read_weekdays(text: str) -> frozenset[int] | None:
    """Read weekdays, Monday 0: ``mon-fri``, ``sat,sun``, ``weekdays``, 周一至周五; nothing at all means every day."""
    typed = text.strip()
    if typed in _DAY_SETS:
        return _DAY_SETS[typed]
    days: set[int] = set()
    for part in re.split(r"[, ]+", re.sub(r"\s*(?:-|至|到)\s*", "-", typed)):
        ends = [_day(name) for name in part.split("-")]
        if len(ends) > 2 or None in ends:
            return None
        first, last = ends[0], ends[-1]
        if first is None or last is None:
            return None
        days.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    return frozenset(days)


def _day(name: str) -> int | None:
    return _DAYS.get(name, _DAYS.get(name[:3]) if _FULL_DAY.fullmatch(name) else None)


_FULL_DAY: Final = re.compile("mondays?|tues?(?:days?)?|wednesdays?|thur?s?(?:days?)?|fridays?|saturdays?|sundays?")


# Holidays

_DATE: Final = r"(?:(\d{4})(?:-|/|\.|年)(?=\d{1,2}[-/.月])|(?=\d{1,2}[-月]))(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?"
_DATES: Final = re.compile(rf"{_DATE}(?:\s*(?:\.\.+|to|until|至|到|\s-\s|-(?=\d{{4}}-))\s*{_DATE})?")


_BETWEEN: Final = re.compile(r"\s*(?:\.\.+|\bto\b|\buntil\b|至|到|\s-\s)\s*")


def read_holidays(text: str, today: date) -> tuple[date, ...] | Unclear:
    """Read a day (``2026-12-25``, ``12-25``, 12月25日, "Dec 25") or a span of days (``2026-10-01 to 2026-10-07``).

    A day without a year is the next such day. ``1/2`` and ``01/02/2027`` could mean either order and are not taken.
    """
    ends = _ends(folded(text), today)
    if isinstance(ends, Unclear):
        return ends
    first, last = ends
    if last < first:
        return Unclear.DATE
    if last < today:
        return Unclear.DATE_PAST
    if (last - first).days >= HOLIDAY_LIMIT:
        return Unclear.DATES_MANY
    return tuple(first + timedelta(days=step) for step in range((last - first).days + 1))


def _ends(typed: str, today: date) -> tuple[date, date] | Unclear:
    found = _DATES.fullmatch(typed)
    if found is None:
        return _ends_in_words(typed, today)
    first = _holiday(found[1], found[2], found[3], today)
    if first is None:
        return Unclear.NO_SUCH_DAY
    last = first if found[5] is None else _holiday(found[4], found[5], found[6], first)
    return Unclear.NO_SUCH_DAY if last is None else (first, last)


def _ends_in_words(typed: str, today: date) -> tuple[date, date] | Unclear:
    """Read the days as they are spoken of: "Dec 25 to Jan 2", 明天, 5月1日到5日."""
    parts = _BETWEEN.split(typed)
    first = _spoken_day(parts[0], today)
    if len(parts) == 1 or isinstance(first, Unclear):
        return first if isinstance(first, Unclear) else (first, first)
    last = _spoken_day(parts[1], first) if len(parts) == 2 else Unclear.DATE
    return last if isinstance(last, Unclear) else (first, last)


def _spoken_day(typed: str, today: date) -> date | Unclear:
    match parse_time(typed, datetime.combine(today, time(), UTC), ZoneInfo("UTC")):
        case Parsed(at=at, date_only=True):
            return at.date()
        case NoSuchDay():
            return Unclear.NO_SUCH_DAY
        case InPast():
            return Unclear.DATE_PAST
        case _:
            return Unclear.DATE


def _holiday(year: str | None, month: str, day: str, earliest: date) -> date | None:
    years = (int(year),) if year else range(earliest.year, earliest.year + 5)
    for candidate in years:
        try:
            found = date(candidate, int(month), int(day))
        except ValueError:
            continue
        if year or found >= earliest:
            return found
    return None


def with_holidays(held: Collection[date], added: Iterable[date], today: date) -> frozenset[date] | Unclear:
    """Add holidays, and forget those more than a month past."""
    kept = {day for day in held if day >= today - timedelta(days=31)} | set(added)
    return Unclear.DATES_MANY if len(kept) > HOLIDAY_LIMIT else frozenset(kept)


def spans_of(days: Iterable[date]) -> tuple[tuple[date, date], ...]:
    """Gather days into spans of consecutive ones, in order."""
    spans: list[tuple[date, date]] = []
    for day in sorted(days):
        if spans and day - spans[-1][1] == timedelta(days=1):
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return tuple(spans)


# Labels and topics

_PURPOSE_WORDS: Final[dict[str, Purpose]] = {
    **dict.fromkeys(("announcements", "announcement", "announce", "公告", "通知"), "announcements"),
    **dict.fromkeys(("events", "event", "活动"), "events"),
    **dict.fromkeys(("cases", "case", "violations", "违规", "处理"), "cases"),
    **dict.fromkeys(("digest", "日报", "摘要"), "digest"),
}


def read_label(text: str) -> str | Off | Unclear:
    """Read a label: one line of at most :data:`LABEL_LIMIT` characters."""
    typed = " ".join(text.split())
    if folded(typed) in OFF_WORDS:
        return Off()
    return typed if typed and len(typed) <= LABEL_LIMIT and typed.isprintable() else Unclear.LABEL


def read_topic(text: str) -> tuple[Purpose, bool] | Unclear:
    """Read ``announcements here`` or ``announcements off``; the flag says whether it is to be set."""
    words = folded(text).split()
    purpose = _PURPOSE_WORDS.get(words[0]) if words else None
    if purpose is None or len(words) > 2:
        return Unclear.PURPOSE
    if len(words) == 1 or words[1] in {"here", "on", "这里", "此处", "开"}:
        return purpose, True
    return (purpose, False) if words[1] in OFF_WORDS else Unclear.PURPOSE

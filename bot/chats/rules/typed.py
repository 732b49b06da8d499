"""Settings as people type them, in English and Chinese: quiet hours, holidays, labels, topics."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final

from bot.kernel.groups import Purpose, QuietHours

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
    DATE = "date"
    DATE_PAST = "date_past"
    DATES_MANY = "dates_many"
    LABEL = "label"
    PURPOSE = "purpose"


_SPAN: Final = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|to|until|至|到)\s*(\d{1,2})(?:[:.](\d{2}))?\s*(.*)")
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
    """Read ``22:00-07:30``, with days after it (``mon-fri``, ``sat,sun``, 工作日); several are parted by semicolons."""
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
    found = _SPAN.fullmatch(part)
    days = read_weekdays(found[5]) if found else None
    if found is None or days is None:
        return Unclear.QUIET
    start, end = _clock(found[1], found[2]), _clock(found[3], found[4])
    if start is None or end is None:
        return Unclear.QUIET
    return Unclear.QUIET_EMPTY if start == end else QuietHours(start, end, days)


def _clock(hours: str, minutes: str | None) -> time | None:
    hour, minute = int(hours), int(minutes or 0)
    if hour == 24 and minute == 0:
        return time(0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


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


def read_holidays(text: str, today: date) -> tuple[date, ...] | Unclear:
    """Read a day (``2026-12-25``, ``12-25``, 12月25日) or a span of days (``2026-10-01 to 2026-10-07``).

    A day without a year is the next such day. ``1/2`` and ``01/02/2027`` could mean either order and are not taken.
    """
    found = _DATES.fullmatch(folded(text))
    if found is None:
        return Unclear.DATE
    first = _holiday(found[1], found[2], found[3], today)
    if first is None:
        return Unclear.DATE
    last = first if found[5] is None else _holiday(found[4], found[5], found[6], first)
    if last is None or last < first:
        return Unclear.DATE
    if last < today:
        return Unclear.DATE_PAST
    if (last - first).days >= HOLIDAY_LIMIT:
        return Unclear.DATES_MANY
    return tuple(first + timedelta(days=step) for step in range((last - first).days + 1))


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

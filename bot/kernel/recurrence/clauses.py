"""What stands around a recurrence: from when, until when, how many times, and what is left out, in English and Chinese."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.kernel.numerals import ENGLISH_NUMBERS, NUMBER, whole_number
from bot.kernel.recurrence.outcomes import Fault, Unread
from bot.kernel.times import Parsed, local_to_utc, parse_time, scan_weekdays, to_local

_MOST_SKIPPED: Final = 366
_LONGEST_SPAN: Final = timedelta(days=184)
"""Days that are written the wrong way round would leave out nearly a year."""


@dataclass(frozen=True)
class Clauses:
    """What a text says beside its days; ``not_on`` are weekdays left out."""

    begins: date | None = None
    until: date | None = None
    count: int | None = None
    skip: frozenset[date] = frozenset()
    not_on: frozenset[int] = frozenset()
    no_holidays: bool = False


@dataclass(frozen=True)
class _Frame:
    """What days are read against."""

    start: datetime
    tz: ZoneInfo

    def day(self, text: str, since: date | None = None) -> date | None:
        """Read a day and nothing else, that does not lie before ``since`` (the start if unsaid)."""
        local = self.start if since is None else datetime.combine(since, datetime.min.time())
        read = parse_time(text, local_to_utc(local, self.tz).at.astimezone(UTC), self.tz)
        return to_local(read.at, self.tz).date() if isinstance(read, Parsed) and read.date_only else None


def cut_clauses(folded: str, start: datetime, tz: ZoneInfo) -> tuple[str, Clauses] | Unread:
    """Take the clauses off a folded text, in whatever order they stand; with them, what is left."""
    frame, body, found = _Frame(start, tz), folded, Clauses()
    while (cut := _cut(body)) is not None:
        match, read = cut
        more = read(match, found, frame)
        if isinstance(more, Unread):
            return more
        found = more
        body = f"{body[: match.start()]} {body[match.end() :]}".strip(" ,、;")
    return (body, found) if found.until is None or found.count is None else Unread(Fault.TWO_ENDS)


def _cut(body: str) -> tuple[re.Match[str], _Reader] | None:
    for expression, read in _CLAUSES:
        match = expression.search(body)
        if match is not None:
            return match, read
    return None


# What each says


def _count(match: re.Match[str], found: Clauses, _: _Frame) -> Clauses | Unread:
    count = whole_number(match["en"] or match["zh"])
    if not count or found.count is not None:
        return Unread(Fault.END, match[0].strip(" ,"))
    return replace(found, count=count)


def _until(match: re.Match[str], found: Clauses, frame: _Frame) -> Clauses | Unread:
    said = match["date"] or match["zh"]
    last = _end_of(said, frame.start.date()) or frame.day(said)
    if last is None or found.until is not None:
        return Unread(Fault.END, said)
    return replace(found, until=last)


def _begins(match: re.Match[str], found: Clauses, frame: _Frame) -> Clauses | Unread:
    first = frame.day(match["date"])
    if first is None or found.begins is not None:
        return Unread(Fault.BEGIN, match["date"])
    return replace(found, begins=first)


def _between(match: re.Match[str], found: Clauses, frame: _Frame) -> Clauses | Unread:
    first = frame.day(match["first"])
    last = None if first is None else frame.day(match["last"], first)
    if first is None or last is None or found.begins is not None or found.until is not None:
        return Unread(Fault.BEGIN if first is None else Fault.END, match[0].strip())
    return replace(found, begins=first, until=last)


def _except(match: re.Match[str], found: Clauses, frame: _Frame) -> Clauses | Unread:
    for item in _ITEMS.split(match["days"].strip(" ,、;")):
        more = _left_out(item.strip(), found, frame)
        if more is None or len(more.skip) > _MOST_SKIPPED:
            return Unread(Fault.SKIP, item.strip())
        found = more
    return found


def _left_out(item: str, found: Clauses, frame: _Frame) -> Clauses | None:
    """Leave out holidays, weekdays, a day or a span of days; None if the item is none of them."""
    if _HOLIDAYS.fullmatch(item):
        return replace(found, no_holidays=True)
    weekdays = scan_weekdays(item, 0)
    if weekdays is not None and weekdays[1] == len(item):
        return replace(found, not_on=found.not_on | weekdays[0])
    ends = _SPAN.split(item)
    first = frame.day(ends[0])
    last = first if len(ends) == 1 else frame.day(ends[1], first) if len(ends) == 2 and first else None
    if first is None or last is None or not first <= last < first + _LONGEST_SPAN:
        return None
    days = frozenset(first + timedelta(days=step) for step in range((last - first).days + 1))
    return replace(found, skip=found.skip | days)


def _end_of(text: str, today: date) -> date | None:
    """Read the end of a year (年底, "the end of next year") or of a month by its English name ("end of June")."""
    year = _YEAR_END.fullmatch(text)
    if year is not None:
        said = year["en"] or year["zh"] or year["number"] or ""
        return date(int(said) if said.isdigit() else today.year + (said in {"明", "next"}), 12, 31)
    month = _MONTH_END.fullmatch(text)
    if month is None:
        return None
    number = _MONTHS.index(month["month"]) + 1
    in_year = int(month["year"]) if month["year"] else today.year + (number < today.month)
    return date(in_year, number, monthrange(in_year, number)[1])


# What they look like

_Reader = Callable[[re.Match[str], Clauses, _Frame], Clauses | Unread]

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_END: Final = re.compile(
    r"(?:(?P<zh>[今本明]|20[0-9]{2})年)?年?[底末]|(?:the )?(?:end of (?:the )?)?(?P<en>this|next|20[0-9]{2})? ?year(?:[ -]?end)?"
    r"|(?:the )?end of (?P<number>20[0-9]{2})"
)
_MONTH_END: Final = re.compile(rf"(?:the )?end of (?P<month>{'|'.join(_MONTHS)})[a-z]*(?: (?P<year>20[0-9]{{2}}))?")
_HOLIDAYS: Final = re.compile(r"(?:on )?(?:the )?(?:public |bank |national )?holidays|(?:法定)?(?:节假日|假日|假期)")
_ITEMS: Final = re.compile(r" *(?:,? and |[,、;&]|和|及|与|跟) *")
_SPAN: Final = re.compile(r" *(?:\.\.+| to | until | - |到|至|~|–|—) *")

_KEY: Final = (
    r"until |till |except|excluding|without |starting|beginning|from |but not |not on |skipping "
    r"|直到|截止|截至|除|不含|不包括|跳过|从|自(?=[0-9])"
)
_SOME: Final = rf"(?:(?!{_KEY}).)+?"
_TIMES: Final = re.compile(
    rf"(?:^|,? +)(?:for |x ?)?(?P<en>[0-9]{{1,4}}|{'|'.join(ENGLISH_NUMBERS)})(?: times| occurrences)$"
    rf"|[,、 ]*(?:总|(?<![周期拜])一)?(?:共|发|重复)*(?P<zh>{NUMBER})次(?:为止|后?就?(?:结束|停止|停))?$"
)
_EXCEPT: Final = re.compile(
    rf",? *(?:except(?: on| for)?|excluding|without|(?:but )?not on|skipping) +(?P<days>{_SOME})$"
)
_EXCEPT_ZH: Final = re.compile(
    r"[,、 ]*(?:除[了去]?|不含|不包括|跳过)(?P<days>[^外除]+?)(?:之?外|以外)?(?=$|[, ]+(?![0-9]+[月-]|[周星法节])|从|每|到年|直到|截)"
)
_EXCEPT_BEHIND: Final = re.compile(
    r"(?:^|[, ]+)(?P<days>(?:[0-9零〇一二三四五六七八九十年月日号周星期礼拜天末,、和及与至到 -]|法定|节?假日|假期)+?)(?:除外|不发|休息|跳过)$"
)
_UNTIL: Final = re.compile(
    rf"(?:^|,? +)(?:until|till|through|up to|ending(?: on)?) +(?P<date>{_SOME})$"
    rf"|[,、 ]*(?:一?直到|截止到?|截至|[到至](?=(?:[0-9一二三四五六七八九十本这下今明].*)?[月日号年][底末]?))(?P<zh>{_SOME})(?:为止|止|结束)?$"
)
_BEGINS: Final = re.compile(rf"(?:^|,? +)(?:starting|beginning|from)(?: on| from)? +(?P<date>{_SOME})$")
_DAY_ZH: Final = r"[0-9零〇一二三四五六七八九十年月]{0,12}[0-9一二三四五六七八九十]{1,4}[月日号]?[0-9一二三四五六七八九十]{0,4}[日号底]?"
_BEGINS_ZH: Final = re.compile(rf"[,、 ]*[从自](?P<date>{_SOME})(?:起|开始)[,、 ]*")
_BEGINS_BARE: Final = re.compile(rf"(?:^|[,、 ])(?P<date>{_DAY_ZH})(?:起|开始)[,、 ]*")
_BETWEEN: Final = re.compile(
    rf"^[从自]?(?P<first>(?=[^到至]*[月日号]){_DAY_ZH})起?[到至](?P<last>{_DAY_ZH})(?:为止|止|期间|之间)?[,、的 ]*(?=每|天天|工作日)"
)
_CLAUSES: Final[tuple[tuple[re.Pattern[str], _Reader], ...]] = (
    (_TIMES, _count),
    (_EXCEPT, _except),
    (_EXCEPT_BEHIND, _except),
    (_EXCEPT_ZH, _except),
    (_BETWEEN, _between),
    (_BEGINS, _begins),
    (_BEGINS_ZH, _begins),
    (_BEGINS_BARE, _begins),
    (_UNTIL, _until),
)

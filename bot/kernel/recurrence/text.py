"""Recurrences as people type them, in English and Chinese: "every 2 weeks on Mon", 每月最后一个周五."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.kernel.numerals import ENGLISH_NUMBERS, NUMBER, fold, whole_number
from bot.kernel.recurrence.rule import LAST, Freq, Recurrence, next_after
from bot.kernel.times import Parsed, local_to_utc, parse_clock, parse_time, scan_weekdays, to_local
from bot.kernel.times.english import WEEKDAY, weekday_number
from bot.kernel.times.scan import LONGEST

_FREQS: Final = {
    "day": Freq.DAILY,
    "daily": Freq.DAILY,
    "week": Freq.WEEKLY,
    "weekly": Freq.WEEKLY,
    "month": Freq.MONTHLY,
    "monthly": Freq.MONTHLY,
    "year": Freq.YEARLY,
    "yearly": Freq.YEARLY,
    "annually": Freq.YEARLY,
    "天": Freq.DAILY,
    "日": Freq.DAILY,
    "周": Freq.WEEKLY,
    "星期": Freq.WEEKLY,
    "礼拜": Freq.WEEKLY,
    "月": Freq.MONTHLY,
    "年": Freq.YEARLY,
}
_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth")
_NTH: Final = r"(?P<nth>first|second|third|fourth|fifth|last|[1-5](?:st|nd|rd|th))"
_COUNT: Final = rf"(?P<n>[0-9]{{1,4}}|{'|'.join(sorted(ENGLISH_NUMBERS, key=len, reverse=True))}|other|second)"


@dataclass(frozen=True)
class _Step:
    """What the text says of the rule; the start fills the rest."""

    freq: Freq
    interval: int = 1
    weekdays: frozenset[int] = frozenset()
    monthday: int | None = None
    nth: int | None = None


@dataclass(frozen=True)
class _End:
    until: date | None = None
    count: int | None = None


def parse_recurrence(text: str, start: datetime, zone: str) -> Recurrence | None:
    """Read a recurrence that begins at ``start`` (naive, local to ``zone``); ``None`` if it is not understood.

    The start is moved to the first occurrence, so that "every 2 weeks on Mon", said on a Wednesday, begins next Monday.
    A time of day at the end (每天早上9点) takes the place of the start's; "until 31 Dec", "10 times" and 共10次 end it.
    """
    if len(text) > LONGEST:
        return None
    folded = fold(text).strip()
    body, end = _ending(folded, start, zone)
    found = None if end is None else _step(body)
    if end is None or found is None:
        return None
    step, rest = found
    clock = parse_clock(re.sub(r"^(?:at +|,|的)", "", rest)) if rest else start.time()
    if clock is None:
        return None
    return _anchored(step, end, start.replace(second=0, microsecond=0), clock.replace(second=0, microsecond=0), zone)


def _anchored(step: _Step, end: _End, start: datetime, clock: time, zone: str) -> Recurrence | None:
    """Make the rule, and start it on its first day that is not before ``start``."""
    weekdays, monthday = step.weekdays, step.monthday
    if step.freq is Freq.WEEKLY and not weekdays:
        weekdays = frozenset({start.weekday()})
    if step.freq is Freq.MONTHLY and monthday is None and step.nth is None:
        monthday = start.day
    tz = ZoneInfo(zone)
    try:
        rule = Recurrence(
            datetime.combine(start.date(), clock), zone, step.freq, 1, weekdays, monthday, step.nth, end.until, None
        )
        begins = next_after(rule, local_to_utc(start, tz).at - timedelta(seconds=1))
        if begins is None:
            return None
        first = datetime.combine(to_local(begins, tz).date(), clock)
        return replace(rule, start=first, interval=step.interval, count=end.count)
    except ValueError:
        return None


_UNTIL: Final = re.compile(
    r",? *(?:until|till|直到|截止到|截至|到(?=[0-9一二三四五六七八九十本这下今明].*[月日号年底])) *(?P<date>.+?)(?:为止|止)?$"
)
_TIMES: Final = re.compile(
    rf",? *(?:(?:for |x ?)?(?P<en>[0-9]{{1,4}}|{'|'.join(ENGLISH_NUMBERS)})(?: times| occurrences)|共?(?P<zh>{NUMBER})次)$"
)


def _ending(folded: str, start: datetime, zone: str) -> tuple[str, _End | None]:
    """Cut off what says when it ends; an end that is not understood spoils the whole."""
    times = _TIMES.search(folded)
    if times is not None:
        count = whole_number(times["en"] or times["zh"])
        return folded[: times.start()].strip(), _End(count=count) if count else None
    until = _UNTIL.search(folded)
    if until is None:
        return folded, _End()
    tz = ZoneInfo(zone)
    last = parse_time(until["date"], local_to_utc(start, tz).at.astimezone(UTC), tz)
    if not isinstance(last, Parsed) or not last.date_only:
        return folded, None
    return folded[: until.start()].strip(), _End(until=to_local(last.at, tz).date())


def _step(body: str) -> tuple[_Step, str] | None:
    """Read the longest rule at the start of the text; with it, what follows."""
    best: tuple[_Step, int] | None = None
    for step, end in _steps(body):
        if best is None or end > best[1]:
            best = step, end
    return None if best is None else (best[0], body[best[1] :].strip())


def _steps(body: str) -> Iterator[tuple[_Step, int]]:
    for expression, build in _PATTERNS:
        found = expression.match(body)
        if found is None:
            continue
        step = build(found)
        if step is None:
            continue
        yield step, found.end()
        if step.freq is Freq.WEEKLY and not step.weekdays:
            yield from _on_weekdays(body, found.end(), step)
    yield from _on_weekdays(body, 0, _Step(Freq.WEEKLY), lead=_EVERY)


_ON: Final = re.compile(r" *(?:on +|,|的|逢)?(?:the +)?")
_EVERY: Final = re.compile(r"每?逢?个?(?=周|星期|礼拜|工作日|平日|双休)|(?:every|each|on)? *")


def _on_weekdays(body: str, at: int, step: _Step, *, lead: re.Pattern[str] = _ON) -> Iterator[tuple[_Step, int]]:
    joint = lead.match(body, at)
    scanned = scan_weekdays(body, at if joint is None else joint.end())
    if scanned is not None:
        yield replace(step, weekdays=scanned[0]), scanned[1]


def _interval(written: str | None) -> int | None:
    if not written:
        return 1
    return 2 if written in {"other", "second"} else whole_number(written)


def _every(found: re.Match[str]) -> _Step | None:
    interval = _interval(found["n"])
    return _Step(_FREQS[found["unit"]], interval) if interval else None


def _every_other(found: re.Match[str]) -> _Step:
    return _Step(Freq.WEEKLY, 2, weekdays=frozenset({weekday_number(found["day"])}))


def _nth(written: str) -> int:
    if written == "last":
        return LAST
    return _ORDINALS.index(written) + 1 if written in _ORDINALS else int(written[0])


def _nth_weekday(found: re.Match[str]) -> _Step | None:
    scanned = scan_weekdays(found["day"], 0)
    interval = _interval(found["n"])
    if scanned is None or not interval:
        return None
    return _Step(Freq.MONTHLY, interval, weekdays=scanned[0], nth=_nth(found["nth"]))


def _nth_day(found: re.Match[str]) -> _Step | None:
    interval = _interval(found["n"])
    return _Step(Freq.MONTHLY, interval, monthday=int(found["d"]) if found["d"] else LAST) if interval else None


def _chinese_interval(found: re.Match[str]) -> int | None:
    if found["apart"]:  # 隔周 is every second week, 每隔两周 every third
        between = 1 if not found["n"] else whole_number(found["n"])
        return None if between is None else between + 1
    return _interval(found["n"])


def _chinese_every(found: re.Match[str]) -> _Step | None:
    interval = _chinese_interval(found)
    return _Step(_FREQS[found["unit"]], interval) if interval else None


def _chinese_nth(found: re.Match[str]) -> _Step | None:
    scanned = scan_weekdays(found["day"], 0)
    interval = _chinese_interval(found)
    nth = LAST if found["which"] is None else whole_number(found["which"])
    if scanned is None or not interval or not nth:
        return None
    return _Step(Freq.MONTHLY, interval, weekdays=scanned[0], nth=nth)


def _chinese_day(found: re.Match[str]) -> _Step | None:
    interval = _chinese_interval(found)
    day = whole_number(found["d"]) if found["d"] else LAST
    return _Step(Freq.MONTHLY, interval, monthday=day) if interval and day else None


def _always(step: _Step) -> Callable[[re.Match[str]], _Step]:
    return lambda _: step


_WD: Final = r"(?P<day>[a-z]{3,9})(?![a-z])"
_EVERY_MONTHS: Final = rf"(?:monthly|(?:every|each) +(?:{_COUNT} +)?months?)"
_OF_MONTH: Final = r"(?: of (?:the|each|every|a) month)"
_PATTERNS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Step | None]], ...]] = tuple(
    (re.compile(expression), build)
    for expression, build in (
        (r"(?P<n>)?(?P<unit>daily|weekly|monthly|yearly|annually)(?![a-z])", _every),
        (rf"(?:every|each) +(?:{_COUNT} +)?(?P<unit>day|week|month|year)s?(?![a-z])", _every),
        (rf"(?:every|each) +other +(?P<day>{WEEKDAY})", _every_other),
        (r"(?:bi-?weekly|fortnightly|every fortnight)(?![a-z])", _always(_Step(Freq.WEEKLY, 2))),
        (rf"{_EVERY_MONTHS},?(?: on)?(?: the)? +{_NTH} +{_WD}", _nth_weekday),
        (rf"(?P<n>)?(?:every |each |on |the |on the )?{_NTH} +{_WD}{_OF_MONTH}", _nth_weekday),
        (rf"(?P<n>)?(?:every|each) +(?P<nth>first|third|fourth|fifth|last|[1-5](?:st|nd|rd|th)) +{_WD}", _nth_weekday),
        (
            rf"{_EVERY_MONTHS},?(?: on)?(?: the)? +(?:(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9:a-z])|last day)",
            _nth_day,
        ),
        (
            rf"(?P<n>)?(?:every |each |on )?(?:the )?(?:(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)|last day){_OF_MONTH}",
            _nth_day,
        ),
        (rf"每(?P<apart>隔)?(?P<n>{NUMBER})?个?(?P<unit>天|日|周|星期|礼拜|月|年)", _chinese_every),
        (r"(?P<n>)?(?P<apart>隔)(?P<unit>天|日|周|星期|月|年)", _chinese_every),
        (r"天天", _always(_Step(Freq.DAILY))),
        (r"双周", _always(_Step(Freq.WEEKLY, 2))),
        (
            rf"每(?P<apart>隔)?(?:(?P<n>{NUMBER})个)?个?月的?(?:第(?P<which>[一二三四五1-5])个?|最后一?个?)"
            r"(?P<day>(?:周|星期|礼拜)[一二三四五六日天])",
            _chinese_nth,
        ),
        (
            rf"每(?P<apart>隔)?(?:(?P<n>{NUMBER})个)?个?月的?(?:(?P<d>{NUMBER})(?:号|日)|最后一[天日]|[底末])",
            _chinese_day,
        ),
    )
)

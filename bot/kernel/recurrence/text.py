"""Recurrences as people type them, in English and Chinese: "every 2 weeks on Mon", 每月最后一个周五."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.kernel.numerals import ENGLISH_NUMBERS, NUMBER, fold, whole_number
from bot.kernel.recurrence.clauses import Clauses, cut_clauses
from bot.kernel.recurrence.cron import CronFault, cron_fault, cut_cron
from bot.kernel.recurrence.occurrences import next_after
from bot.kernel.recurrence.outcomes import Fault, Read, Unread
from bot.kernel.recurrence.rule import LAST, Freq, Recurrence
from bot.kernel.times import Parsed, local_to_utc, parse_clock, parse_time, scan_weekdays, to_local
from bot.kernel.times.english import WEEKDAY, weekday_number

_LONGEST: Final = 500
"""No recurrence is written in more characters; a bound on the work an over-long text can cause."""
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
_HOURS: Final = re.compile(
    rf"hourly|(?:every|each) (?:(?P<en>[0-9]{{1,2}}) )?hours?|每(?P<zh>{NUMBER})?个?(?:小时|钟头)(?:一次)?"
)
_LAST_WORKING_DAY: Final = re.compile(
    r"(?:every month|monthly),?(?: on)?(?: the)? last (?:working|business) ?day(?: (?P<clock>.+))?"
    r"|(?:on )?(?:the )?last (?:working|business) ?day of (?:the|each|every) month(?: (?P<en>.+))?"
    r"|每个?月的?最后一?个?工作日的?(?P<zh>.+)?"
)
_DAYS_FOLLOW: Final = re.compile(
    r"(?=每|(?<![a-z])(?:every|each|daily|weekly|monthly|yearly)(?![a-z]))|(?<=:[0-9]{2}) +"
)
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


def parse_recurrence(text: str, start: datetime, zone: str) -> Recurrence | None:
    """Read a recurrence that begins at ``start`` (naive, local to ``zone``); ``None`` if it is not understood."""
    read = read_recurrence(text, start, zone)
    return read.rule if isinstance(read, Read) else None


def read_recurrence(text: str, start: datetime, zone: str) -> Read | Unread:
    """Read a recurrence that begins at ``start`` (naive, local to ``zone``), or say what of it is not understood.

    The start is moved to the first occurrence, so that "every 2 weeks on Mon", said on a Wednesday, begins next Monday.
    A time of day (每天早上9点) takes the place of the start's; "until 31 Dec", "10 times" and 共10次 end it; "from 1 Dec"
    begins it; "except 25 Dec", 节假日除外 leave days out. "cron 30 9 * * 1-5" is read as a crontab would.
    """
    folded = fold(text).strip()
    if not folded or len(text) > _LONGEST:
        return Unread(Fault.UNKNOWN)
    start = start.replace(second=0, microsecond=0)
    line = cut_cron(folded)
    cut = cut_clauses(folded if line is None else line[1], start, ZoneInfo(zone))
    if isinstance(cut, Unread):
        return cut
    body, clauses = cut
    usual = start.time()
    if clauses.begins is not None:
        start = datetime.combine(clauses.begins, time.min)
    if line is not None:
        return Unread(Fault.CRON, CronFault.FIELDS.value) if body else _by_cron(line[0], clauses, start, zone)
    as_cron = _as_cron(body, usual)
    if as_cron is not None:
        read = _by_cron(as_cron[0], clauses, start, zone)
        return replace(read, clock_said=as_cron[1]) if isinstance(read, Read) else read
    return _by_days(_every_part(body), clauses, start, usual, zone)


def _as_cron(body: str, usual: time) -> tuple[str, bool] | None:
    """Return the cron line of what only cron can say, and whether the time of day was said: hours, the last working day."""
    hours = _HOURS.fullmatch(body)
    if hours is not None:
        step = whole_number(hours["en"] or hours["zh"] or "1")
        return (f"0 */{step} * * *" if step != 1 else "0 * * * *", True) if step and 24 % step == 0 else None
    last = _LAST_WORKING_DAY.fullmatch(body)
    if last is None:
        return None
    said = re.sub("^at +", "", last["clock"] or last["en"] or last["zh"] or "")
    clock = parse_clock(said) if said else usual
    return None if clock is None else (f"{clock.minute} {clock.hour} LW * *", bool(said))


def _every_part(body: str) -> str:
    """Say "every day" where a part of the day stands alone: "every morning at 9", 每晚10点."""
    return re.sub(r"^((?:every|each) |每)(?=morning|afternoon|evening|night|[早晚])", _daily, body)


def _daily(found: re.Match[str]) -> str:
    return "每天" if found[1] == "每" else "every day "


def _by_cron(fields: str, clauses: Clauses, start: datetime, zone: str) -> Read | Unread:
    fault = cron_fault(fields)
    if fault is not None:
        return Unread(Fault.CRON, fault.value)
    if clauses.not_on:
        return Unread(Fault.SKIP)
    rule = Recurrence(start, zone, Freq.CRON, until=clauses.until, count=clauses.count, cron=fields)
    return _checked(_leaving_out(rule, clauses), start, clock_said=True)


def _by_days(body: str, clauses: Clauses, start: datetime, usual: time, zone: str) -> Read | Unread:
    found = _step(_clock_first(body))
    if found is None:
        return Unread(Fault.UNKNOWN)
    step, rest = found
    rest = re.sub(r"^(?:at +|,|的)", "", rest)
    if step.freq is Freq.YEARLY and rest and parse_clock(rest) is None:
        return _yearly(step, rest, clauses, start, usual, zone)
    clock = parse_clock(rest) if rest else usual
    if clock is None:
        return Unread(Fault.CLOCK, rest)
    return _anchored(step, clauses, start, clock.replace(second=0, microsecond=0), zone, clock_said=bool(rest))


def _yearly(step: _Step, day: str, clauses: Clauses, start: datetime, usual: time, zone: str) -> Read | Unread:
    """Read "every year on 1 May at 9:00", which begins on the first such day."""
    tz = ZoneInfo(zone)
    first = parse_time(re.sub("^on +", "", day), local_to_utc(start, tz).at.astimezone(UTC), tz)
    if not isinstance(first, Parsed):
        return Unread(Fault.CLOCK, day)
    local = to_local(first.at, tz)
    clock = usual if first.date_only else local.time().replace(second=0, microsecond=0)
    begins = datetime.combine(local.date(), time.min)
    return _anchored(step, clauses, begins, clock, zone, clock_said=not first.date_only)


def _clock_first(body: str) -> str:
    """Put a time of day that stands first behind the days: "at 9:00 every day", "9:00 Mondays"."""
    later = _DAYS_FOLLOW.search(body)
    if later is None:
        return body
    clock = body[: later.start()].removeprefix("at ").strip(" ,的")
    return f"{body[later.end() :]} {clock}" if clock and parse_clock(clock) is not None else body


def _anchored(
    step: _Step, clauses: Clauses, start: datetime, clock: time, zone: str, *, clock_said: bool
) -> Read | Unread:
    """Make the rule, and start it on its first day that is not before ``start``."""
    weekdays, monthday = step.weekdays, step.monthday
    if step.freq is Freq.WEEKLY and not weekdays:
        weekdays = frozenset({start.weekday()})
    if step.freq is Freq.MONTHLY and monthday is None and step.nth is None:
        monthday = start.day
    if clauses.not_on and step.freq is Freq.DAILY and step.interval != 1:
        return Unread(Fault.SKIP)
    tz = ZoneInfo(zone)
    try:
        rule = Recurrence(
            datetime.combine(start.date(), clock), zone, step.freq, 1, weekdays, monthday, step.nth, clauses.until
        )
        days = _without(rule, clauses.not_on)
        if days is None:
            return Unread(Fault.SKIP)
        begins = next_after(days, local_to_utc(start, tz).at - timedelta(seconds=1))
        if begins is None:
            return Unread(Fault.OVER)
        first = datetime.combine(to_local(begins, tz).date(), clock)
        rule = replace(days, start=first, interval=step.interval, count=clauses.count)
    except ValueError:
        return Unread(Fault.UNKNOWN)
    return _checked(_leaving_out(rule, clauses), start, clock_said=clock_said)


def _without(rule: Recurrence, not_on: frozenset[int]) -> Recurrence | None:
    """Leave weekdays out of a rule that names its weekdays or comes on all of them; None if it does neither."""
    if not not_on:
        return rule
    if rule.freq not in {Freq.DAILY, Freq.WEEKLY}:
        return None
    kept = (rule.weekdays or frozenset(range(7))) - not_on
    return replace(rule, freq=Freq.WEEKLY, weekdays=kept) if kept else None


def _leaving_out(rule: Recurrence, clauses: Clauses) -> Recurrence:
    return replace(rule, skip=clauses.skip, no_holidays=clauses.no_holidays)


def _checked(rule: Recurrence, start: datetime, *, clock_said: bool) -> Read | Unread:
    """Refuse a rule of which nothing is left."""
    since = local_to_utc(start, rule.tz).at - timedelta(seconds=1)
    return Unread(Fault.OVER) if next_after(rule, since) is None else Read(rule, clock_said)


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
        (r"(?:quarterly|(?:every|each) quarter)(?![a-z])|每个?季度?", _always(_Step(Freq.MONTHLY, 3))),
        (rf"{_EVERY_MONTHS},?(?: on)?(?: the)? +{_NTH} +{_WD}", _nth_weekday),
        (rf"(?P<n>)?(?:every |each |on |the |on the )?{_NTH} +{_WD}{_OF_MONTH}", _nth_weekday),
        (rf"(?P<n>)?(?:every|each) +(?P<nth>first|third|fourth|fifth|last|[1-5](?:st|nd|rd|th)) +{_WD}", _nth_weekday),
        (
            rf"{_EVERY_MONTHS},?(?: on)?(?: the)? +(?:(?:day )?(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9:a-z])|last day)",
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

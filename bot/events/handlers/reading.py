"""How times of a line and of a form are read: a start, perhaps with its end, and the end of the sign-up."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from bot.events.rules.plan import AHEAD, Field, Flaw
from bot.events.texts import fields as words
from bot.kernel.times import NotUnderstood, Parsed, local_to_utc, parse_range, parse_time, to_local
from bot.tg.forms import Asking, Problem, Reply, Told, parsers

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.events.rules.parts import End
    from bot.tg.context import Context

TIMES: frozenset[Field] = frozenset({"starts_at", "deadline"})
ReadTime = Callable[[Asking, Reply], datetime | Told[datetime] | Problem]
_moment = parsers.moment()
_LONGEST = 64
_BETWEEN = re.compile(r"\s*(?:[-–—~～〜]|到|至|\bto\b|\btill\b|\buntil\b)\s*", re.IGNORECASE)
_CLOCKS = re.compile(r"(?<!T)\b\d{1,2}[:：]\d{2}\s*[-–—~～]\s*\d{1,2}[:：]\d{2}$")
"""Two times of day with a dash between them, which is not an offset from UTC as it might be read else."""
_CLOCK = re.compile(r"[:：点點时時]|[0-9] ?[ap]m\b|noon|midnight", re.IGNORECASE)
_DAY = timedelta(days=1)


def read_start(asking: Asking, reply: Reply) -> datetime | Told[datetime] | Problem:
    """Read when an event starts; with its end ("Sat 9:00-12:00", 周六9点到12点) that is its length."""
    span = start_and_length(reply.text, asking.now, asking.texts.tz)
    others: dict[str, Any] = {}
    if span is not None:
        reply, others = Reply(span[0], span[0]), {"minutes": round(span[1] / timedelta(minutes=1))}
    found = _moment(asking, reply)
    if isinstance(found, Problem):
        return replace(found, choices=tuple(replace(one, others=others or None) for one in found.choices))
    others |= _sign_up_before(asking, found)
    return Told(found, others) if others else found


def _sign_up_before(asking: Asking, starts_at: datetime) -> dict[str, Any]:
    """Let the sign-up end as long before the start as that of the event that is copied."""
    ahead = asking.answers.get(AHEAD)
    if not isinstance(ahead, int) or starts_at - timedelta(minutes=ahead) <= asking.now:
        return {}
    return {"deadline": starts_at - timedelta(minutes=ahead)}


def start_and_length(text: str, now: datetime, zone: ZoneInfo) -> tuple[str, timedelta] | None:
    """Take a time with its end apart: the text of its start, and how long it lasts (it may go over midnight).

    What is a time already as it stands is none, nor are two numbers alone, which may be a date.
    """
    text = " ".join(text.split())
    is_span = _CLOCKS.search(text) is not None
    if len(text) > _LONGEST or not (is_span or isinstance(parse_time(text, now, zone), NotUnderstood)):
        return None
    for cut in _BETWEEN.finditer(text):
        for at in range(cut.start()):
            found = parse_range(f"{text[at : cut.start()]} - {text[cut.end() :]}")
            if found is None:
                continue
            start = f"{text[:at]} {found[0]:%H:%M}".strip()
            named = text[:at].strip() or _CLOCK.search(text)
            if not named or isinstance(parse_time(start, now, zone), NotUnderstood):
                continue
            return start, _between(*found)
    return None


def with_end(when: str, end: End, now: datetime, zone: ZoneInfo) -> str | None:
    """Return a start with its end; None where the two do not go together.

    An end that is not certain must come later on the same day: else it is that of the sign-up.
    """
    together = f"{when} - {end.text}"
    span = start_and_length(together, now, zone)
    if span is None or start_and_length(when, now, zone) is not None:
        return None
    hours, minutes = map(int, span[0][-5:].split(":"))
    is_next_day = timedelta(hours=hours, minutes=minutes) + span[1] >= _DAY
    return None if is_next_day and not end.certain else together


def _between(start: time, end: time) -> timedelta:
    first, last = (timedelta(hours=at.hour, minutes=at.minute, seconds=at.second) for at in (start, end))
    return last - first if last > first else last - first + _DAY


def read_words(context: Context, read: ReadTime, words: str, known: Mapping[str, Any]) -> Any:
    """Read a time of a line beside what is known already."""
    return read(Asking(context.texts, context.now, context.group, known), Reply(words, words))


def known_time(field: str, found: Any, words: str) -> dict[str, Any]:
    """Return what to start a form with: the time, and what else it said; or its words, to be asked about."""
    if isinstance(found, Problem):
        return {said(field): words}
    if isinstance(found, Told):
        return {field: found.value, **found.others}
    return {field: found}


def said(field: str) -> str:
    """Return the key under which a line's words for a time are handed to the form."""
    return f"said_{field}"


def read_deadline(asking: Asking, reply: Reply) -> datetime | Problem:
    """Read when sign-up ends: a day without an hour means its last minute. It must not be after the start, if that is known."""
    found = parse_time(reply.text, asking.now, asking.texts.tz)
    if isinstance(found, Parsed) and found.date_only and not asking.partial:
        at: datetime | Problem = _end_of_day(asking, found)
    else:
        at = _moment(asking, reply)
    starts_at = asking.answers.get("starts_at")
    if isinstance(at, Problem) or not isinstance(starts_at, datetime) or at <= starts_at:
        return at
    return Problem(words.flaw(asking.texts, Flaw.DEADLINE_AFTER_START))


def _end_of_day(asking: Asking, day: Parsed) -> datetime:
    zone = asking.texts.tz
    last = local_to_utc(datetime.combine(to_local(day.at, zone).date(), time(23, 59)), zone)
    starts_at = asking.answers.get("starts_at")
    same_day = isinstance(starts_at, datetime) and to_local(starts_at, zone).date() == to_local(day.at, zone).date()
    return starts_at if same_day and isinstance(starts_at, datetime) else last.at

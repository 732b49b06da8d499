"""Ready-made parsers: each reads what was typed, or says in a sentence with an example what would be right.

A parser takes the asking and the reply and returns a value or a :class:`~bot.tg.forms.model.Problem`. Beside a parser stand
the functions that show its values in the summary and offer its choices.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import Any, TypeVar

from bot.i18n import Html
from bot.kernel.blank import is_blank
from bot.kernel.durations import parse_duration
from bot.kernel.numerals import fold, whole_number
from bot.kernel.times import (
    Ambiguous,
    DoesNotExist,
    Parsed,
    TimeOutcome,
    complete,
    local_to_utc,
    parse_clock,
    parse_time,
    to_local,
)
from bot.tg.forms import texts as say
from bot.tg.forms.model import Asking, Choice, Problem, Reply
from bot.tg.pages import visible_length

T = TypeVar("T")
Parse = Callable[[Asking, Reply], T | Problem]

_YES = frozenset({"yes", "y", "ok", "okay", "sure", "true", "是", "好", "好的", "要", "对", "可以", "行"})
_NO = frozenset({"no", "n", "false", "不", "否", "不要", "不是", "不用", "没有"})
_HOURS = (9, 12, 15, 18, 20)
_EVENING_HOURS = (17, 18, 19, 20, 21)


# Texts


def text(max_len: int = 200, *, lines: bool = False) -> Parse[str]:
    """Take a plain text; unless ``lines``, its white space is drawn together into one line."""

    def parse(asking: Asking, reply: Reply) -> str | Problem:
        said = reply.text.strip() if lines else " ".join(reply.text.split())
        if is_blank(said):
            return Problem(say.text_wanted(asking.texts))
        length = visible_length(Html.escape(said))
        return said if length <= max_len else Problem(say.too_long(asking.texts, length, max_len))

    return parse


def rich_text(max_len: int = 3500) -> Parse[str]:
    """Take a text with its formatting: the value is HTML, to be shown with :func:`show_html`."""

    def parse(asking: Asking, reply: Reply) -> str | Problem:
        if is_blank(reply.text):
            return Problem(say.text_wanted(asking.texts))
        length = visible_length(reply.html)
        return reply.html if length <= max_len else Problem(say.too_long(asking.texts, length, max_len))

    return parse


def show_html(_asking: Asking, value: Any) -> Html:
    """Show a :func:`rich_text`."""
    return Html(value or "")


# Numbers


def integer(least: int | None = None, most: int | None = None) -> Parse[int]:
    """Take a whole number, also 十二 or "twelve"."""

    def parse(asking: Asking, reply: Reply) -> int | Problem:
        number = _integer(reply.text)
        if number is None:
            return Problem(say.not_a_number(asking.texts, reply.text, max(least or 0, min(20, most or 20))))
        if (least is not None and number < least) or (most is not None and number > most):
            return Problem(say.number_between(asking.texts, least, most))
        return number

    return parse


def _integer(typed: str) -> int | None:
    folded = fold(typed).strip()
    digits = folded.lstrip("-+")
    if not digits or len(digits) > 15 or len(folded) - len(digits) > 1:
        return None
    number = whole_number(digits)
    return -number if number is not None and folded.startswith("-") else number


def show_number(asking: Asking, value: Any) -> Html:
    """Show a number as the reader's language writes it."""
    return Html("—") if value is None else Html.escape(asking.texts.number(value))


# Moments


def moment() -> Parse[datetime]:
    """Take a time that lies ahead, in the group's zone; the value is an aware UTC instant.

    A day without an hour is kept, and its hour asked; an ambiguous time comes back as buttons with every reading.
    """

    def parse(asking: Asking, reply: Reply) -> datetime | Problem:
        outcome = _outcome(asking, reply.text)
        if isinstance(outcome, Parsed) and not outcome.date_only:
            return outcome.at
        return Problem(say.problem_of(outcome, asking.texts), _ways_out(asking, outcome), _remembered(asking, outcome))

    return parse


def show_moment(asking: Asking, value: Any) -> Html:
    """Show an instant with its weekday, in the group's zone."""
    return Html("—") if value is None else say.when(asking.texts, value)


def _outcome(asking: Asking, typed: str) -> TimeOutcome:
    zone = asking.texts.tz
    day = _recall(asking)
    if day is not None and parse_clock(typed) is not None:
        return complete(day, typed, asking.now, zone)
    return parse_time(typed, asking.now, zone)


def _ways_out(asking: Asking, outcome: TimeOutcome) -> tuple[Choice, ...]:
    texts = asking.texts
    match outcome:
        case Parsed():
            return _hours(asking, outcome)
        case Ambiguous():
            # A moment is checked again when it is tapped, so every choice is a text that names one moment only.
            named = [_date(asking, at) if outcome.date_only else _exact(at) for at in outcome.readings]
            return tuple(
                Choice(label, text=name) for label, name in zip(say.reading_of(outcome, texts), named, strict=True)
            )
        case DoesNotExist(after=after):
            return (Choice(texts.when(after), text=_exact(after)),)
        case _:
            return ()


def _hours(asking: Asking, day: Parsed) -> tuple[Choice, ...]:
    zone = asking.texts.tz
    probe = complete(day, "8", day.at - timedelta(days=1), zone)
    late = isinstance(probe, Parsed) and to_local(probe.at, zone).hour >= 12
    found = [complete(day, f"{hour}:00", asking.now, zone) for hour in (_EVENING_HOURS if late else _HOURS)]
    ahead = [one.at for one in found if isinstance(one, Parsed)]
    return tuple(Choice(asking.texts.clock(at), text=_exact(at)) for at in ahead)


def _exact(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}Z"


def _date(asking: Asking, at: datetime) -> str:
    return f"{to_local(at, asking.texts.tz):%Y-%m-%d}"


def _remembered(asking: Asking, outcome: TimeOutcome) -> str:
    """Return what to keep of a day whose hour is missing; another problem forgets the day, except one with its hour."""
    if isinstance(outcome, Parsed):
        return f"{_date(asking, outcome.at)} {outcome.part}".strip()
    return ""


def _recall(asking: Asking) -> Parsed | None:
    if not asking.partial:
        return None
    date, _, part = asking.partial.partition(" ")
    start = local_to_utc(datetime.strptime(date, "%Y-%m-%d"), asking.texts.tz)  # noqa: DTZ007  (local_to_utc wants it naive)
    return Parsed(start.at, True, date, part)


# Times of day and lengths of time


def clock_time() -> Parse[time]:
    """Take a time of day, in the group's zone."""

    def parse(asking: Asking, reply: Reply) -> time | Problem:
        found = parse_clock(reply.text)
        return Problem(say.clock_wanted(asking.texts, reply.text)) if found is None else found

    return parse


def show_clock(_asking: Asking, value: Any) -> Html:
    """Show a time of day."""
    return Html("—") if value is None else say.clock(value)


def duration(
    least: timedelta | None = None, most: timedelta | None = None, *, default_unit: timedelta | None = None
) -> Parse[timedelta]:
    """Take a length of time; a bare number counts ``default_unit`` and is refused without one."""

    def parse(asking: Asking, reply: Reply) -> timedelta | Problem:
        found = parse_duration(reply.text, default_unit=default_unit)
        if found is None:
            return Problem(say.length_wanted(asking.texts, reply.text))
        if (least is not None and found < least) or (most is not None and found > most):
            return Problem(say.length_between(asking.texts, least, most))
        return found

    return parse


def show_duration(asking: Asking, value: Any) -> Html:
    """Show a length of time."""
    return Html("—") if value is None else Html.escape(asking.texts.duration(value))


# Choices


def yes_no() -> Parse[bool]:
    """Take a yes or a no; offer it with :func:`yes_no_choices`."""

    def parse(asking: Asking, reply: Reply) -> bool | Problem:
        said = fold(reply.text).strip(" .!。！")
        if said in _YES or said == say.yes(asking.texts).casefold():
            return True
        if said in _NO or said == say.no(asking.texts).casefold():
            return False
        return Problem(say.yes_or_no(asking.texts))

    return parse


def yes_no_choices(asking: Asking) -> Sequence[Choice]:
    """Offer *Yes* and *No*."""
    return (Choice(say.yes(asking.texts), True), Choice(say.no(asking.texts), False))


def show_yes_no(asking: Asking, value: Any) -> Html:
    """Show a yes or a no."""
    if value is None:
        return Html("—")
    return Html.escape(say.yes(asking.texts) if value else say.no(asking.texts))


def one_of(options: Sequence[tuple[T, str]]) -> Parse[T]:
    """Take one of the options, each a value and its name, an ``N_`` string; offer them with :func:`offered`."""

    def parse(asking: Asking, reply: Reply) -> T | Problem:
        said = reply.text.strip().casefold()
        labels = [asking.texts.label(name) for _, name in options]
        for (value, _), label in zip(options, labels, strict=True):
            if said in {label.casefold(), str(value).casefold()}:
                return value
        return Problem(say.choose_from(asking.texts, reply.text, labels))

    return parse


def offered(options: Sequence[tuple[Any, str]]) -> Callable[[Asking], Sequence[Choice]]:
    """Offer the options of :func:`one_of` as buttons."""
    return lambda asking: [Choice(asking.texts.label(name), value) for value, name in options]


def show_option(options: Sequence[tuple[Any, str]]) -> Callable[[Asking, Any], Html]:
    """Show the name of the option that was chosen."""
    names = dict(options)

    def show(asking: Asking, value: Any) -> Html:
        return asking.texts.gettext(names[value]) if value in names else Html("—")

    return show

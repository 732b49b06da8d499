"""The questions of the forms, and how the times of a line are read.

A time that is ambiguous, or a day without its hour, on a command's line is asked back by the form: the line's words come
as ``said_starts_at`` or ``said_deadline``, and the question begins with what is unclear about them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from bot.events.rules.line import Part, read_edit
from bot.events.rules.plan import MOST_GUESTS, MOST_SEATS, PLACE_LIMIT, TITLE_LIMIT, Field, Flaw, SeatsOutOfRange
from bot.events.texts import fields as words
from bot.events.texts import organiser as say
from bot.i18n import Html
from bot.kernel.times import Parsed, local_to_utc, parse_time, to_local
from bot.tg.forms import Asking, Choice, Problem, Question, Reply, parsers
from bot.tg.forms.questions import ask_text
from bot.tg.forms.questions import say as ask

if TYPE_CHECKING:
    from bot.events.rules.plan import PlanFlaw

TIMES: frozenset[Field] = frozenset({"starts_at", "deadline"})
ReadTime = Callable[[Asking, Reply], datetime | Problem]
_moment = parsers.moment()


def said(field: str) -> str:
    """Return the key under which a line's words for a time are handed to the form."""
    return f"said_{field}"


# Reading


def read_start(asking: Asking, reply: Reply) -> datetime | Problem:
    """Read when an event starts."""
    return _moment(asking, reply)


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


def _number(field: Field, least: int, most: int, flaw_: PlanFlaw) -> Callable[[Asking, Reply], Any]:
    """Take a bare number, or one as it is written on a line: "20 seats", "20人", "+1"."""

    def parse(asking: Asking, reply: Reply) -> int | Problem | None:
        part = read_edit(f"{field} {reply.text}")
        if not isinstance(part, Part) or part.field != field or isinstance(part.value, str):
            return Problem(words.flaw(asking.texts, flaw_))
        value = part.value
        if value is not None and not least <= value <= most:
            return Problem(words.flaw(asking.texts, flaw_))
        seats = asking.answers.get("seats")
        if field == "guests" and value is not None and isinstance(seats, int) and seats < 1 + value:
            return Problem(words.flaw(asking.texts, SeatsOutOfRange(1 + value, MOST_SEATS, value)))
        return value

    return parse


# Questions


def _told_back(field: str, message: str, read: ReadTime) -> Callable[[Asking], Html]:
    def prompt(asking: Asking) -> Html:
        problem = _unclear(asking, field, read)
        return asking.texts.gettext(message) if problem is None else problem.html

    return prompt


def _readings(field: str, read: ReadTime) -> Callable[[Asking], Sequence[Choice]]:
    def choices(asking: Asking) -> Sequence[Choice]:
        problem = _unclear(asking, field, read)
        return () if problem is None else problem.choices

    return choices


def _completing(field: str, read: ReadTime) -> ReadTime:
    """Put an hour that is typed alone to the day the line named."""

    def parse(asking: Asking, reply: Reply) -> datetime | Problem:
        problem = None if asking.partial else _unclear(asking, field, read)
        return read(asking if problem is None else replace(asking, partial=problem.partial), reply)

    return parse


def _unclear(asking: Asking, field: str, read: ReadTime) -> Problem | None:
    words = asking.answers.get(said(field))
    found = read(replace(asking, partial=""), Reply(words)) if isinstance(words, str) else None
    return found if isinstance(found, Problem) else None


def _time_question(field: Field, message: str, read: ReadTime, **options: Any) -> Question[datetime]:
    return Question(
        field,
        words.FIELDS[field],
        _told_back(field, message, read),
        _completing(field, read),
        datetime,
        choices=_readings(field, read),
        **options,
    )


def _show_seats(asking: Asking, value: Any) -> Html:
    return asking.texts.gettext(words.NO_LIMIT) if value is None else Html.escape(asking.texts.number(value))


def _show_guests(asking: Asking, value: Any) -> Html:
    return asking.texts.gettext(words.NO_GUESTS) if not value else Html(f"+{int(value)}")


def _show_deadline(asking: Asking, value: Any) -> Html:
    return asking.texts.gettext(words.UNTIL_START) if value is None else Html.escape(asking.texts.when(value))


def _show_place(asking: Asking, value: Any) -> Html:
    return asking.texts.gettext(words.NO_PLACE) if not value else Html.escape(value)


def _guest_choices(asking: Asking) -> list[Choice]:
    seats = asking.answers.get("seats")
    most = MOST_GUESTS if seats is None else min(MOST_GUESTS, seats - 1)
    return [
        Choice(asking.texts.label(words.NO_GUESTS) if count == 0 else f"+{count}", count) for count in range(most + 1)
    ]


PLAN: dict[Field, Question[Any]] = {
    "title": ask_text("title", words.FIELDS["title"], ask(say.ASK_TITLE), TITLE_LIMIT),
    "starts_at": _time_question("starts_at", say.ASK_STARTS, read_start, show=parsers.show_moment),
    "seats": Question(
        "seats",
        words.FIELDS["seats"],
        ask(say.ASK_SEATS),
        _number("seats", 1, MOST_SEATS, SeatsOutOfRange(1, MOST_SEATS, 0)),
        int,
        optional=True,
        show=_show_seats,
    ),
    "guests": Question(
        "guests",
        words.FIELDS["guests"],
        ask(say.ASK_GUESTS),
        _number("guests", 0, MOST_GUESTS, Flaw.GUESTS_OUT_OF_RANGE),
        int,
        choices=_guest_choices,
        show=_show_guests,
    ),
    "deadline": _time_question("deadline", say.ASK_DEADLINE, read_deadline, optional=True, show=_show_deadline),
    "place": ask_text("place", words.FIELDS["place"], ask(say.ASK_PLACE), PLACE_LIMIT, optional=True, show=_show_place),
}
"""The questions about a plan, in the order in which they are asked."""


def _is_about(field: Field) -> Callable[[Asking], bool]:
    return lambda asking: asking.answers.get("field") == field


def sets_a_time(asking: Asking) -> bool:
    """Say whether the change is one of a time, which is shown with its weekday before it is saved."""
    field = asking.answers.get("field")
    return field in TIMES and asking.answers.get(field) is not None


_FIELD_NAMES = tuple((field, name) for field, name in words.FIELDS.items() if field in PLAN)
EDIT: tuple[Question[Any], ...] = (
    ask_text("about", say.EVENT, ask(say.ASK_FIELD), typed=False),
    Question(
        "field",
        say.EDIT_TITLE,
        ask(say.ASK_FIELD),
        parsers.one_of(_FIELD_NAMES),
        choices=parsers.offered(_FIELD_NAMES),
        show=parsers.show_option(_FIELD_NAMES),
    ),
    *(replace(question, when=_is_about(field)) for field, question in PLAN.items()),
)
"""Which field, and then the question about it; ``about`` says which event it is and is never asked."""


def _sure(asking: Asking) -> Html:
    return say.sure(asking.texts, str(asking.answers.get("about", "")), int(asking.answers.get("people") or 0))


def _sure_choices(asking: Asking) -> list[Choice]:
    return [Choice(asking.texts.label(say.YES_CANCEL), True), Choice(asking.texts.label(say.NO_KEEP), False)]


CANCEL: tuple[Question[Any], ...] = (
    ask_text("reason", say.REASON, ask(say.ASK_REASON), 300, optional=True),
    Question(
        "sure",
        say.SURE,
        _sure,
        parsers.yes_no(),
        bool,
        choices=_sure_choices,
        typed=False,
        show=parsers.show_yes_no,
    ),
)
"""Why, and whether really."""

"""The questions about a plan, one a field, and the forms made of them.

A time that is ambiguous, or a day without its hour, on a command's line is asked back by the form: the line's words come
as ``said_starts_at`` or ``said_deadline``, and the question begins with what is unclear about them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.events.handlers.reading import TIMES, read_deadline, read_start, said
from bot.events.rules.line import read_value
from bot.events.rules.parts import Part
from bot.events.rules.plan import (
    DEFAULT_CALL,
    DEFAULT_OFFER,
    DEFAULT_REMINDERS,
    MOST_GUESTS,
    PLACE_LIMIT,
    TITLE_LIMIT,
    Asked,
    Field,
    Kind,
    Plan,
    flaw_of,
)
from bot.events.texts import asking as prompts
from bot.events.texts import fields as words
from bot.events.texts import organiser as say
from bot.i18n import Html
from bot.kernel.times import HORIZON
from bot.tg.forms import Asking, Choice, Problem, Question, Reply, Told, parsers
from bot.tg.forms.questions import ask_text, ask_yes_no
from bot.tg.forms.questions import say as ask

if TYPE_CHECKING:
    from bot.events.handlers.reading import ReadTime
    from bot.i18n import Texts

_BESIDE: tuple[Field, ...] = ("seats", "guests", "minimum")
"""The fields that are looked at together."""
_HOURS = (60, 90, 120, 180, 240, 480)
_AT_START = (5, 10, 15, 30, 60)
_AHEAD: tuple[tuple[int, ...], ...] = ((24 * 60, 2 * 60), (24 * 60,), (2 * 60,), ())


def plan_of(answers: dict[str, Any]) -> Plan:
    """Return the plan that the answers of a form make; the link of a meeting in person is left out."""
    known = {field: answers[field] for field in PLAN if answers.get(field) is not None}
    plan = Plan(**known)
    return replace(plan, link=None) if plan.kind is Kind.OFFLINE else plan


# Reading and showing


def checked(asking: Asking, field: Field, value: Any) -> Any | Problem:
    """Return a value, unless it is wrong for the field, beside those answered so far."""
    if value is None:
        return None
    known = {name: asking.answers[name] for name in _BESIDE if asking.answers.get(name) is not None}
    plan = Plan(**{"title": "…", "starts_at": asking.now + HORIZON, **known, field: value})
    flaw = flaw_of(plan, asking.now, changed=frozenset({field}))
    return value if flaw is None else Problem(words.flaw(asking.texts, flaw))


def _typed(field: Field) -> Callable[[Asking, Reply], Any]:
    """Take what may stand after the field's name on a line: "20 seats", 2小时, "1 day, 2 hours"."""

    def parse(asking: Asking, reply: Reply) -> Any | Problem:
        part = read_value(field, reply.text.strip()) if reply.text.strip() else None
        if not isinstance(part, Part) or part.field != field:
            return Problem(words.unfit(asking.texts, field))
        return checked(asking, field, part.value)

    return parse


def _place(asking: Asking, reply: Reply) -> str | Told[str | None] | Problem | None:
    """Take a place in words, or a point on the map, or both: a venue."""
    if reply.location is None:
        return parsers.text(PLACE_LIMIT)(asking, reply)
    name = " ".join(reply.text.split())[:PLACE_LIMIT]
    return Told(name or asking.answers.get("place"), {"spot": reply.location})


def _spot(asking: Asking, reply: Reply) -> Any | Problem:
    return reply.location if reply.location is not None else _typed("spot")(asking, reply)


def _picture(asking: Asking, reply: Reply) -> str | Problem:
    if reply.media is None or reply.media[0] != "photo":
        return Problem(words.unfit(asking.texts, "picture"))
    return reply.media[1]


def _shown(field: Field) -> Callable[[Asking, Any], Html]:
    def show(asking: Asking, value: Any) -> Html:
        given = {} if value is None else {field: value}
        plan = Plan(**{"title": "…", "starts_at": asking.now, **given})
        if plan.link is not None and not asking.in_public:
            return Html.escape(plan.link)
        return words.value(asking.texts, plan, field)

    return show


# Choices


def _guest_choices(asking: Asking) -> list[Choice]:
    seats = asking.answers.get("seats")
    most = MOST_GUESTS if seats is None else min(MOST_GUESTS, seats - 1)
    return [
        Choice(asking.texts.label(words.NO_GUESTS) if count == 0 else f"+{count}", count) for count in range(most + 1)
    ]


def _lengths(asking: Asking) -> list[Choice]:
    return [Choice(_duration(asking.texts, minutes), minutes) for minutes in _HOURS]


def _notices(asking: Asking) -> list[Choice]:
    return [Choice(_duration(asking.texts, minutes), minutes) for minutes in _AT_START]


def _spans(asking: Asking) -> list[Choice]:
    return [Choice(words.spans(asking.texts, some), some) for some in _AHEAD]


def _duration(texts: Texts, minutes: int) -> str:
    return texts.duration(timedelta(minutes=minutes))


# Times


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

    def parse(asking: Asking, reply: Reply) -> datetime | Told[datetime] | Problem:
        problem = None if asking.partial else _unclear(asking, field, read)
        return read(asking if problem is None else replace(asking, partial=problem.partial), reply)

    return parse


def _unclear(asking: Asking, field: str, read: ReadTime) -> Problem | None:
    typed = asking.answers.get(said(field))
    found = read(replace(asking, partial=""), Reply(typed)) if isinstance(typed, str) else None
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


# Questions


def _question(
    field: Field, prompt: str, kind: Any, parse: Callable[[Asking, Reply], Any] | None = None, **more: Any
) -> Question[Any]:
    return Question(field, words.FIELDS[field], ask(prompt), parse or _typed(field), kind, show=_shown(field), **more)


def _yes_no(field: Field, prompt: str, **more: Any) -> Question[bool]:
    return ask_yes_no(field, words.FIELDS[field], ask(prompt), default=False, rare=True, **more)


def _is_online(asking: Asking) -> bool:
    return asking.answers.get("kind") is Kind.ONLINE


def _is_offline(asking: Asking) -> bool:
    return not _is_online(asking)


def _has_guests(asking: Asking) -> bool:
    return bool(asking.answers.get("guests"))


def _is_offered(asking: Asking) -> bool:
    return not asking.answers.get("automatic")


_KINDS = tuple(words.KINDS.items())
_FREED = ((False, words.BY_OFFER), (True, words.BY_ITSELF))
_RARE: dict[str, Any] = {"rare": True, "optional": True}

PLAN: dict[Field, Question[Any]] = {
    "title": ask_text("title", words.FIELDS["title"], ask(prompts.TITLE), TITLE_LIMIT),
    "kind": _question("kind", prompts.KIND, Kind, choices=parsers.offered(_KINDS)),
    "starts_at": _time_question("starts_at", prompts.STARTS, read_start, show=parsers.show_moment),
    "minutes": _question("minutes", prompts.LENGTH, int, choices=_lengths, **_RARE),
    "place": _question("place", prompts.PLACE, str, _place, optional=True, when=_is_offline),
    "spot": _question("spot", prompts.SPOT, tuple[float, float], _spot, **_RARE),
    "link": _question("link", prompts.LINK, str, optional=True, when=_is_online),
    "seats": _question("seats", prompts.SEATS, int, optional=True),
    "guests": _question("guests", prompts.GUESTS, int, choices=_guest_choices, rare=True, default=0),
    "named": _yes_no("named", prompts.NAMED, when=_has_guests),
    "deadline": _time_question("deadline", prompts.DEADLINE, read_deadline, show=_shown("deadline"), **_RARE),
    "price": _question("price", prompts.PRICE, str, **_RARE),
    "about": _question("about", prompts.ABOUT, str, **_RARE),
    "picture": _question("picture", prompts.PICTURE, str, _picture, **_RARE),
    "questions": _question("questions", prompts.QUESTIONS, tuple[Asked, ...], default=(), **_RARE),
    "tags": _question("tags", prompts.TAGS, tuple[str, ...], default=(), **_RARE),
    "minimum": _question("minimum", prompts.MINIMUM, int, **_RARE),
    "reminders": _question(
        "reminders", prompts.REMINDERS, tuple[int, ...], choices=_spans, rare=True, default=DEFAULT_REMINDERS
    ),
    "reconfirm": _yes_no("reconfirm", prompts.RECONFIRM),
    "promote": _question("promote", prompts.PROMOTE, tuple[int, ...], default=(), **_RARE),
    "call": _question("call", prompts.CALL, int, choices=_notices, when=_is_online, rare=True, default=DEFAULT_CALL),
    "closes": _yes_no("closes", prompts.CLOSES),
    "strict": _yes_no("strict", prompts.STRICT),
    "automatic": _question(
        "automatic", prompts.AUTOMATIC, bool, choices=parsers.offered(_FREED), rare=True, default=False
    ),
    "offer": _question(
        "offer", prompts.OFFER, int, choices=_lengths, when=_is_offered, rare=True, default=DEFAULT_OFFER
    ),
}
"""The questions about a plan. Those that are not rare are asked, in this order."""


# Changing one field of an event


def _is_about(field: Field) -> Callable[[Asking], bool]:
    return lambda asking: asking.answers.get("field") == field or _comes_along(asking, field)


def _comes_along(asking: Asking, field: Field) -> bool:
    """Say whether a field was answered by the question about another: the length by a time with its end."""
    return field == "minutes" and asking.answers.get("field") == "starts_at" and "minutes" in asking.answers


def sets_a_time(asking: Asking) -> bool:
    """Say whether the change is one of a time, which is shown with its weekday before it is saved."""
    field = asking.answers.get("field")
    return field in TIMES and asking.answers.get(field) is not None


_FIELD_NAMES = tuple(words.FIELDS.items())
EDIT: tuple[Question[Any], ...] = (
    ask_text("about_event", say.EVENT, ask(say.ASK_FIELD), typed=False),
    Question(
        "field",
        say.EDIT_TITLE,
        ask(say.ASK_FIELD),
        parsers.one_of(_FIELD_NAMES),
        choices=parsers.offered(_FIELD_NAMES),
        show=parsers.show_option(_FIELD_NAMES),
    ),
    *(replace(question, when=_is_about(field), rare=False) for field, question in PLAN.items()),
)
"""Which field, and then the question about it; ``about_event`` says which event it is and is never asked."""


# Cancelling


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

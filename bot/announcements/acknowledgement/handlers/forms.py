"""The forms: until when, and when those are reminded who have not read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.announcements.acknowledgement.handlers import codes
from bot.announcements.acknowledgement.rules import wish as rules
from bot.announcements.acknowledgement.texts import answers as say
from bot.announcements.acknowledgement.texts import words
from bot.announcements.handlers import codes as core_codes
from bot.announcements.handlers.commands import SAID
from bot.i18n import Html
from bot.tg.forms import Asking, Choice, Form, Problem, Question, Reply
from bot.tg.forms import texts as say_form
from bot.tg.forms.parsers import moment, show_moment
from bot.tg.forms.questions import ask_integer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.announcements.acknowledgement.handlers.asking import Asking as Desk

_MOMENT = moment()


def forms(desk: Desk) -> tuple[Form[Any], ...]:
    """Return the forms, with what they end in."""
    return (
        Form(codes.BY_FORM, words.FORM_BY_TITLE, (_number(), _until()), desk.finish_by, access=core_codes.AUTHORS),
        Form(
            codes.NUDGES_FORM,
            words.FORM_NUDGES_TITLE,
            (_number(), _nudges()),
            desk.finish_nudges,
            access=core_codes.AUTHORS,
        ),
    )


def _number() -> Question[int]:
    # Always preset: the button or the line that starts the form names the announcement.
    return ask_integer("number", words.NUMBER, lambda asking: asking.texts.gettext(words.NUMBER), 1)


def _until() -> Question[datetime]:
    def ask(asking: Asking) -> Html:
        unclear = _unclear(asking)
        return say.ask_by(asking.texts, say_form.time_examples(asking.texts)) if unclear is None else unclear.html

    def parse(asking: Asking, reply: Reply) -> datetime | Problem:
        # The hour alone goes with the day the line named.
        unclear = None if asking.partial else _unclear(asking)
        return _MOMENT(asking if unclear is None else replace(asking, partial=unclear.partial), reply)

    def readings(asking: Asking) -> Sequence[Choice]:
        unclear = _unclear(asking)
        return () if unclear is None else unclear.choices

    return Question("at", words.BY, ask, parse, datetime, choices=readings, show=show_moment)


def _unclear(asking: Asking) -> Problem | None:
    """Return what is unclear about the time on the line that opened the form."""
    said = asking.answers.get(SAID)
    found = _MOMENT(replace(asking, partial=""), Reply(said)) if isinstance(said, str) else None
    return found if isinstance(found, Problem) else None


def _nudges() -> Question[str]:
    def parse(asking: Asking, reply: Reply) -> str | Problem:
        found = rules.read_nudges(reply.text)
        if isinstance(found, tuple):
            return rules.write_delays(found)
        return Problem(say.fault(asking.texts, found))

    def show(asking: Asking, value: Any) -> Html:
        nudges = rules.read_delays(value)
        return words.lengths(asking.texts, nudges) if nudges else Html("—")

    return Question("nudges", words.NUDGES, lambda asking: say.ask_nudges(asking.texts), parse, show=show)

"""The forms: until when, and when those are reminded who have not read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.announcements.acknowledgement.handlers import codes
from bot.announcements.acknowledgement.texts import answers as say
from bot.announcements.acknowledgement.texts import words
from bot.announcements.handlers import codes as core_codes
from bot.announcements.handlers.commands import SAID
from bot.announcements.handlers.planning import number_question, plan_question
from bot.tg.forms import Asking, Choice, Form, Problem, Question, Reply
from bot.tg.forms import texts as say_form
from bot.tg.forms.parsers import moment, show_moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.announcements.acknowledgement.handlers.asking import Asking as Desk
    from bot.i18n import Html

_MOMENT = moment()


def forms(desk: Desk) -> tuple[Form[Any], ...]:
    """Return the forms, with what they end in."""
    return (
        Form(
            codes.BY_FORM,
            words.FORM_BY_TITLE,
            (number_question(words.NUMBER), _until()),
            desk.finish_by,
            access=core_codes.AUTHORS,
        ),
        Form(
            codes.NUDGES_FORM,
            words.FORM_NUDGES_TITLE,
            (
                number_question(words.NUMBER),
                plan_question(words.NUDGES, lambda asking: say.ask_nudges(asking.texts)),
            ),
            desk.finish_nudges,
            access=core_codes.AUTHORS,
        ),
    )


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

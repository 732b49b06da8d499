"""The form by which people answer: slots for as many questions and guests as an event may have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from bot.events.rules.answers import ANSWER_LIMIT, GUEST_LIMIT, choice_of
from bot.events.rules.plan import MOST_GUESTS, MOST_QUESTIONS, Asked
from bot.events.signing.texts import asking as say
from bot.i18n import Html
from bot.tg.capability import EVERYONE
from bot.tg.forms import Choice, Form, Problem, Question, parsers

if TYPE_CHECKING:
    from bot.tg.forms import Asking, Reply

FORM: Final = "event.questions"
_BUTTON: Final = 40
"""Characters of an earlier answer that is offered as a button."""
_words = parsers.text(ANSWER_LIMIT)


def asked_of(answers: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Return the questions that a form puts, from its answers so far."""
    return tuple(Asked(one["text"], tuple(one["choices"])) for one in answers.get("asked") or ())


def _question(slot: int) -> Question[str]:
    def asked(asking: Asking) -> Asked:
        return asked_of(asking.answers)[slot]

    def had(asking: Asking) -> str | None:
        found: str | None = (asking.answers.get("had") or {}).get(asked(asking).text)
        return found

    def prompt(asking: Asking) -> Html:
        return say.ask(asking.texts, str(asking.answers["about"]), asked(asking).text, had(asking))

    def choices(asking: Asking) -> list[Choice]:
        if slot >= len(asked_of(asking.answers)):
            return []
        before = had(asking)
        offered = asked(asking).choices or (() if before is None or len(before) > _BUTTON else (before,))
        return [Choice(one, one) for one in offered]

    def parse(asking: Asking, reply: Reply) -> str | Problem:
        one = asked(asking)
        if one.choices:
            chosen = choice_of(one, reply.text)
            return chosen if chosen is not None else Problem(say.choose(asking.texts, one.choices))
        return _words(asking, reply)

    def show(asking: Asking, value: Any) -> Html:
        return Html("{} {}").format(asked(asking).text, value)

    def when(asking: Asking) -> bool:
        return slot < len(asked_of(asking.answers))

    return Question(f"a{slot}", say.ANSWER, prompt, parse, choices=choices, when=when, show=show)


def _guest(slot: int) -> Question[str]:
    def count(asking: Asking) -> int:
        return int(asking.answers.get("guests") or 0)

    def prompt(asking: Asking) -> Html:
        return say.ask_guest(asking.texts, str(asking.answers["about"]), slot + 1, count(asking))

    return Question(f"g{slot}", say.GUEST, prompt, parsers.text(GUEST_LIMIT), when=lambda asking: slot < count(asking))


def form(finish: Callable[..., Any]) -> Form[Any]:
    """Return the form of the questions of an event."""
    slots = (*(_question(slot) for slot in range(MOST_QUESTIONS)), *(_guest(slot) for slot in range(MOST_GUESTS)))
    return Form(FORM, say.TITLE, slots, finish, EVERYONE)

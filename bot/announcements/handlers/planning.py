"""What forms and lines have in common that say until when something is asked, and when those are reminded who have not done it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.announcements.rules import plan
from bot.announcements.texts import plan as say
from bot.i18n import Html
from bot.kernel.times import Ambiguous, DoesNotExist, Parsed, parse_time
from bot.tg.access import Declined
from bot.tg.forms import Problem, Question
from bot.tg.forms import texts as say_form
from bot.tg.forms.questions import ask_integer

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from bot.announcements.rules.plan import Fault
    from bot.tg.context import Context
    from bot.tg.forms import Asking, Reply

ReadPlan = Callable[[str], "tuple[timedelta, ...] | Fault"]


def moment_of(context: Context, typed: str) -> datetime | None:
    """Read a time; None where a form has to ask back what is meant.

    :raises Declined: where no question could make a time of it.
    """
    outcome = parse_time(typed, context.now, context.texts.tz)
    match outcome:
        case Parsed(date_only=False):
            return outcome.at
        case Parsed() | Ambiguous() | DoesNotExist():
            return None
        case _:
            raise Declined(say_form.problem_of(outcome, context.texts))


def plan_of(context: Context, typed: str, read: ReadPlan = plan.read_nudges) -> tuple[timedelta, ...]:
    """Read a plan of reminders.

    :raises Declined: with what is wrong about it.
    """
    found = read(typed)
    if isinstance(found, tuple):
        return found
    raise Declined(say.fault(context.texts, found))


def number_question(label: str) -> Question[int]:
    """Name the announcement; always preset, by the button or the line that starts the form."""
    return ask_integer("number", label, lambda asking: asking.texts.gettext(label), 1)


def plan_question(label: str, ask: Callable[[Asking], Html], read: ReadPlan = plan.read_nudges) -> Question[str]:
    """Ask when those are reminded who have not done it."""

    def parse(asking: Asking, reply: Reply) -> str | Problem:
        found = read(reply.text)
        return plan.write_delays(found) if isinstance(found, tuple) else Problem(say.fault(asking.texts, found))

    def show(asking: Asking, value: Any) -> Html:
        nudges = tuple(after for after in plan.read_delays(value) if after.total_seconds() > 0)
        return say.lengths(asking.texts, nudges) if nudges else Html("—")

    return Question("nudges", label, ask, parse, show=show)

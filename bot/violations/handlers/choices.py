"""``/ladder settings``: how long cases count, the cap of a day, points, who has to agree, whom cards name (R22)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.i18n import N_
from bot.tg.access import Declined
from bot.tg.buttons import column
from bot.tg.forms import Choice as Answer
from bot.tg.forms import Form, Problem, Question
from bot.violations import service
from bot.violations.handlers import codes
from bot.violations.handlers.opening import redraw
from bot.violations.rules.case import Person
from bot.violations.rules.choosing import SWITCHES, BadValue, Choice, NoChoice, choose, read_choice
from bot.violations.rules.settings import DEFAULTS
from bot.violations.texts import choices as say
from bot.violations.texts import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.i18n import Html
    from bot.tg.context import Context
    from bot.tg.effects import Keyboard
    from bot.tg.forms import Asking, Reply
    from bot.violations.rules.settings import Settings

_DAY = timedelta(days=1)
_OFFERED: dict[Choice, tuple[timedelta, ...]] = {
    Choice.EXPIRY: (7 * _DAY, 30 * _DAY, 90 * _DAY, 365 * _DAY),
    Choice.CLEAN: (30 * _DAY, 60 * _DAY, 90 * _DAY),
    Choice.LEAVE: (_DAY / 2, _DAY, 2 * _DAY, 3 * _DAY),
}
_CAPS = (1, 2, 3, 5)
_ASK = "ask"
_TARGETS = frozenset({"on", "off", _ASK})
_ON_CARDS = frozenset({Choice.CLEAN, Choice.POINTS, Choice.HIDDEN})
"""What changes what cards say already."""


async def settings(_update: Update, context: Context) -> None:
    """``/ladder settings``, ``/ladder settings expiry 60``."""
    if not context.args_text:
        context.reply(*_page(context, await service.settings(context.tx, context.group.id)))
        return
    found = read_choice(context.args_text)
    if isinstance(found, NoChoice):
        raise Declined(say.wrong(context.texts, found))
    context.reply(*_page(context, await _choose(context, *found)))


async def open_page(_update: Update, context: Context) -> None:
    """Show the page of the settings."""
    context.reply(*_page(context, await service.settings(context.tx, context.group.id)))


async def tap(_update: Update, context: Context, name: str, value: str) -> None:
    """Turn a switch, or ask for a value."""
    if name not in set(Choice) or value not in _TARGETS:
        context.toast(say.stale(context.texts), alert=True)
        return
    choice = Choice(name)
    if choice not in SWITCHES:
        await context.start_form(codes.CHOICE_FORM, {"choice": choice.value})
        return
    chosen = await _choose(context, choice, "on" if value == "on" else "off")
    context.toast(say.saved(context.texts))
    context.edit(*_page(context, chosen))


async def _choose(context: Context, choice: Choice, typed: str) -> Settings:
    """Store a value and have cards follow.

    :raises Declined: for what is no value.
    """
    by = Person(context.actor.user_id, context.actor.name)
    outcome = await service.choose_as_typed(context.tx, context.group.id, choice, typed, by, context.now)
    if isinstance(outcome, BadValue):
        raise Declined(say.wrong(context.texts, outcome))
    if outcome.changed and choice in _ON_CARDS:
        await redraw(context.scope, context.group)
    return outcome.settings


def _page(context: Context, chosen: Settings) -> tuple[Html, Keyboard]:
    texts = context.texts

    def target(choice: Choice) -> str:
        if choice not in SWITCHES:
            return _ASK
        return "off" if say.is_on(chosen, choice) else "on"

    keys = [
        codes.CHOOSE.key(say.button(texts, choice), context.group, choice.value, target(choice)) for choice in Choice
    ]
    return say.page(texts, chosen), column(keys)


# The form: one question


def form() -> Form[Any]:
    """Return the form that asks for one value."""
    value = Question(
        "value",
        N_("Value"),
        lambda asking: say.ask(asking.texts, Choice(asking.answers["choice"])),
        _parse,
        choices=_offered,
    )
    return Form(codes.CHOICE_FORM, words.CHOICES_TITLE, (value,), finish, codes.SETTERS)


def _parse(asking: Asking, reply: Reply) -> str | Problem:
    chosen = choose(DEFAULTS, Choice(asking.answers["choice"]), reply.text)
    return Problem(say.wrong(asking.texts, chosen)) if isinstance(chosen, BadValue) else reply.text.strip()


def _offered(asking: Asking) -> Sequence[Answer]:
    texts, choice = asking.texts, Choice(asking.answers["choice"])
    if choice is Choice.CAP:
        found = [Answer(texts.number(cap), text=str(cap)) for cap in _CAPS]
    else:
        hours = [(length, int(length.total_seconds()) // 3600) for length in _OFFERED[choice]]
        found = [Answer(texts.duration(length), text=f"{n}h") for length, n in hours]
    return found if choice is Choice.EXPIRY else [*found, Answer(say.off_label(texts), text="off")]


async def finish(_update: Update, context: Context, answers: dict[str, Any]) -> None:
    """Store the value, and show the page."""
    context.reply(*_page(context, await _choose(context, Choice(answers["choice"]), str(answers["value"]))))

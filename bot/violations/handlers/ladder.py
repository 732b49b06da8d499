"""``/ladder``: what each warning brings, and setting it, on one line or as a form (R22)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.i18n import Html
from bot.kernel.durations import parse_duration
from bot.kernel.numerals import fold
from bot.kernel.roles import Right
from bot.tg.access import Declined
from bot.tg.buttons import rows
from bot.tg.forms import Choice, Form, Problem, Question
from bot.violations import service
from bot.violations.handlers import codes
from bot.violations.rules.case import Person
from bot.violations.rules.ladder import DEFAULT_LADDER, MOST_STEPS, Ladder, Rung, Step, fault_of
from bot.violations.rules.settings import EXPIRY
from bot.violations.rules.typed import NoLength, NotAStep, read_ladder, read_step
from bot.violations.texts import ladder as say
from bot.violations.texts import lists, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from telegram import Update

    from bot.tg.context import Context
    from bot.tg.effects import Keyboard
    from bot.tg.forms import Asking, Reply

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_OFFERED = (
    Step(Rung.NOTICE),
    Step(Rung.WARNING),
    Step(Rung.SERIOUS),
    Step(Rung.SERIOUS, _HOUR),
    Step(Rung.LEAVE, _DAY),
    Step(Rung.REMOVAL),
)
_LENGTHS = (_HOUR, 12 * _HOUR, _DAY, 7 * _DAY)
_ENOUGH = frozenset(
    {"that is all", "that's all", "done", "end", "no more", "完", "完了", "没有了", "就这些", "到此为止"}
)
_COUNT = "count"
"""The preset that says how many steps a ladder has that came on one line."""
_REDRAWN = 100
"""So many of the newest cases are looked at for cards that tell the next step."""


# Showing


async def show(_update: Update, context: Context) -> None:
    """``/ladder``: what each warning brings."""
    if context.args_text:
        raise Declined(say.wrong(context.texts, NotAStep(context.args_text)))
    steps = await service.ladder(context.tx, context.group.id)
    context.reply(lists.ladder(context.texts, steps, EXPIRY.days), _keys(context, steps))


def _keys(context: Context, steps: Ladder) -> Keyboard:
    if not context.standing.may(Right.SETTINGS):
        return ()
    texts, group = context.texts, context.group
    back = None if steps == DEFAULT_LADDER else codes.DEFAULT_LADDER.key(say.default_label(texts), group)
    return rows((codes.SET_LADDER.key(say.set_label(texts), group), back))


# Setting


async def set_by_line(_update: Update, context: Context) -> None:
    """``/ladder set warning, serious 1h, mute 24h, removal``: shown back before it is saved."""
    steps = read_ladder(context.args_text)
    if not isinstance(steps, tuple):
        raise Declined(say.wrong(context.texts, steps))
    await _propose(context, steps)


async def default(_update: Update, context: Context) -> None:
    """``/ladder default``: shown before it is saved."""
    if context.args_text:
        raise Declined(say.wrong(context.texts, NotAStep(context.args_text)))
    await _propose(context, DEFAULT_LADDER)


async def tap_set(_update: Update, context: Context) -> None:
    """Ask for the steps."""
    await context.start_form(codes.LADDER_FORM)


async def tap_default(_update: Update, context: Context) -> None:
    """Show the default before it is saved."""
    await _propose(context, DEFAULT_LADDER)


async def _propose(context: Context, steps: Ladder) -> None:
    preset: dict[str, Any] = {_key(place): step for place, step in enumerate(steps, start=1)}
    await context.start_form(codes.LADDER_FORM, {**preset, _COUNT: len(steps)})


async def finish(_update: Update, context: Context, answers: dict[str, Any]) -> None:
    """Save the steps; cards that tell the next one are drawn anew."""
    steps = _steps_of(answers)
    by = Person(context.actor.user_id, context.actor.name)
    fault = await service.set_ladder(context.tx, context.group.id, steps, by, context.now)
    if fault is not None:
        raise Declined(say.wrong(context.texts, fault))
    for case in await service.last_counting(context.tx, context.group.id, context.now, _REDRAWN):
        context.scope.cards.changed(codes.CARD, str(case.id))
    context.reply(Html("\n\n").join((say.saved(context.texts), lists.ladder(context.texts, steps, EXPIRY.days))))


def _steps_of(answers: dict[str, Any]) -> Ladder:
    """Return the steps up to the one that ends the ladder: answers that were changed may have left later ones behind."""
    steps: list[Step] = []
    for place in range(1, MOST_STEPS + 1):
        step = answers.get(_key(place))
        if not isinstance(step, Step):
            break
        steps.append(step)
        if step.rung is Rung.REMOVAL:
            break
    return tuple(steps)


# The form: a question for each step, until one ends the ladder


def form() -> Form[Any]:
    """Return the form."""
    questions = tuple(_question(place, label) for place, label in enumerate(words.STEPS, start=1))
    return Form(codes.LADDER_FORM, words.SET_TITLE, questions, finish, codes.SETTERS, confirm=True)


def _key(place: int) -> str:
    return f"step{place}"


def _question(place: int, label: str) -> Question[Step | None]:
    return Question(
        _key(place),
        label,
        lambda asking: say.ask_step(asking.texts, place),
        lambda asking, reply: _parse(asking, reply, place),
        Step,
        choices=lambda asking: _choices(asking, place),
        when=_goes_on(place),
        show=_show,
    )


def _goes_on(place: int) -> Callable[[Asking], bool]:
    """Ask for a step while there is one before it that does not end the ladder."""

    def when(asking: Asking) -> bool:
        before = asking.answers.get(_key(place - 1))
        follows = isinstance(before, Step) and before.rung is not Rung.REMOVAL
        return place == 1 or (follows and place <= asking.answers.get(_COUNT, MOST_STEPS))

    return when


def _choices(asking: Asking, place: int) -> Sequence[Choice]:
    texts = asking.texts
    steps = [Choice(say.step_label(texts, step), step) for step in _OFFERED]
    mute = Choice(say.mute_label(texts), text=Rung.MUTE.value)
    enough = [Choice(say.enough_label(texts))] if place > 1 else []
    return (*steps[:-2], mute, *steps[-2:], *enough)


def _parse(asking: Asking, reply: Reply, place: int) -> Step | Problem | None:
    typed = fold(reply.text).strip(" .!。")
    if place > 1 and typed in _ENOUGH:
        return None
    if asking.partial and parse_duration(typed) is not None:
        typed = f"{asking.partial} {typed}"
    step = read_step(typed)
    match step:
        case NoLength():
            lengths = [_length_choice(asking, typed, length) for length in _LENGTHS]
            return Problem(say.ask_length(asking.texts), tuple(lengths), typed)
        case NotAStep():
            return Problem(say.what_is_wrong(asking.texts, NotAStep(reply.text)))
        case Step():
            fault = fault_of((step,))
            return step if fault is None else Problem(say.what_is_wrong(asking.texts, fault))


def _length_choice(asking: Asking, step: str, length: timedelta) -> Choice:
    """Offer a length for a step that was typed without one; the whole is then read as if typed."""
    return Choice(say.length_label(asking.texts, length), text=f"{step} {length // _HOUR}h")


def _show(asking: Asking, value: Any) -> Html:
    return words.step(asking.texts, value) if isinstance(value, Step) else say.no_step(asking.texts)

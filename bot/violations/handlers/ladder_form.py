"""The form that asks for the steps of a ladder (R22)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.kernel.durations import parse_duration
from bot.kernel.numerals import fold
from bot.tg.forms import Choice, Problem, Question
from bot.violations.rules.ladder import MOST_STEPS, Ladder, Rung, Step, fault_of
from bot.violations.rules.typed import NoLength, NotAStep, read_step
from bot.violations.texts import ladder as say
from bot.violations.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.i18n import Html
    from bot.tg.forms import Asking, Reply

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_MILD = (Step(Rung.NOTICE), Step(Rung.WARNING), Step(Rung.SERIOUS), Step(Rung.SERIOUS, _HOUR))
_HARSH = (Step(Rung.LEAVE, _DAY), Step(Rung.REMOVAL), Step(Rung.KICK), Step(Rung.BAN))
_WITH_LENGTH = ((Rung.MUTE, "mute"), (Rung.RESTRICT, "no media"))
"""Steps whose length is asked for next, and how they are typed."""
_LENGTHS = (_HOUR, 12 * _HOUR, _DAY, 7 * _DAY)
_ENOUGH = frozenset(
    {"that is all", "that's all", "done", "end", "no more", "完", "完了", "没有了", "就这些", "到此为止"}
)
_COUNT = "count"
"""The preset that says how many steps a ladder has that came on one line."""


def questions() -> tuple[Question[Step | None], ...]:
    """Return a question for each step, until one ends the ladder."""
    return tuple(_question(place, label) for place, label in enumerate(words.STEPS, start=1))


def presets(steps: Ladder) -> dict[str, Any]:
    """Return the answers that stand for a ladder."""
    return {**{_key(place): step for place, step in enumerate(steps, start=1)}, _COUNT: len(steps)}


def steps_of(answers: dict[str, Any]) -> Ladder:
    """Return the steps up to the one that ends the ladder: answers that were changed may have left later ones behind."""
    steps: list[Step] = []
    for place in range(1, MOST_STEPS + 1):
        step = answers.get(_key(place))
        if not isinstance(step, Step):
            break
        steps.append(step)
        if step.is_last:
            break
    return tuple(steps)


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
        follows = isinstance(before, Step) and not before.is_last
        return place == 1 or (follows and place <= asking.answers.get(_COUNT, MOST_STEPS))

    return when


def _choices(asking: Asking, place: int) -> Sequence[Choice]:
    texts = asking.texts
    mild, harsh = ([Choice(say.step_label(texts, step), step) for step in steps] for steps in (_MILD, _HARSH))
    lengths = [Choice(say.length_wanted(texts, rung), text=word) for rung, word in _WITH_LENGTH]
    enough = [Choice(say.enough_label(texts))] if place > 1 else []
    return (*mild, *lengths, *harsh, *enough)


def _parse(asking: Asking, reply: Reply, place: int) -> Step | Problem | None:
    typed = fold(reply.text).strip(" .!。")
    if place > 1 and typed in _ENOUGH:
        return None
    if asking.partial and parse_duration(typed) is not None:
        typed = f"{asking.partial} {typed}"
    step = read_step(typed)
    match step:
        case NoLength(rung):
            lengths = [_length_choice(asking, typed, length) for length in _LENGTHS]
            return Problem(say.ask_length(asking.texts, rung), tuple(lengths), typed)
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

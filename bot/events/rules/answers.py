"""What people answer to the questions an event asks on sign-up, and what is still open (R05)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.events.rules.signup import SignUpState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.events.rules.plan import Asked, Plan
    from bot.events.rules.signup import SignUp
    from bot.kernel.ids import UserId

ANSWER_LIMIT: Final = 200
"""Characters of an answer in words."""
GUEST_LIMIT: Final = 64
"""Characters of a guest's name."""
ASKED_OF: Final = (SignUpState.GOING, SignUpState.OFFERED, SignUpState.WAITING)
"""Those who are asked: also who waits, since a seat may come at any time."""


@dataclass(frozen=True, slots=True)
class Open:
    """What a person has not answered yet: questions, and the names of how many guests."""

    questions: tuple[Asked, ...] = ()
    guests: int = 0

    def __bool__(self) -> bool:
        return bool(self.questions) or self.guests > 0


@dataclass(frozen=True, slots=True)
class Count:
    """How often each answer was given to a question, the choices first in their order; ``none`` have not answered."""

    question: Asked
    answers: tuple[tuple[str, int], ...]
    none: int


def open_for(plan: Plan, mine: SignUp | None, given: Mapping[str, str]) -> Open:
    """Return what a person is still to be asked."""
    if mine is None or not mine.state.is_on_it or not mine.has_telegram:
        return Open()
    questions = tuple(one for one in plan.questions if one.text not in given)
    return Open(questions, mine.guests - len(mine.companions) if plan.named else 0)


def asks(plan: Plan) -> bool:
    """Say whether an event asks anything of those who sign up."""
    return bool(plan.questions) or (plan.named and plan.guests > 0)


def choice_of(asked: Asked, typed: str) -> str | None:
    """Return the choice that was typed, by its words or its number from 1; None if it is none."""
    folded = typed.strip().casefold()
    for number, choice in enumerate(asked.choices, start=1):
        if folded in {choice.casefold(), str(number)}:
            return choice
    return None


def counted(plan: Plan, people: Sequence[SignUp], answers: Mapping[UserId, Mapping[str, str]]) -> tuple[Count, ...]:
    """Count the answers of those on an event, question by question; guests are not asked."""
    return tuple(
        _count(one, [answers.get(person.user_id, {}).get(one.text) for person in people]) for one in plan.questions
    )


def _count(asked: Asked, given: Iterable[str | None]) -> Count:
    sums: dict[str, int] = dict.fromkeys(asked.choices, 0)
    none = 0
    for answer in given:
        if answer is None:
            none += 1
        else:
            sums[answer] = sums.get(answer, 0) + 1
    return Count(asked, tuple((answer, n) for answer, n in sums.items() if n or answer in asked.choices), none)

"""The three buttons under an appeal, the questions they ask, and everything that follows a decision in the same turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from bot.i18n import Html
from bot.kernel.durations import parse_duration
from bot.kernel.times import Parsed, parse_time
from bot.tg.access import Declined
from bot.tg.forms import Choice, Form, Problem, Question
from bot.tg.forms.parsers import show_moment
from bot.tg.forms.questions import ask_text
from bot.violations.appeals import service
from bot.violations.appeals.handlers import codes
from bot.violations.appeals.rules import (
    LONGEST_STANDSTILL,
    REMARK_LIMIT,
    CaseUndone,
    Decided,
    MayDecide,
    NoSuchAppeal,
    Phase,
    deciders,
    lighter,
    may_decide,
)
from bot.violations.appeals.service import Settled, Verdict
from bot.violations.appeals.texts import managers as say
from bot.violations.appeals.texts import words
from bot.violations.handlers.codes import CARD as CASE_CARD
from bot.violations.handlers.orders import give, remind, watch
from bot.violations.handlers.undo import take_back
from bot.violations.rules.case import Act, Person
from bot.violations.rules.ladder import Rung, Step
from bot.violations.texts import words as case_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope
    from bot.tg.forms import Asking, Reply
    from bot.violations.appeals.handlers.court import Court
    from bot.violations.appeals.handlers.telling import Telling
    from bot.violations.appeals.rules import Appeal, NotDecided
    from bot.violations.handlers.removal import Removals
    from bot.violations.rules.case import Case
    from bot.violations.rules.outcomes import Replaced

_STANDSTILLS: Final = (timedelta(days=7), timedelta(days=30), timedelta(days=90))


@dataclass(frozen=True, slots=True)
class Deciding:
    """The handlers of those who decide."""

    court: Court
    telling: Telling
    removals: Removals

    async def tap(self, _update: Update, context: Context, what: str, appeal_id: int) -> None:
        """Ask what belongs to a decision; who may not decide is told so at once."""
        found = await service.dossier(context.tx, context.group.id, appeal_id)
        if found is None or what not in _VERDICTS:
            context.toast(say.not_decided(context.texts, NoSuchAppeal()), alert=True)
            return
        appeal, case = found
        refusal = await self._refusal(context, appeal, case)
        if refusal is not None:
            context.scope.cards.changed(codes.CARD, str(appeal.id))
            context.toast(say.not_decided(context.texts, refusal), alert=True)
            return
        known: dict[str, Any] = {"appeal": appeal.id, "what": what, "number": appeal.number}
        if what == Phase.REDUCED.value:
            known["steps"] = [_packed(step) for step in lighter(case, context.now)]
        await context.start_form(codes.DECIDING_FORM, known)

    async def _refusal(self, context: Context, appeal: Appeal, case: Case) -> NotDecided | None:
        managers = await self.court.managers(context.scope, context.group)
        may = may_decide(appeal, case, context.actor.user_id, deciders(case, managers.able, managers.owner))
        if not isinstance(may, MayDecide):
            return may
        return CaseUndone(appeal, case) if case.undone is not None else None

    # The questions

    def form(self) -> Form[Any]:
        """Return the form: the lighter step or until when the case stands, and a remark."""
        step: Question[str] = Question(
            "step",
            words.STEP,
            lambda asking: say.ask_step(asking.texts),
            _parse_step,
            choices=_step_choices,
            typed=False,
            when=lambda asking: asking.answers.get("what") == Phase.REDUCED.value,
            show=lambda asking, value: case_words.step(asking.texts, _unpacked(value)),
        )
        until: Question[datetime] = Question(
            "until",
            words.UNTIL,
            lambda asking: say.ask_until(asking.texts),
            _parse_until,
            datetime,
            choices=_standstills,
            when=lambda asking: asking.answers.get("what") == Phase.UPHELD.value,
            show=show_moment,
        )
        remark = ask_text(
            "remark",
            words.REMARK,
            lambda asking: say.ask_remark(asking.texts),
            REMARK_LIMIT,
            lines=True,
            optional=True,
            default="",
        )
        return Form(codes.DECIDING_FORM, words.DECIDE_TITLE, (step, until, remark), self.finish, codes.DECIDERS)

    async def finish(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Decide with what the form asked for."""
        scope, group, actor = context.scope, context.group, context.actor
        step = None if answers.get("step") is None else _unpacked(answers["step"])
        verdict = Verdict(Phase(answers["what"]), answers.get("remark") or "", answers.get("until"), step)
        managers = await self.court.managers(scope, group)
        by = Person(actor.user_id, actor.name)
        outcome = await service.decide(context.tx, managers, answers["appeal"], verdict, by, context.now)
        if isinstance(outcome, Settled):
            await self._follow(scope, group, outcome, by)
            told = await self.telling.tell_decided(scope, group, outcome.appeal)
            context.reply(say.decided(context.texts, outcome.appeal, told))
            return
        if isinstance(outcome, Decided | CaseUndone):
            scope.cards.changed(codes.CARD, str(outcome.appeal.id))
            context.reply(Html.escape(say.not_decided(context.texts, outcome)))
            return
        raise Declined(Html.escape(say.not_decided(context.texts, outcome)))

    # What follows

    async def _follow(self, scope: Scope, group: Group, outcome: Settled, by: Person) -> None:
        """Show what was decided, and order what it brings."""
        scope.cards.changed(codes.CARD, str(outcome.appeal.id))
        scope.cards.changed(CASE_CARD, str(outcome.case.id))
        if outcome.reverted is not None:
            await take_back(scope, group, outcome.reverted, by, self.removals)
        if outcome.replaced is not None:
            await _put(scope, group, outcome.replaced)
        if outcome.reverted is not None:
            await self.telling.let_back(scope, group, outcome.case)


async def _put(scope: Scope, group: Group, replaced: Replaced) -> None:
    """Show the case that took another's place, and order what it brings."""
    case = replaced.case
    await scope.cards.post(
        CASE_CARD, str(case.id), group, group.chat_id, thread_id=group.thread_for("cases"), silent=True
    )
    if replaced.order is not None:
        give(scope, group, case, Act.IMPOSE, replaced.order)
    await remind(scope, case)
    await watch(scope, case)


_VERDICTS: Final = frozenset((Phase.UPHELD.value, Phase.REDUCED.value, Phase.LIFTED.value))


def _packed(step: Step) -> str:
    return step.rung.value if step.mute is None else f"{step.rung.value} {int(step.mute.total_seconds())}"


def _unpacked(packed: str) -> Step:
    rung, _, seconds = packed.partition(" ")
    return Step(Rung(rung), timedelta(seconds=int(seconds)) if seconds else None)


def _step_choices(asking: Asking) -> Sequence[Choice]:
    return [Choice(_label(asking, packed), packed) for packed in asking.answers.get("steps", ())]


def _label(asking: Asking, packed: str) -> str:
    return case_words.step(asking.texts, _unpacked(packed)).striptags()


def _parse_step(asking: Asking, _reply: Reply) -> Problem:
    return Problem(say.ask_step(asking.texts))


def _standstills(asking: Asking) -> Sequence[Choice]:
    return [Choice(asking.texts.duration(length), text=f"{length.days} days") for length in _STANDSTILLS]


def _parse_until(asking: Asking, reply: Reply) -> datetime | Problem:
    """Take a length from now on, or a time that lies ahead."""
    length = parse_duration(reply.text)
    at = None if length is None or length > LONGEST_STANDSTILL else asking.now + length
    if length is None:
        outcome = parse_time(reply.text, asking.now, asking.texts.tz)
        at = outcome.at if isinstance(outcome, Parsed) else None
    if at is None or not asking.now < at <= asking.now + LONGEST_STANDSTILL:
        return Problem(say.bad_until(asking.texts, reply.text))
    return at

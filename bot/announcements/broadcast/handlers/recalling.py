"""Taking back all copies of an announcement: asked why, and whether it is meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bot.announcements.broadcast.handlers import codes
from bot.announcements.broadcast.handlers.choosing import done
from bot.announcements.broadcast.rules.life import Act, Broadcast, Unknown
from bot.announcements.broadcast.rules.progress import Fate, tally
from bot.announcements.broadcast.service import sending, steps
from bot.announcements.broadcast.texts import page as say
from bot.announcements.broadcast.texts import words
from bot.announcements.handlers.aside import numbered
from bot.announcements.handlers.codes import SENDERS
from bot.announcements.handlers.desk import PURPOSE, by_of
from bot.announcements.handlers.withdrawing import LONGEST
from bot.announcements.texts import withdrawing as say_core
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.forms import Asking, Choice, Form, Problem, Question, Reply
from bot.tg.forms.questions import ask_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.tg.context import Context

FORM: Final = "announce.withdraw.all"
_YES: Final = "yes"


@dataclass(frozen=True, slots=True)
class Recalling:
    """The ways to it, and the form."""

    async def tap(self, _update: Update, context: Context, broadcast_id: int) -> None:
        """Begin by a tap on the card of one sending."""
        found = await steps.find(context.tx, context.group.id, broadcast_id)
        if isinstance(found, Unknown):
            raise Declined(say.refused(context.texts, found, Act.WITHDRAW))
        await self._begin(context, [found], "")

    async def command(self, context: Context, number: int, reason: str) -> None:
        """``/announce withdraw everywhere 12 wrong date``: all sendings of that announcement."""
        item = await numbered(context, number)
        found = await steps.standing(context.tx, item)
        if not found:
            raise Declined(say.went_nowhere(context.texts, number))
        await self._begin(context, found, reason)

    @staticmethod
    async def _begin(context: Context, broadcasts: Sequence[Broadcast], reason: str) -> None:
        groups = 0
        for broadcast in broadcasts:
            done(context, steps.may_step(broadcast, Act.WITHDRAW, by_of(context)), Act.WITHDRAW)
            counts = tally(broadcast, await sending.rows_of(context.tx, broadcast.id))
            groups += counts.of(Fate.SENT, Fate.ON_WAY, Fate.REVIEW)
        await step_aside(context, PURPOSE)
        known = {"number": broadcasts[0].number, "groups": groups, "sendings": [one.id for one in broadcasts]}
        await context.start_form(FORM, {**known, "reason": reason} if reason else known)

    def form(self) -> Form[Any]:
        """Return the form: why, and whether it is meant."""
        reason = ask_text("reason", say_core.REASON, _ask_reason, LONGEST, optional=True, default="")
        sure = Question("sure", words.WITHDRAW, _ask_sure, _parse_sure, choices=_sure)
        return Form(FORM, words.WITHDRAW, (reason, sure), self._finish, access=SENDERS)

    @staticmethod
    async def _finish(_update: Update, context: Context, answers: dict[str, Any]) -> None:
        why, by = answers["reason"] or "", by_of(context)
        for broadcast_id in answers["sendings"]:
            found = await steps.find(context.tx, context.group.id, broadcast_id)
            if isinstance(found, Unknown):
                raise Declined(say.refused(context.texts, found, Act.WITHDRAW))
            outcome = await steps.step(context.tx, found, Act.WITHDRAW, by, context.now, why=why)
            done(context, outcome, Act.WITHDRAW)
            context.scope.cards.changed(codes.CARD, str(broadcast_id))
        context.reply(say.withdrawing(context.texts, answers["number"]))


def _ask_reason(asking: Asking) -> Any:
    return say.ask_withdraw(asking.texts, asking.answers["number"], asking.answers["groups"])


def _ask_sure(asking: Asking) -> Any:
    return say.ask_sure(asking.texts, asking.answers["number"], asking.answers["groups"])


def _sure(asking: Asking) -> list[Choice]:
    return [Choice(asking.texts.label(words.WITHDRAW_YES), _YES)]


def _parse_sure(asking: Asking, reply: Reply) -> str | Problem:
    return _YES if say.is_yes(reply.text) else Problem(say_core.how_wanted(asking.texts))

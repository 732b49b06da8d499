"""``/warn``: on one line, as a reply, or as a form (R23)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, assert_never

from bot.i18n import N_, texts_for
from bot.kernel.blank import is_blank
from bot.kernel.roles import Right
from bot.members.identity import texts as identity_texts
from bot.members.identity.handlers import as_answer, find_answer, find_target, person_question
from bot.members.identity.rules import Found, Missing, TargetKind
from bot.tg.access import Declined
from bot.tg.buttons import rows
from bot.tg.forms import Choice, Form, Question
from bot.tg.forms.questions import ask_text
from bot.violations import service
from bot.violations.handlers import channels, codes
from bot.violations.handlers.evidence import evidence_of
from bot.violations.handlers.naming import Named, rule_question
from bot.violations.handlers.opening import follow
from bot.violations.rules.case import Evidence, Person
from bot.violations.rules.ledger import REASON_LIMIT, Ask, Unwarnable
from bot.violations.rules.outcomes import JustWarned, ReasonTooLong, Warned
from bot.violations.texts import answers as say
from bot.violations.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Update

    from bot.i18n import Html
    from bot.kernel.ids import UserId
    from bot.members.identity.rules import Outcome
    from bot.members.rules import Member
    from bot.tg.context import Context
    from bot.tg.forms import Asking
    from bot.violations.handlers.naming import Rules
    from bot.violations.handlers.removal import Removals

_UNWARNABLE: dict[TargetKind, Unwarnable] = {
    TargetKind.GONE: Unwarnable.GONE,
    TargetKind.ONESELF: Unwarnable.ONESELF,
    TargetKind.THE_BOT: Unwarnable.THE_BOT,
    TargetKind.OTHER_BOT: Unwarnable.OTHER_BOT,
    TargetKind.ANONYMOUS: Unwarnable.ANONYMOUS,
    TargetKind.CHANNEL: Unwarnable.CHANNEL,
}
EVIDENCE = "evidence"
"""The preset that holds the message which was answered."""


@dataclass(frozen=True, slots=True)
class Warn:
    """The handlers of ``/warn``."""

    removals: Removals
    rules: Rules

    async def command(self, _update: Update, context: Context) -> None:
        """``/warn @name A3 reason``, ``/warn`` as a reply; without a reason, ask for it."""
        outcome, reason = await find_target(context)
        outcome = await channels.titled(context, outcome)
        reason = "" if is_blank(reason) else reason
        if isinstance(outcome, Missing) and not reason:
            await context.start_form(codes.FORM)
            return
        member = _warnable(context, outcome)
        named, reason = await self.rules.read(context, reason) if reason else (Named(), "")
        evidence = message_answered(context, member.user_id)
        if not reason and not named.code:
            known = {"who": as_answer(member.user_id), "name": member.name}
            await context.start_form(codes.FORM, known if evidence is None else {**known, EVIDENCE: asdict(evidence)})
            return
        await self._warn(context, _ask(context, member, named, reason, evidence))

    async def finish(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Warn with what the form asked for."""
        outcome = await channels.titled(context, await find_answer(context, answers["who"]), answers.get("name", ""))
        member = _warnable(context, outcome)
        kept = answers.get(EVIDENCE)
        evidence = None if kept is None else Evidence(**kept)
        reason = answers.get("reason") or answers.get("more") or ""
        begun, named = answers.get("begun"), await self.rules.answered(context, answers)
        await self._warn(
            context,
            _ask(context, member, named, reason, evidence),
            begun=None if begun is None else datetime.fromisoformat(begun),
        )

    async def again(self, _update: Update, context: Context, held_id: int) -> None:
        """Warn although somebody else just did."""
        ask = await service.take_held(context.tx, held_id, context.group.id, context.actor.user_id, context.now)
        if ask is None:
            context.toast(say.held_is_gone(context.texts), alert=True)
            return
        outcome = await find_answer(context, as_answer(ask.target.user_id))
        _warnable(context, await channels.titled(context, outcome, ask.target.name))
        await self._warn(context, ask, anyway=True)
        context.edit(say.recorded(context.texts))

    async def _warn(self, context: Context, ask: Ask, *, anyway: bool = False, begun: datetime | None = None) -> None:
        outcome = await service.warn(context.tx, ask, context.now, anyway=anyway, begun=begun)
        match outcome:
            case ReasonTooLong(length):
                raise Declined(say.reason_too_long(context.texts, length))
            case JustWarned(held_id=held_id, hidden=hidden):
                key = codes.AGAIN.key(say.again_label(context.texts), context.group, held_id)
                unnamed = hidden and not context.private
                html = say.just_warned(context.texts, outcome, context.actor.user_id, context.now, hidden=unnamed)
                context.reply(html, rows((key,)))
            case Warned():
                await self._follow(context, outcome)
            case _:
                assert_never(outcome)

    async def _follow(self, context: Context, outcome: Warned) -> None:
        """Show the case in the group and order what it brings."""
        here = context.spoken.chat_id == context.group.chat_id
        evidence = outcome.case.evidence
        await follow(
            context.scope,
            context.group,
            outcome,
            self.removals,
            thread_id=context.spoken.thread_id if here else None,
            reply_to=None if evidence is None else evidence.message_id,
        )
        if not here:
            context.reply(say.opened(context.texts, outcome, context.now))

    def form(self) -> Form[Any]:
        """Return the form: who, and what for. Where the message speaks for itself, the reason may be left out."""
        who = person_question("who", N_("Who"), lambda asking: say.ask_who(asking.texts))
        questions = (who, rule_question(), *reason_questions(_why))
        return Form(codes.FORM, words.WARN_BUTTON, questions, self.finish, codes.MODERATORS, presets=self._known)

    async def _known(self, context: Context) -> dict[str, Any]:
        """Note the rules, and when the form was opened: who warns after another has, meanwhile, is asked whether they mean it."""
        return {"begun": context.now.isoformat(), **await self.rules.known_to_form(context)}


def _speaks(asking: Asking) -> bool:
    """Say whether a reason may be left out: the message, or the rule, speaks for itself."""
    return EVIDENCE in asking.answers or bool(asking.answers.get("rule"))


def _why(asking: Asking) -> Html:
    return say.ask_reason(asking.texts, asking.answers.get("name"))


def reason_questions(prompt: Callable[[Asking], Html]) -> tuple[Question[str], Question[str]]:
    """Return the question for a reason, and the one for a word more where the message or the rule speaks for itself."""
    reason = _reason_question("reason", prompt, when=lambda asking: not _speaks(asking))
    more = _reason_question(
        "more",
        prompt,
        when=lambda asking: _speaks(asking) and "reason" not in asking.answers,
        optional=True,
        default="",
    )
    return reason, more


def _reason_question(key: str, prompt: Callable[[Asking], Html], **options: Any) -> Question[str]:
    """Return the question for a reason, with ready-made ones to tap."""
    return ask_text(
        key,
        N_("Reason"),
        prompt,
        REASON_LIMIT,
        lines=True,
        choices=_reasons,
        **options,
    )


def _reasons(asking: Asking) -> list[Choice]:
    """Offer the ready-made reasons in the reader's language; the group reads the reason in its own."""
    group = asking.group
    theirs = asking.texts if group is None else texts_for(group.locale, group.zone)
    return [Choice(asking.texts.label(reason), theirs.label(reason)) for reason in words.REASONS]


def _warnable(context: Context, outcome: Outcome) -> Member:
    """Return who is meant.

    :raises Declined: if that is unclear, or somebody who cannot be warned.
    """
    if not isinstance(outcome, Found):
        raise Declined(say.whom(context.texts, identity_texts.unclear(context.texts, outcome)))
    if channels.is_one(outcome):
        return channels.warnable(context, outcome)
    member = outcome.member
    reason = _UNWARNABLE.get(outcome.kind)
    if reason is None and member.is_admin:
        reason = Unwarnable.OWNER if member.is_creator else Unwarnable.ADMIN
    if reason is not None:
        raise Declined(say.unwarnable(context.texts, reason, member.name))
    return member


def _ask(context: Context, member: Member, named: Named, reason: str, evidence: Evidence | None) -> Ask:
    return Ask(
        context.group.id,
        Person(member.user_id, member.name),
        Person(context.actor.user_id, context.actor.name),
        reason,
        evidence,
        basic=context.group.kind == "group",
        rule=named.code,
        rule_title=named.title,
        points=named.points,
        department=member.tag or "",
        may_remove=context.standing.may(Right.REMOVE),
    )


def message_answered(context: Context, target: UserId) -> Evidence | None:
    """Return the message that is answered, if it is the target's own and stands in the group itself."""
    update = context.spoken.ptb
    message = update.message if update is not None else None
    replied = message.reply_to_message if message is not None else None
    if replied is None or context.spoken.chat_id != context.group.chat_id:
        return None
    author = replied.sender_chat or replied.from_user
    if author is None or author.id != target:
        return None
    if message is not None and message.is_topic_message and replied.message_id == message.message_thread_id:
        return None
    return evidence_of(replied, basic=context.group.kind == "group")

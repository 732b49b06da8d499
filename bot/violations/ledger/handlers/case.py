"""``/case``: one case in full, its evidence, and amending its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.i18n import N_, texts_for
from bot.kernel.roles import Right
from bot.tg import effects as fx
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import rows
from bot.tg.forms import Form
from bot.tg.forms.questions import ask_text
from bot.violations import service as core
from bot.violations.handlers import codes as core_codes
from bot.violations.handlers.undo import Undo
from bot.violations.ledger import service
from bot.violations.ledger.handlers import codes
from bot.violations.ledger.handlers.aside import among_managers, aside_only
from bot.violations.ledger.handlers.fitting import fitted
from bot.violations.ledger.rules.amending import Amended
from bot.violations.ledger.rules.naming import Named, read_case, read_reason
from bot.violations.ledger.texts import cases as case_texts
from bot.violations.ledger.texts import words as say
from bot.violations.rules.case import Person
from bot.violations.rules.ledger import REASON_LIMIT
from bot.violations.texts import card as card_texts

if TYPE_CHECKING:
    from telegram import Update

    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Key, Keyboard
    from bot.violations.handlers.face import Story
    from bot.violations.ledger.rules.wanted import Story as Happened
    from bot.violations.rules.case import Case


@dataclass(frozen=True, slots=True)
class Cases:
    """The handlers, with the phrases of the audit log that tell what happened to a case."""

    phrases: Mapping[str, str]
    more: Story | None = None
    """Tells what other parts know of a case, for those who may read all about it."""

    async def command(self, _update: Update, context: Context) -> None:
        """``/case 12``, ``/case`` as a reply to a card, ``/case 12 reason …``."""
        typed, texts = context.args_text, context.texts
        of_card = await Undo.number_of_card(context)
        named = read_case(typed)
        if named is None and of_card is not None:
            named = read_reason(typed, of_card) if typed else Named(of_card)
        if named is None:
            raise Declined(say.not_a_case(texts, typed) if typed else say.how_to_name_a_case(texts))
        case = await self._seen(context, named.number)
        if named.unclear:
            raise Declined(say.what_to_do(texts, named.number, named.unclear))
        if named.reason is None:
            await self._show(context, case)
        elif not context.standing.may(Right.MODERATE):
            raise Declined(say.moderators_only(texts))
        else:
            await self._amend(context, case, named.reason)

    async def show(self, _update: Update, context: Context, case_id: int) -> None:
        """Show the case of a button."""
        await self._show(context, await self._of_button(context, case_id))

    async def story(self, _update: Update, context: Context, case_id: int, older_than: int) -> None:
        """Turn to what happened before."""
        await self._show(context, await self._of_button(context, case_id), older_than or None)

    async def _seen(self, context: Context, number: int) -> Case:
        """Return a case by its number.

        :raises Declined: if there is none that the reader may see.
        """
        case = await core.case_by_number(context.tx, context.group.id, number)
        own = case is not None and case.target.user_id == context.actor.user_id
        if case is None or not (own or context.standing.may(Right.VIEW)):
            raise Declined(say.no_such_case(context.texts, number))
        return case

    @staticmethod
    async def _of_button(context: Context, case_id: int) -> Case:
        case = await core.case_by_id(context.tx, case_id)
        if case is None or case.group_id != context.group.id:
            raise Declined(say.case_is_gone(context.texts))
        return case

    async def _show(self, context: Context, case: Case, older_than: int | None = None) -> None:
        manager = context.standing.may(Right.VIEW)
        if manager and case.target.user_id != context.actor.user_id:
            await step_aside(context, "cases")
        aside = among_managers(context)
        story = await service.story(context.tx, case, older_than)
        named = manager or not await service.hides_moderators(context.tx, context.group.id)
        texts, told = context.texts, manager and aside
        html = case_texts.whole(texts, case, context.now, quote=aside, among_managers=told, named=named)
        lines = case_texts.happened(texts, story, self.phrases) if told else []
        whole = told or (aside and case.target.user_id == context.actor.user_id)
        if whole and self.more is not None:
            lines = [*await self.more(context.scope, case, texts), *lines]
        html = fitted(html, lines)
        context.edit(html, self._keys(context, story) if manager and aside else None)

    @staticmethod
    def _keys(context: Context, story: Happened) -> Keyboard:
        texts, group, case = context.texts, context.group, story.case
        moderates = context.standing.may(Right.MODERATE) and case.target.user_id != context.actor.user_id
        may_undo = moderates and case.undone is None and not case.is_release
        return rows(
            (
                _evidence_key(texts, group, case),
                codes.AMEND.key(texts.label(say.AMEND_TITLE), group, case.id) if moderates else None,
            ),
            (
                core_codes.UNDO.key(card_texts.undo_label(texts), group, case.id) if may_undo else None,
                core_codes.PAGE.key(case_texts.all_label(texts), group, int(case.target.user_id), 1),
            ),
            (
                None
                if story.older_than is None
                else codes.STORY.key(case_texts.earlier_label(texts), group, case.id, story.older_than),
            ),
        )

    # Amending

    async def ask_reason(self, _update: Update, context: Context, case_id: int) -> None:
        """Ask for the new reason, after a tap."""
        case = await self._of_button(context, case_id)
        await step_aside(context, "cases")
        await context.start_form(codes.AMEND_FORM, {"case": case.number, "before": case.reason})

    async def amended(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Amend the reason with what the form asked for."""
        await self._amend(context, await self._seen(context, answers["case"]), answers["reason"])

    @staticmethod
    async def _amend(context: Context, case: Case, reason: str) -> None:
        by = Person(context.actor.user_id, context.actor.name)
        outcome = await service.amend(context.tx, case, reason, by, context.now)
        answer = say.amended(context.texts, outcome)
        if not isinstance(outcome, Amended):
            raise Declined(answer)
        context.scope.cards.changed(core_codes.CARD, str(case.id))
        context.reply(answer)

    def form(self) -> Form[Any]:
        """Return the form that asks for a new reason."""
        reason = ask_text(
            "reason",
            N_("Reason"),
            lambda asking: say.ask_reason(asking.texts, str(asking.answers.get("before", ""))),
            REASON_LIMIT,
            lines=True,
        )
        return Form(codes.AMEND_FORM, say.AMEND_TITLE, (reason,), self.amended, core_codes.MODERATORS)


# Evidence


async def evidence_key(_scope: Scope, group: Group, case: Case, texts: Texts) -> Key | None:
    """Return the button on a case's card that shows the evidence."""
    return _evidence_key(texts, group, case)


def _evidence_key(texts: Texts, group: Group, case: Case) -> Key | None:
    """Return the button that shows the evidence; None for a case that has none kept but a link."""
    kept = case.evidence is not None and bool(case.evidence.file_id or case.evidence.text)
    return codes.EVIDENCE.key(case_texts.evidence_label(texts), group, case.id) if kept else None


async def evidence(_update: Update, context: Context, case_id: int) -> None:
    """Send the evidence of a case to who may see it: the text, and the photo or file once more."""
    case = await core.case_by_id(context.tx, case_id)
    if case is None or case.group_id != context.group.id or case.evidence is None:
        context.toast(say.no_evidence(context.texts), alert=True)
        return
    await aside_only(context)
    context.toast_empty()
    kept, html = case.evidence, case_texts.evidence(context.texts, case)
    context.reply(html)
    if kept.file_id is not None and kept.kind in _SENDABLE:
        spoken = context.spoken
        key = f"{case.number}:{spoken.chat_id}:{spoken.thread_id or 0}:{context.group.id}:{context.texts.locale}"
        effect = fx.SendMedia(spoken.chat_id, _SENDABLE[kept.kind], fx.FileId(kept.file_id), thread_id=spoken.thread_id)
        told = fx.OnResult(core_codes.NAME, codes.FILE_RESULT, key)
        context.effects.put(effect, priority=fx.Priority.ANSWER, on_result=told)


_SENDABLE: dict[str, fx.MediaKind] = {
    "photo": "photo",
    "document": "document",
    "video": "video",
    "animation": "animation",
    "audio": "audio",
    "voice": "voice",
    "video_note": "video_note",
    "sticker": "sticker",
}
"""Kinds of media that Telegram sends again by their reference."""


async def file_sent(scope: Scope, result: fx.SendResult) -> None:
    """Tell who asked for a file that Telegram would not send it again."""
    if not isinstance(result, fx.Refused) or result.refusal in {fx.Refusal.BLOCKED, fx.Refusal.CHAT_GONE}:
        return
    number, chat, thread, group_id, locale = result.key.split(":")
    group = scope.group(int(group_id))
    if group is not None:
        texts = texts_for(locale, group.zone)
        scope.send(int(chat), say.file_is_gone(texts, int(number)), thread_id=int(thread) or None)

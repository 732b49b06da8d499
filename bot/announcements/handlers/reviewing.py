"""Two pairs of eyes (R09): handing in, approving, sending back, rejecting, by buttons or words, among managers or in private."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.announcements import service
from bot.announcements.handlers import codes
from bot.announcements.handlers.cards import key
from bot.announcements.handlers.desk import PURPOSE, by_of
from bot.announcements.handlers.work import done, number_of
from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import Announcement, State
from bot.announcements.rules.outcomes import Changed, Done
from bot.announcements.rules.review import writer_of
from bot.announcements.rules.typed import split_number
from bot.announcements.texts import reviewing as say
from bot.announcements.texts import words
from bot.announcements.texts.replies import refused
from bot.chats.rules.profile import PlaceKind
from bot.kernel.blank import is_blank
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import rows
from bot.tg.forms import Form
from bot.tg.forms.questions import ask_integer, ask_text
from bot.tg.pages import shorten

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Update

    from bot.announcements.handlers.work import Work
    from bot.i18n import Html, Texts
    from bot.tg.context import Context

FORM_BACK = "announce.back"
FORM_REJECT = "announce.reject"
REMARK = 500
"""So many characters may a remark have."""
_WRITTEN = 3000
"""So much of what somebody had written fits beside a remark."""


@dataclass(frozen=True, slots=True)
class Reviewing:
    """The review, with the jobs its steps share with others."""

    work: Work

    async def command(self, _update: Update, context: Context) -> None:
        """``/announce submit <number>``."""
        number = await number_of(context, "submit")
        if number is None:
            return
        item = await self._submit(context, number)
        chat = context.spoken.chat_id
        if chat == context.group.managers_chat_id and item.state is State.IN_REVIEW:
            cards = await context.scope.cards.everywhere(context.tx, codes.Reader, str(item.id))
            if chat not in {chat_id for _, chat_id, _ in cards}:
                await self.work.desk.hand_out(context, item)

    async def submit(self, _update: Update, context: Context, number: int) -> None:
        """Hand it in by a tap."""
        await self._submit(context, number)

    async def _submit(self, context: Context, number: int) -> Announcement:
        outcome = await service.submit(context.tx, context.group.id, number, by_of(context), context.now)
        item = done(context, outcome)
        codes.changed(context.scope, item)
        if isinstance(outcome, Done) and outcome.before is State.UNCERTAIN:
            context.reply(say.not_there(context.texts, number))
            await self.work.posting.ended(context.scope, context.group, item)
        if item.state is not State.IN_REVIEW:
            context.toast(say.own_word(context.texts, number))
        else:
            await self.work.ask_reviewers(context, item)
        return item

    async def approve(self, _update: Update, context: Context, number: int, seen: str) -> None:
        """Approve what stood on the card; a change of what is published reaches the group."""
        await self._approve(context, number, seen)
        context.toast(say.approved(context.texts, number))

    async def approve_line(self, _update: Update, context: Context) -> None:
        """``/announce approve <number>``: what was last handed in, and nothing that was changed since."""
        number = await number_of(context, "approve")
        if number is None:
            return
        item = await self._approve(context, number, None)
        await step_aside(context, PURPOSE)
        context.reply(say.approved_as_handed(context.texts, item))

    async def _approve(self, context: Context, number: int, seen: str | None) -> Announcement:
        scope, group, by = context.scope, context.group, by_of(context)
        before = await service.find(context.tx, group.id, number)
        outcome = await service.approve(context.tx, group.id, number, seen, by, context.now)
        if isinstance(outcome, Changed) and seen is None:
            raise Declined(say.changed_since(context.texts, outcome.item))
        item = done(context, outcome)
        codes.changed(scope, item)
        if isinstance(before, Announcement) and before.pending is not None:
            await self.work.posting.edit(scope, group, item)
        await self._tell_author(context, item, item, lambda texts: say.told_approved(texts, item, group))
        return item

    async def ask_back(self, _update: Update, context: Context, number: int) -> None:
        """Ask for the remark with which it goes back."""
        await self._ask(context, number, Act.SEND_BACK, FORM_BACK)

    async def ask_reject(self, _update: Update, context: Context, number: int) -> None:
        """Ask for the reason."""
        await self._ask(context, number, Act.REJECT, FORM_REJECT)

    async def return_line(self, _update: Update, context: Context) -> None:
        """``/announce return <number> [remark]``; without a remark it is asked for."""
        await self._line(context, "return", Act.SEND_BACK, FORM_BACK)

    async def reject_line(self, _update: Update, context: Context) -> None:
        """``/announce reject <number> [reason]``; without a reason it is asked for."""
        await self._line(context, "reject", Act.REJECT, FORM_REJECT)

    async def _line(self, context: Context, sub: str, act: Act, form: str) -> None:
        number = await number_of(context, sub, alone=False)
        if number is None:
            return
        remark = split_number(context.args_text)[1]
        if is_blank(remark):
            await self._ask(context, number, act, form)
        elif len(remark) > REMARK:
            raise Declined(say.remark_too_long(context.texts, len(remark), REMARK))
        else:
            await self._check(context, number, act)
            await step_aside(context, PURPOSE)
            await self._turn_down(context, number, act, remark)

    async def _ask(self, context: Context, number: int, act: Act, form: str) -> None:
        await self._check(context, number, act)
        await step_aside(context, PURPOSE)
        await context.start_form(form, {"number": number})

    @staticmethod
    async def _check(context: Context, number: int, act: Act) -> None:
        found = await service.can_review(context.tx, context.group.id, number, act, by_of(context))
        if not isinstance(found, Announcement):
            raise Declined(refused(context.texts, found))

    def forms(self) -> tuple[Form[Any], ...]:
        """Return the forms that ask for a remark and for a reason."""
        number = ask_integer("number", say.NUMBER, lambda asking: asking.texts.gettext(say.NUMBER), 1)
        remark = ask_text("remark", say.REMARK, lambda asking: say.ask_remark(asking.texts), REMARK, lines=True)
        reason = ask_text("remark", say.REASON, lambda asking: say.ask_reason(asking.texts), REMARK, lines=True)
        return (
            Form(FORM_BACK, say.FORM_BACK, (number, remark), self._send_back, access=codes.REVIEWERS),
            Form(FORM_REJECT, say.FORM_REJECT, (number, reason), self._reject, access=codes.REVIEWERS),
        )

    async def _send_back(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        await self._turn_down(context, answers["number"], Act.SEND_BACK, answers["remark"])

    async def _reject(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        await self._turn_down(context, answers["number"], Act.REJECT, answers["remark"])

    async def _turn_down(self, context: Context, number: int, act: Act, remark: str) -> None:
        group, back = context.group, act is Act.SEND_BACK
        before = await service.find(context.tx, group.id, number)
        step = service.send_back if back else service.reject
        item = done(context, await step(context.tx, group.id, number, remark, by_of(context), context.now))
        codes.changed(context.scope, item)
        if not back:
            await self.work.posting.decided(context.scope, group, item)
        read = before if isinstance(before, Announcement) else item
        acts = () if not back else (Act.EDIT,) if item.state is State.PUBLISHED else (Act.EDIT, Act.SUBMIT)

        def sentence(texts: Texts) -> Html:
            if not back:
                return say.told_rejected(texts, read, item, group)
            written = shorten(words.shown(texts, read.pending or read.content), _WRITTEN)
            return say.told_sent_back(texts, read, item, group, written)

        told = await self._tell_author(context, read, item, sentence, *acts)
        context.reply((say.sent_back if back else say.rejected)(context.texts, item, told=told))

    async def _tell_author(
        self, context: Context, read: Announcement, item: Announcement, sentence: Callable[[Texts], Html], *acts: Act
    ) -> bool:
        """Tell whoever wrote what was ``read``, but never where all can read along; returns whether they could be told."""
        scope, group, desk = context.scope, context.group, self.work.desk
        writer = writer_of(read)
        if writer == context.actor.user_id:
            return True
        place = await desk.places.place_for_managers(scope.tx, group, writer, PURPOSE)
        if place.kind is PlaceKind.GROUP:
            return False
        texts = await desk.places.texts_at(scope.tx, place, group, scope.ports.people)
        keys = rows(*([key(texts, item, group, act)] for act in acts))
        await desk.tell(scope, group, place, sentence(texts), keys)
        return True

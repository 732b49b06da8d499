"""``/approve``, ``/unapprove``: members, and channels that write in the group, whom rules spare that spare approved members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.i18n import N_
from bot.members.identity import texts as identity_texts
from bot.members.identity.handlers import find_answer, find_target, person_question
from bot.members.identity.rules import Found, Missing, TargetKind, Unknown
from bot.members.rules import Member, Person
from bot.policy.handlers import codes
from bot.policy.handlers.common import by
from bot.policy.rules.record import Approval
from bot.policy.texts import approving as say
from bot.policy.texts import faults, words
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import column
from bot.tg.forms import Form
from bot.tg.pages import paged

if TYPE_CHECKING:
    from telegram import Update

    from bot.members.identity.rules import Outcome
    from bot.policy.service.book import PolicyBook
    from bot.tg.context import Context

_A_PAGE = 20
_NOBODY = frozenset({TargetKind.THE_BOT, TargetKind.OTHER_BOT, TargetKind.ANONYMOUS})


class Approving:
    """Says whom rules spare."""

    def __init__(self, book: PolicyBook) -> None:
        self._book = book

    async def approve(self, _update: Update, context: Context) -> None:
        """``/approve @name``, ``/approve`` as a reply; alone it shows who is approved."""
        outcome, _ = await find_target(context)
        if isinstance(outcome, Missing) and not context.args_text:
            await step_aside(context, "cases")
            await self._list(context, 1)
            return
        await self._approve(context, outcome)

    async def unapprove(self, _update: Update, context: Context) -> None:
        """``/unapprove @name``, ``/unapprove`` as a reply; alone it shows who is approved."""
        outcome, _ = await find_target(context)
        if isinstance(outcome, Missing) and not context.args_text:
            await step_aside(context, "cases")
            await self._list(context, 1)
            return
        member = await self._member(context, outcome)
        found = await self._book.unapprove(context.tx, context.group.id, member.user_id, by(context), context.now)
        said = say.not_approved if found is None else say.unapproved
        context.reply(said(context.texts, member.name))

    async def list(self, _update: Update, context: Context, page: int) -> None:
        """Show who is approved."""
        await step_aside(context, "cases")
        await self._list(context, page)

    async def tap_unapprove(self, _update: Update, context: Context, user_id: int) -> None:
        """Approve somebody no longer."""
        found = next(
            (one for one in await self._book.approved(context.tx, context.group.id) if one.user_id == user_id), None
        )
        if found is not None:
            await self._book.unapprove(context.tx, context.group.id, found.user_id, by(context), context.now)
        await self._list(context, 1)

    async def finish(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Approve whom the form asked for."""
        await self._approve(context, await find_answer(context, answers["who"]))

    def form(self) -> Form[Any]:
        """Return the form that asks whom to approve."""
        who = person_question("who", N_("Who"), lambda asking: say.ask_whom(asking.texts))
        return Form(codes.APPROVE_FORM, words.APPROVE_BUTTON, (who,), self.finish, codes.SETTERS)

    async def ask(self, _update: Update, context: Context) -> None:
        """Ask whom to approve, after a tap."""
        await step_aside(context, "cases")
        await context.start_form(codes.APPROVE_FORM)

    async def _approve(self, context: Context, outcome: Outcome) -> None:
        member = await self._member(context, outcome)
        if int(member.user_id) == context.group.linked_chat_id or is_post_answered(context):
            raise Declined(say.linked(context.texts, member.name))
        who = (member.user_id, member.name)
        match await self._book.approve(context.tx, context.group.id, who, by(context), context.now):
            case Approval.DONE if member.user_id < 0:
                context.reply(say.approved_channel(context.texts, member.name))
            case Approval.DONE:
                context.reply(say.approved(context.texts, member.name))
            case Approval.ALREADY:
                context.reply(say.approved_already(context.texts, member.name))
            case Approval.TOO_MANY:
                raise Declined(faults.too_many_approved(context.texts))

    async def _member(self, context: Context, outcome: Outcome) -> Member:
        """Return who is meant; a channel that is named by its number alone is known if it is approved.

        :raises Declined: if that is unclear.
        """
        if isinstance(outcome, Found) and outcome.user_id < 0 and not outcome.member.person.first_name:
            approved = await self._book.approved(context.tx, context.group.id)
            name = next((one.name for one in approved if one.user_id == outcome.user_id), None)
            if name is None:
                outcome = Unknown(str(outcome.user_id), by_id=True)
            else:
                outcome = Found(Member(Person(outcome.user_id, name)), outcome.kind)
        if not isinstance(outcome, Found):
            raise Declined(identity_texts.unclear(context.texts, outcome))
        is_nobody = outcome.kind in _NOBODY or (outcome.kind is TargetKind.CHANNEL and outcome.user_id > 0)
        if is_nobody:
            raise Declined(say.cannot(context.texts, outcome.member.name))
        return outcome.member

    async def _list(self, context: Context, page: int) -> None:
        texts, group = context.texts, context.group
        found = await self._book.approved(context.tx, group.id)
        lines = [say.approved_line(texts, one) for one in found]
        html, turning = paged(
            say.approved_title(texts, len(found)), lines, page, _A_PAGE, codes.APPROVED, group, texts=texts
        )
        first = (min(max(page, 1), -(-len(found) // _A_PAGE) or 1) - 1) * _A_PAGE
        keys = [
            codes.UNAPPROVE.key(say.unapprove_label(texts, one.name), group, int(one.user_id))
            for one in found[first : first + _A_PAGE]
        ]
        add = codes.APPROVE.key(texts.label(words.APPROVE_BUTTON), group)
        context.edit(html, (*column(keys, 2), *turning, (add,)))


def is_post_answered(context: Context) -> bool:
    """Say whether a post of the linked channel is answered and nobody is named: it may be the first that the bot sees."""
    message = context.spoken.update.message
    replied = None if message is None else message.reply_to_message
    return replied is not None and bool(replied.is_automatic_forward) and not context.args_text

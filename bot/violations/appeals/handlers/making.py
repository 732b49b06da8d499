"""``/appeal``, the button on the card of a case, and the link: making an appeal, in private and also after a removal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from bot.tg import effects as fx
from bot.tg.access import Declined
from bot.tg.aside import step_home
from bot.tg.buttons import NO_GROUP, column, rows
from bot.tg.forms import Form
from bot.tg.forms.questions import ask_text
from bot.violations import service as ledger
from bot.violations.appeals import service
from bot.violations.appeals.handlers import codes
from bot.violations.appeals.rules import TEXT_LIMIT, Added, Filed, May, TooLong, matters
from bot.violations.appeals.texts import person as say
from bot.violations.appeals.texts import words
from bot.violations.handlers.codes import CARD as CASE_CARD
from bot.violations.handlers.undo import number_typed
from bot.violations.rules.case import Person

if TYPE_CHECKING:
    from telegram import Update

    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope
    from bot.violations.appeals.handlers.court import Court
    from bot.violations.rules.case import Case

_HIGHEST_ID: Final = 2**63


@dataclass(frozen=True, slots=True)
class Making:
    """The handlers of the person whom a case is about."""

    court: Court

    # Ways in

    async def command(self, _update: Update, context: Context) -> None:
        """``/appeal 127``, with or without the text; bare, it lists one's own cases."""
        typed = context.args_text
        if not typed:
            await self._list(context)
            return
        number = number_typed(typed)
        if number is None:
            raise Declined(say.not_a_number(context.texts, typed.split()[0]))
        found = await ledger.numbered_anywhere(context.tx, context.actor.user_id, number)
        here = None if context.private else context.spoken.group
        meant = [case for case in found if here is None or case.group_id == here.id]
        meant = [case for case in meant if matters(case, context.now)] or meant
        if not meant:
            raise Declined(say.no_such_case(context.texts, number))
        if len(meant) > 1:
            context.reply(say.which(context.texts, number), column(self._keys(context, meant)))
            return
        text = typed.split(maxsplit=1)[1:] if typed.lstrip("#").split()[0].isdigit() else []
        await self._begin(context, meant[0], text[0] if text else "")

    async def button(self, _update: Update, context: Context, case_id: int) -> None:
        """Appeal against the case that a button names."""
        await self._picked(context, case_id)

    async def by_link(self, _update: Update, context: Context, rest: str) -> None:
        """``/start appeal-…``: appeal against the case that a link names."""
        known = rest.isascii() and rest.isdigit() and int(rest) < _HIGHEST_ID
        if known:
            await self._picked(context, int(rest))
        else:
            await self._list(context)

    async def _picked(self, context: Context, case_id: int) -> None:
        case = await ledger.case_by_id(context.tx, case_id)
        if case is None or case.target.user_id != context.actor.user_id:
            context.toast(context.texts.label(say.NOT_THEIRS), alert=True)
            return
        await self._begin(context, case)

    # Asking

    async def _begin(self, context: Context, case: Case, text: str = "") -> None:
        """Ask for the text in private, or take it as it was typed with the command."""
        group = context.scope.group(case.group_id)
        if group is None:
            context.toast(context.texts.label(say.NOT_THEIRS), alert=True)
            return
        state = await service.may_file(context.tx, case, context.actor.user_id, context.now)
        if not isinstance(state, May):
            context.toast(say.refused(await self._texts(context, group), state, case), alert=True)
            return
        if text:
            await self._file(context, case, group, text)
            return
        if not await self._goes_private(context, group, case):
            return
        await context.start_form(
            codes.FORM,
            {"case": case.id, "number": case.number, "title": group.title, "adding": state.open is not None},
        )

    async def _goes_private(self, context: Context, group: Group, case: Case) -> bool:
        """Go on in private, where the group need not be one that the person is still in; False if the bot cannot write there."""
        spoken = context.spoken
        if not spoken.private:
            spoken.group = group
            if not await step_home(context):
                url = f"https://t.me/{context.scope.bot_username}?start={codes.LINK}-{case.id}"
                if spoken.callback_id is not None:
                    context.toast("", url=url)
                else:
                    key = fx.Key(context.texts.label(words.OWN_CHAT), url=url)
                    context.reply(say.in_private(context.texts), rows((key,)))
                return False
        context.spoken = replace(context.spoken, group=None, standing=None, names_group=False)
        return True

    def form(self) -> Form[Any]:
        """Return the form: one text."""
        text = ask_text(
            "text", words.TEXT, lambda asking: say.ask(asking.texts, asking.answers), TEXT_LIMIT, lines=True
        )
        return Form(codes.FORM, words.APPEAL_TITLE, (text,), self.finish, codes.ANYBODY)

    async def finish(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Make the appeal with what the form asked for."""
        case = await ledger.case_by_id(context.tx, answers["case"])
        group = None if case is None else context.scope.group(case.group_id)
        if case is None or group is None:
            raise Declined(context.texts.gettext(say.NOT_THEIRS))
        await self._file(context, case, group, answers["text"])

    async def _file(self, context: Context, case: Case, group: Group, text: str) -> None:
        scope, actor = context.scope, context.actor
        by = Person(actor.user_id, actor.name)
        outcome = await service.file(context.tx, case, by, text, context.now)
        who = await self.court.deciders(scope, group, case)
        answer = say.filed(await self._texts(context, group), outcome, case, group.title, alone=who.alone)
        if isinstance(outcome, TooLong):
            raise Declined(answer)
        key = None
        if isinstance(outcome, Filed):
            await self.court.show(scope, group, outcome.appeal, who)
            key = codes.MAKE.key(context.texts.label(words.ADD), NO_GROUP, case.id)
        if isinstance(outcome, Filed | Added):
            scope.cards.changed(codes.CARD, str(outcome.appeal.id))
            scope.cards.changed(CASE_CARD, str(case.id))
        context.reply(answer, rows((key,)) or None)

    @staticmethod
    async def _texts(context: Context, group: Group) -> Texts:
        """Speak in the group's time zone also where the private conversation means no group."""
        if not context.private:
            return context.texts
        return await context.scope.texts_of(context.actor.user_id, group, context.actor.language_code)

    # One's own cases

    async def _list(self, context: Context) -> None:
        found = await service.own(context.tx, context.actor.user_id, context.now)
        spoken = context.spoken
        if not spoken.private and spoken.group is not None:
            await step_home(context)
        lines = [
            say.case_line(await self._texts(context, group), case, group.title, state)
            for case, state in found
            if (group := context.scope.group(case.group_id)) is not None
        ]
        open_ones = [case for case, state in found if isinstance(state, May)]
        context.reply(
            say.listing(context.texts, lines, service.OWN_LISTED), column(self._keys(context, open_ones)) or None
        )

    @staticmethod
    def _keys(context: Context, cases: list[Case]) -> list[fx.Key]:
        groups = {case.group_id: context.scope.group(case.group_id) for case in cases}
        titles = {group_id: "" if group is None else group.title for group_id, group in groups.items()}
        return [codes.MAKE.key(say.case_label(case, titles[case.group_id]), NO_GROUP, case.id) for case in cases]


async def card_key(scope: Scope, _group: Group, case: Case, texts: Texts) -> fx.Key | None:
    """Return the button on a case's card; it leads the person to the private chat. None where no appeal is possible.

    Nobody can show that a channel is theirs.
    """
    if case.target.is_channel or not await service.is_open_to_appeal(scope.tx, case, scope.now):
        return None
    return codes.MAKE.key(texts.label(words.APPEAL_TITLE), NO_GROUP, case.id)

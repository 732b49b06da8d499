"""What the person is told of a removal and of a decision, and the link by which they come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bot.chats.rules.profile import PlaceKind
from bot.kernel.ids import ChatId
from bot.tg import effects as fx
from bot.tg.buttons import NO_GROUP, rows
from bot.violations import service as ledger
from bot.violations.appeals import service
from bot.violations.appeals.handlers import codes
from bot.violations.appeals.rules import LINK_FOR, Phase, comes_back
from bot.violations.appeals.texts import managers as say_managers
from bot.violations.appeals.texts import person as say
from bot.violations.appeals.texts import words
from bot.violations.rules.case import Case, State
from bot.violations.rules.orders import kept_out

if TYPE_CHECKING:
    from telegram import Update

    from bot.chats.service import GroupBook
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope
    from bot.violations.appeals.rules import Appeal

Words = Callable[["Texts"], "Html"]
Keys = Callable[["Texts"], fx.Keyboard]
Told = Literal["private", "group", "not"]
_LINK_NAME = 32
"""Telegram's limit for the name of a link."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Speaks to the person whom a case is about, and to the manager where they cannot be reached."""

    book: GroupBook

    async def moved(self, scope: Scope, group: Group, case: Case) -> None:
        """Follow a case that was undone, or that Telegram's answer moved on."""
        if case.is_removal and case.state is State.DONE and case.undone is None:
            await self._tell_removed(scope, group, case)
        if case.undone is None:
            return
        closed = await service.close_undone(scope.tx, case)
        if closed is not None:
            scope.cards.changed(codes.CARD, str(closed.id))
            await self.tell_decided(scope, group, closed)
        if case.is_removal and case.state is State.LIFTED:
            await self.let_back(scope, group, case)

    async def _tell_removed(self, scope: Scope, group: Group, case: Case) -> None:
        user_id = case.target.user_id
        if not await self.book.reachable(scope.tx, user_id):
            return
        texts = await scope.texts_of(user_id, group)
        if await service.is_open_to_appeal(scope.tx, case, scope.now):
            key = codes.MAKE.key(texts.label(words.APPEAL_TITLE), NO_GROUP, case.id)
            scope.send(ChatId(user_id), say.removed(texts, case, group.title, final=False), rows((key,)))
        else:
            scope.send(ChatId(user_id), say.removed(texts, case, group.title, final=True))

    # What was decided

    async def tell_decided(self, scope: Scope, group: Group, appeal: Appeal) -> Told:
        """Tell the person what came of their appeal: in private, else in the group, without what was written."""
        user_id = appeal.by.user_id
        if await self.book.reachable(scope.tx, user_id):
            texts = await scope.texts_of(user_id, group)
            told = fx.OnResult(service.NAME, codes.TOLD, str(appeal.id))
            effect = fx.SendMessage(user_id, str(say.decided(texts, appeal, group.title)))
            scope.effects.put(effect, on_result=told, group_id=group.id)
            return "private"
        return await self._tell_in_group(scope, group, appeal)

    async def _tell_in_group(self, scope: Scope, group: Group, appeal: Appeal) -> Told:
        standing = await scope.ports.people.standing(scope.tx, group, appeal.by.user_id)
        if not standing.is_member:
            return "not"
        html = say.decided_openly(scope.texts(group), appeal)
        quiet = group.quiet_until(scope.now) is not None
        scope.send(group.chat_id, html, thread_id=group.thread_for("cases"), silent=quiet)
        return "group"

    async def told(self, scope: Scope, result: fx.SendResult) -> None:
        """Say it in the group where it could not be delivered in private."""
        appeal = await service.by_id(scope.tx, int(result.key))
        group = None if appeal is None else scope.group(appeal.group_id)
        if isinstance(result, fx.Refused) and appeal is not None and group is not None:
            await self._tell_in_group(scope, group, appeal)

    # The way back

    async def let_back(self, scope: Scope, group: Group, case: Case) -> None:
        """Have a link made for somebody whom a case removed and who may come back after an appeal."""
        against = [one for one in await service.of_case(scope.tx, case.id) if one.case_id == case.id]
        last = against[-1] if against else None
        if last is None or last.phase not in {Phase.LIFTED, Phase.REDUCED} or last.link:
            return
        instead = None if last.decision is None else last.decision.instead
        if not comes_back(case, None if instead is None else await ledger.case_by_id(scope.tx, instead)):
            return
        found = await ledger.dossier(scope.tx, case.id, scope.now)
        if found is not None and kept_out(found[1].cases, scope.now) is not None:
            return
        standing = await scope.ports.people.standing(scope.tx, group, case.target.user_id)
        if not (standing.is_member and standing.is_known):
            self._make_link(scope, group, last)

    @staticmethod
    def _make_link(scope: Scope, group: Group, appeal: Appeal) -> None:
        expires = int((scope.now + LINK_FOR).timestamp())
        effect = fx.CreateInvite(group.chat_id, f"#{appeal.number} {appeal.by.name}"[:_LINK_NAME], 1, expires)
        told = fx.OnResult(service.NAME, codes.LINK_MADE, str(appeal.id))
        scope.effects.put(effect, on_result=told, group_id=group.id)

    async def link_made(self, scope: Scope, result: fx.SendResult) -> None:
        """Send the link to the person; where it could not be made, say so to the manager."""
        appeal = await service.by_id(scope.tx, int(result.key))
        group = None if appeal is None else scope.group(appeal.group_id)
        if appeal is None or group is None:
            return
        if not isinstance(result, fx.Delivered) or not result.value:
            await self._tell_manager(
                scope,
                group,
                appeal,
                lambda texts: say_managers.no_link(texts, appeal, group.title),
                lambda texts: rows((codes.LET_IN.key(texts.label(words.AGAIN), group, appeal.id),)),
            )
            return
        kept = await service.keep_link(scope.tx, appeal, result.value, scope.now)
        user_id = appeal.by.user_id
        if not await self.book.reachable(scope.tx, user_id):
            await self._pass_on(scope, group, kept)
            return
        texts = await scope.texts_of(user_id, group)
        html = say.way_back(texts, group.title, kept.link, scope.now + LINK_FOR)
        told = fx.OnResult(service.NAME, codes.LINK_TOLD, str(appeal.id))
        key = fx.Key(texts.label(words.COME_BACK), url=kept.link)
        scope.effects.put(fx.SendMessage(user_id, str(html), rows((key,))), on_result=told, group_id=group.id)

    async def link_told(self, scope: Scope, result: fx.SendResult) -> None:
        """Give the link to the manager where it could not be delivered."""
        appeal = await service.by_id(scope.tx, int(result.key))
        group = None if appeal is None else scope.group(appeal.group_id)
        if isinstance(result, fx.Refused) and appeal is not None and group is not None:
            await self._pass_on(scope, group, appeal)

    async def again(self, _update: Update, context: Context, appeal_id: int) -> None:
        """Make the link once more, after Telegram refused it."""
        scope, group = context.scope, context.group
        found = await service.dossier(scope.tx, group.id, appeal_id)
        if found is None or found[0].phase not in {Phase.LIFTED, Phase.REDUCED} or found[0].link:
            context.toast(say_managers.no_link_wanted(context.texts), alert=True)
            return
        self._make_link(scope, group, found[0])
        context.toast(say_managers.link_on_its_way(context.texts))

    async def _pass_on(self, scope: Scope, group: Group, appeal: Appeal) -> None:
        until = scope.now + LINK_FOR
        await self._tell_manager(
            scope,
            group,
            appeal,
            lambda texts: say_managers.pass_on(texts, appeal, group.title, until),
        )

    async def _tell_manager(
        self, scope: Scope, group: Group, appeal: Appeal, say_it: Words, keys: Keys | None = None
    ) -> None:
        """Tell the manager who decided; in the group itself only that there is something to read."""
        if appeal.decision is None:
            return
        by = appeal.decision.by.user_id
        place = await self.book.place_for_managers(scope.tx, group, by, "cases")
        texts = await self.book.texts_at(scope.tx, place, group, scope.ports.people)
        if place.kind is PlaceKind.GROUP:
            html: Html = say_managers.read_in_private(texts, appeal)
            scope.send(place.chat_id, html, thread_id=place.thread_id)
            return
        html = say_it(texts)
        scope.send(place.chat_id, html, None if keys is None else keys(texts), thread_id=place.thread_id)

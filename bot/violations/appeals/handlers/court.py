"""Those who decide: who they are, where they are reached, and the card that they see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.chats.rules.profile import Place, PlaceKind
from bot.kernel.ids import ChatId
from bot.kernel.roles import Right
from bot.tg import effects as fx
from bot.tg.buttons import rows
from bot.tg.capability import CardView
from bot.violations.appeals import service
from bot.violations.appeals.handlers import codes
from bot.violations.appeals.rules import Deciders, Phase, deciders
from bot.violations.appeals.service import Managers
from bot.violations.appeals.texts import managers as say
from bot.violations.appeals.texts import words
from bot.violations.handlers.codes import CARD as CASE_CARD

if TYPE_CHECKING:
    from bot.chats.service import GroupBook
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.members.roles.service import PeopleBook
    from bot.tg.capability import Due
    from bot.tg.context import Scope
    from bot.violations.appeals.rules import Appeal
    from bot.violations.rules.case import Case

_ASKED = 3
"""How many are asked in private where there is no managers' chat."""


@dataclass(frozen=True, slots=True)
class Court:
    """Finds those who decide, and keeps them informed."""

    book: GroupBook
    people: PeopleBook

    async def managers(self, scope: Scope, group: Group) -> Managers:
        """Return all who have the right to decide, whatever part they had in a case."""
        able = await self.people.managers_of(scope.tx, group, Right.REMOVE)
        owner = await self.people.owner_of(scope.tx, group)
        return Managers(group.id, able, owner, basic=group.kind == "group")

    async def deciders(self, scope: Scope, group: Group, case: Case) -> Deciders:
        """Return who decides an appeal against a case."""
        managers = await self.managers(scope, group)
        return deciders(case, managers.able, managers.owner)

    async def _places(self, scope: Scope, group: Group, who: Deciders) -> list[Place]:
        """Return where they are reached: their chat, else in private; nowhere if nobody can be."""
        shared = await self.book.place_to_tell(scope.tx, group, "cases")
        if shared.kind is PlaceKind.MANAGERS:
            return [shared]
        reached = await self.book.reachable_of(scope.tx, who.people)
        return [
            Place(ChatId(user_id), None, PlaceKind.PRIVATE, user_id) for user_id in who.people if user_id in reached
        ][:_ASKED]

    async def show(self, scope: Scope, group: Group, appeal: Appeal, who: Deciders) -> None:
        """Show a new appeal to those who decide; where none can be reached, the group hears that one waits, and no more."""
        places = await self._places(scope, group, who)
        for place in places:
            await scope.cards.post(codes.CARD, str(appeal.id), group, place.chat_id, thread_id=place.thread_id)
        if not places:
            self._tell_group(scope, group)

    @staticmethod
    def _tell_group(scope: Scope, group: Group) -> None:
        texts, url = scope.texts(group), f"https://t.me/{scope.bot_username}?start=g-{group.id}"
        key = fx.Key(texts.label(words.OWN_CHAT), url=url)
        quiet = group.quiet_until(scope.now) is not None
        scope.send(group.chat_id, say.waits(texts), rows((key,)), thread_id=group.thread_for("cases"), silent=quiet)

    async def remind(self, scope: Scope, due: Due) -> None:
        """Remind those who decide that an appeal is due soon."""
        await self._remind(scope, due, overdue=False)

    async def overdue(self, scope: Scope, due: Due) -> None:
        """Tell those who decide that an appeal is overdue; it goes on waiting."""
        scope.cards.changed(codes.CARD, due.key)
        await self._remind(scope, due, overdue=True)

    async def _remind(self, scope: Scope, due: Due, *, overdue: bool) -> None:
        appeal = await service.by_id(scope.tx, int(due.key))
        if overdue and appeal is not None:
            scope.cards.changed(CASE_CARD, str(appeal.case_id))
        group = None if appeal is None else scope.group(appeal.group_id)
        found = None if appeal is None or group is None else await service.dossier(scope.tx, group.id, appeal.id)
        if appeal is None or group is None or found is None or not appeal.is_open:
            return
        places = await self._places(scope, group, await self.deciders(scope, group, found[1]))
        for place in places:
            texts = await self.book.texts_at(scope.tx, place, group, scope.ports.people)
            key = codes.SHOW.key(texts.label(words.SHOW), group, appeal.id)
            html = say.reminder(texts, appeal, group.label or group.title, overdue=overdue)
            scope.send(place.chat_id, html, rows((key,)), thread_id=place.thread_id)
        if not places:
            self._tell_group(scope, group)

    async def render(self, scope: Scope, group: Group, key: str, texts: Texts) -> CardView | None:
        """Show an appeal as it stands."""
        found = await service.dossier(scope.tx, group.id, int(key))
        if found is None:
            return None
        appeal, case = found
        if not appeal.is_open:
            return CardView(say.card(texts, appeal, case, None, scope.now), finished=True)
        who = await self.deciders(scope, group, case)
        alone = await self._names(scope, who) if who.alone else None
        choices = ((Phase.UPHELD, words.UPHOLD), (Phase.REDUCED, words.REDUCE), (Phase.LIFTED, words.LIFT))
        keys = [codes.DECIDE.key(texts.label(label), group, phase.value, appeal.id) for phase, label in choices]
        return CardView(say.card(texts, appeal, case, alone, scope.now), rows(keys))

    async def _names(self, scope: Scope, who: Deciders) -> str:
        return ", ".join([await self.people.name_of(scope.tx, user_id) for user_id in who.people])

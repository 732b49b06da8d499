"""Steps that a second manager decides about: the removal that a ladder proposes, and kicks and bans (R22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.approvals import service as approvals
from bot.approvals.handlers import DecisionKind, post
from bot.approvals.rules import State as Decision
from bot.chats.rules.profile import PlaceKind
from bot.i18n import Html
from bot.kernel.ids import ChatId
from bot.kernel.roles import Right
from bot.violations import service
from bot.violations.handlers import codes
from bot.violations.handlers.orders import give, remind
from bot.violations.rules.case import Act, Case, Person, State
from bot.violations.rules.ledger import active
from bot.violations.rules.orders import imposing
from bot.violations.texts import heavy as say_heavy

if TYPE_CHECKING:
    from bot.approvals.rules import Approval
    from bot.chats.service import GroupBook
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.kernel.ids import ThreadId
    from bot.members.roles.service import PeopleBook
    from bot.tg.context import Scope
    from bot.violations.rules.ledger import Ledger

WITHIN = timedelta(hours=24)
"""How long a second manager has."""
_ASKED = 3
"""How many managers are asked in private where there is no managers' chat."""
_STATES = {Decision.APPROVED: State.ORDERED, Decision.DECLINED: State.DECLINED, Decision.LAPSED: State.LAPSED}


@dataclass(frozen=True, slots=True)
class Removals:
    """Proposing a removal, and following the decision."""

    book: GroupBook
    people: PeopleBook

    async def propose(self, scope: Scope, group: Group, case: Case, ledger: Ledger) -> None:
        """Open the decision, and show it to those who may decide."""
        texts = scope.texts(group)
        approval = await approvals.open_decision(
            scope.tx,
            group=group,
            capability=codes.NAME,
            kind=codes.REMOVAL,
            key=str(case.id),
            summary=say_heavy.summary(texts, case, active(ledger.cases, scope.now)),
            proposed_by=None if case.automatic else case.issuer.user_id,
            needed=Right.REMOVE,
            until=scope.now + WITHIN,
            now=scope.now,
            not_by=(case.target.user_id,),
            actor_name=case.issuer.name,
        )
        for chat_id, thread_id in await self.deciders(scope, group, case):
            await post(scope, group, approval, chat_id, thread_id)

    async def deciders(self, scope: Scope, group: Group, case: Case) -> list[tuple[ChatId, ThreadId | None]]:
        """Return where those are reached who may decide: their chat, else in private, else the group."""
        place = await self.book.place_to_tell(scope.tx, group, "cases")
        if place.kind is PlaceKind.MANAGERS:
            return [(place.chat_id, place.thread_id)]
        able = await self.people.managers_of(scope.tx, group, Right.REMOVE)
        # The proposer comes last: they are asked only where nobody else can be.
        others = [user_id for user_id in able if user_id not in {case.issuer.user_id, case.target.user_id}]
        reached = [user_id for user_id in others if await self.book.reachable(scope.tx, user_id)][:_ASKED]
        if not others and place.user_id is not None:
            reached = [place.user_id]
        if reached:
            return [(ChatId(user_id), None) for user_id in reached]
        return [(group.chat_id, group.thread_for("cases"))]

    async def withdraw(self, scope: Scope, case: Case, by: Person) -> None:
        """Take the proposal back, because its case was undone."""
        gone = await approvals.withdraw(
            scope.tx, codes.NAME, codes.REMOVAL, str(case.id), by.user_id, scope.now, by.name
        )
        if gone is not None:
            scope.cards.changed(approvals.CARD, str(gone.id))

    async def decided(self, scope: Scope, approval: Approval) -> None:
        """Remove the person, or note that nobody wanted it."""
        await self.follow(scope, int(approval.key), approval)

    async def follow(self, scope: Scope, case_id: int, approval: Approval) -> None:
        """Follow a decision in one of the cases it is about; a case that does not wait for it is left as it is."""
        by = approval.decided_by
        person = None if by is None else Person(by, await self.people.name_of(scope.tx, by))
        case = await service.decided(scope.tx, case_id, _STATES[approval.state], person, scope.now)
        group = None if case is None else scope.group(case.group_id)
        if case is None or group is None:
            return
        scope.cards.changed(codes.CARD, str(case.id))
        found = await service.dossier(scope.tx, case_id, scope.now) if case.state is State.ORDERED else None
        order = None if found is None else imposing(case, found[1].cases, scope.now)
        if order is not None:
            give(scope, group, case, Act.IMPOSE, order)
            await remind(scope, case)

    async def describe(self, scope: Scope, approval: Approval, texts: Texts) -> Html:
        """Word the proposal for its reader."""
        found = await service.dossier(scope.tx, int(approval.key), approval.until - WITHIN)
        if found is None:
            return Html(approval.summary)
        case, ledger = found
        earlier = [one for one in active(ledger.cases, approval.until - WITHIN) if one.number <= case.number]
        return say_heavy.summary(texts, case, earlier)

    def kind(self) -> DecisionKind:
        """Return what is done about a decision."""
        return DecisionKind(self.decided, self.describe)

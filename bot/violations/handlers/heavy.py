"""What follows a step taken directly; a second manager where the group wants one, once for all whom one line names (R22)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.approvals import service as approvals
from bot.approvals.handlers import DecisionKind, post
from bot.i18n import Html
from bot.kernel.roles import Right
from bot.violations import service
from bot.violations.handlers import codes
from bot.violations.handlers.orders import give, remind, watch
from bot.violations.handlers.removal import WITHIN
from bot.violations.rules.case import Act, State
from bot.violations.texts import direct as say_direct
from bot.violations.texts import many as say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.approvals.rules import Approval
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope
    from bot.violations.handlers.removal import Removals
    from bot.violations.rules.case import Case
    from bot.violations.rules.direct import Taken


@dataclass(frozen=True, slots=True)
class Heavy:
    """Follows steps taken directly, one or several at once."""

    removals: Removals

    async def follow(self, context: Context, outcome: Taken) -> None:
        """Show the case in the group and order what it brings, or propose it to another manager."""
        case = outcome.case
        await show(context, outcome)
        alone = False
        if case.state is State.PROPOSED:
            await self.removals.propose(context.scope, context.group, case, outcome.ledger)
            alone = await self._nobody_else(context.scope, context.group, (case,))
        here = context.spoken.chat_id == context.group.chat_id
        if alone:
            context.reply(say_direct.nobody_else(context.texts))
        elif not here:
            context.reply(say_direct.opened(context.texts, case))

    async def follow_all(self, context: Context, outcomes: Sequence[Taken]) -> bool:
        """Follow the steps against several people; one decision is enough for all. Say whether nobody else could decide it."""
        for outcome in outcomes:
            await show(context, outcome)
        proposed = [outcome.case for outcome in outcomes if outcome.case.state is State.PROPOSED]
        if not proposed:
            return False
        await self._propose(context.scope, context.group, proposed)
        return await self._nobody_else(context.scope, context.group, proposed)

    async def _nobody_else(self, scope: Scope, group: Group, cases: Sequence[Case]) -> bool:
        parts = {case.target.user_id for case in cases} | {cases[0].issuer.user_id}
        able = await self.removals.people.managers_of(scope.tx, group, Right.REMOVE)
        return all(user_id in parts for user_id in able)

    async def _propose(self, scope: Scope, group: Group, cases: Sequence[Case]) -> None:
        first = cases[0]
        approval = await approvals.open_decision(
            scope.tx,
            group=group,
            capability=codes.NAME,
            kind=codes.SEVERAL,
            key=",".join(str(case.id) for case in cases),
            summary=say.summary(scope.texts(group), cases),
            proposed_by=first.issuer.user_id,
            needed=Right.REMOVE,
            until=scope.now + WITHIN,
            now=scope.now,
            not_by=[case.target.user_id for case in cases],
            actor_name=first.issuer.name,
        )
        for chat_id, thread_id in await self.removals.deciders(scope, group, first):
            await post(scope, group, approval, chat_id, thread_id)

    async def decided(self, scope: Scope, approval: Approval) -> None:
        """Follow the one decision about several cases; what was undone meanwhile is left out."""
        for case_id in _ids(approval):
            await self.removals.follow(scope, case_id, approval)

    async def describe(self, scope: Scope, approval: Approval, texts: Texts) -> Html:
        """Word the proposal for its reader."""
        cases = await service.cases_by_id(scope.tx, _ids(approval))
        return say.summary(texts, cases) if cases else Html(approval.summary)

    def kind(self) -> DecisionKind:
        """Return what is done about a decision on several cases."""
        return DecisionKind(self.decided, self.describe)


def _ids(approval: Approval) -> list[int]:
    return [int(part) for part in approval.key.split(",")]


async def show(context: Context, outcome: Taken) -> None:
    """Show the case in the group and order what it brings."""
    scope, group, case = context.scope, context.group, outcome.case
    here = context.spoken.chat_id == group.chat_id
    await scope.cards.post(
        codes.CARD,
        str(case.id),
        group,
        group.chat_id,
        thread_id=context.spoken.thread_id if here else None,
        reply_to=None if case.evidence is None else case.evidence.message_id,
        silent=group.quiet_until(context.now) is not None,
    )
    if outcome.order is not None:
        give(scope, group, case, Act.IMPOSE, outcome.order)
    for ended in outcome.released:
        scope.cards.changed(codes.CARD, str(ended.id))
    await remind(scope, case)
    await watch(scope, case)

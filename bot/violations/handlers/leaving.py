"""Who is asked to leave: the clock, and what becomes of them when it has run out (R22)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.timers import service as timers
from bot.violations import service
from bot.violations.handlers import codes

if TYPE_CHECKING:
    from bot.kernel.groups import Group
    from bot.kernel.ids import UserId
    from bot.tg.capability import Due
    from bot.tg.context import Scope
    from bot.violations.handlers.removal import Removals
    from bot.violations.rules.case import Case


async def start_clock(scope: Scope, case: Case) -> None:
    """Have the clock of a case run that asks somebody to leave."""
    if case.leave_by is not None:
        await timers.set_timer(scope.tx, codes.NAME, codes.LEAVE, str(case.id), case.leave_by, case.group_id)


async def follow_going(scope: Scope, group: Group, user_id: UserId) -> None:
    """Note that somebody is gone: who was asked to leave has left."""
    for case in await service.left(scope.tx, group.id, user_id, scope.now):
        scope.cards.changed(codes.CARD, str(case.id))


async def follow_return(scope: Scope, group: Group, user_id: UserId) -> None:
    """Note that somebody is back before their time to leave is over."""
    for case in await service.returned(scope.tx, group.id, user_id, scope.now):
        scope.cards.changed(codes.CARD, str(case.id))


@dataclass(frozen=True, slots=True)
class Leaving:
    """The handler of the clock."""

    removals: Removals

    async def time_is_up(self, scope: Scope, due: Due) -> None:
        """Propose the removal of who did not leave."""
        case = await service.case_by_id(scope.tx, int(due.key))
        group = None if case is None else scope.group(case.group_id)
        if case is None or group is None:
            return
        standing = await scope.ports.people.standing(scope.tx, group, case.target.user_id)
        scope.cards.changed(codes.CARD, due.key)
        if standing.is_admin:
            return
        overdue = await service.time_is_up(scope.tx, case.id, scope.now, present=standing.is_member)
        if overdue is None:
            return
        await scope.cards.post(
            codes.CARD,
            str(overdue.case.id),
            group,
            group.chat_id,
            thread_id=group.thread_for("cases"),
            silent=group.quiet_until(scope.now) is not None,
        )
        await self.removals.propose(scope, group, overdue.case, overdue.ledger)

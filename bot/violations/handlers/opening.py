"""What follows when a case is opened by a warning: its card, its orders, its clocks, and who has to agree (R22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.violations import service
from bot.violations.handlers import codes
from bot.violations.handlers.leaving import start_clock
from bot.violations.handlers.orders import give, remind, watch
from bot.violations.rules.case import Act, State

if TYPE_CHECKING:
    from bot.kernel.groups import Group
    from bot.tg.context import Scope
    from bot.violations.handlers.removal import Removals
    from bot.violations.rules.outcomes import Warned


_REDRAWN = 100
"""So many of the newest cases are looked at for cards that tell the next step."""


async def redraw(scope: Scope, group: Group) -> None:
    """Draw the cards anew that tell the next step, because it may be another one now."""
    for case in await service.last_counting(scope.tx, group.id, scope.now, _REDRAWN):
        scope.cards.changed(codes.CARD, str(case.id))


async def follow(
    scope: Scope,
    group: Group,
    outcome: Warned,
    removals: Removals,
    *,
    thread_id: int | None = None,
    reply_to: int | None = None,
) -> None:
    """Show the case in the group and order what it brings."""
    case = outcome.case
    await scope.cards.post(
        codes.CARD,
        str(case.id),
        group,
        group.chat_id,
        thread_id=thread_id,
        reply_to=reply_to,
        silent=group.quiet_until(scope.now) is not None,
    )
    if outcome.order is not None:
        give(scope, group, case, Act.IMPOSE, outcome.order)
    if outcome.previous is not None:
        scope.cards.changed(codes.CARD, str(outcome.previous.id))
    await remind(scope, case)
    await watch(scope, case)
    await start_clock(scope, case)
    if case.state is State.PROPOSED:
        await removals.propose(scope, group, case, outcome.ledger)

"""What comes by itself: the reminder before a period ends, to managers and in private, and the end of a period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.announcements import service as core
from bot.announcements.quotas import service
from bot.announcements.quotas.handlers import codes
from bot.announcements.quotas.rules.quota import behind, debts
from bot.announcements.quotas.texts import reminders as say
from bot.announcements.quotas.texts import words
from bot.kernel.ids import UserId
from bot.members import service as members
from bot.tg import effects as fx
from bot.tg.buttons import rows

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Sequence

    from bot.announcements.handlers.desk import Desk
    from bot.announcements.quotas.rules.quota import Share, Table
    from bot.announcements.quotas.service import Credits
    from bot.db.engine import Tx
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.capability import Due
    from bot.tg.context import Scope

    ReachableOf = Callable[[Tx, Sequence[UserId]], Awaitable[Collection[UserId]]]
    HandIn = Callable[[Texts, Group], fx.Key]

NAMED: Final = 25
"""So many are named in a reminder."""
AT_ONCE: Final = 50
"""So many are reminded in one turn; the next ones in the turn after it."""


@dataclass(frozen=True, slots=True)
class Reminding:
    """The timers. ``reachable_of`` says whom the bot may write to, ``hand_in`` is the button by which something is handed in."""

    desk: Desk
    credits_of: Credits
    reachable_of: ReachableOf
    hand_in: HandIn

    async def due(self, scope: Scope, due: Due) -> None:
        """Name those who are behind to the managers, and begin to remind them in private (R09)."""
        group_id, period = service.period_of(due.key)
        group = scope.group(group_id)
        if group is None or not group.active or not (await service.house(scope.tx, group)).remind:
            return
        found = await service.table(scope.tx, group, period, 0, self.credits_of, scope.now)
        late = behind(found.shares) if found is not None else []
        if found is None or not late:
            return
        owed = debts(found)
        reached = await self._reached(scope, group, sorted(owed))
        place, texts = await self.desk.place_to_tell(scope, group)
        missed = [say.debtor(found, who, shares) for who, shares in owed.items() if who not in reached]
        html = say.for_managers(texts, group, found.span, late, NAMED, len(reached), missed)
        key = codes.PAGE.key(texts.label(words.MENU), group, period.value, 0, 1)
        await self.desk.tell(scope, group, place, html, rows((key,)))
        if reached:
            await service.tell_from(scope.tx, group, found, 0, scope.now)

    async def tell(self, scope: Scope, due: Due) -> None:
        """Remind some of those who are still behind in private, and go on with the next; once the period is over, nobody."""
        group_id, period, start, after = due.key.split(":")
        group = scope.group(int(group_id))
        if group is None or not group.active:
            return
        _, known = service.period_of(f"{group_id}:{period}")
        found = await service.table(scope.tx, group, known, 0, self.credits_of, scope.now)
        if found is None or found.span.start.isoformat() != start:
            return
        owed = debts(found)
        coming = sorted(who for who in owed if who > int(after))
        now, more = coming[:AT_ONCE], len(coming) > AT_ONCE
        for who in sorted(await self._reached(scope, group, now)):
            await self._remind(scope, group, found, who, owed[who])
        if more:
            await service.tell_from(scope.tx, group, found, now[-1], scope.now)

    async def _reached(self, scope: Scope, group: Group, people: Sequence[UserId]) -> set[UserId]:
        """Return whom the bot may write to of these; who has left the group reads nothing more about it."""
        here = {one.user_id for one in await members.present(scope.tx, group.id)}
        return here & set(await self.reachable_of(scope.tx, people))

    async def _remind(self, scope: Scope, group: Group, found: Table, who: UserId, shares: Sequence[Share]) -> None:
        texts = await scope.texts_of(who, group)
        html = say.in_private(texts, group, found.span, shares)
        message = fx.SendMessage(int(who), str(html), rows((self.hand_in(texts, group),)))
        told = fx.OnResult(core.NAME, codes.TOLD, f"{group.id}:{who}:{say.debtor(found, who, shares)}")
        scope.effects.put(message, priority=fx.Priority.BROADCAST, on_result=told, group_id=group.id)

    async def told(self, scope: Scope, result: fx.SendResult) -> None:
        """Tell the managers of whom the reminder did not reach."""
        if not isinstance(result, fx.Refused):
            return
        group_id, who, name = result.key.split(":", 2)
        if result.refusal is fx.Refusal.BLOCKED:
            await self.desk.places.mark_unreachable(scope.tx, UserId(int(who)))
        group = scope.group(int(group_id))
        if group is not None and group.active:
            place, texts = await self.desk.place_to_tell(scope, group)
            await self.desk.tell(scope, group, place, say.not_reached(texts, group, name))

    async def close(self, scope: Scope, due: Due) -> None:
        """Keep what a period came to."""
        group_id, period = service.period_of(due.key)
        group = scope.group(group_id)
        if group is not None:
            await service.close(scope.tx, group, period, due.due_at, self.credits_of, scope.now)

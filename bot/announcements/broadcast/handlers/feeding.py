"""Puts copies into the outbox, a few at a time, and hears how they fare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, assert_never

import structlog

from bot.announcements import service as core
from bot.announcements.broadcast.handlers import codes
from bot.announcements.broadcast.handlers.rights import AGAIN
from bot.announcements.broadcast.rules.life import LOW, Reason, State, Step
from bot.announcements.broadcast.rules.progress import Fate, Row, tally
from bot.announcements.broadcast.service import sending, steps
from bot.announcements.broadcast.service.sending import Handed, Kept, Sent
from bot.announcements.broadcast.texts import card as say
from bot.announcements.broadcast.texts import words
from bot.announcements.handlers import codes as core_codes
from bot.announcements.handlers.withdrawing import Settled, Withdrawing
from bot.announcements.rules.announcement import By
from bot.kernel.ids import GroupId
from bot.tg import effects as fx
from bot.tg.buttons import rows
from bot.tg.handling import undoable

if TYPE_CHECKING:
    from bot.announcements.broadcast.handlers.rights import Rights
    from bot.announcements.broadcast.rules.life import Broadcast
    from bot.announcements.handlers.desk import Desk
    from bot.announcements.handlers.work import Work
    from bot.announcements.rules.announcement import Announcement
    from bot.kernel.groups import Group
    from bot.tg.capability import Due
    from bot.tg.context import Scope

EVERY: Final = timedelta(seconds=3)
"""How often the card shows how far it is: its edits count against the same limits."""
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Feeder:
    """Keeps the outbox filled for the broadcasts that run."""

    work: Work
    rights: Rights

    @property
    def desk(self) -> Desk:
        """Where managers are told."""
        return self.work.desk

    async def fed(self, scope: Scope, due: Due) -> None:
        """Put the next copies into the outbox; end the broadcast when nothing is left."""
        broadcast = await steps.get(scope.tx, int(due.key))
        if broadcast is not None:
            await self.feed(scope, broadcast)

    async def feed(self, scope: Scope, broadcast: Broadcast) -> None:
        """Put the next copies into the outbox."""
        if broadcast.state is not State.RUNNING:
            return
        room, up = await sending.next_up(scope.tx, broadcast, scope.now)
        up = up[: sending.AT_ONCE]
        not_known = self.rights.not_known(scope, broadcast, [row.target.group_id for row in up])
        looked_at = given = asked = 0
        for row in up:
            if given >= room:
                break
            if row.target.group_id in not_known:
                asked += 1
                continue
            looked_at += 1
            given += await self._give(scope, broadcast, row)
        if asked:
            await steps.feed_soon(scope.tx, broadcast, scope.now + AGAIN)
        await self._after(scope, broadcast, given, more=looked_at == sending.AT_ONCE, waits=bool(asked))

    async def _give(self, scope: Scope, broadcast: Broadcast, row: Row) -> bool:
        """Do what is next for a group; say whether something went into the outbox. What fails spoils no other group's copy."""
        try:
            async with undoable(scope):
                return await self._do(scope, broadcast, row)
        except Exception as error:
            if scope.tx.lost is not None:
                raise
            _log.exception("a copy was not made", broadcast=broadcast.id, group=row.target.group_id, exc_info=error)
            await sending.broken(scope.tx, broadcast, row.target)
            return False

    async def _do(self, scope: Scope, broadcast: Broadcast, row: Row) -> bool:
        group = scope.group(row.target.group_id)
        if group is None:
            await sending.lost(scope.tx, broadcast, row.target)
            return False
        if self.rights.is_silent(group.id):
            await sending.unanswered(scope.tx, broadcast, row.target)
            return False
        standing = await scope.ports.people.standing(scope.tx, group, broadcast.user_id)
        by = By(broadcast.user_id, broadcast.user_name, standing.rights)
        if row.target.step is Step.MADE:
            given = await sending.change(scope.tx, broadcast, row, by, scope.now)
        else:
            given = await sending.give(scope.tx, broadcast, row.target, group, by, scope.now)
        match given:
            case Sent(item) if row.target.step is Step.MADE:
                await self._put_change(scope, broadcast, group, item)
            case Sent(item):
                await self.work.posting.send_out(scope, group, item, fx.Priority.BROADCAST)
            case Handed(item):
                place, _texts = await self.desk.place_to_tell(scope, group)
                await self.desk.present(scope, group, item, place)
                core_codes.changed(scope, item)
            case Kept(target):
                if target.reason is Reason.NO_RIGHT:
                    self.rights.forget(group.id)
            case _:
                assert_never(given)
        return isinstance(given, Sent)

    async def _put_change(self, scope: Scope, broadcast: Broadcast, group: Group, item: Announcement) -> None:
        told = fx.OnResult(core.NAME, codes.CHANGED, f"{broadcast.id}:{group.id}:{item.id}:{core.change_key(item)}")
        posting = self.work.posting
        core_codes.changed(scope, item)
        if not broadcast.withdrawn:
            await posting.edit(scope, group, item, told=told, priority=fx.Priority.BROADCAST)
        else:
            Withdrawing.delete(scope, group, item, told)

    async def _after(self, scope: Scope, broadcast: Broadcast, given: int, *, more: bool, waits: bool) -> None:
        """See to what comes next: the end of what is under way calls again; where nothing is, a timer does, or it is over.

        ``waits``: Telegram is being asked about groups whose turn it is; its answer calls.
        """
        if more:
            await steps.feed_soon(scope.tx, broadcast, scope.now)
        if given or await sending.on_way(scope.tx, broadcast.id):
            await steps.tick_unless_set(scope.tx, broadcast, scope.now + EVERY)
        elif not more and not waits:
            await self._rest(scope, broadcast)

    async def _rest(self, scope: Scope, broadcast: Broadcast) -> None:
        found = await sending.rows_of(scope.tx, broadcast.id)
        scope.cards.changed(codes.CARD, str(broadcast.id))
        ended = await sending.finish(scope.tx, broadcast, found, scope.now)
        awake = tally(broadcast, found).next_awake
        if ended is not None:
            await self._tell_end(scope, ended, found)
        elif awake is not None:
            await steps.feed_soon(scope.tx, broadcast, awake)

    async def _tell_end(self, scope: Scope, broadcast: Broadcast, found: list[Row]) -> None:
        """Tell whoever sent it, where not every group has got it; the card says the rest."""
        counts, group = tally(broadcast, found), scope.group(broadcast.group_id)
        missing = counts.of(Fate.UNCERTAIN, Fate.FAILED, Fate.LEFT_OUT) + counts.unchanged
        if group is None or not missing:
            return
        place, texts = await self.desk.place_of_manager(scope, group, broadcast.user_id)
        lost = [say.title_of(row, scope.group(row.target.group_id)) for row in found if say.is_lost(row)]
        keys = rows((codes.MISSING.key(texts.label(words.MISSING), group, broadcast.id),))
        await self.desk.tell(scope, group, place, say.told_end(texts, broadcast, counts, sorted(lost)), keys)

    async def ticked(self, scope: Scope, due: Due) -> None:
        """Have the card show how far it is, as long as something is on its way."""
        broadcast = await steps.get(scope.tx, int(due.key))
        if broadcast is None or broadcast.state is not State.RUNNING:
            return
        scope.cards.changed(codes.CARD, str(broadcast.id))
        await self.feed(scope, broadcast)

    # What Telegram said

    async def ended(self, scope: Scope, _group: Group, item: Announcement) -> None:
        """Hear that a copy's posting came to its end, or that somebody has said how: the next may go."""
        if item.broadcast_id is not None:
            await self._make_room(scope, item.broadcast_id)

    async def copy_changed(self, scope: Scope, result: fx.SendResult) -> None:
        """Hear that a copy was changed or taken back, or was not."""
        # An older version, whose effects may still be on their way, did not name the change.
        broadcast_id, group_id, item_id = (int(part) for part in result.key.split(":")[:3])
        change = ":".join(result.key.split(":")[3:])
        broadcast = await steps.get(scope.tx, broadcast_id)
        problem = (result.text or result.refusal) if isinstance(result, fx.Refused) else ""
        if broadcast is not None and broadcast.withdrawn:
            # What cannot be deleted is struck through, and the group reads who took it back: as with any announcement.
            noted = fx.OnResult(core.NAME, codes.NOTED, f"{broadcast_id}:{group_id}")
            struck = fx.OnResult(core.NAME, codes.STRUCK, f"{broadcast_id}:{group_id}:{item_id}")
            way = await Withdrawing(self.work).settle_one_of_many(scope, item_id, result, noted, struck)
            if way in {Settled.NOTED, Settled.STRUCK}:
                return
        elif change:
            await self.work.posting.edited(scope, result, change)
        await sending.changed(scope.tx, broadcast_id, GroupId(group_id), problem)
        await self._make_room(scope, broadcast_id)

    async def struck(self, scope: Scope, result: fx.SendResult) -> None:
        """Hear whether a copy was struck through: one that was not stands there as before."""
        broadcast_id, group_id, item_id = (int(part) for part in result.key.split(":"))
        struck = await Withdrawing(self.work).settle_struck(scope, item_id, result)
        problem = (result.text or result.refusal.value) if isinstance(result, fx.Refused) and not struck else ""
        await sending.changed(scope.tx, broadcast_id, GroupId(group_id), problem)
        await self._make_room(scope, broadcast_id)

    async def noted(self, scope: Scope, result: fx.SendResult) -> None:
        """Hear that the note in the place of a copy has come to its end: until then the copy is under way."""
        broadcast_id, group_id = (int(part) for part in result.key.split(":"))
        await sending.changed(scope.tx, broadcast_id, GroupId(group_id), "")
        await self._make_room(scope, broadcast_id)

    async def _make_room(self, scope: Scope, broadcast_id: int) -> None:
        done = ("broadcast fed", broadcast_id)
        broadcast = None if done in scope.tx.memo else await steps.get(scope.tx, broadcast_id)
        if broadcast is None:
            return
        if broadcast.state is not State.RUNNING:
            scope.cards.changed(codes.CARD, str(broadcast_id))
        elif await sending.on_way(scope.tx, broadcast_id) <= LOW:
            scope.tx.memo[done] = True
            await steps.feed_soon(scope.tx, broadcast, scope.now)

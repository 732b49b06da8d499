"""Sending a broadcast: for each group one copy, in the transaction that puts it into the outbox."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.announcements import service as core
from bot.announcements.broadcast import store
from bot.announcements.broadcast.rules.life import LOW, WINDOW, Broadcast, Hitch, Reason, State, Step, Target
from bot.announcements.broadcast.rules.progress import Copy, Fate, Row, is_over
from bot.announcements.broadcast.rules.progress import next_up as up_next
from bot.announcements.rules.announcement import Announcement, By
from bot.announcements.rules.outcomes import Done, NotWriting, Unreviewed
from bot.kernel.roles import Right

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId


_OWN: Final = frozenset({"topic", "along"})
"""Options that mean something in the group only in which they were chosen."""
AT_ONCE: Final = 200
"""So many groups are looked at in one turn, where most of them get nothing."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The copy is on its way and has to be put into the outbox."""

    item: Announcement


@dataclass(frozen=True, slots=True)
class Handed:
    """The group reviews what is published (R09): the copy, or the change of it, waits there for a reviewer."""

    item: Announcement


@dataclass(frozen=True, slots=True)
class Kept:
    """Nothing goes out now: the group is quiet, or is left out."""

    target: Target


Given = Sent | Handed | Kept


async def rows_of(tx: Tx, broadcast_id: int) -> list[Row]:
    """Return the groups of a broadcast with what became of their copies."""
    copies = {
        brief.group_id: Copy(brief.number, brief.state, brief.pin, brief.refusal, brief.problem)
        for brief in await core.of_broadcast(tx, broadcast_id)
    }
    return [Row(target, copies.get(target.group_id)) for target in await store.targets_of(tx, broadcast_id)]


async def next_up(tx: Tx, broadcast: Broadcast, now: datetime) -> tuple[int, list[Row]]:
    """Return how many copies may be put into the outbox now, and the groups whose turn it is.

    As long as nothing was changed, only those groups are read: there may be thousands of others.
    """
    if broadcast.state is not State.RUNNING or (out := await on_way(tx, broadcast.id)) > LOW:
        return 0, []
    if broadcast.version > 1 or broadcast.withdrawn:
        return up_next(broadcast, await rows_of(tx, broadcast.id), now)
    due = await store.due_targets(tx, broadcast.id, broadcast.group_id, now, AT_ONCE)
    return WINDOW - out, [Row(target) for target in due]


async def give(tx: Tx, broadcast: Broadcast, target: Target, group: Group, by: By, now: datetime) -> Given:
    """Make a group's copy and send it on its way, or note why it does not go out now.

    The rights in ``by`` are those of this moment in that group.
    """
    reason = _hindrance(broadcast, group, by)
    if reason is not Reason.NONE:
        return await _keep(tx, broadcast, replace(target, step=Step.LEFT_OUT, reason=reason, until=None))
    until = group.quiet_until(now)
    if until is not None and not broadcast.urgent:
        return await _keep(tx, broadcast, replace(target, step=Step.HELD, until=until))
    number = await _number(tx, broadcast, target, group, by, now)
    if number is None:
        return await _keep(tx, broadcast, replace(target, step=Step.LEFT_OUT, reason=Reason.TOO_LONG, until=None))
    made = replace(target, step=Step.MADE, until=None, number=number, version=broadcast.version)
    outcome = await core.publish(tx, group, number, by, now, in_quiet=broadcast.urgent)
    if isinstance(outcome, NotWriting):
        return await _keep(tx, broadcast, replace(target, step=Step.LEFT_OUT, reason=Reason.NO_RIGHT, until=None))
    kept = await _keep(tx, broadcast, made)
    if isinstance(outcome, Unreviewed):
        handed = await core.submit(tx, group.id, number, by, now)
        return Handed(handed.item) if isinstance(handed, Done) else kept
    return Sent(outcome.item) if isinstance(outcome, Done) else kept


def _hindrance(broadcast: Broadcast, group: Group, by: By) -> Reason:
    """Say why nothing goes out: whoever sends it writes the copies of other groups."""
    if not group.active:
        return Reason.LOST
    needed = {Right.PUBLISH} if group.id == broadcast.group_id else {Right.PUBLISH, Right.ANNOUNCE}
    return Reason.NONE if needed <= by.rights else Reason.NO_RIGHT


async def _number(tx: Tx, broadcast: Broadcast, target: Target, group: Group, by: By, now: datetime) -> int | None:
    """Return the number of the group's copy, drafted if there is none yet; None where its text is no announcement there."""
    if target.number is None and group.id == broadcast.group_id:
        source = await core.find(tx, group.id, broadcast.number)
        if isinstance(source, Announcement):
            await core.join_broadcast(tx, source, broadcast.id)
        return broadcast.number
    if target.number is None:
        drafted = await core.draft(
            tx,
            group.id,
            broadcast.content,
            by,
            now,
            options={name: value for name, value in broadcast.options.items() if name not in _OWN},
            urgent=broadcast.urgent,
            broadcast_id=broadcast.id,
        )
        return drafted.item.number if isinstance(drafted, Done) else None
    if target.version < broadcast.version:
        await core.edit(tx, group.id, target.number, broadcast.content, by, now)
    return target.number


async def _keep(tx: Tx, broadcast: Broadcast, target: Target) -> Kept:
    await store.save_target(tx, broadcast.id, target)
    return Kept(target)


async def change(tx: Tx, broadcast: Broadcast, row: Row, by: By, now: datetime) -> Given:
    """Give a copy the words of now, or take it back. What is sent has its end told to :func:`changed`."""
    target = row.target
    if target.number is None:
        return Kept(target)
    outcome: object
    if not broadcast.withdrawn:
        outcome = await core.edit(tx, target.group_id, target.number, broadcast.content, by, now)
    elif row.fate is Fate.SENT and not await _is_known(tx, target):
        outcome = None
    elif row.fate is Fate.SENT:
        outcome = await core.withdraw(tx, target.group_id, target.number, broadcast.why, by, now)
    else:
        outcome = await core.cancel(tx, target.group_id, target.number, by, now)
    changed = replace(target, version=broadcast.version)
    if not isinstance(outcome, Done):
        return await _keep(
            tx, broadcast, replace(changed, problem=(Hitch.UNKNOWN if outcome is None else Hitch.REFUSED).value)
        )
    goes_out = row.fate is Fate.SENT and outcome.item.pending is None
    kept = await _keep(tx, broadcast, replace(changed, under_way=goes_out))
    if goes_out:
        return Sent(outcome.item)
    return kept if broadcast.withdrawn else Handed(outcome.item)


async def _is_known(tx: Tx, target: Target) -> bool:
    """Say whether the bot knows which message a copy is: of one that somebody has only seen in the group it does not."""
    item = await core.find(tx, target.group_id, target.number or 0)
    return isinstance(item, Announcement) and item.message_id is not None


async def changed(tx: Tx, broadcast_id: int, group_id: GroupId, problem: str) -> None:
    """Note that the change of a copy has come to its end; ``problem`` is why Telegram refused it, if it did."""
    target = await store.target_of(tx, broadcast_id, group_id)
    if target is not None and target.under_way:
        await store.save_target(tx, broadcast_id, replace(target, under_way=False, problem=problem))


async def finish(tx: Tx, broadcast: Broadcast, rows: list[Row], now: datetime) -> Broadcast | None:
    """End a broadcast that has nothing left to do; None if it has."""
    if not is_over(broadcast, rows):
        return None
    ended = replace(broadcast, state=State.DONE, ended_at=now)
    await store.save(tx, ended)
    return ended


async def on_way(tx: Tx, broadcast_id: int) -> int:
    """Count what is in the outbox and has not come to an end."""
    return await core.count_on_way(tx, broadcast_id) + await store.count_under_way(tx, broadcast_id)


async def lost(tx: Tx, broadcast: Broadcast, target: Target) -> None:
    """Note that a group is not there any more."""
    await _keep(tx, broadcast, replace(target, step=Step.LEFT_OUT, reason=Reason.LOST, until=None))


async def broken(tx: Tx, broadcast: Broadcast, target: Target) -> None:
    """Note that something went wrong with a group that nobody had foreseen."""
    await _passed_over(tx, broadcast, target, Reason.BROKEN, Hitch.BROKEN)


async def unanswered(tx: Tx, broadcast: Broadcast, target: Target) -> None:
    """Note that Telegram did not say who administers a group."""
    await _passed_over(tx, broadcast, target, Reason.SILENT, Hitch.SILENT)


async def _passed_over(tx: Tx, broadcast: Broadcast, target: Target, reason: Reason, hitch: Hitch) -> None:
    if target.step is Step.MADE:
        await _keep(tx, broadcast, replace(target, version=broadcast.version, problem=hitch.value))
    else:
        await _keep(tx, broadcast, replace(target, step=Step.LEFT_OUT, reason=reason, until=None))

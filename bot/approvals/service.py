"""Opening, deciding, withdrawing proposals; each step in the audit log, and a timer for those that nobody decides."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.approvals import store
from bot.approvals.rules import (
    AlreadyDecided,
    Approval,
    Decided,
    Gone,
    Lapsed,
    May,
    Outcome,
    State,
    judge,
)
from bot.audit import service as audit
from bot.i18n import Html
from bot.kernel.ids import UserId
from bot.timers import service as timers

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId
    from bot.kernel.roles import Right, Standing

CAPABILITY = "approvals"
LAPSE = "lapse"
CARD = "approvals.card"
MOST_LISTED = 50


async def open_decision(  # noqa: PLR0913  (what a proposal consists of, all by name)
    tx: Tx,
    *,
    group: Group,
    capability: str,
    kind: str,
    key: str,
    summary: Html,
    proposed_by: UserId | None,
    needed: Right,
    until: datetime,
    now: datetime,
    not_by: Collection[UserId] = (),
    actor_name: str = "",
) -> Approval:
    """Propose something. If the same thing waits for a decision already, that proposal is returned.

    To show it, post its card: ``scope.cards.post(CARD, str(approval.id), group, chat_id)``. What then happens is the
    capability's own: see :func:`bot.approvals.handlers.capability`.
    """
    last = await store.latest_of(tx, capability, kind, key)
    if last is not None and last.state is State.OPEN and last.until > now:
        return last
    new = Approval(
        0, group.id, capability, kind, key, str(summary), proposed_by, needed, frozenset(map(UserId, not_by)), until
    )
    opened = replace(new, id=await store.add(tx, _columns(new)))
    await timers.set_timer(tx, CAPABILITY, LAPSE, str(opened.id), until, group.id)
    await _record(tx, opened, "approval.opened", proposed_by, actor_name, now)
    return opened


async def decide(
    tx: Tx,
    approval_id: int,
    group: Group,
    actor: Standing,
    *,
    yes: bool,
    able: Collection[UserId],
    now: datetime,
    actor_name: str = "",
) -> Outcome:
    """Decide a proposal of this group, if the person may; ``able`` are all who have the right that it needs."""
    approval = await store.fetch(tx, approval_id)
    if approval is None or approval.group_id != group.id:
        return Gone()
    verdict = judge(approval, actor, able, now)
    if not isinstance(verdict, May):
        return verdict
    state = State.APPROVED if yes else State.DECLINED
    closed = await _close(tx, approval, state, actor.user_id, now)
    if closed is None:
        return await _lost_race(tx, approval_id)
    await timers.cancel(tx, CAPABILITY, LAPSE, str(approval_id))
    await _record(tx, closed, f"approval.{state.value}", actor.user_id, actor_name, now, own=verdict.own)
    return Decided(closed, verdict.own)


async def lapse(tx: Tx, approval_id: int, now: datetime) -> Approval | None:
    """Close a proposal whose time is over; None if it was decided before."""
    approval = await store.fetch(tx, approval_id)
    if approval is None or approval.state is not State.OPEN:
        return None
    closed = await _close(tx, approval, State.LAPSED, None, now)
    if closed is not None:
        await _record(tx, closed, "approval.lapsed", None, "", now)
    return closed


async def withdraw(
    tx: Tx, capability: str, kind: str, key: str, by: UserId | None, now: datetime, actor_name: str = ""
) -> Approval | None:
    """Withdraw the open proposal about something that is no more; None if there is none.

    The caller says so to its card: ``scope.cards.changed(CARD, str(approval.id))``.
    """
    approval = await store.latest_of(tx, capability, kind, key)
    if approval is None or approval.state is not State.OPEN:
        return None
    closed = await _close(tx, approval, State.WITHDRAWN, by, now)
    if closed is not None:
        await timers.cancel(tx, CAPABILITY, LAPSE, str(approval.id))
        await _record(tx, closed, "approval.withdrawn", by, actor_name, now)
    return closed


async def get(tx: Tx, approval_id: int) -> Approval | None:
    """Return a proposal by its number."""
    return await store.fetch(tx, approval_id)


async def latest_of(tx: Tx, capability: str, kind: str, key: str) -> Approval | None:
    """Return the last proposal about something, open or not."""
    return await store.latest_of(tx, capability, kind, key)


async def open_in(tx: Tx, group_id: GroupId, limit: int = MOST_LISTED) -> list[Approval]:
    """Return a group's open proposals, those that lapse first first."""
    return await store.open_in(tx, group_id, limit)


async def _close(tx: Tx, approval: Approval, state: State, by: UserId | None, now: datetime) -> Approval | None:
    if not await store.close(tx, approval.id, state, by, now):
        return None
    return replace(approval, state=state, decided_by=by, decided_at=now)


async def _lost_race(tx: Tx, approval_id: int) -> AlreadyDecided | Lapsed | Gone:
    found = await store.fetch(tx, approval_id)
    if found is None:
        return Gone()
    return Lapsed(found) if found.state is State.LAPSED else AlreadyDecided(found)


def _columns(approval: Approval) -> dict[str, object]:
    return {
        "group_id": approval.group_id,
        "capability": approval.capability,
        "kind": approval.kind,
        "key": approval.key,
        "summary": approval.summary.replace("\0", ""),
        "proposed_by": approval.proposed_by,
        "needed": approval.needed.value,
        "not_by": sorted(approval.not_by),
        "until": approval.until,
        "state": approval.state.value,
    }


async def _record(
    tx: Tx,
    approval: Approval,
    action: str,
    actor_id: UserId | None,
    actor_name: str,
    now: datetime,
    *,
    own: bool = False,
) -> None:
    about = {"about": f"{approval.capability}.{approval.kind}", "key": approval.key, "number": approval.id}
    await audit.record(
        tx,
        group_id=approval.group_id,
        actor_id=actor_id,
        actor_name=actor_name,
        action=f"{action}_alone" if own else action,
        target=Html(approval.summary).striptags(),
        at=now,
        details=about,
    )

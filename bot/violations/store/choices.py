"""What groups chose: their ladders, and the settings of their ledger."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, insert, select, update

from bot.violations.rules.ladder import DEFAULT_LADDER, Ladder
from bot.violations.rules.settings import DEFAULTS, Settings
from bot.violations.store.rows import plain_steps, settings_of, steps_of
from bot.violations.store.tables import cases, ladders
from bot.violations.store.tables import settings as table

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)


async def ladder(tx: Tx, group_id: GroupId) -> Ladder:
    """Return the ladder of a group: its own, or the one every group begins with."""
    return await own_ladder(tx, group_id, "") or DEFAULT_LADDER


async def own_ladder(tx: Tx, group_id: GroupId, track: str) -> Ladder | None:
    """Return the ladder that was set for a track; None where there is none."""
    query = select(ladders.c.steps).where(ladders.c.group_id == group_id, ladders.c.track == track)
    return steps_of((await tx.execute(query)).scalar_one_or_none())


async def all_ladders(tx: Tx, group_id: GroupId) -> dict[str, Ladder]:
    """Return every ladder that was set in a group, by its track."""
    rows = await tx.execute(select(ladders).where(ladders.c.group_id == group_id).order_by(ladders.c.track))
    return {row.track: steps for row in rows if (steps := steps_of(row.steps)) is not None}


async def put_ladder(tx: Tx, group_id: GroupId, track: str, steps: Ladder | None) -> None:
    """Store the ladder of a track, or (None) forget it."""
    await tx.execute(delete(ladders).where(ladders.c.group_id == group_id, ladders.c.track == track))
    if steps is not None:
        await tx.execute(insert(ladders).values(group_id=group_id, track=track, steps=plain_steps(steps)))


async def lead(tx: Tx, group_id: GroupId, rule: str, track: str, now: datetime) -> None:
    """Have what counts of a rule's cases count on another track."""
    theirs = and_(cases.c.group_id == group_id, cases.c.rule == rule, cases.c.level > 0, cases.c.expires_at > now)
    await tx.execute(update(cases).where(theirs).values(track=track))


async def settings(tx: Tx, group_id: GroupId) -> Settings:
    """Return the settings of a group's ledger."""
    columns = (column.label("points_count") if column.name == "points" else column for column in table.c)
    row = (await tx.execute(select(*columns).where(table.c.group_id == group_id))).one_or_none()
    return DEFAULTS if row is None else settings_of(row)


async def put_settings(tx: Tx, group_id: GroupId, chosen: Settings) -> None:
    """Store the settings of a group's ledger."""
    values = {
        "expiry_days": chosen.expiry // _DAY,
        "clean_days": None if chosen.clean is None else chosen.clean // _DAY,
        "daily_cap": chosen.daily_cap,
        "points": chosen.points,
        "second": chosen.second,
        "hidden": chosen.hidden,
        "leave_hours": None if chosen.leave_within is None else chosen.leave_within // _HOUR,
    }
    done = await tx.execute(update(table).where(table.c.group_id == group_id).values(**values))
    if done.rowcount == 0:
        await tx.execute(insert(table).values(group_id=group_id, **values))

"""Who came how often: one statement over the events of a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, case, func, select

from bot.events.recap.rules import PRESENT, Attendance
from bot.events.rules.event import State
from bot.events.rules.signup import Presence, SignUpState
from bot.events.store.tables import events, signups
from bot.kernel.ids import UserId

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, RowMapping, Select

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId

_PRESENT = tuple(sorted(presence.value for presence in PRESENT))
_IN_TIME = (
    events.c.group_id == bindparam("group"),
    events.c.state.not_in((State.DRAFT.value, State.CANCELLED.value)),
    events.c.starts_at >= bindparam("since"),
    events.c.starts_at < bindparam("until"),
)


def _per_person(who: ColumnElement[bool]) -> Select[Any]:
    """Count for each person; see :func:`bot.events.recap.rules.came` for who came."""
    checked = (
        select(signups.c.event_id)
        .join(events, events.c.id == signups.c.event_id)
        .where(*_IN_TIME, signups.c.presence.in_(_PRESENT))
        .distinct()
        .subquery("checked")
    )
    went = and_(signups.c.state == SignUpState.GOING.value, signups.c.presence.is_(None), checked.c.event_id.is_(None))
    newest = func.first_value(signups.c.name).over(
        partition_by=signups.c.user_id, order_by=(events.c.starts_at.desc(), events.c.id.desc())
    )
    each = (
        select(
            signups.c.user_id,
            newest.label("name"),
            case((signups.c.presence.in_(_PRESENT), 1), (went, 1), else_=0).label("came"),
            case((signups.c.presence == Presence.LATE.value, 1), else_=0).label("late"),
            case((signups.c.presence == Presence.ABSENT.value, 1), else_=0).label("missed"),
        )
        .join(events, events.c.id == signups.c.event_id)
        .outerjoin(checked, checked.c.event_id == events.c.id)
        .where(*_IN_TIME, who)
        .subquery("each_one")
    )
    came, late, missed = (func.sum(each.c[name]) for name in ("came", "late", "missed"))
    name = func.max(each.c.name)
    return (
        select(each.c.user_id, name.label("name"), came.label("came"), late.label("late"), missed.label("missed"))
        .group_by(each.c.user_id)
        .having(came + missed > 0)
        .order_by(came.desc(), missed, name, each.c.user_id)
    )


_EVERYBODY = _per_person(signups.c.user_id > 0)
_ONE = _per_person(signups.c.user_id == bindparam("who"))
_HOW_MANY = select(func.count()).select_from(events).where(*_IN_TIME)


async def attendance(tx: Tx, group_id: GroupId, since: datetime, until: datetime) -> list[Attendance]:
    """Return for each person with Telegram who came or missed something how often they did, those who came most first."""
    found = await tx.execute(_EVERYBODY, {"group": group_id, "since": since, "until": until})
    return [_attendance(row) for row in found.mappings()]


async def attendance_of(
    tx: Tx, group_id: GroupId, user_id: UserId, since: datetime, until: datetime
) -> Attendance | None:
    """Return the same of one person; None if they neither came to anything nor missed it."""
    found = await tx.execute(_ONE, {"group": group_id, "since": since, "until": until, "who": user_id})
    row = found.mappings().one_or_none()
    return None if row is None else _attendance(row)


def _attendance(row: RowMapping) -> Attendance:
    return Attendance(UserId(row["user_id"]), row["name"], int(row["came"]), int(row["late"]), int(row["missed"]))


async def how_many(tx: Tx, group_id: GroupId, since: datetime, until: datetime) -> int:
    """Count the events that began in a time and were not cancelled."""
    params = {"group": group_id, "since": since, "until": until}
    return int((await tx.execute(_HOW_MANY, params)).scalar_one())

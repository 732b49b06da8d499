"""Cases: those that a decision stands on, one by one, and lists of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, and_, func, insert, literal, or_, select, type_coerce, update

from bot.db.schema import to_millis
from bot.violations.rules.case import RETRY_FOR, Case, State, is_channel
from bot.violations.rules.ladder import AT_ONCE, DEFAULT_LADDER, Rung, for_channels
from bot.violations.rules.ledger import Ledger, lapsing
from bot.violations.store.rows import case_of, changing, columns_of, settings_of, steps_of
from bot.violations.store.tables import cases, ladders, settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row, ScalarSelect

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId, UserId
    from bot.violations.rules.ladder import Ladder

_GROUPS = 50
"""More groups in which somebody has a case of one number are not told apart by buttons anyway."""
_SETTINGS = (
    settings.c.expiry_days,
    settings.c.clean_days,
    settings.c.daily_cap,
    settings.c.points.label("points_count"),
    settings.c.second,
    settings.c.hidden,
    settings.c.leave_hours,
)


async def ledger(tx: Tx, group_id: GroupId, user_id: UserId, now: datetime, rule: str = "") -> Ledger:
    """Return what a warning of somebody for a breach of ``rule`` is decided on, in one statement."""
    one = select(literal(1).label("one")).subquery()
    theirs = and_(cases.c.group_id == group_id, cases.c.user_id == user_id, _matters(group_id, user_id, now))
    found = (
        await tx.execute(
            select(
                _highest(group_id).label("highest"),
                _steps(group_id, "").label("steps"),
                _steps(group_id, rule).label("own"),
                *_SETTINGS,
                cases,
            )
            .select_from(one.outerjoin(settings, settings.c.group_id == group_id).outerjoin(cases, theirs))
            .order_by(cases.c.number)
        )
    ).all()
    first, chosen = found[0], settings_of(found[0])
    own = lapsing([case_of(row) for row in found if row.id is not None], chosen.clean)
    track = rule if rule and first.own else ""
    steps = (steps_of(first.own) if track else steps_of(first.steps)) or DEFAULT_LADDER
    return Ledger(own, _climbed(steps, user_id), (first.highest or 0) + 1, track, chosen)


async def dossier(tx: Tx, case_id: int, now: datetime) -> tuple[Case, Ledger] | None:
    """Return a case with its person's ledger, on the ladder it counts on, in one statement; None if there is no such case."""
    this = cases.alias("this")
    group, person, track = (
        select(column).where(this.c.id == case_id).scalar_subquery()
        for column in (this.c.group_id, this.c.user_id, this.c.track)
    )
    found = (
        await tx.execute(
            select(_steps(group, "").label("steps"), _steps(group, track).label("own"), *_SETTINGS, cases)
            .select_from(cases.outerjoin(settings, settings.c.group_id == cases.c.group_id))
            .where(
                cases.c.group_id == group,
                cases.c.user_id == person,
                or_(cases.c.id == case_id, _matters(group, person, now)),
            )
            .order_by(cases.c.number)
        )
    ).all()
    if not found:
        return None
    chosen = settings_of(found[0])
    everything = lapsing([case_of(row) for row in found], chosen.clean)
    wanted = next((case for case in everything if case.id == case_id), None)
    if wanted is None:
        return None
    kept = tuple(case for case in everything if case.id != case_id or _bears(case, now))
    steps = steps_of(found[0].own) or steps_of(found[0].steps) or DEFAULT_LADDER
    return wanted, Ledger(kept, _climbed(steps, wanted.target.user_id), track=wanted.track, settings=chosen)


def _climbed(steps: Ladder, user_id: UserId) -> Ladder:
    return for_channels(steps) if is_channel(user_id) else steps


def _bears(case: Case, now: datetime) -> bool:
    """Say whether a case still bears on what is decided."""
    return case.counts(now) or case.mutes(now) or case.is_removal or (case.is_direct and case.undone is None)


async def add(tx: Tx, case: Case) -> int:
    """Store a new case and return its id."""
    result = await tx.execute(insert(cases).values(columns_of(case)).returning(cases.c.id))
    return int(result.scalar_one())


async def save(tx: Tx, case: Case) -> None:
    """Store what can change of a case."""
    await tx.execute(update(cases).where(cases.c.id == case.id).values(changing(case)))


async def by_id(tx: Tx, case_id: int) -> Case | None:
    """Return a case by its id."""
    return await _first(tx, cases.c.id == case_id)


async def by_ids(tx: Tx, case_ids: Sequence[int]) -> list[Case]:
    """Return cases by their ids, the oldest first."""
    rows = await tx.execute(select(cases).where(cases.c.id.in_(case_ids)).order_by(cases.c.number))
    return [case_of(row) for row in rows]


async def by_number(tx: Tx, group_id: GroupId, number: int) -> Case | None:
    """Return a case of a group by its number."""
    return await _first(tx, and_(cases.c.group_id == group_id, cases.c.number == number))


async def of_person(tx: Tx, group_id: GroupId, user_id: UserId, limit: int) -> list[Case]:
    """Return the cases of a person, the newest first."""
    query = (
        select(*_SETTINGS, cases)
        .select_from(cases.outerjoin(settings, settings.c.group_id == cases.c.group_id))
        .where(cases.c.group_id == group_id, cases.c.user_id == user_id)
        .order_by(cases.c.number.desc())
        .limit(limit)
    )
    rows = (await tx.execute(query)).all()
    if not rows:
        return []
    return list(reversed(lapsing([case_of(row) for row in reversed(rows)], settings_of(rows[0]).clean)))


async def anywhere(tx: Tx, user_id: UserId, limit: int) -> list[Case]:
    """Return the cases of a person in all groups, the newest first."""
    query = select(cases).where(cases.c.user_id == user_id).order_by(cases.c.id.desc()).limit(limit)
    return [case_of(row) for row in await tx.execute(query)]


async def numbered_anywhere(tx: Tx, user_id: UserId, number: int) -> list[Case]:
    """Return the cases of a person that have this number in their group, the newest first."""
    return await _many(tx, and_(cases.c.user_id == user_id, cases.c.number == number), _GROUPS)


async def counting(tx: Tx, group_id: GroupId, now: datetime, limit: int) -> list[Case]:
    """Return the cases of a group that have not expired and were not undone, the newest first."""
    return await _many(tx, and_(cases.c.group_id == group_id, _counts(now)), limit)


async def unlapsed(tx: Tx, group_id: GroupId, clean: timedelta, now: datetime, limit: int) -> list[Case]:
    """Return of these the cases that no clean period has ended, the newest first; see :func:`lapsing`."""
    counted = and_(cases.c.group_id == group_id, _counts(now))
    given = type_coerce(cases.c.issued_at, BigInteger)
    following = func.lead(given).over(partition_by=cases.c.user_id, order_by=(cases.c.issued_at, cases.c.number))
    each = (
        select(cases.c.user_id, given.label("given"), func.coalesce(following, to_millis(now)).label("next"))
        .where(cases.c.group_id == group_id, cases.c.level > 0, cases.c.undone_at.is_(None))
        .where(cases.c.user_id.in_(select(cases.c.user_id).where(counted)))
        .subquery()
    )
    lapsed = (
        select(each.c.user_id, func.max(each.c.given).label("given"))
        .where(each.c.next - each.c.given >= clean // timedelta(milliseconds=1))
        .group_by(each.c.user_id)
        .subquery()
    )
    query = (
        select(cases)
        .select_from(cases.outerjoin(lapsed, lapsed.c.user_id == cases.c.user_id))
        .where(counted, or_(lapsed.c.given.is_(None), given > lapsed.c.given))
        .order_by(cases.c.number.desc())
        .limit(limit)
    )
    return [case_of(row) for row in await tx.execute(query)]


async def between(tx: Tx, group_id: GroupId, since: datetime, until: datetime, limit: int) -> list[Case]:
    """Return the cases opened from ``since`` to before ``until``, the newest first."""
    span = and_(cases.c.group_id == group_id, cases.c.issued_at >= since, cases.c.issued_at < until)
    return await _many(tx, span, limit)


async def count_between(tx: Tx, group_id: GroupId, since: datetime, until: datetime) -> int:
    """Count the cases opened from ``since`` to before ``until``."""
    query = (
        select(func.count())
        .select_from(cases)
        .where(cases.c.group_id == group_id, cases.c.issued_at >= since, cases.c.issued_at < until)
    )
    return int((await tx.execute(query)).scalar_one())


async def refused(tx: Tx, group_id: GroupId, now: datetime, limit: int) -> list[Case]:
    """Return the cases whose mute, still to run, was refused or could not be lifted; likewise refused kicks, bans and releases."""
    stuck = [State.REFUSED.value, State.LIFT_REFUSED.value]
    at_once = and_(cases.c.rung.in_([rung.value for rung in AT_ONCE]), cases.c.issued_at > now - RETRY_FOR)
    found = and_(cases.c.group_id == group_id, or_(cases.c.mute_until > now, at_once), cases.c.state.in_(stuck))
    return await _many(tx, found, limit)


def _matters(group: Any, person: Any, now: datetime) -> ColumnElement[bool]:
    """Say which cases of a person bear on what is decided now: what counts, mutes, keeps out, or lies within what counts."""
    kept_out = cases.c.rung.in_([Rung.REMOVAL.value, Rung.BAN.value])
    other = cases.alias("other")
    oldest = (
        select(func.min(other.c.issued_at))
        .where(
            other.c.group_id == group,
            other.c.user_id == person,
            other.c.level > 0,
            other.c.expires_at > now,
            other.c.undone_at.is_(None),
        )
        .scalar_subquery()
    )
    within = and_(cases.c.level > 0, cases.c.issued_at >= oldest)
    return or_(cases.c.expires_at > now, cases.c.mute_until > now, cases.c.leave_by > now, kept_out, within)


def _counts(now: datetime) -> ColumnElement[bool]:
    return and_(cases.c.level > 0, cases.c.expires_at > now, cases.c.undone_at.is_(None))


def _highest(group_id: GroupId) -> ScalarSelect[Any]:
    other = cases.alias("numbered")
    return select(func.max(other.c.number)).where(other.c.group_id == group_id).scalar_subquery()


def _steps(group: Any, track: Any) -> ScalarSelect[Any]:
    return select(ladders.c.steps).where(ladders.c.group_id == group, ladders.c.track == track).scalar_subquery()


async def _first(tx: Tx, where: ColumnElement[bool]) -> Case | None:
    row: Row[Any] | None = (await tx.execute(select(cases).where(where))).one_or_none()
    return None if row is None else case_of(row)


async def _many(tx: Tx, where: ColumnElement[bool], limit: int) -> list[Case]:
    rows = await tx.execute(select(cases).where(where).order_by(cases.c.number.desc()).limit(limit))
    return [case_of(row) for row in rows]

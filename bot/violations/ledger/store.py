"""What a look through the ledger reads, the filters that its buttons carry, and the one thing of a case that can be amended.

Every list, count and summary is read from the index below alone; only the cases of one page are fetched whole.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Table,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    case,
    delete,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    text,
    type_coerce,
    union_all,
    update,
)

from bot.db.schema import Instant, Serial, from_millis, metadata, to_millis
from bot.violations.ledger.rules.statuses import Status
from bot.violations.ledger.rules.wanted import By, Share, View, unpacked
from bot.violations.rules.case import IN_FORCE, State
from bot.violations.rules.ladder import Rung
from bot.violations.store.rows import case_of
from bot.violations.store.tables import cases

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, ScalarSelect

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId, UserId
    from bot.violations.ledger.rules.wanted import Selection, Wanted
    from bot.violations.rules.case import Case

views = Table(
    "violations_ledger_views",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("group_id", BigInteger, nullable=False),
    Column("wanted", Text, nullable=False),
    Column("used_at", Instant, nullable=False, index=True),
    UniqueConstraint("group_id", "wanted"),
    sqlite_autoincrement=True,
)
"""An id is never given twice: a button of a list that was forgotten would show another one."""
Index(
    "ix_violations_cases_ledger",
    cases.c.group_id,
    cases.c.issued_at,
    cases.c.number,
    cases.c.rule,
    cases.c.user_id,
    cases.c.department,
    cases.c.issuer_id,
    cases.c.rung,
    cases.c.undone_at,
    cases.c.level,
    cases.c.expires_at,
    cases.c.mute_until,
    cases.c.state,
)

_COLUMNS: Final = {
    By.RULE: cases.c.rule,
    By.MEMBER: cases.c.user_id,
    By.DEPARTMENT: cases.c.department,
    By.MODERATOR: cases.c.issuer_id,
}
_NAMES: Final = {By.RULE: cases.c.rule_title, By.MEMBER: cases.c.user_name, By.MODERATOR: cases.c.issuer_name}
_NEWEST: Final = (cases.c.issued_at.desc(), cases.c.number.desc())
_RELEASES: Final = (Rung.UNMUTE.value, Rung.UNBAN.value)
_KEPT_OUT: Final = (Rung.REMOVAL.value, Rung.BAN.value)
_UNSETTLED: Final = (State.PROPOSED.value, State.ORDERED.value, State.LIFTING.value)
_weighs = and_(cases.c.undone_at.is_(None), cases.c.rung.not_in(_RELEASES))
"""Which cases are counted in a summary."""


def _where(found: Selection) -> ColumnElement[bool]:
    wanted, parts = found.wanted, [cases.c.group_id == found.group_id]
    if wanted.rule is not None:
        parts.append(cases.c.rule == wanted.rule)
    if wanted.member is not None:
        parts.append(cases.c.user_id == wanted.member)
    if wanted.department is not None:
        parts.append(cases.c.department == wanted.department)
    if wanted.moderator is not None:
        parts.append(cases.c.issuer_id == wanted.moderator)
    if found.since is not None:
        parts.append(cases.c.issued_at >= found.since)
    if found.until is not None:
        parts.append(cases.c.issued_at < found.until)
    if wanted.status is not None and found.now is not None:
        parts.append(_stands(wanted.status, found, found.now))
    return and_(*parts)


def _stands(status: Status, found: Selection, now: datetime) -> ColumnElement[bool]:
    """Say which cases stand so; what is in force and what is over leaves out what was undone."""
    undone, state = cases.c.undone_at.is_not(None), cases.c.state
    match status:
        case Status.UNDONE:
            return undone
        case Status.IN_FORCE:
            return and_(~undone, _is_in_force(found, now))
        case Status.EXPIRED:
            once = and_(or_(cases.c.level > 0, cases.c.mute_until <= now), cases.c.rung.not_in(_RELEASES))
            return and_(~undone, once, state.not_in(_UNSETTLED), not_(_is_in_force(found, now)))
        case Status.APPEALED | Status.LIGHTER:
            # Written out, as more of them than a statement takes values may have been made lighter.
            return cases.c.id.in_(bindparam("ids", sorted(found.ids or ()), expanding=True, literal_execute=True))
        case Status.PROPOSED:
            return state == State.PROPOSED.value
        case Status.DECLINED:
            return state.in_([State.DECLINED.value, State.LAPSED.value])
        case Status.REFUSED:
            return state.in_([State.REFUSED.value, State.LIFT_REFUSED.value])
        case Status.UNCERTAIN:
            return state == State.UNCERTAIN.value


def _is_in_force(found: Selection, now: datetime) -> ColumnElement[bool]:
    """Say which cases count or hold, among those that were not undone."""
    endless = and_(cases.c.mute_until.is_(None), cases.c.rung.in_(_KEPT_OUT))
    runs = and_(func.coalesce(cases.c.mute_until > now, false()), cases.c.rung.not_in(_RELEASES))
    holds = and_(or_(runs, endless), cases.c.state.in_([one.value for one in IN_FORCE]))
    counts = and_(cases.c.level > 0, cases.c.expires_at > now)
    if found.clean is not None:
        counts = and_(counts, cases.c.id.not_in(_lapsed(found, found.clean, now)))
    return or_(counts, holds)


def _lapsed(found: Selection, clean: timedelta, now: datetime) -> ScalarSelect[int]:
    """Return the cases whose counting a clean period has ended; :func:`bot.violations.rules.ledger.lapsing` says which.

    Those before the oldest that has not expired are left out: they do not count anyway, and end nothing that does.
    """
    one, counted, lasting = cases.alias("one"), cases.alias("counted"), cases.alias("lasting")
    oldest = (
        select(func.min(type_coerce(lasting.c.issued_at, BigInteger)))
        .where(lasting.c.group_id == found.group_id, lasting.c.level > 0, lasting.c.expires_at > now)
        .scalar_subquery()
    )
    given = type_coerce(counted.c.issued_at, BigInteger)
    following = func.lead(given).over(partition_by=counted.c.user_id, order_by=(given, counted.c.number))
    each = (
        select(counted.c.user_id, given.label("given"), func.coalesce(following, to_millis(now)).label("next"))
        .where(counted.c.group_id == found.group_id, given >= oldest)
        .where(counted.c.level > 0, counted.c.undone_at.is_(None))
        .subquery()
    )
    ended = (
        select(each.c.user_id, func.max(each.c.given).label("given"))
        .where(each.c.next - each.c.given >= clean // timedelta(milliseconds=1))
        .group_by(each.c.user_id)
        .subquery()
    )
    return (
        select(one.c.id)
        .join_from(one, ended, ended.c.user_id == one.c.user_id)
        .where(
            one.c.group_id == found.group_id, type_coerce(one.c.issued_at, BigInteger).between(oldest, ended.c.given)
        )
        .scalar_subquery()
    )


# Cases


async def count(tx: Tx, among: Selection) -> int:
    """Count the cases."""
    return int((await tx.execute(select(func.count()).select_from(cases).where(_where(among)))).scalar_one())


async def page(tx: Tx, among: Selection, skip: int, most: int) -> list[Case]:
    """Return some of the cases, the newest first."""
    chosen = select(cases.c.id).where(_where(among)).order_by(*_NEWEST).limit(most).offset(skip).subquery()
    rows = await tx.execute(select(cases).where(cases.c.id.in_(select(chosen.c.id))).order_by(*_NEWEST))
    return [case_of(row) for row in rows]


async def undone_and_direct(tx: Tx, group_id: GroupId, user_id: UserId) -> tuple[int, int, int, str]:
    """Return how many cases a person has, how many were undone, how many more count towards nothing, and the newest name."""
    mine = and_(cases.c.group_id == group_id, cases.c.user_id == user_id)
    is_undone = cases.c.undone_at.is_not(None)
    newest = select(cases.c.user_name).where(mine).order_by(cases.c.number.desc()).limit(1).scalar_subquery()
    query = select(
        func.count().label("total"),
        func.coalesce(func.sum(case((is_undone, 1), else_=0)), 0).label("undone"),
        func.coalesce(func.sum(case((and_(cases.c.level == 0, ~is_undone), 1), else_=0)), 0).label("direct"),
        newest.label("name"),
    ).where(mine)
    row = (await tx.execute(query)).one()
    return int(row.total), int(row.undone), int(row.direct), row.name or ""


async def amend(tx: Tx, case_id: int, reason: str) -> None:
    """Put another reason in the place of a case's."""
    await tx.execute(update(cases).where(cases.c.id == case_id).values(reason=reason))


# Counting


async def shares(tx: Tx, among: Selection, by: By, most: int, *, weighed: bool) -> tuple[list[Share], int, int, int]:
    """Count cases by rule, person, department or moderator, the most first; ``weighed`` leaves out what weighs nothing.

    :return: the first ``most`` shares, how many shares there are in all, how many cases they count, and how many there are.
    """
    column = _COLUMNS[by]
    # A plain column of numbers would be grouped along its own index, and every case fetched whole.
    key = (column + 0 if by in {By.MEMBER, By.MODERATOR} else column).label("key")
    weight = case((_weighs, 1), else_=0) if weighed else literal(1)
    each = (
        select(
            key,
            func.sum(weight).label("number"),
            func.count().label("everything"),
            func.max(cases.c.id).label("newest"),
        )
        .where(_where(among))
        .group_by(key)
        .subquery()
    )
    sums = select(
        each,
        func.sum(case((each.c.number > 0, 1), else_=0)).over().label("shares"),
        func.sum(each.c.number).over().label("counted"),
        func.sum(each.c.everything).over().label("total"),
    ).subquery()
    name = _NAMES.get(by, literal(""))
    query = (
        select(sums, name.label("name"))
        .join_from(sums, cases, cases.c.id == sums.c.newest)
        .order_by(sums.c.number.desc(), sums.c.newest.desc())
        .limit(most)
    )
    found = (await tx.execute(query)).all()
    if not found:
        return [], 0, 0, 0
    first, listed = found[0], [Share(row.key, row.number, row.name) for row in found if row.number]
    return listed, int(first.shares), int(first.counted), int(first.total)


async def on_record(tx: Tx, among: Selection) -> tuple[list[str], list[str]]:
    """Return the rules and the departments that cases name."""
    sides = [
        select(literal(side).label("side"), column.label("name")).where(_where(among)).group_by(column)
        for side, column in (("rule", cases.c.rule), ("department", cases.c.department))
    ]
    rows = (await tx.execute(union_all(*sides))).all()
    rules, departments = (
        [row.name for row in rows if row.side == side and row.name] for side in ("rule", "department")
    )
    return rules, departments


async def extent(tx: Tx, among: Selection) -> tuple[datetime, datetime, int, int] | None:
    """Return when the first and the last case was opened, how many weigh, and how many there are; None without any."""
    opened = type_coerce(cases.c.issued_at, BigInteger)
    query = select(
        func.min(opened).label("first"),
        func.max(opened).label("last"),
        func.coalesce(func.sum(case((_weighs, 1), else_=0)), 0).label("weighed"),
        func.count().label("everything"),
    ).where(_where(among))
    row = (await tx.execute(query)).one()
    if row.first is None:
        return None
    return from_millis(row.first), from_millis(row.last), int(row.weighed), int(row.everything)


async def between(tx: Tx, among: Selection, edges: Sequence[datetime]) -> list[int]:
    """Count the cases that weigh between each two neighbours of ``edges``."""
    steps = [
        func.coalesce(func.sum(case((and_(cases.c.issued_at >= first, cases.c.issued_at < last), 1), else_=0)), 0)
        for first, last in pairwise(edges)
    ]
    row = (await tx.execute(select(*steps).where(_where(among), _weighs))).one()
    return [int(number) for number in row]


async def names_of(tx: Tx, group_id: GroupId, wanted: Wanted) -> dict[UserId, str]:
    """Return the newest names of the people a filter names, as far as they are on record."""
    names = [
        select(_NAMES[by])
        .where(cases.c.group_id == group_id, _COLUMNS[by] == user_id)
        .order_by(*_NEWEST)
        .limit(1)
        .scalar_subquery()
        for user_id, by in ((wanted.member, By.MEMBER), (wanted.moderator, By.MODERATOR))
        if user_id is not None
    ]
    found = (await tx.execute(select(*names))).one()
    return {user_id: name for user_id, name in zip(wanted.people(), found, strict=True) if name is not None}


# For files: as plain as they are stored


_FILED: Final = tuple(
    type_coerce(column, BigInteger) if isinstance(column.type, Instant) else column
    for column in (
        cases.c.number,
        cases.c.issued_at,
        cases.c.user_id,
        cases.c.user_name,
        cases.c.department,
        cases.c.rule,
        cases.c.rule_title,
        cases.c.rung,
        cases.c.mute_seconds,
        cases.c.mute_until,
        cases.c.state,
        cases.c.why,
        cases.c.reason,
        cases.c.points,
        cases.c.level,
        cases.c.further,
        cases.c.expires_at,
        cases.c.automatic,
        cases.c.issuer_name,
        cases.c.decided_name,
        cases.c.undone_at,
        cases.c.undone_name,
        cases.c.evidence,
    )
)


async def filed(tx: Tx, among: Selection, skip: int, most: int) -> list[tuple[Any, ...]]:
    """Return some of the cases for a file, the oldest first."""
    oldest = (cases.c.issued_at, cases.c.number)
    chosen = select(cases.c.id).where(_where(among)).order_by(*oldest).limit(most).offset(skip).subquery()
    rows = await tx.execute(select(*_FILED).where(cases.c.id.in_(select(chosen.c.id))).order_by(*oldest))
    return [tuple(row) for row in rows]


# Filters


_KEEP: Final = text(
    "INSERT INTO violations_ledger_views (group_id, wanted, used_at) VALUES (:group_id, :wanted, :used_at) "
    "ON CONFLICT (group_id, wanted) DO UPDATE SET used_at = excluded.used_at RETURNING id"
)


async def keep(tx: Tx, group_id: GroupId, wanted: Wanted, now: datetime) -> int:
    """Keep a filter for the buttons that carry it, and return its id."""
    values = {"group_id": group_id, "wanted": wanted.packed(), "used_at": to_millis(now)}
    return int((await tx.execute(_KEEP, values)).scalar_one())


async def view(tx: Tx, group_id: GroupId, view_id: int) -> View | None:
    """Return a filter that was kept."""
    query = select(views.c.wanted).where(views.c.id == view_id, views.c.group_id == group_id)
    packed = (await tx.execute(query)).scalar_one_or_none()
    return None if packed is None else View(view_id, unpacked(packed))


async def forget_views(tx: Tx, before: datetime) -> None:
    """Forget the filters that nobody has used since."""
    await tx.execute(delete(views).where(views.c.used_at < before))

"""The statements of events, put together once: building one costs more than running it.

An event with the sums over its sign-ups is always one statement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Integer,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    union_all,
    update,
)

from bot.events.rules.event import State
from bot.events.rules.signup import SignUpState
from bot.events.store.tables import events, houses, signups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import BindParameter, ColumnElement, Select, Subquery
    from sqlalchemy.sql.selectable import FromClause


PUT = """
INSERT INTO events_signups (event_id, user_id, name, state, turn, guests, since, notice, rank, until, confirmed, added_by,
companions, presence, present_at, came_with, paid)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
ON CONFLICT (event_id, user_id) DO UPDATE SET name = excluded.name, state = excluded.state, turn = excluded.turn,
guests = excluded.guests, since = excluded.since, notice = excluded.notice, rank = excluded.rank, until = excluded.until,
confirmed = excluded.confirmed, added_by = excluded.added_by, companions = excluded.companions, presence = excluded.presence,
present_at = excluded.present_at, came_with = excluded.came_with, paid = excluded.paid
"""
ACTIVE = tuple(state.value for state in SignUpState if state.is_on_it)


def _counted(state: SignUpState, value: Any = 1) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((signups.c.state == state.value, value), else_=0)), 0)


_is_waiting = signups.c.state == SignUpState.WAITING.value
_is_going = signups.c.state == SignUpState.GOING.value
_size = 1 + signups.c.guests
HERE = 1 + case((signups.c.came_with < signups.c.guests, signups.c.came_with), else_=signups.c.guests)
"""How many of a party came whose person is here: as many as were counted at the door."""
SUMS = (
    _counted(SignUpState.GOING).label("t_parties"),
    _counted(SignUpState.GOING, _size).label("t_taken"),
    _counted(SignUpState.OFFERED).label("t_offers"),
    _counted(SignUpState.OFFERED, _size).label("t_held"),
    _counted(SignUpState.WAITING).label("t_waiting"),
    _counted(SignUpState.MAYBE).label("t_maybe"),
    _counted(SignUpState.DECLINED).label("t_declined"),
    func.coalesce(func.min(case((_is_waiting, _size))), 0).label("t_smallest"),
    func.coalesce(func.max(case((signups.c.state.in_(ACTIVE), _size), else_=0)), 0).label("t_largest"),
    func.coalesce(func.sum(case((and_(_is_going, signups.c.confirmed.is_not(None)), 1), else_=0)), 0).label(
        "t_confirmed"
    ),
    func.coalesce(func.sum(case((signups.c.presence.in_(("came", "late", "walked in")), HERE), else_=0)), 0).label(
        "t_present"
    ),
    func.coalesce(func.max(signups.c.turn), 0).label("t_last_turn"),
)
PLACE = case(
    (signups.c.state == SignUpState.GOING.value, 0), (signups.c.state == SignUpState.OFFERED.value, 1), else_=2
)
ORDER = (PLACE, case((_is_going, 0), else_=signups.c.rank), signups.c.turn)
"""Those who are going as they came, then those who are offered a seat, then the line."""


# The statements that taps and cards need are put together once: building one costs more than running it.


_group: BindParameter[Any] = bindparam("group")
_event_id: BindParameter[Any] = bindparam("event")
_user: BindParameter[Any] = bindparam("who")
CHOSEN = signups.c.event_id == _event_id


def _with_sums(sums: Subquery) -> Select[Any]:
    return select(events, *(column for column in sums.c if column.name != "event_id"))


def _prefixed(table: FromClause) -> list[ColumnElement[Any]]:
    return [table.c[column.name].label(f"s_{column.name}") for column in signups.c if column.name != "event_id"]


def _desk() -> Select[Any]:
    mine = signups.alias("mine")
    before_mine = or_(
        signups.c.rank < mine.c.rank,
        and_(signups.c.rank == mine.c.rank, signups.c.turn < mine.c.turn),
    )
    ahead = select(func.count()).select_from(signups).where(CHOSEN, _is_waiting, before_mine).scalar_subquery()
    with_mine = events.outerjoin(mine, and_(mine.c.event_id == events.c.id, mine.c.user_id == _user))
    return (
        select(events)
        .add_columns(
            *_deciding(),
            # Who is not in line is told no place in it: the line need not be read for them.
            case((mine.c.state == SignUpState.WAITING.value, ahead), else_=0).label("t_ahead"),
            houses.c.settings.label("house"),
            *_prefixed(mine),
        )
        .select_from(with_mine.outerjoin(houses, houses.c.group_id == events.c.group_id))
        .where(events.c.id == _event_id, events.c.group_id == _group)
    )


def _deciding() -> list[ColumnElement[Any]]:
    """Return the sums that decide about a person's word, each read from an index: in a rush they are counted for every tap."""

    def of(state: SignUpState, value: ColumnElement[Any]) -> Any:
        return select(value).where(CHOSEN, signups.c.state == state.value).scalar_subquery()

    def seats(state: SignUpState) -> Any:
        return func.coalesce(of(state, func.sum(_size)), 0)

    last = [of(state, func.max(signups.c.turn)) for state in SignUpState]
    least = 1 + of(SignUpState.WAITING, func.min(signups.c.guests))
    return [
        of(SignUpState.GOING, func.count()).label("t_parties"),
        seats(SignUpState.GOING).label("t_taken"),
        of(SignUpState.OFFERED, func.count()).label("t_offers"),
        seats(SignUpState.OFFERED).label("t_held"),
        of(SignUpState.WAITING, func.count()).label("t_waiting"),
        func.coalesce(least, 0).label("t_smallest"),
        _greatest(last).label("t_last_turn"),
    ]


def _greatest(found: Sequence[Any]) -> Any:
    """Return the greatest of some numbers, any of which may be missing."""
    every = union_all(*(select(one.label("turn")) for one in found)).subquery("turns")
    return func.coalesce(select(func.max(every.c.turn)).scalar_subquery(), 0)


def _face() -> Select[Any]:
    sums = select(*SUMS).where(signups.c.event_id == _event_id).subquery("sums")
    first = (
        select(signups, PLACE.label("place"))
        .where(signups.c.event_id == _event_id, signups.c.state.in_(ACTIVE))
        .order_by(*ORDER)
        .limit(bindparam("most", type_=Integer))
        .subquery("first")
    )
    return (
        _with_sums(sums)
        .add_columns(*_prefixed(first))
        .select_from(events.join(sums, events.c.id.is_not(None)).outerjoin(first, first.c.event_id == events.c.id))
        .where(events.c.id == _event_id)
        .order_by(first.c.place, case((first.c.place == 0, 0), else_=first.c.rank), first.c.turn)
    )


def _summed(*wanted: ColumnElement[bool]) -> Select[Any]:
    most = bindparam("most", type_=Integer)
    chosen = select(events.c.id).where(*wanted).order_by(events.c.starts_at, events.c.number).limit(most)
    sums = (
        select(signups.c.event_id, *SUMS).where(signups.c.event_id.in_(chosen)).group_by(signups.c.event_id)
    ).subquery("sums")
    return (
        _with_sums(sums)
        .select_from(events.outerjoin(sums, sums.c.event_id == events.c.id))
        .where(*wanted)
        .order_by(events.c.starts_at, events.c.number)
        .limit(most)
    )


_of_group = events.c.group_id == _group
HIDDEN = (State.CANCELLED.value, State.DRAFT.value)
_in_span = (_of_group, events.c.starts_at >= bindparam("since"), events.c.state.not_in(HIDDEN))
DESK, FACE = _desk(), _face()
BY_NUMBER = _summed(_of_group, events.c.number == bindparam("number"))
BY_ID = _summed(_of_group, events.c.id == _event_id)
BY_IDS = _summed(events.c.id.in_(bindparam("events", expanding=True)))
SINCE = _summed(*_in_span)
BEGUN = (
    select(events)
    .where(*_in_span, events.c.starts_at <= bindparam("until"))
    .order_by(events.c.starts_at, events.c.number)
)
BETWEEN = _summed(*_in_span, events.c.starts_at < bindparam("until"))
AHEAD_OF = (
    select(events.c.id)
    .join(signups, signups.c.event_id == events.c.id)
    .where(
        _of_group,
        events.c.starts_at > bindparam("since"),
        events.c.state.in_((State.OPEN.value, State.CLOSED.value)),
        signups.c.user_id == _user,
        signups.c.state.in_((*ACTIVE, SignUpState.MAYBE.value)),
    )
    .order_by(events.c.id)
)
PEOPLE = (
    select(signups)
    .where(CHOSEN, signups.c.state.in_(bindparam("states", expanding=True)))
    .order_by(*ORDER)
    .limit(bindparam("most", type_=Integer))
)
TO_TELL = select(signups).where(CHOSEN, signups.c.notice.is_not(None)).order_by(signups.c.turn)
TOLD = update(signups).where(CHOSEN, signups.c.notice.is_not(None)).values(notice=None)
MINE = select(signups).where(CHOSEN, signups.c.user_id == _user)
UNCONFIRM = update(signups).where(CHOSEN, signups.c.confirmed.is_not(None)).values(confirmed=None)
HOUSE = select(houses.c.settings).where(houses.c.group_id == _group)
RECORD = (
    select(events.c.starts_at, signups.c.state, signups.c.presence)
    .join(signups, signups.c.event_id == events.c.id)
    .where(
        events.c.group_id == _group,
        signups.c.user_id == _user,
        events.c.starts_at >= bindparam("since"),
        events.c.state.not_in(HIDDEN),
    )
)
LINE = (
    select(signups)
    .where(CHOSEN, _is_waiting, _size <= bindparam("size", type_=Integer))
    .order_by(signups.c.rank, signups.c.turn)
    .limit(bindparam("most", type_=Integer))
)
AHEAD_OF_RANK = (
    select(func.count())
    .select_from(signups)
    .where(CHOSEN, _is_waiting, signups.c.rank <= bindparam("rank", type_=Integer))
)
FORGET_RANKS = (
    update(signups)
    .where(
        signups.c.rank > 0,
        signups.c.event_id.in_(select(events.c.id).where(_of_group, events.c.starts_at > bindparam("ahead_of"))),
    )
    .values(rank=0)
)
_IS_OFFERED = signups.c.state == SignUpState.OFFERED.value
NEXT_LAPSE = select(func.min(signups.c.until)).where(CHOSEN, _IS_OFFERED)
END_OFFERS = (
    update(signups)
    .where(CHOSEN, _IS_OFFERED)
    .values(state=SignUpState.LAPSED.value, until=None, since=bindparam("at"), guests=0, companions=None, notice=None)
)
DRAFTS = (
    select(events).where(_of_group, events.c.state == State.DRAFT.value).order_by(events.c.starts_at, events.c.number)
)
EVERYBODY = 1_000_000
"""More people than any event has: PostgreSQL and SQLite write "no limit" differently."""

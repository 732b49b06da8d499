"""Events and sign-ups in the database. An event with the sums over its sign-ups is always one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import func, insert, select, update

from bot.events.rules.event import Event, State
from bot.events.rules.house import House, Record
from bot.events.rules.plan import Plan
from bot.events.rules.signup import Presence, SignUp, SignUpState, Tally
from bot.events.store.rows import (
    NAME_LIMIT,
    Desk,
    clean,
    decode_house,
    event_of,
    millis_of,
    signup_of,
    tally_of,
    value_of,
)
from bot.events.store.rows import columns_of as columns_of
from bot.events.store.statements import (
    ACTIVE,
    AHEAD_OF,
    AHEAD_OF_RANK,
    BEGUN,
    BETWEEN,
    BY_ID,
    BY_IDS,
    BY_NUMBER,
    DESK,
    DRAFTS,
    END_OFFERS,
    EVERYBODY,
    FACE,
    FORGET_RANKS,
    HOUSE,
    LINE,
    MINE,
    NEXT_LAPSE,
    PEOPLE,
    PUT,
    RECORD,
    SINCE,
    TO_TELL,
    TOLD,
    UNCONFIRM,
)
from bot.events.store.tables import events, houses
from bot.kernel.ids import GroupId, UserId

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Select

    from bot.db.engine import Tx


_MOST_ID, _MOST_NUMBER = 2**63 - 1, 2**31 - 1
"""What the columns hold: a forged button may carry more, which the databases refuse with an error."""


async def add(
    tx: Tx,
    group_id: GroupId,
    plan: Plan,
    created_by: UserId,
    now: datetime,
    state: State = State.OPEN,
    series: int | None = None,
) -> Event:
    """Store a new event under the group's next number; the group must be locked."""
    number = select(func.coalesce(func.max(events.c.number), 0) + 1).where(events.c.group_id == group_id)
    statement = (
        insert(events)
        .values(
            group_id=group_id,
            number=number.scalar_subquery(),
            state=state.value,
            series_id=series,
            created_by=created_by,
            created_at=now,
            **columns_of(plan),
        )
        .returning(events)
    )
    return event_of((await tx.execute(statement)).mappings().one())


async def change(tx: Tx, event_id: int, values: Mapping[str, Any]) -> None:
    """Change columns of an event."""
    kept = {name: clean(value) if isinstance(value, str) else value for name, value in values.items()}
    await tx.execute(update(events).where(events.c.id == event_id).values(**kept))


async def desk(tx: Tx, group_id: GroupId, event_id: int, user_id: UserId) -> Desk | None:
    """Return what decides about a person's word; None if the group has no such event."""
    if not 0 < event_id <= _MOST_ID:
        return None
    found = await tx.execute(DESK, {"group": group_id, "event": event_id, "who": user_id})
    row = found.mappings().one_or_none()
    if row is None:
        return None
    house = House() if row["house"] is None else decode_house(row["house"])
    return Desk(event_of(row), tally_of(row), signup_of(row, "s_") if row["s_turn"] else None, house)


async def face(tx: Tx, event_id: int, limit: int) -> tuple[Event, Tally, list[SignUp]] | None:
    """Return an event, its sums and the first of those on it, those who are going first."""
    rows = (await tx.execute(FACE, {"event": event_id, "most": limit})).mappings().all()
    if not rows:
        return None
    return event_of(rows[0]), tally_of(rows[0]), [signup_of(row, "s_") for row in rows if row["s_turn"]]


async def by_number(tx: Tx, group_id: GroupId, number: int) -> tuple[Event, Tally] | None:
    """Return an event by its number in the group, with its sums."""
    if not 0 < number <= _MOST_NUMBER:
        return None
    found = await _fetch(tx, BY_NUMBER, group=group_id, number=number, most=1)
    return found[0] if found else None


async def by_id(tx: Tx, group_id: GroupId, event_id: int) -> tuple[Event, Tally] | None:
    """Return an event with its sums; None if it is not of this group."""
    if not 0 < event_id <= _MOST_ID:
        return None
    found = await _fetch(tx, BY_ID, group=group_id, event=event_id, most=1)
    return found[0] if found else None


async def by_ids(tx: Tx, event_ids: Sequence[int]) -> list[tuple[Event, Tally]]:
    """Return events with their sums, the earliest first."""
    return await _fetch(tx, BY_IDS, events=list(event_ids), most=len(event_ids)) if event_ids else []


async def begun(tx: Tx, group_id: GroupId, since: datetime, until: datetime) -> list[Event]:
    """Return the events, no drafts and none cancelled, that start from ``since`` to ``until``, the earliest first."""
    found = await tx.execute(BEGUN, {"group": group_id, "since": since, "until": until})
    return [event_of(row) for row in found.mappings()]


async def between(
    tx: Tx, group_id: GroupId, since: datetime, until: datetime | None = None, limit: int = 500
) -> list[tuple[Event, Tally]]:
    """Return the events that are not cancelled and start from ``since`` to before ``until``, the earliest first."""
    if until is None:
        return await _fetch(tx, SINCE, group=group_id, since=since, most=limit)
    return await _fetch(tx, BETWEEN, group=group_id, since=since, until=until, most=limit)


async def ahead_of(tx: Tx, group_id: GroupId, user_id: UserId, now: datetime) -> list[int]:
    """Return the ids of the events still to come that a person is going to, waiting for, or may come to."""
    found = await tx.execute(AHEAD_OF, {"group": group_id, "who": user_id, "since": now})
    return list(found.scalars())


async def _fetch(tx: Tx, query: Select[Any], **params: Any) -> list[tuple[Event, Tally]]:
    return [(event_of(row), tally_of(row)) for row in (await tx.execute(query, params)).mappings()]


async def put(tx: Tx, event_id: int, changed: Sequence[SignUp]) -> None:
    """Store sign-ups, new or changed, in one statement."""
    await tx.many(
        PUT,
        [
            (
                event_id,
                one.user_id,
                clean(one.name)[:NAME_LIMIT],
                one.state.value,
                one.turn,
                one.guests,
                millis_of(one.since),
                value_of(one.notice),
                one.rank,
                millis_of(one.until),
                millis_of(one.confirmed),
                one.added_by,
                clean(msgspec.json.encode(one.companions).decode()) if one.companions else None,
                value_of(one.presence),
                millis_of(one.present_at),
                one.came_with,
                value_of(one.paid),
            )
            for one in changed
        ],
    )


async def people(tx: Tx, event_id: int, *states: SignUpState, limit: int | None = None) -> list[SignUp]:
    """Return those who stand so, by their turn."""
    wanted = {"event": event_id, "states": [state.value for state in states], "most": limit or EVERYBODY}
    return [signup_of(row) for row in (await tx.execute(PEOPLE, wanted)).mappings()]


async def house_of(tx: Tx, group_id: GroupId) -> House:
    """Return a group's settings for events."""
    found = (await tx.execute(HOUSE, {"group": group_id})).scalar_one_or_none()
    return House() if found is None else decode_house(found)


async def keep_house(tx: Tx, group_id: GroupId, house: House) -> None:
    """Store a group's settings for events; the group must be locked."""
    values = {"settings": msgspec.json.encode(house).decode()}
    done = await tx.execute(update(houses).where(houses.c.group_id == group_id).values(**values))
    if done.rowcount == 0:
        await tx.execute(insert(houses).values(group_id=group_id, **values))


async def record(tx: Tx, group_id: GroupId, user_id: UserId, since: datetime, now: datetime) -> Record:
    """Return what counts of a person's past in a group, from ``since`` on; without their tag, which is not known here."""
    rows = (await tx.execute(RECORD, {"group": group_id, "who": user_id, "since": since})).mappings()
    came = ahead = 0
    missed: list[datetime] = []
    for row in rows:
        starts_at, state, presence = row["starts_at"], row["state"], row["presence"]
        if starts_at > now:
            ahead += state in ACTIVE
        elif presence == Presence.ABSENT.value:
            missed.append(starts_at)
        elif state == SignUpState.GOING.value and presence != Presence.EXCUSED.value:
            came += 1
    return Record(came, tuple(missed), ahead)


async def line(tx: Tx, event_id: int, most_size: int | None, limit: int | None) -> list[SignUp]:
    """Return the head of the waiting list in its order, only parties of at most ``most_size`` (None: any)."""
    params = {"event": event_id, "size": EVERYBODY if most_size is None else most_size, "most": limit or EVERYBODY}
    return [signup_of(row) for row in (await tx.execute(LINE, params)).mappings()]


async def forget_ranks(tx: Tx, group_id: GroupId, now: datetime) -> None:
    """Let all lines of a group go by the turn alone, but for those who lost a seat, who come first."""
    await tx.execute(FORGET_RANKS, {"group": group_id, "ahead_of": now})


async def ahead_of_rank(tx: Tx, event_id: int, rank: int) -> int:
    """Return how many parties of the line rank no later."""
    return int((await tx.execute(AHEAD_OF_RANK, {"event": event_id, "rank": rank})).scalar_one())


async def next_lapse(tx: Tx, event_id: int) -> datetime | None:
    """Return when the first of the offers that stand will lapse."""
    found: datetime | None = (await tx.execute(NEXT_LAPSE, {"event": event_id})).scalar_one()
    return found


async def end_offers(tx: Tx, event_id: int, now: datetime) -> None:
    """Take back the offers that still stand when an event begins."""
    await tx.execute(END_OFFERS, {"event": event_id, "at": now})


async def drafts(tx: Tx, group_id: GroupId) -> list[Event]:
    """Return the group's drafts, the earliest start first."""
    return [event_of(row) for row in (await tx.execute(DRAFTS, {"group": group_id})).mappings()]


async def mine(tx: Tx, event_id: int, user_id: UserId) -> SignUp | None:
    """Return a person's sign-up."""
    if not 0 < event_id <= _MOST_ID:
        return None
    row = (await tx.execute(MINE, {"event": event_id, "who": user_id})).mappings().one_or_none()
    return None if row is None else signup_of(row)


async def unconfirm(tx: Tx, event_id: int) -> None:
    """Forget who confirmed that they are coming: the event is at another time."""
    await tx.execute(UNCONFIRM, {"event": event_id})


async def to_tell(tx: Tx, event_id: int) -> list[SignUp]:
    """Return those who have still to be told that they moved, by their turn."""
    return [signup_of(row) for row in (await tx.execute(TO_TELL, {"event": event_id})).mappings()]


async def told(tx: Tx, event_id: int) -> None:
    """Note that everybody has been told."""
    await tx.execute(TOLD, {"event": event_id})

"""The tables of submissions, and of how groups take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    case,
    func,
    insert,
    select,
    update,
)

from bot.announcements.rules.content import Content
from bot.announcements.submissions.rules import DAILY, UNDECIDED, Exchange, House, State, Submission
from bot.db.schema import Instant, Serial, metadata

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Row

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId, UserId

items = Table(
    "announcements_submissions_items",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("group_id", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("content", Text, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("user_name", String(200), nullable=False),
    Column("department", String(200), nullable=False),
    Column("handed_at", Instant, nullable=False),
    Column("talk", Text, nullable=False),
    Column("decider_id", BigInteger, nullable=True),
    Column("decider_name", String(200), nullable=False),
    Column("decided_at", Instant, nullable=True),
    Column("reason", Text, nullable=False),
    Column("verified", Text, nullable=False),
    Column("shown", Boolean, nullable=False),
    Column("post_id", BigInteger, nullable=True),
    Column("post_number", Integer, nullable=True),
    Column("openly", Boolean, nullable=False),
    Column("messages", String(400), nullable=False),
    UniqueConstraint("group_id", "number"),
    Index("ix_announcements_submissions_items_group_id_state", "group_id", "state"),
    Index("ix_announcements_submissions_items_group_id_user_id", "group_id", "user_id", "handed_at"),
    Index("ix_announcements_submissions_items_post_id", "post_id"),
    Index("ix_announcements_submissions_items_user_id_state", "user_id", "state"),
)
houses = Table(
    "announcements_submissions_houses",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("open", Boolean, nullable=False),
    Column("daily", Integer, nullable=False),
)
_OPEN = sorted(UNDECIDED)
_NAME = 200
_AT_ONCE = 5_000
"""So many are asked about in one statement; databases take no more than some tens of thousands of values."""
_content = msgspec.json.Decoder(Content).decode
_talk = msgspec.json.Decoder(tuple[Exchange, ...]).decode
_PUT_HOUSE = """
INSERT INTO announcements_submissions_houses (group_id, open, daily) VALUES ($1, $2, $3)
ON CONFLICT (group_id) DO UPDATE SET open = excluded.open, daily = excluded.daily
"""


async def add(tx: Tx, item: Submission) -> Submission:
    """Store a new submission under the next number of its group, which must be locked; its own id and number do not count."""
    highest = select(func.coalesce(func.max(items.c.number), 0) + 1).where(items.c.group_id == item.group_id)
    values = _columns(item) | {"number": highest.scalar_subquery()}
    return _read((await tx.execute(insert(items).values(values).returning(*items.c))).one())


async def save(tx: Tx, item: Submission) -> Submission:
    """Store a submission as it is now, and return it as it is stored."""
    statement = update(items).where(items.c.id == item.id).values(_columns(item)).returning(*items.c)
    return _read((await tx.execute(statement)).one())


async def get(tx: Tx, item_id: int) -> Submission | None:
    """Return a submission by its id."""
    row = (await tx.execute(select(items).where(items.c.id == item_id))).one_or_none()
    return None if row is None else _read(row)


async def by_number(tx: Tx, group_id: GroupId, number: int) -> Submission | None:
    """Return a group's submission by its number."""
    query = select(items).where(items.c.group_id == group_id, items.c.number == number)
    row = (await tx.execute(query)).one_or_none()
    return None if row is None else _read(row)


async def of_post(tx: Tx, post_id: int) -> Submission | None:
    """Return the submission that became an announcement."""
    row = (await tx.execute(select(items).where(items.c.post_id == post_id))).one_or_none()
    return None if row is None else _read(row)


async def queue(tx: Tx, group_id: GroupId, decided: int) -> list[Submission]:
    """Return what waits, the oldest first, and then the last ``decided`` of the others, the newest first."""
    mine = items.c.group_id == group_id
    waiting = select(items).where(mine, items.c.state.in_(_OPEN)).order_by(items.c.number)
    over = select(items).where(mine, items.c.state.not_in(_OPEN)).order_by(items.c.number.desc()).limit(decided)
    return [_read(row) for query in (waiting, over) for row in await tx.execute(query)]


async def in_state(tx: Tx, group_id: GroupId, state: State, page: int, per_page: int) -> list[Submission]:
    """Return a page of those in a state, the newest first."""
    query = select(items).where(items.c.group_id == group_id, items.c.state == state).order_by(items.c.number.desc())
    return [_read(row) for row in await tx.execute(query.limit(per_page).offset((page - 1) * per_page))]


async def count_in_state(tx: Tx, group_id: GroupId, state: State) -> int:
    """Count those in a state."""
    wanted = (items.c.group_id == group_id, items.c.state == state)
    return int((await tx.execute(select(func.count()).select_from(items).where(*wanted))).scalar_one())


async def own(tx: Tx, group_id: GroupId, user_id: UserId, limit: int) -> list[Submission]:
    """Return what a member has handed in, the newest first."""
    mine = and_(items.c.group_id == group_id, items.c.user_id == user_id)
    query = select(items).where(mine).order_by(items.c.number.desc()).limit(limit)
    return [_read(row) for row in await tx.execute(query)]


async def asked(tx: Tx, user_id: UserId) -> Submission | None:
    """Return the last submission of a person about which a question waits."""
    mine = and_(items.c.user_id == user_id, items.c.state == State.ASKED)
    row = (await tx.execute(select(items).where(mine).order_by(items.c.id.desc()).limit(1))).one_or_none()
    return None if row is None else _read(row)


async def count_open(tx: Tx, group_id: GroupId) -> int:
    """Count what nobody has decided on."""
    wanted = (items.c.group_id == group_id, items.c.state.in_(_OPEN))
    return int((await tx.execute(select(func.count()).select_from(items).where(*wanted))).scalar_one())


async def house_and_count(tx: Tx, group_id: GroupId, user_id: UserId, since: datetime) -> tuple[House, int]:
    """Return how a group takes submissions, and how many a member has handed in since then."""
    mine = and_(items.c.group_id == group_id, items.c.user_id == user_id, items.c.handed_at >= since)
    counted = select(func.count()).select_from(items).where(mine).scalar_subquery()
    kept = select(case((houses.c.open, houses.c.daily), else_=-houses.c.daily)).where(houses.c.group_id == group_id)
    row = (await tx.execute(select(kept.scalar_subquery().label("kept"), counted.label("today")))).one()
    return _house(row.kept), int(row.today)


async def house(tx: Tx, group_id: GroupId) -> House:
    """Return how a group takes submissions."""
    row = (await tx.execute(select(houses).where(houses.c.group_id == group_id))).one_or_none()
    return House() if row is None else House(row.open, row.daily)


async def put_house(tx: Tx, group_id: GroupId, kept: House) -> None:
    """Store how a group takes submissions."""
    await tx.many(_PUT_HOUSE, [(group_id, kept.open, kept.daily)])


async def handed_in_by(tx: Tx, post_ids: Sequence[int]) -> dict[int, UserId]:
    """Return who handed in which of these announcements; those written by their authors are left out."""
    found: dict[int, UserId] = {}
    for start in range(0, len(post_ids), _AT_ONCE):
        wanted = items.c.post_id.in_(post_ids[start : start + _AT_ONCE])
        found |= {row.post_id: row.user_id for row in await tx.execute(select(items).where(wanted))}
    return found


def _house(kept: int | None) -> House:
    # A negative number says that the group takes none.
    return House(open=True, daily=DAILY) if kept is None else House(kept > 0, abs(kept))


def _columns(item: Submission) -> dict[str, Any]:
    names = {column.name for column in items.c} - {"id", "number", "content", "talk", "messages"}
    values = {name: getattr(item, name) for name in names}
    values |= {name: values[name][:_NAME] for name in ("user_name", "department", "decider_name")}
    values |= {"content": _json(item.content), "talk": _json(item.talk), "messages": " ".join(map(str, item.messages))}
    return {name: _clean(value) if isinstance(value, str) else value for name, value in values.items()}


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _clean(text: str) -> str:
    # PostgreSQL stores no NUL, and no driver half a surrogate pair.
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _read(row: Row[Any]) -> Submission:
    values = dict(row._mapping)  # noqa: SLF001  (SQLAlchemy's public name for it)
    state, content, talk = State(values.pop("state")), _content(values.pop("content")), _talk(values.pop("talk"))
    messages = tuple(map(int, values.pop("messages").split()))
    return Submission(state=state, content=content, talk=talk, messages=messages, **values)

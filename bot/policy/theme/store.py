"""The tables of themes and prepared posts."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Integer,
    String,
    Table,
    Text,
    case,
    func,
    insert,
    literal,
    select,
    update,
)

from bot.db.schema import Instant, metadata
from bot.kernel.ids import GroupId, UserId
from bot.policy.theme.rules.clock import Clock
from bot.policy.theme.rules.learning import Known, Learning
from bot.policy.theme.rules.learning import heard as learn
from bot.policy.theme.rules.theme import Draft, Post, PostState, Steer, Theme

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import Row

    from bot.db.engine import Tx

themes = Table(
    "policy_theme_themes",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("is_on", Boolean, nullable=False),
    Column("limit_seconds", Integer, nullable=False),
    Column("steer", String(8), nullable=False),
    Column("learns", Boolean, nullable=False),
    Column("words", JSON, nullable=False),
    Column("struck", JSON, nullable=False),
    Column("let_be", Instant, nullable=True),
    Column("since", BigInteger, nullable=False),
    Column("talk", Integer, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("learning", Text, nullable=False),
)
posts = Table(
    "policy_theme_posts",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("html", Text, nullable=False),
    Column("kind", String(16), nullable=True),
    Column("file_id", Text, nullable=True),
    Column("added_by", BigInteger, nullable=False),
    Column("added_name", Text, nullable=False),
    Column("state", String(8), nullable=False),
    Column("place", Integer, nullable=False),
    Column("sent_at", Instant, nullable=True),
)
heard = Table(
    "policy_theme_heard",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("since", BigInteger, nullable=False),
    Column("talk", Integer, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("day", Integer, nullable=False),
    Column("said", Text, nullable=False),
)
"""What a group's talk has brought since it was last kept as a whole: the clock as it stood, and what taught something."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a batch of messages brought: how many were heard since the talk was kept, the clock, and what taught something."""

    group_id: GroupId
    number: int
    clock: Clock
    day: int
    said: list[tuple[int, list[str]]]


class _Stored(msgspec.Struct):
    day: int = 0
    today: dict[str, list[int]] = {}
    known: dict[str, tuple[int, int]] = {}


async def groups_on(tx: Tx) -> set[GroupId]:
    """Return the groups in which a theme is watched."""
    query = select(themes.c.group_id).where(themes.c.is_on)
    return {GroupId(row.group_id) for row in await tx.execute(query)}


async def load(tx: Tx, group_ids: Collection[GroupId]) -> dict[GroupId, tuple[Theme, Clock, Learning, int]]:
    """Return the themes of some groups, those that were ever set, and how many messages were heard since they were kept."""
    rows = await tx.execute(select(themes).where(themes.c.group_id.in_(sorted(group_ids))))
    found = {GroupId(row.group_id): (*_talk(row), 0) for row in rows}
    query = select(heard).where(heard.c.group_id.in_(sorted(found))).order_by(heard.c.group_id, heard.c.number)
    for row in await tx.execute(query):
        theme, _, learning, _ = found[GroupId(row.group_id)]
        learning = learn(learning, row.day, msgspec.json.decode(row.said, type=list[tuple[int, list[str]]]))
        found[GroupId(row.group_id)] = (theme, Clock(row.since, row.talk, row.last), learning, row.number)
    return found


async def whole(tx: Tx, group_id: GroupId) -> tuple[tuple[Theme, Clock, Learning] | None, int]:
    """Return a group's theme, None if it was never set, and how many posts wait."""
    one = select(literal(1).label("one")).subquery()
    waiting = select(func.count()).where(posts.c.group_id == group_id, posts.c.state == PostState.WAITING.value)
    query = select(themes, waiting.scalar_subquery().label("waiting")).select_from(
        one.outerjoin(themes, themes.c.group_id == group_id)
    )
    row = (await tx.execute(query)).one()
    return (None if row.group_id is None else _talk(row)), row.waiting


def _talk(row: Row[Any]) -> tuple[Theme, Clock, Learning]:
    return _theme(row), Clock(row.since, row.talk, row.last), _learning(row)


def _theme(row: Row[Any]) -> Theme:
    return Theme(
        bool(row.is_on),
        timedelta(seconds=row.limit_seconds),
        Steer(row.steer),
        bool(row.learns),
        tuple(row.words),
        tuple(row.struck),
        row.let_be,
    )


def _learning(row: Row[Any]) -> Learning:
    if not row.learning:
        return Learning()
    stored = msgspec.json.decode(row.learning, type=_Stored)
    today = {word: frozenset(people) for word, people in stored.today.items()}
    return Learning(stored.day, today, {word: Known(*pair) for word, pair in stored.known.items()})


def _written(learning: Learning) -> str:
    today = {word: sorted(people) for word, people in (learning.today or {}).items()}
    known = {word: (one.days, one.last) for word, one in (learning.known or {}).items()}
    return msgspec.json.encode(_Stored(learning.day, today, known)).decode()


async def save(tx: Tx, group_id: GroupId, theme: Theme, *, new: bool) -> None:
    """Store what a manager set; the clock of a ``new`` theme begins with the next message."""
    values = {
        "is_on": theme.on,
        "limit_seconds": int(theme.limit.total_seconds()),
        "steer": theme.steer.value,
        "learns": theme.learns,
        "words": list(theme.words),
        "struck": list(theme.struck),
        "let_be": theme.let_be,
    }
    if new:
        begin = {"since": 0, "talk": 0, "last": 0, "learning": ""}
        await tx.execute(insert(themes).values(group_id=group_id, **values, **begin))
    else:
        await tx.execute(update(themes).where(themes.c.group_id == group_id).values(**values))


async def keep(tx: Tx, group_id: GroupId, clock: Clock, learning: Learning) -> None:
    """Store where a group's talk stands, as a whole."""
    sql = "UPDATE policy_theme_themes SET since = $1, talk = $2, last = $3, learning = $4 WHERE group_id = $5"
    await tx.many(sql, [(clock.since, clock.talk, clock.last, _written(learning), group_id)])
    await tx.many("DELETE FROM policy_theme_heard WHERE group_id = $1", [(group_id,)])


async def note(tx: Tx, notes: Sequence[Note]) -> None:
    """Store what some groups' talk has brought, each until it is kept as a whole."""
    sql = (
        "INSERT INTO policy_theme_heard (group_id, number, since, talk, last, day, said)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)"
    )
    rows = [
        (one.group_id, one.number, *astuple(one.clock), one.day, msgspec.json.encode(one.said).decode())
        for one in notes
    ]
    await tx.many(sql, rows)


# Prepared posts


async def posts_of(tx: Tx, group_id: GroupId) -> list[Post]:
    """Return the posts that wait, in their order, and after them those that went out, the newest first."""
    query = select(posts).where(posts.c.group_id == group_id, posts.c.state != PostState.REMOVED.value)
    found = [_post(row) for row in await tx.execute(query.order_by(posts.c.place, posts.c.number))]
    waiting = [post for post in found if post.state is PostState.WAITING]
    sent = [post for post in found if post.state is PostState.SENT]
    return [
        *waiting,
        *sorted(sent, key=lambda post: (post.sent_at is not None and post.sent_at, post.number), reverse=True),
    ]


async def line(tx: Tx, group_id: GroupId) -> tuple[int, int, int]:
    """Return how many posts wait, the highest number any post ever had, and the last place in the line; 0 for none."""
    waiting = func.sum(case((posts.c.state == PostState.WAITING.value, 1), else_=0))
    query = select(
        waiting.label("waiting"), func.max(posts.c.number).label("number"), func.max(posts.c.place).label("place")
    ).where(posts.c.group_id == group_id)
    row = (await tx.execute(query)).one()
    return int(row.waiting or 0), int(row.number or 0), int(row.place or 0)


async def add(tx: Tx, group_id: GroupId, post: Post) -> None:
    """Store a new post."""
    await tx.execute(
        insert(posts).values(
            group_id=group_id,
            number=post.number,
            html=post.draft.html,
            kind=post.draft.kind,
            file_id=post.draft.file_id,
            added_by=post.added_by,
            added_name=post.added_name,
            state=post.state.value,
            place=post.place,
            sent_at=post.sent_at,
        )
    )


async def move(tx: Tx, group_id: GroupId, post: Post) -> None:
    """Store where a post stands now."""
    where = (posts.c.group_id == group_id, posts.c.number == post.number)
    values = {"state": post.state.value, "place": post.place, "sent_at": post.sent_at}
    await tx.execute(update(posts).where(*where).values(**values))


def _post(row: Row[Any]) -> Post:
    at: datetime | None = row.sent_at
    draft = Draft(row.html, row.kind, row.file_id)
    return Post(row.number, draft, UserId(row.added_by), row.added_name, PostState(row.state), row.place, at)

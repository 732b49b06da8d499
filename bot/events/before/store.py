"""When people were asked, who has an event in their calendar, and which post calls people in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, ForeignKey, Table, delete, select

from bot.db.schema import Instant, metadata, to_millis
from bot.events.before.rules import Asking, Post
from bot.events.rules.signup import SignUpState
from bot.events.store.tables import answers, signups
from bot.kernel.ids import ChatId, MessageId, UserId

if TYPE_CHECKING:
    from bot.db.engine import Tx

_EVENT = "events_events.id"

askings = Table(
    "events_before_askings",
    metadata,
    Column("event_id", BigInteger, ForeignKey(_EVENT, ondelete="CASCADE"), primary_key=True),
    Column("starts_at", Instant, nullable=False),
    Column("first_at", Instant, nullable=False),
    Column("last_at", Instant, nullable=False),
)

calendars = Table(
    "events_before_calendars",
    metadata,
    Column("event_id", BigInteger, ForeignKey(_EVENT, ondelete="CASCADE"), primary_key=True),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
)
"""Who took an event into their calendar."""

posts = Table(
    "events_before_posts",
    metadata,
    Column("event_id", BigInteger, ForeignKey(_EVENT, ondelete="CASCADE"), primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
)
"""The newest post that calls people in to an event."""

pictures = Table(
    "events_before_pictures",
    metadata,
    Column("event_id", BigInteger, ForeignKey(_EVENT, ondelete="CASCADE"), primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
)
"""The picture before that post."""

_ASKED = """
INSERT INTO events_before_askings (event_id, starts_at, first_at, last_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (event_id) DO UPDATE SET starts_at = excluded.starts_at, first_at = excluded.first_at, last_at = excluded.last_at
"""
_TAKEN = (
    "INSERT INTO events_before_calendars (event_id, user_id) VALUES ($1, $2) ON CONFLICT (event_id, user_id) DO NOTHING"
)
_POSTED = """
INSERT INTO events_before_posts (event_id, chat_id, message_id) VALUES ($1, $2, $3)
ON CONFLICT (event_id) DO UPDATE SET chat_id = excluded.chat_id, message_id = excluded.message_id
"""


_PICTURED = """
INSERT INTO events_before_pictures (event_id, chat_id, message_id) VALUES ($1, $2, $3)
ON CONFLICT (event_id) DO UPDATE SET chat_id = excluded.chat_id, message_id = excluded.message_id
"""


async def asking(tx: Tx, event_id: int) -> Asking | None:
    """Return when people were asked."""
    row = (await tx.execute(select(askings).where(askings.c.event_id == event_id))).mappings().one_or_none()
    return None if row is None else Asking(row["starts_at"], row["first_at"], row["last_at"])


async def keep_asking(tx: Tx, event_id: int, asked: Asking) -> None:
    """Note when people were asked."""
    times = (to_millis(asked.starts_at), to_millis(asked.first_at), to_millis(asked.last_at))
    await tx.many(_ASKED, [(event_id, *times)])


async def answers_of(tx: Tx, event_id: int) -> list[tuple[str, str]]:
    """Return what those who are going answered on sign-up, as question and answer."""
    query = (
        select(answers.c.question, answers.c.answer)
        .join(signups, (signups.c.event_id == answers.c.event_id) & (signups.c.user_id == answers.c.user_id))
        .where(answers.c.event_id == event_id, signups.c.state == SignUpState.GOING.value)
    )
    return [(row.question, row.answer) for row in await tx.execute(query)]


async def take_calendar(tx: Tx, event_id: int, user_id: UserId) -> None:
    """Note that somebody took an event into their calendar."""
    await tx.many(_TAKEN, [(event_id, user_id)])


async def calendars_of(tx: Tx, event_id: int) -> list[tuple[UserId, SignUpState | None]]:
    """Return who has an event in their calendar, with where they stand in its list."""
    query = (
        select(calendars.c.user_id, signups.c.state)
        .outerjoin(signups, (signups.c.event_id == calendars.c.event_id) & (signups.c.user_id == calendars.c.user_id))
        .where(calendars.c.event_id == event_id)
        .order_by(calendars.c.user_id)
    )
    return [
        (UserId(row.user_id), None if row.state is None else SignUpState(row.state)) for row in await tx.execute(query)
    ]


async def post(tx: Tx, event_id: int) -> Post | None:
    """Return the newest post that calls people in."""
    row = (await tx.execute(select(posts).where(posts.c.event_id == event_id))).mappings().one_or_none()
    return None if row is None else Post(ChatId(row["chat_id"]), MessageId(row["message_id"]))


async def keep_post(tx: Tx, event_id: int, posted: Post) -> None:
    """Remember the newest post that calls people in."""
    await tx.many(_POSTED, [(event_id, posted.chat_id, posted.message_id)])


async def picture(tx: Tx, event_id: int) -> Post | None:
    """Return the picture before the newest post that calls people in."""
    row = (await tx.execute(select(pictures).where(pictures.c.event_id == event_id))).mappings().one_or_none()
    return None if row is None else Post(ChatId(row["chat_id"]), MessageId(row["message_id"]))


async def keep_picture(tx: Tx, event_id: int, posted: Post) -> None:
    """Remember the picture before the newest post that calls people in."""
    await tx.many(_PICTURED, [(event_id, posted.chat_id, posted.message_id)])


async def forget_picture(tx: Tx, event_id: int) -> None:
    """Forget a picture that is taken away."""
    await tx.execute(delete(pictures).where(pictures.c.event_id == event_id))


async def forget_post(tx: Tx, event_id: int) -> None:
    """Forget a post that is taken away."""
    await tx.execute(delete(posts).where(posts.c.event_id == event_id))

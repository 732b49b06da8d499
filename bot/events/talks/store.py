"""Speakers, questions and votes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    case,
    delete,
    func,
    insert,
    select,
    update,
)

from bot.db.schema import Instant, Serial, metadata
from bot.events.store.rows import clean
from bot.events.talks.rules import NAME_LIMIT, Answer, Question, Speaker, Standing
from bot.kernel.ids import UserId

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import BindParameter, RowMapping, Select

    from bot.db.engine import Tx

speakers = Table(
    "events_talks_speakers",
    metadata,
    Column("event_id", BigInteger, ForeignKey("events_events.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("name", String(200), nullable=False),
    Column("user_id", BigInteger, nullable=True),
    Column("answer", String(16), nullable=False),
    Column("reason", Text, nullable=True),
    Column("asked_for", Instant, nullable=True),
)
questions = Table(
    "events_talks_questions",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("event_id", BigInteger, ForeignKey("events_events.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("author_id", BigInteger, nullable=False),
    Column("author", String(200), nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Column("standing", String(16), nullable=False),
    Column("merged_into", BigInteger, nullable=True),
    Column("asked_at", Instant, nullable=False),
    UniqueConstraint("event_id", "number"),
)
votes = Table(
    "events_talks_votes",
    metadata,
    Column("question_id", BigInteger, ForeignKey("events_talks_questions.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
)

_event: BindParameter[Any] = bindparam("event")
_who: BindParameter[Any] = bindparam("who")
_SPEAKERS = select(speakers).where(speakers.c.event_id == _event).order_by(speakers.c.place)
_MOST_ID = 2**63 - 1


def _with_votes() -> Select[Any]:
    counted = (
        select(
            votes.c.question_id,
            func.count().label("voters"),
            func.max(case((votes.c.user_id == _who, 1), else_=0)).label("voted"),
        )
        .select_from(votes.join(questions, questions.c.id == votes.c.question_id))
        .where(questions.c.event_id == _event)
        .group_by(votes.c.question_id)
        .subquery("counted")
    )
    return (
        select(questions, counted.c.voters, counted.c.voted)
        .select_from(questions.outerjoin(counted, counted.c.question_id == questions.c.id))
        .where(questions.c.event_id == _event)
        .order_by(questions.c.number)
    )


_QUESTIONS = _with_votes()


async def speakers_of(tx: Tx, event_id: int) -> list[Speaker]:
    """Return who speaks at an event, in their order."""
    return [_speaker(row) for row in (await tx.execute(_SPEAKERS, {"event": event_id})).mappings()]


async def put_speaker(tx: Tx, event_id: int, speaker: Speaker) -> None:
    """Store a speaker, new or changed."""
    await drop_speaker(tx, event_id, speaker.place)
    await tx.execute(
        insert(speakers).values(
            event_id=event_id,
            place=speaker.place,
            name=clean(speaker.name)[:NAME_LIMIT],
            user_id=speaker.user_id,
            answer=speaker.answer.value,
            reason=None if speaker.reason is None else clean(speaker.reason),
            asked_for=speaker.asked_for,
        )
    )


async def drop_speaker(tx: Tx, event_id: int, place: int) -> None:
    """Forget a speaker."""
    await tx.execute(delete(speakers).where(speakers.c.event_id == event_id, speakers.c.place == place))


async def speaks_at(tx: Tx, user_id: UserId) -> list[int]:
    """Return the events at which somebody is named as a speaker."""
    found = await tx.execute(select(speakers.c.event_id).where(speakers.c.user_id == user_id))
    return list(found.scalars())


async def questions_of(tx: Tx, event_id: int, user_id: UserId | int = 0) -> list[Question]:
    """Return all questions about an event, with what a person has to do with each."""
    params = {"event": event_id, "who": user_id}
    return [_question(row, user_id) for row in (await tx.execute(_QUESTIONS, params)).mappings()]


async def add_question(
    tx: Tx, event_id: int, author_id: UserId, author: str, text: str, now: datetime, *, anonymous: bool
) -> Question:
    """Store a question under the event's next number; its group must be locked."""
    number = select(func.coalesce(func.max(questions.c.number), 0) + 1).where(questions.c.event_id == event_id)
    values = {
        "event_id": event_id,
        "number": number.scalar_subquery(),
        "author_id": author_id,
        "author": clean(author)[:200],
        "anonymous": anonymous,
        "text": clean(text),
        "standing": Standing.OPEN.value,
        "asked_at": now,
    }
    row = (await tx.execute(insert(questions).values(**values).returning(questions))).mappings().one()
    return _question(row, author_id)


async def event_of(tx: Tx, question_id: int) -> int | None:
    """Return the event a question is about."""
    if not 0 < question_id <= _MOST_ID:
        return None
    found = await tx.execute(select(questions.c.event_id).where(questions.c.id == question_id))
    event_id: int | None = found.scalar_one_or_none()
    return event_id


async def set_vote(tx: Tx, question_id: int, user_id: UserId, *, given: bool) -> None:
    """Store a vote, or take it back."""
    await tx.execute(delete(votes).where(votes.c.question_id == question_id, votes.c.user_id == user_id))
    if given:
        await tx.execute(insert(votes).values(question_id=question_id, user_id=user_id))


async def set_standing(tx: Tx, question_id: int, standing: Standing, merged_into: int | None = None) -> None:
    """Store what has become of a question."""
    values = {"standing": standing.value, "merged_into": merged_into}
    await tx.execute(update(questions).where(questions.c.id == question_id).values(**values))


async def move_votes(tx: Tx, question_id: int, into: int, author_id: UserId) -> None:
    """Give the votes of a question, and its author's wish, to another; nobody counts twice, nor for a question of their own."""
    found = await tx.execute(select(votes.c.user_id).where(votes.c.question_id == question_id))
    wanting = {author_id, *found.scalars()}
    there = await tx.execute(select(votes.c.user_id).where(votes.c.question_id == into))
    own = await tx.execute(select(questions.c.author_id).where(questions.c.id == into))
    new = wanting - set(there.scalars()) - set(own.scalars())
    if new:
        await tx.execute(insert(votes), [{"question_id": into, "user_id": one} for one in sorted(new)])


def _speaker(row: RowMapping) -> Speaker:
    user_id = None if row["user_id"] is None else UserId(row["user_id"])
    return Speaker(row["place"], row["name"], user_id, Answer(row["answer"]), row["reason"], row["asked_for"])


def _question(row: RowMapping, user_id: int) -> Question:
    return Question(
        id=row["id"],
        event_id=row["event_id"],
        number=row["number"],
        author_id=UserId(row["author_id"]),
        author=row["author"],
        anonymous=row["anonymous"],
        text=row["text"],
        standing=Standing(row["standing"]),
        voters=int(row.get("voters") or 0),
        mine=row["author_id"] == user_id,
        voted=bool(row.get("voted")),
    )

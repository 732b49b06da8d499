"""The tables of share campaigns: what is asked, and who has passed it on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Integer,
    String,
    Table,
    Text,
    and_,
    bindparam,
    case,
    column,
    func,
    select,
    table,
    update,
)

from bot.announcements.rules.plan import read_delays, write_delays
from bot.announcements.rules.roll import Answer
from bot.announcements.sharing.rules.campaign import Campaign, Share, Sum
from bot.announcements.store.runs import clean
from bot.announcements.store.waiting import kept_of
from bot.db.schema import Instant, metadata, to_millis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from bot.db.engine import Tx
    from bot.db.schema import Beside

# The table of the announcements themselves, as far as it is joined here.
_posts = table("announcements_posts", column("id"), column("broadcast_id"))
campaigns = Table(
    "announcements_sharing_campaigns",
    metadata,
    Column("post_id", BigInteger, primary_key=True, autoincrement=False),
    Column("group_id", BigInteger, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("until", Instant, nullable=True),
    Column("proof", Boolean(create_constraint=False), nullable=False),
    Column("nudges", String(200), nullable=False),
    Column("nudged", Integer, nullable=False),
    Column("nudged_at", Instant, nullable=True),
    Column("closed", Boolean(create_constraint=False), nullable=False),
)
shares = Table(
    "announcements_sharing_shares",
    metadata,
    Column("post_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(200), nullable=False),
    Column("at", Instant, nullable=False),
    Column("proof", Text, nullable=True),
)
REMINDERS = kept_of("sharing")
_OPEN = """
INSERT INTO announcements_sharing_campaigns (post_id, group_id, opened_at, until, proof, nudges, nudged, closed)
VALUES ($1, $2, $3, $4, $5, $6, 0, $7) ON CONFLICT (post_id) DO NOTHING
"""
_PUT = """
INSERT INTO announcements_sharing_shares (post_id, user_id, name, at, proof) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (post_id, user_id) DO UPDATE SET proof = excluded.proof
"""
_DROP = "DELETE FROM announcements_sharing_shares WHERE post_id = $1 AND user_id = $2"
_SHARE = (shares.c.user_id, shares.c.name.label("who"), shares.c.at, shares.c.proof.label("shown"))
# These stand on the way of every tap, so they are put together once.
_COPIES = campaigns.join(_posts, _posts.c.id == campaigns.c.post_id)
_FACE = (
    select(*campaigns.c, *_SHARE)
    .select_from(
        campaigns.outerjoin(shares, and_(shares.c.post_id == campaigns.c.post_id, shares.c.user_id == bindparam("who")))
    )
    .where(campaigns.c.post_id == bindparam("post"))
)
_COUNT = (
    select(*campaigns.c, func.count(shares.c.user_id).label("shares"))
    .select_from(campaigns.outerjoin(shares, shares.c.post_id == campaigns.c.post_id))
    .where(campaigns.c.post_id == bindparam("post"))
    .group_by(*campaigns.c)
)


async def begin(tx: Tx, asked: Campaign) -> None:
    """Store what is asked, unless something is asked already."""
    until = None if asked.until is None else to_millis(asked.until)
    opened, nudges = to_millis(asked.opened_at), write_delays(asked.nudges)
    await tx.many(_OPEN, [(asked.post_id, asked.group_id, opened, until, asked.proof, nudges, asked.closed)])


async def save(tx: Tx, asked: Campaign) -> None:
    """Store what is asked now."""
    values = {column.name: getattr(asked, column.name) for column in campaigns.c if column.name != "nudges"}
    values["nudges"] = write_delays(asked.nudges)
    await tx.execute(update(campaigns).where(campaigns.c.post_id == asked.post_id).values(values))


async def campaign_of(tx: Tx, post_id: int) -> Campaign | None:
    """Return what is asked with an announcement; None where nothing ever was."""
    row = (await tx.execute(select(campaigns).where(campaigns.c.post_id == post_id))).one_or_none()
    return None if row is None else campaign(row)


async def face(tx: Tx, post_id: int, user_id: int) -> tuple[Campaign, Share | None] | None:
    """Return what is asked, and what one person has said."""
    row = (await tx.execute(_FACE, {"post": post_id, "who": user_id})).one_or_none()
    return None if row is None else (campaign(row), _share(row))


async def count(tx: Tx, post_id: int) -> tuple[Campaign, int] | None:
    """Return what is asked, and how many have passed it on."""
    row = (await tx.execute(_COUNT, {"post": post_id})).one_or_none()
    return None if row is None else (campaign(row), row.shares)


def asked(post_id: int) -> Beside:
    """Return a query of what is asked with an announcement, and of how many have passed it on."""
    given = select(func.count()).where(shares.c.post_id == campaigns.c.post_id).scalar_subquery()
    return select(*campaigns.c, given.label("given")).where(campaigns.c.post_id == post_id).subquery("asked")


def answers(post_id: int) -> Beside:
    """Return a query of who has passed it on, to be read beside people."""
    answer = case((shares.c.proof.is_not(None), Answer.PROOF.value), else_=Answer.DONE.value).label("answer")
    query = select(shares.c.user_id, shares.c.at.label("answered_at"), answer)
    return query.where(shares.c.post_id == post_id).subquery("answers")


async def proofs(tx: Tx, post_id: int) -> list[Share]:
    """Return those that came with a screenshot, the first first."""
    query = select(*_SHARE).where(shares.c.post_id == post_id, shares.c.proof.is_not(None))
    found = await tx.execute(query.order_by(shares.c.at, shares.c.user_id))
    return [Share(row.user_id, row.who, row.at, row.shown) for row in found]


async def sums(tx: Tx, broadcast_id: int) -> Sum:
    """Return how the copies of a broadcast stand that were not taken back."""
    query = (
        select(func.count(campaigns.c.post_id.distinct()), func.count(shares.c.user_id), func.count(shares.c.proof))
        .select_from(_COPIES.outerjoin(shares, shares.c.post_id == campaigns.c.post_id))
        .where(_posts.c.broadcast_id == broadcast_id, campaigns.c.closed.is_(False))
    )
    row: Any = (await tx.execute(query)).one()
    return Sum(int(row[0]), int(row[1]), int(row[2]))


async def copy_of(tx: Tx, broadcast_id: int) -> int | None:
    """Return one announcement of a broadcast that is to be passed on; None where all were taken back."""
    query = select(campaigns.c.post_id).select_from(_COPIES)
    wanted = (_posts.c.broadcast_id == broadcast_id, campaigns.c.closed.is_(False))
    return (await tx.execute(query.where(*wanted).order_by(campaigns.c.post_id).limit(1))).scalar_one_or_none()


async def put(tx: Tx, asked: Campaign, share: Share) -> None:
    """Store that somebody has passed it on."""
    await tx.many(_PUT, [(asked.post_id, share.user_id, clean(share.name), to_millis(share.at), share.proof)])


async def drop(tx: Tx, asked: Campaign, user_id: int) -> None:
    """Take it away again."""
    await tx.many(_DROP, [(asked.post_id, user_id)])


async def done_among(tx: Tx, post_id: int, user_ids: Sequence[int]) -> list[int]:
    """Return those of these people who have passed it on."""
    query = select(shares.c.user_id).where(shares.c.post_id == post_id, shares.c.user_id.in_(user_ids))
    return list((await tx.execute(query)).scalars())


def campaign(row: Row[Any]) -> Campaign:
    """Return what is asked, as a row says it."""
    values = {column.name: getattr(row, column.name) for column in campaigns.c}
    values.update(nudges=read_delays(row.nudges), proof=bool(row.proof), closed=bool(row.closed))
    return Campaign(**values)


def _share(row: Row[Any]) -> Share | None:
    return None if row.user_id is None else Share(row.user_id, row.who, row.at, row.shown)

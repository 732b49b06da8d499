"""Who is known to be in a group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.announcements.rules.people import Known
from bot.announcements.rules.roll import Answer, Given, Roll, roll
from bot.members import service as members

if TYPE_CHECKING:
    from bot.db.engine import Tx
    from bot.db.schema import Beside
    from bot.kernel.ids import GroupId
    from bot.members.rules import Member

Reach = Callable[[], "Beside"]
"""Whom the bot may write to in private: ``user_id`` and ``reachable``, to be read beside people."""


async def known_people(tx: Tx, group_id: GroupId) -> list[Known]:
    """Return the people who are known to be in a group, by id; bots and those who left are none of them."""
    return [_known(one) for one in await members.present(tx, group_id)]


async def read_roll(
    tx: Tx, asked: Beside, answers: Beside, reach: Reach, *, spared: int | None = None, total: int | None = None
) -> tuple[Any, Roll] | None:
    """Return the row of what is ``asked``, and who has answered and who has not, read together; None where nothing is.

    ``asked`` says by ``given`` how many answers there are, ``answers`` by ``answer`` and ``answered_at`` who has given which.
    ``total`` is how many members Telegram counts, bots among them.
    """
    rows = await members.beside(tx, asked, answers, reach())
    if not rows:
        return None
    present = [(member, row) for member, row in rows if member is not None and not member.person.is_bot]
    given = {row.user_id: Given(Answer(row.answer), row.answered_at) for _, row in present if row.answer is not None}
    reached = {row.user_id for _, row in present if row.reachable}
    bots = sum(member is not None and member.person.is_bot for member, _ in rows)
    people = [_known(member) for member, _ in present]
    found = roll(people, given, reached, spared=spared, total=None if total is None else total - bots)
    return rows[0][1], replace(found, gone=rows[0][1].given - len(given))


async def known_after(tx: Tx, group_id: GroupId, user_id: int, limit: int) -> list[Known]:
    """Return the first of them whose ids are greater than this one."""
    return [_known(one) for one in await members.present_after(tx, group_id, user_id, limit)]


def _known(member: Member) -> Known:
    department = (member.custom_title if member.is_admin else None) or member.tag or ""
    return Known(member.user_id, member.name, department, member.is_admin)

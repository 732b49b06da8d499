"""Who is known to be in a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements.rules.people import Known
from bot.members import service as members

if TYPE_CHECKING:
    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId
    from bot.members.rules import Member


async def known_people(tx: Tx, group_id: GroupId) -> list[Known]:
    """Return the people who are known to be in a group, by id; bots and those who left are none of them."""
    return [_known(one) for one in await members.present(tx, group_id)]


async def known_and_bots(tx: Tx, group_id: GroupId) -> tuple[list[Known], int]:
    """Return them, and how many bots are known to be there."""
    people, bots = await members.present_with_bots(tx, group_id)
    return [_known(one) for one in people], bots


async def known_after(tx: Tx, group_id: GroupId, user_id: int, limit: int) -> list[Known]:
    """Return the first of them whose ids are greater than this one."""
    return [_known(one) for one in await members.present_after(tx, group_id, user_id, limit)]


def _known(member: Member) -> Known:
    department = (member.custom_title if member.is_admin else None) or member.tag or ""
    return Known(member.user_id, member.name, department, member.is_admin)

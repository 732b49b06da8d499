"""Who is known to be in a group."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from bot.announcements.rules.people import Known
from bot.announcements.rules.roll import Given, Roll, roll
from bot.kernel.ids import UserId
from bot.members import service as members

if TYPE_CHECKING:
    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId
    from bot.members.rules import Member

ReachableOf = Callable[["Tx", Sequence[UserId]], Awaitable[Collection[UserId]]]
"""Says which of these people the bot may write to in private."""
_AT_ONCE: Final = 5_000
"""So many people are asked about in one statement; databases take no more than some tens of thousands of values."""


async def known_people(tx: Tx, group_id: GroupId) -> list[Known]:
    """Return the people who are known to be in a group, by id; bots and those who left are none of them."""
    return [_known(one) for one in await members.present(tx, group_id)]


async def read_roll(
    tx: Tx,
    group_id: GroupId,
    given: Mapping[int, Given],
    reachable_of: ReachableOf,
    *,
    spared: int | None = None,
    total: int | None = None,
) -> Roll:
    """Return who has answered and who has not; ``total`` is how many members Telegram counts, bots among them."""
    present, bots = await members.present_with_bots(tx, group_id)
    people = [_known(one) for one in present]
    silent = [UserId(one.user_id) for one in people if one.user_id not in given]
    reached: set[int] = set()
    for start in range(0, len(silent), _AT_ONCE):
        reached.update(await reachable_of(tx, silent[start : start + _AT_ONCE]))
    return roll(people, given, reached, spared=spared, total=None if total is None else total - bots)


async def known_after(tx: Tx, group_id: GroupId, user_id: int, limit: int) -> list[Known]:
    """Return the first of them whose ids are greater than this one."""
    return [_known(one) for one in await members.present_after(tx, group_id, user_id, limit)]


def _known(member: Member) -> Known:
    department = (member.custom_title if member.is_admin else None) or member.tag or ""
    return Known(member.user_id, member.name, department, member.is_admin)

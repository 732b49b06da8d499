"""Reading the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.violations import store
from bot.violations.rules.case import Case
from bot.violations.rules.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId, UserId


_LISTED = 500
"""More cases of one person are on record, but not listed."""


async def case_by_id(tx: Tx, case_id: int) -> Case | None:
    """Return a case by its id."""
    return await store.by_id(tx, case_id)


async def cases_by_id(tx: Tx, case_ids: Sequence[int]) -> list[Case]:
    """Return cases by their ids, the oldest first."""
    return await store.by_ids(tx, case_ids)


async def case_by_number(tx: Tx, group_id: GroupId, number: int) -> Case | None:
    """Return a case of a group by its number."""
    return await store.by_number(tx, group_id, number)


async def dossier(tx: Tx, case_id: int, now: datetime) -> tuple[Case, Ledger] | None:
    """Return a case and the ledger of its person."""
    return await store.dossier(tx, case_id, now)


async def cases_of(tx: Tx, group_id: GroupId, user_id: UserId) -> list[Case]:
    """Return all cases of a person, the newest first."""
    return await store.of_person(tx, group_id, user_id, _LISTED)


async def numbered_anywhere(tx: Tx, user_id: UserId, number: int) -> list[Case]:
    """Return the cases of a person that have this number, in whichever group."""
    return await store.numbered_anywhere(tx, user_id, number)


async def cases_anywhere(tx: Tx, user_id: UserId, limit: int) -> list[Case]:
    """Return the cases of a person in all groups, the newest first."""
    return await store.anywhere(tx, user_id, limit)


async def counting(tx: Tx, group_id: GroupId, now: datetime, limit: int) -> list[Case]:
    """Return the newest cases of a group that count."""
    clean = (await store.settings_of(tx, group_id)).clean
    if clean is None:
        return await store.counting(tx, group_id, now, limit)
    return await store.unlapsed(tx, group_id, clean, now, limit)


async def opened_between(
    tx: Tx, group_id: GroupId, since: datetime, until: datetime, limit: int
) -> tuple[list[Case], int]:
    """Return the newest cases opened in a span, and how many there are."""
    found = await store.between(tx, group_id, since, until, limit)
    total = len(found) if len(found) < limit else await store.count_between(tx, group_id, since, until)
    return found, total


async def stuck(tx: Tx, group_id: GroupId, now: datetime) -> list[Case]:
    """Return the cases whose mute was refused, or could not be lifted, and would still run."""
    return await store.refused(tx, group_id, now, 50)

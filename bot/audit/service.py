"""Writing and reading the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.audit import store
from bot.audit.rules import PAGE, Entry, Filter, Page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.ids import GroupId, UserId

_TEXT_LIMIT = 500


async def record(  # noqa: PLR0913  (the columns of an entry, all by name)
    tx: Tx,
    *,
    group_id: GroupId | None,
    actor_id: UserId | None,
    action: str,
    at: datetime,
    target: UserId | int | str | None = None,
    target_text: str | None = None,
    before: Any = None,
    after: Any = None,
    actor_name: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write down one act, in the transaction of the act itself.

    ``action`` is a stable name like ``announcement.published``. ``target`` is a person's id, or a text that names another
    thing ("#12"); ``target_text`` goes with an id. ``before``, ``after`` and ``details`` hold plain values (JSON).
    ``actor_id`` None is the bot itself. A whole ``number`` among the details is that of the thing the act is about, whose
    entries :func:`about` finds.
    """
    number = (details or {}).get("number")
    text = target if isinstance(target, str) else target_text
    await store.append(
        tx,
        {
            "group_id": group_id,
            "at": at,
            "actor_id": actor_id,
            "actor_name": _clean(actor_name)[:200],
            "action": action,
            "target_id": target if isinstance(target, int) else None,
            "target_text": None if text is None else _clean(text)[:_TEXT_LIMIT],
            "before": before,
            "after": after,
            "details": dict(details or {}),
            "number": number if type(number) is int else None,
        },
    )


async def entries(
    tx: Tx, group_id: GroupId, wanted: Filter | None = None, *, older_than: int | None = None, limit: int = PAGE
) -> list[Entry]:
    """Return entries of a group, the newest first."""
    return await store.fetch(tx, group_id, wanted or Filter(), older_than, limit)


async def about(
    tx: Tx, group_id: GroupId, number: int, areas: Sequence[str], *, older_than: int | None = None, limit: int = PAGE
) -> list[Entry]:
    """Return entries about one thing of a group, the newest first: its number, and the areas ("case") such numbers are from."""
    return await store.numbered(tx, group_id, number, areas, older_than, limit)


async def page(tx: Tx, group_id: GroupId, wanted: Filter, older_than: int | None = None) -> Page:
    """Return a page of entries."""
    found = await store.fetch(tx, group_id, wanted, older_than, PAGE + 1)
    shown = tuple(found[:PAGE])
    more = shown[-1].id if len(found) > PAGE else None
    return Page(shown, wanted, more, older_than is None)


def _clean(text: str) -> str:
    return text.replace("\0", "")

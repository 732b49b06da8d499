"""What the group reads while a change of a published announcement is on its way, and when Telegram refuses it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.announcements.rules.versions import NOTHING, Undone, Version

if TYPE_CHECKING:
    from bot.announcements.rules.announcement import Announcement
    from bot.announcements.rules.content import Content


def mark_of(item: Announcement) -> str:
    """Return what the change to the words of now is known by when Telegram answers."""
    return str(item.undone.serial)


def put(before: Announcement, after: Announcement) -> Announcement:
    """Let a change go to the group: until Telegram answers, the words before are kept. What was refused before is past."""
    return replace(after, undone=Undone((*before.undone.before, _version(before)), serial=before.undone.serial + 1))


def arrived(item: Announcement, mark: str) -> tuple[Announcement, Content | None]:
    """Note that the group reads a change now; returns also what it read before that, if it is known."""
    before = item.undone.before
    former = before[0].content if before else None
    if mark == mark_of(item):
        return replace(item, undone=replace(item.undone, before=())), former
    at = next((n for n, one in enumerate(before) if n and str(one.serial) == mark), None)
    if at is None:
        return item, None
    return replace(item, undone=replace(item.undone, before=before[at:])), former


def refused(item: Announcement, mark: str, problem: str, *, gone: bool) -> Announcement:
    """Go back to the words that the group reads, and keep the change that Telegram would not make beside them."""
    before = item.undone.before
    if mark in {"", mark_of(item)}:
        serial = before[-1].serial if before else item.undone.serial
        undone = Undone(before[:-1], _version(item), problem, gone, serial)
        return replace(with_version(item, before[-1]) if before else item, undone=undone)
    # Another change is on its way after this one: that one decides.
    left = tuple(one for n, one in enumerate(before) if not n or str(one.serial) != mark)
    return replace(item, undone=replace(item.undone, before=left))


def forgotten(item: Announcement) -> Announcement:
    """Let a refused change be no more; what is on its way stays so."""
    return replace(item, undone=replace(NOTHING, before=item.undone.before, serial=item.undone.serial))


def with_version(item: Announcement, version: Version) -> Announcement:
    """Return it in these words, with who wrote and who has read them."""
    return replace(
        item,
        content=version.content,
        writer_id=version.writer_id,
        approval=version.approval,
        reviewer_id=version.reviewer_id,
        reviewer_name=version.reviewer_name,
        edited_at=version.edited_at,
    )


def _version(item: Announcement) -> Version:
    return Version(
        item.content,
        item.writer_id,
        item.approval,
        item.reviewer_id,
        item.reviewer_name,
        item.edited_at,
        item.undone.serial,
    )

"""The list by state: each shelf holds what is to be done, or not any more, in the same way."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from bot.announcements.rules.announcement import State
from bot.kernel.numerals import fold


class Shelf(StrEnum):
    """A part of the list, as its buttons carry it."""

    DRAFTS = "drafts"
    REVIEW = "review"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    TROUBLE = "trouble"
    """What somebody has to look at: it failed, was missed, or may stand in the group or not."""
    PUBLISHED = "published"
    GONE = "gone"


ON: Final[dict[Shelf, frozenset[State]]] = {
    Shelf.DRAFTS: frozenset({State.DRAFT}),
    Shelf.REVIEW: frozenset({State.IN_REVIEW}),
    Shelf.APPROVED: frozenset({State.APPROVED}),
    Shelf.SCHEDULED: frozenset({State.SCHEDULED}),
    Shelf.TROUBLE: frozenset({State.PUBLISHING, State.MISSED, State.UNCERTAIN, State.FAILED}),
    Shelf.PUBLISHED: frozenset({State.PUBLISHED}),
    Shelf.GONE: frozenset({State.CANCELLED, State.DISCARDED, State.REJECTED, State.WITHDRAWN}),
}
_WORDS: Final[dict[str, Shelf]] = {
    **dict.fromkeys(("draft", "drafts", "草稿"), Shelf.DRAFTS),
    **dict.fromkeys(("review", "in review", "in_review", "审核中", "待审", "送审"), Shelf.REVIEW),
    **dict.fromkeys(("approved", "已通过", "已通过审核", "通过"), Shelf.APPROVED),
    **dict.fromkeys(("scheduled", "定时", "已定时", "待发", "待发布"), Shelf.SCHEDULED),
    **dict.fromkeys(
        ("trouble", "failed", "missed", "uncertain", "publishing", "失败", "错过", "待处理", "不确定"), Shelf.TROUBLE
    ),
    **dict.fromkeys(("published", "sent", "已发布", "已发"), Shelf.PUBLISHED),
    **dict.fromkeys(
        ("gone", "cancelled", "canceled", "discarded", "rejected", "withdrawn", "已取消", "已丢弃", "未通过", "已撤回"),
        Shelf.GONE,
    ),
}


def shelf_named(words: str) -> Shelf | None:
    """Return the shelf that words mean."""
    return _WORDS.get(" ".join(fold(words).split()))


def counted(by_state: dict[State, int]) -> dict[Shelf, int]:
    """Count what is on each shelf; empty ones are left out."""
    sums = {shelf: sum(by_state.get(state, 0) for state in states) for shelf, states in ON.items()}
    return {shelf: count for shelf, count in sums.items() if count}

"""Who is on an event, in pages: of a list of thousands only the page that is looked at is read (R05)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.events.rules.signup import SignUpState

if TYPE_CHECKING:
    from bot.events.rules.signup import Tally

PER_PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class Slice:
    """``most`` people who stand so, after the first ``skip`` of them."""

    state: SignUpState
    skip: int
    most: int


def page_count(tally: Tally) -> int:
    """Return how many pages the list has; an empty one has one."""
    return max(-(-tally.people // PER_PAGE), 1)


def nearest(tally: Tally, page: int) -> int:
    """Return the page that is there and nearest; pages count from 1."""
    return min(max(page, 1), page_count(tally))


def slices(tally: Tally, page: int) -> list[Slice]:
    """Return what stands on a page: those who are going, then those who are offered a seat, then the line."""
    begin = (nearest(tally, page) - 1) * PER_PAGE
    end = begin + PER_PAGE
    found, before = [], 0
    sections = (
        (SignUpState.GOING, tally.parties),
        (SignUpState.OFFERED, tally.offers),
        (SignUpState.WAITING, tally.waiting),
    )
    for state, count in sections:
        skip, until = max(begin - before, 0), min(end - before, count)
        if skip < until:
            found.append(Slice(state, skip, until - skip))
        before += count
    return found

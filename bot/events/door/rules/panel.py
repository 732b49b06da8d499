"""What a panel at the door shows: a page of those who are going, of the others, or of those a search finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.events.rules.signup import SignUpState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.events.door.rules.checkin import Count, Guest
    from bot.events.door.rules.ways import Door
    from bot.events.rules.event import Event
    from bot.events.rules.signup import Tally

PER_PAGE: Final = 12
SEARCH_LIMIT: Final = 64
SEATED: Final = (SignUpState.GOING,)
NOT_SEATED: Final = (
    SignUpState.OFFERED,
    SignUpState.WAITING,
    SignUpState.MAYBE,
    SignUpState.LAPSED,
    SignUpState.DECLINED,
)
"""Who may turn up without a seat, in the order in which they are shown. Who left the group or was taken off is not shown."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a panel shows: ``others`` are those without a seat; ``search`` finds among all. Pages count from 1."""

    others: bool = False
    page: int = 1
    search: str | None = None

    @property
    def states(self) -> tuple[SignUpState, ...]:
        """Whom it shows."""
        if self.search is not None:
            return (*SEATED, *NOT_SEATED)
        return NOT_SEATED if self.others else SEATED


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel that is open in some chat."""

    id: int
    event_id: int
    look: Look = field(default_factory=Look)


@dataclass(frozen=True, slots=True)
class View:
    """Everything a panel says; ``lines`` is one page of ``total``, ``page`` of ``pages``."""

    event: Event
    tally: Tally
    door: Door
    count: Count
    look: Look
    lines: Sequence[Guest]
    total: int
    page: int
    pages: int


def page_count(total: int) -> int:
    """Return how many pages so many lines have; none at all still have one."""
    return max(-(-total // PER_PAGE), 1)


def nearest(total: int, page: int) -> int:
    """Return the page that is there and nearest."""
    return min(max(page, 1), page_count(total))

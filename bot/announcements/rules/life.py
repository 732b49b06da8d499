"""Who may do what to an announcement in which of its states, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import Announcement, By, State
from bot.announcements.rules.outcomes import NotAllowed, NotNow
from bot.kernel.roles import Right

GRACE: Final = timedelta(hours=1)
"""How late an announcement may go out by itself: news of the morning, posted at night, would mislead."""
_UNSENT: Final = frozenset({State.DRAFT, State.APPROVED, State.SCHEDULED, State.MISSED, State.FAILED})
_NEXT: Final[dict[Act, dict[State, State]]] = {
    Act.EDIT: {state: state for state in (*sorted(_UNSENT), State.PUBLISHED)},
    Act.SCHEDULE: dict.fromkeys(sorted(_UNSENT), State.SCHEDULED),
    # An uncertain one is left out: publishing it would repeat what may stand there.
    Act.PUBLISH: dict.fromkeys(sorted(_UNSENT), State.PUBLISHING),
    Act.CANCEL: {
        State.DRAFT: State.DISCARDED,
        State.APPROVED: State.DISCARDED,
        State.FAILED: State.DISCARDED,
        State.SCHEDULED: State.CANCELLED,
        State.MISSED: State.CANCELLED,
    },
    Act.RESTORE: {State.CANCELLED: State.DRAFT, State.DISCARDED: State.DRAFT, State.REJECTED: State.DRAFT},
    Act.IS_THERE: {State.UNCERTAIN: State.PUBLISHED},
    Act.AGAIN: {State.UNCERTAIN: State.PUBLISHING},
    Act.PIN: {State.PUBLISHED: State.PUBLISHED},
}
_BY_AUTHOR: Final = frozenset({Act.EDIT, Act.CANCEL, Act.RESTORE})


# Who may do what, when


def decide(item: Announcement, act: Act, by: By) -> State | NotNow | NotAllowed:
    """Return the state that follows, or why it cannot be done (R09: who may not publish changes nothing approved)."""
    if not may(item, act, by):
        return NotAllowed(item)
    after = _NEXT[act].get(item.state)
    return NotNow(item, act) if after is None else after


def may(item: Announcement, act: Act, by: By) -> bool:
    """Say whether the person has a say in this: authors in their own, as long as nobody has approved the words."""
    if Right.PUBLISH in by.rights:
        return True
    if by.user_id != item.author_id or act not in _BY_AUTHOR:
        return False
    return act is not Act.EDIT or item.state in {State.DRAFT, State.FAILED}


# When the time has come


@dataclass(frozen=True, slots=True)
class Ignore:
    """The announcement is not waiting for this any more."""


@dataclass(frozen=True, slots=True)
class Hold:
    """The group is quiet: it goes out when that ends."""

    until: datetime


@dataclass(frozen=True, slots=True)
class HoldBack:
    """Whoever set the time may not publish any more: it is a draft again."""


@dataclass(frozen=True, slots=True)
class Go:
    """It goes out."""


Firing = Ignore | Hold | HoldBack | Go


def fire(item: Announcement, *, may_publish: bool, quiet_until: datetime | None) -> Firing:
    """Say what becomes of a scheduled announcement whose time has come."""
    if item.state is not State.SCHEDULED:
        return Ignore()
    if not may_publish:
        return HoldBack()
    return Go() if quiet_until is None or item.urgent else Hold(quiet_until)

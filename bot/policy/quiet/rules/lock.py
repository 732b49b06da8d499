"""Closing a group to its members and opening it again (R21), whatever comes in between.

What the bot took is all it has to remember: a permission it took is given back, one it did not take stays as Telegram shows it.
So nothing is lost whichever order was carried out, and what administrators change meanwhile is kept. Where an order was refused,
or nobody knows how it ended, the lock is *in doubt*: what Telegram shows next says which it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

Permissions = Mapping[str, bool]
"""What every member may do, by Telegram's names."""

SENDING: Final = frozenset(
    {
        "can_send_messages",
        "can_send_audios",
        "can_send_documents",
        "can_send_photos",
        "can_send_videos",
        "can_send_video_notes",
        "can_send_voice_notes",
        "can_send_polls",
        "can_send_other_messages",
    }
)
"""What is taken: nothing else makes a telephone ring."""
ASK_AGAIN: Final = timedelta(minutes=1)
RETRY_EVERY: Final = timedelta(hours=1)
"""How soon a refused order is given again, where nothing tells earlier that it may succeed."""
PATIENCE: Final = 3
"""So often in a row Telegram may fail to show the permissions before they are given back as they were stored."""


class Phase(StrEnum):
    """How far the group is closed."""

    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    OPENING = "opening"


class Why(StrEnum):
    """Why an order was not carried out."""

    NO_RIGHT = "no_right"
    BASIC_GROUP = "basic_group"
    CHAT_GONE = "chat_gone"
    TOO_LATE = "too_late"
    """The quiet hours were over before Telegram could be reached."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Lock:
    """What the bot did to a group's permissions.

    ``base`` are the permissions as the bot found them, ``taken`` those of them it took, ``order`` the number of its last order.
    """

    phase: Phase = Phase.OPEN
    base: Permissions = field(default_factory=lambda: MappingProxyType({}))
    taken: frozenset[str] = frozenset()
    order: int = 0
    doubt: bool = False
    """The last order was refused, or its end is not known."""
    why: Why | None = None
    rest_until: datetime | None = None
    """The administrators opened the group themselves: it is not closed again before then."""
    try_at: datetime | None = None
    """No order before then: the last one was refused."""
    unseen: int = 0
    """How often in a row Telegram did not show the permissions."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a look at the lock leads to: how it is now, what Telegram is to set, and when to look again at the latest."""

    lock: Lock
    order: Permissions | None = None
    again_at: datetime | None = None


class Said(StrEnum):
    """What an answer of Telegram means for the group."""

    CLOSED = "closed"
    OPENED = "opened"
    NOT_CLOSED = "not_closed"
    NOT_OPENED = "not_opened"


def look(lock: Lock, until: datetime | None, seen: Permissions | None, now: datetime) -> Turn:
    """Say what is to be done.

    ``until`` is when the quiet ends in which members are not to write, None if they may write now; ``seen`` are the permissions
    as Telegram shows them at this moment, None if it did not say.
    """
    lock = replace(lock, unseen=lock.unseen + 1 if seen is None else 0)
    if seen is not None:
        lock = _given_back_by_hand(_settled(lock, seen), seen, until)
    if until is None or (lock.rest_until is not None and now < lock.rest_until):
        return _opened(lock, seen, now)
    return _closed(lock, until, seen, now)


def _settled(lock: Lock, seen: Permissions) -> Lock:
    """End the doubt by what Telegram shows: an order is carried out as a whole, or not at all."""
    if not lock.doubt:
        return lock
    if lock.taken <= _allowed(seen):
        return Lock(order=lock.order, why=lock.why, rest_until=lock.rest_until, try_at=lock.try_at)
    if lock.phase is Phase.CLOSING:
        return replace(lock, phase=Phase.CLOSED, doubt=False, why=None, try_at=None)
    return replace(lock, phase=Phase.CLOSED, doubt=False)


def _given_back_by_hand(lock: Lock, seen: Permissions, until: datetime | None) -> Lock:
    """Leave to the administrators what they have given back while the group was closed."""
    if lock.phase is not Phase.CLOSED or not lock.taken & _allowed(seen):
        return lock
    left = lock.taken - _allowed(seen)
    return replace(lock, taken=left) if left else Lock(order=lock.order, rest_until=until)


def _closed(lock: Lock, until: datetime, seen: Permissions | None, now: datetime) -> Turn:
    if lock.phase is Phase.CLOSED or (lock.phase is Phase.CLOSING and not lock.doubt):
        return Turn(lock)
    if lock.try_at is not None and now < lock.try_at:
        return Turn(lock, again_at=lock.try_at)
    if seen is None:
        return Turn(lock, again_at=now + ASK_AGAIN)
    # What is on its way back counts as given: it is taken again by an order that Telegram gets later.
    base = {**seen, **dict.fromkeys(lock.taken, True)}
    taken = _allowed(base) & SENDING
    if not taken:
        return Turn(replace(lock, rest_until=until))
    closing = Lock(Phase.CLOSING, base, taken, lock.order + 1, why=lock.why, rest_until=lock.rest_until)
    return Turn(closing, {**base, **dict.fromkeys(taken, False)})


def _opened(lock: Lock, seen: Permissions | None, now: datetime) -> Turn:
    if lock.phase is Phase.OPEN:
        rests = lock.rest_until if lock.rest_until is not None and now < lock.rest_until else None
        return Turn(Lock(order=lock.order, rest_until=rests))
    if lock.phase is Phase.OPENING and not lock.doubt:
        return Turn(lock)
    if lock.try_at is not None and now < lock.try_at and lock.phase is not Phase.CLOSING:
        return Turn(lock, again_at=lock.try_at)
    if seen is None and lock.unseen < PATIENCE:
        return Turn(lock, again_at=now + ASK_AGAIN)
    back = {**(lock.base if seen is None else seen), **dict.fromkeys(lock.taken, True)}
    opening = replace(lock, phase=Phase.OPENING, order=lock.order + 1, doubt=False, try_at=None, unseen=0)
    return Turn(opening, back)


def _allowed(seen: Permissions) -> frozenset[str]:
    return frozenset(name for name, allowed in seen.items() if allowed)


def answered(lock: Lock, order: int, why: Why | None, now: datetime) -> tuple[Lock, Said | None]:
    """Take in what Telegram said to an order; ``why`` None: it was carried out. Only the last order's answer counts.

    After a refusal the lock is in doubt and must be looked at again.
    """
    if order != lock.order or lock.doubt:
        return lock, None
    closing = lock.phase is Phase.CLOSING
    if why is None:
        if closing:
            return replace(lock, phase=Phase.CLOSED, why=None, try_at=None), Said.CLOSED
        return Lock(order=lock.order, rest_until=lock.rest_until), Said.OPENED
    after = replace(lock, doubt=True, why=why, try_at=now + RETRY_EVERY)
    if why is Why.TOO_LATE or why is lock.why:
        return after, None
    return after, Said.NOT_CLOSED if closing else Said.NOT_OPENED


def encouraged(lock: Lock, *, anew: bool = False) -> Lock:
    """Have a refused order given again at the next look; ``anew`` also closes again what the administrators opened."""
    return replace(lock, try_at=None, rest_until=None if anew else lock.rest_until)

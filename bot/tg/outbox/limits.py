"""Telegram's sending limits, pure: times are seconds of a monotonic clock, passed in.

A call counts from its *completion*, since Telegram counted it at some moment before that, and while it is under way. So
the distances Telegram sees are never shorter than those kept here, whether it counts by sliding window or by bucket.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

_MARGIN = 0.005
"""Clocks tick differently by a little; without it a window is now and then hit on its edge."""
_SWEEP = 4096
_CATCH_UP = 1 / 3
"""The share of the overall window that what is planned may be behind its even pace, and then make good at once."""
_TOGETHER = 4
"""So many planned ones go together: a claim, and what follows of the ends, then costs one transaction for all of them."""


@dataclass(frozen=True, slots=True)
class Rate:
    """At most ``count`` calls in any ``seconds``."""

    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Rates:
    """What is allowed; None does not limit (an own Bot API server, a test)."""

    overall: Rate | None = Rate(30, 1.0)
    chat: Rate | None = Rate(1, 1.0)
    group: Rate | None = Rate(20, 60.0)


TELEGRAM = Rates()
UNLIMITED = Rates(None, None, None)


class _Window:
    """Calls of the last ``seconds``, and those under way."""

    __slots__ = ("_ended", "_rate", "_under_way", "held_until")

    def __init__(self, rate: Rate | None) -> None:
        self._rate = rate
        self._ended: deque[float] = deque()
        self._under_way = 0
        self.held_until = 0.0

    def wait(self, now: float) -> float | None:
        """Return how long until a call may begin (0: now), or None while that depends on one under way."""
        held = max(0.0, self.held_until - now)
        if self._rate is None:
            return held
        self._forget(now)
        free = self._rate.count - self._under_way - len(self._ended)
        if free > 0:
            return held
        if self._under_way >= self._rate.count:
            return None
        return max(held, self._ended[-free] + self._rate.seconds + _MARGIN - now)

    def begin(self) -> None:
        self._under_way += 1

    def end(self, now: float, *, counted: bool) -> None:
        self._under_way -= 1
        if counted and self._rate is not None:
            self._ended.append(now)

    def is_idle(self, now: float) -> bool:
        self._forget(now)
        return not self._ended and not self._under_way and self.held_until <= now

    def _forget(self, now: float) -> None:
        if self._rate is None:
            return
        over = now - self._rate.seconds - _MARGIN
        while self._ended and self._ended[0] <= over:
            self._ended.popleft()


class Limits:
    """Says when the next message may go to a chat. Negative chat ids are groups and channels."""

    def __init__(self, rates: Rates = TELEGRAM) -> None:
        self._rates = rates
        self._overall = _Window(rates.overall)
        self._chats: dict[int, tuple[_Window, ...]] = {}
        self._sweep_at = _SWEEP
        self._refused: set[int] = set()
        self._paced_at = 0.0
        self._next_few_at = 0.0

    def wait_overall(self, now: float) -> float | None:
        """Return how long no message at all may be sent: seconds, or None until one under way ends."""
        return self._overall.wait(now)

    def wait_pace(self, now: float) -> float:
        """Return how long what nobody waits for must wait, so that it is spread evenly.

        If it all went at the beginning of each second, an answer would have to wait for the end of it.
        """
        return max(0.0, self._paced_at - now, self._next_few_at - now)

    def keep_pace(self, now: float) -> None:
        """Record that something nobody waits for is about to be sent."""
        rate = self._rates.overall
        if rate is not None:
            apart = rate.seconds / rate.count
            self._paced_at = max(self._paced_at, now - rate.seconds * _CATCH_UP) + apart
            if self._paced_at > now:
                self._next_few_at = self._paced_at + (_TOGETHER - 1) * apart

    def wait_chat(self, chat_id: int, now: float) -> float | None:
        """Return how long this chat must wait, the overall limit aside: seconds, or None until one under way ends."""
        longest = 0.0
        for window in self._chats.get(chat_id, ()):
            wait = window.wait(now)
            if wait is None:
                return None
            longest = max(longest, wait)
        return longest

    def begin(self, chat_id: int, now: float) -> None:
        """Record that a message is about to be sent."""
        for window in (self._overall, *self._windows(chat_id, now)):
            window.begin()

    def end(self, chat_id: int, now: float, *, counted: bool = True) -> None:
        """Record that its call came to an end; ``counted`` False if it surely never reached Telegram."""
        for window in (self._overall, *self._windows(chat_id, now)):
            window.end(now, counted=counted)

    def accepted(self) -> None:
        """Record that Telegram took a message: whatever was refused before, we are not shut out altogether."""
        self._refused.clear()

    def refused(self, chat_id: int, retry_after: float, now: float) -> None:
        """Obey "too many requests": this chat waits; if several chats in a row are told so, everything does."""
        until = now + retry_after
        for window in self._windows(chat_id, now):
            window.held_until = max(window.held_until, until)
        self._refused.add(chat_id)
        if len(self._refused) >= 3:
            self._overall.held_until = max(self._overall.held_until, until)

    def _windows(self, chat_id: int, now: float) -> tuple[_Window, ...]:
        found = self._chats.get(chat_id)
        if found is None:
            self._sweep(now)
            rates = (self._rates.chat, self._rates.group) if chat_id < 0 else (self._rates.chat,)
            found = self._chats[chat_id] = tuple(_Window(rate) for rate in rates)
        return found

    def _sweep(self, now: float) -> None:
        """Forget chats that are idle, so that memory follows what is going on and not what ever was."""
        if len(self._chats) < self._sweep_at:
            return
        self._chats = {
            chat_id: windows
            for chat_id, windows in self._chats.items()
            if not all(window.is_idle(now) for window in windows)
        }
        self._sweep_at = max(_SWEEP, 2 * len(self._chats))

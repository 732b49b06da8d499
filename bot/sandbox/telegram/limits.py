"""Telegram's limits on sending, to be switched on."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.telegram.faults import number_of

COUNTED = frozenset(
    {
        "sendMessage", "sendPhoto", "sendDocument", "sendVideo", "sendAnimation", "sendAudio", "sendVoice",
        "sendVideoNote", "sendSticker", "sendMediaGroup", "sendLocation", "sendVenue", "sendContact", "sendDice",
        "sendPoll", "copyMessage", "copyMessages", "forwardMessage", "forwardMessages", "editMessageText",
        "editMessageCaption", "editMessageMedia", "editMessageReplyMarkup",
    }
)  # fmt: skip
"""The calls that count against the limits."""


@dataclass(frozen=True)
class Rule:
    """At most ``most`` calls in ``seconds``."""

    most: int
    seconds: float


OVERALL, PER_CHAT, PER_GROUP = Rule(30, 1.0), Rule(1, 1.0), Rule(20, 60.0)


class Limits:
    """Telegram's limits on sending, off until enabled; they count real seconds, wherever the world's clock stands."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self.enabled = False
        self.kind = "window"
        self._seconds = seconds
        self._windows: dict[object, deque[float]] = {}
        self._buckets: dict[object, tuple[float, float]] = {}

    def enable(self, kind: str = "window") -> None:
        """Count from now on, by sliding window or by bucket.

        :raises ValueError: for another kind.
        """
        if kind not in ("window", "bucket"):
            raise ValueError(f"no such kind of limit: {kind}; there are window and bucket")
        self.enabled, self.kind = True, kind
        self._windows.clear()
        self._buckets.clear()

    def disable(self) -> None:
        """Count no more."""
        self.enabled = False

    def check(self, method: str, bot_id: int, chat_id: str | None) -> int:
        """Count a call; return 0 if it may pass, else the seconds to wait (then nothing is counted)."""
        if not self.enabled or method not in COUNTED:
            return 0
        number = number_of(chat_id)
        rules: list[tuple[object, Rule]] = [(bot_id, OVERALL)]
        if number is not None:
            rules.append(((bot_id, number, "s"), PER_CHAT))
            rules += [((bot_id, number, "m"), PER_GROUP)] if number < 0 else []
        now = self._seconds()
        probe = self._probe_window if self.kind == "window" else self._probe_bucket
        wait = max(probe(key, rule, now) for key, rule in rules)
        if wait > 0:
            return max(1, math.ceil(wait))
        for key, rule in rules:
            self._count(key, rule, now)
        return 0

    def _probe_window(self, key: object, rule: Rule, now: float) -> float:
        times = self._windows.setdefault(key, deque())
        while times and times[0] <= now - rule.seconds:
            times.popleft()
        return 0.0 if len(times) < rule.most else times[0] + rule.seconds - now

    def _probe_bucket(self, key: object, rule: Rule, now: float) -> float:
        left, at = self._buckets.get(key, (float(rule.most), now))
        left = min(float(rule.most), left + (now - at) * rule.most / rule.seconds)
        self._buckets[key] = (left, now)
        return 0.0 if left >= 1 else (1 - left) * rule.seconds / rule.most

    def _count(self, key: object, rule: Rule, now: float) -> None:
        if self.kind == "window":
            self._windows[key].append(now)
        else:
            left, _ = self._buckets.get(key, (float(rule.most), now))
            self._buckets[key] = (left - 1, now)

"""The off-theme clock (R04)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

LEAST: Final = 5
"""So many messages make a talk: fewer are no reason to break in."""
PAUSE: Final = 3600
"""Seconds of silence after which a new talk begins."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Since when a group has been off theme, in Unix seconds; 0 before the first message.

    ``since`` is the last message on theme, or the first of the talk; ``talk`` counts the messages since, ``last`` is the newest.
    """

    since: int = 0
    talk: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Strayed:
    """The time is up: since when (Unix seconds), and how many messages ago."""

    since: int
    talk: int


def after(clock: Clock, at: int, limit: int, *, on_theme: bool) -> tuple[Clock, Strayed | None]:
    """Return the clock after a message at Unix time ``at``, and whether the group has now strayed for ``limit`` seconds.

    Then the clock has begun anew, so that the next word comes no sooner than after another ``limit``.
    """
    at = max(at, clock.last)
    if on_theme or at - clock.last >= PAUSE:
        return Clock(at, 0 if on_theme else 1, at), None
    talk = clock.talk + 1
    if talk >= LEAST and at - clock.since >= limit:
        return Clock(at, 0, at), Strayed(clock.since, talk)
    return replace(clock, talk=talk, last=at), None

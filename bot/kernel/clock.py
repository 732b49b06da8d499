"""The one place where the time of day is read.

Everything else receives ``now`` as an argument: an aware ``datetime`` in UTC.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the present instant, aware and in UTC."""
        ...

    def on_shift(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` whenever the clock is set forward by hand (never, for a real clock)."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present instant, aware and in UTC."""
        return datetime.now(UTC)  # noqa: TID251

    def on_shift(self, listener: Callable[[], None]) -> None:
        """Accept the listener; a system clock is never shifted by us."""


class MovableClock:
    """The machine's clock plus an offset that can grow; with ``frozen_at`` it moves only by hand."""

    def __init__(self, frozen_at: datetime | None = None) -> None:
        self._frozen_at = frozen_at
        self._offset = timedelta(0)
        self._listeners: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """Return the shifted instant, aware and in UTC."""
        base = self._frozen_at if self._frozen_at is not None else datetime.now(UTC)  # noqa: TID251
        return base + self._offset

    @property
    def offset(self) -> timedelta:
        """How far this clock is ahead of its base."""
        return self._offset

    def advance(self, by: timedelta) -> None:
        """Move the clock forward; time never runs backwards.

        :raises ValueError: if ``by`` is negative.
        """
        if by < timedelta(0):
            raise ValueError("a clock moves forward only")
        self._offset += by
        for listener in tuple(self._listeners):
            listener()

    def on_shift(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` after each :meth:`advance`."""
        self._listeners.append(listener)

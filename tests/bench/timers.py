"""Timers: what many of them cost at the start, and how late the last comes of many that are due in the same second."""

from __future__ import annotations

from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tests.bench.process import running, steer
from tests.bench.report import Row

if TYPE_CHECKING:
    from tests.bench.report import Scale

_AHEAD = 4.0
"""Seconds between storing the timers and the second in which they are due; the bot must have started by then."""


def measure(base: str, scale: Scale) -> list[Row]:
    """Start once without timers and once with all of them, and let those ring that are due."""
    none, _ = _start(base, "8:none", 0, 0)
    full, lags = _start(base, "9:full", scale.timers, scale.due)
    return [
        Row(
            f"The whole start with {scale.timers:,} timers stored",
            f"{full['wall'] * 1000:,.0f} ms",
            f"without timers {none['wall'] * 1000:,.0f} ms",
            f"{full['wall'] / none['wall']:.2f} times as long",
        ),
        Row(
            f"{scale.due:,} of them due in one second, the last one done after",
            f"{lags['last'] * 1000:,.0f} ms",
            f"the first {lags['first'] * 1000:,.0f} ms",
        ),
    ]


def _start(base: str, token: str, timers: int, due: int) -> tuple[dict[str, Any], dict[str, Any]]:
    steer(base, "feed", token=token, groups=1, people=1)
    with TemporaryDirectory() as folder, running("ours", base, token, folder, "1") as ours:
        ours.ask("timers", rows=timers, due=due, ahead=_AHEAD)
        return ours.ask("start"), ours.ask("lags", due=due) if due else {}

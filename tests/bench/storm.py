"""Everybody taps Join at once for a hundred seats: taps a second, and how long a tap waits for its answer on the wire."""

from __future__ import annotations

from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.bench.process import running, steer
from tests.bench.report import Row, milli, percentile

if TYPE_CHECKING:
    from tests.bench.report import Scale

TOKEN = "6:storm"
SEATS = 100


def measure(base: str, scale: Scale) -> list[Row]:
    """Let the storm loose once: the list is as long as it gets only then."""
    steer(base, "feed", token=TOKEN, groups=1, people=100)
    with TemporaryDirectory() as folder, running("ours", base, TOKEN, folder, "1") as ours:
        ours.ask("start")
        data = ours.ask("event", seats=SEATS)["data"]
        found = ours.ask("storm", count=scale.storm, data=data)
    waits = [time / 1000 for time in found["answered"]]
    return [
        Row(
            f"{scale.storm:,} people tap Join for {SEATS} seats (the last: {found['said']!r})",
            f"{scale.storm / found['whole'] * 1000:,.0f} taps/s",
            f"CPU a tap {milli(found['cpu'] / scale.storm)}",
        ),
        Row("A tap of the storm until the answer arrives, half | 99 % within", _spread(waits)),
    ]


def _spread(times: list[float]) -> str:
    return f"{milli(median(times))} | {milli(percentile(times, 0.99))}"

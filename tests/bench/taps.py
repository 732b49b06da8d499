"""A tap on a button: to the committed answer, and to the answer on the wire, as the server sees it; one tap at a time.

Ours signs somebody up to an event. The other side answers at once and stores nothing.
"""

from __future__ import annotations

from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tests.bench.process import running, steer
from tests.bench.report import Row, milli, percentile

if TYPE_CHECKING:
    from tests.bench.report import Scale


def measure(base: str, scale: Scale) -> list[Row]:
    """Measure both sides in turns."""
    for token in ("4:tap", "5:tap"):
        steer(base, "feed", token=token, groups=1, people=100)
    with (
        TemporaryDirectory() as folder,
        running("ours", base, "4:tap", folder, "1") as ours,
        running("bare", base, "5:tap") as bare,
    ):
        ours.ask("start")
        data = ours.ask("event", seats=1000)["data"]
        found: dict[str, list[dict[str, Any]]] = {"ours": [], "bare": []}
        for number in range(min(scale.rounds, 3) + 1):
            for name, side in (("ours", ours), ("bare", bare)):
                answer = side.ask("taps", count=scale.taps, data=data)
                if number:
                    found[name].append(answer)
    return _rows(found, scale)


def _rows(found: dict[str, list[dict[str, Any]]], scale: Scale) -> list[Row]:
    cpu = {name: median(one["cpu"] for one in rounds) / scale.taps for name, rounds in found.items()}
    committed = [time / 1000 for one in found["ours"] for time in one["committed"]]
    answered = {name: [time / 1000 for one in rounds for time in one["answered"]] for name, rounds in found.items()}
    said = found["ours"][-1]["said"]
    return [
        Row(
            f"A tap, CPU (ours answers {said!r}, stored)",
            milli(cpu["ours"]),
            f"bare PTB {milli(cpu['bare'])}",
            f"{cpu['ours'] / cpu['bare']:.1f} times as dear",
        ),
        Row("A tap until it is committed, half | 99 % within", _spread(committed)),
        Row(
            "A tap until the answer arrives, half | 99 % within",
            _spread(answered["ours"]),
            f"bare PTB {_spread(answered['bare'])}",
            f"{median(answered['ours']) / median(answered['bare']):.1f} times as long",
        ),
    ]


def _spread(times: list[float]) -> str:
    return f"{milli(median(times))} | {milli(percentile(times, 0.99))}"

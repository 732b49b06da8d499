"""An ordinary group message, from Telegram's answer to the commit: CPU of the whole process, by long polling.

Our side stores who spoke and how much, on a SQLite file with ``synchronous=FULL``, and confirms a batch of 100 messages of
60 people only after its commit. The other side is python-telegram-bot alone, with one handler that does nothing.
"""

from __future__ import annotations

from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.bench.process import Child, running, steer
from tests.bench.report import Row, micro

if TYPE_CHECKING:
    from tests.bench.report import Scale

FEW = 10
TALKERS = 60
"""People who talk in each of the few groups; in the many there are fewer, and all of them take part."""


def measure(base: str, scale: Scale) -> list[Row]:
    """Measure all sides in turns."""
    few, many, bare = "1:few", "2:many", "3:bare"
    for token, groups, people in (
        (few, FEW, FEW * TALKERS),
        (many, scale.groups, scale.people),
        (bare, FEW, FEW * TALKERS),
    ):
        steer(base, "feed", token=token, groups=groups, people=people)
    with (
        TemporaryDirectory() as here,
        TemporaryDirectory() as there,
        running("ours", base, few, here, str(FEW)) as with_few,
        running("ours", base, many, there, str(scale.groups)) as with_many,
        running("bare", base, bare) as alone,
    ):
        sides = {few: with_few, many: with_many, bare: alone}
        for token in (few, many):
            sides[token].ask("start")
            # Who speaks for the first time on a day is written down; in the long run most have spoken already.
            _one(base, token, sides[token], {})
        watchers = ", ".join(with_few.ask("watchers")["names"])
        costs: dict[str, list[float]] = {token: [] for token in sides}
        for number in range(scale.rounds + 1):
            for token, side in sides.items():
                cost = _one(base, token, side, {"batches": scale.batches})
                if number:
                    costs[token].append(cost)
    return _rows(scale, watchers, costs[few], costs[many], costs[bare])


def _one(base: str, token: str, side: Child, what: dict[str, object]) -> float:
    """Return the CPU seconds of a message."""
    updates = int(steer(base, "prepare", token=token, **what))
    return float(side.ask("go", updates=updates)["cpu"]) / updates


def _rows(scale: Scale, watchers: str, few: list[float], many: list[float], bare: list[float]) -> list[Row]:
    return [
        Row(
            f"A group message, CPU, stored durably ({watchers})",
            micro(median(few)),
            f"bare PTB {micro(median(bare))}",
            f"{_ratio(bare, few):.1f} times cheaper",
            "10 times or more",
        ),
        Row(
            f"The same with {scale.groups:,} groups",
            micro(median(many)),
            f"{FEW} groups {micro(median(few))}",
            f"{_ratio(many, few):.2f} times as dear",
            "1.5 times at most",
        ),
    ]


def _ratio(ones: list[float], others: list[float]) -> float:
    """Compare what was measured in the same round: what else the machine does meanwhile touches both."""
    return median(one / other for one, other in zip(ones, others, strict=True))

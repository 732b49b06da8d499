"""``make bench``: all benches, or those named, against a Bot API server on this machine; prints one table."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from tests.bench import broadcast, messages, policy, sends, storm, taps, timers
from tests.bench.process import wire
from tests.bench.report import FULL, QUICK, Row, Scale, show

if TYPE_CHECKING:
    from collections.abc import Callable


class Bench(StrEnum):
    """What can be measured."""

    MESSAGES = "messages"
    TAPS = "taps"
    STORM = "storm"
    SENDS = "sends"
    TIMERS = "timers"
    POLICY = "policy"
    BROADCAST = "broadcast"


MEASURES: dict[Bench, Callable[[str, Scale], list[Row]]] = {
    Bench.MESSAGES: messages.measure,
    Bench.TAPS: taps.measure,
    Bench.STORM: storm.measure,
    Bench.SENDS: sends.measure,
    Bench.TIMERS: timers.measure,
    Bench.POLICY: policy.measure,
    Bench.BROADCAST: broadcast.measure,
}


def main(
    which: Annotated[list[Bench] | None, typer.Argument(help="Which benches; all of them if none is named.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Fewer and shorter rounds: rougher figures.")] = False,
) -> None:
    """Measure what things cost, side by side with bare python-telegram-bot; the ratios are what counts."""
    with wire() as base:
        rows = [row for bench in which or list(Bench) for row in MEASURES[bench](base, QUICK if quick else FULL)]
    show(rows)


if __name__ == "__main__":
    typer.run(main)

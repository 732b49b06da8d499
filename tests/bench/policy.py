"""The rules of groups: what judging an ordinary message costs, with lists of any length and with many groups."""

from __future__ import annotations

from contextlib import ExitStack
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.bench.process import running
from tests.bench.report import Row, micro

if TYPE_CHECKING:
    from tests.bench.report import Scale


def measure(_base: str, scale: Scale) -> list[Row]:
    """Measure lists of three lengths in turns, then few and many groups in turns."""
    return [*_lists(scale), *_groups(scale)]


def _lists(scale: Scale) -> list[Row]:
    lengths = [scale.words // 10, scale.words, scale.words * 10]
    with ExitStack() as stack:
        folders = [stack.enter_context(TemporaryDirectory()) for _ in lengths]
        for folder, length in zip(folders, lengths, strict=True):
            _fill(folder, "lists", words=length)
        sides = [stack.enter_context(running("judging", folder)) for folder in folders]
        starts = [side.ask("start", groups=1) for side in sides]
        rounds = [
            [float(side.ask("judge", groups=1, batches=scale.judged)["cpu"]) for side in sides]
            for _ in range(scale.rounds + 1)
        ]
    short, middle, long = (min(costs) for costs in zip(*rounds[1:], strict=True))
    ratios = [costs[2] / costs[1] for costs in rounds[1:]]
    return [
        Row(
            f"Judging an ordinary message, all detectors on, three lists of {lengths[1]:,} words",
            micro(middle),
            f"{lengths[0]:,} words {micro(short)}, {lengths[2]:,} words {micro(long)}",
            f"{long / middle:.2f} times as dear with 10 times the words ({min(ratios):.2f} to {max(ratios):.2f} by round)",
            "under 60 µs, no dearer",
        ),
        Row(
            f"Reading and building these lists after a start, {lengths[1]:,} words each",
            f"{starts[1]['read'] + starts[1]['first']:.2f} s, {starts[1]['memory'] / 1e6:,.0f} MB",
            f"{lengths[2]:,} words {starts[2]['read'] + starts[2]['first']:.2f} s, {starts[2]['memory'] / 1e6:,.0f} MB",
        ),
    ]


def _groups(scale: Scale) -> list[Row]:
    few = max(scale.groups // 1000, 1)
    with TemporaryDirectory() as here, TemporaryDirectory() as there, ExitStack() as stack:
        _fill(here, "groups", count=scale.groups // 10)
        _fill(there, "groups", count=scale.groups)
        small, large = (stack.enter_context(running("judging", folder)) for folder in (here, there))
        some = small.ask("start", groups=scale.groups // 10)
        all_of_them = large.ask("start", groups=scale.groups)
        rounds = [
            [float(large.ask("judge", groups=groups, batches=scale.judged)["cpu"]) for groups in (few, scale.groups)]
            for _ in range(scale.rounds + 1)
        ]
    one, other = (min(costs) for costs in zip(*rounds[1:], strict=True))
    each = all_of_them["memory"] / scale.groups / 1e3
    return [
        Row(
            f"Judging with {scale.groups:,} groups that have rules and lists of their own",
            micro(other),
            f"{few} of them {micro(one)}",
            f"{other / one:.2f} times as dear",
            "flat",
        ),
        Row(
            "Memory of these rules, a group, after a message in each",
            f"{each:,.1f} kB",
            f"{scale.groups // 10:,} groups {some['memory'] / (scale.groups // 10) / 1e3:,.1f} kB",
            f"{all_of_them['memory'] / 1e6:,.0f} MB in all",
            "flat",
        ),
        Row(
            f"Reading the rules of {scale.groups:,} groups after a start, CPU",
            f"{all_of_them['read']:.2f} s",
            f"{scale.groups // 10:,} groups {some['read']:.2f} s",
            f"first message in each {micro(all_of_them['first'] / scale.groups)}",
        ),
    ]


def _fill(folder: str, what: str, **wishes: int) -> None:
    """Store rules, in a process of its own: what that takes is not what they take later."""
    with running("judging", folder) as side:
        side.ask(what, **wishes)

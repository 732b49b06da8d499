"""Each bench runs, with figures too small to mean anything; how long things take is nothing a test may judge."""

from __future__ import annotations

import pytest

from tests.bench.__main__ import MEASURES, Bench
from tests.bench.process import wire
from tests.bench.report import TINY, show


@pytest.mark.parametrize("bench", list(Bench))
def test_a_bench_runs_and_prints(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    with wire() as base:
        rows = MEASURES[bench](base, TINY)

    show(rows)

    assert all(row.what and row.ours for row in rows)
    printed = capsys.readouterr().out
    assert "Ours" in printed
    if bench is Bench.TAPS:
        assert "You are in" in rows[0].what

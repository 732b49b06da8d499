from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.timers.rules import LONGEST_SLEEP, SHORTEST_SLEEP, is_late, next_try, sleep_until

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("attempts", "wait"),
    [
        (1, timedelta(minutes=1)),
        (2, timedelta(minutes=5)),
        (3, timedelta(minutes=30)),
        (4, timedelta(hours=2)),
        (5, timedelta(days=1)),
        (60, timedelta(days=1)),
    ],
)
def test_a_failed_timer_is_tried_again_at_growing_distances_and_never_given_up(attempts: int, wait: timedelta) -> None:
    assert next_try(attempts, NOW) == NOW + wait


def test_a_timer_is_late_only_past_its_grace() -> None:
    assert not is_late(NOW - timedelta(minutes=10), timedelta(minutes=10), NOW)
    assert is_late(NOW - timedelta(minutes=10, milliseconds=1), timedelta(minutes=10), NOW)


def test_a_timer_without_a_grace_of_its_own_has_five_minutes() -> None:
    assert not is_late(NOW - timedelta(minutes=5), None, NOW)
    assert is_late(NOW - timedelta(minutes=6), None, NOW)


@given(st.one_of(st.none(), st.timedeltas(min_value=timedelta(days=-900), max_value=timedelta(days=900))))
def test_the_alarm_sleeps_neither_long_nor_not_at_all(ahead: timedelta | None) -> None:
    sleep = sleep_until(None if ahead is None else NOW + ahead, NOW)
    assert SHORTEST_SLEEP <= sleep <= LONGEST_SLEEP
    if ahead is not None and SHORTEST_SLEEP <= ahead <= LONGEST_SLEEP:
        assert sleep == ahead

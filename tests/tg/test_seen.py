"""Which updates were taken in: ranges that grow and expire."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.tg.seen import KEEP, Range, Seen

NOON = datetime(2027, 3, 10, 12, tzinfo=UTC)


def take(seen: Seen, *ids: int, now: datetime = NOON) -> list[Range]:
    """Take ids in as a turn does: sorted, and only those that are new."""
    ranges = seen.adding(sorted({i for i in ids if i not in seen}), now)
    seen.add(ranges)
    return ranges


def test_ids_in_a_row_are_one_range() -> None:
    assert take(Seen(), 5, 6, 7) == [Range(5, 7, NOON)]


def test_a_range_grows_with_the_next_batch() -> None:
    seen = Seen([Range(5, 7, NOON - timedelta(hours=1))])

    assert take(seen, 8, 9) == [Range(5, 9, NOON)]
    assert all(i in seen for i in range(5, 10))
    assert 4 not in seen
    assert 10 not in seen


def test_a_gap_begins_a_new_range() -> None:
    assert take(Seen([Range(5, 7, NOON)]), 8, 11) == [Range(5, 8, NOON), Range(11, 11, NOON)]


def test_ids_below_all_that_was_seen_are_new() -> None:
    """After a quiet week Telegram goes on from a random id, which may be lower."""
    seen = Seen([Range(900, 950, NOON)])

    assert 17 not in seen
    take(seen, 17)

    assert 17 in seen
    assert 900 in seen


def test_nothing_changes_before_it_is_stored() -> None:
    seen = Seen()

    seen.adding([1, 2], NOON)

    assert 1 not in seen


def test_a_range_expires_by_its_last_use() -> None:
    seen = Seen([Range(1, 5, NOON - KEEP), Range(10, 12, NOON - KEEP - timedelta(seconds=1))])

    seen.forget(NOON - KEEP)

    assert 11 not in seen
    assert 3 in seen


@given(st.lists(st.lists(st.integers(0, 60), min_size=1, max_size=12), max_size=12))
def test_it_answers_as_a_set_would_also_after_it_was_stored_and_read(batches: list[list[int]]) -> None:
    seen, model, stored = Seen(), set[int](), dict[int, Range]()
    for number, batch in enumerate(batches):
        for changed in take(seen, *batch, now=NOON + timedelta(minutes=number)):
            stored[changed.first] = changed
        model.update(batch)
        assert {i for i in range(-1, 62) if i in seen} == model
    again = Seen(stored.values())
    assert {i for i in range(-1, 62) if i in again} == model

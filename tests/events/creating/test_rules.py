from __future__ import annotations

import pytest

from bot.events.creating.rules import BadName, cut, key_of, name_of, named_template, taken_over
from bot.events.rules.plan import AHEAD, FIELDS
from tests.events.build import plan


def test_everything_but_the_times_is_taken_over() -> None:
    before = plan(place="Old Fort", minutes=90, tags=("Sales",))

    preset = taken_over(before)

    assert set(preset) == set(FIELDS) - {"starts_at", "deadline"} | {AHEAD}
    assert (preset["place"], preset["minutes"], preset["tags"]) == ("Old Fort", 90, ("Sales",))
    assert preset[AHEAD] == 24 * 60


def test_without_a_deadline_there_is_none_to_take_over() -> None:
    assert AHEAD not in taken_over(plan(deadline=None))


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("from hike", ("hike", "")),
        ("From  Monthly   hike", ("Monthly hike", "")),
        ("from hike | Sat 9:00 | 20 seats", ("hike", "Sat 9:00 | 20 seats")),
        ("from hike\nSat 9:00\n20 seats", ("hike", "Sat 9:00\n20 seats")),
        ("模板 徒步｜周六9点", ("徒步", "周六9点")),
        ("用模板徒步", ("徒步", "")),
        ("fromage | Sat 9:00", None),
        ("Hike from the gate | Sat 9:00", None),
        ("from", None),
        ("", None),
    ],
)
def test_a_line_may_begin_with_a_template(line: str, outcome: object) -> None:
    assert named_template(line) == outcome


def test_the_time_follows_the_template() -> None:
    assert cut("Sat 9:00 | 20 seats | +1") == ("Sat 9:00", " 20 seats | +1")
    assert cut("周六9点\n20人") == ("周六9点", "20人")
    assert cut("") == ("", "")


@pytest.mark.parametrize("typed", ["", "  ", "\u200b", "x" * 41])
def test_a_name_is_neither_empty_nor_long(typed: str) -> None:
    assert name_of(typed) == BadName()


def test_a_name_means_the_same_however_it_is_written() -> None:
    assert key_of(" HIKE  big ") == key_of("hike big")

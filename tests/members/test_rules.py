from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.members.rules import (
    SAME_MOVE,
    Move,
    MoveKind,
    Person,
    Presence,
    change_of,
    clean,
    is_in_group,
    is_same_move,
    name_key,
)
from tests.members.build import ANNA, GROUP, NOW

STATUSES = ("creator", "administrator", "member", "restricted", "left", "kicked")


@pytest.mark.parametrize(
    ("old", "new", "by_oneself", "presence", "move"),
    [
        ("left", "member", True, Presence.PRESENT, MoveKind.JOINED),
        ("left", "member", False, Presence.PRESENT, MoveKind.ADDED),
        ("kicked", "member", False, Presence.PRESENT, MoveKind.ADDED),
        ("member", "left", True, Presence.LEFT, MoveKind.LEFT),
        ("member", "left", False, Presence.REMOVED, MoveKind.REMOVED),
        ("member", "kicked", False, Presence.REMOVED, MoveKind.REMOVED),
        ("member", "administrator", False, Presence.PRESENT, None),
        ("administrator", "member", False, Presence.PRESENT, None),
        ("member", "restricted", False, Presence.PRESENT, None),
        ("left", "kicked", False, Presence.REMOVED, None),
        ("kicked", "left", False, Presence.REMOVED, None),
    ],
)
def test_a_change_of_membership_says_who_came_and_who_went(
    old: str, new: str, by_oneself: bool, presence: Presence, move: MoveKind | None
) -> None:
    read = change_of(
        was_in=is_in_group(old, is_member=True),
        is_in=is_in_group(new, is_member=True),
        old_status=old,
        new_status=new,
        by_oneself=by_oneself,
    )
    assert (read.presence, read.move) == (presence, move)


def test_a_restricted_person_may_be_in_or_out() -> None:
    assert is_in_group("restricted", is_member=True)
    assert not is_in_group("restricted", is_member=False)


@given(st.sampled_from(STATUSES), st.booleans(), st.sampled_from(STATUSES), st.booleans(), st.booleans())
def test_a_move_is_told_exactly_when_the_person_crossed_the_door(
    old: str, old_in: bool, new: str, new_in: bool, by_oneself: bool
) -> None:
    was, now_in = is_in_group(old, old_in), is_in_group(new, new_in)
    read = change_of(was_in=was, is_in=now_in, old_status=old, new_status=new, by_oneself=by_oneself)
    assert (read.move is not None) == (was != now_in)
    assert (read.presence is Presence.PRESENT) == now_in
    if read.move is not None:
        assert read.move.is_in == now_in


def test_the_two_tellings_of_one_join_are_one() -> None:
    joined = Move(GROUP.id, ANNA, MoveKind.JOINED, None, NOW)
    assert is_same_move(joined, MoveKind.ADDED, NOW + timedelta(seconds=3))
    assert not is_same_move(joined, MoveKind.LEFT, NOW + timedelta(seconds=3))
    assert not is_same_move(joined, MoveKind.JOINED, NOW + SAME_MOVE + timedelta(seconds=1))
    assert not is_same_move(None, MoveKind.JOINED, NOW)


def test_everybody_has_a_name() -> None:
    assert Person(ANNA, "Anna", "Li").name == "Anna Li"
    assert Person(ANNA, username="anna").name == "@anna"
    assert Person(ANNA).name == f"#{ANNA}"


def test_names_are_compared_without_case_spaces_and_width() -> None:
    assert name_key("Anna  LI") == name_key("ａｎｎａli")


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_any_text_can_be_stored_once_cleaned(text: str) -> None:
    cleaned = clean(text)
    assert cleaned is not None
    assert "\0" not in cleaned
    cleaned.encode()

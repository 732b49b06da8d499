"""Who came, sums, what may be handed in and published (R05)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.recap import rules
from bot.events.recap.rules import (
    ALBUM,
    Again,
    File,
    Given,
    HandFlaw,
    Item,
    ItemKind,
    Post,
    Posted,
    PublishFlaw,
    Recap,
    Said,
    SayFlaw,
    Standing,
)
from bot.events.rules.event import State
from bot.events.rules.signup import Presence, SignUpState
from bot.kernel.ids import ChatId
from tests.events.build import NOW, START, event, person, signup

CHAT = ChatId(-1007)
OVER = START + timedelta(hours=4)
NOTE = Given(ItemKind.NOTE, "A view", 6)


def item(number: int, kind: ItemKind = ItemKind.PHOTO, standing: Standing = Standing.ACCEPTED) -> Item:
    file_id = None if kind is ItemKind.NOTE else f"f{number}"
    return Item(number, 1, person(1).user_id, "P1", kind, f"text {number}", file_id, standing, number)


# Who came


def test_without_a_door_all_who_were_going_came_but_for_those_noted_as_missing() -> None:
    people = [
        signup(1),
        replace(signup(2), presence=Presence.ABSENT),
        replace(signup(3), presence=Presence.EXCUSED),
        signup(4, SignUpState.DECLINED),
    ]
    assert [one.turn for one in rules.came(people)] == [1]


def test_with_a_door_only_those_who_were_seen_there_came() -> None:
    people = [
        signup(1),
        replace(signup(2), presence=Presence.LATE),
        replace(signup(3, SignUpState.MAYBE), presence=Presence.WALKED_IN),
        replace(signup(4), presence=Presence.ABSENT),
    ]
    assert [one.turn for one in rules.came(people)] == [2, 3]


# Feedback


def test_only_those_who_came_say_how_it_was_and_only_afterwards() -> None:
    me = signup(1)
    assert rules.say_flaw(event(), me, START + timedelta(hours=1), checked=False) is SayFlaw.NOT_OVER
    assert rules.say_flaw(event(State.CANCELLED), me, OVER, checked=False) is SayFlaw.CANCELLED
    assert rules.say_flaw(event(State.OVER), None, OVER, checked=False) is SayFlaw.NOT_THERE
    assert rules.say_flaw(event(State.OVER), me, OVER, checked=False) is None
    assert rules.say_flaw(event(State.OVER), me, OVER, checked=True) is SayFlaw.NOT_THERE
    late = replace(me, presence=Presence.LATE)
    assert rules.say_flaw(event(State.OVER), late, OVER, checked=True) is None


@given(st.lists(st.builds(Said, st.none() | st.integers(1, 5), st.none() | st.sampled_from(Again))))
def test_the_sums_are_those_of_all_answers(words: list[Said]) -> None:
    sums = rules.summed(words, len(words))
    stars = [said.stars for said in words if said.stars is not None]
    assert sums.answered == sum(said != Said() for said in words)
    assert sums.rated == len(stars)
    assert sums.average == pytest.approx(sum(stars) / len(stars) if stars else 0)
    assert sum(sums.again.values()) == sum(said.again is not None for said in words)


# Handing in


@pytest.mark.parametrize(
    ("what", "flaw"),
    [
        (NOTE, None),
        (Given(ItemKind.NOTE, "\u200b ", 2), HandFlaw.EMPTY),
        (Given(ItemKind.NOTE, "x" * 1001, 1001), HandFlaw.TOO_LONG),
        (Given(ItemKind.PHOTO, "x" * 1001, 1001, "f"), HandFlaw.TOO_LONG),
        (Given(ItemKind.PHOTO, "", 0, "f"), None),
        (Given(None, "", 0, "sticker"), HandFlaw.WRONG_KIND),
    ],
)
def test_what_may_be_handed_in(what: Given, flaw: HandFlaw | None) -> None:
    assert rules.hand_flaw(event(State.OVER), [], what, OVER) is flaw


def test_it_is_taken_from_the_start_on_twenty_times_and_not_twice() -> None:
    assert rules.hand_flaw(event(), [], NOTE, NOW) is HandFlaw.NOT_BEGUN
    assert rules.hand_flaw(event(State.CANCELLED), [], NOTE, OVER) is HandFlaw.CANCELLED
    assert rules.hand_flaw(event(), [], NOTE, START) is None
    mine = [item(number) for number in range(rules.MOST_HANDED)]
    assert rules.hand_flaw(event(), mine[1:], NOTE, OVER) is None
    assert rules.hand_flaw(event(), mine, NOTE, OVER) is HandFlaw.TOO_MANY
    assert rules.hand_flaw(event(), mine[:3], Given(ItemKind.PHOTO, "other", 5, "f2"), OVER) is HandFlaw.SAME
    same = replace(item(5, ItemKind.NOTE), text="A view")
    assert rules.hand_flaw(event(), [same], NOTE, OVER) is HandFlaw.SAME


# Order and albums


def test_accepted_things_change_places_with_their_neighbours_only() -> None:
    items = [item(1), item(2, standing=Standing.LEFT_OUT), item(3), item(4)]
    assert rules.neighbour(items, items[2], -1) == items[0]
    assert rules.neighbour(items, items[0], -1) is None
    assert rules.neighbour(items, items[3], 1) is None
    assert rules.neighbour(items, items[1], 1) is None


@given(st.lists(st.sampled_from(ItemKind), max_size=60))
def test_every_file_is_in_one_album_and_none_is_larger_than_telegram_takes(kinds: list[ItemKind]) -> None:
    items = [item(number, kind) for number, kind in enumerate(kinds)]
    found = rules.albums(items)
    assert sorted(file.file_id for some in found for file in some) == sorted(
        one.file_id for one in items if one.file_id is not None
    )
    for some in found:
        assert 1 <= len(some) <= ALBUM
        assert len({file.kind is ItemKind.DOCUMENT for file in some}) == 1
    seen = [len(some) for some in found if some[0].kind is not ItemKind.DOCUMENT]
    assert not seen or max(seen) - min(seen) <= 1
    order = [file.file_id for some in found for file in some if file.kind is not ItemKind.DOCUMENT]
    assert order == [f"f{number}" for number, kind in enumerate(kinds) if kind in {ItemKind.PHOTO, ItemKind.VIDEO}]


# Publishing


def test_what_can_be_published() -> None:
    post = Post("text", (File(ItemKind.PHOTO, "f1"),))
    there = Recap(posted=(Posted(post, CHAT, (5,)),))
    assert rules.publish_flaw(Recap(), [post], []) is PublishFlaw.NOTHING
    assert rules.publish_flaw(Recap(intro="Hello"), [post], []) is None
    assert rules.publish_flaw(Recap(), [post], [item(n) for n in range(101)]) is PublishFlaw.TOO_MANY
    assert rules.publish_flaw(there, [post], [item(1)]) is PublishFlaw.UNCHANGED
    assert rules.publish_flaw(there, [Post("other")], [item(1)]) is None
    on_its_way = Recap(posted=(Posted(post, CHAT),))
    assert rules.publish_flaw(on_its_way, [Post("other")], [item(1)]) is PublishFlaw.ON_ITS_WAY
    lost = Recap(posted=(Posted(post, CHAT, ()),))
    assert rules.publish_flaw(lost, [post], [item(1)]) is None, "what was refused may be tried again"


def test_only_texts_are_edited_where_they_stand() -> None:
    file = File(ItemKind.PHOTO, "f1")
    posted = [Posted(Post("old", (file,)), CHAT, (5,))]
    assert rules.can_be_edited(posted, [Post("new", (file,))], CHAT)
    assert not rules.can_be_edited(posted, [Post("new", (file, file))], CHAT)
    assert not rules.can_be_edited(posted, [Post("new", (file,))], ChatId(-1))
    assert not rules.can_be_edited([Posted(Post("old"), CHAT, ())], [Post("new")], CHAT)

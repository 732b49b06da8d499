from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.broadcast.rules.life import (
    LOW,
    UNSENT,
    WINDOW,
    Act,
    Broadcast,
    NotNow,
    Reason,
    State,
    Step,
    Target,
    after,
    decide,
)
from bot.announcements.broadcast.rules.progress import Copy, Fate, Row, is_over, needs_change, next_up, tally
from bot.announcements.broadcast.rules.typed import Typed, all_labels, labels_of, named, pick, read
from bot.announcements.rules.announcement import State as Post
from bot.announcements.rules.content import Content
from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, GroupId, UserId

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)


def group(number: int, title: str, label: str | None = None) -> Group:
    return Group(GroupId(number), ChatId(-1000 - number), title, "en", "UTC", label=label)


HIKERS, RUNNERS = group(1, "Hikers", "volunteers"), group(2, "Runners", "Volunteers, north")
HIKERS2, CLUB = group(3, "Hikers 2"), group(4, "Book club", "readers")
GROUPS = [HIKERS, RUNNERS, HIKERS2, CLUB]


def broadcast(state: State = State.RUNNING, **values: object) -> Broadcast:
    made = Broadcast(7, GroupId(1), 12, state, Content("Hello"), UserId(1), "Anna", NOW)
    return replace(made, **values)  # type: ignore[arg-type]


def row(number: int, post: Post | None = None, step: Step = Step.MADE, **values: object) -> Row:
    target = replace(Target(GroupId(number), step, version=1), **values)  # type: ignore[arg-type]
    return Row(target, None if post is None else Copy(number, post))


# To which groups


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Hikers, Runners | We meet at ten.", Typed(names=("Hikers", "Runners"), text="We meet at ten.")),
        ("label:volunteers 12", Typed(labels=("volunteers",), number=12)),
        ("all 12", Typed(everywhere=True, number=12)),
        ("Hikers 2 | Hello | you", Typed(names=("Hikers 2",), text="Hello | you")),
        ("Hikers 2 12", Typed(names=("Hikers 2",), number=12)),
        ("12", Typed(number=12)),
        ("#12", Typed(number=12)),
        ("", Typed()),
        ("| Hello", Typed(text="Hello")),
        ("全部 12", Typed(everywhere=True, number=12)),
        ("标签：志愿者，徒步群｜周六十点集合", Typed(names=("徒步群",), labels=("志愿者",), text="周六十点集合")),
        ("简称:志愿者 3", Typed(labels=("志愿者",), number=3)),
        ("Hikers,, Hikers ; label: north 3", Typed(names=("Hikers",), labels=("north",), number=3)),
    ],
)
def test_a_line_says_which_groups_and_what(line: str, expected: Typed) -> None:
    assert read(line) == expected


@given(st.text(max_size=60))
def test_any_line_can_be_read(line: str) -> None:
    typed = read(line)
    picked = pick(typed, GROUPS)
    assert len(picked.unknown) + len(picked.several) <= len(typed.names)


def test_groups_are_found_by_title_by_its_beginning_by_number_and_by_label() -> None:
    assert named(GROUPS, "hikers") == [HIKERS]
    assert named(GROUPS, "book") == [CLUB]
    assert named(GROUPS, "-1002") == [RUNNERS]
    assert pick(read("label:VOLUNTEERS 1"), GROUPS).groups == (HIKERS, RUNNERS)
    assert pick(read("label:north, Book club 1"), GROUPS).groups == (RUNNERS, CLUB)
    assert pick(read("all 1"), GROUPS).groups == tuple(GROUPS)


def test_what_cannot_be_found_is_named() -> None:
    twins = [*GROUPS, group(5, "Hikers")]
    picked = pick(read("Hikers, Swimmers, label:south, Runners 1"), twins)
    assert (picked.unknown, picked.several, picked.labels) == (("Swimmers",), ("Hikers",), ("south",))
    assert picked.groups == (RUNNERS,)
    assert not picked.is_clear


def test_labels_are_counted_the_most_frequent_first() -> None:
    assert labels_of(RUNNERS) == ("Volunteers", "north")
    assert all_labels(GROUPS) == {"volunteers": 2, "north": 1, "readers": 1}


# How far it is


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (row(1, step=Step.WAITING), Fate.WAITING),
        (row(1, Post.FAILED, Step.WAITING), Fate.WAITING),
        (row(1, step=Step.HELD), Fate.HELD),
        (row(1, Post.PUBLISHING), Fate.ON_WAY),
        (row(1, Post.PUBLISHED), Fate.SENT),
        (row(1, Post.IN_REVIEW), Fate.REVIEW),
        (row(1, Post.APPROVED), Fate.REVIEW),
        (row(1, Post.REJECTED), Fate.TURNED_DOWN),
        (row(1, Post.WITHDRAWN), Fate.WITHDRAWN),
        (row(1, step=Step.LEFT_OUT, reason=Reason.LOST), Fate.LEFT_OUT),
    ],
)
def test_the_copy_says_how_a_group_stands(found: Row, expected: Fate) -> None:
    assert found.fate is expected


@given(st.lists(st.sampled_from([*Post, None]), max_size=30))
def test_every_group_is_counted_once(posts: list[Post | None]) -> None:
    rows = [row(n, post, Step.WAITING if post is None else Step.MADE) for n, post in enumerate(posts)]
    counts = tally(broadcast(), rows)
    assert counts.total == len(posts)
    assert counts.done == sum(post not in {None, Post.PUBLISHING} for post in posts)
    assert is_over(broadcast(), rows) == (counts.done == counts.total)


def test_seconds_left_follow_from_what_is_left() -> None:
    rows = [row(n, step=Step.WAITING) for n in range(100)] + [row(200, Post.PUBLISHED), row(201, step=Step.HELD)]
    assert tally(broadcast(), rows).seconds_left == 4


@given(
    waiting=st.integers(0, 120),
    out=st.integers(0, 60),
    state=st.sampled_from(State),
)
def test_a_few_are_in_the_outbox_at_a_time_and_none_unless_it_runs(waiting: int, out: int, state: State) -> None:
    rows = [row(n, Post.PUBLISHING) for n in range(out)]
    rows += [row(1000 + n, step=Step.WAITING) for n in range(waiting)]
    room, up = next_up(broadcast(state), rows, NOW)
    if state is not State.RUNNING or out > LOW:
        assert (room, up) == (0, [])
    else:
        assert room + out == WINDOW
        assert len(up) == waiting


def test_its_own_group_comes_first_and_the_quiet_ones_when_they_wake() -> None:
    awake, asleep = NOW - timedelta(minutes=1), NOW + timedelta(hours=1)
    rows = [
        row(-5, step=Step.WAITING),
        row(1, step=Step.WAITING),
        row(2, step=Step.HELD, until=awake),
        row(3, step=Step.HELD, until=asleep),
        row(4, Post.PUBLISHED),
    ]
    assert [one.target.group_id for one in next_up(broadcast(), rows, NOW)[1]] == [1, -5, 2]
    assert tally(broadcast(), rows).next_awake == awake
    assert not is_over(broadcast(), rows[3:])


def test_a_change_concerns_copies_with_earlier_words_and_none_of_whom_nobody_knows() -> None:
    changed = broadcast(version=2)
    concerned = [post for post in Post if needs_change(changed, row(1, post))]
    assert {row(1, post).fate for post in concerned} == {Fate.SENT, Fate.REVIEW}
    assert not needs_change(changed, row(1, Post.PUBLISHED, version=2))
    assert not needs_change(changed, row(1, Post.PUBLISHED, under_way=True))
    assert not needs_change(changed, row(1, Post.PUBLISHED, problem="no"))
    taken_back = broadcast(withdrawn=True)
    assert {row(1, post).fate for post in Post if needs_change(taken_back, row(1, post))} == {
        Fate.SENT,
        Fate.REVIEW,
        Fate.FAILED,
    }


# The states


@given(st.lists(st.sampled_from(list(Act)), max_size=12))
def test_what_was_withdrawn_or_dropped_is_never_sent_again(acts: list[Act]) -> None:
    now = broadcast(State.CHOOSING)
    for act in acts:
        state = decide(now, act)
        if isinstance(state, NotNow):
            continue
        was, now = now, after(now, act, state, NOW)
        assert was.state is not State.DROPPED
        assert now.withdrawn or not was.withdrawn
        assert now.version >= was.version
        if was.withdrawn:
            assert act in {Act.PAUSE, Act.RESUME}
        if now.state not in {*UNSENT, State.DROPPED}:
            assert now.begun_at is not None
        assert now.has_lapsed is (act is Act.LAPSE)
        if act is Act.LAPSE:
            assert was.state in {State.WAITING, State.EACH}


def test_what_goes_along_with_every_date_is_never_sent_itself() -> None:
    waits = broadcast(State.EACH)
    assert {act for act in Act if not isinstance(decide(waits, act), NotNow)} == {
        Act.TICK,
        Act.WAIT,
        Act.EACH,
        Act.DROP,
        Act.LAPSE,
    }

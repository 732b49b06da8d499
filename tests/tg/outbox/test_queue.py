from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.tg.outbox.limits import TELEGRAM, UNLIMITED, Limits
from bot.tg.outbox.model import Lane, Waiting
from bot.tg.outbox.queue import Queue


def say(effect_id: int, chat_id: int = 1, priority: int = 5, after: tuple[int, ...] = ()) -> Waiting:
    return Waiting(effect_id, chat_id, Lane.SAY, priority, after)


def act(effect_id: int, chat_id: int = 1, after: tuple[int, ...] = ()) -> Waiting:
    return Waiting(effect_id, chat_id, Lane.ACT, 5, after)


def queue_of(*found: Waiting, limits: Limits | None = None, capacity: int = 5000) -> Queue:
    queue = Queue(limits or Limits(UNLIMITED), capacity)
    queue.frontier = None
    for waiting in found:
        queue.admit(waiting)
    return queue


def ids(taken: list[Waiting]) -> list[int]:
    return [waiting.id for waiting in taken]


def done(queue: Queue, effect_id: int, now: float = 0.0) -> None:
    queue.ended(effect_id, now)
    queue.settle(effect_id)


def test_one_a_line_is_taken_and_the_next_when_it_ended() -> None:
    queue = queue_of(say(1), say(2), act(3), act(4), say(5, chat_id=2))
    assert sorted(ids(queue.take(0.0, 10))) == [1, 3, 5]
    assert queue.take(0.0, 10) == []
    queue.ended(1, 0.0)
    assert ids(queue.take(0.0, 10)) == [2]


def test_the_free_ones_stand_in_no_line() -> None:
    queue = queue_of(*(Waiting(n, None, Lane.FREE, 0) for n in range(1, 6)))
    assert len(queue.take(0.0, 10)) == 5


def test_a_dependent_goes_after_the_end_is_stored_not_before() -> None:
    queue = queue_of(say(1), act(2, after=(1,)))
    assert ids(queue.take(0.0, 10)) == [1]
    queue.ended(1, 0.0)
    assert queue.take(0.0, 10) == []
    queue.settle(1)
    assert ids(queue.take(0.0, 10)) == [2]


def test_one_that_waits_for_another_holds_up_nobody() -> None:
    queue = queue_of(act(2, after=(1,)), act(3))
    assert ids(queue.take(0.0, 10)) == [3]
    assert queue.missing() == {1}
    queue.ended(3, 0.0)
    queue.settle(1)
    assert ids(queue.take(0.0, 10)) == [2]


def test_what_is_tried_again_keeps_its_place_and_its_line_pauses() -> None:
    queue = queue_of(act(1), act(2))
    queue.take(0.0, 10)
    queue.ended(1, 0.0, hold=True)
    assert queue.take(0.0, 10) == []
    queue.again(1, 5.0)
    assert queue.take(4.0, 10) == []
    assert queue.wait(4.0) == 1.0
    assert ids(queue.take(5.0, 10)) == [1]


def test_a_pause_holds_up_everything() -> None:
    queue = queue_of(say(1), act(2))
    queue.pause(3.0)
    assert queue.take(2.0, 10) == []
    assert queue.wait(2.0) == 1.0
    assert len(queue.take(3.0, 10)) == 2


def test_acts_go_on_while_messages_must_wait() -> None:
    limits = Limits(TELEGRAM)
    queue = queue_of(*(say(n, chat_id=n) for n in range(1, 41)), act(50), limits=limits)
    taken = ids(queue.take(0.0, 100))
    assert len(taken) == 31
    assert 50 in taken
    for effect_id in taken:
        done(queue, effect_id)
    assert queue.take(0.5, 100) == []
    wait = queue.wait(0.5)
    assert wait is not None
    assert len(queue.take(0.5 + wait, 100)) >= 1


def test_what_is_planned_goes_at_an_even_pace_and_what_somebody_waits_for_between() -> None:
    limits = Limits(TELEGRAM)
    queue = queue_of(*(say(n, chat_id=n, priority=9) for n in range(1, 61)), limits=limits)
    at_once = ids(queue.take(100.0, 100))
    assert 0 < len(at_once) < 15
    assert queue.take(100.0, 100) == []
    wait = queue.wait(100.0)
    assert wait is not None
    assert 0 < wait < 0.2
    queue.admit(say(99, chat_id=99, priority=0))
    assert queue.wait(100.0) == 0
    assert ids(queue.take(100.0, 100)) == [99]
    assert ids(queue.take(100.0 + wait, 100)) == [at_once[-1] + n for n in range(1, 5)]


def test_what_would_go_last_is_left_in_the_table() -> None:
    queue = queue_of(*(say(n, chat_id=n, priority=9) for n in range(1, 14)), capacity=10)
    assert len(queue) == 10
    assert queue.frontier == (9, 10)
    assert not queue.admit(say(20, priority=9))
    assert queue.admit(say(21, priority=0))
    assert ids(queue.take(0.0, 1)) == [21]


def test_when_everything_waits_for_what_is_not_here_the_queue_says_so() -> None:
    queue = queue_of(*(act(n, after=(n + 100,)) for n in range(1, 12)), capacity=8)
    assert queue.is_stuck
    queue.load(say(101, priority=9))
    assert not queue.is_stuck


@given(
    st.lists(
        st.tuples(
            st.integers(1, 3), st.sampled_from(list(Lane)), st.sampled_from([0, 5, 9]), st.sets(st.integers(1, 40))
        ),
        max_size=40,
    ),
    st.integers(1, 8),
)
def test_everything_comes_out_once_and_in_the_order_of_its_line(
    wanted: list[tuple[int, Lane, int, set[int]]], slots: int
) -> None:
    found = []
    for number, (chat_id, lane, priority, after) in enumerate(wanted, 1):
        earlier = tuple(sorted(other for other in after if other < number))
        found.append(Waiting(number, chat_id, lane, 5 if lane is Lane.ACT else priority, earlier))
    queue = queue_of(*found)
    out: list[int] = []
    under_way: list[int] = []
    while len(queue):
        taken = ids(queue.take(0.0, slots))
        for waiting in (found[effect_id - 1] for effect_id in taken):
            assert set(waiting.after) <= set(out), "it went before what it waits for"
        under_way += taken
        assert under_way, "nothing moves any more"
        first = under_way.pop(0)
        out.append(first)
        done(queue, first)
    assert sorted(out) == [waiting.id for waiting in found]
    for chat_id in (1, 2, 3):
        acts = [n for n in out if found[n - 1].lane is Lane.ACT and found[n - 1].chat_id == chat_id]
        free = [n for n in acts if not found[n - 1].after]
        assert free == sorted(free)
    assert queue.missing() == set()
    assert queue.wait(0.0) in {None, 0.0}
    assert not queue._lines
    assert not queue._dependents


def test_what_comes_while_the_table_is_read_is_read_the_next_time() -> None:
    queue = Queue(Limits(UNLIMITED))
    left = say(7, priority=6)
    new = Waiting(9, None, Lane.FREE, 5)
    queue.begin_reading()
    assert not queue.admit(new)
    queue.end_reading([left], 5000)
    frontier = queue.frontier
    assert frontier is not None
    assert (new.priority, new.id) > frontier
    queue.begin_reading()
    queue.end_reading([new, left], 5000)
    assert queue.frontier is None
    assert sorted(ids(queue.take(0.0, 10))) == [7, 9]

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.announcements.rules import run as rules
from bot.announcements.rules.people import MENTIONS
from bot.announcements.rules.run import PACE, Go, Rest, Run, State, Wait, length_of, next_step
from bot.announcements.telling.rules.way import (
    AsGroup,
    House,
    Said,
    Unpin,
    Way,
    Wish,
    is_default,
    read,
    read_said,
    write,
)

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
WISHES = st.builds(Wish, st.none() | st.sampled_from(Way), st.none() | st.booleans())


@given(WISHES)
def test_a_wish_is_read_as_it_was_written(wish: Wish) -> None:
    assert read(write(wish)) == wish


@given(WISHES, st.builds(House, st.sampled_from(Way), st.booleans()))
def test_what_an_announcement_does_not_say_the_group_does(wish: Wish, house: House) -> None:
    held = wish.within(house)
    assert held.way == (wish.way or house.way)
    assert held.unpin == (house.unpin if wish.unpin is None else wish.unpin)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("pin", Way.PIN),
        ("Mentions", Way.MENTION),
        ("both", Way.BOTH),
        ("nobody", Way.NOBODY),
        ("置顶", Way.PIN),
        ("点名", Way.MENTION),
        ("都要", Way.BOTH),
        ("不通知", Way.NOBODY),
        ("unpin", Unpin(True)),
        ("unpin on", Unpin(True)),
        ("unpin OFF", Unpin(False)),
        ("取消置顶 开", Unpin(True)),
        ("取消上一条置顶 关", Unpin(False)),
        ("default", AsGroup()),
        ("默认", AsGroup()),
        ("unpin perhaps", None),
        ("dance", None),
        ("", None),
    ],
)
def test_what_is_typed_is_understood_in_both_languages(typed: str, said: Said | None) -> None:
    assert read_said(typed) == said


def test_the_group_is_named_in_the_place_of_a_number() -> None:
    assert is_default("Default")
    assert is_default("默认")
    assert not is_default("12")


@given(st.integers(0, 10_000))
def test_the_length_keeps_room_for_answers_within_the_limit_of_a_group(people: int) -> None:
    messages = -(-people // MENTIONS)
    assert length_of(people) == messages * PACE
    assert timedelta(minutes=1) / PACE <= 15


@pytest.mark.parametrize("state", list(State))
def test_only_what_runs_is_stopped_and_only_what_stands_still_goes_on(state: State) -> None:
    run = Run(1, 1, state)
    assert (rules.stopped(run) is not None) == (state is State.RUNNING)
    assert (rules.resumed(run) is not None) == (state in {State.STOPPED, State.REFUSED})


def test_nobody_is_disturbed_while_the_group_is_quiet() -> None:
    run = Run(1, 1)
    assert next_step(run, NOW) == Wait(NOW)
    assert next_step(run, None) == Go()
    assert next_step(replace(run, on_way=True), None) == Rest()
    assert next_step(replace(run, on_way=True), NOW) == Rest()


class Mentioning(RuleBasedStateMachine):
    """A group whose members come and go while they are mentioned; a model of what has surely, or perhaps, arrived."""

    @initialize(people=st.sets(st.integers(1, 60), max_size=40))
    def begin(self, people: set[int]) -> None:
        self.here = set(people)
        self.always = set(people)
        self.run = Run(1, 1, known=len(people))
        self.on_way: list[int] = []
        self.told: list[int] = []
        self.unsure: list[int] = []

    def _after(self, run: Run | None) -> None:
        assert run is not None
        self.run = run
        self.on_way = []

    @precondition(lambda self: next_step(self.run, None) == Go())
    @rule()
    def put(self) -> None:
        found = sorted(one for one in self.here if one > self.run.cursor)[: MENTIONS + 1]
        self.on_way = found[:MENTIONS]
        self.run = rules.put(self.run, self.on_way, more=len(found) > MENTIONS)
        assert self.run.on_way == bool(self.on_way)

    @precondition(lambda self: self.run.on_way)
    @rule()
    def it_arrives(self) -> None:
        self.told += self.on_way
        self._after(rules.delivered(self.run, self.run.batch))

    @precondition(lambda self: self.run.on_way)
    @rule()
    def nobody_knows(self) -> None:
        self.unsure += self.on_way
        self._after(rules.lost(self.run, self.run.batch))

    @precondition(lambda self: self.run.on_way)
    @rule(again=st.booleans())
    def it_does_not_arrive(self, again: bool) -> None:
        self._after(rules.refused(self.run, self.run.batch, "other", "no", again=again))

    @rule(off=st.integers(1, 3))
    def the_result_of_another_message_changes_nothing(self, off: int) -> None:
        batch = self.run.batch - off
        assert rules.delivered(self.run, batch) is None
        assert rules.lost(self.run, batch) is None
        assert rules.refused(self.run, batch, "", "", again=False) is None

    @rule()
    def stop_or_go_on(self) -> None:
        self.run = rules.stopped(self.run) or rules.resumed(self.run) or self.run

    @rule(who=st.integers(1, 60), comes=st.booleans())
    def somebody_comes_or_goes(self, who: int, comes: bool) -> None:
        (self.here.add if comes else self.here.discard)(who)
        self.always.discard(who)

    @invariant()
    def nobody_is_named_twice(self) -> None:
        if not hasattr(self, "run"):
            return
        named = [*self.told, *self.unsure, *self.on_way]
        assert len(named) == len(set(named))
        assert (self.run.told, self.run.unsure) == (len(self.told), len(self.unsure))

    @invariant()
    def when_it_is_done_everybody_who_was_there_all_the_time_was_named(self) -> None:
        if hasattr(self, "run") and self.run.state is State.DONE:
            assert self.always <= {*self.told, *self.unsure}
            assert not self.run.on_way


TestMentioning = Mentioning.TestCase

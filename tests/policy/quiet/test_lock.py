"""Closing and opening a group: whatever happens in between, members have afterwards what they had before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.policy.quiet.rules.lock import (
    RETRY_EVERY,
    SENDING,
    Lock,
    Phase,
    Said,
    Turn,
    Why,
    answered,
    encouraged,
    look,
)

NOW = datetime(2027, 3, 10, 22, 0, tzinfo=UTC)
MORNING = NOW + timedelta(hours=9, minutes=30)
OTHERS = ("can_invite_users", "can_pin_messages", "can_react_to_messages")
ALL = dict.fromkeys((*sorted(SENDING), *OTHERS), True)
WITHOUT = {name: allowed and name not in SENDING for name, allowed in ALL.items()}


def closed(base: dict[str, bool] | None = None) -> Lock:
    turn = look(Lock(), MORNING, base or ALL, NOW)
    return answered(turn.lock, turn.lock.order, None, NOW)[0]


def test_the_permissions_to_write_are_taken_and_nothing_else() -> None:
    turn = look(Lock(), MORNING, ALL, NOW)
    assert turn.order == WITHOUT
    assert look(Lock(), None, ALL, NOW).order is None


def test_they_are_given_back_and_what_was_withheld_before_is_not() -> None:
    own = {**ALL, "can_send_polls": False}
    turn = look(closed(own), None, {**WITHOUT}, MORNING)
    assert turn.order == own


def test_what_administrators_set_in_the_night_is_kept() -> None:
    own = {**ALL, "can_send_polls": False}
    seen = {**WITHOUT, "can_send_polls": True, "can_invite_users": False, "can_send_messages": True}
    assert look(closed(own), None, seen, MORNING).order == {**ALL, "can_invite_users": False}


def test_a_group_that_was_opened_by_hand_is_not_closed_again_before_the_next_night() -> None:
    turn = look(closed(), MORNING, ALL, NOW + timedelta(hours=1))
    assert turn.order is None
    assert look(turn.lock, MORNING, ALL, NOW + timedelta(hours=2)).order is None
    assert look(turn.lock, MORNING + timedelta(days=1), ALL, NOW + timedelta(days=1)).order == WITHOUT
    assert look(encouraged(turn.lock, anew=True), MORNING, ALL, NOW + timedelta(hours=2)).order == WITHOUT


def test_a_group_in_which_nobody_may_write_anyway_is_left_alone() -> None:
    turn = look(Lock(), MORNING, WITHOUT, NOW)
    assert turn.order is None
    assert look(turn.lock, MORNING, ALL, NOW + timedelta(hours=1)).order is None


def test_a_refusal_is_told_once_and_tried_again_in_an_hour_or_when_the_right_is_there() -> None:
    turn = look(Lock(), MORNING, ALL, NOW)
    lock, said = answered(turn.lock, 1, Why.NO_RIGHT, NOW)
    assert said is Said.NOT_CLOSED
    waiting = look(lock, MORNING, ALL, NOW)
    assert waiting == Turn(waiting.lock, None, NOW + RETRY_EVERY)
    assert look(encouraged(waiting.lock), MORNING, ALL, NOW).order == WITHOUT
    again = look(waiting.lock, MORNING, ALL, NOW + RETRY_EVERY)
    assert answered(again.lock, 2, Why.NO_RIGHT, NOW + RETRY_EVERY)[1] is None


def test_what_telegram_did_although_it_seemed_to_refuse_is_given_back() -> None:
    turn = look(Lock(), MORNING, ALL, NOW)
    lock, _ = answered(turn.lock, 1, Why.OTHER, NOW)
    assert look(lock, MORNING, WITHOUT, NOW).lock.phase is Phase.CLOSED
    assert look(lock, None, WITHOUT, NOW).order == ALL


def test_a_group_that_is_being_opened_is_closed_again_and_loses_nothing() -> None:
    opening = look(closed(), None, WITHOUT, NOW)
    again = look(opening.lock, MORNING, WITHOUT, NOW)
    assert again.order == WITHOUT
    lock, _ = answered(again.lock, opening.lock.order, None, NOW)
    assert lock == again.lock
    assert look(answered(lock, again.lock.order, None, NOW)[0], None, WITHOUT, MORNING).order == ALL


def test_permissions_that_telegram_does_not_show_are_given_back_as_they_were_stored_at_last() -> None:
    turn = Turn(closed())
    for minute in range(2):
        turn = look(turn.lock, None, None, MORNING + timedelta(minutes=minute))
        assert turn.order is None
    assert look(turn.lock, None, None, MORNING + timedelta(minutes=2)).order == ALL


@dataclass
class World:
    """Telegram: what members may do, and the orders that wait for it, in the order in which they were given."""

    shown: dict[str, bool]
    waiting: list[tuple[int, dict[str, bool]]] = field(default_factory=list)
    answers: list[tuple[int, Why | None]] = field(default_factory=list)


class AnyOrder(RuleBasedStateMachine):
    """Looks, answers, crashes, changed wishes and refusals in any order. A crash loses no order, but may repeat one."""

    @initialize(base=st.fixed_dictionaries({name: st.booleans() for name in ALL}))
    def begin(self, base: dict[str, bool]) -> None:
        self.before = dict(base)
        self.world = World(dict(base))
        self.lock = Lock()
        self.now = NOW
        self.until: datetime | None = None

    @rule(quiet=st.booleans())
    def wish(self, quiet: bool) -> None:
        self.until = self.now + timedelta(hours=8) if quiet else None
        self.glance(seen=True)

    @rule(seen=st.booleans())
    def glance(self, seen: bool) -> None:
        turn = look(self.lock, self.until, self.world.shown if seen else None, self.now)
        self.lock = turn.lock
        if turn.order is not None:
            self.world.waiting.append((turn.lock.order, dict(turn.order)))

    @rule(minutes=st.integers(1, 90))
    def pass_time(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def right_is_back(self) -> None:
        self.lock = encouraged(self.lock)

    @precondition(lambda self: self.world.waiting)
    @rule(fate=st.sampled_from(["done", "refused", "done but lost", "done twice"]))
    def carry_out(self, fate: str) -> None:
        number, wanted = self.world.waiting[0]
        if fate != "refused":
            self.world.shown = dict(wanted)
        if fate != "done twice":
            self.world.waiting.pop(0)
            lost = {"refused": Why.NO_RIGHT, "done but lost": Why.OTHER}
            self.world.answers.append((number, lost.get(fate)))

    @precondition(lambda self: self.world.answers)
    @rule()
    def answer(self) -> None:
        number, why = self.world.answers.pop(0)
        self.lock, _ = answered(self.lock, number, why, self.now)

    @invariant()
    def what_was_withheld_is_never_granted(self) -> None:
        assert all(self.before[name] for name, allowed in self.world.shown.items() if allowed)

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        self.until = None
        for _ in range(6):
            self.glance(seen=True)
            while self.world.waiting:
                self.carry_out("done")
            while self.world.answers:
                self.answer()
            self.now += RETRY_EVERY
        assert self.world.shown == self.before
        assert self.lock.phase is Phase.OPEN
        assert not self.world.waiting


AnyOrder.TestCase.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
TestAnyOrder = AnyOrder.TestCase

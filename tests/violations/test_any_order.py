"""Warnings, undoings, lost and given rights, and days that pass, in any order, against a model.

The model knows only when each warning was given and whether it was undone, and of Telegram only what it was told last.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.kernel.ids import GroupId, UserId
from bot.violations.rules.case import Act, Case, Did, DidNot, Person, State, Why, settle
from bot.violations.rules.ladder import DEFAULT_LADDER, Step, step_at
from bot.violations.rules.ledger import Ask, Ledger, next_step, next_step_holds_until, open_case
from bot.violations.rules.orders import (
    Kick,
    LetBack,
    LiftMute,
    MuteUntil,
    Order,
    Remove,
    imposing,
    retry,
    uncovered,
    undo,
)
from bot.violations.rules.settings import EXPIRY

START = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
MEI, ANNA, BEN = Person(UserId(10), "Mei"), Person(UserId(20), "Anna"), Person(UserId(30), "Ben")


class Ladder(RuleBasedStateMachine):
    """One person, one group, one Telegram that may or may not give the bot the right to restrict."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.cases: list[Case] = []
        self.given: dict[int, datetime] = {}
        self.announced: tuple[Step, datetime] | None = None
        self.allowed = True
        self.muted_until: datetime | None = None
        self.orders: list[tuple[int, Act, Order]] = []

    @initialize(allowed=st.booleans())
    def begin(self, allowed: bool) -> None:
        self.allowed = allowed

    @property
    def ledger(self) -> Ledger:
        return Ledger(tuple(self.cases), DEFAULT_LADDER, len(self.cases) + 1)

    def put(self, changed: Case) -> None:
        self.cases = [changed if case.id == changed.id else case for case in self.cases]

    @rule()
    def warn(self) -> None:
        case = open_case(Ask(GroupId(1), MEI, ANNA, "spam"), self.ledger, self.now)
        case = replace(case, id=case.number)
        standing = [at for at in self.given.values() if self.now < at + EXPIRY]
        assert case.step == step_at(DEFAULT_LADDER, len(standing) + 1)
        if self.announced is not None and self.now < self.announced[1]:
            assert case.step == self.announced[0]
        order = imposing(case, self.cases, self.now) if case.state is State.ORDERED else None
        self.cases.append(case)
        self.given[case.id] = self.now
        if order is not None:
            self.orders.append((case.id, Act.IMPOSE, order))
        self.announce()

    @precondition(lambda self: any(case.undone is None for case in self.cases))
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        case = data.draw(st.sampled_from([case for case in self.cases if case.undone is None]))
        after, order = undo(case, self.cases, BEN, self.now)
        self.put(after)
        self.given.pop(case.id, None)
        if order is not None:
            self.orders.append((case.id, Act.LIFT, order))
        self.announce()

    def announce(self) -> None:
        holds = next_step_holds_until(self.ledger, self.now)
        self.announced = None if holds is None else (next_step(self.ledger, self.now), holds)

    @precondition(lambda self: self.orders)
    @rule()
    def telegram_answers(self) -> None:
        case_id, act, order = self.orders.pop(0)
        reply: Did | DidNot = Did() if self.allowed else DidNot(Why.NO_RIGHT)
        match order:
            case MuteUntil(until) if self.allowed:
                if until - self.now < timedelta(seconds=35):
                    reply = DidNot(Why.TOO_LATE)
                else:
                    self.muted_until = until
            case LiftMute() if self.allowed:
                self.muted_until = None
            case MuteUntil() | LiftMute() | Remove() | Kick() | LetBack():
                pass
        after = settle(self.cases[case_id - 1], act, reply)
        self.put(after)
        if after.state is State.REFUSED:
            for freed, lift in uncovered(self.cases, self.now):
                self.put(freed)
                self.orders.append((freed.id, Act.LIFT, lift))

    @rule(allowed=st.booleans())
    def right_changes(self, allowed: bool) -> None:
        self.allowed = allowed

    @precondition(lambda self: self.cases)
    @rule(data=st.data())
    def somebody_tries_again(self, data: st.DataObject) -> None:
        case = data.draw(st.sampled_from(self.cases))
        again = retry(case, self.cases, self.now)
        if again is None:
            return
        self.put(again[0])
        if again[2] is not None:
            self.orders.append((case.id, again[1], again[2]))

    @rule(by=st.sampled_from([timedelta(seconds=20), timedelta(minutes=20), timedelta(hours=7), timedelta(days=9)]))
    def time_passes(self, by: timedelta) -> None:
        # Orders wait for minutes, not for days: the outbox is a queue, and drops a mute that comes too late.
        while self.orders and by > timedelta(minutes=1):
            self.telegram_answers()
        self.now += by

    @invariant()
    def nobody_is_muted_longer_than_a_standing_case_says(self) -> None:
        if self.orders or self.muted_until is None or self.muted_until <= self.now:
            return
        reasons = [case for case in self.cases if case.mute_until is not None and case.mute_until >= self.muted_until]
        assert any(case.undone is None or case.state is State.LIFT_REFUSED for case in reasons)

    @invariant()
    def whoever_a_card_calls_muted_is_muted(self) -> None:
        if self.orders:
            return
        for case in self.cases:
            if case.state is State.DONE and case.mutes(self.now) and case.mute_until is not None:
                assert self.muted_until is not None
                assert self.muted_until >= case.mute_until

    @invariant()
    def no_case_is_ever_lost(self) -> None:
        assert [case.number for case in self.cases] == list(range(1, len(self.cases) + 1))


Ladder.TestCase.settings = settings(stateful_step_count=40, deadline=None)
TestLadder = Ladder.TestCase

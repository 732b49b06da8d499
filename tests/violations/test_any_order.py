"""Warnings of many rules, undoings, lost and given rights, going and coming back, and days that pass, in any order.

The model knows only when each warning was given for which rule, and whether it was undone; of Telegram it knows only what it was
told last.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.kernel.ids import GroupId, UserId
from bot.violations.rules import leaving
from bot.violations.rules.case import Act, Case, Did, DidNot, Person, State, Why, settle
from bot.violations.rules.ladder import DEFAULT_LADDER, Rung, Step, step_at
from bot.violations.rules.ladder import Ladder as Steps
from bot.violations.rules.ledger import (
    Ask,
    Ledger,
    fold_into,
    folded,
    lapsing,
    next_step,
    next_step_holds_until,
    open_case,
    removal_is_open,
)
from bot.violations.rules.orders import (
    Kick,
    LetBack,
    LiftMute,
    MuteUntil,
    Order,
    Remove,
    TextUntil,
    following,
    imposing,
    paused,
    resumed,
    retry,
    uncovered,
    undo,
)
from bot.violations.rules.settings import Settings

START = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
MEI, ANNA, BEN, BOT = (Person(UserId(n), name) for n, name in ((10, "Mei"), (20, "Anna"), (30, "Ben"), (99, "@bot")))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OWN: Steps = (Step(Rung.RESTRICT, 2 * DAY), Step(Rung.MUTE, HOUR), Step(Rung.LEAVE), Step(Rung.BAN))
RULES = ("", "A1", "A2", "A3")
POINTS = {"": 1, "A1": 1, "A2": 3, "A3": 2}


class Ladder(RuleBasedStateMachine):
    """One person, one group, one Telegram that may or may not give the bot the right to restrict."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.cases: list[Case] = []
        self.given: dict[int, tuple[datetime, str]] = {}
        self.announced: dict[tuple[str, int], tuple[Step, datetime]] = {}
        self.own: set[str] = set()
        self.chosen = Settings()
        self.allowed = True
        self.told: MuteUntil | TextUntil | None = None
        self.here = True
        self.orders: list[tuple[int, Act, Order]] = []

    @initialize(
        allowed=st.booleans(),
        own=st.sets(st.sampled_from(["A2", "A3"])),
        clean=st.sampled_from([None, 10 * DAY, 20 * DAY]),
        points=st.booleans(),
        cap=st.sampled_from([None, 1, 2]),
    )
    def begin(self, allowed: bool, own: set[str], clean: timedelta | None, points: bool, cap: int | None) -> None:
        self.allowed, self.own = allowed, set(own)
        self.chosen = Settings(clean=clean, points=points, daily_cap=cap)

    def track(self, code: str) -> str:
        return code if code in self.own else ""

    def ledger(self, code: str = "") -> Ledger:
        track = self.track(code)
        cases = lapsing(self.cases, self.chosen.clean)
        return Ledger(cases, OWN if track else DEFAULT_LADDER, len(cases) + 1, track, self.chosen)

    def put(self, changed: Case) -> None:
        self.cases = [changed if case.id == changed.id else case for case in self.cases]

    # What the model thinks

    def counting(self, code: str, at: datetime) -> int:
        """Count what counts on a rule's ladder, from the days on which warnings were given alone."""
        days = sorted((given, named) for given, named in self.given.values())
        clean = self.chosen.clean
        if clean is not None and days:
            ends = [*(given for given, _named in days[1:]), at]
            breaks = [
                place
                for place, ((given, _named), end) in enumerate(zip(days, ends, strict=True))
                if end - given >= clean
            ]
            days = days[breaks[-1] + 1 :] if breaks else days
        standing = [named for given, named in days if at < given + self.chosen.expiry]
        return sum(self.weight(named) for named in standing if self.track(named) == self.track(code))

    def weight(self, code: str) -> int:
        return POINTS[code] if self.chosen.points else 1

    # What people do

    @precondition(lambda self: self.here)
    @rule(code=st.sampled_from(RULES), bot=st.booleans())
    def warn(self, code: str, bot: bool) -> None:
        ledger = self.ledger(code)
        ask = Ask(GroupId(1), MEI, BOT if bot else ANNA, "spam", rule=code, points=POINTS[code], automatic=bot)
        if bot:
            into = fold_into(ask, ledger, self.now.replace(hour=0, minute=0, second=0), self.now)
            today = [c for c in self.cases if c.automatic and c.undone is None and c.track == ledger.track]
            today = [c for c in today if c.issued_at.date() == self.now.date() and c.level > 0]
            if self.chosen.daily_cap is not None and len(today) >= self.chosen.daily_cap:
                assert into is not None
            if into is not None:
                self.put(replace(folded(into, ask), lapses_at=None))
                return
        case = open_case(ask, ledger, self.now)
        case = replace(case, id=case.number)
        assert case.step == step_at(ledger.ladder, self.counting(code, self.now) + self.weight(code))
        foretold = self.announced.get((ledger.track, self.weight(code)))
        if foretold is not None and self.now < foretold[1]:
            assert case.step == foretold[0]
        order = imposing(case, self.cases, self.now) if case.state is State.ORDERED else None
        self.cases.append(case)
        self.given[case.id] = (self.now, code)
        if order is not None:
            self.orders.append((case.id, Act.IMPOSE, order))
        self.announce()

    @precondition(lambda self: any(case.undone is None for case in self.cases))
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        case = data.draw(st.sampled_from([case for case in self.cases if case.undone is None]))
        after, order = undo(case, self.cases, BEN, self.now)
        for fallen in leaving.taken_back_with(after, self.cases):
            self.put(undo(fallen, self.cases, BEN, self.now)[0])
        self.put(after)
        self.given.pop(case.id, None)
        if order is not None:
            self.orders.append((case.id, Act.LIFT, order))
        self.announce()

    @rule(code=st.sampled_from(["A2", "A3"]), own=st.booleans())
    def a_rule_gets_or_loses_its_own_ladder(self, code: str, own: bool) -> None:
        (self.own.add if own else self.own.discard)(code)
        for case in self.cases:
            if case.rule == code and case.level > 0:
                self.put(replace(case, track=self.track(code)))
        self.announce()

    @rule(yes=st.booleans())
    def a_second_manager_decides(self, yes: bool) -> None:
        for case in self.cases:
            if case.state is State.PROPOSED:
                self.put(replace(case, state=State.ORDERED if yes else State.DECLINED, decided_by=BEN))
                if yes:
                    self.orders.append((case.id, Act.IMPOSE, Remove()))

    def announce(self) -> None:
        self.announced = {}
        for code in RULES:
            ledger = self.ledger(code)
            holds = next_step_holds_until(ledger, self.now, POINTS[code])
            if holds is not None:
                step = next_step(ledger, self.now, POINTS[code])
                self.announced[ledger.track, self.weight(code)] = (step, holds)

    # What Telegram does

    @precondition(lambda self: self.orders)
    @rule()
    def telegram_answers(self) -> None:
        case_id, act, order = self.orders.pop(0)
        reply = self.act_on(order) if self.allowed else DidNot(Why.NO_RIGHT)
        after = settle(self.cases[case_id - 1], act, reply)
        self.put(after)
        if after.is_removal and after.state is State.DONE:
            self.goes(removed=True)
        if after.state is State.REFUSED:
            for freed, lift in uncovered(self.cases, self.now):
                self.put(freed)
                self.orders.append((freed.id, Act.LIFT, lift))

    def act_on(self, order: Order) -> Did | DidNot:
        match order:
            case MuteUntil(until) | TextUntil(until) if not self.here:
                return DidNot(Why.TARGET_GONE)
            case MuteUntil(until) | TextUntil(until) if until - self.now < timedelta(seconds=35):
                return DidNot(Why.TOO_LATE)
            case MuteUntil() | TextUntil():
                self.told = order
            case LiftMute():
                self.told = None
            case Remove() | Kick() | LetBack():
                pass
        return Did()

    @rule(allowed=st.booleans())
    def right_changes(self, allowed: bool) -> None:
        self.allowed = allowed

    @rule(removed=st.booleans())
    def goes(self, removed: bool) -> None:
        if not self.here:
            return
        # Orders take seconds: nobody goes, or is back, before one that was under way is answered.
        while self.orders and not removed:
            self.telegram_answers()
        self.here = False
        for case in leaving.went(self.cases, self.now):
            self.put(case)
        if removed:
            self.told = None
            for case in paused(self.cases, self.now):
                self.put(case)

    @precondition(lambda self: not self.here)
    @rule()
    def comes_back(self) -> None:
        while self.orders:
            self.telegram_answers()
        self.here = True
        for case in leaving.returned(self.cases, self.now):
            self.put(case)
        if self.told is None:
            for case, order in resumed(self.cases, self.now):
                self.put(case)
                self.orders.append((case.id, Act.IMPOSE, order))

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

    @rule(by=st.sampled_from([timedelta(seconds=20), timedelta(minutes=20), 7 * HOUR, DAY, 9 * DAY]))
    def time_passes(self, by: timedelta) -> None:
        # Orders wait for minutes, not for days: the outbox is a queue, and drops a mute that comes too late.
        while self.orders and by > timedelta(minutes=1):
            self.telegram_answers()
        until = self.now + by
        while (due := self.next_alarm(until)) is not None:
            self.now = due
            self.alarm()
            while self.orders and until - self.now > timedelta(minutes=1):
                self.telegram_answers()
        self.now = until

    def next_alarm(self, until: datetime) -> datetime | None:
        ends = [at for case in self.cases for at in (case.mute_until, case.leave_by) if at is not None]
        return min((at for at in ends if self.now < at <= until), default=None)

    def alarm(self) -> None:
        again = following(self.cases, self.now)
        if any(case.mute_until == self.now and not case.is_text_only for case in self.cases) and again is not None:
            self.put(again[0])
            self.orders.append((again[0].id, Act.IMPOSE, again[1]))
        for case in [case for case in self.cases if case.leave_by == self.now]:
            if leaving.is_over(case, self.cases, self.now):
                assert self.here
                assert case.undone is None
                proposed = leaving.removal_after(case, self.ledger(), self.now)
                self.cases.append(replace(proposed, id=proposed.number))

    # What always holds

    @invariant()
    def nobody_is_held_longer_than_a_standing_case_says(self) -> None:
        if self.orders or self.told is None or self.told.until <= self.now:
            return
        until = self.told.until
        reasons = [case for case in self.cases if case.mute_until is not None and case.mute_until >= until]
        assert any(case.undone is None or case.state is State.LIFT_REFUSED for case in reasons)

    @invariant()
    def whoever_a_card_calls_muted_is_muted(self) -> None:
        if self.orders or not self.here:
            return
        for case in self.cases:
            if case.state is not State.DONE or not case.mutes(self.now) or case.mute_until is None:
                continue
            assert self.told is not None
            assert self.told.until > self.now
            if not case.is_text_only:
                assert isinstance(self.told, MuteUntil)
            if not case.is_text_only or isinstance(self.told, TextUntil):
                assert self.told.until >= case.mute_until

    @invariant()
    def no_case_is_ever_lost(self) -> None:
        assert [case.number for case in self.cases] == list(range(1, len(self.cases) + 1))

    @invariant()
    def who_is_asked_to_leave_is_proposed_at_most_once(self) -> None:
        follows = [case.follows for case in self.cases if case.follows and case.undone is None]
        assert len(follows) == len(set(follows))
        assert sum(case.state is State.PROPOSED for case in self.cases) <= 1 or removal_is_open(self.cases)

    @invariant()
    def what_counts_is_what_was_given_and_not_taken_back(self) -> None:
        for code in RULES:
            ledger = self.ledger(code)
            expected = step_at(ledger.ladder, self.counting(code, self.now) + self.weight(code))
            assert next_step(ledger, self.now, POINTS[code]) == expected


Ladder.TestCase.settings = settings(stateful_step_count=40, deadline=None)
TestLadder = Ladder.TestCase

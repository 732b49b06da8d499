"""Appeals among warnings, undoings, refusals and days that pass, in any order: the ladder neither skips nor repeats a step."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from bot.violations.appeals.rules import lighter
from bot.violations.rules.case import Act, Case, State
from bot.violations.rules.ledger import next_step
from bot.violations.rules.orders import imposing, undo
from bot.violations.rules.replacing import in_place_of
from tests.violations.test_any_order import BEN, Ladder


class Appealed(Ladder):
    """The ladder of one person, whose cases an appeal may lift or make lighter at any moment.

    What the model knows stays as simple as it was: a lighter case was given when the old one was, a lifted one not at all.
    """

    def standing_cases(self) -> list[Case]:
        return [case for case in self.cases if case.undone is None]

    @precondition(lambda self: any(case.undone is None for case in self.cases))
    @rule(data=st.data())
    def an_appeal_makes_it_lighter(self, data: st.DataObject) -> None:
        case = data.draw(st.sampled_from(self.standing_cases()))
        steps = lighter(case, self.now)
        if not steps:
            return
        coming = next_step(self.ledger(), self.now)
        new = in_place_of(case, data.draw(st.sampled_from(steps)), len(self.cases) + 1, self.now, basic=False)
        new = replace(new, id=new.number)
        others = [other for other in self.cases if other.id != case.id]
        after, order = undo(case, (*self.cases, new), BEN, self.now)
        imposed = imposing(new, others, self.now) if new.state is State.ORDERED else None
        self.put(after)
        self.cases.append(new)
        if case.id in self.given:
            self.given[new.id] = self.given.pop(case.id)
        self.orders += [(after.id, Act.LIFT, order)] if order is not None else []
        self.orders += [(new.id, Act.IMPOSE, imposed)] if imposed is not None else []
        assert next_step(self.ledger(), self.now) == coming, "a lighter case takes the same place on the ladder"
        assert new.counts(self.now) == case.counts(self.now)
        assert new.expires_at == case.expires_at
        self.announce()

    @precondition(lambda self: any(case.undone is None for case in self.cases))
    @rule(data=st.data())
    def what_may_take_its_place_is_lighter(self, data: st.DataObject) -> None:
        case = data.draw(st.sampled_from(self.standing_cases()))
        for step in lighter(case, self.now):
            assert step != case.step
            if step.rung is case.step.rung and case.step.mute is not None:
                assert step.mute is None or step.mute < case.step.mute
            if step.mute is not None and not case.is_removal:
                assert case.step.mute is not None
                assert timedelta(0) < step.mute <= case.step.mute


Appealed.TestCase.settings = settings(stateful_step_count=40, deadline=None)
TestAppealed = Appealed.TestCase

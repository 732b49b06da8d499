"""A channel that writes in the group: its ladder, what is ordered against it, and what its cards say, in any order (R22)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.i18n import Texts, texts_for
from bot.kernel.ids import GroupId, UserId
from bot.violations.rules.case import Act, Case, Did, DidNot, Person, State, Undone, Why, settle
from bot.violations.rules.direct import Taken, followed, open_direct, released
from bot.violations.rules.ladder import DEFAULT_LADDER, Ladder, Rung, Step, fault_of, for_channels, step_at
from bot.violations.rules.ledger import Ask, Ledger, lapsing, open_case
from bot.violations.rules.orders import LetBack, Order, Remove, imposing, retry, uncovered, undo
from bot.violations.rules.settings import Settings
from bot.violations.texts import answers, card, direct, heavy
from tests.violations.test_texts import CASE, well_formed

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ADS, ANNA, BEN = Person(UserId(-1001), "<b>Ads"), Person(UserId(20), "Anna"), Person(UserId(30), "Ben")
EN, ZH = texts_for("en", "UTC"), texts_for("zh_Hans", "Asia/Shanghai")
HARMLESS = frozenset({Rung.NOTICE, Rung.WARNING, Rung.SERIOUS})
ON_LADDERS = [rung for rung in Rung if rung not in {Rung.UNMUTE, Rung.UNBAN}]
STEPS = st.builds(Step, st.sampled_from(ON_LADDERS), st.none() | st.sampled_from([HOUR, DAY]))
LADDERS = st.lists(STEPS, min_size=1, max_size=8).map(tuple).filter(lambda ladder: fault_of(ladder) is None)


@given(LADDERS)
def test_a_channel_goes_up_the_same_ladder_until_a_step_would_take_a_right(ladder: Ladder) -> None:
    climbed = for_channels(ladder)
    assert fault_of(climbed) is None
    assert for_channels(climbed) == climbed
    assert all(step.mute is None and step.rung in {*HARMLESS, Rung.BAN, Rung.REMOVAL} for step in climbed)
    assert all(step.rung in HARMLESS for step in climbed[:-1])
    for step, own in zip(climbed, ladder, strict=False):
        takes = own.mute is not None or own.rung in {Rung.MUTE, Rung.RESTRICT, Rung.KICK, Rung.BAN}
        assert (step.rung is Rung.BAN) == takes
        assert own.rung in {step.rung, Rung.LEAVE} or takes


def test_the_first_ladder_of_a_group_bans_at_its_second_step() -> None:
    assert for_channels(DEFAULT_LADDER) == (Step(Rung.WARNING), Step(Rung.BAN))


class Channel(RuleBasedStateMachine):
    """One channel, one group, one Telegram that may or may not give the bot the right to restrict."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.cases: list[Case] = []
        self.ladder: Ladder = DEFAULT_LADDER
        self.chosen = Settings()
        self.allowed = True
        self.kept_out = False
        self.orders: list[tuple[int, Act, Order]] = []

    @initialize(ladder=LADDERS, second=st.booleans())
    def begin(self, ladder: Ladder, second: bool) -> None:
        self.ladder, self.chosen = for_channels(ladder), Settings(second=second)

    def ledger(self) -> Ledger:
        return Ledger(lapsing(self.cases, None), self.ladder, len(self.cases) + 1, settings=self.chosen)

    def put(self, changed: Case) -> None:
        self.cases = [changed if case.id == changed.id else case for case in self.cases]

    def order(self, case: Case, act: Act, order: Order | None) -> None:
        if order is not None:
            assert isinstance(order, LetBack) or order == Remove(None), "Telegram knows nothing else of channels"
            self.orders.append((case.id, act, order))

    def opened(self, case: Case) -> None:
        case = replace(case, id=case.number)
        self.cases.append(case)
        if case.state is State.ORDERED:
            self.order(case, Act.IMPOSE, imposing(case, self.cases, self.now))

    # What people do

    @precondition(lambda self: not self.kept_out)
    @rule()
    def breach(self) -> None:
        count = sum(case.counts(self.now) for case in self.cases)
        case = open_case(Ask(GroupId(1), ADS, ANNA, "spam", automatic=True), self.ledger(), self.now)
        assert case.step == step_at(self.ladder, count + 1)
        assert (case.mute_until, case.leave_by) == (None, None)
        self.opened(case)

    @rule()
    def ban(self) -> None:
        self.opened(open_direct(Ask(GroupId(1), ADS, ANNA, "spam"), Step(Rung.BAN), self.ledger(), self.now))

    @rule()
    def unban(self) -> None:
        release = open_direct(Ask(GroupId(1), ADS, ANNA), Step(Rung.UNBAN), self.ledger(), self.now)
        taken = Taken(release, None, self.ledger(), tuple(released(release, self.cases)))
        for ended in taken.released:
            self.put(ended)
        self.opened(release)

    @precondition(lambda self: any(case.undone is None and not case.is_release for case in self.cases))
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        standing = [case for case in self.cases if case.undone is None and not case.is_release]
        case = data.draw(st.sampled_from(standing))
        after, order = undo(case, self.cases, BEN, self.now)
        self.put(after)
        self.order(after, Act.LIFT, order)

    @rule(yes=st.booleans())
    def a_second_manager_decides(self, yes: bool) -> None:
        for case in self.cases:
            if case.state is State.PROPOSED:
                self.put(replace(case, state=State.ORDERED if yes else State.DECLINED, decided_by=BEN))
                if yes:
                    self.order(case, Act.IMPOSE, Remove())

    @precondition(lambda self: self.cases)
    @rule(data=st.data())
    def somebody_tries_again(self, data: st.DataObject) -> None:
        case = data.draw(st.sampled_from(self.cases))
        again = retry(case, self.cases, self.now)
        if again is None or self.orders:
            return
        self.put(again[0])
        self.order(again[0], again[1], again[2])
        if again[0].is_release:
            for ended in released(again[0], self.cases):
                self.put(ended)

    @rule(by=st.sampled_from([HOUR, DAY, 31 * DAY]))
    def time_passes(self, by: timedelta) -> None:
        self.now += by

    # What Telegram does

    @rule(allowed=st.booleans())
    def right_changes(self, allowed: bool) -> None:
        self.allowed = allowed

    @precondition(lambda self: self.orders)
    @rule()
    def telegram_answers(self) -> None:
        case_id, act, order = self.orders.pop(0)
        if self.allowed:
            self.kept_out = isinstance(order, Remove)
        after = settle(self.cases[case_id - 1], act, Did() if self.allowed else DidNot(Why.NO_RIGHT))
        self.put(after)
        if after.is_release:
            for ended in followed(after, self.cases):
                self.put(ended)
        if after.state is State.REFUSED:
            for freed, lift in uncovered(self.cases, self.now):
                self.put(freed)
                self.order(freed, Act.LIFT, lift)

    # What always holds

    @invariant()
    def a_channel_is_kept_out_for_a_case_that_somebody_wants(self) -> None:
        if self.kept_out and not self.orders:
            wanted = [case for case in self.cases if case.is_removal and case.undone is None]
            assert any(case.state in {State.DONE, State.LIFT_REFUSED} for case in wanted) or any(
                case.state is State.LIFT_REFUSED for case in self.cases
            )

    @invariant()
    def whatever_a_card_says_of_it_holds(self) -> None:
        if self.orders:
            return
        for case in self.cases:
            said = str(card.card(EN, case, replace(self.ledger(), cases=(case,)), self.now))
            if case.is_removal and "may no longer write in the group," in said:
                assert self.kept_out


Channel.TestCase.settings = settings(stateful_step_count=30, deadline=None)
TestChannel = Channel.TestCase


LEVELS = {
    **dict.fromkeys((Rung.NOTICE, Rung.WARNING, Rung.SERIOUS, Rung.REMOVAL), (2,)),
    Rung.BAN: (0, 2),
    Rung.UNBAN: (0,),
}
"""The steps that cases of channels have, given as warnings or (0) directly."""


@pytest.mark.parametrize("texts", [EN, ZH])
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("rung", LEVELS)
def test_a_channel_is_named_by_its_title_in_every_state(texts: Texts, state: State, rung: Rung) -> None:
    for undone in (None, Undone(BEN, NOW)):
        for level in LEVELS[rung]:
            one = replace(CASE, target=ADS, step=Step(rung), state=state, level=level, mute_until=None, undone=undone)
            one = replace(one, why=Why.TARGET_GONE, decided_by=BEN)
            for hidden in (False, True):
                ledger = Ledger((one,), for_channels(DEFAULT_LADDER), 4, settings=Settings(hidden=hidden))
                shown = card.card(texts, one, ledger, NOW)
                well_formed(shown)
                assert "&lt;b&gt;Ads" in shown
                assert "tg://user" not in shown
                assert not hidden or "Ben" not in shown or undone is None
            well_formed(heavy.summary(texts, one, [one]))
            well_formed(answers.trouble(texts, one, "Hikers"))
            well_formed(direct.opened(texts, one))

"""Sign-ups as a state machine: many people tapping in any order, while the organiser changes the seats and time goes by."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.events.rules.event import Change, Event, Plan, losers_of, planned
from bot.events.rules.signup import Action, SignUp, SignUpState, Tally, TooLate, decide, moving_up
from bot.kernel.ids import UserId
from tests.events.build import DEADLINE, NOW, START, event, person

GOING, WAITING, LEFT = SignUpState.GOING, SignUpState.WAITING, SignUpState.LEFT
PEOPLE = st.integers(min_value=1, max_value=6)


class SignUps(RuleBasedStateMachine):
    """The rules as the service puts them together, over a dictionary in the place of the table."""

    def __init__(self) -> None:
        super().__init__()
        self.event: Event = event()
        self.now = NOW
        self.rows: dict[UserId, SignUp] = {}
        self.last_word: dict[UserId, Action] = {}

    @initialize(seats=st.none() | st.integers(min_value=3, max_value=6), guests=st.integers(min_value=0, max_value=2))
    def begin(self, seats: int | None, guests: int) -> None:
        self.event = event(seats=seats, guests=guests)

    # What is stored

    def standing(self, state: SignUpState) -> list[SignUp]:
        return sorted((row for row in self.rows.values() if row.state is state), key=lambda row: row.turn)

    @property
    def taken(self) -> int:
        return sum(row.size for row in self.standing(GOING))

    def tally(self, mine: SignUp | None) -> Tally:
        line = self.standing(WAITING)
        return Tally(
            parties=len(self.standing(GOING)),
            taken=self.taken,
            waiting=len(line),
            largest=max((row.size for row in (*line, *self.standing(GOING))), default=0),
            last_turn=max((row.turn for row in self.rows.values()), default=0),
            ahead=sum(mine is not None and row.turn < mine.turn for row in line),
        )

    def move_up(self) -> None:
        for moved in moving_up(self.event.plan, self.taken, self.standing(WAITING)):
            self.rows[moved.user_id] = moved

    # What happens

    @rule(number=PEOPLE, action=st.sampled_from(Action))
    def tap(self, number: int, action: Action) -> None:
        who = person(number)
        mine = self.rows.get(who.user_id)
        line_before = [row.user_id for row in self.standing(WAITING)]
        decision = decide(self.event, self.tally(mine), mine, action, who, self.now)
        if isinstance(decision.outcome, TooLate):
            assert decision.change is None
            return
        if action in {Action.JOIN, Action.LEAVE}:
            self.last_word[who.user_id] = action
        elif decision.change is not None:
            self.last_word[who.user_id] = Action.JOIN
        if decision.change is not None:
            self.rows[who.user_id] = decision.change
        if decision.frees:
            self.move_up()
        self._nobody_is_overtaken(line_before, who.user_id)

    def _nobody_is_overtaken(self, before: list[UserId], actor: UserId) -> None:
        """Of those who waited, only a piece at the head may have moved up; the rest keep their order."""
        others = [user_id for user_id in before if user_id != actor]
        still = [row.user_id for row in self.standing(WAITING) if row.user_id in others]
        assert others[len(others) - len(still) :] == still

    @rule(seats=st.none() | st.integers(min_value=1, max_value=8))
    def change_seats(self, seats: int | None) -> None:
        plan = planned(self.event, Change("seats", seats), self.tally(None), self.now)
        if not isinstance(plan, Plan):
            return
        going = self.standing(GOING)
        losers = losers_of(going, seats) if seats is not None else ()
        assert [row.turn for row in losers] == [row.turn for row in going][len(going) - len(losers) :]
        self.event = replace(self.event, plan=plan)
        for loser in losers:
            self.rows[loser.user_id] = replace(loser, state=WAITING)
        head = [row.user_id for row in self.standing(WAITING)][: len(losers)]
        assert head == [row.user_id for row in losers]
        if not losers:
            self.move_up()

    @precondition(lambda self: self.now < START)
    @rule(hours=st.integers(min_value=1, max_value=40))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    # What always holds

    @invariant()
    def seats_are_never_sold_twice(self) -> None:
        assert self.event.plan.seats is None or self.taken <= self.event.plan.seats

    @invariant()
    def those_who_go_came_before_those_who_wait(self) -> None:
        going, line = self.standing(GOING), self.standing(WAITING)
        assert not going or not line or going[-1].turn < line[0].turn
        turns = [row.turn for row in (*going, *line)]
        assert len(set(turns)) == len(turns)

    @invariant()
    def nobody_waits_for_a_seat_that_is_free(self) -> None:
        assert moving_up(self.event.plan, self.taken, self.standing(WAITING)) == ()

    @invariant()
    def the_last_word_of_each_person_stands(self) -> None:
        for user_id, word in self.last_word.items():
            row = self.rows.get(user_id)
            assert (row is not None and row.state is not LEFT) == (word is Action.JOIN)

    @invariant()
    def nobody_comes_in_after_the_deadline(self) -> None:
        assert all(row.since < DEADLINE for row in self.rows.values() if row.state is not LEFT)


TestSignUps = SignUps.TestCase

"""The door as a state machine: several organisers tap what they saw some time ago, people come by themselves, the list closes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.events.door.rules import checkin as rules
from bot.events.door.rules.checkin import Arrival, CheckedIn, Guest, Step, TakenBack, WalkedIn
from bot.events.rules.signup import Person, Presence, SignUp, SignUpState
from bot.kernel.ids import UserId
from tests.events.build import START, plan, signup

PEOPLE = 6
STATES = st.sampled_from([state for state in SignUpState if state is not SignUpState.OFFERED])
WHO = st.integers(1, PEOPLE)


@dataclass(frozen=True)
class Button:
    """What an organiser saw: a person, and whether the button said that they come."""

    who: UserId
    here: bool


class Door(RuleBasedStateMachine):
    """An event of three seats, and what the people at the door expect of the list."""

    def __init__(self) -> None:
        super().__init__()
        self.plan = plan(seats=3, guests=3)
        self.now = START - timedelta(minutes=30)
        self.people: dict[UserId, SignUp] = {}
        self.arrivals: dict[UserId, Arrival] = {}
        self.before: dict[UserId, SignUp] = {}
        self.here: dict[UserId, int] = {}
        self.seen: list[Button] = []
        self.closed = False

    @initialize(states=st.lists(st.tuples(STATES, st.integers(0, 3)), min_size=PEOPLE, max_size=PEOPLE))
    def sign_up(self, states: list[tuple[SignUpState, int]]) -> None:
        for number, (state, guests) in enumerate(states, start=1):
            one = signup(number, state, guests)
            self.people[one.user_id] = self.before[one.user_id] = one

    # What is done

    def carry_out(self, who: UserId, step: Step) -> None:
        if step.change is not None:
            self.people[who] = step.change
        if step.arrival is not None:
            self.arrivals[who] = step.arrival
        if step.gone:
            self.arrivals.pop(who, None)

    @property
    def taken(self) -> int:
        return sum(one.size for one in self.people.values() if one.state is SignUpState.GOING)

    @rule(who=WHO)
    def look(self, who: int) -> None:
        one = self.people[signup(who).user_id]
        self.seen.append(Button(one.user_id, not rules.is_here(one)))

    @precondition(lambda self: self.seen)
    @rule(data=st.data())
    def tap(self, data: st.DataObject) -> None:
        """Tap a button that was seen at any time before: it means what it said then, whatever was done since."""
        button = data.draw(st.sampled_from(self.seen))
        mine = self.people[button.who]
        if not button.here:
            step = rules.take_back(mine, self.arrivals.get(button.who), closed=self.closed)
            self.here.pop(button.who, None)
        else:
            step = rules.walk_in(self.plan, self.taken, mine, mine, self.now)
            self.here.setdefault(button.who, 1 + mine.guests)
        self.carry_out(button.who, step)
        assert isinstance(step.outcome, CheckedIn | WalkedIn | TakenBack) == (step.change is not None)

    @rule(who=WHO, guests=st.integers(-1, 5))
    def count(self, who: int, guests: int) -> None:
        mine = self.people[signup(who).user_id]
        self.carry_out(mine.user_id, rules.count_guests(mine, guests))
        if mine.user_id in self.here:
            self.here[mine.user_id] = 1 + min(max(guests, 0), mine.guests)

    @rule(guests=st.integers(0, 3))
    def walk_in(self, guests: int) -> None:
        turn = len(self.people) + 1
        fresh = rules.newcomer(Person(UserId(-turn), f"W{turn}"), turn, self.now, UserId(1))
        taken = self.taken
        step = rules.walk_in(self.plan, taken, None, fresh, self.now, guests)
        assert isinstance(step.outcome, WalkedIn)
        assert step.outcome.beyond == max(taken + 1 + guests - 3, 0)
        self.carry_out(fresh.user_id, step)
        self.here[fresh.user_id] = 1 + guests

    @precondition(lambda self: not self.closed)
    @rule()
    def close(self) -> None:
        self.closed = True
        for one in list(self.people.values()):
            self.people[one.user_id] = rules.absent(one) or one

    @rule(minutes=st.integers(1, 60))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    # What must hold

    @invariant()
    def everybody_is_counted_as_they_came(self) -> None:
        counted = {one.user_id: Guest(one).here for one in self.people.values() if rules.is_here(one)}
        assert counted == self.here
        walked_in = {who for who in self.here if self.people[who].presence is Presence.WALKED_IN}
        assert set(self.arrivals) == walked_in

    @invariant()
    def who_is_not_here_stands_where_they_stood(self) -> None:
        for who, before in self.before.items():
            now = self.people[who]
            if who not in self.here:
                assert (now.state, now.guests, now.turn) == (before.state, before.guests, before.turn)
                going = now.state is SignUpState.GOING
                assert now.presence is (Presence.ABSENT if self.closed and going else None)
                assert now.present_at is None

    @invariant()
    def who_is_here_is_on_the_list_and_not_absent(self) -> None:
        for who in self.here:
            one = self.people[who]
            assert one.state is SignUpState.GOING
            assert one.presence is not Presence.ABSENT
            stood = self.before.get(who)
            walked = stood is None or stood.state is not SignUpState.GOING
            assert (one.presence is Presence.WALKED_IN) == walked

    @invariant()
    def who_walked_in_and_went_is_off_the_list(self) -> None:
        for one in self.people.values():
            if one.user_id < 0 and one.user_id not in self.here:
                assert one.state is SignUpState.LEFT


TestDoor = Door.TestCase

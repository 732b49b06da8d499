"""The sign-ups of one event over a dictionary in the place of the tables: the rules, put together as the service does."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.events.rules import queue, signup
from bot.events.rules.event import Change, Event, planned
from bot.events.rules.plan import Plan
from bot.events.rules.signup import Action, Newcomer, Notice, Person, SignUp, SignUpState, Tally
from bot.kernel.ids import UserId
from tests.events.build import OWNER

if TYPE_CHECKING:
    from datetime import datetime

    from bot.events.rules.outcomes import Outcome
    from bot.events.rules.signup import Decision
    from bot.kernel.groups import Group

GOING, OFFERED, WAITING = SignUpState.GOING, SignUpState.OFFERED, SignUpState.WAITING


@dataclass
class Model:
    """One event, everybody's last word, and the moment. ``fair`` puts those first who were at fewer events before."""

    event: Event
    group: Group
    now: datetime
    fair: bool = False
    rows: dict[UserId, SignUp] = field(default_factory=dict)

    # What is there

    def standing(self, *states: SignUpState) -> list[SignUp]:
        return sorted((row for row in self.rows.values() if row.state in states), key=lambda row: row.turn)

    def line(self) -> list[SignUp]:
        return queue.in_line(self.standing(WAITING))

    @property
    def used(self) -> int:
        return sum(row.size for row in self.standing(GOING, OFFERED))

    @property
    def free(self) -> int | None:
        return None if self.event.plan.seats is None else self.event.plan.seats - self.used

    @property
    def is_live(self) -> bool:
        return self.event.phase(self.now).is_live

    def tally(self, mine: SignUp | None = None) -> Tally:
        line, going, offered = self.line(), self.standing(GOING), self.standing(OFFERED)
        return Tally(
            parties=len(going),
            taken=sum(row.size for row in going),
            offers=len(offered),
            held=sum(row.size for row in offered),
            waiting=len(line),
            smallest=min((row.size for row in line), default=0),
            largest=max((row.size for row in (*line, *going, *offered)), default=0),
            last_turn=max((row.turn for row in self.rows.values()), default=0),
            ahead=sum(mine is not None and (row.rank, row.turn) < (mine.rank, mine.turn) for row in line),
        )

    def rank(self, who: Person) -> int:
        return past_events(who.user_id) if self.fair and who.user_id > 0 else 0

    # What people say

    def tap(self, who: Person, action: Action) -> Outcome:
        mine = self.rows.get(who.user_id)
        return self._carry_out(
            signup.decide(self.event, self.tally(mine), mine, action, who, self.now, self._newcomer(who)), who, here=who
        )

    def add(self, who: Person | str, guests: int) -> Outcome:
        person = who if isinstance(who, Person) else Person(UserId(-(self.tally().last_turn + 1)), who)
        mine = self.rows.get(person.user_id)
        newcomer = replace(self._newcomer(person), added_by=OWNER.user_id)
        decision = signup.decide(self.event, self.tally(mine), mine, Action.JOIN, person, self.now, newcomer)
        if guests and decision.change is not None and (mine is None or not mine.state.is_on_it):
            decision = signup.come(self.event.plan, self.tally(mine), mine, person, guests, self.now, newcomer)
        if decision.change is not None and person.user_id > 0:
            decision = replace(decision, change=replace(decision.change, notice=Notice.ADDED))
        return self._carry_out(decision, person, here=None)

    def take_off(self, user_id: UserId, *, notice: Notice | None) -> Outcome:
        mine = self.rows[user_id]
        who = Person(user_id, mine.name)
        decision = signup.decide(self.event, self.tally(mine), mine, Action.LEAVE, who, self.now)
        if decision.change is not None:
            told = notice if user_id > 0 else None
            decision = replace(decision, change=replace(decision.change, state=SignUpState.LEFT, notice=told))
        return self._carry_out(decision, who, here=None)

    def _newcomer(self, who: Person) -> Newcomer:
        rank = self.rank(who)
        return Newcomer(rank, ahead=sum(row.rank <= rank for row in self.line()) if self.fair else None)

    def _carry_out(self, decision: Decision, who: Person, here: Person | None) -> Outcome:
        if decision.change is not None:
            self.rows[who.user_id] = decision.change
            if decision.frees:
                self._move(here)
        return decision.outcome

    # The line

    def _move(self, here: Person | None = None) -> None:
        plan, quiet = self.event.plan, self.group.quiet_until
        until = queue.offer_until(plan, self.now, quiet)
        held_back = queue.waits_for_morning(plan, self.now, quiet) is not None
        for party in queue.next_in_line(plan, self.free, self.line()):
            is_here = here is not None and party.user_id == here.user_id
            if is_here:
                self.rows[party.user_id] = queue.seated(party, None, tell=False)
            elif not held_back:
                self.rows[party.user_id] = queue.seated(party, until)

    def due(self) -> None:
        """Do what timers do: take back offers, fill seats, end offers when the event begins."""
        if not self.is_live:
            for row in self.standing(OFFERED):
                self.rows[row.user_id] = replace(
                    row, state=SignUpState.LAPSED, until=None, since=self.now, guests=0, companions=(), notice=None
                )
        elif queue.morning(self.event.plan, self.now, self.group.quiet_until) is None:
            for row in queue.lapsed(self.standing(OFFERED), self.now):
                self.rows[row.user_id] = row
        if self.is_live:
            self._move()

    def next_due(self) -> datetime | None:
        """Return when there is something to do next, after now."""
        if not self.is_live:
            return None
        plan, quiet = self.event.plan, self.group.quiet_until
        times = [plan.starts_at]
        times += [row.until for row in self.standing(OFFERED) if row.until is not None and row.until > self.now]
        morning = queue.morning(plan, self.now, quiet)
        if morning is not None:
            times.append(morning)
        return min(times)

    # What the organiser changes

    def edit(self, change: Change) -> tuple[SignUp, ...] | None:
        """Return who lost a seat; None if the change cannot be made."""
        before, plan = self.event, planned(self.event, change, self.tally(), self.now)
        if not isinstance(plan, Plan):
            return None
        losers: tuple[SignUp, ...] = ()
        if change.field == "seats" and plan.seats is not None and self.used > plan.seats:
            losers = queue.losers_of(self.standing(GOING, OFFERED), plan)
        self.event = replace(before, plan=plan)
        for loser in losers:
            self.rows[loser.user_id] = queue.moved_back(loser)
        if change.field in {"seats", "automatic", "starts_at"}:
            until = queue.offer_until(plan, self.now, self.group.quiet_until)
            for row in queue.hurried(self.standing(OFFERED), until):
                self.rows[row.user_id] = row
        if change.field in {"seats", "strict", "automatic", "starts_at"}:
            self._move()
        if change.field == "starts_at":
            self.rows = {user: replace(row, confirmed=None) for user, row in self.rows.items()}
        return losers


def past_events(user_id: UserId) -> int:
    """At how many events a person was before."""
    return user_id % 3

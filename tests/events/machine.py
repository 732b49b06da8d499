"""What may happen to the sign-ups of an event, in any order, and what always holds: for the rules and for the service."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.events.rules import queue
from bot.events.rules.event import Change
from bot.events.rules.outcomes import Refused, TooLate
from bot.events.rules.signup import Action, Notice, SignUpState
from bot.kernel.groups import QuietHours
from tests.events import build
from tests.events.model import GOING, OFFERED, WAITING, Model, past_events

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.events.rules.event import Event
    from bot.events.rules.outcomes import Outcome
    from bot.events.rules.signup import SignUp
    from bot.kernel.ids import UserId

PEOPLE = st.integers(min_value=1, max_value=7)
NIGHTS = (QuietHours(time(22), time(7, 30)),)
HALF = timedelta(minutes=30)
ON_IT = frozenset({GOING, OFFERED, WAITING})
HELD = frozenset({GOING, OFFERED})
STANDS = {
    Action.JOIN: ON_IT | {SignUpState.LAPSED},
    Action.LEAVE: frozenset({SignUpState.DECLINED}),
    Action.MAYBE: frozenset({SignUpState.MAYBE}),
    None: frozenset({SignUpState.LEFT}),
}
"""Where somebody may stand after their last word; None: they left the group, or were taken off."""


@dataclass(frozen=True)
class Moment:
    """What was so before something happened."""

    event: Event
    now: datetime
    rows: Mapping[UserId, SignUp]

    @property
    def free(self) -> int | None:
        return free_in(self.event, self.rows)


def free_in(event: Event, rows: Mapping[UserId, SignUp]) -> int | None:
    used = sum(row.size for row in rows.values() if row.state in HELD)
    return None if event.plan.seats is None else event.plan.seats - used


def line_of(rows: Mapping[UserId, SignUp]) -> list[SignUp]:
    return sorted((row for row in rows.values() if row.state is WAITING), key=lambda row: (row.rank, row.turn))


class SignUps(RuleBasedStateMachine):
    """Many people, an organiser who changes their mind, and time."""

    def __init__(self) -> None:
        super().__init__()
        self.words: dict[UserId, Action | None] = {}
        self.guests: dict[UserId, int] = {}
        self.asleep = False
        self.model = Model(build.event(), build.group(), build.NOW)

    @initialize(
        seats=st.integers(min_value=4, max_value=6) | st.sampled_from([4, None]),
        guests=st.integers(min_value=0, max_value=3),
        start=st.integers(min_value=2, max_value=40),
        ways=st.fixed_dictionaries({"strict": st.booleans(), "automatic": st.booleans()}),
        nights=st.booleans(),
        fair=st.booleans(),
        parties=st.lists(st.integers(min_value=0, max_value=3), min_size=2, max_size=6),
    )
    def begin(
        self,
        seats: int | None,
        guests: int,
        start: int,
        ways: dict[str, bool],
        nights: bool,
        fair: bool,
        parties: list[int],
    ) -> None:
        starts_at = build.NOW + start * HALF * 2
        event = replace(build.event(), plan=build.plan(seats, guests, starts_at=starts_at, deadline=None, **ways))
        group = build.group(quiet=NIGHTS if nights else ())
        self.model = Model(event, group, build.NOW, fair)
        self.open()
        for number, wanted in enumerate(parties, start=1):
            self.somebody_comes_with_guests(number, min(wanted, guests))

    def open(self) -> None:
        """Make what the machine runs against."""

    # What happens

    def tapped(self, number: int, action: Action) -> Outcome:
        return self.model.tap(build.person(number), action)

    def added(self, who: int | str, guests: int) -> Outcome:
        return self.model.add(who if isinstance(who, str) else build.person(who), guests)

    def taken_off(self, user_id: UserId) -> None:
        self.model.take_off(user_id, notice=Notice.REMOVED)

    def gone(self, user_id: UserId) -> None:
        if self.model.is_live:
            self.model.take_off(user_id, notice=None)

    def edited(self, change: Change) -> tuple[SignUp, ...] | None:
        return self.model.edit(change)

    def woken(self) -> None:
        self.model.due()

    def moment(self) -> Moment:
        return Moment(self.model.event, self.model.now, dict(self.model.rows))

    @rule(number=PEOPLE, action=st.sampled_from([Action.JOIN, Action.JOIN, *Action]))
    def somebody_taps(self, number: int, action: Action) -> None:
        before, user_id = self.moment(), build.person(number).user_id
        outcome = self.tapped(number, action)
        if not isinstance(outcome, TooLate | Refused):
            self._heard(user_id, action, before)
        self._only_the_line_moves(before, user_id)
        self._nobody_is_overtaken(before)
        if action is Action.MORE:
            self._a_guest_takes_nobodys_seat(before, user_id)

    @rule(number=PEOPLE, guests=st.integers(min_value=0, max_value=3))
    def somebody_comes_with_guests(self, number: int, guests: int) -> None:
        for action in [Action.MORE] * guests or [Action.JOIN]:
            self.somebody_taps(number, action)

    @precondition(lambda self: any(row.user_id > 0 for row in self.model.standing(*HELD)))
    @rule(data=st.data(), action=st.sampled_from([Action.LEAVE, Action.LEAVE, Action.FEWER, Action.MAYBE]))
    def somebody_frees_a_seat(self, data: st.DataObject, action: Action) -> None:
        held = [row.user_id for row in self.model.standing(*HELD) if row.user_id > 0]
        self.somebody_taps(data.draw(st.sampled_from(held)) - 100, action)

    @precondition(lambda self: self.model.standing(OFFERED))
    @rule(data=st.data(), action=st.sampled_from([Action.JOIN, Action.CONFIRM, Action.LEAVE, Action.MORE]))
    def somebody_answers_an_offer(self, data: st.DataObject, action: Action) -> None:
        offered = [row.user_id for row in self.model.standing(OFFERED) if row.user_id > 0]
        if offered:
            self.somebody_taps(data.draw(st.sampled_from(offered)) - 100, action)

    def _heard(self, user_id: UserId, action: Action, before: Moment) -> None:
        row, old = self.model.rows[user_id], before.rows.get(user_id)
        was_on = old is not None and old.state in ON_IT
        if action in {Action.LEAVE, Action.MAYBE}:
            self.words[user_id], self.guests[user_id] = action, 0
        elif row != old:
            self.words[user_id] = Action.JOIN
            if action in {Action.MORE, Action.FEWER}:
                brought = self.guests.get(user_id, 0) if was_on else 0
                self.guests[user_id] = brought + (1 if action is Action.MORE else -1)
            elif not was_on:
                self.guests[user_id] = 0
            assert was_on or row.rank == (past_events(user_id) if self.model.fair else 0)

    @rule(who=PEOPLE | st.sampled_from(["Grandma Wang", "王奶奶"]), guests=st.integers(min_value=0, max_value=3))
    def organiser_adds(self, who: int | str, guests: int) -> None:
        before = self.moment()
        self.added(who, guests)
        rows = self.model.rows
        for user_id in [user for user in rows if rows[user] != before.rows.get(user)]:
            old = before.rows.get(user_id)
            if old is None or old.state not in ON_IT:
                self.words[user_id], self.guests[user_id] = Action.JOIN, guests
        self._only_the_line_moves(before, *(user for user in rows if user not in before.rows), _id(who))
        self._nobody_is_overtaken(before)

    @precondition(lambda self: self.model.standing(*ON_IT))
    @rule(data=st.data(), by_themselves=st.booleans())
    def somebody_is_taken_off(self, data: st.DataObject, by_themselves: bool) -> None:
        before = self.moment()
        user_id = data.draw(st.sampled_from([row.user_id for row in self.model.standing(*ON_IT)]))
        if by_themselves:
            self.gone(user_id)
        else:
            self.taken_off(user_id)
        if self.model.is_live:
            self.words[user_id], self.guests[user_id] = None, 0
        self._only_the_line_moves(before, user_id)
        self._nobody_is_overtaken(before)

    @rule(seats=st.integers(min_value=1, max_value=9) | st.sampled_from([5, None]))
    def organiser_changes_seats(self, seats: int | None) -> None:
        before = self.moment()
        losers = self.edited(Change("seats", seats))
        if losers:
            self._the_last_in_lose_their_seats(before, losers)
        elif losers is not None:
            self._only_the_line_moves(before)
            self._nobody_is_overtaken(before)

    @rule(
        change=st.sampled_from(
            [
                *(Change(name, value) for name in ("strict", "automatic") for value in (True, False)),
                *(Change("guests", value) for value in (0, 1, 3)),
                *(Change("offer", value) for value in (10, 120, 600)),
            ]
        )
    )
    def organiser_changes_ways(self, change: Change) -> None:
        before = self.moment()
        self.edited(change)
        self._only_the_line_moves(before)
        self._nobody_is_overtaken(before)

    @rule(hours=st.integers(min_value=1, max_value=30))
    def organiser_changes_the_deadline(self, hours: int) -> None:
        before = self.moment()
        self.edited(Change("deadline", self.model.now + hours * HALF))
        assert self.model.rows == before.rows

    @rule(hours=st.integers(min_value=1, max_value=80))
    def organiser_moves_the_event(self, hours: int) -> None:
        before = self.moment()
        self.edited(Change("starts_at", self.model.now + hours * HALF))
        self._only_the_line_moves(before)
        self._nobody_is_overtaken(before)

    @rule(steps=st.integers(min_value=1, max_value=30))
    def time_passes(self, steps: int) -> None:
        """Everything that falls due is done on time."""
        self.wakes()
        target = self.model.now + steps * HALF / 2
        while (due := self.model.next_due()) is not None and due <= target:
            self.model.now = due
            self._rings()
        self.model.now = target

    @rule(steps=st.integers(min_value=1, max_value=60))
    def time_passes_while_the_bot_is_down(self, steps: int) -> None:
        """What falls due stays undone until the bot wakes; taps may come before."""
        self.model.now += steps * HALF / 2
        self.asleep = True

    @precondition(lambda self: self.asleep)
    @rule()
    def wakes(self) -> None:
        if self.asleep:
            self.asleep = False
            self._rings()

    def _rings(self) -> None:
        before = self.moment()
        self.woken()
        self._only_the_line_moves(before)
        self._nobody_is_overtaken(before)
        for user_id, row in self.model.rows.items():
            if row.state is SignUpState.LAPSED and before.rows[user_id].state is OFFERED:
                self._may_lapse(before.rows[user_id])

    def _may_lapse(self, offered: SignUp) -> None:
        """Offers lapse when their time has passed, or with the start; never at night, if there is a morning before it."""
        plan, now, quiet = self.model.event.plan, self.model.now, self.model.group.quiet_until
        if now >= plan.starts_at:
            return
        assert offered.until is not None
        assert offered.until <= now
        awake = quiet(now)
        assert awake is None or awake >= plan.starts_at - queue.TOO_NEAR

    # What holds of every step

    def _only_the_line_moves(self, before: Moment, *actors: UserId) -> None:
        """Nobody but who speaks, or is spoken of, changes places but by the line: nobody is lost."""
        for user_id, old in before.rows.items():
            new = self.model.rows[user_id]
            if user_id in actors or replace(new, confirmed=None) == replace(old, confirmed=None):
                continue
            assert (new.guests, new.turn, new.rank) == (
                old.guests if new.state is not SignUpState.LAPSED else 0,
                old.turn,
                old.rank,
            )
            match old.state:
                case SignUpState.WAITING:
                    assert new.state in HELD
                case SignUpState.OFFERED:
                    assert new.state in {GOING, OFFERED, SignUpState.LAPSED}
                case _:
                    raise AssertionError(f"{old} became {new}")

    def _nobody_is_overtaken(self, before: Moment) -> None:
        """Who got seats passed nobody who could have them: parties before them did not fit, or have theirs in the morning."""
        plan, rows = self.model.event.plan, self.model.rows
        seated = [row for user, row in rows.items() if row.state in HELD and not _held(before.rows.get(user))]
        free = free_in(self.model.event, rows)
        for first in line_of(rows):
            passed = [row for row in seated if (row.rank, row.turn) > (first.rank, first.turn)]
            if not passed:
                continue
            assert free is not None
            if first in self._promised(line_of(rows), free):
                continue
            assert not plan.strict
            assert first.size > free + sum(row.size for row in passed)

    def _promised(self, line: Sequence[SignUp], free: int | None) -> list[SignUp]:
        """Who gets the free seats when quiet hours are over."""
        plan, promised = self.model.event.plan, []
        if queue.waits_for_morning(plan, self.model.now, self.model.group.quiet_until) is None and not self.asleep:
            return []
        for party in line:
            if free is None or party.size <= free:
                promised.append(party)
                free = None if free is None else free - party.size
            elif plan.strict:
                break
        return promised

    def _a_guest_takes_nobodys_seat(self, before: Moment, user_id: UserId) -> None:
        old, new = before.rows.get(user_id), self.model.rows.get(user_id)
        if old is None or new is None or old.state not in HELD or new.guests == old.guests:
            return
        line = line_of(before.rows)
        assert before.free is None or (before.free > 0 and all(party.size > before.free for party in line))
        assert before.free is None or not (line and before.event.plan.strict)

    def _the_last_in_lose_their_seats(self, before: Moment, losers: Sequence[SignUp]) -> None:
        plan, rows = self.model.event.plan, self.model.rows
        assert plan.seats is not None
        lost = {loser.user_id for loser in losers}
        assert losers[0].size > plan.seats - sum(row.size for row in before.rows.values() if _before(row, losers[0]))
        holding = sorted(
            (row for row in before.rows.values() if row.state in HELD), key=lambda row: (row.state is OFFERED, row.turn)
        )
        kept = [row for row in holding if row.user_id not in lost]
        for loser in losers:
            place = holding.index(loser)
            after = [row for row in kept if holding.index(row) > place]
            assert not (after and plan.strict)
            assert plan.strict or loser.size > plan.seats - sum(row.size for row in kept if holding.index(row) < place)
        assert all(rows[row.user_id].state in HELD for row in kept)
        head = [row for row in line_of(rows) if row.rank == queue.HEAD]
        assert line_of(rows)[: len(head)] == head
        assert all(rows[user].rank == queue.HEAD for user in lost)

    # What always holds

    @invariant()
    def seats_are_never_given_twice(self) -> None:
        free = free_in(self.model.event, self.model.rows)
        assert free is None or free >= 0

    @invariant()
    def everybody_has_a_turn_of_their_own(self) -> None:
        turns = [row.turn for row in self.model.rows.values()]
        assert len(set(turns)) == len(turns)

    @invariant()
    def no_seat_stays_free_while_a_party_that_fits_waits(self) -> None:
        model = self.model
        free, line = free_in(model.event, model.rows), line_of(model.rows)
        if not model.is_live or self._promised(line, free):
            return
        assert free is not None or not line
        waiting = line[:1] if model.event.plan.strict else line
        assert all(party.size > (free or 0) for party in waiting)

    @invariant()
    def the_last_word_of_each_person_stands(self) -> None:
        assert set(self.words) == set(self.model.rows)
        for user_id, word in self.words.items():
            row = self.model.rows[user_id]
            assert row.state in STANDS[word]
            assert row.guests == (0 if row.state is SignUpState.LAPSED else self.guests[user_id])

    @invariant()
    def offers_end_in_the_day_and_before_the_start(self) -> None:
        plan, quiet = self.model.event.plan, self.model.group.quiet_until
        for row in self.model.standing(OFFERED):
            assert row.until is not None
            assert row.until < plan.starts_at
            assert quiet(row.until) is None
            assert self.asleep or row.until > self.model.now or quiet(self.model.now) is not None
        assert all(row.until is None for row in self.model.rows.values() if row.state is not OFFERED)

    @invariant()
    def nobody_is_offered_a_seat_of_an_event_that_has_begun(self) -> None:
        assert self.asleep or self.model.is_live or not self.model.standing(OFFERED)


def _before(row: SignUp, loser: SignUp) -> bool:
    """Whether a party keeps its seats longer than another."""
    return row.state in HELD and (row.state is OFFERED, row.turn) < (loser.state is OFFERED, loser.turn)


def _held(row: SignUp | None) -> bool:
    return row is not None and row.state in HELD


def _id(who: int | str) -> Any:
    return build.person(who).user_id if isinstance(who, int) else None

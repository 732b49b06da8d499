from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.announcements.acknowledgement.rules import taps
from bot.announcements.acknowledgement.rules.silence import proposed
from bot.announcements.acknowledgement.rules.taps import UNDO, Locked, Mark, Noted, Round, TakenBack, Twice
from bot.announcements.acknowledgement.rules.wish import (
    Line,
    Part,
    TooSoon,
    Wish,
    read,
    read_line,
    read_switch,
    read_within,
    write,
)
from bot.announcements.rules.asked import Closed
from bot.announcements.rules.nudging import (
    APART,
    MOST_NUDGES,
    STALE,
    Enough,
    Go,
    Hold,
    TooEarly,
    may_nudge,
    next_nudge,
    stale_at,
)
from bot.announcements.rules.people import Known
from bot.announcements.rules.plan import LONGEST, PLAN, NoDelay, TooClose, TooLate, TooMany, read_nudges
from bot.announcements.rules.roll import Answer, by_department, roll
from bot.kernel.groups import Group, QuietHours
from bot.kernel.ids import ChatId, GroupId

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
GROUP = Group(GroupId(1), ChatId(-1001), "Hikers", "en", "UTC")
NIGHTLY = replace(GROUP, quiet=(QuietHours(time(22), time(7)),))
HOUR = timedelta(hours=1)


# What is typed and kept


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("on", Line(Part.ON, "")),
        ("OFF", Line(Part.OFF, "")),
        ("by Fri 18:00", Line(Part.BY, "Fri 18:00")),
        ("截止 周五18:00", Line(Part.BY, "周五18:00")),
        ("截止周五18:00", Line(Part.BY, "周五18:00")),
        ("周五18:00截止", Line(Part.BY, "周五18:00")),
        ("within 48h", Line(Part.WITHIN, "48h")),
        ("nudge 1h,24h", Line(Part.NUDGE, "1h,24h")),
        ("提醒1小时、24小时", Line(Part.NUDGE, "1小时、24小时")),
        ("violation on", Line(Part.VIOLATION, "on")),
        ("开", Line(Part.ON, "")),
        ("perhaps", None),
        ("", None),
    ],
)
def test_a_line_says_what_of_it_is_changed(typed: str, expected: Line | None) -> None:
    assert read_line(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1h,24h", PLAN),
        ("24h 1h".replace(" ", ", "), PLAN),
        ("1 hour and 1 day", PLAN),
        ("1小时、24小时", PLAN),
        ("1小时后", PLAN[:1]),
        ("1h 24h", PLAN),
        ("1h 30min", (HOUR * 1.5,)),
        ("1小时 24小时", PLAN),
        ("off", ()),
        ("不提醒", ()),
        ("soon", NoDelay("soon")),
        ("1h, soon", NoDelay("soon")),
        ("", NoDelay("")),
        ("1h,2h,3h,4h", TooMany(4)),
        ("4 min", TooClose()),
        ("1h, 63 min", TooClose()),
        ("1h,1h", TooClose()),
        ("31 days", TooLate()),
    ],
)
def test_a_plan_of_reminders_as_it_is_typed(typed: str, expected: object) -> None:
    assert read_nudges(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("48h", timedelta(hours=48)),
        ("24小时内", timedelta(hours=24)),
        ("两天", timedelta(days=2)),
        ("4 min", TooSoon()),
        ("31 days", TooLate()),
        ("never", NoDelay("never")),
    ],
)
def test_a_deadline_counted_from_the_posting(typed: str, expected: object) -> None:
    assert read_within(typed) == expected


@pytest.mark.parametrize(("typed", "expected"), [("on", True), ("关", False), ("none", False), ("perhaps", None)])
def test_a_switch(typed: str, expected: bool | None) -> None:
    assert read_switch(typed) is expected


SECONDS = st.integers(0, int(LONGEST.total_seconds())).map(lambda n: timedelta(seconds=n))
WISHES = st.builds(
    Wish,
    st.none() | SECONDS | st.integers(0, 10**6).map(lambda n: NOW + timedelta(seconds=n)),
    st.lists(SECONDS, max_size=MOST_NUDGES).map(tuple),
    st.booleans(),
)


@given(WISHES)
def test_what_is_kept_with_an_announcement_is_read_back_as_it_was(wish: Wish) -> None:
    assert read(write(wish)) == wish


def test_a_deadline_that_has_passed_at_the_posting_holds_for_nobody() -> None:
    assert Wish(NOW).deadline(NOW) is None
    assert Wish(NOW + HOUR).deadline(NOW) == NOW + HOUR
    assert Wish(HOUR).deadline(NOW) == NOW + HOUR
    assert read(None) is None


# Taps


ASKED = Round(7, GROUP.id, NOW, until=NOW + HOUR)


def test_a_tap_counts_is_taken_back_and_counts_again() -> None:
    first = taps.tap(ASKED, None, 1, "Mei", NOW)
    assert first == Noted(Mark(1, "Mei", NOW), NOW + HOUR)
    mark = Mark(1, "Mei", NOW)
    assert taps.tap(ASKED, mark, 1, "Mei", NOW + timedelta(seconds=3)) == Twice(mark)
    assert taps.tap(ASKED, mark, 1, "Mei", NOW + timedelta(seconds=4)) == TakenBack()
    assert taps.tap(ASKED, mark, 1, "Mei", NOW + UNDO) == TakenBack()
    assert taps.tap(ASKED, mark, 1, "Mei", NOW + UNDO + timedelta(seconds=1)) == Locked(mark)


def test_a_tap_after_the_deadline_is_late() -> None:
    in_time = taps.tap(ASKED, None, 1, "Mei", NOW + HOUR)
    late = taps.tap(ASKED, None, 1, "Mei", NOW + HOUR + timedelta(seconds=1))
    assert isinstance(in_time, Noted)
    assert isinstance(late, Noted)
    assert (in_time.mark.late, late.mark.late) == (False, True)


def test_nothing_counts_when_nothing_is_asked() -> None:
    assert taps.tap(replace(ASKED, closed=True), Mark(1, "Mei", NOW), 1, "Mei", NOW + HOUR) == Closed()


def test_what_is_changed_after_the_posting_leaves_the_rest() -> None:
    asked = replace(ASKED, nudged=2, nudged_at=NOW, number=3)
    changed = taps.changed_to(asked, Wish(timedelta(hours=2), (), propose=True))
    assert changed == replace(asked, until=NOW + 2 * HOUR, nudges=(), propose=True)
    assert taps.changed_to(asked, Wish(NOW - HOUR)).until is None


# Reminders


def test_reminders_keep_their_distance_and_their_number() -> None:
    asked = replace(ASKED, nudged=1, nudged_at=NOW)
    early = NOW + APART - timedelta(seconds=1)
    assert may_nudge(asked, None, early) == TooEarly(NOW + APART)
    assert may_nudge(asked, None, NOW + APART) == Go()
    assert may_nudge(asked, NOW + HOUR, NOW + APART) == Hold(NOW + HOUR)
    assert may_nudge(replace(asked, nudged=MOST_NUDGES), None, NOW + HOUR) == Enough()
    assert may_nudge(replace(asked, closed=True), None, NOW + HOUR) == Closed()


def test_the_plan_goes_on_after_what_has_been_missed() -> None:
    assert next_nudge(ASKED, NOW) == NOW + HOUR
    assert next_nudge(ASKED, NOW + 2 * HOUR) == NOW + timedelta(hours=24)
    assert next_nudge(ASKED, NOW + timedelta(hours=24)) is None
    assert next_nudge(replace(ASKED, nudged=MOST_NUDGES), NOW) is None
    assert next_nudge(replace(ASKED, closed=True), NOW) is None


def test_a_reminder_is_not_sent_into_the_quiet_hours() -> None:
    assert stale_at(GROUP, NOW) == NOW + STALE
    evening = NOW.replace(hour=21, minute=30)
    assert stale_at(NIGHTLY, evening) == NOW.replace(hour=22)
    assert stale_at(NIGHTLY, NOW) == NOW + STALE


# The roll


PEOPLE = [
    Known(1, "Anna", "Sales", runs_it=True),
    Known(2, "Ben", "Sales"),
    Known(3, "Carl"),
    Known(4, "Dora", "Works"),
    Known(5, "Emil", "Works"),
]
MARKS = {2: Mark(2, "Ben", NOW + HOUR, late=True), 4: Mark(4, "Dora", NOW), 9: Mark(9, "Gone", NOW)}
GIVEN = {user_id: mark.given for user_id, mark in MARKS.items()}


def test_everybody_known_but_the_author_is_expected() -> None:
    found = roll(PEOPLE, GIVEN, {3}, spared=1, total=57)
    assert [(one.who.name, one.answer) for one in found.lines] == [
        ("Dora", Answer.DONE),
        ("Ben", Answer.LATE),
        ("Carl", Answer.PENDING),
        ("Emil", Answer.UNREACHABLE),
    ]
    assert (found.done, found.known, found.total, found.gone) == (2, 5, 57, 1)
    assert [one.who.name for one in found.waiting] == ["Carl", "Emil"]
    assert len(roll(PEOPLE, {1: Mark(1, "Anna", NOW).given}, (), spared=1).lines) == 5
    assert roll(PEOPLE, {}, (), total=2).total == 5


def test_departments_with_the_smallest_share_come_first() -> None:
    found = roll(PEOPLE, GIVEN, ())
    departments = by_department(found.lines)
    assert [(one.name, one.done, one.count(Answer.LATE), len(one.lines)) for one in departments] == [
        ("Sales", 1, 1, 2),
        ("Works", 1, 0, 2),
        ("", 0, 0, 1),
    ]


def test_those_who_run_the_group_are_not_put_before_themselves() -> None:
    found = roll(PEOPLE, GIVEN, ())
    assert [one.name for one in proposed(found)] == ["Carl", "Emil"]


@given(
    st.lists(st.tuples(st.integers(1, 40), st.sampled_from(["", "A", "B"])), max_size=40, unique_by=lambda one: one[0]),
    st.dictionaries(st.integers(1, 50), st.booleans(), max_size=40),
    st.sets(st.integers(1, 50)),
    st.integers(1, 50),
)
def test_everybody_stands_on_the_roll_once(
    people: list[tuple[int, str]], marked: dict[int, bool], reachable: set[int], author: int
) -> None:
    known = [Known(user_id, f"P{user_id}", department) for user_id, department in people]
    given = {user_id: Mark(user_id, f"P{user_id}", NOW, late).given for user_id, late in marked.items()}
    found = roll(known, given, reachable, spared=author)
    here = {one.user_id for one in known}
    assert {one.who.user_id for one in found.lines} == here - ({author} - marked.keys())
    assert found.done + len(found.waiting) == len(found.lines)
    assert found.done + found.gone == len(marked)
    assert sum(len(one.lines) for one in by_department(found.lines)) == len(found.lines)
    assert sum(one.done for one in by_department(found.lines)) == found.done


# The whole life of it, against what a person with a notebook would keep


class Life(RuleBasedStateMachine):
    """Taps, time, deadlines, changed words and reminders in any order."""

    people = st.integers(1, 4)

    @initialize(until=st.none() | st.integers(1, 100))
    def begin(self, until: int | None) -> None:
        self.now = NOW
        deadline = None if until is None else timedelta(minutes=until)
        self.asked = taps.begun(7, GROUP.id, Wish(deadline), NOW)
        self.marks: dict[int, Mark] = {}
        self.book: dict[int, tuple[datetime, bool]] = {}
        self.rounds = 1
        self.nudges: list[datetime] = []
        self.counted = 0

    @rule(seconds=st.sampled_from([1, 3, 4, 60, 299, 300, 301, 3600]))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(who=people)
    def tap(self, who: int) -> None:
        outcome = taps.tap(self.asked, self.marks.get(who), who, f"P{who}", self.now)
        known = self.book.get(who)
        if self.asked.closed:
            assert outcome == Closed()
        elif known is None:
            late = self.asked.until is not None and self.now > self.asked.until
            assert outcome == Noted(Mark(who, f"P{who}", self.now, late), self.asked.until)
            self.marks[who] = outcome.mark
            self.book[who] = (self.now, late)
        else:
            age = (self.now - known[0]).total_seconds()
            expected = Twice if age <= 3 else TakenBack if age <= 300 else Locked
            assert isinstance(outcome, expected)
            if expected is TakenBack:
                del self.marks[who], self.book[who]

    @rule()
    def ask_anew(self) -> None:
        before = self.asked
        self.asked = taps.asked_anew(before, self.now)
        self.marks.clear()
        self.book.clear()
        self.rounds += 1
        assert self.asked.until is None or self.asked.until > self.now
        assert (self.asked.nudged, self.asked.nudged_at) == (0, before.nudged_at)
        self.counted = 0

    @rule()
    def close(self) -> None:
        self.asked = replace(self.asked, closed=True)

    @rule(quiet=st.booleans())
    def nudge(self, quiet: bool) -> None:
        until = self.now + HOUR if quiet else None
        if may_nudge(self.asked, until, self.now) == Go():
            assert not quiet
            assert not self.asked.closed
            self.nudges.append(self.now)
            self.counted += 1
            self.asked = replace(self.asked, nudged=self.asked.nudged + 1, nudged_at=self.now)

    @precondition(lambda self: self.counted < MOST_NUDGES and not self.asked.closed)
    @rule()
    def the_plan_is_ahead(self) -> None:
        coming = next_nudge(self.asked, self.now)
        assert coming is None or coming > self.now

    @invariant()
    def what_counts_is_what_was_written_down(self) -> None:
        assert {who: (mark.at, mark.late) for who, mark in self.marks.items()} == self.book
        assert self.asked.number == self.rounds

    @invariant()
    def nobody_is_pestered(self) -> None:
        assert self.counted == self.asked.nudged <= MOST_NUDGES, "so often since it was asked the last time"
        assert all(later - earlier >= APART for earlier, later in zip(self.nudges, self.nudges[1:], strict=False))


TestLife = Life.TestCase

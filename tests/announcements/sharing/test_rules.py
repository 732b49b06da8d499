from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.announcements.rules.asked import Closed, Over
from bot.announcements.rules.nudging import Go, may_nudge, next_nudge
from bot.announcements.rules.people import Known
from bot.announcements.rules.plan import PLAN, NoDelay, TooMany
from bot.announcements.rules.roll import Answer, by_department, roll
from bot.announcements.sharing.rules import campaign as rules
from bot.announcements.sharing.rules.campaign import Campaign, Noted, Share, TakenBack, Twice
from bot.announcements.sharing.rules.wish import (
    BEFORE,
    Line,
    Part,
    Wish,
    is_never,
    read,
    read_line,
    read_plan,
    read_switch,
    write,
)
from bot.kernel.ids import GroupId

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ASKED = Campaign(1, GroupId(1), NOW)
TIMES = st.none() | st.integers(0, 10**6).map(lambda minutes: NOW + timedelta(minutes=minutes))


@given(st.builds(Wish, TIMES, st.booleans(), st.sampled_from([(), BEFORE, (*PLAN, *BEFORE)])))
def test_a_wish_is_read_as_it_was_written(wish: Wish) -> None:
    assert read(write(wish)) == wish
    assert read(None) is None


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("on", Line(Part.ON)),
        ("off", Line(Part.OFF)),
        ("until Fri 18:00", Line(Part.UNTIL, "Fri 18:00")),
        ("until Fri 18:00 proof", Line(Part.UNTIL, "Fri 18:00", True)),
        ("by Fri 18:00 with proof", Line(Part.UNTIL, "Fri 18:00", True)),
        ("on proof", Line(Part.ON, "", True)),
        ("proof", Line(Part.PROOF)),
        ("proof off", Line(Part.PROOF, "off")),
        ("proof until Fri 18:00", Line(Part.UNTIL, "Fri 18:00", True)),
        ("截止周五18点", Line(Part.UNTIL, "周五18点")),
        ("周五18点截止 截图", Line(Part.UNTIL, "周五18点", True)),
        ("截止周五18点 截图", Line(Part.UNTIL, "周五18点", True)),
        ("开", Line(Part.ON)),
        ("截图 关", Line(Part.PROOF, "关")),
        ("nudge 1h", Line(Part.NUDGE, "1h")),
        ("提醒1小时", Line(Part.NUDGE, "1小时")),
        ("perhaps", None),
        ("", None),
    ],
)
def test_what_is_typed_is_understood_in_both_languages(typed: str, line: Line | None) -> None:
    assert read_line(typed) == line


def test_switches_and_no_end_are_read() -> None:
    assert [read_switch(word) for word in ("", "on", "off", "关", "perhaps")] == [True, True, False, False, None]
    assert is_never("off")
    assert is_never("不限")
    assert not is_never("Fri 18:00")


class Sharing(RuleBasedStateMachine):
    """One member's taps and screenshots, and a campaign that a manager changes meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.asked = replace(ASKED, until=NOW + 10 * HOUR)
        self.kept: Share | None = None
        self.frozen: Share | None = None

    @property
    def shut(self) -> bool:
        return self.asked.closed or self.asked.is_over(self.now)

    def _carry_out(self, outcome: rules.Outcome) -> None:
        if self.shut:
            assert isinstance(outcome, Over | Closed)
        elif isinstance(outcome, Noted):
            self.kept = outcome.share
        elif isinstance(outcome, TakenBack):
            self.kept = None

    @rule(seconds=st.integers(0, 8 * 3600))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def tap(self) -> None:
        before = self.kept
        outcome = rules.tap(self.asked, before, 7, "Mei", self.now)
        self._carry_out(outcome)
        if not self.shut and before is not None:
            stays = self.asked.proof or self.now - before.at <= rules.TWICE
            assert isinstance(outcome, Twice if stays else TakenBack)

    @rule(photo=st.text("ab", min_size=1, max_size=2))
    def screenshot(self, photo: str) -> None:
        before = self.kept
        self._carry_out(rules.prove(self.asked, before, 7, "Mei", photo, self.now))
        if not self.shut:
            assert self.kept is not None
            assert self.kept.proof == photo
            assert self.kept.at == (self.now if before is None else before.at)

    @rule()
    def take_back(self) -> None:
        self._carry_out(rules.take_back(self.asked, self.now))

    @rule(until=TIMES, proof=st.booleans())
    def change(self, until: datetime | None, proof: bool) -> None:
        self.asked = rules.changed_to(self.asked, Wish(until, proof))

    @precondition(lambda self: not self.asked.closed)
    @rule()
    def close(self) -> None:
        self.asked = replace(self.asked, closed=True)

    @invariant()
    def what_is_over_stays_as_it_was(self) -> None:
        if self.shut:
            self.frozen = self.frozen or self.kept
            assert self.kept == self.frozen or self.frozen is None
        else:
            self.frozen = None


TestSharing = Sharing.TestCase


def test_nobody_is_reminded_after_the_end_and_once_before_it() -> None:
    assert may_nudge(ASKED, None, NOW) == Go()
    assert may_nudge(replace(ASKED, until=NOW), None, NOW) == Over(NOW)
    assert may_nudge(replace(ASKED, closed=True), None, NOW) == Closed()
    week = replace(ASKED, until=NOW + 7 * DAY, nudges=(*PLAN, *BEFORE))
    coming = [next_nudge(week, NOW), next_nudge(week, NOW + 2 * HOUR), next_nudge(week, NOW + 2 * DAY)]
    assert coming == [NOW + HOUR, NOW + DAY, NOW + 6 * DAY]
    assert next_nudge(week, NOW + 6 * DAY) is None
    assert next_nudge(replace(week, until=NOW + 4 * HOUR), NOW + HOUR) == NOW + 2 * HOUR, "halfway, where it is short"
    assert next_nudge(replace(ASKED, nudges=BEFORE), NOW) is None, "without an end there is nothing before it"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1h,24h", (*PLAN, *BEFORE)),
        ("1小时", (HOUR, *BEFORE)),
        ("off", ()),
        ("1h,2h,3h", TooMany(3, 2)),
        ("soon", NoDelay("soon")),
    ],
)
def test_the_last_reminder_is_kept_for_the_end(typed: str, expected: object) -> None:
    assert read_plan(typed) == expected


def test_the_table_is_against_those_who_are_known_and_by_department() -> None:
    people = [Known(1, "Anna", "Works"), Known(2, "Ben", "Sales"), Known(3, "Mei", "Sales"), Known(4, "carl")]
    shares = [Share(2, "Ben", NOW, "photo"), Share(3, "Mei", NOW + HOUR), Share(9, "Gone", NOW)]
    found = roll(people, {share.user_id: share.given for share in shares}, {1}, total=3)
    assert [(line.who.name, line.answer) for line in found.lines] == [
        ("Ben", Answer.PROOF),
        ("Mei", Answer.DONE),
        ("Anna", Answer.PENDING),
        ("carl", Answer.UNREACHABLE),
    ]
    assert (found.total, found.gone) == (4, 1)
    departments = by_department(found.lines)
    assert [(one.name, one.done, one.count(Answer.PROOF), len(one.lines)) for one in departments] == [
        ("Works", 0, 0, 1),
        ("Sales", 2, 1, 2),
        ("", 0, 0, 1),
    ]

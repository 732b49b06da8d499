"""Who may appeal, who decides, when they are reminded, and what is lighter: as tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.kernel.ids import GroupId, UserId
from bot.violations.appeals.rules import (
    Appeal,
    Closed,
    Decided,
    Deciders,
    Decision,
    HadPart,
    May,
    MayDecide,
    NotTheirs,
    Phase,
    SaidTwice,
    Stands,
    Why,
    comes_back,
    deciders,
    lighter,
    may_appeal,
    may_decide,
    remind_at,
)
from bot.violations.rules.case import Case, Person, State, Undone
from bot.violations.rules.ladder import Rung, Step

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MEI, ANNA = Person(UserId(10), "Mei"), Person(UserId(20), "Anna")
BEN, DORA = Person(UserId(30), "Ben"), Person(UserId(40), "Dora")
WARNING = Case(1, GroupId(1), 1, MEI, ANNA, NOW, NOW + 30 * DAY, "spam", 1, Step(Rung.WARNING), State.NONE)
BAN = replace(WARNING, level=0, step=Step(Rung.BAN), state=State.DONE)
_MUTES = tuple(Step(Rung.MUTE, length) for length in (7 * DAY, DAY, 12 * HOUR, HOUR))
FIRST = Appeal(1, GroupId(1), 1, 1, 1, MEI, "no", NOW, NOW + 3 * DAY)
UPHELD = replace(FIRST, phase=Phase.UPHELD, decision=Decision(BEN, NOW, until=NOW + 7 * DAY))


@pytest.mark.parametrize(
    ("case", "by", "earlier", "now", "expected"),
    [
        (WARNING, MEI, [], NOW, May()),
        (WARNING, ANNA, [], NOW, NotTheirs()),
        (WARNING, MEI, [FIRST], NOW, May(1, FIRST)),
        (WARNING, MEI, [replace(FIRST, added="more")], NOW, SaidTwice(replace(FIRST, added="more"))),
        (WARNING, MEI, [UPHELD], NOW + 6 * DAY, Stands(UPHELD, NOW + 7 * DAY)),
        (WARNING, MEI, [UPHELD], NOW + 7 * DAY, May(2)),
        (WARNING, MEI, [], NOW + 30 * DAY, Closed(WARNING, Why.OVER)),
        (BAN, MEI, [], NOW + 300 * DAY, May()),
        (
            replace(BAN, step=Step(Rung.KICK)),
            MEI,
            [],
            NOW + 30 * DAY,
            Closed(replace(BAN, step=Step(Rung.KICK)), Why.OVER),
        ),
        (replace(BAN, step=Step(Rung.UNBAN)), MEI, [], NOW, Closed(replace(BAN, step=Step(Rung.UNBAN)), Why.RELEASE)),
    ],
)
def test_who_may_appeal(case: Case, by: Person, earlier: list[Appeal], now: datetime, expected: object) -> None:
    assert may_appeal(case, by.user_id, earlier, now) == expected


def test_what_an_appeal_led_to_and_what_was_undone_is_final() -> None:
    assert may_appeal(WARNING, MEI.user_id, [], NOW, is_result=True) == Closed(WARNING, Why.FINAL)
    undone = replace(WARNING, undone=Undone(BEN, NOW))
    assert may_appeal(undone, MEI.user_id, [], NOW) == Closed(undone, Why.UNDONE)


@pytest.mark.parametrize(
    ("able", "agreed", "expected"),
    [
        ((ANNA, BEN, DORA), None, Deciders((BEN.user_id, DORA.user_id))),
        ((ANNA, BEN, DORA), BEN, Deciders((DORA.user_id,))),
        ((ANNA, BEN), BEN, Deciders((ANNA.user_id,), alone=True)),
        ((ANNA,), None, Deciders((ANNA.user_id,), alone=True)),
        ((MEI, ANNA), None, Deciders((ANNA.user_id,), alone=True)),
        ((), None, Deciders((), alone=True)),
    ],
)
def test_who_decides(able: tuple[Person, ...], agreed: Person | None, expected: Deciders) -> None:
    case = replace(WARNING, decided_by=agreed)
    assert deciders(case, [person.user_id for person in able], ANNA.user_id) == expected


def test_who_had_a_part_decides_only_where_nobody_else_can() -> None:
    alone, others = Deciders((ANNA.user_id,), alone=True), Deciders((BEN.user_id,))
    assert may_decide(FIRST, WARNING, ANNA.user_id, alone) == MayDecide(alone=True)
    assert may_decide(FIRST, WARNING, ANNA.user_id, others) == HadPart(FIRST)
    assert may_decide(FIRST, WARNING, BEN.user_id, others) == MayDecide()
    assert may_decide(FIRST, WARNING, MEI.user_id, alone) == HadPart(FIRST)
    assert may_decide(UPHELD, WARNING, BEN.user_id, others) == Decided(UPHELD)


@pytest.mark.parametrize(("length", "ahead"), [(3 * DAY, DAY), (30 * DAY, DAY), (3 * HOUR, HOUR)])
def test_the_reminder_comes_a_day_ahead_or_a_third(length: timedelta, ahead: timedelta) -> None:
    assert remind_at(NOW, NOW + length) == NOW + length - ahead


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (replace(WARNING, step=Step(Rung.NOTICE)), ()),
        (WARNING, (Step(Rung.NOTICE),)),
        (
            replace(WARNING, step=Step(Rung.SERIOUS, 12 * HOUR)),
            (Step(Rung.SERIOUS, HOUR), Step(Rung.SERIOUS), Step(Rung.WARNING), Step(Rung.NOTICE)),
        ),
        (
            replace(WARNING, step=Step(Rung.LEAVE, 2 * HOUR)),
            (
                Step(Rung.MUTE, HOUR),
                Step(Rung.RESTRICT, 2 * HOUR),
                Step(Rung.SERIOUS),
                Step(Rung.WARNING),
                Step(Rung.NOTICE),
            ),
        ),
        (replace(BAN, step=Step(Rung.MUTE, 2 * HOUR)), (Step(Rung.MUTE, HOUR), Step(Rung.NOTICE))),
        (replace(BAN, step=Step(Rung.KICK)), (Step(Rung.NOTICE),)),
        (
            replace(WARNING, step=Step(Rung.MUTE, HOUR)),
            (Step(Rung.RESTRICT, HOUR), Step(Rung.SERIOUS), Step(Rung.WARNING), Step(Rung.NOTICE)),
        ),
        (
            replace(WARNING, step=Step(Rung.REMOVAL), level=0, follows=1, state=State.DECLINED),
            (*_MUTES, Step(Rung.NOTICE)),
        ),
        (
            replace(BAN, step=Step(Rung.BAN, 7 * DAY)),
            (
                Step(Rung.BAN, DAY),
                Step(Rung.KICK),
                *(Step(Rung.MUTE, length) for length in (DAY, 12 * HOUR, HOUR)),
                Step(Rung.NOTICE),
            ),
        ),
    ],
)
def test_what_is_lighter(case: Case, expected: tuple[Step, ...]) -> None:
    assert lighter(case, NOW + HOUR) == expected


def test_what_was_not_in_force_does_not_become_a_removal() -> None:
    assert not any(step.rung in {Rung.BAN, Rung.KICK} for step in lighter(replace(BAN, state=State.PROPOSED), NOW))


@pytest.mark.parametrize(
    ("rung", "state", "instead", "expected"),
    [
        (Rung.BAN, State.LIFTED, None, True),
        (Rung.BAN, State.LIFTING, None, False),
        (Rung.BAN, State.LIFT_REFUSED, None, False),
        (Rung.KICK, State.DONE, None, True),
        (Rung.BAN, State.LIFTED, Step(Rung.BAN, DAY), False),
        (Rung.BAN, State.LIFTED, Step(Rung.KICK), True),
        (Rung.WARNING, State.NONE, None, False),
    ],
)
def test_who_comes_back(rung: Rung, state: State, instead: Step | None, expected: bool) -> None:
    case = replace(BAN, step=Step(rung), state=state, undone=Undone(BEN, NOW))
    other = None if instead is None else replace(BAN, step=instead)
    assert comes_back(case, other) is expected

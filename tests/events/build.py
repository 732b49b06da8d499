"""Events and people to test with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.events.rules.event import Event, State
from bot.events.rules.plan import Plan
from bot.events.rules.signup import Person, SignUp, SignUpState
from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, GroupId, UserId

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DEADLINE = NOW + timedelta(days=4)
START = NOW + timedelta(days=5)
GROUP = GroupId(7)
OWNER = Person(UserId(1), "Anna")


def group(group_id: GroupId = GROUP, **values: Any) -> Group:
    """A group in Berlin, which has no quiet hours unless they are given."""
    return Group(group_id, ChatId(-1000 - group_id), "Hikers", "en", "Europe/Berlin", **values)


def plan(seats: int | None = 3, guests: int = 0, **values: Any) -> Plan:
    """A hike in five days; sign-up ends the day before."""
    return Plan(
        **{"title": "Hike", "starts_at": START, "seats": seats, "guests": guests, "deadline": DEADLINE, **values}
    )


def event(state: State = State.OPEN, **values: Any) -> Event:
    """An event as it comes from the store."""
    return Event(1, GROUP, 3, plan(**values), state, OWNER.user_id, NOW)


def person(number: int) -> Person:
    """Somebody."""
    return Person(UserId(100 + number), f"P{number}")


def signup(number: int, state: SignUpState = SignUpState.GOING, guests: int = 0) -> SignUp:
    """Somebody's sign-up; their number is their turn."""
    who = person(number)
    return SignUp(who.user_id, who.name, state, number, NOW, guests)

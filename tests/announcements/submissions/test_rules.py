"""Submissions as a state machine: nothing is decided twice, and nobody decides on their own (R25, R09)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.rules.announcement import State as Post
from bot.announcements.rules.content import Content
from bot.announcements.submissions import rules
from bot.announcements.submissions.rules import (
    Act,
    Closed,
    Full,
    House,
    NotNow,
    Own,
    State,
    Submission,
    Unknown,
    decide,
    may_hand_in,
)
from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, GroupId, UserId

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
MEI, ANNA, BEN = UserId(1), UserId(2), UserId(3)
NEW = Submission(1, GroupId(1), 7, State.WAITING, Content("Coats"), MEI, "Mei", "Sales", NOW)
OF_POST = {State.ACCEPTED, State.DROPPED, State.PUBLISHED, State.WITHDRAWN}
REVIEWING = (Act.ASK, Act.ACCEPT, Act.DECLINE)
DECIDED = {State.ACCEPTED, State.DECLINED, State.TAKEN_BACK}


def step(item: Submission, act: Act, by: UserId | None) -> Submission:
    """Return it after an act, as the service does it; the same where that cannot be done."""
    after = decide(item, act, by)
    if not isinstance(after, State):
        return item
    match act:
        case Act.ASK:
            return rules.asked(item, "Who?", "Anna", NOW)
        case Act.ANSWER:
            return rules.answered(item, Content("The school"), NOW)
        case Act.USE:
            return rules.used(item)
        case _:
            return replace(item, state=after)


@given(st.lists(st.tuples(st.sampled_from(Act), st.sampled_from((MEI, ANNA, BEN)))))
def test_it_is_decided_once_by_somebody_else(acts: list[tuple[Act, UserId]]) -> None:
    item, decisions = NEW, 0
    for act, by in acts:
        after = step(item, act, by)
        if after.state is not item.state and after.state in DECIDED:
            decisions += 1
            assert (by == MEI) == (after.state is State.TAKEN_BACK)
        if act in {Act.ANSWER, Act.USE} and after != item:
            assert by == MEI
        assert after.is_open or not after.question
        assert all(one.answer is not None for one in after.talk[:-1])
        item = after
    assert decisions <= 1
    assert [one.question for one in item.talk] == ["Who?"] * len(item.talk)


@given(st.sampled_from(State), st.lists(st.sampled_from(Post)))
def test_only_what_was_accepted_goes_with_an_announcement(state: State, posts: list[Post]) -> None:
    item, went = replace(NEW, state=state), False
    for post in posts:
        after = rules.followed(item, post)
        went = went or after is not state
        assert (after is State.PUBLISHED) or post is not Post.PUBLISHED or item.state not in OF_POST - {State.WITHDRAWN}
        assert after is not State.DROPPED or item.state is not State.PUBLISHED
        item = replace(item, state=after)
    assert not went or state in OF_POST


@pytest.mark.parametrize("act", REVIEWING)
def test_nobody_decides_on_their_own(act: Act) -> None:
    assert decide(NEW, act, MEI) == Own(NEW)


@pytest.mark.parametrize("act", [Act.ANSWER, Act.USE, Act.TAKE_BACK])
def test_nobody_else_speaks_for_the_member(act: Act) -> None:
    assert decide(rules.asked(NEW, "Who?", "Anna", NOW), act, ANNA) == Unknown(7)


@pytest.mark.parametrize("act", [*REVIEWING, Act.TAKE_BACK])
def test_what_is_declined_stays_so(act: Act) -> None:
    declined = replace(NEW, state=State.DECLINED)
    assert decide(declined, act, MEI if act is Act.TAKE_BACK else BEN) == NotNow(declined, act)


def test_an_answer_becomes_the_text_once_and_a_file_it_does_not_bring_stays() -> None:
    pictured = replace(NEW, content=Content("Coats", "photo", "f"))
    item = rules.answered(rules.asked(pictured, "Where?", "Anna", NOW), Content("Coats, at the school"), NOW)
    assert decide(item, Act.USE, MEI) is State.WAITING
    after = rules.used(item)
    assert after.content == Content("Coats, at the school", "photo", "f")
    assert decide(after, Act.USE, MEI) == NotNow(after, Act.USE)


@pytest.mark.parametrize(
    ("house", "today", "expected"),
    [
        (House(), 0, None),
        (House(), 2, None),
        (House(), 3, Full(3, NOW)),
        (House(daily=1), 1, Full(1, NOW)),
        (House(open=False), 0, Closed()),
    ],
)
def test_how_many_a_day(house: House, today: int, expected: object) -> None:
    assert may_hand_in(house, today, NOW) == expected


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),  # noqa: DTZ001  (made aware below)
    st.sampled_from(("UTC", "Asia/Shanghai", "Europe/Berlin", "America/Sao_Paulo", "Asia/Beirut", "Pacific/Apia")),
)
def test_a_day_begins_at_the_group_s_midnight(naive: datetime, zone: str) -> None:
    now = naive.replace(tzinfo=UTC)
    began = rules.day_began(Group(GroupId(1), ChatId(-1001), "Hikers", "en", zone), now)
    tz = ZoneInfo(zone)
    assert began <= now
    assert began.astimezone(tz).date() == now.astimezone(tz).date()
    assert (began - timedelta(seconds=1)).astimezone(tz).date() < now.astimezone(tz).date()

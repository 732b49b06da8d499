from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import OPEN, Announcement, By, State, link_to
from bot.announcements.rules.content import Content, ContentProblem, Empty, NoCaption, TooLong, check_content, merged
from bot.announcements.rules.house import House
from bot.announcements.rules.life import AskReview, Firing, Go, Hold, HoldBack, Ignore, decide, fire, may
from bot.announcements.rules.outcomes import NotAllowed, NotNow
from bot.announcements.rules.shelves import ON, Shelf, counted, shelf_named
from bot.announcements.rules.typed import read_late, read_number, split_number
from bot.kernel.ids import ChatId, GroupId, MessageId, UserId
from bot.kernel.roles import RIGHTS_OF, Right, Role

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
AUTHOR, OTHER = UserId(1), UserId(2)
EDITOR, MANAGER = RIGHTS_OF[Role.EDITOR], RIGHTS_OF[Role.MANAGER]


def announcement(state: State = State.DRAFT) -> Announcement:
    return Announcement(7, GroupId(1), 12, state, Content("Hello"), AUTHOR, "Anna", NOW)


@pytest.mark.parametrize(
    ("content", "length", "problem"),
    [
        (Content("Hello"), 5, None),
        (Content("Hello"), 4096, None),
        (Content("Hello"), 4097, TooLong(4097, 4096, with_file=False)),
        (Content(""), 0, Empty()),
        (Content("", "photo", "f"), 0, None),
        (Content("Hello", "photo", "f"), 1024, None),
        (Content("Hello", "photo", "f"), 1025, TooLong(1025, 1024, with_file=True)),
        (Content("", "sticker", "f"), 0, None),
        (Content("Hello", "sticker", "f"), 5, NoCaption()),
        (Content("Hello", "video_note", "f"), 5, NoCaption()),
    ],
)
def test_what_does_not_fit_is_refused_and_never_cut(
    content: Content, length: int, problem: ContentProblem | None
) -> None:
    assert check_content(content, length) == problem


@pytest.mark.parametrize(
    ("new", "whole"),
    [
        (Content("new"), Content("new", "photo", "f")),
        (Content("", "video", "g"), Content("old", "video", "g")),
        (Content("new", "video", "g"), Content("new", "video", "g")),
    ],
)
def test_a_change_keeps_what_it_leaves_out(new: Content, whole: Content) -> None:
    assert merged(Content("old", "photo", "f"), new) == whole


@pytest.mark.parametrize(
    ("act", "state", "after"),
    [
        (Act.PUBLISH, State.DRAFT, State.PUBLISHING),
        (Act.PUBLISH, State.SCHEDULED, State.PUBLISHING),
        (Act.PUBLISH, State.FAILED, State.PUBLISHING),
        (Act.SCHEDULE, State.SCHEDULED, State.SCHEDULED),
        (Act.SCHEDULE, State.MISSED, State.SCHEDULED),
        (Act.CANCEL, State.DRAFT, State.DISCARDED),
        (Act.CANCEL, State.SCHEDULED, State.CANCELLED),
        (Act.CANCEL, State.MISSED, State.CANCELLED),
        (Act.RESTORE, State.CANCELLED, State.DRAFT),
        (Act.EDIT, State.PUBLISHED, State.PUBLISHED),
        (Act.IS_THERE, State.UNCERTAIN, State.PUBLISHED),
        (Act.AGAIN, State.UNCERTAIN, State.PUBLISHING),
    ],
)
def test_where_an_act_leads(act: Act, state: State, after: State) -> None:
    assert decide(announcement(state), act, By(OTHER, "Ben", MANAGER)) == after


@pytest.mark.parametrize(
    "state", [State.PUBLISHING, State.UNCERTAIN, State.PUBLISHED, State.CANCELLED, State.DISCARDED]
)
@pytest.mark.parametrize("act", [Act.PUBLISH, Act.SCHEDULE, Act.CANCEL])
def test_what_is_sent_or_over_is_not_begun_again(state: State, act: Act) -> None:
    assert decide(announcement(state), act, By(OTHER, "Ben", MANAGER)) == NotNow(announcement(state), act)


@given(
    acts=st.lists(st.tuples(st.sampled_from(Act), st.sampled_from([EDITOR, MANAGER]), st.sampled_from([AUTHOR, OTHER])))
)
def test_whatever_is_tapped_only_a_publisher_sends_and_nothing_is_sent_twice(
    acts: list[tuple[Act, frozenset[Right], UserId]],
) -> None:
    item, sent = announcement(), 0
    for act, rights, user_id in acts:
        after = decide(item, act, By(user_id, "Somebody", rights))
        if not isinstance(after, State):
            assert after in {NotNow(item, act), NotAllowed(item)}
            continue
        if after is State.PUBLISHING and item.state is not after:
            sent += 1
            assert Right.PUBLISH in rights
        item = replace(item, state=after)
    # No result comes in this story, so the first posting stays open and nothing may begin another.
    assert sent <= 1
    assert (item.state is State.PUBLISHING) == (sent == 1)


@pytest.mark.parametrize(
    ("user_id", "rights", "act", "state", "allowed"),
    [
        (AUTHOR, EDITOR, Act.EDIT, State.DRAFT, True),
        (AUTHOR, EDITOR, Act.EDIT, State.SCHEDULED, False),
        (AUTHOR, EDITOR, Act.EDIT, State.PUBLISHED, False),
        (AUTHOR, EDITOR, Act.CANCEL, State.SCHEDULED, True),
        (AUTHOR, EDITOR, Act.PUBLISH, State.DRAFT, False),
        (AUTHOR, EDITOR, Act.SCHEDULE, State.DRAFT, False),
        (OTHER, EDITOR, Act.EDIT, State.DRAFT, False),
        (OTHER, EDITOR, Act.CANCEL, State.DRAFT, False),
        (OTHER, MANAGER, Act.EDIT, State.SCHEDULED, True),
        (OTHER, MANAGER, Act.PUBLISH, State.DRAFT, True),
    ],
)
def test_nobody_changes_what_somebody_with_the_right_has_approved(
    user_id: UserId, rights: frozenset[Right], act: Act, state: State, allowed: bool
) -> None:
    assert may(announcement(state), act, By(user_id, "Somebody", rights)) is allowed


@pytest.mark.parametrize(
    ("state", "may_write", "may_publish", "quiet_until", "firing"),
    [
        (State.SCHEDULED, True, True, None, Go),
        (State.SCHEDULED, True, True, NOW + timedelta(hours=8), Hold),
        (State.SCHEDULED, True, False, None, HoldBack),
        (State.SCHEDULED, False, True, None, HoldBack),
        (State.SCHEDULED, True, False, NOW + timedelta(hours=8), HoldBack),
        (State.IN_REVIEW, True, True, None, AskReview),
        (State.CANCELLED, True, True, None, Ignore),
        (State.PUBLISHED, True, True, None, Ignore),
    ],
)
def test_when_the_time_has_come(
    state: State, may_write: bool, may_publish: bool, quiet_until: datetime | None, firing: type[Firing]
) -> None:
    item = replace(announcement(state), due_at=NOW)
    found = fire(item, House(), may_write=may_write, may_publish=may_publish, quiet_until=quiet_until)
    assert isinstance(found, firing)


def test_what_is_urgent_goes_out_in_the_quiet_hours() -> None:
    item = replace(announcement(State.SCHEDULED), due_at=NOW, urgent=True)
    found = fire(item, House(), may_write=True, may_publish=True, quiet_until=NOW + timedelta(hours=8))
    assert isinstance(found, Go)
    assert found.after.state is State.PUBLISHING


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("12", 12),
        ("#12", 12),
        ("＃１２", 12),
        ("", None),
        ("#", None),
        ("-1", None),
        ("1.5", None),
        ("twelve", None),
        ("9" * 30, None),
    ],
)
def test_numbers_as_people_type_them(word: str, number: int | None) -> None:
    assert read_number(word) == number


def test_a_line_is_split_after_its_number() -> None:
    assert split_number("#12  Sat 09:00 ") == (12, "Sat 09:00")
    assert split_number("") == (None, "")
    assert split_number("12") == (12, "")


def test_only_messages_of_supergroups_have_links() -> None:
    posted = replace(announcement(State.PUBLISHED), chat_id=ChatId(-1001234), message_id=MessageId(5))
    assert link_to(posted) == "https://t.me/c/1234/5"
    assert link_to(replace(posted, chat_id=ChatId(-4))) is None
    assert link_to(replace(posted, message_id=None)) is None


def test_what_is_over_is_not_open() -> None:
    over = {State.PUBLISHED, State.CANCELLED, State.DISCARDED, State.REJECTED, State.WITHDRAWN}
    assert set(State) - OPEN == over


@pytest.mark.parametrize(
    ("words", "shelf"),
    [
        ("drafts", Shelf.DRAFTS),
        ("草稿", Shelf.DRAFTS),
        ("In  Review", Shelf.REVIEW),
        ("ＳＣＨＥＤＵＬＥＤ", Shelf.SCHEDULED),
        ("已撤回", Shelf.GONE),
        ("soon", None),
        ("", None),
    ],
)
def test_shelves_as_people_type_them(words: str, shelf: Shelf | None) -> None:
    assert shelf_named(words) is shelf


def test_every_state_is_on_one_shelf() -> None:
    assert sorted(state for states in ON.values() for state in states) == sorted(State)
    assert counted({State.DRAFT: 2, State.FAILED: 1, State.MISSED: 1}) == {Shelf.DRAFTS: 2, Shelf.TROUBLE: 2}


@pytest.mark.parametrize(
    ("typed", "late"),
    [
        ("2 hours", timedelta(hours=2)),
        ("30分钟", timedelta(minutes=30)),
        ("never", timedelta(0)),
        ("从不", timedelta(0)),
        ("7 days", timedelta(days=7)),
        ("8 days", None),
        ("soon", None),
    ],
)
def test_how_late_as_people_type_it(typed: str, late: timedelta | None) -> None:
    assert read_late(typed) == late

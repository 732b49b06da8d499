"""Two pairs of eyes, case by case (R09)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.announcements.rules import life
from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import Announcement, By, State
from bot.announcements.rules.content import Content, File, Link
from bot.announcements.rules.house import House, Review
from bot.announcements.rules.outcomes import Changed, NoReview, NotAllowed, NotNow, NotReviewer, Unreviewed
from bot.announcements.rules.review import fingerprint, is_approved, may_set, shown
from bot.kernel.ids import ChatId, GroupId, MessageId, UserId
from bot.kernel.roles import RIGHTS_OF, Role

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)
ANNA = By(UserId(1), "Anna", RIGHTS_OF[Role.OWNER])
BEN = By(UserId(2), "Ben", RIGHTS_OF[Role.MANAGER])
EDDA = By(UserId(3), "Edda", RIGHTS_OF[Role.EDITOR])
RITA = By(UserId(4), "Rita", RIGHTS_OF[Role.REVIEWER])
NONE, OTHER, OWNER = House(), House(Review.OTHER), House(Review.OWNER)


def drafted(by: By = EDDA) -> Announcement:
    words = Content("Hello")
    return Announcement(7, GroupId(1), 12, State.DRAFT, words, by.user_id, by.name, NOW, writer_id=by.user_id)


def done(after: object) -> Announcement:
    assert isinstance(after, Announcement), after
    return after


def approved(by: By = EDDA, reviewer: By = BEN, house: House = OTHER) -> Announcement:
    item = done(life.handed_in(drafted(by), by, house))
    return done(life.approved(item, reviewer, house, NOW, shown(item)))


def published() -> Announcement:
    sent = done(life.sent(approved(), BEN, OTHER))
    return replace(sent, state=State.PUBLISHED, message_id=MessageId(5), chat_id=ChatId(-1001))


def test_where_review_is_on_nobody_publishes_before_it() -> None:
    item = drafted()
    assert life.sent(item, BEN, OTHER) == Unreviewed(item, Review.OTHER)
    assert life.sent(item, BEN, OWNER) == Unreviewed(item, Review.OWNER)
    assert done(life.sent(item, BEN, NONE)).state is State.PUBLISHING


def test_who_wrote_or_handed_it_in_does_not_approve_it() -> None:
    item = done(life.handed_in(drafted(), EDDA, OTHER))
    assert life.approved(item, EDDA, OTHER, NOW, shown(item)) == NotAllowed(item)
    by_ben = done(life.edited(item, Content("Hi"), BEN, OTHER, NOW))
    assert life.approved(by_ben, BEN, OTHER, NOW, shown(by_ben)) == NotReviewer(by_ben, Review.OTHER)
    assert done(life.approved(by_ben, RITA, OTHER, NOW, shown(by_ben))).state is State.APPROVED
    own = done(life.handed_in(drafted(ANNA), ANNA, OTHER))
    assert life.approved(own, ANNA, OTHER, NOW, shown(own)) == NotReviewer(own, Review.OTHER)


def test_the_author_may_take_over_what_another_has_changed() -> None:
    item = done(life.edited(drafted(), Content("Hi"), BEN, OTHER, NOW))
    handed = done(life.handed_in(item, EDDA, OTHER))
    assert done(life.approved(handed, BEN, OTHER, NOW, shown(handed))).reviewer_name == "Ben"


def test_only_the_owner_approves_where_that_is_wanted() -> None:
    item = done(life.handed_in(drafted(), EDDA, OWNER))
    assert life.approved(item, BEN, OWNER, NOW, shown(item)) == NotReviewer(item, Review.OWNER)
    assert done(life.approved(item, ANNA, OWNER, NOW, shown(item))).state is State.APPROVED


def test_the_owners_own_word_is_enough_where_only_the_owner_reviews() -> None:
    sent = done(life.sent(drafted(ANNA), ANNA, OWNER))
    assert (sent.state, sent.reviewer_name) == (State.PUBLISHING, "Anna")
    assert done(life.handed_in(drafted(ANNA), ANNA, OWNER)).state is State.APPROVED
    assert done(life.scheduled(drafted(ANNA), LATER, ANNA, OWNER)).state is State.SCHEDULED
    unread = drafted(ANNA)
    assert life.sent(unread, ANNA, OTHER) == Unreviewed(unread, Review.OTHER)


def test_an_approval_counts_only_for_the_review_that_is_on_now() -> None:
    by_manager, by_owner = approved(), approved(reviewer=ANNA, house=OWNER)
    assert is_approved(by_manager, Review.OTHER)
    assert not is_approved(by_manager, Review.OWNER)
    assert is_approved(by_owner, Review.OWNER)
    assert is_approved(by_owner, Review.OTHER)
    own = done(life.handed_in(drafted(ANNA), ANNA, OWNER))
    assert is_approved(own, Review.OWNER)
    assert not is_approved(own, Review.OTHER)


@pytest.mark.parametrize(
    "content",
    [
        Content("Hello!"),
        Content("<b>Hello</b>"),
        Content("Hello", "photo", "f"),
        Content("Hello", files=(File("photo", "f"), File("photo", "g"))),
        Content("Hello", links=((Link("More", "https://example.org"),),)),
        Content("Hello", protected=True),
    ],
)
def test_an_approval_is_for_exactly_what_members_see(content: Content) -> None:
    item = approved()
    assert is_approved(item, Review.OTHER)
    assert not is_approved(replace(item, content=content), Review.OTHER)
    assert not is_approved(replace(item, options={"acknowledgement": "on"}), Review.OTHER)
    edited = done(life.edited(item, content, BEN, OTHER, NOW))
    assert (edited.state, edited.approval, edited.reviewer_id) == (State.IN_REVIEW, "", None)


def test_the_order_of_options_is_no_change() -> None:
    words = Content("Hello")
    assert fingerprint(words, {"a": "1", "b": "2"}) == fingerprint(words, {"b": "2", "a": "1"})


def test_an_approval_of_an_older_card_does_not_count() -> None:
    item = done(life.handed_in(drafted(), EDDA, OTHER))
    newer = done(life.edited(item, Content("Hi"), EDDA, OTHER, NOW))
    assert newer.state is State.IN_REVIEW
    assert life.approved(newer, BEN, OTHER, NOW, shown(item)) == Changed(newer)


def test_an_edit_of_what_is_scheduled_waits_for_review_with_its_time() -> None:
    item = done(life.scheduled(approved(), LATER, BEN, OTHER))
    assert item.state is State.SCHEDULED
    edited = done(life.edited(item, Content("Hi"), BEN, OTHER, NOW))
    assert (edited.state, edited.due_at) == (State.IN_REVIEW, LATER)
    assert done(life.approved(edited, RITA, OTHER, NOW, shown(edited))).state is State.SCHEDULED
    assert done(life.approved(edited, RITA, OTHER, LATER, shown(edited))).state is State.APPROVED
    assert done(life.edited(item, Content("Hi"), ANNA, NONE, NOW)).state is State.SCHEDULED


def test_what_nobody_has_approved_in_time_does_not_go_out() -> None:
    waiting = done(life.scheduled(drafted(BEN), LATER, BEN, OTHER))
    assert waiting.state is State.IN_REVIEW
    asked = life.fire(waiting, OTHER, may_write=True, may_publish=True, quiet_until=None)
    assert asked == life.AskReview(replace(waiting, due_at=None))
    before = done(life.scheduled(drafted(BEN), LATER, BEN, NONE))
    fired = life.fire(before, OTHER, may_write=True, may_publish=True, quiet_until=None)
    assert isinstance(fired, life.AskReview)
    assert fired.after.state is State.IN_REVIEW


def test_a_change_of_what_is_published_waits() -> None:
    item = published()
    changed = done(life.edited(item, Content("Hi"), BEN, OTHER, NOW))
    assert (changed.content, changed.pending) == (Content("Hello"), Content("Hi"))
    assert life.approved(changed, BEN, OTHER, NOW, shown(changed)) == NotReviewer(changed, Review.OTHER)
    after = done(life.approved(changed, RITA, OTHER, NOW, shown(changed)))
    assert (after.content, after.pending, after.edited_at) == (Content("Hi"), None, NOW)
    back = done(life.sent_back(changed, RITA, OTHER, "No"))
    assert (back.state, back.content, back.pending, back.remark) == (State.PUBLISHED, Content("Hello"), None, "No")
    assert life.approved(item, RITA, OTHER, NOW, shown(item)) == NotNow(item, Act.APPROVE)


def test_what_goes_with_a_published_one_is_not_changed_past_the_review() -> None:
    item = published()
    assert life.with_options(item, {"sharing": "on"}, BEN, OTHER) == NotNow(item, Act.EDIT)
    assert done(life.with_options(item, {"sharing": "on"}, BEN, NONE)).options == {"sharing": "on"}


def test_sent_back_it_is_the_same_draft_with_the_remark() -> None:
    item = done(life.scheduled(drafted(BEN), LATER, BEN, OTHER))
    back = done(life.sent_back(item, RITA, OTHER, "Which gate?"))
    assert (back.number, back.state, back.remark, back.reviewer_name) == (12, State.DRAFT, "Which gate?", "Rita")
    assert back.due_at is None
    again = done(life.handed_in(done(life.edited(back, Content("Gate 2"), BEN, OTHER, NOW)), BEN, OTHER))
    assert (again.remark, again.reviewer_name, again.reviewer_id) == ("Which gate?", "Rita", None)
    assert done(life.approved(again, RITA, OTHER, NOW, shown(again))).remark == ""


def test_rejected_it_can_be_brought_back_as_a_draft() -> None:
    item = done(life.rejected(done(life.handed_in(drafted(), EDDA, OTHER)), BEN, OTHER, "No"))
    assert item.state is State.REJECTED
    assert done(life.restored(item, EDDA)).state is State.DRAFT


def test_what_comes_back_is_approved_anew() -> None:
    item = done(life.cancelled(done(life.scheduled(approved(), LATER, BEN, OTHER)), BEN))
    assert done(life.restored(item, BEN)).approval == ""


def test_without_review_there_is_nothing_to_hand_in() -> None:
    item = drafted()
    assert life.handed_in(item, EDDA, NONE) == NoReview(item)


def test_what_was_scheduled_before_review_was_on_can_be_handed_in_with_its_time() -> None:
    item = done(life.scheduled(drafted(BEN), LATER, BEN, NONE))
    handed = done(life.handed_in(item, BEN, OTHER))
    assert (handed.state, handed.due_at) == (State.IN_REVIEW, LATER)
    read = done(life.approved(handed, RITA, OTHER, NOW, shown(handed)))
    assert read.state is State.SCHEDULED
    assert life.handed_in(read, BEN, OTHER) == NotNow(read, Act.SUBMIT)
    assert done(life.handed_in(item, ANNA, OWNER)).state is State.SCHEDULED


def test_only_the_owner_lets_go_of_the_owners_review() -> None:
    assert may_set(Review.OWNER, ANNA)
    assert not may_set(Review.OWNER, BEN)
    assert may_set(Review.OTHER, BEN)

"""Two pairs of eyes, case by case (R09)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.announcements.rules import life
from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import Announcement, By, State
from bot.announcements.rules.content import Content, File, Link
from bot.announcements.rules.house import House, Review
from bot.announcements.rules.outcomes import Changed, NoReview, NotAllowed, NotNow, NotReviewer, NotWriting, Unreviewed
from bot.announcements.rules.review import fingerprint, is_approved, may_set, shown
from bot.kernel.ids import ChatId, GroupId, MessageId, UserId
from bot.kernel.roles import RIGHTS_OF, Role

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)
ANNA = By(UserId(1), "Anna", RIGHTS_OF[Role.OWNER])
BEN = By(UserId(2), "Ben", RIGHTS_OF[Role.MANAGER])
EDDA = By(UserId(3), "Edda", RIGHTS_OF[Role.EDITOR])
EDDA_MAY = By(UserId(3), "Edda", RIGHTS_OF[Role.MANAGER])
RITA = By(UserId(4), "Rita", RIGHTS_OF[Role.REVIEWER])
TurnDown = Callable[[Announcement, By, House, str], object]
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
    edited = done(life.edited(item, content, BEN, OTHER, NOW))
    assert (edited.state, edited.approval, edited.reviewer_id) == (State.IN_REVIEW, "", None)


def test_what_goes_with_it_changes_no_word_and_needs_no_second_pair_of_eyes() -> None:
    timed = done(life.scheduled(approved(), LATER, BEN, OTHER))
    for item in (approved(), timed, published()):
        after = done(life.with_options(item, {"acknowledgement": "on"}, BEN))
        assert (after.options, after.state) == ({"acknowledgement": "on"}, item.state)
        assert is_approved(after, Review.OTHER)
    assert life.with_options(published(), {"acknowledgement": "on"}, EDDA) == NotAllowed(published())


def test_an_older_approval_of_what_had_no_options_holds() -> None:
    assert fingerprint(Content("Hello")) == "eec3d34b8324c2fb9976259f4ad89b7822d8d60b918085f5e68450a51f17f926"


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


@pytest.mark.parametrize("turn_down", [life.sent_back, life.rejected])
def test_a_change_that_is_turned_down_leaves_the_approval_of_what_is_published(turn_down: TurnDown) -> None:
    item = published()
    # Ben, who approved what stands there, writes the change: that makes it no less approved.
    back = done(turn_down(done(life.edited(item, Content("Hi"), BEN, OTHER, NOW)), RITA, OTHER, "No"))
    assert is_approved(back, Review.OTHER)
    assert (back.reviewer_name, back.remark, back.remark_by, back.pending_by) == ("Ben", "No", "Rita", None)
    again = done(life.edited(back, Content("Hey"), RITA, OTHER, NOW))
    assert (again.remark, again.remark_by) == ("", "")
    assert life.approved(again, RITA, OTHER, NOW, shown(again)) == NotReviewer(again, Review.OTHER)
    after = done(life.approved(again, BEN, OTHER, NOW, shown(again)))
    assert (after.content, after.writer_id, is_approved(after, Review.OTHER)) == (Content("Hey"), RITA.user_id, True)


def test_the_owners_own_change_of_what_is_published_is_approved_by_that() -> None:
    item = replace(published(), approval="")
    after = done(life.edited(item, Content("Hi"), ANNA, OWNER, NOW))
    assert (after.content, is_approved(after, Review.OWNER)) == (Content("Hi"), True)


def test_an_uncertain_one_is_handed_in_and_sent_when_it_is_approved() -> None:
    item = replace(done(life.sent(drafted(), BEN, NONE)), state=State.UNCERTAIN)
    assert life.sent(item, BEN, OTHER, Act.AGAIN) == Unreviewed(item, Review.OTHER)
    assert life.handed_in(item, EDDA, OTHER) == NotAllowed(item)
    handed = done(life.handed_in(item, BEN, OTHER))
    assert (handed.state, handed.due_at) == (State.IN_REVIEW, None)
    assert life.sent(handed, BEN, OTHER) == Unreviewed(handed, Review.OTHER)
    read = done(life.approved(handed, RITA, OTHER, NOW, shown(handed)))
    assert done(life.sent(read, BEN, OTHER)).state is State.PUBLISHING
    sure = replace(done(life.sent(approved(), BEN, OTHER)), state=State.UNCERTAIN)
    assert life.handed_in(sure, BEN, OTHER) == NotNow(sure, Act.SUBMIT)
    assert done(life.sent(sure, BEN, OTHER, Act.AGAIN)).state is State.PUBLISHING


def test_who_approves_by_typing_means_what_was_last_handed_in() -> None:
    item = done(life.handed_in(drafted(), EDDA, OTHER))
    assert done(life.approved(item, BEN, OTHER, NOW, None)).state is State.APPROVED
    newer = done(life.edited(item, Content("Hi"), EDDA, OTHER, NOW))
    assert life.approved(newer, BEN, OTHER, NOW, None) == Changed(newer)
    back = done(life.sent_back(newer, BEN, OTHER, "Why?"))
    again = done(life.handed_in(back, EDDA, OTHER))
    assert done(life.approved(again, BEN, OTHER, NOW, None)).content == Content("Hi")
    change = done(life.edited(published(), Content("Hi"), EDDA_MAY, OTHER, NOW))
    assert done(life.approved(change, RITA, OTHER, NOW, None)).content == Content("Hi")
    other = done(life.edited(change, Content("Hey"), EDDA_MAY, OTHER, NOW))
    assert life.approved(other, RITA, OTHER, NOW, None) == Changed(other)


def test_an_author_who_may_not_write_any_more_does_not_send_it_out() -> None:
    demoted = replace(EDDA, rights=RITA.rights)
    item = approved()
    assert life.sent(item, demoted, OTHER) == NotWriting(item)
    assert life.scheduled(item, LATER, demoted, OTHER) == NotWriting(item)
    assert done(life.sent(item, BEN, OTHER)).publisher_name == "Ben"


def test_who_takes_words_over_has_not_read_them_with_other_eyes() -> None:
    item = approved(reviewer=RITA)
    assert done(life.scheduled(life.taken_over(item, BEN), LATER, BEN, OTHER)).state is State.SCHEDULED
    own = approved(reviewer=BEN)
    assert done(life.scheduled(life.taken_over(own, BEN), LATER, BEN, OTHER)).state is State.IN_REVIEW


def test_a_time_that_was_set_once_does_not_come_back_after_a_failure() -> None:
    timed = done(life.scheduled(approved(), LATER, BEN, OTHER))
    failed = replace(done(life.sent(timed, BEN, OTHER)), state=State.FAILED)
    edited = done(life.edited(failed, Content("Hi"), EDDA, OTHER, NOW))
    handed = done(life.handed_in(edited, EDDA, OTHER))
    assert done(life.approved(handed, BEN, OTHER, NOW, shown(handed))).state is State.APPROVED
    missed = replace(done(life.scheduled(drafted(BEN), LATER, BEN, NONE)), state=State.MISSED)
    assert done(life.handed_in(missed, BEN, OTHER)).due_at is None


def test_where_review_is_switched_off_one_with_a_time_goes_on_waiting_for_it() -> None:
    waiting = done(life.scheduled(drafted(BEN), LATER, BEN, OTHER))
    edited = done(life.edited(waiting, Content("Hi"), BEN, NONE, NOW))
    assert (edited.state, edited.due_at) == (State.IN_REVIEW, LATER)
    assert done(life.scheduled(edited, LATER, BEN, NONE)).state is State.SCHEDULED


def test_sent_back_it_is_the_same_draft_with_the_remark() -> None:
    item = done(life.scheduled(drafted(BEN), LATER, BEN, OTHER))
    back = done(life.sent_back(item, RITA, OTHER, "Which gate?"))
    assert (back.number, back.state, back.remark, back.remark_by) == (12, State.DRAFT, "Which gate?", "Rita")
    assert back.due_at is None
    again = done(life.handed_in(done(life.edited(back, Content("Gate 2"), BEN, OTHER, NOW)), BEN, OTHER))
    assert (again.remark, again.remark_by, again.reviewer_id) == ("Which gate?", "Rita", None)
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

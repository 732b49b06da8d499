"""Who may do what to an announcement in which of its states, and what becomes of it.

Every step returns the announcement as it is afterwards, or why it cannot be done. Nothing gets to ``PUBLISHING`` but through
:func:`sent` and :func:`fire`, which let only pass what is approved as it stands (R09).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import Announcement, By, Pin, State
from bot.announcements.rules.changing import forgotten, put, with_version
from bot.announcements.rules.house import House, Review
from bot.announcements.rules.outcomes import Changed, NoReview, NotAllowed, NotNow, NotReviewer, NotWriting, Unreviewed
from bot.announcements.rules.review import is_approved, is_enough, may_review, shown, stamp
from bot.announcements.rules.versions import NOTHING
from bot.kernel.roles import Right

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.announcements.rules.content import Content

_TIMED: Final = frozenset({State.SCHEDULED, State.MISSED})
_UNSENT: Final = frozenset({State.DRAFT, State.IN_REVIEW, State.APPROVED, State.FAILED}) | _TIMED
_NEXT: Final[dict[Act, dict[State, State]]] = {
    Act.EDIT: {state: state for state in (*sorted(_UNSENT), State.PUBLISHED)},
    # Who hands an uncertain one in has looked: it is not there.
    Act.SUBMIT: dict.fromkeys((*sorted(_UNSENT - {State.IN_REVIEW}), State.UNCERTAIN), State.IN_REVIEW),
    # A published one may have a change that waits.
    Act.APPROVE: {State.IN_REVIEW: State.APPROVED, State.PUBLISHED: State.PUBLISHED},
    Act.SEND_BACK: {State.IN_REVIEW: State.DRAFT, State.PUBLISHED: State.PUBLISHED},
    Act.REJECT: {State.IN_REVIEW: State.REJECTED, State.PUBLISHED: State.PUBLISHED},
    Act.SCHEDULE: dict.fromkeys(sorted(_UNSENT), State.SCHEDULED),
    # An uncertain one is left out: publishing it would repeat what may stand there.
    Act.PUBLISH: dict.fromkeys(sorted(_UNSENT), State.PUBLISHING),
    Act.CANCEL: {state: State.CANCELLED if state in _TIMED else State.DISCARDED for state in sorted(_UNSENT)},
    Act.RESTORE: dict.fromkeys((State.CANCELLED, State.DISCARDED, State.REJECTED), State.DRAFT),
    Act.IS_THERE: {State.UNCERTAIN: State.PUBLISHED},
    Act.AGAIN: {State.UNCERTAIN: State.PUBLISHING},
    Act.PIN: {State.PUBLISHED: State.PUBLISHED},
    Act.URGENT: {state: state for state in sorted(_UNSENT)},
    Act.WITHDRAW: {State.PUBLISHED: State.WITHDRAWN},
    Act.RETRY: {State.PUBLISHED: State.PUBLISHED},
    Act.KEEP: {State.PUBLISHED: State.PUBLISHED},
    # The copy is what begins anew; the original stays what it is.
    Act.COPY: {state: state for state in State},
}
_BY_AUTHOR: Final = frozenset({Act.EDIT, Act.SUBMIT, Act.CANCEL, Act.RESTORE})
_OF_REVIEW: Final = frozenset({Act.APPROVE, Act.SEND_BACK, Act.REJECT})
_OWN_WORDS: Final = frozenset({State.DRAFT, State.IN_REVIEW, State.FAILED})
"""The states in which an author who may not publish changes the words: nobody has approved them."""
_AS_WRITTEN: Final[dict[str, Any]] = {"approval": "", "reviewer_id": None, "reviewer_name": ""}
"""What nobody has approved. A remark stays until it is dealt with."""
_NO_TIME: Final[dict[str, Any]] = {"due_at": None, "publisher_id": None, "publisher_name": ""}
_NO_CHANGE: Final[dict[str, Any]] = {"pending": None, "pending_by": None, "handed": ""}

Stopped = NotNow | NotAllowed


# Who may do what, when


def decide(item: Announcement, act: Act, by: By) -> State | Stopped:
    """Return the state that follows, or why it cannot be done (R09: who may not publish changes nothing approved)."""
    if not may(item, act, by):
        return NotAllowed(item)
    after = _NEXT[act].get(item.state)
    return NotNow(item, act) if after is None else after


def may(item: Announcement, act: Act, by: By) -> bool:
    """Say whether the person has a say in this: authors in their own, as long as nobody has approved the words."""
    if act in _OF_REVIEW:
        return Right.REVIEW in by.rights
    if act is Act.COPY:
        return Right.ANNOUNCE in by.rights
    if Right.PUBLISH in by.rights:
        return True
    if by.user_id != item.author_id or act not in _BY_AUTHOR or Right.ANNOUNCE not in by.rights:
        return False
    if act is Act.SUBMIT and item.state is State.UNCERTAIN:
        return False
    return act is not Act.EDIT or item.state in _OWN_WORDS


# What is written


def edited(item: Announcement, content: Content, by: By, house: House, now: datetime) -> Announcement | Stopped:
    """Change what is posted. What was approved needs review again; what is published keeps its words until then."""
    stopped = decide(item, Act.EDIT, by)
    if not isinstance(stopped, State):
        return stopped
    if item.state is not State.PUBLISHED:
        return _rewritten(replace(item, content=content), by, house)
    if item.message_id is None:
        return NotNow(item, Act.EDIT)
    if not is_enough(house.review, by):
        waiting = replace(forgotten(item), pending=content, pending_by=by.user_id, remark="", remark_by="")
        return _handed(waiting) if item.pending is None else waiting
    written = replace(item, content=content, writer_id=by.user_id, edited_at=now, remark="", remark_by="")
    written = put(item, replace(written, **_AS_WRITTEN, **_NO_CHANGE))
    return written if house.review is Review.NONE else _read_by(written, by)


def tried_again(item: Announcement, by: By, house: House, now: datetime) -> Announcement | Stopped:
    """Have the change made that Telegram would not make; where it would need review by now, it is handed in for that."""
    stopped = _stops_undone(item, Act.RETRY, by)
    if stopped is not None or item.undone.change is None:
        return stopped or NotNow(item, Act.RETRY)
    wanted = with_version(item, item.undone.change)
    if not is_approved(wanted, house.review):
        return edited(item, wanted.content, by, house, now)
    return put(item, replace(wanted, edited_at=now))


def left_as_read(item: Announcement, by: By) -> Announcement | Stopped:
    """Leave the words as the group reads them: the change that Telegram would not make is no more."""
    return _stops_undone(item, Act.KEEP, by) or forgotten(item)


def _stops_undone(item: Announcement, act: Act, by: By) -> Stopped | None:
    stopped = decide(item, act, by)
    if not isinstance(stopped, State):
        return stopped
    return NotNow(item, act) if item.undone.change is None or item.message_id is None else None


def with_options(item: Announcement, options: Mapping[str, str], by: By) -> Announcement | Stopped:
    """Change what the parts keep with it: that changes no word, so what is approved stays so."""
    stopped = decide(item, Act.EDIT, by)
    return replace(item, options=options) if isinstance(stopped, State) else stopped


def _rewritten(item: Announcement, by: By, house: House) -> Announcement:
    """Return one that is not sent yet after its words have changed."""
    written = replace(item, writer_id=by.user_id, **_AS_WRITTEN)
    if house.review is Review.NONE:
        # One with a time that waited for review goes on waiting: at its time somebody is told.
        waited = item.state in {State.IN_REVIEW, State.APPROVED} and item.due_at is None
        return replace(written, state=State.DRAFT if waited else item.state)
    if item.state in {State.DRAFT, State.FAILED, State.IN_REVIEW}:
        return written
    if is_enough(house.review, by):
        return _read_by(written, by)
    return _handed(replace(written, state=State.IN_REVIEW))


def _handed(item: Announcement) -> Announcement:
    """Note what reviewers get to read now. What is changed while they read is not handed in by that."""
    return replace(item, handed=shown(item))


# Two pairs of eyes


def handed_in(item: Announcement, by: By, house: House) -> Announcement | Stopped | NoReview:
    """Hand it in for review. Who does answers for the words as they are."""
    stopped = decide(item, Act.SUBMIT, by)
    if not isinstance(stopped, State):
        return stopped
    if house.review is Review.NONE:
        return NoReview(item)
    if is_approved(item, house.review):
        return NotNow(item, Act.SUBMIT)
    written = replace(item, writer_id=by.user_id, refusal="", problem="", **_AS_WRITTEN)
    if is_enough(house.review, by):
        return replace(_read_by(written, by), state=item.state if item.state in _TIMED else State.APPROVED)
    at = item.due_at if item.state is State.SCHEDULED else None
    return _handed(replace(written, state=State.IN_REVIEW, due_at=at))


def approved(
    item: Announcement, by: By, house: House, now: datetime, seen: str | None
) -> Announcement | Stopped | NotReviewer | Changed:
    """Approve exactly what ``seen`` stands for, without that what was last handed in; what has a time keeps it."""
    stopped = review_stops(item, Act.APPROVE, by, house)
    if stopped is not None:
        return stopped
    if shown(item) != (item.handed if seen is None else seen):
        return Changed(item)
    if item.pending is not None:
        changed = replace(item, content=item.pending, writer_id=item.pending_by, edited_at=now, **_NO_CHANGE)
        return put(item, _read_by(changed, by))
    if item.due_at is not None and item.due_at > now and item.publisher_id is not None:
        return replace(_read_by(item, by), state=State.SCHEDULED)
    return replace(_read_by(item, by), state=State.APPROVED, due_at=None)


def sent_back(item: Announcement, by: By, house: House, remark: str) -> Announcement | Stopped | NotReviewer:
    """Send it back with a remark: it is a draft again, and what is published stays as it is."""
    stopped = review_stops(item, Act.SEND_BACK, by, house)
    return stopped or _turned_down(item, by, remark, State.DRAFT)


def rejected(item: Announcement, by: By, house: House, remark: str) -> Announcement | Stopped | NotReviewer:
    """Turn it down with a reason."""
    stopped = review_stops(item, Act.REJECT, by, house)
    return stopped or _turned_down(item, by, remark, State.REJECTED)


def review_stops(item: Announcement, act: Act, by: By, house: House) -> Stopped | NotReviewer | None:
    """Return why somebody may not decide about this, or None where they may."""
    state = decide(item, act, by)
    if not isinstance(state, State):
        return state
    if item.state is State.PUBLISHED and item.pending is None:
        return NotNow(item, act)
    return None if may_review(item, by, house.review) else NotReviewer(item, house.review)


def _read_by(item: Announcement, by: By) -> Announcement:
    read = replace(item, approval=stamp(item.content, by), reviewer_id=by.user_id, reviewer_name=by.name)
    return replace(read, remark="", remark_by="", handed="")


def _turned_down(item: Announcement, by: By, remark: str, state: State) -> Announcement:
    """Return it with the remark. Of a published one only the change is turned down: what was approved before still is."""
    read = replace(item, remark=remark, remark_by=by.name, **_NO_CHANGE)
    return read if item.pending is not None else replace(read, state=state, **_NO_TIME, **_AS_WRITTEN)


# When it goes out


def scheduled(item: Announcement, at: datetime, by: By, house: House) -> Announcement | Stopped | NotWriting:
    """Set the time. What still needs review waits for it with its time."""
    stopped = _stops_going_out(item, Act.SCHEDULE, by)
    if stopped is not None:
        return stopped
    timed = replace(item, due_at=at, publisher_id=by.user_id, publisher_name=by.name)
    if is_approved(item, house.review):
        return replace(timed, state=State.SCHEDULED)
    if is_enough(house.review, by):
        return replace(_read_by(timed, by), state=State.SCHEDULED)
    return timed if item.state is State.IN_REVIEW else _handed(replace(timed, state=State.IN_REVIEW))


def sent(
    item: Announcement, by: By, house: House, act: Act = Act.PUBLISH
) -> Announcement | Stopped | NotWriting | Unreviewed:
    """Send it on its way; ``act`` AGAIN repeats an uncertain one."""
    stopped = _stops_going_out(item, act, by)
    if stopped is not None:
        return stopped
    if not is_approved(item, house.review):
        if not is_enough(house.review, by):
            return Unreviewed(item, house.review)
        item = _read_by(item, by)
    return replace(_on_its_way(item), publisher_id=by.user_id, publisher_name=by.name)


def taken_over(item: Announcement, by: By) -> Announcement:
    """Let somebody else answer for one whose author may not write any more; who has read it may not be its author (R09)."""
    return replace(item, author_id=by.user_id, author_name=by.name)


def _stops_going_out(item: Announcement, act: Act, by: By) -> Stopped | NotWriting | None:
    stopped = decide(item, act, by)
    if not isinstance(stopped, State):
        return stopped
    return NotWriting(item) if by.user_id == item.author_id and Right.ANNOUNCE not in by.rights else None


def _on_its_way(item: Announcement) -> Announcement:
    return replace(
        item,
        state=State.PUBLISHING,
        due_at=None,
        attempt=item.attempt + 1,
        refusal="",
        problem="",
        posted_at=None,
        chat_id=None,
        message_id=None,
        message_ids=(),
        below_id=None,
        pin=Pin.NONE,
        undone=NOTHING,
    )


def cancelled(item: Announcement, by: By) -> Announcement | Stopped:
    """Let it not go out."""
    state = decide(item, Act.CANCEL, by)
    return replace(item, state=state) if isinstance(state, State) else state


def restored(item: Announcement, by: By) -> Announcement | Stopped:
    """Make it a draft again, which nobody has approved."""
    state = decide(item, Act.RESTORE, by)
    if not isinstance(state, State):
        return state
    return replace(item, state=state, remark="", remark_by="", handed="", **_NO_TIME, **_AS_WRITTEN)


def withdrawn(item: Announcement, by: By, now: datetime, why: str) -> Announcement | Stopped:
    """Take back what stands in the group."""
    state = decide(item, Act.WITHDRAW, by)
    if not isinstance(state, State):
        return state
    item = forgotten(item)
    return replace(item, state=state, withdrawn_at=now, withdrawn_by=by.name, withdrawn_why=why, **_NO_CHANGE)


def still_stands(item: Announcement, problem: str) -> Announcement | None:
    """Let one be published as before that could neither be deleted nor struck through; None if nobody withdrew it."""
    if item.state is not State.WITHDRAWN:
        return None
    undone = replace(item.undone, problem=problem)
    return replace(item, state=State.PUBLISHED, withdrawn_at=None, withdrawn_by="", withdrawn_why="", undone=undone)


# When the time has come


@dataclass(frozen=True, slots=True)
class Ignore:
    """The announcement is not waiting for this any more."""


@dataclass(frozen=True, slots=True)
class Hold:
    """The group is quiet: it goes out when that ends."""

    until: datetime


@dataclass(frozen=True, slots=True)
class HoldBack:
    """Whoever wrote it or set the time may not any more: it is a draft again."""

    after: Announcement


@dataclass(frozen=True, slots=True)
class AskReview:
    """Nobody has approved it as it is: it waits for review, without a time."""

    after: Announcement


@dataclass(frozen=True, slots=True)
class Go:
    """It goes out."""

    after: Announcement


Firing = Ignore | Hold | HoldBack | AskReview | Go


def fire(
    item: Announcement, house: House, *, may_write: bool, may_publish: bool, quiet_until: datetime | None
) -> Firing:
    """Say what becomes of an announcement whose time has come, and whether its author and who set the time still may."""
    if item.due_at is None or item.state not in {State.SCHEDULED, State.IN_REVIEW}:
        return Ignore()
    if not (may_write and may_publish):
        return HoldBack(replace(item, state=State.DRAFT, due_at=None, **_AS_WRITTEN))
    if item.state is State.IN_REVIEW or not is_approved(item, house.review):
        waiting = replace(item, state=State.IN_REVIEW, due_at=None, **_AS_WRITTEN)
        return AskReview(waiting if item.state is State.IN_REVIEW else _handed(waiting))
    if quiet_until is not None and not item.urgent:
        return Hold(quiet_until)
    return Go(_on_its_way(item))

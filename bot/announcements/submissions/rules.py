"""What members hand in, the states it goes through, and who may do what with it (R25, R09)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.announcements.rules.announcement import State as Post
from bot.announcements.rules.content import Content, ContentProblem, merged
from bot.kernel.ids import GroupId, UserId
from bot.kernel.numerals import fold
from bot.kernel.times import local_to_utc

if TYPE_CHECKING:
    from bot.kernel.groups import Group

DAILY: Final = 3
MOST_DAILY: Final = 50
OFFERED_DAILY: Final = (1, 3, 5, 10)
QUESTION_LIMIT: Final = 500
REASON_LIMIT: Final = 500
VERIFIED_LIMIT: Final = 300


class State(StrEnum):
    """Where a submission stands."""

    WAITING = "waiting"
    """Reviewers decide."""
    ASKED = "asked"
    """A reviewer has asked something that the member has not answered."""
    ACCEPTED = "accepted"
    """It is the draft of an announcement."""
    PUBLISHED = "published"
    DROPPED = "dropped"
    """It was accepted, and its announcement was discarded, cancelled or rejected since."""
    WITHDRAWN = "withdrawn"
    """Its announcement stood in the group and was taken back."""
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"


UNDECIDED: Final = frozenset({State.WAITING, State.ASKED})


_NAMED: Final[dict[str, State]] = {
    **dict.fromkeys(("waiting", "open", "new", "待审", "待定"), State.WAITING),
    **dict.fromkeys(("asked", "asked back", "等待回答", "待回答", "追问"), State.ASKED),
    **dict.fromkeys(("accepted", "采用", "已采用"), State.ACCEPTED),
    **dict.fromkeys(("published", "已发布"), State.PUBLISHED),
    **dict.fromkeys(("dropped", "not published", "没有发布", "最终没有发布", "未发布"), State.DROPPED),
    **dict.fromkeys(("withdrawn", "已从群里撤回", "从群里撤回"), State.WITHDRAWN),
    **dict.fromkeys(("declined", "not accepted", "不采用", "未采用"), State.DECLINED),
    **dict.fromkeys(("taken back", "已撤回", "撤回"), State.TAKEN_BACK),
}


def state_named(words: str) -> State | None:
    """Return the state that words mean."""
    return _NAMED.get(" ".join(fold(words).split()))


class Act(StrEnum):
    """What a person does with a submission, or what happens to it."""

    ASK = "ask"
    ACCEPT = "accept"
    DECLINE = "decline"
    ANSWER = "answer"
    USE = "use"
    """Take the last answer as the new text."""
    TAKE_BACK = "take_back"


_NEXT: Final[dict[Act, dict[State, State]]] = {
    # Of two who ask at the same time, the second would take the first one's question away.
    Act.ASK: {State.WAITING: State.ASKED},
    Act.ACCEPT: dict.fromkeys(sorted(UNDECIDED), State.ACCEPTED),
    Act.DECLINE: dict.fromkeys(sorted(UNDECIDED), State.DECLINED),
    Act.ANSWER: {State.ASKED: State.WAITING},
    Act.USE: {State.WAITING: State.WAITING},
    Act.TAKE_BACK: dict.fromkeys(sorted(UNDECIDED), State.TAKEN_BACK),
}
_AFTER: Final[dict[Post, dict[State, State]]] = {
    Post.PUBLISHED: dict.fromkeys((State.ACCEPTED, State.DROPPED), State.PUBLISHED),
    Post.WITHDRAWN: dict.fromkeys((State.ACCEPTED, State.PUBLISHED), State.WITHDRAWN),
    **{post: {State.ACCEPTED: State.DROPPED} for post in (Post.CANCELLED, Post.DISCARDED, Post.REJECTED)},
}
_TAKEN_UP: Final = {State.DROPPED: State.ACCEPTED}
_REVIEWERS: Final = frozenset({Act.ASK, Act.ACCEPT, Act.DECLINE})
_MEMBERS: Final = frozenset({Act.ANSWER, Act.USE, Act.TAKE_BACK})


@dataclass(frozen=True, slots=True)
class Exchange:
    """A reviewer's question and the member's answer; ``used`` says that the answer became the text."""

    name: str
    question: str
    asked_at: datetime
    answer: Content | None = None
    answered_at: datetime | None = None
    used: bool = False


@dataclass(frozen=True, slots=True)
class Submission:
    """One submission; ``number`` counts within the group. ``department`` is the member's tag at that time (R15).

    ``openly`` says that it was handed in where everybody reads, and ``messages`` which of the group's it was, as long as they are
    not deleted. ``verified`` says how it was verified, and ``shown`` that the announcement names who handed it in. ``post_id`` and
    ``post_number`` name the announcement it has become.
    """

    id: int
    group_id: GroupId
    number: int
    state: State
    content: Content
    user_id: UserId
    user_name: str
    department: str
    handed_at: datetime
    talk: tuple[Exchange, ...] = ()
    decider_id: UserId | None = None
    decider_name: str = ""
    decided_at: datetime | None = None
    reason: str = ""
    verified: str = ""
    shown: bool = False
    post_id: int | None = None
    post_number: int | None = None
    openly: bool = False
    messages: tuple[int, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided yet."""
        return self.state in UNDECIDED

    @property
    def question(self) -> Exchange | None:
        """The question that waits for an answer."""
        return self.talk[-1] if self.state is State.ASKED and self.talk else None

    @property
    def usable(self) -> Content | None:
        """The last answer, if it can become the text."""
        last = self.talk[-1] if self.state is State.WAITING and self.talk else None
        return None if last is None or last.used else last.answer


@dataclass(frozen=True, slots=True)
class House:
    """Whether a group takes submissions, and how many of one member a day."""

    open: bool = True
    daily: int = DAILY


# Outcomes


@dataclass(frozen=True, slots=True)
class Done:
    """It is done."""

    item: Submission


@dataclass(frozen=True, slots=True)
class Unknown:
    """The group has no submission of this number, or none of this person's."""

    number: int


@dataclass(frozen=True, slots=True)
class NotNow:
    """In its present state this cannot be done with it."""

    item: Submission
    act: Act


@dataclass(frozen=True, slots=True)
class Own:
    """Somebody else decides on what a reviewer has handed in (R09)."""

    item: Submission


@dataclass(frozen=True, slots=True)
class NotThere:
    """What was handed in does not stand in the group, or not any more."""

    item: Submission


@dataclass(frozen=True, slots=True)
class Closed:
    """The group takes no submissions."""


@dataclass(frozen=True, slots=True)
class Full:
    """The member has handed in as many as they may today; ``again`` is when the group's next day begins."""

    daily: int
    again: datetime


Refused = Unknown | NotNow | NotThere | Own | Closed | Full | ContentProblem


def decide(item: Submission, act: Act, by: UserId | None) -> State | Unknown | NotNow | Own:
    """Return the state that follows, or why it cannot be done; whether somebody is a reviewer is the caller's to know."""
    if act in _MEMBERS and by != item.user_id:
        return Unknown(item.number)
    if act in _REVIEWERS and by == item.user_id:
        return Own(item)
    after = _NEXT[act].get(item.state)
    if after is None or (act is Act.USE and item.usable is None):
        return NotNow(item, act)
    return after


def followed(item: Submission, post: Post) -> State:
    """Return where it stands now that the announcement it has become stands there."""
    return _AFTER.get(post, _TAKEN_UP).get(item.state, item.state)


def may_hand_in(house: House, today: int, again: datetime) -> Closed | Full | None:
    """Say why somebody who has handed in ``today`` already cannot hand in another before ``again``; None if they can."""
    if not house.open:
        return Closed()
    return Full(house.daily, again) if today >= house.daily else None


def day_began(group: Group, now: datetime) -> datetime:
    """Return when the group's day began."""
    return _midnight(group, now, 0)


def next_day(group: Group, now: datetime) -> datetime:
    """Return when the group's next day begins."""
    return _midnight(group, now, 1)


def _midnight(group: Group, now: datetime, days: int) -> datetime:
    day = group.local(now).date() + timedelta(days=days)
    return local_to_utc(datetime.combine(day, time()), group.tz).at.astimezone(now.tzinfo)


def asked(item: Submission, question: str, name: str, now: datetime) -> Submission:
    """Return it with a question that waits for an answer."""
    return replace(item, state=State.ASKED, talk=(*item.talk, Exchange(name, question, now)))


def answered(item: Submission, answer: Content, now: datetime) -> Submission:
    """Return it with the answer to the question that waits."""
    last = replace(item.talk[-1], answer=answer, answered_at=now)
    return replace(item, state=State.WAITING, talk=(*item.talk[:-1], last))


def used(item: Submission) -> Submission:
    """Return it with the last answer as its text; a file it does not bring stays."""
    answer = item.usable
    if answer is None:
        return item
    last = replace(item.talk[-1], used=True)
    return replace(item, content=merged(item.content, answer), talk=(*item.talk[:-1], last))

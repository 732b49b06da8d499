"""What came of what somebody wanted to do to an announcement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import Announcement, State
from bot.announcements.rules.content import ContentProblem
from bot.announcements.rules.house import Review
from bot.announcements.rules.links import LinkProblem


@dataclass(frozen=True, slots=True)
class Done:
    """It is done; ``before`` is the state it was in."""

    item: Announcement
    before: State


@dataclass(frozen=True, slots=True)
class Unknown:
    """The group has no announcement of this number."""

    number: int


@dataclass(frozen=True, slots=True)
class NotNow:
    """In its present state this cannot be done to it."""

    item: Announcement
    act: Act


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """It is somebody else's, or already approved, and the person may not publish."""

    item: Announcement


@dataclass(frozen=True, slots=True)
class NotWriting:
    """They wrote it and may not write any more: somebody else sends it out, who answers for it."""

    item: Announcement


@dataclass(frozen=True, slots=True)
class FileFixed:
    """The file of what is published cannot be replaced."""

    number: int


@dataclass(frozen=True, slots=True)
class ProtectionFixed:
    """What is published stays confidential, or not, as it was posted (R10)."""

    number: int


@dataclass(frozen=True, slots=True)
class IsConfidential:
    """It cannot be forwarded, so nobody is asked to pass it on (R10)."""

    item: Announcement


@dataclass(frozen=True, slots=True)
class IsPassedOn:
    """Everybody is asked to pass it on, so it cannot be confidential (R12)."""

    number: int


@dataclass(frozen=True, slots=True)
class Past:
    """The time has passed."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Quiet:
    """It is quiet in the group until then; the person says whether to publish all the same."""

    item: Announcement
    until: datetime


@dataclass(frozen=True, slots=True)
class Unreviewed:
    """The group wants it to be read by somebody else before it goes out."""

    item: Announcement
    review: Review


@dataclass(frozen=True, slots=True)
class NoReview:
    """Nobody reviews in this group: who may publish does."""

    item: Announcement


@dataclass(frozen=True, slots=True)
class NotReviewer:
    """It is not for this person to approve or turn down: they wrote it, or only the owner does."""

    item: Announcement
    review: Review


@dataclass(frozen=True, slots=True)
class Changed:
    """It is not any more what the person has read."""

    item: Announcement


Refused = (
    Unknown
    | NotNow
    | NotAllowed
    | NotWriting
    | ContentProblem
    | FileFixed
    | ProtectionFixed
    | IsConfidential
    | IsPassedOn
    | LinkProblem
    | Past
    | Unreviewed
    | NoReview
    | NotReviewer
    | Changed
)

"""Feedback, what is handed in, the recap, and attendance (R05): pure decisions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeVar

from bot.events.rules.event import Phase
from bot.events.rules.signup import Presence, SignUpState
from bot.kernel.blank import is_blank
from bot.kernel.ids import ChatId

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from bot.events.rules.event import Event
    from bot.events.rules.signup import SignUp
    from bot.kernel.ids import UserId

T = TypeVar("T")

THANKS_AFTER: Final = timedelta(minutes=30)
THANKS_WITHIN: Final = timedelta(days=3)
"""How long after the end people are still thanked, if the bot was down or the group asleep."""
REMINDED_AFTER: Final = timedelta(days=2)
MOST_STARS: Final = 5
MOST_HANDED: Final = 20
"""How many notes and files one person may hand in for one event."""
MOST_PUBLISHED: Final = 100
"""How many of them a recap holds: ten albums."""
NOTE_LIMIT, INTRO_LIMIT = 1000, 2000
ALBUM: Final = 10
FIRST_YEAR: Final = 2020
PRESENT: Final = frozenset({Presence.CAME, Presence.LATE, Presence.WALKED_IN})


# Who came


def came(people: Sequence[SignUp]) -> list[SignUp]:
    """Return who came: those seen at the door, or, where nobody was, those who were going and are not noted as missing."""
    checked = any(one.presence in PRESENT for one in people)
    return [one for one in people if was_there(one, checked=checked)]


def was_there(one: SignUp, *, checked: bool) -> bool:
    """Say whether a person came to an event; ``checked`` says that somebody was seen at its door."""
    if one.presence in PRESENT:
        return True
    return not checked and one.state is SignUpState.GOING and one.presence is None


@dataclass(frozen=True, slots=True)
class Attendance:
    """To how many events of a time a person came (``late`` to some of them), and which they missed."""

    user_id: UserId
    name: str
    came: int
    late: int
    missed: int


def is_year(year: int, this_year: int) -> bool:
    """Say whether attendance is counted for a year."""
    return FIRST_YEAR <= year <= this_year


# Feedback


class Again(StrEnum):
    """Whether a person would come again."""

    YES = "yes"
    PERHAPS = "perhaps"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Said:
    """A person's last word; None is no answer yet."""

    stars: int | None = None
    again: Again | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What people said, as sums. ``asked`` is how many came."""

    asked: int
    answered: int
    stars: Mapping[int, int]
    again: Mapping[Again, int]

    @property
    def rated(self) -> int:
        """How many gave stars."""
        return sum(self.stars.values())

    @property
    def average(self) -> float:
        """The stars given on average; 0 where nobody gave any."""
        return sum(stars * count for stars, count in self.stars.items()) / self.rated if self.rated else 0.0


class SayFlaw(Enum):
    """Why a person's feedback is not taken."""

    NOT_OVER = "not over"
    CANCELLED = "cancelled"
    NOT_THERE = "not there"


def say_flaw(event: Event, mine: SignUp | None, now: datetime, *, checked: bool) -> SayFlaw | None:
    """Return why a person cannot say how an event was; ``mine`` is their sign-up, ``checked`` as in :func:`was_there`."""
    if event.phase(now) is Phase.CANCELLED:
        return SayFlaw.CANCELLED
    if now < event.plan.ends_at:
        return SayFlaw.NOT_OVER
    return None if mine is not None and was_there(mine, checked=checked) else SayFlaw.NOT_THERE


def summed(words: Iterable[Said], asked: int) -> Feedback:
    """Sum up what people said."""
    given = [said for said in words if said != Said()]
    stars = Counter(said.stars for said in given if said.stars is not None)
    again = Counter(said.again for said in given if said.again is not None)
    return Feedback(
        asked,
        len(given),
        {number: stars[number] for number in range(MOST_STARS, 0, -1)},
        {word: again[word] for word in Again},
    )


# What is handed in


class ItemKind(StrEnum):
    """What was handed in."""

    NOTE = "note"
    PHOTO = "photo"
    VIDEO = "video"
    DOCUMENT = "document"


class Standing(StrEnum):
    """What the organiser has decided."""

    NEW = "new"
    ACCEPTED = "accepted"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Item:
    """A note, or a file with its caption, as HTML. ``place`` orders what belongs to an event."""

    id: int
    event_id: int
    user_id: UserId
    name: str
    kind: ItemKind
    text: str
    file_id: str | None
    standing: Standing
    place: int


@dataclass(frozen=True, slots=True)
class Handed:
    """Something was taken; the person has handed in ``count`` so far and may hand in ``left`` more."""

    item: Item
    count: int
    left: int


class HandFlaw(Enum):
    """Why something is not taken."""

    NOT_BEGUN = "not begun"
    CANCELLED = "cancelled"
    EMPTY = "empty"
    TOO_LONG = "too long"
    WRONG_KIND = "wrong kind"
    SAME = "same"
    TOO_MANY = "too many"


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody wants to hand in; ``kind`` is None for what a recap cannot hold. ``length`` is that of the text as it is seen."""

    kind: ItemKind | None
    html: str
    length: int
    file_id: str | None = None


def hand_flaw(event: Event, mine: Sequence[Item], given: Given, now: datetime) -> HandFlaw | None:
    """Return why something cannot be taken; ``mine`` is what the person has handed in."""
    phase = event.phase(now)
    if phase is not Phase.OVER:
        return HandFlaw.CANCELLED if phase is Phase.CANCELLED else HandFlaw.NOT_BEGUN
    if given.kind is None:
        return HandFlaw.WRONG_KIND
    if given.kind is ItemKind.NOTE and is_blank(given.html):
        return HandFlaw.EMPTY
    if given.length > NOTE_LIMIT:
        return HandFlaw.TOO_LONG
    if any(
        (one.file_id, one.text if given.file_id is None else given.html) == (given.file_id, given.html) for one in mine
    ):
        return HandFlaw.SAME
    return HandFlaw.TOO_MANY if len(mine) >= MOST_HANDED else None


def accepted(items: Iterable[Item]) -> list[Item]:
    """Return what the recap holds, in its order."""
    return sorted((one for one in items if one.standing is Standing.ACCEPTED), key=lambda one: (one.place, one.id))


def neighbour(items: Sequence[Item], item: Item, step: int) -> Item | None:
    """Return the accepted one whose place an accepted one takes on a step up (-1) or down (1)."""
    order = accepted(items)
    at = next((place for place, one in enumerate(order) if one.id == item.id), None)
    wanted = -1 if at is None else at + step
    return order[wanted] if 0 <= wanted < len(order) else None


# The recap


@dataclass(frozen=True, slots=True)
class File:
    """A file that Telegram has."""

    kind: ItemKind
    file_id: str


@dataclass(frozen=True, slots=True)
class Post:
    """A message of a recap: a text, or files of which the first carries it. Several files are an album."""

    html: str
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Posted:
    """A message of a recap as it was published; ``message_ids`` is None while nobody knows where it stands."""

    post: Post
    chat_id: ChatId
    message_ids: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Recap:
    """What there is of an event's recap. ``edition`` counts how often it was posted anew."""

    intro: str = ""
    thanked: bool = False
    published_at: datetime | None = None
    edition: int = 0
    posted: tuple[Posted, ...] = ()

    @property
    def is_on_its_way(self) -> bool:
        """Whether some message of it is not known to have arrived, nor to have failed."""
        return any(one.message_ids is None for one in self.posted)


@dataclass(frozen=True, slots=True)
class Desk:
    """What an organiser has before them: an event's recap with all that was handed in for it."""

    recap: Recap
    items: tuple[Item, ...]


class PublishFlaw(Enum):
    """Why nothing is published."""

    NOTHING = "nothing"
    UNCHANGED = "unchanged"
    ON_ITS_WAY = "on its way"
    TOO_MANY = "too many"
    OTHER = "other"
    """It is not what the organiser saw."""


def publish_flaw(recap: Recap, posts: Sequence[Post], items: Sequence[Item]) -> PublishFlaw | None:
    """Return why a recap cannot be published now."""
    chosen = accepted(items)
    if not chosen and not recap.intro:
        return PublishFlaw.NOTHING
    if len(chosen) > MOST_PUBLISHED:
        return PublishFlaw.TOO_MANY
    if recap.is_on_its_way:
        return PublishFlaw.ON_ITS_WAY
    is_there = all(one.message_ids for one in recap.posted)
    unchanged = recap.posted and is_there and [one.post for one in recap.posted] == list(posts)
    return PublishFlaw.UNCHANGED if unchanged else None


def can_be_edited(posted: Sequence[Posted], posts: Sequence[Post], chat_id: ChatId) -> bool:
    """Say whether what stands in the group becomes the new recap by editing texts alone."""
    if len(posted) != len(posts):
        return False
    return all(
        one.message_ids and one.chat_id == chat_id and one.post.files == post.files
        for one, post in zip(posted, posts, strict=True)
    )


def albums(items: Sequence[Item]) -> list[tuple[File, ...]]:
    """Share files out among albums: photos and videos first, documents apart, no album much smaller than the others."""
    files = [File(one.kind, one.file_id) for one in items if one.file_id is not None]
    seen = [file for file in files if file.kind is not ItemKind.DOCUMENT]
    papers = [file for file in files if file.kind is ItemKind.DOCUMENT]
    return [tuple(some) for kind in (seen, papers) for some in _shared(kind)]


def _shared(files: Sequence[T]) -> list[Sequence[T]]:
    count = -(-len(files) // ALBUM)
    cuts = [len(files) * place // count for place in range(count + 1)] if count else [0]
    return [files[start:end] for start, end in pairwise(cuts)]

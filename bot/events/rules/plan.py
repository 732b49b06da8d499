"""What an organiser plans (R05), and what can be wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Final, Literal, get_args
from urllib.parse import urlsplit

from bot.kernel.blank import is_blank

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

TITLE_LIMIT: Final = 100
PLACE_LIMIT: Final = 200
MOST_SEATS: Final = 10_000
MOST_GUESTS: Final = 3
DEFAULT_REMINDERS: Final = (24 * 60, 2 * 60)
DEFAULT_OFFER: Final = 120
"""Minutes in which an offered seat may be accepted."""
DEFAULT_CALL: Final = 10
"""Minutes before the start at which people are called to an online event."""
MOST_CALL: Final = 24 * 60
DEFAULT_LENGTH: Final = timedelta(hours=3)
"""How long an event is taken to last whose organiser did not say."""
MOST_MINUTES: Final = 31 * 24 * 60
"""The longest an event may last, and the longest ahead of it a reminder may come."""
LINK_LIMIT: Final = 500
ABOUT_LIMIT: Final = 1500
PRICE_LIMIT: Final = 100
MOST_QUESTIONS: Final = 5
QUESTION_LIMIT: Final = 200
MOST_CHOICES: Final = 8
CHOICE_LIMIT: Final = 40
MOST_REMINDERS: Final = 5
"""How many reminders an event may have, and how many promotion posts."""
LEAST_AHEAD: Final = 5
"""The shortest length of an event, and the shortest time ahead of it a reminder may come, in minutes."""
LEAST_OFFER: Final = 10
MOST_OFFER: Final = 7 * 24 * 60
MOST_TAGS: Final = 10
TAG_LIMIT: Final = 16
"""Characters of a member tag (Bot API, setChatMemberTag)."""

AHEAD: Final = "deadline_ahead"
"""Known beside a plan that is not made yet: how many minutes before the start its sign-up is to end."""

Field = Literal[
    "title",
    "starts_at",
    "seats",
    "guests",
    "deadline",
    "place",
    "kind",
    "minutes",
    "spot",
    "link",
    "price",
    "about",
    "picture",
    "questions",
    "named",
    "closes",
    "strict",
    "automatic",
    "offer",
    "tags",
    "minimum",
    "reminders",
    "reconfirm",
    "promote",
    "call",
]
FIELDS: Final[tuple[Field, ...]] = get_args(Field)


class Kind(StrEnum):
    """Where people meet."""

    OFFLINE = "offline"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question put to each person who signs up; without ``choices`` it is answered in words."""

    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What the organiser decides. Times are aware UTC; ``seats`` None has no limit; ``guests`` are allowed for each person.

    ``minutes`` is the length, ``spot`` a point on the map as latitude and longitude in degrees, ``picture`` a file_id.
    ``link`` is shown only to those who are going. ``named`` asks for the guests' names, ``questions`` are asked on sign-up.
    ``closes`` takes nobody in while all seats are taken, where others would wait.
    ``strict`` lets nobody pass a party that does not fit; ``automatic`` gives a freed seat without asking, else it is offered
    for ``offer`` minutes. ``tags`` are the member tags of those who may come (empty: everybody). Fewer than ``minimum`` people
    cancel it. ``reminders`` are minutes before the start, ``promote`` minutes before the sign-up ends.
    ``reconfirm`` asks those who are going a day ahead whether they still are. People are called to an online event ``call``
    minutes before its start.
    """

    title: str
    starts_at: datetime
    seats: int | None = None
    guests: int = 0
    deadline: datetime | None = None
    place: str | None = None
    kind: Kind = Kind.OFFLINE
    minutes: int | None = None
    spot: tuple[float, float] | None = None
    link: str | None = None
    price: str | None = None
    about: str | None = None
    picture: str | None = None
    questions: tuple[Asked, ...] = ()
    named: bool = False
    closes: bool = False
    strict: bool = False
    automatic: bool = False
    offer: int = DEFAULT_OFFER
    tags: tuple[str, ...] = ()
    minimum: int | None = None
    reminders: tuple[int, ...] = DEFAULT_REMINDERS
    reconfirm: bool = False
    promote: tuple[int, ...] = ()
    call: int = DEFAULT_CALL

    @property
    def ends_at(self) -> datetime:
        """When it is over; where nobody said, three hours after the start."""
        return self.starts_at + (DEFAULT_LENGTH if self.minutes is None else timedelta(minutes=self.minutes))

    @property
    def sign_up_ends(self) -> datetime:
        """Until when people may sign up."""
        return self.deadline or self.starts_at


class Flaw(Enum):
    """Why a plan cannot be taken, where the plan itself says all there is to say."""

    NO_TITLE = "no title"
    TITLE_TOO_LONG = "title too long"
    PLACE_TOO_LONG = "place too long"
    STARTS_IN_PAST = "starts in past"
    DEADLINE_IN_PAST = "deadline in past"
    DEADLINE_AFTER_START = "deadline after start"
    GUESTS_OUT_OF_RANGE = "guests out of range"
    LENGTH_OUT_OF_RANGE = "length out of range"
    NOT_A_LINK = "not a link"
    PRICE_TOO_LONG = "price too long"
    ABOUT_TOO_LONG = "about too long"
    QUESTIONS_UNFIT = "questions unfit"
    OFFER_OUT_OF_RANGE = "offer out of range"
    TAGS_UNFIT = "tags unfit"
    MINIMUM_OUT_OF_RANGE = "minimum out of range"
    REMINDERS_UNFIT = "reminders unfit"
    PROMOTION_UNFIT = "promotion unfit"
    CALL_OUT_OF_RANGE = "call out of range"


@dataclass(frozen=True, slots=True)
class SeatsOutOfRange:
    """There must be room for the largest party there may be, or is, and not more than ``most``."""

    least: int
    most: int
    guests: int


PlanFlaw = Flaw | SeatsOutOfRange


def flaw_of(plan: Plan, now: datetime, *, changed: frozenset[str] | None = None, largest: int = 0) -> PlanFlaw | None:
    """Return what is wrong with a plan, or None.

    Only ``changed`` fields are looked at (None: all), so that a passed deadline does not stand in the way of a new title.
    ``largest`` is the largest party signed up: with fewer seats than that it could never move up and would block the line.
    """

    def touched(*names: Field) -> bool:
        return changed is None or not changed.isdisjoint(names)

    flaw = next((flaw for fields, flaw, wrong in _CHECKS if touched(*fields) and wrong(plan, now)), None)
    if flaw is None and touched("seats", "guests") and plan.seats is not None:
        least = max(1 + plan.guests, largest)
        if not least <= plan.seats <= MOST_SEATS:
            return SeatsOutOfRange(least, MOST_SEATS, plan.guests)
    return flaw


def site_of(link: str) -> str:
    """Return where a link leads to, without what lets people in: it may be read by everybody."""
    return f"{urlsplit(link).hostname or ''}/…"


def _no_link(link: str) -> bool:
    return len(link) > LINK_LIMIT or _LINK.fullmatch(link) is None


def _unfit_questions(questions: tuple[Asked, ...]) -> bool:
    return len(questions) > MOST_QUESTIONS or any(
        is_blank(one.text)
        or len(one.text) > QUESTION_LIMIT
        or len(one.choices) > MOST_CHOICES
        or any(is_blank(choice) or len(choice) > CHOICE_LIMIT for choice in one.choices)
        for one in questions
    )


def _unfit_minutes(minutes: tuple[int, ...]) -> bool:
    return len(minutes) > MOST_REMINDERS or any(not LEAST_AHEAD <= one <= MOST_MINUTES for one in minutes)


def _unfit_tags(tags: tuple[str, ...]) -> bool:
    return len(tags) > MOST_TAGS or any(is_blank(tag) or len(tag) > TAG_LIMIT for tag in tags)


_LINK: Final = re.compile(r"https?://[^\s/?#]+[^\s]*", re.IGNORECASE)
_Check = tuple[tuple[Field, ...], Flaw, "Callable[[Plan, datetime], bool]"]
_CHECKS: Final[tuple[_Check, ...]] = (
    (("title",), Flaw.NO_TITLE, lambda plan, _: is_blank(plan.title)),
    (("title",), Flaw.TITLE_TOO_LONG, lambda plan, _: len(plan.title) > TITLE_LIMIT),
    (("place",), Flaw.PLACE_TOO_LONG, lambda plan, _: len(plan.place or "") > PLACE_LIMIT),
    (("starts_at",), Flaw.STARTS_IN_PAST, lambda plan, now: plan.starts_at <= now),
    (("guests",), Flaw.GUESTS_OUT_OF_RANGE, lambda plan, _: not 0 <= plan.guests <= MOST_GUESTS),
    (("deadline",), Flaw.DEADLINE_IN_PAST, lambda plan, now: plan.deadline is not None and plan.deadline <= now),
    (
        ("deadline", "starts_at"),
        Flaw.DEADLINE_AFTER_START,
        lambda plan, _: plan.deadline is not None and plan.deadline > plan.starts_at,
    ),
    (
        ("minutes",),
        Flaw.LENGTH_OUT_OF_RANGE,
        lambda plan, _: plan.minutes is not None and not LEAST_AHEAD <= plan.minutes <= MOST_MINUTES,
    ),
    (("link",), Flaw.NOT_A_LINK, lambda plan, _: plan.link is not None and _no_link(plan.link)),
    (("price",), Flaw.PRICE_TOO_LONG, lambda plan, _: len(plan.price or "") > PRICE_LIMIT),
    (("about",), Flaw.ABOUT_TOO_LONG, lambda plan, _: len(plan.about or "") > ABOUT_LIMIT),
    (("questions",), Flaw.QUESTIONS_UNFIT, lambda plan, _: _unfit_questions(plan.questions)),
    (("offer",), Flaw.OFFER_OUT_OF_RANGE, lambda plan, _: not LEAST_OFFER <= plan.offer <= MOST_OFFER),
    (("tags",), Flaw.TAGS_UNFIT, lambda plan, _: _unfit_tags(plan.tags)),
    (
        ("minimum", "seats"),
        Flaw.MINIMUM_OUT_OF_RANGE,
        lambda plan, _: plan.minimum is not None and not 1 <= plan.minimum <= (plan.seats or MOST_SEATS),
    ),
    (("reminders",), Flaw.REMINDERS_UNFIT, lambda plan, _: _unfit_minutes(plan.reminders)),
    (("promote",), Flaw.PROMOTION_UNFIT, lambda plan, _: _unfit_minutes(plan.promote)),
    (("call",), Flaw.CALL_OUT_OF_RANGE, lambda plan, _: not 1 <= plan.call <= MOST_CALL),
)
"""Which fields a check looks at, what it finds wrong, and how it sees that."""

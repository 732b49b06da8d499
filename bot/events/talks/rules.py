"""Speakers, questions and votes (R05): pure decisions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Final

from bot.events.rules.event import Phase
from bot.kernel.blank import is_blank

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.events.rules.event import Event
    from bot.kernel.ids import UserId

MOST_SPEAKERS: Final = 5
NAME_LIMIT: Final = 100
MOST_QUESTIONS: Final = 5
"""How many questions one person may ask about one event."""
QUESTION_LIMIT: Final = 300
TOP: Final = 10
"""How many questions are handed to those who speak."""
QUESTIONS_AHEAD: Final = timedelta(hours=1)
ANSWER_WANTED: Final = timedelta(hours=48)
"""How long before the start the organiser hears that a speaker has not answered."""


# Speakers


class Answer(StrEnum):
    """What a speaker said."""

    ASKED = "asked"
    YES = "yes"
    NO = "no"
    UNASKED = "unasked"
    """They have no Telegram: the organiser has agreed it with them."""
    LEFT = "left"
    """They are no longer in the group."""

    @property
    def is_off(self) -> bool:
        """Whether the person will not speak."""
        return self in {Answer.NO, Answer.LEFT}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks at an event; ``user_id`` is None for people without Telegram. ``place`` orders and names them.

    ``asked_for`` is the start of the event that they were asked about last.
    """

    place: int
    name: str
    user_id: UserId | None
    answer: Answer
    reason: str | None = None
    asked_for: datetime | None = None

    @property
    def can_be_told(self) -> bool:
        """Whether the bot has something to tell them: they have Telegram and may speak."""
        return self.user_id is not None and not self.answer.is_off


class SpeakerFlaw(Enum):
    """Why nobody is named."""

    NO_NAME = "no name"
    NAME_TOO_LONG = "name too long"
    TOO_MANY = "too many"
    ALREADY = "already"
    NOT_LIVE = "not live"


def new_speaker(
    event: Event, speakers: Sequence[Speaker], name: str, user_id: UserId | None, now: datetime
) -> Speaker | SpeakerFlaw:
    """Decide whether somebody can be named as a speaker; who could not, or had left, may be asked again."""
    name = " ".join(name.split())
    if not event.phase(now).is_live:
        return SpeakerFlaw.NOT_LIVE
    if is_blank(name):
        return SpeakerFlaw.NO_NAME
    if len(name) > NAME_LIMIT:
        return SpeakerFlaw.NAME_TOO_LONG
    known = next((one for one in speakers if _is_same(one, name, user_id)), None)
    if known is not None and not known.answer.is_off:
        return SpeakerFlaw.ALREADY
    if known is None and len(speakers) >= MOST_SPEAKERS:
        return SpeakerFlaw.TOO_MANY
    place = known.place if known is not None else max((one.place for one in speakers), default=0) + 1
    answer = Answer.UNASKED if user_id is None else Answer.ASKED
    return Speaker(place, name, user_id, answer, asked_for=event.plan.starts_at)


def _is_same(speaker: Speaker, name: str, user_id: UserId | None) -> bool:
    return speaker.user_id == user_id if user_id is not None else speaker.user_id is None and speaker.name == name


def answer_wanted(event: Event, now: datetime) -> datetime:
    """Return when the organiser is to hear that a speaker asked at ``now`` has not answered: two days ahead, or half-way."""
    due = event.plan.starts_at - ANSWER_WANTED
    return due if due > now else now + (event.plan.starts_at - now) / 2


def asked_again(event: Event, speakers: Sequence[Speaker]) -> list[Speaker]:
    """Return the speakers who must be asked again, because the event is at another time than they were asked about."""
    return [
        replace(one, answer=Answer.ASKED, reason=None, asked_for=event.plan.starts_at)
        for one in speakers
        if one.can_be_told and one.asked_for != event.plan.starts_at
    ]


# Questions


class Standing(StrEnum):
    """What has become of a question."""

    OPEN = "open"
    ANSWERED = "answered"
    HIDDEN = "hidden"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Question:
    """A question; ``number`` is its name within the event. ``voters`` is how many want it answered, the author left out.

    ``mine`` says that the person who is asked about wrote it, ``voted`` that they voted for it.
    """

    id: int
    event_id: int
    number: int
    author_id: UserId
    author: str
    anonymous: bool
    text: str
    standing: Standing
    voters: int = 0
    mine: bool = False
    voted: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A new question, and how many more the person may ask."""

    question: Question
    left: int


class AskFlaw(Enum):
    """Why a question is not taken."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    TOO_MANY = "too many"
    OVER = "over"
    SAME = "same"


def is_closed(event: Event, now: datetime) -> bool:
    """Say whether no question and no vote is taken any more: the event is off, or over."""
    return event.phase(now) in {Phase.CANCELLED, Phase.DRAFT} or now >= event.plan.ends_at


def ask_flaw(event: Event, mine: Sequence[Question], text: str, now: datetime) -> AskFlaw | None:
    """Return why a person's question cannot be taken; ``mine`` are those they have asked. Until the end one may ask."""
    if is_closed(event, now):
        return AskFlaw.OVER
    if is_blank(text):
        return AskFlaw.EMPTY
    if len(text) > QUESTION_LIMIT:
        return AskFlaw.TOO_LONG
    if any(one.text.casefold() == text.casefold() for one in mine):
        return AskFlaw.SAME
    return AskFlaw.TOO_MANY if len(mine) >= MOST_QUESTIONS else None


class Vote(Enum):
    """What came of a vote."""

    GIVEN = "given"
    TAKEN_BACK = "taken back"
    OWN = "own"
    CLOSED = "closed"
    OVER = "over"


def vote(event: Event, question: Question, now: datetime) -> Vote:
    """Decide a tap on a question's vote: a second one takes the first back."""
    if is_closed(event, now):
        return Vote.OVER
    if question.standing is not Standing.OPEN:
        return Vote.CLOSED
    if question.mine:
        return Vote.OWN
    return Vote.TAKEN_BACK if question.voted else Vote.GIVEN


def ranked(questions: Iterable[Question]) -> list[Question]:
    """Return what members see: the most wanted first, the earlier of two; those that are answered last."""
    shown = [one for one in questions if one.standing in {Standing.OPEN, Standing.ANSWERED}]
    return sorted(shown, key=lambda one: (one.standing is Standing.ANSWERED, -one.voters, one.number))


def top(questions: Iterable[Question]) -> list[Question]:
    """Return the questions that are handed to those who speak."""
    return [one for one in ranked(questions) if one.standing is Standing.OPEN][:TOP]


def can_merge(question: Question, into: Question) -> bool:
    """Say whether a question may be put together with another one of the same event."""
    return (
        question.id != into.id
        and question.event_id == into.event_id
        and question.standing is Standing.OPEN
        and into.standing is Standing.OPEN
    )

"""An effect in the outbox: the states it goes through, the line it stands in, how its call ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.tg import effects as fx


class State(StrEnum):
    """Where an effect stands."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    """Its call may be under way; found after a crash, nobody knows how it ended."""
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    DROPPED = "dropped"
    """It was never tried: too late, or what it depended on was not done."""


class Lane(StrEnum):
    """Which line of its chat an effect stands in; in a line, one is under way at a time."""

    SAY = "say"
    """Counted against the limits; by priority, then in order."""
    ACT = "act"
    """Restrictions, deletions, pins; strictly in order, so that a lifting never overtakes its restriction."""
    FREE = "free"
    """Answers to taps, menus, links; in no line at all."""


_FREE = (fx.AnswerCallback, fx.SetCommands, fx.CreateInvite)


def lane_of(effect: fx.AnyEffect) -> Lane:
    """Return the line an effect stands in."""
    if isinstance(effect, fx.COUNTED):
        return Lane.SAY
    return Lane.FREE if isinstance(effect, _FREE) else Lane.ACT


def refs_of(effect: fx.AnyEffect) -> tuple[int, ...]:
    """Return the effects whose messages this one names."""
    named = (getattr(effect, "message", None), getattr(effect, "reply_to", None))
    return tuple(target.effect for target in named if isinstance(target, fx.Ref))


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the sender keeps in memory of an effect; its body stays in the database until it is claimed."""

    id: int
    chat_id: int | None
    lane: Lane
    priority: int
    after: tuple[int, ...] = ()
    not_before: datetime | None = None
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """An effect as it is stored."""

    id: int
    chat_id: int | None
    group_id: int | None
    lane: Lane
    priority: int
    effect: fx.AnyEffect
    after: tuple[int, ...] = ()
    not_before: datetime | None = None
    expires: datetime | None = None
    attempts: int = 0
    coalesce: str | None = None
    card_id: int | None = None
    on_result: fx.OnResult | None = None

    @property
    def waiting(self) -> Waiting:
        """The part the sender keeps."""
        return Waiting(self.id, self.chat_id, self.lane, self.priority, self.after, self.not_before, self.expires)


@dataclass(frozen=True, slots=True)
class Ending:
    """How an effect ended, for good. ``text`` is Telegram's reason, or ours."""

    state: State
    message_id: int | None = None
    value: str | None = None
    refusal: fx.Refusal | None = None
    text: str = ""

    def result_for(self, effect_id: int, key: str, chat_id: int | None) -> fx.SendResult:
        """Say it to whoever wanted to know."""
        if self.state is State.SENT:
            return fx.Delivered(effect_id, key, chat_id, self.message_id, self.value)
        if self.state is State.UNCERTAIN:
            return fx.Uncertain(effect_id, key, chat_id)
        return fx.Refused(effect_id, key, chat_id, self.refusal or fx.Refusal.OTHER, self.text)


def sent(message_id: int | None = None, value: str | None = None) -> Ending:
    """Return the end of what Telegram did."""
    return Ending(State.SENT, message_id, value)


def failed(refusal: fx.Refusal, text: str) -> Ending:
    """Return the end of what Telegram refused."""
    return Ending(State.FAILED, refusal=refusal, text=text)


def dropped(refusal: fx.Refusal, text: str = "") -> Ending:
    """Return the end of what was never tried."""
    return Ending(State.DROPPED, refusal=refusal, text=text)


def uncertain(text: str) -> Ending:
    """Return the end of what may have happened, or not."""
    return Ending(State.UNCERTAIN, text=text)

"""The answers to what people say on a card: that they come, wait, may come or do not (R05)."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.events.rules.event import Phase
from bot.events.rules.outcomes import (
    AlreadyIn,
    AlreadyWaits,
    Confirmed,
    Declined,
    GuestLimit,
    GuestsChanged,
    In,
    Left,
    NowMaybe,
    Outcome,
    Refused,
    Suspended,
    TooLate,
    TooMany,
    WaitingGuestsChanged,
    Waits,
    WrongTag,
)
from bot.events.texts.card import stale
from bot.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.events.rules.outcomes import Bar
    from bot.i18n import Texts


def tapped(texts: Texts, outcome: Outcome) -> str:
    """Answer a person's word on an event."""
    match outcome:
        case In():
            return _is_in(texts, outcome)
        case Waits():
            return _waits(texts, outcome.position, outcome.guests)
        case WaitingGuestsChanged():
            return _waits(texts, outcome.position, outcome.guests)
        case AlreadyWaits(position=position):
            return texts.label(
                "You are on the waiting list already: number {position} in line.", position=texts.number(position)
            )
        case GuestsChanged():
            return _guests(texts, outcome)
        case GuestLimit(limit=limit):
            return texts.nlabel(
                "You bring {n} guest already; more are not allowed. −1 takes a guest off.",
                "You bring {n} guests already; more are not allowed. −1 takes a guest off.",
                limit,
            )
        case TooLate():
            return too_late(texts, outcome)
        case WrongTag() | Suspended() | TooMany():
            return barred(texts, outcome)
        case Refused():
            return texts.label(_REFUSED[outcome])
        case _:
            return _noted(texts, outcome)


def _noted(texts: Texts, outcome: AlreadyIn | Left | Declined | NowMaybe | Confirmed) -> str:
    match outcome:
        case AlreadyIn():
            return texts.label("You are in already. If you cannot come, tap Can’t come.")
        case Left(was_going=True):
            return texts.label("You are off the list, and your seat is free. Thank you for saying so.")
        case Left():
            return texts.label("You are off the waiting list.")
        case Declined():
            return texts.label("Noted: you cannot come. Thank you for saying so.")
        case NowMaybe(gave_up=True):
            return texts.label("Noted: maybe. Your place is free for others; tap Join when you know.")
        case NowMaybe():
            return texts.label("Noted: maybe. This takes no seat; tap Join when you know.")
        case Confirmed():
            return texts.label("Thank you: it is noted that you are coming.")
        case _:
            assert_never(outcome)


def _is_in(texts: Texts, outcome: In) -> str:
    taken = texts.number(outcome.taken)
    if outcome.guests:
        return texts.nlabel(
            "You are in with {n} guest. If you come alone, tap −1.",
            "You are in with {n} guests. −1 takes one off.",
            outcome.guests,
        )
    if outcome.seats is None:
        return texts.nlabel("You are in. {n} person is coming.", "You are in. {n} people are coming.", outcome.taken)
    return texts.nlabel(
        "You are in, seat {taken} of {n}.", "You are in, seat {taken} of {n}.", outcome.seats, taken=taken
    )


def _waits(texts: Texts, position: int, guests: int) -> str:
    place = texts.number(position)
    if guests:
        return texts.nlabel(
            "You and {n} guest are number {position} on the waiting list. You will be told when there is room for both.",
            "You and {n} guests are number {position} on the waiting list. You will be told when there is room for all.",
            guests,
            position=place,
        )
    return texts.label(
        "All seats are taken: you are number {position} on the waiting list. You will be told when a seat is yours.",
        position=place,
    )


def _guests(texts: Texts, outcome: GuestsChanged) -> str:
    if not outcome.guests:
        return texts.label("You come alone now; your seat stays yours.")
    return texts.nlabel("You bring {n} guest.", "You bring {n} guests.", outcome.guests)


def too_late(texts: Texts, outcome: TooLate) -> str:
    """Say that signing up is over, and since when."""
    match outcome.phase:
        case Phase.PAST_DEADLINE:
            when = texts.when(outcome.since) if outcome.since is not None else ""
            return texts.label("Sign-up has been closed since {when}.", when=when)
        case Phase.CANCELLED:
            return texts.label("This event is cancelled.")
        case Phase.OVER:
            return texts.label("This event has begun; the list cannot be changed any more.")
        case Phase.DRAFT:
            return stale(texts)
        case Phase.CLOSED | Phase.OPEN:
            return texts.label("Sign-up is closed. Please ask the organisers.")
        case _:
            assert_never(outcome.phase)


def barred(texts: Texts, bar: Bar) -> str:
    """Say why a person cannot sign up, and until when."""
    match bar:
        case WrongTag(tags=tags):
            return texts.label(
                "Only for people with the member tag {tags}. A new tag counts once you have written in the group.",
                tags=texts.join(_few(tags)),
            )
        case Suspended(missed=missed, until=until):
            return texts.nlabel(
                "You missed {n} event without leaving the list, so you cannot sign up before {when}.",
                "You missed {n} events without leaving the list, so you cannot sign up before {when}.",
                missed,
                when=texts.when(until),
            )
        case TooMany(most=most):
            return texts.nlabel(
                "You are on {n} coming event already, as many as this group allows. Leave one to join this one.",
                "You are on {n} coming events already, as many as this group allows. Leave one to join this one.",
                most,
            )
        case _:
            assert_never(bar)


def _few(tags: Sequence[str]) -> list[str]:
    """Return as many tags as fit into the answer to a tap; the card names them all."""
    shown = [tag for place, tag in enumerate(tags) if sum(len(one) + 2 for one in tags[: place + 1]) <= _TAGS_SHOWN]
    return shown if len(shown) == len(tags) else [*shown, "…"]


_TAGS_SHOWN = 80
_REFUSED: dict[Refused, str] = {
    Refused.NOT_ON_LIST: N_("You are not on the list. Tap Join to sign up."),
    Refused.NOT_GOING: N_("You have no seat yet. You will be told when there is one for you."),
    Refused.ALREADY_DECLINED: N_("It is noted already that you cannot come. Tap Join if you can after all."),
    Refused.ALREADY_MAYBE: N_("It is noted already that you may come. Tap Join when you know."),
    Refused.ALREADY_CONFIRMED: N_("It is noted already that you are coming. Thank you!"),
    Refused.NO_GUESTS_ALLOWED: N_("Guests cannot come along to this event. Tap Join to sign up yourself."),
    Refused.NO_GUEST_TO_REMOVE: N_("You bring no guest. If you cannot come yourself, tap Can’t come."),
    Refused.FULL: N_(
        "There are not enough seats left, and this event has no waiting list. When somebody leaves, you can tap Join again."
    ),
    Refused.FULL_FOR_GUEST: N_("There is no seat left for a guest. You keep yours."),
    Refused.LINE_BEFORE_GUEST: N_(
        "Others are waiting for the next free seat, so a guest cannot be added. You keep yours."
    ),
}

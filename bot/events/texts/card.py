"""The card of an event, the list of who is on it, and the answers to taps on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.events.rules.event import Phase
from bot.events.rules.signup import (
    AlreadyIn,
    AlreadyWaits,
    GuestLimit,
    GuestsChanged,
    In,
    Left,
    Outcome,
    Refused,
    SignUpState,
    TooLate,
    WaitingGuestsChanged,
    Waits,
)
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.events.rules.event import Event, Plan
    from bot.events.rules.signup import SignUp, Tally
    from bot.i18n import Texts

JOIN, LEAVE, LIST = N_("Join"), N_("Leave"), N_("List")
MORE, FEWER = N_("+1"), N_("−1")
NAMES = 20
"""How many names stand on the card itself."""
_NAME_SHOWN = 64


# Parts that stand in several places


def name_of(event: Event) -> Html:
    """Name an event by its number and title."""
    return Html("#{} <b>{}</b>").format(event.number, event.plan.title)


def seats(texts: Texts, plan: Plan, tally: Tally) -> Html:
    """Say how many seats are taken and left, and how many wait."""
    if plan.seats is None and not tally.taken:
        said = texts.gettext("nobody has signed up yet")
    elif plan.seats is None:
        said = texts.ngettext("{n} person is coming", "{n} people are coming", tally.taken)
    else:
        left = max(plan.seats - tally.taken, 0)
        said = texts.ngettext(
            "{taken} of {n} seat taken, {left} left",
            "{taken} of {n} seats taken, {left} left",
            plan.seats,
            taken=texts.number(tally.taken),
            left=texts.number(left),
        )
    if not tally.waiting:
        return said
    waiting = texts.ngettext("{n} on the waiting list", "{n} on the waiting list", tally.waiting)
    return Html("{} · {}").format(said, waiting)


def phase_line(texts: Texts, event: Event, phase: Phase) -> Html | None:
    """Say whether one can still sign up, and until when."""
    match phase:
        case Phase.OPEN:
            if event.plan.deadline is None:
                return None
            return Html("⏳ ") + texts.gettext("Sign up until {when}", when=texts.when(event.plan.deadline))
        case Phase.PAST_DEADLINE:
            ended = texts.when(event.plan.deadline) if event.plan.deadline is not None else ""
            return Html("🔒 ") + texts.gettext("Sign-up ended on {when}", when=ended)
        case Phase.CLOSED:
            return Html("🔒 ") + texts.gettext("Sign-up is closed")
        case Phase.CANCELLED:
            said = Html("❌ ") + texts.gettext("<b>This event is cancelled.</b>")
            return (
                said if not event.reason else texts.flow(said, texts.gettext("Reason: {reason}", reason=event.reason))
            )
        case Phase.OVER:
            return Html("🏁 ") + texts.gettext("This event has begun; sign-up is over")
        case _:
            assert_never(phase)


def person(texts: Texts, one: SignUp) -> Html:
    """Name a person with their guests, without ringing at them."""
    if not one.guests:
        return Html.escape(one.name[:_NAME_SHOWN])
    return texts.gettext("{name} +{guests}", name=one.name[:_NAME_SHOWN], guests=one.guests)


# The card


def card(texts: Texts, event: Event, tally: Tally, first: Sequence[SignUp], now: datetime) -> Html:
    """Write the card; ``first`` are the first who are on it, those who are going before those who wait."""
    plan, phase = event.plan, event.phase(now)
    lines = [name_of(event), Html("🗓 {}").format(texts.when(plan.starts_at))]
    if plan.place:
        lines.append(Html("📍 {}").format(plan.place))
    lines.append(Html("👥 {}").format(seats(texts, plan, tally)))
    if plan.guests and phase is Phase.OPEN:
        lines.append(
            Html("➕ ")
            + texts.ngettext(
                "You may bring {n} guest: tap +1 (−1 takes a guest off again).",
                "You may bring up to {n} guests: tap +1 for each (−1 takes one off again).",
                plan.guests,
            )
        )
    status = phase_line(texts, event, phase)
    if status is not None:
        lines.append(status)
    return Html("\n").join([*lines, *_names(texts, tally, first)])


def _names(texts: Texts, tally: Tally, first: Sequence[SignUp]) -> Iterable[Html]:
    shown = first[:NAMES]
    going = [one for one in shown if one.state is SignUpState.GOING]
    waiting = [one for one in shown if one.state is SignUpState.WAITING]
    if not shown:
        return
    if going:
        yield Html("\n") + texts.gettext("<b>Coming</b>")
        yield from _numbered(texts, going)
        yield from _more(texts, tally.parties - len(going))
    if tally.waiting:
        yield Html("\n") + texts.gettext("<b>Waiting list</b>")
        yield from _numbered(texts, waiting)
        yield from _more(texts, tally.waiting - len(waiting))


def _numbered(texts: Texts, people: Sequence[SignUp]) -> Iterable[Html]:
    return (Html("{}. {}").format(place, person(texts, one)) for place, one in enumerate(people, start=1))


def _more(texts: Texts, rest: int) -> Iterable[Html]:
    if rest > 0:
        yield texts.ngettext("… and {n} more (tap List)", "… and {n} more (tap List)", rest)


# The list


def list_title(texts: Texts, event: Event, tally: Tally) -> Html:
    """Head the list of who is on an event."""
    head = texts.gettext("Who is coming to {event}", event=name_of(event))
    return Html("{}\n{}").format(head, seats(texts, event.plan, tally))


def list_lines(texts: Texts, people: Sequence[SignUp]) -> list[Html]:
    """Write everybody on it, one a line."""
    going = [one for one in people if one.state is SignUpState.GOING]
    waiting = [one for one in people if one.state is SignUpState.WAITING]
    lines = list(_numbered(texts, going))
    if waiting:
        lines += [texts.gettext("<b>Waiting list</b>"), *_numbered(texts, waiting)]
    return lines


def list_toast(texts: Texts, people: Sequence[SignUp]) -> str:
    """Say a short list in the answer to the tap."""
    if not people:
        return texts.label("Nobody has signed up yet. Be the first!")
    going = texts.join(person(texts, one) for one in people if one.state is SignUpState.GOING)
    waiting = texts.join(person(texts, one) for one in people if one.state is SignUpState.WAITING)
    said = texts.label("Coming: {names}", names=going or "–")
    if not waiting:
        return said
    return "\n".join((said, texts.label("Waiting: {names}", names=waiting)))


def list_stands_here(texts: Texts) -> str:
    """Point to the list that was posted a short while ago."""
    return texts.label("The whole list was posted in this chat a short while ago and is up to date again.")


# Answers to taps


def stale(texts: Texts) -> str:
    """Answer a button of an event that is not there."""
    return texts.label("This event no longer exists. /event list shows what is coming up.")


def tapped(texts: Texts, outcome: Outcome) -> str:
    """Answer a tap on the card."""
    match outcome:
        case In():
            return _is_in(texts, outcome)
        case Waits(position=position, guests=guests):
            return _waits(texts, position, guests)
        case AlreadyIn():
            return texts.label("You are in already. Tap Leave if you cannot come.")
        case AlreadyWaits(position=position):
            return texts.label(
                "You are on the waiting list already: number {position} in line.", position=texts.number(position)
            )
        case GuestsChanged():
            return _guests(texts, outcome)
        case WaitingGuestsChanged(guests=guests, position=position):
            return _waits(texts, position, guests)
        case Left(was_going=True):
            return texts.label("You are off the list, and your seat is free. Thank you for saying so.")
        case Left():
            return texts.label("You are off the waiting list.")
        case GuestLimit(limit=limit):
            return texts.nlabel(
                "You bring {n} guest already; more are not allowed. −1 takes a guest off.",
                "You bring {n} guests already; more are not allowed. −1 takes a guest off.",
                limit,
            )
        case TooLate():
            return too_late(texts, outcome)
        case Refused():
            return _refused(texts, outcome)
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
        case Phase.CLOSED | Phase.OPEN:
            return texts.label("Sign-up is closed. Please ask the organisers.")
        case _:
            assert_never(outcome.phase)


def _refused(texts: Texts, outcome: Refused) -> str:
    match outcome:
        case Refused.NOT_ON_LIST:
            return texts.label("You are not on the list. Tap Join to sign up.")
        case Refused.NO_GUESTS_ALLOWED:
            return texts.label("Guests cannot come along to this event. Tap Join to sign up yourself.")
        case Refused.NO_GUEST_TO_REMOVE:
            return texts.label("You bring no guest. To take yourself off the list, tap Leave.")
        case Refused.FULL_FOR_GUEST:
            return texts.label("There is no seat left for a guest. You keep yours.")
        case Refused.LINE_BEFORE_GUEST:
            return texts.label("Others are waiting for the next free seat, so a guest cannot be added. You keep yours.")
        case _:
            assert_never(outcome)

"""The card of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.events.rules.event import Phase
from bot.events.rules.plan import Kind
from bot.events.rules.signup import SignUpState, free_seats
from bot.events.texts.fields import span
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from bot.events.rules.event import Event
    from bot.events.rules.plan import Plan
    from bot.events.rules.signup import SignUp, Tally
    from bot.i18n import Texts

JOIN, LEAVE, MAYBE, LIST = N_("Join"), N_("Can’t come"), N_("Maybe"), N_("List")
MORE, FEWER = N_("+1"), N_("−1")
CALENDAR = N_("📅")
"""The button that gives the event for a calendar: a sign, so that it takes little room."""
NAMES = 20
"""How many names stand on the card itself."""
_NAME_SHOWN, _NAME_IN_ANSWER = 64, 32


# Parts that stand in several places


def name_of(event: Event) -> Html:
    """Name an event by its number and title."""
    return Html("#{} <b>{}</b>").format(event.number, event.plan.title)


def short(name: str) -> str:
    """Shorten a name for the answer to a tap, which holds 200 characters."""
    return name if len(name) <= _NAME_IN_ANSWER else f"{name[: _NAME_IN_ANSWER - 1]}…"


def seats(texts: Texts, plan: Plan, tally: Tally) -> Html:
    """Say how many seats are taken and left, and how many wait."""
    if plan.seats is None and not tally.taken:
        said = texts.gettext("nobody has signed up yet")
    elif plan.seats is None:
        said = texts.ngettext("{n} person is coming", "{n} people are coming", tally.taken)
    else:
        left = max(plan.seats - tally.used, 0)
        said = texts.ngettext(
            "{taken} of {n} seat taken, {left} left",
            "{taken} of {n} seats taken, {left} left",
            plan.seats,
            taken=texts.number(tally.taken),
            left=texts.number(left),
        )
    parts = [said]
    if tally.held:
        parts.append(texts.ngettext("{n} seat offered", "{n} seats offered", tally.held))
    if tally.waiting:
        parts.append(texts.ngettext("{n} on the waiting list", "{n} on the waiting list", tally.waiting))
    if tally.maybe:
        parts.append(texts.ngettext("{n} maybe", "{n} maybe", tally.maybe))
    return Html(" · ").join(parts)


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
        case Phase.DRAFT:
            return Html("📝 ") + texts.gettext("Draft: members cannot see it yet")
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


def card(
    texts: Texts, event: Event, tally: Tally, first: Sequence[SignUp], now: datetime, notes: Sequence[Html] = ()
) -> Html:
    """Write the card; ``first`` are the first who are on it, those who are going before those who wait.

    ``notes`` are what the parts of the capability have to say of the event.
    """
    plan, phase = event.plan, event.phase(now)
    lines = [name_of(event), Html("🗓 {}").format(span(texts, plan))]
    lines += _where(texts, plan)
    if plan.price:
        lines.append(Html("💰 {}").format(plan.price))
    if plan.about:
        lines.append(Html.escape(plan.about))
    lines += notes
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
    if plan.tags:
        lines.append(
            Html("🏷 ") + texts.gettext("Only for people with the member tag {tags}", tags=texts.join(plan.tags))
        )
    if plan.minimum is not None and phase.is_live and tally.taken < plan.minimum:
        lines.append(
            Html("🎯 ")
            + texts.ngettext(
                "Takes place if at least {n} person comes", "Takes place if at least {n} people come", plan.minimum
            )
        )
    status = phase_line(texts, event, phase)
    if phase is Phase.OPEN and plan.closes and free_seats(plan, tally) == 0:
        status = Html("🔒 ") + texts.gettext("Full; there is no waiting list")
    if status is not None:
        lines.append(status)
    return Html("\n").join([*lines, *_names(texts, tally, first)])


def _where(texts: Texts, plan: Plan) -> Iterable[Html]:
    """Say where it takes place; a point on the map can be tapped. The link of an online talk is told to those who come."""
    if plan.place and plan.spot is not None:
        yield Html('📍 <a href="{}">{}</a>').format(map_link(plan.spot), plan.place)
    elif plan.place:
        yield Html("📍 {}").format(plan.place)
    elif plan.spot is not None:
        yield Html('📍 <a href="{}">{}</a>').format(map_link(plan.spot), texts.gettext("Show on the map"))
    if plan.kind is Kind.ONLINE:
        yield Html("💻 ") + texts.gettext("Online; the link is for those who come")


def map_link(spot: tuple[float, float]) -> str:
    """Return the address of a map that shows a point, given as latitude and longitude in degrees."""
    return f"https://www.openstreetmap.org/?mlat={spot[0]:.6f}&mlon={spot[1]:.6f}#map=17/{spot[0]:.6f}/{spot[1]:.6f}"


def _names(texts: Texts, tally: Tally, first: Sequence[SignUp]) -> Iterable[Html]:
    shown = first[:NAMES]
    for state, heading, total in _SECTIONS:
        some, count = [one for one in shown if one.state is state], total(tally)
        if count and (some or state is SignUpState.WAITING):
            yield Html("\n") + texts.gettext(heading)
            yield from _numbered(texts, some)
            yield from _more(texts, count - len(some))


_SECTIONS: tuple[tuple[SignUpState, str, Callable[[Tally], int]], ...] = (
    (SignUpState.GOING, N_("<b>Coming</b>"), lambda tally: tally.parties),
    (SignUpState.OFFERED, N_("<b>Offered a seat</b>"), lambda tally: tally.offers),
    (SignUpState.WAITING, N_("<b>Waiting list</b>"), lambda tally: tally.waiting),
)


def _numbered(texts: Texts, people: Sequence[SignUp]) -> Iterable[Html]:
    return (Html("{}. {}").format(place, person(texts, one)) for place, one in enumerate(people, start=1))


def _more(texts: Texts, rest: int) -> Iterable[Html]:
    if rest > 0:
        yield texts.ngettext("… and {n} more (tap List)", "… and {n} more (tap List)", rest)


def stale(texts: Texts) -> str:
    """Answer a button of an event that is not there."""
    return texts.label("This event no longer exists. /event list shows what is coming up.")

"""The list of who is on an event, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.events.rules.signup import SignUpState
from bot.events.texts.card import name_of, person, seats
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.events.rules.event import Event
    from bot.events.rules.roster import Slice
    from bot.events.rules.signup import SignUp, Tally
    from bot.i18n import Texts

    Sliced = Sequence[tuple[Slice, list[SignUp]]]

AS_FILE: Final = N_("📄 As a file")
_HEADINGS: Final = {
    SignUpState.GOING: N_("<b>Coming</b>"),
    SignUpState.OFFERED: N_("<b>Offered a seat</b>"),
    SignUpState.WAITING: N_("<b>Waiting list</b>"),
}


def page(texts: Texts, event: Event, tally: Tally, sliced: Sliced) -> Html:
    """Write a page: each person on a line of their own with their place in the section."""
    head = texts.gettext("Who is coming to {event}", event=name_of(event))
    return Html("\n").join([head, seats(texts, event.plan, tally), *_lines(texts, sliced)])


def _lines(texts: Texts, sliced: Sliced) -> Iterable[Html]:
    for part, people in sliced:
        if part.state is not SignUpState.GOING:
            yield texts.gettext(_HEADINGS[part.state])
        for place, one in enumerate(people, start=part.skip + 1):
            yield Html("{}. {}").format(place, person(texts, one))


def toast(texts: Texts, sliced: Sliced) -> str:
    """Say a short list in the answer to the tap."""
    if not sliced:
        return texts.label("Nobody has signed up yet. Be the first!")
    named = {part.state: texts.join(person(texts, one) for one in people) for part, people in sliced}
    lines = [texts.label("Coming: {names}", names=named.get(SignUpState.GOING) or "–")]
    if SignUpState.OFFERED in named:
        lines.append(texts.label("Offered a seat: {names}", names=named[SignUpState.OFFERED]))
    if SignUpState.WAITING in named:
        lines.append(texts.label("Waiting: {names}", names=named[SignUpState.WAITING]))
    return "\n".join(lines)


def stands_here(texts: Texts) -> str:
    """Point to the list that was posted a short while ago."""
    return texts.label("The whole list was posted in this chat a short while ago and is up to date again.")

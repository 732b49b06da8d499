"""What people are told who moved: offered a seat, given one, passed over, sent back, put on the list or taken off (R05)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.rules.event import Phase
from bot.events.rules.signup import Notice, SignUpState
from bot.events.texts.card import name_of
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.events.rules.event import Event
    from bot.events.rules.signup import SignUp
    from bot.i18n import Texts

ACCEPT, DECLINE, CONFIRM = N_("Accept the seat"), N_("Can’t come"), N_("I am coming")


def mentions(texts: Texts, people: Sequence[SignUp]) -> Html:
    """Name people so that Telegram rings at them."""
    return texts.join(
        Html('<a href="tg://user?id={}">{}</a>').format(one.user_id, one.name[:64] or one.user_id)
        if one.has_telegram
        else Html.escape(one.name[:64])
        for one in people
    )


def what(texts: Texts, event: Event) -> Html:
    """Name an event with its time."""
    return texts.gettext("{event} ({when})", event=name_of(event), when=texts.when(event.plan.starts_at))


def _moved_up(texts: Texts, event: Event, people: Sequence[SignUp]) -> Html:
    if not any(one.has_telegram for one in people):
        return texts.gettext(
            "🎉 A seat is free, and it goes to {names}, who is not on Telegram: now in at {event}. Please pass it on."
            " Organisers take off who cannot come: <code>/event remove {number}</code>",
            names=mentions(texts, people),
            event=what(texts, event),
            number=event.number,
        )
    return texts.ngettext(
        "🎉 A seat is free for {names}: you are now in at {event}. If you cannot come, please tap Can’t come on the card.",
        "🎉 Seats are free for {names}: you are now in at {event}. If you cannot come, please tap Can’t come on the card.",
        sum(one.size for one in people),
        names=mentions(texts, people),
        event=what(texts, event),
    )


def _offered(texts: Texts, event: Event, people: Sequence[SignUp]) -> Html:
    until = people[0].until
    return texts.ngettext(
        "🎟 A seat is free for {names} at {event}. Please accept it until {until}, or it passes on to the next in line.",
        "🎟 Seats are free for {names} at {event}. Please accept until {until}, or they pass on to the next in line.",
        sum(one.size for one in people),
        names=mentions(texts, people),
        event=what(texts, event),
        until=texts.when(until) if until is not None else "",
    )


def _lapsed(texts: Texts, event: Event, people: Sequence[SignUp]) -> Html:
    return texts.gettext(
        "⌛ {names} did not answer in time, so the seat at {event} passes on. To stand in line again, tap Join on the card.",
        names=mentions(texts, people),
        event=name_of(event),
    )


def _moved_back(texts: Texts, event: Event, people: Sequence[SignUp]) -> Html:
    return texts.gettext(
        "{event} has fewer seats now. {names}: I am sorry, you are on the waiting list again, near the front.",
        names=mentions(texts, people),
        event=what(texts, event),
    )


IN_GROUP: Mapping[Notice, Callable[[Texts, Event, Sequence[SignUp]], Html]] = {
    Notice.MOVED_UP: _moved_up,
    Notice.OFFERED: _offered,
    Notice.LAPSED: _lapsed,
    Notice.MOVED_BACK: _moved_back,
}
"""What the group reads; who is put on a list or taken off is told in private only."""


def in_private(texts: Texts, event: Event, group: str, one: SignUp) -> Html:
    """Tell a person what has become of their place."""
    until = texts.when(one.until) if one.until is not None else ""
    return texts.gettext(_PRIVATE[one.notice], event=what(texts, event), group=group, until=until)


_PRIVATE: Mapping[Notice | None, str] = {
    Notice.MOVED_UP: N_(
        "🎉 A seat is free, and it is yours: you are now in at {event} in {group}."
        " If you cannot come, please tap Can’t come on the card in the group."
    ),
    Notice.OFFERED: N_(
        "🎟 A seat is free for you at {event} in {group}. Please accept it until {until}, or it passes on to the next in"
        " line."
    ),
    Notice.LAPSED: N_(
        "⌛ The time to accept your seat at {event} in {group} is over, so it passes on. To stand in line again, tap Join"
        " on the card in the group."
    ),
    Notice.MOVED_BACK: N_(
        "{event} in {group} has fewer seats now. I am sorry: you are on the waiting list again, near the front."
    ),
    Notice.ADDED: N_(
        "An organiser put you on the list of {event} in {group}. If you cannot come, please tap Can’t come on the card in"
        " the group."
    ),
    Notice.REMOVED: N_("An organiser took you off the list of {event} in {group}."),
}


def offer_over(texts: Texts, event: Event, group: str, state: SignUpState, phase: Phase) -> Html:
    """Say what became of a seat that was offered; ``state`` is where the person stands now."""
    said = N_("❌ {event} in {group} is cancelled.") if phase is Phase.CANCELLED else _OVER.get(state, _NOT_TAKEN)
    return texts.gettext(said, event=what(texts, event), group=group)


_NOT_TAKEN = N_("You did not take the seat that was offered to you at {event} in {group}.")
_OVER: Mapping[SignUpState, str] = {
    SignUpState.GOING: N_(
        "✅ You took the offered seat: you are in at {event} in {group}. If you cannot come after all, please tap Can’t come"
        " on the card in the group."
    ),
    SignUpState.OFFERED: N_("⌛ The seat that was offered to you at {event} in {group} is offered no more."),
    SignUpState.LAPSED: N_("⌛ The seat that was offered to you at {event} in {group} is offered no more."),
    SignUpState.WAITING: N_(
        "The seat that was offered to you at {event} in {group} is no longer free: you are on the waiting list again."
    ),
}


def not_offered(texts: Texts) -> str:
    """Answer somebody who taps on a seat that is offered to somebody else, or not any more."""
    return texts.label("No seat is offered to you here at present. The card in the group shows how things stand.")

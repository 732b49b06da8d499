"""What people on an event are told without asking: that they moved up, that it is near, moved or cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.texts.card import name_of, seats
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.events.rules.event import Event
    from bot.events.rules.signup import SignUp, Tally
    from bot.i18n import Texts

AUDIT_PHRASES: dict[str, str] = {
    "event.created": N_("{actor} planned event {target} “{title}”"),
    "event.edited": N_("{actor} changed event {target} “{title}”: {before} → {after}"),
    "event.cancelled": N_("{actor} cancelled event {target} “{title}” {reason}"),
    "event.closed": N_("{actor} closed the sign-up of event {target} “{title}”"),
    "event.reopened": N_("{actor} opened the sign-up of event {target} “{title}” again"),
    "event.joined": N_("{actor} is on the list of event {target}, guests: {guests}"),
    "event.waiting": N_("{actor} is on the waiting list of event {target}, guests: {guests}"),
    "event.left": N_("{actor} left event {target}. Moved up: {moved_up}"),
    "event.over": N_("Event {target} has begun"),
    "event=title": N_("Title"),
    "event=starts_at": N_("Time"),
    "event=seats": N_("Seats"),
    "event=guests": N_("Guests per person"),
    "event=deadline": N_("Sign-up until"),
    "event=place": N_("Place"),
}
"""The audit log's phrases for what happens here, and its words for the fields of a plan."""


def mentions(texts: Texts, people: Sequence[SignUp]) -> Html:
    """Name people so that Telegram rings at them."""
    return texts.join(
        Html('<a href="tg://user?id={}">{}</a>').format(one.user_id, one.name[:64] or one.user_id) for one in people
    )


def _what(texts: Texts, event: Event) -> Html:
    return texts.gettext("{event} ({when})", event=name_of(event), when=texts.when(event.plan.starts_at))


# In the group


def moved_up(texts: Texts, event: Event, people: Sequence[SignUp]) -> Html:
    """Tell in the group who got a freed seat."""
    return texts.ngettext(
        "🎉 A seat is free for {names}: you are now in at {event}. If you cannot come, please tap Leave on the card.",
        "🎉 Seats are free for {names}: you are now in at {event}. If you cannot come, please tap Leave on the card.",
        sum(one.size for one in people),
        names=mentions(texts, people),
        event=_what(texts, event),
    )


def moved_back(texts: Texts, event: Event, people: Sequence[SignUp]) -> Html:
    """Tell in the group who is on the waiting list again because there are fewer seats."""
    return texts.gettext(
        "{event} has fewer seats now. {names}: I am sorry, you are on the waiting list again, first in line.",
        names=mentions(texts, people),
        event=_what(texts, event),
    )


def reminder(texts: Texts, event: Event, tally: Tally, now: datetime) -> Html:
    """Remind the group."""
    lines = [
        texts.gettext(
            "⏰ {event} starts {ahead}: {when}.",
            event=name_of(event),
            ahead=texts.ahead(event.plan.starts_at - now),
            when=texts.when(event.plan.starts_at),
        ),
        Html("👥 {}").format(seats(texts, event.plan, tally)),
    ]
    if event.plan.place:
        lines.append(Html("📍 {}").format(event.plan.place))
    return Html("\n").join(lines)


def cancelled(texts: Texts, event: Event, people: Sequence[SignUp]) -> Html:
    """Tell in the group that an event is cancelled."""
    said = texts.gettext("❌ {event} is cancelled.", event=_what(texts, event))
    return _with_names(texts, _with_reason(texts, said, event), people)


def changed(texts: Texts, event: Event, people: Sequence[SignUp]) -> Html:
    """Tell in the group that an event has another time or place."""
    return _with_names(texts, _changed(texts, event), people)


def _with_names(texts: Texts, said: Html, people: Sequence[SignUp]) -> Html:
    return Html("{}\n{}").format(said, mentions(texts, people)) if people else said


def _with_reason(texts: Texts, said: Html, event: Event) -> Html:
    if not event.reason:
        return said
    return texts.flow(said, texts.gettext("Reason: {reason}", reason=event.reason))


def _changed(texts: Texts, event: Event) -> Html:
    said = texts.gettext(
        "🗓 {event} has changed. It starts on <b>{when}</b>.",
        event=name_of(event),
        when=texts.when(event.plan.starts_at),
    )
    return Html("{}\n📍 {}").format(said, event.plan.place) if event.plan.place else said


# In private


def moved_up_private(texts: Texts, event: Event, group: str) -> Html:
    """Tell a person that a freed seat is theirs."""
    return texts.gettext(
        "🎉 A seat is free, and it is yours: you are now in at {event} in {group}."
        " If you cannot come, please tap Leave on the card in the group.",
        event=_what(texts, event),
        group=group,
    )


def moved_back_private(texts: Texts, event: Event, group: str) -> Html:
    """Tell a person that they are on the waiting list again."""
    return texts.gettext(
        "{event} in {group} has fewer seats now. I am sorry: you are on the waiting list again, near the front.",
        event=_what(texts, event),
        group=group,
    )


def reminder_private(texts: Texts, event: Event, group: str, now: datetime) -> Html:
    """Remind a person who is going."""
    said = texts.gettext(
        "⏰ You are going to {event} in {group}. It starts {ahead}: {when}."
        " If you cannot come, please tap Leave on the card in the group.",
        event=name_of(event),
        group=group,
        ahead=texts.ahead(event.plan.starts_at - now),
        when=texts.when(event.plan.starts_at),
    )
    return Html("{}\n📍 {}").format(said, event.plan.place) if event.plan.place else said


def cancelled_private(texts: Texts, event: Event, group: str) -> Html:
    """Tell a person that an event they are on is cancelled."""
    said = texts.gettext("❌ {event} in {group} is cancelled.", event=_what(texts, event), group=group)
    return _with_reason(texts, said, event)


def changed_private(texts: Texts, event: Event, group: str) -> Html:
    """Tell a person that an event they are on has another time or place."""
    return Html("{}\n{}").format(
        _changed(texts, event),
        texts.gettext(
            "You are on its list in {group}. If you cannot come, please tap Leave on the card there.", group=group
        ),
    )


def card_refused(texts: Texts, event: Event, group: str, reason: str) -> Html:
    """Tell the organiser that Telegram would not take the card."""
    return texts.gettext(
        "{event} is planned, but Telegram did not let me post its card in {group} ({reason})."
        " <code>/event show {number}</code> posts it again.",
        event=name_of(event),
        group=group,
        reason=reason,
        number=event.number,
    )


# In the digest


def digest(texts: Texts, today: Sequence[tuple[Event, Tally]], tomorrow: Sequence[tuple[Event, Tally]]) -> Html:
    """Write the events of today and tomorrow, with their seats (R01, R05)."""
    lines = [Html("📅 <b>{}</b>").format(texts.gettext("Events"))]
    for heading, found in ((N_("Today"), today), (N_("Tomorrow"), tomorrow)):
        lines += [
            texts.gettext(
                "{day}, {time}: {event}, {seats}",
                day=texts.gettext(heading),
                time=texts.clock(event.plan.starts_at),
                event=name_of(event),
                seats=seats(texts, event.plan, tally),
            )
            for event, tally in found
        ]
    return Html("\n").join(lines)

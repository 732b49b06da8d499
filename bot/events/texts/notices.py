"""What people on an event are told without asking: that they moved up, that it is near, moved or cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.texts.card import name_of, seats
from bot.events.texts.fields import FIELDS, value
from bot.events.texts.news import mentions, what
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.events.rules.event import Event
    from bot.events.rules.plan import Field
    from bot.events.rules.signup import SignUp, Tally
    from bot.i18n import Texts

AUDIT_PHRASES: dict[str, str] = {
    "event.created": N_("{actor} planned event {target} “{title}”"),
    "event.edited": N_("{actor} changed event {target} “{title}”: {before} → {after}"),
    "event.cancelled": N_("{actor} cancelled event {target} “{title}” {reason}"),
    "event.closed": N_("{actor} closed the sign-up of event {target} “{title}”"),
    "event.reopened": N_("{actor} opened the sign-up of event {target} “{title}” again"),
    "event.joined": N_("{actor}: {who} is on the list of event {target}, guests: {guests}"),
    "event.waiting": N_("{actor}: {who} is on the waiting list of event {target}, guests: {guests}"),
    "event.left": N_("{actor}: {who} is not coming to event {target}"),
    "event.seated": N_("Moved up from the waiting list of event {target}: {people}"),
    "event.offered": N_("Was offered a seat at event {target}: {people}"),
    "event.held": N_("{actor}: {who} has a seat at event {target} offered, guests: {guests}"),
    "event.accepted": N_("{actor}: {who} took the offered seat at event {target}, guests: {guests}"),
    "event.drafted": N_("{actor} drafted event {target} “{title}”"),
    "event.maybe": N_("{who} may come to event {target}"),
    "event.confirmed": N_("{who} is still coming to event {target}"),
    "event.lapsed": N_("Nobody accepted in time at event {target}: {people}"),
    "event.settings": N_("{actor} changed the settings for events: {before} → {after}"),
    "event.over": N_("Event {target} has begun"),
    **{f"event={field}": name for field, name in FIELDS.items()},
}
"""The audit log's phrases for what happens here, and its words for the fields of a plan."""


# In the group


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
    said = texts.gettext("❌ {event} is cancelled.", event=what(texts, event))
    return _with_names(texts, _with_reason(texts, said, event), people)


def changed(texts: Texts, event: Event, field: Field, people: Sequence[SignUp]) -> Html:
    """Tell in the group what has changed."""
    return _with_names(texts, _changed(texts, event, field, public=True), people)


def _with_names(texts: Texts, said: Html, people: Sequence[SignUp]) -> Html:
    return Html("{}\n{}").format(said, mentions(texts, people)) if people else said


def _with_reason(texts: Texts, said: Html, event: Event) -> Html:
    if not event.reason:
        return said
    return texts.flow(said, texts.gettext("Reason: {reason}", reason=event.reason))


def _changed(texts: Texts, event: Event, field: Field, *, public: bool) -> Html:
    if field == "starts_at":
        return texts.gettext(
            "🗓 {event} is at another time. It starts on <b>{when}</b>. Please say whether you are still coming.",
            event=name_of(event),
            when=value(texts, event.plan, field),
        )
    if field == "link":
        return _link(texts, event, public=public)
    return texts.gettext(
        "✏️ {event} has changed. {field}: <b>{value}</b>",
        event=what(texts, event),
        field=texts.gettext(FIELDS[field]),
        value=value(texts, event.plan, field),
    )


def _link(texts: Texts, event: Event, *, public: bool) -> Html:
    if event.plan.link is None:
        return texts.gettext("🔗 {event} has no link at present.", event=name_of(event))
    if public:
        return texts.gettext("🔗 {event} has a new link. Tap Link on the card.", event=name_of(event))
    return texts.gettext("🔗 {event} has a new link: {link}", event=what(texts, event), link=event.plan.link)


# In private


def reminder_private(texts: Texts, event: Event, group: str, now: datetime) -> Html:
    """Remind a person who is going."""
    said = texts.gettext(
        "⏰ You are going to {event} in {group}. It starts {ahead}: {when}."
        " If you cannot come, please tap Can’t come on the card in the group.",
        event=name_of(event),
        group=group,
        ahead=texts.ahead(event.plan.starts_at - now),
        when=texts.when(event.plan.starts_at),
    )
    return Html("{}\n📍 {}").format(said, event.plan.place) if event.plan.place else said


def cancelled_private(texts: Texts, event: Event, group: str) -> Html:
    """Tell a person that an event they are on is cancelled."""
    said = texts.gettext("❌ {event} in {group} is cancelled.", event=what(texts, event), group=group)
    return _with_reason(texts, said, event)


def changed_private(texts: Texts, event: Event, field: Field, group: str, *, is_going: bool) -> Html:
    """Tell a person what has changed about an event they are on; the link only if they are going."""
    return Html("{}\n{}").format(
        _changed(texts, event, field, public=not is_going),
        texts.gettext(
            "You are on its list in {group}. If you cannot come, please tap Can’t come on the card there.", group=group
        ),
    )


def reminder_maybe(texts: Texts, event: Event, group: str, now: datetime) -> Html:
    """Ask a person who may come to make up their mind."""
    return texts.gettext(
        "⏰ {event} in {group} starts {ahead}: {when}. You said that you may come. If you can, tap Join on the card.",
        event=name_of(event),
        group=group,
        ahead=texts.ahead(event.plan.starts_at - now),
        when=texts.when(event.plan.starts_at),
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


def picture_refused(texts: Texts, event: Event, group: str, reason: str) -> Html:
    """Tell the organiser that Telegram would not take the picture."""
    return texts.gettext(
        "The card of {event} is in {group}, but Telegram did not take its picture ({reason})."
        " <code>/event edit {number} picture</code> asks for another one.",
        event=name_of(event),
        group=group,
        reason=reason,
        number=event.number,
    )


# In the digest


def digest(
    texts: Texts, today: Sequence[tuple[Event, Tally]], tomorrow: Sequence[tuple[Event, Tally]], now: datetime
) -> Html:
    """Write the events of today and tomorrow, with their seats (R01, R05)."""
    lines = [Html("📅 <b>{}</b>").format(texts.gettext("Events"))]
    for heading, found in ((N_("Today"), today), (N_("Tomorrow"), tomorrow)):
        lines += [
            texts.gettext(
                N_("{day}, {time} (begun): {event}, {seats}")
                if event.plan.starts_at <= now
                else N_("{day}, {time}: {event}, {seats}"),
                day=texts.gettext(heading),
                time=texts.clock(event.plan.starts_at),
                event=name_of(event),
                seats=seats(texts, event.plan, tally),
            )
            for event, tally in found
        ]
    return Html("\n").join(lines)

"""What is said before an event: whether people are still coming, how the list stands, that more are needed (R05)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.before.rules import Freed, NobodySilent, TooFew, Weather, WouldFree
from bot.events.texts.card import name_of, person, seats
from bot.events.texts.news import mentions, what
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.events.before.rules import Answered
    from bot.events.rules.event import Event
    from bot.events.rules.signup import SignUp
    from bot.i18n import Texts

HELP_WEATHER = N_("See how the list of an event stands: who has confirmed, who has not")
HELP_CALENDAR = N_("Get an event as an entry for your calendar")
WEATHER = N_("🌤 How it stands")
ASK, AGAIN, FREE, REFRESH = (
    N_("Ask who is coming"),
    N_("Ask them once more"),
    N_("Free seats not confirmed"),
    N_("Refresh"),
)
FREE_NOW, KEEP = N_("Yes, free these seats"), N_("No, leave them")
AUDIT_PHRASES: dict[str, str] = {
    "event.asked": N_("{actor} had people asked whether they are coming to event {target}: {people}"),
    "event.freed": N_("{actor} freed the seats of those who did not answer at event {target}: {people}"),
}
FILE_SENT = N_("I sent you the file for your calendar in private.")
NAMED = 20
"""How many people, and answers to a question, one message names."""
_ANSWERS, _WORDS = 6, 40


# Whether they are still coming


def asked_private(texts: Texts, event: Event, group: str) -> Html:
    """Ask a person whether they are still coming."""
    return texts.gettext(
        "🙋 You are on the list of {event} in {group}. Are you still coming? If not, others will be glad of your seat.",
        event=what(texts, event),
        group=group,
    )


def asked_in_group(texts: Texts, event: Event, people: Sequence[SignUp]) -> Html:
    """Ask people in the group who cannot be asked in private."""
    asked = texts.gettext(
        "🙋 Are you still coming to {event}? Please tap one of the buttons.", event=what(texts, event)
    )
    return Html("{}\n{}").format(asked, mentions(texts, people))


def asked(texts: Texts, event: Event, people: int) -> Html:
    """Answer the organiser who had people asked."""
    if not people:
        return texts.gettext("{event}: everybody has said already that they are coming.", event=name_of(event))
    return texts.ngettext(
        "{event}: {n} person is being asked.", "{event}: {n} people are being asked.", people, event=name_of(event)
    )


def asked_lately(texts: Texts) -> str:
    """Refuse to ask people again so soon, or so late."""
    return texts.label("They were asked less than an hour ago, or the event is about to begin. Nobody is asked now.")


# How the list stands


def weather(texts: Texts, stands: Weather) -> Html:
    """Tell the organiser how the list stands."""
    event, tally = stands.event, stands.tally
    lines = [
        Html("🌤 ") + texts.gettext("How {event} stands", event=what(texts, event)),
        Html("👥 {}").format(seats(texts, event.plan, tally)),
    ]
    if stands.guests:
        lines.append(
            Html("➕ ") + texts.ngettext("{n} of them is a guest", "{n} of them are guests", stands.guests),
        )
    lines += _confirmed(texts, stands)
    if event.plan.minimum is not None and tally.taken < event.plan.minimum:
        lines.append(
            Html("🎯 ")
            + texts.ngettext(
                "{n} more person is needed", "{n} more people are needed", event.plan.minimum - tally.taken
            )
        )
    lines += (_answered(texts, one) for one in stands.answers)
    return Html("\n").join(lines)


def _confirmed(texts: Texts, stands: Weather) -> Iterable[Html]:
    tally = stands.tally
    if stands.asking is not None or tally.confirmed:
        yield (
            Html("✅ ")
            + texts.ngettext(
                "{n} person has confirmed that they are coming",
                "{n} people have confirmed that they are coming",
                tally.confirmed,
            )
        )
    if stands.asking is not None and stands.silent and stands.just_asked:
        yield (
            Html("🙋 ")
            + texts.ngettext(
                "{n} person has just been asked whether they are still coming",
                "{n} people have just been asked whether they are still coming",
                len(stands.silent),
            )
        )
    elif stands.asking is not None and stands.silent:
        yield (
            Html("❔ ")
            + texts.ngettext(
                "{n} person, asked on {when}, has not answered: {names}",
                "{n} people, asked on {when}, have not answered: {names}",
                len(stands.silent),
                when=texts.when(stands.asking.last_at),
                names=names(texts, stands.silent),
            )
        )
    if stands.unasked:
        yield (Html("📵 ") + texts.gettext("No Telegram, cannot be asked: {names}", names=names(texts, stands.unasked)))


def names(texts: Texts, people: Sequence[SignUp]) -> Html:
    """Name people, and say how many more there are."""
    shown: list[Html] = [person(texts, one) for one in people[:NAMED]]
    rest = len(people) - len(shown)
    return texts.join([*shown, texts.ngettext("{n} more", "{n} more", rest)] if rest else shown)


def _answered(texts: Texts, one: Answered) -> Html:
    shown = [
        texts.gettext("{answer}: {count}", answer=_short(answer), count=texts.number(count))
        for answer, count in one.answers[:_ANSWERS]
    ]
    rest = len(one.answers) - len(shown)
    if rest:
        shown.append(texts.ngettext("{n} other answer", "{n} other answers", rest))
    return Html("📝 <i>{}</i> {}").format(_short(one.question), Html(" · ").join(shown))


def _short(text: str) -> str:
    return text if len(text) <= _WORDS else f"{text[: _WORDS - 1]}…"


# Freeing seats


def would_free(texts: Texts, outcome: WouldFree) -> Html:
    """Ask whether those who did not answer shall lose their seats."""
    return texts.ngettext(
        "{event}: {names} has not said whether they are still coming. Do you want to free the seat? They will be told.",
        "{event}: these {n} people have not said whether they are still coming: {names}. Do you want to free their seats?"
        " They will be told.",
        len(outcome.silent),
        event=name_of(outcome.event),
        names=names(texts, outcome.silent),
    )


def freed(texts: Texts, outcome: Freed | NobodySilent) -> Html:
    """Answer the organiser who wanted seats freed."""
    event = name_of(outcome.event)
    if isinstance(outcome, NobodySilent):
        return texts.gettext("{event}: everybody who was asked has answered. No seat is freed.", event=event)
    said = texts.gettext("{event}: off the list are {names}.", event=event, names=names(texts, outcome.silent))
    if not outcome.moved:
        return said
    moved = names(texts, outcome.moved)
    return texts.flow(said, texts.gettext("From the waiting list, their turn has come: {names}.", names=moved))


def nobody_asked(texts: Texts) -> str:
    """Refuse to free seats where nobody's silence means anything."""
    return texts.label("Nobody has been asked yet whether they come at this time, so no seat is freed.")


def freed_in_group(texts: Texts, event: Event, people: Sequence[SignUp]) -> Html:
    """Tell people in the group who cannot be told in private that their seats are free."""
    return texts.gettext(
        "{names}: you did not say whether you are still coming to {event}, so your seat is free for others. To stand in line"
        " again, tap Join on the card.",
        names=mentions(texts, people),
        event=what(texts, event),
    )


# Enough people


def too_few_ahead(texts: Texts, event: Event, few: TooFew) -> Html:
    """Warn that an event will be cancelled unless more people come."""
    return texts.ngettext(
        "🎯 {event} needs {n} more person until {when}, or it is cancelled. {going} of {wanted} are coming so far.",
        "🎯 {event} needs {n} more people until {when}, or it is cancelled. {going} of {wanted} are coming so far.",
        few.missing,
        event=what(texts, event),
        when=texts.when(few.decided_at) if few.decided_at is not None else "",
        going=texts.number(few.going),
        wanted=texts.number(few.wanted),
    )


def reason(texts: Texts, few: TooFew) -> str:
    """Give the reason why an event is cancelled by rule."""
    return texts.label(
        "too few people: {going} of the {wanted} it takes",
        going=texts.number(few.going),
        wanted=texts.number(few.wanted),
    )


def called_off(texts: Texts, event: Event, few: TooFew, people: int) -> Html:
    """Tell the organiser that their event was cancelled by rule, or the group where nobody is on it."""
    said = texts.gettext(
        "❌ {event} is cancelled, because {going} of the {wanted} people it takes have signed up.",
        event=what(texts, event),
        going=texts.number(few.going),
        wanted=texts.number(few.wanted),
    )
    if not people:
        return said
    told = texts.ngettext(
        "{n} person who was on the list is being told.", "{n} people who were on the list are being told.", people
    )
    return texts.flow(said, told)


# Calendars


def file_caption(texts: Texts, event: Event) -> Html:
    """Say what to do with a file for a calendar."""
    return texts.gettext(
        "📅 {event}\nOpen the file to put it into your calendar. When the event changes, you get it anew.",
        event=what(texts, event),
    )


def file_changed(texts: Texts, event: Event, group: str) -> Html:
    """Say that a file replaces an entry."""
    return texts.gettext(
        "📅 {event} in {group} has changed. Open the file to bring the entry in your calendar up to date.",
        event=what(texts, event),
        group=group,
    )


def file_cancelled(texts: Texts, event: Event, group: str) -> Html:
    """Say that a file takes an entry out."""
    return texts.gettext(
        "📅 {event} in {group} is cancelled. Open the file to take the entry out of your calendar.",
        event=what(texts, event),
        group=group,
    )


def file_name(event: Event) -> str:
    """Name a file for a calendar."""
    return f"event-{event.number}.ics"


def not_reachable(texts: Texts, bot: str) -> str:
    """Tell somebody how to get the file who cannot be written to."""
    return texts.label(
        "I cannot write to you yet. Open a private chat with me (@{bot}), press Start, and tap 📅 here again.", bot=bot
    )


def nothing_to_keep(texts: Texts, event: Event) -> Html:
    """Refuse to put a cancelled event into a calendar."""
    return texts.gettext("{event} is cancelled, so there is nothing to put into a calendar.", event=name_of(event))

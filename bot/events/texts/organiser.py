"""What organisers read: answers to commands, questions of the forms, what is wrong with a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.events.rules.event import (
    Cancelled,
    Closed,
    Edited,
    NoSuchEvent,
    NotLive,
    Phase,
    Reopened,
    SameAsBefore,
    WouldDrop,
)
from bot.events.rules.line import NotAnEdit, NotANumber, Twice, Unfit, UnknownPart
from bot.events.rules.plan import Flaw, SeatsOutOfRange
from bot.events.rules.signup import SignUpState
from bot.events.texts.card import name_of, person
from bot.events.texts.fields import FIELDS, flaw, unfit, value
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.events.rules.event import CancelOutcome, CloseOutcome, EditOutcome, Event, ReopenOutcome
    from bot.events.rules.signup import SignUp
    from bot.i18n import Texts

TITLE = N_("Events")
CREATE_TITLE, EDIT_TITLE, CANCEL_TITLE = N_("New event"), N_("Change an event"), N_("Cancel an event")
HELP_BARE = N_("What is coming up, and how to plan events")
HELP_CREATE = N_("Plan an event that people sign up for")
HELP_LIST = N_("List the events that are coming up")
HELP_EVENTS = N_("What is coming up in this group")
HELP_SHOW = N_("Show the card of an event")
HELP_EDIT = N_("Change an event")
HELP_CANCEL = N_("Cancel an event; everybody on it is told")
HELP_CLOSE = N_("Close the sign-up of an event")
HELP_REOPEN = N_("Open the sign-up of an event again")

EVENT = N_("Event")
ASK_FIELD = N_("What do you want to change?")
ASK_REASON = N_("Why is it cancelled? The reason is told to everybody on the list. Skip this to give none.")
REASON = N_("Reason")
SURE = N_("Cancel the event")
YES_CANCEL, NO_KEEP = N_("Yes, cancel it"), N_("No, keep it")

_EXAMPLE = "/event create Saturday hike | Sat 09:00 | 20 seats | +1 | until Fri 20:00"


def example(texts: Texts) -> Html:
    """Show a whole line."""
    # Translators: an example of a command as people may type it in your language; it must be understood as it stands.
    line = texts.label("/event create Saturday hike | Sat 09:00 | 20 seats | +1 | until Fri 20:00")
    return Html("<code>{}</code>").format(line or _EXAMPLE)


# What is wrong


def unknown_part(texts: Texts, flaw: UnknownPart | Twice) -> Html:
    """Say which part of a line is not understood, or comes twice."""
    if isinstance(flaw, Twice):
        said = texts.gettext(
            "“{part}”: {field} was given already. Please name it once.",
            part=flaw.text[:64],
            field=texts.gettext(FIELDS[flaw.field]),
        )
    else:
        said = texts.gettext(
            "I do not understand “{part}”. After title and time there may be: <code>20 seats</code>, <code>+1</code>,"
            " <code>until Fri 20:00</code>, <code>at the town hall</code>.",
            part=flaw.text[:64],
        )
    return Html("{}\n{}").format(said, _as_in(texts))


def _as_in(texts: Texts) -> Html:
    return texts.gettext("A whole line looks like this: {example}", example=example(texts))


def time_part(texts: Texts, problem: Html) -> Html:
    """Say what is wrong with the time of a line, and show a whole one."""
    return Html("{}\n{}").format(problem, _as_in(texts))


def no_end(texts: Texts, words: str) -> Html:
    """Say that an event cannot end at a time."""
    return texts.gettext(
        "“{words}” does not go with the start as the end of an event. Write the end as a time of day, for example"
        " <code>ends 12:00</code>, or the length: <code>3 hours</code>.",
        words=words[:64],
    )


def not_in_the_group(texts: Texts, bot: str) -> Html:
    """Refuse what is for organisers only, where neither a private chat nor a managers' chat can be reached."""
    return texts.gettext(
        "This is for organisers only and does not belong in the group. Open @{bot}, press Start, and ask me again.",
        bot=bot,
    )


def no_such_event(texts: Texts, number: int) -> Html:
    """Answer a number that no event has."""
    return texts.gettext("There is no event #{number} here. /event list shows what is coming up.", number=number)


def not_live(texts: Texts, outcome: NotLive) -> Html:
    """Refuse to change an event that is past changing."""
    if outcome.phase is Phase.CANCELLED:
        return texts.gettext("{event} is cancelled and cannot be changed any more.", event=name_of(outcome.event))
    return texts.gettext("{event} has begun already and cannot be changed any more.", event=name_of(outcome.event))


def number_wanted(texts: Texts, command: str, typed: str) -> Html:
    """Ask for an event's number."""
    return texts.gettext(
        "“{typed}” is not the number of an event. Write for example <code>{example}</code>; /event list shows the numbers.",
        typed=typed[:64],
        example=f"{command} 3",
    )


def no_deadline_time(texts: Texts, problem: Html) -> Html:
    """Say what is wrong with the end of the sign-up."""
    return texts.gettext("The end of the sign-up: {problem}", problem=problem)


# Answers


def created_elsewhere(texts: Texts, event: Event, group: str) -> Html:
    """Say that the card stands in the group, where the command was given elsewhere."""
    return texts.gettext(
        "{event} is planned for {when}. Its card is now in {group}, where people sign up.",
        event=name_of(event),
        when=texts.when(event.plan.starts_at),
        group=group,
    )


def edited(texts: Texts, outcome: EditOutcome) -> Html:
    """Answer an edit."""
    match outcome:
        case Edited():
            return _edited(texts, outcome)
        case SameAsBefore(event=event):
            return texts.gettext("{event} is like that already, so nothing was changed.", event=name_of(event))
        case WouldDrop():
            return would_drop(texts, outcome)
        case NotLive():
            return not_live(texts, outcome)
        case NoSuchEvent(number=number):
            return no_such_event(texts, number)
        case SeatsOutOfRange() | Flaw():
            return flaw(texts, outcome)
        case _:
            assert_never(outcome)


def _edited(texts: Texts, outcome: Edited) -> Html:
    lines = [
        texts.gettext(
            "{event} is changed. {field}: {before} → <b>{after}</b>",
            event=name_of(outcome.event),
            field=texts.gettext(FIELDS[outcome.field]),
            before=value(texts, outcome.before.plan, outcome.field),
            after=value(texts, outcome.event.plan, outcome.field),
        ),
        *_changed_with(texts, outcome),
    ]
    if outcome.moved_up:
        lines.append(
            texts.gettext("From the waiting list, these get a seat: {names}.", names=_people(texts, outcome.moved_up))
        )
    if outcome.moved_back:
        lines.append(
            texts.gettext("Back to the front of the waiting list: {names}.", names=_people(texts, outcome.moved_back))
        )
    if outcome.told:
        lines.append(texts.gettext("Everybody on the list is being told."))
    return Html("\n").join(lines)


def _changed_with(texts: Texts, outcome: Edited) -> Iterable[Html]:
    """Say what changed beside the field that was named; the end of a time stands with the time."""
    said = {"minutes"} if outcome.field == "starts_at" else set()
    before, after = outcome.before.plan, outcome.event.plan
    for name in outcome.also:
        if name not in said and getattr(before, name) != getattr(after, name):
            yield Html("{}: {} → <b>{}</b>").format(
                texts.gettext(FIELDS[name]), value(texts, before, name), value(texts, after, name)
            )


def _people(texts: Texts, people: Sequence[SignUp]) -> Html:
    shown = [_holding(texts, one) for one in people[:20]]
    rest = len(people) - len(shown)
    return texts.join([*shown, texts.ngettext("{n} more", "{n} more", rest)] if rest else shown)


def _holding(texts: Texts, one: SignUp) -> Html:
    """Name somebody, and say of a seat that it is only offered."""
    name = person(texts, one)
    return texts.gettext("{name} (offered a seat)", name=name) if one.state is SignUpState.OFFERED else name


def would_drop(texts: Texts, outcome: WouldDrop) -> Html:
    """Ask whether the last in shall go back to the waiting list."""
    return texts.ngettext(
        "{event}: with {seats} seats there is no room for {names}, who signed up last. They would go back to the "
        "front of the waiting list and be told. Do you want that?",
        "{event}: with {seats} seats there is no room for these {n} people, who signed up last: {names}. They "
        "would go back to the front of the waiting list and be told. Do you want that?",
        len(outcome.losers),
        event=name_of(outcome.event),
        seats=texts.number(outcome.seats),
        names=_people(texts, outcome.losers),
    )


def lower_label(texts: Texts, seats_: int) -> str:
    """Label the button that agrees."""
    return texts.nlabel("Yes, only {n} seat", "Yes, only {n} seats", seats_)


def keep_label(texts: Texts) -> str:
    """Label the button that leaves all as it is."""
    return texts.label("No, leave it as it is")


def kept(texts: Texts, event: Event) -> Html:
    """Say that nothing was changed."""
    return texts.gettext("{event}: nothing was changed.", event=name_of(event))


def still_a_draft(texts: Texts, event: Event) -> Html:
    """Refuse what can be done with a published event only."""
    return texts.gettext(
        "{event} is a draft. <code>/event publish {number}</code> publishes it, <code>/event discard {number}</code>"
        " throws it away.",
        event=name_of(event),
        number=event.number,
    )


def edit_unclear(texts: Texts, number: int, problem: NotAnEdit | NotANumber | Unfit) -> Html:
    """Say what an edit on one line looks like."""
    match problem:
        case NotANumber(field=field, text=text):
            said = texts.gettext(
                "“{field}” needs a whole number such as <code>20</code>, and “{text}” is none.",
                text=text[:64],
                field=texts.gettext(FIELDS[field]),
            )
        case Unfit(field=field, text=text):
            named = Html("“{}” → {}").format(text[:64], texts.gettext(FIELDS[field]))
            return Html("{}\n{}").format(named, unfit(texts, field))
        case NotAnEdit(text=text):
            said = texts.gettext("I do not understand what “{text}” should change.", text=text[:64])
        case _:
            assert_never(problem)
    lines = (
        texts.label("/event edit {number} seats 25", number=number),
        texts.label("/event edit {number} time Sat 10:00", number=number),
        texts.label("/event edit {number} until Fri 18:00", number=number),
    )
    shown = Html("\n").join(Html("<code>{}</code>").format(line) for line in lines)
    return Html("{}\n{}\n{}").format(said, texts.gettext("Write it like one of these:"), shown)


def sure(texts: Texts, about: str, people: int) -> Html:
    """Ask whether an event shall really be cancelled."""
    asked = texts.gettext("Do you really want to cancel {event}?", event=Html("<b>{}</b>").format(about))
    if not people:
        return asked
    told = texts.ngettext("{n} person on the list will be told.", "{n} people on the list will be told.", people)
    return texts.flow(asked, told)


def about(texts: Texts, event: Event) -> str:
    """Name an event in plain words, with its time."""
    return texts.label(
        "#{number} {title} ({when})",
        number=event.number,
        title=event.plan.title,
        when=texts.when(event.plan.starts_at),
    )


def cancelled(texts: Texts, outcome: CancelOutcome) -> Html:
    """Answer a cancellation."""
    match outcome:
        case Cancelled(event=event, people=people):
            said = texts.gettext("{event} is cancelled.", event=name_of(event))
            if not people:
                return said
            told = texts.ngettext(
                "{n} person who was on the list is being told.",
                "{n} people who were on the list are being told.",
                people,
            )
            return texts.flow(said, told)
        case NotLive():
            return not_live(texts, outcome)
        case NoSuchEvent(number=number):
            return no_such_event(texts, number)
        case _:
            assert_never(outcome)


def closed(texts: Texts, outcome: CloseOutcome) -> Html:
    """Answer /event close."""
    match outcome:
        case Closed(event=event):
            return texts.gettext(
                "{event}: sign-up is closed. <code>/event reopen {number}</code> opens it again.",
                event=name_of(event),
                number=event.number,
            )
        case SameAsBefore(event=event):
            return texts.gettext("{event}: sign-up was closed already.", event=name_of(event))
        case NotLive():
            return not_live(texts, outcome)
        case NoSuchEvent(number=number):
            return no_such_event(texts, number)
        case _:
            assert_never(outcome)


def reopened(texts: Texts, outcome: ReopenOutcome) -> Html:
    """Answer /event reopen."""
    match outcome:
        case Reopened(event=event, open_now=True):
            return texts.gettext("{event}: people can sign up again.", event=name_of(event))
        case Reopened(event=event):
            return texts.gettext(
                "{event} is no longer closed, but its sign-up ended on {when}. Give it a later end, for example"
                " <code>/event edit {number} until Fri 20:00</code>.",
                event=name_of(event),
                when=texts.when(event.plan.deadline) if event.plan.deadline else "",
                number=event.number,
            )
        case SameAsBefore(event=event):
            return texts.gettext("{event}: sign-up is not closed, so there is nothing to reopen.", event=name_of(event))
        case NotLive():
            return not_live(texts, outcome)
        case NoSuchEvent(number=number):
            return no_such_event(texts, number)
        case _:
            assert_never(outcome)

"""What organisers read who put people on a list or take them off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.signing.rules.names import MOST, NAME_LIMIT, NoName, TooMany
from bot.events.signing.texts.words import line
from bot.events.texts.card import name_of
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.events.rules.event import Event
    from bot.events.rules.signup import SignUp
    from bot.events.signing.rules.rolls import Entry
    from bot.i18n import Texts
    from bot.members.rules import Member

ADD_TITLE = N_("Put people on a list")
HELP_ADD = N_("Put somebody on the list of an event, also without Telegram")
HELP_REMOVE = N_("Take somebody off the list of an event")
ADD, REMOVE = N_("➕ Add people"), N_("➖ Take off")
PEOPLE, WHO = N_("People"), N_("Who is meant")
YES, NO = N_("Yes, take off"), N_("No")
NOBODY = N_("Nobody of these")
WITHOUT = N_("Somebody without Telegram")


def ask_people(texts: Texts, event: str) -> Html:
    """Ask whom to put on a list."""
    return texts.gettext(
        "Who shall be put on the list of {event}? Write @names, or plain names of people without Telegram, with commas"
        " between them and their guests behind: <code>@mei, Grandma Wang +1</code>",
        event=Html("<b>{}</b>").format(event),
    )


def ask_who(texts: Texts, name: str) -> Html:
    """Ask who is meant by a name that fits several."""
    return texts.gettext("Who is meant by “{name}”?", name=name)


def member_label(member: Member) -> str:
    """Label the button of a member."""
    username = f" (@{member.person.username})" if member.person.username else f" ({int(member.user_id)})"
    return f"{member.name[:30]}{username}"


def person_label(texts: Texts, one: SignUp, place: int) -> str:
    """Label the button of somebody on a list; ``place`` tells those of one name apart."""
    guests = f" +{one.guests}" if one.guests else ""
    if one.has_telegram:
        return f"{place}. {one.name[:30]}{guests}"
    return texts.label("{place}. {name} (without Telegram)", place=place, name=f"{one.name[:30]}{guests}")


def added(texts: Texts, event: Event, entries: Sequence[Entry]) -> Html:
    """Say how those stand who were put on a list."""
    return Html("\n").join([name_of(event), *(line(texts, one) for one in entries)])


def removed(texts: Texts, event: Event, names: Sequence[str]) -> Html:
    """Say who was taken off."""
    return texts.gettext(
        "{event}: taken off the list: {names}.",
        event=name_of(event),
        names=texts.join(Html("<b>{}</b>").format(name[:64]) for name in names),
    )


def not_on_list(texts: Texts, event: Event, name: str) -> Html:
    """Answer a name that is not on the list."""
    return texts.gettext(
        "Nobody called <b>{name}</b> is on the list of {event}. <code>/event remove {number}</code> shows who is.",
        name=name[:64],
        event=name_of(event),
        number=event.number,
    )


def nobody_on_it(texts: Texts, event: Event) -> Html:
    """Say that there is nobody to take off."""
    return texts.gettext("Nobody is on the list of {event}.", event=name_of(event))


def draft(texts: Texts, event: Event) -> Html:
    """Say that nobody can be on a draft."""
    return texts.gettext(
        "{event} is a draft that members cannot see yet. Publish it first, then people can be put on its list.",
        event=name_of(event),
    )


def whom(texts: Texts, event: Event) -> Html:
    """Ask whom to take off."""
    return texts.gettext("Who shall be taken off the list of {event}?", event=name_of(event))


def sure(texts: Texts, event: Event, one: SignUp) -> Html:
    """Ask whether somebody shall really be taken off."""
    return texts.gettext(
        "Take <b>{name}</b> off the list of {event}? Their place goes to the next in line.",
        name=one.name[:64],
        event=name_of(event),
    )


def bad_names(texts: Texts, problem: TooMany | NoName, number: int) -> Html:
    """Say what is wrong with the names of a line."""
    if isinstance(problem, TooMany):
        said = texts.gettext(
            "One line may name at most {most} people; these are {count}.",
            most=texts.number(MOST),
            count=texts.number(problem.count),
        )
    else:
        said = texts.gettext(
            "“{text}” is no name of a person. A name has letters, and at most {limit} characters.",
            text=problem.text[:64],
            limit=texts.number(NAME_LIMIT),
        )
    return Html("{}\n{}").format(said, _like(texts, number))


def nobody_named(texts: Texts, number: int) -> Html:
    """Say that somebody must be named."""
    return Html("{}\n{}").format(texts.gettext("Please say who it is, by name or as a reply."), _like(texts, number))


def _like(texts: Texts, number: int) -> Html:
    # Translators: an example of a command as people may type it in your language; it must be understood as it stands.
    shown = texts.label("/event add {number} @mei, Grandma Wang +1", number=number)
    return texts.gettext("For example: {example}", example=Html("<code>{}</code>").format(shown))

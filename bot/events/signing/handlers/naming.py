"""Who is meant by the names an organiser writes: members, people without Telegram, or somebody to be asked back about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bot.events.handlers.codes import ORGANISERS
from bot.events.rules.signup import Person
from bot.events.signing.rules.names import Named, NoName, Plain, TooMany, on_list, read_people
from bot.events.signing.texts import others as say
from bot.members.identity import texts as identity_texts
from bot.members.identity.handlers import author_answered, mentions_in, resolve_target
from bot.members.identity.rules import ById, ByName, ByPerson, Found, Mention, Missing, Several, TargetKind, Unknown
from bot.tg.forms import Choice, Form, Question, parsers

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from telegram import Update

    from bot.events.rules.signup import SignUp
    from bot.i18n import Html
    from bot.tg.context import Context
    from bot.tg.forms import Asking

    Finish = Callable[[Update, Context, dict[str, Any]], Awaitable[None]]

ADD_FORM, WHO_FORM = "event.add", "event.who"
NO_TELEGRAM: Final = 0
NONE_OF_THEM: Final = -1
"""What the buttons of a name stand for that are no person's."""
_OFFERED: Final = 12
_OPEN_KINDS: Final = frozenset({TargetKind.MEMBER, TargetKind.ONESELF})


@dataclass(frozen=True, slots=True)
class Unclear:
    """A name that fits several: who they are, by id and label."""

    name: str
    guests: int
    offers: tuple[tuple[int, str], ...]


def read_named(context: Context, text: str) -> tuple[Named, ...] | TooMany | NoName:
    """Read whom the rest of a command line names; where it names nobody, the author of the message that is answered."""
    message = context.spoken.update.message
    line = message.words.rstrip() if message is not None else ""
    mentions: list[Mention] = []
    if message is not None and line.endswith(text):
        start = len(line) - len(text)
        mentions = [Mention(one.person, one.start - start, one.end - start) for one in mentions_in(message)]
    found = read_people(text, mentions)
    return (Named(None),) if found == () and answered(context) else found


def answered(context: Context) -> bool:
    """Say whether the command answers somebody's message."""
    message = context.spoken.update.message
    return (
        context.spoken.callback_id is None
        and message is not None
        and not context.private
        and author_answered(message) is not None
    )


async def newcomer(context: Context, named: Named) -> Person | str | Unclear | Html:
    """Find whom to put on a list: a person, a name without Telegram, a name that fits several, or what is wrong with it."""
    if isinstance(named.who, Plain):
        found = await resolve_target(context, ByName(named.who.name))
        members = found.members if isinstance(found, Several) else (found.member,) if isinstance(found, Found) else ()
        here = [one for one in members if not one.presence.is_gone and not one.person.is_bot and one.user_id > 0]
        if not here:
            return named.who.name
        offers = [(int(one.user_id), say.member_label(one)) for one in here]
        offers.append((NO_TELEGRAM, context.texts.label(say.WITHOUT)))
        return Unclear(named.who.name, named.guests, tuple(offers))
    outcome = await _resolved(context, named.who)
    if isinstance(outcome, Several):
        offers = [(int(one.user_id), say.member_label(one)) for one in outcome.members]
        return Unclear(outcome.named, named.guests, (*offers, (NONE_OF_THEM, context.texts.label(say.NOBODY))))
    if not isinstance(outcome, Found):
        return identity_texts.unclear(context.texts, outcome)
    if outcome.kind not in _OPEN_KINDS:
        said = identity_texts.not_to_be_acted_on(context.texts, outcome.kind, outcome.member.name)
        return said or identity_texts.how_to_name(context.texts)
    return Person(outcome.user_id, outcome.member.name)


async def _resolved(context: Context, who: ByPerson | ById | ByName | None) -> Found | Unknown | Several | Missing:
    message = context.spoken.update.message
    if who is not None:
        return await resolve_target(context, who)
    return await resolve_target(
        context, author_answered(message) if message is not None and answered(context) else None
    )


async def listed(context: Context, people: Sequence[SignUp], named: Named) -> tuple[SignUp, ...]:
    """Find who of those on a list is meant."""
    if isinstance(named.who, Plain):
        return on_list(people, named.who.name)
    outcome = await _resolved(context, named.who)
    ids = {outcome.user_id} if isinstance(outcome, Found) else set()
    if isinstance(outcome, Several):
        ids = {one.user_id for one in outcome.members}
    if not ids and isinstance(named.who, ByName):
        return on_list(people, named.who.name)
    return tuple(one for one in people if one.user_id in ids)


def name_of(named: Named) -> str:
    """Return what was written for somebody."""
    match named.who:
        case Plain(name=name) | ByName(name=name):
            return name
        case ById(user_id=user_id):
            return str(user_id)
        case ByPerson(person=person):
            return person.name
        case _:
            return "?"


# Asking back


def pending_of(unclear: Sequence[Unclear]) -> list[dict[str, Any]]:
    """Return names that are to be asked back, as a form keeps them."""
    return [
        {"name": one.name, "guests": one.guests, "offers": [list(offer) for offer in one.offers]} for one in unclear
    ]


def _first(asking: Asking) -> dict[str, Any]:
    found: dict[str, Any] = asking.answers["pending"][0]
    return found


def _offers(asking: Asking) -> list[Choice]:
    return [Choice(str(label), int(user_id)) for user_id, label in _first(asking)["offers"][:_OFFERED]]


def who_form(finish: Finish) -> Form[Any]:
    """Return the form that asks who is meant by a name, for one name after the other."""
    question = Question(
        "who",
        say.WHO,
        lambda asking: say.ask_who(asking.texts, str(_first(asking)["name"])),
        parsers.integer(),
        int,
        choices=_offers,
        typed=False,
        show=_chosen,
    )
    return Form(WHO_FORM, say.WHO, (question,), finish, ORGANISERS)


def _chosen(asking: Asking, value: Any) -> Html:
    return parsers.show_option([(offer.value, offer.label) for offer in _offers(asking)])(asking, value)


def add_form(finish: Finish) -> Form[Any]:
    """Return the form that asks whom to put on a list."""
    question = Question(
        "people",
        say.PEOPLE,
        lambda asking: say.ask_people(asking.texts, str(asking.answers["about"])),
        parsers.text(600, lines=True),
    )
    return Form(ADD_FORM, say.ADD_TITLE, (question,), finish, ORGANISERS)

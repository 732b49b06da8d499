"""Walk-ins: on the list although there is no seat left, by the organiser's word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.events.door.handlers import codes, panel
from bot.events.door.handlers.finding import at_door
from bot.events.door.rules.line import NAME_LIMIT, read_walk_in, too_many
from bot.events.door.service import checkin
from bot.events.door.texts import answers as say
from bot.events.door.texts import panel as words
from bot.events.handlers import board, finding
from bot.events.handlers.codes import ORGANISERS
from bot.events.rules.signup import Person
from bot.kernel.blank import is_blank
from bot.members.identity import texts as identity_texts
from bot.members.identity.handlers import as_answer, find_answer, find_target
from bot.members.identity.rules import Found, Missing, TargetKind, read_target
from bot.tg.access import Declined
from bot.tg.forms import Form, Question
from bot.tg.forms.parsers import text
from bot.tg.forms.questions import say as ask

if TYPE_CHECKING:
    from telegram import Update

    from bot.events.handlers.finding import Meant
    from bot.members.identity.rules import Outcome
    from bot.tg.context import Context
    from bot.tg.forms import Asking, Problem, Reply

WALK_IN_FORM: Final = "event_walk_in"
_LONGEST: Final = 100


async def command(_update: Update, context: Context) -> None:
    """``/event walkin 3 Grandma Wang +1``, ``/event walkin 3 @mei``, or as an answer to what they wrote."""
    meant = await at_door(context, "/event walkin", codes.WALK_IN)
    if meant is None:
        return
    context.spoken.args_text = meant.rest
    outcome, rest = await find_target(context)
    if rest == meant.rest and read_walk_in(rest)[0]:
        # A name that is typed counts before the message that is answered.
        outcome = Missing()
    await _let_in(context, meant, outcome, rest)


async def ask_who(_update: Update, context: Context, event_id: int) -> None:
    """Ask who walked in."""
    if await finding.picked(context, event_id) is not None:
        await context.start_form(WALK_IN_FORM, {"event": event_id})


async def finish(_update: Update, context: Context, answers: dict[str, Any]) -> None:
    """Let in whom the form asked for."""
    meant = await finding.picked(context, answers["event"])
    if meant is None:
        return
    target, rest = read_target(answers["who"])
    outcome = Missing() if target is None else await find_answer(context, answers["who"])
    await _let_in(context, meant, outcome, rest)


async def _let_in(context: Context, meant: Meant, outcome: Outcome, rest: str) -> None:
    """Let in who is meant: a person that was found, else the name that ``rest`` holds."""
    texts, number = context.texts, meant.event.number
    name, guests = read_walk_in(rest)
    who: Person | str
    if isinstance(outcome, Found):
        if name:
            raise Declined(say.not_understood(texts, name, number))
        who = _person(context, outcome)
    elif not isinstance(outcome, Missing):
        raise Declined(identity_texts.unclear(texts, outcome))
    elif not name:
        raise Declined(say.how_to_walk_in(texts, number))
    else:
        who = name
    if isinstance(who, str) and (is_blank(who) or len(who) > NAME_LIMIT):
        raise Declined(say.name_unfit(texts))
    if guests is not None and too_many(guests):
        raise Declined(say.too_many_guests(texts, guests))
    by = board.person_of(context)
    done = await checkin.let_in(context.tx, context.group, meant.event.id, who, guests, by, context.now)
    await panel.tell(context, done)


def _person(context: Context, found: Found) -> Person:
    if found.kind not in {TargetKind.MEMBER, TargetKind.ONESELF}:
        refused = identity_texts.not_to_be_acted_on(context.texts, found.kind, found.member.name)
        raise Declined(refused or "")
    return Person(found.user_id, found.member.name)


def _parse(asking: Asking, reply: Reply) -> str | Problem:
    return as_answer(reply.user_id) if reply.user_id is not None else text(_LONGEST)(asking, reply)


FORM: Final[Form[Any]] = Form(
    WALK_IN_FORM,
    words.WALK_IN_TITLE,
    (Question("who", words.NAME, ask(words.ASK_WALK_IN), _parse),),
    finish,
    ORGANISERS,
)

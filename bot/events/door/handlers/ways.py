"""The ways in without the organiser: ``/checkin 4821``, the digits alone in private, and the link of the QR code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from bot.events import service as events
from bot.events.door.handlers import codes, panel
from bot.events.door.handlers.finding import at_door
from bot.events.door.rules.checkin import CheckedIn, Hours, WalkedIn, hours, is_here
from bot.events.door.rules.ways import AtDoor, NoSuchLink, Stranger, WrongCode, read_code, read_token
from bot.events.door.service import ways as service
from bot.events.door.texts import answers as answer_texts
from bot.events.door.texts import ways as say
from bot.events.handlers import board, finding
from bot.events.handlers.aside import aside_only
from bot.kernel.ids import ANONYMOUS_ADMIN, ChatId
from bot.pictures import qr
from bot.tg import access
from bot.tg.aside import step_home
from bot.tg.buttons import rows
from bot.tg.capability import EVERYONE, Maker
from bot.tg.forms import Form, Problem, Question
from bot.tg.forms.questions import say as ask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.events.door.rules.ways import Door, LinkOutcome
    from bot.events.handlers.finding import Meant
    from bot.events.rules.event import Event
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Key, Keyboard
    from bot.tg.forms import Asking, Reply

LINK: Final = "door"
"""The word with which the link of a QR code begins."""
_MAKER: Final = "event_qr"
CODE_FORM: Final = "event_code"


# For the organiser


async def command(_update: Update, context: Context) -> None:
    """``/event code 3``: the code and the QR code."""
    meant = await at_door(context, "/event code", codes.WAYS)
    if meant is not None:
        await _show(context, meant)


async def show(_update: Update, context: Context, event_id: int) -> None:
    """Show the code and the QR code of an event."""
    meant = await finding.picked(context, event_id)
    if meant is not None:
        await _show(context, meant)


async def _show(context: Context, meant: Meant) -> None:
    if not _has_door(context, meant):
        return
    await aside_only(context)
    door = await service.ways(context.tx, context.group, meant.event, meant.tally, context.now)
    context.scope.cards.changed(board.CARD, str(meant.event.id))
    context.reply(*_view(context, meant.event, door))


async def renew(_update: Update, context: Context, event_id: int) -> None:
    """Make a new code and a new QR code."""
    meant = await finding.picked(context, event_id)
    if meant is not None and _has_door(context, meant):
        by = board.person_of(context)
        door = await service.renew(context.tx, context.group, meant.event, meant.tally, by, context.now)
        context.edit(*_view(context, meant.event, door))


async def allow(_update: Update, context: Context, event_id: int, allowed: int) -> None:
    """Settle whether walk-ins may use the code."""
    meant = await finding.picked(context, event_id)
    if meant is not None and _has_door(context, meant):
        by, now = board.person_of(context), context.now
        await service.ways(context.tx, context.group, meant.event, meant.tally, now)
        door = await service.allow_walk_ins(context.tx, context.group, meant.event, bool(allowed), by, now)
        context.edit(*_view(context, meant.event, door))


async def picture(_update: Update, context: Context, event_id: int) -> None:
    """Send the QR code as a picture, to show or to print."""
    meant = await finding.picked(context, event_id)
    if meant is None or not _has_door(context, meant):
        return
    texts, event = context.texts, meant.event
    door = await service.ways(context.tx, context.group, event, meant.tally, context.now)
    values = msgspec.json.encode((_link(context, door), say.qr_line(texts, event)))
    photo = context.effects.recipe(_MAKER, values, "check-in.png")
    context.reply_with("photo", photo, say.qr_caption(texts, event))


def _has_door(context: Context, meant: Meant) -> bool:
    """Say whether people may still come to an event; if not, the organiser has been told."""
    if hours(meant.event, context.now) in {Hours.NOT_YET, Hours.OPEN}:
        return True
    context.reply(say.no_ways(context.texts, meant.event))
    return False


def _link(context: Context, door: Door) -> str:
    return f"https://t.me/{context.scope.bot_username}?start={LINK}-{door.token}"


def _view(context: Context, event: Event, door: Door) -> tuple[Html, Keyboard]:
    texts, group = context.texts, context.group
    other = texts.label(say.FORBID if door.walk_ins else say.ALLOW)
    return say.ways(texts, event, door, _link(context, door)), rows(
        (
            codes.QR.key(texts.label(say.QR), group, event.id),
            codes.RENEW.key(texts.label(say.RENEW), group, event.id),
        ),
        (codes.ALLOW.key(other, group, event.id, int(not door.walk_ins)),),
    )


def _draw(values: bytes) -> bytes:
    link, line = msgspec.json.decode(values, type=tuple[str, str])
    return qr(link, line)


MAKER: Final = Maker(_MAKER, _draw)


# For whoever comes


async def card_key(scope: Scope, group: Group, event: Event, texts: Texts) -> Key | None:
    """Let members check in from the card, where the event has a code."""
    if not await service.offering(scope.tx, (event,), scope.now):
        return None
    return codes.I_AM_HERE.key(texts.label(say.I_AM_HERE), group, event.id)


async def keys_below(scope: Scope, texts: Texts, shown: Sequence[tuple[Group, Event]]) -> Sequence[Key]:
    """Let members check in from a list of events, at those that have a code."""
    offered = await service.offering(scope.tx, [event for _, event in shown], scope.now)
    return [
        codes.I_AM_HERE.key(say.i_am_here(texts, event), group, event.id)
        for group, event in shown
        if event.id in offered
    ]


async def ask_code(_update: Update, context: Context, event_id: int) -> None:
    """Ask whoever taps for the code: in their private chat where the bot can write to them."""
    meant = await finding.picked(context, event_id)
    if meant is None:
        return
    texts, event, who = context.texts, meant.event, context.actor.user_id
    mine = await events.standing_of(context.tx, event.id, who)
    now_is = hours(event, context.now)
    if mine is not None and is_here(mine):
        context.toast(say.already_here(texts))
    elif now_is is not Hours.OPEN:
        context.toast(say.not_open(texts, event, now_is), alert=True)
    elif not await service.offering(context.tx, (event,), context.now):
        context.toast(say.no_code(texts), alert=True)
    elif await context.forms.is_open(context.tx, who, ChatId(who), context.now):
        # What they are in the middle of must not be lost.
        context.toast(say.finish_first(texts), alert=True)
    else:
        await step_home(context)
        await context.start_form(CODE_FORM, {"event": event.id})


def _parse(asking: Asking, reply: Reply) -> str | Problem:
    return read_code(reply.text) or Problem(answer_texts.not_a_code(asking.texts, reply.text))


async def _typed(_update: Update, context: Context, answers: dict[str, Any]) -> None:
    again = rows((codes.I_AM_HERE.key(context.texts.label(say.I_AM_HERE), context.group, answers["event"]),))
    await _by_code(context, answers["code"], [context.group.id], again)


FORM: Final[Form[Any]] = Form(
    CODE_FORM,
    say.TITLE_CHECK_IN,
    (Question("code", say.CODE, ask(say.ASK_CODE), _parse),),
    _typed,
)
"""Asks a member for the code that is shown at the place."""


async def by_line(_update: Update, context: Context) -> None:
    """``/checkin 4821``, in the group or in private."""
    texts, typed = context.texts, context.args_text
    code = read_code(typed)
    if context.actor.user_id == ANONYMOUS_ADMIN:
        context.reply(answer_texts.own_name(texts))
    elif not typed:
        context.reply(answer_texts.how_to_check_in(texts))
    elif code is None:
        context.reply(answer_texts.not_a_code(texts, typed))
    else:
        await _by_code(context, code, await _groups(context))


async def by_digits(update: Update, context: Context) -> bool:
    """Take digits alone, in private, for a code: where a door of the person's groups is open."""
    message = update.message
    code = read_code(message.text or "") if message is not None and message.from_user is not None else None
    if code is None:
        return False
    groups = await _groups(context)
    if not await service.is_any_open(context.tx, groups, context.actor.user_id, context.now):
        return False
    await _by_code(context, code, groups)
    return True


async def _groups(context: Context) -> list[GroupId]:
    """Return the groups whose events a code may mean."""
    if not context.private and context.spoken.group is not None:
        return [context.spoken.group.id]
    known = await context.scope.ports.groups.groups_of(context.tx, context.actor.user_id)
    return [group.id for group in known]


async def _by_code(context: Context, code: str, groups: list[GroupId], again: Keyboard | None = None) -> None:
    """Check in who typed a code; ``again`` lets them type another after a wrong one."""
    who = board.person_of(context)
    outcome = await service.by_code(context.tx, groups, who, code, context.now, anywhere=context.private)
    if isinstance(outcome, AtDoor):
        await _came(context, outcome)
    elif len(groups) == 1:
        await _speak_of(context, context.scope.group(groups[0]))
    context.reply(answer_texts.by_code(context.texts, outcome), again if isinstance(outcome, WrongCode) else None)


async def by_link(_update: Update, context: Context, rest: str) -> None:
    """``/start door-…``: check in who opened the link of a QR code."""
    outcome = await _by_link(context, rest)
    if isinstance(outcome, AtDoor):
        await _came(context, outcome)
    context.reply(answer_texts.by_link(context.texts, outcome))


async def _by_link(context: Context, rest: str) -> LinkOutcome:
    token = read_token(rest)
    event = await service.by_token(context.tx, token) if token is not None else None
    group = context.scope.group(event.group_id) if event is not None else None
    if event is None or group is None or not group.active:
        return NoSuchLink()
    who = board.person_of(context)
    standing = await context.scope.ports.people.standing(context.tx, group, who.user_id)
    stranger = access.lacks(EVERYONE, standing, private=True) is not None
    if stranger and not await service.is_on_list(context.tx, event, who):
        return Stranger()
    return await service.arrive(context.tx, event, who, context.now)


async def _came(context: Context, found: AtDoor) -> None:
    """Speak in the group's time zone, and bring the panels up to date."""
    event = found.event
    await _speak_of(context, context.scope.group(event.group_id))
    if isinstance(found.outcome, CheckedIn | WalkedIn):
        await panel.refresh(context.scope, event.id, listed=isinstance(found.outcome, WalkedIn))


async def _speak_of(context: Context, group: Group | None) -> None:
    if context.private and group is not None:
        actor = context.actor
        context.spoken.texts = await context.scope.texts_of(actor.user_id, group, actor.language_code)

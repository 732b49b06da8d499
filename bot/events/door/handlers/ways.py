"""The ways in without the organiser: ``/checkin 4821``, the digits alone in private, and the link of the QR code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from bot.events.door.handlers import codes, panel
from bot.events.door.handlers.finding import at_door
from bot.events.door.rules.checkin import CheckedIn, Hours, WalkedIn, hours
from bot.events.door.rules.ways import AtDoor, NoSuchLink, Stranger, read_code, read_token
from bot.events.door.service import ways as service
from bot.events.door.texts import answers as answer_texts
from bot.events.door.texts import ways as say
from bot.events.handlers import board, finding
from bot.events.handlers.aside import aside_only
from bot.kernel.ids import ANONYMOUS_ADMIN
from bot.pictures import qr
from bot.tg import access
from bot.tg.buttons import rows
from bot.tg.capability import EVERYONE, Maker

if TYPE_CHECKING:
    from telegram import Update

    from bot.events.door.rules.ways import Door, LinkOutcome
    from bot.events.handlers.finding import Meant
    from bot.events.rules.event import Event
    from bot.i18n import Html
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId
    from bot.tg.context import Context
    from bot.tg.effects import Keyboard

LINK: Final = "door"
"""The word with which the link of a QR code begins."""
_MAKER: Final = "event_qr"


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
        await _by_code(context, code)


async def by_digits(update: Update, context: Context) -> bool:
    """Take digits alone, in private, for a code: where a door of the person's groups is open."""
    message = update.message
    code = read_code(message.text or "") if message is not None and message.from_user is not None else None
    if code is None:
        return False
    groups = await _groups(context)
    if not await service.is_any_open(context.tx, groups, context.actor.user_id, context.now):
        return False
    await _by_code(context, code)
    return True


async def _groups(context: Context) -> list[GroupId]:
    """Return the groups whose events a code may mean."""
    if not context.private and context.spoken.group is not None:
        return [context.spoken.group.id]
    known = await context.scope.ports.groups.groups_of(context.tx, context.actor.user_id)
    return [group.id for group in known]


async def _by_code(context: Context, code: str) -> None:
    groups, who = await _groups(context), board.person_of(context)
    outcome = await service.by_code(context.tx, groups, who, code, context.now, anywhere=context.private)
    if isinstance(outcome, AtDoor):
        await _came(context, outcome)
    elif len(groups) == 1:
        await _speak_of(context, context.scope.group(groups[0]))
    context.reply(answer_texts.by_code(context.texts, outcome))


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

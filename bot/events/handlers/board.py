"""What everybody uses: the card with its buttons."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final

from bot.events import service
from bot.events.handlers import codes, pictures
from bot.events.rules.event import Event, Phase
from bot.events.rules.signup import Person, Tally
from bot.events.texts import card as say
from bot.events.texts import panel as panel_texts
from bot.tg import effects as fx
from bot.tg.buttons import rows
from bot.tg.capability import CardView

if TYPE_CHECKING:
    from datetime import datetime

    from bot.events.rules.signup import SignUp
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Key, Keyboard

CARD: Final = "event"
"""The kind of an event's card; its key is the event's id."""
_being_posted: ContextVar[Event | None] = ContextVar("event_being_posted", default=None)


def person_of(context: Context) -> Person:
    """Return who speaks."""
    return Person(context.actor.user_id, context.actor.name)


# The card


Note = Callable[["Scope", "Group", "Event", "Texts"], Awaitable["Html | None"]]
"""A line that a part adds to the card, in the card's language; None leaves it out."""

CardKey = Callable[["Scope", "Group", "Event", "Texts"], Awaitable["Key | None"]]
"""A button that a part adds below those of the card; None leaves it out."""


class Face:
    """The card of an event with the lines and buttons of the parts."""

    def __init__(self, notes: Sequence[Note] = (), keys: Sequence[CardKey] = ()) -> None:
        self._notes = notes
        self._keys = keys

    async def render(self, scope: Scope, group: Group, key: str, texts: Texts) -> CardView | None:
        """Draw the card of an event as it is now."""
        found = await _found(key, scope)
        if found is None:
            return None
        event, tally, first = found
        lines = [await note(scope, group, event, texts) for note in self._notes]
        html = say.card(texts, event, tally, first, scope.now, [line for line in lines if line is not None])
        keys = [await key(scope, group, event, texts) for key in self._keys]
        return CardView(html, (*_keys(texts, group, event, scope.now), *rows(keys)) or None)


async def _found(key: str, scope: Scope) -> tuple[Event, Tally, Sequence[SignUp]] | None:
    new = _being_posted.get()
    fresh = (new, Tally(), ()) if new is not None and str(new.id) == key else None
    return fresh or await service.face(scope.tx, int(key))


def _keys(texts: Texts, group: Group, event: Event, now: datetime) -> Keyboard:
    phase = event.phase(now)
    if event.is_under_way(now):
        return rows(
            (
                codes.LIST.key(texts.label(say.LIST), group, event.id),
                codes.MANAGE.key(texts.label(panel_texts.MANAGE), group, event.id),
            )
        )
    if not phase.is_live or not phase.is_public:
        return ()
    is_open, guests = phase is Phase.OPEN, event.plan.guests > 0
    return rows(
        (
            codes.JOIN.key(texts.label(say.JOIN), group, event.id) if is_open else None,
            codes.MAYBE.key(texts.label(say.MAYBE), group, event.id) if is_open else None,
            codes.LEAVE.key(texts.label(say.LEAVE), group, event.id),
        ),
        (
            codes.MORE.key(texts.label(say.MORE), group, event.id) if is_open and guests else None,
            codes.FEWER.key(texts.label(say.FEWER), group, event.id) if guests else None,
            codes.LIST.key(texts.label(say.LIST), group, event.id),
            codes.CALENDAR.key(texts.label(say.CALENDAR), group, event.id),
            codes.MANAGE.key(texts.label(panel_texts.MANAGE), group, event.id),
        ),
    )


def card_link(group: Group, event: Event) -> str | None:
    """Return the link to an event's card; basic groups have none."""
    card, inner = event.card, str(group.chat_id).removeprefix("-100")
    if card is None or card.message_id is None or card.chat_id != group.chat_id or group.kind != "supergroup":
        return None
    return f"https://t.me/c/{inner}/{card.message_id}"


async def post_here(context: Context, event: Event) -> None:
    """Post the card where it was asked for; it is kept up to date there too."""
    spoken = context.spoken
    in_group = spoken.chat_id == context.group.chat_id
    told = posted_to(context.group, event) if in_group else None
    pictures.before_card(context, event, spoken.chat_id, spoken.thread_id, fx.Priority.ANSWER)
    await context.scope.cards.post(
        CARD,
        str(event.id),
        context.group,
        spoken.chat_id,
        thread_id=spoken.thread_id,
        priority=fx.Priority.ANSWER,
        on_result=told,
    )


async def post_new(context: Context, event: Event) -> None:
    """Post the card of an event that was created in this turn: nobody is on it yet, so it need not be read back."""
    group = context.group
    pictures.before_card(context, event, group.chat_id, group.thread_for("events"))
    token = _being_posted.set(event)
    try:
        await context.scope.cards.post(
            CARD,
            str(event.id),
            group,
            group.chat_id,
            thread_id=group.thread_for("events"),
            silent=group.quiet_until(context.now) is not None,
            on_result=posted_to(group, event),
        )
    finally:
        _being_posted.reset(token)


def posted_to(group: Group, event: Event) -> fx.OnResult:
    """Ask to be told where an event's card has come to stand in the group."""
    return fx.OnResult(service.NAME, "card", f"{group.id}:{event.id}")

"""The picture of an event: a photo of its own just before the card, which is a text that is edited again and again.

A photo's caption holds 1,024 characters, too few for a card with its names, and a card must not depend on a photo that the
group does not allow: so the two are sent one after the other, and a photo that is refused takes nothing with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events import service
from bot.events.texts.card import name_of
from bot.i18n import Html
from bot.tg import effects as fx

if TYPE_CHECKING:
    from bot.events.rules.event import Edited, Event
    from bot.tg.context import Context
    from bot.tg.outbox.writer import Effects

RESULT = "picture"


def before_card(
    context: Context, event: Event, chat_id: int, thread_id: int | None, priority: fx.Priority | None = None
) -> None:
    """Post the picture of an event, if it has one, where its card is posted next."""
    told = fx.OnResult(service.NAME, RESULT, f"{event.group_id}:{event.id}")
    put_before(context.effects, event, chat_id, thread_id, told, priority)


def put_before(
    effects: Effects,
    event: Event,
    chat_id: int,
    thread_id: int | None,
    told: fx.OnResult,
    priority: fx.Priority | None = None,
) -> None:
    """Put the picture of an event, if it has one, into the outbox; ``told`` hears where it has come to stand."""
    if event.plan.picture is None:
        return
    caption = Html("🖼 {}").format(name_of(event))
    photo = fx.SendMedia(
        chat_id, "photo", fx.FileId(event.plan.picture), str(caption), thread_id=thread_id, silent=True
    )
    effects.put(photo, priority=priority, on_result=told, group_id=event.group_id)


def show_new(context: Context, done: Edited) -> None:
    """Post the new picture of an event in its group, as an answer to the card if that is known."""
    event, group = done.event, context.group
    if done.field != "picture" or event.plan.picture is None or not event.phase(context.now).is_public:
        return
    before_card(context, event, group.chat_id, group.thread_for("events"))

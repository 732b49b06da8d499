"""Members hand in notes and files: on one line, or one after the other while a form is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.events.handlers import finding
from bot.events.handlers.board import person_of
from bot.events.recap import service
from bot.events.recap.handlers import codes
from bot.events.recap.rules import Given, HandFlaw, ItemKind, hand_flaw
from bot.events.recap.texts import recap as say
from bot.events.texts import card as card_texts
from bot.i18n import Html
from bot.tg.aside import step_home
from bot.tg.buttons import rows
from bot.tg.capability import EVERYONE
from bot.tg.forms import Form
from bot.tg.forms.questions import ask_one_of
from bot.tg.forms.reading import media_of
from bot.tg.pages import visible_length

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram import Update

    from bot.events.handlers.finding import Meant
    from bot.events.rules.event import Event
    from bot.tg.context import Context
    from bot.tg.forms import Asking, Reply

HAND_FORM: Final = "event.recap"
_DONE: Final = ((True, say.DONE),)
_FILES: Final = {"photo": ItemKind.PHOTO, "video": ItemKind.VIDEO, "document": ItemKind.DOCUMENT}


async def tapped(_update: Update, context: Context, event_id: int) -> None:
    """Ask somebody who tapped the button for what they hand in."""
    meant = await finding.picked(context, event_id)
    if meant is not None:
        await ask(context, meant.event)


async def ask(context: Context, event: Event) -> None:
    """Ask for notes and files, in private where the person can be reached."""
    flaw = hand_flaw(event, (), Given(ItemKind.NOTE, "…", 1), context.now)
    if flaw is not None:
        context.toast(say.hand_flaw(context.texts, flaw).striptags(), alert=True)
        return
    await step_home(context)
    context.toast_empty()
    await context.start_form(HAND_FORM, {"event": event.id})


async def take_line(context: Context, meant: Meant) -> bool:
    """Take what stands in the command itself, or in the person's own message that it answers; False if there is nothing."""
    given = _given_with(context, meant)
    if given is None:
        return False
    done = await service.hand_in(context.tx, meant.event, person_of(context), given, context.now)
    if isinstance(done, HandFlaw):
        context.reply(say.hand_flaw(context.texts, done))
    else:
        key = codes.HAND_IN.key(context.texts.label(say.HAND), context.group, meant.event.id)
        context.reply(say.handed(context.texts, done), rows((key,)))
    return True


def _given_with(context: Context, meant: Meant) -> Given | None:
    update = context.spoken.ptb
    message = update.message if update is not None and context.spoken.callback_id is None else None
    if message is None:
        return None
    file = media_of(message)
    if file is not None or meant.rest:
        context.spoken.args_text = meant.rest
        return _given(context.args_html if meant.rest else Html(), file)
    answered = message.reply_to_message
    author = answered.from_user if answered is not None else None
    if answered is None or author is None or author.id != context.actor.user_id:
        return None
    html = answered.text_html if answered.text else answered.caption_html if answered.caption else ""
    return _given(Html(html), media_of(answered))


def _given(html: Html, file: tuple[str, str] | None) -> Given:
    if file is None:
        return Given(ItemKind.NOTE, str(html), visible_length(html))
    return Given(_FILES.get(file[0]), str(html), visible_length(html), file[1])


# The form


async def gather(context: Context, answers: Mapping[str, Any], reply: Reply) -> Html:
    """Take one thing, and say what came of it."""
    meant = await finding.picked(context, answers["event"])
    if meant is None:
        return Html.escape(card_texts.stale(context.texts))
    is_text = reply.media is None and bool(reply.html)
    given = _given(Html(reply.html), reply.media) if is_text or reply.media is not None else Given(None, "", 0)
    done = await service.hand_in(context.tx, meant.event, person_of(context), given, context.now)
    return say.hand_flaw(context.texts, done) if isinstance(done, HandFlaw) else say.handed(context.texts, done)


async def finish(_update: Update, context: Context, answers: dict[str, Any]) -> None:
    """Thank somebody who has handed in what they wanted."""
    meant = await finding.picked(context, answers["event"])
    if meant is not None:
        count = await service.handed_by(context.tx, meant.event.id, context.actor.user_id)
        context.reply(say.thanks(context.texts, meant.event, count))


def _prompt(asking: Asking) -> Html:
    return say.ask_things(asking.texts)


FORM: Final[Form[Any]] = Form(
    HAND_FORM,
    say.HAND_TITLE,
    (ask_one_of("done", say.THINGS, _prompt, _DONE, bool),),
    finish,
    EVERYONE,
    gather=gather,
)

"""The organiser's desk: what was handed in is accepted or left out and put in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.events.handlers import codes as core
from bot.events.handlers import finding
from bot.events.handlers.board import person_of
from bot.events.handlers.quiet import put_off
from bot.events.recap import service
from bot.events.recap.handlers import codes, handing, past, publishing
from bot.events.recap.rules import INTRO_LIMIT, NOTE_LIMIT, REMINDED_AFTER, ItemKind, Standing
from bot.events.recap.texts import recap as say
from bot.events.rules.event import Phase
from bot.i18n import Html
from bot.tg import effects as fx
from bot.tg.aside import step_aside
from bot.tg.buttons import column, rows
from bot.tg.forms import Form
from bot.tg.forms.questions import ask_rich_text
from bot.tg.forms.questions import say as prompt
from bot.tg.pages import paged, shorten

if TYPE_CHECKING:
    from telegram import Update

    from bot.events.handlers.clock import About
    from bot.events.handlers.finding import Meant
    from bot.events.handlers.telling import Teller
    from bot.events.recap.rules import Item
    from bot.events.rules.event import Event
    from bot.i18n import Texts
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Key, Keyboard

INTRO_FORM: Final = "event.recap.intro"
_PER_PAGE: Final = 10
_A_ROW: Final = 5
_INTRO_SHOWN, _GLIMPSE, _CAPTION_SHOWN = 300, 60, 500
"""How much of a text is shown on the desk, on its lines, and below a file, where names and titles need room too."""
_VERBS: Final = {"accept": Standing.ACCEPTED, "out": Standing.LEFT_OUT}


async def recap(_update: Update, context: Context) -> None:
    """``/event recap 3``: hand in, put together, or see what is published (R05)."""
    meant = await past.named(context, "/event recap", codes.RECAP)
    if meant is not None and not await handing.take_line(context, meant):
        await _open(context, meant)


async def picked(_update: Update, context: Context, event_id: int) -> None:
    """Do the same with an event chosen by a button."""
    meant = await finding.picked(context, event_id)
    if meant is not None:
        await _open(context, meant)


async def _open(context: Context, meant: Meant) -> None:
    if finding.may_organise(context) and meant.event.phase(context.now) is Phase.OVER:
        await step_aside(context)
        context.toast_empty()
        context.reply(*await _view(context, meant.event))
        return
    here = await service.desk(context.tx, meant.event.id)
    if here.recap.published_at is not None:
        context.toast_empty()
        publishing.show(context, meant.event, here.recap)
    else:
        await handing.ask(context, meant.event)


async def show(_update: Update, context: Context, event_id: int) -> None:
    """Put the desk where another view of it was."""
    await turn(_update, context, event_id, 1)


async def turn(_update: Update, context: Context, event_id: int, page: int) -> None:
    """Turn the pages of what was handed in."""
    meant = await past.over(context, event_id)
    if meant is not None:
        await step_aside(context)
        context.edit(*await _view(context, meant.event, page))


async def _view(context: Context, event: Event, page: int = 1, note: Html | None = None) -> tuple[Html, Keyboard]:
    texts, group = context.texts, context.group
    here = await service.desk(context.tx, event.id)
    title = say.desk_title(texts, event, here, shorten(Html(here.recap.intro), _INTRO_SHOWN), note)
    lines = [
        say.desk_line(texts, number, item, shorten(Html(item.text.replace("\n", " ")), _GLIMPSE))
        for number, item in enumerate(here.items, 1)
    ]
    html, turning = paged(title, lines, page, _PER_PAGE, codes.PAGE, group, event.id, texts=texts)
    first = (min(max(page, 1), max(-(-len(lines) // _PER_PAGE), 1)) - 1) * _PER_PAGE
    numbered = list(enumerate(here.items, 1))[first : first + _PER_PAGE]
    shown = column((codes.ITEM.key(texts.number(number), group, item.id) for number, item in numbered), _A_ROW)
    is_new = any(item.standing is Standing.NEW for item in here.items)
    last = rows(
        (codes.ACCEPT_ALL.key(texts.label(say.ACCEPT_ALL), group, event.id) if is_new else None,),
        (
            codes.INTRO.key(texts.label(say.WRITE), group, event.id),
            codes.PREVIEW.key(texts.label(say.PREVIEW), group, event.id),
        ),
        (
            codes.HAND_IN.key(texts.label(say.HAND), group, event.id),
            codes.SHOW.key(texts.label(say.SHOW), group, event.id) if here.recap.published_at is not None else None,
        ),
        (core.PANEL.key(texts.label(say.BACK), group, event.id),),
    )
    return html, (*shown, *turning, *last)


# One thing


async def one(_update: Update, context: Context, item_id: int) -> None:
    """Show one thing that was handed in, as it is."""
    found = await service.find(context.tx, context.group.id, item_id)
    if found is None:
        context.toast(say.gone(context.texts))
        return
    _show_one(context, *found)


async def settle(_update: Update, context: Context, verb: str, item_id: int) -> None:
    """Accept something, or leave it out."""
    standing = _VERBS.get(verb)
    done = (
        await service.settle(context.tx, context.group.id, item_id, standing, person_of(context), context.now)
        if standing is not None
        else None
    )
    if done is None:
        context.toast(say.gone(context.texts))
        return
    _show_one(context, *done)


async def move(_update: Update, context: Context, item_id: int, step: int) -> None:
    """Let something change places with its neighbour; the desk shows the new order."""
    done = await service.move(context.tx, context.group.id, item_id, 1 if step > 0 else -1)
    if done is None:
        context.toast(say.gone(context.texts))
        return
    context.edit(*await _view(context, done[0]))


async def accept_all(_update: Update, context: Context, event_id: int) -> None:
    """Accept all that is new."""
    meant = await past.over(context, event_id)
    if meant is not None:
        count = await service.accept_all(context.tx, meant.event, person_of(context), context.now)
        context.edit(*await _view(context, meant.event, note=say.accepted_all(context.texts, count)))


def _show_one(context: Context, event: Event, item: Item) -> None:
    text = shorten(Html(item.text), NOTE_LIMIT if item.file_id is None else _CAPTION_SHOWN)
    html, keys = say.item_view(context.texts, event, item, text), _keys_of_one(context, event, item)
    if item.file_id is None:
        context.edit(html, keys)
    elif item.kind is ItemKind.PHOTO:
        context.edit_photo(fx.FileId(item.file_id), html, keys)
    else:
        kind: fx.MediaKind = "video" if item.kind is ItemKind.VIDEO else "document"
        context.reply_with(kind, fx.FileId(item.file_id), html, keys)


def _keys_of_one(context: Context, event: Event, item: Item) -> Keyboard:
    texts, group = context.texts, context.group
    is_in = item.standing is Standing.ACCEPTED

    def settled(label: str, verb: str) -> Key:
        return codes.SETTLE.key(texts.label(label), group, verb, item.id)

    return rows(
        (
            settled(say.ACCEPT, "accept") if not is_in else None,
            settled(say.LEAVE_OUT, "out") if item.standing is not Standing.LEFT_OUT else None,
        ),
        (
            codes.MOVE.key(texts.label(say.UP), group, item.id, -1) if is_in else None,
            codes.MOVE.key(texts.label(say.DOWN), group, item.id, 1) if is_in else None,
        ),
        (codes.DESK.key(texts.label(say.BACK), group, event.id),),
    )


# The introduction


async def introduce(_update: Update, context: Context, event_id: int) -> None:
    """Ask for the words the recap begins with."""
    meant = await past.over(context, event_id)
    if meant is not None:
        await step_aside(context)
        context.toast_empty()
        await context.start_form(INTRO_FORM, {"event": event_id})


async def finish(_update: Update, context: Context, answers: dict[str, Any]) -> None:
    """Keep the introduction."""
    meant = await finding.picked(context, answers["event"])
    if meant is not None:
        intro = answers["intro"] or ""
        await service.introduce(context.tx, meant.event, intro, person_of(context), context.now)
        context.reply(*await _view(context, meant.event, note=say.introduced(context.texts)))


FORM: Final[Form[Any]] = Form(
    INTRO_FORM,
    say.INTRO_TITLE,
    (ask_rich_text("intro", say.INTRO, prompt(say.ASK_INTRO), INTRO_LIMIT, optional=True, default=""),),
    finish,
    core.ORGANISERS,
)


# The reminder


class Reminder:
    """Reminds the organiser, with what the composition root gave."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller

    async def run(self, scope: Scope, about: About, _detail: str) -> None:
        """Say that something was handed in and there is no recap yet."""
        event, group = about.event, about.group
        here = await service.desk(scope.tx, event.id)
        if about.phase is not Phase.OVER or here.recap.published_at is not None or not here.items:
            return
        if scope.now < event.plan.ends_at + REMINDED_AFTER or await put_off(
            scope, about, service.REMIND, scope.now + REMINDED_AFTER
        ):
            return

        def keys(texts: Texts) -> Keyboard:
            return rows((codes.RECAP.key(texts.label(say.RECAP), group, event.id),))

        await self._teller.to_organiser(scope, about, lambda texts: say.remind(texts, event, len(here.items)), keys)

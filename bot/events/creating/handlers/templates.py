"""Templates: kept from events, listed with buttons, used, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.events.creating import service as creating
from bot.events.creating import texts as say
from bot.events.creating.handlers import codes
from bot.events.creating.handlers.create import CREATE
from bot.events.creating.rules import NAME_LIMIT, taken_over
from bot.events.handlers import board, finding
from bot.events.handlers import codes as core_codes
from bot.kernel.numerals import fold
from bot.tg.buttons import column, rows
from bot.tg.forms import Form
from bot.tg.forms.questions import ask_text
from bot.tg.forms.questions import say as ask

if TYPE_CHECKING:
    from telegram import Update

    from bot.events.creating.rules import Template
    from bot.i18n import Html
    from bot.tg.context import Context
    from bot.tg.effects import Keyboard

KEEP_FORM = "event.template"
_SAVE = frozenset({"save", "keep", "add", "保存", "存为", "新建"})
_DELETE = frozenset({"delete", "remove", "drop", "删除", "移除"})


async def templates(_update: Update, context: Context) -> None:
    """``/event template``: the list; ``save 3 hike`` and ``delete hike`` keep and delete one."""
    word, _, rest = context.args_text.partition(" ")
    if not word:
        context.edit(*await _list(context))
    elif fold(word) in _SAVE:
        await _save(context, rest.strip())
    elif fold(word) in _DELETE:
        await _delete(context, rest.strip())
    else:
        context.reply(say.template_usage(context.texts, context.args_text))


async def _list(context: Context) -> tuple[Html, Keyboard]:
    texts, group = context.texts, context.group
    found = await creating.templates_of(context.tx, group.id)
    keys = (
        (
            codes.USE.key(say.template_label(texts, one), group, one.id),
            codes.DROP.key(texts.label(say.DELETE), group, one.id),
        )
        for one in found
    )
    return say.templates(texts, found), rows(*keys)


async def _save(context: Context, rest: str) -> None:
    context.spoken.args_text = rest
    meant = await finding.named(context, "/event template save", codes.KEEP)
    if meant is None:
        return
    if not meant.rest:
        await context.start_form(KEEP_FORM, {"event": meant.event.id})
        return
    done = await creating.save_template(context.tx, meant.event, meant.rest, board.person_of(context), context.now)
    context.reply(say.saved(context.texts, done))


async def keep_picked(_update: Update, context: Context, event_id: int) -> None:
    """Ask for the name under which an event is kept."""
    if await finding.picked(context, event_id) is not None:
        await context.start_form(KEEP_FORM, {"event": event_id})


async def finish_keep(_update: Update, context: Context, answers: dict[str, Any]) -> None:
    """Keep an event under the name that was given."""
    meant = await finding.picked(context, answers["event"])
    if meant is not None:
        who = board.person_of(context)
        done = await creating.save_template(context.tx, meant.event, answers["name"], who, context.now)
        context.reply(say.saved(context.texts, done))


async def use(_update: Update, context: Context, template_id: int) -> None:
    """Plan an event from a template."""
    found = await _picked(context, template_id)
    if found is not None:
        await context.start_form(CREATE, taken_over(found.plan))


async def _picked(context: Context, template_id: int) -> Template | None:
    found = await creating.template(context.tx, context.group.id, template_id)
    if found is None:
        context.toast(say.stale(context.texts))
    return found


async def _delete(context: Context, name: str) -> None:
    found = await creating.template_named(context.tx, context.group.id, name)
    if found is None:
        context.reply(say.no_template(context.texts, name, await creating.templates_of(context.tx, context.group.id)))
        return
    _ask_drop(context, found)


async def drop(_update: Update, context: Context, template_id: int) -> None:
    """Ask whether a template shall really go."""
    found = await _picked(context, template_id)
    if found is not None:
        _ask_drop(context, found)


def _ask_drop(context: Context, found: Template) -> None:
    texts, group = context.texts, context.group
    keys = (
        codes.DROP_SURE.key(texts.label(say.YES_DELETE), group, found.id),
        codes.TEMPLATES.key(texts.label(say.NO_KEEP), group),
    )
    context.edit(say.sure_to_delete(texts, found), column(keys))


async def drop_sure(_update: Update, context: Context, template_id: int) -> None:
    """Delete a template."""
    found = await creating.drop_template(context.tx, context.group.id, template_id)
    if found is None:
        context.toast(say.stale(context.texts))
        return
    context.edit(say.deleted(context.texts, found))


async def back(_update: Update, context: Context) -> None:
    """Show the list again."""
    context.edit(*await _list(context))


FORM: Form[Any] = Form(
    KEEP_FORM,
    say.TEMPLATE_TITLE,
    (ask_text("name", say.NAME, ask(say.ASK_NAME), NAME_LIMIT),),
    finish_keep,
    core_codes.ORGANISERS,
)

"""``/event settings``: the group's settings for events, by buttons and on one line (R05)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.events import service
from bot.events.handlers.board import person_of
from bot.events.handlers.coming import Shortcut
from bot.events.handlers.part import Part
from bot.events.settings import texts as say
from bot.events.settings.rules import CHOICES, SETTINGS, TYPED, Setting, Unfit, changed, read_value, setting_named
from bot.events.texts import coming
from bot.i18n import N_
from bot.kernel.roles import Right
from bot.tg.access import Declined
from bot.tg.buttons import ButtonCode, column
from bot.tg.capability import Access, Button, Command
from bot.tg.forms import Asking, Form, Problem, Question, Reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.events.rules.house import House
    from bot.i18n import Html
    from bot.tg.context import Context
    from bot.tg.effects import Keyboard

SETTERS = Access(right=Right.SETTINGS)
PAGE = ButtonCode("ev.set", (str,))
"""Carries a setting, or nothing for the page of all."""
CHOOSE = ButtonCode("ev.setto", (str, str))
"""Carries a setting and its new value."""
TYPE = ButtonCode("ev.settype", (str,))
FORM: Final = "event.settings"


def part() -> Part:
    """Return this part."""
    return Part(
        shortcuts=(Shortcut(coming.SETTINGS, "event.settings", Right.SETTINGS),),
        settings=(
            Command(
                "event",
                command,
                say.HELP,
                ("/event settings", N_("/event settings words on")),
                sub="settings",
                sub_aliases=("setting", "设置"),
                access=SETTERS,
                title=say.TITLE,
                within="settings",
            ),
        ),
        buttons=(
            Button(PAGE, page, SETTERS),
            Button(CHOOSE, choose, SETTERS),
            Button(TYPE, ask, SETTERS),
        ),
        forms=(_form(),),
        audit=say.AUDIT,
    )


async def command(_update: Update, context: Context) -> None:
    """``/event settings`` shows the page; ``/event settings offer 3 hours`` changes one of them."""
    typed = " ".join(context.args_text.split())
    if not typed:
        context.edit(*_all(context, await service.house_of(context.tx, context.group.id)))
        return
    word, _, value = typed.partition(" ")
    setting = setting_named(word)
    if setting is None:
        raise Declined(say.unknown(context.texts, word))
    if value:
        await _set_typed(context, setting, value)
    else:
        context.reply(*_one(context, await service.house_of(context.tx, context.group.id), setting))


async def _set_typed(context: Context, setting: Setting, typed: str) -> None:
    value = read_value(setting, typed)
    if isinstance(value, Unfit):
        raise Declined(say.unfit(context.texts, setting, value, typed))
    new = await _set(context, setting, value)
    context.reply(say.set_to(context.texts, setting, value, new=new))


async def page(_update: Update, context: Context, name: str) -> None:
    """Show one setting with its choices, or all of them."""
    house = await service.house_of(context.tx, context.group.id)
    setting = _named(name)
    context.edit(*(_all(context, house) if setting is None else _one(context, house, setting)))


async def choose(_update: Update, context: Context, name: str, choice: str) -> None:
    """Set a setting by a tap, and show all of them."""
    setting = _named(name)
    value = Unfit.SWITCH if setting is None else read_value(setting, choice)
    if setting is None or isinstance(value, Unfit):
        context.toast(say.stale(context.texts))
        return
    new = await _set(context, setting, value)
    context.toast(say.saved(context.texts) if new else say.is_so(context.texts))
    context.edit(*_all(context, await service.house_of(context.tx, context.group.id)))


async def ask(_update: Update, context: Context, name: str) -> None:
    """Ask for a value that no button offers."""
    setting = _named(name)
    if setting is None or setting not in TYPED:
        context.toast(say.stale(context.texts))
        return
    await context.start_form(FORM, {"setting": setting})


async def finish(_update: Update, context: Context, answers: dict[str, Any]) -> None:
    """Set what was typed."""
    setting = _named(str(answers["setting"]))
    if setting is not None:
        await _set_typed(context, setting, str(answers["value"]))


async def _set(context: Context, setting: Setting, value: Any) -> bool:
    house = await service.house_of(context.tx, context.group.id)
    return await service.set_house(
        context.tx, context.group.id, changed(house, setting, value), person_of(context), context.now
    )


def _named(name: str) -> Setting | None:
    return next((setting for setting in SETTINGS if setting == name), None)


def _all(context: Context, house: House) -> tuple[Html, Keyboard]:
    texts, group = context.texts, context.group
    return say.page(texts, house), column(
        [PAGE.key(say.name_label(texts, setting), group, setting) for setting in SETTINGS], 2
    )


def _one(context: Context, house: House, setting: Setting) -> tuple[Html, Keyboard]:
    texts, group = context.texts, context.group
    keys = [
        CHOOSE.key(say.value_label(texts, house, setting, choice, read_value(setting, choice)), group, setting, choice)
        for choice in CHOICES[setting]
    ]
    if setting in TYPED:
        keys.append(TYPE.key(texts.label(say.ANOTHER), group, setting))
    wide = 1 if setting in {"reminders", "order"} else 2
    return say.one(texts, house, setting), (*column(keys, wide), (PAGE.key(texts.label(say.BACK), group, ""),))


# The form


def _asked(asking: Asking) -> Setting:
    return _named(str(asking.answers["setting"])) or SETTINGS[0]


def _parse(asking: Asking, reply: Reply) -> str | Problem:
    value = read_value(_asked(asking), reply.text)
    if isinstance(value, Unfit):
        return Problem(say.unfit(asking.texts, _asked(asking), value, reply.text))
    return reply.text.strip()


def _form() -> Form[Any]:
    question = Question("value", say.VALUE, lambda asking: say.ask(asking.texts, _asked(asking)), _parse)
    return Form(FORM, say.FORM_TITLE, (question,), finish, SETTERS)

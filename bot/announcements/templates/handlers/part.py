"""Templates as a part of announcements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.announcements import service as core
from bot.announcements.handlers.codes import AUTHORS
from bot.announcements.handlers.part import Part
from bot.announcements.templates import rules
from bot.announcements.templates import texts as say
from bot.announcements.templates.handlers import codes
from bot.announcements.templates.handlers.commands import Templates
from bot.i18n import N_
from bot.tg.capability import Button, Capability, Command
from bot.tg.forms import Asking, Form, Problem, Question, Reply
from bot.tg.forms.questions import ask_integer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.announcements.handlers.desk import Desk
    from bot.announcements.rules.announcement import Announcement
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.capability import Handler
    from bot.tg.effects import Key


def part(desk: Desk) -> Part:
    """Return the part; drafts are shown at ``desk``."""
    templates = Templates(desk)
    offer = Capability(
        core.NAME,
        say.TITLE,
        commands=_commands(templates),
        buttons=_buttons(templates),
        forms=_forms(templates),
        audit=say.PHRASES,
    )
    return Part(offer, draft_keys=_save_key, desk_keys=_save_key, menu_keys=_menu_keys)


def _commands(templates: Templates) -> tuple[Command, ...]:
    return (
        Command(
            "template",
            templates.list,
            say.HELP[""],
            usage=("/template",),
            access=AUTHORS,
            title=say.MENU,
            within="announce",
        ),
        _sub("save", templates.save, ("保存", "存为"), "/template save weekly 12", takes_album=True),
        _sub("use", templates.use, ("使用", "套用"), N_("/template use weekly")),
        _sub("show", templates.show, ("查看",), N_("/template show weekly")),
        _sub("rename", templates.rename, ("改名", "重命名"), N_("/template rename weekly | every Monday")),
        _sub("delete", templates.delete, ("删除",), N_("/template delete weekly")),
    )


def _sub(word: str, run: Handler, aliases: tuple[str, ...], usage: str, *, takes_album: bool = False) -> Command:
    return Command(
        "template",
        run,
        say.HELP[word],
        usage=(usage,),
        sub=word,
        sub_aliases=aliases,
        access=AUTHORS,
        takes_album=takes_album,
    )


def _buttons(templates: Templates) -> tuple[Button, ...]:
    return (
        Button(codes.LIST, templates.turn, AUTHORS),
        Button(codes.SHOW, templates.tap_show, AUTHORS),
        Button(codes.USE, templates.tap_use, AUTHORS),
        Button(codes.RENAME, templates.tap_rename, AUTHORS),
        Button(codes.DELETE, templates.tap_delete, AUTHORS),
        Button(codes.REALLY, templates.really_delete, AUTHORS),
        Button(codes.SAVE, templates.tap_save, AUTHORS),
    )


def _forms(templates: Templates) -> tuple[Form[Any], ...]:
    # Always preset: the button that starts the form names what is meant.
    number = ask_integer("number", say.TEMPLATE, lambda asking: asking.texts.gettext(say.TEMPLATE), 1)
    template = ask_integer("template", say.TEMPLATE, lambda asking: asking.texts.gettext(say.TEMPLATE), 1)
    return (
        Form(codes.FORM_SAVE, say.FORM_SAVE, (number, _name()), templates.finish_save, access=AUTHORS),
        Form(codes.FORM_RENAME, say.FORM_RENAME, (template, _name()), templates.finish_rename, access=AUTHORS),
    )


def _name() -> Question[str]:
    return Question("name", say.NAME, lambda asking: say.ask_name(asking.texts), _parse_name)


def _parse_name(asking: Asking, reply: Reply) -> str | Problem:
    name = rules.read_name(reply.text)
    return name if isinstance(name, str) else Problem(say.refused(asking.texts, name))


def _save_key(texts: Texts, group: Group, item: Announcement) -> Sequence[Key]:
    return [codes.SAVE.key(texts.label(say.SAVE), group, item.number)]


def _menu_keys(texts: Texts, group: Group) -> Sequence[Key]:
    return [codes.LIST.key(texts.label(say.MENU), group, 1)]

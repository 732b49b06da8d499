"""What goes with the words of an announcement: buttons with links, and whether it is confidential (R10)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from bot.announcements import service
from bot.announcements.handlers import codes
from bot.announcements.handlers.desk import PURPOSE, by_of
from bot.announcements.handlers.part import Part
from bot.announcements.handlers.shaping import time_of, values_of
from bot.announcements.handlers.work import number_of
from bot.announcements.rules import passing
from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import OPEN, Announcement
from bot.announcements.rules.filling import has_braces, names_in, slips
from bot.announcements.rules.links import Rows, read_links, written
from bot.announcements.rules.typed import read_switch, split_number, without_bar
from bot.announcements.texts import content as say
from bot.announcements.texts import words
from bot.announcements.texts.replies import refused
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import ButtonCode
from bot.tg.capability import Button, Capability, Command
from bot.tg.forms import Asking, Choice, Form, Problem, Question, Reply
from bot.tg.forms.questions import ask_integer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.announcements.handlers.work import Work
    from bot.announcements.rules.content import Content
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Key

BUTTONS = ButtonCode("an.links", (int,))
CLOSE = ButtonCode("an.lock", (int,))
OPENING = ButtonCode("an.unlock", (int,))
FORM: Final = "announce.buttons"
_NONE: Final = "-"


@dataclass(frozen=True, slots=True)
class Dressing:
    """The commands and buttons, with the jobs they share with others."""

    work: Work

    async def buttons(self, _update: Update, context: Context) -> None:
        """``/announce buttons <number> | Sign up https://…``; with the number alone it asks."""
        number = await number_of(context, "buttons", alone=False)
        if number is None:
            return
        typed = without_bar(split_number(context.args_text)[1])
        if not typed:
            await self._ask(context, number)
            return
        await self._set_links(context, number, _read(context, typed))

    async def confidential(self, _update: Update, context: Context) -> None:
        """``/announce confidential <number> on|off``."""
        number = await number_of(context, "confidential", alone=False)
        if number is None:
            return
        typed = split_number(context.args_text)[1]
        on = read_switch(typed) if typed else True
        if on is None:
            raise Declined(say.switch_how(context.texts))
        await self._protect(context, number, on=on)

    async def ask(self, _update: Update, context: Context, number: int) -> None:
        """Ask for the buttons."""
        await self._ask(context, number)

    async def close(self, _update: Update, context: Context, number: int) -> None:
        """Make it confidential."""
        await self._protect(context, number, on=True)

    async def open(self, _update: Update, context: Context, number: int) -> None:
        """Make it not confidential any more."""
        await self._protect(context, number, on=False)

    async def finish(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Put the buttons that the form asked for."""
        await self._set_links(context, answers["number"], answers["links"])

    async def _ask(self, context: Context, number: int) -> None:
        found = await service.can(context.tx, context.group.id, number, Act.EDIT, by_of(context))
        if not isinstance(found, Announcement):
            raise Declined(refused(context.texts, found))
        await step_aside(context, PURPOSE)
        present = found.content if found.pending is None else found.pending
        await context.start_form(FORM, {"number": number, "present": written(present.links)})

    async def _set_links(self, context: Context, number: int, rows: Rows) -> None:
        def make(content: Content) -> Content:
            return replace(content, links=rows)

        await self.work.change(context, number, make, "buttons")

    async def _protect(self, context: Context, number: int, *, on: bool) -> None:
        found = await service.can(context.tx, context.group.id, number, Act.EDIT, by_of(context))
        if isinstance(found, Announcement) and (found.pending or found.content).protected is on:
            raise Declined(say.is_so(context.texts, number, on=on))

        def make(content: Content) -> Content:
            return replace(content, protected=on)

        await self.work.change(context, number, make, "confidential" if on else "not_confidential")
        if context.spoken.callback_id is not None:
            context.toast(say.switched(context.texts, number, on=on))


def part(work: Work) -> Part:
    """Return it as a part of announcements."""
    dressing = Dressing(work)
    offer = Capability(
        service.NAME,
        words.TITLE,
        commands=_commands(dressing),
        buttons=(
            Button(BUTTONS, dressing.ask, codes.AUTHORS),
            Button(CLOSE, dressing.close, codes.AUTHORS),
            Button(OPENING, dressing.open, codes.AUTHORS),
        ),
        forms=(_form(dressing),),
        audit=say.PHRASES,
    )
    return Part(offer, draft_keys=_draft_keys, desk_keys=_desk_keys, lines=_lines)


def _commands(dressing: Dressing) -> tuple[Command, ...]:
    return (
        Command(
            "announce",
            dressing.buttons,
            say.HELP_BUTTONS,
            usage=(say.USAGE_BUTTONS,),
            sub="buttons",
            sub_aliases=("button", "links", "按钮", "链接"),
            access=codes.AUTHORS,
        ),
        Command(
            "announce",
            dressing.confidential,
            say.HELP_CONFIDENTIAL,
            usage=("/announce confidential 12", "/announce confidential 12 off"),
            sub="confidential",
            sub_aliases=("secret", "保密", "机密"),
            access=codes.AUTHORS,
        ),
    )


def _form(dressing: Dressing) -> Form[Any]:
    # Always preset: the button or the line that starts the form names the announcement.
    number = ask_integer("number", words.NUMBER, lambda asking: asking.texts.gettext(words.NUMBER), 1)
    links = Question("links", say.LINKS, _prompt, _parse, Rows, choices=_none)
    return Form(FORM, say.FORM_BUTTONS, (number, links), dressing.finish, access=codes.AUTHORS)


def _prompt(asking: Asking) -> Html:
    return say.ask_buttons(asking.texts, str(asking.answers.get("present") or ""))


def _parse(asking: Asking, reply: Reply) -> Rows | Problem:
    found = read_links(reply.text)
    return found if isinstance(found, tuple) else Problem(say.bad_links(asking.texts, found))


def _none(asking: Asking) -> Sequence[Choice]:
    if not asking.answers.get("present"):
        return ()
    return (Choice(asking.texts.label(say.NO_BUTTONS), text=_NONE),)


def _read(context: Context, typed: str) -> Rows:
    found = read_links(typed)
    if isinstance(found, tuple):
        return found
    raise Declined(say.bad_links(context.texts, found))


def _draft_keys(texts: Texts, group: Group, item: Announcement) -> Sequence[Key]:
    keys = [*_desk_keys(texts, group, item)]
    if item.content.protected:
        keys.append(OPENING.key(texts.label(say.OPEN), group, item.number))
    elif passing.NAME not in item.options:
        keys.append(CLOSE.key(texts.label(say.CONFIDENTIAL), group, item.number))
    return keys


def _desk_keys(texts: Texts, group: Group, item: Announcement) -> Sequence[Key]:
    return [BUTTONS.key(texts.label(say.BUTTONS), group, item.number)]


async def _lines(scope: Scope, group: Group, item: Announcement, texts: Texts) -> Sequence[Html]:
    content = item.content if item.pending is None else item.pending
    said = say.lines(texts, content)
    if (item.state in OPEN or item.pending is not None) and has_braces(content):
        values = await values_of(scope, group, content, time_of(item, scope.now))
        said += say.placeholders(texts, names_in(content), values, recurs=item.is_pattern)
        said += [say.slip(texts, one) for one in slips(content)]
    return said

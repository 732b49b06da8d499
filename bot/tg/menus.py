"""Help, the panel of ``/menu``, Telegram's own command menus and the updates to ask for: all derived from the tables."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

from bot.i18n import N_, SOURCE_LOCALE, Html, Texts, texts_for
from bot.tg import texts as say
from bot.tg.buttons import NO_GROUP, ButtonCode
from bot.tg.capability import NO_GROUP_NEEDED, Button, Capability, Command, Places, TimerKind
from bot.tg.commands import all_of, commands_of, is_own, line_of, may_use, path_of
from bot.tg.effects import CommandHelp, SetCommands
from bot.tg.menu_keeper import MenuKeeper
from bot.tg.own_menus import NAME, RENEW
from bot.tg.pages import paged
from bot.tg.panel import PANEL, RUN, RUN_IN, SECTION, panel_of, section_of, sole_of
from bot.tg.sections import section_named

if TYPE_CHECKING:
    from telegram import Update

    from bot.kernel.groups import Group
    from bot.kernel.roles import Right, Standing
    from bot.tg.context import Context
    from bot.tg.effects import Keyboard

HELP_PAGE = ButtonCode("m.h", (int,))
HELP_OF = ButtonCode("m.o", (str, int))
"""Carries a command's word and a page of what can follow it."""
RunCommand = Callable[["Update", "Context", str], Awaitable[None]]
"""Runs a command by its stable name as if it had been typed bare."""

_LINES_A_PAGE = 45
_EXPLAINED_AT_ONCE = 12
"""Where more commands than these begin with a word, each has a line, and is explained when it is asked for by name."""
_MENU_LIMIT = 100
_NAME = re.compile(r"[a-z0-9_]{1,32}")
_DESCRIPTION_LIMIT = 256
_Scope = Literal["default", "private", "groups", "admins"]
_SCOPES: tuple[_Scope, ...] = ("default", "private", "groups", "admins")
_UPDATES_OF = {
    "bot_status": "my_chat_member",
    "bot_private": "my_chat_member",
    "member": "chat_member",
    "join_request": "chat_join_request",
    "joined": "message",
    "left": "message",
    "migrated": "message",
    "renamed": "message",
    "topic": "message",
    "reaction": "message_reaction",
}


# /help


def help_html(texts: Texts, capabilities: Sequence[Capability], standing: Standing | None, private: bool) -> Html:
    """Return what the reader may do: in private line by line, in a group only the names of the commands."""
    if private:
        return Html("\n").join([_help_title(texts), *help_lines(texts, capabilities, standing)])
    return _short_help(texts, capabilities, standing)


def help_lines(texts: Texts, capabilities: Sequence[Capability], standing: Standing | None) -> list[Html]:
    """Return the commands the reader may use, under the titles of their capabilities."""
    found: list[Html] = []
    for capability in capabilities:
        usable = [c for c in commands_of(capability) if c.listed and may_use(c, standing, private=True)]
        if usable:
            found += [Html(""), Html("<b>{}</b>").format(texts.label(capability.title))]
            found += [_help_line(texts, command) for command in usable]
    return found


def _help_title(texts: Texts) -> Html:
    return texts.gettext(
        "This is what you can do here. <code>/help warn</code> explains one command, /menu has buttons."
    )


def _help_line(texts: Texts, command: Command) -> Html:
    line, meaning = line_of(command), texts.label(command.help)
    if command.access.places is Places.GROUP:
        return texts.gettext("{command} — {help} (in the group)", command=line, help=meaning)
    if command.access.places is Places.PRIVATE:
        return texts.gettext("{command} — {help} (in private)", command=line, help=meaning)
    return texts.gettext("{command} — {help}", command=line, help=meaning)


def _short_help(texts: Texts, capabilities: Sequence[Capability], standing: Standing | None) -> Html:
    here = (c for c in all_of(capabilities) if c.access.places is not Places.PRIVATE)
    names = dict.fromkeys(f"/{c.name}" for c in here if c.listed and may_use(c, standing))
    return texts.gettext(
        "You can use {commands}\nWhat each of them does: /help in a private chat with me, or here <code>/help warn</code>.",
        commands=Html(" ").join(names),
    )


def help_of(texts: Texts, capabilities: Sequence[Capability], asked: str, standing: Standing | None) -> Html:
    """Explain one command, or all that begin with its word: "warn", "/event", "event create"."""
    name, found = _asked(capabilities, asked)
    if not found:
        return say.unknown_command(texts, f"/{name}")
    return Html("\n\n").join(_explained(texts, command, standing) for command in found)


def help_page_of(
    texts: Texts,
    capabilities: Sequence[Capability],
    asked: str,
    standing: Standing | None,
    group: Group | None,
    page: int = 1,
) -> tuple[Html, Keyboard]:
    """Explain what was asked for; of many commands those the reader may use on a line each, in pages."""
    name, found = _asked(capabilities, asked)
    if len(found) <= _EXPLAINED_AT_ONCE:
        return help_of(texts, capabilities, asked, standing), ()
    usable = [c for c in found if may_use(c, standing, private=True)] or found
    title = texts.gettext(
        "<b>What /{command} can do.</b> <code>/help {example}</code> explains one of these.",
        command=name,
        example=line_of(usable[-1]).removeprefix("/"),
    )
    lines = [_help_line(texts, command) for command in usable]
    return paged(title, lines, page, _LINES_A_PAGE, HELP_OF, group or NO_GROUP, name, texts=texts)


def _asked(capabilities: Sequence[Capability], asked: str) -> tuple[str, list[Command]]:
    """Return the word that help is asked for, and the command that is named after it, else all that begin with it."""
    name, _, rest = asked.strip().removeprefix("/").casefold().partition(" ")
    name, sub = name.partition("@")[0], rest.strip()
    found = [c for c in all_of(capabilities) if c.name == name]
    return name, [c for c in found if sub and sub in {c.sub or "", *c.sub_aliases}] or found


def _explained(texts: Texts, command: Command, standing: Standing | None) -> Html:
    parts = [Html("<b>{}</b> — {}").format(line_of(command), texts.label(command.help))]
    parts += [Html("<code>{}</code>").format(texts.label(example)) for example in command.usage]
    right = command.access.right
    if right is not None and not may_use(command, standing):
        who = texts.label(say.RIGHT_NAMES[right])
        if is_own(command):
            parts.append(texts.gettext("<i>In a group for people who may {do}; in private for everybody.</i>", do=who))
            return Html("\n").join(parts)
        parts.append(texts.gettext("<i>For people who may {do}.</i>", do=who))
    return Html("\n").join(parts)


# Telegram's menus


def telegram_menus(capabilities: Sequence[Capability], locales: Iterable[str]) -> list[SetCommands]:
    """Return Telegram's command menus, one for each scope and language.

    English is the language of everybody whose own we do not have. What asks for a right is shown in a group to its
    administrators only, in private to those who have a menu of their own (:func:`own_menu`).

    :raises ValueError: for a command that Telegram would not take; a programming error.
    """
    return [
        SetCommands(scope, code, _menu(capabilities, texts_for(locale, "UTC"), partial(_in_scope, scope=scope)))
        for scope in _SCOPES
        for code, locale in _language_codes(locales).items()
    ]


def own_menu(capabilities: Sequence[Capability], texts: Texts, rights: frozenset[Right]) -> tuple[CommandHelp, ...]:
    """Return what stands in the menu of a private conversation with somebody who has these rights in some group."""

    def shown(command: Command) -> bool:
        return command.access.right in rights if _needs_right(command) else _in_scope(command, "private")

    return _menu(capabilities, texts, lambda command: command.access.places is not Places.GROUP and shown(command))


def _language_codes(locales: Iterable[str]) -> dict[str, str]:
    codes = {"": SOURCE_LOCALE}
    for locale in locales:
        if locale != SOURCE_LOCALE:
            codes.setdefault(locale.replace("-", "_").partition("_")[0], locale)
    return codes


def _menu(
    capabilities: Sequence[Capability], texts: Texts, wanted: Callable[[Command], bool]
) -> tuple[CommandHelp, ...]:
    rows: dict[str, str] = {}
    for capability in capabilities:
        shown = [c for c in commands_of(capability) if c.listed and wanted(c)]
        for command in shown:
            if command.name not in rows:
                rows[command.name] = _description(texts, [c for c in shown if c.name == command.name])
    for name in rows:
        if not _NAME.fullmatch(name):
            raise ValueError(f"Telegram takes no command named {name!r}")
    if len(rows) > _MENU_LIMIT:
        raise ValueError(f"Telegram's menu takes {_MENU_LIMIT} commands, not {len(rows)}")
    return tuple(CommandHelp(name, description) for name, description in rows.items())


def _in_scope(command: Command, scope: _Scope) -> bool:
    places = command.access.places
    if scope == "private":
        return places is not Places.GROUP and not _needs_right(command)
    if scope == "admins":
        return places is not Places.PRIVATE
    return command.access.right is None and not (scope == "groups" and places is Places.PRIVATE)


def _needs_right(command: Command) -> bool:
    """Say whether a command asks for a right in private."""
    return command.access.right is not None and not is_own(command)


def _description(texts: Texts, commands: Sequence[Command]) -> str:
    """Describe a command by what it does bare; with sub-commands only, by the first and the words of the others."""
    whole = next((c for c in commands if c.sub is None), commands[0])
    subs = [c.sub for c in commands if c.sub is not None]
    said = texts.label(whole.help)
    if whole.sub is not None and len(subs) > 1:
        said = texts.label("{help} ({subs})", help=said, subs=", ".join(subs))
    return said if len(said) <= _DESCRIPTION_LIMIT else f"{said[: _DESCRIPTION_LIMIT - 1]}…"


def allowed_updates(capabilities: Sequence[Capability]) -> list[str]:
    """Return the kinds of updates to ask Telegram for: it sends some of them only when they are named.

    :raises ValueError: for an observer of an event we do not know; a programming error.
    """
    wanted = {"message", "callback_query", "my_chat_member"}
    for capability in capabilities:
        if capability.guards:
            wanted.add("edited_message")
        for observer in capability.observers:
            if observer.event not in _UPDATES_OF:
                raise ValueError(f"{capability.name} observes {observer.event!r}, which we do not know")
            wanted.add(_UPDATES_OF[observer.event])
    return sorted(wanted)


# The capability


@dataclass(frozen=True, slots=True)
class _Panel:
    """What ``/help`` and ``/menu`` do, and the buttons of their pages."""

    capabilities: Sequence[Capability]
    run_command: RunCommand
    own: MenuKeeper

    async def help(self, _update: Update, context: Context) -> None:
        await self.own.seen(context)
        group, standing = await _meant(context)
        if context.args_text:
            context.reply(*help_page_of(context.texts, self.capabilities, context.args_text, standing, group))
        elif context.private:
            context.reply(*_help_page(context.texts, self.capabilities, standing, group, 1))
        else:
            context.reply(help_html(context.texts, self.capabilities, standing, private=False))

    async def show(self, _update: Update, context: Context) -> None:
        await self.own.seen(context)
        # By the button under an answer the panel comes where the answer stands.
        context.edit(*panel_of(*_seen(context, self.capabilities)))

    async def section(self, update: Update, context: Context, name: str) -> None:
        section, seen = section_named(name), _seen(context, self.capabilities)
        _texts, _all, standing, _group, hidden = seen
        sole = None if section is None else sole_of(self.capabilities, standing, hidden, section)
        if sole is not None:
            await self.run(update, context, sole)
            return
        page = None if section is None else section_of(*seen, section)
        if page is None:
            context.toast(say.stale_button(context.texts))
            return
        context.edit(*page)

    async def run_in(self, update: Update, context: Context, _section: str, path: str) -> None:
        await self.run(update, context, path)

    async def run(self, update: Update, context: Context, path: str) -> None:
        if path not in {path_of(command) for command in all_of(self.capabilities)}:
            context.toast(say.stale_button(context.texts))
            return
        # The panel says which group it is for, whatever the private conversation has turned to since.
        context.spoken.chosen = True
        await self.run_command(update, context, path)


def help_capability(capabilities: Sequence[Capability], run_command: RunCommand) -> Capability:
    """Return ``/help`` and ``/menu``; ``capabilities`` may still grow, it is looked into when somebody asks."""
    own = MenuKeeper(partial(own_menu, capabilities))
    panel = _Panel(capabilities, run_command, own)

    return Capability(
        NAME,
        N_("Help"),
        commands=(
            Command(
                "help",
                panel.help,
                N_("Say what you can do here"),
                usage=("/help", "/help warn"),
                access=NO_GROUP_NEEDED,
            ),
            Command("menu", panel.show, N_("Show everything as buttons"), usage=("/menu",)),
        ),
        buttons=(
            Button(RUN, panel.run),
            Button(RUN_IN, panel.run_in),
            Button(SECTION, panel.section),
            Button(PANEL, panel.show),
            *_page_turners(capabilities),
        ),
        timers=(TimerKind(RENEW, own.due),),
    )


def _seen(
    context: Context, capabilities: Sequence[Capability]
) -> tuple[Texts, Sequence[Capability], Standing, Group, Places]:
    """Return by whom and where the panel is read, and what it is made of."""
    hidden = Places.GROUP if context.private else Places.PRIVATE
    return context.texts, capabilities, context.standing, context.group, hidden


def _page_turners(capabilities: Sequence[Capability]) -> tuple[Button, ...]:
    """Return the buttons that turn the pages of help, on everything and on one command's word."""

    async def turn_page(_update: Update, context: Context, page: int) -> None:
        group, standing = await _meant(context)
        context.edit(*_help_page(context.texts, capabilities, standing, group, page))

    async def turn_page_of(_update: Update, context: Context, name: str, page: int) -> None:
        group, standing = await _meant(context)
        context.edit(*help_page_of(context.texts, capabilities, name, standing, group, page))

    return (Button(HELP_PAGE, turn_page, NO_GROUP_NEEDED), Button(HELP_OF, turn_page_of, NO_GROUP_NEEDED))


def _help_page(
    texts: Texts, capabilities: Sequence[Capability], standing: Standing | None, group: Group | None, page: int
) -> tuple[Html, Keyboard]:
    lines = help_lines(texts, capabilities, standing)
    return paged(_help_title(texts), lines, page, _LINES_A_PAGE, HELP_PAGE, group or NO_GROUP, texts=texts)


async def _meant(context: Context) -> tuple[Group | None, Standing | None]:
    """Return the group that help is for: in private the one last meant, or the only one there is."""
    spoken, ports = context.spoken, context.scope.ports
    group = spoken.group
    if group is None and spoken.private:
        focus = await ports.groups.focus(context.tx, spoken.actor.user_id)
        group = context.scope.group(focus) if focus is not None else None
        theirs = () if group is not None else await ports.groups.groups_of(context.tx, spoken.actor.user_id)
        group = theirs[0] if len(theirs) == 1 else group
    if group is None:
        return None, None
    if spoken.standing is not None and spoken.group is not None:
        return group, spoken.standing
    return group, await ports.people.standing(context.tx, group, spoken.actor.user_id)

"""The tables: what this capability offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from bot.chats.handlers import codes
from bot.chats.handlers.commands import Commands, forms
from bot.chats.handlers.common import FRESH_SETTERS, NAME, REDRAW, SETTERS, SETTERS_IN_GROUP, SETTERS_IN_PLACE
from bot.chats.handlers.linked import Linked
from bot.chats.handlers.moving import Migrated, Moves
from bot.chats.handlers.private import Private, StartHandler
from bot.chats.handlers.settings import Settings
from bot.chats.handlers.setup import Setup
from bot.chats.handlers.signs import Signs
from bot.chats.texts.private import PHRASES
from bot.chats.texts.settings import TITLE
from bot.i18n import N_
from bot.tg.capability import EVERYONE, NO_GROUP_NEEDED, Button, Capability, Command, Observer, TimerKind
from bot.tg.sections import Section

if TYPE_CHECKING:
    from bot.chats.handlers.common import MoreKeys, Rezoned
    from bot.chats.service import GroupBook
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.effects import Key


def _nothing() -> Sequence[Command]:
    return ()


def _no_keys(_texts: Texts, _group: Group) -> Sequence[Key]:
    return ()


def capability(
    book: GroupBook,
    *,
    extra_settings: Callable[[], Sequence[Command]] = _nothing,
    start_payloads: Mapping[str, StartHandler] | None = None,
    migrated: Sequence[Migrated] = (),
    rezoned: Sequence[Rezoned] = (),
    more_quiet: MoreKeys = _no_keys,
) -> Capability:
    """Return the capability.

    ``extra_settings`` are the other capabilities' commands for the settings page, asked when it is shown;
    ``start_payloads`` what ``/start word-rest`` does, by word; ``migrated`` is called when a group becomes a supergroup,
    ``rezoned`` when it gets another time zone; ``more_quiet`` are buttons for the page of quiet hours.
    """
    setup = Setup(book, Moves(book, tuple(migrated)))
    settings = Settings(book, setup, extra_settings, rezoned, more_quiet)
    commands = Commands(book, rezoned, more_quiet)
    private = Private(book, start_payloads or {})
    return Capability(
        name=NAME,
        title=TITLE,
        section=Section.GROUP,
        commands=(*_settings_commands(settings, commands), *_other_commands(commands, private)),
        buttons=(*_setup_buttons(setup), *_settings_buttons(settings), *_other_buttons(commands, private)),
        forms=forms(commands),
        observers=(
            Observer("bot_status", setup.on_bot_status),
            Observer("bot_private", setup.on_private),
            Observer("migrated", setup.on_migrated),
            Observer("renamed", setup.on_renamed),
        ),
        watchers=(Signs(book), Linked(book)),
        timers=(TimerKind(REDRAW, setup.redraw),),
        audit=PHRASES,
    )


def _settings_commands(settings: Settings, commands: Commands) -> tuple[Command, ...]:
    return (
        Command(
            "settings",
            settings.settings,
            N_("All settings of the group, with buttons"),
            access=FRESH_SETTERS,
            title=N_("⚙️ Settings"),
        ),
        Command(
            "language",
            commands.language,
            N_("The language of the group, or in private your own"),
            (N_("/language 简体中文"), N_("/language English")),
            access=SETTERS_IN_PLACE,
        ),
        Command(
            "timezone",
            commands.timezone,
            N_("The time zone of the group"),
            (N_("/timezone Asia/Shanghai"), N_("/timezone Paris")),
            access=SETTERS,
            form="timezone",
        ),
        Command(
            "quiet",
            commands.quiet,
            N_("Quiet hours, when I send nothing that makes phones ring"),
            (N_("/quiet 22:00-07:30"), N_("/quiet 23:00-07:00 mon-fri"), N_("/quiet off")),
            access=SETTERS,
            form="quiet",
        ),
        *_holiday_commands(commands),
        Command(
            "label",
            commands.label,
            N_("What managers call the group among themselves"),
            (N_("/label Hikers"),),
            access=SETTERS,
            form="label",
        ),
    )


def _holiday_commands(commands: Commands) -> tuple[Command, ...]:
    return (
        Command(
            "holidays",
            commands.holidays,
            N_("The group's holidays"),
            (N_("/holidays"),),
            access=SETTERS,
            takes_file=True,
        ),
        Command(
            "holidays",
            commands.holidays,
            N_("The group's holidays"),
            sub="list",
            sub_aliases=("列表",),
            access=SETTERS,
            listed=False,
        ),
        Command(
            "holidays",
            commands.add_holiday,
            N_("Add a holiday, or many from a calendar file (.ics)"),
            (N_("/holidays add 25 Dec"), N_("/holidays add 1 Oct to 7 Oct")),
            sub="add",
            sub_aliases=("添加", "加"),
            access=SETTERS,
            form="holidays",
            takes_file=True,
        ),
        Command(
            "holidays",
            commands.remove_holiday,
            N_("Remove a holiday"),
            (N_("/holidays remove 25 Dec"),),
            sub="remove",
            sub_aliases=("删除", "删"),
            access=SETTERS,
        ),
    )


def _other_commands(commands: Commands, private: Private) -> tuple[Command, ...]:
    return (
        Command(
            "topic",
            commands.topic,
            N_("Choose the topic for announcements, events, warnings or the digest"),
            (N_("/topic events here"), N_("/topic events off")),
            access=SETTERS_IN_GROUP,
        ),
        Command(
            "managerschat",
            commands.managers_chat,
            N_("Make this chat the managers' chat of a group you run"),
            access=NO_GROUP_NEEDED,
        ),
        Command(
            "group", private.group, N_("About this group; in private, which group you mean"), access=NO_GROUP_NEEDED
        ),
        Command("start", private.start, N_("Start a private chat with me"), access=NO_GROUP_NEEDED, listed=False),
    )


def _setup_buttons(setup: Setup) -> tuple[Button, ...]:
    return (
        Button(codes.SETUP_LANGUAGE, setup.choose_language, SETTERS),
        Button(codes.SETUP_ZONE, setup.choose_zone, SETTERS),
        Button(codes.SETUP_CHECK, setup.check_rights, FRESH_SETTERS),
        Button(codes.SETUP_DONE, setup.done, SETTERS),
    )


def _settings_buttons(settings: Settings) -> tuple[Button, ...]:
    return (
        Button(codes.PAGE, settings.page, SETTERS),
        Button(codes.FORM, settings.start_form, SETTERS),
        Button(codes.EXTRA, settings.more, EVERYONE),
        Button(codes.CHECK, settings.check_rights, FRESH_SETTERS),
        Button(codes.LANGUAGE, settings.set_language, SETTERS),
        Button(codes.ZONE, settings.set_zone, SETTERS),
        Button(codes.QUIET, settings.set_quiet, SETTERS),
        Button(codes.HOLIDAY, settings.remove_holiday, SETTERS),
        Button(codes.TOPIC, settings.set_topic, SETTERS),
        Button(codes.UNLINK, settings.unlink, SETTERS),
    )


def _other_buttons(commands: Commands, private: Private) -> tuple[Button, ...]:
    return (
        Button(codes.MY_LANGUAGE, commands.choose_own_language, NO_GROUP_NEEDED),
        Button(codes.LINK, commands.link, EVERYONE),
        Button(codes.USE, private.use, EVERYONE),
    )

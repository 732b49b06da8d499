"""The tables: what this capability offers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.digest import service
from bot.digest import texts as say
from bot.digest.activity.service import Activity
from bot.digest.handlers import commands as cmd
from bot.digest.handlers.commands import READERS, SETTERS, Commands
from bot.digest.handlers.daily import Digest
from bot.digest.questions.service import Questions
from bot.digest.rules import LATE
from bot.digest.service import Schedule
from bot.i18n import N_
from bot.tg.capability import Button, Capability, Command, Late, Observer, TimerKind
from bot.tg.sections import Section

if TYPE_CHECKING:
    from bot.chats.service import GroupBook
    from bot.digest.handlers.daily import People, Sections
    from bot.tg.capability import Access, Handler


def capability(groups: GroupBook, people: People, sections: Sections = tuple) -> Capability:
    """Return the digest. ``sections`` are the other capabilities' parts, asked for whenever a digest is written."""
    schedule = Schedule(groups)
    groups.on_found.append(schedule.welcome)
    digest = Digest(groups, people, schedule, sections)
    commands = Commands(digest)
    return Capability(
        name=service.CAPABILITY,
        title=say.TITLE,
        section=Section.GROUP,
        commands=_commands(commands),
        settings=(Command("digest", commands.page, say.HELP, (N_("/digest"),), access=READERS, title=say.BUTTON),),
        buttons=(
            Button(cmd.TIME, commands.tap_time, SETTERS),
            Button(cmd.ASK, commands.ask_time, SETTERS),
            Button(cmd.WHERE, commands.tap_where, SETTERS),
            Button(cmd.NOW, commands.now, READERS),
        ),
        forms=(cmd.form(commands),),
        timers=(
            TimerKind(service.DAILY, digest.daily, needs=digest.needs),
            TimerKind(service.DEFERRED, digest.deferred, Late.SKIP, LATE, needs=digest.needs),
            TimerKind(service.PURGE, digest.purge),
        ),
        observers=(Observer("bot_status", digest.on_bot_status),),
        watchers=(Activity(schedule), Questions()),
        audit=say.PHRASES,
    )


def _commands(commands: Commands) -> tuple[Command, ...]:
    time = _command(
        commands.set_time, say.HELP_TIME, "time", "hour", "at", "时间", "几点", usage=N_("/digest time 08:30")
    )
    return (
        replace(time, form=cmd.FORM),
        _command(commands.now, say.HELP_NOW, "now", "现在", "立即", usage=N_("/digest now"), access=READERS),
        _command(commands.here, say.HELP_HERE, "here", "group", "群里", "本群", "这里", usage=N_("/digest here")),
        _command(
            commands.managers, say.HELP_MANAGERS, "managers", "private", "管理员", "私聊", usage=N_("/digest managers")
        ),
        _command(commands.on, say.HELP_ON, "on", "开", "开启", usage=N_("/digest on")),
        _command(commands.off, say.HELP_OFF, "off", "关", "关闭", usage=N_("/digest off")),
    )


def _command(run: Handler, meaning: str, sub: str, *aliases: str, usage: str, access: Access = SETTERS) -> Command:
    return Command("digest", run, meaning, (usage,), sub=sub, sub_aliases=aliases, access=access)

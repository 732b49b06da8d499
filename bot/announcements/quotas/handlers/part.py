"""Quotas as a part of announcements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements import service as core
from bot.announcements.handlers.desk import Desk
from bot.announcements.handlers.part import Part
from bot.announcements.quotas import service
from bot.announcements.quotas.handlers import codes, setting
from bot.announcements.quotas.handlers.looking import Looking
from bot.announcements.quotas.handlers.reminding import Reminding
from bot.announcements.quotas.texts import words
from bot.tg.capability import Button, Capability, Command, ResultKind, TimerKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.announcements.handlers.desk import Places
    from bot.announcements.quotas.handlers.reminding import HandIn, ReachableOf
    from bot.announcements.quotas.service import Credits
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.effects import Key


def part(places: Places, credits_of: Credits, reachable_of: ReachableOf, hand_in: HandIn) -> Part:
    """Return the part; ``credits_of`` says who handed in what others have published, ``reachable_of`` whom the bot may write to.

    ``hand_in`` is the button by which a member hands something in.
    """
    looking, reminding = Looking(credits_of), Reminding(Desk(places), credits_of, reachable_of, hand_in)
    offer = Capability(
        core.NAME,
        words.TITLE,
        commands=_commands(looking),
        buttons=(
            Button(codes.OPEN, looking.open, codes.READERS),
            Button(codes.PAGE, looking.turn, codes.READERS),
            Button(codes.PICTURE, looking.picture, codes.READERS),
            Button(codes.FILE, looking.file, codes.READERS),
            Button(codes.NEW, setting.new, codes.SETTERS),
            Button(codes.LIST, setting.turn, codes.SETTERS),
            Button(codes.DROP, setting.drop, codes.SETTERS),
            Button(codes.KEEPER, setting.ask_keeper, codes.SETTERS),
            Button(codes.SETTINGS, setting.settings, codes.SETTERS),
            Button(codes.REMIND, setting.tap_remind, codes.SETTERS),
            Button(codes.WEEK, setting.tap_week, codes.SETTERS),
        ),
        forms=setting.forms(),
        timers=(
            TimerKind(service.REMIND, reminding.due, rests=True),
            TimerKind(service.TELL, reminding.tell, rests=True),
            TimerKind(service.CLOSE, reminding.close),
        ),
        results=(ResultKind(codes.TOLD, reminding.told),),
        makers=(codes.DRAWN, codes.TABLE),
        audit=words.PHRASES,
    )
    return Part(offer, menu_keys=_menu)


def _menu(texts: Texts, group: Group) -> Sequence[Key]:
    return [codes.OPEN.key(texts.label(words.MENU), group)]


def _commands(looking: Looking) -> tuple[Command, ...]:
    return (
        Command(
            "quota", looking.command, words.HELP, ("/quota",), access=codes.READERS, title=words.MENU, within="announce"
        ),
        Command(
            "quota",
            setting.set_line,
            words.HELP_SET,
            words.EXAMPLES_SET,
            sub="set",
            sub_aliases=("设置", "设定"),
            access=codes.SETTERS,
            form=codes.FORM,
        ),
        Command(
            "quota",
            setting.remove,
            words.HELP_REMOVE,
            (words.EXAMPLE_REMOVE,),
            sub="remove",
            sub_aliases=("delete", "删除", "取消"),
            access=codes.SETTERS,
        ),
        Command(
            "quota",
            setting.remind,
            words.HELP_REMIND,
            ("/quota remind 3",),
            sub="remind",
            sub_aliases=("提醒",),
            access=codes.SETTERS,
        ),
        Command(
            "quota",
            setting.week,
            words.HELP_WEEK,
            (words.EXAMPLE_WEEK,),
            sub="week",
            sub_aliases=("周起始", "每周从"),
            access=codes.SETTERS,
        ),
    )

"""Recurring announcements as a part: commands, buttons, forms, and the timer of their dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements import service as announcements
from bot.announcements.handlers import codes as core_codes
from bot.announcements.handlers.part import Part
from bot.announcements.recurring import service
from bot.announcements.recurring import texts as say
from bot.announcements.recurring.handlers import codes, pages
from bot.announcements.recurring.handlers.coming import Coming, lines
from bot.announcements.recurring.handlers.forms import FORM_EVERY, Making, forms
from bot.announcements.texts import words
from bot.i18n import N_
from bot.tg.capability import Button, Capability, Command, TimerKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.announcements.handlers.work import Work
    from bot.announcements.rules.announcement import Announcement
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.effects import Key


def part(work: Work) -> Part:
    """Return the part; ``work`` does what is done with any announcement."""
    making, coming = Making(work), Coming(work.desk, work.posting)
    offer = Capability(
        announcements.NAME,
        words.TITLE,
        commands=_commands(making),
        buttons=_buttons(making),
        forms=forms(making),
        # However late, the date is looked at: the announcement it makes is judged by the group's own limit.
        timers=(TimerKind(service.TIMER, coming.due, needs=coming.needs),),
        audit=say.PHRASES,
    )
    return Part(
        offer,
        "recurring",
        draft_keys=_keys,
        desk_keys=_keys,
        lines=lines,
        decided=coming.put_away,
        withdrawn=coming.put_away,
        menu_keys=_menu,
    )


def _commands(making: Making) -> tuple[Command, ...]:
    return (
        Command(
            "announce",
            making.every,
            say.HELP_EVERY,
            (
                N_("/announce every weekday at 9:00 | Good morning, everybody!"),
                N_("/announce every month on the last Fri at 17:00 | Please hand in your hours."),
                N_("/announce every cron 30 9 * * 1-5 | Good morning, everybody!"),
            ),
            sub="every",
            sub_aliases=("重复", "循环", "每"),
            access=core_codes.PUBLISHERS,
            form=FORM_EVERY,
            takes_album=True,
        ),
        Command(
            "announce",
            making.recurring,
            say.HELP_RECURRING,
            (
                "/announce recurring",
                "/announce recurring 12",
                "/announce recurring 12 skip",
                N_("/announce recurring 12 every Tue 9:00"),
            ),
            sub="recurring",
            sub_aliases=("周期", "重复列表", "循环列表"),
            access=core_codes.PUBLISHERS,
            title=say.MENU,
            within="announce",
        ),
    )


def _buttons(making: Making) -> tuple[Button, ...]:
    publishers = core_codes.PUBLISHERS
    return (
        Button(codes.LIST, pages.turn, publishers),
        Button(codes.ONE, pages.one, publishers),
        Button(codes.NEW, making.new, publishers),
        Button(codes.REPEAT, making.repeat, publishers),
        Button(codes.PAUSE, pages.pause, publishers),
        Button(codes.PICK, pages.pick, publishers),
        Button(codes.SKIP, pages.skip, publishers),
        Button(codes.RULE, making.other_rule, publishers),
        Button(codes.END, pages.end, publishers),
    )


def _keys(texts: Texts, group: Group, item: Announcement) -> Sequence[Key]:
    return (codes.REPEAT.key(texts.label(say.REPEAT), group, item.number),)


def _menu(texts: Texts, group: Group) -> Sequence[Key]:
    return (codes.LIST.key(texts.label(say.MENU), group, 1),)

"""The regulation as a part of the rules of a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.policy.handlers.codes import SETTERS
from bot.policy.handlers.part import Part
from bot.policy.regulation.handlers import codes
from bot.policy.regulation.handlers.pages import Pages
from bot.policy.regulation.service import Nights, Regulator
from bot.policy.regulation.texts import said
from bot.policy.service.book import NAME
from bot.tg.capability import Button, Capability, Command

if TYPE_CHECKING:
    from bot.chats.service import GroupBook
    from bot.policy.handlers.sanctions import Sanctions
    from bot.policy.service.book import PolicyBook


def part(book: PolicyBook, groups: GroupBook, nights: Nights, sanctions: Sanctions | None) -> Part:
    """Return this part."""
    pages = Pages(Regulator(book, groups, nights, sanctions), sanctions)
    return Part(
        Capability(
            name=NAME,
            title=said.IMPORT_TITLE,
            commands=_commands(pages),
            buttons=(
                Button(codes.CHOICE, pages.choice, SETTERS),
                Button(codes.SHOW, pages.show, SETTERS),
                Button(codes.USE, pages.apply, SETTERS),
                Button(codes.IMPORT, pages.import_it, SETTERS),
                Button(codes.UNDO, pages.take_back, SETTERS),
            ),
            forms=(pages.form(),),
            audit=said.AUDIT,
        ),
        keys=(lambda texts, group: codes.CHOICE.key(said.use_label(texts), group),),
    )


def _commands(pages: Pages) -> tuple[Command, ...]:
    return (
        Command(
            "policy",
            pages.use,
            said.HELP_USE,
            ("/policy use", "/policy use company"),
            sub="use",
            sub_aliases=("preset", "采用", "套用", "模板"),
            access=SETTERS,
        ),
        Command(
            "policy",
            pages.export,
            said.HELP_EXPORT,
            ("/policy export",),
            sub="export",
            sub_aliases=("导出",),
            access=SETTERS,
        ),
        Command(
            "policy",
            pages.ask_file,
            said.HELP_IMPORT,
            ("/policy import",),
            sub="import",
            sub_aliases=("导入",),
            access=SETTERS,
        ),
        Command(
            "policy",
            pages.undo,
            said.HELP_UNDO,
            ("/policy undo",),
            sub="undo",
            sub_aliases=("撤销", "还原"),
            access=SETTERS,
        ),
    )

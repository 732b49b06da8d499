"""The rules of a group as a capability: what it offers to Telegram and to the house."""

from __future__ import annotations

from bot.policy.handlers import codes
from bot.policy.handlers.forms import form
from bot.policy.handlers.guard import PolicyGuard
from bot.policy.handlers.pages import Pages, purge
from bot.policy.service.book import NAME, PURGE, PolicyBook
from bot.policy.texts import words
from bot.tg.capability import Button, Capability, Command, TimerKind

__all__ = ["capability"]


def capability() -> Capability:
    """Return the capability."""
    book = PolicyBook()
    pages = Pages(book)
    return Capability(
        name=NAME,
        title=words.TITLE,
        commands=(
            Command("rules", pages.rules, words.HELP_RULES, ("/rules",), access=codes.EVERYBODY, title=words.TITLE),
            Command(
                "policy",
                pages.policy,
                words.HELP_POLICY,
                ("/policy", "/policy A1"),
                access=codes.SETTERS,
                title=words.POLICY_BUTTON,
            ),
            Command(
                "policy",
                pages.add,
                words.HELP_ADD,
                ("/policy add",),
                sub="add",
                sub_aliases=("new", "添加", "新增", "加"),
                access=codes.SETTERS,
            ),
        ),
        buttons=(
            Button(codes.LIST, pages.list, codes.SETTERS),
            Button(codes.ADD, pages.add, codes.SETTERS),
            Button(codes.SHOW, pages.show, codes.SETTERS),
            Button(codes.STATE, pages.switch, codes.SETTERS),
            Button(codes.EDIT, pages.edit, codes.SETTERS),
            Button(codes.SAMPLES, pages.samples, codes.SETTERS),
            Button(codes.REMOVE, pages.remove, codes.SETTERS),
        ),
        forms=(form(pages.finish),),
        timers=(TimerKind(PURGE, purge),),
        guards=(PolicyGuard(book),),
        audit=words.PHRASES,
    )

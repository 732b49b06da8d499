"""The rules of a group as a capability: what it offers to Telegram and to the house."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.i18n import Html
from bot.policy.handlers import codes
from bot.policy.handlers.forms import form
from bot.policy.handlers.guard import PolicyGuard
from bot.policy.handlers.pages import Pages, purge
from bot.policy.quiet.handlers import part as quiet
from bot.policy.quiet.handlers.pages import keys_on_page
from bot.policy.service.book import NAME, PURGE, PolicyBook
from bot.policy.texts import words
from bot.policy.theme import handlers as theme
from bot.tg.capability import Button, Capability, Command, DigestSection, TimerKind
from bot.tg.parts import joined

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.chats.service import GroupBook
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.policy.handlers.part import Part
    from bot.tg.context import Scope

__all__ = ["capability", "keys_on_page"]
_DIGEST_ORDER = 45


def capability(groups: GroupBook) -> Capability:
    """Return the capability."""
    parts = (quiet.part(groups), theme.part(groups))
    book = PolicyBook()
    pages = Pages(book, [part.lines for part in parts if part.lines is not None])
    core = Capability(
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
    return _with_parts(core, parts)


def _with_parts(core: Capability, parts: Sequence[Part]) -> Capability:
    return replace(joined(core, [part.offer for part in parts]), digest=_digest(core.digest, parts))


def _digest(core: DigestSection | None, parts: Sequence[Part]) -> DigestSection:
    """Return the core's lines in the digest with those of the parts below them."""

    async def render(scope: Scope, group: Group, since: datetime, until: datetime, texts: Texts) -> Html | None:
        first = None if core is None else await core.render(scope, group, since, until, texts)
        lines = [] if first is None else [first]
        for part in parts:
            if part.digest is not None:
                lines += await part.digest(scope, group, since, until, texts)
        return Html("\n").join(lines) if lines else None

    return DigestSection(_DIGEST_ORDER if core is None else core.order, render)

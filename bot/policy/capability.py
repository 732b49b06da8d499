"""The rules of a group as a capability: what it offers to Telegram and to the house."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.i18n import N_, Html
from bot.pictures.reading import CAN_READ
from bot.policy.handlers import codes
from bot.policy.handlers.adding import Adding
from bot.policy.handlers.approving import Approving
from bot.policy.handlers.editing import Editing
from bot.policy.handlers.everybody import Everybody
from bot.policy.handlers.guard import PolicyGuard
from bot.policy.handlers.pages import Pages, purge
from bot.policy.handlers.titles import RuleNames, digest
from bot.policy.quiet.handlers.pages import keys_on_page
from bot.policy.quiet.handlers.part import part as quiet
from bot.policy.quiet.rules.modes import Mode
from bot.policy.quiet.service import QuietBook
from bot.policy.regulation.handlers.part import part as regulation
from bot.policy.service.book import NAME, PURGE, PolicyBook
from bot.policy.service.scoring import load as load_model
from bot.policy.texts import words
from bot.policy.theme import handlers as theme
from bot.policy.topic.handlers.part import part as topic
from bot.tg.capability import Button, Capability, Command, DigestSection, Observer, ResultKind, TimerKind, Worker
from bot.tg.parts import joined
from bot.tg.sections import Section

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.chats.handlers.private import StartHandler
    from bot.chats.service import GroupBook
    from bot.db.engine import Tx
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId, UserId
    from bot.policy.handlers.part import Part
    from bot.policy.handlers.sanctions import Sanctions
    from bot.policy.rules.model import Model
    from bot.tg.context import Scope

__all__ = ["PolicyBook", "RuleNames", "capability", "keys_on_page", "links", "load_model", "parts"]
_DIGEST_ORDER = 45


def parts(book: PolicyBook, groups: GroupBook, sanctions: Sanctions | None = None) -> tuple[Part, ...]:
    """Return the parts; to be made once, since each keeps in memory what is set."""
    nights = QuietBook()
    return (
        quiet(groups, nights),
        theme.part(groups),
        topic(sanctions),
        regulation(book, groups, _Nights(nights), sanctions),
    )


class _Nights:
    """How quiet hours are kept, as a regulation says it."""

    modes: tuple[str, ...] = tuple(Mode)

    def __init__(self, nights: QuietBook) -> None:
        self._nights = nights

    async def mode(self, tx: Tx, group_id: GroupId) -> str:
        """Return the mode."""
        return (await self._nights.kept(tx, group_id)).house.mode

    async def set_mode(self, tx: Tx, group_id: GroupId, mode: str, by: tuple[UserId, str], now: datetime) -> None:
        """Set the mode."""
        await self._nights.change(tx, group_id, by, now, mode=Mode(mode))


def capability(
    book: PolicyBook,
    groups: GroupBook,
    parts: Sequence[Part] = (),
    sanctions: Sanctions | None = None,
    model: Model | None = None,
) -> Capability:
    """Return the capability.

    ``sanctions`` are who keeps the ladders, without whom rules have none; ``model`` is a trained one, asked about advertising.
    """
    pages = Pages(book, sanctions, [key for part in parts for key in part.keys])
    everybody = _everybody(book, parts)
    editing, adding, approving = Editing(book, sanctions, pages), Adding(book), Approving(book)
    guard = PolicyGuard(book, sanctions, groups, model)
    core = Capability(
        name=NAME,
        title=words.TITLE,
        section=Section.RULES,
        commands=_commands(everybody, editing, adding, approving),
        buttons=_buttons(pages, everybody, editing, adding, approving),
        forms=(adding.form(), adding.keep_form(), editing.form(), approving.form()),
        timers=(TimerKind(PURGE, purge),),
        results=(ResultKind(codes.DELETED, guard.deleted, shows_refused=True),),
        observers=(Observer("bot_status", guard.bot_status),),
        guards=(guard,),
        workers=(Worker("codes in pictures", guard.look),) if CAN_READ else (),
        digest=DigestSection(_DIGEST_ORDER, digest),
        audit=words.PHRASES,
    )
    return _with_parts(core, parts)


def links(book: PolicyBook, parts: Sequence[Part]) -> dict[str, StartHandler]:
    """Return what links that begin a private conversation lead to, by their first word."""
    return {codes.LINK: _everybody(book, parts).by_link}


def _everybody(book: PolicyBook, parts: Sequence[Part]) -> Everybody:
    return Everybody(book, [part.lines for part in parts if part.lines is not None])


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


def _commands(everybody: Everybody, editing: Editing, adding: Adding, approving: Approving) -> tuple[Command, ...]:
    return (
        Command("rules", everybody.rules, words.HELP_RULES, ("/rules",), access=codes.EVERYBODY, title=words.TITLE),
        Command(
            "policy",
            editing.policy,
            words.HELP_POLICY,
            (
                "/policy",
                "/policy A1",
                "/policy A1 on",
                N_("/policy A1 title No links"),
                N_("/policy A1 when Mon-Fri 22:00-7:00"),
                N_("/policy A1 ladder warning, mute 1h, ban"),
                N_("/policy A1 words + casino, lottery"),
            ),
            access=codes.SETTERS,
            title=words.POLICY_BUTTON,
        ),
        Command(
            "policy",
            adding.add,
            words.HELP_ADD,
            ("/policy add", N_("/policy add links delete")),
            sub="add",
            sub_aliases=("new", "添加", "新增", "加"),
            access=codes.SETTERS,
        ),
        Command(
            "policy",
            adding.keep,
            words.HELP_KEEP,
            (N_("/policy keep 20 for 7 days"),),
            sub="keep",
            sub_aliases=("samples", "保留", "样本"),
            access=codes.SETTERS,
            form=codes.KEEP_FORM,
        ),
        Command(
            "approve",
            approving.approve,
            words.HELP_APPROVE,
            (N_("/approve @name"), N_("/approve (as a reply to what a channel wrote)"), "/approve"),
            access=codes.SETTERS,
            title=words.APPROVED_BUTTON,
        ),
        Command(
            "unapprove", approving.unapprove, words.HELP_UNAPPROVE, (N_("/unapprove @name"),), access=codes.SETTERS
        ),
    )


def _buttons(
    pages: Pages, everybody: Everybody, editing: Editing, adding: Adding, approving: Approving
) -> tuple[Button, ...]:
    return (
        Button(codes.LIST, pages.list, codes.SETTERS),
        Button(codes.ADD, adding.tap, codes.SETTERS),
        Button(codes.SHOW, pages.show, codes.SETTERS),
        Button(codes.STATE, pages.tap_state, codes.SETTERS),
        Button(codes.ENABLE, pages.enable, codes.SETTERS),
        Button(codes.EDIT, pages.edit, codes.SETTERS),
        Button(codes.PART, editing.tap_part, codes.SETTERS),
        Button(codes.FILE, editing.tap_file, codes.SETTERS),
        Button(codes.SAMPLES, pages.samples, codes.SETTERS),
        Button(codes.REMOVE, pages.remove, codes.SETTERS),
        Button(codes.KEEP, adding.tap_keep, codes.SETTERS),
        Button(codes.APPROVED, approving.list, codes.SETTERS),
        Button(codes.APPROVE, approving.ask, codes.SETTERS),
        Button(codes.UNAPPROVE, approving.tap_unapprove, codes.SETTERS),
        Button(codes.RULES, everybody.page, codes.EVERYBODY),
    )

"""Warnings, the ladder and the ledger as a capability: what it offers to Telegram and to the house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.tg.capability import Button, Capability, CardKind, Command, DigestSection, Observer, ResultKind, TimerKind
from bot.tg.parts import joined
from bot.tg.sections import Section
from bot.violations.appeals.handlers import part as appeals
from bot.violations.appeals.service import disputed
from bot.violations.handlers import choices, codes, direct, lists
from bot.violations.handlers.face import Face
from bot.violations.handlers.heavy import Heavy
from bot.violations.handlers.ladder import Ladders
from bot.violations.handlers.leaving import Leaving
from bot.violations.handlers.many import Many
from bot.violations.handlers.naming import NoRules, Rules, RuleTitles
from bot.violations.handlers.orders import Orders
from bot.violations.handlers.removal import Removals
from bot.violations.handlers.sanctions import Sanctions
from bot.violations.handlers.undo import Undo
from bot.violations.handlers.warn import Warn
from bot.violations.ledger import handlers as ledger
from bot.violations.ledger.handlers.case import evidence_key
from bot.violations.ledger.rules.statuses import Disputed
from bot.violations.texts import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.approvals.handlers import DecisionKind
    from bot.chats.handlers.private import StartHandler
    from bot.chats.service import GroupBook
    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId
    from bot.members.roles.service import PeopleBook
    from bot.tg.context import Scope

_DIGEST_ORDER = 40


def capability(book: GroupBook, people: PeopleBook, titles: RuleTitles | None = None) -> Capability:
    """Return the capability; :func:`decision_kinds` must be handed to the approvals, and ``words.PHRASES`` to the audit log.

    ``titles`` knows the rules that a warning can name.
    """
    rules = Rules(titles or NoRules())
    removals = Removals(book, people)
    face = Face(keys=(evidence_key,), digests=(lists.digest,)) + appeals.face(book)
    orders, warn, undo = Orders(book, face), Warn(removals, rules), Undo(removals, face)
    ladders, leaving = Ladders(rules), Leaving(removals)
    heavy = Heavy(removals)
    steps, many = direct.steps(heavy, rules), Many(heavy, direct.aim)
    phrases: dict[str, str] = {}
    core = Capability(
        name=codes.NAME,
        title=words.TITLE,
        section=Section.VIOLATIONS,
        commands=_commands(warn, undo, ladders, steps),
        buttons=(
            Button(codes.UNDO, undo.button, codes.MODERATORS),
            Button(codes.RETRY, orders.retry, codes.MODERATORS),
            Button(codes.AGAIN, warn.again, codes.MODERATORS),
            Button(codes.MEANT, many.meant, codes.REMOVERS),
            Button(codes.SET_LADDER, ladders.tap_set, codes.SETTERS),
            Button(codes.DEFAULT_LADDER, ladders.tap_default, codes.SETTERS),
            Button(codes.SET_FOR, ladders.tap_set_for, codes.SETTERS),
            Button(codes.DROP_FOR, ladders.tap_drop_for, codes.SETTERS),
            Button(codes.CHOICES, choices.open_page, codes.SETTERS),
            Button(codes.CHOOSE, choices.tap, codes.SETTERS),
        ),
        forms=(warn.form(), ladders.form(), choices.form(), *(step.form() for step in steps)),
        timers=(
            TimerKind(codes.OVER, orders.over),
            TimerKind(codes.RETRY_TIMER, orders.retry_due),
            TimerKind(codes.LEAVE, leaving.time_is_up),
        ),
        results=(ResultKind(codes.RESULT, orders.answered, shows_refused=True),),
        cards=(CardKind(codes.CARD, orders.render),),
        observers=(Observer("bot_status", orders.bot_status), Observer("member", orders.member_changed)),
        digest=DigestSection(_DIGEST_ORDER, face.digest),
        audit=words.PHRASES,
        settings=(_setting(ladders), _choices()),
    )
    whole = joined(
        core, (appeals.part(book, people, removals), ledger.part(rules.known.titles, phrases, _court, face.story))
    )
    phrases.update(whole.audit)
    return whole


async def _court(tx: Tx, group_id: GroupId) -> Disputed:
    """Tell the ledger which cases are appealed against, and which were made lighter."""
    return Disputed(*await disputed(tx, group_id))


def links(book: GroupBook, people: PeopleBook) -> Mapping[str, StartHandler]:
    """Return what ``/start word-rest`` does, by word."""
    return appeals.links(book, people)


def decision_kinds(book: GroupBook, people: PeopleBook) -> dict[tuple[str, str], DecisionKind]:
    """Return what is done about decisions, for :func:`bot.approvals.handlers.capability`."""
    removals = Removals(book, people)
    return {
        (codes.NAME, codes.REMOVAL): removals.kind(),
        (codes.NAME, codes.SEVERAL): Heavy(removals).kind(),
    }


def sanctions(book: GroupBook, people: PeopleBook) -> Sanctions:
    """Return what takes the steps of ladders for breaches that the rules of a group find."""
    return Sanctions(Removals(book, people))


async def retry_refused(book: GroupBook, scope: Scope, group: Group) -> None:
    """Try refused mutes of a group again, when something else than a ``my_chat_member`` tells that the bot has the right."""
    await Orders(book).retry_refused(scope, group)


def _commands(warn: Warn, undo: Undo, ladders: Ladders, steps: Sequence[direct.Direct]) -> tuple[Command, ...]:
    return (
        Command(
            "warn",
            warn.command,
            words.HELP_WARN,
            (N_("/warn @name spam"), N_("/warn @name A3 spam"), N_("/warn (as a reply to the message)")),
            access=codes.MODERATORS,
            form=codes.FORM,
            title=words.WARN_BUTTON,
        ),
        *(step.table() for step in steps),
        Command(
            "unwarn",
            undo.command,
            words.HELP_UNWARN,
            (N_("/unwarn 12"), N_("/unwarn (as a reply to the card)")),
            access=codes.MODERATORS,
            title=words.UNWARN_BUTTON,
        ),
        Command(
            "ladder",
            ladders.show,
            words.HELP_LADDER,
            ("/ladder", "/ladder A3"),
            access=codes.EVERYBODY,
            title=words.LADDER_BUTTON,
            section=Section.RULES,
        ),
        Command(
            "ladder",
            ladders.default,
            words.HELP_DEFAULT,
            ("/ladder default", "/ladder default A3"),
            sub="default",
            sub_aliases=("reset", "默认", "恢复默认"),
            access=codes.SETTERS,
        ),
    )


def _setting(ladders: Ladders) -> Command:
    return Command(
        "ladder",
        ladders.set_by_line,
        words.HELP_SET,
        (N_("/ladder set warning, serious 1h, mute 24h, removal"), N_("/ladder set A3 no media 24h, ban")),
        sub="set",
        sub_aliases=("edit", "change", "设置", "设定", "修改"),
        access=codes.SETTERS,
        form=codes.LADDER_FORM,
        title=words.SET_BUTTON,
        section=Section.RULES,
        within="settings",
    )


def _choices() -> Command:
    return Command(
        "ladder",
        choices.settings,
        words.HELP_CHOICES,
        ("/ladder settings", N_("/ladder settings expiry 60")),
        sub="settings",
        sub_aliases=("options", "选项", "参数", "规则设置"),
        access=codes.SETTERS,
        title=words.CHOICES_BUTTON,
        section=Section.RULES,
        within="settings",
    )

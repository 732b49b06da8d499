"""``/role`` and ``/roles``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.i18n import N_, Html
from bot.kernel.roles import Right, Role
from bot.members.identity import texts as identity_texts
from bot.members.identity.handlers import as_answer, find_answer, find_target, person_question
from bot.members.identity.rules import Found, Outcome, TargetKind
from bot.members.roles import texts
from bot.members.roles.rules import GRANTABLE, role_named
from bot.tg.capability import EVERYONE, Access, Command
from bot.tg.forms import Asking, Choice, Form, Problem, Question, Reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.members.roles.service import PeopleBook
    from bot.tg.context import Context

FORM = "members.role"
_ACCESS = Access(right=Right.ROLES, fresh=True)


@dataclass(frozen=True, slots=True)
class RoleCommands:
    """The handlers, with the book they work on."""

    book: PeopleBook

    async def role(self, _update: Update, context: Context) -> None:
        """``/role @x moderator`` or a reply: ask whether to give or take."""
        target, word = await find_target(context)
        if not isinstance(target, Found):
            context.reply(identity_texts.unclear(context.texts, target))
            return
        role = role_named(word)
        if word and role is None:
            context.reply(texts.which_role(context.texts, [texts.role_name(context.texts, r) for r in GRANTABLE]))
            return
        preset = {"who": as_answer(target.user_id)} | ({} if role is None else {"role": role.value})
        await context.start_form(FORM, preset)

    async def grant(self, _update: Update, context: Context) -> None:
        """``/role grant @x moderator``."""
        await self._by_line(context, "grant")

    async def take(self, _update: Update, context: Context) -> None:
        """``/role take @x moderator``."""
        await self._by_line(context, "take")

    async def roles(self, _update: Update, context: Context) -> None:
        """``/roles``."""
        context.reply(texts.overview(context.texts, await self.book.overview(context.tx, context.group)))

    async def finish(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Do what the form was filled in for."""
        target = await find_answer(context, answers["who"])
        await self._do(context, answers["act"], target, Role(answers["role"]))

    async def _by_line(self, context: Context, act: str) -> None:
        target, word = await find_target(context)
        role = role_named(word)
        if isinstance(target, Found) and role is None:
            context.reply(texts.which_role(context.texts, [texts.role_name(context.texts, r) for r in GRANTABLE]))
            return
        await self._do(context, act, target, role or Role.VIEWER)

    async def _do(self, context: Context, act: str, target: Outcome, role: Role) -> None:
        if not isinstance(target, Found):
            context.reply(identity_texts.unclear(context.texts, target))
            return
        if target.kind in {TargetKind.CHANNEL, TargetKind.ANONYMOUS, TargetKind.THE_BOT, TargetKind.OTHER_BOT}:
            refusal = identity_texts.not_to_be_acted_on(context.texts, target.kind, target.member.name)
            if refusal is not None:
                context.reply(refusal)
            return
        change = self.book.grant if act == "grant" else self.book.take
        result = await change(context.tx, context.group, context.standing, target.member, role, context.now)
        context.reply(texts.outcome(context.texts, result, target.member))


def commands(handlers: RoleCommands) -> tuple[Command, ...]:
    """Return the commands about roles."""
    return (
        Command(
            "role", handlers.role, texts.HELP_ROLE, (N_("/role @name moderator"),), access=_ACCESS, form=FORM,
            title=texts.FORM_TITLE,
        ),
        Command(
            "role", handlers.grant, texts.HELP_GRANT, (N_("/role grant @name moderator"),), sub="grant",
            sub_aliases=("give", "授予", "给"), access=_ACCESS, form=FORM,
        ),
        Command(
            "role", handlers.take, texts.HELP_TAKE, (N_("/role take @name moderator"),), sub="take",
            sub_aliases=("revoke", "收回", "撤销"), access=_ACCESS, form=FORM,
        ),
        Command("roles", handlers.roles, texts.HELP_ROLES, ("/roles",), access=EVERYONE, title=texts.TITLE_ROLES),
    )  # fmt: skip


def form(handlers: RoleCommands) -> Form[Any]:
    """Return the form about roles."""
    return Form(
        FORM,
        texts.FORM_TITLE,
        (
            person_question("who", texts.LABEL_WHO, lambda asking: texts.ask_who(asking.texts)),
            Question("role", texts.LABEL_ROLE, _ask_role, _parse_role, choices=_role_choices, show=_show_role),
            Question("act", texts.LABEL_ACT, _ask_act, _parse_act, choices=_act_choices, show=_show_act, typed=False),
        ),
        handlers.finish,
        _ACCESS,
        confirm=True,
    )


def _ask_role(asking: Asking) -> Html:
    return texts.ask_role(asking.texts)


def _parse_role(asking: Asking, reply: Reply) -> str | Problem:
    role = role_named(reply.text)
    if role not in GRANTABLE:
        return Problem(texts.which_role(asking.texts, [texts.role_name(asking.texts, r) for r in GRANTABLE]))
    return str(role.value)


def _role_choices(asking: Asking) -> Sequence[Choice]:
    return [Choice(texts.role_name(asking.texts, role), role.value) for role in GRANTABLE]


def _show_role(asking: Asking, value: Any) -> Html:
    return Html.escape(texts.role_name(asking.texts, Role(value)))


def _ask_act(asking: Asking) -> Html:
    return texts.ask_act(asking.texts)


def _parse_act(asking: Asking, _reply: Reply) -> str | Problem:
    return Problem(texts.ask_act(asking.texts))


def _act_choices(asking: Asking) -> Sequence[Choice]:
    return [Choice(asking.texts.label(texts.GRANT), "grant"), Choice(asking.texts.label(texts.TAKE), "take")]


def _show_act(asking: Asking, value: Any) -> Html:
    return Html.escape(asking.texts.label(texts.GRANT if value == "grant" else texts.TAKE))

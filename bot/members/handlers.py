"""Who comes and goes, ``/member`` and ``/members``, and the capability as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.kernel.ids import UserId
from bot.kernel.roles import Right
from bot.members import service, texts
from bot.members.identity import texts as identity_texts
from bot.members.identity.handlers import find_target
from bot.members.identity.rules import Found, Missing, TargetKind
from bot.members.roles import handlers as roles
from bot.members.roles import texts as role_texts
from bot.members.roles.service import CAPABILITY, REFRESH, REFRESH_AFTER
from bot.members.rules import Member, MoveKind, Presence
from bot.members.service import Directory
from bot.tg.access import learn_admins
from bot.tg.aside import step_aside
from bot.tg.capability import Access, Capability, Command, Due, Observer, TimerKind
from bot.tg.needs import AdministratorsNeed, CountNeed
from bot.tg.sections import Section
from bot.timers import service as timers

if TYPE_CHECKING:
    from telegram import Update

    from bot.members.roles.service import PeopleBook
    from bot.tg import envelope as env
    from bot.tg.context import Context, Scope
    from bot.tg.needs import Need
    from bot.tg.ports import Groups

_VIEWERS = Access(right=Right.VIEW)


@dataclass(frozen=True, slots=True)
class _Members:
    """The handlers, with the book they work on."""

    book: PeopleBook

    async def member_changed(self, scope: Scope, update: env.Update) -> None:
        """Take in a ``chat_member`` update."""
        change = update.chat_member
        group = scope.group_in(change.chat.id) if change else None
        if change is None or group is None:
            return
        read = await service.membership_changed(scope.tx, group, change, scope.now)
        await self.book.note_change(scope.tx, group, UserId(change.new_chat_member.user.id), read, scope.now)
        if read.presence is Presence.REMOVED:
            member = Member(service.person_of(change.new_chat_member.user), Presence.REMOVED)
            await self.book.drop_roles(scope.tx, group, member, UserId(change.from_.id), scope.now)

    async def joined(self, scope: Scope, update: env.Update) -> None:
        """Take in a service message about new members, where no ``chat_member`` update told of them."""
        message = update.message
        group = scope.group_in(message.chat.id) if message else None
        if message is not None and group is not None:
            await service.came_by_message(scope.tx, group, message, scope.now)

    async def left(self, scope: Scope, update: env.Update) -> None:
        """Take in a service message about somebody who left, where no ``chat_member`` update told of it."""
        message = update.message
        group = scope.group_in(message.chat.id) if message else None
        user = message.left_chat_member if message else None
        if message is None or group is None or user is None or user.id == scope.bot_id:
            return
        move = await service.went_by_message(scope.tx, group, message, scope.now)
        if move is not None and move.kind is MoveKind.REMOVED:
            member = Member(service.person_of(user), Presence.REMOVED)
            await self.book.drop_roles(scope.tx, group, member, move.by, scope.now)

    async def bot_status(self, scope: Scope, update: env.Update) -> None:
        """Have the administrators asked for anew when the bot itself was added, promoted or demoted."""
        change = update.my_chat_member
        group = scope.group_in(change.chat.id) if change else None
        if group is not None:
            await self.book.expect_admins(scope.tx, group, scope.now)

    async def member(self, _update: Update, context: Context) -> None:
        """``/member @x``: the card of a person, where managers read; bare, one's own."""
        target, rest = await find_target(context)
        if isinstance(target, Missing) and not rest:
            known = await service.member(context.tx, context.group.id, context.actor.user_id)
            if known is None:
                context.reply(identity_texts.unclear(context.texts, target))
                return
            target = Found(known, TargetKind.ONESELF)
        if not isinstance(target, Found):
            context.reply(identity_texts.unclear(context.texts, target))
        elif target.kind in {TargetKind.ANONYMOUS, TargetKind.CHANNEL, TargetKind.THE_BOT}:
            context.reply(
                identity_texts.not_to_be_acted_on(context.texts, target.kind, target.member.name)
                or identity_texts.how_to_name(context.texts)
            )
        else:
            if target.kind is not TargetKind.ONESELF:
                await step_aside(context)
            await self._show(context, target.member)

    async def _show(self, context: Context, member: Member) -> None:
        held = await self.book.roles_of(context.tx, context.group, member.user_id)
        added_by = None
        if member.added_by is not None:
            added_by = (await service.persons(context.tx, [member.added_by]))[member.added_by]
        names = [role_texts.role_name(context.texts, role) for role in sorted(held)]
        title = role_texts.admin_title(context.texts, member)
        context.reply(texts.card(context.texts, member, names, title, added_by))

    async def members(self, _update: Update, context: Context) -> None:
        """``/members``: how many are known."""
        context.reply(texts.counts(context.texts, await self.book.counts(context.tx, context.group)))


def refreshing(book: PeopleBook, groups: Groups) -> TimerKind:
    """Return the timer that has a group's administrators, and the number of its members, asked for at least daily."""

    def who_administers(due: Due) -> list[Need]:
        group = groups.by_id(due.group_id) if due.group_id is not None else None
        if group is None or not group.active:
            return []
        return [AdministratorsNeed(group.chat_id), CountNeed(group.chat_id)]

    async def refresh(scope: Scope, due: Due) -> None:
        group = scope.group(due.group_id) if due.group_id is not None else None
        if group is not None and group.active:
            await timers.set_timer(scope.tx, CAPABILITY, REFRESH, due.key, scope.now + REFRESH_AFTER, group.id)
            await learn_admins(scope, group)
            count = scope.answers.get(CountNeed(group.chat_id))
            if isinstance(count, bytes):
                await book.note_count(scope.tx, group, int(count))

    return TimerKind(REFRESH, refresh, needs=who_administers)


def capability(book: PeopleBook, groups: Groups, directory: Directory | None = None) -> Capability:
    """Return the directory and roles; ``book`` and ``groups`` are the same that the engine has as its ports."""
    handlers = _Members(book)
    role_handlers = roles.RoleCommands(book)
    return Capability(
        name=CAPABILITY,
        title=texts.TITLE,
        section=Section.MEMBERS,
        commands=(
            Command("member", handlers.member, texts.HELP_MEMBER, (N_("/member @name"), "/member"), access=_VIEWERS),
            Command("members", handlers.members, texts.HELP_MEMBERS, ("/members",), access=_VIEWERS, title=texts.TITLE),
            *roles.commands(role_handlers),
        ),
        forms=(roles.form(role_handlers),),
        observers=(
            Observer("member", handlers.member_changed),
            Observer("joined", handlers.joined),
            Observer("left", handlers.left),
            Observer("bot_status", handlers.bot_status),
        ),
        timers=(refreshing(book, groups),),
        watchers=(directory or Directory(),),
        audit=role_texts.AUDIT_PHRASES,
    )

"""The bot is added, removed, or given rights; the guided start; the chat changes its id or title."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.chats.handlers import codes
from bot.chats.handlers.common import by, cards_follow, grid, language_keys, private_link, tell_managers, zone_keys
from bot.chats.handlers.moving import Moves
from bot.chats.handlers.rights import standing_from, standing_of
from bot.chats.rules.profile import (
    BotChange,
    BotNews,
    By,
    PlaceKind,
    Presence,
    is_present,
    lacking_rights,
    report_rights,
)
from bot.chats.rules.zones import is_zone
from bot.chats.texts import settings as say_settings
from bot.chats.texts import setup as say
from bot.i18n import available_locales
from bot.kernel.ids import ChatId, UserId

if TYPE_CHECKING:
    from telegram import Update

    from bot.chats.rules.profile import Profile
    from bot.chats.service import GroupBook
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg import envelope as env
    from bot.tg.capability import Due
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Keyboard

ANSWERS_SERVE = timedelta(minutes=1)
"""How old an answer about administrators may be; what an update told since must not be overwritten by it."""


@dataclass(frozen=True, slots=True)
class Setup:
    """The observers and the buttons of the guided start."""

    book: GroupBook
    moves: Moves

    # What happens to the bot

    async def on_bot_status(self, scope: Scope, update: env.Update) -> None:
        """Take in a change of the bot's own membership in a group."""
        change = update.my_chat_member
        if change is None or change.chat.type not in {"group", "supergroup"}:
            return
        old, new = change.old_chat_member, change.new_chat_member
        reported = BotChange(
            was_in=is_present(old.status, is_member=old.is_member),
            is_in=is_present(new.status, is_member=new.is_member),
            standing=standing_of(new, scope.now),
            by=By(UserId(change.from_.id), scope.now, change.from_.name),
            language=change.from_.language_code,
        )
        await self._tell(scope, await self.book.bot_changed(scope.tx, change.chat, reported))

    async def _tell(self, scope: Scope, news: BotNews) -> None:
        group = news.group
        texts = scope.texts(group)
        if news.kind is Presence.ADDED and news.set_up:
            scope.send(group.chat_id, say.back_again(texts, group, news.lacking))
        elif news.kind is Presence.ADDED:
            html = say.welcome(texts, group, news.lacking, scope.now)
            scope.send(group.chat_id, html, self._keys(texts, scope, group))
        elif news.kind is Presence.REMOVED:
            await self._tell_removed(scope, group)
        elif news.lost:
            await tell_managers(self.book, scope, group, lambda own: say.rights_lost(own, group, news.lost))
        elif news.gained and not news.set_up:
            scope.send(group.chat_id, say.rights_gained(texts, group, news.lacking))

    async def _tell_removed(self, scope: Scope, group: Group) -> None:
        place = await self.book.place_to_tell(scope.tx, group)
        if place.kind is PlaceKind.GROUP:
            return
        texts = await self.book.texts_at(scope.tx, place, group, scope.ports.people)
        scope.send(place.chat_id, say.removed(texts, group))

    async def on_private(self, scope: Scope, update: env.Update) -> None:
        """Take in that a person started or blocked the bot."""
        change = update.my_chat_member
        if change is None:
            return
        if is_present(change.new_chat_member.status):
            await self.book.mark_reachable(scope.tx, UserId(change.chat.id))
        else:
            await self.book.mark_unreachable(scope.tx, UserId(change.chat.id))

    # What happens to the chat

    async def on_migrated(self, scope: Scope, update: env.Update) -> None:
        """Take in that a group has become a supergroup, from whichever of the two messages comes first."""
        message = update.message
        if message is None:
            return
        old = ChatId(message.migrate_from_chat_id or message.chat.id)
        await self.moves.move(scope, old, ChatId(message.migrate_to_chat_id or message.chat.id))

    async def on_renamed(self, scope: Scope, update: env.Update) -> None:
        """Take over a new title."""
        message = update.message
        if message is None:
            return
        group = await self.book.admit(scope.tx, message.chat, scope.now)
        who = message.from_
        await self.book.sync(
            scope.tx, group, message.chat, By(UserId(who.id) if who else None, scope.now, who.name if who else "")
        )

    @staticmethod
    async def redraw(scope: Scope, due: Due) -> None:
        """Draw a group's live cards anew after its language or zone changed."""
        group = scope.group(due.group_id) if due.group_id is not None else None
        if group is not None and group.active:
            await scope.cards.group_changed(group)

    # The buttons of the guided start

    async def choose_language(self, _update: Update, context: Context, locale: str) -> None:
        """Set the language and show the message in it."""
        if locale not in available_locales():
            context.toast(say_settings.stale(context.texts))
            return
        await cards_follow(context, await self.book.set_locale(context.tx, context.group.id, locale, by(context)))
        await self._show(context)

    async def choose_zone(self, _update: Update, context: Context, zone: str) -> None:
        """Set the zone and show it."""
        if not is_zone(zone):
            context.toast(say_settings.stale(context.texts))
            return
        await cards_follow(context, await self.book.set_zone(context.tx, context.group.id, zone, by(context)))
        await self._show(context)

    async def check_rights(self, _update: Update, context: Context) -> None:
        """Look at the rights again."""
        profile = await self.learn_rights(context)
        if profile is None:
            context.toast(say.not_checked(context.texts))
            return
        context.toast(say.checked(context.texts, lacking_rights(profile.group, profile.bot)))
        await self._show(context)

    async def done(self, _update: Update, context: Context) -> None:
        """End the guided start."""
        await self.book.set_up(context.tx, context.group.id, by(context))
        profile = await self.book.profile(context.tx, context.group.id)
        missing = lacking_rights(profile.group, profile.bot)
        texts = context.scope.texts(profile.group)
        context.edit(say.finished(texts, profile.group, missing, context.now))

    async def learn_rights(self, context: Context) -> Profile | None:
        """Store what Telegram was asked about the bot's rights; None if it gave no answer."""
        standing = standing_from(context.scope, context.group)
        if standing is None:
            return None
        known = await self.book.profile(context.tx, context.group.id)
        told = known.bot.at if known.bot.rights is not None else None
        if told is not None and context.now - told < ANSWERS_SERVE:
            return known
        return await self.book.set_bot_standing(context.tx, context.group.id, standing, context.now)

    async def _show(self, context: Context) -> None:
        profile = await self.book.profile(context.tx, context.group.id)
        texts = context.scope.texts(profile.group)
        missing = report_rights(profile.group, profile.bot)
        html = say.welcome(texts, profile.group, missing, context.now)
        context.edit(html, self._keys(texts, context.scope, profile.group))

    @staticmethod
    def _keys(texts: Texts, scope: Scope, group: Group) -> Keyboard:
        return grid(
            (language_keys(group, codes.SETUP_LANGUAGE), 2),
            (zone_keys(texts, group, codes.SETUP_ZONE, scope.now), 2),
            ([codes.SETUP_CHECK.key(say.check_label(texts), group), private_link(texts, scope, group)], 2),
            ([codes.SETUP_DONE.key(say.done_label(texts), group)], 1),
        )

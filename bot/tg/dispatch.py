"""From a PTB update to a capability's handler: which command or button, which group, who, and may they."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.i18n import SOURCE_LOCALE, Html, Texts, texts_for
from bot.kernel.ids import GroupId, UserId
from bot.kernel.roles import Right
from bot.tg import access as acc
from bot.tg import albums, turn_store
from bot.tg import texts as say
from bot.tg.buttons import NO_GROUP, BadButton, ButtonCode, rows, split
from bot.tg.capability import EVERYONE, Button, Places
from bot.tg.lines import CommandLine, read_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram.ext import BaseHandler

    from bot.kernel.groups import Group
    from bot.kernel.roles import Standing
    from bot.tg.application import TurnApplication
    from bot.tg.capability import Access, Command
    from bot.tg.context import Context
    from bot.tg.forms.engine import FormEngine
    from bot.tg.tables import Tables

HOLD = timedelta(minutes=30)
"""How long a command waits for somebody to say who they are or which group they mean."""
WHO = ButtonCode("h.me", (int,))
WHICH = ButtonCode("h.g", (int,))


class Dispatcher:
    """Routes what is said to the bot. Every way to a handler leads through :meth:`_admit`."""

    def __init__(self, tables: Tables, forms: FormEngine, application: TurnApplication) -> None:
        self._application = application
        self._tables = tables
        self._forms = forms
        for button in (Button(WHO, self._confirm_who), Button(WHICH, self._choose_group)):
            self._tables.buttons[button.code.code] = button

    def handlers(self) -> list[BaseHandler[Update, Context, None]]:
        """Return PTB's handlers, in the order in which they are tried."""
        new = filters.UpdateType.MESSAGE
        return [
            CallbackQueryHandler(self.on_button),
            MessageHandler(new & (filters.COMMAND | filters.CaptionRegex(r"^/\w")), self.on_command),
            MessageHandler(new, self.on_message),
        ]

    # What comes in

    async def on_command(self, update: Update, context: Context) -> None:
        """Run the command a message begins with, or hold it for a question."""
        message = update.message
        line = read_line(message) if message is not None else None
        if line is None:
            return
        if line.bot and line.bot.casefold() != context.scope.bot_username.casefold():
            return
        spoken = context.spoken
        source = spoken.update.message
        if source is not None and acc.is_channel(source) and not source.is_automatic_forward:
            if line.bot:
                context.reply(say.channels_cannot(await self._place_texts(context)))
            return
        found = self._tables.command(line.name, line.rest)
        if message is not None and message.media_group_id is not None:
            await albums.take(context.tx, spoken.chat_id, message.media_group_id)
        if found is None:
            await self._unknown(context, line)
            return
        command, rest = found
        await self._admit_command(update, context, command, rest)

    async def on_button(self, update: Update, context: Context) -> None:
        """Run what a tapped button stands for."""
        query = update.callback_query
        if query is None:
            return
        try:
            code, group_id, parts = split(query.data or "")
            button = self._tables.buttons.get(code)
            if button is None:
                raise BadButton(code)
            values = button.code.read(parts)
        except BadButton:
            context.toast(say.stale_button(await self._place_texts(context)))
            return
        if await self._admit_button(context, button, group_id):
            context.spoken.page = self._tables.pages.get(code)
            await button.run(update, context, *values)

    async def on_message(self, update: Update, context: Context) -> None:
        """Take a message that is no command: an answer to a form, or, in private, words we did not expect."""
        spoken = context.spoken
        spoken.texts = await self._place_texts(context)
        if await self._forms.answer(update, context) or await self._answer_card(update, context):
            return
        if await self._goes_on(update, context):
            return
        if await self._hear(update, context):
            return
        if spoken.private and update.message is not None and update.message.from_user is not None:
            context.reply(say.say_menu(spoken.texts))

    @staticmethod
    async def _goes_on(update: Update, context: Context) -> bool:
        """Say whether a message only goes on with an album that was taken: it says nothing more."""
        album = update.message.media_group_id if update.message is not None and not context.spoken.held else None
        return album is not None and await albums.is_taken(context.tx, context.spoken.chat_id, album)

    async def _hear(self, update: Update, context: Context) -> bool:
        """Hand what is written in private to whoever may know what it means."""
        if not context.private:
            return False
        for heard in self._tables.heard:
            if await heard(update, context):
                return True
        return False

    async def _answer_card(self, update: Update, context: Context) -> bool:
        """Hand an answer to a live message to whoever shows it there; False when it is none, or nobody listens."""
        spoken, message = context.spoken, context.spoken.update.message
        replied = message.reply_to_message if message is not None else None
        if message is None or replied is None or replied.from_ is None or replied.from_.id != context.scope.bot_id:
            return False
        card = await context.scope.cards.shown_by(context.tx, spoken.chat_id, replied.message_id)
        kind = self._tables.cards.get(card.kind) if card is not None else None
        group = context.scope.group(card.group_id) if card is not None else None
        if card is None or kind is None or kind.answered is None or group is None:
            return False
        await self._mean(context, group)
        spoken.standing = await acc.standing_of(context.scope, group, spoken.actor.user_id, EVERYONE)
        if message.media_group_id is not None and kind.takes_album:
            if await self._goes_on(update, context):
                return True
            await albums.take(context.tx, spoken.chat_id, message.media_group_id)
            if await context.waits_for_album():
                return True
        return await kind.answered(update, context, card.key)

    async def run_path(self, update: Update, context: Context, path: str) -> None:
        """Run a command by its stable name as if it had been typed bare (the menu's buttons).

        :raises KeyError: if there is no such command; a programming error.
        """
        command = self._tables.by_path(path)
        if command is None:
            raise KeyError(path)
        await self._admit_command(update, context, command, "")

    # Who, where, which group

    async def _place_texts(self, context: Context) -> Texts:
        spoken = context.spoken
        group = spoken.group or spoken.scope.ports.groups.by_chat(spoken.chat_id)
        if not spoken.private:
            return spoken.scope.texts(group) if group else texts_for(SOURCE_LOCALE, "UTC")
        return await spoken.scope.texts_of(spoken.actor.user_id, group, spoken.actor.language_code)

    async def _unknown(self, context: Context, line: CommandLine) -> None:
        spoken = context.spoken
        texts = await self._place_texts(context)
        subs = self._tables.sub_words(line.name)
        if subs:
            word = line.rest.split(maxsplit=1)[0] if line.rest else ""
            context.reply(say.unknown_sub(texts, line.name, word, subs))
        elif spoken.private or line.bot:
            context.reply(say.unknown_command(texts, f"/{line.name}"))

    async def _admit_command(self, update: Update, context: Context, command: Command, rest: str) -> None:
        spoken = context.spoken
        name = f"/{command.name}" + (f" {command.sub}" if command.sub else "")
        spoken.texts = await self._place_texts(context)
        wrong = acc.wrong_place(command.access, private=spoken.private)
        if wrong is Places.GROUP:
            context.reply(say.group_only(spoken.texts, name))
            return
        if wrong is Places.PRIVATE:
            context.reply(say.private_only(spoken.texts, name, context.scope.bot_username))
            return
        spoken.args_text = rest
        if await self._hold_for_who(context, command.access) or await self._hold_for_group(context, command.access):
            return
        if not await self.check(context, command.access):
            return
        if command.form is not None and not rest and not self._brings_more(context, command):
            await self._forms.start(context, command.form, {})
        elif not (command.takes_album and await context.waits_for_album()):
            await command.run(update, context)

    @staticmethod
    def _brings_more(context: Context, command: Command) -> bool:
        """Say whether a bare command answers a message, or comes with a file that it takes: no form has to ask."""
        message = context.spoken.update.message
        if context.spoken.callback_id is not None or message is None:
            return False
        return message.reply_to_message is not None or (command.takes_file and message.document is not None)

    async def _admit_button(self, context: Context, button: Button, group_id: int) -> bool:
        spoken = context.spoken
        if group_id == NO_GROUP:
            spoken.texts = await self._place_texts(context)
            if button.access.needs_group:
                context.toast(say.stale_button(spoken.texts))
                return False
            return True
        group = context.scope.group(group_id)
        if group is None or (not spoken.private and spoken.chat_id not in {group.chat_id, group.managers_chat_id}):
            spoken.texts = await self._place_texts(context)
            context.toast(say.foreign_button(spoken.texts), alert=True)
            return False
        # Who they are is read together with their language: first, so that it is not asked for by itself.
        standing = await acc.standing_of(context.scope, group, spoken.actor.user_id, button.access)
        await self._mean(context, group)
        spoken.standing = standing
        return self._may(context, button.access, standing)

    async def check(self, context: Context, access: Access) -> bool:
        """Say whether the speaker may; if not, they have been told."""
        spoken = context.spoken
        if spoken.group is None:
            return True
        if access.fresh or spoken.standing is None:
            spoken.standing = await acc.standing_of(context.scope, spoken.group, spoken.actor.user_id, access)
        return self._may(context, access, spoken.standing)

    @staticmethod
    def _may(context: Context, access: Access, standing: Standing) -> bool:
        """Say whether somebody who is this may; if not, they have been told."""
        spoken = context.spoken
        missing = acc.lacks(access, standing, private=spoken.private)
        if missing is None:
            return True
        text = say.not_a_member(spoken.texts)
        if missing.right is not None:
            text = say.no_right(spoken.texts, missing.right, access.instead)
        context.toast(text, alert=True)
        return False

    async def _mean(self, context: Context, group: Group) -> None:
        spoken = context.spoken
        spoken.group = group
        spoken.standing = None
        if spoken.private:
            spoken.texts = await context.scope.texts_of(spoken.actor.user_id, group, spoken.actor.language_code)
        else:
            spoken.texts = context.scope.texts(group)

    # Commands that must wait for an answer

    async def _hold_for_who(self, context: Context, access: Access) -> bool:
        """Hold a command written in the group's name until an administrator confirms it."""
        spoken = context.spoken
        message = spoken.update.message
        if access.right is None or spoken.callback_id is not None or spoken.confirmed:
            return False
        if message is None or not acc.is_anonymous_admin(message):
            return False
        group = spoken.group
        held = await turn_store.hold(
            context.tx, spoken.raw, spoken.chat_id, None, group.id if group else None, context.now + HOLD
        )
        key = WHO.key(say.who_are_you_button(spoken.texts), group or NO_GROUP, held)
        context.reply(say.who_are_you(spoken.texts), rows((key,)))
        return True

    async def _hold_for_group(self, context: Context, access: Access) -> bool:
        """Find the group a command means; hold it and ask where that is open."""
        spoken = context.spoken
        if not access.needs_group or spoken.chosen:
            return False
        groups = spoken.scope.ports.groups
        managed = () if spoken.private else groups.managed_from(spoken.chat_id)
        if not spoken.private and not managed:
            return spoken.group is None
        if spoken.private:
            focus = await groups.focus(context.tx, spoken.actor.user_id)
            group = context.scope.group(focus) if focus is not None else None
            if group is not None:
                await self._mean(context, group)
                spoken.names_group = groups.chose_focus(context.tx, spoken.actor.user_id)
                return False
        choices = managed or await groups.groups_of(context.tx, spoken.actor.user_id)
        if len(choices) == 1:
            await self._mean(context, choices[0])
            return False
        await self._ask_group(context, choices)
        return True

    async def _ask_group(self, context: Context, choices: Sequence[Group]) -> None:
        spoken = context.spoken
        if not choices:
            context.reply(say.no_groups(spoken.texts, context.scope.bot_username))
            return
        held = await turn_store.hold(
            context.tx, spoken.raw, spoken.chat_id, spoken.actor.user_id, None, context.now + HOLD
        )
        keys = [(WHICH.key(group.title[:60], group, held),) for group in choices[:50]]
        context.reply(say.which_group(spoken.texts), rows(*keys))

    async def _confirm_who(self, _update: Update, context: Context, held_id: int) -> None:
        """An administrator says that a command written in the group's name is theirs."""
        held = await turn_store.peek_held(context.tx, held_id)
        if held is None or held.expires_at < context.now or held.chat_id != context.spoken.chat_id:
            context.toast(say.held_is_gone(context.texts), alert=True)
            return
        if not context.standing.is_admin:
            context.toast(say.no_right(context.texts, Right.VIEW), alert=True)
            return
        await turn_store.take_held(context.tx, held_id)
        context.edit(say.confirmed(context.texts, context.actor.name))
        await self._again(context, held, None)

    async def _choose_group(self, _update: Update, context: Context, held_id: int) -> None:
        """The person says which group they mean; it is remembered for their private conversation."""
        held = await turn_store.peek_held(context.tx, held_id)
        if held is None or held.expires_at < context.now or held.chat_id != context.spoken.chat_id:
            context.toast(say.held_is_gone(context.texts), alert=True)
            return
        if held.user_id is not None and held.user_id != context.actor.user_id:
            context.toast(say.not_for_you(context.texts), alert=True)
            return
        await turn_store.take_held(context.tx, held_id)
        if context.private:
            await context.scope.ports.groups.set_focus(context.tx, context.actor.user_id, context.group.id)
        context.edit(Html("<b>{}</b>").format(context.group.title))
        await self._again(context, held, context.group.id)

    async def _again(self, context: Context, held: turn_store.Held, group_id: GroupId | None) -> None:
        """Run a held command as it came, with the person who tapped as its speaker."""
        context.toast_empty()
        original = self._application.update_of(held.raw)
        message = original.message
        line = read_line(message) if message is not None else None
        found = self._tables.command(line.name, line.rest) if line is not None else None
        if found is None or message is None:
            return
        before = context.spoken
        again = self._application.spoken_of(held.raw, before.scope)
        context.spoken = replace(again, actor=before.actor, confirmed=True, chosen=group_id is not None)
        if group_id is not None:
            context.spoken.group, context.spoken.standing = before.group, None
        try:
            await self._admit_command(original, context, *found)
        finally:
            context.spoken = before


def speaker_id(update: Update) -> UserId | None:
    """Return the id of the account behind an update."""
    return UserId(update.effective_user.id) if update.effective_user else None

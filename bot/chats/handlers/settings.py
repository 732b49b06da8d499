"""The settings page and its buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.chats.handlers import codes
from bot.chats.handlers.common import by, cards_follow, grid, language_keys, zone_changed, zone_keys
from bot.chats.rules.profile import PURPOSES, lacking_rights, report_rights
from bot.chats.rules.typed import Off, Unclear, read_quiet, read_topic, spans_of
from bot.chats.rules.zones import is_zone
from bot.chats.texts import settings as say
from bot.chats.texts import setup as say_setup
from bot.i18n import Html, available_locales
from bot.kernel.ids import ThreadId
from bot.tg.capability import Command

if TYPE_CHECKING:
    from telegram import Update

    from bot.chats.handlers.common import MoreKeys, Rezoned
    from bot.chats.handlers.setup import Setup
    from bot.chats.rules.profile import Profile
    from bot.chats.service import GroupBook
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context
    from bot.tg.effects import Key, Keyboard

PRESETS = ("22.00-07.30", "23.00-07.00", "23.30-07.30")
FORMS = {"zone": "timezone", "quiet": "quiet", "holidays": "holidays", "label": "label"}
"""The form behind each page that has something to type."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting on one page; ``extra`` names other capabilities' commands that belong there."""

    book: GroupBook
    setup: Setup
    extra: Callable[[], Sequence[Command]]
    rezoned: Sequence[Rezoned] = ()
    more_quiet: MoreKeys = lambda _texts, _group: ()

    async def settings(self, _update: Update, context: Context) -> None:
        """``/settings``: the page, after a look at the chat as it is now."""
        chat = context.spoken.update.chat
        if chat is not None and chat.id == context.group.chat_id:
            await self.book.sync(context.tx, context.group, chat, by(context))
        profile = await self.setup.learn_rights(context) or await self.book.profile(context.tx, context.group.id)
        context.reply(self._page(context, profile), self._keys(context, profile.group))

    async def page(self, _update: Update, context: Context, key: str) -> None:
        """Show one page."""
        profile = await self.book.profile(context.tx, context.group.id)
        await self.show(context, profile, key)

    async def show(self, context: Context, profile: Profile, key: str) -> None:
        """Put a page in the place of the tapped message."""
        texts, group = context.texts, profile.group
        if key not in say.PAGE_NAMES:
            context.edit(self._page(context, profile), self._keys(context, group))
            return
        html, keys = self._one(texts, context, group, key)
        back = codes.PAGE.key(say.back_label(texts), group, "home")
        context.edit(html, grid(*keys, ([back], 1)))

    async def start_form(self, _update: Update, context: Context, key: str) -> None:
        """Ask for a setting by typing."""
        if key not in FORMS:
            context.toast(say.stale(context.texts))
            return
        await context.start_form(FORMS[key])

    async def more(self, update: Update, context: Context, number: int) -> None:
        """Open another capability's setting."""
        commands = self.extra()
        command = commands[number] if 0 <= number < len(commands) else None
        if command is None:
            context.toast(say.stale(context.texts))
        elif not context.standing.may(command.access.right):
            context.toast(say.may_not(context.texts), alert=True)
        elif command.form is not None:
            await context.start_form(command.form)
        else:
            await command.run(update, context)

    async def check_rights(self, _update: Update, context: Context) -> None:
        """Look at the rights again."""
        profile = await self.setup.learn_rights(context)
        if profile is None:
            context.toast(say_setup.not_checked(context.texts))
            return
        context.toast(say_setup.checked(context.texts, lacking_rights(profile.group, profile.bot)))
        await self.show(context, profile, "home")

    # Setting by a tap

    async def set_zone(self, _update: Update, context: Context, zone: str) -> None:
        """Set the zone."""
        if not is_zone(zone):
            context.toast(say.stale(context.texts))
            return
        group = await self.book.set_zone(context.tx, context.group.id, zone, by(context))
        context.edit(await zone_changed(context, group, self.rezoned), self._back(context, group))

    async def set_language(self, _update: Update, context: Context, locale: str) -> None:
        """Set the group's language."""
        if locale not in available_locales():
            context.toast(say.stale(context.texts))
            return
        group = await self.book.set_locale(context.tx, context.group.id, locale, by(context))
        await cards_follow(context, group)
        html = say.language_set(context.scope.texts(group), locale, private=False)
        context.edit(html, self._back(context, group))

    async def set_quiet(self, _update: Update, context: Context, typed: str) -> None:
        """Set or switch off quiet hours."""
        read = read_quiet(typed)
        if isinstance(read, Unclear):
            context.toast(say.stale(context.texts))
            return
        hours = () if isinstance(read, Off) else read
        await self.book.set_quiet(context.tx, context.group.id, hours, by(context))
        await self.show(context, await self.book.profile(context.tx, context.group.id), "quiet")

    async def remove_holiday(self, _update: Update, context: Context, first: str, last: str) -> None:
        """Take a span of holidays away."""
        try:
            start, end = date.fromisoformat(first), date.fromisoformat(last)
        except ValueError:
            context.toast(say.stale(context.texts))
            return
        gone = [day for day in context.group.holidays if start <= day <= end]
        await self.book.remove_holidays(context.tx, context.group.id, gone, by(context))
        await self.show(context, await self.book.profile(context.tx, context.group.id), "holidays")

    async def set_topic(self, _update: Update, context: Context, purpose: str, thread: int) -> None:
        """Set a topic aside, or take it back; only the topic the button stands in can be set."""
        read = read_topic(purpose)
        here = context.spoken.thread_id or 0
        if isinstance(read, Unclear) or thread not in {0, here}:
            context.toast(say.stale(context.texts))
            return
        await self.book.set_topic(
            context.tx, context.group.id, read[0], ThreadId(thread) if thread else None, by(context)
        )
        await self.show(context, await self.book.profile(context.tx, context.group.id), "topics")

    async def unlink(self, _update: Update, context: Context) -> None:
        """Take the managers' chat away from the group."""
        await self.book.set_managers_chat(context.tx, context.group.id, None, by(context))
        await self.show(context, await self.book.profile(context.tx, context.group.id), "managers")

    # Pages

    def _managers(self, group: Group) -> Group | None:
        return None if group.managers_chat_id is None else self.book.by_chat(group.managers_chat_id)

    def _page(self, context: Context, profile: Profile) -> Html:
        group = profile.group
        return say.page(context.texts, group, report_rights(group, profile.bot), self._managers(group), context.now)

    def _keys(self, context: Context, group: Group) -> Keyboard:
        texts = context.texts
        names = [key for key in say.PAGE_NAMES if key != "topics" or group.is_forum]
        pages = [codes.PAGE.key(say.page_label(texts, key), group, key) for key in names]
        extra = [
            codes.EXTRA.key(texts.label(command.title), group, number)
            for number, command in enumerate(self.extra())
            if command.title is not None and context.standing.may(command.access.right)
        ]
        return grid((pages, 2), (extra, 2), ([codes.CHECK.key(say_setup.check_label(texts), group)], 1))

    def _back(self, context: Context, group: Group) -> Keyboard:
        return grid(([codes.PAGE.key(say.back_label(context.texts), group, "home")], 1))

    def _one(
        self, texts: Texts, context: Context, group: Group, key: str
    ) -> tuple[Html, Sequence[tuple[list[Key], int]]]:
        form = [codes.FORM.key(say.other_label(texts), group, key)]
        match key:
            case "language":
                return say.ask_language(texts, group), [(language_keys(group, codes.LANGUAGE), 2)]
            case "zone":
                keys = zone_keys(texts, group, codes.ZONE, context.now)
                return say.ask_zone(texts, group, context.now), [(keys, 2), (form, 1)]
            case "quiet":
                more = list(self.more_quiet(texts, group))
                html = say.quiet_page(texts, group, context.now)
                return html, [(_quiet_keys(texts, group), 2), (form, 1), (more, 1)]
            case "holidays":
                return say.holidays_page(texts, group), [(holiday_keys(texts, group), 1)]
            case "topics":
                return topics_page(texts, group, context.spoken.thread_id)
            case "managers":
                unlink = [codes.UNLINK.key(say.unlink_label(texts), group)] if group.managers_chat_id else []
                return say.managers_page(texts, group, self._managers(group)), [(unlink, 1)]
            case _:
                return say.ask_label(texts), [(form, 1)]


def _quiet_keys(texts: Texts, group: Group) -> list[Key]:
    keys = [codes.QUIET.key(preset.replace(".", ":").replace("-", "–"), group, preset) for preset in PRESETS]
    return [*keys, codes.QUIET.key(say.off_label(texts), group, "off")]


def holiday_keys(texts: Texts, group: Group) -> list[Key]:
    """Return the buttons that take a span of holidays away, and the one that adds."""
    gone = [
        codes.HOLIDAY.key(say.remove_label(texts, first, last), group, first.isoformat(), last.isoformat())
        for first, last in spans_of(group.holidays)[:20]
    ]
    return [*gone, codes.FORM.key(say.add_label(texts), group, "holidays")]


def topics_page(texts: Texts, group: Group, thread: ThreadId | None) -> tuple[Html, Sequence[tuple[list[Key], int]]]:
    """Return the page of topics: each can be set to the topic it is shown in, or taken back."""
    html = say.topics_page(texts, group, thread)
    if not group.is_forum:
        return html, []
    here = [
        codes.TOPIC.key(say.topic_label(texts, purpose, here=True), group, purpose, int(thread))
        for purpose in PURPOSES
        if thread is not None and group.topics.get(purpose) != thread
    ]
    off = [
        codes.TOPIC.key(say.topic_label(texts, purpose, here=False), group, purpose, 0)
        for purpose in PURPOSES
        if purpose in group.topics
    ]
    return html, [(here, 2), (off, 2)]

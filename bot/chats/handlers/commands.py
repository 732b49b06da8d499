"""The settings as commands and forms: ``/language``, ``/timezone``, ``/quiet``, ``/holidays``, ``/topic``, and more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.chats.handlers import codes
from bot.chats.handlers.common import SETTERS, by, cards_follow, grid, language_keys, zone_changed, zone_keys
from bot.chats.handlers.settings import holiday_keys, topics_page
from bot.chats.rules.calendar_file import Holiday, Offer, Unfit, read_calendar
from bot.chats.rules.typed import Off, Unclear, read_holidays, read_label, read_quiet, read_topic, with_holidays
from bot.chats.rules.zones import Offers, Zone, find_zone, likely_zones
from bot.chats.texts import holidays as say_file
from bot.chats.texts import settings as say
from bot.chats.texts import words
from bot.i18n import N_, Html, available_locales, negotiate
from bot.kernel.ids import ChatId
from bot.kernel.roles import Right
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import NO_GROUP, column, rows
from bot.tg.forms import Asking, Choice, Form, Problem, Question, Reply
from bot.tg.needs import FileNeed
from bot.tg.reading import document_with

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from telegram import Update

    from bot.chats.handlers.common import MoreKeys, Rezoned
    from bot.chats.service import GroupBook
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context

HOLIDAYS_FORM = "holidays"


@dataclass(frozen=True, slots=True)
class Commands:
    """The settings by the line and by the form."""

    book: GroupBook
    rezoned: Sequence[Rezoned] = ()
    more_quiet: MoreKeys = lambda _texts, _group: ()

    # Language

    async def language(self, _update: Update, context: Context) -> None:
        """``/language [name]``: the group's, or in private the person's own."""
        typed = context.args_text
        locale = find_locale(typed) if typed else None
        if locale is None:
            self._offer_languages(context, typed)
        elif context.private:
            await self._set_own(context, locale)
        else:
            group = await self.book.set_locale(context.tx, context.group.id, locale, by(context))
            await cards_follow(context, group)
            context.reply(say.language_set(context.scope.texts(group), locale, private=False))

    @staticmethod
    def _offer_languages(context: Context, typed: str) -> None:
        group = None if context.private else context.group
        ask = say.unknown_language(context.texts, typed) if typed else say.ask_language(context.texts, group)
        if group is not None:
            keys = language_keys(group, codes.LANGUAGE)
        else:
            keys = [codes.MY_LANGUAGE.key(name, NO_GROUP, locale) for locale, name in available_locales().items()]
        context.reply(ask, column(keys, 2))

    async def choose_own_language(self, _update: Update, context: Context, locale: str) -> None:
        """Set the person's own language by a tap."""
        if locale not in available_locales() or not context.private:
            context.toast(say.stale(context.texts))
            return
        await self._set_own(context, locale)

    async def _set_own(self, context: Context, locale: str) -> None:
        await self.book.set_person_locale(context.tx, context.actor.user_id, locale, context.now)
        texts = await context.scope.texts_of(context.actor.user_id, context.spoken.group)
        context.edit(say.language_set(texts, locale, private=True))

    # Time zone

    async def timezone(self, _update: Update, context: Context) -> None:
        """``/timezone city or name``."""
        found = find_zone(context.args_text, context.now)
        if isinstance(found, Offers):
            keys = zone_keys(context.texts, context.group, codes.ZONE, context.now, found.names) if found.names else []
            html = say.which_zone(context.texts, context.args_text, offers=bool(found.names), guessed=found.guessed)
            context.reply(html, column(keys, 2) or None)
            return
        await self._set_zone(context, found.name)

    async def finish_timezone(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Set what the form asked for."""
        await self._set_zone(context, answers["zone"])

    async def _set_zone(self, context: Context, zone: str) -> None:
        group = await self.book.set_zone(context.tx, context.group.id, zone, by(context))
        context.reply(await zone_changed(context, group, self.rezoned))

    # Quiet hours

    async def quiet(self, _update: Update, context: Context) -> None:
        """``/quiet 22:00-07:30 [days] | off``."""
        await self._set_quiet(context, context.args_text)

    async def finish_quiet(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Set what the form asked for."""
        await self._set_quiet(context, answers["hours"])

    async def _set_quiet(self, context: Context, typed: str) -> None:
        read = read_quiet(typed)
        if isinstance(read, Unclear):
            raise Declined(say.unclear(context.texts, read))
        hours = () if isinstance(read, Off) else read
        group = await self.book.set_quiet(context.tx, context.group.id, hours, by(context))
        context.reply(say.quiet_page(context.texts, group, context.now), rows(self.more_quiet(context.texts, group)))

    # Holidays

    async def holidays(self, update: Update, context: Context) -> None:
        """``/holidays``, ``/holidays list``; a day behind it is added, a calendar file with it is offered."""
        if context.args_text:
            await self.add_holiday(update, context)
        elif not await self._offer_file(update, context):
            self._show_holidays(context, context.group)

    async def add_holiday(self, update: Update, context: Context) -> None:
        """``/holidays add 2026-12-25``."""
        if context.args_text or not await self._offer_file(update, context):
            await self._add(context, self._days(context, context.args_text))

    async def _offer_file(self, update: Update, context: Context) -> bool:
        """Show what a calendar file would add, where one comes with the command or is answered by it."""
        message = update.effective_message
        file_id = None if message is None else document_with(message)
        if file_id is None:
            return False
        fetched = context.scope.answers.get(FileNeed(file_id))
        offer = _read_file(context.texts, context.group, context.now, fetched if isinstance(fetched, bytes) else None)
        if isinstance(offer, Problem):
            raise Declined(offer.html)
        await step_aside(context)
        await context.start_form(HOLIDAYS_FORM, {"day": offer})
        return True

    async def finish_holiday(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Add what the form asked for."""
        await self._add(context, tuple(answers["day"].days))

    async def remove_holiday(self, _update: Update, context: Context) -> None:
        """``/holidays remove 2026-12-25``."""
        days = self._days(context, context.args_text)
        if context.group.holidays.isdisjoint(days):
            raise Declined(say.not_a_holiday(context.texts, context.args_text))
        group = await self.book.remove_holidays(context.tx, context.group.id, days, by(context))
        self._show_holidays(context, group)

    async def _add(self, context: Context, days: tuple[date, ...]) -> None:
        group = await self.book.add_holidays(context.tx, context.group.id, days, by(context))
        if isinstance(group, Unclear):
            raise Declined(say.unclear(context.texts, group))
        self._show_holidays(context, group)

    @staticmethod
    def _show_holidays(context: Context, group: Group) -> None:
        context.reply(say.holidays_page(context.texts, group), column(holiday_keys(context.texts, group)))

    @staticmethod
    def _days(context: Context, typed: str) -> tuple[date, ...]:
        read = read_holidays(typed, context.group.local(context.now).date())
        if isinstance(read, Unclear):
            raise Declined(say.unclear(context.texts, read))
        return read

    # Topics

    async def topic(self, _update: Update, context: Context) -> None:
        """``/topic events here | off``, written in the topic."""
        chat = context.spoken.update.chat
        if chat is None or chat.id != context.group.chat_id:
            raise Declined(say.topic_elsewhere(context.texts))
        group = await self.book.sync(context.tx, context.group, chat, by(context))
        thread = context.spoken.thread_id
        if not context.args_text or not group.is_forum:
            html, keys = topics_page(context.texts, group, thread)
            context.reply(html, grid(*keys) or None)
            return
        read = read_topic(context.args_text)
        if isinstance(read, Unclear):
            raise Declined(say.unclear(context.texts, read))
        purpose, here = read
        await self.book.set_topic(context.tx, group.id, purpose, thread if here else None, by(context))
        context.reply(say.topic_set(context.texts, purpose, here=here and thread is not None))

    # Label

    async def label(self, _update: Update, context: Context) -> None:
        """``/label Hikers | off``."""
        await self._set_label(context, context.args_text)

    async def finish_label(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Set what the form asked for."""
        await self._set_label(context, answers["label"])

    async def _set_label(self, context: Context, typed: str) -> None:
        read = read_label(typed)
        if isinstance(read, Unclear):
            raise Declined(say.unclear(context.texts, read))
        group = await self.book.set_label(
            context.tx, context.group.id, None if isinstance(read, Off) else read, by(context)
        )
        context.reply(say.label_set(context.texts, group))

    # The managers' chat

    async def managers_chat(self, _update: Update, context: Context) -> None:
        """``/managerschat``: in the managers' chat, link it; elsewhere, how to."""
        if context.private:
            context.reply(say.managers_how(context.texts))
            return
        here = context.group
        known = await self.book.managed_by(context.tx, context.actor.user_id)
        managed = [group for group in known if group.id != here.id]
        if not managed:
            context.reply(say.link_elsewhere(context.texts) if known else say.nothing_to_link(context.texts))
            return
        linked = self.book.managed_from(here.chat_id)
        keys = [self._link_key(context.texts, here, group) for group in managed[:30]]
        context.reply(say.link_here(context.texts, linked), column(keys))

    @staticmethod
    def _link_key(texts: Texts, here: Group, group: Group) -> Any:
        on = group.managers_chat_id == here.chat_id
        return codes.LINK.key(say.link_label(texts, group, linked=on), here, int(group.id), 0 if on else 1)

    async def link(self, _update: Update, context: Context, target: int, on: int) -> None:
        """Link the chat the button stands in to a group the person runs, or unlink it."""
        here, group = context.group, self.book.by_id(target)
        if group is None or group.id == here.id or context.private or here.chat_id != context.spoken.chat_id:
            context.toast(say.stale(context.texts))
            return
        standing = await context.scope.ports.people.standing(context.tx, group, context.actor.user_id)
        if not standing.may(Right.SETTINGS):
            context.toast(say.may_not(context.texts), alert=True)
            return
        present = (await self.book.profile(context.tx, group.id)).group.managers_chat_id
        if not on and present != here.chat_id:
            context.toast(say.stale(context.texts))
            return
        chat_id = ChatId(here.chat_id) if on else None
        await self.book.set_managers_chat(context.tx, group.id, chat_id, by(context))
        context.edit(say.linked(context.texts, group, on=bool(on)))


def find_locale(typed: str) -> str | None:
    """Return the language a person names, by its own name, by its code, or by an everyday word for it."""
    word = typed.strip().casefold()
    everyday = {
        "中文": "zh_Hans",
        "简体": "zh_Hans",
        "汉语": "zh_Hans",
        "chinese": "zh_Hans",
        "英文": "en",
        "英语": "en",
    }
    names = {name.casefold(): locale for locale, name in available_locales().items()}
    wanted = names.get(word) or everyday.get(word) or negotiate(word, "")
    return wanted if wanted in available_locales() else None


# Forms: an answer is kept as it was typed, once it reads


def _read_zone(asking: Asking, reply: Reply) -> str | Problem:
    match find_zone(reply.text, asking.now):
        case Zone(name):
            return name
        case Offers(names, guessed):
            html = say.which_zone(asking.texts, reply.text, offers=bool(names), guessed=guessed)
            return Problem(html, tuple(_zone_choice(asking, name) for name in names))


def _zone_choice(asking: Asking, name: str) -> Choice:
    return Choice(words.zone_label(asking.texts, name, asking.now), name)


def _read_quiet(asking: Asking, reply: Reply) -> str | Problem:
    read = read_quiet(reply.text)
    return Problem(say.unclear(asking.texts, read)) if isinstance(read, Unclear) else reply.text


def _read_days(asking: Asking, reply: Reply) -> Offer | Problem:
    if asking.group is None:
        return Problem(say.ask_holiday(asking.texts))
    if reply.media is not None:
        return _read_file(asking.texts, asking.group, asking.now, reply.file)
    read = read_holidays(reply.text, asking.group.local(asking.now).date())
    if isinstance(read, Unclear):
        return Problem(say.unclear(asking.texts, read))
    return Offer((Holiday(read[0], read[-1]),))


def _read_file(texts: Texts, group: Group, now: datetime, data: bytes | None) -> Offer | Problem:
    """Return what a file would add to the group's holidays, or what is wrong with it."""
    today = group.local(now).date()
    found = read_calendar(data, today, group.holidays)
    if isinstance(found, Unfit):
        return Problem(say_file.unfit(texts, found))
    if isinstance(with_holidays(group.holidays, found.days, today), Unclear):
        return Problem(say.unclear(texts, Unclear.DATES_MANY))
    return found


def _is_from_file(asking: Asking) -> bool:
    offer = asking.answers.get("day")
    return isinstance(offer, Offer) and offer.from_file


def _read_label(asking: Asking, reply: Reply) -> str | Problem:
    read = read_label(reply.text)
    return Problem(say.unclear(asking.texts, read)) if isinstance(read, Unclear) else reply.text


def _show_zone(asking: Asking, zone: Any) -> Html:
    return Html.escape(words.city(asking.texts, zone))


def forms(commands: Commands) -> tuple[Form[Any], ...]:
    """Return a form for each command that wants something typed."""
    zone = Question(
        "zone",
        N_("Time zone"),
        lambda asking: say.ask_zone(asking.texts, asking.group, asking.now),
        _read_zone,
        choices=lambda a: [
            _zone_choice(a, name) for name in likely_zones(a.group.locale if a.group else a.texts.locale)
        ],
        show=_show_zone,
    )
    hours = Question(
        "hours",
        N_("Quiet hours"),
        lambda asking: say.ask_quiet(asking.texts),
        _read_quiet,
        choices=lambda asking: (
            Choice("22:00–07:30", "22:00-07:30"),
            Choice("23:00–07:00", "23:00-07:00"),
            Choice(say.off_label(asking.texts), "off"),
        ),
    )
    day = Question(
        "day",
        N_("Holidays"),
        lambda asking: say.ask_holiday(asking.texts),
        _read_days,
        type=Offer,
        show=lambda asking, offer: say_file.offered(asking.texts, offer),
    )
    label = Question(
        "label",
        N_("Label"),
        lambda asking: say.ask_label(asking.texts),
        _read_label,
        choices=lambda asking: (Choice(say.off_label(asking.texts), "off"),),
    )
    return (
        Form("timezone", N_("Time zone"), (zone,), commands.finish_timezone, SETTERS),
        Form("quiet", N_("Quiet hours"), (hours,), commands.finish_quiet, SETTERS),
        Form(HOLIDAYS_FORM, N_("Holidays"), (day,), commands.finish_holiday, SETTERS, confirm=_is_from_file),
        Form("label", N_("Label"), (label,), commands.finish_label, SETTERS),
    )

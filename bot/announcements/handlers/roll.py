"""A roll as managers look at it: as a picture with its sums, as lists of names in pages, by department, and as a file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from bot.announcements.handlers.aside import aside_only
from bot.announcements.handlers.lists import hand_list
from bot.announcements.rules.roll import by_department
from bot.announcements.rules.typed import split_number
from bot.announcements.texts import roll as say
from bot.announcements.texts.roll import DEPARTMENTS, Kind
from bot.i18n import Html
from bot.kernel.roles import Right
from bot.tg.access import Declined
from bot.tg.buttons import column, rows
from bot.tg.capability import Maker
from bot.tg.pages import paged

if TYPE_CHECKING:
    from telegram import Update

    from bot.announcements.rules.announcement import Announcement
    from bot.announcements.rules.asked import Asked
    from bot.announcements.rules.roll import Roll
    from bot.announcements.texts.roll import Words
    from bot.db.engine import Tx
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.members.rules import Counts
    from bot.tg.buttons import ButtonCode
    from bot.tg.context import Context
    from bot.tg.effects import Key, Keyboard

PER_PAGE: Final = 25
_LONGEST: Final = 1000
"""So long may the words below a picture be, with room for what goes before them."""
PICTURE = Maker("announcements.roll.picture", say.picture)
TABLE = Maker("announcements.roll.table", say.table_file)


class Crowd(Protocol):
    """How many members a group has."""

    async def counts(self, tx: Tx, group: Group) -> Counts:
        """Count the known members, with Telegram's total where it is known."""
        ...

    async def total(self, tx: Tx, group: Group) -> int | None:
        """Return how many members Telegram counts, bots among them; None if it has not been asked."""
        ...


@dataclass(frozen=True, slots=True)
class Codes:
    """The kinds of buttons: the picture, a list, a file, the reminder, and what is asked."""

    status: ButtonCode
    list: ButtonCode
    file: ButtonCode
    remind: ButtonCode
    ways: ButtonCode


@dataclass(frozen=True, slots=True)
class Speech:
    """What a part says: of its roll, and where something is wrong."""

    words: Words
    summary: Callable[[Texts, int, Asked, Roll], Html]
    remind_label: Callable[[Texts], str]
    ways_label: Callable[[Texts], str]
    number_wanted: Callable[[Texts, str], Html]
    not_understood: Callable[[Texts, str], Html]
    only_managers: Callable[[Texts, str], Html]


@dataclass(frozen=True, slots=True)
class Found:
    """An announcement with what is asked of its readers, and how they stand.

    A part may have ``more`` to say below the sums, and has buttons of its own: ``keys`` beside the lists, ``acts`` below them;
    all in the language of where it is shown.
    """

    item: Announcement
    asked: Asked
    roll: Roll
    more: Callable[[Texts], Html] = lambda _texts: Html()
    keys: Callable[[Texts], Sequence[Key]] = lambda _texts: ()
    acts: Callable[[Texts], Sequence[Key]] = lambda _texts: ()


Find = Callable[["Context", int], Awaitable[Found]]
"""Finds it; raises ``Declined`` if there is none, or nothing is asked."""
Noted = Callable[["Context", Found], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Pages:
    """The handlers. ``file`` is how the files are called, ``exported`` writes down that names have left the bot as one."""

    codes: Codes
    speech: Speech
    find: Find
    exported: Noted
    file: str

    async def command(self, _update: Update, context: Context) -> None:
        """``/announce status 12``."""
        if not context.args_text:
            await hand_list(context, 1)
            return
        number, rest = split_number(context.args_text)
        if number is None or rest:
            raise Declined(self.speech.number_wanted(context.texts, context.args_text[:60]))
        await self._show(context, number)

    async def tap(self, _update: Update, context: Context, number: int) -> None:
        """Show it, after a tap."""
        context.toast_empty()
        await self._show(context, number)

    async def _show(self, context: Context, number: int) -> None:
        """Show the picture, with the sums and the departments below it."""
        found = await self._aside(context, number)
        texts, group, words = context.texts, context.group, self.speech.words
        sums = self.speech.summary(texts, number, found.asked, found.roll)
        summary = Html("\n").join(part for part in (sums, found.more(texts)) if part)
        departments = say.table(texts, words, by_department(found.roll.lines))
        whole = Html("\n\n").join(part for part in (summary, departments) if part)
        made_of = say.gather_picture(texts, words, number, found.roll, group.label or group.title)
        photo = context.effects.recipe(PICTURE.name, made_of, f"{self.file}-{number}.png")
        caption = whole if len(whole.striptags()) <= _LONGEST else summary
        context.edit_photo(photo, caption, self._ways(context, found))

    async def list(self, _update: Update, context: Context, number: int, which: str, page: int) -> None:
        """Show a list of names, or all departments, turned to a page."""
        words = self.speech.words
        if which not in words.lists and which != DEPARTMENTS:
            raise Declined(self.speech.not_understood(context.texts, which))
        found = await self._aside(context, number)
        texts, group = context.texts, context.group
        if which == DEPARTMENTS:
            lines = [say.department_line(texts, words, one) for one in by_department(found.roll.lines)]
        else:
            lines = [say.line(texts, one) for one in found.roll.of(*words.lists[which].answers)]
        head = say.list_head(texts, words, which, number, found.roll)
        shown = lines or [say.nobody(texts)]
        html, turning = paged(head, shown, page, PER_PAGE, self.codes.list, group, number, which, texts=texts)
        back = self.codes.status.key(say.picture_label(texts), group, number)
        context.edit(html, (*turning, *self._lists(context, found, which), *rows((back,))))

    async def send_file(self, _update: Update, context: Context, number: int, code: str) -> None:
        """Send the whole list as a file."""
        kind = next((one for one in Kind if one == code), None)
        if kind is None:
            raise Declined(self.speech.not_understood(context.texts, code))
        found = await self._aside(context, number)
        context.toast_empty()
        made_of = say.gather_table(context.texts, self.speech.words, found.roll, context.now, kind)
        await self.exported(context, found)
        made = context.effects.recipe(TABLE.name, made_of, f"{self.file}-{number}.{kind.value}")
        context.reply_with("document", made, say.file_caption(context.texts, self.speech.words, number, found.roll))

    async def _aside(self, context: Context, number: int) -> Found:
        found = await self.find(context, number)
        await self.go_aside(context)
        return found

    async def go_aside(self, context: Context) -> None:
        """Go where managers read (R34); refuse where that would be the group itself.

        :raises Declined: where neither a private chat nor a managers' chat can be reached.
        """
        await aside_only(context, self.speech.only_managers(context.texts, context.scope.bot_username))

    def _ways(self, context: Context, found: Found) -> Keyboard:
        texts, group, number = context.texts, context.group, found.item.number
        publisher = context.standing.may(Right.PUBLISH) and found.asked.barred(context.now) is None
        remind = ways = None
        if publisher:
            ways = self.codes.ways.key(self.speech.ways_label(texts), group, number)
        if publisher and found.roll.waiting:
            remind = self.codes.remind.key(self.speech.remind_label(texts), group, number)
        files = [self.codes.file.key(f".{kind.value}", group, number, kind.value) for kind in Kind]
        return (*self._lists(context, found), *rows((remind,), *((key,) for key in found.acts(texts)), (ways,), files))

    def _lists(self, context: Context, found: Found, here: str = "") -> Keyboard:
        texts, group, number, words = context.texts, context.group, found.item.number, self.speech.words
        keys = [
            self.codes.list.key(say.list_label(texts, words, which, found.roll), group, number, which, 1)
            for which in words.lists
            if which != here
        ]
        keys += found.keys(texts)
        if here != DEPARTMENTS and any(one.who.department for one in found.roll.lines):
            keys.append(self.codes.list.key(say.departments_label(texts), group, number, DEPARTMENTS, 1))
        return column(keys, 2)

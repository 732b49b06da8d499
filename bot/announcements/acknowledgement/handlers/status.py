"""Who has read it: as a picture with its sums, as lists of names in pages, by department, and as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.announcements.acknowledgement import service
from bot.announcements.acknowledgement.handlers import codes
from bot.announcements.acknowledgement.handlers.finding import aside_only, asked
from bot.announcements.acknowledgement.rules.roll import Answer, by_department
from bot.announcements.acknowledgement.texts import answers as say_answers
from bot.announcements.acknowledgement.texts import pictures, tables
from bot.announcements.acknowledgement.texts import several as say_several
from bot.announcements.acknowledgement.texts import status as say
from bot.announcements.acknowledgement.texts.tables import Kind
from bot.announcements.handlers.desk import by_of
from bot.announcements.handlers.lists import hand_list
from bot.announcements.rules.typed import split_number
from bot.i18n import Html
from bot.kernel.roles import Right
from bot.tg.access import Declined
from bot.tg.buttons import column, rows
from bot.tg.pages import paged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Protocol

    from telegram import Update

    from bot.announcements.acknowledgement.rules.roll import Roll
    from bot.announcements.acknowledgement.rules.taps import Round
    from bot.announcements.acknowledgement.service import Marks, ReachableOf
    from bot.announcements.handlers.desk import Desk
    from bot.announcements.rules.announcement import Announcement
    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.members.rules import Counts
    from bot.tg.context import Context
    from bot.tg.effects import Keyboard

    class Crowd(Protocol):
        """How many members a group has."""

        async def counts(self, tx: Tx, group: Group) -> Counts:
            """Count the known members, with Telegram's total where it is known."""
            ...

        async def total(self, tx: Tx, group: Group) -> int | None:
            """Return how many members Telegram counts, bots among them; None if it has not been asked."""
            ...


LISTS: Final = {
    "pending": (Answer.PENDING,),
    "unreachable": (Answer.UNREACHABLE,),
    "read": (Answer.READ, Answer.LATE),
}
DEPARTMENTS: Final = "departments"
PER_PAGE: Final = 25
_LONGEST: Final = 1000
"""So long may the words below a picture be, with room for what goes before them."""


@dataclass(frozen=True, slots=True)
class Status:
    """The handlers."""

    desk: Desk
    crowd: Crowd
    reachable_of: ReachableOf

    async def command(self, _update: Update, context: Context) -> None:
        """``/announce status 12``."""
        if not context.args_text:
            await hand_list(context, 1)
            return
        number, rest = split_number(context.args_text)
        if number is None or rest:
            raise Declined(say_answers.number_wanted(context.texts, context.args_text[:60]))
        await self.show(context, number)

    async def tap(self, _update: Update, context: Context, number: int) -> None:
        """Show it, after a tap."""
        context.toast_empty()
        await self.show(context, number)

    async def show(self, context: Context, number: int) -> None:
        """Show the picture, with the sums and the departments below it."""
        item, now_asked, marks = await asked(context, number)
        await aside_only(context)
        found = await self._roll(context, item, marks)
        texts, group = context.texts, context.group
        summary = say.summary(texts, number, now_asked, found)
        if item.broadcast_id is not None:
            everywhere = say_several.everywhere(texts, await service.sums(context.tx, item.broadcast_id))
            summary = Html("{}\n{}").format(summary, everywhere)
        departments = say.table(texts, by_department(found.readers))
        whole = Html("\n\n").join(part for part in (summary, departments) if part)
        made_of = pictures.gather(texts, number, found, group.label or group.title)
        photo = context.effects.recipe(codes.PICTURE.name, made_of, f"read-{number}.png")
        caption = whole if len(whole.striptags()) <= _LONGEST else summary
        silent = await service.undecided(context.tx, item.id) if now_asked.propose else 0
        context.edit_photo(photo, caption, self._ways(context, item, now_asked, found, silent))

    async def list(self, _update: Update, context: Context, number: int, which: str, page: int) -> None:
        """Show a list of names, or all departments, turned to a page."""
        if which not in LISTS and which != DEPARTMENTS:
            raise Declined(say_answers.not_understood(context.texts, which))
        item, _, marks = await asked(context, number)
        await aside_only(context)
        found = await self._roll(context, item, marks)
        texts, group = context.texts, context.group
        if which == DEPARTMENTS:
            lines = [say.department_line(texts, one) for one in by_department(found.readers)]
        else:
            lines = [say.reader_line(texts, one) for one in found.of(*LISTS[which])]
        head = say.list_head(texts, which, number, found)
        html, turning = paged(
            head, lines or [say.nobody(texts)], page, PER_PAGE, codes.LIST, group, number, which, texts=texts
        )
        back = codes.STATUS.key(say.picture_label(texts), group, number)
        context.edit(html, (*turning, *self._lists(context, item, found, which), *rows((back,))))

    async def file(self, _update: Update, context: Context, number: int, code: str) -> None:
        """Send the whole list as a file."""
        kind = next((one for one in Kind if one == code), None)
        if kind is None:
            raise Declined(say_answers.not_understood(context.texts, code))
        item, _, marks = await asked(context, number)
        await aside_only(context)
        context.toast_empty()
        found = await self._roll(context, item, marks)
        made_of = tables.gather(context.texts, found, context.now, kind)
        await service.note_export(context.tx, item, by_of(context), len(found.readers), context.now)
        made = context.effects.recipe(codes.TABLE.name, made_of, f"announcement-{number}.{kind.value}")
        context.reply_with("document", made, say.file_caption(context.texts, number, found))

    async def _roll(self, context: Context, item: Announcement, marks: Marks) -> Roll:
        total = await self.crowd.total(context.tx, context.group)
        return await service.roll_of(context.tx, item, marks, self.reachable_of, total)

    def _ways(self, context: Context, item: Announcement, now_asked: Round, found: Roll, silent: int) -> Keyboard:
        texts, group, number = context.texts, context.group, item.number
        publisher = context.standing.may(Right.PUBLISH) and not now_asked.closed
        remind = codes.REMIND.key(say.remind_label(texts), group, number) if publisher and found.waiting else None
        ways = codes.WAYS.key(say.ways_label(texts), group, number) if publisher else None
        judge = context.standing.may(Right.MODERATE) and silent
        decide = codes.SILENCE.key(say.silence_label(texts, silent), group, number, 1) if judge else None
        files = [codes.FILE.key(f".{kind.value}", group, number, kind.value) for kind in Kind]
        return (*self._lists(context, item, found), *rows((remind,), (decide,), (ways,), files))

    @staticmethod
    def _lists(context: Context, item: Announcement, found: Roll, here: str = "") -> Keyboard:
        texts, group, number = context.texts, context.group, item.number
        keys = [
            codes.LIST.key(say.list_label(texts, which, found.count(*answers)), group, number, which, 1)
            for which, answers in LISTS.items()
            if which != here
        ]
        if here != DEPARTMENTS and _tagged(found):
            keys.append(codes.LIST.key(say.departments_label(texts), group, number, DEPARTMENTS, 1))
        return column(keys, 2)


def _tagged(found: Roll) -> bool:
    readers: Sequence[object] = [one for one in found.readers if one.who.department]
    return bool(readers)

"""Who has passed it on: as a picture with its sums, as lists, by department, as a file; screenshots, and reminders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from bot.announcements import service as core
from bot.announcements.handlers.aside import aside_only, numbered
from bot.announcements.handlers.desk import by_of
from bot.announcements.handlers.lists import hand_list
from bot.announcements.rules.announcement import State
from bot.announcements.rules.nudging import Enough, Hold, TooEarly
from bot.announcements.rules.typed import split_number
from bot.announcements.sharing import service
from bot.announcements.sharing.handlers import codes
from bot.announcements.sharing.rules.campaign import Answer, by_department
from bot.announcements.sharing.service import Nobody, Reminded
from bot.announcements.sharing.texts import status as say
from bot.announcements.sharing.texts import words
from bot.announcements.sharing.texts.status import Kind
from bot.i18n import Html
from bot.kernel.roles import Right
from bot.tg import effects as fx
from bot.tg.access import Declined
from bot.tg.buttons import column, rows
from bot.tg.pages import paged, turning

if TYPE_CHECKING:
    from telegram import Update

    from bot.announcements.rules.announcement import Announcement
    from bot.announcements.sharing.rules.campaign import Campaign, Sheet
    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.members.rules import Counts
    from bot.tg.capability import Due
    from bot.tg.context import Context, Scope


class Crowd(Protocol):
    """How many members a group has."""

    async def counts(self, tx: Tx, group: Group) -> Counts:
        """Count the known members, with Telegram's total where it is known."""
        ...


LISTS: Final = {"pending": Answer.PENDING, "shared": Answer.SHARED, "proof": Answer.PROOF}
DEPARTMENTS: Final = "departments"
PER_PAGE: Final = 25
_LONGEST: Final = 1000
"""So long may the words below a picture be, with room for what goes before them."""


@dataclass(frozen=True, slots=True)
class Status:
    """The handlers."""

    crowd: Crowd

    async def command(self, _update: Update, context: Context) -> None:
        """``/announce shares 12``."""
        if not context.args_text:
            await hand_list(context, 1)
            return
        number, rest = split_number(context.args_text)
        if number is None or rest:
            raise Declined(words.number_wanted(context.texts, context.args_text[:60]))
        await self._show(context, number)

    async def tap(self, _update: Update, context: Context, number: int) -> None:
        """Show it, after a tap."""
        await self._show(context, number)

    async def _show(self, context: Context, number: int) -> None:
        item, asked, found = await self._found(context, number)
        texts, group = context.texts, context.group
        summary = say.summary(texts, number, asked, found)
        whole = Html("\n\n").join(part for part in (summary, say.departments(texts, found.lines)) if part)
        made_of = say.gather_picture(texts, number, found, group.label or group.title)
        photo = context.effects.recipe(codes.PICTURE.name, made_of, f"shares-{number}.png")
        caption = whole if len(whole.striptags()) <= _LONGEST else summary
        context.toast_empty()
        context.edit_photo(photo, caption, self._ways(context, item, asked, found))

    async def list(self, _update: Update, context: Context, number: int, which: str, page: int) -> None:
        """Show a list of names, or all departments, turned to a page."""
        if which not in LISTS and which != DEPARTMENTS:
            raise Declined(words.not_understood(context.texts, which))
        item, _, found = await self._found(context, number)
        texts, group = context.texts, context.group
        if which == DEPARTMENTS:
            lines = [say.department_line(texts, one) for one in by_department(found.lines)]
        else:
            lines = [say.member_line(texts, one) for one in found.of(LISTS[which])]
        head = say.list_head(texts, which, number, found)
        html, turned = paged(
            head, lines or [say.nobody(texts)], page, PER_PAGE, codes.LIST, group, number, which, texts=texts
        )
        back = codes.STATUS.key(say.picture_label(texts), group, number)
        context.edit(html, (*turned, *self._lists(context, item, found, which), *rows((back,))))

    async def file(self, _update: Update, context: Context, number: int, code: str) -> None:
        """Send the whole list as a file."""
        kind = next((one for one in Kind if one == code), None)
        if kind is None:
            raise Declined(words.not_understood(context.texts, code))
        item, _, found = await self._found(context, number)
        context.toast_empty()
        made_of = say.gather_table(context.texts, found, context.now, kind)
        await service.note_export(context.tx, item, by_of(context), len(found.lines), context.now)
        made = context.effects.recipe(codes.TABLE.name, made_of, f"shares-{number}.{kind.value}")
        context.reply_with("document", made, say.file_caption(context.texts, number, found))

    async def proofs(self, _update: Update, context: Context, number: int, place: int) -> None:
        """Show one screenshot, with buttons to the others."""
        item = await numbered(context, number)
        await self._aside(context)
        found = await service.proofs(context.tx, item)
        texts, group = context.texts, context.group
        if not found:
            context.toast(say.no_proofs(texts), alert=True)
            return
        place = min(max(place, 1), len(found))
        share = found[place - 1]
        back = codes.STATUS.key(say.picture_label(texts), group, number)
        keys = (*turning(place, len(found), codes.PROOFS, group, number, texts=texts), *rows((back,)))
        context.toast_empty()
        context.edit_photo(fx.FileId(share.proof or ""), say.proof_caption(texts, number, share), keys)

    # Reminders

    async def remind(self, _update: Update, context: Context, number: int) -> None:
        """Remind those who have not, if that may be, and say what came of it."""
        item, _, _ = await self._found(context, number, aside=False)
        context.toast_empty()
        outcome = await service.nudge(context.tx, context.group, item, by_of(context), context.now)
        texts = context.texts
        match outcome:
            case Reminded(asked, people):
                context.reply(say.reminding(texts, asked, len(people)))
            case Nobody():
                context.reply(say.nobody_to_remind(texts))
            case Enough() | TooEarly() | Hold():
                context.reply(say.cannot_remind(texts, outcome))
            case _:
                context.reply(Html.escape(words.tapped(texts, outcome)))

    async def due(self, scope: Scope, due: Due) -> None:
        """Remind them now that the quiet hours are over."""
        item = await core.get(scope.tx, int(due.key))
        group = scope.group(item.group_id) if item is not None else None
        if item is None or group is None or not group.active or item.state is not State.PUBLISHED:
            return
        await service.nudge(scope.tx, group, item, None, scope.now)

    # Shared

    @staticmethod
    async def _aside(context: Context) -> None:
        await aside_only(context, words.only_managers(context.texts, context.scope.bot_username))

    async def _found(
        self, context: Context, number: int, *, aside: bool = True
    ) -> tuple[Announcement, Campaign, Sheet]:
        """Return an announcement with what is asked and who has done it; names are shown aside.

        :raises Declined: if there is none, or nothing is asked.
        """
        item = await numbered(context, number)
        found = await service.sheet_of(context.tx, item, await self.crowd.counts(context.tx, context.group))
        if found is None:
            absent = service.wish_of(item) is None
            raise Declined((words.nothing_asked if absent else words.not_posted)(context.texts, number))
        if aside:
            await self._aside(context)
        return item, *found

    def _ways(self, context: Context, item: Announcement, asked: Campaign, found: Sheet) -> fx.Keyboard:
        texts, group, number = context.texts, context.group, item.number
        publisher = context.standing.may(Right.PUBLISH) and not asked.closed and not asked.is_over(context.now)
        pending = found.count(Answer.PENDING)
        remind = codes.REMIND.key(say.remind_label(texts), group, number) if publisher and pending else None
        ways = codes.WAYS.key(texts.label(words.ASKED), group, number) if publisher else None
        files = [codes.FILE.key(f".{kind.value}", group, number, kind.value) for kind in Kind]
        return (*self._lists(context, item, found), *rows((remind,), (ways,), files))

    @staticmethod
    def _lists(context: Context, item: Announcement, found: Sheet, here: str = "") -> fx.Keyboard:
        texts, group, number = context.texts, context.group, item.number
        keys = [
            codes.LIST.key(say.list_label(texts, which, found.count(answer)), group, number, which, 1)
            for which, answer in LISTS.items()
            if which != here
        ]
        proofs = found.count(Answer.PROOF)
        if proofs:
            keys.append(codes.PROOFS.key(say.proofs_label(texts, proofs), group, number, 1))
        if here != DEPARTMENTS and any(line.who.department for line in found.lines):
            keys.append(codes.LIST.key(say.departments_label(texts), group, number, DEPARTMENTS, 1))
        return column(keys, 2)

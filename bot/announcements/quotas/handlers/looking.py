"""The table of who has delivered: in pages, as a picture, as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.announcements.handlers.desk import PURPOSE, by_of
from bot.announcements.quotas import service
from bot.announcements.quotas.handlers import codes
from bot.announcements.quotas.rules.periods import Period
from bot.announcements.quotas.rules.typed import read_period
from bot.announcements.quotas.texts import looks, words
from bot.announcements.quotas.texts.looks import FileKind
from bot.kernel.roles import Right
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import rows
from bot.tg.pages import paged

if TYPE_CHECKING:
    from telegram import Update

    from bot.announcements.quotas.rules.quota import Table
    from bot.announcements.quotas.service import Credits
    from bot.i18n import Html
    from bot.tg.context import Context
    from bot.tg.effects import Keyboard

PER_PAGE: Final = 25


@dataclass(frozen=True, slots=True)
class Looking:
    """The handlers; ``credits_of`` says who handed in what others have published."""

    credits_of: Credits

    async def command(self, _update: Update, context: Context) -> None:
        """``/quota [period]``."""
        period = read_period(context.args_text) if context.args_text else None
        if context.args_text and period is None:
            raise Declined(words.bad_period(context.texts, context.args_text))
        await step_aside(context, PURPOSE)
        context.reply(*await self._first(context, period))

    async def open(self, _update: Update, context: Context) -> None:
        """Show the table, from the page of a bare ``/announce``."""
        await step_aside(context, PURPOSE)
        context.edit(*await self._first(context, None))

    async def _first(self, context: Context, period: Period | None) -> tuple[Html, Keyboard]:
        found = await service.table(context.tx, context.group, period, 0, self.credits_of, context.now)
        if found is None:
            may = context.standing.may(Right.SETTINGS)
            new = codes.NEW.key(context.texts.label(words.NEW), context.group) if may else None
            return words.empty(context.texts, context.group), rows((new,))
        return self._page(context, found, 1)

    async def turn(self, _update: Update, context: Context, period: str, back: int, page: int) -> None:
        """Show a page, or another period."""
        found = await self._found(context, period, back)
        await step_aside(context, PURPOSE)
        context.edit(*self._page(context, found, page))

    async def picture(self, _update: Update, context: Context, period: str, back: int) -> None:
        """Show it as a picture."""
        found = await self._found(context, period, back)
        await step_aside(context, PURPOSE)
        group = context.group
        made_of = looks.gather(context.texts, group.label or group.title, found, context.now)
        photo = context.effects.recipe(codes.DRAWN.name, made_of, f"delivered-{found.span.start}.png")
        context.toast_empty()
        context.reply_with("photo", photo, words.file_caption(context.texts, found))

    async def file(self, _update: Update, context: Context, period: str, back: int, code: str) -> None:
        """Send it as a file."""
        kind = next((one for one in FileKind if one == code), None)
        if kind is None:
            raise Declined(words.bad_period(context.texts, code))
        found = await self._found(context, period, back)
        await step_aside(context, PURPOSE)
        group = context.group
        made_of = looks.gather(context.texts, group.label or group.title, found, context.now, kind)
        await service.note_export(context.tx, group, found, by_of(context), context.now)
        made = context.effects.recipe(codes.TABLE.name, made_of, f"delivered-{found.span.start}.{kind.value}")
        context.toast_empty()
        context.reply_with("document", made, words.file_caption(context.texts, found))

    async def _found(self, context: Context, typed: str, back: int) -> Table:
        period = next((one for one in Period if one == typed), None)
        if period is None:
            raise Declined(words.bad_period(context.texts, typed))
        back = max(0, back)
        found = await service.table(context.tx, context.group, period, back, self.credits_of, context.now)
        if found is None:
            raise Declined(words.not_there(context.texts))
        return found

    @staticmethod
    def _page(context: Context, found: Table, page: int) -> tuple[Html, Keyboard]:
        texts, group, period, back = context.texts, context.group, found.span.period, found.back
        lines = [words.share(texts, one) for one in found.shares] or [words.nothing_owed(texts)]
        head = words.table_head(texts, group, found)
        html, turning = paged(head, lines, page, PER_PAGE, codes.PAGE, group, period.value, back, texts=texts)
        earlier = (
            codes.PAGE.key(texts.label(words.EARLIER), group, period.value, back + 1, 1) if found.earlier else None
        )
        later = codes.PAGE.key(texts.label(words.LATER), group, period.value, back - 1, 1) if back else None
        used = {quota.period for quota in found.quotas} - {period}
        tabs = [codes.PAGE.key(texts.label(words.TABS[one]), group, one.value, 0, 1) for one in Period if one in used]
        picture = codes.PICTURE.key(texts.label(words.PICTURE), group, period.value, back)
        files = [codes.FILE.key(f".{one.value}", group, period.value, back, one.value) for one in FileKind]
        shown = (picture, *files) if found.shares else ()
        keys = rows((earlier, later), tabs, shown, *_setting(context))
        return html, (*turning, *keys)


def _setting(context: Context) -> Keyboard:
    if not context.standing.may(Right.SETTINGS):
        return ()
    texts, group = context.texts, context.group
    new, every = codes.NEW.key(texts.label(words.NEW), group), codes.LIST.key(texts.label(words.LIST), group, 1)
    return rows((new, every), (codes.SETTINGS.key(texts.label(words.SETTINGS), group),))

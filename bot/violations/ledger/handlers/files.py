"""What is listed, counted in a picture, and as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.i18n import Html
from bot.tg.buttons import column, rows
from bot.tg.capability import Maker
from bot.violations.ledger import service
from bot.violations.ledger.handlers import codes
from bot.violations.ledger.handlers.aside import aside_only
from bot.violations.ledger.rules.typed import Kind, kind_of
from bot.violations.ledger.rules.wanted import COUNTED, By
from bot.violations.ledger.texts import lists, pictures, tables
from bot.violations.ledger.texts import words as say
from bot.violations.rules.case import Person

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram import Update

    from bot.tg.context import Context
    from bot.tg.effects import Keyboard
    from bot.violations.ledger.handlers.titles import Titles
    from bot.violations.ledger.rules.wanted import View
    from bot.violations.ledger.service import Court

PICTURE = Maker("violations.summary", pictures.picture)
TABLE = Maker("violations.table", tables.table)


@dataclass(frozen=True, slots=True)
class Files:
    """The handlers; ``titles`` tells what rules are called, ``court`` what is appealed against."""

    titles: Titles
    court: Court

    # Counting

    async def tap_count(self, _update: Update, context: Context, view_id: int, code: str) -> None:
        """Count what a list shows, after a tap."""
        await aside_only(context)
        view = await service.view(context.tx, context.group, view_id)
        if view is None or code not in set(COUNTED):
            context.toast(say.stale(context.texts), alert=True)
            return
        await self.count(context, view, await self.titles(context.tx, context.group, context.texts), By(code))

    async def count(self, context: Context, view: View, titles: Mapping[str, str], by: By) -> None:
        """Show how many cases there are by what, as a picture."""
        texts, group = context.texts, context.group
        where = await service.selected(context.tx, group, view.wanted, self.court, context.now)
        found = await service.summary(context.tx, group, where, by)
        names = await service.names_of(context.tx, group, view.wanted)
        wanted = lists.filter_of(texts, view.wanted, names, titles)
        caption, ways = lists.caption(texts, found, wanted, titles), _ways(context, view, by)
        if not found.total:
            context.edit(caption, ways)
            return
        made_of = pictures.gather(texts, found, wanted, titles, group.label or group.title)
        photo = context.effects.recipe(PICTURE.name, made_of, f"ledger-{by.name.lower()}.png")
        context.edit_photo(photo, caption, ways)

    # Files

    async def tap_write(self, _update: Update, context: Context, view_id: int, code: str, part: int) -> None:
        """Write what a list shows into a file, after a tap."""
        await aside_only(context)
        view, kind = await service.view(context.tx, context.group, view_id), kind_of(code)
        if view is None or kind is None:
            context.toast(say.stale(context.texts), alert=True)
            return
        titles = await self.titles(context.tx, context.group, context.texts)
        await self.write(context, view, titles, kind, part)

    async def write(self, context: Context, view: View, titles: Mapping[str, str], kind: Kind, part: int) -> None:
        """Send one part of what a filter wants as a file, and offer the next."""
        texts, group = context.texts, context.group
        where = await service.selected(context.tx, group, view.wanted, self.court, context.now)
        cases, part, total = await service.filed(context.tx, where, part)
        if not cases:
            context.toast(say.nothing_to_file(texts), alert=True)
            return
        context.toast_empty()
        parts = max(-(-total // service.PART), 1)
        names = await service.names_of(context.tx, group, view.wanted)
        what = lists.filter_of(texts, view.wanted, names, titles)
        caption = lists.file_caption(texts, what, len(cases), total, (part, parts))
        by = Person(context.actor.user_id, context.actor.name)
        named = Html(what or texts.gettext("the whole ledger")).striptags()
        await service.note_export(context.tx, group.id, by, named, len(cases), context.now)
        name = f"ledger.{kind.value}" if parts == 1 else f"ledger-{part}.{kind.value}"
        made = context.effects.recipe(TABLE.name, tables.gather(texts, cases, context.now, kind), name)
        more = codes.FILE.key(lists.next_label(texts, part + 1, parts), group, view.id, kind.value, part + 1)
        context.reply_with("document", made, caption, rows((more,)) if part < parts else None)


def _ways(context: Context, view: View, by: By) -> Keyboard:
    """Lead from a picture to the others and back to the list."""
    texts, group = context.texts, context.group
    others = [
        codes.SUMMARY.key(texts.label(lists.SIDES[other]), group, view.id, other.value)
        for other in COUNTED
        if other is not by
    ]
    return (*column(others, 2), *rows((codes.LIST.key(lists.back_label(texts), group, view.id, 1),)))

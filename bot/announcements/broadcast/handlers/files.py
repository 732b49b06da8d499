"""The groups of a broadcast as a file, for whoever looks after hundreds of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.announcements.broadcast.handlers import codes
from bot.announcements.broadcast.rules.life import Act, Unknown
from bot.announcements.broadcast.rules.progress import Fate, tally
from bot.announcements.broadcast.service import sending, steps
from bot.announcements.broadcast.texts import files as say
from bot.announcements.broadcast.texts import page as say_page
from bot.announcements.broadcast.texts.card import title_of
from bot.announcements.texts.roll import Kind
from bot.tg.access import Declined
from bot.tg.capability import Maker

if TYPE_CHECKING:
    from telegram import Update

    from bot.announcements.broadcast.rules.progress import Row
    from bot.kernel.groups import Group
    from bot.tg.context import Context
    from bot.tg.effects import Key

TABLE: Final = Maker("announcements.broadcast.table", say.table_file)


def file_keys(home: Group, broadcast_id: int) -> tuple[Key, ...]:
    """Return a button for each kind of file."""
    return tuple(codes.FILE.key(f".{kind.value}", home, broadcast_id, kind.value) for kind in Kind)


async def send_file(_update: Update, context: Context, broadcast_id: int, code: str) -> None:
    """Send all groups with how they stand; those that have not got it come first."""
    kind = next((one for one in Kind if one == code), None)
    if kind is None:
        raise Declined(say.no_such_kind(context.texts))
    broadcast = await steps.find(context.tx, context.group.id, broadcast_id)
    if isinstance(broadcast, Unknown):
        raise Declined(say_page.refused(context.texts, broadcast, Act.PAUSE))
    context.toast_empty()
    rows = await sending.rows_of(context.tx, broadcast.id)
    found = sorted(((row, context.scope.group(row.target.group_id)) for row in rows), key=_missing_first)
    counts = tally(broadcast, rows)
    made_of = say.gather(context.texts, found, context.now, kind)
    made = context.effects.recipe(TABLE.name, made_of, f"groups-{broadcast.number}.{kind.value}")
    caption = say.caption(context.texts, broadcast, counts.of(Fate.SENT), counts.total)
    context.reply_with("document", made, caption)


def _missing_first(one: tuple[Row, Group | None]) -> tuple[bool, str]:
    row, group = one
    return row.fate is Fate.SENT and not row.target.problem, title_of(row, group).casefold()

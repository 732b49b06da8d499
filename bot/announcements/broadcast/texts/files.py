"""The groups of a broadcast as a file: gathered in the turn, written when it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from bot.announcements.broadcast.rules.progress import Fate
from bot.announcements.broadcast.texts import words
from bot.announcements.broadcast.texts.card import title_of, why
from bot.announcements.texts.roll import Kind, Sheet
from bot.i18n import N_, Html, texts_for
from bot.sheets import Table, csv_file, workbook

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bot.announcements.broadcast.rules.life import Broadcast
    from bot.announcements.broadcast.rules.progress import Row
    from bot.i18n import Texts
    from bot.kernel.groups import Group

_SHEET: Final = N_("Groups")
_HEADINGS: Final = (N_("Group"), N_("Telegram ID"), N_("Announcement"), N_("State"), N_("Reason"))


class _Row(msgspec.Struct, array_like=True):
    title: str
    chat_id: int | None
    number: str
    state: str
    reason: str


class _Table(Sheet):
    """All a file is made of; the words are in the reader's language already."""

    rows: list[_Row]


_table: Final = msgspec.json.Decoder(_Table).decode


def gather(texts: Texts, found: Sequence[tuple[Row, Group | None]], now: dt.datetime, kind: Kind) -> bytes:
    """Return what a file is made of: a line for each group, in the order given."""
    rows = [_row(texts, row, group) for row, group in found]
    headings = [texts.label(one) for one in _HEADINGS]
    return msgspec.json.encode(_Table(texts.locale, texts.tz.key, now, kind, headings, rows))


def _row(texts: Texts, row: Row, group: Group | None) -> _Row:
    unclear = row.fate in {Fate.LEFT_OUT, Fate.FAILED} or bool(row.target.problem)
    return _Row(
        title_of(row, group),
        None if group is None else int(group.chat_id),
        "" if row.copy is None else f"#{row.copy.number}",
        texts.label(words.FATES[row.fate]),
        why(texts, row) if unclear else "",
    )


def table_file(made_of: bytes) -> bytes:
    """Write a workbook, or a CSV file."""
    given = _table(made_of)
    texts = texts_for(given.locale, given.zone)
    rows = [[row.title, row.chat_id, row.number, row.state, row.reason] for row in given.rows]
    groups = Table(texts.label(_SHEET), given.headings, rows)
    return csv_file(groups, texts.tz) if given.kind is Kind.CSV else workbook([groups], tz=texts.tz, now=given.now)


def caption(texts: Texts, broadcast: Broadcast, sent: int, total: int) -> Html:
    """Caption the file."""
    return texts.ngettext(
        "<b>#{number}</b>: {sent} of {n} group has got it",
        "<b>#{number}</b>: {sent} of {n} groups have got it",
        total,
        number=broadcast.number,
        sent=texts.number(sent),
    )


def no_such_kind(texts: Texts) -> Html:
    """Say which kinds of files there are."""
    return texts.gettext("The list of groups comes as .xlsx or as .csv.")

"""Who has delivered, as a picture of bars and as a table: gathered in the turn, made when it is sent."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import msgspec

from bot.announcements.quotas.rules.quota import Kind, Share
from bot.announcements.quotas.texts import words
from bot.i18n import N_, texts_for
from bot.pictures import Bar, BarsView, Tone, bars
from bot.sheets import Table, csv_file, workbook

if TYPE_CHECKING:
    from bot.announcements.quotas.rules.quota import Table as Found
    from bot.i18n import Texts


class FileKind(StrEnum):
    """A kind of file."""

    XLSX = "xlsx"
    CSV = "csv"


class _Given(msgspec.Struct):
    """All a picture or a file is made of."""

    locale: str
    zone: str
    now: dt.datetime
    kind: FileKind
    title: str
    subtitle: str
    shares: tuple[Share, ...]


_decode: Final = msgspec.json.Decoder(_Given).decode
_SHEET: Final = N_("Delivered")
_HEADINGS: Final = (
    N_("Quota"),
    N_("Name"),
    N_("Telegram ID"),
    N_("Department"),
    N_("Owed"),
    N_("Delivered"),
    N_("Missing"),
)
_KINDS: Final = {Kind.DEPARTMENT: N_("Department"), Kind.PERSON: N_("Member"), Kind.EVERYBODY: words.EVERYBODY}


def gather(texts: Texts, group: str, found: Found, now: dt.datetime, kind: FileKind = FileKind.XLSX) -> bytes:
    """Return what a picture or a file is made of."""
    title = texts.label("Who has delivered")
    subtitle = texts.label("{group}, {span}", group=group, span=words.span(texts, found.span))
    return msgspec.json.encode(_Given(texts.locale, texts.tz.key, now, kind, title, subtitle, found.shares))


def picture(made_of: bytes) -> bytes:
    """Draw the picture as a PNG: a bar for each department and person, and one for how many of all the members have delivered."""
    given = _decode(made_of)
    texts = texts_for(given.locale, given.zone)
    drawn = [_bar(one) for one in given.shares if one.kind is not Kind.EVERYBODY]
    everybody = [one for one in given.shares if one.kind is Kind.EVERYBODY]
    if everybody:
        done = sum(one.is_done for one in everybody)
        drawn.append(Bar(texts.label(words.EVERYBODY), done, len(everybody), Tone.BLUE))
    return bars(BarsView(given.title, drawn, texts, texts.label("Others"), given.subtitle))


def _bar(one: Share) -> Bar:
    return Bar(one.name, one.delivered, max(one.owed, one.delivered), Tone.GREEN if one.is_done else Tone.AMBER)


def table(made_of: bytes) -> bytes:
    """Write a workbook or a CSV file."""
    given = _decode(made_of)
    texts = texts_for(given.locale, given.zone)
    rows = [
        [
            texts.label(_KINDS[one.kind]),
            one.name,
            one.user_id,
            one.department or None,
            one.owed,
            one.delivered,
            max(0, one.owed - one.delivered),
        ]
        for one in given.shares
    ]
    made = Table(texts.label(_SHEET), [texts.label(one) for one in _HEADINGS], rows)
    return csv_file(made, texts.tz) if given.kind is FileKind.CSV else workbook([made], tz=texts.tz, now=given.now)

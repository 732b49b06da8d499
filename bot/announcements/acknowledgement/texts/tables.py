"""Who has read it, as a table: gathered in the turn, written when the file is sent."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import msgspec

from bot.announcements.acknowledgement.rules.roll import Answer, by_department
from bot.announcements.acknowledgement.texts.status import ANSWERS, NO_DEPARTMENT
from bot.i18n import N_, texts_for
from bot.sheets import Table, csv_file, workbook

if TYPE_CHECKING:
    from bot.announcements.acknowledgement.rules.roll import Roll
    from bot.i18n import Texts


class Kind(StrEnum):
    """A kind of file."""

    XLSX = "xlsx"
    CSV = "csv"


class _Row(msgspec.Struct, array_like=True):
    name: str
    user_id: int
    department: str
    answer: Answer
    at: dt.datetime | None


class _Share(msgspec.Struct, array_like=True):
    name: str
    read: int
    late: int
    members: int


class _Table(msgspec.Struct):
    """All a file is made of."""

    locale: str
    zone: str
    now: dt.datetime
    kind: Kind
    rows: list[_Row]
    departments: list[_Share]


_decode: Final = msgspec.json.Decoder(_Table).decode


def gather(texts: Texts, found: Roll, now: dt.datetime, kind: Kind) -> bytes:
    """Return what a file is made of."""
    rows = [_Row(one.who.name, one.who.user_id, one.who.department, one.answer, one.at) for one in found.readers]
    departments = [_Share(one.name, one.read, one.late, one.members) for one in by_department(found.readers)]
    return msgspec.json.encode(_Table(texts.locale, texts.tz.key, now, kind, rows, departments))


def table(made_of: bytes) -> bytes:
    """Write a workbook, with a second sheet of the departments, or a CSV file of the people."""
    given = _decode(made_of)
    texts = texts_for(given.locale, given.zone)
    people = Table(
        texts.label(_PEOPLE),
        [texts.label(one) for one in _HEADINGS],
        [
            [row.name, row.user_id, row.department or None, texts.label(ANSWERS[row.answer]), row.at]
            for row in given.rows
        ],
    )
    if given.kind is Kind.CSV:
        return csv_file(people, texts.tz)
    departments = Table(
        texts.label(_DEPARTMENTS),
        [texts.label(one) for one in _SHARES],
        [
            [one.name or texts.label(NO_DEPARTMENT), one.members, one.read, one.late, one.members - one.read - one.late]
            for one in given.departments
        ],
    )
    return workbook([people, departments], tz=texts.tz, now=given.now)


_PEOPLE: Final = N_("People")
_DEPARTMENTS: Final = N_("Departments")
_HEADINGS: Final = (N_("Name"), N_("Telegram ID"), N_("Department"), N_("Acknowledgement"), N_("Acknowledged on"))
_SHARES: Final = (N_("Department"), N_("Members"), N_("Read in time"), N_("Read late"), N_("Not yet"))

"""How a roll is said: its sums, lists and departments, and what the picture and the file are made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import msgspec

from bot.announcements.rules.roll import Answer, by_department
from bot.i18n import N_, Html, texts_for
from bot.pictures import Bar, BarsView, Tone
from bot.pictures import bars as draw
from bot.sheets import Table, csv_file, workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.announcements.rules.asked import Asked
    from bot.announcements.rules.roll import Department, Line, Roll
    from bot.i18n import Texts

DEPARTMENTS: Final = "departments"
"""The list that is of departments, not of people."""
SHOWN_DEPARTMENTS: Final = 8
"""So many departments stand below the picture; the others are on the pages of the list and in the file."""
_NO_DEPARTMENT: Final = N_("no department")


@dataclass(frozen=True, slots=True)
class Names:
    """A list of names that is offered: whose, what its button says, and what heads it."""

    answers: tuple[Answer, ...]
    label: str
    head: str


@dataclass(frozen=True, slots=True)
class Words:
    """What a part says of its roll: sentences that are marked to be translated.

    ``lists`` are those offered, in order. ``tones`` colour the bars of the picture; ``always`` are shown there even of nobody.
    ``unproved`` is what the picture calls done beside a bar of those that were shown. ``columns`` are what the sheet of departments counts, with its headings.
    """

    answers: Mapping[Answer, str]
    lists: Mapping[str, Names]
    departments_head: str
    department: str
    caption: str
    title: str
    tones: Mapping[Answer, Tone]
    always: tuple[Answer, ...]
    department_tone: Tone
    answer: str
    at: str
    columns: tuple[tuple[str, tuple[Answer, ...]], ...]
    unproved: str = ""


# Below the picture


def known(texts: Texts, found: Roll) -> Html:
    """Say how many members are known, of how many."""
    if found.total is None:
        return texts.ngettext("I know {n} member of this group.", "I know {n} members of this group.", found.known)
    return texts.ngettext(
        "I know {known} of {n} member of this group.",
        "I know {known} of {n} members of this group.",
        found.total,
        known=texts.number(found.known),
    )


def reminded(texts: Texts, asked: Asked) -> Html | None:
    """Say how often those were reminded who have not; nothing where they never were."""
    if not asked.nudged or asked.nudged_at is None:
        return None
    return texts.ngettext(
        "Reminded {n} time, last {when}.",
        "Reminded {n} times, last {when}.",
        asked.nudged,
        when=texts.when(asked.nudged_at),
    )


def table(texts: Texts, words: Words, departments: Sequence[Department]) -> Html:
    """Write the departments as lines below the summary; the first ones only."""
    if not any(one.name for one in departments):
        return Html()
    lines = [department_line(texts, words, one) for one in departments[:SHOWN_DEPARTMENTS]]
    rest = len(departments) - SHOWN_DEPARTMENTS
    if rest > 0:
        lines.append(texts.ngettext("and {n} more department", "and {n} more departments", rest))
    return Html("\n").join(lines)


def department_line(texts: Texts, words: Words, one: Department) -> Html:
    """Write how one department stands."""
    said = texts.gettext(
        words.department,
        name=_name(texts, one),
        read=texts.number(one.done),
        members=texts.number(len(one.lines)),
        share=texts.percent(one.share),
    )
    late = one.count(Answer.LATE)
    return texts.gettext("{department}, {n} late", department=said, n=texts.number(late)) if late else said


def _name(texts: Texts, one: Department) -> str:
    return one.name or texts.label(_NO_DEPARTMENT)


# Lists


def list_label(texts: Texts, words: Words, which: str, found: Roll) -> str:
    """Label the button that shows a list of names."""
    names = words.lists[which]
    return texts.label(names.label, n=texts.number(found.count(*names.answers)))


def departments_label(texts: Texts) -> str:
    """Label the button that shows the departments."""
    return texts.label("🏷 By department")


def picture_label(texts: Texts) -> str:
    """Label the button that shows the picture."""
    return texts.label("📊 Picture")


def list_head(texts: Texts, words: Words, which: str, number: int, found: Roll) -> Html:
    """Head a list of names, or the departments."""
    head = words.departments_head if which == DEPARTMENTS else words.lists[which].head
    return Html("{}\n{}").format(texts.gettext(head, number=number), known(texts, found))


def line(texts: Texts, one: Line) -> Html:
    """Write one person."""
    department = f" · {one.who.department}" if one.who.department else ""
    if one.at is None:
        return Html("• {}{}").format(one.who.name, department)
    mark = texts.label("late") if one.answer is Answer.LATE else ""
    about = " · ".join(part for part in (texts.when(one.at), mark) if part)
    return Html("• {}{} · {}").format(one.who.name, department, about)


def nobody(texts: Texts) -> Html:
    """Stand for an empty list."""
    return texts.gettext("Nobody.")


def file_caption(texts: Texts, words: Words, number: int, found: Roll) -> Html:
    """Caption the file."""
    return texts.gettext(
        words.caption, number=number, read=texts.number(found.done), expected=texts.number(len(found.lines))
    )


# The picture: gathered in the turn, drawn when it is sent


class _Bar(msgspec.Struct, array_like=True):
    label: str
    value: int
    whole: int
    tone: Tone


class _Bars(msgspec.Struct):
    """All a picture is made of."""

    locale: str
    zone: str
    title: str
    subtitle: str
    others: str
    bars: list[_Bar]


_bars: Final = msgspec.json.Decoder(_Bars).decode


def gather_picture(texts: Texts, words: Words, number: int, found: Roll, group: str) -> bytes:
    """Return what the picture is made of: a bar for each answer, then one for each department."""
    whole = len(found.lines)
    said = dict(words.answers)
    if words.unproved and found.count(Answer.PROOF):
        said[Answer.DONE] = words.unproved
    bars = [
        _Bar(texts.label(said[answer]), found.count(answer), whole, tone)
        for answer, tone in words.tones.items()
        if found.count(answer) or answer in words.always
    ]
    departments = by_department(found.lines)
    if any(one.name for one in departments):
        tone = words.department_tone
        bars += [_Bar(_name(texts, one), one.done, len(one.lines), tone) for one in departments]
    title, others = texts.label(words.title, number=number), texts.label("Other departments")
    return msgspec.json.encode(_Bars(texts.locale, texts.tz.key, title, group, others, bars))


def picture(made_of: bytes) -> bytes:
    """Draw the picture as a PNG; takes less than a tenth of a second."""
    given = _bars(made_of)
    bars = [Bar(one.label, one.value, one.whole, one.tone) for one in given.bars]
    return draw(BarsView(given.title, bars, texts_for(given.locale, given.zone), given.others, given.subtitle))


# The file: gathered in the turn, written when it is sent


class Kind(StrEnum):
    """A kind of file."""

    XLSX = "xlsx"
    CSV = "csv"


class _Row(msgspec.Struct, array_like=True):
    name: str
    user_id: int
    department: str
    answer: str
    at: dt.datetime | None


class _Share(msgspec.Struct, array_like=True):
    name: str
    members: int
    counts: list[int]


class Sheet(msgspec.Struct):
    """What every file of announcements is made of, its rows aside; the headings are in the reader's language already."""

    locale: str
    zone: str
    now: dt.datetime
    kind: Kind
    headings: list[str]


class _Table(Sheet):
    """All a file is made of."""

    rows: list[_Row]
    columns: list[str]
    departments: list[_Share]


_table: Final = msgspec.json.Decoder(_Table).decode
_PEOPLE: Final = N_("People")
_DEPARTMENTS: Final = N_("Departments")
_FIRST: Final = (N_("Name"), N_("Telegram ID"), N_("Department"))
_SHARES: Final = (N_("Department"), N_("Members"))


def gather_table(texts: Texts, words: Words, found: Roll, now: dt.datetime, kind: Kind) -> bytes:
    """Return what a file is made of."""
    said = {answer: texts.label(word) for answer, word in words.answers.items()}
    rows = [_Row(one.who.name, one.who.user_id, one.who.department, said[one.answer], one.at) for one in found.lines]
    departments = [
        _Share(_name(texts, one), len(one.lines), [one.count(*answers) for _, answers in words.columns])
        for one in by_department(found.lines)
    ]
    headings = [texts.label(one) for one in (*_FIRST, words.answer, words.at)]
    columns = [texts.label(one) for one in (*_SHARES, *(name for name, _ in words.columns))]
    given = _Table(texts.locale, texts.tz.key, now, kind, headings, rows, columns, departments)
    return msgspec.json.encode(given)


def table_file(made_of: bytes) -> bytes:
    """Write a workbook, with a second sheet of the departments, or a CSV file of the people."""
    given = _table(made_of)
    texts = texts_for(given.locale, given.zone)
    rows = [[row.name, row.user_id, row.department or None, row.answer, row.at] for row in given.rows]
    people = Table(texts.label(_PEOPLE), given.headings, rows)
    if given.kind is Kind.CSV:
        return csv_file(people, texts.tz)
    shares: list[list[str | int]] = [[one.name, one.members, *one.counts] for one in given.departments]
    return workbook([people, Table(texts.label(_DEPARTMENTS), given.columns, shares)], tz=texts.tz, now=given.now)

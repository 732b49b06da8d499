"""Who has passed it on: the summary, the lists, the picture and the file."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import msgspec

from bot.announcements.rules.nudging import MOST_NUDGES, Enough, Hold, TooEarly
from bot.announcements.sharing.rules.campaign import Answer, by_department
from bot.announcements.texts.nudging import not_now
from bot.i18n import N_, Html, texts_for
from bot.pictures import Bar, BarsView, Tone
from bot.pictures import bars as draw
from bot.sheets import Table, csv_file, workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.announcements.sharing.rules.campaign import Campaign, Department, Line, Share, Sheet
    from bot.i18n import Texts

ANSWERS: Final = {
    Answer.PROOF: N_("passed on, with a screenshot"),
    Answer.SHARED: N_("passed on"),
    Answer.PENDING: N_("not passed on"),
}
_TONES: Final = {Answer.PROOF: Tone.GREEN, Answer.SHARED: Tone.BLUE, Answer.PENDING: Tone.ROSE}
_NO_DEPARTMENT: Final = N_("no department")
_LISTS: Final = {
    "pending": N_("⏳ Not passed on: {n}"),
    "shared": N_("✓ Without a screenshot: {n}"),
    "proof": N_("📷 With a screenshot: {n}"),
}
_HEADS: Final = {
    "pending": N_("<b>Who has not passed on #{number}</b>"),
    "shared": N_("<b>Who has passed on #{number}, without a screenshot</b>"),
    "proof": N_("<b>Who has passed on #{number}, with a screenshot</b>"),
    "departments": N_("<b>Passing on #{number}, by department</b>"),
}
SHOWN_DEPARTMENTS: Final = 8


def summary(texts: Texts, number: int, asked: Campaign, found: Sheet) -> Html:
    """Say in short how it stands."""
    shared = found.count(Answer.SHARED, Answer.PROOF)
    lines = [
        texts.gettext(
            "<b>#{number}</b>: passed on by {shared} of {known}",
            number=number,
            shared=texts.number(shared),
            known=texts.number(len(found.lines)),
        )
    ]
    proofs = found.count(Answer.PROOF)
    if asked.proof or proofs:
        lines.append(
            texts.gettext(
                "With a screenshot: {proofs}, without: {others}.",
                proofs=texts.number(proofs),
                others=texts.number(shared - proofs),
            )
        )
    if asked.until is not None:
        lines.append(texts.gettext("It ends on {when}.", when=texts.when(asked.until)))
    lines.append(_known(texts, found))
    if found.gone:
        lines.append(
            texts.ngettext(
                "{n} who passed it on has left since and is not counted.",
                "{n} who passed it on have left since and are not counted.",
                found.gone,
            )
        )
    if asked.nudged and asked.nudged_at is not None:
        lines.append(
            texts.ngettext(
                "Reminded {n} time, last {when}.",
                "Reminded {n} times, last {when}.",
                asked.nudged,
                when=texts.when(asked.nudged_at),
            )
        )
    return Html("\n").join(lines)


def _known(texts: Texts, found: Sheet) -> Html:
    if found.total is None:
        return texts.ngettext(
            "I know {known} of {n} member of this group.",
            "I know {known} of {n} members of this group.",
            len(found.lines),
            known=texts.number(len(found.lines)),
        )
    return texts.ngettext(
        "I know {known} of {n} member of this group.",
        "I know {known} of {n} members of this group.",
        found.total,
        known=texts.number(len(found.lines)),
    )


def departments(texts: Texts, lines: Sequence[Line]) -> Html:
    """Write the first departments below the summary."""
    found = by_department(lines)
    if not any(one.name for one in found):
        return Html()
    shown = [department_line(texts, one) for one in found[:SHOWN_DEPARTMENTS]]
    rest = len(found) - SHOWN_DEPARTMENTS
    if rest > 0:
        shown.append(texts.ngettext("and {n} more department", "and {n} more departments", rest))
    return Html("\n").join(shown)


def department_line(texts: Texts, one: Department) -> Html:
    """Write how one department stands."""
    return texts.gettext(
        "{name}: passed on by {read} of {members} ({share})",
        name=one.name or texts.label(_NO_DEPARTMENT),
        read=texts.number(one.shared),
        members=texts.number(one.members),
        share=texts.percent(one.shared / one.members),
    )


def list_label(texts: Texts, which: str, count: int) -> str:
    """Label the button that shows a list of names."""
    return texts.label(_LISTS[which], n=texts.number(count))


def departments_label(texts: Texts) -> str:
    """Label the button that shows the departments."""
    return texts.label("🏷 By department")


def picture_label(texts: Texts) -> str:
    """Label the button that shows the picture."""
    return texts.label("📊 Picture")


def remind_label(texts: Texts) -> str:
    """Label the button that reminds those who have not passed it on."""
    return texts.label("🔔 Remind those who have not passed it on")


def proofs_label(texts: Texts, count: int) -> str:
    """Label the button that shows the screenshots."""
    return texts.label("📷 Screenshots: {n}", n=texts.number(count))


def list_head(texts: Texts, which: str, number: int, found: Sheet) -> Html:
    """Head a list."""
    return Html("{}\n{}").format(texts.gettext(_HEADS[which], number=number), _known(texts, found))


def member_line(texts: Texts, line: Line) -> Html:
    """Write one member."""
    department = f" · {line.who.department}" if line.who.department else ""
    at = "" if line.share is None else f" · {texts.when(line.share.at)}"
    return Html("• {}{}{}").format(line.who.name, department, at)


def nobody(texts: Texts) -> Html:
    """Stand for an empty list."""
    return texts.gettext("Nobody.")


def proof_caption(texts: Texts, number: int, share: Share) -> Html:
    """Caption a screenshot."""
    return texts.gettext("#{number}: {name}, {when}", number=number, name=share.name, when=texts.when(share.at))


def no_proofs(texts: Texts) -> str:
    """Say that nobody has sent a screenshot."""
    return texts.label("Nobody has sent a screenshot.")


def file_caption(texts: Texts, number: int, found: Sheet) -> Html:
    """Caption the file."""
    return texts.gettext(
        "Who has passed on #{number}: {shared} of {known}",
        number=number,
        shared=texts.number(found.count(Answer.SHARED, Answer.PROOF)),
        known=texts.number(len(found.lines)),
    )


def ended(texts: Texts, number: int, asked: Campaign, found: Sheet) -> Html:
    """Tell the managers that the campaign has ended."""
    head = texts.gettext("⏳ Passing on #{number} has ended.", number=number)
    return Html("{}\n{}").format(head, summary(texts, number, asked, found))


def reminding(texts: Texts, asked: Campaign, count: int) -> Html:
    """Say that people are being reminded."""
    said = texts.ngettext(
        "{n} person is being reminded by name in the group.",
        "{n} people are being reminded by name in the group.",
        count,
    )
    left = MOST_NUDGES - asked.nudged
    if not left:
        return texts.flow(said, texts.gettext("This was the last time for this announcement."))
    return texts.flow(said, texts.ngettext("One more reminder is possible.", "{n} more reminders are possible.", left))


def nobody_to_remind(texts: Texts) -> Html:
    """Say that everybody has passed it on."""
    return texts.gettext("Everybody I know has passed it on: there is nobody to remind.")


def cannot_remind(texts: Texts, outcome: Enough | TooEarly | Hold) -> Html:
    """Say why nobody is reminded now."""
    return not_now(texts, outcome)


# The picture: gathered in the turn, drawn when it is sent


class _Bar(msgspec.Struct, array_like=True):
    label: str
    value: int
    whole: int
    tone: Tone


class _Bars(msgspec.Struct):
    locale: str
    zone: str
    title: str
    subtitle: str
    others: str
    bars: list[_Bar]


_bars: Final = msgspec.json.Decoder(_Bars).decode


def gather_picture(texts: Texts, number: int, found: Sheet, group: str) -> bytes:
    """Return what the picture is made of: a bar for each answer, then one for each department."""
    whole = len(found.lines)
    bars = [
        _Bar(texts.label(ANSWERS[answer]), found.count(answer), whole, tone)
        for answer, tone in _TONES.items()
        if found.count(answer) or answer is not Answer.PROOF
    ]
    tagged = by_department(found.lines)
    if any(one.name for one in tagged):
        bars += [_Bar(one.name or texts.label(_NO_DEPARTMENT), one.shared, one.members, Tone.AMBER) for one in tagged]
    title = texts.label("Who has passed on #{number}", number=number)
    others = texts.label("Other departments")
    return msgspec.json.encode(_Bars(texts.locale, texts.tz.key, title, group, others, bars))


def picture(made_of: bytes) -> bytes:
    """Draw the picture as a PNG."""
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
    answer: Answer
    at: dt.datetime | None


class _Share(msgspec.Struct, array_like=True):
    name: str
    members: int
    shared: int
    proofs: int


class _Table(msgspec.Struct):
    locale: str
    zone: str
    now: dt.datetime
    kind: Kind
    rows: list[_Row]
    departments: list[_Share]


_table: Final = msgspec.json.Decoder(_Table).decode
_PEOPLE: Final = N_("People")
_DEPARTMENTS: Final = N_("Departments")
_HEADINGS: Final = (N_("Name"), N_("Telegram ID"), N_("Department"), N_("Passed on"), N_("Passed on at"))
_SHARES: Final = (N_("Department"), N_("Members"), N_("Passed on"), N_("With a screenshot"), N_("Not passed on"))


def gather_table(texts: Texts, found: Sheet, now: dt.datetime, kind: Kind) -> bytes:
    """Return what a file is made of."""
    rows = [
        _Row(one.who.name, one.who.user_id, one.who.department, one.answer, None if one.share is None else one.share.at)
        for one in found.lines
    ]
    tagged = [_Share(one.name, one.members, one.shared, one.proofs) for one in by_department(found.lines)]
    return msgspec.json.encode(_Table(texts.locale, texts.tz.key, now, kind, rows, tagged))


def table(made_of: bytes) -> bytes:
    """Write a workbook, with a second sheet of the departments, or a CSV file of the people."""
    given = _table(made_of)
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
    tagged = Table(
        texts.label(_DEPARTMENTS),
        [texts.label(one) for one in _SHARES],
        [
            [one.name or texts.label(_NO_DEPARTMENT), one.members, one.shared, one.proofs, one.members - one.shared]
            for one in given.departments
        ],
    )
    return workbook([people, tagged], tz=texts.tz, now=given.now)

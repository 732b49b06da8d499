"""Who has read it: the summary, the table by department, the lists, and what managers are told at the deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.announcements.acknowledgement.rules.roll import Answer, Decision
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.announcements.acknowledgement.rules.roll import Department, Missed, Reader, Roll
    from bot.announcements.acknowledgement.rules.taps import Round
    from bot.i18n import Texts

ANSWERS: Final = {
    Answer.READ: N_("read"),
    Answer.LATE: N_("read late"),
    Answer.PENDING: N_("not yet"),
    Answer.UNREACHABLE: N_("not yet, cannot be written to"),
}
NO_DEPARTMENT: Final = N_("no department")
_LISTS: Final = {
    "read": N_("✅ Read: {n}"),
    "pending": N_("⏳ Not yet: {n}"),
    "unreachable": N_("🚫 Cannot be written to: {n}"),
}
_HEADS: Final = {
    "read": N_("<b>Who has read #{number}</b>"),
    "pending": N_("<b>Who has not read #{number}</b>"),
    "unreachable": N_("<b>Who has not read #{number} and cannot be written to in private</b>"),
    "departments": N_("<b>#{number} by department</b>"),
}
_ICONS: Final = {
    Decision.OPEN: "⏳",
    Decision.RECORDED: "⚖️",
    Decision.WAIVED: "🕊",
}
SHOWN_DEPARTMENTS: Final = 8
"""So many departments stand below the picture; the others are on the pages of the list and in the file."""


def summary(texts: Texts, number: int, asked: Round, found: Roll) -> Html:
    """Say in short how it stands."""
    lines = [
        texts.gettext(
            "<b>#{number}</b>: read by {read} of {expected}",
            number=number,
            read=texts.number(found.read),
            expected=texts.number(len(found.readers)),
        )
    ]
    late = found.count(Answer.LATE)
    if asked.until is not None:
        said = texts.gettext("Deadline: {when}.", when=texts.when(asked.until))
        counted = texts.ngettext("{n} was late.", "{n} were late.", late) if late else Html()
        lines.append(texts.flow(said, counted))
    waiting, cut_off = found.count(Answer.PENDING), found.count(Answer.UNREACHABLE)
    lines.append(
        texts.gettext(
            "Not yet: {pending}, and {cut_off} whom I cannot write to in private.",
            pending=texts.number(waiting),
            cut_off=texts.number(cut_off),
        )
    )
    lines.append(known(texts, found))
    if found.gone:
        lines.append(
            texts.ngettext(
                "{n} who acknowledged it has left since and is not counted.",
                "{n} who acknowledged it have left since and are not counted.",
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


def known(texts: Texts, found: Roll) -> Html:
    """Say how many members are known, of how many; the author is not asked."""
    if found.total is None:
        return texts.ngettext("I know {n} member of this group.", "I know {n} members of this group.", found.known)
    return texts.ngettext(
        "I know {known} of {n} member of this group.",
        "I know {known} of {n} members of this group.",
        found.total,
        known=texts.number(found.known),
    )


def table(texts: Texts, departments: Sequence[Department]) -> Html:
    """Write the departments as lines below the summary; the first ones only."""
    if not any(one.name for one in departments):
        return Html()
    lines = [department_line(texts, one) for one in departments[:SHOWN_DEPARTMENTS]]
    rest = len(departments) - SHOWN_DEPARTMENTS
    if rest > 0:
        lines.append(texts.ngettext("and {n} more department", "and {n} more departments", rest))
    return Html("\n").join(lines)


def department_line(texts: Texts, one: Department) -> Html:
    """Write how one department stands."""
    said = texts.gettext(
        "{name}: {read} of {members} ({share})",
        name=one.name or texts.label(NO_DEPARTMENT),
        read=texts.number(one.done),
        members=texts.number(one.members),
        share=texts.percent(one.done / one.members),
    )
    late = texts.gettext("{n} late", n=texts.number(one.late)) if one.late else None
    return said if late is None else Html("{}, {}").format(said, late)


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
    """Label the button that reminds those who have not read it."""
    return texts.label("🔔 Remind those who have not")


def ways_label(texts: Texts) -> str:
    """Label the button that leads to what is asked."""
    return texts.label("⏱ Deadline, reminders")


def list_head(texts: Texts, which: str, number: int, found: Roll) -> Html:
    """Head a list of names, or the departments."""
    return Html("{}\n{}").format(texts.gettext(_HEADS[which], number=number), known(texts, found))


def reader_line(texts: Texts, reader: Reader) -> Html:
    """Write one reader."""
    department = f" · {reader.who.department}" if reader.who.department else ""
    if reader.at is None:
        return Html("• {}{}").format(reader.who.name, department)
    mark = texts.label("late") if reader.answer is Answer.LATE else ""
    about = " · ".join(part for part in (texts.when(reader.at), mark) if part)
    return Html("• {}{} · {}").format(reader.who.name, department, about)


def nobody(texts: Texts) -> Html:
    """Stand for an empty list."""
    return texts.gettext("Nobody.")


def file_caption(texts: Texts, number: int, found: Roll) -> Html:
    """Caption the file."""
    return texts.gettext(
        "Who has read #{number}: {read} of {expected}",
        number=number,
        read=texts.number(found.read),
        expected=texts.number(len(found.readers)),
    )


# At the deadline


def deadline(texts: Texts, number: int, excerpt: str, asked: Round, found: Roll) -> Html:
    """Tell the managers that the deadline has passed."""
    head = texts.gettext("⏳ The deadline of #{number} (“{excerpt}”) has passed.", number=number, excerpt=excerpt)
    if not found.waiting:
        return texts.flow(head, texts.gettext("Everybody I know has acknowledged it."))
    return Html("{}\n{}").format(head, summary(texts, number, asked, found))


def silence(texts: Texts, number: int) -> Html:
    """Head the page on which managers decide about silence."""
    return texts.gettext(
        "<b>Not acknowledged by the deadline: #{number}</b>\nIs it a violation? You decide about each person; nothing happens "
        "by itself.",
        number=number,
    )


def missed_line(texts: Texts, one: Missed, *, read: bool) -> Html:
    """Write one person who stayed silent, with what was decided, or whether they have ``read`` it since."""
    head = Html("{} {}").format(_ICONS[one.decision], one.name)
    if one.decision is Decision.OPEN:
        return Html("{}: {}").format(head, texts.gettext("has acknowledged it since, late")) if read else head
    said = (
        texts.gettext("recorded by {name}", name=one.decided_by)
        if one.decision is Decision.RECORDED
        else texts.gettext("let pass by {name}", name=one.decided_by)
    )
    return Html("{}: {}").format(head, said)


def silence_label(texts: Texts, count: int) -> str:
    """Label the button that leads to the decisions."""
    return texts.label("⚖️ Decide: {n}", n=texts.number(count))


def record_label(texts: Texts, name: str) -> str:
    """Label the button that makes a case of somebody's silence."""
    return texts.label("⚖️ Record: {name}", name=name[:24])


def pass_label(texts: Texts, name: str) -> str:
    """Label the button that lets somebody's silence pass."""
    return texts.label("🕊 Let pass: {name}", name=name[:24])


def reason(texts: Texts, number: int, asked: Round) -> Html:
    """Name the violation, as it stands in the ledger."""
    when = texts.when(asked.until) if asked.until is not None else "—"
    return texts.gettext("Announcement #{number} was not acknowledged by {when}.", number=number, when=when)


def decided_before(texts: Texts, one: Missed) -> str:
    """Say that somebody else was faster."""
    if one.decision is Decision.RECORDED:
        return texts.label("{by} has recorded this already.", by=one.decided_by)
    return texts.label("{by} has let this pass already.", by=one.decided_by)


def cannot_record(texts: Texts, name: str) -> str:
    """Say that nobody who runs the group, and nobody who has left, is warned."""
    return texts.label("{name} runs the group or has left: nothing is recorded.", name=name)


def recorded(texts: Texts, name: str) -> str:
    """Confirm that it became a case."""
    return texts.label("Recorded for {name}.", name=name)


def waived(texts: Texts, name: str) -> str:
    """Confirm that it was let pass."""
    return texts.label("Let pass for {name}.", name=name)


def not_proposed(texts: Texts) -> str:
    """Say that there is nothing to decide about this person."""
    return texts.label("There is nothing to decide here.")

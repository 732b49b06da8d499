"""Who has read it: the words of the roll, its sums, and what managers are told at the deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.announcements.acknowledgement.rules.silence import Decision
from bot.announcements.rules.roll import WAITING, Answer
from bot.announcements.texts.roll import Names, Words, known, reminded
from bot.i18n import N_, Html
from bot.pictures import Tone

if TYPE_CHECKING:
    from bot.announcements.acknowledgement.rules.silence import Missed
    from bot.announcements.acknowledgement.rules.taps import Round
    from bot.announcements.rules.asked import Asked
    from bot.announcements.rules.roll import Roll
    from bot.i18n import Texts

WORDS: Final = Words(
    answers={
        Answer.DONE: N_("read"),
        Answer.LATE: N_("read late"),
        Answer.PENDING: N_("not yet"),
        Answer.UNREACHABLE: N_("not yet, cannot be written to"),
    },
    lists={
        "pending": Names((Answer.PENDING,), N_("⏳ Not yet: {n}"), N_("<b>Who has not read #{number}</b>")),
        "unreachable": Names(
            (Answer.UNREACHABLE,),
            N_("🚫 Cannot be written to: {n}"),
            N_("<b>Who has not read #{number} and cannot be written to in private</b>"),
        ),
        "read": Names((Answer.DONE, Answer.LATE), N_("✅ Read: {n}"), N_("<b>Who has read #{number}</b>")),
    },
    departments_head=N_("<b>#{number} by department</b>"),
    department=N_("{name}: {read} of {members} ({share})"),
    caption=N_("Who has read #{number}: {read} of {expected}"),
    title=N_("Who has read #{number}"),
    tones={
        Answer.DONE: Tone.GREEN,
        Answer.LATE: Tone.AMBER,
        Answer.PENDING: Tone.ROSE,
        Answer.UNREACHABLE: Tone.GREY,
    },
    always=(Answer.DONE, Answer.PENDING),
    department_tone=Tone.BLUE,
    answer=N_("Acknowledgement"),
    at=N_("Acknowledged on"),
    columns=(
        (N_("Read in time"), (Answer.DONE,)),
        (N_("Read late"), (Answer.LATE,)),
        (N_("Not acknowledged"), WAITING),
    ),
)
_ICONS: Final = {
    Decision.OPEN: "⏳",
    Decision.RECORDED: "⚖️",
    Decision.WAIVED: "🕊",
}


def summary(texts: Texts, number: int, asked: Asked, found: Roll) -> Html:
    """Say in short how it stands."""
    lines = [
        texts.gettext(
            "<b>#{number}</b>: read by {read} of {expected}",
            number=number,
            read=texts.number(found.done),
            expected=texts.number(len(found.lines)),
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
    said_of_reminders = reminded(texts, asked)
    if said_of_reminders is not None:
        lines.append(said_of_reminders)
    return Html("\n").join(lines)


def remind_label(texts: Texts) -> str:
    """Label the button that reminds those who have not read it."""
    return texts.label("🔔 Remind those who have not")


def ways_label(texts: Texts) -> str:
    """Label the button that leads to what is asked."""
    return texts.label("⏱ Deadline, reminders")


# At the deadline


def deadline(texts: Texts, number: int, group: str, excerpt: str, asked: Round, found: Roll) -> Html:
    """Tell the managers that the deadline has passed; each group counts its announcements for itself."""
    head = texts.gettext(
        "⏳ The deadline of #{number} (“{excerpt}”) of {group} has passed.", number=number, excerpt=excerpt, group=group
    )
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
        return texts.gettext("{person}: has acknowledged it since, late", person=head) if read else head
    if one.decision is Decision.RECORDED:
        return texts.gettext("{person}: recorded by {name}", person=head, name=one.decided_by)
    return texts.gettext("{person}: let pass by {name}", person=head, name=one.decided_by)


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

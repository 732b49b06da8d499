"""Who has passed it on: the words of the roll, its sums, the screenshots, and what managers are told at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.announcements.rules.roll import WAITING, Answer
from bot.announcements.sharing.rules.campaign import Campaign
from bot.announcements.texts.roll import Names, Words, known, reminded
from bot.i18n import N_, Html
from bot.pictures import Tone

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.rules.asked import Asked
    from bot.announcements.rules.roll import Roll
    from bot.announcements.sharing.rules.campaign import Share, Sum
    from bot.i18n import Texts

WORDS: Final = Words(
    answers={
        Answer.PROOF: N_("passed on, with a screenshot"),
        Answer.DONE: N_("passed on"),
        Answer.PENDING: N_("not passed on"),
        Answer.UNREACHABLE: N_("not passed on, cannot be written to"),
    },
    lists={
        "pending": Names(WAITING, N_("⏳ Not passed on: {n}"), N_("<b>Who has not passed on #{number}</b>")),
        "shared": Names(
            (Answer.DONE,),
            N_("✓ Without a screenshot: {n}"),
            N_("<b>Who has passed on #{number}, without a screenshot</b>"),
        ),
        "proof": Names(
            (Answer.PROOF,),
            N_("📷 With a screenshot: {n}"),
            N_("<b>Who has passed on #{number}, with a screenshot</b>"),
        ),
    },
    departments_head=N_("<b>Passing on #{number}, by department</b>"),
    department=N_("{name}: passed on by {read} of {members} ({share})"),
    caption=N_("Who has passed on #{number}: {read} of {expected}"),
    title=N_("Who has passed on #{number}"),
    tones={
        Answer.PROOF: Tone.GREEN,
        Answer.DONE: Tone.BLUE,
        Answer.PENDING: Tone.ROSE,
        Answer.UNREACHABLE: Tone.GREY,
    },
    unproved=N_("passed on, without a screenshot"),
    always=(Answer.DONE, Answer.PENDING),
    department_tone=Tone.AMBER,
    answer=N_("Passed on"),
    at=N_("Passed on at"),
    columns=(
        (N_("Passed on"), (Answer.DONE, Answer.PROOF)),
        (N_("Of them with a screenshot"), (Answer.PROOF,)),
        (N_("Not passed on"), WAITING),
    ),
)


def summary(texts: Texts, number: int, asked: Asked, found: Roll) -> Html:
    """Say in short how it stands."""
    lines = [
        texts.gettext(
            "<b>#{number}</b>: passed on by {shared} of {known}",
            number=number,
            shared=texts.number(found.done),
            known=texts.number(found.known),
        )
    ]
    proofs = found.count(Answer.PROOF)
    if proofs or (isinstance(asked, Campaign) and asked.proof):
        lines.append(
            texts.gettext(
                "With a screenshot: {proofs}, without: {others}.",
                proofs=texts.number(proofs),
                others=texts.number(found.done - proofs),
            )
        )
    if asked.until is not None:
        lines.append(texts.gettext("It ends on {when}.", when=texts.when(asked.until)))
    cut_off = found.count(Answer.UNREACHABLE)
    if cut_off:
        lines.append(
            texts.ngettext(
                "{n} of those who have not cannot be written to in private.",
                "{n} of those who have not cannot be written to in private.",
                cut_off,
            )
        )
    lines.append(known(texts, found))
    if found.gone:
        lines.append(
            texts.ngettext(
                "{n} who passed it on has left since and is not counted.",
                "{n} who passed it on have left since and are not counted.",
                found.gone,
            )
        )
    said = reminded(texts, asked)
    if said is not None:
        lines.append(said)
    return Html("\n").join(lines)


def remind_label(texts: Texts) -> str:
    """Label the button that reminds those who have not passed it on."""
    return texts.label("🔔 Remind those who have not passed it on")


def proofs_label(texts: Texts, count: int) -> str:
    """Label the button that shows the screenshots."""
    return texts.label("📷 Screenshots: {n}", n=texts.number(count))


def proof_caption(texts: Texts, number: int, share: Share) -> Html:
    """Caption a screenshot."""
    return texts.gettext("#{number}: {name}, {when}", number=number, name=share.name, when=texts.when(share.at))


def no_proofs(texts: Texts) -> str:
    """Say that nobody has sent a screenshot."""
    return texts.label("Nobody has sent a screenshot.")


def ended(texts: Texts, number: int, group: str, asked: Campaign, found: Roll) -> Html:
    """Tell the managers that the campaign has ended; each group counts its announcements for itself."""
    head = texts.gettext("⏳ Passing on #{number} of {group} has ended.", number=number, group=group)
    return Html("{}\n{}").format(head, summary(texts, number, asked, found))


# In several groups


def so_far(texts: Texts, found: Sum, now: datetime) -> Html:
    """Say on the card of all groups how it stands."""
    asked = texts.ngettext("📤 To be passed on in {n} group.", "📤 To be passed on in {n} groups.", found.groups)
    return texts.flow(asked, _passed_on(texts, found), texts.gettext("(As of {time}.)", time=texts.clock(now)))


def ended_everywhere(texts: Texts, excerpt: str, found: Sum) -> Html:
    """Tell, once for all groups, that the campaign has ended."""
    return texts.flow(
        texts.ngettext(
            "⏳ Passing on “{excerpt}” has ended in {n} group.",
            "⏳ Passing on “{excerpt}” has ended in {n} groups.",
            found.groups,
            excerpt=excerpt,
        ),
        _passed_on(texts, found),
        texts.gettext("Who has not is shown by <code>/announce shares</code> in each group."),
    )


def _passed_on(texts: Texts, found: Sum) -> Html:
    shared = texts.ngettext("{n} person has passed it on.", "{n} people have passed it on.", found.shared)
    if not found.proved:
        return shared
    return texts.flow(shared, texts.ngettext("{n} sent a screenshot.", "{n} sent a screenshot.", found.proved))

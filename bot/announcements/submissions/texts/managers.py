"""What reviewers read: the card, the queue, questions of their forms, settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements.submissions.rules import MOST_DAILY, State
from bot.announcements.submissions.texts import words
from bot.i18n import Html, Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.announcements.submissions.rules import House, Submission
    from bot.kernel.groups import Group


def card(texts: Texts, item: Submission, group: Group, *, inline: bool, talks: int) -> Html:
    """Write the card of those who decide, with so many of the last questions."""
    head = texts.gettext(
        "{icon} <b>Submission #{number}</b> from <b>{who}</b> for <b>{group}</b>: {state}\nhanded in {when}",
        icon=words.ICONS[item.state],
        number=item.number,
        who=words.who(texts, item),
        group=group.label or group.title,
        state=words.state(texts, item),
        when=texts.when(item.handed_at),
    )
    parts = [head, *_decision(texts, item)]
    parts.append(words.body(texts, item, inline=inline and item.is_open))
    return Html("\n\n").join([*parts, *words.talk(texts, item, talks)])


def _decision(texts: Texts, item: Submission) -> list[Html]:
    match item.state:
        case State.ACCEPTED | State.PUBLISHED | State.DROPPED | State.WITHDRAWN:
            said = texts.gettext(
                "Accepted by {name}: it is announcement #{post}.", name=item.decider_name, post=item.post_number or 0
            )
            return [said, *verified(texts, item)]
        case State.DECLINED:
            return [texts.gettext("Declined by {name}: {reason}", name=item.decider_name, reason=item.reason)]
        case _:
            return []


def verified(texts: Texts, item: Submission) -> list[Html]:
    """Say how it was verified, if somebody noted it (R25)."""
    if not item.verified:
        return []
    return [texts.gettext("✔️ Verified by {name}: {how}", name=item.decider_name, how=item.verified)]


def on_announcement(texts: Texts, item: Submission) -> list[Html]:
    """Say on the card of the announcement where it comes from."""
    said = texts.gettext(
        "📥 Handed in by {who} (submission #{number}).", who=words.who(texts, item), number=item.number
    )
    return [said, *verified(texts, item)]


def waits(texts: Texts) -> Html:
    """Say in the group that something waits, where no reviewer can be reached elsewhere."""
    return texts.gettext(
        "📥 A submission waits for somebody who may review it. Reviewers, please open our private chat and send /submit list"
        " there."
    )


def not_told(texts: Texts, item: Submission) -> Html:
    """Say that the member can be told nowhere."""
    return texts.gettext(
        "I cannot tell {who} about submission #{number}: they have left the group, and I cannot write to them.",
        who=words.who(texts, item),
        number=item.number,
    )


# Questions


def ask_question(texts: Texts, number: int) -> Html:
    """Ask what is to be asked back."""
    return texts.gettext("What shall I ask about submission #{number}?", number=number)


def ask_reason(texts: Texts, number: int) -> Html:
    """Ask why it is declined."""
    return texts.gettext("Why do you decline submission #{number}? The member reads the reason.", number=number)


def ask_credit(texts: Texts) -> Html:
    """Ask whether the announcement names who handed it in."""
    return texts.gettext("Shall the announcement name who handed it in? The line stands below its words.")


def credit_label(texts: Texts, *, shown: bool) -> str:
    """Label the two answers."""
    return texts.label("Name them") if shown else texts.label("Do not name them")


def choose_credit(texts: Texts) -> Html:
    """Say that a button is wanted."""
    return texts.gettext("Please tap one of the buttons: whether the announcement names who handed it in.")


def ask_verified(texts: Texts) -> Html:
    """Ask how it was verified (R25)."""
    return texts.gettext(
        "Have you verified what it says? Write how, for example <i>telephoned the school</i>. It stands on the managers' card"
        " only."
    )


def asked(texts: Texts, item: Submission) -> Html:
    """Confirm a question."""
    return texts.gettext("Your question about submission #{number} is on its way.", number=item.number)


def accepted(texts: Texts, item: Submission) -> Html:
    """Confirm that it is a draft."""
    return texts.gettext(
        "Submission #{number} is accepted: it is the draft of announcement #{post} now, and still to be published.",
        number=item.number,
        post=item.post_number or 0,
    )


def being_deleted(texts: Texts, number: int) -> str:
    """Confirm that its messages go."""
    return texts.label("I delete from the group what was handed in as #{number}.", number=number)


def declined(texts: Texts, item: Submission) -> Html:
    """Confirm that it is declined."""
    return texts.gettext("Submission #{number} is declined.", number=item.number)


# The queue


def queue_title(texts: Texts, group: Group, waiting: int, house: House) -> Html:
    """Head the queue."""
    said = texts.ngettext(
        "<b>Submissions</b> for {group}: {n} waits for a decision. Tap a number to see one.",
        "<b>Submissions</b> for {group}: {n} wait for a decision. Tap a number to see one.",
        waiting,
        group=group.label or group.title,
    )
    return said if house.open else texts.flow(said, texts.gettext("At present none are taken."))


def queue_empty(texts: Texts, group: Group, house: House) -> Html:
    """Say that nothing was handed in."""
    said = texts.gettext(
        "Nobody has handed in anything for {group} yet. Members do so with <code>/submit</code>.",
        group=group.label or group.title,
    )
    return said if house.open else texts.flow(said, texts.gettext("At present none are taken."))


def state_page(texts: Texts, group: Group, state: State, lines: Sequence[Html]) -> Html:
    """Write a page of those in a state."""
    head = texts.gettext(
        "<b>Submissions</b> for {group}, {state}:",
        group=group.label or group.title,
        state=texts.label(words.STATES[state]),
    )
    return Html("\n").join((head, *(lines or (texts.gettext("None."),))))


def state_wanted(texts: Texts, typed: str) -> Html:
    """Say what may follow ``/submit list``."""
    return texts.gettext(
        "“{typed}” is neither a page of the list nor a state. Write for example <code>/submit list 2</code> or"
        " <code>{example}</code>.",
        typed=typed if len(typed) <= 40 else f"{typed[:39]}…",
        example=texts.label(words.EXAMPLE_LIST),
    )


def number_wanted(texts: Texts, sub: str, typed: str) -> Html:
    """Say that a number is wanted."""
    return texts.gettext(
        "“{typed}” is not the number of a submission or of a page. Write for example <code>/submit {sub} 7</code>.",
        typed=typed if len(typed) <= 40 else f"{typed[:39]}…",
        sub=sub,
    )


# Settings


def settings(texts: Texts, group: Group, house: House) -> Html:
    """Show how submissions are taken."""
    taken = (
        texts.ngettext(
            "Members can hand in {n} submission a day.", "Members can hand in {n} submissions a day.", house.daily
        )
        if house.open
        else texts.gettext("Members can hand in nothing at present.")
    )
    head = texts.gettext("<b>Submissions</b> for {group}", group=group.label or group.title)
    return Html("{}\n{}").format(head, taken)


def daily_label(texts: Texts, count: int, *, chosen: bool) -> str:
    """Label a number a day."""
    said = texts.nlabel("{n} a day", "{n} a day", count)
    return f"• {said} •" if chosen else said


def switch_label(texts: Texts, *, on: bool) -> str:
    """Label the switch by what it does."""
    return texts.label("🚫 Take none any more") if on else texts.label("✅ Take submissions")


def bad_limit(texts: Texts, typed: str) -> Html:
    """Say which limits there are."""
    return texts.gettext(
        "“{typed}” cannot be how many submissions of one member are taken a day: name a number from 1 to {most}, such as"
        " <code>/submit limit 3</code>.",
        typed=typed if len(typed) <= 40 else f"{typed[:39]}…",
        most=texts.number(MOST_DAILY),
    )


def nothing_more(texts: Texts, sub: str) -> Html:
    """Say that nothing follows a word."""
    return texts.gettext("Nothing may follow here: write <code>/submit {sub}</code> alone.", sub=sub)


# The digest


def digest(texts: Texts, waiting: int) -> Html:
    """Say how many wait."""
    return texts.ngettext("{n} submission waits for a decision", "{n} submissions wait for a decision", waiting)

"""What the member reads who handed something in: the questions of the forms, their own card, refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.announcements.submissions.rules import Act, Closed, Full, NotNow, NotThere, Own, State, Unknown
from bot.announcements.submissions.texts import words
from bot.announcements.texts import replies as core
from bot.i18n import N_, Html, Texts

if TYPE_CHECKING:
    from bot.announcements.submissions.rules import Refused, Submission
    from bot.kernel.groups import Group


def ask_content(texts: Texts, group: Group | None) -> Html:
    """Ask what somebody hands in, and name the group, since a private chat can mean several."""
    return texts.gettext(
        "What do you want to hand in for {group}? Send a text, a photo, a video, a document or an album. Somebody reviews it"
        " before anything is posted.",
        group="" if group is None else group.label or group.title,
    )


def ask_answer(texts: Texts) -> Html:
    """Ask for the answer to a reviewer's question."""
    return texts.gettext("What do you answer? Send a text, a photo, a video, a document or an album.")


def how_to_answer(texts: Texts, item: Submission, group: Group) -> Html:
    """Say how a question is answered."""
    question = item.question
    return texts.gettext(
        "{name} asks about your submission #{number} for {group}: {question}\nTo answer, tap the button, or reply to my message"
        " with the question.",
        name="" if question is None else question.name,
        number=item.number,
        group=group.label or group.title,
        question="" if question is None else question.question,
    )


def not_own(texts: Texts) -> Html:
    """Say that only one's own message can be handed in."""
    return texts.gettext(
        "That message is somebody else's. Write <code>/submit</code> with your own text, or in reply to a message of yours."
    )


def received(texts: Texts, item: Submission) -> Html:
    """Confirm where others read along that it was handed in; everybody has read it where they are the whole group (R25)."""
    said = texts.gettext(
        "📥 Received as submission #{number}. Somebody reviews it, and I tell you what becomes of it.",
        number=item.number,
    )
    if not item.openly:
        return said
    note = texts.gettext(
        "Here everybody can read it: what is not for everybody yet, hand in in our private chat, and delete it here."
    )
    return texts.flow(said, note)


def card(texts: Texts, item: Submission, group: Group, *, inline: bool, talks: int) -> Html:
    """Write the member's own card, which says where it stands, with so many of the last questions."""
    head = texts.gettext(
        "{icon} <b>Your submission #{number}</b> for <b>{group}</b>: {state}",
        icon=words.ICONS[item.state],
        number=item.number,
        group=group.label or group.title,
        state=words.state(texts, item),
    )
    parts = [head, _state(texts, item)]
    if item.state in {State.WAITING, State.ASKED}:
        parts.append(words.body(texts, item, inline=inline))
        parts += words.talk(texts, item, talks)
    else:
        parts.append(words.body(texts, item, inline=False))
    return Html("\n\n").join(parts)


def _state(texts: Texts, item: Submission) -> Html:
    match item.state:
        case State.WAITING:
            return texts.gettext(
                "Somebody reviews it, and I tell you what becomes of it. Until then you can take it back."
            )
        case State.ASKED:
            question = item.question
            return texts.gettext(
                "<b>{name} asks:</b> {question}\n\nAnswer with the button below, or by replying to this message.",
                name="" if question is None else question.name,
                question="" if question is None else question.question,
            )
        case State.ACCEPTED:
            return texts.gettext("{name} has accepted it. I tell you when it is published.", name=item.decider_name)
        case State.PUBLISHED:
            return texts.gettext("It stands in the group. Thank you!")
        case State.DROPPED:
            return texts.gettext(
                "It had been accepted, but it is not published after all. {name}, who accepted it, knows more. If that changes,"
                " I tell you.",
                name=item.decider_name,
            )
        case State.WITHDRAWN:
            return _withdrawn(texts, item)
        case State.DECLINED:
            return texts.gettext("{name} has declined it. Reason: {reason}", name=item.decider_name, reason=item.reason)
        case State.TAKEN_BACK:
            return texts.gettext("You have taken it back.")
        case _:
            assert_never(item.state)


def _withdrawn(texts: Texts, item: Submission) -> Html:
    if not item.reason:
        return texts.gettext("It stood in the group and was taken back.")
    return texts.gettext("It stood in the group and was taken back. Reason: {reason}", reason=item.reason)


def in_public(texts: Texts, item: Submission) -> Html:
    """Tell the member in the group, where they cannot be reached in private; the reason of a refusal is not for everybody."""
    mention = Html('<a href="tg://user?id={}">{}</a>').format(int(item.user_id), item.user_name)
    question = item.question if item.openly else None
    if question is not None:
        return texts.gettext(
            "{mention}, {name} asks about your submission #{number}: {question}\nAnswer with the button below, or by replying"
            " to this message.",
            mention=mention,
            name=question.name,
            number=item.number,
            question=question.question,
        )
    return texts.gettext(_PUBLIC[item.state], mention=mention, number=item.number)


_PUBLIC = {
    State.WAITING: N_("{mention}, your submission #{number} is being reviewed."),
    State.ASKED: N_(
        "{mention}, there is a question about your submission #{number}. Open our private chat and send /submit mine there:"
        " I show it to you, and nobody else."
    ),
    State.ACCEPTED: N_("{mention}, your submission #{number} has been accepted."),
    State.PUBLISHED: N_("{mention}, your submission #{number} is published."),
    State.DROPPED: N_("{mention}, your submission #{number} is not published after all."),
    State.WITHDRAWN: N_("{mention}, your submission #{number} was taken back from the group."),
    State.DECLINED: N_(
        "{mention}, somebody has decided about your submission #{number}. /submit mine in our private chat says how."
    ),
    State.TAKEN_BACK: N_("{mention}, you have taken submission #{number} back."),
}


def answered(texts: Texts, item: Submission) -> Html:
    """Confirm an answer."""
    return texts.gettext(
        "Thank you. Your answer stands below submission #{number} now. Is it the new text? Then tap the button.",
        number=item.number,
    )


def replaced(texts: Texts, item: Submission) -> str:
    """Confirm that the answer is the text now."""
    return texts.label("Your answer is the text of submission #{number} now.", number=item.number)


def taken_back(texts: Texts, item: Submission) -> str:
    """Confirm that it was taken back."""
    return texts.label("Submission #{number} is taken back.", number=item.number)


# Lists


def own_title(texts: Texts, group: Group) -> Html:
    """Head the list of one's own."""
    return texts.gettext(
        "<b>What you have handed in</b> for {group}. Tap a number to see one.", group=group.label or group.title
    )


def own_empty(texts: Texts, group: Group) -> Html:
    """Say that somebody has handed in nothing."""
    return texts.gettext(
        "You have handed in nothing for {group} yet. <code>/submit</code> begins.", group=group.label or group.title
    )


# Refusals


def refused(texts: Texts, outcome: Refused) -> Html:
    """Say why something cannot be done, and what can."""
    match outcome:
        case Unknown(number=number):
            return texts.gettext(
                "There is no submission #{number}, or it is somebody else's. /submit mine lists your own, /submit list those of the"
                " group.",
                number=number,
            )
        case Own(item=item):
            return texts.gettext(
                "You have handed in #{number} yourself: somebody else decides about it.", number=item.number
            )
        case NotThere(item=item):
            return texts.gettext("#{number} does not stand in the group, or not any more.", number=item.number)
        case Closed():
            return texts.gettext("This group takes no submissions at present. Please speak to a manager.")
        case Full(daily=daily, again=again):
            return texts.ngettext(
                "You have handed in {n} submission today, and more is not taken on one day. The next one you can hand in from"
                " {when} on.",
                "You have handed in {n} submissions today, and more are not taken on one day. The next one you can hand in from"
                " {when} on.",
                daily,
                when=texts.when(again),
            )
        case NotNow():
            return _not_now(texts, outcome)
        case _:
            return core.refused(texts, outcome)


_NOT_NOW = {
    State.WAITING: N_("#{number} waits for a decision: that cannot be done with it now."),
    State.ASKED: N_("#{number} waits for an answer: {name} has asked back already."),
    State.ACCEPTED: N_("#{number} is decided already: {name} has accepted it."),
    State.PUBLISHED: N_("#{number} is published already."),
    State.DROPPED: N_("#{number} is decided already: {name} has accepted it, and it was not published."),
    State.WITHDRAWN: N_("#{number} was published already, and withdrawn."),
    State.DECLINED: N_("#{number} is decided already: {name} has declined it."),
    State.TAKEN_BACK: N_("#{number} was taken back by whoever had handed it in."),
}


def _not_now(texts: Texts, outcome: NotNow) -> Html:
    item = outcome.item
    if outcome.act is Act.USE:
        return texts.gettext("There is no answer to #{number} that could become its text.", number=item.number)
    if outcome.act is Act.ANSWER and item.state is State.WAITING:
        return texts.gettext("Nobody has asked anything about #{number} that waits for an answer.", number=item.number)
    name = item.decider_name if item.question is None else item.question.name
    return texts.gettext(_NOT_NOW[item.state], number=item.number, name=name)

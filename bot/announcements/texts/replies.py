"""What is answered to commands, taps and forms, and what managers are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import State
from bot.announcements.rules.content import ContentProblem, Empty, NoAlbum, NoCaption, TooLong
from bot.announcements.rules.outcomes import (
    Changed,
    FileFixed,
    IsConfidential,
    IsPassedOn,
    NoReview,
    NotAllowed,
    NotNow,
    NotReviewer,
    NotWriting,
    Past,
    ProtectionFixed,
    Refused,
    Unknown,
    Unreviewed,
)
from bot.announcements.texts import content as say_content
from bot.announcements.texts import reviewing
from bot.i18n import N_, Html, Texts

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.rules.announcement import Announcement


# Refusals


def refused(texts: Texts, outcome: Refused) -> Html:
    """Say why something cannot be done, and what can."""
    match outcome:
        case Unknown(number=number):
            return texts.gettext(
                "There is no announcement #{number} in this group. /announce list shows all.", number=number
            )
        case NotAllowed() | NotWriting():
            return _not_theirs(texts, outcome)
        case NotNow():
            return _not_now(texts, outcome)
        case FileFixed(number=number):
            return texts.gettext(
                "#{number} is published: its words can still be changed, its file cannot. Send only the new text.",
                number=number,
            )
        case Past(at=at):
            return texts.gettext("{when} is already past. Please name a time in the future.", when=texts.when(at))
        case Unreviewed(item=item, review=review):
            return reviewing.unreviewed(texts, item, review)
        case NoReview(item=item):
            return reviewing.no_review(texts, item)
        case NotReviewer(item=item, review=review):
            return reviewing.not_reviewer(texts, item, review)
        case Changed(item=item):
            return reviewing.changed(texts, item)
        case ProtectionFixed() | IsConfidential() | IsPassedOn():
            return say_content.not_so(texts, outcome)
        case Empty() | TooLong() | NoCaption() | NoAlbum():
            return _content_refused(texts, outcome)
        case _:
            return say_content.bad_links(texts, outcome)


def _not_theirs(texts: Texts, outcome: NotAllowed | NotWriting) -> Html:
    if isinstance(outcome, NotAllowed):
        return texts.gettext(
            "#{number} can only be changed by people who may publish announcements.", number=outcome.item.number
        )
    return texts.gettext(
        "You wrote #{number}, and may not write announcements in this group any more: somebody else who may publish"
        " decides whether it goes out.",
        number=outcome.item.number,
    )


def _content_refused(texts: Texts, outcome: ContentProblem) -> Html:
    match outcome:
        case Empty():
            return texts.gettext(
                "There is nothing I can announce. Send a text, a photo, a video, a document, or another file."
            )
        case TooLong():
            return _too_long(texts, outcome)
        case NoCaption():
            return texts.gettext("Telegram shows no text under a sticker or a round video. Send one or the other.")
        case NoAlbum():
            return say_content.no_album(texts, outcome)
        case _:
            assert_never(outcome)


def _too_long(texts: Texts, outcome: TooLong) -> Html:
    values = {"length": texts.number(outcome.length), "limit": texts.number(outcome.limit)}
    if outcome.with_file:
        return texts.gettext(
            "The text has {length} characters. Together with a file Telegram takes {limit} at most, so please shorten it"
            " or send it without the file.",
            **values,
        )
    return texts.gettext(
        "The text has {length} characters. Telegram takes {limit} at most, so please shorten it or send it in two parts.",
        **values,
    )


_NOT_NOW = {
    State.DRAFT: N_("#{number} is a draft: that cannot be done with it now."),
    State.IN_REVIEW: N_("#{number} is in review: that cannot be done with it now."),
    State.APPROVED: N_("#{number} is approved: that cannot be done with it now."),
    State.SCHEDULED: N_("#{number} is scheduled: that cannot be done with it now."),
    State.MISSED: N_("#{number} waits for somebody to send it or skip it."),
    State.PUBLISHING: N_("#{number} is on its way to the group at this moment. Please wait a little."),
    State.UNCERTAIN: N_("#{number} may be in the group already. Please look there first and tap what you see."),
    State.PUBLISHED: N_("#{number} is published already."),
    State.FAILED: N_("#{number} could not be published: that cannot be done with it now."),
    State.CANCELLED: N_("#{number} was cancelled. Bring it back first."),
    State.DISCARDED: N_("#{number} was discarded. Bring it back first."),
    State.REJECTED: N_("#{number} was rejected. Bring it back as a draft first."),
    State.WITHDRAWN: N_("#{number} was withdrawn. /announce copy {number} makes a new draft of it."),
}


_SENDS = frozenset({Act.PUBLISH, Act.SCHEDULE, Act.CANCEL})
_NOT_SENT = frozenset({State.DRAFT, State.IN_REVIEW, State.APPROVED, State.SCHEDULED, State.MISSED, State.FAILED})


def _not_now(texts: Texts, outcome: NotNow) -> Html:
    item = outcome.item
    if outcome.act is Act.SUBMIT and item.state is State.IN_REVIEW:
        return texts.gettext("#{number} waits for review already.", number=item.number)
    if outcome.act is Act.SUBMIT and item.state in {State.APPROVED, State.SCHEDULED}:
        return texts.gettext("#{number} is approved already, as it stands.", number=item.number)
    if outcome.act is Act.WITHDRAW and item.state in _NOT_SENT:
        return texts.gettext(
            "#{number} is not published yet, so there is nothing to take back. /announce cancel {number} lets it not go out.",
            number=item.number,
        )
    if item.state is State.PUBLISHED and outcome.act in _SENDS:
        return texts.gettext(
            "#{number} is published already. /announce withdraw {number} takes it back, /announce copy {number} drafts it anew.",
            number=item.number,
        )
    if item.state is State.PUBLISHED and outcome.act is Act.EDIT:
        return texts.gettext("I do not know which message #{number} is, so I cannot change it.", number=item.number)
    if item.state is State.PUBLISHED and outcome.act in {Act.RETRY, Act.KEEP}:
        return texts.gettext("There is no change of #{number} left to be made.", number=item.number)
    if item.state is State.PUBLISHED and outcome.act is Act.PIN:
        return texts.gettext("#{number} is pinned already, or will be in a moment.", number=item.number)
    return texts.gettext(_NOT_NOW[item.state], number=item.number)


def number_wanted(texts: Texts, sub: str, word: str) -> Html:
    """Ask for a number behind a word such as ``edit``."""
    if sub == "schedule":
        example = texts.label("/announce schedule 12 Sat 9:00")
    else:
        example = f"/announce {sub} 12" if sub != "list" else "/announce list"
    return texts.gettext(
        "“{word}” is not the number of an announcement. Write for example <code>{example}</code>.",
        word=word if len(word) <= 40 else f"{word[:39]}…",
        example=example,
    )


def begins_with(texts: Texts, word: str) -> Html:
    """Say how to announce what begins with the word of a command."""
    return texts.gettext(
        "If your announcement itself begins with “{word}”, send /announce alone and then the text.", word=word
    )


def no_file_here(texts: Texts, word: str) -> Html:
    """Say that a command takes no file, and how to announce one with such words."""
    return texts.gettext(
        "“{word}” is a command here that takes no photo or file, so I have done nothing. If your announcement itself begins"
        " with “{word}”, send /announce alone and then the photo or file with its text.",
        word=word,
    )


def bar_wanted(texts: Texts) -> Html:
    """Ask for the bar between time and text."""
    return texts.gettext(
        "Please put a “|” between the time and the text, for example <code>/announce at Sat 9:00 | We meet at the"
        " gate.</code>"
    )


# Questions of the forms


def ask_content(texts: Texts) -> Html:
    """Ask for an announcement."""
    return texts.gettext(
        "What shall I announce? Send a text, or photos, videos or documents with or without a text, also as an album."
        " Formatting and links are kept; {{group}}, {{date}} and {{members}} are filled in. Nothing is published before you"
        " say so."
    )


def ask_change(texts: Texts, *, words_only: bool) -> Html:
    """Ask for other words or another file; what is published keeps its file."""
    if words_only:
        return texts.gettext("Send the new text. Since it is published, its file stays as it is.")
    return texts.gettext(
        "Send the new text. To exchange the photo or file, send the new one. What you leave out stays as it is."
    )


def ask_time(texts: Texts, examples: Html) -> Html:
    """Ask when; ``examples`` are times as they may be typed."""
    return texts.gettext("When shall it go out? For example: {examples}", examples=examples)


# Where a draft is


def is_private(texts: Texts, number: int) -> Html:
    """Say in the group that the card is in private."""
    return texts.gettext("I have sent you announcement #{number} in private.", number=number)


def is_with_managers(texts: Texts, number: int) -> Html:
    """Say in the group that the card is in the managers' chat."""
    return texts.gettext("Announcement #{number} is in the managers' chat.", number=number)


def waits_for_publisher(texts: Texts, number: int) -> Html:
    """Tell an author who may not publish what comes next."""
    return texts.gettext("#{number} is with the people who may publish it.", number=number)


def moved_down(texts: Texts, number: int) -> Html:
    """Stand where an earlier version of a card was."""
    return texts.gettext("#{number} was changed; the new version is further down.", number=number)


def handed_anew(texts: Texts, number: int) -> Html:
    """Stand where a reviewer's former card was."""
    return texts.gettext("#{number} was handed in anew; the new card is further down.", number=number)


# Answers to taps and lines


def on_its_way(texts: Texts, number: int) -> str:
    """Answer *publish*."""
    return texts.label("#{number} is on its way.", number=number)


def answers_for(texts: Texts, item: Announcement) -> str:
    """Tell whoever sends it out or sets its time that its author may not any more."""
    return texts.label(
        "{author}, who wrote #{number}, may not write announcements any more: now you answer for it.",
        author=item.author_name,
        number=item.number,
    )


def ask_quiet(texts: Texts, number: int, until: datetime) -> Html:
    """Ask whether to disturb the quiet hours (R21)."""
    return texts.gettext(
        "The group has quiet hours until {when}. If I publish #{number} now, everybody's phone will ring. Now, or "
        "then?",
        when=texts.when(until),
        number=number,
    )


def quiet_now_button(texts: Texts) -> str:
    """Label the button that publishes in the quiet hours."""
    return texts.label("Publish now")


def quiet_later_button(texts: Texts, until: datetime) -> str:
    """Label the button that waits for their end."""
    return texts.label("At {time}", time=texts.clock(until))


def scheduled(texts: Texts, item: Announcement, note: Html | None) -> Html:
    """Confirm a time, with its weekday; ``note`` tells of quiet hours."""
    when = texts.when(item.due_at) if item.due_at is not None else "—"
    if item.state is State.IN_REVIEW:
        said = texts.gettext("#{number} goes out {when} if it is approved by then.", number=item.number, when=when)
    else:
        said = texts.gettext("#{number} goes out {when}.", number=item.number, when=when)
    return said if note is None else texts.flow(said, note)


def gone(texts: Texts, item: Announcement) -> str:
    """Confirm that one will not go out."""
    if item.state is State.CANCELLED:
        return texts.label("#{number} is cancelled.", number=item.number)
    return texts.label("#{number} is discarded.", number=item.number)


def restored(texts: Texts, number: int) -> str:
    """Confirm that one is a draft again."""
    return texts.label("#{number} is a draft again.", number=number)


def copied(texts: Texts, number: int, new: int) -> str:
    """Confirm a copy."""
    return texts.label("#{new} is a draft with the words of #{number}.", new=new, number=number)


def ask_urgent(texts: Texts, number: int) -> Html:
    """Ask whether the quiet hours shall not hold it (R21)."""
    return texts.gettext(
        "If #{number} is urgent, it goes out at its time even in the quiet hours, and everybody’s phone rings. Is it that"
        " urgent?",
        number=number,
    )


def urgent_sure_button(texts: Texts) -> str:
    """Label the button that confirms it."""
    return texts.label("🔔 Yes, it is urgent")


def is_urgent(texts: Texts, number: int) -> str:
    """Confirm that the quiet hours do not hold it."""
    return texts.label("#{number} is urgent: the quiet hours do not hold it.", number=number)


def is_not_urgent(texts: Texts, number: int) -> str:
    """Confirm that they do again."""
    return texts.label("#{number} is not urgent any more: the quiet hours hold it.", number=number)


def edited(texts: Texts, number: int) -> Html:
    """Confirm a change of what is published."""
    return texts.gettext("#{number} is being changed in the group.", number=number)


def left_as_read(texts: Texts, number: int) -> str:
    """Confirm that a refused change is dropped."""
    return texts.label("#{number} keeps the words that the group reads.", number=texts.number(number))


def noted(texts: Texts) -> str:
    """Confirm an answer."""
    return texts.label("Noted. Thank you for looking.")

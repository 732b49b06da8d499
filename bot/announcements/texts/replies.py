"""What is answered to commands, taps and forms, and what managers are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import State
from bot.announcements.rules.content import Empty, NoCaption, TooLong
from bot.announcements.rules.outcomes import FileFixed, NotAllowed, NotNow, Past, Refused, Unknown
from bot.announcements.texts import words
from bot.i18n import N_, Html, Texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.announcements.rules.announcement import Announcement
    from bot.kernel.groups import Group


_NEW_CLOCK = 10
"""So many scheduled announcements are listed when the time zone changes."""


# Refusals


def refused(texts: Texts, outcome: Refused) -> Html:
    """Say why something cannot be done, and what can."""
    match outcome:
        case Unknown(number=number):
            return texts.gettext(
                "There is no announcement #{number} in this group. /announce list shows all.", number=number
            )
        case NotAllowed(item=item):
            return texts.gettext(
                "#{number} can only be changed by people who may publish announcements.", number=item.number
            )
        case NotNow():
            return _not_now(texts, outcome)
        case Empty():
            return texts.gettext(
                "There is nothing I can announce. Send a text, a photo, a video, a document, or another file."
            )
        case TooLong():
            return _too_long(texts, outcome)
        case NoCaption():
            return texts.gettext("Telegram shows no text under a sticker or a round video. Send one or the other.")
        case FileFixed(number=number):
            return texts.gettext(
                "#{number} is published: its words can still be changed, its file cannot. Send only the new text.",
                number=number,
            )
        case Past(at=at):
            return texts.gettext("{when} is already past. Please name a time in the future.", when=texts.when(at))
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


def _not_now(texts: Texts, outcome: NotNow) -> Html:
    item = outcome.item
    if item.state is State.PUBLISHED and outcome.act is Act.EDIT:
        return texts.gettext("I do not know which message #{number} is, so I cannot change it.", number=item.number)
    if item.state is State.PUBLISHED and outcome.act is Act.PIN:
        return texts.gettext("#{number} is pinned already, or will be in a moment.", number=item.number)
    return texts.gettext(_NOT_NOW[item.state], number=item.number)


def number_wanted(texts: Texts, sub: str, word: str) -> Html:
    """Ask for a number behind a word such as ``edit``; what was typed may also have been meant as a text."""
    if sub == "schedule":
        example = texts.label("/announce schedule 12 Sat 9:00")
    else:
        example = f"/announce {sub} 12" if sub != "list" else "/announce list"
    return texts.gettext(
        "“{word}” is not the number of an announcement. Write for example <code>{example}</code>. If your announcement"
        " itself begins with “{sub}”, send /announce alone and then the text.",
        word=word if len(word) <= 40 else f"{word[:39]}…",
        example=example,
        sub=sub,
    )


def bar_wanted(texts: Texts) -> Html:
    """Ask for the bar between time and text."""
    return texts.gettext(
        "Please put a “|” between the time and the text, for example <code>/announce at Sat 9:00 | We meet at the"
        " gate.</code> If your announcement itself begins with “at”, send /announce alone and then the text."
    )


# Questions of the forms


def ask_content(texts: Texts) -> Html:
    """Ask for an announcement."""
    return texts.gettext(
        "What shall I announce? Send a text, or a photo, video or document with or without a text. Formatting and links"
        " are kept. Nothing is published before you say so."
    )


def ask_change(texts: Texts) -> Html:
    """Ask for other words or another file."""
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


def one_of_album(texts: Texts) -> Html:
    """Say that an album is not taken as a whole."""
    return texts.gettext(
        "This was part of an album. I can announce one photo or file at a time and took only this one."
    )


def moved_down(texts: Texts, number: int) -> Html:
    """Stand where an earlier version of a card was."""
    return texts.gettext("#{number} was changed; the new version is further down.", number=number)


# Answers to taps and lines


def on_its_way(texts: Texts, number: int) -> str:
    """Answer *publish*."""
    return texts.label("#{number} is on its way.", number=number)


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


def edited(texts: Texts, number: int) -> Html:
    """Confirm a change of what is published."""
    return texts.gettext("The words of #{number} are being changed in the group.", number=number)


def noted(texts: Texts) -> str:
    """Confirm an answer."""
    return texts.label("Noted. Thank you for looking.")


# What managers are told


def told_failed(texts: Texts, item: Announcement, group: Group) -> Html:
    """Tell that Telegram refused it."""
    return texts.gettext(
        "⚠️ Announcement #{number} (“{excerpt}”) could not be posted in {group}. {reason}",
        **_names(texts, item, group),
        reason=words.reason(texts, item),
    )


def told_unsure(texts: Texts, item: Announcement, group: Group) -> Html:
    """Tell that it may stand there, or not."""
    return texts.gettext(
        "❓ The connection broke off while I posted announcement #{number} (“{excerpt}”) in {group}. Please look into the"
        " group: is it there, or shall I send it again?",
        **_names(texts, item, group),
    )


def told_not_pinned(texts: Texts, item: Announcement, group: Group) -> Html:
    """Tell that it is published, but not pinned."""
    return texts.gettext(
        "Announcement #{number} (“{excerpt}”) is published in {group}, but I could not pin it, so not everybody has been"
        " told. {reason}",
        **_names(texts, item, group),
        reason=words.reason(texts, item),
    )


def told_not_edited(texts: Texts, item: Announcement, group: Group, problem: str) -> Html:
    """Tell that the published message could not be changed."""
    return texts.gettext(
        "The words of announcement #{number} (“{excerpt}”) could not be changed in {group}: <i>{problem}</i>",
        **_names(texts, item, group),
        problem=problem,
    )


def told_missed(texts: Texts, item: Announcement, group: Group) -> Html:
    """Offer one whose time has passed."""
    return texts.gettext(
        "⚠️ Announcement #{number} (“{excerpt}”) was to go out in {group} {when}. That is more than an hour ago, so I have"
        " not posted it. Shall it go out now?",
        **_names(texts, item, group),
        when=texts.when(item.due_at) if item.due_at is not None else "—",
    )


def told_held_back(texts: Texts, item: Announcement, group: Group) -> Html:
    """Tell that whoever set the time may not publish any more."""
    return texts.gettext(
        "Announcement #{number} (“{excerpt}”) was to go out in {group} now. {name}, who set the time, may not publish any"
        " more, so I have made it a draft again. Somebody who may publish decides.",
        **_names(texts, item, group),
        name=item.publisher_name,
    )


def _names(texts: Texts, item: Announcement, group: Group) -> dict[str, object]:
    return {
        "number": item.number,
        "excerpt": words.excerpt(texts, item.content),
        "group": group.label or group.title,
    }


# Lists


def list_title(texts: Texts, group: Group) -> Html:
    """Head the list."""
    return texts.gettext("<b>Announcements</b> of {group}. Tap a number to see one.", group=group.label or group.title)


def list_empty(texts: Texts, group: Group) -> Html:
    """Say that there is none."""
    return texts.gettext(
        "There are no announcements in {group} yet. <code>/announce Hello, everybody!</code> drafts one.",
        group=group.label or group.title,
    )


def list_line(texts: Texts, item: Announcement) -> Html:
    """Write one line of the list."""
    at = item.due_at if item.state is State.SCHEDULED else item.posted_at
    state = texts.label(words.STATES[item.state])
    if at is not None and item.state in {State.SCHEDULED, State.PUBLISHED}:
        state = texts.label("{state}, {when}", state=state, when=texts.when(at))
    return texts.gettext(
        "{icon} <b>#{number}</b> {state}: {excerpt}",
        icon=words.ICONS[item.state],
        number=item.number,
        state=state,
        excerpt=words.excerpt(texts, item.content),
    )


def new_clock(texts: Texts, found: Sequence[Announcement]) -> Html:
    """Say that scheduled announcements keep their moment in another time zone, and what the clock shows then."""
    shown = [
        Html("• #{} {} – {}").format(item.number, words.excerpt(texts, item.content), texts.when(item.due_at))
        for item in found[:_NEW_CLOCK]
        if item.due_at is not None
    ]
    head = texts.ngettext(
        "{n} scheduled announcement keeps its moment; in the new time zone it goes out:",
        "{n} scheduled announcements keep their moment; in the new time zone they go out:",
        len(found),
    )
    rest = len(found) - len(shown)
    more = [texts.ngettext("and {n} more", "and {n} more", rest)] if rest > 0 else []
    return Html("\n").join([head, *shown, *more])


def digest(texts: Texts, sent: Sequence[Announcement], waiting: Sequence[Announcement]) -> Html | None:
    """Write the digest's section; the words of what is not published are not in it, for the group may read it."""
    timed = [item for item in waiting if item.state is State.SCHEDULED and item.due_at is not None]
    rest = len(waiting) - len(timed)
    lines = [texts.gettext("Sent: #{number} {excerpt}", **_short(texts, item)) for item in sent]
    lines += [
        texts.gettext("Waiting: #{number}, {when}", number=item.number, when=texts.when(item.due_at))
        for item in timed
        if item.due_at is not None
    ]
    if rest:
        lines.append(texts.ngettext("{n} announcement without a time", "{n} announcements without a time", rest))
    if not lines:
        return None
    return Html("\n").join([texts.gettext("<b>Announcements</b>"), *lines])


def _short(texts: Texts, item: Announcement) -> dict[str, object]:
    return {"number": item.number, "excerpt": words.excerpt(texts, item.content)}

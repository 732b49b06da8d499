"""The card of an announcement: what it is, what becomes of it, and who has read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.announcements.rules.announcement import OPEN, Pin, State
from bot.announcements.rules.house import Review
from bot.announcements.texts import reviewing, words
from bot.i18n import N_, Html, Texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.announcements.rules.announcement import Announcement
    from bot.kernel.groups import Group

_SAID = {
    State.IN_REVIEW: N_("It waits for review."),
    State.APPROVED: N_("It is approved and can go out."),
    State.PUBLISHING: N_("It is on its way to the group."),
    State.UNCERTAIN: N_(
        "The connection broke off while I posted it. Please look into the group: is it there, or shall I send it again?"
    ),
    State.CANCELLED: N_("It will not go out."),
    State.DISCARDED: N_("It will not go out."),
    State.REJECTED: N_("It was turned down and will not go out."),
}


def card(texts: Texts, item: Announcement, group: Group, review: Review, *, inline: bool, by_author: bool) -> Html:
    """Write the card; ``inline`` says whether the words stand on it, ``by_author`` that its reader may not publish."""
    notes = [_own_note(texts, review) if by_author and item.state is State.DRAFT else None]
    notes += [reviewing.on_card(texts, item), _urgent(texts, item)]
    parts = [_head(texts, item, group), *(note for note in notes if note is not None)]
    parts.append(_state(texts, item, group, inline=inline))
    if item.state is State.PUBLISHED and item.undone.problem:
        parts.append(_undone(texts, item))
    if item.pending is not None:
        parts.append(_change(texts, item, inline=inline))
    elif item.state in OPEN:
        if inline:
            parts.append(Html(item.content.html))
        elif item.state is not State.DRAFT and not item.is_pattern:
            parts.append(texts.gettext("The announcement is the message above."))
    elif item.state is not State.PUBLISHED and not item.content.protected:
        parts.append(Html("<i>{}</i>").format(words.excerpt(texts, item.content)))
    return Html("\n\n").join(parts)


def _own_note(texts: Texts, review: Review) -> Html:
    if review is Review.NONE:
        return texts.gettext("It waits for somebody who may publish.")
    return texts.gettext("Hand it in for review when it is ready.")


def _urgent(texts: Texts, item: Announcement) -> Html | None:
    if not item.urgent or item.state not in OPEN:
        return None
    return texts.gettext("🔔 It is urgent: the quiet hours do not hold it.")


def _change(texts: Texts, item: Announcement, *, inline: bool) -> Html:
    if item.pending is None or not inline:
        return texts.gettext("A change of it waits for review; the message above shows how it will look.")
    return texts.gettext(
        "A change of it waits for review. This is how it will look:\n\n{words}", words=Html(item.pending.html)
    )


def buttons_below(texts: Texts, labels: Sequence[str]) -> Html:
    """Say which buttons members see below it."""
    return texts.gettext("Below it members see: {buttons}", buttons=" · ".join(labels))


def _undone(texts: Texts, item: Announcement) -> Html:
    """Say what Telegram would not do with it in the group, and what can be done."""
    problem, change = Html("<i>{}</i>").format(item.undone.problem), item.undone.change
    if change is None:
        return texts.gettext(
            "⚠️ It could not be withdrawn: {problem}\nIt still stands in the group. You can withdraw it again.",
            problem=problem,
        )
    words_ = words.excerpt(texts, change.content)
    if item.undone.gone:
        return texts.gettext(
            "⚠️ A change of it (“{excerpt}”) could not be made: its message is not in the group any more. You can draft it"
            " anew with the changed words, or put it down as withdrawn.",
            excerpt=words_,
        )
    return texts.gettext(
        "⚠️ The change could not be made in the group: {problem}\nThe group reads the old words; the change was"
        " “{excerpt}”. Sending the same change once more tries again, too.",
        problem=problem,
        excerpt=words_,
    )


def _head(texts: Texts, item: Announcement, group: Group) -> Html:
    return texts.gettext(
        "{icon} <b>Announcement #{number}</b> for <b>{group}</b>: {state}\nwritten by {author}",
        icon=words.icon(item),
        number=item.number,
        group=group.label or group.title,
        state=words.state(texts, item),
        author=item.author_name,
    )


def _draft(texts: Texts, item: Announcement, *, inline: bool) -> Html:
    if item.is_pattern and inline:
        return texts.gettext("Each of its dates makes an announcement like this one:")
    if item.is_pattern:
        return texts.gettext("Each of its dates makes an announcement like the message above.")
    if inline:
        return texts.gettext("It is not published yet. This is how it will look:")
    return texts.gettext("It is not published yet. The message above shows how it will look.")


def _state(texts: Texts, item: Announcement, group: Group, *, inline: bool) -> Html:
    match item.state:
        case State.DRAFT:
            return _draft(texts, item, inline=inline)
        case State.APPROVED if item.is_pattern:
            return _draft(texts, item, inline=inline)
        case State.SCHEDULED:
            return _scheduled(texts, item, group)
        case State.MISSED:
            return texts.gettext(
                "It was to go out {when}; then it was too late to go out by itself, so I have not posted it. Shall it go"
                " out now?",
                when=_when(texts, item.due_at),
            )
        case State.PUBLISHED:
            return _published(texts, item)
        case State.FAILED:
            return texts.gettext("Telegram did not take it. {reason}", reason=words.reason(texts, item))
        case State.IN_REVIEW if item.due_at is not None:
            return texts.gettext(
                "It waits for review, and goes out <b>{when}</b> if it is approved by then (set by {name}).",
                when=_when(texts, item.due_at),
                name=item.publisher_name,
            )
        case State.WITHDRAWN:
            return _withdrawn(texts, item)
        case _:
            return texts.gettext(_SAID[item.state])


def _scheduled(texts: Texts, item: Announcement, group: Group) -> Html:
    said = texts.gettext(
        "It goes out <b>{when}</b> (set by {name}).", when=_when(texts, item.due_at), name=item.publisher_name
    )
    note = quiet_note(texts, group, item.due_at, item)
    return said if note is None else Html("{}\n{}").format(said, note)


def _withdrawn(texts: Texts, item: Announcement) -> Html:
    said = texts.gettext(
        "{name} took it back on {when}.", name=item.withdrawn_by or "—", when=_when(texts, item.withdrawn_at)
    )
    if not item.withdrawn_why:
        return said
    return Html("{}\n{}").format(said, texts.gettext("Reason: {reason}", reason=item.withdrawn_why))


def quiet_note(texts: Texts, group: Group, at: datetime | None, item: Announcement | None = None) -> Html | None:
    """Say that a time lies in the quiet hours, if it does and they hold the announcement (R21)."""
    until = group.quiet_until(at) if at is not None else None
    if until is None or (item is not None and item.urgent):
        return None
    return texts.gettext(
        "That is in the group's quiet hours: I hold it until they end, {when}.", when=_when(texts, until)
    )


def _published(texts: Texts, item: Announcement) -> Html:
    said = texts.gettext("Posted in the group on {when}.", when=_when(texts, item.posted_at))
    if item.publisher_name:
        said = texts.flow(said, texts.gettext("Published by {name}.", name=item.publisher_name))
    if item.edited_at is not None:
        said = texts.flow(said, texts.gettext("Last changed {when}.", when=_when(texts, item.edited_at)))
    match item.pin:
        case Pin.PINNED:
            note = texts.gettext("It is pinned, and everybody has been told.")
        case Pin.ASKED:
            note = texts.gettext("It is being pinned.")
        case Pin.REFUSED:
            note = texts.gettext("⚠️ I could not pin it. {reason}", reason=words.reason(texts, item))
        case Pin.NONE if item.message_id is not None:
            note = Html("")
        case Pin.NONE:
            note = texts.gettext("I do not know which message it is; please pin it yourself if you want it pinned.")
        case _:
            assert_never(item.pin)
    head = Html("{}\n{}").format(said, note) if note else said
    if item.content.protected:
        # The card says below that it is, and quotes nothing of it.
        return head
    return Html("{}\n\n<i>{}</i>").format(head, words.excerpt(texts, item.content))


def _when(texts: Texts, at: datetime | None) -> str:
    return "—" if at is None else texts.when(at)

"""The list of announcements, and what else lists them: the digest, a new time zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements.rules.announcement import State
from bot.announcements.rules.shelves import ON, Shelf
from bot.announcements.texts import words
from bot.announcements.texts.card import quiet_note
from bot.i18n import N_, Html, Texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.announcements.rules.announcement import Announcement
    from bot.kernel.groups import Group

_SHELVES = {
    Shelf.DRAFTS: N_("drafts"),
    Shelf.REVIEW: N_("in review"),
    Shelf.APPROVED: N_("approved"),
    Shelf.SCHEDULED: N_("scheduled"),
    Shelf.TROUBLE: N_("to be looked at"),
    Shelf.PUBLISHED: N_("published"),
    Shelf.GONE: N_("put away"),
}
_ICONS = {
    Shelf.DRAFTS: "📝",
    Shelf.REVIEW: "🔍",
    Shelf.APPROVED: "✅",
    Shelf.SCHEDULED: "⏰",
    Shelf.TROUBLE: "⚠️",
    Shelf.PUBLISHED: "📣",
    Shelf.GONE: "🗃",
}
_NEW_CLOCK = 10
"""So many scheduled announcements are listed when the time zone changes."""


def list_title(texts: Texts, group: Group) -> Html:
    """Head the list."""
    return texts.gettext("<b>Announcements</b> of {group}. Tap a number to see one.", group=group.label or group.title)


def list_empty(texts: Texts, group: Group) -> Html:
    """Say that there is none."""
    return texts.gettext(
        "There are no announcements in {group} yet. <code>/announce Hello, everybody!</code> drafts one.",
        group=group.label or group.title,
    )


def nothing_open(texts: Texts, group: Group) -> Html:
    """Say that there is nothing left to do."""
    return texts.gettext(
        "<b>Announcements</b> of {group}: nothing is open, and none stands in the group. The others are put away.",
        group=group.label or group.title,
    )


def shelf_title(texts: Texts, group: Group, shelf: Shelf) -> Html:
    """Head the list of one state."""
    return texts.gettext(
        "<b>Announcements</b> of {group}, {state}. Tap a number to see one.",
        group=group.label or group.title,
        state=texts.label(_SHELVES[shelf]),
    )


def shelf_empty(texts: Texts, group: Group, shelf: Shelf) -> Html:
    """Say that there is none in this state."""
    return texts.gettext(
        "<b>Announcements</b> of {group}, {state}: none.",
        group=group.label or group.title,
        state=texts.label(_SHELVES[shelf]),
    )


def shelf_label(texts: Texts, shelf: Shelf, count: int) -> str:
    """Label the button of a state."""
    name = texts.label(_SHELVES[shelf])
    return texts.label("{icon} {state} ({n})", icon=_ICONS[shelf], state=name, n=texts.number(count))


def all_label(texts: Texts) -> str:
    """Label the button that leads back to all."""
    return texts.label("« All")


def shelf_wanted(texts: Texts, typed: str) -> Html:
    """Say what may follow ``/announce list``."""
    return texts.gettext(
        "“{typed}” is neither a page of the list nor a state. Write for example <code>/announce list 2</code> or"
        " <code>{example}</code>; the list has buttons for all of them.",
        typed=typed if len(typed) <= 40 else f"{typed[:39]}…",
        example=texts.label("/announce list scheduled"),
    )


def list_line(texts: Texts, item: Announcement) -> Html:
    """Write one line of the list."""
    at = item.due_at if item.state is State.SCHEDULED else item.posted_at
    state = words.state(texts, item)
    if at is not None and item.state in {State.SCHEDULED, State.PUBLISHED}:
        state = texts.label("{state}, {when}", state=state, when=texts.when(at))
    return texts.gettext(
        "{icon} <b>#{number}</b> {state}: {excerpt}",
        icon=words.icon(item),
        number=item.number,
        state=state,
        excerpt=words.excerpt(texts, item.content),
    )


def new_clock(texts: Texts, found: Sequence[Announcement], group: Group) -> Html:
    """Say that scheduled announcements keep their moment in another time zone, and what the clock shows then."""
    shown = [_on_new_clock(texts, item, item.due_at, group) for item in found[:_NEW_CLOCK] if item.due_at is not None]
    head = texts.ngettext(
        "{n} scheduled announcement keeps its moment; in the new time zone it goes out:",
        "{n} scheduled announcements keep their moment; in the new time zone they go out:",
        len(found),
    )
    rest = len(found) - len(shown)
    more = [texts.ngettext("and {n} more", "and {n} more", rest)] if rest > 0 else []
    return Html("\n").join([head, *shown, *more])


def _on_new_clock(texts: Texts, item: Announcement, at: datetime, group: Group) -> Html:
    """Write one with when it goes out by the new clock, and that quiet hours hold it, if they do (R21)."""
    line = Html("• #{} {} – {}").format(item.number, words.excerpt(texts, item.content), texts.when(at))
    note = quiet_note(texts, group, at, item)
    return line if note is None else texts.flow(Html("{}.").format(line), note)


def digest(texts: Texts, sent: Sequence[Announcement], waiting: Sequence[Announcement]) -> Html | None:
    """Write the digest's section; the words of what is not published are not in it, for the group may read it."""
    timed = [item for item in waiting if item.state is State.SCHEDULED and item.due_at is not None]
    unread = sum(item.state is State.IN_REVIEW for item in waiting)
    trouble = sum(item.state in ON[Shelf.TROUBLE] - {State.PUBLISHING} for item in waiting)
    rest = sum(item.state in {State.DRAFT, State.APPROVED} for item in waiting)
    lines = [texts.gettext("Sent: #{number} {excerpt}", **_short(texts, item)) for item in sent]
    lines += [
        texts.gettext("Waiting: #{number}, {when}", number=item.number, when=texts.when(item.due_at))
        for item in timed
        if item.due_at is not None
    ]
    if unread:
        lines.append(texts.ngettext("{n} announcement waits for review", "{n} announcements wait for review", unread))
    if trouble:
        lines.append(
            texts.ngettext("⚠️ {n} announcement is to be looked at", "⚠️ {n} announcements are to be looked at", trouble)
        )
    if rest:
        lines.append(texts.ngettext("{n} announcement without a time", "{n} announcements without a time", rest))
    if not lines:
        return None
    return Html("\n").join([texts.gettext("<b>Announcements</b>"), *lines])


def _short(texts: Texts, item: Announcement) -> dict[str, object]:
    return {"number": item.number, "excerpt": words.excerpt(texts, item.content)}

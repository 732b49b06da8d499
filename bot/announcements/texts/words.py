"""The parts of sentences: states, files, refusals, a line of text; what stands in help, menus and the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements.rules.announcement import State
from bot.announcements.rules.content import Content, has_files
from bot.i18n import N_, Html, Texts

if TYPE_CHECKING:
    from bot.announcements.rules.announcement import Announcement

EXCERPT = 60
CONFIDENTIAL = N_("🔒 Confidential")

TITLE = N_("Announcements")
FORM_TITLE = N_("New announcement")
FORM_AT_TITLE = N_("Scheduled announcement")
FORM_EDIT_TITLE = N_("Change the announcement")
FORM_WHEN_TITLE = N_("When to publish")
CONTENT = N_("Announcement")
NUMBER = N_("Number")
TIME = N_("Goes out")
MENU = N_("📣 Announcements")
MENU_LIST = N_("🗂 All announcements")

HELP = {
    "": N_("Draft an announcement: write it after the command, or reply to a message with it"),
    "at": N_("Draft an announcement and set when it goes out"),
    "list": N_("Show drafts, scheduled and published announcements"),
    "show": N_("Show one announcement with its buttons"),
    "edit": N_("Change an announcement"),
    "schedule": N_("Set when an announcement goes out"),
    "publish": N_("Publish a draft and pin it"),
    "copy": N_("Draft another with the same content"),
    "withdraw": N_("Take back a published announcement"),
    "submit": N_("Hand a draft in for review"),
    "approve": N_("Approve what was handed in for review"),
    "return": N_("Send back what was handed in, with a remark"),
    "reject": N_("Turn down what was handed in for review"),
    "settings": N_("Say who reviews announcements, and how late they may still go out"),
    "cancel": N_("Cancel a scheduled announcement, or discard a draft"),
}

STATES = {
    State.DRAFT: N_("draft"),
    State.IN_REVIEW: N_("in review"),
    State.APPROVED: N_("approved"),
    State.SCHEDULED: N_("scheduled"),
    State.MISSED: N_("missed its time"),
    State.PUBLISHING: N_("being published"),
    State.UNCERTAIN: N_("perhaps published"),
    State.PUBLISHED: N_("published"),
    State.FAILED: N_("could not be published"),
    State.CANCELLED: N_("cancelled"),
    State.DISCARDED: N_("discarded"),
    State.REJECTED: N_("rejected"),
    State.WITHDRAWN: N_("withdrawn"),
}
ICONS = {
    State.DRAFT: "📝",
    State.IN_REVIEW: "🔍",
    State.APPROVED: "✅",
    State.SCHEDULED: "⏰",
    State.MISSED: "⚠️",
    State.PUBLISHING: "⏳",
    State.UNCERTAIN: "❓",
    State.PUBLISHED: "📣",
    State.FAILED: "⚠️",
    State.CANCELLED: "✖️",
    State.DISCARDED: "✖️",
    State.REJECTED: "🚫",
    State.WITHDRAWN: "↩️",
}
_FILES = {
    "photo": N_("a photo"),
    "document": N_("a document"),
    "video": N_("a video"),
    "animation": N_("an animation"),
    "audio": N_("an audio file"),
    "voice": N_("a voice message"),
    "video_note": N_("a round video"),
    "sticker": N_("a sticker"),
}
_REFUSALS = {
    "unfit": N_("With everything filled in for this group, it is more than Telegram takes."),
    "no_right": N_("I lack a right there. The owner can give it to me in the group's settings, under Administrators."),
    "chat_gone": N_("I am not in the group any more."),
    "message_gone": N_("The topic or message it belongs to is gone."),
    "basic_group": N_("Only a supergroup can do this."),
}

PHRASES = {
    "announcement.drafted": N_("{actor} drafted announcement {target}"),
    "announcement.edited": N_("{actor} changed announcement {target}"),
    "announcement.option": N_("{actor} changed what goes with announcement {target}"),
    "announcement.change_handed_in": N_("{actor} handed in a change of announcement {target}"),
    "announcement.submitted": N_("{actor} handed announcement {target} in for review"),
    "announcement.approved": N_("{actor} approved announcement {target}"),
    "announcement.change_approved": N_("{actor} approved a change of announcement {target}"),
    "announcement.sent_back": N_("{actor} sent announcement {target} back: {reason}"),
    "announcement.rejected": N_("{actor} rejected announcement {target}: {reason}"),
    "announcement.unreviewed": N_("{actor} held announcement {target} back: nobody had approved it as it was"),
    "announcement.urgent": N_("{actor} marked announcement {target} as urgent"),
    "announcement.not_urgent": N_("{actor} marked announcement {target} as not urgent"),
    "announcement.withdrawn": N_("{actor} withdrew announcement {target}: {reason}"),
    "announcement.settings": N_("{actor} changed the group’s settings for announcements"),
    "announcement.scheduled": N_("{actor} set the time of announcement {target}: {after}"),
    "announcement.published": N_("{actor} published announcement {target}"),
    "announcement.answered_for": N_("{actor} answers for announcement {target}: {author} may not write any more"),
    "announcement.cancelled": N_("{actor} cancelled announcement {target}"),
    "announcement.discarded": N_("{actor} discarded announcement {target}"),
    "announcement.restored": N_("{actor} brought announcement {target} back as a draft"),
    "announcement.found": N_("{actor} found announcement {target} in the group"),
    "announcement.pinned": N_("{actor} had announcement {target} pinned"),
    "announcement.occurred": N_("Announcement {target} came from {pattern}, which recurs"),
    "announcement.held": N_("{actor} held announcement {target} over the quiet hours"),
    "announcement.held_back": N_("{actor} held announcement {target} back: {publisher} may not any more"),
    "announcement.missed": N_("{actor} was not running when announcement {target} was due"),
    "announcement.failed": N_("Announcement {target} could not be posted: {reason}"),
    "announcement.uncertain": N_("Announcement {target} may have been posted, or not"),
    "announcement.not_changed": N_("Announcement {target} could not be changed in the group: {reason}"),
    "announcement.left_as_read": N_("{actor} left announcement {target} as the group reads it"),
    "announcement.not_withdrawn": N_("Announcement {target} could not be withdrawn: {reason}"),
    "announcement.not_pinned": N_("Announcement {target} could not be pinned: {reason}"),
}
"""How the audit says what was done."""


def icon(item: Announcement) -> str:
    """Return the icon of what it is at present."""
    if item.state is State.PUBLISHED and item.undone.problem:
        return "⚠️"
    return "🔁" if item.is_pattern else ICONS[item.state]


def state(texts: Texts, item: Announcement) -> str:
    """Name what it is at present; a pattern is no draft that somebody has yet to send."""
    named = texts.label(STATES[item.state])
    if item.state is State.PUBLISHED and item.undone.problem:
        refused = item.undone.change is not None
        stuck = N_("published, a change could not be made") if refused else N_("published, could not be withdrawn")
        named = texts.label(stuck)
    if not item.is_pattern:
        return named
    ready = item.state in {State.DRAFT, State.APPROVED}
    return texts.label("recurring") if ready else texts.label("{state}, recurring", state=named)


def excerpt(texts: Texts, content: Content) -> str:
    """Return the beginning of the text without its formatting, or the name of the file.

    Of what is confidential it says only that: lists, notices and digests can be passed on (R10).
    """
    if content.protected:
        return texts.label(CONFIDENTIAL)
    plain = " ".join(Html(content.html).striptags().split())
    if not plain:
        return file(texts, content)
    return plain if len(plain) <= EXCERPT else f"{plain[: EXCERPT - 1].rstrip()}…"


def file(texts: Texts, content: Content) -> str:
    """Name the file, or the album."""
    if content.files:
        return texts.nlabel("an album of {n} file", "an album of {n} files", len(content.files))
    return kind(texts, content.kind) if content.kind is not None else "—"


def kind(texts: Texts, name: str) -> str:
    """Name a kind of file."""
    return texts.label(_FILES[name]) if name in _FILES else "—"


def shown(texts: Texts, content: Content) -> Html:
    """Write the content as an answer in a form."""
    if not has_files(content):
        return Html(content.html)
    if not content.html:
        return Html.escape(file(texts, content))
    return texts.gettext("{file}, with the text: {text}", file=file(texts, content), text=Html(content.html))


def reason(texts: Texts, item: Announcement) -> Html:
    """Say why Telegram refused, with its own words."""
    known = _REFUSALS.get(item.refusal)
    said = Html("<i>{}</i>").format(item.problem) if item.problem else Html("")
    if known is None:
        return said or texts.gettext("Telegram gave no reason.")
    return texts.flow(texts.gettext(known), said)

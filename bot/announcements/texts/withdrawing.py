"""What is said when an announcement is taken back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.announcements.texts import words
from bot.i18n import N_, Html, Texts

if TYPE_CHECKING:
    from bot.announcements.rules.announcement import Announcement
    from bot.kernel.groups import Group

NUMBER, REASON, HOW = words.NUMBER, N_("Reason"), N_("How")
FORM = N_("Withdraw the announcement")
DELETE, STRIKE = N_("🗑 Delete it"), N_("✏️ Strike it through")
_BLOCKS: Final = re.compile(r"</?(?:pre|code|blockquote)\b[^>]*>")
"""Telegram strikes nothing through inside of these."""
_WORDS: Final = {
    **dict.fromkeys(("delete", "remove", "删除", "删掉", "删"), "delete"),
    **dict.fromkeys(("strike", "strike through", "strike it through", "划掉", "划线", "划去"), "strike"),
}


def read_way(typed: str) -> str | None:
    """Read how it is to be taken back."""
    return _WORDS.get(typed.strip().casefold())


def ask_reason(texts: Texts) -> Html:
    """Ask why."""
    return texts.gettext("Why is it withdrawn? The group reads your reason.")


def ask_how(texts: Texts) -> Html:
    """Ask how."""
    return texts.gettext(
        "Shall I delete the message, or strike it through? Either way the group reads who withdrew it and why."
    )


def how_wanted(texts: Texts) -> Html:
    """Say what can be answered."""
    return texts.gettext("Please tap one of the buttons.")


def reason_too_long(texts: Texts, length: int, limit: int) -> Html:
    """Say that the reason has too many characters."""
    return texts.gettext(
        "The reason has {length} characters; it may have {limit}.",
        length=texts.number(length),
        limit=texts.number(limit),
    )


def not_known(texts: Texts, number: int) -> Html:
    """Say that the bot does not know where it stands."""
    return texts.gettext(
        "I do not know which message #{number} is, so I cannot withdraw it. Please delete it yourself.", number=number
    )


def being_withdrawn(texts: Texts, number: int) -> Html:
    """Confirm."""
    return texts.gettext("#{number} is being withdrawn.", number=number)


# In the group


def note(texts: Texts, item: Announcement) -> Html:
    """Say in the group who took it back, and why."""
    if item.withdrawn_why:
        return texts.gettext(
            "↩️ {name} has withdrawn an announcement: {reason}", name=item.withdrawn_by, reason=item.withdrawn_why
        )
    return texts.gettext("↩️ {name} has withdrawn an announcement.", name=item.withdrawn_by)


def struck(texts: Texts, item: Announcement) -> Html:
    """Write the words struck through, below who did it and why."""
    said = head(texts, item)
    return Html("{}\n\n{}").format(said, struck_alone(item)) if item.content.html else said


def struck_alone(item: Announcement) -> Html:
    """Write the words struck through without the note, where both do not fit into one message."""
    return Html("<s>{}</s>").format(Html(_BLOCKS.sub("", item.content.html)))


def head(texts: Texts, item: Announcement) -> Html:
    """Say who took it back, and why: above the words struck through, or below them as an answer."""
    if item.withdrawn_why:
        return texts.gettext(
            "↩️ <b>Withdrawn</b> by {name}: {reason}", name=item.withdrawn_by, reason=item.withdrawn_why
        )
    return texts.gettext("↩️ <b>Withdrawn</b> by {name}", name=item.withdrawn_by)


def told_struck(texts: Texts, item: Announcement, group: Group) -> Html:
    """Tell that Telegram would not delete it, and that it was struck through instead."""
    return texts.gettext(
        "Telegram would not let me delete announcement #{number} in {group}: <i>{problem}</i>\nI have struck it through"
        " instead.",
        **_names(item, group),
    )


def told_stands(texts: Texts, item: Announcement, group: Group) -> Html:
    """Tell that it could not be taken back at all."""
    return texts.gettext(
        "⚠️ Announcement #{number} could not be withdrawn in {group}: <i>{problem}</i>\nIt still stands there. You can"
        " withdraw it again, or delete it yourself.",
        **_names(item, group),
    )


def told_not_deleted(texts: Texts, item: Announcement, group: Group) -> Html:
    """Tell that Telegram would not delete what has no words that could be struck through."""
    return texts.gettext(
        "⚠️ Telegram would not let me delete announcement #{number} in {group}: <i>{problem}</i>\nIt has no words that I could"
        " strike through, so it still stands there. Please delete it yourself.",
        **_names(item, group),
    )


def _names(item: Announcement, group: Group) -> dict[str, object]:
    return {"number": item.number, "group": group.label or group.title, "problem": item.undone.problem}

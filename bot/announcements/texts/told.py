"""What managers are told without having asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements.texts import words
from bot.i18n import Html, Texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from bot.announcements.rules.announcement import Announcement
    from bot.kernel.groups import Group


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


def told_not_edited(texts: Texts, item: Announcement, group: Group) -> Html:
    """Tell that the published message could not be changed, and what can be done."""
    if item.undone.gone:
        return texts.gettext(
            "⚠️ Announcement #{number} (“{excerpt}”) could not be changed: its message is not in {group} any more. Shall I"
            " draft it anew with the changed words, or put it down as withdrawn?",
            **_names(texts, item, group),
        )
    return texts.gettext(
        "⚠️ The change of announcement #{number} (“{excerpt}”) could not be made in {group}: <i>{problem}</i>\nThe group"
        " reads the old words. Shall I try again? Sending the same change once more does that, too.",
        **_names(texts, item, group),
        problem=item.undone.problem,
    )


def told_missed(late: timedelta) -> Callable[[Texts, Announcement, Group], Html]:
    """Offer one whose time has passed ``late`` ago."""

    def said(texts: Texts, item: Announcement, group: Group) -> Html:
        return texts.gettext(
            "⚠️ Announcement #{number} (“{excerpt}”) was to go out in {group} {when}. That is {late} ago, too late to go out"
            " by itself, so I have not posted it. Shall it go out now?",
            **_names(texts, item, group),
            when=texts.when(item.due_at) if item.due_at is not None else "—",
            late=texts.duration(late),
        )

    return said


def told_decided(texts: Texts, item: Announcement, group: Group, name: str) -> Html:
    """Say what became of one that missed its time, and who decided."""
    return texts.gettext(
        "Announcement #{number} (“{excerpt}”) was not posted at its time in {group}. {name}: {state}.",
        **_names(texts, item, group),
        name=name,
        state=words.state(texts, item),
    )


def told_held_back(*, may_publish: bool) -> Callable[[Texts, Announcement, Group], Html]:
    """Tell that whoever set the time, or wrote it, may not any more."""

    def said(texts: Texts, item: Announcement, group: Group) -> Html:
        if not may_publish:
            return texts.gettext(
                "Announcement #{number} (“{excerpt}”) was to go out in {group} now. {name}, who set the time, may not"
                " publish any more, so I have made it a draft again. Somebody who may publish decides.",
                **_names(texts, item, group),
                name=item.publisher_name,
            )
        return texts.gettext(
            "Announcement #{number} (“{excerpt}”) was to go out in {group} now. {name}, who wrote it, may not write"
            " announcements any more, so I have made it a draft again. Somebody who may publish decides.",
            **_names(texts, item, group),
            name=item.author_name,
        )

    return said


def _names(texts: Texts, item: Announcement, group: Group) -> dict[str, object]:
    return {
        "number": item.number,
        "excerpt": words.excerpt(texts, item.content),
        "group": group.label or group.title,
    }

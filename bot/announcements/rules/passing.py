"""What is confidential (R10) is not to be passed on (R12): no announcement is both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.announcements.rules.outcomes import IsConfidential, IsPassedOn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.announcements.rules.announcement import Announcement
    from bot.announcements.rules.content import Content

NAME: Final = "sharing"
"""The option under which an announcement keeps that it is to be passed on."""


def is_confidential(item: Announcement) -> bool:
    """Say whether it is confidential, or will be once a change that waits is approved."""
    return (item.content if item.pending is None else item.pending).protected


def stops_closing(item: Announcement, content: Content) -> IsPassedOn | None:
    """Say why an announcement cannot be what ``content`` is: it would become confidential, and is to be passed on."""
    closes = content.protected and not is_confidential(item)
    return IsPassedOn(item.number) if closes and NAME in item.options else None


def stops_asking(item: Announcement, part: str) -> IsConfidential | None:
    """Say why a part cannot keep anything with an announcement: it would ask to pass on what is confidential."""
    asks = part == NAME and NAME not in item.options
    return IsConfidential(item) if asks and is_confidential(item) else None


def options_for(content: Content, options: Mapping[str, str]) -> Mapping[str, str]:
    """Return what is kept with a new one of this content: what is confidential does not ask to be passed on."""
    return {name: kept for name, kept in options.items() if name != NAME} if content.protected else options

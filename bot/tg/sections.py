"""The pages of the panel of ``/menu``: which there are, in their order, and what they are called."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.i18n import N_

if TYPE_CHECKING:
    from bot.i18n import Texts


class Section(StrEnum):
    """A page of the panel. The value is what its button carries."""

    ANNOUNCEMENTS = "announcements"
    EVENTS = "events"
    ORGANISING = "organising"
    VIOLATIONS = "violations"
    RULES = "rules"
    MEMBERS = "members"
    GROUP = "group"


_NAMES: Final = {
    Section.ANNOUNCEMENTS: N_("📣 Announcements"),
    Section.EVENTS: N_("🗓 Events"),
    Section.ORGANISING: N_("📋 Organise events"),
    Section.VIOLATIONS: N_("⚖️ Violations"),
    Section.RULES: N_("📏 Rules"),
    Section.MEMBERS: N_("👥 Members and roles"),
    Section.GROUP: N_("⚙️ Group settings"),
}


def name_of(texts: Texts, section: Section) -> str:
    """Label the button of a section."""
    return texts.label(_NAMES[section])


def section_named(value: str) -> Section | None:
    """Return the section that a button carries; None for one that there is not."""
    return next((section for section in Section if section == value), None)

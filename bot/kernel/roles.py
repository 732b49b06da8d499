"""Who may do what: roles granted in the bot, rights that follow from them, and a person's standing in a group (R08)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bot.kernel.ids import UserId


class Right(StrEnum):
    """Something that only some people in a group may do with the bot."""

    VIEW = "view"
    """Read what managers read: ledger, digest, lists of drafts."""
    ANNOUNCE = "announce"
    """Draft announcements."""
    PUBLISH = "publish"
    """Send announcements out."""
    REVIEW = "review"
    """Approve or send back what others drafted."""
    MODERATE = "moderate"
    """Warn, mute, open and amend cases."""
    REMOVE = "remove"
    """Remove members, or decide about a proposed removal."""
    EVENTS = "events"
    """Create and run events."""
    SETTINGS = "settings"
    """Change the group's profile and how the bot behaves in it."""
    ROLES = "roles"
    """Grant and take roles."""
    AUDIT = "audit"
    """Read who did what."""


class Role(StrEnum):
    """A role that is granted in the bot, kept apart from Telegram's administrators."""

    OWNER = "owner"
    MANAGER = "manager"
    MODERATOR = "moderator"
    ORGANISER = "organiser"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    VIEWER = "viewer"


ALL_RIGHTS = frozenset(Right)

RIGHTS_OF: dict[Role, frozenset[Right]] = {
    Role.OWNER: ALL_RIGHTS,
    Role.MANAGER: ALL_RIGHTS - {Right.ROLES},
    Role.MODERATOR: frozenset({Right.VIEW, Right.MODERATE}),
    Role.ORGANISER: frozenset({Right.VIEW, Right.EVENTS, Right.ANNOUNCE}),
    Role.EDITOR: frozenset({Right.VIEW, Right.ANNOUNCE}),
    Role.REVIEWER: frozenset({Right.VIEW, Right.REVIEW, Right.PUBLISH}),
    Role.VIEWER: frozenset({Right.VIEW}),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What one person is and may do in one group at one moment."""

    user_id: UserId
    is_creator: bool = False
    is_admin: bool = False
    """An administrator in Telegram (the creator included)."""
    is_member: bool = True
    """Not known to have left. Whoever taps or writes in the group itself is in it."""
    is_known: bool = True
    """The directory has met them there. In private nothing else tells a member from a stranger who forges a button."""
    roles: frozenset[Role] = field(default_factory=frozenset)
    rights: frozenset[Right] = field(default_factory=frozenset)
    tag: str = ""
    """Their member tag, or an administrator's title, as last seen. A department is such a tag too (R15)."""

    def may(self, right: Right | None) -> bool:
        """Say whether the person has ``right``; None asks for nothing more than being there."""
        return right is None or right in self.rights

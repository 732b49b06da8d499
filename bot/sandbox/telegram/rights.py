"""Permissions and administrator rights: their names, their defaults and how they combine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
"""Every permission of an ordinary member."""

WITHHELD = frozenset({"can_change_info", "can_pin_messages", "can_manage_topics"})
"""What a new group does not grant to everybody."""

RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
    "can_manage_tags",
)
"""Every right of an administrator in a group; anonymity is told apart from them."""

CHANNEL_RIGHTS = (*RIGHTS[:10], "can_post_messages", "can_edit_messages", "can_manage_direct_messages")
"""Every right of an administrator in a channel."""

NEEDED = {
    "text": ("can_send_messages", "text messages"),
    "photo": ("can_send_photos", "photos"),
    "video": ("can_send_videos", "videos"),
    "animation": ("can_send_other_messages", "animations"),
    "audio": ("can_send_audios", "music"),
    "voice": ("can_send_voice_notes", "voice notes"),
    "video_note": ("can_send_video_notes", "video notes"),
    "document": ("can_send_documents", "documents"),
    "sticker": ("can_send_other_messages", "stickers"),
    "dice": ("can_send_other_messages", "dice"),
    "poll": ("can_send_polls", "polls"),
    "location": ("can_send_messages", "locations"),
    "venue": ("can_send_messages", "venues"),
    "contact": ("can_send_messages", "contacts"),
    "story": ("can_send_messages", "stories"),
}
"""Kind of content to the permission it needs and how Telegram names the kind in a refusal."""

MEDIA = ("audios", "documents", "photos", "videos", "video_notes", "voice_notes")
MIN_RESTRICTION = 30
MAX_RESTRICTION = 366 * 86_400


def default_permissions() -> dict[str, bool]:
    """Return what members of a new group may do."""
    return {name: name not in WITHHELD for name in PERMISSIONS}


def all_permissions(value: bool = True) -> dict[str, bool]:
    """Return every permission, granted or withheld."""
    return dict.fromkeys(PERMISSIONS, value)


def usual_rights() -> dict[str, bool]:
    """Return what an administrator gets who is promoted without further words: all but promoting others."""
    return {name: name != "can_promote_members" for name in RIGHTS}


def rights_from(given: Mapping[str, Any], *, channel: bool = False) -> dict[str, bool]:
    """Return the full set of rights of which ``given`` names the granted ones."""
    names = CHANNEL_RIGHTS if channel else RIGHTS
    rights = {name: bool(given.get(name)) for name in names}
    if any(rights.values()):
        rights["can_manage_chat"] = True
    return rights


def permissions_from(given: Mapping[str, Any], *, independent: bool) -> dict[str, bool]:
    """Read a ``ChatPermissions`` object as Telegram does, with what it implies and what it leaves to defaults."""
    result = {name: bool(given.get(name)) for name in PERMISSIONS}
    for name, model in (("can_edit_tag", "can_pin_messages"), ("can_manage_topics", "can_pin_messages")):
        if name not in given:
            result[name] = result[model]
    if not independent:
        _imply(result)
    if "can_react_to_messages" not in given:
        result["can_react_to_messages"] = result["can_send_messages"]
    return result


def _imply(permissions: dict[str, bool]) -> None:
    if permissions["can_send_other_messages"] or permissions["can_add_web_page_previews"]:
        permissions["can_send_messages"] = True
        permissions.update({f"can_send_{kind}": True for kind in MEDIA})
    if permissions["can_send_polls"]:
        permissions["can_send_messages"] = True


def until_when(until_date: int, now: int) -> int:
    """Return when a restriction ends, 0 for never: under 30 seconds and over 366 days mean for ever."""
    if until_date - now < MIN_RESTRICTION or until_date - now > MAX_RESTRICTION:
        return 0
    return until_date

"""What the emulated Telegram answers when it will not do something."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """Telegram would not let this person do that; the text is one plain sentence."""


class ApiError(Exception):
    """A Bot API method fails: HTTP status, Telegram's own text and, sometimes, response parameters."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(text: str) -> ApiError:
    """Build the 400 that the server writes as ``Bad Request: <text>``."""
    return ApiError(400, f"Bad Request: {text}")


def forbidden(text: str) -> ApiError:
    """Build the 403 that the server writes as ``Forbidden: <text>``."""
    return ApiError(403, f"Forbidden: {text}")


def conflict(text: str) -> ApiError:
    """Build the 409 of two consumers of one bot's updates."""
    return ApiError(409, f"Conflict: {text}")


def migrated(new_chat_id: int) -> ApiError:
    """Build the 400 that tells where a group's supergroup lives now."""
    return ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=new_chat_id)

"""Every method the emulated Bot API knows, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.sandbox.telegram import methods_chats, methods_edit, methods_members, methods_self, methods_send
from bot.sandbox.telegram.access import Call

METHODS: dict[str, Callable[[Call], Any]] = {
    **methods_self.METHODS,
    **methods_send.METHODS,
    **methods_edit.METHODS,
    **methods_members.METHODS,
    **methods_chats.METHODS,
}
"""Name to function; ``getUpdates``, which waits, belongs to the server."""

BY_LOWER_NAME = {name.lower(): name for name in (*METHODS, "getUpdates")}
"""Telegram does not mind how a method's name is capitalised."""

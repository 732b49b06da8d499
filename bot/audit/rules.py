"""An entry of the audit log, and how a reader narrows it down."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.kernel.ids import GroupId, UserId

PAGE = 10
"""Entries on one page."""
_ACTION = re.compile(r"[a-z][a-z_]*(\.[a-z_]*)?")
_ACTION_LIMIT = 30
"""A filter travels in a button beside a group and an entry: longer names would not fit its 64 bytes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act. ``actor_id`` None is the bot itself; ``before`` and ``after`` are plain values (JSON)."""

    id: int
    group_id: GroupId | None
    at: datetime
    actor_id: UserId | None
    actor_name: str
    action: str
    target_id: UserId | None = None
    target_text: str | None = None
    before: Any = None
    after: Any = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries are wanted: of a person (as actor or target), of an action or its family, or all."""

    person: UserId | None = None
    action: str | None = None

    def packed(self) -> str:
        """Return the filter as it travels in a button."""
        if self.person is not None:
            return f"u{self.person}"
        return f"a{self.action}" if self.action is not None else "-"


def unpack(text: str) -> Filter | None:
    """Read a filter back from a button; None if it is not of our making."""
    if text == "-":
        return Filter()
    if text[:1] == "u" and text[1:].isascii() and text[1:].isdigit() and len(text) <= 20:
        return Filter(person=UserId(int(text[1:])))
    if text[:1] == "a" and (action := as_action(text[1:])) is not None:
        return Filter(action=action)
    return None


def as_action(word: str) -> str | None:
    """Read a typed action name ("announcement.published") or the first part of one ("announcement")."""
    lower = word.lower()
    return lower if len(lower) <= _ACTION_LIMIT and _ACTION.fullmatch(lower) else None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of entries, the newest first; ``older_than`` is where the next one begins, or None at the end."""

    entries: tuple[Entry, ...]
    filter: Filter
    older_than: int | None
    is_first: bool

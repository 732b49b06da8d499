"""What a template is, what it may be called, and who may change it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.announcements.rules.announcement import By
from bot.announcements.rules.content import Content, ContentProblem
from bot.announcements.rules.outcomes import Unknown
from bot.announcements.rules.typed import read_number
from bot.kernel.blank import is_blank
from bot.kernel.ids import GroupId, UserId
from bot.kernel.roles import Right

NAME_LIMIT: Final = 40
MOST: Final = 50
"""So many templates a group may have: their list is read in pages, by people."""
_BAR: Final = re.compile("[|｜]")


@dataclass(frozen=True, slots=True)
class Template:
    """What a group keeps under a name. ``options`` are what the parts keep with an announcement made of it."""

    id: int
    group_id: GroupId
    name: str
    content: Content
    user_id: UserId
    user_name: str
    saved_at: datetime
    options: Mapping[str, str] = field(default_factory=dict, hash=False)
    used: int = 0

    @property
    def key(self) -> str:
        """The name as it counts."""
        return key_of(self.name)


@dataclass(frozen=True, slots=True)
class NoName:
    """There is no name, or none that can be read."""


@dataclass(frozen=True, slots=True)
class BadName:
    """A number would be taken for an announcement's, and a bar for the end of the name."""

    name: str


@dataclass(frozen=True, slots=True)
class NameTooLong:
    """The name is too long for a button."""

    length: int
    limit: int = NAME_LIMIT


@dataclass(frozen=True, slots=True)
class NameTaken:
    """Another template has this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Full:
    """The group has as many as it may have."""

    limit: int = MOST


@dataclass(frozen=True, slots=True)
class NoTemplate:
    """The group has none of this name; ``name`` is empty where a button has outlived its template."""

    name: str


@dataclass(frozen=True, slots=True)
class NotYours:
    """Somebody else saved it, and the person may not publish."""

    template: Template


NameProblem = NoName | BadName | NameTooLong
Refused = NameProblem | NameTaken | Full | NoTemplate | NotYours | ContentProblem | Unknown


def key_of(name: str) -> str:
    """Return a name as it counts: the case of its letters does not."""
    return name.casefold()


def read_name(typed: str) -> str | NameProblem:
    """Read a name."""
    name = " ".join(typed.split())
    if is_blank(name):
        return NoName()
    if _BAR.search(name) or read_number(name) is not None:
        return BadName(name)
    return name if len(name) <= NAME_LIMIT else NameTooLong(len(name))


def split_save(line: str) -> tuple[str, int | None]:
    """Split "weekly 12" into the name and the number of an announcement; without a number it is all name."""
    words = _BAR.sub(" ", line).split()
    number = read_number(words[-1]) if len(words) > 1 else None
    return " ".join(words if number is None else words[:-1]), number


def split_rename(line: str) -> tuple[str, str] | None:
    """Split "weekly | monthly", or two single words, into the present name and the new one."""
    parts = _BAR.split(line, maxsplit=1)
    if len(parts) == 1:
        parts = line.split()
    if len(parts) != 2 or not all(part.strip() for part in parts):
        return None
    return " ".join(parts[0].split()), " ".join(parts[1].split())


def may_change(template: Template, by: By) -> bool:
    """Say whether somebody may rename or delete it."""
    return template.user_id == by.user_id or Right.PUBLISH in by.rights

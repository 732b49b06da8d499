"""An entry of the audit log, and how a reader narrows it down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.kernel.ids import GroupId, UserId

PAGE = 10
"""Entries on one page."""
_WORD = re.compile(r"[^\W\d]\w*(\.\w*)?")
_WORD_LIMIT = 30
"""In bytes. A filter travels in a button beside a group and an entry: longer words would not fit its 64 bytes."""
_SHORTEST = 2
"""A single letter stands in nearly every name."""


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
    """Which entries are wanted: of a person (as actor or target), of what a word means, or all.

    ``actions`` are what :func:`matching` found for ``action``, the word that was typed: names of actions or families.
    """

    person: UserId | None = None
    action: str | None = None
    actions: tuple[str, ...] = ()

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
    """Read a word that may mean actions: "announcement.published", "announcement", "publish", 警告."""
    folded = word.casefold()
    return folded if len(folded.encode("utf-8", "replace")) <= _WORD_LIMIT and _WORD.fullmatch(folded) else None


def families(names: Iterable[str]) -> tuple[str, ...]:
    """Return the first parts of the names of actions ("case" of "case.opened"), in order."""
    return tuple(sorted({name.partition(".")[0] for name in names}))


def named(word: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the action or family of that very name."""
    known = set(names)
    return (word,) if word in known or word in families(known) else ()


def matching(word: str, said: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Return what a word means: the families, else the actions, in whose name it stands, else the families it tells of.

    ``said`` holds what is said of each action, in the languages of those who may ask: "warn" means the family of
    "case.opened", which reads "… warned …".
    """
    if len(word) < _SHORTEST:
        return ()
    if exact := named(word, said):
        return exact
    if areas := tuple(area for area in families(said) if word in area):
        return areas
    if actions := tuple(sorted(name for name in said if word in name.partition(".")[2])):
        return actions
    return families(name for name, sentences in said.items() if any(word in line.casefold() for line in sentences))


@dataclass(frozen=True, slots=True)
class Page:
    """A page of entries, the newest first; ``older_than`` is where the next one begins, or None at the end."""

    entries: tuple[Entry, ...]
    filter: Filter
    older_than: int | None
    is_first: bool

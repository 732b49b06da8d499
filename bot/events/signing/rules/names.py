"""Whom an organiser names to put on a list or take off: several at once, with guests, with or without Telegram (R05)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.kernel.numerals import NUMBER, fold, whole_number
from bot.members.identity.rules import ById, ByName, ByPerson, read_target
from bot.members.rules import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.events.rules.signup import SignUp
    from bot.members.identity.rules import Mention

MOST: Final = 20
"""How many people one line may name."""
NAME_LIMIT: Final = 64
_BETWEEN: Final = re.compile(r"[,，、;；\r\n]|\s(?=\s*[@＠])")
_GUESTS: Final = re.compile(
    rf"(?:\+ *|带 *|帶 *|\bwith +)(?P<n>[0-9]{{1,2}}|{NUMBER}|a)(?: *(?:人|个人|位|guests?|friends?))?$"
)


@dataclass(frozen=True, slots=True)
class Plain:
    """A name as people say it: somebody without Telegram, or a member who was not called by their @name."""

    name: str


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who is named, and how many guests they bring. ``who`` None: the author of the message that is answered."""

    who: ByPerson | ById | ByName | Plain | None
    guests: int = 0


@dataclass(frozen=True, slots=True)
class TooMany:
    """More people than one line may name."""

    count: int


@dataclass(frozen=True, slots=True)
class NoName:
    """What stands where a name should is none."""

    text: str


def read_people(text: str, mentions: Iterable[Mention] = ()) -> tuple[Named, ...] | TooMany | NoName:
    """Read the people a line names; ``mentions`` are Telegram's, at their place in ``text``."""
    found: list[Named] = []
    spans = [(mention.start, mention) for mention in mentions]
    for start, piece in _pieces(text):
        bare, guests = _guests_of(piece)
        mention = next((one for at, one in spans if start <= at < start + len(piece)), None)
        if mention is not None:
            found.append(Named(ByPerson(mention.person), guests))
        elif not bare:
            found.append(Named(None, guests))
        else:
            named = _named(bare, guests)
            if isinstance(named, NoName):
                return named
            found.append(named)
    return TooMany(len(found)) if len(found) > MOST else tuple(dict.fromkeys(found))


def _pieces(text: str) -> Iterable[tuple[int, str]]:
    start = 0
    for separator in [*_BETWEEN.finditer(text), None]:
        end = len(text) if separator is None else separator.start()
        if text[start:end].strip():
            yield start, text[start:end]
        start = end if separator is None else separator.end()


def _guests_of(piece: str) -> tuple[str, int]:
    """Take the guests off the end of a piece."""
    match = _GUESTS.search(fold(piece.rstrip()))
    number = None if match is None else 1 if match["n"] == "a" else whole_number(match["n"])
    if match is None or number is None:
        return piece.strip(), 0
    return piece[: match.start()].strip(), number


def _named(text: str, guests: int) -> Named | NoName:
    target, rest = read_target(text)
    if target is not None:
        return NoName(text) if rest else Named(target, guests)
    name = " ".join(text.split())
    if len(name) > NAME_LIMIT or not any(unicodedata.category(char)[0] == "L" for char in name) or "@" in name:
        return NoName(text)
    return Named(Plain(name), guests)


def on_list(people: Sequence[SignUp], name: str) -> tuple[SignUp, ...]:
    """Return those on a list who go by a name, whatever its case, spaces and width."""
    key = name_key(name)
    return tuple(one for one in people if name_key(one.name) == key)

"""What a group may set of a detector: each detector names its fields, and pages, forms and lines are derived from them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.policy.rules.words import MOST_WORDS


class Holds(StrEnum):
    """What a list is a list of."""

    WORDS = "words"
    DOMAINS = "domains"
    BOTS = "bots"
    ENDINGS = "endings"
    """Of files, without the dot."""
    PATTERNS = "patterns"
    """Regular expressions, one a line."""


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number. ``asked``: it is asked for when a rule is added; of one detector at most one is."""

    name: str
    least: int
    most: int
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A list. ``needed``: without it the rule finds nothing, so that it cannot be empty."""

    name: str
    holds: Holds = Holds.WORDS
    needed: bool = False
    asked: bool = False
    most: int = MOST_WORDS


@dataclass(frozen=True, slots=True)
class Switch:
    """Yes or no."""

    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """A text of one line. ``is_link``: the address of a page, a group or a topic, in full."""

    name: str
    longest: int = 200
    needed: bool = False
    asked: bool = False
    is_link: bool = False


Field = Number | Listed | Switch | Line
Value = int | bool | str | tuple[str, ...]

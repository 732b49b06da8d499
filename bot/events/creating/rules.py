"""What is taken over from an earlier event or a template, and how a template is named (R05)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from bot.events.rules.event import Event, NoSuchEvent
from bot.events.rules.plan import AHEAD, FIELDS, Plan
from bot.kernel.blank import is_blank
from bot.kernel.numerals import fold

NAME_LIMIT: Final = 40
MOST_TEMPLATES: Final = 50
_FROM: Final = re.compile(
    r"(?:(?:from|using)(?: *: *|\s+)|(?:用|按)?模板 *[:：]? *)(?P<name>[^|｜\r\n]+)(?P<rest>(?:[|｜\r\n].*)?)",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Template:
    """A plan kept under a name; its times are those of the event it was made from."""

    id: int
    name: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class Saved:
    """A template is kept; ``replaced`` says that it took the place of one of that name."""

    template: Template
    replaced: bool


@dataclass(frozen=True, slots=True)
class BadName:
    """A name that is empty or too long."""


@dataclass(frozen=True, slots=True)
class TooManyTemplates:
    """The group has as many templates as it may."""


SaveOutcome = Saved | BadName | TooManyTemplates


@dataclass(frozen=True, slots=True)
class Discarded:
    """A draft is gone."""

    event: Event


@dataclass(frozen=True, slots=True)
class NotADraft:
    """Members know of the event: it can be cancelled, not discarded."""

    event: Event


DiscardOutcome = Discarded | NotADraft | NoSuchEvent


def taken_over(plan: Plan) -> dict[str, Any]:
    """Return what a new event takes over from an earlier one: everything but the times, and how far ahead its sign-up ended."""
    preset: dict[str, Any] = {name: getattr(plan, name) for name in FIELDS if name not in {"starts_at", "deadline"}}
    if plan.deadline is not None:
        preset[AHEAD] = round((plan.starts_at - plan.deadline) / timedelta(minutes=1))
    return preset


def key_of(name: str) -> str:
    """Return what two names share that mean the same template."""
    return fold(" ".join(name.split())).casefold()


def name_of(typed: str) -> str | BadName:
    """Read the name of a template."""
    name = " ".join(typed.split())
    return BadName() if is_blank(name) or len(name) > NAME_LIMIT else name


def named_template(line: str) -> tuple[str, str] | None:
    """Take a line apart that begins with a template (``from hike | Sat 9:00``): its name, and what follows; else None."""
    match = _FROM.fullmatch(line.strip())
    if match is None:
        return None
    return " ".join(match["name"].split()), match["rest"].lstrip("|｜\r\n ").strip()


def cut(rest: str) -> tuple[str, str]:
    """Take the first part off what follows a template's name: the time."""
    first, *others = re.split(r"[|｜\r\n]", rest, maxsplit=1)
    return first.strip(), others[0] if others else ""

"""How a detector is put into words: its name, its sentence, and its fields with the question for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.i18n import N_, Html

if TYPE_CHECKING:
    from bot.i18n import Texts

_SHOWN = 8
"""So many words of a list are named where its beginning is shown."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A field: what it is called, and the question for it; ``N_`` strings."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Said:
    """A detector: its name, the sentence in ``/rules``, and its fields by their names."""

    name: str
    sentence: Callable[[Texts, Any], Html]
    fields: Mapping[str, Asked] = field(default_factory=dict)


def shortened(texts: Texts, words: tuple[str, ...]) -> Html:
    """Name the beginning of a list."""
    named = texts.join(words[:_SHOWN])
    more = len(words) - _SHOWN
    if more <= 0:
        return named
    return texts.ngettext("{words} and {n} more", "{words} and {n} more", more, words=named)


MORE_WORDS = Asked(
    N_("More words"), N_("Which words shall count besides the known ones? One a line, or with commas between them.")
)

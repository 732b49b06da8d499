"""The lists that detectors know by themselves, looked for in one go however many rules ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.policy.rules import dealing, harms, insults, lists
from bot.policy.rules.words import WordList, together

if TYPE_CHECKING:
    from bot.policy.rules.plain import Plain

_LISTS: Final = together(
    lists.REQUESTS,
    lists.BAIT,
    lists.CALLS,
    lists.OFFERS,
    lists.REACH,
    lists.ASKING,
    insults.STRONG,
    insults.MILD,
    dealing.DEALING,
    dealing.WARNING,
    *harms.PHRASES.values(),
    *dealing.GOODS.values(),
)
REQUESTS, BAIT, CALLS, OFFERS, REACH, ASKING, INSULTS, MILD, DEALING, WARNING = _LISTS[:10]
HARMS: Final[dict[harms.Harm, WordList]] = dict(zip(harms.PHRASES, _LISTS[10:], strict=False))
"""What needs nothing beside it."""
GOODS: Final[dict[harms.Harm, WordList]] = dict(zip(dealing.GOODS, _LISTS[10 + len(HARMS) :], strict=True))
"""What is harmful where it is dealt in."""


def is_silent(text: Plain) -> bool:
    """Say whether a text has no word of any of them, as most have."""
    return REQUESTS.is_silent(text)

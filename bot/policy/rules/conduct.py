"""Detectors of how people speak: insults, what a group wants raised elsewhere, what belongs elsewhere (R23, R35, R37)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from bot.kernel.lazy import lazy
from bot.policy.rules import insults, known
from bot.policy.rules.clauses import is_torn
from bot.policy.rules.disguise import undisguised, without
from bot.policy.rules.fields import Field, Line, Listed, Switch
from bot.policy.rules.findings import Hit, Past, Reason
from bot.policy.rules.outbursts import outburst
from bot.policy.rules.words import Listing

if TYPE_CHECKING:
    from bot.policy.rules.message import Seen
    from bot.policy.rules.plain import Plain


@dataclass(frozen=True)
class Abuse(Listing):
    """Insults (R23).

    ``mild`` counts milder ones as well where they are said to somebody's face; about oneself, a thing or a third person they
    pass. ``words`` are the group's own additions.
    """

    FIELDS: ClassVar[tuple[Field, ...]] = (Listed("words", asked=True), Switch("mild"))

    words: tuple[str, ...] = ()
    mild: bool = True

    def find(self, seen: Seen, _past: Past) -> Hit | None:
        """Say which insult."""
        word = self._word(seen.plain)
        if word is None and (bare := undisguised(seen.plain)) is not None:
            word = self._word(bare)
        return None if word is None else Hit(Reason.ABUSE, word)

    def _word(self, text: Plain) -> str | None:
        word = self._insult(text)
        rest = None if word is None else without(text, insults.INNOCENT)
        return word if rest is None else self._insult(rest)

    def _insult(self, text: Plain) -> str | None:
        word = known.INSULTS.find(text) or self._list.find(text)
        if word is not None or not self.mild or known.MILD.find(text) is None:
            return word
        said = (found for found in insults.AIMED.finditer(text.run) if not is_torn(text, *found.span()))
        english = insults.AIMED_ENGLISH
        aimed = next(said, None) or english.search(text.folded) or english.search(text.loose)
        return outburst(text) if aimed is None else aimed[0]


@dataclass(frozen=True)
class Conduct(Listing):
    """Words the group watches for, such as those that run it down; ``instead`` says where to raise such things (R35)."""

    FIELDS: ClassVar[tuple[Field, ...]] = (Listed("words", needed=True, asked=True), Line("instead", asked=True))

    words: tuple[str, ...] = ()
    instead: str = ""

    def find(self, seen: Seen, _past: Past) -> Hit | None:
        """Say which word."""
        word = self._list.find(seen.plain)
        return None if word is None else Hit(Reason.CONDUCT, word)


@dataclass(frozen=True)
class WrongPlace(Listing):
    """Subjects that belong into another group or topic, known by their words (R37).

    ``target`` is the link to it: of a group, or of a topic in this one; what is written there passes. ``place`` is its name.
    """

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Listed("words", needed=True, asked=True),
        Line("target", needed=True, asked=True, is_link=True),
        Line("place", 40),
    )

    words: tuple[str, ...] = ()
    target: str = ""
    place: str = ""

    def find(self, seen: Seen, _past: Past) -> Hit | None:
        """Say which word."""
        if seen.thread and seen.thread == self._thread:
            return None
        word = self._list.find(seen.plain)
        return None if word is None else Hit(Reason.WRONG_PLACE, word)

    @lazy
    def _thread(self) -> int:
        """The topic the link leads to; 0 if it leads to none."""
        found = _TOPIC.search(self.target)
        return 0 if found is None else int(found[1])


_TOPIC: Final = re.compile(r"t(?:elegram)?\.me/(?:c/[0-9]{1,15}|[A-Za-z][A-Za-z0-9_]{3,31})/([0-9]{1,10})(?:[/?]|$)")

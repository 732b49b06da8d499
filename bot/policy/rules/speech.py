"""Detectors of what a message says: words of a list, length, solicitation, advertising (R06, R07, R20, R26)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from bot.kernel.lazy import lazy
from bot.policy.rules import known, lists
from bot.policy.rules.fields import Field, Holds, Line, Listed, Number
from bot.policy.rules.findings import Hit, Past, Reason
from bot.policy.rules.message import Origin
from bot.policy.rules.patterns import MOST_PATTERNS, AnyOf
from bot.policy.rules.sources import SHORTENERS, is_invitation
from bot.policy.rules.words import Listing

if TYPE_CHECKING:
    from bot.policy.rules.message import Seen
    from bot.policy.rules.plain import Plain

DEFAULT_LENGTH: Final = 200
DEFAULT_SCORE: Final = 6
DEFAULT_WEIGHT: Final = 3
"""What counts as much as a shortened link does."""


@dataclass(frozen=True)
class Words(Listing):
    """The group's own list of words (R07)."""

    FIELDS: ClassVar[tuple[Field, ...]] = (Listed("words", needed=True, asked=True),)

    words: tuple[str, ...] = ()

    def find(self, seen: Seen, _past: Past) -> Hit | None:
        """Say which word."""
        word = self._list.find(seen.plain)
        return None if word is None else Hit(Reason.WORD, word)


@dataclass(frozen=True, slots=True)
class Length:
    """More characters than ``most`` (R20)."""

    FIELDS: ClassVar[tuple[Field, ...]] = (Number("most", 10, 4000, asked=True),)

    most: int = DEFAULT_LENGTH

    def find(self, seen: Seen, _past: Past) -> Hit | None:
        """Say how many there are."""
        # What has no more code points than that has no more characters either, and counting them costs more.
        if len(seen.text) <= self.most or seen.length <= self.most:
            return None
        return Hit(Reason.LENGTH, str(seen.length))


@dataclass(frozen=True)
class Solicitation(Listing):
    """Canvassing for votes and likes, bargain-helping, coupons and one-cent packets, in words or by link (R26).

    A single word is no request: "红包" in a story passes. ``words`` and ``hosts`` are the group's own additions, which count at once.
    """

    FIELDS: ClassVar[tuple[Field, ...]] = (Listed("words", asked=True), Listed("hosts", Holds.DOMAINS))

    words: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()

    def find(self, seen: Seen, _past: Past) -> Hit | None:
        """Say by what it is known."""
        text = seen.plain
        phrase = self._list.find(text) if known.is_silent(text) else self._phrase(text)
        if phrase is not None:
            return Hit(Reason.SOLICITATION, phrase)
        for link in seen.links:
            if any(link.is_under(host) for host in (*lists.COUPON_HOSTS, *self.hosts)):
                return Hit(Reason.SOLICITATION, link.host)
        thing = known.BAIT.find(text) if seen.links else None
        return None if thing is None or known.CALLS.find(text) is None else Hit(Reason.SOLICITATION, thing)

    def _phrase(self, text: Plain) -> str | None:
        return known.REQUESTS.find(text) or self._list.find(text) or _asked(text)


def _asked(text: Plain) -> str | None:
    """Return a request that is put together freely; what a group decides by a vote is none."""
    if known.ASKING.find(text) is None:
        return None
    found = lists.ASKED.search(text.run) or lists.ASKED_ENGLISH.search(text.folded)
    if found is None or lists.DECIDING.search(found.string, found.start(), found.end() + _FURTHER) is not None:
        return None
    return found[0]


_FURTHER: Final = 20


@dataclass(frozen=True)
class Advertising(Listing):
    """Advertising, by what speaks for it in sum: ``score`` is enough, two thirds of it from those who are new (R06).

    ``words`` and ``patterns`` are the group's own additions: each of the words counts like an offer that is known, and ``weight``
    is what it counts that one of the patterns fits.
    """

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Number("score", 2, 12, asked=True),
        Listed("words", asked=True),
        Listed("patterns", Holds.PATTERNS, most=MOST_PATTERNS),
        Number("weight", 1, 12),
    )

    score: int = DEFAULT_SCORE
    words: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    weight: int = DEFAULT_WEIGHT

    def find(self, seen: Seen, past: Past) -> Hit | None:
        """Say how much speaks for it."""
        points = self.points(seen) + (0 if past.model is None else past.model.points)
        enough = -(-self.score * 2 // 3) if past.is_new else self.score
        if points < enough:
            return None
        return Hit(Reason.ADVERTISING, str(points) if past.model is None else f"{points} ({past.model.version})")

    def points(self, seen: Seen) -> int:
        """Add up what speaks for advertising by itself, without a model."""
        text = seen.plain
        offers = min(known.OFFERS.count(text) + self._list.count(text) + len(_PAY.findall(text.folded)), 3)
        contacts = min(known.REACH.count(text), 2)
        if offers and not contacts:
            contacts = int(lists.REACHED.search(text.folded) is not None)
        points = 2 * offers + 2 * contacts + (0 if self._any.part_of(seen) is None else self.weight)
        if not points:
            return 0
        points += 2 if _HANDLE.search(text.folded) else 0
        points += sum(3 if link.host in SHORTENERS or is_invitation(link) else 1 for link in seen.links[:2])
        points += 1 if seen.origin is Origin.CHANNEL or seen.has_buttons else 0
        return points + (1 if _SIGNS.search(seen.text) else 0)

    @lazy
    def _any(self) -> AnyOf:
        return AnyOf(self.patterns)


@dataclass(frozen=True, slots=True)
class Manual:
    """Nothing: what a rule asks of people, in the group's own words, and people see to it themselves (R23, R35)."""

    FIELDS: ClassVar[tuple[Field, ...]] = (Line("text", needed=True, asked=True),)

    text: str = ""

    def find(self, _seen: Seen, _past: Past) -> Hit | None:
        """Find nothing."""
        return None


_HANDLE: Final = re.compile(
    r"(?:[微薇威徽]信?|wx|vx|v信|qq|扣扣|电报|飞机|tg|telegram|whatsapp)[^a-z0-9\n+@]{0,6}[+@]?[a-z0-9][a-z0-9_ -]{4,20}"
    r"|(?<![0-9])1[3-9][0-9]{9}(?![0-9])"
)
_PAY: Final = re.compile(
    r"[$€£] ?[0-9][0-9,.]{1,8}k?\+? ?(?:an? |per |/ ?|every )?(?:day|daily|week|weekly|hour|hourly)(?![a-z])"
)
_SIGNS: Final = re.compile("[🔥💰💵💸🤑🎁📢📣🚀💎👉👇⬇✅]{2}")

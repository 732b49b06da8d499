"""The detector of harmful content, links and files: pornography, gambling, drugs, violence, viruses (R33)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, ClassVar, Final

from bot.policy.rules import harms, lists
from bot.policy.rules.disguise import undisguised
from bot.policy.rules.fields import Field, Holds, Listed, Switch
from bot.policy.rules.findings import Hit, Past, Reason
from bot.policy.rules.harms import Harm
from bot.policy.rules.words import WordList, compiled

if TYPE_CHECKING:
    from bot.policy.rules.message import Link, Seen
    from bot.policy.rules.plain import Plain

_REASONS: Final = {
    Harm.PORN: Reason.PORN,
    Harm.GAMBLING: Reason.GAMBLING,
    Harm.DRUGS: Reason.DRUGS,
    Harm.VIOLENCE: Reason.VIOLENCE,
    Harm.VIRUSES: Reason.VIRUS,
}
_DEALING: Final = WordList(harms.DEALING)
_WARNING: Final = WordList(harms.WARNING)
_REACH: Final = WordList(lists.REACH)


@dataclass(frozen=True)
class Harmful:
    """Harmful content: by words, by the host of a link, by the kind of a file; each kind of harm by a switch of its own.

    ``words`` and ``domains`` are the group's own additions; ``files`` are endings without the dot. Goods count where they are
    dealt in, and a warning against such things passes.
    """

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Listed("words", asked=True),
        Listed("domains", Holds.DOMAINS),
        Listed("files", Holds.ENDINGS),
        Switch("porn"),
        Switch("gambling"),
        Switch("drugs"),
        Switch("violence"),
        Switch("viruses"),
    )

    words: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    files: tuple[str, ...] = harms.FILES
    porn: bool = True
    gambling: bool = True
    drugs: bool = True
    violence: bool = True
    viruses: bool = True

    def find(self, seen: Seen, _past: Past) -> Hit | None:
        """Say what it found."""
        return self._by_file(seen) or self._by_link(seen) or self._by_word(seen)

    def _by_file(self, seen: Seen) -> Hit | None:
        if not (self.viruses and seen.file):
            return None
        ending = seen.file.rstrip(". ").rpartition(".")[2].lower()
        return Hit(Reason.FILE, f".{ending}") if ending in self.files else None

    def _by_link(self, seen: Seen) -> Hit | None:
        for link in seen.links:
            if any(link.is_under(domain) for domain in self.domains):
                return Hit(Reason.LINK, link.host)
            harm = _harm_of(link)
            if harm is not None and harm in self._kinds:
                return Hit(_REASONS[harm], link.host)
            ending = link.path.partition("?")[0].partition("#")[0].rpartition(".")[2]
            if self.viruses and ending in self.files and ending in harms.PROGRAMS:
                return Hit(Reason.FILE, f".{ending}")
        return None

    def _by_word(self, seen: Seen) -> Hit | None:
        text: Plain | None = seen.plain
        while text is not None:
            word = self._list.find(text)
            if word is not None:
                return Hit(Reason.WORD, word)
            hit = self._known(text)
            if hit is not None:
                return None if _only_warns(seen) else hit
            text = undisguised(text) if text is seen.plain else None
        return None

    def _known(self, text: Plain) -> Hit | None:
        phrases, kinds = _phrases(self._kinds)
        word = phrases.find(text)
        if word is not None:
            return Hit(_REASONS[kinds[word]], word)
        goods, kinds = _goods(self._kinds)
        word = goods.find(text)
        return None if word is None or _DEALING.find(text) is None else Hit(_REASONS[kinds[word]], word)

    @cached_property
    def _kinds(self) -> frozenset[Harm]:
        return frozenset(harm for harm in Harm if getattr(self, harm.value))

    @cached_property
    def _list(self) -> WordList:
        return compiled(self.words)


def _harm_of(link: Link) -> Harm | None:
    known = next((harm for host, harm in harms.HOSTS.items() if link.is_under(host)), None)
    found = harms.HOST_PARTS.search(link.host) if known is None else None
    return known if found is None or found.lastgroup is None else Harm(found.lastgroup)


def _only_warns(seen: Seen) -> bool:
    if seen.links or seen.has_buttons:
        return False
    return _WARNING.find(seen.plain) is not None and _REACH.find(seen.plain) is None


Compiled = tuple[WordList, dict[str, Harm]]


@lru_cache(maxsize=len(Harm) ** 2 + 8)
def _phrases(kinds: frozenset[Harm]) -> Compiled:
    return _compiled(harms.PHRASES, kinds)


@lru_cache(maxsize=8)
def _goods(kinds: frozenset[Harm]) -> Compiled:
    return _compiled(harms.GOODS, kinds)


def _compiled(known: dict[Harm, tuple[str, ...]], kinds: frozenset[Harm]) -> Compiled:
    words = {word: harm for harm, some in known.items() if harm in kinds for word in some}
    return WordList(tuple(words)), words

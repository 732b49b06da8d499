"""The detector of harmful content, links and files: pornography, gambling, drugs, violence, viruses (R33)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from bot.kernel.lazy import lazy
from bot.policy.rules import dealing, harms, known
from bot.policy.rules.disguise import undisguised, without
from bot.policy.rules.fields import Field, Holds, Listed, Switch
from bot.policy.rules.findings import Hit, Past, Reason
from bot.policy.rules.harms import Harm
from bot.policy.rules.words import Listing

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


@dataclass(frozen=True)
class Harmful(Listing):
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
            rest = None if hit is None else without(text, dealing.INNOCENT)
            hit = hit if rest is None else self._known(rest)
            if hit is not None:
                return None if _only_warns(seen) else hit
            text = undisguised(text) if text is seen.plain else None
        return None

    def _known(self, text: Plain) -> Hit | None:
        if known.is_silent(text):
            return None
        for harm in self._kinds:
            word = known.HARMS[harm].find(text)
            if word is not None:
                return Hit(_REASONS[harm], word)
        for harm, goods in known.GOODS.items():
            word = goods.find(text) if harm in self._kinds else None
            if word is not None and known.DEALING.find(text) is not None:
                return Hit(_REASONS[harm], word)
        return None

    @lazy
    def _kinds(self) -> tuple[Harm, ...]:
        return tuple(harm for harm in Harm if getattr(self, harm.value))


def _harm_of(link: Link) -> Harm | None:
    known = next((harm for host, harm in harms.HOSTS.items() if link.is_under(host)), None)
    found = harms.HOST_PARTS.search(link.host) if known is None else None
    return known if found is None or found.lastgroup is None else Harm(found.lastgroup)


def _only_warns(seen: Seen) -> bool:
    if seen.links or seen.has_buttons:
        return False
    return known.WARNING.find(seen.plain) is not None and known.REACH.find(seen.plain) is None

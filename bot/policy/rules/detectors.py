"""Every detector: its name, its family, and the fields by which a group sets it. A new one is named here, and in its texts."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, TypeVar
from weakref import WeakValueDictionary

from bot.policy.rules.conduct import Abuse, Conduct, WrongPlace
from bot.policy.rules.fields import Field, Holds, Line, Listed, Number, Value
from bot.policy.rules.floods import Duplicates, Flood, Pictures
from bot.policy.rules.harm import Harmful
from bot.policy.rules.patterns import Patterns
from bot.policy.rules.private import PrivateData
from bot.policy.rules.sources import Buttons, Contacts, Forwards, Invitations, Links, Mentions, ViaBots
from bot.policy.rules.speech import Advertising, Length, Manual, Solicitation, Words
from bot.policy.rules.words import Listing

if TYPE_CHECKING:
    from collections.abc import Iterable

AnyDetector = (
    Links
    | Invitations
    | Forwards
    | Contacts
    | Mentions
    | Buttons
    | ViaBots
    | Words
    | Patterns
    | Length
    | Solicitation
    | Advertising
    | Flood
    | Pictures
    | Duplicates
    | Abuse
    | Harmful
    | PrivateData
    | Conduct
    | WrongPlace
    | Manual
)


class What(StrEnum):
    """What a rule looks for; the name of its detector, of at most 16 letters."""

    LINKS = "links"
    INVITATIONS = "invitations"
    FORWARDS = "forwards"
    CONTACTS = "contacts"
    MENTIONS = "mentions"
    BUTTONS = "buttons"
    VIA_BOTS = "via_bots"
    WORDS = "words"
    PATTERNS = "patterns"
    LENGTH = "length"
    SOLICITATION = "solicitation"
    ADVERTISING = "advertising"
    FLOOD = "flood"
    PICTURES = "pictures"
    DUPLICATES = "duplicates"
    ABUSE = "abuse"
    HARMFUL = "harmful"
    PRIVATE = "private"
    CONDUCT = "conduct"
    WRONG_PLACE = "wrong_place"
    MANUAL = "manual"
    """Nothing: people see to it themselves, and warn by its code."""


DETECTORS: Final[dict[What, type[AnyDetector]]] = {
    What.LINKS: Links,
    What.INVITATIONS: Invitations,
    What.FORWARDS: Forwards,
    What.CONTACTS: Contacts,
    What.MENTIONS: Mentions,
    What.BUTTONS: Buttons,
    What.VIA_BOTS: ViaBots,
    What.WORDS: Words,
    What.PATTERNS: Patterns,
    What.LENGTH: Length,
    What.SOLICITATION: Solicitation,
    What.ADVERTISING: Advertising,
    What.FLOOD: Flood,
    What.PICTURES: Pictures,
    What.DUPLICATES: Duplicates,
    What.ABUSE: Abuse,
    What.HARMFUL: Harmful,
    What.PRIVATE: PrivateData,
    What.CONDUCT: Conduct,
    What.WRONG_PLACE: WrongPlace,
    What.MANUAL: Manual,
}
"""Every detector, in the order in which they are offered."""


class Family(StrEnum):
    """What detectors have in common: the first choice where a rule is added."""

    SOURCES = "sources"
    SPEECH = "speech"
    FLOODS = "floods"
    PEOPLE = "people"
    """What people see to themselves."""


FAMILIES: Final[dict[Family, tuple[What, ...]]] = {
    Family.SOURCES: (
        What.LINKS,
        What.INVITATIONS,
        What.FORWARDS,
        What.CONTACTS,
        What.MENTIONS,
        What.BUTTONS,
        What.VIA_BOTS,
    ),
    Family.SPEECH: (
        What.WORDS,
        What.PATTERNS,
        What.LENGTH,
        What.SOLICITATION,
        What.ADVERTISING,
        What.ABUSE,
        What.HARMFUL,
        What.PRIVATE,
        What.CONDUCT,
        What.WRONG_PLACE,
    ),
    Family.FLOODS: (What.FLOOD, What.PICTURES, What.DUPLICATES),
    Family.PEOPLE: (What.MANUAL,),
}
MORE_THAN_WORDS: Final = frozenset({*FAMILIES[Family.SOURCES], What.PICTURES, What.MANUAL})
"""What finds nothing in a message of words alone (:attr:`Seen.is_bare`)."""
AnyField = TypeVar("AnyField", bound=Number | Listed | Line)


def fields_of(what: What) -> tuple[Field, ...]:
    """Return what a group may set of a detector."""
    return DETECTORS[what].FIELDS


def asked(what: What, kind: type[AnyField]) -> AnyField | None:
    """Return the field of a kind that is asked for when a rule is added, or None."""
    return next((field for field in fields_of(what) if isinstance(field, kind) and field.asked), None)


def value_of(detector: AnyDetector, field: Field) -> Any:
    """Return what a field is set to."""
    return getattr(detector, field.name)


def with_value(detector: AnyDetector, field: Field, value: Value) -> AnyDetector:
    """Return a detector with a field set to something else."""
    changed: dict[str, Any] = {field.name: value}
    return replace(detector, **changed)


_known: WeakValueDictionary[int, AnyDetector] = WeakValueDictionary()


def shared(detector: AnyDetector) -> AnyDetector:
    """Return the one detector that stands for all that are set alike, so that equal lists are held and compiled once."""
    if not any(isinstance(field, Listed) for field in detector.FIELDS):
        return detector
    known = _known.setdefault(hash((type(detector), detector)), detector)
    return known if known == detector else detector


def is_long(detector: AnyDetector) -> bool:
    """Say whether its lists are so long that no message should wait until they are compiled."""
    return any(
        isinstance(field, Listed) and field.holds is Holds.WORDS and len(value_of(detector, field)) > _LONG
        for field in detector.FIELDS
    )


_LONG: Final = 500
"""Words that are compiled in some 3 ms."""


def prepare(detectors: Iterable[AnyDetector]) -> None:
    """Compile lists; any thread may."""
    for detector in detectors:
        if isinstance(detector, Listing):
            detector.prepare()

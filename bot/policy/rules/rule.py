"""A group's rule: what it looks for, when, at whom, and what it does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.policy.rules.floods import MOST_REMEMBERED, Duplicates, Flood, Pictures
from bot.policy.rules.sources import Buttons, Contacts, Forwards, Invitations, Links, Mentions, ViaBots
from bot.policy.rules.speech import Advertising, Length, Solicitation, Words
from bot.policy.rules.words import LONGEST_WORD, MOST_WORDS

if TYPE_CHECKING:
    from bot.policy.rules.findings import Hit, Past
    from bot.policy.rules.message import Seen

AnyDetector = (
    Links
    | Invitations
    | Forwards
    | Contacts
    | Mentions
    | Buttons
    | ViaBots
    | Words
    | Length
    | Solicitation
    | Advertising
    | Flood
    | Pictures
    | Duplicates
)
MOST_RULES: Final = 40
TITLE_LIMIT: Final = 60


class What(StrEnum):
    """What a rule looks for; the name of its detector."""

    LINKS = "links"
    INVITATIONS = "invitations"
    FORWARDS = "forwards"
    CONTACTS = "contacts"
    MENTIONS = "mentions"
    BUTTONS = "buttons"
    VIA_BOTS = "via_bots"
    WORDS = "words"
    LENGTH = "length"
    SOLICITATION = "solicitation"
    ADVERTISING = "advertising"
    FLOOD = "flood"
    PICTURES = "pictures"
    DUPLICATES = "duplicates"


DETECTORS: Final[dict[What, type[AnyDetector]]] = {
    What.LINKS: Links,
    What.INVITATIONS: Invitations,
    What.FORWARDS: Forwards,
    What.CONTACTS: Contacts,
    What.MENTIONS: Mentions,
    What.BUTTONS: Buttons,
    What.VIA_BOTS: ViaBots,
    What.WORDS: Words,
    What.LENGTH: Length,
    What.SOLICITATION: Solicitation,
    What.ADVERTISING: Advertising,
    What.FLOOD: Flood,
    What.PICTURES: Pictures,
    What.DUPLICATES: Duplicates,
}
"""Every detector, in the order in which they are offered."""


class State(StrEnum):
    """How far a rule is switched on."""

    OFF = "off"
    OBSERVE = "observe"
    """It notes what it would have done, and does nothing."""
    ON = "on"


class Reaction(StrEnum):
    """What happens first."""

    RECORD = "record"
    HINT = "hint"
    DELETE = "delete"
    """Deleted, with a hint."""


class When(StrEnum):
    """When a rule holds, by the group's own clock."""

    ALWAYS = "always"
    QUIET = "quiet"
    WEEKDAYS = "weekdays"
    WEEKEND = "weekend"


class Whom(StrEnum):
    """At whom a rule looks; administrators and those with a role are spared by every rule."""

    EVERYBODY = "everybody"
    NEW = "new"
    """Those who came a week ago or less."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. ``number`` stays its own for good; people call it A1."""

    number: int
    what: What
    detector: AnyDetector
    title: str = ""
    """Empty: it is called after what it looks for."""
    state: State = State.OBSERVE
    reaction: Reaction = Reaction.HINT
    when: When = When.ALWAYS
    whom: Whom = Whom.EVERYBODY

    @property
    def code(self) -> str:
        """What people call it."""
        return f"A{self.number}"


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment by the group's own clock: the weekday (Monday 0), and whether it is quiet."""

    weekday: int
    quiet: bool = False


def holds(rule: Rule, clock: Clock) -> bool:
    """Say whether a rule holds at a moment."""
    if rule.state is State.OFF:
        return False
    match rule.when:
        case When.ALWAYS:
            return True
        case When.QUIET:
            return clock.quiet
        case When.WEEKDAYS:
            return clock.weekday < _SATURDAY
        case When.WEEKEND:
            return clock.weekday >= _SATURDAY


_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a message breaks, and how that shows."""

    rule: Rule
    hit: Hit


def breaches(rules: tuple[Rule, ...], seen: Seen, past: Past, clock: Clock) -> tuple[Breach, ...]:
    """Return every rule that a message breaks, those that are on before those that observe, the strictest first."""
    found = [
        Breach(rule, hit)
        for rule in rules
        if holds(rule, clock)
        and (rule.whom is Whom.EVERYBODY or past.is_new)
        and (hit := rule.detector.find(seen, past)) is not None
    ]
    return tuple(sorted(found, key=lambda breach: (breach.rule.state is not State.ON, -_STRICT[breach.rule.reaction])))


_STRICT: Final = {Reaction.RECORD: 0, Reaction.HINT: 1, Reaction.DELETE: 2}


def acting(found: tuple[Breach, ...]) -> Breach | None:
    """Return the breach that is acted on: the strictest of a rule that is on."""
    return found[0] if found and found[0].rule.state is State.ON else None


# Setting


class Fault(StrEnum):
    """Why a rule cannot be."""

    TOO_MANY_RULES = "too_many_rules"
    NO_WORDS = "no_words"
    TOO_MANY_WORDS = "too_many_words"
    WORD_TOO_LONG = "word_too_long"
    TITLE_TOO_LONG = "title_too_long"
    NUMBER = "number"


def fault_of(rule: Rule) -> Fault | None:
    """Say what is wrong with a rule, or None."""
    if len(rule.title) > TITLE_LIMIT:
        return Fault.TITLE_TOO_LONG
    words = words_of(rule.detector)
    if rule.what is What.WORDS and not words:
        return Fault.NO_WORDS
    if len(words) > MOST_WORDS:
        return Fault.TOO_MANY_WORDS
    if any(len(word) > LONGEST_WORD for word in words):
        return Fault.WORD_TOO_LONG
    number = number_of(rule.detector)
    return None if number is None or number in span_of(rule.detector) else Fault.NUMBER


def number_of(detector: AnyDetector) -> int | None:
    """Return the one number a detector is set by, or None."""
    match detector:
        case Length(most) | Pictures(most):
            return most
        case Flood(messages):
            return messages
        case Duplicates(hours):
            return hours
        case Advertising(score):
            return score
        case _:
            return None


def span_of(detector: AnyDetector) -> range:
    """Return what that number may be."""
    match detector:
        case Length():
            return range(10, 4001)
        case Duplicates():
            return range(1, 24 * 30 + 1)
        case Advertising():
            return range(2, 13)
        case _:
            return range(1, MOST_REMEMBERED)


def with_number(detector: AnyDetector, number: int) -> AnyDetector:
    """Return a detector set to another number."""
    match detector:
        case Length() | Pictures():
            return replace(detector, most=number)
        case Flood():
            return replace(detector, messages=number)
        case Duplicates():
            return replace(detector, hours=number)
        case Advertising():
            return replace(detector, score=number)
        case _:
            return detector


def words_of(detector: AnyDetector) -> tuple[str, ...]:
    """Return a detector's list: words, or the domains or bots that are allowed."""
    match detector:
        case Words(words) | Solicitation(words):
            return words
        case Advertising(words=words):
            return words
        case Links(allowed) | ViaBots(allowed):
            return allowed
        case _:
            return ()


def has_words(what: What) -> bool:
    """Say whether a detector has a list that can be set."""
    return what in {What.WORDS, What.SOLICITATION, What.ADVERTISING, What.LINKS, What.VIA_BOTS}


def with_words(detector: AnyDetector, words: tuple[str, ...]) -> AnyDetector:
    """Return a detector with another list."""
    match detector:
        case Words() | Solicitation() | Advertising():
            return replace(detector, words=words)
        case Links() | ViaBots():
            return replace(detector, allowed=words)
        case _:
            return detector


def read_words(typed: str) -> tuple[str, ...]:
    """Read a list: a word a line, or with commas between; each once, in order."""
    cut = typed.replace("\0", "").translate(str.maketrans("，、；;,", "\n" * 5)).splitlines()
    return tuple(dict.fromkeys(word for line in cut if (word := " ".join(line.split()))))


@lru_cache(maxsize=8192)
def shared(detector: AnyDetector) -> AnyDetector:
    """Return the one detector that stands for all that are set alike."""
    return detector

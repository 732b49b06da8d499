"""A group's rule: what it looks for, when, at whom, and what it does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.members.roles.rules import GRANTABLE
from bot.policy.rules.detectors import AnyDetector, What, value_of
from bot.policy.rules.fields import Field, Holds, Line, Listed, Number, Value
from bot.policy.rules.message import address_of, link_of
from bot.policy.rules.patterns import Flawed, flaw_of
from bot.policy.rules.words import LONGEST_WORD

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.kernel.groups import QuietHours
    from bot.kernel.roles import Role
    from bot.policy.rules.findings import Hit, Past
    from bot.policy.rules.message import Seen

MOST_RULES: Final = 40
TITLE_LIMIT: Final = 60
HINT_LIMIT: Final = 300
MOST_POINTS: Final = 5
MOST_DAYS: Final = 365
"""Whoever has been here longer is new to no rule."""
EVERY_ROLE: Final = frozenset(GRANTABLE)


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
    HOURS = "hours"
    """At the rule's own hours."""


class Sanction(StrEnum):
    """Which ladder of steps follows, beyond what happens first."""

    NONE = "none"
    GROUP = "group"
    """The group's."""
    OWN = "own"
    """One of the rule's own."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. ``number`` stays its own for good; people call it A1.

    Administrators are spared by every rule, those with a role where it is one of ``spared_roles``. ``new_days`` greater than 0 leaves only those who came less
    than so many days ago. The ladder begins with the first breach where it is ``at_once``, else with the next one within a day
    after a hint; while a breach is only recorded, nothing follows.
    """

    number: int
    what: What
    detector: AnyDetector
    title: str = ""
    """Empty: it is called after what it looks for."""
    state: State = State.OBSERVE
    reaction: Reaction = Reaction.HINT
    when: When = When.ALWAYS
    hours: QuietHours | None = None
    new_days: int = 0
    spares_approved: bool = True
    spared_roles: frozenset[Role] = EVERY_ROLE
    sanction: Sanction = Sanction.NONE
    points: int = 1
    at_once: bool = False
    hint: str = ""
    """What the hint says in place of the rule's own sentence."""

    @property
    def code(self) -> str:
        """What people call it."""
        return f"A{self.number}"


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment by the group's own clock, and whether it is quiet."""

    local: datetime
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
        case When.HOURS:
            return rule.hours is None or rule.hours.until(clock.local) is not None


def concerns(rule: Rule, past: Past) -> bool:
    """Say whether a rule looks at somebody at all."""
    if past.approved and rule.spares_approved:
        return False
    if past.roles and not past.roles.isdisjoint(rule.spared_roles):
        return False
    return not rule.new_days or (past.days is not None and past.days < rule.new_days)


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a message breaks, and how that shows."""

    rule: Rule
    hit: Hit


def hits(rules: Iterable[Rule], seen: Seen, past: Past) -> list[Breach]:
    """Return every rule that a message would break if it held now, and for everybody: mostly none."""
    return [Breach(rule, hit) for rule in rules if (hit := rule.detector.find(seen, past)) is not None]


def breaches(rules: Iterable[Rule], seen: Seen, past: Past, clock: Clock) -> tuple[Breach, ...]:
    """Return every rule that a message breaks, those that are on before those that observe, the strictest first."""
    found = [one for one in hits(rules, seen, past) if holds(one.rule, clock) and concerns(one.rule, past)]
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
    HINT_TOO_LONG = "hint_too_long"
    POINTS = "points"
    DAYS = "days"
    REACTION = "reaction"
    WHEN = "when"
    YES_OR_NO = "yes_or_no"
    FIRST = "first"
    ROLES = "roles"
    NO_TEXT = "no_text"
    PATTERN = "pattern"
    NO_LINK = "no_link"
    TEXT_TOO_LONG = "text_too_long"


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a rule, and in which field of its detector."""

    fault: Fault
    field: Field | None = None
    flawed: Flawed | None = None


def fault_of(rule: Rule) -> Wrong | None:
    """Say what is wrong with a rule, or None."""
    if len(rule.title) > TITLE_LIMIT:
        return Wrong(Fault.TITLE_TOO_LONG)
    if len(rule.hint) > HINT_LIMIT:
        return Wrong(Fault.HINT_TOO_LONG)
    if not 1 <= rule.points <= MOST_POINTS:
        return Wrong(Fault.POINTS)
    if not 0 <= rule.new_days <= MOST_DAYS:
        return Wrong(Fault.DAYS)
    found = (wrong_value(field, value_of(rule.detector, field)) for field in rule.detector.FIELDS)
    return next((wrong for wrong in found if wrong is not None), None)


def wrong_value(field: Field, value: Value) -> Wrong | None:
    """Say why a field cannot be set to a value, or None."""
    match field, value:
        case Number(least=least, most=most), int(number):
            return None if least <= number <= most else Wrong(Fault.NUMBER, field)
        case Listed(holds=Holds.PATTERNS, needed=needed), tuple(patterns):
            if not patterns and not needed:
                return None
            flawed = flaw_of(patterns)
            return None if flawed is None else Wrong(Fault.PATTERN, field, flawed)
        case Listed(needed=needed, most=most), tuple(words):
            return _wrong_list(field, words, needed=needed, most=most)
        case Line(longest=longest, needed=needed, is_link=is_link), str(line):
            if is_link and (needed or line) and address_of(line) != line:
                return Wrong(Fault.NO_LINK, field)
            if needed and not line:
                return Wrong(Fault.NO_TEXT, field)
            return Wrong(Fault.TEXT_TOO_LONG, field) if len(line) > longest else None
        case _:
            return None


def _wrong_list(field: Field, words: tuple[str, ...], *, needed: bool, most: int) -> Wrong | None:
    if needed and not words:
        return Wrong(Fault.NO_WORDS, field)
    if len(words) > most:
        return Wrong(Fault.TOO_MANY_WORDS, field)
    return Wrong(Fault.WORD_TOO_LONG, field) if any(len(word) > LONGEST_WORD for word in words) else None


def read_words(typed: str, holds: Holds = Holds.WORDS) -> tuple[str, ...]:
    """Read a list: a word a line, or with commas between (but for patterns, which may have commas); each once, in order."""
    if holds is Holds.PATTERNS:
        lines = (line.strip() for line in typed.replace("\0", "").splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))
    if holds is not Holds.WORDS:
        typed = typed.lower().replace("@", "")
    cut = typed.replace("\0", "").translate(str.maketrans("，、；;,", "\n" * 5)).splitlines()
    return tuple(dict.fromkeys(word for line in cut if (word := _entry(" ".join(line.split()), holds))))


def _entry(word: str, holds: Holds) -> str:
    """Return an entry as lists hold it: a domain without what stands around it, an ending without its dot."""
    match holds:
        case Holds.DOMAINS:
            link = link_of(word)
            return word if link is None else link.host
        case Holds.ENDINGS:
            return word.lstrip("*.")
        case _:
            return word

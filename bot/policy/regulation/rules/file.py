"""A regulation as a file: YAML that people read and write, with every value as it would be typed on one line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import yaml

from bot.chats.rules.typed import OFF_WORDS, Unclear, folded, read_quiet
from bot.members.roles.rules import GRANTABLE
from bot.policy.regulation.rules.regulation import DEFAULT, Article, Regulation
from bot.policy.rules.detectors import DETECTORS, What, value_of, with_value
from bot.policy.rules.fields import Field, Listed, Switch
from bot.policy.rules.rule import (
    EVERY_ROLE,
    MOST_RULES,
    Rule,
    Sanction,
    State,
    When,
    Wrong,
    fault_of,
    read_words,
    wrong_value,
)
from bot.policy.rules.typed import FIELD, STATES, Part, changed, field_at, keys_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.kernel.groups import QuietHours

VERSION: Final = 1
MOST_BYTES: Final = 1_000_000
MOST_COMPLAINTS: Final = 15
_AS_BLOCK: Final = 12
"""A longer list stands below its name, an entry a line."""
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TOP: Final = ("policy", "ladder", "quiet", "quiet mode", "rules")
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Unread(StrEnum):
    """Why something in a file does not read."""

    NO_YAML = "no_yaml"
    NOT_A_POLICY = "not_a_policy"
    VERSION = "version"
    UNKNOWN_KEY = "unknown_key"
    TWICE = "twice"
    NOT_A_LIST = "not_a_list"
    NOT_TEXT = "not_text"
    ANCHOR = "anchor"
    NO_KIND = "no_kind"
    UNKNOWN_KIND = "unknown_kind"
    STATE = "state"
    CODE = "code"
    MODE = "mode"
    QUIET = "quiet"
    LADDER = "ladder"
    TOO_MANY = "too_many"
    SETTING = "setting"
    """``wrong`` says why."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What does not read, where (lines count from 1), and the word that shows it; ``known`` are the words that would do."""

    line: int
    why: Unread
    word: str = ""
    known: tuple[str, ...] = ()
    wrong: Wrong | None = None


# Writing


def write(regulation: Regulation, heading: str = "") -> str:
    """Return the file; ``heading`` is a comment above it."""
    lines = [f"# {line}" for line in heading.splitlines()]
    lines.append(f"policy: {VERSION}")
    if regulation.ladder is not None:
        lines.append(f"ladder: {_quoted(regulation.ladder)}")
    if regulation.quiet is not None:
        lines.append(f"quiet: {_quoted('; '.join(map(hours_typed, regulation.quiet)) or 'off')}")
    if regulation.mode is not None:
        lines.append(f"quiet mode: {_quoted(regulation.mode)}")
    lines.append("rules:" if regulation.articles else "rules: []")
    for article in regulation.articles:
        lines += _written(article)
    return "\n".join(lines) + "\n"


def _written(article: Article) -> Iterator[str]:
    rule = article.rule
    pairs: list[tuple[str, str | tuple[str, ...]]] = [("code", rule.code)] if rule.number else []
    pairs += [("looks for", rule.what.value), ("state", rule.state.value)]
    pairs += [(name_of(key), typed(article, key)) for key in keys_of(rule)]
    sign = "- "
    for name, value in pairs:
        if isinstance(value, tuple):
            yield from _list(f"{sign}{name}", value)
        else:
            yield f"{sign}{name}: {_quoted(value)}"
        sign = "  "


def _list(begin: str, values: tuple[str, ...]) -> Iterator[str]:
    if len(values) <= _AS_BLOCK:
        yield f"{begin}: [{', '.join(map(_quoted, values))}]"
        return
    yield f"{begin}:"
    yield from (f"    - {_quoted(value)}" for value in values)


def _quoted(text: str) -> str:
    # A word that YAML would take for nothing else stands as it is; JSON's quotes are YAML's.
    plain = (
        text
        and all(char.isalnum() or char in " -_./+;" for char in text)
        and text[0].isalnum()
        and text == text.strip()
    )
    if plain and text.isascii() and ": " not in text:
        return text
    return str(yaml.dump(text, allow_unicode=True, default_style='"', width=100_000)).strip()


def name_of(key: str) -> str:
    """Return what a part of a rule is called in a file."""
    return key.removeprefix(FIELD).replace("_", " ")


def typed(article: Article, key: str) -> str | tuple[str, ...]:
    """Return a part of a rule as it would be typed; a list as its entries."""
    rule = article.rule
    of_detector = field_at(rule, key)
    if of_detector is not None:
        return _field_typed(of_detector, value_of(rule.detector, of_detector))
    return _TYPED[Part(key)](article)


def _field_typed(of_detector: Field, value: Any) -> str | tuple[str, ...]:
    if isinstance(of_detector, Listed):
        return tuple(value)
    if isinstance(of_detector, Switch):
        return "yes" if value else "no"
    return str(value) or "none"


def _when(rule: Rule) -> str:
    if rule.when is When.HOURS and rule.hours is not None:
        return hours_typed(rule.hours)
    return "quiet" if rule.when is When.QUIET else "always"


def hours_typed(hours: QuietHours) -> str:
    """Write hours as they would be typed: ``mon,tue 22:00-07:30``."""
    days = "" if len(hours.weekdays) == 7 else ",".join(_DAYS[day] for day in sorted(hours.weekdays))
    span = "" if days and hours.start == hours.end else f"{hours.start:%H:%M}-{hours.end:%H:%M}"
    return " ".join(part for part in (days, span) if part)


def _roles(rule: Rule) -> str:
    if rule.spared_roles == EVERY_ROLE:
        return "everybody with a role"
    return ", ".join(role.value for role in GRANTABLE if role in rule.spared_roles) or "nobody"


def _ladder(article: Article) -> str:
    sanction = article.rule.sanction
    return (article.ladder or "group") if sanction is Sanction.OWN else sanction.value


_TYPED: Final[dict[Part, Callable[[Article], str]]] = {
    Part.TITLE: lambda article: article.rule.title or "none",
    Part.REACTION: lambda article: article.rule.reaction.value,
    Part.WHEN: lambda article: _when(article.rule),
    Part.WHOM: lambda article: f"{article.rule.new_days} days" if article.rule.new_days else "everybody",
    Part.APPROVED: lambda article: "yes" if article.rule.spares_approved else "no",
    Part.ROLES: lambda article: _roles(article.rule),
    Part.LADDER: _ladder,
    Part.FIRST: lambda article: "at once" if article.rule.at_once else "hint",
    Part.POINTS: lambda article: str(article.rule.points),
    Part.HINT: lambda article: article.rule.hint or "none",
}


# Reading


class _Bad(Exception):
    """Ends the reading of one thing."""

    def __init__(self, complaint: Complaint) -> None:
        super().__init__(complaint)
        self.complaint = complaint


def read(text: str, modes: tuple[str, ...], ladder_reads: Callable[[str], bool]) -> Regulation | tuple[Complaint, ...]:
    """Read a file; ``modes`` are the ways to keep quiet hours, ``ladder_reads`` says whether a ladder is understood.

    :return: the regulation, or everything that does not read, at most 15 complaints, in the order of lines.
    """
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except (yaml.YAMLError, RecursionError) as error:
        return (Complaint(_line_of(error), Unread.NO_YAML, str(getattr(error, "problem", None) or "")[:100]),)
    if not isinstance(root, yaml.MappingNode):
        return (Complaint(1, Unread.NOT_A_POLICY),)
    reader = _Reader(modes, ladder_reads)
    found = reader.whole(root)
    if reader.complaints:
        return tuple(sorted(reader.complaints, key=lambda one: one.line))[:MOST_COMPLAINTS]
    return found


def _line_of(error: Exception) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return 1 if mark is None else int(mark.line) + 1


class _Reader:
    def __init__(self, modes: tuple[str, ...], ladder_reads: Callable[[str], bool]) -> None:
        self._modes = modes
        self._ladder_reads = ladder_reads
        self._met: set[int] = set()
        self.complaints: list[Complaint] = []

    def whole(self, root: yaml.MappingNode) -> Regulation:
        found = Regulation()
        entries = self._entries(root)
        if "policy" not in entries:
            self.complaints.append(Complaint(1, Unread.NOT_A_POLICY))
        for name, node in entries.items():
            try:
                found = self._top(found, name, node)
            except _Bad as bad:
                self.complaints.append(bad.complaint)
        return found

    def _top(self, found: Regulation, name: str, node: yaml.Node) -> Regulation:
        if name == "rules":
            return replace(found, articles=self._rules(node))
        if name not in _TOP:
            raise _Bad(Complaint(_at(node), Unread.UNKNOWN_KEY, name, _TOP))
        value = self._text(node)
        if name == "policy":
            if value != str(VERSION):
                raise _Bad(Complaint(_at(node), Unread.VERSION, value, (str(VERSION),)))
            return found
        if name == "ladder":
            return replace(found, ladder=value if value == DEFAULT else self._ladder(node, value))
        if name == "quiet mode":
            if value not in self._modes:
                raise _Bad(Complaint(_at(node), Unread.MODE, value, self._modes))
            return replace(found, mode=value)
        if folded(value) in OFF_WORDS:
            return replace(found, quiet=())
        quiet = read_quiet(value)
        if isinstance(quiet, Unclear) or not isinstance(quiet, tuple):
            raise _Bad(Complaint(_at(node), Unread.QUIET, value))
        return replace(found, quiet=quiet)

    def _rules(self, node: yaml.Node) -> tuple[Article, ...]:
        if not isinstance(node, yaml.SequenceNode):
            raise _Bad(Complaint(_at(node), Unread.NOT_A_LIST, "rules"))
        if len(node.value) > MOST_RULES:
            raise _Bad(Complaint(_at(node), Unread.TOO_MANY, str(len(node.value)), (str(MOST_RULES),)))
        found: dict[int | str, Article] = {}
        for place, item in enumerate(node.value):
            try:
                article = self._article(item)
            except _Bad as bad:
                self.complaints.append(bad.complaint)
                continue
            key = article.rule.number or f"new {place}"
            if key in found:
                self.complaints.append(Complaint(_at(item), Unread.TWICE, article.rule.code))
            found[key] = article
        return tuple(found.values())

    def _article(self, node: yaml.Node) -> Article:
        if not isinstance(node, yaml.MappingNode):
            raise _Bad(Complaint(_at(node), Unread.NOT_A_LIST, "rules"))
        entries = self._entries(node)
        kind = entries.pop("looks for", None)
        if kind is None:
            raise _Bad(Complaint(_at(node), Unread.NO_KIND, known=tuple(What)))
        word = self._text(kind)
        if word not in set(What):
            raise _Bad(Complaint(_at(kind), Unread.UNKNOWN_KIND, word, tuple(What)))
        what = What(word)
        article = Article(Rule(0, what, DETECTORS[what]()))
        parts = {name_of(key): key for key in keys_of(article.rule)}
        for name, value in entries.items():
            try:
                article = self._part(article, name, value, parts)
            except _Bad as bad:
                self.complaints.append(bad.complaint)
        missing = _missing(article.rule, set(entries))
        if missing is not None:
            raise _Bad(Complaint(_at(node), Unread.SETTING, wrong=missing))
        return article

    def _part(self, article: Article, name: str, node: yaml.Node, parts: dict[str, str]) -> Article:
        rule = article.rule
        if name == "code":
            return replace(article, rule=replace(rule, number=self._number(node)))
        if name == "state":
            state = STATES.get(self._text(node).casefold())
            if state is None:
                raise _Bad(Complaint(_at(node), Unread.STATE, self._text(node), tuple(State)))
            return replace(article, rule=replace(rule, state=state))
        key = parts.get(name)
        if key is None:
            raise _Bad(Complaint(_at(node), Unread.UNKNOWN_KEY, name, ("code", "looks for", "state", *parts)))
        listed = field_at(rule, key)
        if isinstance(listed, Listed):
            # An entry may begin with a sign that means something on one line.
            entries = read_words(self._list(node), listed.holds)
            wrong = wrong_value(listed, entries)
            if wrong is not None:
                raise _Bad(Complaint(_at(node), Unread.SETTING, name, wrong=wrong))
            return replace(article, rule=replace(rule, detector=with_value(rule.detector, listed, entries)))
        value = self._text(node)
        made = changed(rule, key, value or "none", checked=False)
        wrong = made if isinstance(made, Wrong) else fault_of(made)
        if isinstance(made, Wrong):
            raise _Bad(Complaint(_at(node), Unread.SETTING, name, wrong=made))
        wrong = fault_of(made)
        if wrong is not None and wrong.field in {None, field_at(rule, key)}:
            raise _Bad(Complaint(_at(node), Unread.SETTING, name, wrong=wrong))
        if key != Part.LADDER:
            return replace(article, rule=made)
        own = self._ladder(node, value) if made.sanction is Sanction.OWN else None
        return Article(made, own)

    def _number(self, node: yaml.Node) -> int:
        word = self._text(node)
        digits = word.removeprefix("A").removeprefix("a")
        if not (digits.isascii() and digits.isdigit() and 0 < int(digits[:7]) < 1_000_000 and len(digits) < 7):
            raise _Bad(Complaint(_at(node), Unread.CODE, word))
        return int(digits)

    def _ladder(self, node: yaml.Node, value: str) -> str:
        if not self._ladder_reads(value):
            raise _Bad(Complaint(_at(node), Unread.LADDER, value))
        return value

    # Nodes

    def _entries(self, node: yaml.MappingNode) -> dict[str, yaml.Node]:
        self._once(node)
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = " ".join(str(getattr(key, "value", "")).casefold().replace("_", " ").split())
            if name in found:
                self.complaints.append(Complaint(_at(key), Unread.TWICE, name))
            found[name] = value
        return found

    def _text(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise _Bad(Complaint(_at(node), Unread.NOT_TEXT))
        return " ".join(str(node.value).split())

    def _list(self, node: yaml.Node) -> str:
        """Return a list as it would be typed: an entry a line."""
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        if not isinstance(node, yaml.SequenceNode):
            raise _Bad(Complaint(_at(node), Unread.NOT_A_LIST))
        self._once(node)
        return "\n".join(self._text(item) for item in node.value)

    def _once(self, node: yaml.Node) -> None:
        """Refuse what stands in two places by an anchor: a short file could grow without end."""
        if id(node) in self._met:
            raise _Bad(Complaint(_at(node), Unread.ANCHOR))
        self._met.add(id(node))


def _at(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _missing(rule: Rule, named: set[str]) -> Wrong | None:
    """Say what a rule cannot be without and does not name."""
    wrong = fault_of(rule)
    if wrong is None or wrong.field is None or name_of(FIELD + wrong.field.name) in named:
        return None
    return wrong

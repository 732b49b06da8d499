"""A regulation as a value, and the difference between two."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeVar

from bot.policy.rules.rule import MOST_RULES, Rule, Sanction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kernel.groups import QuietHours

T = TypeVar("T")
GROUP: Final = ""
"""The code under which the group's own ladder stands."""
DEFAULT: Final = "default"
"""The group's ladder where it has none of its own."""


@dataclass(frozen=True, slots=True)
class Article:
    """A rule of a regulation, with the ladder it has of its own, as it would be typed. ``rule.number`` 0 is none yet."""

    rule: Rule
    ladder: str | None = None


@dataclass(frozen=True, slots=True)
class Regulation:
    """All of it. What is None is not part of it, and stays as it is.

    ``ladder`` is the group's, as it would be typed; ``mode`` says how quiet hours are kept.
    """

    articles: tuple[Article, ...] = ()
    ladder: str | None = None
    quiet: tuple[QuietHours, ...] | None = None
    mode: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A rule as it is and as it shall be."""

    before: Article
    after: Article


@dataclass(frozen=True, slots=True)
class Difference:
    """What a regulation would change. Pairs are what holds now and what shall hold; None where that stays."""

    added: tuple[Article, ...] = ()
    changed: tuple[Change, ...] = ()
    removed: tuple[Article, ...] = ()
    kept: tuple[Article, ...] = field(default=())
    """Rules it says nothing of, or that are so already."""
    ladder: tuple[str, str] | None = None
    quiet: tuple[tuple[QuietHours, ...], tuple[QuietHours, ...]] | None = None
    mode: tuple[str, str] | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether all of it is so already."""
        rules = self.added or self.changed or self.removed
        return not (rules or self.ladder or self.quiet or self.mode)

    @property
    def is_too_much(self) -> bool:
        """Whether the group would have more rules than it can."""
        return len(self.kept) + len(self.changed) + len(self.added) > MOST_RULES


def difference(present: Regulation, wanted: Regulation, *, whole: bool, known: Sequence[int] = ()) -> Difference:
    """Return what must change; ``whole`` takes rules away that ``wanted`` does not name.

    ``known`` are numbers that rules of the group once had: a rule with such a number comes back under it.
    """
    left = {article.rule.number: article for article in present.articles}
    added: list[Article] = []
    changed: list[Change] = []
    kept: list[Article] = []
    for article in wanted.articles:
        mine = left.pop(_match(article, left), None)
        if mine is None:
            number = article.rule.number if article.rule.number in known else 0
            added.append(replace(article, rule=replace(article.rule, number=number)))
            continue
        after = replace(article, rule=replace(article.rule, number=mine.rule.number))
        if after == mine:
            kept.append(mine)
        else:
            changed.append(Change(mine, after))
    rest = tuple(left.values())
    return Difference(
        tuple(added),
        tuple(changed),
        rest if whole else (),
        (*kept, *(() if whole else rest)),
        _pair(present.ladder, wanted.ladder),
        _pair(present.quiet, wanted.quiet),
        _pair(present.mode, wanted.mode),
    )


def _match(article: Article, left: dict[int, Article]) -> int:
    """Return the number of the rule that an article is about, 0 if there is none: by its code, its title, or what it finds."""
    rule = article.rule
    same = left.get(rule.number)
    if same is not None and same.rule.what is rule.what:
        return rule.number
    if rule.number:
        return 0
    alike = [number for number, one in left.items() if one.rule.what is rule.what]
    titled = [number for number in alike if left[number].rule.title == rule.title]
    return titled[0] if titled else alike[0] if len(alike) == 1 and not left[alike[0]].rule.title else 0


def _pair(present: T | None, wanted: T | None) -> tuple[T, T] | None:
    return None if wanted is None or present is None or present == wanted else (present, wanted)


def has_own_ladder(rule: Rule) -> bool:
    """Say whether a rule has steps of its own."""
    return rule.sanction is Sanction.OWN

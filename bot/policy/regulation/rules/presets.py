"""Ready-made regulations for kinds of organisations, after those of a widely used handbook (R32)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.chats.rules.typed import read_quiet
from bot.policy.regulation.rules.regulation import DEFAULT, Article, Regulation
from bot.policy.rules.detectors import DETECTORS, What
from bot.policy.rules.rule import Rule, State, Wrong
from bot.policy.rules.typed import FIELD, changed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Clause:
    """A rule of a ready-made regulation. ``name`` finds its title, and what a rule for people says, in the texts.

    ``set`` are its parts as they would be typed.
    """

    name: str
    what: What
    set: Mapping[str, str]


_ADS: Final = Clause("ads", What.ADVERTISING, {"reaction": "delete", "ladder": "warning, removal", "first": "at once"})
_INVITATIONS: Final = Clause("invitations", What.INVITATIONS, {"reaction": "delete", "ladder": "group"})
_SOLICITATION: Final = Clause("solicitation", What.SOLICITATION, {"reaction": "hint", "ladder": "group"})
_HARMFUL: Final = Clause(
    "harmful", What.HARMFUL, {"reaction": "delete", "ladder": "warning, serious 24h, removal", "first": "at once"}
)
_PRIVATE: Final = Clause("private", What.PRIVATE, {"reaction": "delete", "ladder": "group"})
_ABUSE: Final = Clause("abuse", What.ABUSE, {"reaction": "hint", "ladder": "group"})
_LENGTH: Final = Clause("length", What.LENGTH, {"f.most": "200", "reaction": "hint"})
_PICTURES: Final = Clause("pictures", What.PICTURES, {"f.most": "3", "reaction": "hint"})
_FLOOD: Final = Clause("flood", What.FLOOD, {"reaction": "hint", "ladder": "group"})
_INCITEMENT: Final = Clause("incitement", What.MANUAL, {"ladder": "removal"})
_POLITICS: Final = Clause("politics", What.MANUAL, {"ladder": "serious 24h, removal"})
_SECRETS: Final = Clause("secrets", What.MANUAL, {"ladder": "serious, removal"})
_RESPECT: Final = Clause("respect", What.MANUAL, {"ladder": "group"})
_RUMOURS: Final = Clause("rumours", What.MANUAL, {"ladder": "group"})
_APPEALS: Final = Clause("appeals", What.MANUAL, {"ladder": "group"})
_ONCE: Final = Clause("once", What.DUPLICATES, {"f.hours": "168", "reaction": "delete", "ladder": "group"})


@dataclass(frozen=True, slots=True)
class Preset:
    """A ready-made regulation; ``ladder`` and ``quiet`` as they would be typed."""

    name: str
    words: tuple[str, ...]
    """Other words by which it is asked for."""
    clauses: tuple[Clause, ...]
    ladder: str
    quiet: str
    mode: str


PRESETS: Final = (
    Preset(
        "company",
        ("firm", "office", "公司", "企业", "单位"),
        (
            *(_ADS, _INVITATIONS, _SOLICITATION, _HARMFUL, _PRIVATE, _ABUSE, _LENGTH, _PICTURES, _FLOOD),
            *(_INCITEMENT, _POLITICS, _SECRETS, _RESPECT, _RUMOURS),
        ),
        DEFAULT,
        "22:00-07:30",
        "remind",
    ),
    Preset(
        "town-office",
        ("town", "government", "townoffice", "乡镇", "镇政府", "街道", "机关"),
        (
            *(_ADS, _INVITATIONS, _SOLICITATION, _HARMFUL, _PRIVATE, _ABUSE, _LENGTH, _FLOOD),
            *(_INCITEMENT, _POLITICS, _SECRETS, _RUMOURS, _APPEALS),
        ),
        "warning, serious 24h, leave 24h, removal",
        "22:00-07:30",
        "remind",
    ),
    Preset(
        "trade-association",
        ("association", "trade", "chamber", "商会", "行业协会", "协会"),
        (_ONCE, _INVITATIONS, _SOLICITATION, _HARMFUL, _PRIVATE, _ABUSE, _FLOOD, _INCITEMENT, _POLITICS, _APPEALS),
        DEFAULT,
        "23:30-07:00",
        "record",
    ),
    Preset(
        "media-team",
        ("media", "editors", "newsroom", "媒体", "新媒体", "宣传", "编辑部"),
        (
            *(_ADS, _INVITATIONS, _SOLICITATION, _HARMFUL, _PRIVATE, _ABUSE, _LENGTH, _PICTURES),
            *(_SECRETS, _RUMOURS, _POLITICS),
        ),
        "warning, serious 1h, removal",
        "23:30-07:30",
        "record",
    ),
    Preset(
        "club",
        ("interest", "hobby", "兴趣群", "俱乐部", "社团", "爱好"),
        (
            *(_ADS, _INVITATIONS, _SOLICITATION, _HARMFUL, _PRIVATE, _ABUSE, _FLOOD),
            replace(_PICTURES, set={"f.most": "6", "reaction": "hint"}),
            *(_INCITEMENT, _RESPECT),
        ),
        "notice, warning, serious 24h, removal",
        "23:00-07:00",
        "record",
    ),
)


def named(word: str) -> Preset | None:
    """Return the ready-made regulation that a word means."""
    wanted = "-".join(word.casefold().replace("_", " ").replace("-", " ").split())
    return next((preset for preset in PRESETS if wanted in {preset.name, *preset.words}), None)


def regulation_of(preset: Preset, title: Callable[[str], str], text: Callable[[str], str], state: State) -> Regulation:
    """Return a ready-made regulation in a language; ``title`` and ``text`` word its clauses by their names.

    Rules that the bot looks for begin in ``state``; those for people are on.
    """
    quiet = read_quiet(preset.quiet)
    return Regulation(
        tuple(_article(clause, title, text, state) for clause in preset.clauses),
        preset.ladder,
        quiet if isinstance(quiet, tuple) else (),
        preset.mode,
    )


def _article(clause: Clause, title: Callable[[str], str], text: Callable[[str], str], state: State) -> Article:
    manual = clause.what is What.MANUAL
    made = Rule(0, clause.what, DETECTORS[clause.what](), state=State.ON if manual else state)
    parts = {"title": title(clause.name), **clause.set}
    if manual:
        parts = {f"{FIELD}text": text(clause.name), **parts}
    for key, typed in parts.items():
        after = changed(made, key, typed)
        if isinstance(after, Wrong):
            raise ValueError(f"{clause.name}: {key} cannot be {typed!r}: {after}")
        made = after
    own = clause.set.get("ladder")
    return Article(made, own if own not in {None, "group"} else None)

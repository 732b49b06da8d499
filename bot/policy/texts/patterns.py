"""Why a pattern cannot be used, and what would be right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_, Html
from bot.policy.rules.patterns import LONGEST_PATTERN, MOST_PATTERNS, Flaw

if TYPE_CHECKING:
    from bot.i18n import Texts
    from bot.policy.rules.patterns import Flawed

_SAID: dict[Flaw, str] = {
    Flaw.NONE: N_("Please write at least one pattern, for example <code>bit\\.ly/\\w+</code>."),
    Flaw.MANY: N_("A rule has at most {many} patterns."),
    Flaw.LONG: N_("A pattern has at most {long} characters."),
    Flaw.OPEN: N_(
        "In the pattern {pattern}, the {part} at character {place} is never closed. A bracket that is meant as a sign is written"
        " with a backslash: <code>\\(</code>."
    ),
    Flaw.CLOSE: N_(
        "In the pattern {pattern}, the {part} at character {place} closes nothing. A bracket that is meant as a sign is written"
        " with a backslash: <code>\\)</code>."
    ),
    Flaw.REPEAT: N_(
        "In the pattern {pattern}, {part} at character {place} repeats nothing, or what is repeated already. A sign that is meant"
        " as such is written with a backslash: <code>\\*</code>."
    ),
    Flaw.TIMES: N_(
        "In the pattern {pattern}, {part} at character {place} is no number of repetitions I can use: the smaller number comes"
        " first, and together they are 1,000 at most."
    ),
    Flaw.ESCAPE: N_(
        "In the pattern {pattern}, {part} at character {place} means nothing. A backslash itself is written"
        " <code>\\\\</code>; references such as <code>\\1</code> are not possible."
    ),
    Flaw.RANGE: N_(
        "In the pattern {pattern}, {part} at character {place} is no range of characters, as <code>a-z</code> is one."
    ),
    Flaw.LOOK: N_(
        "In the pattern {pattern}, {part} at character {place} is not possible: looking ahead or back could take for ever."
    ),
    Flaw.NAME: N_("In the pattern {pattern}, {part} at character {place} is no name of a group."),
    Flaw.LARGE: N_("The pattern {pattern} is too large once it is worked out; please repeat less in it."),
    Flaw.EVERYTHING: N_(
        "The pattern {pattern} fits every message. Please write what shall not be there, for example"
        " <code>bit\\.ly/\\w+</code>."
    ),
    Flaw.TOGETHER: N_(
        "Each of these patterns is possible, but all of them in one rule are too large; please make two rules of them."
    ),
    Flaw.OTHER: N_("The pattern {pattern} cannot be read as a regular expression."),
}


def flawed(texts: Texts, found: Flawed) -> Html:
    """Say why a pattern cannot be used."""
    return texts.gettext(
        _SAID[found.flaw],
        pattern=_code(found.pattern),
        part=_code(found.part),
        place=texts.number(found.place),
        many=texts.number(MOST_PATTERNS),
        long=texts.number(LONGEST_PATTERN),
    )


def _code(shown: str) -> Html:
    short = shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"
    return Html("<code>{}</code>").format(short)


_SHOWN = 80

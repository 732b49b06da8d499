"""Letters drawn out, stars in the place of vowels, digits at the end of a word: "fuuuck", "f*ck", "fr33"."""

from __future__ import annotations

import re
from typing import Final

from bot.policy.rules.plain import Plain

_MAY_SIGN: Final = re.compile("[*#@$013457]")
_SIGNS: Final = re.compile("[a-z][*#]|[@$](?=[a-z])|[a-z][a-z][013457]")
_THRICE: Final = re.compile(r"([a-z])\1\1")
_DRAWN_OUT: Final = re.compile(r"([a-z])\1{2,}")
_LEADING: Final = re.compile(r"(?<![a-z0-9])[@$](?=[a-z])")
_AT_THE_END: Final = re.compile(r"(?<=[a-z][a-z])[013457]{1,3}(?![a-z0-9])")
_AS_LETTERS: Final = str.maketrans("013457", "oieast")
_STARRED: Final = re.compile(
    r"(?<![a-z])(f|sh|b|c|d|a)[*#_]{1,4}(ck|cking|cker|k|king|t|tch|nt|hole|sshole|ing)(?![a-z])"
)
_MEANT: Final = {
    "fck": "fuck",
    "fk": "fuck",
    "fing": "fucking",
    "fcking": "fucking",
    "fking": "fucking",
    "fcker": "fucker",
    "sht": "shit",
    "btch": "bitch",
    "cnt": "cunt",
    "dck": "dick",
    "ahole": "asshole",
    "asshole": "asshole",
}


_GAP: Final = "〇"
"""A letter that stands in no word: what is cut out leaves it behind."""


def without(text: Plain, innocent: re.Pattern[str]) -> Plain | None:
    """Return a text without what means no harm; None where it has nothing of the kind."""
    return Plain(innocent.sub(_GAP, text.folded)) if innocent.search(text.folded) else None


def undisguised(text: Plain) -> Plain | None:
    """Return a text with the letters that are meant; None where it has no such signs."""
    if undisguised not in text.memo:
        text.memo[undisguised] = _undisguised(text) if _is_disguised(text.folded) else None
    found: Plain | None = text.memo[undisguised]
    return found


def _is_disguised(folded: str) -> bool:
    if _MAY_SIGN.search(folded) is not None and _SIGNS.search(folded) is not None:
        return True
    return _THRICE.search(folded) is not None


def _undisguised(text: Plain) -> Plain:
    starless = _STARRED.sub(lambda found: _MEANT.get(found[1] + found[2], found[0]), text.folded)
    led = _LEADING.sub(lambda found: "s" if found[0] == "$" else found[0], starless)
    lettered = _AT_THE_END.sub(lambda found: found[0].translate(_AS_LETTERS), led)
    return Plain(_DRAWN_OUT.sub(r"\1", lettered))

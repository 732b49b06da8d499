"""Letters behind other signs: digits that stand for letters, letters drawn out, stars in the middle of a word."""

from __future__ import annotations

import re
from typing import Final

from bot.policy.rules.plain import Plain

_SIGNS: Final = re.compile(r"[a-z][0134578@$!|*#]{1,4}(?=[a-z])|[@$](?=[a-z])|([a-z])\1\1")
_WORD: Final = re.compile(r"[a-z0-9@$!|]*[a-z][a-z0-9@$!|]*")
_DRAWN_OUT: Final = re.compile(r"([a-z])\1{2,}")
_LETTERS: Final = str.maketrans("0134578@$|", "oieastbasl")
_INNER: Final = re.compile(r"!(?=[a-z0-9])")
_STARRED: Final = re.compile(r"(?<![a-z])(f|sh|b|c|d|a)[*#_]{1,4}(ck|cking|cker|k|king|t|tch|nt|hole|sshole)(?![a-z])")
_MEANT: Final = {
    "fck": "fuck",
    "fk": "fuck",
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


def undisguised(text: Plain) -> Plain | None:
    """Return a text with the letters that signs and digits stand for; None where it has no such signs."""
    if _SIGNS.search(text.folded) is None:
        return None
    return Plain(_WORD.sub(_letters, _STARRED.sub(_whole, text.folded)))


def _letters(match: re.Match[str]) -> str:
    word = _INNER.sub("i", match[0]).translate(_LETTERS)
    return _DRAWN_OUT.sub(r"\1", word)


def _whole(match: re.Match[str]) -> str:
    rest = match[1] + match[2]
    return _MEANT.get(rest, match[0])

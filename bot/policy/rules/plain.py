"""A text without disguises: width, traditional characters, look-alike letters, signs and spaces put in between.

Several views come of it. ``folded`` keeps spaces and signs, for links and numbers. The others are for word lists: in ``line``
words stand between spaces, in ``loose`` the signs within words are taken out first, and ``run`` has no gaps at all, for scripts
that are written without spaces.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import chain
from typing import Any, Final

from msgspec import Struct

from bot.kernel.lazy import lazy
from bot.policy.rules.lookalikes import letters, simplified

_MARKS: Final = ((0x300, 0x36F), (0x483, 0x489), (0x20D0, 0x20FF))
_UNSEEN: Final = (
    *((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180E)),
    *((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x2800, 0x2800), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF)),
    (0xE0000, 0xE0FFF),
)
_TO_SIMPLE: Final[dict[int, str | None]] = {
    **{ord(strange): plain for strange, plain in (simplified() | letters()).items()},
    **dict.fromkeys(chain.from_iterable(range(first, last + 1) for first, last in (*_MARKS, *_UNSEEN))),
}
_GAPLESS: Final = (
    "\u0e01-\u0eff\u0f40-\u0fbc\u1000-\u109f\u1780-\u17b3\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3105-\u312f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
)
"""Scripts that are written without spaces, or whose words take endings: a word is looked for anywhere."""
_GAP: Final = "\1"
_IS_GAPLESS: Final = re.compile(f"[{_GAPLESS}]")
ONLY_GAPLESS: Final = re.compile(f"[{_GAPLESS}]+")
PIECE: Final = re.compile(f"[{_GAPLESS}]+|[^\\W_{_GAPLESS}]+")
_SPACED: Final = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum()})
_SPELT: Final = re.compile(" [a-z] [a-z] [a-z] (?:[a-z] )*")
_SIGNS: Final = re.compile(r"(?:[^\w\s]|_)+")
_INNER: Final = re.compile(rf"[^\W_{_GAPLESS}](?:[^\w\s]|_)+[^\W_{_GAPLESS}]")
_BARE: Final = str.maketrans({chr(code): None for code in range(33, 128) if not chr(code).isalnum()})
_AMONG_LETTERS: Final = re.compile("[013457@$!|](?<=[a-z].)[013457@$!|]*(?=[a-z])")
"""The first sign is looked for first: that is fast where there is none."""
_AS_LETTERS: Final = str.maketrans("013457@$!|", "oieastasil")


_FINAL: Final = " .!?。！？"


def fold(text: str) -> str:
    """Return a text in lower case and half width, simplified, without what cannot be seen; look-alikes are the real letters."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", text).translate(_TO_SIMPLE)).casefold()


class Plain(Struct, frozen=True, dict=True):
    """The views of a text."""

    folded: str

    @lazy
    def pieces(self) -> list[str]:
        """Words and numbers, and runs of characters of scripts without spaces."""
        return _pieces(self.folded)

    @lazy
    def line(self) -> str:
        """The words, a space before and after each; letters spelt one by one are put together, and what is gapless is left out."""
        return _line(self.pieces, ascii_only=self.folded.isascii())

    @lazy
    def tokens(self) -> list[str]:
        """The words."""
        return [word for word in self.line.split() if word != _GAP]

    @lazy
    def run(self) -> str:
        """All letters and digits without gaps."""
        return "".join(self.pieces)

    @lazy
    def loose(self) -> str:
        """The line once more without the signs within words, and with what stands for letters as such; empty if there are none."""
        if not self._has_signs_within and _AMONG_LETTERS.search(self.folded) is None:
            return ""
        lettered = _AMONG_LETTERS.sub(lambda found: found[0].translate(_AS_LETTERS), self.folded)
        readings = dict.fromkeys(_SIGNS.sub("", reading) for reading in (lettered, self.folded))
        return "\0".join(_line(_pieces(bare), ascii_only=bare.isascii()) for bare in readings)

    @property
    def _has_signs_within(self) -> bool:
        body = self.folded.rstrip(_FINAL)
        if len(body) == len(self.run) + body.count(" "):
            return False
        if self.folded.isascii():
            return self.folded.translate(_BARE).split() != self.pieces
        return _INNER.search(self.folded) is not None

    @lazy
    def haystack(self) -> str:
        """All views one after the other, for lists of words."""
        run = "" if self.folded.isascii() else self.run
        return f"{self.line}\0{run}\0{self.loose}"

    @lazy
    def memo(self) -> dict[Any, Any]:
        """What was found in it already, by who looked."""
        return {}


def _pieces(folded: str) -> list[str]:
    return folded.translate(_SPACED).split() if folded.isascii() else PIECE.findall(folded)


def _line(pieces: list[str], *, ascii_only: bool) -> str:
    words = pieces if ascii_only else [_GAP if is_gapless(piece[0]) else piece for piece in pieces]
    return _SPELT.sub(_together, f" {' '.join(words)} ")


def _together(spelt: re.Match[str]) -> str:
    """Put letters together to a word; an "I" or "a" before or after them may be a word of its own."""
    word = spelt[0].replace(" ", "")
    after = word[:-1] if word[-1] in "ai" else word
    before, both = (word[1:], after[1:]) if word[0] in "ai" else (word, after)
    return " ".join(("", *dict.fromkeys((word, after, before, both)), ""))


def plain(text: str) -> Plain:
    """Return the views of a text."""
    return Plain(fold(text))


def is_gapless(word: str) -> bool:
    """Say whether a word has characters of a script that is written without spaces."""
    return _IS_GAPLESS.search(word) is not None

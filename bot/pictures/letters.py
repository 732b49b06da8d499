"""The fonts, and text made fit for them: cleaned of what they lack, measured, cut and broken into lines."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

from bot.i18n import Html

SCALE: Final = 2
"""Dots of the picture for one unit of the layout: phones show two or three dots where a desktop shows one."""

CUT: Final = "…"
_FOLDER: Final = Path(__file__).parent / "fonts"
_LONGEST: Final = 600
"""Characters of a text that are looked at; no line or caption shows as many."""
_UNASSIGNED: Final = "\U0010ffff"
_PROBE: Final = 24

_WIDE: Final = r"\u1100-\u11ff\u2e80-\u2fff\u3040-\ua4cf\uac00-\ud7a3\uf900-\ufaff"
_OPENING: Final = r"（《〈「『【〔“‘(\["
_CLOSING: Final = r"，。、！？；：）》〉」』】〕”’…—～,.!?;:)\]％%"
_LOOSE: Final = " ，、,;；：:（《〈「『【〔“‘(["
"""What looks lost in front of "…"."""

_PIECE: Final = re.compile(
    rf"\s+|[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}{_OPENING}{_CLOSING}]+)?[{_CLOSING}]*|.", re.DOTALL
)


class Weight(Enum):
    """How thick the strokes are."""

    REGULAR = "Regular"
    BOLD = "Bold"


@dataclass(frozen=True)
class Style:
    """A weight at a size in units of the layout."""

    size: float
    weight: Weight = Weight.REGULAR

    def face(self, text: str) -> ImageFont.FreeTypeFont:
        """Return the font to set a text in: a text of which bold lacks a character is set in regular as a whole."""
        bold = self.weight is Weight.BOLD and all(_has(Weight.BOLD, char) for char in text)
        return _face(Weight.BOLD if bold else Weight.REGULAR, self.size * SCALE)

    def width(self, text: str) -> float:
        """Return how wide a text is, in units of the layout."""
        return self.face(text).getlength(text) / SCALE


def clean(text: str) -> str:
    """Return a text as one line of characters that can be drawn.

    Letters in fancy alphabets (𝓗𝓲) become plain ones, and a letter whose accent the fonts lack loses it. Emoji and marks that the fonts lack are left out, and a run of letters
    that they lack becomes one "…". Html is shown without its tags.
    """
    text = text.striptags() if isinstance(text, Html) else text
    line = " ".join(unicodedata.normalize("NFC", text[:_LONGEST]).split())
    drawn = "".join(_drawable(char) for char in line)
    return " ".join(re.sub(f"{CUT}(?:\\s*{CUT})+", CUT, drawn).split())


def cut(text: str, width: float, style: Style) -> str:
    """Return a cleaned text, or as much of its beginning as fits with "…" behind it."""
    if style.width(text) <= width:
        return text
    return _beginning(text, _fitting(text, width, style, CUT)) + CUT


def lines(text: str, width: float, style: Style, most: int) -> list[str]:
    """Break a cleaned text into lines, the last of which is cut where the text is too long for ``most`` lines.

    A line ends between words or beside a Chinese character, never before a closing sign or behind an opening one.
    """
    done: list[str] = []
    pieces = [piece for piece in _PIECE.findall(text) if piece]
    while pieces and len(done) < most - 1:
        line = ""
        while pieces and (not line or style.width((line + pieces[0]).rstrip()) <= width):
            line += pieces.pop(0)
            if style.width(line.rstrip()) > width:
                line, rest = _split(line, width, style)
                pieces.insert(0, rest)
                break
        done.append(line.rstrip())
        while pieces and pieces[0].isspace():
            pieces.pop(0)
    if pieces:
        done.append(cut("".join(pieces), width, style))
    return done


def _split(word: str, width: float, style: Style) -> tuple[str, str]:
    fitting = max(_fitting(word, width, style), 1)
    return word[:fitting], word[fitting:]


def _fitting(text: str, width: float, style: Style, ending: str = "") -> int:
    """Return how many of a text's characters fit with the ending behind them, at most all but one."""
    least, most = 0, len(text) - 1
    while least < most:
        middle = (least + most + 1) // 2
        shown = _beginning(text, middle) + ending if ending else text[:middle]
        least, most = (middle, most) if style.width(shown) <= width else (least, middle - 1)
    return least


def _beginning(text: str, characters: int) -> str:
    return text[:characters].rstrip(_LOOSE)


def _drawable(char: str) -> str:
    if _has(Weight.REGULAR, char):
        return char
    bare = "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
    for plain in (unicodedata.normalize("NFKC", char), bare):
        if plain != char and all(_has(Weight.REGULAR, part) for part in plain):
            return plain
    return CUT if unicodedata.category(char)[0] in "LN" else ""


@lru_cache(maxsize=65536)
def _has(weight: Weight, char: str) -> bool:
    """Say whether a font has a character, by whether it draws it otherwise than one there is not."""
    if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"}:
        return False
    return _drawn(weight, char) != _drawn(weight, _UNASSIGNED)


def _drawn(weight: Weight, char: str) -> tuple[tuple[int, int], bytes]:
    mask = _face(weight, _PROBE).getmask(char)
    return mask.size, bytes(mask)


@lru_cache(maxsize=64)
def _face(weight: Weight, size: float) -> ImageFont.FreeTypeFont:
    path = _FOLDER / f"QunguanSans-{weight.value}.otf"
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)

"""Writing folded to one plain form, and numbers as Chinese and English write them.

Folding keeps every character in its place, so that a position in the folded text is a position in the original.
"""

from __future__ import annotations

from typing import Final

# Only characters of times, durations and recurrences: everything else may stay as it is written.
_SIMPLE: Final = str.maketrans(
    "週點兩時後號鐘鍾禮個這過從裡裏頭雙隔間淩當倆",
    "周点两时后号钟钟礼个这过从里里头双隔间凌当俩",
)
_FULL_WIDTH: Final = range(0xFF01, 0xFF5F)
_FULL_WIDTH_SHIFT: Final = 0xFEE0

_DIGITS: Final = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_POWERS: Final = {"十": 10, "百": 100, "千": 1000}

ENGLISH_NUMBERS: Final = {
    word: value
    for value, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=1
    )
} | {"a": 1, "an": 1}

NUMBER: Final = r"(?:[0-9]{1,6}|[零〇一二两俩三四五六七八九十百千]{1,7})"
"""A whole number, in digits or in Chinese; to be used inside another regular expression."""


def fold(text: str) -> str:
    """Return ``text`` in lower case, half width and simplified where times need it; of the very same length."""
    return "".join(map(_fold_char, text)).translate(_SIMPLE)


def _fold_char(char: str) -> str:
    if ord(char) in _FULL_WIDTH:
        char = chr(ord(char) - _FULL_WIDTH_SHIFT)
    if char.isspace() and char not in "\r\n":
        return " "
    lower = char.lower()
    return lower if len(lower) == 1 else char


def whole_number(text: str) -> int | None:
    """Read ``12``, ``十二``, ``一百二十``, ``二〇二六`` or ``twelve``; ``None`` if it is none of these."""
    if text.isascii():
        return int(text) if text.isdigit() else ENGLISH_NUMBERS.get(text)
    if any(char in _POWERS for char in text):
        return _positional(text)
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    return None


def _positional(text: str) -> int | None:
    """Read a number with 十, 百, 千, whose powers must fall (十百 is no number)."""
    total, digit, ceiling = 0, -1, 10_000
    for char in text:
        if char in _POWERS:
            power = _POWERS[char]
            if power >= ceiling:
                return None
            total += (1 if digit < 0 else digit) * power
            digit, ceiling = -1, power
        elif char in _DIGITS and digit <= 0:
            digit = _DIGITS[char]
        else:
            return None
    return total + max(digit, 0)

"""Texts that look empty: Telegram refuses a message of nothing else, and a title of it could be neither read nor tapped."""

from __future__ import annotations

import unicodedata
from typing import Final

_UNSEEN: Final = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Cn", "Mn"})
_FILLERS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that are drawn as nothing."""


def is_blank(text: str) -> bool:
    """Say whether nothing of a text can be seen: white space, zero-width characters, control characters, fillers."""
    return all(char in _FILLERS or unicodedata.category(char) in _UNSEEN for char in text)

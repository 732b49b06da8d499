from __future__ import annotations

import pytest

from bot.kernel.blank import is_blank


@pytest.mark.parametrize(
    "text", ["", " \t\n", "\u200b\u200d\ufeff\u2060", "\u3000", "\x00\x07", "\u202e", "\u2800", "\u3164", "\ufe0f"]
)
def test_nothing_of_it_can_be_seen(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", ".", "活", "🎉", "👩\u200d🚀", " x ", "\u202eekiH", "e\u0301", "٣"])
def test_something_of_it_can_be_seen(text: str) -> None:
    assert not is_blank(text)

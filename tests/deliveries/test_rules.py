"""What is shown of a message whose fate is open, and how often a refusal is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.deliveries.rules import REMIND, SHOWN, glimpse, may_tell

NOON = datetime(2027, 3, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<b>We hike</b>\n\non   Saturday", "We hike on Saturday"),
        ("a &lt; b &amp; c", "a < b & c"),
        ('<a href="https://example.org/?a=1&amp;b=2">here</a>', "here"),
        ("x" * SHOWN, "x" * SHOWN),
        ("x" * (SHOWN + 1), "x" * (SHOWN - 1) + "…"),
        ("", ""),
    ],
)
def test_the_first_words_are_shown_plainly(html: str, words: str) -> None:
    assert glimpse(html).words == words


@pytest.mark.parametrize(
    ("before", "told"), [(None, True), (timedelta(0), False), (REMIND - timedelta(seconds=1), False), (REMIND, True)]
)
def test_the_same_refusal_is_told_once_a_day(before: timedelta | None, told: bool) -> None:
    assert may_tell(None if before is None else NOON - before, NOON) is told

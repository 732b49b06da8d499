"""What every page of buttons must keep to."""

from __future__ import annotations

from collections.abc import Iterable

MARKS = "✓«»‹›#"
"""What marks a choice, a page or a number, and stands for nothing by itself."""


def assert_icons_differ(labels: Iterable[str]) -> None:
    """Hold that no two buttons of a page have the same icon for different things."""
    found: dict[str, str] = {}
    for label in labels:
        icon = label.split(" ")[0]
        if icon[0].isalnum() or icon[0] in MARKS:
            continue
        assert icon not in found, f"{found[icon]} and {label} on one page"
        found[icon] = label

"""What is told about a message whose fate is open, and how often a lost right is told."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

REMIND = timedelta(hours=24)
"""The same refusal is told once in this span: a right that is missing fails every act that needs it."""
SHOWN = 120
"""Characters of a message that identify it to the manager."""
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Glimpse:
    """A message of ours in short: its first words, or what kind of thing it is."""

    words: str


def glimpse(text: str) -> Glimpse:
    """Return the first words of an HTML text, without markup."""
    plain = " ".join(html.unescape(_TAG.sub("", text)).split())
    return Glimpse(plain if len(plain) <= SHOWN else plain[: SHOWN - 1].rstrip() + "…")


def may_tell(told_at: datetime | None, now: datetime) -> bool:
    """Say whether a refusal is told again."""
    return told_at is None or now - told_at >= REMIND

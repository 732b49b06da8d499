"""What comes again and again: the rule, its occurrences, and how people write it."""

from __future__ import annotations

from bot.kernel.recurrence.rule import LAST, Freq, Recurrence, from_json, next_after, to_json, upcoming
from bot.kernel.recurrence.text import parse_recurrence

__all__ = ["LAST", "Freq", "Recurrence", "from_json", "next_after", "parse_recurrence", "to_json", "upcoming"]

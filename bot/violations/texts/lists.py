"""The section of the digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import Html
from bot.violations.texts import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.i18n import Texts
    from bot.violations.rules.case import Case


def digest(texts: Texts, cases: Sequence[Case], total: int) -> Html:
    """Tell of the new cases; ``cases`` are the newest of them."""
    head = texts.ngettext("<b>Warnings:</b> {n} new case", "<b>Warnings:</b> {n} new cases", total)
    lines = [_digest_line(texts, case) for case in cases]
    if total > len(lines):
        lines.append(texts.ngettext("and {n} more", "and {n} more", total - len(lines)))
    return Html("\n").join((head, *lines))


def _digest_line(texts: Texts, case: Case) -> Html:
    values = {"number": words.number(case), "name": words.shown(case.target), "step": words.outcome(texts, case)}
    return texts.gettext("• {number} {name}: {step}", **values)

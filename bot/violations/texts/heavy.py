"""What a second manager decides about (R22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import Html
from bot.violations.rules.ladder import Rung
from bot.violations.texts import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.i18n import Texts
    from bot.violations.rules.case import Case


def summary(texts: Texts, case: Case, warnings: Sequence[Case]) -> Html:
    """Say what a second manager decides about, and what went before."""
    lines = [
        texts.gettext(
            "{number} on {date}: {reason}",
            number=words.number(one),
            date=texts.date(one.issued_at),
            reason=" · ".join(part for part in (one.rule, one.reason[:100]) if part) or "—",
        )
        for one in warnings
    ]
    return Html("\n").join((_question(texts, case), *lines))


def _question(texts: Texts, case: Case) -> Html:
    values = {"name": words.shown(case.target), "number": words.number(case)}
    if case.follows:
        return texts.gettext(
            "Remove <b>{name}</b> from the group? They were asked to leave in case #{asked} and are still there"
            " (case {number}).",
            asked=case.follows,
            **values,
        )
    if case.target.is_channel:
        return texts.gettext("Keep the channel <b>{name}</b> from writing in the group (case {number})?", **values)
    if case.step.rung is Rung.KICK:
        return texts.gettext("Kick <b>{name}</b> (case {number})? They may join again.", **values)
    if case.step.rung is Rung.BAN and case.step.mute is not None:
        return texts.gettext(
            "Ban <b>{name}</b> for {length} (case {number})?", length=texts.duration(case.step.mute), **values
        )
    if case.step.rung is Rung.BAN:
        return texts.gettext("Ban <b>{name}</b> for good (case {number})?", **values)
    return texts.gettext("Remove <b>{name}</b> from the group? The last warning was case {number}.", **values)

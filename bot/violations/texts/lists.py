"""The ledger of a person, one case in full, the ladder, and the section of the digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import Html
from bot.violations.rules.ledger import active_count
from bot.violations.texts import card, words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.i18n import Texts
    from bot.violations.rules.case import Case
    from bot.violations.rules.ladder import Ladder

PER_PAGE = 8
_QUOTE = 120


def title(texts: Texts, name: str | None, cases: Sequence[Case], now: datetime) -> Html:
    """Head the list of a person's cases; ``name`` None is the reader."""
    counting = active_count(cases, now)
    if not cases:
        if name is None:
            return texts.gettext("You have no warnings in this group.")
        return texts.gettext("<b>{name}</b> has no warnings in this group.", name=name)
    if counting:
        state = texts.ngettext("{n} counts at present", "{n} count at present", counting)
    else:
        state = texts.gettext("none counts at present")
    if name is None:
        return texts.gettext("<b>Your warnings</b>: {state}", state=state)
    return texts.gettext("<b>Warnings of {name}</b>: {state}", name=name, state=state)


def line(texts: Texts, case: Case, now: datetime, *, quote: bool) -> Html:
    """Write one case of the list; ``quote`` adds what the person was warned for."""
    head = texts.gettext(
        "{mark} <b>{number}</b> · {date} · {step}",
        mark="↩️" if case.undone is not None else "⚠️" if case.counts(now) else "▫️",
        number=words.number(case),
        date=texts.date(case.issued_at),
        step=words.outcome(texts, case) if case.is_removal and not case.is_direct else words.step(texts, case.step),
    )
    parts = [head]
    if case.reason:
        parts.append(Html.escape(case.reason))
    parts.append(_standing(texts, case, now))
    if quote and case.evidence is not None:
        parts.append(words.quoted(case.evidence, _QUOTE))
    return Html("\n").join(part for part in parts if part)


def _standing(texts: Texts, case: Case, now: datetime) -> Html:
    if case.undone is not None:
        return texts.gettext("Undone by {name}.", name=words.shown(case.undone.by))
    if case.is_direct:
        return Html()
    date = texts.date(case.expires_at)
    if case.counts(now):
        return texts.gettext("Counts until {date}.", date=date)
    return texts.gettext("Counted until {date}.", date=date)


def whole(texts: Texts, case: Case, now: datetime, *, quote: bool) -> Html:
    """Write one case in full."""
    parts = [
        texts.gettext("<b>Case {number}</b>: {name}", number=words.number(case), name=words.shown(case.target)),
        texts.gettext("Step: {step}", step=words.step(texts, case.step)),
    ]
    if case.reason:
        parts.append(texts.gettext("Reason: {reason}", reason=case.reason))
    parts.append(card.issued(texts, case))
    if case.evidence is not None:
        parts.append(texts.gettext("It is about {message}.", message=words.evidence(texts, case.evidence)))
        if quote:
            parts.append(words.quoted(case.evidence, 1000))
    parts.append(card.measure(texts, case, now))
    parts.append(card.undone(texts, case) or _standing(texts, case, now))
    return Html("\n").join(part for part in parts if part)


def no_such_case(texts: Texts, number: int) -> Html:
    """Say that there is no case of that number, or none the reader may see: it tells neither from the other."""
    return texts.gettext("There is no case #{number} that you can see here.", number=number)


def ladder(texts: Texts, steps: Ladder, days: int) -> Html:
    """Show what each warning brings."""
    lines = [
        texts.gettext("{place}. {step}", place=texts.number(place), step=words.step(texts, step))
        for place, step in enumerate(steps, start=1)
    ]
    return Html("\n").join(
        (
            texts.gettext("<b>What happens after a warning in this group</b>"),
            *lines,
            texts.ngettext(
                "A warning counts for {n} day and then stays on record only. After the last step, that step is repeated.",
                "A warning counts for {n} days and then stays on record only. After the last step, that step is repeated.",
                days,
            ),
        )
    )


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

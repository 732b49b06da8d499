"""One case in full, and the list of a person's cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.audit.texts import sentence
from bot.i18n import Html
from bot.violations.rules.ledger import QUOTE_LIMIT
from bot.violations.texts import card, words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.i18n import Texts
    from bot.violations.ledger.rules.wanted import Record, Story
    from bot.violations.rules.case import Case

_QUOTE: Final = 120
_REASON: Final = 160
_WHOLE_QUOTE: Final = 900


# A person


def title(texts: Texts, found: Record, name: str | None) -> Html:
    """Head a person's cases; ``name`` None is the reader."""
    if not found.page.total:
        if name is None:
            return texts.gettext("You have no warnings in this group.")
        return texts.gettext("<b>{name}</b> has no warnings in this group.", name=name)
    parts = [
        texts.ngettext("{n} counts at present", "{n} count at present", found.counting)
        if found.counting
        else texts.gettext("none counts at present")
    ]
    if found.expired:
        parts.append(texts.ngettext("{n} has expired", "{n} have expired", found.expired))
    if found.undone:
        parts.append(texts.ngettext("{n} was undone", "{n} were undone", found.undone))
    state = Html(" · ").join(parts)
    if name is None:
        return texts.gettext("<b>Your warnings</b>: {state}", state=state)
    return texts.gettext("<b>Warnings of {name}</b>: {state}", name=name, state=state)


def short(text: str, limit: int) -> str:
    """Return a text, or its beginning where it is longer."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def mark(case: Case, now: datetime) -> str:
    """Say by a sign whether a case counts, or was undone."""
    return "↩️" if case.undone is not None else "⚠️" if case.counts(now) else "▫️"


def line(texts: Texts, case: Case, now: datetime, *, quote: bool, named: bool) -> Html:
    """Write one case of the list; ``quote`` adds what the person was warned for, ``named`` says who undid it."""
    head = texts.gettext(
        "{mark} <b>{number}</b> · {date} · {step}",
        mark=mark(case, now),
        number=words.number(case),
        date=texts.date(case.issued_at),
        step=words.outcome(texts, case) if case.is_removal and not case.is_direct else words.step(texts, case.step),
    )
    parts = [head if not case.rule else Html("{} · {}").format(head, case.rule)]
    if case.reason:
        parts.append(Html.escape(short(case.reason, _REASON)))
    parts.append(_standing(texts, case, now, named=named))
    if quote and case.evidence is not None:
        parts.append(words.quoted(case.evidence, _QUOTE))
    return Html("\n").join(part for part in parts if part)


def _standing(texts: Texts, case: Case, now: datetime, *, named: bool) -> Html:
    if case.undone is not None:
        return (
            texts.gettext("Undone by {name}.", name=words.shown(case.undone.by)) if named else texts.gettext("Undone.")
        )
    if case.level == 0:
        return Html()
    date = texts.date(case.ends_at)
    if case.counts(now):
        return texts.gettext("Counts until {date}.", date=date)
    return texts.gettext("Counted until {date}.", date=date)


# One case


def whole(texts: Texts, case: Case, now: datetime, *, quote: bool, among_managers: bool, named: bool) -> Html:
    """Write one case in full.

    ``quote`` adds what was written; ``among_managers`` the member tag. ``named`` says who acted.
    """
    parts = [
        texts.gettext("<b>Case {number}</b>: {name}", number=words.number(case), name=words.shown(case.target)),
        _rule(texts, case),
        texts.gettext("Step: {step}", step=words.step(texts, case.step)),
    ]
    if case.reason:
        parts.append(texts.gettext("Reason: {reason}", reason=case.reason))
    parts.append(_issued(texts, case, named=named))
    if among_managers and case.department:
        parts.append(texts.gettext("Department: {name}", name=case.department))
    if case.evidence is not None:
        parts.append(texts.gettext("It is about {message}.", message=words.evidence(texts, case.evidence)))
        if quote:
            parts.append(words.quoted(case.evidence, _WHOLE_QUOTE))
    parts += [
        card.further(texts, case),
        card.measure(texts, case, now, hidden=not named),
        card.leaving(texts, case, now),
    ]
    parts.append((card.undone(texts, case) if named else Html()) or _standing(texts, case, now, named=named))
    return Html("\n").join(part for part in parts if part)


def _rule(texts: Texts, case: Case) -> Html:
    if not case.rule:
        return Html()
    rule = f"{case.rule} {case.rule_title}".strip()
    if case.points > 1:
        points = texts.ngettext("{n} point", "{n} points", case.points)
        return texts.gettext("Rule: {rule} ({points})", rule=rule, points=points)
    return texts.gettext("Rule: {rule}", rule=rule)


def _issued(texts: Texts, case: Case, *, named: bool) -> Html:
    if case.automatic:
        return texts.gettext("Seen by the bot itself on {when}.", when=texts.when(case.issued_at))
    if not named:
        return texts.gettext("Opened on {when}.", when=texts.when(case.issued_at))
    return card.issued(texts, case)


def happened(texts: Texts, story: Story, phrases: Mapping[str, str]) -> list[Html]:
    """Write what was done about a case, the oldest of the page first, below a heading; nothing where nothing was."""
    lines = [
        texts.gettext("{when} · {sentence}", when=texts.when(entry.at), sentence=sentence(texts, entry, phrases))
        for entry in reversed(story.entries)
    ]
    return [texts.gettext("<b>What happened</b>"), *lines] if lines else []


def evidence(texts: Texts, case: Case) -> Html:
    """Say what is kept of the message a case is about; nothing for a case without."""
    if case.evidence is None:
        return Html()
    head = texts.gettext("<b>Evidence of case {number}</b>", number=words.number(case))
    about = texts.gettext("It is about {message}.", message=words.evidence(texts, case.evidence))
    return Html("\n").join(part for part in (head, about, words.quoted(case.evidence, QUOTE_LIMIT)) if part)


def evidence_label(texts: Texts) -> str:
    """Label *Evidence*."""
    return texts.label("📎 Evidence")


def earlier_label(texts: Texts) -> str:
    """Label the button that shows what happened before."""
    return texts.label("⏪ Earlier")


def all_label(texts: Texts) -> str:
    """Label the button that lists all cases of the person."""
    return texts.label("👤 All their cases")

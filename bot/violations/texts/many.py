"""A kick or a ban of several people: the confirmation, what came of it, and what a second manager decides about (R22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import Html
from bot.violations.rules.ladder import Rung
from bot.violations.rules.many import MOST
from bot.violations.texts import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.i18n import Texts
    from bot.violations.rules.case import Case
    from bot.violations.rules.many import Several


def confirm(texts: Texts, ask: Several, *, second: bool) -> Html:
    """Name everybody, and ask whether that is meant."""
    names = texts.join([words.shown(person) for person in ask.targets])
    lines = [
        texts.flow(
            texts.gettext("<b>{step}</b> for {names}?", step=words.step(texts, ask.step), names=names),
            *_what_for(texts, ask),
        ),
        texts.ngettext(
            "{n} case is opened. Nothing happens unless you tap within 10 minutes.",
            "{n} cases are opened, one for each. Nothing happens unless you tap within 10 minutes.",
            len(ask.targets),
        ),
    ]
    if second:
        lines.append(texts.gettext("Another manager then decides once for all of them."))
    return Html("\n").join(lines)


def confirm_label(texts: Texts, ask: Several) -> str:
    """Label the button that does it."""
    if ask.step.rung is Rung.KICK:
        return texts.nlabel("👢 Kick {n} person", "👢 Kick {n} people", len(ask.targets))
    return texts.nlabel("⛔ Ban {n} person", "⛔ Ban {n} people", len(ask.targets))


def done(texts: Texts, cases: Sequence[Case], skipped: Sequence[Html], *, proposed: bool, alone: bool) -> Html:
    """Say which cases were opened, and who was left out and why."""
    lines = []
    if cases:
        numbered = texts.join([Html("{} {}").format(words.number(case), words.shown(case.target)) for case in cases])
        sentence = (
            texts.gettext("Proposed to another manager: {cases}.", cases=numbered)
            if proposed
            else texts.gettext("Ordered: {cases}. The cards are in the group.", cases=numbered)
        )
        lines.append(sentence)
    if alone:
        lines.append(
            texts.gettext(
                "⚠️ Nobody else in this group could agree to it, so the owner decides alone. The log will say so."
            )
        )
    lines += [Html("• {}").format(line) for line in skipped]
    return Html("\n").join(lines)


def summary(texts: Texts, cases: Sequence[Case]) -> Html:
    """Say what a second manager decides about."""
    step = words.step(texts, cases[0].step)
    head = texts.gettext("{step} for these people? One decision holds for all of them.", step=step)
    lines = [Html("• {} {}").format(words.number(case), words.shown(case.target)) for case in cases]
    return Html("\n").join((head, *_what_for(texts, cases[0]), *lines))


def _what_for(texts: Texts, what: Case | Several) -> list[Html]:
    reason = texts.gettext("Reason: {reason}", reason=what.reason) if what.reason else Html()
    return [part for part in (words.rule(texts, what), reason) if part]


def too_many(texts: Texts) -> Html:
    """Refuse more people than one line may name."""
    return texts.gettext(
        "At most {most} people can be named on one line. Nothing was done; please split them.", most=texts.number(MOST)
    )


def no_reason(texts: Texts, rung: Rung) -> Html:
    """Ask for the reason on the line."""
    return texts.gettext("Say what for: <code>/{command} @one @two spam</code>. Nothing was done.", command=rung.value)


def gone(texts: Texts) -> str:
    """Say that what was to be agreed to is no more."""
    return texts.label("This is out of date. Please write the line again.")

"""What everybody reads: the rules in words, and the hint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import Html
from bot.policy.rules.detectors import What
from bot.policy.rules.rule import Reaction, Sanction
from bot.policy.texts import words
from bot.policy.texts.findings import reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.i18n import Texts
    from bot.policy.rules.record import Keeping
    from bot.policy.rules.rule import Breach, Rule


def none(texts: Texts) -> Html:
    """Say that there are no rules."""
    return texts.gettext("No rules of this group are written down here.")


def heading(texts: Texts) -> Html:
    """Head the rules."""
    return texts.gettext("<b>Rules of the group</b>")


def rules(texts: Texts, shown: list[Rule], keeping: Keeping, more: Sequence[Html] = ()) -> list[Html]:
    """Show the rules that are on, what else holds in the group, and last what is kept of messages that break a rule."""
    lines = [
        Html("\n{}\n{}").format(words.head(texts, rule), texts.flow(*words.details(texts, rule))) for rule in shown
    ]
    lines += [Html("\n{}").format(line) for line in more]
    if any(rule.what is not What.MANUAL for rule in shown):
        lines.append(Html("\n{}").format(kept(texts, keeping)))
    return lines


def _follows(texts: Texts, rule: Rule) -> list[Html]:
    """Say what follows, where that is more than a hint."""
    lines = []
    if rule.what is not What.MANUAL and rule.reaction is Reaction.DELETE:
        lines.append(texts.gettext("Such messages are deleted."))
    if rule.sanction is not Sanction.NONE and rule.reaction is not Reaction.RECORD:
        lines.append(texts.gettext("Whoever goes on goes up the ladder (<code>/ladder</code>)."))
    return lines


def kept(texts: Texts, keeping: Keeping) -> Html:
    """Say openly how much is kept of what was written."""
    if not keeping.samples:
        return texts.gettext("Nothing is kept of the wording of messages that break a rule.")
    days = texts.ngettext("{n} day", "{n} days", keeping.days)
    return texts.ngettext(
        "Of messages that break a rule, the beginning of at most {n} is kept for each rule, for {days}, for managers only.",
        "Of messages that break a rule, the beginnings of at most {n} are kept for each rule, for {days}, for managers only.",
        keeping.samples,
        days=days,
    )


def no_arguments(texts: Texts) -> Html:
    """Say that the command takes nothing behind it."""
    return texts.gettext("<code>/rules</code> stands alone. Managers set rules with <code>/policy</code>.")


def hint(texts: Texts, name: Html, breach: Breach, *, deleted: bool) -> Html:
    """Tell somebody what is not allowed, and which rule says so."""
    rule, found = breach.rule, reason(texts, breach.hit)
    if deleted:
        first = texts.gettext("{name}, your message was deleted: {found}.", name=name, found=found)
    else:
        first = texts.gettext("{name}, please mind: {found}.", name=name, found=found)
    said = Html.escape(rule.hint) if rule.hint else words.sentence(texts, rule)
    return texts.flow(first, texts.gettext("Rule {rule}:", rule=rule.code), said)


def way_label(texts: Texts, place: str) -> str:
    """Label the button below a hint that leads to where a message belongs."""
    return f"➡️ {place}" if place else texts.label("➡️ Write it here")


def rules_label(texts: Texts) -> str:
    """Label the button below a hint that leads to the rules."""
    return texts.label("📏 Rules of the group")


def link_is_old(texts: Texts) -> Html:
    """Say that a link to rules leads nowhere, or to a group that the person is not in."""
    return texts.gettext("These are rules of a group that you are not in. <code>/rules</code> shows those of your own.")

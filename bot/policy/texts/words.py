"""Rules in words: what each is called, when it holds, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_, Html
from bot.policy.rules.detectors import value_of
from bot.policy.rules.fields import Listed
from bot.policy.rules.rule import Reaction, Rule, State, When, Whom
from bot.policy.texts.detectors import SAID
from bot.policy.texts.said import shortened

if TYPE_CHECKING:
    from bot.i18n import Texts

TITLE = N_("Rules of the group")
HELP_RULES = N_("The rules of the group")
HELP_POLICY = N_("Set the rules: what is not allowed, and what follows")
HELP_ADD = N_("Add a rule")
POLICY_BUTTON = N_("📏 Set the rules")
ADD_TITLE = N_("New rule")
EDIT_TITLE = N_("Change a rule")
WHAT = N_("Looks for")
NUMBER = N_("Limit")
WORDS = N_("List")
LINE = N_("What it says")
REACTION = N_("What happens")
WHEN = N_("Holds")
WHOM = N_("For whom")
NAME = N_("Title")

STATES: dict[State, str] = {
    State.OFF: N_("off"),
    State.OBSERVE: N_("only observes"),
    State.ON: N_("on"),
}
REACTIONS: dict[Reaction, str] = {
    Reaction.RECORD: N_("It is only recorded"),
    Reaction.HINT: N_("A hint"),
    Reaction.DELETE: N_("Deleted, with a hint"),
}
WHENS: dict[When, str] = {
    When.ALWAYS: N_("always"),
    When.QUIET: N_("in quiet hours"),
    When.WEEKDAYS: N_("from Monday to Friday"),
    When.WEEKEND: N_("at weekends"),
}
WHOMS: dict[Whom, str] = {
    Whom.EVERYBODY: N_("everybody"),
    Whom.NEW: N_("those who came in the last 7 days"),
}
PHRASES: dict[str, str] = {
    "policy.added": N_("{actor} added rule {target}"),
    "policy.changed": N_("{actor} changed rule {target}"),
    "policy.switched": N_("{actor} switched rule {target}: {before} → {after}"),
    "policy.removed": N_("{actor} removed rule {target}"),
    "policy=off": N_("off"),
    "policy=observe": N_("only observes"),
    "policy=on": N_("on"),
}
"""The audit log's phrases for what happens here."""


def title(texts: Texts, rule: Rule) -> Html:
    """Name a rule: by its own title, or after what it looks for."""
    return Html.escape(rule.title) if rule.title else texts.gettext(SAID[rule.what].name)


def head(texts: Texts, rule: Rule) -> Html:
    """Return a rule's code and title."""
    return Html("<b>{} · {}</b>").format(rule.code, title(texts, rule))


def sentence(texts: Texts, rule: Rule) -> Html:
    """Say what a rule does not allow."""
    return SAID[rule.what].sentence(texts, rule.detector)


def details(texts: Texts, rule: Rule) -> list[Html]:
    """Say when a rule holds and for whom, where that is not always and everybody."""
    lines = [sentence(texts, rule)]
    if rule.when is not When.ALWAYS:
        lines.append(texts.gettext("It holds {when}.", when=texts.gettext(WHENS[rule.when])))
    if rule.whom is not Whom.EVERYBODY:
        lines.append(texts.gettext("It is for {whom}.", whom=texts.gettext(WHOMS[rule.whom])))
    return lines


def own_lists(texts: Texts, rule: Rule) -> list[Html]:
    """Show the beginning of a rule's lists to managers."""
    return [
        texts.gettext(
            "{name}: {words}",
            name=texts.gettext(SAID[rule.what].fields[field.name].label),
            words=shortened(texts, words),
        )
        for field in rule.detector.FIELDS
        if isinstance(field, Listed) and (words := value_of(rule.detector, field))
    ]

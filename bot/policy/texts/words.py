"""Rules in words: what each is called, when it holds, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_, Html
from bot.policy.rules.rule import EVERY_ROLE, Rule, State, When
from bot.policy.texts import parts
from bot.policy.texts.detectors import SAID

if TYPE_CHECKING:
    from bot.i18n import Texts

TITLE = N_("Rules of the group")
HELP_RULES = N_("The rules of the group")
HELP_POLICY = N_("Set the rules: what is not allowed, and what follows")
HELP_ADD = N_("Add a rule")
HELP_KEEP = N_("Set how much is kept of what breaks a rule")
HELP_APPROVE = N_("Approve a member, whom rules spare then, or show those who are")
HELP_UNAPPROVE = N_("Approve a member no longer")
POLICY_BUTTON = N_("📏 Set the rules")
APPROVE_BUTTON = N_("➕ Approve a member")
APPROVED_BUTTON = N_("🤝 Approved members")
KEEP_TITLE = N_("Samples kept")
ADD_TITLE = N_("New rule")
VALUE = N_("Value")
FAMILY = N_("Kind")
WHAT = N_("Looks for")
NUMBER = N_("Limit")
WORDS = N_("List")
LINE = N_("What it says")
REACTION = N_("What happens")
NAME = N_("Title")

STATES: dict[State, str] = {
    State.OFF: N_("off"),
    State.OBSERVE: N_("only observes"),
    State.ON: N_("on"),
}
PHRASES: dict[str, str] = {
    "policy.added": N_("{actor} added rule {target}"),
    "policy.changed": N_("{actor} changed rule {target}"),
    "policy.switched": N_("{actor} switched rule {target}: {before} → {after}"),
    "policy.removed": N_("{actor} removed rule {target}"),
    "policy.approved": N_("{actor} approved {target}: rules spare them"),
    "policy.unapproved": N_("{actor} approves {target} no longer"),
    "policy.keeping": N_("{actor} changed how many samples a rule keeps, and for how many days: {before} → {after}"),
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
    """Say what a rule does not allow, and when it holds, for whom and for which roles it does not, where that is not as usual."""
    lines = [sentence(texts, rule)]
    if rule.when is not When.ALWAYS:
        lines.append(texts.gettext("It holds {when}.", when=parts.when(texts, rule)))
    if rule.new_days:
        lines.append(texts.gettext("It is for {whom}.", whom=parts.whom(texts, rule)))
    if not rule.spared_roles:
        lines.append(texts.gettext("It is also for those with a role in the bot."))
    elif rule.spared_roles != EVERY_ROLE:
        lines.append(
            texts.gettext(
                "It is also for those with a role in the bot, except: {roles}.", roles=parts.roles(texts, rule)
            )
        )
    return lines

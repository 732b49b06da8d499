"""Titles, labels and phrases of appeals, and the line about them on a case's card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_, Html
from bot.violations.appeals.rules import Phase
from bot.violations.texts import words

if TYPE_CHECKING:
    from datetime import datetime

    from bot.i18n import Texts
    from bot.violations.appeals.rules import Appeal, Decision

TITLE = N_("⚖️ Appeals")
HELP_APPEAL = N_("Appeal against a case of your own: a manager who had no part in it looks again")
HELP_APPEALS = N_("Appeals that wait for a decision, and what became of the last ones")
HELP_DUE = N_("Set how long managers have to decide an appeal")
APPEAL_TITLE = N_("✋ Appeal")
DECIDE_TITLE = N_("Decide an appeal")
TEXT, STEP, UNTIL, REMARK = N_("Your appeal"), N_("Instead"), N_("Stands until"), N_("Remark")
UPHOLD, REDUCE, LIFT = N_("✖ Uphold"), N_("📉 Make lighter"), N_("✅ Lift")
ADD = N_("➕ Add something")
SHOW = N_("Show")
AGAIN = N_("🔁 Make the link")
COME_BACK = N_("🚪 Come back")
OWN_CHAT = N_("Open the private chat")

PHRASES: dict[str, str] = {
    "case.appealed": N_("{actor} appealed against case #{number}"),
    "case.appeal_added": N_("{actor} added to the appeal against case #{number}"),
    "case.appeal_upheld": N_("{actor} upheld case #{number} of {target} after an appeal"),
    "case.appeal_upheld_alone": N_(
        "{actor} upheld case #{number} of {target} after an appeal, as nobody else could decide"
    ),
    "case.appeal_moot": N_("the appeal of {target} ended, as {actor} had undone case #{number}"),
    "case.appeal_link": N_("a link that lets one person in was made for {target} (case #{number})"),
    "appeals.due": N_("{actor} set how long managers have to decide an appeal: {after}"),
}
"""The audit log's phrases for what happens here."""


def line(texts: Texts, appeal: Appeal, now: datetime, *, hidden: bool) -> Html:
    """Say in one line on the card of the case where its appeal stands; what was written stays among those who decide.

    ``hidden`` leaves the names of managers out.
    """
    decision = appeal.decision
    if decision is None:
        if appeal.is_overdue(now):
            return texts.gettext("⚖️ Appealed on {when}; the decision is overdue.", when=texts.when(appeal.filed_at))
        return texts.gettext(
            "⚖️ Appealed on {when}; to be decided by {due}.",
            when=texts.when(appeal.filed_at),
            due=texts.when(appeal.due_at),
        )
    return Html("⚖️ {}").format(outcome(texts, appeal, decision, hidden=hidden))


def outcome(texts: Texts, appeal: Appeal, decision: Decision, *, hidden: bool = False) -> Html:
    """Say how an appeal was decided, and by whom."""
    name = texts.gettext("a manager") if hidden else words.shown(decision.by)
    values = {"name": name, "when": texts.when(decision.at)}
    match appeal.phase:
        case Phase.UPHELD if decision.until is not None:
            said = texts.gettext(
                "Appealed; upheld by {name} on {when}. A new appeal is possible from {until}.",
                until=texts.date(decision.until),
                **values,
            )
        case Phase.REDUCED if decision.step is not None:
            step = words.step(texts, decision.step)
            said = texts.gettext("Appealed; {name} made it lighter on {when}: {step}.", step=step, **values)
        case Phase.LIFTED:
            said = texts.gettext("Appealed; lifted by {name} on {when}.", **values)
        case Phase.MOOT:
            said = texts.gettext("Appealed; undone by {name} before anybody decided.", **values)
        case _:
            said = texts.gettext("Appealed; upheld by {name} on {when}.", **values)
    return said if not decision.alone else texts.flow(said, texts.gettext("Nobody else could decide."))


def result(texts: Texts, of: int) -> Html:
    """Say on the card of a lighter case which one it took the place of."""
    return texts.gettext("⚖️ After an appeal, this stands in place of case {number}.", number=f"#{of}")

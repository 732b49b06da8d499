"""How a proposal and its end read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.approvals.rules import AlreadyDecided, Decided, Gone, Lapsed, NotAllowed, State
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.approvals.rules import Approval, Outcome
    from bot.i18n import Texts

TITLE, BUTTON = N_("Open decisions"), N_("⏳ Open decisions")
HELP = N_("What waits for a decision")
YES = N_("✅ Approve")
NO = N_("✖ Decline")

AUDIT_PHRASES = {
    "approval.opened": N_("{actor} proposed: {target}"),
    "approval.approved": N_("{actor} approved: {target}"),
    "approval.approved_alone": N_("{actor} approved their own proposal, as nobody else could: {target}"),
    "approval.declined": N_("{actor} declined: {target}"),
    "approval.declined_alone": N_("{actor} declined their own proposal, as nobody else could: {target}"),
    "approval.lapsed": N_("Nobody decided in time: {target}"),
    "approval.withdrawn": N_("{actor} withdrew: {target}"),
}


def card(texts: Texts, approval: Approval, summary: Html, proposer: str | None, decider: str | None) -> Html:
    """Show a proposal and what became of it."""
    lines = [texts.gettext("<b>Decision #{n}</b>", n=approval.id), summary]
    if proposer is not None:
        lines.append(texts.gettext("Proposed by {name}", name=proposer))
    lines.append(_state(texts, approval, decider))
    return Html("\n").join(lines)


def _state(texts: Texts, approval: Approval, decider: str | None) -> Html:
    name = decider if decider is not None else texts.gettext("the bot")
    match approval.state:
        case State.OPEN:
            return texts.gettext("A second person has until {when} to decide.", when=texts.when(approval.until))
        case State.APPROVED:
            return texts.gettext("✅ Approved by {name}", name=name)
        case State.DECLINED:
            return texts.gettext("✖ Declined by {name}", name=name)
        case State.LAPSED:
            return texts.gettext("⌛ Nobody decided in time. Nothing was done.")
        case State.WITHDRAWN:
            return texts.gettext("Withdrawn by {name}", name=name)


def toast(texts: Texts, outcome: Outcome, decider: str | None) -> str:
    """Answer the tap."""
    match outcome:
        case Decided(approval):
            return texts.label("Approved.") if approval.state is State.APPROVED else texts.label("Declined.")
        case AlreadyDecided(approval) if approval.state is State.WITHDRAWN:
            return texts.label("This was withdrawn.")
        case AlreadyDecided(approval):
            done = approval.state is State.APPROVED
            who = decider or texts.label("somebody")
            if done:
                return texts.label("{name} has approved this already.", name=who)
            return texts.label("{name} has declined this already.", name=who)
        case Lapsed():
            return texts.label("Too late: nobody decided in time.")
        case NotAllowed("own"):
            return texts.label("This is your own proposal: somebody else decides.")
        case NotAllowed("excluded"):
            return texts.label("You cannot decide this one, as it concerns you.")
        case NotAllowed():
            return texts.label("You may not decide this.")
        case Gone():
            return texts.label("There is no such decision any more.")


def listing_title(texts: Texts, count: int) -> Html:
    """Head the list of open proposals."""
    if count == 0:
        return texts.gettext("Nothing waits for a decision.")
    return texts.ngettext(
        "<b>{n} decision is open</b>. Tap its number to see it here.",
        "<b>{n} decisions are open</b>. Tap a number to see one here.",
        count,
    )


def listing(texts: Texts, shown: Sequence[Approval], summaries: Sequence[Html]) -> list[Html]:
    """List open proposals."""
    return [
        texts.gettext(
            "#{n} {summary} (until {when})",
            n=approval.id,
            summary=_first_line(summary),
            when=texts.when(approval.until),
        )
        for approval, summary in zip(shown, summaries, strict=True)
    ]


def _first_line(summary: Html) -> str:
    """Return the first line without its tags: a line of a list cannot hold a tag that ends on another."""
    return Html(str(summary).partition("\n")[0]).striptags()


def number(texts: Texts, approval: Approval) -> str:
    """Label the button that shows a proposal."""
    return texts.label("#{n}", n=approval.id)

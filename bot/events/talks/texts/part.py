"""The part in words: its help, what leads into it and back, its lines in the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_

if TYPE_CHECKING:
    from bot.i18n import Texts

HELP_SPEAKER = N_("Name who speaks at an event; they are asked to confirm")
HELP_ASK = N_("Ask a question for the speaker beforehand")
HELP_QUESTIONS = N_("See the questions for the speaker, and vote for them")
HELP_LINK = N_("Get the link of an online event you are going to")
SPEAKERS, QUESTIONS, BACK = N_("🎤 Speakers"), N_("❓ Questions"), N_("« Back")
AUDIT_PHRASES: dict[str, str] = {
    "talk.named": N_("{actor} named {speaker} as a speaker of event {target} “{title}”"),
    "talk.unnamed": N_("{actor} took {speaker} off the speakers of event {target} “{title}”"),
    "talk.agreed": N_("{actor} agreed to speak at event {target} “{title}”"),
    "talk.declined": N_("{actor} cannot speak at event {target} “{title}” {reason}"),
    "talk.open": N_("{actor} showed a question about event {target} again: {question}"),
    "talk.hidden": N_("{actor} hid a question about event {target}: {question}"),
    "talk.answered": N_("{actor} marked a question about event {target} as answered: {question}"),
    "talk.merged": N_("{actor} put a question about event {target} together with number {into}: {question}"),
}


def gone(texts: Texts) -> str:
    """Answer a button of a question, or a speaker, that is not there any more."""
    return texts.label("That is not here any more. Please open the list again.")

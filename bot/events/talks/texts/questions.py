"""Questions for the speaker in words: asked, voted for, sorted, handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.events.talks.rules import MOST_QUESTIONS, QUESTION_LIMIT, AskFlaw, Standing, Vote
from bot.events.texts.card import name_of
from bot.events.texts.news import what
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.events.rules.event import Event
    from bot.events.talks.rules import Asked, Question
    from bot.i18n import Texts

ASK_TITLE = N_("Ask the speaker")
ASK, ALL, SORT = N_("❓ Ask"), N_("All questions"), N_("⚙️ Sort them")
HIDE, SHOW, ANSWERED, OPEN, MERGE = (
    N_("Hide"),
    N_("Show again"),
    N_("✔ Answered"),
    N_("Not answered"),
    N_("Same as …"),
)
QUESTION, NAMED = N_("Question"), N_("Shown name")
WITH_NAME, WITHOUT_NAME = N_("With my name"), N_("Without my name")
ASK_QUESTION = N_("What do you want to ask the speaker?")
ASK_NAMED = N_("Shall your name stand beside it?")
_MARKS = {Standing.ANSWERED: "✔ ", Standing.HIDDEN: "🙈 "}
_SHORT = 80
"""How much of a question stands in a list to choose from."""


def question_line(texts: Texts, question: Question) -> Html:
    """Write a question with its author and its votes."""
    who = texts.gettext("somebody") if question.anonymous else Html.escape(question.author[:64])
    mark, wanted = _MARKS.get(question.standing, ""), _votes(texts, question)
    return Html("<b>{}.</b> {}{}\n    {} · {}").format(question.number, mark, question.text, who, wanted)


def _votes(texts: Texts, question: Question) -> Html:
    return texts.ngettext("{n} vote", "{n} votes", question.voters)


def questions_view(texts: Texts, event: Event, shown: Sequence[Question], rest: int, *, closed: bool = False) -> Html:
    """Write the questions about an event, the most wanted first."""
    head = texts.gettext("❓ Questions for {event}", event=name_of(event))
    if not shown and closed:
        return Html("{}\n{}").format(head, texts.gettext("Nobody asked anything."))
    if not shown:
        return Html("{}\n{}").format(head, texts.gettext("Nobody has asked anything yet. Tap Ask to be the first."))
    lines = [question_line(texts, one) for one in shown]
    if rest:
        lines.append(texts.ngettext("… and {n} more", "… and {n} more", rest))
    return Html("\n").join([head, *lines])


def all_title(texts: Texts, event: Event) -> Html:
    """Head the pages of all questions."""
    return texts.gettext("❓ All questions for {event}", event=name_of(event))


def vote_label(texts: Texts, question: Question) -> str:
    """Label the button that votes for a question."""
    return texts.label("👍 {number}", number=question.number)


def voted(texts: Texts, outcome: Vote) -> str:
    """Answer a vote."""
    match outcome:
        case Vote.GIVEN:
            return texts.label("Your vote counts. Tap again to take it back.")
        case Vote.TAKEN_BACK:
            return texts.label("Your vote is taken back.")
        case Vote.OWN:
            return texts.label("This is your own question; vote for those of others.")
        case Vote.CLOSED:
            return texts.label("This question is answered or put away; it takes no more votes.")
        case Vote.OVER:
            return texts.label("This event is over or cancelled, so votes no longer count.")
        case _:
            assert_never(outcome)


def asked(texts: Texts, outcome: Asked, event: Event) -> Html:
    """Say that a question is taken, and how many more one may ask."""
    said = texts.gettext(
        "Your question is number {number} for {event}.", number=outcome.question.number, event=name_of(event)
    )
    if not outcome.left:
        return said
    more = texts.ngettext("You may ask {n} more.", "You may ask {n} more.", outcome.left)
    return texts.flow(said, more)


def ask_flaw(texts: Texts, flaw: AskFlaw) -> Html:
    """Say why a question is not taken, and what would be right."""
    match flaw:
        case AskFlaw.EMPTY:
            return texts.gettext(
                "Please write your question, for example <code>/event ask 3 How long is the way?</code>"
            )
        case AskFlaw.TOO_LONG:
            return texts.gettext("The question is too long: at most {limit} characters, please.", limit=QUESTION_LIMIT)
        case AskFlaw.TOO_MANY:
            return texts.gettext("You have asked {most} questions already; more are not taken.", most=MOST_QUESTIONS)
        case AskFlaw.OVER:
            return texts.gettext("This event is over or cancelled, so no question can be asked any more.")
        case AskFlaw.SAME:
            return texts.gettext("You have asked this already.")
        case _:
            assert_never(flaw)


def handed_over(texts: Texts, event: Event, found: Sequence[Question]) -> Html:
    """Hand the most wanted questions to those who speak and organise."""
    head = texts.gettext("❓ What people want to know at {event}:", event=what(texts, event))
    return Html("\n").join([head, *(question_line(texts, one) for one in found)])


def sort_title(texts: Texts, event: Event, *, empty: bool) -> Html:
    """Head the pages of all questions, hidden ones too, for those who sort them."""
    if empty:
        return texts.gettext("Nobody has asked anything about {event} yet.", event=name_of(event))
    return texts.gettext("All questions for {event}. Tap a number to sort it.", event=name_of(event))


def short_line(texts: Texts, question: Question) -> Html:
    """Write a question in a few words, with its votes."""
    text = question.text if len(question.text) <= _SHORT else f"{question.text[: _SHORT - 1]}…"
    return Html("<b>{}.</b> {}{} · {}").format(
        question.number, _MARKS.get(question.standing, ""), text, _votes(texts, question)
    )


def same_title(texts: Texts, question: Question, *, alone: bool) -> Html:
    """Ask which other question means the same."""
    if alone:
        return Html("{}\n\n{}").format(
            question_line(texts, question), texts.gettext("There is no other open question to put it together with.")
        )
    return Html("{}\n\n{}").format(
        question_line(texts, question), texts.gettext("Which one means the same? It gets these votes too.")
    )

"""Talks in words: speakers, the link, the call to the start, the questions (R05)."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.events.rules.event import Phase
from bot.events.talks.rules import (
    MOST_QUESTIONS,
    MOST_SPEAKERS,
    NAME_LIMIT,
    QUESTION_LIMIT,
    Answer,
    AskFlaw,
    SpeakerFlaw,
    Standing,
    Vote,
)
from bot.events.texts.card import name_of
from bot.events.texts.news import what
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.events.rules.event import Event
    from bot.events.talks.rules import Asked, Question, Speaker
    from bot.i18n import Texts

HELP_SPEAKER = N_("Name who speaks at an event; they are asked to confirm")
HELP_ASK = N_("Ask a question for the speaker beforehand")
HELP_QUESTIONS = N_("See the questions for the speaker, and vote for them")
HELP_LINK = N_("Get the link of an online event you are going to")
SPEAKER_TITLE, ASK_TITLE, WHY_TITLE = N_("Name a speaker"), N_("Ask the speaker"), N_("Cannot speak")
SPEAKERS, QUESTIONS = N_("🎤 Speakers"), N_("❓ Questions")
ADD, DROP = N_("➕ Another speaker"), N_("✕ {name}")
YES, NO = N_("Yes, I will speak"), N_("I cannot")
LINK, ASK, ALL, SORT = N_("🔗 Link"), N_("❓ Ask"), N_("All questions"), N_("⚙️ Sort them")
HIDE, SHOW, ANSWERED, OPEN, MERGE, BACK = (
    N_("Hide"),
    N_("Show again"),
    N_("✔ Answered"),
    N_("Not answered"),
    N_("Same as …"),
    N_("« Back"),
)
EVENT, WHO, QUESTION, NAMED, REASON = N_("Event"), N_("Speaker"), N_("Question"), N_("Shown name"), N_("Reason")
WITH_NAME, WITHOUT_NAME = N_("With my name"), N_("Without my name")
ASK_WHO = N_("Who speaks? Write @name, or just a name for somebody without Telegram.")
ASK_QUESTION = N_("What do you want to ask the speaker?")
ASK_NAMED = N_("Shall your name stand beside it?")
ASK_REASON = N_("Why not? The organiser reads it. Skip this to give no reason.")
_MARKS = {Standing.ANSWERED: "✔ ", Standing.HIDDEN: "🙈 "}
_SHORT = 80
"""How much of a question stands in a list to choose from."""
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


# Speakers


def on_card(texts: Texts, speakers: Sequence[Speaker]) -> Html | None:
    """Say on the card who speaks; who has not agreed yet is marked, who cannot is left out."""
    shown = [one for one in speakers if not one.answer.is_off]
    if not shown:
        return None
    named = texts.join(_on_card(texts, one) for one in shown)
    return Html("🎤 {}").format(named)


def _on_card(texts: Texts, speaker: Speaker) -> Html:
    if speaker.answer is Answer.ASKED:
        return texts.gettext("{name} (asked)", name=speaker.name)
    return Html.escape(speaker.name)


def speakers_view(texts: Texts, event: Event, speakers: Sequence[Speaker], note: Html | None = None) -> Html:
    """Write who speaks at an event and what each said, headed by what was just done."""
    lines = [] if note is None else [note, Html()]
    lines.append(texts.gettext("Who speaks at {event}", event=name_of(event)))
    if not speakers:
        lines.append(texts.gettext("Nobody is named yet."))
    return Html("\n").join([*lines, *(_speaker_line(texts, one) for one in speakers)])


def _speaker_line(texts: Texts, speaker: Speaker) -> Html:
    match speaker.answer:
        case Answer.YES:
            said = texts.gettext("will speak")
        case Answer.NO if speaker.reason:
            said = texts.gettext("cannot: {reason}", reason=speaker.reason)
        case Answer.NO:
            said = texts.gettext("cannot")
        case Answer.ASKED:
            said = texts.gettext("has not answered yet")
        case Answer.LEFT:
            said = texts.gettext("has left the group")
        case Answer.UNASKED:
            said = texts.gettext("has no Telegram; please ask them yourself")
        case _:
            assert_never(speaker.answer)
    return Html("🎤 <b>{}</b> – {}").format(speaker.name, said)


def asked_private(texts: Texts, event: Event, group: str) -> Html:
    """Ask somebody in private whether they will speak."""
    return texts.gettext(
        "🎤 You are asked to speak at {event} in {group}. Will you?", event=what(texts, event), group=group
    )


def asked_in_group(texts: Texts, event: Event, speaker: Speaker) -> Html:
    """Ask somebody in the group whether they will speak, because they cannot be written to."""
    named = Html('<a href="tg://user?id={}">{}</a>').format(speaker.user_id, speaker.name)
    return texts.gettext(
        "🎤 {name}, you are asked to speak at {event}. Will you?", name=named, event=what(texts, event)
    )


def moved_private(texts: Texts, event: Event, group: str) -> Html:
    """Ask a speaker again, because the event is at another time."""
    return texts.gettext(
        "🎤 {event} in {group} is at another time now. Can you speak then?", event=what(texts, event), group=group
    )


def moved_in_group(texts: Texts, event: Event, speaker: Speaker) -> Html:
    """Ask the same in the group."""
    named = Html('<a href="tg://user?id={}">{}</a>').format(speaker.user_id, speaker.name)
    return texts.gettext(
        "🎤 {name}, {event} is at another time now. Can you speak then?", name=named, event=what(texts, event)
    )


def not_needed(texts: Texts, event: Event, group: str) -> Html:
    """Tell somebody who was named that they do not speak."""
    return texts.gettext(
        "🎤 You are no longer among the speakers of {event} in {group}.", event=what(texts, event), group=group
    )


def called_off(texts: Texts, event: Event, group: str) -> Html:
    """Tell a speaker that the event is cancelled."""
    said = texts.gettext("🎤 {event} in {group}, where you speak, is cancelled.", event=what(texts, event), group=group)
    if not event.reason:
        return said
    return texts.flow(said, texts.gettext("Reason: {reason}", reason=event.reason))


def speaker_left(texts: Texts, event: Event, speaker: Speaker) -> Html:
    """Tell the organiser that a speaker left the group."""
    return texts.gettext(
        "🎤 {name} has left the group and is no longer among the speakers of {event}. Name another one with"
        " <code>/event speaker {number}</code>.",
        name=speaker.name,
        event=what(texts, event),
        number=event.number,
    )


def named(texts: Texts, event: Event, speaker: Speaker, *, in_private: bool) -> Html:
    """Say that a speaker is named, and whether they are asked."""
    if speaker.answer is Answer.UNASKED:
        return texts.gettext("{name} speaks at {event}.", name=speaker.name, event=name_of(event))
    if in_private:
        return texts.gettext(
            "{name} is asked in private whether they will speak at {event}. You will hear their answer.",
            name=speaker.name,
            event=name_of(event),
        )
    return texts.gettext(
        "I cannot write to {name} in private, so I ask in the group. You will hear their answer.", name=speaker.name
    )


def dropped(texts: Texts, speaker: Speaker) -> Html:
    """Say that somebody does not speak any more."""
    return texts.gettext("{name} is taken off the speakers.", name=speaker.name)


def thanks(texts: Texts, event: Event, speaker: Speaker) -> Html:
    """Answer a speaker."""
    if speaker.answer is Answer.YES:
        return texts.gettext(
            "Thank you! You speak at {event}. The organiser is told, and the questions that people have reach you an hour"
            " before.",
            event=what(texts, event),
        )
    return texts.gettext("Noted: you cannot speak at {event}. The organiser is told.", event=what(texts, event))


def told_organiser(texts: Texts, event: Event, speaker: Speaker) -> Html:
    """Tell the organiser what a speaker said."""
    if speaker.answer is Answer.YES:
        return texts.gettext("🎤 {name} will speak at {event}.", name=speaker.name, event=what(texts, event))
    said = texts.gettext("🎤 {name} cannot speak at {event}.", name=speaker.name, event=what(texts, event))
    if not speaker.reason:
        return said
    return texts.flow(said, texts.gettext("Reason: {reason}", reason=speaker.reason))


def no_answer(texts: Texts, event: Event, speakers: Sequence[Speaker]) -> Html:
    """Tell the organiser who has not answered yet."""
    return texts.gettext(
        "🎤 {event}: {names} did not say yet whether they will speak. Perhaps ask them yourself.",
        event=what(texts, event),
        names=texts.join(one.name for one in speakers),
    )


def not_asked(texts: Texts) -> str:
    """Answer somebody who taps for a speaker they are not."""
    return texts.label("You are not asked to speak here, or the event has begun.")


def not_understood(texts: Texts, typed: str) -> Html:
    """Answer what follows the one who is named."""
    return texts.gettext(
        "I do not understand “{typed}”. Write only who speaks, for example <code>/event speaker 3 @mei</code>.",
        typed=typed[:64],
    )


def speaker_flaw(texts: Texts, flaw: SpeakerFlaw) -> Html:
    """Say why nobody is named, and what would be right."""
    match flaw:
        case SpeakerFlaw.NO_NAME:
            return texts.gettext("Who speaks? Write for example <code>/event speaker 3 @mei</code>.")
        case SpeakerFlaw.NAME_TOO_LONG:
            return texts.gettext("The name is too long: at most {limit} characters, please.", limit=NAME_LIMIT)
        case SpeakerFlaw.TOO_MANY:
            return texts.gettext("There are {most} speakers already. Take one off first.", most=MOST_SPEAKERS)
        case SpeakerFlaw.ALREADY:
            return texts.gettext("They are named as a speaker already.")
        case SpeakerFlaw.NOT_LIVE:
            return texts.gettext("This event has begun or is cancelled, so no speaker can be named any more.")
        case _:
            assert_never(flaw)


# The link


def link(texts: Texts, event: Event) -> Html:
    """Tell somebody who is going the link."""
    return texts.gettext(
        "🔗 {event}: {link}\nPlease keep it to yourself.", event=what(texts, event), link=event.plan.link or ""
    )


def link_sent(texts: Texts) -> str:
    """Say that the link is in private."""
    return texts.label("I have sent you the link in private.")


def link_not_yours(texts: Texts) -> str:
    """Say who gets the link."""
    return texts.label("The link is for those who are going. Tap Join first.")


def no_link(texts: Texts) -> str:
    """Say that there is no link."""
    return texts.label("There is no link yet. It will be here as soon as the organiser has one.")


def open_private(texts: Texts, bot: str) -> str:
    """Say that the link can only be told in private."""
    return texts.label("I can tell you the link only in private: open @{bot}, tap Start, then tap Link again.", bot=bot)


# The call to the start


def call(texts: Texts, event: Event, phase: Phase) -> Html:
    """Call everybody in the group to the start."""
    if phase is Phase.OVER:
        said = texts.gettext("📣 {event} is on.", event=name_of(event))
    else:
        clock = texts.clock(event.plan.starts_at)
        said = texts.gettext("📣 {event} starts at {clock}.", event=name_of(event), clock=clock)
    if event.plan.link is None:
        return said
    return texts.flow(said, texts.gettext("If you are going, tap Link on the card."))


def without_link(texts: Texts, event: Event) -> Html:
    """Tell the organiser that people are called to a talk that has no link."""
    return texts.gettext(
        "🔗 {event} begins soon and has no link yet. Send <code>/event edit {number} link https://…</code>;"
        " those who are going are told.",
        event=what(texts, event),
        number=event.number,
    )


def call_private(texts: Texts, event: Event, group: str, phase: Phase) -> Html:
    """Call somebody who is going to the start, with the link."""
    if phase is Phase.OVER:
        said = texts.gettext("📣 {event} in {group} is on.", event=name_of(event), group=group)
    else:
        said = texts.gettext(
            "📣 {event} in {group} starts at {clock}.",
            event=name_of(event),
            group=group,
            clock=texts.clock(event.plan.starts_at),
        )
    return Html("{}\n🔗 {}").format(said, event.plan.link) if event.plan.link else said


# Questions


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


def gone(texts: Texts) -> str:
    """Answer a button of a question, or a speaker, that is not there any more."""
    return texts.label("That is not here any more. Please open the list again.")

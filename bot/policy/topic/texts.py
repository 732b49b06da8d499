"""What is said about stopped topics (R07)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from bot.i18n import N_, Html
from bot.policy.rules.words import LONGEST_WORD
from bot.policy.topic.rules import LONGEST, MOST_STOPPED, MOST_WORDS, SHORTEST, Fault, Later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.i18n import Texts
    from bot.policy.topic.rules import Stop, Stopped

TITLE = N_("🛑 Stop a topic")
HELP_STOP = N_("Stop a topic for a while, by its words or in its thread")
HELP_RESUME = N_("Open a stopped topic again")
HELP_STOPPED = N_("Which topics are stopped")
STOP_EXAMPLES = (N_("/topic stop election, votes for 2h"), N_("/topic stop layoffs for 1 day delete"))
RESUME_EXAMPLES = (N_("/topic resume"), N_("/topic resume T1"), N_("/topic resume election"))
WORDS = N_("Words of the topic")
LENGTH = N_("For how long")
LATER = N_("What follows")
LATERS: dict[Later, str] = {
    Later.COUNT: N_("One hint; later messages are counted"),
    Later.DELETE: N_("One hint; later messages are deleted"),
    Later.STEP: N_("One hint; then deleted, and a step on the ladder"),
}
PHRASES: dict[str, str] = {
    "topic.stopped": N_("{actor} stopped topic {target}: {after}"),
    "topic.resumed": N_("{actor} opened topic {target} again: {after}"),
    "topic.lapsed": N_("The time of the stopped topic {target} was over: {after}"),
}
"""The audit log's phrases for what happens here."""
_SHOWN: Final = 8
_TYPED: Final = 40


def name(texts: Texts, stop: Stop) -> Html:
    """Name what is stopped: its words, or the thread."""
    if stop.thread_id is not None:
        return texts.gettext("this thread")
    named = texts.join(stop.words[:_SHOWN])
    more = len(stop.words) - _SHOWN
    if more <= 0:
        return named
    return texts.ngettext("{words} and {n} more", "{words} and {n} more", more, words=named)


def card(texts: Texts, one: Stopped) -> Html:
    """Show a stopped topic in the group."""
    if one.ended is not None:
        return resumed(texts, one)
    return texts.flow(
        texts.gettext(
            "🛑 <b>{code}</b> · This topic rests until {when}: {topic}.",
            code=one.code,
            when=texts.when(one.until),
            topic=name(texts, one.stop),
        ),
        texts.gettext("Please talk about other things meanwhile; thank you."),
    )


def list_label(texts: Texts) -> str:
    """Label the button that leads to the list."""
    return texts.label("🛑 Stopped topics")


def reopen_label(texts: Texts, one: Stopped) -> str:
    """Label the button that opens one of the list again."""
    return texts.label("🟢 Open {code} again", code=one.code)


def resume_label(texts: Texts) -> str:
    """Label the button that opens it again."""
    return texts.label("🟢 Open again")


def hint(texts: Texts, name_: Html, one: Stopped) -> Html:
    """Tell somebody that the topic rests; no accusation."""
    return texts.gettext(
        "{name}, this topic rests until {when} (<b>{code}</b>). Please leave it alone for now; thank you.",
        name=name_,
        when=texts.when(one.until),
        code=one.code,
    )


def over(texts: Texts, one: Stopped) -> Html:
    """Tell the group that the time of a stopped topic is over."""
    return texts.gettext(
        "🟢 The topic <b>{code}</b> may be talked about again: {topic}.", code=one.code, topic=name(texts, one.stop)
    )


def reason(texts: Texts, one: Stopped) -> Html:
    """Say on the ledger what was written about."""
    return texts.gettext("wrote about a topic that rests ({topic})", topic=name(texts, one.stop))


# Answers


def stopped(texts: Texts, one: Stopped) -> Html:
    """Confirm it to whoever stopped it, where the card is not."""
    return texts.flow(
        texts.gettext("🛑 <b>{code}</b> is stopped until {when}.", code=one.code, when=texts.when(one.until)),
        texts.gettext("<code>/topic resume {code}</code> opens it again.", code=one.code),
    )


def resumed(texts: Texts, one: Stopped) -> Html:
    """Confirm that it is open again."""
    return texts.gettext("🟢 <b>{code}</b> is open again: {topic}.", code=one.code, topic=name(texts, one.stop))


def not_stopped(texts: Texts, typed: str, on: Sequence[Stopped]) -> Html:
    """Say that no such topic is stopped, and which are."""
    if not on:
        return texts.gettext("No topic is stopped at present.")
    if typed:
        first = texts.gettext("“{typed}” is none of the stopped topics.", typed=typed[:_TYPED])
    else:
        first = texts.gettext("Which one? For example <code>/topic resume {code}</code>.", code=on[0].code)
    return Html("\n").join((first, *(line(texts, one) for one in on)))


def listed(texts: Texts, on: Sequence[Stopped]) -> Html:
    """List the stopped topics."""
    if not on:
        return texts.gettext(
            "No topic is stopped at present. <code>/topic stop election for 2h</code> stops one for two hours."
        )
    return Html("\n").join((texts.gettext("<b>🛑 Topics that rest</b>"), *(line(texts, one) for one in on)))


def line(texts: Texts, one: Stopped) -> Html:
    """Write a stopped topic in one line."""
    return texts.gettext(
        "<b>{code}</b> · {topic}, until {when}",
        code=one.code,
        topic=name(texts, one.stop),
        when=texts.when(one.until),
    )


def later_line(texts: Texts, later: Later) -> Html:
    """Say what follows for who was told."""
    return texts.gettext(LATERS[later])


def wrong(texts: Texts, fault: Fault) -> Html:
    """Say why a topic is not stopped, and what would be right."""
    match fault:
        case Fault.NOTHING:
            return texts.gettext(
                "Which topic? Name its words: <code>/topic stop election, votes for 2h</code>. In a forum, write"
                " <code>/topic stop</code> in the thread itself."
            )
        case Fault.UNREADABLE:
            return texts.gettext("Signs alone are no word I could look for. Write words with letters or digits.")
        case Fault.TOO_MANY_WORDS:
            return texts.gettext("A topic has at most {limit} words.", limit=texts.number(MOST_WORDS))
        case Fault.WORD_TOO_LONG:
            return texts.gettext(
                "A word of a topic has at most {limit} characters. Put commas between words.",
                limit=texts.number(LONGEST_WORD),
            )
        case Fault.LENGTH:
            return texts.gettext(
                "A topic rests for at least {least} and at most {most}.",
                least=texts.duration(SHORTEST),
                most=texts.duration(LONGEST),
            )
        case Fault.TOO_MANY:
            return texts.gettext(
                "{limit} topics are stopped already, and more at a time cannot be. <code>/topic stopped</code> shows them.",
                limit=texts.number(MOST_STOPPED),
            )
        case Fault.STOPPED_ALREADY:
            return texts.gettext("That topic is stopped already. <code>/topic stopped</code> shows until when.")
        case _:
            assert_never(fault)


def gone(texts: Texts) -> str:
    """Answer a button for a topic that is open again."""
    return texts.label("This topic is open again already.")


def no_arguments(texts: Texts) -> Html:
    """Say that the command takes nothing behind it."""
    return texts.gettext("<code>/topic stopped</code> stands alone. <code>/topic resume T1</code> opens a topic again.")


# The form


def ask_words(texts: Texts) -> Html:
    """Ask for the words of a topic."""
    return texts.gettext(
        "By which words is the topic known? One a line, or with commas between them. Width, spaces and signs in between do not"
        " matter."
    )


def ask_length(texts: Texts) -> Html:
    """Ask for how long."""
    return texts.gettext("For how long shall it rest? For example <code>2 hours</code>.")


def ask_later(texts: Texts) -> Html:
    """Ask what follows."""
    return texts.gettext("Who writes about it is told once, kindly. And if the same person goes on?")


# Elsewhere


def rules(texts: Texts, on: Sequence[Stopped]) -> Html:
    """Say in the rules of the group which topics rest."""
    return listed(texts, on)


def digest(texts: Texts, messages: int, people: int) -> Html:
    """Say in the digest how much was written about topics that rest."""
    written = texts.ngettext("{n} message", "{n} messages", messages)
    by = texts.ngettext("{n} person", "{n} people", people)
    return texts.gettext("🛑 About topics that rest: {messages} from {people}", messages=written, people=by)

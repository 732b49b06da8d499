"""The questions put to those who sign up, and what they answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.texts.card import name_of
from bot.events.texts.news import mentions, what
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.events.rules.answers import Count
    from bot.events.rules.event import Event
    from bot.events.rules.plan import Asked
    from bot.events.rules.signup import SignUp
    from bot.i18n import Texts

TITLE = N_("Questions on sign-up")
HELP = N_("Answer what an event asks of you; organisers see all answers")
ANSWER, GUEST = N_("Answer"), N_("Guest")
ANSWERS = N_("💬 Answers")
ANSWER_NOW, MINE = N_("💬 Answer"), N_("✏️ My own answers")


def heading(event: Event) -> str:
    """Name an event in plain words."""
    return f"#{event.number} {event.plan.title}"


def ask(texts: Texts, event: str, question: str, had: str | None) -> Html:
    """Put a question."""
    asked = Html("<b>{}</b>\n{}").format(event, question)
    return asked if had is None else texts.flow(asked, texts.gettext("(until now: {answer})", answer=had))


def ask_guest(texts: Texts, event: str, number: int, count: int) -> Html:
    """Ask for the name of a guest."""
    if count == 1:
        asked = texts.gettext("What is the name of your guest?")
    else:
        asked = texts.gettext("What is the name of guest {number} of {count}?", number=number, count=count)
    return Html("<b>{}</b>\n{}").format(event, asked)


def choose(texts: Texts, choices: Sequence[str]) -> Html:
    """Say that one of the choices is wanted."""
    return texts.gettext("Please choose one of these: {choices}.", choices=texts.join(choices))


def thanks(texts: Texts, event: str) -> Html:
    """Say that the answers are kept."""
    return texts.gettext("Thank you, that is noted for <b>{event}</b>. To change it: /event answers", event=event)


def in_private(texts: Texts) -> str:
    """Add to the answer to a tap that there is a question."""
    return texts.label("Please see my question in our private chat.")


def right_here(texts: Texts) -> str:
    """Add to the answer to a tap that there is a question."""
    return texts.label("Please answer my question here in the group.")


def has_questions(texts: Texts, event: Event, group: str) -> Html:
    """Tell a person that there is something to answer."""
    return texts.gettext(
        "💬 The organiser of {event} in {group} asks something of those who come. Please tap to answer.",
        event=what(texts, event),
        group=group,
    )


def still_open(texts: Texts, event: Event, people: Sequence[SignUp]) -> Html:
    """Ask in the group those who cannot be reached in private."""
    return texts.gettext(
        "💬 {names}: the organiser of {event} asks something of those who come. Please tap to answer.",
        names=mentions(texts, people),
        event=name_of(event),
    )


def nothing_asked(texts: Texts, event: Event) -> Html:
    """Say that an event asks nothing."""
    return texts.gettext("{event} asks nothing of those who sign up.", event=name_of(event))


def not_on_it(texts: Texts, event: Event) -> Html:
    """Say that only who signs up is asked."""
    return texts.gettext(
        "You are not on the list of {event}, so there is nothing to answer. <code>/event {number}</code> shows its card.",
        event=name_of(event),
        number=event.number,
    )


def all_answered(texts: Texts) -> str:
    """Answer a tap of somebody who has nothing to answer."""
    return texts.label("There is nothing for you to answer here now. /event answers changes what you said.")


def too_late(texts: Texts, event: Event) -> Html:
    """Say that answers can no longer be given."""
    return texts.gettext("{event} is over or cancelled; answers cannot be changed any more.", event=name_of(event))


# What the organiser reads


def table_title(texts: Texts, event: Event, counts: Sequence[Count]) -> Html:
    """Head the table of answers: how often each was given."""
    lines = [texts.gettext("💬 Answers for {event}", event=name_of(event))]
    for count in counts:
        sums = [
            texts.gettext("{answer}: {n}", answer=answer, n=texts.number(n)) for answer, n in count.answers[:_SHOWN]
        ]
        rest = sum(n for _, n in count.answers[_SHOWN:])
        sums += [texts.ngettext("{n} other", "{n} others", rest)] if rest else []
        sums += [texts.ngettext("{n} not answered", "{n} not answered", count.none)] if count.none else []
        lines.append(Html("<b>{}</b> {}").format(count.question.text, Html(" · ").join(sums)))
    return Html("{}\n").format(Html("\n").join(lines))


_SHOWN = 8


def table_lines(
    texts: Texts, questions: Sequence[Asked], people: Sequence[SignUp], given: Mapping[int, Mapping[str, str]]
) -> list[Html]:
    """Write who said what, one person a line; who has not answered everything is marked."""
    return [_table_line(texts, questions, one, given.get(one.user_id, {})) for one in people]


def _table_line(texts: Texts, questions: Sequence[Asked], one: SignUp, given: Mapping[str, str]) -> Html:
    said = [Html.escape(given[asked.text]) if asked.text in given else Html("—") for asked in questions]
    name = Html("<b>{}</b>").format(one.name[:64])
    if one.guests:
        name = Html("{} +{}").format(name, one.guests)
    if one.companions:
        name = texts.gettext("{name} with {guests}", name=name, guests=texts.join(one.companions))
    mark = "" if all(asked.text in given for asked in questions) else "❔ "
    if not said:
        return name
    return Html(mark) + texts.gettext("{name}: {answers}", name=name, answers=Html(" / ").join(said))

"""What the form engine and the ready-made questions say."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.i18n import Html, Texts
from bot.kernel.times import (
    Ambiguous,
    DoesNotExist,
    InPast,
    NoSuchDay,
    NoSuchHour,
    NotUnderstood,
    Parsed,
    TimeOutcome,
    TooFar,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, time, timedelta
    from typing import Any

_QUOTED = 40
"""How much of what somebody typed is said back to them."""


def quote(text: str) -> str:
    """Return the beginning of what somebody typed, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _QUOTED else f"{line[: _QUOTED - 1]}…"


# The frame of a question


def heading(title: Html, place: int, of: int) -> Html:
    """Head a question with the form's title and how far it is."""
    return Html("<b>{}</b> · {}/{}").format(title, place, of)


def title_only(title: Html) -> Html:
    """Head the summary."""
    return Html("<b>{}</b>").format(title)


def problem(html: Html) -> Html:
    """Mark a problem."""
    return Html("⚠️ {}").format(html)


def please_reply(texts: Texts, name: str) -> Html:
    """Say in a group who is asked, and that only replies reach us."""
    return texts.gettext("<i>{name}, please reply to this message with your answer.</i>", name=name)


def please_choose(texts: Texts, name: str) -> Html:
    """Say in a group who is asked to tap."""
    return texts.gettext("<i>{name}, please choose one of the buttons.</i>", name=name)


def please_check(texts: Texts) -> Html:
    """Ask whether the summary is right."""
    return texts.gettext("Is this right?")


def only_buttons(texts: Texts) -> Html:
    """Answer a text that was typed under the summary."""
    return texts.gettext("Please tap Save, Back or Cancel.")


def line(texts: Texts, label: Html, value: Html) -> Html:
    """Write one answer in the summary."""
    return texts.gettext("<b>{label}:</b> {value}", label=label, value=value)


def back_label(texts: Texts) -> str:
    """Label *Back*."""
    return texts.label("« Back")


def skip_label(texts: Texts) -> str:
    """Label *Skip*."""
    return texts.label("Skip")


def cancel_label(texts: Texts) -> str:
    """Label *Cancel*."""
    return texts.label("✕ Cancel")


def save_label(texts: Texts) -> str:
    """Label *Save*."""
    return texts.label("✓ Save")


def change_label(texts: Texts) -> str:
    """Label *Change*."""
    return texts.label("✏️ Change")


def more_label(texts: Texts) -> str:
    """Label the button to the answers that are as usual and therefore not shown."""
    return texts.label("More …")


def which_answer(texts: Texts) -> Html:
    """Ask which answer is to be given anew."""
    return texts.gettext("What do you want to change?")


def choose_a_button(texts: Texts) -> Html:
    """Refuse a text where only buttons are taken."""
    return texts.gettext("Please choose one of the buttons.")


def choice_is_old(texts: Texts) -> Html:
    """Answer a button whose choice is of an earlier version of the form."""
    return texts.gettext("That choice is out of date. Please choose again.")


def is_it_you(texts: Texts, answer: Html) -> Html:
    """Ask for a tap on an answer that was written in the group's name."""
    return texts.gettext(
        "You are writing as the group, so I cannot see whether it is you. If your answer is “{answer}”, tap it below.",
        answer=answer,
    )


# How a form ends


def done(texts: Texts) -> Html:
    """Close the summary of a form that was answered."""
    return texts.gettext("✓ Answered.")


def saved(texts: Texts) -> Html:
    """Close the summary of a form whose answers were shown and agreed to."""
    return texts.gettext("✓ Saved.")


def cancelled(texts: Texts, title: Html) -> Html:
    """Say that a form was cancelled."""
    return texts.gettext("“{title}” is cancelled; nothing was saved.", title=title)


def not_saved(texts: Texts, title: Html) -> Html:
    """Say that a form came to nothing at its end."""
    return texts.gettext("“{title}” is closed; nothing was saved.", title=title)


def replaced(texts: Texts, title: Html) -> Html:
    """Say that a new form has taken the place of another."""
    return texts.gettext("“{title}”, which was still open here, is closed; nothing of it was saved.", title=title)


def moved(texts: Texts) -> Html:
    """Say why a form is shown anew."""
    return texts.gettext("<i>This group has become a supergroup. Please go on here.</i>")


def expired(texts: Texts, title: Html, start: str | None) -> Html:
    """Say that an answer comes too late."""
    said = texts.gettext("“{title}” was closed, because no answer came for 30 minutes. Nothing was saved.", title=title)
    return said if start is None else texts.flow(said, start_again(texts, start))


def closed_label(texts: Texts) -> str:
    """Answer a button of a form that is no longer there."""
    return texts.label("This form is closed.")


def closed(texts: Texts, start: str | None) -> Html:
    """Say that a form cannot go on: its group is gone, or its questions have changed."""
    said = texts.gettext("This form is closed.")
    return said if start is None else texts.flow(said, start_again(texts, start))


def start_again(texts: Texts, start: str) -> Html:
    """Say how to start the form anew."""
    return texts.gettext("To start again: {command}", command=start)


def answered_already(texts: Texts) -> str:
    """Answer a button of an earlier question."""
    return texts.label("That question is answered already.")


def not_yours(texts: Texts) -> str:
    """Refuse a tap by somebody who was not asked."""
    return texts.label("Only the person who was asked can answer here.")


def nothing_to_cancel(texts: Texts) -> Html:
    """Answer /cancel where nothing is open."""
    return texts.gettext("There is nothing to cancel here.")


# Texts


def text_wanted(texts: Texts) -> Html:
    """Refuse a message without text."""
    return texts.gettext("Please write it as a text.")


def too_long(texts: Texts, length: int, limit: int) -> Html:
    """Refuse a text that is too long."""
    return texts.gettext(
        "That is too long: it has {length} characters, at most {limit} fit.",
        length=texts.number(length),
        limit=texts.number(limit),
    )


def choose_from(texts: Texts, typed: str, labels: Iterable[str]) -> Html:
    """Refuse an answer that is none of the choices."""
    return texts.gettext(
        "“{typed}” is not one of the choices. Please answer with one of: {labels}.",
        typed=quote(typed),
        labels=texts.join(labels),
    )


def yes_or_no(texts: Texts) -> Html:
    """Ask for a yes or a no."""
    return texts.gettext("Please answer with <i>yes</i> or <i>no</i>.")


def yes(texts: Texts) -> str:
    """Return the word."""
    return texts.label("Yes")


def no(texts: Texts) -> str:
    """Return the word."""
    return texts.label("No")


# Numbers


def not_a_number(texts: Texts, typed: str, example: int) -> Html:
    """Refuse what is no whole number."""
    return texts.gettext(
        "“{typed}” is not a whole number. Write it in figures, for example <code>{example}</code>.",
        typed=quote(typed),
        example=example,
    )


def number_between(texts: Texts, least: int | None, most: int | None) -> Html:
    """Refuse a number out of range; at least one end is given."""
    if least is None:
        return texts.gettext("Please write a number of at most {most}.", most=texts.number(most or 0))
    if most is None:
        return texts.gettext("Please write a number of at least {least}.", least=texts.number(least))
    return texts.gettext(
        "Please write a number from {least} to {most}.", least=texts.number(least), most=texts.number(most)
    )


# Times


def time_examples(texts: Texts) -> Html:
    """Return a few times as they may be typed; every one of them is understood."""
    # Translators: write times as people type them in your language; separate them with " · ". They must be understood.
    written = texts.label("tomorrow 8pm · Sat 14:00 · in 2 hours · Dec 1 9:30")
    return Html(" · ").join(Html("<code>{}</code>").format(example) for example in written.split(" · "))


def problem_of(outcome: TimeOutcome, texts: Texts) -> Html:
    """Say why a time cannot be taken as it was typed, and what would be right.

    :raises ValueError: for a time that is complete: there is nothing wrong with it.
    """
    match outcome:
        case Parsed():
            return _hour_wanted(outcome, texts)
        case NotUnderstood(text=text):
            return texts.gettext(
                "“{typed}” is not a time I understand. Write it like one of these: {examples}",
                typed=quote(text),
                examples=time_examples(texts),
            )
        case Ambiguous():
            return _which_reading(outcome, texts)
        case InPast(at=at):
            return texts.gettext("{when} is already past. Please name a time in the future.", when=texts.when(at))
        case DoesNotExist(local=local, after=after):
            return texts.gettext(
                "On {date} there is no {time}, because the clocks go forward then. The next possible time is {after}.",
                date=texts.date(local.date()),
                time=f"{local:%H:%M}",
                after=texts.when(after),
            )
        case NoSuchDay(text=text):
            return texts.gettext("“{typed}”: there is no such day. Please look at the calendar.", typed=quote(text))
        case NoSuchHour(text=text):
            return texts.gettext(
                "“{typed}”: there is no such hour. Please write hours from 0 to 24 and minutes from 0 to 59.",
                typed=quote(text),
            )
        case TooFar(at=at):
            return texts.gettext(
                "{date} is more than five years ahead. Please name an earlier time.", date=texts.date(at)
            )
        case _:
            assert_never(outcome)


def _hour_wanted(day: Parsed, texts: Texts) -> Html:
    if not day.date_only:
        raise ValueError("there is nothing wrong with a complete time")
    return texts.gettext(
        "At what time on {date}? Add the hour, for example <code>{example}</code>.",
        date=texts.date(day.at),
        example=f"{quote(day.matched)} 9:30",
    )


def _which_reading(outcome: Ambiguous, texts: Texts) -> Html:
    say = reading_of(outcome, texts)
    first = outcome.readings[0].astimezone(texts.tz)
    return texts.gettext(
        "“{typed}” can mean several times: {readings}. Which one? Written like <code>{example}</code> it is clear.",
        typed=quote(outcome.text),
        readings=Html(" · ").join(say),
        example=f"{first:%Y-%m-%d}" if outcome.date_only else f"{first:%Y-%m-%d %H:%M}",
    )


def reading_of(outcome: Ambiguous, texts: Texts) -> list[str]:
    """Write out every reading of an ambiguous time, with its weekday."""
    return [texts.date(at) if outcome.date_only else texts.when(at) for at in outcome.readings]


def when(texts: Texts, at: datetime) -> Html:
    """Say a moment back."""
    return Html.escape(texts.when(at))


def clock_wanted(texts: Texts, typed: str) -> Html:
    """Refuse what is no time of day."""
    return texts.gettext(
        "“{typed}” is not a time of day. Write for example <code>9:00</code> or <code>8pm</code>.", typed=quote(typed)
    )


def clock(at: time) -> Html:
    """Say a time of day back."""
    return Html(f"{at:%H:%M}")


def length_wanted(texts: Texts, typed: str) -> Html:
    """Refuse what is no length of time."""
    return texts.gettext(
        "“{typed}” is not a length of time. Write for example <code>90 min</code>, <code>2 hours</code> or <code>3 days</code>.",
        typed=quote(typed),
    )


def length_between(texts: Texts, least: timedelta | None, most: timedelta | None) -> Html:
    """Refuse a length out of range; at least one end is given."""
    values: dict[str, Any] = {
        "least": texts.duration(least) if least is not None else "",
        "most": texts.duration(most) if most is not None else "",
    }
    if least is None:
        return texts.gettext("At most {most}, please.", **values)
    if most is None:
        return texts.gettext("At least {least}, please.", **values)
    return texts.gettext("From {least} to {most}, please.", **values)

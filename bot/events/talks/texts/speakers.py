"""Speakers in words: who is asked, what they say, who is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.events.talks.rules import MOST_SPEAKERS, NAME_LIMIT, Answer, SpeakerFlaw
from bot.events.texts.card import name_of
from bot.events.texts.news import what
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.events.rules.event import Event
    from bot.events.talks.rules import Speaker
    from bot.i18n import Texts

SPEAKER_TITLE, WHY_TITLE = N_("Name a speaker"), N_("Cannot speak")
ADD, DROP = N_("➕ Another speaker"), N_("✕ {name}")
YES, NO = N_("Yes, I will speak"), N_("I cannot")
WHO, REASON = N_("Speaker"), N_("Reason")
ASK_WHO = N_("Who speaks? Write @name, or just a name for somebody without Telegram.")
ASK_REASON = N_("Why not? The organiser reads it. Skip this to give no reason.")


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

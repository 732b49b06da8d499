"""Thanks, the two questions, and what came of them (R05)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

import msgspec

from bot.events.recap.rules import Again, SayFlaw
from bot.events.texts.card import name_of
from bot.events.texts.news import mentions
from bot.i18n import N_, Html, texts_for
from bot.pictures import Bar, BarsView, Tone
from bot.pictures import bars as draw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.events.recap.rules import Feedback, Said
    from bot.events.rules.event import Event
    from bot.events.rules.signup import SignUp
    from bot.i18n import Texts

HELP_FEEDBACK: Final = N_("How people found an event: stars and whether they would come again, as sums")
FEEDBACK: Final = N_("⭐ Feedback")
AGAIN: Final = {Again.YES: N_("Again: yes"), Again.PERHAPS: N_("Again: perhaps"), Again.NO: N_("Again: no")}
HAND_IN: Final = N_("📷 Hand in notes or photos")
_NAMED: Final = 30
_TONES: Final = {Again.YES: Tone.GREEN, Again.PERHAPS: Tone.AMBER, Again.NO: Tone.ROSE}


def star_label(texts: Texts, stars: int, said: Said) -> str:
    """Label the button that gives stars; the person's own choice is marked."""
    label = f"{texts.number(stars)} ★"
    return f"✓ {label}" if said.stars == stars else label


def again_label(texts: Texts, again: Again, said: Said) -> str:
    """Label the button that says whether one would come again."""
    label = texts.label(AGAIN[again])
    return f"✓ {label}" if said.again is again else label


def thanks_private(texts: Texts, event: Event, group: str) -> Html:
    """Thank somebody in private, and ask."""
    thanks = texts.gettext("🙏 Thank you for coming to {event} in {group}!", event=name_of(event), group=group)
    return Html("{}\n{}").format(thanks, _questions(texts))


def thanks_in_group(texts: Texts, event: Event, people: Sequence[SignUp]) -> Html:
    """Thank those in the group who cannot be written to, and ask."""
    named = mentions(texts, people[:_NAMED])
    if len(people) > _NAMED:
        more = texts.ngettext("{n} more", "{n} more", len(people) - _NAMED)
        named = texts.join([named, more])
    thanks = texts.gettext("🙏 {names}, thank you for coming to {event}!", names=named, event=name_of(event))
    return Html("{}\n{}").format(thanks, _questions(texts))


def _questions(texts: Texts) -> Html:
    return texts.flow(
        texts.gettext("How was it, and would you come again?"),
        texts.gettext("Tap once for each; your last tap counts."),
        texts.gettext("Only sums are shown: nobody learns who said what, not even the organiser."),
    )


def said(texts: Texts, said: Said) -> str:
    """Answer a tap with what stands now."""
    parts = []
    if said.stars is not None:
        parts.append(texts.label("{stars} of 5 stars", stars=texts.number(said.stars)))
    if said.again is not None:
        parts.append(texts.label(AGAIN[said.again]))
    return texts.label("Thank you! Noted: {answers}. You can change it at any time.", answers=", ".join(parts))


def say_flaw(texts: Texts, flaw: SayFlaw) -> str:
    """Say why an answer is not taken."""
    match flaw:
        case SayFlaw.NOT_OVER:
            return texts.label("The event is not over yet. Please answer afterwards.")
        case SayFlaw.CANCELLED:
            return texts.label("This event was cancelled, so there is nothing to say about it.")
        case SayFlaw.NOT_THERE:
            return texts.label("These questions are for those who were at the event.")
        case _:
            assert_never(flaw)


# What came of it


def results(texts: Texts, event: Event, feedback: Feedback) -> Html:
    """Tell organisers the sums."""
    head = texts.gettext("⭐ Feedback on {event}", event=name_of(event))
    if not feedback.answered:
        return Html("{}\n{}").format(head, _nothing(texts, feedback))
    lines = [
        head,
        texts.ngettext(
            "{answered} of {n} person who came answered.",
            "{answered} of {n} people who came answered.",
            feedback.asked,
            answered=texts.number(feedback.answered),
        ),
    ]
    if feedback.rated:
        average = texts.number(round(feedback.average, 1))
        counts = texts.join(
            texts.gettext("{stars} ★ × {count}", stars=texts.number(stars), count=texts.number(count))
            for stars, count in feedback.stars.items()
            if count
        )
        lines.append(texts.gettext("Stars: <b>{average}</b> on average ({counts})", average=average, counts=counts))
    if any(feedback.again.values()):
        yes, perhaps, no = (texts.number(feedback.again[word]) for word in Again)
        lines.append(
            texts.gettext("Would come again: {yes} yes, {perhaps} perhaps, {no} no", yes=yes, perhaps=perhaps, no=no)
        )
    lines.append(texts.gettext("Who said what is shown to nobody."))
    return Html("\n").join(lines)


def _nothing(texts: Texts, feedback: Feedback) -> Html:
    if not feedback.asked:
        return texts.gettext("Nobody was asked: of those who came, nobody is on Telegram.")
    return texts.gettext("Nobody has answered yet. People are asked half an hour after the end.")


class _Made(msgspec.Struct):
    """All a picture is made of."""

    locale: str
    zone: str
    title: str
    stars: dict[int, int]
    again: dict[str, int]


_decode: Final = msgspec.json.Decoder(_Made).decode


def gather(texts: Texts, event: Event, feedback: Feedback) -> bytes:
    """Return what the picture of the sums is made of."""
    again = {word.value: count for word, count in feedback.again.items()}
    return msgspec.json.encode(_Made(texts.locale, texts.tz.key, event.plan.title, dict(feedback.stars), again))


def picture(made_of: bytes) -> bytes:
    """Draw the sums as bars."""
    given = _decode(made_of)
    texts = texts_for(given.locale, given.zone)
    stars = [
        Bar(texts.nlabel("{n} star", "{n} stars", number), count, sum(given.stars.values()) or None)
        for number, count in sorted(given.stars.items(), reverse=True)
    ]
    again = [
        Bar(texts.label(AGAIN[word]), given.again[word.value], sum(given.again.values()) or None, _TONES[word])
        for word in Again
    ]
    return draw(BarsView(given.title, [*stars, *again], texts, texts.label("others")))

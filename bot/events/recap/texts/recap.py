"""Handing in, the organiser's desk, and the recap itself (R05)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, assert_never

from bot.events.recap.rules import (
    MOST_HANDED,
    MOST_PUBLISHED,
    NOTE_LIMIT,
    HandFlaw,
    ItemKind,
    PublishFlaw,
    Standing,
)
from bot.events.texts.card import name_of
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.events.recap.rules import Desk, Handed, Item
    from bot.events.rules.event import Event
    from bot.i18n import Texts

HELP: Final = N_("Hand in notes and photos of an event, or see its recap; organisers put it together")
HAND_TITLE, INTRO_TITLE = N_("Notes and photos"), N_("Introduction")
DONE, THINGS, INTRO = N_("Done"), N_("Notes and photos"), N_("Introduction")
ASK_INTRO: Final = N_("How shall the recap begin? Skip this to begin with what was handed in.")
RECAP: Final = N_("📖 Recap")
ACCEPT_ALL, WRITE, PREVIEW = N_("✓ Accept all new"), N_("✏️ Introduction"), N_("👁 Preview")
PUBLISH, HAND, SHOW = N_("📣 Publish"), N_("📷 Hand in"), N_("📖 Show it here")
ACCEPT, LEAVE_OUT, UP, DOWN, BACK = N_("✓ Accept"), N_("✕ Leave out"), N_("↑ Up"), N_("↓ Down"), N_("« Back")
AUDIT_PHRASES: Final[dict[str, str]] = {
    "recap.accepted": N_("{actor} accepted what {who} handed in for the recap of event {target} “{title}”"),
    "recap.left_out": N_("{actor} left what {who} handed in out of the recap of event {target} “{title}”"),
    "recap.accepted_all": N_("{actor} accepted all that was new for the recap of event {target} “{title}”: {count}"),
    "recap.introduced": N_("{actor} wrote the introduction to the recap of event {target} “{title}”"),
    "recap.published": N_("{actor} published the recap of event {target} “{title}”"),
    "recap.changed": N_("{actor} published the recap of event {target} “{title}” anew"),
}
_NAMES_A_LINE: Final = 40
"""How many names surely fit into a message."""
_MARKS: Final = {Standing.NEW: "•", Standing.ACCEPTED: "✓", Standing.LEFT_OUT: "✕"}
_KINDS: Final = {ItemKind.NOTE: "📝", ItemKind.PHOTO: "🖼", ItemKind.VIDEO: "🎬", ItemKind.DOCUMENT: "📄"}


# Handing in


def ask_things(texts: Texts) -> Html:
    """Ask for notes and photos."""
    return texts.flow(
        texts.gettext("Send me what you want to hand in: notes, photos, videos or documents, also as an album."),
        texts.gettext("At most {most} for an event.", most=texts.number(MOST_HANDED)),
        texts.gettext("The organiser chooses what is published; your name will stand beside it."),
    )


def handed(texts: Texts, handed: Handed) -> Html:
    """Say that something was taken."""
    return texts.gettext(
        "✓ Taken: {count} so far. You may hand in {left} more.",
        count=texts.number(handed.count),
        left=texts.number(handed.left),
    )


def thanks(texts: Texts, event: Event, count: int) -> Html:
    """End handing in."""
    if not count:
        return texts.gettext("Nothing is handed in for {event}.", event=name_of(event))
    return texts.ngettext(
        "Thank you! You have handed in {n} thing for the recap of {event}.",
        "Thank you! You have handed in {n} things for the recap of {event}.",
        count,
        event=name_of(event),
    )


def hand_flaw(texts: Texts, flaw: HandFlaw) -> Html:
    """Say why something is not taken, and what would be."""
    match flaw:
        case HandFlaw.NOT_BEGUN:
            return texts.gettext("This event has not begun yet. Notes and photos can be handed in from its start on.")
        case HandFlaw.CANCELLED:
            return texts.gettext("This event was cancelled, so there is no recap of it.")
        case HandFlaw.EMPTY:
            return texts.gettext("There is nothing to read in it. Please write a note, or send a photo.")
        case HandFlaw.TOO_LONG:
            return texts.gettext(
                "This is too long: at most {limit} characters, please. You may send several notes.",
                limit=texts.number(NOTE_LIMIT),
            )
        case HandFlaw.WRONG_KIND:
            return texts.gettext("A recap holds notes, photos, videos and documents. Please send one of these.")
        case HandFlaw.SAME:
            return texts.gettext("You have handed this in already.")
        case HandFlaw.TOO_MANY:
            return texts.gettext(
                "You have handed in {most} things, which is the most for one event. This one is not taken.",
                most=texts.number(MOST_HANDED),
            )
        case _:
            assert_never(flaw)


def no_recap(texts: Texts, event: Event) -> Html:
    """Say that nothing is published."""
    return texts.gettext("There is no recap of {event} yet.", event=name_of(event))


def stands_there(texts: Texts, event: Event, link: str) -> Html:
    """Lead to a recap in its group."""
    recap = Html('<a href="{}">{}</a>').format(link, texts.gettext("Recap of {event}", event=name_of(event)))
    return Html("📖 {}").format(recap)


def nothing_past(texts: Texts) -> Html:
    """Say that no event of the last months can be meant."""
    return texts.gettext(
        "No event has taken place lately. Name an older one by its number: <code>/event recap 3</code>."
    )


# The desk


def desk_title(texts: Texts, event: Event, desk: Desk, intro: Html, note: Html | None = None) -> Html:
    """Head what organisers have before them, with the introduction in short, and with what was just done."""
    counts = Counter(item.standing for item in desk.items)
    lines = [] if note is None else [note, Html()]
    lines.append(texts.gettext("📖 Recap of {event}", event=name_of(event)))
    if desk.recap.published_at is not None:
        lines.append(texts.gettext("Published {when}.", when=texts.when(desk.recap.published_at)))
    lines.append(
        texts.gettext(
            "Handed in: {count} – {new} new, {accepted} accepted, {out} left out.",
            count=texts.number(len(desk.items)),
            new=texts.number(counts[Standing.NEW]),
            accepted=texts.number(counts[Standing.ACCEPTED]),
            out=texts.number(counts[Standing.LEFT_OUT]),
        )
    )
    if intro:
        lines.append(texts.gettext("Introduction: {intro}", intro=intro))
    else:
        lines.append(texts.gettext("No introduction yet."))
    return Html("\n").join(lines)


def desk_line(texts: Texts, number: int, item: Item, said: Html) -> Html:
    """Write one thing that was handed in on a line, with its text in short."""
    line = Html("{}. {} {} <b>{}</b>").format(texts.number(number), _MARKS[item.standing], _KINDS[item.kind], item.name)
    return Html("{}: {}").format(line, said) if said else line


def item_view(texts: Texts, event: Event, item: Item, text: Html) -> Html:
    """Show one thing that was handed in, with what was decided."""
    match item.standing:
        case Standing.NEW:
            stands = texts.gettext("Not decided yet.")
        case Standing.ACCEPTED:
            stands = texts.gettext("✓ Accepted: it stands in the recap.")
        case Standing.LEFT_OUT:
            stands = texts.gettext("✕ Left out of the recap.")
        case _:
            assert_never(item.standing)
    head = texts.gettext("{event}: handed in by {name}", event=name_of(event), name=item.name)
    parts = [head, text, stands] if text else [head, stands]
    return Html("\n\n").join(parts)


def gone(texts: Texts) -> str:
    """Say that a button is of something that is not there."""
    return texts.label("This is not there any more.")


def accepted_all(texts: Texts, count: int) -> Html:
    """Say how much was accepted at once."""
    if not count:
        return texts.gettext("Nothing is new.")
    return texts.ngettext("{n} is accepted.", "{n} are accepted.", count)


def introduced(texts: Texts) -> Html:
    """Say that the introduction is kept."""
    return texts.gettext("The introduction is kept. Look at the preview before you publish.")


def please_publish(texts: Texts, event: Event, desk: Desk) -> Html:
    """Stand below a preview."""
    if desk.recap.published_at is not None:
        return texts.gettext("⬆️ So the recap of {event} would look now. Publish it anew?", event=name_of(event))
    return texts.gettext("⬆️ So the recap of {event} would look in the group. Publish it?", event=name_of(event))


def published(texts: Texts, event: Event, *, edited: bool, again: bool) -> Html:
    """Say that a recap is published, and how."""
    if edited:
        return texts.gettext("The recap of {event} is changed where it stands.", event=name_of(event))
    if again:
        return texts.gettext(
            "The recap of {event} is published anew. The former messages are deleted as far as Telegram lets me.",
            event=name_of(event),
        )
    return texts.gettext(
        "The recap of {event} is published. <code>/event recap {number}</code> shows it to everybody from now on.",
        event=name_of(event),
        number=str(event.number),
    )


def publish_flaw(texts: Texts, flaw: PublishFlaw) -> Html:
    """Say why nothing is published."""
    match flaw:
        case PublishFlaw.NOTHING:
            return texts.gettext("There is nothing to publish yet: accept something, or write an introduction.")
        case PublishFlaw.UNCHANGED:
            return texts.gettext("The recap stands in the group just so already.")
        case PublishFlaw.ON_ITS_WAY:
            return texts.gettext("The recap is still on its way to the group. Please try again in a minute.")
        case PublishFlaw.TOO_MANY:
            return texts.gettext(
                "A recap holds at most {most} notes and files. Please leave some out.",
                most=texts.number(MOST_PUBLISHED),
            )
        case PublishFlaw.OTHER:
            return texts.gettext("Something was changed since this preview. Please look at a new one.")
        case _:
            assert_never(flaw)


def refused(texts: Texts, event: Event, reason: str) -> Html:
    """Tell the organiser that Telegram would not take a message of the recap."""
    return texts.gettext(
        "Telegram did not take a part of the recap of {event}: {reason}. Publish it again when that is mended.",
        event=name_of(event),
        reason=reason,
    )


def remind(texts: Texts, event: Event, count: int) -> Html:
    """Remind the organiser of what was handed in."""
    return texts.ngettext(
        "📖 There is no recap of {event} yet, and {n} thing was handed in for it. You can put it together here.",
        "📖 There is no recap of {event} yet, and {n} things were handed in for it. You can put it together here.",
        count,
        event=name_of(event),
    )


# The recap itself


def lines(texts: Texts, event: Event, intro: str, chosen: Sequence[Item]) -> Iterator[Html]:
    """Write the paragraphs of a recap: its head, the introduction, what was said, and by whom the files are."""
    yield texts.gettext(
        "📖 Recap of {event}, {day}",
        event=name_of(event),
        day=texts.date(event.plan.starts_at.astimezone(texts.tz).date()),
    )
    if intro:
        yield Html(intro)
    for item in chosen:
        if item.text:
            yield texts.gettext("“{text}” – {name}", text=Html(item.text), name=item.name)
    authors = list(dict.fromkeys(item.name[:64] for item in chosen if item.file_id is not None))
    for start in range(0, len(authors), _NAMES_A_LINE):
        some = authors[start : start + _NAMES_A_LINE]
        yield texts.gettext("📷 With pictures and files by {names}", names=texts.join(some))

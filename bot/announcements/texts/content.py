"""What is said about files, buttons with links, placeholders, and what is confidential."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.announcements.rules.announcement import State
from bot.announcements.rules.content import NoAlbum
from bot.announcements.rules.filling import DATE, GROUP, MEMBERS, Slip, Values
from bot.announcements.rules.links import (
    AddressTooLong,
    BadAddress,
    LabelTooLong,
    LinkProblem,
    LinksTooLarge,
    NoAddress,
    NoLabel,
    TooManyLinks,
)
from bot.announcements.rules.outcomes import IsConfidential, IsPassedOn, ProtectionFixed
from bot.announcements.texts import words
from bot.i18n import N_, Html, Texts

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.announcements.rules.announcement import Announcement
    from bot.announcements.rules.content import Content

BUTTONS = N_("🔗 Buttons")
CONFIDENTIAL = words.CONFIDENTIAL
OPEN = N_("🔓 Not confidential")
FORM_BUTTONS = N_("Buttons of the announcement")
LINKS = N_("Buttons")
NO_BUTTONS = N_("🗑 No buttons")
HELP_BUTTONS = N_("Put buttons with links under an announcement")
USAGE_BUTTONS = N_("/announce buttons 12 | Sign up https://example.org/form | Map https://example.org/map")
HELP_CONFIDENTIAL = N_("Let an announcement not be forwarded or saved, or let it again")
PHRASES = {
    "announcement.buttons": N_("{actor} changed the buttons of announcement {target}"),
    "announcement.confidential": N_("{actor} made announcement {target} confidential"),
    "announcement.not_confidential": N_("{actor} made announcement {target} not confidential any more"),
}
_WRITTEN = {GROUP: N_("{{group}}"), DATE: N_("{{date}}"), MEMBERS: N_("{{members}}")}
"""The placeholders as a reader would write them."""
_SAID = 60


# In the group


def confidential(texts: Texts) -> Html:
    """Mark what is not to be passed on (R10)."""
    return texts.gettext("🔒 <b>Confidential</b>: not to be passed on")


def below_album(texts: Texts) -> Html:
    """Stand above the buttons that an album cannot carry."""
    return texts.gettext("⬆️ About the announcement above:")


# On the card


def lines(texts: Texts, content: Content) -> list[Html]:
    """Say what the words alone do not show."""
    said = []
    if content.protected:
        said.append(texts.gettext("🔒 Confidential: it can be neither forwarded nor saved."))
    count = sum(len(row) for row in content.links)
    if count:
        said.append(texts.ngettext("🔗 {n} button with a link", "🔗 {n} buttons with links", count))
    return said


def placeholders(texts: Texts, names: Collection[str], values: Values, *, recurs: bool) -> list[Html]:
    """Say what stands for the placeholders when it goes out; of what ``recurs``, that the date is another each time."""
    if not names:
        return []
    pairs = [
        Html("<code>{}</code> = {}").format(texts.label(written), values.of(name))
        for name, written in _WRITTEN.items()
        if name in names
    ]
    said = [texts.gettext("✳️ In this group: {values}", values=Html(", ").join(pairs))]
    if DATE in names and recurs:
        said.append(texts.gettext("Each time it comes, the date is that of the day."))
    if MEMBERS in names:
        said.append(texts.gettext("Members are counted as Telegram last told me; I ask at least once a day."))
    return said


def slip(texts: Texts, one: Slip) -> Html:
    """Warn of a word in braces that is probably meant as a placeholder."""
    return texts.gettext(
        "⚠️ <code>{word}</code> is no placeholder and stays as it is. Did you mean <code>{meant}</code>?",
        word=f"{{{one.word}}}",
        meant=f"{{{one.meant}}}",
    )


# Questions


def ask_buttons(texts: Texts, present: str) -> Html:
    """Ask for the buttons; ``present`` are those there are, as they can be typed."""
    asked = texts.gettext(
        "Send the buttons, a line each: first the words, then the address. With a “|” between them they stand side by"
        " side. For example:\n<code>Sign up https://example.org/form\nMap https://example.org/map | Rules"
        " https://example.org/rules</code>"
    )
    if not present:
        return asked
    now = texts.gettext("At present:\n<code>{buttons}</code>", buttons=present)
    return Html("{}\n\n{}").format(asked, now)


def switch_how(texts: Texts) -> Html:
    """Say how it is made confidential by a line."""
    return texts.gettext(
        "Write for example <code>/announce confidential 12 on</code>, or “off” to let it be passed on."
    )


def switched(texts: Texts, number: int, *, on: bool) -> str:
    """Say that it is confidential, or not any more."""
    if on:
        return texts.label("#{number} is confidential: it can be neither forwarded nor saved.", number=number)
    return texts.label("#{number} is not confidential any more.", number=number)


def is_so(texts: Texts, number: int, *, on: bool) -> Html:
    """Answer a switch that would change nothing."""
    if on:
        return texts.gettext("#{number} is confidential already: it can be neither forwarded nor saved.", number=number)
    return texts.gettext("#{number} is not confidential as it is.", number=number)


def protection_fixed(texts: Texts, number: int) -> Html:
    """Say why what is published cannot be made confidential, nor the other way round."""
    return texts.gettext(
        "#{number} is published, and Telegram protects a message only when it is posted. /announce copy {number} makes a"
        " new draft, where you can choose.",
        number=number,
    )


def not_so(texts: Texts, outcome: ProtectionFixed | IsConfidential | IsPassedOn) -> Html:
    """Say why it cannot be confidential, or open, or passed on."""
    match outcome:
        case ProtectionFixed(number=number):
            return protection_fixed(texts, number)
        case IsConfidential(item=item):
            return is_confidential(texts, item)
        case IsPassedOn(number=number):
            return is_passed_on(texts, number)


def is_confidential(texts: Texts, item: Announcement) -> Html:
    """Say why nobody is asked to pass it on (R10, R12)."""
    if item.state is State.PUBLISHED:
        return texts.gettext(
            "#{number} is confidential: nobody can forward it, so nobody can be asked to pass it on. "
            "<code>/announce copy {number}</code> makes a new draft, where you can choose.",
            number=item.number,
        )
    return texts.gettext(
        "#{number} is confidential: nobody can forward it, so nobody can be asked to pass it on. If it may be passed on, first"
        " write <code>/announce confidential {number} off</code>.",
        number=item.number,
    )


def is_passed_on(texts: Texts, number: int) -> Html:
    """Say why it cannot be confidential (R10, R12)."""
    return texts.gettext(
        "#{number} asks everybody to pass it on, and what is confidential cannot be forwarded. If it is to be confidential,"
        " first write <code>/announce share {number} off</code>.",
        number=number,
    )


# Refusals


def no_album(texts: Texts, problem: NoAlbum) -> Html:
    """Say which files go together."""
    return texts.gettext(
        "Telegram does not show these files together: {kinds}. An album has 2 to 10 photos and videos, or only documents, or"
        " only audio files.",
        kinds=texts.join(dict.fromkeys(words.kind(texts, kind) for kind in problem.kinds)),
    )


def bad_links(texts: Texts, problem: LinkProblem) -> Html:
    """Say what is wrong with the buttons, and what would be right."""
    match problem:
        case NoAddress(said=said):
            return texts.gettext(
                "“{said}” has no address. Write the words and then the address, for example: <code>Sign up"
                " https://example.org</code>",
                said=_short(said),
            )
        case BadAddress(said=said, better=""):
            return texts.gettext(
                "“{said}” is no address that a button can open. It begins with https://, http:// or tg:// and stands at the"
                " end: <code>Sign up https://example.org</code>",
                said=_short(said),
            )
        case BadAddress(said=said, better=better):
            return texts.gettext(
                "“{said}” lacks its beginning. Did you mean <code>{better}</code>?", said=_short(said), better=better
            )
        case NoLabel(url=url):
            return texts.gettext(
                "What shall stand on the button for {url}? Write it before the address: <code>Sign up {url}</code>",
                url=_short(url),
            )
        case _:
            return _too_much(texts, problem)


def _too_much(texts: Texts, problem: LabelTooLong | AddressTooLong | TooManyLinks | LinksTooLarge) -> Html:
    match problem:
        case LabelTooLong(label=label, length=length, limit=limit):
            return texts.gettext(
                "“{label}” has {length} characters; at most {limit} fit on a button.",
                label=_short(label),
                length=texts.number(length),
                limit=texts.number(limit),
            )
        case AddressTooLong(label=label, length=length, limit=limit):
            return texts.gettext(
                "The address of “{label}” has {length} characters; Telegram takes {limit} at most.",
                label=_short(label),
                length=texts.number(length),
                limit=texts.number(limit),
            )
        case TooManyLinks(count=count, limit=limit, in_row=True):
            return texts.gettext(
                "{count} buttons do not fit side by side; at most {limit} do. Put the others on a line of their own.",
                count=texts.number(count),
                limit=texts.number(limit),
            )
        case TooManyLinks(count=count, limit=limit):
            return texts.gettext(
                "These are {count} buttons; at most {limit} fit under a message.",
                count=texts.number(count),
                limit=texts.number(limit),
            )
        case LinksTooLarge(size=size, limit=limit):
            return texts.gettext(
                "All buttons together take {size} bytes; Telegram takes about {limit}. Use fewer, or shorter addresses.",
                size=texts.number(size),
                limit=texts.number(limit),
            )
        case _:
            assert_never(problem)


def _short(text: str) -> str:
    return text if len(text) <= _SAID else f"{text[: _SAID - 1]}…"

"""Sentences about messages whose fate is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_

if TYPE_CHECKING:
    from datetime import datetime

    from bot.deliveries.rules import Glimpse
    from bot.i18n import Html, Texts

TITLE = N_("Deliveries")


def uncertain(texts: Texts, place: str, words: Glimpse) -> Html:
    """Ask a manager to look whether a message is there."""
    return texts.gettext(
        "I lost the connection while posting in <b>{place}</b>, and do not know whether this arrived:\n"
        "<blockquote>{words}</blockquote>\nPlease look there, then tell me.",
        place=place,
        words=words.words,
    )


def uncertain_here(texts: Texts, words: Glimpse) -> Html:
    """Ask a person whether they got a message in this private chat."""
    return texts.gettext(
        "I lost the connection while writing to you, and do not know whether this arrived:\n<blockquote>{words}</blockquote>",
        words=words.words,
    )


def again_button(texts: Texts) -> str:
    """Label: it did not arrive."""
    return texts.label("Not there: send again")


def there_button(texts: Texts) -> str:
    """Label: it did."""
    return texts.label("It is there")


def sent_again(texts: Texts, words: Glimpse) -> Html:
    """Say that it was put into the outbox once more."""
    return texts.gettext("Sending again: “{words}”", words=words.words)


def is_there(texts: Texts) -> Html:
    """Say that the matter is settled."""
    return texts.gettext("Good, it arrived. Nothing is sent again.")


def settled_already(texts: Texts) -> str:
    """Answer a second tap."""
    return texts.label("Somebody has settled this already.")


def cannot_again(texts: Texts) -> str:
    """Answer for a message that answered another that is gone."""
    return texts.label("This message cannot be sent again: what it belonged to is gone.")


def right_lost(texts: Texts, group: str, reason: str) -> Html:
    """Tell whoever runs the group that Telegram refused an act."""
    return texts.gettext(
        "In <b>{group}</b> Telegram did not let me act: <i>{reason}</i>.\n"
        "Please look at my administrator rights there; /settings shows which I need and why.",
        group=group,
        reason=reason,
    )


def lost_group(texts: Texts, group: str, reason: str) -> Html:
    """Tell the owner that the bot is out, as far as it can see."""
    return texts.gettext(
        "I can no longer write in <b>{group}</b>: <i>{reason}</i>. Reminders and the daily digest rest there.\n"
        "Nothing I stored is lost. If I am out, add me again; if I am still in, I carry on as soon as somebody writes "
        "something there.",
        group=group,
        reason=reason,
    )


def overview_title(texts: Texts, group: str, waiting: int, count: int) -> Html:
    """Head the list."""
    state = texts.ngettext("{n} message waits to be sent.", "{n} messages wait to be sent.", waiting)
    if count:
        open_ends = texts.ngettext("{n} message needs you:", "{n} messages need you:", count)
    elif waiting:
        open_ends = texts.gettext("Everything else has arrived.")
    else:
        return texts.gettext("<b>Deliveries in {group}</b>\nEverything has arrived.", group=group)
    return texts.gettext("<b>Deliveries in {group}</b>\n{state} {open}", group=group, state=state, open=open_ends)


def numbered(texts: Texts, number: int, line: Html) -> Html:
    """Number a line of the list, as its buttons are numbered."""
    return texts.gettext("{number}. {line}", number=number, line=line)


def numbered_label(texts: Texts, number: int, label: str) -> str:
    """Say on a button which line of the list it is about."""
    return texts.label("{number}: {label}", number=number, label=label)


def line(texts: Texts, words: Glimpse, at: datetime, reason: str | None) -> Html:
    """One message in the list; ``reason`` None where it is not known whether it arrived."""
    if reason is None:
        return texts.gettext("{when}, perhaps arrived: “{words}”", when=texts.when(at), words=words.words)
    return texts.gettext(
        "{when}, refused (<i>{reason}</i>): “{words}”", when=texts.when(at), reason=reason, words=words.words
    )

"""What whoever sent one announcement to several groups is told of all of them together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.acknowledgement.rules.taps import Sum
    from bot.i18n import Html, Texts


def everywhere(texts: Texts, found: Sum) -> Html:
    """Say below how it stands in one group how it stands in all."""
    return texts.gettext(
        "In all {groups} together: read by {read}.",
        groups=texts.nlabel("{n} group", "{n} groups", found.groups),
        read=texts.number(found.read),
    )


def so_far(texts: Texts, found: Sum, now: datetime) -> Html:
    """Say on the card of all of them how it stands."""
    asked = texts.ngettext("✅ Asked in {n} group.", "✅ Asked in {n} groups.", found.groups)
    return texts.flow(asked, _read(texts, found), texts.gettext("(As of {time}.)", time=texts.clock(now)))


def deadline(texts: Texts, excerpt: str, found: Sum) -> Html:
    """Tell that the deadline has passed."""
    return texts.flow(
        texts.ngettext(
            "⏳ The deadline of “{excerpt}” has passed in {n} group.",
            "⏳ The deadline of “{excerpt}” has passed in {n} groups.",
            found.groups,
            excerpt=excerpt,
        ),
        _read(texts, found),
        texts.gettext("Who has not is shown by <code>/announce status</code> in each group."),
    )


def _read(texts: Texts, found: Sum) -> Html:
    read = texts.ngettext("{n} person has acknowledged it.", "{n} people have acknowledged it.", found.read)
    late = texts.ngettext("{n} was late.", "{n} were late.", found.late) if found.late else None
    return read if late is None else texts.flow(read, late)


def ask_reopen(texts: Texts, excerpt: str, found: Sum) -> Html:
    """Ask whether everybody is to acknowledge changed words again, in all groups."""
    return texts.ngettext(
        "“{excerpt}” has changed in {groups}. {n} person has acknowledged the former words. Is everybody to acknowledge it "
        "again?",
        "“{excerpt}” has changed in {groups}. {n} people have acknowledged the former words. Is everybody to acknowledge it "
        "again?",
        found.read,
        excerpt=excerpt,
        groups=texts.nlabel("{n} group", "{n} groups", found.groups),
    )


def reopened(texts: Texts) -> Html:
    """Confirm that everybody is asked again."""
    return texts.gettext("Everybody is asked anew, in one group after the other.")


def kept(texts: Texts) -> Html:
    """Confirm that what was acknowledged counts."""
    return texts.gettext("What was acknowledged goes on counting, in all groups.")


def not_yours(texts: Texts) -> Html:
    """Say that only whoever sent it has a say in all groups."""
    return texts.gettext("Only whoever sent it to these groups can say that. In your own group, look at its own card.")

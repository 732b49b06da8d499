"""How busy a day was, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.digest.activity.rules import Compared, Tally
    from bot.i18n import Html, Texts


def activity(texts: Texts, found: Compared) -> Html:
    """Say how much was written, and how much the day before (R01)."""
    before = _tally(texts, found.before)
    if not found.day.messages:
        return texts.gettext("💬 No messages yesterday; the day before {before}.", before=before)
    if not found.before.messages:
        return texts.gettext("💬 {today}; the day before none.", today=_tally(texts, found.day))
    return texts.gettext("💬 {today}; the day before {before}.", today=_tally(texts, found.day), before=before)


def so_far(texts: Texts, today: Tally) -> Html:
    """Say how much was written today until now."""
    if not today.messages:
        return texts.gettext("<i>Today so far: no messages.</i>")
    return texts.gettext("<i>Today so far: {today}.</i>", today=_tally(texts, today))


def _tally(texts: Texts, tally: Tally) -> Html:
    messages = texts.ngettext("{n} message", "{n} messages", tally.messages)
    if not tally.members:
        return messages
    return texts.ngettext("{messages} from {n} member", "{messages} from {n} members", tally.members, messages=messages)

"""What is said when a group has long been off its theme."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.i18n import N_, Html
from bot.policy.theme.rules.theme import Steer, Theme

if TYPE_CHECKING:
    from bot.i18n import Texts
    from bot.policy.theme.rules.clock import Strayed


_SEND, _LET_BE, _ADD_WORDS = N_("📣 Send the next post"), N_("🕊 Let it be today"), N_("✏️ Change the words")


def strayed(texts: Texts, title: str, found: Strayed, theme: Theme, waiting: int) -> Html:
    """Tell managers that the group has long been off its theme."""
    lines = [
        texts.ngettext(
            "🧭 <b>{group}</b> has been off its theme since {when}: {count} message.",
            "🧭 <b>{group}</b> has been off its theme since {when}: {count} messages.",
            found.talk,
            group=title,
            when=texts.when(datetime.fromtimestamp(found.since, UTC)),
            count=texts.number(found.talk),
        )
    ]
    if theme.steer is Steer.POST and not waiting:
        lines.append(texts.gettext("No prepared post is left to send: <code>/theme add</code> prepares one."))
    return Html("\n").join(lines)


def send_label(texts: Texts) -> str:
    """Name the button that sends the next post."""
    return texts.label(_SEND)


def let_be_label(texts: Texts) -> str:
    """Name the button that leaves the group alone for today."""
    return texts.label(_LET_BE)


def change_words_label(texts: Texts) -> str:
    """Name the button that asks for the words, below the message that tells of a talk off the theme."""
    return texts.label(_ADD_WORDS)


def left_alone(texts: Texts, until: datetime) -> Html:
    """Confirm that the group is left alone."""
    return texts.gettext("I leave it alone until {when}.", when=texts.when(until))

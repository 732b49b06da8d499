"""Sending with the announcement: what the page, its buttons and the managers' card say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements.broadcast.rules.life import State
from bot.announcements.rules.announcement import OPEN, Announcement
from bot.i18n import N_

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.broadcast.rules.life import Broadcast
    from bot.i18n import Html, Texts

WITH_IT = N_(
    "⏰ It has a time in its own group. The groups ticked here get it as soon as it is posted there, or now, as you tap below."
)
WITH_EACH = N_(
    "🔁 It recurs. The groups ticked here get each date's announcement as soon as that is posted in its own group."
)
NO_DATES_NOW = N_("#{number} goes out on its dates. Tap the button with 🔁 to have it go to these groups as well.")

NO_TIME = N_("#{number} has no time to come. Send it now, or set a time first.")


def with_it_key(texts: Texts, number: int, at: datetime, count: int) -> str:
    """Label the button that sends it to the groups at its time."""
    return texts.nlabel(
        "🕘 With #{number}, {when}: to {n} group as well",
        "🕘 With #{number}, {when}: to {n} groups as well",
        count,
        number=number,
        when=texts.when(at),
    )


def with_each_key(texts: Texts, number: int, count: int) -> str:
    """Label the button that sends every date's announcement to the groups."""
    return texts.nlabel(
        "🔁 With each date of #{number}: to {n} group as well",
        "🔁 With each date of #{number}: to {n} groups as well",
        count,
        number=number,
    )


def send_now_key(texts: Texts, count: int) -> str:
    """Label the button that does not wait for the time."""
    return texts.nlabel("📡 Send to {n} group now", "📡 Send to {n} groups now", count)


def waits(texts: Texts, broadcast: Broadcast, groups: int) -> Html:
    """Say, where groups were chosen, that it goes to them with the announcement."""
    if broadcast.state is State.EACH:
        return texts.ngettext(
            "🔁 Each date of #{number} goes to {n} more group. The card of #{number} says so too; there you can change that.",
            "🔁 Each date of #{number} goes to {n} more groups. The card of #{number} says so too; there you can change that.",
            groups,
            number=broadcast.number,
        )
    return texts.ngettext(
        "🕘 #{number} goes to {n} more group when it is posted. Its card says so too; there you can change that.",
        "🕘 #{number} goes to {n} more groups when it is posted. Its card says so too; there you can change that.",
        groups,
        number=broadcast.number,
    )


def beside(texts: Texts, item: Announcement, broadcast: Broadcast, groups: int) -> Html | None:
    """Say on the managers' card where it goes as well, or that it does not; None where there is nothing to say."""
    if broadcast.has_lapsed:
        if item.state in OPEN or not groups:
            return None
        return texts.ngettext(
            "📡 Nor does it go to the {n} other group that {name} had chosen.",
            "📡 Nor does it go to the {n} other groups that {name} had chosen.",
            groups,
            name=broadcast.user_name,
        )
    if broadcast.state is State.EACH and item.recurring_id is None:
        return texts.ngettext(
            "📡 It does not recur any more, so it goes to the {n} other group that {name} had chosen no more either.",
            "📡 It does not recur any more, so it goes to the {n} other groups that {name} had chosen no more either.",
            groups,
            name=broadcast.user_name,
        )
    if broadcast.state is State.EACH:
        return texts.ngettext(
            "📡 On each date it goes to {n} more group with it, chosen by {name}. “Several groups” changes that.",
            "📡 On each date it goes to {n} more groups with it, chosen by {name}. “Several groups” changes that.",
            groups,
            name=broadcast.user_name,
        )
    return texts.ngettext(
        "📡 It goes to {n} more group with it, chosen by {name}. “Several groups” changes that.",
        "📡 It goes to {n} more groups with it, chosen by {name}. “Several groups” changes that.",
        groups,
        name=broadcast.user_name,
    )

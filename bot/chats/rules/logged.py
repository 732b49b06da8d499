"""A setting as the audit log keeps it: short, and readable in every language with the log's words for what stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.chats.rules.typed import spans_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from bot.chats.rules.profile import BotStanding
    from bot.kernel.groups import QuietHours

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY: Final = "every_day"
_MOST: Final = 12
"""So many spans of holidays are written down; of the rest, how many."""


def quiet(hours: Iterable[QuietHours]) -> dict[str, Any]:
    """Write quiet hours: the weekdays by the hours."""
    return {f"{one.start:%H:%M}–{one.end:%H:%M}": _weekdays(one.weekdays) for one in hours}


def _weekdays(days: Collection[int]) -> Any:
    return EVERY_DAY if len(days) == len(DAYS) else [DAYS[day] for day in sorted(days)]


def holidays(days: Collection[date]) -> list[str]:
    """Write days, consecutive ones drawn together."""
    spans = [
        first.isoformat() if first == last else f"{first.isoformat()} – {last.isoformat()}"
        for first, last in spans_of(days)
    ]
    rest = len(spans) - _MOST
    return spans if rest <= 0 else [*spans[:_MOST], f"+{rest}"]


def topics(held: Mapping[Any, int]) -> dict[str, str]:
    """Write which topic is for what."""
    return {str(purpose): f"#{thread}" for purpose, thread in sorted(held.items())}


def standing(bot: BotStanding) -> Any:
    """Write the bot's rights, or its place in the chat where it is no administrator."""
    return sorted(right.value for right in bot.rights) if bot.is_admin and bot.rights else bot.status

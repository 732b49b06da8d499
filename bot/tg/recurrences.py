"""How a form asks for something that comes again and again, and shows it back with its next dates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from bot.i18n import Html
from bot.kernel.recurrence import Recurrence, from_json, parse_recurrence, to_json, upcoming
from bot.kernel.times import to_local
from bot.phrases import recurrence
from bot.tg.forms.model import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.i18n import Texts
    from bot.tg.forms.model import Asking, Reply

SHOWN: Final = 5
"""How many dates are shown before a rule is saved."""


def dates(texts: Texts, found: Sequence[datetime]) -> Html:
    """Write instants one a line, with their weekdays."""
    return Html("\n").join(Html("• {}").format(texts.when(at)) for at in found)


def read(start_of: Callable[[Asking], datetime]) -> Callable[[Asking, Reply], str | Problem]:
    """Read a rule as people type it, from a start that the other answers give; the value is its JSON."""

    def parse(asking: Asking, reply: Reply) -> str | Problem:
        rule = understood(reply.text, start_of(asking), asking)
        return Problem(not_understood(asking.texts, reply.text)) if rule is None else to_json(rule)

    return parse


def understood(text: str, start: datetime, asking: Asking) -> Recurrence | None:
    """Return the rule that a text says, from an instant on, in the group's zone; None if it says none that comes again."""
    zone = asking.group.zone if asking.group is not None else "UTC"
    rule = parse_recurrence(text, to_local(start, ZoneInfo(zone)), zone)
    return rule if rule is not None and upcoming(rule, asking.now, 1) else None


def not_understood(texts: Texts, text: str) -> Html:
    """Say what a rule looks like."""
    return texts.gettext(
        "“{text}” is not a rule I understand, or it is over already. Write for example <code>every week</code>,"
        " <code>every 2 weeks on Sat</code>, <code>every month on the first Sunday</code> or <code>weekly until 31 Dec</code>.",
        text=text[:64],
    )


def show(asking: Asking, value: Any) -> Html:
    """Show a rule with its next five dates."""
    rule = from_json(str(value))
    found = upcoming(rule, max(asking.now, local_start(rule) - timedelta(seconds=1)), SHOWN)
    return Html("{}\n{}").format(recurrence(asking.texts, rule), dates(asking.texts, found))


def local_start(rule: Recurrence) -> datetime:
    """Return the instant from which a rule counts (aware, UTC)."""
    return rule.start.replace(tzinfo=ZoneInfo(rule.zone)).astimezone(UTC)

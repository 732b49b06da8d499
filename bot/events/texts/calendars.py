"""An event as its entry in a calendar reads (R05)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events.rules.calendars import Entry, uid_of
from bot.events.rules.event import State
from bot.events.rules.plan import Kind

if TYPE_CHECKING:
    from bot.events.rules.event import Event
    from bot.events.rules.plan import Plan
    from bot.i18n import Texts


def entry(texts: Texts, event: Event, group: str, bot_id: int, card: str | None = None, *, is_going: bool) -> Entry:
    """Write an event down for a calendar. ``card`` is the address of its card; only who ``is_going`` is told the link."""
    plan = event.plan
    link = plan.link if is_going else None
    return Entry(
        uid=uid_of(event.id, bot_id),
        sequence=event.sequence,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        title=plan.title,
        host=group,
        place=_place(texts, plan),
        spot=plan.spot,
        about="\n".join(_about(texts, plan, group, card, link)),
        url=link or card,
        is_off=event.state is State.CANCELLED,
    )


def _place(texts: Texts, plan: Plan) -> str:
    if plan.place:
        return plan.place
    if plan.spot is not None:
        return f"{plan.spot[0]:.6f}, {plan.spot[1]:.6f}"
    return texts.label("Online") if plan.kind is Kind.ONLINE else ""


def _about(texts: Texts, plan: Plan, group: str, card: str | None, link: str | None) -> list[str]:
    lines = [plan.about] if plan.about else []
    if plan.price:
        lines.append(texts.label("Price: {price}", price=plan.price))
    if link is not None:
        lines.append(texts.label("Link: {link}", link=link))
    if card is not None:
        lines.append(texts.label("Sign-up in {group}: {card}", group=group, card=card))
    return lines

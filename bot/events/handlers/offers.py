"""The offer of a seat in somebody's private chat: a live message that says what became of it once it is answered or over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.events import service
from bot.events.handlers import codes
from bot.events.handlers.board import CARD
from bot.events.rules.signup import Notice, SignUpState
from bot.events.texts import news
from bot.kernel.ids import UserId
from bot.tg import effects as fx
from bot.tg.buttons import rows
from bot.tg.capability import CardView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.events.handlers.clock import About
    from bot.events.rules.event import Event
    from bot.events.rules.signup import SignUp
    from bot.events.service import Tapped
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Scope
    from bot.tg.effects import Keyboard

OFFER: Final = "event_offer"
"""The kind of the message; its key is ``12:345``, the event and the person."""


def keys(texts: Texts, group: Group, event: Event) -> Keyboard:
    """Let somebody accept or decline a seat."""
    return rows(
        (
            codes.ACCEPT.key(texts.label(news.ACCEPT), group, event.id),
            codes.DECLINE.key(texts.label(news.DECLINE), group, event.id),
        )
    )


async def render(scope: Scope, group: Group, key: str, texts: Texts) -> CardView | None:
    """Draw an offer as it is now: with its buttons while it stands."""
    event_id, user_id = map(int, key.split(":"))
    found = await service.get(scope.tx, group.id, event_id)
    one = await service.standing_of(scope.tx, event_id, UserId(user_id))
    if found is None or one is None:
        return None
    event, phase = found[0], found[0].phase(scope.now)
    if one.state is SignUpState.OFFERED and phase.is_live:
        html = news.in_private(texts, event, group.title, replace(one, notice=Notice.OFFERED))
        return CardView(html, keys(texts, group, event))
    return CardView(news.offer_over(texts, event, group.title, one.state, phase), finished=True)


async def post(scope: Scope, about: About, people: Iterable[SignUp]) -> None:
    """Offer a seat to each of these people in their private chat."""
    for one in people:
        changed(scope, about.event.id, one.user_id)
        await scope.cards.post(
            OFFER, _key(about.event.id, one.user_id), about.group, one.user_id, priority=fx.Priority.BROADCAST
        )


def changed(scope: Scope, event_id: int, *people: UserId) -> None:
    """Bring the offers to these people up to date."""
    for user_id in people:
        scope.cards.changed(OFFER, _key(event_id, user_id))


def after_word(scope: Scope, done: Tapped) -> None:
    """Bring the card of an event up to date after somebody's word, and the offer it answers."""
    scope.cards.changed(CARD, str(done.event.id))
    if done.was_offered and done.mine is not None:
        changed(scope, done.event.id, done.mine.user_id)


def _key(event_id: int, user_id: UserId) -> str:
    return f"{event_id}:{user_id}"

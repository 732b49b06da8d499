"""The link of an online event, and the call to its start: in private, to those who are going."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events import service as events
from bot.events.handlers import finding
from bot.events.rules.event import Phase
from bot.events.rules.plan import Kind
from bot.events.rules.signup import SignUp, SignUpState
from bot.events.talks import service
from bot.events.talks.handlers import codes
from bot.events.talks.texts import link as say
from bot.tg import effects as fx

if TYPE_CHECKING:
    from datetime import datetime

    from telegram import Update

    from bot.events.handlers.clock import About
    from bot.events.handlers.telling import Teller
    from bot.events.rules.event import Event
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Key

CALLED = frozenset({Phase.OPEN, Phase.PAST_DEADLINE, Phase.CLOSED, Phase.OVER})


class Links:
    """The link and the call, with what the composition root gave."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller

    async def asked(self, _update: Update, context: Context) -> None:
        """``/event link 3``: tell the link in private."""
        meant = await finding.named(context, "/event link", codes.LINK)
        if meant is not None:
            await self._tell(context, meant.event)

    async def tapped(self, _update: Update, context: Context, event_id: int) -> None:
        """Tell the link in private to somebody who taps the button on the card, if they are going, speak or run events."""
        meant = await finding.picked(context, event_id)
        if meant is not None:
            await self._tell(context, meant.event)

    async def _tell(self, context: Context, event: Event) -> None:
        who, texts = context.actor.user_id, context.texts
        if event.plan.link is None:
            context.toast(say.no_link(texts), alert=True)
        elif not finding.may_organise(context) and not await service.may_see_link(context.tx, event, who):
            context.toast(say.link_not_yours(texts), alert=True)
        elif not context.private and who not in await self._teller.reachable_of(context.tx, [who]):
            context.toast(say.open_private(texts, context.scope.bot_username), alert=True)
        else:
            own = await context.scope.texts_of(who, context.group, context.actor.language_code)
            message = fx.SendMessage(who, str(say.link(own, event)), protect=True)
            context.effects.put(message, priority=fx.Priority.ANSWER, group_id=context.group.id)
            context.toast_empty() if context.private else context.toast(say.link_sent(texts))

    async def call(self, scope: Scope, about: About, _detail: str) -> None:
        """Call everybody to the start; late is better than never as long as the event lasts."""
        event, group = about.event, about.group
        if about.phase not in CALLED or scope.now >= event.plan.ends_at:
            return
        html = say.call(scope.texts(group), event, about.phase)
        await self._teller.in_group(scope, about, html, expires=event.plan.ends_at)
        if event.plan.link is None:
            await self._teller.to_organiser(scope, about, lambda texts: say.without_link(texts, event))
        people = await events.people(scope.tx, event.id, SignUpState.GOING)
        going = {one.user_id for one in people}
        people += [
            SignUp(one.user_id, one.name, SignUpState.GOING, 0, scope.now)
            for one in await service.speakers(scope.tx, event.id)
            if one.user_id is not None and one.can_be_told and one.user_id not in going
        ]

        def write(own: Texts, _one: SignUp) -> Html:
            return say.call_private(own, event, group.title, about.phase)

        await self._teller.in_private(scope, about, people, write, protect=True, expires=event.plan.ends_at)


def is_on(event: Event, now: datetime) -> bool:
    """Say whether an online event is to come, or takes place now."""
    return event.plan.kind is Kind.ONLINE and event.phase(now) in CALLED and now < event.plan.ends_at


async def key(scope: Scope, group: Group, event: Event, texts: Texts) -> Key | None:
    """Return the button on the card of an online event that has a link."""
    if event.plan.link is None or not is_on(event, scope.now):
        return None
    return codes.LINK.key(texts.label(say.LINK), group, event.id)

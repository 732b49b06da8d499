"""Thanks after an event, the two questions, and the sums of the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.events.handlers import codes as core
from bot.events.handlers import finding
from bot.events.handlers.quiet import put_off
from bot.events.recap import service
from bot.events.recap.handlers import codes, past
from bot.events.recap.rules import MOST_STARS, THANKS_AFTER, THANKS_WITHIN, Again, Said, SayFlaw
from bot.events.recap.texts import feedback as say
from bot.events.rules.event import Phase
from bot.events.service import clock
from bot.events.texts import card as card_texts
from bot.events.texts import panel as panel_texts
from bot.tg.aside import step_aside
from bot.tg.buttons import rows
from bot.tg.capability import Maker

if TYPE_CHECKING:
    from telegram import Update

    from bot.events.handlers.clock import About
    from bot.events.handlers.finding import Meant
    from bot.events.handlers.telling import Teller
    from bot.events.rules.event import Event
    from bot.events.rules.signup import SignUp
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Keyboard

PICTURE: Final = Maker("events.feedback", say.picture)


class Thanks:
    """Thanks people, with what the composition root gave."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller

    async def ended(self, scope: Scope, about: About, _detail: str) -> None:
        """Have people thanked and the organiser reminded, now that an event is over."""
        if about.phase is Phase.OVER and scope.now >= about.event.plan.ends_at:
            await service.ended(scope.tx, about.event)

    async def thank(self, scope: Scope, about: About, _detail: str) -> None:
        """Thank who came, once: in private, and in one message in the group those who cannot be written to."""
        event, group = about.event, about.group
        end = event.plan.ends_at
        if about.phase is not Phase.OVER or scope.now > end + THANKS_WITHIN:
            return
        if scope.now < end + THANKS_AFTER:
            await clock.set_all(scope.tx, event, {service.THANKS: end + THANKS_AFTER})
            return
        if await put_off(scope, about, service.THANKS, end + THANKS_WITHIN):
            return
        people = [one for one in await service.thank(scope.tx, event) if one.has_telegram]

        def write(own: Texts, _one: SignUp) -> Html:
            return say.thanks_private(own, event, group.title)

        missed = await self._teller.in_private(
            scope, about, people, write, lambda own, _one: _keys(own, group, event), expires=end + THANKS_WITHIN
        )
        if missed:
            texts = scope.texts(group)
            there = [one for one in people if one.user_id in missed]
            html = say.thanks_in_group(texts, event, there)
            await self._teller.in_group(scope, about, html, _keys(texts, group, event), expires=end + THANKS_WITHIN)


async def stars(_update: Update, context: Context, event_id: int, number: int) -> None:
    """Take a person's stars."""
    if not 1 <= number <= MOST_STARS:
        context.toast(card_texts.stale(context.texts))
        return
    meant = await finding.picked(context, event_id)
    if meant is not None:
        done = await service.say(context.tx, meant.event, context.actor.user_id, context.now, stars=number)
        _answer(context, meant.event, done)


async def again(_update: Update, context: Context, event_id: int, word: str) -> None:
    """Take whether a person would come again."""
    if word not in set(Again):
        context.toast(card_texts.stale(context.texts))
        return
    meant = await finding.picked(context, event_id)
    if meant is not None:
        done = await service.say(context.tx, meant.event, context.actor.user_id, context.now, again=Again(word))
        _answer(context, meant.event, done)


def _answer(context: Context, event: Event, done: Said | SayFlaw) -> None:
    """Say to the person alone what is noted; in private their choice is marked too."""
    if isinstance(done, SayFlaw):
        context.toast(say.say_flaw(context.texts, done), alert=True)
        return
    context.toast(say.said(context.texts, done))
    if context.private:
        html = say.thanks_private(context.texts, event, context.group.title)
        context.edit(html, _keys(context.texts, context.group, event, done))


def _keys(texts: Texts, group: Group, event: Event, said: Said | None = None) -> Keyboard:
    said = said or Said()
    return rows(
        (
            codes.STARS.key(say.star_label(texts, number, said), group, event.id, number)
            for number in range(1, MOST_STARS + 1)
        ),
        (codes.AGAIN.key(say.again_label(texts, word, said), group, event.id, word.value) for word in Again),
        (codes.HAND_IN.key(texts.label(say.HAND_IN), group, event.id),),
    )


# The sums


async def feedback(_update: Update, context: Context) -> None:
    """``/event feedback 3``: the sums, for organisers (R05)."""
    meant = await past.named(context, "/event feedback", codes.FEEDBACK)
    if meant is not None:
        await step_aside(context)
        await _show(context, meant)


async def tapped(_update: Update, context: Context, event_id: int) -> None:
    """Show the sums by a button."""
    meant = await finding.picked(context, event_id)
    if meant is not None:
        await step_aside(context)
        context.toast_empty()
        await _show(context, meant)


async def _show(context: Context, meant: Meant) -> None:
    texts, event = context.texts, meant.event
    sums = await service.feedback(context.tx, event.id)
    html = say.results(texts, event, sums)
    keys = rows((core.PANEL.key(texts.label(panel_texts.BACK), context.group, event.id),))
    if not sums.answered:
        context.edit(html, keys)
        return
    photo = context.effects.recipe(PICTURE.name, say.gather(texts, event, sums), f"feedback-{event.number}.png")
    context.edit_photo(photo, html, keys)

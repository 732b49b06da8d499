"""The price of an event: who owes, who says that they paid, whom the organiser has it from. The bot holds no money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.events.door.handlers import codes
from bot.events.door.handlers.finding import at_door
from bot.events.door.rules import money as rules
from bot.events.door.rules.money import Share
from bot.events.door.service import money as service
from bot.events.door.texts import money as say
from bot.events.handlers import board, finding
from bot.events.handlers.aside import aside_only
from bot.events.handlers.clock import About
from bot.events.rules.event import Phase
from bot.events.rules.outcomes import In
from bot.events.texts import card as card_texts
from bot.i18n import Html
from bot.kernel.ids import UserId
from bot.tg.buttons import rows
from bot.tg.pages import turning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telegram import Update

    from bot.events.door.rules.money import Row
    from bot.events.handlers.finding import Meant
    from bot.events.handlers.telling import Teller
    from bot.events.rules.event import Event
    from bot.events.rules.signup import SignUp
    from bot.events.service import Tapped
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Key, Keyboard

PER_PAGE: Final = 10


async def command(_update: Update, context: Context) -> None:
    """``/event money 3``: the table for an organiser, the own share for everybody else."""
    meant = await at_door(context, "/event money", codes.MONEY)
    if meant is not None:
        await _open(context, meant)


async def opened(_update: Update, context: Context, event_id: int) -> None:
    """Show the money of an event that was chosen by a button."""
    meant = await finding.picked(context, event_id)
    if meant is not None:
        await _open(context, meant)


async def _open(context: Context, meant: Meant) -> None:
    if finding.may_organise(context):
        await aside_only(context)
        context.reply(*await _table(context, meant, unsettled=False, page=1))
    elif context.private:
        context.reply(*await _own(context, meant))
    else:
        keys = rows((_say_key(context.texts, context.group, meant.event.id, paid=True),))
        context.reply(say.in_group(context.texts, meant.event), keys if meant.event.plan.price else None)


# The table


async def turn(_update: Update, context: Context, event_id: int, unsettled: int, page: int) -> None:
    """Show another page, or only what is open."""
    meant = await finding.picked(context, event_id)
    if meant is not None:
        context.edit(*await _table(context, meant, unsettled=bool(unsettled), page=page))


async def mark(
    _update: Update, context: Context, event_id: int, user_id: int, word: str, unsettled: int, page: int
) -> None:
    """Note how things stand with somebody."""
    meant = await finding.picked(context, event_id)
    if meant is None:
        return
    if word not in set(Share):
        context.toast(card_texts.stale(context.texts))
        return
    by = board.person_of(context)
    share = Share(word)
    done = await service.mark(context.tx, context.group, meant.event, UserId(user_id), share, by, context.now)
    context.toast(say.marked(context.texts, done))
    context.edit(*await _table(context, meant, unsettled=bool(unsettled), page=page))


async def _table(context: Context, meant: Meant, *, unsettled: bool, page: int) -> tuple[Html, Keyboard]:
    texts, group, event = context.texts, context.group, meant.event
    everybody = await service.table(context.tx, event)
    shown = [row for row in everybody if not unsettled or not row.is_settled]
    pages = max(-(-len(shown) // PER_PAGE), 1)
    page = min(max(page, 1), pages)
    begin = (page - 1) * PER_PAGE
    some = list(enumerate(shown[begin : begin + PER_PAGE], start=begin + 1))
    head = say.heading(texts, event, rules.price_of(event.plan.price), rules.sums(everybody))
    html = Html("\n").join([head, *(say.line(texts, place, row) for place, row in some)])
    owing = any(row.share is Share.OWES for row in everybody)
    keys: list[Iterable[Key | None]] = [
        _mark_keys(texts, group, event.id, place, row, (int(unsettled), page)) for place, row in some
    ]
    keys += turning(page, pages, codes.TABLE, group, event.id, int(unsettled), texts=texts)
    other = texts.label(say.EVERYBODY if unsettled else say.UNSETTLED)
    keys.append(
        (
            codes.TABLE.key(other, group, event.id, int(not unsettled), 1) if everybody else None,
            codes.REMIND.key(texts.label(say.REMIND), group, event.id) if owing and event.plan.price else None,
        )
    )
    return html, rows(*keys)


def _mark_keys(
    texts: Texts, group: Group, event_id: int, place: int, row: Row, shown: tuple[int, int]
) -> Iterable[Key | None]:
    to = Share.BACK if row.share is Share.BACK else Share.OWES if row.is_settled else Share.PAID
    free = None if row.is_settled or row.share is Share.BACK else Share.FREE
    who = row.one.user_id
    return (
        codes.MARK.key(say.mark_label(texts, place, row), group, event_id, who, to.value, *shown),
        codes.MARK.key(texts.label(say.FREE), group, event_id, who, free.value, *shown) if free is not None else None,
    )


class Reminders:
    """Reminding those who owe, by the organiser's button."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller

    async def remind(self, _update: Update, context: Context, event_id: int) -> None:
        """Remind those who owe, at most once a day."""
        meant = await finding.picked(context, event_id)
        if meant is None:
            return
        texts, group, event = context.texts, context.group, meant.event
        found = await service.remind(context.tx, group, event, board.person_of(context), context.now)
        if not found.owing:
            context.toast(say.nobody_owes(texts), alert=True)
        elif found.again_at is not None:
            context.toast(say.reminded_before(texts, texts.when(found.again_at)), alert=True)
        else:
            context.reply(say.reminded(texts, len(found.owing), await self._send(context, meant, found.owing)))

    async def _send(self, context: Context, meant: Meant, owing: tuple[SignUp, ...]) -> list[SignUp]:
        """Write to those who owe, in the morning if the group sleeps; return whom the bot cannot write to."""
        group, event = context.group, meant.event
        price = rules.price_of(event.plan.price)
        unreached = await self._teller.in_private(
            context.scope,
            About(group, event, meant.tally, event.phase(context.now)),
            owing,
            lambda own, one: say.reminder(own, event, group.title, one, price),
            lambda own, _one: rows((_say_key(own, group, event.id, paid=True),)),
            not_before=group.quiet_until(context.now),
        )
        return [one for one in owing if one.user_id in unreached]


# A member's own share


async def said(_update: Update, context: Context, event_id: int, paid: int) -> None:
    """Take the word of who taps that they paid, or that they did not after all."""
    meant = await finding.picked(context, event_id)
    if meant is None:
        return
    who = board.person_of(context)
    done = await service.say(context.tx, context.group, meant.event, who, bool(paid), context.now)
    context.toast(say.said(context.texts, done), alert=True)
    if context.private:
        context.edit(*await _own(context, meant))


async def said_on_card(_update: Update, context: Context, event_id: int) -> None:
    """Take the word of who taps on the card that they paid; the card stays as it is."""
    meant = await finding.picked(context, event_id)
    if meant is not None:
        who = board.person_of(context)
        done = await service.say(context.tx, context.group, meant.event, who, True, context.now)
        context.toast(say.said(context.texts, done), alert=True)


async def card_key(scope: Scope, group: Group, event: Event, texts: Texts) -> Key | None:
    """Let members say on the card that they paid, where there is a price, also after the event."""
    phase = event.phase(scope.now)
    if not event.plan.price or not phase.is_public or phase is Phase.CANCELLED:
        return None
    return codes.PAID.key(texts.label(say.PAID), group, event.id)


async def _own(context: Context, meant: Meant) -> tuple[Html, Keyboard | None]:
    texts, group, event = context.texts, context.group, meant.event
    mine, share = await service.share_of(context.tx, event, context.actor.user_id)
    size = 1 if mine is None else mine.size
    html = say.mine(texts, event, share, rules.price_of(event.plan.price), size)
    if share not in {Share.OWES, Share.SAID}:
        return html, None
    return html, rows((_say_key(texts, group, event.id, paid=share is Share.OWES),))


def _say_key(texts: Texts, group: Group, event_id: int, *, paid: bool) -> Key:
    return codes.SAY.key(texts.label(say.PAID if paid else say.UNPAID), group, event_id, int(paid))


async def after_joining(context: Context, done: Tapped) -> str | None:
    """Add to the answer of who signed up what it costs."""
    if isinstance(done.outcome, In) and done.event.plan.price:
        return say.after_joining(context.texts, done.event)
    return None

"""The card of a broadcast, its buttons, and the lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.announcements.broadcast.handlers import codes
from bot.announcements.broadcast.handlers.choosing import done
from bot.announcements.broadcast.handlers.files import file_keys
from bot.announcements.broadcast.rules.life import UNSENT, Act, Broadcast, State, Unknown
from bot.announcements.broadcast.rules.progress import MISSING, Fate, Row, Tally, needs_another_try, tally
from bot.announcements.broadcast.service import sending, steps
from bot.announcements.broadcast.texts import card as say_card
from bot.announcements.broadcast.texts import page as say
from bot.announcements.broadcast.texts import words
from bot.announcements.handlers import codes as core_codes
from bot.announcements.handlers.desk import PURPOSE, by_of
from bot.tg import effects as fx
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import column, rows
from bot.tg.capability import CardView
from bot.tg.pages import paged

if TYPE_CHECKING:
    from telegram import Update

    from bot.announcements.handlers.posting import Posting
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.buttons import ButtonCode
    from bot.tg.context import Context, Scope

PER_PAGE = 8


@dataclass(frozen=True, slots=True)
class Look:
    """How the card looks; ``posting`` knows what the other parts say on it."""

    posting: Posting

    async def render(self, scope: Scope, group: Group, key: str, texts: Texts) -> CardView | None:
        """Draw the card."""
        broadcast = await steps.get(scope.tx, int(key))
        if broadcast is None:
            return None
        counts = tally(broadcast, await sending.rows_of(scope.tx, broadcast.id))
        finished = broadcast.state in {State.DONE, State.STOPPED, State.DROPPED}
        more = () if broadcast.withdrawn else await self.posting.broadcast_lines(scope, broadcast.id, texts)
        html = say_card.card(texts, broadcast, counts, more)
        return CardView(html, keys_of(texts, broadcast, counts, group), finished)


def keys_of(texts: Texts, broadcast: Broadcast, counts: Tally, group: Group) -> fx.Keyboard:
    """Return the buttons of the card."""

    def key(code: ButtonCode, label: str) -> fx.Key:
        return code.key(texts.label(label), group, broadcast.id)

    state, failed = broadcast.state, counts.of(Fate.FAILED, Fate.LEFT_OUT) + counts.unchanged
    begun = state not in {*UNSENT, State.DROPPED}
    changeable = begun and not broadcast.withdrawn
    resume = words.RESUME_STOPPED if state is State.STOPPED else words.RESUME
    goes_on = state is State.PAUSED or (changeable and state is State.STOPPED)
    return rows(
        (key(codes.LEAVE, words.LEAVE) if state in {State.WAITING, State.EACH} else None,),
        (
            key(codes.PAUSE, words.PAUSE) if state is State.RUNNING else None,
            key(codes.RESUME, resume) if goes_on else None,
            key(codes.STOP, words.STOP) if changeable and state in {State.RUNNING, State.PAUSED} else None,
        ),
        (key(codes.MISSING, words.MISSING) if begun and counts.of(*MISSING) + counts.unchanged else None,),
        (key(codes.RETRY, words.RETRY) if changeable and failed else None,),
        (
            key(codes.CHANGE, words.CHANGE) if changeable and state is not State.RUNNING else None,
            key(codes.WITHDRAW, words.WITHDRAW) if changeable and state is not State.RUNNING else None,
        ),
        file_keys(group, broadcast.id) if begun and state is not State.RUNNING else (),
    )


class Steering:
    """The buttons of cards and lists."""

    # The card

    async def pause(self, _update: Update, context: Context, broadcast_id: int) -> None:
        """Put no more copies into the outbox."""
        await self._step(context, broadcast_id, Act.PAUSE)

    async def resume(self, _update: Update, context: Context, broadcast_id: int) -> None:
        """Go on."""
        await self._step(context, broadcast_id, Act.RESUME)

    async def stop(self, _update: Update, context: Context, broadcast_id: int) -> None:
        """Leave out all that have not got it."""
        await self._step(context, broadcast_id, Act.STOP)

    async def retry(self, _update: Update, context: Context, broadcast_id: int) -> None:
        """Try those again that refused it or were left out; say where that is of no use."""
        broadcast = await self._find(context, broadcast_id)
        done(context, steps.may_step(broadcast, Act.RETRY, by_of(context)), Act.RETRY)
        failed = [row for row in await sending.rows_of(context.tx, broadcast.id) if needs_another_try(row)]
        lost = sum(_is_out_of(context.scope, row) for row in failed)
        if failed and lost == len(failed):
            raise Declined(say.all_lost(context.texts, lost))
        outcome = await steps.step(context.tx, broadcast, Act.RETRY, by_of(context), context.now)
        await self._show(context, done(context, outcome, Act.RETRY), say.tried_again(context.texts, lost))

    async def change(self, _update: Update, context: Context, broadcast_id: int) -> None:
        """Give all copies the words that the announcement has now."""
        broadcast = await self._find(context, broadcast_id)
        outcome = await steps.change(context.tx, broadcast, by_of(context), context.now)
        await self._show(context, done(context, outcome, Act.CHANGE), say.done(context.texts, Act.CHANGE))

    async def _step(self, context: Context, broadcast_id: int, act: Act) -> None:
        broadcast = await self._find(context, broadcast_id)
        outcome = await steps.step(context.tx, broadcast, act, by_of(context), context.now)
        await self._show(context, done(context, outcome, act), say.done(context.texts, act))

    @staticmethod
    async def _show(context: Context, broadcast: Broadcast, answer: str) -> None:
        context.scope.cards.changed(codes.CARD, str(broadcast.id))
        context.toast(answer)

    # Lists

    async def show(self, _update: Update, context: Context, broadcast_id: int) -> None:
        """Show the card anew."""
        broadcast = await self._find(context, broadcast_id)
        await context.scope.cards.post(
            codes.CARD,
            str(broadcast.id),
            context.group,
            context.spoken.chat_id,
            thread_id=context.spoken.thread_id,
            priority=fx.Priority.ANSWER,
        )

    async def list(self, _update: Update, context: Context, page: int) -> None:
        """Show the last broadcasts."""
        context.edit(*await self.list_page(context, page))

    async def hand_list(self, context: Context) -> None:
        """Show the last broadcasts where managers read."""
        await step_aside(context, PURPOSE)
        context.reply(*await self.list_page(context, 1))

    @staticmethod
    async def list_page(context: Context, page: int) -> tuple[Html, fx.Keyboard]:
        """Return a page of the last broadcasts, with a button for each."""
        texts, group = context.texts, context.group
        found = [one for one in await steps.recent(context.tx, group.id) if one.state is not State.CHOOSING]
        if not found:
            return say.list_empty(texts), ()
        page = min(max(page, 1), -(-len(found) // PER_PAGE))
        lines = [say.list_line(texts, one) for one in found]
        html, turned = paged(say.list_title(texts), lines, page, PER_PAGE, codes.LIST, group, texts=texts)
        here = found[(page - 1) * PER_PAGE : page * PER_PAGE]
        keys = column([codes.SHOW.key(f"#{one.number}", group, one.id) for one in here], 4)
        return html, (*keys, *turned)

    async def missing(self, _update: Update, context: Context, broadcast_id: int) -> None:
        """List the groups that have not got it, or perhaps not, with a button to look at each copy."""
        context.reply(*await self._missing_page(context, broadcast_id, 1))

    async def missing_page(self, _update: Update, context: Context, broadcast_id: int, page: int) -> None:
        """Turn that list to a page."""
        context.edit(*await self._missing_page(context, broadcast_id, page))

    async def _missing_page(self, context: Context, broadcast_id: int, page: int) -> tuple[Html, fx.Keyboard]:
        broadcast, texts, home = await self._find(context, broadcast_id), context.texts, context.group
        found = missing_of(await sending.rows_of(context.tx, broadcast.id))
        if not found:
            raise Declined(say_card.missing_none(texts, broadcast))
        page = min(max(page, 1), -(-len(found) // PER_PAGE))
        scope = context.scope
        lines = [say_card.missing_line(texts, row, scope.group(row.target.group_id)) for row in found]
        title = say_card.missing_title(texts, broadcast, len(found))
        html, turned = paged(title, lines, page, PER_PAGE, codes.MISSING_PAGE, home, broadcast.id, texts=texts)
        looks = [self._look(scope, row) for row in found[(page - 1) * PER_PAGE : page * PER_PAGE]]
        keys = column([key for key in looks if key is not None], 2)
        return html, (*keys, *turned, file_keys(home, broadcast.id))

    @staticmethod
    def _look(scope: Scope, row: Row) -> fx.Key | None:
        group = scope.group(row.target.group_id)
        if group is None or row.copy is None:
            return None
        return core_codes.SHOW.key(f"🔎 {group.title[:30]}", group, row.copy.number)

    @staticmethod
    async def _find(context: Context, broadcast_id: int) -> Broadcast:
        found = await steps.find(context.tx, context.group.id, broadcast_id)
        if isinstance(found, Unknown):
            raise Declined(say.refused(context.texts, found, Act.PAUSE))
        return found


def _is_out_of(scope: Scope, row: Row) -> bool:
    group = scope.group(row.target.group_id)
    return group is None or not group.active


def missing_of(found: list[Row]) -> list[Row]:
    """Return who has not got it, or perhaps not, or not as it should be; the uncertain first."""
    order = {fate: place for place, fate in enumerate(MISSING)}
    missing = [row for row in found if row.fate in order or row.target.problem]
    return sorted(missing, key=lambda row: (order.get(row.fate, len(order)), row.target.group_id))

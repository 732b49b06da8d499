"""What the bot says by itself: reminders, news for those on an event, the end of sign-up and the start, the digest.

An event belongs to its group, not to who made it: what is due is done as long as the bot is in the group and the event
takes place, also when its organiser has lost the role since.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.events import service
from bot.events.handlers.board import CARD
from bot.events.rules.event import REMINDERS, Event, Phase, is_timely
from bot.events.rules.signup import Notice, SignUp, SignUpState, Tally
from bot.events.texts import notices as say
from bot.i18n import Html, Texts
from bot.kernel.ids import MessageId
from bot.tg import effects as fx

if TYPE_CHECKING:
    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import ChatId, UserId
    from bot.tg.capability import Due
    from bot.tg.context import Scope

ReachableOf = Callable[["Tx", Sequence["UserId"]], Awaitable[Collection["UserId"]]]
"""Says which of these people the bot may write to in private."""

MENTIONS = 5
"""How many people one message rings at; of more, Telegram tells only some."""
NAMED = 30
"""How many people one message about the line names: all who moved in a turn, in any but extraordinary ones."""


@dataclass(frozen=True, slots=True)
class _About:
    """An event of a group the bot is in."""

    group: Group
    event: Event
    tally: Tally


class Notices:
    """The timers, with what the composition root gave them."""

    def __init__(self, reachable_of: ReachableOf) -> None:
        self._reachable_of = reachable_of

    # Timers

    async def clock(self, scope: Scope, due: Due) -> None:
        """Do what an event's timer stands for; what has changed since it was set decides whether there is anything to do."""
        about = await _about(scope, due)
        if about is None:
            return
        phase = about.event.phase(scope.now)
        match due.key.partition(":")[2]:
            case "line":
                await self._tell_line(scope, about, phase)
            case "cancelled" if phase is Phase.CANCELLED:
                await self._tell_all(scope, about, say.cancelled, say.cancelled_private)
            case "moved" if phase.is_live:
                await self._tell_all(scope, about, say.changed, say.changed_private)
            case "start":
                await service.pass_start(scope.tx, about.group.id, about.event.id, scope.now)
                scope.cards.changed(CARD, str(about.event.id))
            case "deadline":
                scope.cards.changed(CARD, str(about.event.id))
            case reminder if (
                reminder in REMINDERS and phase.is_live and is_timely(reminder, about.event.plan, scope.now)
            ):
                await self._remind(scope, about)
            case _:
                pass

    async def _remind(self, scope: Scope, about: _About) -> None:
        """Remind the group of an event, and in private those who are going; not in quiet hours that end before the start."""
        group, event = about.group, about.event
        awake = group.quiet_until(scope.now)
        wait = awake if awake is not None and awake < event.plan.starts_at else None
        at = wait or scope.now
        message = await _in_group(scope, about, say.reminder(scope.texts(group), event, about.tally, at))
        scope.effects.put(message, not_before=wait, expires=event.plan.starts_at, group_id=group.id)

        def remind_one(own: Texts, _one: SignUp) -> Html:
            return say.reminder_private(own, event, group.title, at)

        await self._in_private(scope, about, await service.going(scope.tx, event.id), remind_one, not_before=wait)

    async def _tell_line(self, scope: Scope, about: _About, phase: Phase) -> None:
        found = await service.take_notices(scope.tx, about.event.id)
        if not phase.is_live:
            return
        up = [one for one in found if one.notice is Notice.MOVED_UP and one.state is SignUpState.GOING]
        back = [one for one in found if one.notice is Notice.MOVED_BACK and one.state is SignUpState.WAITING]
        texts, group = scope.texts(about.group), about.group.title
        for people, word in ((up, say.moved_up), (back, say.moved_back)):
            for some in _batches(people, NAMED):
                message = await _in_group(scope, about, word(texts, about.event, some))
                scope.effects.put(message, group_id=about.group.id)
        upper = frozenset(one.user_id for one in up)

        def tell_one(own: Texts, one: SignUp) -> Html:
            said = say.moved_up_private if one.user_id in upper else say.moved_back_private
            return said(own, about.event, group)

        await self._in_private(scope, about, [*up, *back], tell_one)

    async def _tell_all(
        self,
        scope: Scope,
        about: _About,
        in_group: Callable[[Texts, Event, Sequence[SignUp]], Html],
        in_private: Callable[[Texts, Event, str], Html],
    ) -> None:
        """Tell everybody on an event, in the group by mentions and in private where possible."""
        people = await service.everybody(scope.tx, about.event.id)
        texts = scope.texts(about.group)
        place = await _card_place(scope, about)
        for some in _batches(people, MENTIONS):
            message = _message(scope, about, in_group(texts, about.event, some), place)
            scope.effects.put(message, priority=fx.Priority.BROADCAST, group_id=about.group.id)

        def tell_one(own: Texts, _one: SignUp) -> Html:
            return in_private(own, about.event, about.group.title)

        await self._in_private(scope, about, people, tell_one)

    async def _in_private(
        self,
        scope: Scope,
        about: _About,
        people: Sequence[SignUp],
        write: Callable[[Texts, SignUp], Html],
        *,
        not_before: datetime | None = None,
    ) -> None:
        if not people:
            return
        reached = frozenset(await self._reachable_of(scope.tx, [one.user_id for one in people]))
        for one in people:
            if one.user_id not in reached:
                continue
            own = await scope.texts_of(one.user_id, about.group)
            scope.effects.put(
                fx.SendMessage(one.user_id, str(write(own, one))),
                priority=fx.Priority.BROADCAST,
                not_before=not_before,
                expires=about.event.plan.starts_at if about.event.phase(scope.now).is_live else None,
                group_id=about.group.id,
            )

    # Results

    async def card_result(self, scope: Scope, result: fx.SendResult) -> None:
        """Remember where the card stands; tell the organiser if Telegram would not take it."""
        group_id, _, event_id = result.key.partition(":")
        group = scope.group(int(group_id))
        if group is None:
            return
        match result:
            case fx.Delivered(message_id=int(message_id)):
                await service.card_posted(scope.tx, int(event_id), group.chat_id, MessageId(message_id))
            case fx.Refused(text=reason):
                await self._card_refused(scope, group, int(event_id), reason)
            case _:
                # The outbox shows an uncertain message to the managers.
                pass

    async def _card_refused(self, scope: Scope, group: Group, event_id: int, reason: str) -> None:
        found = await service.get(scope.tx, group.id, event_id)
        if found is None:
            return
        organiser = found[0].created_by
        if organiser in await self._reachable_of(scope.tx, [organiser]):
            texts = await scope.texts_of(organiser, group)
            scope.send(organiser, say.card_refused(texts, found[0], group.title, reason))


async def list_result(scope: Scope, result: fx.SendResult) -> None:
    """Remember where the list of who is on an event stands."""
    if isinstance(result, fx.Delivered) and result.message_id is not None:
        await service.list_posted(scope.tx, int(result.key), MessageId(result.message_id))


async def digest(scope: Scope, group: Group, _since: datetime, until: datetime, texts: Texts) -> Html | None:
    """Write the events of today and tomorrow, with their seats; ``until`` is the group's last midnight."""
    today = group.local(until + timedelta(hours=12)).date()
    tomorrow, end = (
        datetime.combine(today + timedelta(days=ahead), time(0), group.tz).astimezone(UTC) for ahead in (1, 2)
    )
    found = await service.upcoming(scope.tx, group.id, max(until, scope.now), end)
    if not found:
        return None
    return say.digest(
        texts,
        [one for one in found if one[0].plan.starts_at < tomorrow],
        [one for one in found if one[0].plan.starts_at >= tomorrow],
    )


async def _about(scope: Scope, due: Due) -> _About | None:
    group = scope.group(due.group_id) if due.group_id is not None else None
    if group is None or not group.active:
        return None
    found = await service.get(scope.tx, group.id, int(due.key.partition(":")[0]))
    return None if found is None else _About(group, *found)


async def _in_group(scope: Scope, about: _About, html: Html) -> fx.SendMessage:
    return _message(scope, about, html, await _card_place(scope, about))


def _message(scope: Scope, about: _About, html: Html, card: MessageId | None) -> fx.SendMessage:
    return fx.SendMessage(
        about.group.chat_id,
        str(html),
        reply_to=card,
        thread_id=about.group.thread_for("events"),
        silent=about.group.quiet_until(scope.now) is not None,
    )


async def _card_place(scope: Scope, about: _About) -> MessageId | None:
    """Return the newest card of an event in its group."""
    places: list[tuple[ChatId, MessageId]] = await scope.cards.where(scope.tx, CARD, str(about.event.id))
    return next((message for chat, message in reversed(places) if chat == about.group.chat_id), None)


def _batches(people: Sequence[SignUp], size: int) -> Iterator[Sequence[SignUp]]:
    return (people[start : start + size] for start in range(0, len(people), size))

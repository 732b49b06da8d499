"""What the bot says by itself: reminders, news for those on an event, the end of sign-up and the start, the digest."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.events import service
from bot.events.handlers import codes, offers
from bot.events.handlers.board import CARD
from bot.events.handlers.quiet import put_off
from bot.events.handlers.telling import MENTIONS, batches
from bot.events.rules import schedule
from bot.events.rules.event import TOLD, Phase
from bot.events.rules.signup import Notice, SignUp, SignUpState
from bot.events.texts import news
from bot.events.texts import notices as say
from bot.i18n import Html, Texts
from bot.kernel.ids import MessageId
from bot.tg import effects as fx
from bot.tg.buttons import rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.events.handlers.clock import About, Occasion
    from bot.events.handlers.telling import Teller, Write
    from bot.events.rules.event import Event
    from bot.kernel.groups import Group
    from bot.tg.context import Scope
    from bot.tg.effects import Keyboard

NAMED = 30
"""How many people one message about the line names: all who moved in a turn, in any but extraordinary ones."""
_STANDS = {
    Notice.MOVED_UP: SignUpState.GOING,
    Notice.OFFERED: SignUpState.OFFERED,
    Notice.LAPSED: SignUpState.LAPSED,
    Notice.MOVED_BACK: SignUpState.WAITING,
    Notice.REMOVED: SignUpState.LEFT,
}
"""Where a person must still stand for the news to be true."""


class Notices:
    """The occasions of every event."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller

    def occasions(self) -> Mapping[str, Occasion]:
        """Return what is done when, by the name of the occasion."""
        return {
            "line": self._tell_line,
            "seats": self._fill_seats,
            "lapse": self._lapse,
            "cancelled": self._tell_cancelled,
            "changed": self._tell_changed,
            schedule.START: self._start,
            schedule.DEADLINE: self._redraw,
            schedule.END: self._redraw,
            schedule.REMIND: self._remind,
        }

    async def _start(self, scope: Scope, about: About, _detail: str) -> None:
        offered = await service.people(scope.tx, about.event.id, SignUpState.OFFERED)
        await service.pass_start(scope.tx, about.group.id, about.event.id, scope.now)
        offers.changed(scope, about.event.id, *(one.user_id for one in offered))
        scope.cards.changed(CARD, str(about.event.id))

    async def _redraw(self, scope: Scope, about: About, _detail: str) -> None:
        scope.cards.changed(CARD, str(about.event.id))

    # The line

    async def _fill_seats(self, scope: Scope, about: About, _detail: str) -> None:
        if await service.fill_seats(scope.tx, about.group, about.event.id, scope.now):
            scope.cards.changed(CARD, str(about.event.id))

    async def _lapse(self, scope: Scope, about: About, _detail: str) -> None:
        if await service.lapse_offers(scope.tx, about.group, about.event.id, scope.now):
            scope.cards.changed(CARD, str(about.event.id))

    async def _tell_line(self, scope: Scope, about: About, _detail: str) -> None:
        found = await service.take_notices(scope.tx, about.event.id)
        if not about.phase.is_live:
            return
        told = [one for one in found if one.notice is not None and _STANDS.get(one.notice, one.state) is one.state]
        texts = scope.texts(about.group)
        for notice, word in news.IN_GROUP.items():
            some = [one for one in told if one.notice is notice]
            for alike in dict.fromkeys((one.until, one.has_telegram) for one in some):
                same = [one for one in some if (one.until, one.has_telegram) == alike]
                for batch in batches(same, NAMED):
                    html = word(texts, about.event, batch)
                    await self._teller.in_group(scope, about, html, _line_keys(texts, about, notice))

        def write(own: Texts, one: SignUp) -> Html:
            return news.in_private(own, about.event, about.group.title, one)

        offered = [one for one in told if one.notice is Notice.OFFERED]
        others = [one for one in told if one.notice is not Notice.OFFERED]
        reached = await self._teller.reachable_of(scope.tx, [one.user_id for one in offered]) if offered else ()
        await offers.post(scope, about, [one for one in offered if one.user_id in reached])
        await self._teller.in_private(scope, about, others, write)
        offers.changed(scope, about.event.id, *(one.user_id for one in others))

    # Reminders

    async def _remind(self, scope: Scope, about: About, detail: str) -> None:
        """Remind the group of an event, and in private those who are going or may come."""
        group, event = about.group, about.event
        if not about.phase.is_live or not schedule.is_timely(event.plan, int(detail), scope.now):
            return
        if await put_off(scope, about, f"{schedule.REMIND}-{detail}", event.plan.starts_at):
            return
        html = say.reminder(scope.texts(group), event, about.tally, scope.now)
        await self._teller.in_group(scope, about, html, expires=event.plan.starts_at)

        def remind_one(own: Texts, one: SignUp) -> Html:
            if one.state is SignUpState.MAYBE:
                return say.reminder_maybe(own, event, group.title, scope.now)
            return say.reminder_private(own, event, group.title, scope.now)

        people = await service.people(scope.tx, event.id, SignUpState.GOING, SignUpState.MAYBE)
        await self._teller.in_private(scope, about, people, remind_one)

    # Changes

    async def _tell_cancelled(self, scope: Scope, about: About, _detail: str) -> None:
        if about.phase is Phase.CANCELLED:

            def in_private(texts: Texts, _one: SignUp) -> Html:
                return say.cancelled_private(texts, about.event, about.group.title)

            await self._tell_all(scope, about, say.cancelled, in_private, None)
            offered = await service.people(scope.tx, about.event.id, SignUpState.OFFERED)
            offers.changed(scope, about.event.id, *(one.user_id for one in offered))

    async def _tell_changed(self, scope: Scope, about: About, detail: str) -> None:
        if not about.phase.is_live or detail not in TOLD:
            return
        field = detail
        keys = confirm_keys if field == "starts_at" else None

        def in_group(texts: Texts, event: object, some: Sequence[SignUp]) -> Html:
            del event
            return say.changed(texts, about.event, field, some)

        def in_private(texts: Texts, one: SignUp) -> Html:
            is_going = one.state is SignUpState.GOING
            return say.changed_private(texts, about.event, field, about.group.title, is_going=is_going)

        await self._tell_all(scope, about, in_group, in_private, keys)

    async def _tell_all(
        self,
        scope: Scope,
        about: About,
        in_group: Callable[..., Html],
        in_private: Write,
        keys: Callable[[Texts, About], Keyboard] | None,
    ) -> None:
        """Tell everybody on an event, in the group by mentions and in private where possible."""
        people = await service.people(scope.tx, about.event.id, *service.ON_IT, SignUpState.MAYBE)
        texts = scope.texts(about.group)
        keyboard = keys(texts, about) if keys is not None else None
        for some in batches(people, MENTIONS):
            html = in_group(texts, about.event, some)
            await self._teller.in_group(scope, about, html, keyboard, priority=fx.Priority.BROADCAST)
        await self._teller.in_private(
            scope, about, people, in_private, (lambda own, _one: keys(own, about)) if keys is not None else None
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
                await self._refused(scope, group, int(event_id), say.card_refused, reason)
            case _:
                # The outbox shows an uncertain message to the managers.
                pass

    async def picture_result(self, scope: Scope, result: fx.SendResult) -> None:
        """Tell the organiser if Telegram would not take the picture; the card stands without it."""
        group_id, _, event_id = result.key.partition(":")
        group = scope.group(int(group_id))
        if group is not None and isinstance(result, fx.Refused):
            await self._refused(scope, group, int(event_id), say.picture_refused, result.text)

    async def _refused(
        self,
        scope: Scope,
        group: Group,
        event_id: int,
        write: Callable[[Texts, Event, str, str], Html],
        reason: str,
    ) -> None:
        found = await service.get(scope.tx, group.id, event_id)
        if found is None:
            return
        organiser = found[0].created_by
        if organiser in await self._teller.reachable_of(scope.tx, [organiser]):
            texts = await scope.texts_of(organiser, group)
            scope.send(organiser, write(texts, found[0], group.title, reason))


def _line_keys(texts: Texts, about: About, notice: Notice) -> Keyboard | None:
    """Let those who are offered a seat accept or decline it."""
    return offers.keys(texts, about.group, about.event) if notice is Notice.OFFERED else None


def confirm_keys(texts: Texts, about: About) -> Keyboard:
    """Let somebody say whether they are still coming."""
    group, event = about.group, about.event
    return rows(
        (
            codes.CONFIRM.key(texts.label(news.CONFIRM), group, event.id),
            codes.LEAVE.key(texts.label(news.DECLINE), group, event.id),
        )
    )


async def list_result(scope: Scope, result: fx.SendResult) -> None:
    """Remember where the list of who is on an event stands."""
    if isinstance(result, fx.Delivered) and result.message_id is not None:
        await service.list_posted(scope.tx, int(result.key), MessageId(result.message_id))


async def digest(scope: Scope, group: Group, _since: datetime, until: datetime, texts: Texts) -> Html | None:
    """Write all events of today and tomorrow, with their seats; ``until`` is the group's last midnight."""
    today = group.local(until + timedelta(hours=12)).date()
    tomorrow, end = (
        datetime.combine(today + timedelta(days=ahead), time(0), group.tz).astimezone(UTC) for ahead in (1, 2)
    )
    found = await service.upcoming(scope.tx, group.id, until, end)
    if not found:
        return None
    return say.digest(
        texts,
        [one for one in found if one[0].plan.starts_at < tomorrow],
        [one for one in found if one[0].plan.starts_at >= tomorrow],
        scope.now,
    )

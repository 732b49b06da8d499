"""How news of an event reaches people: in the group as answers to its card, and in private whoever can be written to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from bot.events.handlers.board import CARD
from bot.kernel.roles import Right
from bot.tg import effects as fx

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.events.handlers.clock import About
    from bot.events.rules.signup import SignUp
    from bot.i18n import Html, Texts
    from bot.kernel.ids import ChatId, MessageId, UserId
    from bot.tg.context import Scope
    from bot.tg.effects import Keyboard

T = TypeVar("T")
ReachableOf = Callable[["Tx", Sequence["UserId"]], Awaitable[Collection["UserId"]]]
"""Says which of these people the bot may write to in private."""
Write = Callable[["Texts", "SignUp"], "Html"]

MENTIONS = 5
"""How many people one message rings at; of more, Telegram tells only some."""


class Teller:
    """Tells people of an event, with what the composition root gave it."""

    def __init__(self, reachable_of: ReachableOf) -> None:
        self.reachable_of = reachable_of

    async def in_group(
        self,
        scope: Scope,
        about: About,
        html: Html,
        keyboard: Keyboard | None = None,
        *,
        priority: fx.Priority | None = None,
        not_before: datetime | None = None,
        expires: datetime | None = None,
    ) -> None:
        """Answer the card of an event in its group; silently in quiet hours."""
        group = about.group
        message = fx.SendMessage(
            group.chat_id,
            str(html),
            keyboard,
            reply_to=await card_place(scope, about),
            thread_id=group.thread_for("events"),
            silent=group.quiet_until(not_before or scope.now) is not None,
        )
        scope.effects.put(message, priority=priority, not_before=not_before, expires=expires, group_id=group.id)

    async def in_private(
        self,
        scope: Scope,
        about: About,
        people: Sequence[SignUp],
        write: Write,
        keys: Callable[[Texts, SignUp], Keyboard | None] | None = None,
        *,
        not_before: datetime | None = None,
        expires: datetime | None = None,
        protect: bool = False,
    ) -> frozenset[UserId]:
        """Tell each person in their own language whom the bot may write to; return whom it could not.

        Without ``expires``, what is said of an event still to come is not said any more once it has begun.
        """
        until = expires or (about.event.plan.starts_at if about.phase.is_live else None)
        wanted = [one for one in people if one.has_telegram]
        reached = (
            frozenset(await self.reachable_of(scope.tx, [one.user_id for one in wanted])) if wanted else frozenset()
        )
        for one in wanted:
            if one.user_id not in reached:
                continue
            own = await scope.texts_of(one.user_id, about.group)
            keyboard = keys(own, one) if keys is not None else None
            scope.effects.put(
                fx.SendMessage(one.user_id, str(write(own, one)), keyboard, protect=protect),
                priority=fx.Priority.BROADCAST,
                not_before=not_before,
                expires=until,
                group_id=about.group.id,
            )
        return frozenset(one.user_id for one in people) - reached

    async def to_organiser(
        self,
        scope: Scope,
        about: About,
        write: Callable[[Texts], Html],
        keys: Callable[[Texts], Keyboard | None] | None = None,
    ) -> bool:
        """Tell the organiser of an event in private; False if nobody could be told.

        Where they cannot be written to, or run events here no longer, it is told in the managers' chat, if there is one.
        """
        group, organiser = about.group, about.event.created_by
        chat_id: int | None = group.managers_chat_id
        texts = scope.texts(group)
        if await self._is_organiser(scope, about):
            chat_id, texts = organiser, await scope.texts_of(organiser, group)
        if chat_id is None:
            return False
        scope.effects.put(
            fx.SendMessage(chat_id, str(write(texts)), keys(texts) if keys is not None else None), group_id=group.id
        )
        return True

    async def _is_organiser(self, scope: Scope, about: About) -> bool:
        organiser = about.event.created_by
        standing = await scope.ports.people.standing(scope.tx, about.group, organiser)
        reached = await self.reachable_of(scope.tx, [organiser])
        return standing.is_member and standing.may(Right.EVENTS) and organiser in reached


async def card_place(scope: Scope, about: About) -> MessageId | None:
    """Return the newest card of an event in its group."""
    places: list[tuple[ChatId, MessageId]] = await scope.cards.where(scope.tx, CARD, str(about.event.id))
    return next((message for chat, message in reversed(places) if chat == about.group.chat_id), None)


def batches(people: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Take people some at a time."""
    return (people[start : start + size] for start in range(0, len(people), size))

"""What people answer on signing up: kept, read, and what is still open (R05)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.events import store as events
from bot.events.rules import answers as rules
from bot.events.rules.answers import ASKED_OF, Count, Open
from bot.events.store import answers as store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.db.engine import Tx
    from bot.events.rules.event import Event
    from bot.events.rules.signup import SignUp
    from bot.kernel.ids import GroupId, UserId


async def given_by(tx: Tx, event_id: int, user_id: UserId) -> dict[str, str]:
    """Return a person's answers by question."""
    return await store.mine(tx, event_id, user_id)


async def given(tx: Tx, event_id: int) -> dict[UserId, dict[str, str]]:
    """Return everybody's answers by question, also of those who left since."""
    return await store.of_all(tx, event_id)


async def keep(tx: Tx, group_id: GroupId, event: Event, user_id: UserId, said: Mapping[str, str]) -> bool:
    """Store a person's answers to the questions the event asks now; False if they are not on it."""
    await tx.lock((group_id,))
    mine = await events.mine(tx, event.id, user_id)
    if mine is None or not mine.state.is_on_it:
        return False
    asked = {one.text for one in event.plan.questions}
    await store.put(tx, event.id, user_id, {question: said[question] for question in said if question in asked})
    return True


async def open_of(tx: Tx, event: Event, mine: SignUp | None) -> Open:
    """Return what a person is still to be asked."""
    if mine is None or not rules.asks(event.plan):
        return Open()
    return rules.open_for(event.plan, mine, await store.mine(tx, event.id, mine.user_id))


async def unanswered(tx: Tx, event: Event) -> list[SignUp]:
    """Return those on an event who have something to answer still, as they came."""
    if not rules.asks(event.plan):
        return []
    answers = await store.of_all(tx, event.id)
    people = await events.people(tx, event.id, *ASKED_OF)
    return [one for one in people if rules.open_for(event.plan, one, answers.get(one.user_id, {}))]


async def counted(tx: Tx, event: Event) -> tuple[Count, ...]:
    """Count the answers of those who are on an event, question by question."""
    people = await events.people(tx, event.id, *ASKED_OF)
    return rules.counted(event.plan, people, await store.of_all(tx, event.id))

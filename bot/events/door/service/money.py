"""Who paid, who says so, and who is to be reminded (R05). The bot holds no money: it notes what people say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.events import store as core
from bot.events.door import store
from bot.events.door.rules import money as rules
from bot.events.door.rules.money import (
    MARKS,
    Marked,
    MarkOutcome,
    NobodyThere,
    Row,
    Said,
    SameMark,
    SayOutcome,
    Share,
    Unsaid,
)
from bot.events.rules.signup import Paid
from bot.events.service import journal

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.events.rules.event import Event
    from bot.events.rules.signup import Person, SignUp
    from bot.kernel.groups import Group
    from bot.kernel.ids import UserId


@dataclass(frozen=True, slots=True)
class Reminding:
    """These people owe; they may be reminded now, or were not long ago: then ``again_at`` is set."""

    owing: tuple[SignUp, ...]
    again_at: datetime | None = None


async def table(tx: Tx, event: Event) -> list[Row]:
    """Return who stands how with money, as they came."""
    return rules.rows(event, await store.paying(tx, event.id), await store.paid_for(tx, event.id))


async def share_of(tx: Tx, event: Event, user_id: UserId) -> tuple[SignUp | None, Share | None]:
    """Return a person's sign-up and where they stand with money."""
    mine = await core.mine(tx, event.id, user_id)
    return mine, None if mine is None else rules.share_of(event, mine)


async def mark(
    tx: Tx, group: Group, event: Event, user_id: UserId, share: Share, by: Person, now: datetime
) -> MarkOutcome:
    """Note how things stand with somebody, by the organiser's word. ``BACK`` says that the money was paid back."""
    await tx.lock((group.id,))
    mine = await core.mine(tx, event.id, user_id)
    if mine is None:
        return NobodyThere()
    before = rules.share_of(event, mine)
    if share is Share.BACK and before is not Share.BACK:
        return SameMark(mine)
    paid: Paid | None = None if share is Share.BACK else MARKS[share]
    persons = mine.size if paid in {Paid.SAID, Paid.CONFIRMED} else None
    if mine.paid is paid and (await store.paid_for(tx, event.id)).get(user_id) == persons:
        return SameMark(mine)
    changed = replace(mine, paid=paid)
    await core.put(tx, event.id, [changed])
    await store.put_payment(tx, event.id, user_id, persons)
    after = rules.share_of(event, changed)
    await _write(tx, event, changed, before, after, by, now)
    return Marked(changed, after)


async def say(tx: Tx, group: Group, event: Event, who: Person, paid: bool, now: datetime) -> SayOutcome:
    """Take a member's word that they paid, or that they did not after all."""
    await tx.lock((group.id,))
    mine = await core.mine(tx, event.id, who.user_id)
    outcome = rules.say_paid(event, mine, paid)
    if isinstance(outcome, Unsaid) or mine is None:
        return outcome
    changed = replace(mine, paid=Paid.SAID if paid else None)
    await core.put(tx, event.id, [changed])
    await store.put_payment(tx, event.id, who.user_id, mine.size if paid else None)
    await _write(tx, event, changed, rules.share_of(event, mine), rules.share_of(event, changed), who, now)
    return Said(paid)


async def remind(tx: Tx, group: Group, event: Event, by: Person, now: datetime) -> Reminding:
    """Return who is to be reminded, and note that they are; at most once a day."""
    await tx.lock((group.id,))
    owing = tuple(row.one for row in await table(tx, event) if row.share is Share.OWES)
    door = await store.door(tx, event.id)
    again_at = rules.may_remind(door.reminded_at, now)
    if owing and again_at is None:
        await store.put_door(tx, replace(door, reminded_at=now))
        await journal.write(tx, event, by, "money_asked", now, details={"people": [one.name for one in owing]})
    return Reminding(owing, again_at)


async def _write(
    tx: Tx, event: Event, one: SignUp, before: Share | None, after: Share | None, by: Person, now: datetime
) -> None:
    values = ("" if share is None else share.value for share in (before, after))
    await journal.write(tx, event, by, "money", now, before=next(values), after=next(values), details={"who": one.name})

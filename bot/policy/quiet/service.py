"""Keeping quiet hours: how a group wants them kept, and closing and opening it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.audit import service as audit
from bot.kernel.ids import GroupId
from bot.policy.quiet import store
from bot.policy.quiet.rules.lock import Lock, Permissions, Phase, Said, Turn, Why, answered, encouraged, look
from bot.policy.quiet.rules.modes import KEPT, Heard, House, Mode
from bot.policy.service.book import NAME
from bot.timers import service as timers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import UserId

TIMER: Final = "quiet"
_MORNING: Final = timedelta(hours=12)
_COUNTING: Final = frozenset({Mode.REMIND, Mode.RECORD})
_LOGGED: Final = {Said.CLOSED: "quiet.closed", Said.OPENED: "quiet.given_back"}


class Kept(NamedTuple):
    """How a group keeps its quiet hours, and how far it is closed."""

    house: House
    lock: Lock


class QuietBook:
    """How every group keeps its quiet hours. What memory shows is committed."""

    def __init__(self) -> None:
        self._houses: dict[GroupId, House] | None = None

    def may_count(self, group_id: GroupId) -> bool:
        """Say, from memory, whether what is written in quiet hours may matter; before the first look, it may everywhere."""
        if self._houses is None:
            return True
        house = self._houses.get(group_id)
        return house is not None and house.mode in _COUNTING

    def may_close(self, group_id: GroupId) -> bool:
        """Say, from memory, whether Telegram must be asked what members may do before the group is looked at."""
        return self._houses is None or group_id in self._houses

    async def house(self, tx: Tx, group_id: GroupId) -> House:
        """Return how a group keeps its quiet hours, as memory has it."""
        if self._houses is None:
            self._houses = await store.all_houses(tx)
        return self._houses.get(group_id, House())

    async def kept(self, tx: Tx, group_id: GroupId) -> Kept:
        """Return the same with how far the group is closed, as this transaction sees it."""
        return Kept(*await store.get(tx, group_id))

    async def change(
        self,
        tx: Tx,
        group_id: GroupId,
        by: tuple[UserId, str],
        now: datetime,
        *,
        mode: Mode | None = None,
        notice: bool | None = None,
    ) -> Kept:
        """Have a group keep its quiet hours in another way; return how it does then."""
        before, lock = await store.get(tx, group_id)
        house = House(before.mode if mode is None else mode, before.notice if notice is None else notice)
        if before == house:
            return Kept(house, lock)
        after = lock if before.mode is house.mode else encouraged(lock, anew=True)
        await store.put(tx, group_id, house, after)
        tx.after_commit(lambda: self._keep(group_id, house))
        changed = "quiet.mode" if before.mode is not house.mode else "quiet.notice"
        values = {"quiet.mode": (before.mode.value, house.mode.value), "quiet.notice": (before.notice, house.notice)}
        old, new = (_logged(value) for value in values[changed])
        await audit.record(
            tx, group_id=group_id, actor_id=by[0], actor_name=by[1], action=changed, at=now, before=old, after=new
        )
        if before.mode is not house.mode:
            await wake(tx, group_id, now)
        return Kept(house, after)

    async def hours_changed(self, tx: Tx, group: Group, now: datetime) -> None:
        """Look again at a group that is quiet at other hours than before."""
        await self.house(tx, group.id)
        if self.may_close(group.id):
            await wake(tx, group.id, now)

    async def again(self, tx: Tx, group_id: GroupId, now: datetime, *, anew: bool = False) -> None:
        """Try again what Telegram refused; ``anew`` also closes again what the administrators opened by hand."""
        await self.house(tx, group_id)
        if not self.may_close(group_id):
            return
        house, lock = await store.get(tx, group_id)
        if encouraged(lock, anew=anew) != lock:
            await store.put(tx, group_id, house, encouraged(lock, anew=anew))
        await wake(tx, group_id, now)

    def _keep(self, group_id: GroupId, house: House) -> None:
        if self._houses is not None:
            self._houses[group_id] = house


def _logged(value: str | bool) -> str:
    return value if isinstance(value, str) else ("on" if value else "off")


async def wake(tx: Tx, group_id: GroupId, at: datetime) -> None:
    """Have a group looked at."""
    await timers.set_timer(tx, NAME, TIMER, str(group_id), at, group_id)


async def turn(tx: Tx, group: Group, seen: Permissions | None, now: datetime) -> Turn:
    """Look at a group: store what it leads to, and when it is looked at again."""
    house, lock = await store.get(tx, group.id)
    until = group.quiet_until(now) if house.mode is Mode.RESTRICT else None
    found = look(lock, until, seen, now)
    if found.lock != lock:
        await store.put(tx, group.id, house, found.lock)
    next_change = group.next_change(now) if house.mode is Mode.RESTRICT else None
    again = min((at for at in (found.again_at, next_change) if at is not None), default=None)
    if again is not None:
        await wake(tx, group.id, again)
    return found


async def take_answer(
    tx: Tx, group_id: GroupId, order: int, why: Why | None, now: datetime
) -> tuple[Kept, Said | None]:
    """Take in what Telegram said to an order; what it refused is looked at again."""
    house, lock = await store.get(tx, group_id)
    after, said = answered(lock, order, why, now)
    if after != lock:
        await store.put(tx, group_id, house, after)
    if after.doubt and not lock.doubt:
        await wake(tx, group_id, now)
    if said in _LOGGED:
        await audit.record(tx, group_id=group_id, actor_id=None, action=_LOGGED[said], at=now)
    return Kept(house, after), said


def is_closed(lock: Lock) -> bool:
    """Say whether members cannot write, as far as it is known."""
    return lock.phase in {Phase.CLOSED, Phase.OPENING} or (lock.phase is Phase.CLOSING and lock.doubt)


# Who wrote


async def count(tx: Tx, group_id: GroupId, written: Sequence[Heard], now: datetime, *, remind: bool) -> list[int]:
    """Count what was written in quiet hours, and return whom to remind: everybody once a night."""
    due: set[int] = set()
    for night in {one.night for one in written} if remind else ():
        people = {one.user_id for one in written if one.night == night}
        due |= people - await store.reminded(tx, group_id, night, people)
    added: Counter[tuple[int, datetime]] = Counter()
    for one in written:
        added[one.user_id, one.night] += one.messages
    await store.add(
        tx, group_id, [Heard(user_id, night, n, user_id in due) for (user_id, night), n in sorted(added.items())]
    )
    await store.forget(tx, group_id, now - KEPT)
    return sorted(due)


async def tally(tx: Tx, group_id: GroupId, since: datetime, until: datetime) -> tuple[int, int]:
    """Return how much was written in the nights that belong to a day, messages and people.

    The night after a day is told with it: it is over when the managers read of that day.
    """
    return await store.tally(tx, group_id, since + _MORNING, until + _MORNING)

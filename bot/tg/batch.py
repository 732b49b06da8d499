"""What one transaction takes in, and how it is taken apart where something in it spoils the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from bot.kernel.ids import GroupId
from bot.tg import envelope as env
from bot.tg.needs import Need, Unanswered
from bot.tg.routes import Asked, Route

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.tg.ports import Groups


class Item(msgspec.Struct, gc=False):
    """One update on its way through a turn."""

    raw: bytes | msgspec.Raw
    update: env.Update
    route: Route
    asked: Asked | None = None
    needs: tuple[Need, ...] = ()
    lane: int = 0
    meant: tuple[GroupId, ...] = ()
    """Groups a private conversation is about, which the update itself does not name."""

    @property
    def number(self) -> int:
        """The update's id."""
        return self.update.update_id


@dataclass(frozen=True, slots=True)
class Odd:
    """An update that could not be read, but has a number."""

    number: int
    raw: bytes
    error: str


@dataclass(slots=True)
class Batch:
    """What one transaction takes in; the ids in ``unparked`` were remembered when they were parked."""

    items: list[Item] = field(default_factory=list)
    odd: list[Odd] = field(default_factory=list)
    parked: list[Item] = field(default_factory=list)
    unparked: list[int] = field(default_factory=list)
    answers: dict[Need, bytes | Unanswered] = field(default_factory=dict)

    def ids(self) -> list[int]:
        """Return the ids that are new to us, sorted."""
        found = [item.update.update_id for item in self.items]
        if self.parked or self.odd or self.unparked:
            found += [item.number for item in self.parked] + [odd.number for odd in self.odd]
            found = list(set(found).difference(self.unparked))
        return sorted(found)

    @property
    def is_one(self) -> bool:
        """Whether it cannot be taken apart any further."""
        return len(self.items) + len(self.odd) + len(self.parked) <= 1

    def parts(self) -> Iterator[Batch]:
        """Take it apart: each update alone, then what no handler sees."""
        for item in self.items:
            yield Batch(items=[item], answers=self.answers, unparked=self._unparked_of([item]))
        if self.odd or self.parked:
            yield Batch(odd=self.odd, parked=self.parked, unparked=self._unparked_of(self.odd))

    def _unparked_of(self, some: Sequence[Item | Odd]) -> list[int]:
        return [one.number for one in some if one.number in self.unparked]

    def groups(self, known: Groups) -> Iterator[GroupId]:
        """Return the groups that may be written: those spoken in, and those spoken of from elsewhere."""
        for item in self.items:
            group = known.by_chat(item.lane)
            if group is not None:
                yield group.id
            if item.route is Route.SPOKEN:
                yield from _spoken_of(item, known)


def _spoken_of(item: Item, known: Groups) -> Iterator[GroupId]:
    yield from item.meant
    if item.asked is not None:
        yield from (group.id for group in item.asked.groups)
    # A form begun in a managers' chat may be about any of the groups managed there.
    yield from (group.id for group in known.managed_from(item.lane))
    query = item.update.callback_query
    if query is not None and query.data is not None:
        part = query.data.split(":", 2)[1:2]
        group = known.by_id(int(part[0])) if part and _is_number(part[0]) else None
        if group is not None:
            yield group.id


def _is_number(part: str) -> bool:
    return part.isascii() and part.isdigit() and len(part) < 18


def ready(items: Sequence[Item], still_open: set[Need]) -> list[Item]:
    """Return the items before the first whose need is open: their order is kept."""
    found = []
    for item in items:
        if still_open.intersection(item.needs):
            break
        found.append(item)
    return found


def odd_of(raw: bytes | msgspec.Raw, error: Exception) -> Odd | None:
    """Return what is left of an update that cannot be read; None if it has not even a number."""
    try:
        number = env.update_id(raw)
    except (msgspec.MsgspecError, UnicodeError):
        return None
    return Odd(number, bytes(raw), repr(error))

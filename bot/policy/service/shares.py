"""What is remembered of many groups: each has a share of its own, and where all is full, the largest share gives way.

So a busy group can push out what is remembered of itself, and of no smaller one.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable

Key = TypeVar("Key", bound="Hashable")
Value = TypeVar("Value")


class Bounds(NamedTuple):
    """How many entries one group may have, and all of them together."""

    group: int
    total: int


class Sizes:
    """How large the shares of groups are; what each step costs does not grow with the groups."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._total = 0
        self._sizes: dict[int, int] = {}
        self._groups: dict[int, dict[int, None]] = {}
        """By size, without those that have nothing."""
        self._most = 0

    def grow(self, group_id: int) -> int | None:
        """Count a new entry of a group; return whose oldest is to be forgotten for it, and is counted no longer."""
        size = self._sizes.get(group_id, 0)
        self._move(group_id, size, size + 1)
        self._most = max(self._most, size + 1)
        if size >= self._bounds.group:
            full: int | None = group_id
        else:
            full = next(iter(self._groups[self._most])) if self._total > self._bounds.total else None
        if full is not None:
            self._shrink(full)
        return full

    def _shrink(self, group_id: int) -> None:
        size = self._sizes[group_id]
        self._move(group_id, size, size - 1)
        if self._most not in self._groups:
            self._most -= 1

    def _move(self, group_id: int, before: int, after: int) -> None:
        if before:
            same = self._groups[before]
            del same[group_id]
            if not same:
                del self._groups[before]
        if after:
            self._sizes[group_id] = after
            self._groups.setdefault(after, {})[group_id] = None
        else:
            del self._sizes[group_id]
        self._total += after - before


class Shares(Generic[Key, Value]):
    """Values of groups by keys; the ones that were put longest ago go first."""

    def __init__(self, bounds: Bounds) -> None:
        self._of: dict[int, OrderedDict[Key, Value]] = {}
        self._sizes = Sizes(bounds)

    def get(self, group_id: int, key: Key) -> Value | None:
        """Return a group's value, or None."""
        values = self._of.get(group_id)
        return None if values is None else values.get(key)

    def put(self, group_id: int, key: Key, value: Value) -> None:
        """Keep a value; it is the newest now."""
        values = self._of.get(group_id)
        if values is None:
            values = self._of[group_id] = OrderedDict()
        is_new = key not in values
        values[key] = value
        if not is_new:
            values.move_to_end(key)
            return
        full = self._sizes.grow(group_id)
        if full is not None:
            self._of[full].popitem(last=False)
            if not self._of[full]:
                del self._of[full]

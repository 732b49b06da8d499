"""What waits to be sent, in memory: the lines of the chats, who waits for whom, and how much of the table is here.

Pure: the times are seconds of a monotonic clock, passed in. In memory are all waiting effects up to the *frontier*, a
(priority, id); those beyond stay in the table until there is room, so that order holds however many there are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from bot.tg.effects import Priority
from bot.tg.outbox.model import Lane, Waiting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.tg.outbox.limits import Limits

Place = tuple[int, int]
"""Priority and id: who goes first."""
NOTHING: Place = (-1, 0)
"""A frontier beyond which everything lies."""


class _Stage(Enum):
    BLOCKED = 1
    LINED_UP = 2
    TAKEN = 3
    """Claimed, under way, or its end not stored yet: whoever depends on it waits."""


@dataclass(slots=True)
class _Item:
    waiting: Waiting
    key: tuple[object, Lane]
    stage: _Stage = _Stage.BLOCKED
    missing: set[int] = field(default_factory=set)

    @property
    def place(self) -> Place:
        return self.waiting.priority, self.waiting.id


class _Status(Enum):
    IDLE = 1
    READY = 2
    DELAYED = 3
    BUSY = 4


@dataclass(slots=True)
class _Line:
    heap: list[Place] = field(default_factory=list)
    status: _Status = _Status.IDLE
    paused_until: float = 0.0


class Queue:
    """The lines of all chats."""

    def __init__(self, limits: Limits, capacity: int = 5000) -> None:
        self._limits = limits
        self._capacity = capacity
        self._items: dict[int, _Item] = {}
        self._lines: dict[tuple[object, Lane], _Line] = {}
        self._ready: tuple[list[tuple[Place, tuple[object, Lane]]], list[tuple[Place, tuple[object, Lane]]]] = ([], [])
        self._delayed: list[tuple[float, int, tuple[object, Lane]]] = []
        self._serial = 0
        self._dependents: dict[int, set[int]] = {}
        self._paused_until = 0.0
        self._active = 0
        self.frontier: Place | None = NOTHING
        """None when everything is in memory."""
        self._turned_away: Place | None = None

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, effect_id: int) -> bool:
        return effect_id in self._items

    @property
    def is_stuck(self) -> bool:
        """Whether all that is in memory waits for what is beyond the frontier."""
        return self.frontier is not None and not self._active and not self.room()

    # Coming and going

    def admit(self, waiting: Waiting) -> bool:
        """Take an effect into memory, unless it lies beyond the frontier."""
        if waiting.id in self._items:
            return True
        if self.frontier is not None and (waiting.priority, waiting.id) > self.frontier:
            self._turn_away(waiting.priority, waiting.id)
            return False
        self.load(waiting)
        if len(self._items) > self._capacity * 5 // 4:
            self._evict()
        return True

    def load(self, waiting: Waiting) -> None:
        """Take an effect into memory whatever the frontier."""
        if waiting.id in self._items:
            return
        key = (waiting.id if waiting.lane is Lane.FREE else waiting.chat_id, waiting.lane)
        item = self._items[waiting.id] = _Item(waiting, key, missing=set(waiting.after))
        for effect_id in item.missing:
            self._dependents.setdefault(effect_id, set()).add(waiting.id)
        if not item.missing:
            self._line_up(item)

    def room(self) -> int:
        """Return how many more should be read from the table: none while most of what is here is still to do."""
        return self._capacity - len(self._items) if len(self._items) <= self._capacity // 2 else 0

    def settle(self, effect_id: int) -> None:
        """Take note that an effect's end is stored: it leaves, and those who waited for it may go."""
        self._forget(effect_id)
        for dependent in self._dependents.pop(effect_id, ()):
            item = self._items.get(dependent)
            if item is None:
                continue
            item.missing.discard(effect_id)
            if not item.missing and item.stage is _Stage.BLOCKED:
                self._line_up(item)

    def missing(self) -> set[int]:
        """Return the effects that others wait for and that are not in memory: ended already, or beyond the frontier."""
        return {effect_id for effect_id in self._dependents if effect_id not in self._items}

    def forget(self, effect_id: int) -> None:
        """Let go of an effect that must be read anew; whoever waits for it goes on waiting."""
        self._forget(effect_id)

    def _forget(self, effect_id: int) -> None:
        item = self._items.pop(effect_id, None)
        if item is None:
            return
        self._active -= item.stage is not _Stage.BLOCKED
        for other in item.missing:
            dependents = self._dependents.get(other)
            if dependents is not None:
                dependents.discard(effect_id)
                if not dependents:
                    del self._dependents[other]

    def _evict(self) -> None:
        """Leave to the table what would go last."""
        idle = sorted(item.place for item in self._items.values() if item.stage is not _Stage.TAKEN)
        kept = max(0, len(idle) - (len(self._items) - self._capacity))
        for _, effect_id in idle[kept:]:
            self._forget(effect_id)
        self.frontier = idle[kept - 1] if kept else NOTHING
        for place in idle[kept : kept + 1]:
            self._turn_away(*place)

    def _turn_away(self, priority: int, effect_id: int) -> None:
        place = (priority, effect_id)
        self._turned_away = place if self._turned_away is None else min(self._turned_away, place)

    def begin_reading(self) -> None:
        """Note who is turned away from now on: the table is about to be read beyond the frontier."""
        self._turned_away = None

    def end_reading(self, found: Sequence[Waiting], room: int) -> None:
        """Take in what was read, at most ``room``, and move the frontier.

        Who was turned away meanwhile may be missing from what was read, and must stay beyond the frontier: else nobody
        would ever look there again.
        """
        if self.frontier is None:
            return
        for waiting in found:
            self.load(waiting)
        last = (found[-1].priority, found[-1].id) if found else self.frontier
        missed = self._turned_away
        if missed is not None:
            self.frontier = min(last, (missed[0], missed[1] - 1))
        else:
            self.frontier = None if len(found) < room else last

    # Lines

    def _line_up(self, item: _Item) -> None:
        self._active += item.stage is _Stage.BLOCKED
        item.stage = _Stage.LINED_UP
        line = self._lines.get(item.key)
        if line is None:
            line = self._lines[item.key] = _Line()
        heappush(line.heap, item.place)
        if line.status is _Status.IDLE or (line.status is _Status.READY and line.heap[0] == item.place):
            self._make_ready(item.key, line)

    def _make_ready(self, key: tuple[object, Lane], line: _Line) -> None:
        place = self._head(line)
        if place is None:
            line.status = _Status.IDLE
            self._lines.pop(key, None)
            return
        line.status = _Status.READY
        heappush(self._ready[key[1] is Lane.SAY], (place, key))

    def _head(self, line: _Line) -> Place | None:
        while line.heap:
            item = self._items.get(line.heap[0][1])
            if item is not None and item.stage is _Stage.LINED_UP:
                return line.heap[0]
            heappop(line.heap)
        return None

    def _delay(self, key: tuple[object, Lane], line: _Line, until: float) -> None:
        line.status = _Status.DELAYED
        self._serial += 1
        heappush(self._delayed, (until, self._serial, key))

    # Taking

    def take(self, now: float, slots: int) -> list[Waiting]:
        """Take what may be sent now, at most ``slots``, one a line; each must be given back by one of the methods below."""
        while self._delayed and self._delayed[0][0] <= now:
            key = heappop(self._delayed)[2]
            line = self._lines.get(key)
            if line is not None and line.status is _Status.DELAYED:
                line.paused_until = 0.0
                self._make_ready(key, line)
        taken: list[Waiting] = []
        if now < self._paused_until:
            return taken
        while len(taken) < slots and (item := self._next(now)) is not None:
            item.stage = _Stage.TAKEN
            taken.append(item.waiting)
        return taken

    def _next(self, now: float) -> _Item | None:
        while True:
            acts, says = self._ready
            counted = bool(says) and (not acts or says[0] < acts[0])
            if says and self._wait_to_say(says[0][0][0], now) != 0:
                counted = False
                if not acts:
                    return None
            heap = says if counted else acts
            if not heap:
                return None
            item = self._try(*heappop(heap), now)
            if item is not None:
                return item

    def _wait_to_say(self, priority: int, now: float) -> float | None:
        """Return how long a message of this priority must wait, its chat aside; None until one under way ends."""
        overall = self._limits.wait_overall(now)
        if overall is None or priority < Priority.PLANNED:
            return overall
        return max(overall, self._limits.wait_pace(now))

    def _try(self, place: Place, key: tuple[object, Lane], now: float) -> _Item | None:
        line = self._lines.get(key)
        if line is None or line.status is not _Status.READY:
            return None
        head = self._head(line)
        if head != place:
            # Its head left meanwhile; a better one has an entry of its own.
            if head is None or head > place:
                self._make_ready(key, line)
            return None
        item = self._items[place[1]]
        chat_id = item.waiting.chat_id
        if line.paused_until > now:
            self._delay(key, line, line.paused_until)
            return None
        if key[1] is Lane.SAY and chat_id is not None:
            wait = self._limits.wait_chat(chat_id, now)
            if wait != 0:
                self._delay(key, line, now + (0.1 if wait is None else wait))
                return None
            self._limits.begin(chat_id, now)
            if place[0] >= Priority.PLANNED:
                self._limits.keep_pace(now)
        heappop(line.heap)
        line.status = _Status.BUSY
        return item

    def wait(self, now: float) -> float | None:
        """Return in how many seconds there may be something to take, or None if only an event can change that."""
        if now < self._paused_until:
            return self._paused_until - now
        acts, says = self._ready
        waits = [self._delayed[0][0] - now] if self._delayed else []
        if acts:
            waits.append(0.0)
        if says and (soon := self._wait_to_say(says[0][0][0], now)) is not None:
            waits.append(soon)
        return max(0.0, min(waits)) if waits else None

    # Giving back

    def ended(self, effect_id: int, now: float, *, counted: bool = True, hold: bool = False) -> None:
        """Take note that a call is over: the next in line may go, unless ``hold`` keeps the line for :meth:`again`.

        The effect itself stays until :meth:`settle`.
        """
        item = self._items.get(effect_id)
        if item is None:
            return
        if item.key[1] is Lane.SAY and item.waiting.chat_id is not None:
            self._limits.end(item.waiting.chat_id, now, counted=counted)
        line = self._lines.get(item.key)
        if line is not None and line.status is _Status.BUSY and not hold:
            self._make_ready(item.key, line)

    def again(self, effect_id: int, pause_until: float) -> None:
        """Let an effect wait again at its old place, and its line pause with it: nothing overtakes."""
        item = self._items.get(effect_id)
        if item is None:
            return
        line = self._lines.setdefault(item.key, _Line())
        line.paused_until = max(line.paused_until, pause_until)
        line.status = _Status.IDLE
        self._line_up(item)

    def pause(self, until: float) -> None:
        """Take nothing at all for a while: Telegram cannot be reached."""
        self._paused_until = max(self._paused_until, until)

    def is_paused(self, now: float) -> bool:
        """Say whether nothing is taken at present."""
        return now < self._paused_until

"""A group's profile as every part of the bot sees it: a value, read from the store by ``chats``."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from bot.kernel.times import local_to_utc

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.kernel.ids import ChatId, GroupId, ThreadId

_LONGEST_QUIET = timedelta(days=31)
"""A group whose quiet never ends is woken all the same: what waits is not lost."""
Purpose = Literal["announcements", "events", "cases", "digest"]
"""What a forum topic may be set aside for."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A daily stretch in the group's own time, possibly over midnight, on some weekdays (R21).

    ``weekdays`` are the days on which the stretch *starts*, Monday 0.
    """

    start: time
    end: time
    weekdays: frozenset[int] = frozenset(range(7))

    def until(self, local: datetime) -> datetime | None:
        """Return the naive local end of the quiet stretch ``local`` lies in, or None outside of one."""
        for days_back in (0, 1):
            day = local.date() - timedelta(days=days_back)
            if day.weekday() not in self.weekdays:
                continue
            begin = datetime.combine(day, self.start)
            end = datetime.combine(day, self.end)
            if end <= begin:
                end += timedelta(days=1)
            if begin <= local < end:
                return end
        return None


@dataclass(frozen=True, slots=True)
class Group:
    """One group's profile. Times inside it are local to ``zone``; ``zone`` is an IANA name."""

    id: GroupId
    chat_id: ChatId
    title: str
    locale: str
    zone: str
    kind: Literal["group", "supergroup"] = "supergroup"
    active: bool = True
    is_forum: bool = False
    label: str | None = None
    managers_chat_id: ChatId | None = None
    linked_chat_id: ChatId | None = None
    """The channel whose discussions the group holds, once a post of it has arrived."""
    topics: Mapping[str, ThreadId] = field(default_factory=lambda: MappingProxyType({}))
    quiet: tuple[QuietHours, ...] = ()
    holidays: frozenset[date] = frozenset()
    open_until: datetime | None = None
    """Until then nothing is quiet, whatever the hours say (``/open``)."""

    @property
    def tz(self) -> ZoneInfo:
        """The group's time zone."""
        return ZoneInfo(self.zone)

    def thread_for(self, purpose: Purpose) -> ThreadId | None:
        """Return the topic set aside for ``purpose``, if any."""
        return self.topics.get(purpose)

    def local(self, at: datetime) -> datetime:
        """Return ``at`` (aware) as the group's naive local time."""
        return at.astimezone(self.tz).replace(tzinfo=None)

    def quiet_until(self, now: datetime) -> datetime | None:
        """Return when the quiet that holds ``now`` ends (aware UTC), or None when the group is awake.

        Quiet are its quiet hours and the whole of its holidays; what follows without a break is one quiet (R21). While the
        group was opened it is awake.
        """
        if not (self.quiet or self.holidays) or self.is_open(now):
            return None
        return self._end_of_quiet(now)

    def is_open(self, now: datetime) -> bool:
        """Say whether quiet hours are suspended."""
        return self.open_until is not None and now < self.open_until

    def coming_quiet(self, now: datetime) -> tuple[datetime, datetime] | None:
        """Return from when to when it is quiet, now or next, as if nobody had opened the group; None if never."""
        end = self._end_of_quiet(now)
        if end is not None:
            return now, end
        starts = (local_to_utc(start, self.tz).at.astimezone(now.tzinfo) for start in self._starts(self.local(now)))
        for start in sorted(starts):
            end = self._end_of_quiet(start)
            if start > now and end is not None:
                return start, end
        return None

    def next_change(self, now: datetime) -> datetime | None:
        """Return when :meth:`quiet_until` may say something else than it does now; None if never."""
        coming = self.coming_quiet(now)
        changes = [] if coming is None else [coming[0] if coming[0] > now else coming[1]]
        if self.open_until is not None and now < self.open_until:
            changes.append(self.open_until)
        return min(changes, default=None)

    def _starts(self, local: datetime) -> Iterator[datetime]:
        """Return when quiet may begin after ``local``: within a week by its hours, and on every holiday to come."""
        for days_ahead in range(8):
            day = local.date() + timedelta(days=days_ahead)
            yield from (datetime.combine(day, hours.start) for hours in self.quiet if day.weekday() in hours.weekdays)
        yield from (datetime.combine(day, time()) for day in self.holidays if day > local.date())

    def _end_of_quiet(self, now: datetime) -> datetime | None:
        local = awake = self.local(now)
        while (end := self._quiet_end(awake)) is not None:
            awake = end
            if awake - local > _LONGEST_QUIET:
                break
        if awake == local:
            return None
        return local_to_utc(awake, self.tz).at.astimezone(now.tzinfo)

    def _quiet_end(self, local: datetime) -> datetime | None:
        ends = [end for hours in self.quiet if (end := hours.until(local)) is not None]
        if local.date() in self.holidays:
            ends.append(datetime.combine(local.date() + timedelta(days=1), time()))
        return max(ends, default=None)

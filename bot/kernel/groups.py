"""A group's profile as every part of the bot sees it: a value, read from the store by ``chats``."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from bot.kernel.times import local_to_utc

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    topics: Mapping[str, ThreadId] = field(default_factory=lambda: MappingProxyType({}))
    quiet: tuple[QuietHours, ...] = ()
    holidays: frozenset[date] = frozenset()

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

        Quiet are its quiet hours and the whole of its holidays; what follows without a break is one quiet (R21).
        """
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

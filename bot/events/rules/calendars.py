"""Events as calendars read them (RFC 5545, RFC 5546): values in, the bytes of an .ics file out.

Times are written in UTC: every calendar shows them in its reader's own zone, none needs a description of the group's zone,
and the hour that comes twice at the end of summer time stays the one it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Final

from icalendar import Calendar, vCalAddress, vText
from icalendar import Event as Component

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

MAKER: Final = "-//Qunguan//Events//EN"
NO_ADDRESS: Final = "invalid:nomail"
"""An organiser is asked for in what is published, and a group has no address to write to."""
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
"""What may not stand in a calendar's text at all."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event in a calendar.

    ``uid`` names it for ever; of two with the same, the one with the higher ``sequence`` counts. ``host`` is who invites,
    ``spot`` latitude and longitude in degrees. ``is_off`` takes the entry out of the calendar.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    title: str
    host: str
    place: str = ""
    spot: tuple[float, float] | None = None
    about: str = ""
    url: str | None = None
    is_off: bool = False


def uid_of(event_id: int, bot_id: int) -> str:
    """Return the name of an event in every calendar; no other bot gives the same."""
    return f"event-{event_id}@{bot_id}.qunguan"


def calendar_file(entries: Sequence[Entry], now: datetime, name: str = "") -> bytes:
    """Write an .ics file. ``name`` is what a calendar that is made of it is called.

    Where nothing but what is off is in it, it says so as a whole, so that calendars take the entries out.
    """
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if entries and all(entry.is_off for entry in entries) else "PUBLISH")
    if name:
        calendar.add("x-wr-calname", _line(name))
    for entry in entries:
        calendar.add_component(_component(entry, now))
    data: bytes = calendar.to_ical()
    return data


def _component(entry: Entry, now: datetime) -> Component:
    component = Component()
    component.add("uid", entry.uid)
    component.add("sequence", entry.sequence)
    component.add("dtstamp", now.astimezone(UTC))
    component.add("dtstart", entry.starts_at.astimezone(UTC))
    component.add("dtend", entry.ends_at.astimezone(UTC))
    component.add("summary", _line(entry.title))
    component.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    host = vCalAddress(NO_ADDRESS)
    host.params["cn"] = vText(_line(entry.host).replace('"', "”"))
    component.add("organizer", host)
    if entry.place:
        component.add("location", _line(entry.place))
    if entry.spot is not None:
        component.add("geo", entry.spot)
    if entry.about:
        component.add("description", "\n".join(_line(line) for line in entry.about.splitlines()))
    if entry.url:
        component.add("url", _line(entry.url))
    return component


def _line(text: str) -> str:
    """Return a text as one line without what breaks a file; the library takes a backslash before an N for a new line."""
    return _CONTROLS.sub("", " ".join(text.split())).replace("\\N", "＼N")

"""What a part of announcements offers; ``capability`` puts the core and all of them together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.rules.announcement import Announcement
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.capability import Capability
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Key

KeyMaker = Callable[["Texts", "Group", "Announcement"], "Sequence[Key]"]
MenuKeys = Callable[["Texts", "Group"], "Sequence[Key]"]
PostedKeys = Callable[["Scope", "Group", "Announcement", "Texts"], Awaitable["Sequence[Key]"]]
Lines = Callable[["Scope", "Group", "Announcement", "Texts"], Awaitable["Sequence[Html]"]]
Hook = Callable[["Scope", "Group", "Announcement"], Awaitable[None]]
Occurred = Callable[["Scope", "Group", "Announcement", "Announcement"], Awaitable[None]]
"""``(scope, group, pattern, item)``: a date of a recurring announcement has made one of its own."""
Changed = Callable[["Scope", "Group", "Announcement", bool], Awaitable[None]]
Pins = Callable[["Scope", "Group", "Announcement"], Awaitable[bool]]
MenuCount = Callable[["Scope", "Group"], Awaitable[int]]
Recalled = Callable[["Context", int, str], Awaitable[None]]
"""``(context, number, reason)``: all copies of an announcement are to be taken back."""
BroadcastLines = Callable[["Scope", int, "Texts"], Awaitable["Sequence[Html]"]]
"""``(scope, broadcast, texts)``: what a part says of all copies of one announcement together."""
DigestLines = Callable[["Scope", "Group", "datetime", "datetime", "Texts"], Awaitable["Sequence[Html]"]]
"""``(scope, group, since, until, texts)``: what a part adds to the digest, a line each."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part: what it offers, as a capability, and where it has a say in the core.

    ``name`` is its key in :attr:`~bot.announcements.rules.announcement.Announcement.options`.
    ``draft_keys`` are its buttons on the managers' card of what is not sent yet, ``desk_keys`` on that of a published one,
    ``posted_keys`` those below the announcement itself in the group, ``menu_keys`` those on the page of a bare ``/announce``;
    ``menu_count`` is how much waits there, which stands on the first of them. ``settings_keys`` are those on the
    page of settings.
    ``live_keys`` are buttons on the managers' card that depend on what the part keeps elsewhere. ``lines`` are what it says there.
    ``decided`` is called when somebody has decided that it is not to be posted, or that it is after all.
    ``occurred`` is called when a date of a recurring one has come.
    ``posted`` is called when it stands in the group, ``changed`` when its words there were edited (with whether more than their
    form was), ``withdrawn`` when it was taken back. ``ended`` is called when a posting came to its end, whichever that is, or when
    somebody has said what it was, ``pinned`` when Telegram has pinned it. ``pins`` says whether it is pinned when it is posted; one part's no is
    enough. ``recalled`` takes all copies of one back. ``broadcast_lines`` are what it says on the card of one that went to several groups.
    """

    offer: Capability
    name: str = ""
    draft_keys: KeyMaker | None = None
    desk_keys: KeyMaker | None = None
    live_keys: PostedKeys | None = None
    posted_keys: PostedKeys | None = None
    lines: Lines | None = None
    decided: Hook | None = None
    occurred: Occurred | None = None
    posted: Hook | None = None
    changed: Changed | None = None
    withdrawn: Hook | None = None
    ended: Hook | None = None
    pinned: Hook | None = None
    pins: Pins | None = None
    menu_keys: MenuKeys | None = None
    menu_count: MenuCount | None = None
    settings_keys: MenuKeys | None = None
    broadcast_lines: BroadcastLines | None = None
    digest: DigestLines | None = None
    recalled: Recalled | None = None

"""Announcements as a capability: the core and its parts, put together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.announcements.broadcast.handlers.part import part as broadcast
from bot.announcements.handlers.arrivals import new_zone
from bot.announcements.handlers.core import ORDER, core
from bot.announcements.handlers.desk import Desk
from bot.announcements.handlers.posting import Posting
from bot.i18n import Html
from bot.tg.capability import DigestSection
from bot.tg.parts import joined

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.announcements.handlers.desk import Places
    from bot.announcements.handlers.part import Part
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.capability import Capability
    from bot.tg.context import Scope

__all__ = ["capability", "new_zone"]


def capability(places: Places) -> Capability:
    """Return announcements; ``places`` knows where managers are spoken to."""
    posting = Posting()
    parts = _parts(places, posting)
    posting.join(parts)
    whole = joined(core(places, posting), [part.offer for part in parts])
    return replace(whole, digest=_digest(whole.digest, parts))


def _parts(places: Places, posting: Posting) -> tuple[Part, ...]:
    """Return the parts; a part that posts announcements does so through ``posting``."""
    return (broadcast(Desk(places), posting),)


def _digest(core_digest: DigestSection | None, parts: Sequence[Part]) -> DigestSection:
    """Return the core's lines in the digest with those of the parts below them."""

    async def render(scope: Scope, group: Group, since: datetime, until: datetime, texts: Texts) -> Html | None:
        first = None if core_digest is None else await core_digest.render(scope, group, since, until, texts)
        lines = [] if first is None else [first]
        for part in parts:
            if part.digest is not None:
                lines += await part.digest(scope, group, since, until, texts)
        return Html("\n").join(lines) if lines else None

    return DigestSection(ORDER, render)

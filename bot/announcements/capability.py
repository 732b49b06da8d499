"""Announcements as a capability: the core and its parts, put together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.announcements.acknowledgement.handlers.part import part as acknowledgement
from bot.announcements.broadcast.handlers.part import part as broadcast
from bot.announcements.handlers.arrivals import new_zone as core_new_zone
from bot.announcements.handlers.colliding import careful
from bot.announcements.handlers.core import ORDER, core
from bot.announcements.handlers.desk import Desk
from bot.announcements.handlers.dressing import part as dressing
from bot.announcements.handlers.mentioning import Pace
from bot.announcements.handlers.posting import Posting
from bot.announcements.handlers.work import Work
from bot.announcements.quotas.handlers.part import part as quotas
from bot.announcements.recurring.handlers.coming import new_zone as recurring_new_zone
from bot.announcements.recurring.handlers.part import part as recurring
from bot.announcements.recurring.service import pattern_of
from bot.announcements.sharing.handlers.part import links
from bot.announcements.sharing.handlers.part import part as sharing
from bot.announcements.submissions.handlers.part import hand_in_key
from bot.announcements.submissions.handlers.part import part as submissions
from bot.announcements.submissions.service import handed_in_by
from bot.announcements.telling.handlers.part import part as telling
from bot.announcements.templates.handlers.part import part as templates
from bot.i18n import Html
from bot.tg.capability import DigestSection
from bot.tg.parts import joined

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.announcements.acknowledgement.handlers.after import Ledger
    from bot.announcements.handlers.part import Part
    from bot.announcements.handlers.roll import Crowd
    from bot.chats.service import GroupBook as Groups
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.capability import Capability
    from bot.tg.context import Scope

__all__ = ["capability", "links", "new_zone"]


def capability(groups: Groups, people: Crowd, ledger: Ledger) -> Capability:
    """Return announcements.

    ``groups`` knows where managers are spoken to and whom the bot may write to in private, ``people`` how many members a group
    has, and ``ledger`` opens the cases that managers make of silence.
    """
    posting = Posting()
    parts = _parts(groups, posting, people, ledger)
    posting.join(parts)
    whole = joined(core(groups, posting), [part.offer for part in parts])
    commands = tuple(careful(command) for command in whole.commands)
    return replace(whole, commands=commands, digest=_digest(whole.digest, parts))


def _parts(groups: Groups, posting: Posting, people: Crowd, ledger: Ledger) -> tuple[Part, ...]:
    """Return the parts; a part that posts announcements does so through ``posting``."""
    pace = Pace()
    return (
        dressing(Work(Desk(groups), posting)),
        templates(Desk(groups)),
        broadcast(Desk(groups), posting, pattern_of),
        acknowledgement(groups, posting, people, groups.reach, ledger, pace),
        recurring(Work(Desk(groups), posting)),
        telling(groups, people, pace),
        sharing(groups, posting, people, groups.reach, pace),
        submissions(groups, pattern_of),
        quotas(groups, handed_in_by, groups.reachable_of, hand_in_key),
    )


async def new_zone(scope: Scope, group: Group, texts: Texts) -> Html | None:
    """Say when what waits goes out now that the group's time zone is another."""
    said = [await ask(scope, group, texts) for ask in (core_new_zone, recurring_new_zone)]
    found = [html for html in said if html is not None]
    return Html("\n\n").join(found) if found else None


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

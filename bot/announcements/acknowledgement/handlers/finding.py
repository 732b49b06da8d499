"""Which announcement is meant, and where its names may be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements.acknowledgement import service
from bot.announcements.acknowledgement.texts import answers as say
from bot.announcements.handlers import aside
from bot.announcements.handlers.aside import numbered
from bot.announcements.handlers.shaping import as_read, time_of
from bot.announcements.rules.announcement import Announcement
from bot.announcements.texts.words import excerpt
from bot.i18n import Html
from bot.tg.access import Declined

if TYPE_CHECKING:
    from bot.announcements.acknowledgement.rules.taps import Round
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope


async def asked(context: Context, number: int) -> tuple[Announcement, Round]:
    """Return an announcement that stands in the group, with what is asked of its readers.

    :raises Declined: if there is none, or nothing is asked.
    """
    item = await numbered(context, number)
    found = await service.asked_of(context.tx, item.id)
    if found is not None:
        return item, found
    raise Declined(unasked(context.texts, item))


def unasked(texts: Texts, item: Announcement) -> Html:
    """Say why nobody is asked to acknowledge an announcement."""
    if service.wish_of(item) is None:
        return say.nothing_asked(texts, item.number)
    return say.not_posted(texts, item.number) if item.posted_at is None else Html.escape(say.closed(texts))


async def words_of(scope: Scope, group: Group, item: Announcement, texts: Texts) -> str:
    """Return the beginning of an announcement as its group reads it."""
    return excerpt(texts, await as_read(scope, group, item.content, time_of(item, scope.now)))


async def aside_only(context: Context) -> None:
    """Go where managers read (R34); refuse where that would be the group itself.

    :raises Declined: where neither a private chat nor a managers' chat can be reached.
    """
    await aside.aside_only(context, say.only_managers(context.texts, context.scope.bot_username))

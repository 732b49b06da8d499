"""Names are shown where only managers read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements import service
from bot.announcements.handlers.desk import PURPOSE
from bot.announcements.rules.announcement import Announcement
from bot.announcements.texts import replies
from bot.tg.access import Declined
from bot.tg.aside import step_aside

if TYPE_CHECKING:
    from bot.i18n import Html
    from bot.tg.context import Context


async def aside_only(context: Context, refusal: Html) -> None:
    """Go where managers read (R34); say ``refusal`` where that would be the group itself.

    :raises Declined: where neither a private chat nor a managers' chat can be reached.
    """
    await step_aside(context, PURPOSE)
    if context.spoken.chat_id == context.group.chat_id:
        raise Declined(refusal)


async def numbered(context: Context, number: int) -> Announcement:
    """Return the group's announcement of that number.

    :raises Declined: if there is none.
    """
    found = await service.find(context.tx, context.group.id, number)
    if isinstance(found, Announcement):
        return found
    raise Declined(replies.refused(context.texts, found))

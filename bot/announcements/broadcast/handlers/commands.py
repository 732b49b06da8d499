"""``/announce to …``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.announcements import service as core
from bot.announcements.broadcast.handlers.choosing import choosable
from bot.announcements.broadcast.rules import typed as lines
from bot.announcements.broadcast.texts import page as say
from bot.announcements.handlers.desk import by_of
from bot.announcements.handlers.reading import album_of, content_of, whole
from bot.announcements.handlers.work import done
from bot.kernel.roles import Right
from bot.tg.access import Declined

if TYPE_CHECKING:
    from telegram import Update

    from bot.announcements.broadcast.handlers.choosing import Choosing
    from bot.announcements.broadcast.handlers.steering import Steering
    from bot.announcements.handlers.desk import Places
    from bot.tg.context import Context


@dataclass(frozen=True, slots=True)
class Commands:
    """The lines, with the pages they lead to."""

    places: Places
    choosing: Choosing
    steering: Steering

    async def to(self, update: Update, context: Context) -> None:
        """``/announce to Hikers, label:volunteers 12``, ``/announce to all | text``; alone it shows the last ones."""
        typed = lines.read(context.args_text)
        content = None if update.message is None else content_of(update.message, typed.text)
        has_content = content is not None and bool(content.html or content.kind or content.files)
        if not typed.names_groups and typed.number is None and not has_content:
            await self.steering.hand_list(context)
            return
        groups = await self.places.groups_with(context.tx, context.actor.user_id, Right.PUBLISH)
        picked = lines.pick(typed, groups)
        if not picked.is_clear:
            raise Declined(say.not_found(context.texts, picked))
        if typed.number is not None:
            item = await choosable(context, typed.number)
        elif content is None or not has_content:
            raise Declined(say.what_wanted(context.texts))
        else:
            album = None if update.message is None else album_of(update.message)
            content = await whole(context.tx, content, album)
            drafted = await core.draft(context.tx, context.group.id, content, by_of(context), context.now)
            item = done(context, drafted)
        await self.choosing.begin(context, item, [group.id for group in picked.groups], groups)

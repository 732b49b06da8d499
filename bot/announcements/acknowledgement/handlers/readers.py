"""What members see: the button below the announcement, and what a tap on it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.announcements.acknowledgement import service
from bot.announcements.acknowledgement.handlers import codes
from bot.announcements.acknowledgement.rules.taps import Noted, TakenBack
from bot.announcements.acknowledgement.texts import answers as say
from bot.announcements.acknowledgement.texts import words
from bot.announcements.handlers.reminding import run_lines
from bot.announcements.rules.announcement import State
from bot.members import service as members
from bot.tg import effects as fx

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from telegram import Update

    from bot.announcements.handlers.posting import Posting
    from bot.announcements.rules.announcement import Announcement
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope


@dataclass(frozen=True, slots=True)
class Readers:
    """The button; ``posting`` keeps it up to date."""

    posting: Posting

    async def read(self, _update: Update, context: Context, post_id: int) -> None:
        """Note that somebody has read it, or take that back; who has never written in the group is known from then on."""
        actor, query = context.actor, context.spoken.update.callback_query
        if query is not None and not context.standing.is_known and context.spoken.chat_id == context.group.chat_id:
            await members.met(context.tx, context.group, query.from_, context.now)
        outcome = await service.tap(context.tx, context.group.id, post_id, actor.user_id, actor.name, context.now)
        if isinstance(outcome, Noted | TakenBack):
            self.posting.keys_changed(context.scope, post_id)
        context.toast(say.tapped(context.texts, outcome), alert=isinstance(outcome, Noted) and outcome.mark.late)

    async def keys(self, scope: Scope, group: Group, item: Announcement, texts: Texts) -> Sequence[fx.Key]:
        """Return the button, with how many have tapped it."""
        if service.wish_of(item) is None:
            return ()
        # Nobody has answered what has never been on its way.
        found = await service.count(scope.tx, item.id) if item.attempt else None
        if found is not None and found[0].closed:
            return ()
        return (codes.READ.key(words.read_label(texts, 0 if found is None else found[1]), group, item.id),)

    @staticmethod
    def first_key(texts: Texts, group: Group, item: Announcement) -> fx.Key:
        """Return the button as it stands below a reminder in private."""
        return codes.READ.key(words.read_label(texts, 0), group, item.id)

    async def posted(self, scope: Scope, _group: Group, item: Announcement) -> None:
        """Begin to ask, now that it stands in the group; some may have been faster."""
        if service.wish_of(item) is None:
            return
        if await service.asked_of(scope.tx, item.id) is None:
            await service.begin(scope.tx, item, scope.now)
        else:
            self.posting.keys_changed(scope, item.id)

    @staticmethod
    async def ended(scope: Scope, _group: Group, item: Announcement) -> None:
        """Begin to ask also where it was a manager who said that it stands in the group."""
        by_hand = item.state is State.PUBLISHED and item.message_id is None
        if by_hand and service.wish_of(item) is not None and await service.asked_of(scope.tx, item.id) is None:
            await service.begin(scope.tx, item, scope.now)

    async def withdrawn(self, scope: Scope, _group: Group, item: Announcement) -> None:
        """Ask no more."""
        await service.close(scope.tx, item.id, scope.now)

    @staticmethod
    async def digest(scope: Scope, group: Group, _since: datetime, _until: datetime, texts: Texts) -> Sequence[Html]:
        """Say how many are not acknowledged by everybody yet."""
        count = await service.waiting(scope.tx, group.id, scope.now)
        return (words.digest_line(texts, count),) if count else ()

    @staticmethod
    async def lines(scope: Scope, _group: Group, item: Announcement, texts: Texts) -> Sequence[Html]:
        """Say on the managers' card what is asked."""
        wish = service.wish_of(item)
        if wish is None:
            return ()
        asked = None if item.posted_at is None else await service.asked_of(scope.tx, item.id)
        if asked is None:
            return (words.draft_line(texts, wish, scope.now, item.due_at),)
        line = words.posted_line(texts, asked)
        return (*(() if line is None else (line,)), *await run_lines(scope, service.FEED, item, asked, texts))

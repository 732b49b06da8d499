"""Who has passed it on, for the pages of the roll; and the screenshots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.announcements import service as core
from bot.announcements.handlers import codes as core_codes
from bot.announcements.handlers.aside import numbered
from bot.announcements.handlers.desk import by_of
from bot.announcements.handlers.roll import Codes, Found, Pages, Speech
from bot.announcements.handlers.shaping import as_read, time_of
from bot.announcements.rules.announcement import State
from bot.announcements.rules.roll import Answer
from bot.announcements.sharing import service
from bot.announcements.sharing.handlers import codes
from bot.announcements.sharing.texts import status as say
from bot.announcements.sharing.texts import words
from bot.announcements.texts.roll import picture_label
from bot.announcements.texts.words import excerpt
from bot.tg import effects as fx
from bot.tg.access import Declined
from bot.tg.buttons import rows
from bot.tg.pages import turning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.announcements.handlers.desk import Desk
    from bot.announcements.handlers.posting import Posting
    from bot.announcements.handlers.roll import Crowd
    from bot.announcements.rules.announcement import Announcement
    from bot.announcements.service.people import Reach
    from bot.i18n import Html, Texts
    from bot.tg.capability import Due
    from bot.tg.context import Context, Scope

SPEECH = Speech(
    say.WORDS,
    say.summary,
    say.remind_label,
    words.ways_label,
    words.number_wanted,
    words.not_understood,
    words.only_managers,
)
CODES = Codes(codes.STATUS, codes.LIST, codes.FILE, codes.REMIND, codes.WAYS)


@dataclass(frozen=True, slots=True)
class Status:
    """What the pages ask, and what happens at the end."""

    crowd: Crowd
    reach: Reach
    desk: Desk
    posting: Posting

    def pages(self) -> Pages:
        """Return the pages."""
        return Pages(CODES, SPEECH, self.find, self.exported, "shares")

    async def find(self, context: Context, number: int) -> Found:
        """Return who has passed it on, with the way to the screenshots.

        :raises Declined: if there is none, or nothing is asked.
        """
        item = await numbered(context, number)
        found = await service.roll_of(context.tx, item, self.reach, await self.crowd.total(context.tx, context.group))
        if found is None:
            raise Declined(self.unasked(context.texts, item))
        asked, roll = found
        proofs = roll.count(Answer.PROOF)
        return Found(item, asked, roll, keys=lambda texts: _proofs(context, texts, number, proofs))

    @staticmethod
    def unasked(texts: Texts, item: Announcement) -> Html:
        """Say why nobody is asked to pass an announcement on."""
        if service.wish_of(item) is None:
            return words.nothing_asked(texts, item.number)
        return words.gone(texts) if item.posted_at is not None else words.not_posted(texts, item.number)

    @staticmethod
    async def exported(context: Context, found: Found) -> None:
        """Write down that a list of names left the bot as a file."""
        people = len(found.roll.lines)
        await service.note_export(context.tx, found.item, by_of(context), people, context.now)

    async def proofs(self, _update: Update, context: Context, number: int, place: int) -> None:
        """Show one screenshot, with buttons to the others."""
        item = await numbered(context, number)
        await self.pages().go_aside(context)
        found = await service.proofs(context.tx, item)
        texts, group = context.texts, context.group
        if not found:
            context.toast(say.no_proofs(texts), alert=True)
            return
        place = min(max(place, 1), len(found))
        share = found[place - 1]
        back = codes.STATUS.key(picture_label(texts), group, number)
        keys = (*turning(place, len(found), codes.PROOFS, group, number, texts=texts), *rows((back,)))
        context.toast_empty()
        context.edit_photo(fx.FileId(share.proof or ""), say.proof_caption(texts, number, share), keys)

    # The end

    async def ended(self, scope: Scope, due: Due) -> None:
        """Take the button away at the end, and tell whoever is responsible how it stands."""
        item = await core.get(scope.tx, int(due.key))
        group = scope.group(item.group_id) if item is not None else None
        found = None if item is None else await service.roll_of(scope.tx, item, self.reach)
        if item is None or group is None or found is None or not group.active or item.state is not State.PUBLISHED:
            return
        asked, roll = found
        if asked.closed or not asked.is_over(scope.now):
            return
        await service.REMINDERS.stop(scope.tx, asked)
        await self.posting.redraw_keys(scope, group, item)
        core_codes.changed(scope, item)
        if item.broadcast_id is not None:
            await service.collect(scope.tx, item, scope.now)
            return
        place, texts = await self.desk.place_for(scope, group, item)
        key = codes.STATUS.key(texts.label(words.WHO), group, item.number)
        html = say.ended(texts, item.number, group.label or group.title, asked, roll)
        await self.desk.tell(scope, group, place, html, ((key,),))

    async def summed(self, scope: Scope, due: Due) -> None:
        """Tell whoever sent it to several groups how it stands in all of them."""
        item = await service.one_of(scope.tx, int(due.key))
        group = scope.group(item.group_id) if item is not None else None
        if item is None or group is None:
            return
        found = await service.sums(scope.tx, int(due.key))
        place, texts = await self.desk.place_for(scope, group, item)
        words_of_it = excerpt(texts, await as_read(scope, group, item.content, time_of(item, scope.now)))
        await self.desk.tell(scope, group, place, say.ended_everywhere(texts, words_of_it, found))

    @staticmethod
    async def lines(scope: Scope, broadcast_id: int, texts: Texts) -> Sequence[Html]:
        """Say on the card of all of them how many have passed it on."""
        found = await service.sums(scope.tx, broadcast_id)
        return (say.so_far(texts, found, scope.now),) if found.groups else ()


def _proofs(context: Context, texts: Texts, number: int, count: int) -> tuple[fx.Key, ...]:
    return (codes.PROOFS.key(say.proofs_label(texts, count), context.group, number, 1),) if count else ()

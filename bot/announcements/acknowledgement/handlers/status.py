"""Who has read it, for the pages of the roll; and what of it is the part's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.announcements.acknowledgement import service
from bot.announcements.acknowledgement.handlers import codes
from bot.announcements.acknowledgement.handlers.finding import unasked
from bot.announcements.acknowledgement.texts import answers
from bot.announcements.acknowledgement.texts import several as say_several
from bot.announcements.acknowledgement.texts import status as say
from bot.announcements.handlers.aside import numbered
from bot.announcements.handlers.desk import by_of
from bot.announcements.handlers.roll import Codes, Found, Pages, Speech
from bot.i18n import Html
from bot.kernel.roles import Right
from bot.tg.access import Declined

if TYPE_CHECKING:
    from bot.announcements.handlers.roll import Crowd
    from bot.announcements.service.people import Reach
    from bot.i18n import Texts
    from bot.tg.context import Context
    from bot.tg.effects import Key

SPEECH = Speech(
    say.WORDS,
    say.summary,
    say.remind_label,
    say.ways_label,
    answers.number_wanted,
    answers.not_understood,
    answers.only_managers,
)
CODES = Codes(codes.STATUS, codes.LIST, codes.FILE, codes.REMIND, codes.WAYS)


@dataclass(frozen=True, slots=True)
class Status:
    """What the pages ask."""

    crowd: Crowd
    reach: Reach

    def pages(self) -> Pages:
        """Return the pages."""
        return Pages(CODES, SPEECH, self.find, self.exported, "read")

    async def find(self, context: Context, number: int) -> Found:
        """Return who has read it, with the way to what is to be decided, and with how it stands in other groups.

        :raises Declined: if there is none, or nothing is asked.
        """
        item = await numbered(context, number)
        there = await service.roll_of(context.tx, item, self.reach, await self.crowd.total(context.tx, context.group))
        if there is None:
            raise Declined(unasked(context.texts, item))
        now_asked, found = there
        silent = 0
        if now_asked.propose and context.standing.may(Right.MODERATE):
            silent = await service.undecided(context.tx, item.id)
        sums = None if item.broadcast_id is None else await service.sums(context.tx, item.broadcast_id)
        return Found(
            item,
            now_asked,
            found,
            lambda texts: Html() if sums is None else say_several.everywhere(texts, sums),
            acts=lambda texts: self._decide(context, texts, number, silent),
        )

    @staticmethod
    def _decide(context: Context, texts: Texts, number: int, silent: int) -> tuple[Key, ...]:
        if not silent:
            return ()
        return (codes.SILENCE.key(say.silence_label(texts, silent), context.group, number, 1),)

    @staticmethod
    async def exported(context: Context, found: Found) -> None:
        """Write down that a list of names left the bot as a file."""
        people = len(found.roll.lines)
        await service.note_export(context.tx, found.item, by_of(context), people, context.now)

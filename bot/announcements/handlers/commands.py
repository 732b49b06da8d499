"""``/announce`` and the words that may follow it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.announcements import service
from bot.announcements.handlers.desk import PURPOSE, by_of
from bot.announcements.handlers.lists import hand_list
from bot.announcements.handlers.reading import ALBUM, album_of, content_of, whole
from bot.announcements.handlers.work import number_of
from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import Announcement, State
from bot.announcements.rules.content import has_files
from bot.announcements.rules.shelves import shelf_named
from bot.announcements.rules.typed import split_number, split_page, without_bar
from bot.announcements.texts import lists as say_list
from bot.announcements.texts import replies as say
from bot.kernel.times import Ambiguous, DoesNotExist, Parsed, parse_time
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.forms import texts as say_form
from bot.tg.reading import answered_by

if TYPE_CHECKING:
    from telegram import Update

    from bot.announcements.handlers.work import Work
    from bot.tg.context import Context

FORM = "announce"
FORM_AT = "announce.at"
FORM_EDIT = "announce.edit"
FORM_WHEN = "announce.when"
WORDS_ONLY = "words_only"
"""The preset that says that the file stays as it is."""
SAID = "said_at"
"""The preset that holds the words of a time which can mean several, or lack an hour: the form asks back what is meant."""


async def allowed(context: Context, number: int, act: Act) -> Announcement:
    """Return the announcement of that number with which the speaker may do this now.

    :raises Declined: with the reason, where they may not.
    """
    found = await service.can(context.tx, context.group.id, number, act, by_of(context))
    if isinstance(found, Announcement):
        return found
    raise Declined(say.refused(context.texts, found))


def to_edit(item: Announcement) -> dict[str, object]:
    """Return what the form for other words knows: of which one, and whether only its words can still be changed."""
    return {"number": item.number, WORDS_ONLY: item.state is State.PUBLISHED and has_files(item.content)}


@dataclass(frozen=True, slots=True)
class Commands:
    """The commands, with the jobs they start."""

    work: Work

    async def announce(self, update: Update, context: Context) -> None:
        """``/announce <text>``, or in reply to a message: a draft (R02)."""
        message = update.message
        if message is None:
            return
        if not context.args_text and answered_by(message) is None:
            await context.start_form(FORM)
            return
        await self.work.draft(context, content_of(message, without_bar(context.args_text)), album_of(message))

    async def at(self, update: Update, context: Context) -> None:
        """``/announce at <time> | <text>``: shown back before it is saved."""
        message = update.message
        line = context.args_text.replace("｜", "|", 1)
        when, bar, _ = line.partition("|")
        if not bar or message is None:
            raise Declined(say.bar_wanted(context.texts))
        times = self._times(context, when)
        text = context.args_text[len(when) + 1 :].strip()
        content, album = content_of(message, text), album_of(message)
        problem = service.problem_of(await whole(context.tx, content, album))
        if problem is not None:
            raise Declined(say.refused(context.texts, problem))
        await step_aside(context, PURPOSE)
        await context.start_form(FORM_AT, {"content": content, ALBUM: album, **times})

    async def list(self, _update: Update, context: Context) -> None:
        """``/announce list [state] [page]``."""
        typed = context.args_text or "1"
        found = split_page(typed, shelf_named)
        if found is None:
            raise Declined(say_list.shelf_wanted(context.texts, typed))
        shelf, page = found
        await hand_list(context, page, shelf)

    async def show(self, _update: Update, context: Context) -> None:
        """``/announce show <number>``."""
        number = await number_of(context, "show")
        if number is None:
            return
        item = await service.find(context.tx, context.group.id, number)
        if not isinstance(item, Announcement):
            raise Declined(say.refused(context.texts, item))
        await self.work.desk.hand_out(context, item)

    async def edit(self, update: Update, context: Context) -> None:
        """``/announce edit <number> [text]``, or in reply to the new version."""
        number = await number_of(context, "edit", alone=False)
        message = update.message
        if number is None or message is None:
            return
        tail = split_number(context.args_text)[1]
        content = content_of(message, tail)
        if content.html or content.kind is not None:
            await self.work.edit(context, number, content, album_of(message))
            return
        found = await allowed(context, number, Act.EDIT)
        await step_aside(context, PURPOSE)
        await context.start_form(FORM_EDIT, to_edit(found))

    async def schedule(self, update: Update, context: Context) -> None:
        """``/announce schedule <number> [time]``: shown back before it is saved."""
        if split_number(context.args_text)[0] is None and "|" in context.args_text.replace("｜", "|"):
            # A time with a text behind a bar is a new one, whichever word stands before it.
            await self.at(update, context)
            return
        number = await number_of(context, "schedule", alone=False)
        if number is None:
            return
        await allowed(context, number, Act.SCHEDULE)
        when = split_number(context.args_text)[1]
        preset: dict[str, object] = {"number": number}
        if when:
            preset |= self._times(context, when)
        await step_aside(context, PURPOSE)
        await context.start_form(FORM_WHEN, preset)

    async def publish(self, _update: Update, context: Context) -> None:
        """``/announce publish <number>``."""
        number = await number_of(context, "publish")
        if number is not None and (item := await self.work.publish(context, number)) is not None:
            context.toast(say.on_its_way(context.texts, item.number))

    async def copy(self, _update: Update, context: Context) -> None:
        """``/announce copy <number>``."""
        number = await number_of(context, "copy")
        if number is not None:
            await self.work.copy(context, number)

    async def cancel(self, _update: Update, context: Context) -> None:
        """``/announce cancel <number>``."""
        number = await number_of(context, "cancel")
        if number is not None:
            await self.work.cancel(context, number)

    @staticmethod
    def _times(context: Context, typed: str) -> dict[str, object]:
        """Return what a form is to know of a time that was typed: the time itself, or words that it has to ask back.

        :raises Declined: where no question could make a time of it.
        """
        outcome = parse_time(typed, context.now, context.texts.tz)
        match outcome:
            case Parsed(date_only=False):
                return {"at": outcome.at}
            case Parsed() | Ambiguous() | DoesNotExist():
                return {SAID: typed.strip()}
            case _:
                raise Declined(say_form.problem_of(outcome, context.texts))

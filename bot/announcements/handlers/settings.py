"""``/announce settings``: who reviews, and how late is too late, by buttons and on one line (R09)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from bot.announcements import service
from bot.announcements.handlers import codes
from bot.announcements.handlers.desk import by_of
from bot.announcements.rules.house import MOST_LATE, House, Review
from bot.announcements.rules.typed import Setting, read_late, read_review, setting_named
from bot.announcements.texts import settings as say
from bot.tg.access import Declined
from bot.tg.buttons import column
from bot.tg.capability import Button
from bot.tg.forms import Form
from bot.tg.forms.questions import ask_duration
from bot.tg.panel import RUN

if TYPE_CHECKING:
    from telegram import Update

    from bot.announcements.handlers.posting import Posting
    from bot.tg.context import Context

FORM_LATE: Final = "announce.late"
_OFFERED: Final = (0, 15, 60, 180, 720, 1440)
"""How late it may be, in minutes; none at all for those who want to be asked each time."""
_BESIDE: Final = ((say.QUIET, "quiet"), (say.HOLIDAYS, "holidays"))
"""Commands of the group by their stable names, with the labels of their buttons."""
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Settings:
    """The page and the line, with what the parts add."""

    posting: Posting

    async def command(self, _update: Update, context: Context) -> None:
        """``/announce settings`` shows the page; ``/announce settings late 2 hours`` changes one of them."""
        typed = " ".join(context.args_text.split())
        if not typed:
            self._show(context, await service.house_of(context.tx, context.group.id))
            return
        word, _, value = typed.partition(" ")
        setting = setting_named(word)
        if setting is None or not value:
            raise Declined(say.unknown(context.texts, typed))
        if setting is Setting.REVIEW:
            review = read_review(value)
            if review is None:
                raise Declined(say.review_wanted(context.texts, value))
            await self._set(context, review=review)
        else:
            late = read_late(value)
            if late is None:
                raise Declined(say.late_wanted(context.texts, value))
            await self._set(context, late=late)

    async def page(self, _update: Update, context: Context) -> None:
        """Show the page by a tap."""
        self._show(context, await service.house_of(context.tx, context.group.id))

    async def choose_review(self, _update: Update, context: Context, name: str) -> None:
        """Choose by a tap who reviews."""
        review = next((way for way in Review if way == name), None)
        if review is None:
            context.toast(say.stale(context.texts))
            return
        await self._set(context, review=review)

    async def choose_late(self, _update: Update, context: Context, minutes: int) -> None:
        """Choose by a tap how late is too late."""
        if not 0 <= minutes <= MOST_LATE / _MINUTE:
            context.toast(say.stale(context.texts))
            return
        await self._set(context, late=minutes * _MINUTE)

    async def ask_late(self, _update: Update, context: Context) -> None:
        """Ask for a length that no button offers."""
        await context.start_form(FORM_LATE)

    async def _finish_late(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        await self._set(context, late=answers["late"])

    async def _set(self, context: Context, *, review: Review | None = None, late: timedelta | None = None) -> None:
        by = by_of(context)
        outcome = await service.set_house(context.tx, context.group.id, by, context.now, review=review, late=late)
        if outcome is None:
            raise Declined(say.only_owner(context.texts))
        before, after = outcome
        if before.review is not after.review:
            await self._redraw_open(context)
        if context.spoken.callback_id is not None:
            context.toast(say.is_so(context.texts) if before == after else say.saved(context.texts))
        self._show(context, after)

    @staticmethod
    async def _redraw_open(context: Context) -> None:
        """Let the cards of what is open offer what the review of now allows."""
        for item in await service.waiting(context.tx, context.group.id):
            codes.changed(context.scope, item)

    def _show(self, context: Context, house: House) -> None:
        texts, group = context.texts, context.group
        reviews = [codes.REVIEW.key(say.review_label(texts, house, way), group, way.value) for way in Review]
        lates = [
            codes.LATE.key(say.late_label(texts, house, minutes * _MINUTE), group, minutes) for minutes in _OFFERED
        ]
        other = codes.LATE_ASK.key(say.another_label(texts), group)
        # What else decides when something goes out is the group's own.
        beside = [RUN.key(texts.label(name), group, path) for name, path in _BESIDE]
        more = column([*self.posting.settings_keys(texts, group), *beside], 2)
        context.edit(say.page(texts, house, group), (*column(reviews), *column(lates, 3), (other,), *more))

    def form(self) -> Form[Any]:
        """Return the form that asks how late is too late."""
        late = ask_duration("late", say.LATE, lambda asking: say.ask_late(asking.texts), timedelta(0), MOST_LATE)
        return Form(FORM_LATE, say.FORM_LATE, (late,), self._finish_late, access=codes.SETTERS)

    def buttons(self) -> tuple[Button, ...]:
        """Return the buttons of the page."""
        return (
            Button(codes.SETTINGS, self.page, codes.SETTERS),
            Button(codes.REVIEW, self.choose_review, codes.SETTERS),
            Button(codes.LATE, self.choose_late, codes.SETTERS),
            Button(codes.LATE_ASK, self.ask_late, codes.SETTERS),
        )

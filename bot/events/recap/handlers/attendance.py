"""Who came how often, by year: all of it for organisers, their own for everybody in private."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from bot.events.handlers import codes as core
from bot.events.handlers import finding
from bot.events.handlers.aside import aside_only
from bot.events.recap import service
from bot.events.recap.handlers import codes
from bot.events.recap.rules import FIRST_YEAR, is_year
from bot.events.recap.texts import attendance as say
from bot.events.texts import card as card_texts
from bot.members.identity import texts as identity
from bot.members.identity.handlers import find_target
from bot.members.identity.rules import Found, Missing, TargetKind
from bot.tg.aside import step_home
from bot.tg.buttons import rows
from bot.tg.capability import Maker
from bot.tg.pages import paged

if TYPE_CHECKING:
    from telegram import Update

    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg import effects as fx
    from bot.tg.context import Context
    from bot.tg.effects import Keyboard

PICTURE: Final = Maker("events.attendance", say.picture)
_PER_PAGE: Final = 25


async def attendance(_update: Update, context: Context) -> None:
    """``/event attendance [@x] [2026]``: the table or one person for organisers, else one's own (R05)."""
    year, rest = _year_of(context)
    if year is None:
        return
    context.spoken.args_text = rest
    if not finding.may_organise(context):
        if rest:
            context.reply(say.only_own(context.texts))
        else:
            await _own(context, year)
        return
    target, left = await find_target(context)
    if left:
        context.reply(say.year_unclear(context.texts, left, _this_year(context)))
    elif isinstance(target, Missing) and not rest:
        await aside_only(context)
        await _table(context, year, 1)
    elif isinstance(target, Found) and target.kind in {TargetKind.MEMBER, TargetKind.ONESELF, TargetKind.GONE}:
        await aside_only(context)
        who, span = target.member, _span(context.group, year, context.now)
        one = await service.attendance_of(context.tx, context.group.id, who.user_id, *span)
        events = await service.how_many(context.tx, context.group.id, *span)
        context.reply(say.of_one(context.texts, who.name, year, events, one))
    elif isinstance(target, Found):
        refusal = identity.not_to_be_acted_on(context.texts, target.kind, target.member.name)
        context.reply(refusal or identity.how_to_name(context.texts))
    else:
        context.reply(identity.unclear(context.texts, target))


def _year_of(context: Context) -> tuple[int | None, str]:
    """Take the year out of a line; None where the person has been told that it is none."""
    words, this_year = context.args_text.split(), _this_year(context)
    numbers = [word for word in words if len(word) == 4 and word.isdecimal()]
    if not numbers:
        return this_year, context.args_text
    year = int(numbers[-1])
    if not is_year(year, this_year):
        context.reply(say.year_unclear(context.texts, numbers[-1], this_year))
        return None, ""
    words.remove(numbers[-1])
    return year, " ".join(words)


def _this_year(context: Context) -> int:
    return context.group.local(context.now).year


def _span(group: Group, year: int, now: datetime) -> tuple[datetime, datetime]:
    """Return a year of the group's zone up to now."""
    first, last = (datetime(number, 1, 1, tzinfo=group.tz).astimezone(UTC) for number in (year, year + 1))
    return first, min(last, now)


# The table


async def turn(_update: Update, context: Context, year: int, page: int) -> None:
    """Turn the pages and the years of the table; what is not for everybody is given aside."""
    year = year or _this_year(context)
    if not is_year(year, _this_year(context)):
        context.toast(card_texts.stale(context.texts))
    elif finding.may_organise(context):
        await aside_only(context)
        await _table(context, year, page)
    else:
        await _own(context, year)


async def _table(context: Context, year: int, page: int) -> None:
    texts, group = context.texts, context.group
    span = _span(group, year, context.now)
    found = await service.attendance(context.tx, group.id, *span)
    keys = _years(context, year, table=True)
    if not found:
        context.edit(say.nobody(texts, year), keys)
        return
    title = say.title(texts, year, await service.how_many(context.tx, group.id, *span))
    lines = [say.line(texts, place, one) for place, one in enumerate(found, 1)]
    html, turning = paged(title, lines, page, _PER_PAGE, core.ATTENDANCE, group, year, texts=texts)
    more = rows(
        (
            codes.PICTURE.key(texts.label(say.PICTURE), group, year) if any(one.came for one in found) else None,
            codes.OWN.key(texts.label(say.MINE), group, year),
        )
    )
    context.edit(html, (*turning, *more, *keys))


def _years(context: Context, year: int, *, table: bool) -> Keyboard:
    """Lead to the years beside the one that is shown."""
    group, this_year = context.group, _this_year(context)

    def key(wanted: int, label: str) -> fx.Key | None:
        if not is_year(wanted, this_year) or wanted < FIRST_YEAR:
            return None
        return core.ATTENDANCE.key(label, group, wanted, 1) if table else codes.OWN.key(label, group, wanted)

    return rows((key(year - 1, f"‹ {year - 1}"), key(year + 1, f"{year + 1} ›")))


async def picture(_update: Update, context: Context, year: int) -> None:
    """Show who came most often as bars."""
    if not is_year(year, _this_year(context)):
        context.toast(card_texts.stale(context.texts))
        return
    group = context.group
    span = _span(group, year, context.now)
    found = [one for one in await service.attendance(context.tx, group.id, *span) if one.came]
    if not found:
        context.toast(say.nobody(context.texts, year).striptags(), alert=True)
        return
    await aside_only(context)
    texts = context.texts
    events = await service.how_many(context.tx, group.id, *span)
    photo = context.effects.recipe(PICTURE.name, say.gather(texts, year, events, found), f"{year}.png")
    context.edit_photo(photo, say.caption(texts, year, min(len(found), say.TOP), len(found)))


# One's own


async def own(_update: Update, context: Context, year: int) -> None:
    """Show somebody their own attendance."""
    year = year or _this_year(context)
    if is_year(year, _this_year(context)):
        await _own(context, year)
    else:
        context.toast(card_texts.stale(context.texts))


async def _own(context: Context, year: int) -> None:
    """Tell somebody in private how often they came."""
    if not context.private and not await step_home(context):
        context.toast(say.open_private(context.texts, context.scope.bot_username).striptags(), alert=True)
        return
    span = _span(context.group, year, context.now)
    one = await service.attendance_of(context.tx, context.group.id, context.actor.user_id, *span)
    events = await service.how_many(context.tx, context.group.id, *span)
    texts: Texts = context.texts
    context.edit(say.own(texts, context.group.title, year, events, one), _years(context, year, table=False))

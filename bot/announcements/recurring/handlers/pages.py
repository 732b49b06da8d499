"""The list of recurring announcements, and one of them with its buttons: pause, skip, other days, end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.announcements import service as announcements
from bot.announcements.handlers import codes as core_codes
from bot.announcements.handlers.desk import PURPOSE, by_of
from bot.announcements.recurring import rules, service
from bot.announcements.recurring import texts as say
from bot.announcements.recurring.handlers import codes
from bot.announcements.recurring.rules import NoDates, NoneSuch, Outcome, Phase, Recurring, Set
from bot.announcements.rules.announcement import Announcement
from bot.announcements.rules.typed import split_number
from bot.announcements.texts import replies
from bot.announcements.texts.settings import HOLIDAYS
from bot.kernel.recurrence import Fault, Unread, read_recurrence, to_json
from bot.kernel.roles import Right
from bot.kernel.times import Parsed, parse_time
from bot.tg import recurrences
from bot.tg.access import Declined, standing_of
from bot.tg.aside import step_aside
from bot.tg.buttons import column, rows
from bot.tg.forms import Asking, Problem
from bot.tg.pages import turning
from bot.tg.panel import RUN

if TYPE_CHECKING:
    from telegram import Update

    from bot.i18n import Html
    from bot.kernel.recurrence import Recurrence
    from bot.tg.context import Context
    from bot.tg.effects import Keyboard

FORM_RULE: Final = "announce.rule"
SAID: Final = "said_rule"
"""The preset that holds the words of a rule which lacks the time of day: the form asks for it."""
PER_PAGE: Final = 8
_DATES: Final = 8
_WORDS: Final = {
    **dict.fromkeys(("pause", "暂停"), "pause"),
    **dict.fromkeys(("resume", "继续", "恢复"), "resume"),
    **dict.fromkeys(("skip", "跳过"), "skip"),
    **dict.fromkeys(("end", "stop", "结束", "停止"), "end"),
}
WANTED: Final = recurrences.Wanted(cron=True, clock=True)


# By words


async def recurring(_update: Update, context: Context) -> None:
    """``/announce recurring [12 [pause | resume | skip [day] | end | every …]]``."""
    typed = context.args_text
    if not typed:
        await step_aside(context, PURPOSE)
        await _all(context, 1)
        return
    number, rest = split_number(typed)
    if number is None:
        raise Declined(say.number_wanted(context.texts, typed))
    if not rest:
        found = await _found(context, number)
        await step_aside(context, PURPOSE)
        context.reply(*await view(context, found))
        return
    await _do(context, number, rest)


async def _do(context: Context, number: int, rest: str) -> None:
    """Do what the words behind the number say."""
    first, _, more = rest.partition(" ")
    word = _WORDS.get(rest.casefold()) or ("skip" if _WORDS.get(first.casefold()) == "skip" else None)
    found = await _found(context, number)
    if word is None:
        await _ask_rule(context, found, rest)
        return
    day = _day(context, more.strip(), rest) if word == "skip" and more.strip() else None
    by, now, group = by_of(context), context.now, context.group
    await step_aside(context, PURPOSE)
    match word:
        case "pause":
            await answer(context, word, await service.pause(context.tx, group, number, by, now))
        case "skip":
            await answer(context, word, await service.skip(context.tx, group, number, by, now, day))
        case "resume":
            await _resume(context, number)
        case _:
            context.reply(say.ask_end(context.texts, number), _sure(context, number))


async def _ask_rule(context: Context, found: Recurring, typed: str) -> None:
    """Show the dates of another rule before it is saved."""
    line, too = rules.with_holidays(typed)
    rule = understood(context, line)
    if isinstance(rule, Problem) and not rule.partial:
        raise Declined(say.number_wanted(context.texts, typed) if _is_no_rule(typed) else rule.html)
    await step_aside(context, PURPOSE)
    await context.start_form(FORM_RULE, {**preset_of(found), **known_of(rule), **on_holidays(too=too)})


def known_of(rule: Recurrence | Problem) -> dict[str, object]:
    """Return what a form knows of a rule on the line that opened it: the rule itself, or words that lack the hour."""
    return {SAID: rule.partial} if isinstance(rule, Problem) else {"rule": to_json(rule)}


def on_holidays(*, too: bool) -> dict[str, object]:
    """Return what a form knows of public holidays where the line says that it comes then as well."""
    return {"holidays": False} if too else {}


def preset_of(found: Recurring) -> dict[str, object]:
    """Return what the form for another rule knows already."""
    return {"number": found.number, "holidays": found.rule.no_holidays}


def _day(context: Context, typed: str, rest: str) -> int:
    """Read the day of a date, as its ordinal."""
    read = parse_time(typed, context.now, context.group.tz)
    if not isinstance(read, Parsed):
        raise Declined(say.number_wanted(context.texts, rest))
    return context.group.local(read.at).toordinal()


def _is_no_rule(typed: str) -> bool:
    """Say whether somebody did not even mean a rule."""
    return len(typed.split()) == 1 and not any(char.isdigit() for char in typed)


def understood(context: Context, typed: str) -> Recurrence | Problem:
    """Read a rule as it stands on a line, behind the word "every" or with one of its own.

    Where only the time of day is missing, the problem holds the rest.
    """
    group = context.group
    local = group.local(context.now)
    ways = {text: read_recurrence(text, local, group.zone) for text in (typed, f"every {typed}")}
    read = (text for text, way in ways.items() if not isinstance(way, Unread))
    half = (text for text, way in ways.items() if isinstance(way, Unread) and way.fault is not Fault.UNKNOWN)
    text = next(read, None) or next(half, typed)
    found = recurrences.understood(text, context.now, Asking(context.texts, context.now, group, {}), WANTED)
    if not isinstance(found, Problem) and rules.too_often(found, context.now):
        return Problem(say.too_often(context.texts))
    return found


# By buttons


async def turn(_update: Update, context: Context, page: int) -> None:
    """Show a page of the list."""
    await _all(context, page)


async def one(_update: Update, context: Context, number: int) -> None:
    """Show one."""
    found = await _tapped(context, number)
    if found is not None:
        context.edit(*await view(context, found))


async def pause(_update: Update, context: Context, number: int, on: int) -> None:
    """Pause or resume."""
    if on:
        done = await service.pause(context.tx, context.group, number, by_of(context), context.now)
        await answer(context, "pause", done)
    else:
        await _resume(context, number)


async def _resume(context: Context, number: int) -> None:
    """Resume one; where its author may not announce any more, whoever does so takes its words over."""
    item = await announcements.find(context.tx, context.group.id, number)
    if not isinstance(item, Announcement):
        raise Declined(replies.refused(context.texts, item))
    author = await standing_of(context.scope, context.group, item.author_id, core_codes.AUTHORS)
    barred = not author.may(Right.ANNOUNCE)
    done = await service.resume(context.tx, context.group, number, by_of(context), context.now, take_over=barred)
    await answer(context, "resume", done)


async def pick(_update: Update, context: Context, number: int) -> None:
    """Offer the next dates, to skip one."""
    found = await _tapped(context, number)
    if found is None:
        return
    texts, group = context.texts, context.group
    coming = rules.coming(found, context.now, group.holidays, _DATES)
    days = {at.astimezone(found.rule.tz).toordinal(): texts.date(at) for at in coming}
    keys = [codes.SKIP.key(label, group, number, day) for day, label in days.items()]
    back = codes.ONE.key(texts.label(say.BACK), group, number)
    asked = say.ask_skip(texts, number) if keys else say.no_dates(texts)
    context.edit(asked, (*column(keys), (back,)))


async def skip(_update: Update, context: Context, number: int, day: int) -> None:
    """Leave a date out."""
    done = await service.skip(context.tx, context.group, number, by_of(context), context.now, day)
    await answer(context, "skip", done)


async def end(_update: Update, context: Context, number: int, sure: int) -> None:
    """End one, after asking once."""
    if not sure:
        if await _tapped(context, number) is not None:
            context.edit(say.ask_end(context.texts, number), _sure(context, number))
        return
    done = await service.end(context.tx, context.group, number, by_of(context), context.now)
    await answer(context, "end", done)


# Shown


async def view(context: Context, found: Recurring, note: Html | None = None) -> tuple[Html, Keyboard]:
    """Return one with its next dates and its buttons."""
    texts, group, number = context.texts, context.group, found.number
    pattern = await announcements.get(context.tx, found.item_id)
    shown = rules.resumed(found, found.manager_id, found.manager_name, context.now)
    coming = rules.coming(shown if found.phase is Phase.PAUSED else found, context.now, group.holidays)
    html = say.view(texts, found, pattern, coming, note)
    back = codes.LIST.key(texts.label(say.LIST), group, 1)
    if found.phase is Phase.ENDED:
        return html, rows((back,))
    is_paused = found.phase is Phase.PAUSED
    keys = rows(
        (
            codes.PAUSE.key(texts.label(say.RESUME if is_paused else say.PAUSE), group, number, 0 if is_paused else 1),
            codes.PICK.key(texts.label(say.SKIP), group, number) if coming else None,
        ),
        (
            codes.RULE.key(texts.label(say.RULE), group, number),
            core_codes.SHOW.key(texts.label(say.SHOW), group, number),
        ),
        (codes.END.key(texts.label(say.END), group, number, 0), back),
    )
    return html, keys


async def _all(context: Context, page: int) -> None:
    texts, group = context.texts, context.group
    found = await service.going_on(context.tx, group.id)
    may_set = context.standing.may(Right.SETTINGS)
    holidays = RUN.key(texts.label(HOLIDAYS), group, "holidays") if may_set else None
    below = rows((codes.NEW.key(texts.label(say.NEW), group),), (holidays,))
    if not found:
        context.edit(say.none_yet(texts, group), below)
        return
    last = (len(found) - 1) // PER_PAGE
    start = min(max(page - 1, 0), last) * PER_PAGE
    shown = found[start : start + PER_PAGE]
    lines = [say.line(texts, one, rules.coming(one, context.now, group.holidays, 1)) for one in shown]
    keys = column([codes.ONE.key(f"#{one.number}", group, one.number) for one in shown], 4)
    more = turning(start // PER_PAGE + 1, last + 1, codes.LIST, group, texts=texts)
    context.edit(say.of_group(texts, group, lines), (*keys, *more, *below))


def _sure(context: Context, number: int) -> Keyboard:
    texts, group = context.texts, context.group
    return column(
        [
            codes.END.key(texts.label(say.YES_END), group, number, 1),
            codes.ONE.key(texts.label(say.NO_KEEP), group, number),
        ]
    )


async def answer(context: Context, act: str, outcome: Outcome) -> None:
    """Show what came of an act."""
    texts = context.texts
    match outcome:
        case Set(recurring=found):
            core_codes.changed_by_id(context.scope, found.item_id)
            context.edit(*await view(context, found, say.done(texts, act)))
        case NoneSuch(number=number):
            raise Declined(say.none_such(texts, number))
        case NoDates():
            raise Declined(say.no_dates(texts))


async def _found(context: Context, number: int) -> Recurring:
    found = await service.find(context.tx, context.group.id, number)
    if not isinstance(found, NoneSuch):
        return found
    item = await announcements.find(context.tx, context.group.id, number)
    if isinstance(item, Announcement):
        raise Declined(say.none_such(context.texts, number))
    raise Declined(replies.refused(context.texts, item))


async def _tapped(context: Context, number: int) -> Recurring | None:
    found = await service.find(context.tx, context.group.id, number)
    if isinstance(found, NoneSuch):
        context.toast(say.gone(context.texts))
        return None
    return found

"""The forms of series: how often an event comes again, to when a date is moved, why one is skipped."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from bot.events import service as events
from bot.events.handlers import codes, finding
from bot.events.handlers.board import CARD, person_of
from bot.events.rules.event import REASON_LIMIT, Phase
from bot.events.series import rules, service
from bot.events.series import texts as say
from bot.events.series.handlers import pages
from bot.events.series.rules import AlreadyRepeats, Flaw, NoSuchDate
from bot.events.series.service import Wishes
from bot.events.texts import organiser
from bot.kernel.recurrence import LAST, Freq, Recurrence, from_json, to_json
from bot.kernel.times import to_local
from bot.phrases import recurrence
from bot.tg import recurrences
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.forms import Asking, Choice, Form, Problem, Question
from bot.tg.forms.questions import ask_moment, ask_one_of, ask_text
from bot.tg.forms.questions import say as ask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.events.handlers.finding import Meant
    from bot.events.series.rules import Series, Slot
    from bot.tg.context import Context

REPEAT_FORM, RULE_FORM, MOVE_FORM, SKIP_FORM = "event.repeat", "event.series.rule", "event.series.move", "event.skip"
_REPEATABLE: Final = frozenset({Phase.OPEN, Phase.PAST_DEADLINE, Phase.CLOSED, Phase.OVER})
_AHEAD: Final = ((1, say.ONE_DAY), (3, say.THREE_DAYS), (6, say.SIX_DAYS), (13, say.TWO_WEEKS))


# Repeating


async def repeat(_update: Update, context: Context) -> None:
    """``/event repeat 3 weekly``: show the next dates before it is saved; without a rule, a form asks for it (R05)."""
    meant = await finding.named(context, "/event repeat", pages.REPEAT)
    if meant is not None:
        await _repeat(context, meant)


async def repeat_picked(_update: Update, context: Context, event_id: int) -> None:
    """Let an event come again that was chosen by a button."""
    meant = await finding.picked(context, event_id)
    if meant is not None:
        await _repeat(context, meant)


async def _repeat(context: Context, meant: Meant) -> None:
    texts, event = context.texts, meant.event
    series = None if event.series is None else await service.get(context.tx, context.group.id, event.series)
    if series is not None and series.state is rules.SeriesState.ACTIVE:
        await step_aside(context)
        context.toast_empty()
        context.reply(*pages.view(context, series, say.already(context.texts, event, series)))
        return
    if event.phase(context.now) not in _REPEATABLE:
        context.reply(say.needs_event(texts))
        return
    about = organiser.about(context.texts, event)
    preset: dict[str, Any] = {"event": event.id, "about": about, "starts": event.plan.starts_at.isoformat()}
    if meant.rest:
        asking = Asking(context.texts, context.now, context.group, preset)
        rule = recurrences.understood(meant.rest, event.plan.starts_at, asking)
        if isinstance(rule, Problem):
            raise Declined(rule.html)
        preset["rule"] = to_json(rule)
    await step_aside(context)
    context.toast_empty()
    await context.start_form(REPEAT_FORM, preset)


def _start(asking: Asking) -> datetime:
    return datetime.fromisoformat(str(asking.answers["starts"])).astimezone(UTC)


def _rules(asking: Asking) -> Sequence[Choice]:
    """Offer the rules that suit the day: weekly, every two weeks, monthly on that weekday, monthly on that day."""
    if asking.group is None:
        return ()
    local = to_local(_start(asking), asking.group.tz).replace(second=0, microsecond=0)
    weekday, nth = frozenset({local.weekday()}), (local.day - 1) // 7 + 1
    zone = asking.group.zone
    found = (
        Recurrence(local, zone, Freq.WEEKLY, weekdays=weekday),
        Recurrence(local, zone, Freq.WEEKLY, 2, weekday),
        Recurrence(local, zone, Freq.MONTHLY, weekdays=weekday, nth=nth if nth < 5 else LAST),
        Recurrence(local, zone, Freq.MONTHLY, monthday=local.day),
    )
    return [Choice(str(recurrence(asking.texts, rule).striptags()), to_json(rule)) for rule in found]


RULE: Final = Question(
    "rule",
    say.RULE_LABEL,
    ask(say.ASK_RULE),
    recurrences.read(_start),
    choices=_rules,
    show=recurrences.show,
)
_ABOUT: Final = ask_text("about", say.EVENT, ask(say.ASK_RULE), typed=False)
_SWITCH: Final = ((True, say.REGULARS_ON), (False, say.REGULARS_OFF))
_HOLIDAYS: Final = ((True, say.HOLIDAYS_OUT), (False, say.HOLIDAYS_IN))


async def finish_repeat(_update: Update, context: Context, answers: dict[str, Any]) -> None:
    """Begin the series."""
    found = await events.get(context.tx, context.group.id, answers["event"])
    if found is None:
        raise Declined(say.gone_html(context.texts))
    if found[0].phase(context.now) not in _REPEATABLE:
        raise Declined(say.needs_event(context.texts))
    wishes = Wishes(answers["ahead"], answers["regulars"], answers["holidays"])
    rule = from_json(answers["rule"])
    done = await service.begin(context.tx, context.group, found[0], rule, wishes, person_of(context), context.now)
    if isinstance(done, AlreadyRepeats):
        raise Declined(say.already(context.texts, found[0], done.series))
    context.scope.cards.changed(CARD, str(found[0].id))
    said = say.begun_note(context.texts, done)
    context.reply(*pages.view(context, done.series, said))


# The days of a series


async def rule_picked(_update: Update, context: Context, series_id: int) -> None:
    """Ask for other days."""
    found = await pages.found_or_told(context, series_id)
    if found is not None:
        context.toast_empty()
        closed = (slot.starts_at for slot in pages.coming(context, found) if slot.event_id is None)
        starts = next(closed, max(found.plan.starts_at, context.now))
        await context.start_form(RULE_FORM, {"series": found.id, "starts": starts.isoformat()})


async def finish_rule(_update: Update, context: Context, answers: dict[str, Any]) -> None:
    """Let the dates that are not open yet come on other days."""
    rule, who = from_json(answers["rule"]), person_of(context)
    done = await service.set_rule(context.tx, context.group, answers["series"], rule, who, context.now)
    if done is None:
        raise Declined(say.gone_html(context.texts))
    pages.redraw(context, done.series)
    context.reply(*pages.view(context, done.series, say.changed(context.texts, done.series)))


# One date


async def date_picked(_update: Update, context: Context, verb: str, series_id: int, ordinal: int) -> None:
    """Skip or move the date that was chosen: at once where nobody is on it, else after a question."""
    found = await pages.found_or_told(context, series_id)
    if found is None:
        return
    day = pages.day_of(ordinal)
    slot = None if day is None else service.find_date(found, context.group, day, context.now)
    if slot is None or verb not in pages.VERBS:
        context.toast(say.gone(context.texts))
        return
    preset = _preset(context, found, slot)
    if verb == "move":
        context.toast_empty()
        await context.start_form(MOVE_FORM, preset)
    elif slot.event_id is not None:
        context.toast_empty()
        await context.start_form(SKIP_FORM, preset)
    else:
        await _skip(context, series_id, slot, None)


def _preset(context: Context, series: Series, slot: Slot) -> dict[str, Any]:
    return {"series": series.id, "day": slot.day.toordinal(), "about": context.texts.when(slot.starts_at)}


async def finish_skip(_update: Update, context: Context, answers: dict[str, Any]) -> None:
    """Leave out a date that people are on."""
    found = await service.get(context.tx, context.group.id, answers["series"])
    day = pages.day_of(answers["day"])
    slot = None if found is None or day is None else service.find_date(found, context.group, day, context.now)
    if slot is None:
        raise Declined(say.gone_html(context.texts))
    await _skip(context, answers["series"], slot, answers.get("reason"))


async def _skip(context: Context, series_id: int, slot: Slot, reason: str | None) -> None:
    who = person_of(context)
    done = await service.skip(context.tx, context.group, series_id, slot.day, reason, who, context.now)
    if done is None or isinstance(done, NoSuchDate):
        context.toast(say.gone(context.texts))
        return
    pages.redraw(context, done.series)
    context.edit(*pages.view(context, done.series, say.skipped(context.texts, done)))


async def finish_move(_update: Update, context: Context, answers: dict[str, Any]) -> None:
    """Put a date at another time."""
    day, who = pages.day_of(answers["day"]), person_of(context)
    done = (
        None
        if day is None
        else await service.move(context.tx, context.group, answers["series"], day, answers["to"], who, context.now)
    )
    if done is None or isinstance(done, NoSuchDate):
        raise Declined(say.gone_html(context.texts))
    if isinstance(done, Flaw):
        raise Declined(say.flaw(context.texts, done))
    pages.redraw(context, done.series)
    context.reply(*pages.view(context, done.series, say.moved(context.texts, done)))


FORMS: tuple[Form[Any], ...] = (
    Form(
        REPEAT_FORM,
        say.REPEAT_TITLE,
        (
            _ABOUT,
            RULE,
            ask_one_of("ahead", say.AHEAD, ask(say.ASK_AHEAD), _AHEAD, int, rare=True, default=rules.DEFAULT_AHEAD),
            ask_one_of("regulars", say.REGULARS, ask(say.ASK_REGULARS), _SWITCH, bool, rare=True, default=False),
            ask_one_of("holidays", say.HOLIDAYS, ask(say.ASK_HOLIDAYS), _HOLIDAYS, bool, rare=True, default=True),
        ),
        finish_repeat,
        codes.ORGANISERS,
        confirm=True,
    ),
    Form(RULE_FORM, say.RULE, (RULE,), finish_rule, codes.ORGANISERS, confirm=True),
    Form(
        MOVE_FORM,
        say.MOVE_TITLE,
        (
            ask_text("about", say.DATE, ask(say.ASK_TO), typed=False),
            ask_moment("to", say.TO, ask(say.ASK_TO)),
        ),
        finish_move,
        codes.ORGANISERS,
        confirm=True,
    ),
    Form(
        SKIP_FORM,
        say.SKIP_TITLE,
        (
            ask_text("about", say.DATE, ask(say.ASK_REASON), typed=False),
            ask_text("reason", say.REASON, ask(say.ASK_REASON), REASON_LIMIT, optional=True),
        ),
        finish_skip,
        codes.ORGANISERS,
        confirm=True,
    ),
)

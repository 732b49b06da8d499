"""Series in words: the rule with its next dates, what was skipped, moved or taken over (R05)."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.events.series.rules import Flaw, SeriesState
from bot.i18n import N_, Html
from bot.phrases import recurrence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.events.rules.event import Event
    from bot.events.series.rules import Begun, Ended, Moved, Series, Skipped, Slot
    from bot.i18n import Texts

HELP_REPEAT = N_("Let an event come again: weekly, every two weeks, monthly")
HELP_SERIES = N_("List the series of events: next dates, skip, move, end")
HELP_SKIP = N_("Skip one date of a series, chosen by a button")
LIST_TITLE, REPEAT_TITLE, MOVE_TITLE, SKIP_TITLE = (
    N_("Series"),
    N_("Repeat an event"),
    N_("Move a date"),
    N_("Skip a date"),
)
REPEAT, TAKE_OVER = N_("🔁 Repeat"), N_("🔁 Use for all coming dates")
SKIP, MOVE, RULE, END = N_("Skip a date"), N_("Move a date"), N_("Change the days"), N_("End the series")
BACK = N_("« Back")
YES_END, NO_KEEP = N_("Yes, end it"), N_("No, keep it")
EVENT, DATE, RULE_LABEL = N_("Event"), N_("Date"), N_("Comes")
AHEAD, REGULARS, HOLIDAYS, TO, REASON = (
    N_("Opened"),
    N_("Those who came last time"),
    N_("Public holidays"),
    N_("New time"),
    N_("Reason"),
)
REGULARS_ON, REGULARS_OFF = N_("Are put on the list"), N_("Sign up anew")
HOLIDAYS_OUT_LABEL = N_("Leave out public holidays")
ONE_DAY, THREE_DAYS, SIX_DAYS, TWO_WEEKS = (
    N_("1 day ahead"),
    N_("3 days ahead"),
    N_("6 days ahead"),
    N_("13 days ahead"),
)
HOLIDAYS_OUT, HOLIDAYS_IN = N_("Are left out"), N_("Are dates too")
ASK_RULE = N_(
    "How often does it come? Tap or write, for example <code>every 2 weeks on Sat</code> or <code>weekly until 31 Dec</code>."
)
ASK_AHEAD = N_("How many days before each date is its card opened for sign-up?")
ASK_REGULARS = N_("Shall those who came the last time be put on the list of the next date? They are told each time.")
ASK_HOLIDAYS = N_("Shall days be left out that are holidays of the group?")
ASK_TO = N_("When does it take place instead? For example: <code>Sun 10:00</code>")
ASK_REASON = N_("Why? It is told to everybody on the list. Skip this to give no reason.")
AUDIT_PHRASES: dict[str, str] = {
    "series.begun": N_("{actor} lets event #{event} come again, as series {target} “{title}”"),
    "series.skipped": N_("{actor} skipped {day} of series {target} “{title}”"),
    "series.moved": N_("{actor} moved {day} of series {target} “{title}” to {to}"),
    "series.taken_over": N_("{actor} took event #{event} over for all coming dates of series {target}"),
    "series.settled": N_(
        "{actor} changed series {target} “{title}”: opened {ahead} days ahead, those who came are carried over: {regulars},"
        " holidays are left out: {holidays}"
    ),
    "series=True": N_("yes"),
    "series=False": N_("no"),
    "series.ruled": N_("{actor} changed the days of series {target} “{title}”"),
    "series.ended": N_("{actor} ended series {target} “{title}”"),
    "series.unfit": N_("Series {target} “{title}”: {day} could not be opened"),
}
_SHOWN = 5


def name_of(series: Series) -> Html:
    """Name a series by its number and title."""
    return Html("#{} <b>{}</b>").format(series.number, series.plan.title)


def days_ahead(texts: Texts, days: int) -> str:
    """Say how long before a date its card is opened."""
    return texts.nlabel("{n} day ahead", "{n} days ahead", days)


def on_card(texts: Texts, series: Series, coming: datetime | None) -> Html:
    """Say on the card of a date that it comes again, and when next."""
    rule = _rule(texts, series)
    if coming is None:
        return Html("🔁 {}").format(rule)
    return Html("🔁 ") + texts.gettext("{rule}; next on {when}", rule=rule, when=texts.when(coming))


def _rule(texts: Texts, series: Series) -> Html:
    """Say when a series comes; with the zone of its clock, if the group goes by another now."""
    rule = recurrence(texts, series.rule)
    if series.rule.zone == str(texts.tz):
        return rule
    return texts.gettext("{rule}, by the clock of {zone}", rule=rule, zone=series.rule.zone)


def opened_label(texts: Texts, days: int) -> str:
    """Label the button that changes how long before a date its card is posted."""
    return texts.nlabel("Opened {n} day ahead", "Opened {n} days ahead", days)


# One series, and all


def view(texts: Texts, series: Series, found: Sequence[Slot], note: Html | None = None) -> Html:
    """Write a series with its next dates, headed by what was just done."""
    lines = [] if note is None else [note, Html()]
    lines += [Html("🔁 {}").format(name_of(series)), _rule(texts, series)]
    if series.state is SeriesState.ENDED:
        lines.append(texts.gettext("This series has ended."))
        return Html("\n").join(lines)
    lines += [
        texts.gettext("Opened for sign-up: {ahead}", ahead=days_ahead(texts, series.ahead)),
        texts.gettext(
            "Those who came last time: {what}",
            what=texts.gettext(REGULARS_ON if series.regulars else REGULARS_OFF),
        ),
        texts.gettext("Public holidays: {what}", what=texts.gettext(HOLIDAYS_OUT if series.holidays else HOLIDAYS_IN)),
        Html(),
    ]
    if not found:
        lines.append(texts.gettext("No date is to come any more."))
    lines += [slot_line(texts, slot) for slot in found[:_SHOWN]]
    return Html("\n").join(lines)


def slot_line(texts: Texts, slot: Slot) -> Html:
    """Write a date: open, moved or still to be opened."""
    when = texts.when(slot.starts_at)
    if slot.event_id is not None:
        return Html("✅ ") + texts.gettext("{when} (card posted)", when=when)
    if slot.moved:
        return Html("↪️ ") + texts.gettext("{when} (moved)", when=when)
    return Html("• {}").format(when)


def listed(texts: Texts, series: Series, coming: Slot | None) -> Html:
    """Write a series in the list of all."""
    rule = _rule(texts, series)
    if coming is None:
        return Html("{}\n{}\n").format(name_of(series), rule)
    following = texts.gettext("Next: {when}", when=texts.when(coming.starts_at))
    return Html("{}\n{}\n{}\n").format(name_of(series), rule, following)


def none_yet(texts: Texts) -> Html:
    """Say that there are no series, and how to begin one."""
    return texts.gettext(
        "There are no series. To let an event come again, write its number: <code>/event repeat 3 weekly</code>"
    )


def all_of(texts: Texts, lines: Sequence[Html]) -> Html:
    """Write the list of all series."""
    return Html("\n").join([Html("<b>{}</b>").format(texts.gettext(LIST_TITLE)), *lines])


def label(texts: Texts, series: Series) -> str:
    """Label the button of a series."""
    title = series.plan.title if len(series.plan.title) <= 40 else f"{series.plan.title[:39]}…"
    return texts.label("#{number} {title}", number=series.number, title=title)


def which_date(texts: Texts, series: Series) -> Html:
    """Ask which date is meant."""
    return texts.gettext("Which date of {series}?", series=name_of(series))


def no_date(texts: Texts, series: Series) -> Html:
    """Say that there is no date to choose."""
    return texts.gettext("{series} has no date any more.", series=name_of(series))


# Answers


def begun_note(texts: Texts, outcome: Begun) -> Html:
    """Say that an event comes again."""
    return texts.gettext("{series} comes again from now on.", series=name_of(outcome.series))


def skipped(texts: Texts, outcome: Skipped) -> Html:
    """Say that a date is left out."""
    when = texts.when(outcome.slot.starts_at)
    if outcome.event is None:
        return texts.gettext("{when} is left out.", when=when)
    return texts.gettext("{when} is left out; everybody on its list is being told.", when=when)


def moved(texts: Texts, outcome: Moved) -> Html:
    """Say that a date is at another time."""
    before, after = texts.when(outcome.slot.starts_at), texts.when(outcome.to)
    if outcome.event is None:
        return texts.gettext("{before} is moved to <b>{after}</b>.", before=before, after=after)
    return texts.gettext(
        "{before} is moved to <b>{after}</b>; everybody on its list is being told.", before=before, after=after
    )


def flaw(texts: Texts, flaw_: Flaw) -> Html:
    """Say why a date cannot be moved there, and what would be right."""
    match flaw_:
        case Flaw.IN_PAST:
            return texts.gettext(
                "That time is already past. Please name one in the future, such as <code>Sat 9:00</code>."
            )
        case Flaw.TAKEN:
            return texts.gettext("Another date of this series begins at that time already. Please name another time.")
        case _:
            assert_never(flaw_)


def taken_over(texts: Texts, series: Series) -> Html:
    """Say that a date's plan holds for those to come."""
    return texts.gettext(
        "{series}: all dates that are not open yet will be like this one. Those that are open stay as they are.",
        series=name_of(series),
    )


def changed(texts: Texts, series: Series) -> Html:
    """Say that the series is otherwise now."""
    return texts.gettext(
        "{series} is changed. Dates that are open for sign-up already stay as they are.", series=name_of(series)
    )


def sure_end(texts: Texts, series: Series) -> Html:
    """Ask whether a series shall really end."""
    return texts.gettext(
        "Do you really want to end {series}? No date is opened any more; those that are open take place.",
        series=name_of(series),
    )


def ended(texts: Texts, outcome: Ended) -> Html:
    """Say that a series has ended."""
    said = texts.gettext("{series} has ended.", series=name_of(outcome.series))
    if not outcome.open_dates:
        return said
    still = texts.ngettext(
        "{n} date that is open already takes place; cancel it by its number if it shall not.",
        "{n} dates that are open already take place; cancel them by their numbers if they shall not.",
        outcome.open_dates,
    )
    return texts.flow(said, still)


def already(texts: Texts, event: Event, series: Series) -> Html:
    """Say that an event comes again already."""
    return texts.gettext(
        "Event #{number} is a date of the series {series} already. <code>/event series</code> shows it.",
        number=event.number,
        series=name_of(series),
    )


def gone(texts: Texts) -> str:
    """Answer a button of a series, or a date, that is not there any more."""
    return texts.label("That series or date is no more. /event series shows what there is.")


def gone_html(texts: Texts) -> Html:
    """Say that a series, or a date, is not there any more."""
    return Html.escape(gone(texts))


def not_a_number(texts: Texts, typed: str) -> Html:
    """Answer what is no number of a series."""
    return texts.gettext(
        "“{typed}” is not the number of a series. <code>/event series</code> shows all of them with their numbers.",
        typed=typed[:64],
    )


def unknown(texts: Texts, number: int) -> Html:
    """Answer a number that no series has."""
    return texts.gettext("There is no series #{number} here. /event series shows all of them.", number=number)


def needs_event(texts: Texts) -> Html:
    """Say that a draft or a cancelled event cannot come again."""
    return texts.gettext(
        "A draft or a cancelled event cannot come again. Publish it first, or choose one that takes place."
    )

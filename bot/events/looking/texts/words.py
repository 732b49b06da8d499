"""What is said when somebody looks at many events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from babel.dates import format_skeleton

from bot.events.looking.rules import MONTHS_AHEAD, MONTHS_BACK, first_of
from bot.events.rules.event import State
from bot.events.rules.signup import SignUpState
from bot.events.texts.card import name_of
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.events.looking.rules import Page
    from bot.events.rules.event import Event
    from bot.events.rules.signup import SignUp, Tally
    from bot.i18n import Texts

MONTH_TITLE: Final = N_("Calendar of events")
MINE_TITLE: Final = N_("My events")
HISTORY_TITLE: Final = N_("Past events")
EXPORT_TITLE: Final = N_("Events as a file")
HELP_MONTH: Final = N_("A month of events as a picture")
HELP_MINE: Final = N_("The events you are going to, waiting for or may come to")
HELP_HISTORY: Final = N_("Past events, and how many came")
HELP_EXPORT: Final = N_("Who is on an event, or all events, as a table or a calendar file")
EXPORT_ONE: Final = N_("📄 List as a file")
COMING, YEAR, PAST, ALL = N_("Coming events"), N_("This year"), N_("Past events"), N_("All events")
CALENDAR: Final = N_("Calendar (.ics)")
AUDIT: Final = {"event.exported": N_("{actor} had {target} as a file, with {people} names")}
_CAPTION: Final = 1024
_TOAST: Final = 200


# A month


def month_name(texts: Texts, month: int) -> str:
    """Name a month with its year."""
    return str(format_skeleton("yMMMM", first_of(month), locale=texts.locale))


def month_label(texts: Texts, month: int, *, later: bool) -> str:
    """Label the button that turns to another month."""
    name = str(format_skeleton("MMM", first_of(month), locale=texts.locale))
    return f"{name} ›" if later else f"‹ {name}"


def month_caption(texts: Texts, month: int, found: Sequence[tuple[Event, str | None]]) -> Html:
    """List the events of a month below its picture, with links to their cards, as many as fit."""
    head = Html("<b>{}</b>").format(month_name(texts, month))
    if not found:
        return Html("{}\n{}").format(head, texts.gettext("No event in this month."))
    lines, used = [head], len(head.striptags())
    for place, (event, link) in enumerate(found):
        line = _in_month(texts, event, link)
        rest = texts.ngettext("… and {n} more", "… and {n} more", len(found) - place)
        length = len(line.striptags().encode("utf-16-le")) // 2 + 1
        if used + length + len(rest) + 1 > _CAPTION:
            return Html("\n").join([*lines, rest])
        lines.append(line)
        used += length
    return Html("\n").join(lines)


def _in_month(texts: Texts, event: Event, link: str | None) -> Html:
    shown = Html("#{} {}").format(event.number, event.plan.title)
    if link is not None:
        shown = Html('<a href="{}">{}</a>').format(link, shown)
    line = Html("{} – {}").format(texts.when(event.plan.starts_at), shown)
    return Html("<s>{}</s>").format(line) if event.state is State.CANCELLED else line


def month_unclear(texts: Texts, typed: str) -> Html:
    """Answer words that name no month."""
    return texts.gettext(
        "“{typed}” is no month. A month is written <code>/event month 2027-05</code>, "
        "<code>/event month May</code> or <code>/event month next</code>.",
        typed=typed[:64],
    )


def month_too_far(texts: Texts) -> Html:
    """Answer a month beyond those that are shown."""
    return texts.gettext(
        "The calendar shows {back} years back and {ahead} years ahead.",
        back=texts.number(MONTHS_BACK // 12),
        ahead=texts.number(MONTHS_AHEAD // 12),
    )


# My events

Mine = tuple["Event", "SignUp", int]


def mine_title(texts: Texts) -> Html:
    """Head somebody's events."""
    return Html("<b>{}</b>").format(texts.gettext(MINE_TITLE))


def mine_line(texts: Texts, mine: Mine, group: str | None) -> Html:
    """Say what somebody's event is and where they stand; ``group`` is named where there are several."""
    event, one, ahead = mine
    head = name_of(event) if group is None else Html("{} · {}").format(name_of(event), group)
    return Html("{}\n🗓 {}\n{}\n").format(head, texts.when(event.plan.starts_at), _standing(texts, one, ahead))


def _standing(texts: Texts, one: SignUp, ahead: int) -> Html:
    guests = texts.ngettext("with {n} guest", "with {n} guests", one.guests) if one.guests else ""
    match one.state:
        case SignUpState.OFFERED:
            until = texts.when(one.until) if one.until is not None else "–"
            said = Html("🪑 ") + texts.gettext("a seat is offered to you until {when}", when=until)
        case SignUpState.WAITING:
            said = Html("⏳ ") + texts.gettext("you wait, number {place} in line", place=texts.number(ahead + 1))
        case SignUpState.MAYBE:
            said = Html("🤔 ") + texts.gettext("maybe")
        case _:
            said = Html("✅ ") + texts.gettext("you are going")
    return Html("{} · {}").format(said, guests) if guests else said


def mine_short(found: Sequence[tuple[Texts, Mine]]) -> str | None:
    """Say somebody's events in the answer to a tap, each in the words and by the clock it comes with; None where they do not fit."""
    marks = {SignUpState.OFFERED: "🪑", SignUpState.WAITING: "⏳", SignUpState.MAYBE: "🤔"}
    lines = [
        f"{marks.get(one.state, '✅')} #{event.number} {event.plan.title} – {texts.when(event.plan.starts_at)}"
        for texts, (event, one, _) in found
    ]
    said = "\n".join(lines)
    return said if len(said.encode("utf-16-le")) // 2 <= _TOAST else None


def mine_none(texts: Texts) -> Html:
    """Say that somebody is on no event."""
    return texts.gettext("You are on no event that is still to come. /events shows what there is.")


def mine_sent(texts: Texts) -> str:
    """Say that the list is in their private chat."""
    return texts.label("I have sent you the list in private.")


def mine_unreached(texts: Texts, count: int) -> str:
    """Say how somebody to whom the bot cannot write sees their many events."""
    return texts.nlabel(
        "You are on {n} event. Open our private chat, press Start, and tap here again.",
        "You are on {n} events. Open our private chat, press Start, and tap here again.",
        count,
    )


# History


def history(texts: Texts, page: Page, links: Sequence[str | None]) -> Html:
    """Write a page of what took place."""
    head = Html("<b>{}</b>").format(texts.gettext(HISTORY_TITLE))
    if not page.events:
        return Html("{}\n{}").format(head, texts.gettext("No event has taken place yet."))
    lines = [_past(texts, event, tally, link) for (event, tally), link in zip(page.events, links, strict=True)]
    return Html("\n").join([head, *lines])


def _past(texts: Texts, event: Event, tally: Tally, link: str | None) -> Html:
    title = Html("<b>{}</b>").format(event.plan.title)
    if link is not None:
        title = Html('<a href="{}">{}</a>').format(link, title)
    return Html("#{} {}\n🗓 {} · {}").format(
        event.number, title, texts.when(event.plan.starts_at), _came(texts, event, tally)
    )


def _came(texts: Texts, event: Event, tally: Tally) -> Html:
    if event.state is State.CANCELLED:
        return texts.gettext("cancelled")
    if tally.present:
        return texts.ngettext("{n} person came", "{n} people came", tally.present)
    if tally.taken:
        return texts.ngettext("{n} person had signed up", "{n} people had signed up", tally.taken)
    return texts.gettext("nobody had signed up")


# Files


def ask_what(texts: Texts) -> Html:
    """Ask which events are wanted as a file."""
    return texts.gettext(
        "Which events would you like as a file? For the list of one event write <code>/event export 3</code>, for a month "
        "<code>/event export 2027-05</code>."
    )


def ask_kind(texts: Texts, what: Html) -> Html:
    """Ask in which kind of file."""
    return texts.gettext("{what}: in which kind of file?", what=what)


def wanted_unclear(texts: Texts, typed: str) -> Html:
    """Answer words that are neither a number nor a span."""
    return texts.gettext(
        "“{typed}” is neither the number of an event nor a span of time. Write <code>/event export 3</code>, "
        "<code>/event export coming</code>, <code>/event export 2027-05</code> or "
        "<code>/event export 2027-01-01 2027-06-30</code>; <code>xlsx</code>, <code>csv</code> or <code>ics</code> may follow.",
        typed=typed[:64],
    )


def nothing_there(texts: Texts) -> Html:
    """Say that there is nothing to write into a file."""
    return texts.gettext("There is no event in that time.")


def file_caption(texts: Texts, what: Html, count: int) -> Html:
    """Say what a file holds."""
    return Html("{}\n{}").format(what, texts.ngettext("{n} person on it", "{n} people on it", count))


def span_named(texts: Texts, first: str | None, last: str | None) -> Html:
    """Name the events of a span."""
    if first is not None and last is not None:
        return texts.gettext("Events from {first} to {last}", first=first, last=last)
    if first is not None:
        return texts.gettext("Events from {first} on", first=first)
    if last is not None:
        return texts.gettext("Events until {last}", last=last)
    return texts.gettext(ALL)

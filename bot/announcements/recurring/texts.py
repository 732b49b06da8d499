"""Recurring announcements in words: the rule with its next dates, what was missed, why it is paused (R02)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements.recurring.rules import Phase
from bot.announcements.texts import words
from bot.i18n import N_, Html
from bot.phrases import recurrence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.announcements.recurring.rules import Recurring
    from bot.announcements.rules.announcement import Announcement
    from bot.i18n import Texts
    from bot.kernel.groups import Group

HELP_EVERY = N_("Let an announcement come again and again: daily, on weekdays, monthly, by cron")
HELP_RECURRING = N_("List recurring announcements: next dates, pause, skip, end")
MENU, NEW = N_("🔁 Recurring"), N_("➕ New recurring announcement")
REPEAT, PAUSE, RESUME, SKIP = N_("🔁 Repeat"), N_("⏸ Pause"), N_("▶️ Resume"), N_("⏭ Skip a date")
RULE, END, SHOW, LIST, BACK = (
    N_("📅 Other days"),
    N_("⏹ End"),
    N_("📄 The announcement"),
    N_("🔁 All recurring"),
    N_("« Back"),
)
YES_END, NO_KEEP = N_("Yes, end it"), N_("No, keep it")
FORM_EVERY, FORM_RULE = N_("Recurring announcement"), N_("When it comes")
CONTENT, COMES, HOLIDAYS, NUMBER = N_("Announcement"), N_("Comes"), N_("Public holidays"), N_("Number")
HOLIDAYS_OUT, HOLIDAYS_IN = N_("Are left out"), N_("Are dates too")
ASK_RULE = N_(
    "How often and when does it come? Tap or write, for example <code>every weekday at 9:00</code>, <code>every 2 weeks on Mon"
    " at 10:00</code>, <code>every month on the last Fri at 17:00 until 31 Dec</code>, <code>every day at 8:00 except Sun,"
    " 10 times</code> or <code>cron 30 9 * * 1-5</code>."
)
ASK_HOLIDAYS = N_("Shall days be left out that are holidays of the group?")
PHRASES = {
    "recurring.begun": N_("{actor} lets announcement {target} come again and again"),
    "recurring.paused": N_("{actor} paused recurring announcement {target}"),
    "recurring.resumed": N_("{actor} resumed recurring announcement {target}"),
    "recurring.skipped": N_("{actor} skipped {day} of recurring announcement {target}"),
    "recurring.ruled": N_("{actor} changed when recurring announcement {target} comes"),
    "recurring.ended": N_("{actor} ended recurring announcement {target}"),
    "recurring.over": N_("Recurring announcement {target} has come for the last time"),
    "recurring.passed": N_("Recurring announcement {target}: {dates} earlier dates passed"),
    "recurring.stopped": N_("Recurring announcement {target} was paused: it could not go out"),
}

DONE = {
    "pause": N_("⏸ Paused: no date goes out until you resume it."),
    "resume": N_("▶️ It goes on."),
    "skip": N_("⏭ The date is left out."),
    "end": N_("⏹ Ended. What went out stays."),
    "rule": N_("✓ It comes by the new rule from now on."),
}


def dates(texts: Texts, found: Sequence[datetime]) -> list[Html]:
    """Write instants with their weekdays, a line each."""
    return [Html("• {}").format(texts.when(at)) for at in found]


def view(
    texts: Texts,
    one: Recurring,
    pattern: Announcement | None,
    coming: Sequence[datetime],
    note: Html | None,
) -> Html:
    """Write one with its rule and its next dates."""
    excerpt = "—" if pattern is None else words.excerpt(texts, pattern.content)
    parts = [] if note is None else [note]
    parts.append(texts.gettext("🔁 <b>#{number}</b> {excerpt}", number=one.number, excerpt=excerpt))
    parts.append(recurrence(texts, one.rule))
    if one.phase is Phase.ENDED:
        parts.append(texts.gettext("It has ended."))
        return Html("\n").join(parts)
    if one.phase is Phase.PAUSED:
        parts.append(texts.gettext("⏸ It is paused. If it is resumed now, its next dates are:"))
    else:
        parts.append(texts.gettext("Next dates:"))
    parts += dates(texts, coming) or [texts.gettext("none any more")]
    parts.append(texts.gettext("It goes out in the name of {name}.", name=one.manager_name))
    return Html("\n").join(parts)


def line(texts: Texts, one: Recurring, coming: Sequence[datetime]) -> Html:
    """Write one line of the list."""
    said = texts.gettext("<b>#{number}</b> {rule}", number=one.number, rule=recurrence(texts, one.rule))
    if one.phase is Phase.PAUSED:
        return texts.gettext("⏸ {line} (paused)", line=said)
    if not coming:
        return texts.gettext("🔁 {line}", line=said)
    return texts.gettext("🔁 {line}; next {when}", line=said, when=texts.when(coming[0]))


def of_group(texts: Texts, group: Group, lines: Sequence[Html]) -> Html:
    """Write a page of the list."""
    head = texts.gettext("<b>Recurring announcements</b> of {group}", group=group.label or group.title)
    return Html("\n").join([head, *lines])


def none_yet(texts: Texts, group: Group) -> Html:
    """Say that there is none."""
    return texts.gettext(
        "No announcement recurs in {group} yet. <code>/announce every Mon 9:00 | Good morning, everybody!</code> makes one, and"
        " so does “🔁 Repeat” on the card of a draft.",
        group=group.label or group.title,
    )


def on_pattern(texts: Texts, one: Recurring, coming: Sequence[datetime]) -> Html:
    """Say on the pattern's card when it comes, that it is paused, or that it has ended."""
    rule = recurrence(texts, one.rule)
    if one.phase is Phase.ENDED:
        return texts.gettext("⏹ It came {rule}, and has ended.", rule=rule)
    if one.phase is Phase.PAUSED:
        return texts.gettext("⏸ Paused. When it goes on, it comes {rule}.", rule=rule)
    if not coming:
        return texts.gettext("🔁 Comes {rule}.", rule=rule)
    return texts.gettext("🔁 Comes {rule}; next {when}.", rule=rule, when=texts.when(coming[0]))


# Answers


def begun(texts: Texts, number: int) -> Html:
    """Confirm that one recurs."""
    return texts.gettext("✓ Announcement #{number} comes again and again from now on.", number=number)


def waits_for_review(texts: Texts) -> Html:
    """Say that somebody else reads the words first (R09)."""
    return texts.gettext(
        "Its text is handed in for review. What comes due before it is approved waits for review as well."
    )


def already(texts: Texts, number: int) -> Html:
    """Say that it recurs already."""
    return texts.gettext("Announcement #{number} recurs already.", number=number)


def none_such(texts: Texts, number: int) -> Html:
    """Say that it does not recur."""
    return texts.gettext(
        "Announcement #{number} does not recur. <code>/announce recurring</code> lists those that do.", number=number
    )


def no_dates(texts: Texts) -> Html:
    """Say that there is no date left."""
    return texts.gettext("There is no such date left: the rule is over, or the date is not one of the next.")


def done(texts: Texts, act: str) -> Html:
    """Confirm what was done."""
    return texts.gettext(DONE[act])


def ask_end(texts: Texts, number: int) -> Html:
    """Ask whether to end it."""
    return texts.gettext("Shall announcement #{number} never come again?", number=number)


def ask_skip(texts: Texts, number: int) -> Html:
    """Ask which date is left out."""
    return texts.gettext("Which date of #{number} shall I leave out?", number=number)


def too_often(texts: Texts) -> Html:
    """Refuse a rule that would be noise."""
    return texts.gettext(
        "That is too often: at least 15 minutes must lie between two dates. For example <code>cron 0 9-17 * * 1-5</code> is"
        " every hour."
    )


def bar_wanted(texts: Texts) -> Html:
    """Ask for the bar between rule and text."""
    return texts.gettext(
        "Please put a “|” between the rule and the text, for example <code>/announce every Mon 9:00 | Good morning,"
        " everybody!</code> Or reply to a message with <code>/announce every Mon 9:00</code>."
    )


def number_wanted(texts: Texts, typed: str) -> Html:
    """Say how one is named, and what can be done with it."""
    return texts.gettext(
        "“{typed}” is not what I expected. Write the number of a recurring announcement, and what is to be done with it:"
        " <code>/announce recurring 12</code>, <code>/announce recurring 12 pause</code>, <code>resume</code>,"
        " <code>skip</code>, <code>end</code>, or another rule: <code>/announce recurring 12 every Tue 9:00</code>.",
        typed=typed[:40],
    )


def gone(texts: Texts) -> str:
    """Answer a tap on what is no more."""
    return texts.label("That recurs no longer.")


# What managers are told


def told_passed(texts: Texts, number: int, earlier: int, group: Group) -> Html:
    """Tell how many dates passed while the bot was not running."""
    return texts.ngettext(
        "While I was not running, {n} earlier date of the recurring announcement #{number} in {group} passed. Only the last one"
        " is made up for.",
        "While I was not running, {n} earlier dates of the recurring announcement #{number} in {group} passed. Only the last"
        " one is made up for.",
        earlier,
        number=number,
        group=group.label or group.title,
    )


def told_stopped(texts: Texts, one: Recurring, group: Group, author: str | None, *, lost: bool) -> Html:
    """Tell that one is paused because it could not go out; ``author`` is who may not announce any more, if it is they."""
    if lost:
        return texts.gettext(
            "⏸ The recurring announcement #{number} in {group} is paused: its text was discarded, turned down or taken back.",
            number=one.number,
            group=group.label or group.title,
        )
    if author is not None:
        return texts.gettext(
            "⏸ The recurring announcement #{number} in {group} is paused: {name}, who wrote it, may not announce anything any"
            " more. Whoever resumes it takes it over.",
            number=one.number,
            group=group.label or group.title,
            name=author,
        )
    return texts.gettext(
        "⏸ The recurring announcement #{number} in {group} is paused: {name}, in whose name it goes out, may not publish any"
        " more. Whoever resumes it takes it over.",
        number=one.number,
        group=group.label or group.title,
        name=one.manager_name,
    )


def new_clock(texts: Texts, found: Sequence[tuple[Recurring, Sequence[datetime]]]) -> Html:
    """Say when recurring announcements come by the group's new clock."""
    head = texts.ngettext(
        "{n} recurring announcement keeps its hour by the new time zone:",
        "{n} recurring announcements keep their hour by the new time zone:",
        len(found),
    )
    return Html("\n").join([head, *(line(texts, one, coming) for one, coming in found)])

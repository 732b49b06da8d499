"""What stands in help, menus, the audit and on buttons; periods and shares in words; answers and refusals."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from bot.announcements.quotas.rules.periods import MOST_REMIND_DAYS, Period, Span
from bot.announcements.quotas.rules.quota import MOST, MOST_QUOTAS, NAME_LIMIT, Kind
from bot.announcements.quotas.rules.typed import Fault
from bot.i18n import N_, Html, Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.announcements.quotas.rules.quota import House, Quota, Share, Table
    from bot.kernel.groups import Group

TITLE = N_("Quotas")
MENU = N_("🎯 Quotas")
NEW = N_("➕ New quota")
LIST = N_("📋 All quotas")
SETTINGS = N_("⚙️ Reminder and weeks")
PICTURE = N_("🖼 As a picture")
EARLIER = N_("« Earlier")
LATER = N_("Later »")
BACK = N_("« Back to the table")
FORM_TITLE = N_("New quota")
WHO = N_("Whose")
COUNT = N_("How many")
PERIOD = N_("In each")
EVERYBODY = N_("Everybody")
KEEPER = N_("Who answers for it")
KEEPER_KEY = N_("👤 Who answers for it")
NOBODY = N_("Nobody in particular")
FORM_KEEPER_TITLE = N_("Who answers for a department")

HELP = N_("Show which department or member has delivered how many announcements")
HELP_SET = N_("Set how many announcements a department, a member or everybody owes in a week, a month or a quarter")
HELP_REMOVE = N_("Remove a quota")
HELP_REMIND = N_("Set how many days before the end those who are behind are reminded and named to the managers, or off")
HELP_WEEK = N_("Set on which weekday weeks begin")
EXAMPLES_SET = (
    N_("/quota set Sales 4 a month"),
    N_("/quota set Sales 4 a month @mei"),
    N_("/quota set @mei 2 a week"),
    N_("/quota set everybody 1 a month"),
)
EXAMPLE_REMOVE = N_("/quota remove Sales")
EXAMPLE_WEEK = N_("/quota week Sunday")

PERIODS: Final = {Period.WEEK: N_("week"), Period.MONTH: N_("month"), Period.QUARTER: N_("quarter")}
TABS: Final = {Period.WEEK: N_("Weeks"), Period.MONTH: N_("Months"), Period.QUARTER: N_("Quarters")}
PHRASES = {
    "quota.set": N_("{actor} set the quota of {target}: {after} ({period})"),
    "quota.keeper": N_("{actor} changed who answers for the quota of {target}: {after} ({period})"),
    "quota.removed": N_("{actor} removed the quota of {target} ({period})"),
    "quota.settings": N_("{actor} changed how quotas are reminded of"),
    "quota.exported": N_("{actor} exported who has delivered"),
}
"""How the audit says what was done."""
_MONDAY: Final = dt.date(2024, 1, 1)
_CUT: Final = 40


def short(typed: str) -> str:
    """Return what was typed, or the beginning of it."""
    return typed if len(typed) <= _CUT else f"{typed[: _CUT - 1]}…"


def weekday(texts: Texts, number: int) -> str:
    """Name a weekday, Monday 0."""
    return texts.weekday(_MONDAY + dt.timedelta(days=number))


def span(texts: Texts, one: Span) -> str:
    """Name a period by its first and last day."""
    last = one.end - dt.timedelta(days=1)
    return texts.label("{first} – {last}", first=texts.date(one.start), last=texts.date(last))


def owner(texts: Texts, kind: Kind, name: str) -> str:
    """Name whose quota it is."""
    return texts.label(EVERYBODY) if kind is Kind.EVERYBODY else name


def quota(texts: Texts, one: Quota) -> Html:
    """Write a quota."""
    written = texts.gettext(
        "<b>{who}</b>: {count} in each {period}",
        who=owner(texts, one.kind, one.name),
        count=texts.number(one.count),
        period=texts.label(PERIODS[one.period]),
    )
    return texts.gettext("{quota} ({name} answers for it)", quota=written, name=one.keeper) if one.keeper else written


def share(texts: Texts, one: Share) -> Html:
    """Write one line of the table."""
    icon = "✅" if one.is_done else "▫️"
    name = f"{one.name} ({one.department})" if one.kind is not Kind.DEPARTMENT and one.department else one.name
    return texts.gettext(
        "{icon} {who}: {delivered} of {owed}",
        icon=icon,
        who=name,
        delivered=texts.number(one.delivered),
        owed=texts.number(one.owed),
    )


def table_head(texts: Texts, group: Group, found: Table) -> Html:
    """Head the table."""
    done = sum(one.is_done for one in found.shares)
    head = texts.gettext(
        "<b>Who has delivered</b> in {group}, {span}", group=group.label or group.title, span=span(texts, found.span)
    )
    said = texts.gettext(
        "{done} of {all} have delivered all they owe.", done=texts.number(done), all=texts.number(len(found.shares))
    )
    note = texts.gettext("The period still runs.") if found.back == 0 else texts.gettext("Kept as it was at its end.")
    return Html("{}\n{}").format(head, texts.flow(said, note) if found.shares else note)


def nothing_owed(texts: Texts) -> Html:
    """Say that nothing was owed in a period."""
    return texts.gettext("Nothing is owed in this period.")


def empty(texts: Texts, group: Group) -> Html:
    """Say that there is no quota, and how one is set."""
    return texts.gettext(
        "{group} has no quotas yet. <code>/quota set Sales 4 a month</code> sets one for a department (a member tag),"
        " <code>/quota set @mei 2 a week</code> for a member, <code>/quota set everybody 1 a month</code> for all.",
        group=group.label or group.title,
    )


def list_head(texts: Texts, group: Group) -> Html:
    """Head the list of quotas."""
    return texts.gettext("<b>Quotas</b> of {group}. A button removes one.", group=group.label or group.title)


def drop_label(texts: Texts, one: Quota) -> str:
    """Label the button that removes a quota."""
    name, period = short(owner(texts, one.kind, one.name)), texts.label(PERIODS[one.period])
    return texts.label("🗑 {who}, {period}", who=name, period=period)


# Answers


def was_set(texts: Texts, one: Quota, before: int | None, *, known: int) -> Html:
    """Confirm a quota; ``known`` are how many people have the department's tag now."""
    said = texts.gettext("📊 {quota}.", quota=quota(texts, one))
    if before is not None and before != one.count:
        was = texts.gettext("Until now it was {n}.", n=texts.number(before))
        said = texts.flow(said, was)
    if one.kind is Kind.DEPARTMENT and not known:
        note = texts.gettext("Nobody I know of has this tag at present: is the name right?")
        said = texts.flow(said, note)
    return said


def was_removed(texts: Texts, gone: Sequence[Quota]) -> Html:
    """Confirm that quotas are removed."""
    head = texts.ngettext("Removed {n} quota:", "Removed {n} quotas:", len(gone))
    return Html("\n").join([head, *(Html("• {}").format(quota(texts, one)) for one in gone)])


def keeper_set(texts: Texts, one: Quota) -> Html:
    """Confirm who answers for a department."""
    if not one.keeper:
        return texts.gettext("Nobody in particular answers for {department} any more.", department=one.name)
    return texts.gettext(
        "{name} answers for {department}, and is reminded in private as soon as I can write to them.",
        name=one.keeper,
        department=one.name,
    )


def removed_already(texts: Texts) -> str:
    """Say that a quota is gone."""
    return texts.label("This quota is removed already.")


def settings(texts: Texts, group: Group, kept: House) -> Html:
    """Show how managers are reminded, and when weeks begin."""
    remind = (
        texts.ngettext(
            "{n} day before the end of a period managers hear who is behind, and those who are hear it in private.",
            "{n} days before the end of a period managers hear who is behind, and those who are hear it in private.",
            kept.remind,
        )
        if kept.remind
        else texts.gettext("Nobody is reminded.")
    )
    weeks = texts.gettext("Weeks begin on {weekday}.", weekday=weekday(texts, kept.week_begins))
    head = texts.gettext("<b>Quotas</b> of {group}", group=group.label or group.title)
    return Html("\n").join([head, remind, weeks])


def remind_label(texts: Texts, days: int, *, chosen: bool) -> str:
    """Label a number of days."""
    said = texts.nlabel("{n} day before", "{n} days before", days) if days else texts.label("No reminder")
    return f"• {said} •" if chosen else said


def week_label(texts: Texts, number: int, *, chosen: bool) -> str:
    """Label a weekday."""
    said = texts.label("Weeks from {weekday}", weekday=weekday(texts, number))
    return f"• {said} •" if chosen else said


# Questions


def ask_who(texts: Texts) -> Html:
    """Ask whose quota it is."""
    return texts.gettext(
        "Whose quota is it? Name a department as it stands in the member tags (<code>Sales</code>), a member"
        " (<code>@mei</code>), or tap <b>Everybody</b>."
    )


def ask_count(texts: Texts) -> Html:
    """Ask how many are owed."""
    return texts.gettext("How many announcements are owed? Write a number such as <code>4</code>.")


def ask_period(texts: Texts) -> Html:
    """Ask how often."""
    return texts.gettext("In each week, month or quarter?")


def ask_keeper(texts: Texts, department: str) -> Html:
    """Ask who answers for a department."""
    return texts.gettext(
        "Who answers for {department}, and is reminded in private? Name a member (<code>@mei</code>), or tap the button.",
        department=department,
    )


# Refusals


def not_understood(texts: Texts, fault: Fault, typed: str) -> Html:
    """Say what is wrong with a line, and what would be right."""
    match fault:
        case Fault.COUNT:
            return texts.gettext(
                "“{typed}” does not say how many: name a whole number from 1 to {most}, as in <code>/quota set Sales 4 a"
                " month</code>.",
                typed=short(typed),
                most=texts.number(MOST),
            )
        case Fault.NAME:
            return texts.gettext(
                "“{typed}” cannot be a department: its name has between 1 and {most} characters.",
                typed=short(typed),
                most=texts.number(NAME_LIMIT),
            )
        case Fault.SHAPE:
            return texts.gettext(
                "“{typed}” does not say who owes how many how often. Write for example <code>/quota set Sales 4 a"
                " month</code>.",
                typed=short(typed),
            )


def only_departments(texts: Texts) -> Html:
    """Say for what somebody can answer."""
    return texts.gettext(
        "Only for a department somebody else can answer, as in <code>/quota set Sales 4 a month @mei</code>. Members answer for"
        " themselves."
    )


def too_many(texts: Texts) -> Html:
    """Say that no more quotas can be set."""
    return texts.gettext(
        "A group can have {most} quotas at most. Remove one first: /quota shows them.", most=texts.number(MOST_QUOTAS)
    )


def no_such(texts: Texts, typed: str) -> Html:
    """Say that nobody of this name owes anything."""
    return texts.gettext("There is no quota of “{typed}”. <code>/quota</code> shows all there are.", typed=short(typed))


def bad_remind(texts: Texts, typed: str) -> Html:
    """Say which numbers of days there are."""
    return texts.gettext(
        "“{typed}” is no number of days before the end: name one from 1 to {most}, or <code>off</code>.",
        typed=short(typed),
        most=texts.number(MOST_REMIND_DAYS),
    )


def bad_week(texts: Texts, typed: str) -> Html:
    """Say that a weekday is wanted."""
    return texts.gettext(
        "“{typed}” is not one weekday. Write for example <code>/quota week Monday</code>.", typed=short(typed)
    )


def bad_period(texts: Texts, typed: str) -> Html:
    """Say which periods there are."""
    return texts.gettext(
        "“{typed}” is no period: write <code>/quota month</code> or <code>/quota quarter</code>, or <code>/quota</code>"
        " alone, and tap the buttons.",
        typed=short(typed),
    )


def not_there(texts: Texts) -> Html:
    """Say that there is nothing to show any more."""
    return texts.gettext("There is no table of this period any more. Please send /quota again.")


def file_caption(texts: Texts, found: Table) -> Html:
    """Write what stands below a file."""
    return texts.gettext("Who has delivered, {span}", span=span(texts, found.span))

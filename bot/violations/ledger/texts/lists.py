"""The group's ledger as a list, its filters, and its summaries in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from babel.dates import format_skeleton

from bot.i18n import N_, Html
from bot.violations.ledger.rules.buckets import Unit
from bot.violations.ledger.rules.statuses import Status
from bot.violations.ledger.rules.wanted import By
from bot.violations.ledger.texts.cases import mark, short
from bot.violations.texts import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from bot.i18n import Texts
    from bot.kernel.ids import UserId
    from bot.violations.ledger.rules.periods import Span
    from bot.violations.ledger.rules.wanted import Page, Share, Summary, Wanted
    from bot.violations.rules.case import Case

_REASON: Final = 120
_CAPTION: Final = 1024
_FILTER: Final = 400
SIDES: Final = {
    By.RULE: N_("📖 Rule"),
    By.MEMBER: N_("👤 Person"),
    By.DEPARTMENT: N_("🏷 Department"),
    By.MODERATOR: N_("🛡 Moderator"),
    By.PERIOD: N_("🗓 Time"),
    By.STATUS: N_("🚦 State"),
}
"""The sides of a filter, as buttons name them."""
COUNTED: Final = {
    By.RULE: N_("Cases by rule"),
    By.MEMBER: N_("Cases by person"),
    By.DEPARTMENT: N_("Cases by department"),
    By.MODERATOR: N_("Cases by moderator"),
    By.PERIOD: N_("Cases over time"),
}
NONE: Final = {By.RULE: N_("no rule"), By.DEPARTMENT: N_("no department")}
"""What a case without a rule or a department is called."""
STATUSES: Final = {
    Status.IN_FORCE: N_("In force"),
    Status.EXPIRED: N_("Expired"),
    Status.UNDONE: N_("Undone or lifted"),
    Status.APPEALED: N_("Under appeal"),
    Status.LIGHTER: N_("Made lighter"),
    Status.PROPOSED: N_("Waiting for a second manager"),
    Status.DECLINED: N_("Declined or not decided"),
    Status.REFUSED: N_("Refused by Telegram"),
    Status.UNCERTAIN: N_("Not confirmed by Telegram"),
}
PERIODS: Final = {
    "w": N_("This week"),
    "lw": N_("Last week"),
    "m": N_("This month"),
    "lm": N_("Last month"),
    "y": N_("This year"),
    "ly": N_("Last year"),
}
_SKELETONS: Final = {Unit.DAY: "MMMd", Unit.WEEK: "MMMd", Unit.MONTH: "yMMM", Unit.YEAR: "y"}


def head(texts: Texts, found: Page, wanted: Html) -> Html:
    """Head a page of the ledger, with its filter."""
    count = texts.ngettext("{n} case", "{n} cases", found.total) if found.total else texts.gettext("no case")
    first = texts.gettext("<b>Ledger</b>: {count}", count=count)
    return first if not wanted else Html("{}\n{}").format(first, wanted)


def line(texts: Texts, case: Case, now: datetime) -> Html:
    """Write one case of the ledger."""
    about = (words.shown(case.target), case.department, case.rule, words.outcome(texts, case), words.shown(case.issuer))
    head = Html("{} <b>{}</b> · {}").format(mark(case, now), words.number(case), texts.date(case.issued_at))
    first = Html(" · ").join([head, *(part for part in about if part)])
    return first if not case.reason else Html("{}\n{}").format(first, short(case.reason, _REASON))


def filter_of(texts: Texts, wanted: Wanted, names: Mapping[UserId, str], titles: Mapping[str, str]) -> Html:
    """Say which cases are wanted; nothing for all of them."""
    parts = []
    if wanted.rule is not None:
        rule = f"{wanted.rule} {titles.get(wanted.rule, '')}".strip() or texts.label(NONE[By.RULE])
        parts.append(texts.gettext("Rule: {rule}", rule=rule))
    if wanted.member is not None:
        parts.append(texts.gettext("Person: {name}", name=names.get(wanted.member) or f"#{wanted.member}"))
    if wanted.department is not None:
        parts.append(texts.gettext("Department: {name}", name=wanted.department or texts.label(NONE[By.DEPARTMENT])))
    if wanted.moderator is not None:
        parts.append(texts.gettext("Moderator: {name}", name=names.get(wanted.moderator) or f"#{wanted.moderator}"))
    if (span := span_named(texts, wanted.span)) is not None:
        parts.append(texts.gettext("Time: {span}", span=span))
    if wanted.status is not None:
        parts.append(texts.gettext("State: {state}", state=texts.label(STATUSES[wanted.status])))
    return Html(" · ").join(parts)


def span_named(texts: Texts, span: Span) -> Html | None:
    """Name a stretch of days; None for all time."""
    first, last = span.first, span.last
    if first is not None and last is not None:
        if first == last:
            return Html.escape(texts.date(first))
        return texts.gettext("{first} to {last}", first=_day(texts, first), last=_day(texts, last))
    if first is not None:
        return texts.gettext("from {first} on", first=_day(texts, first))
    return None if last is None else texts.gettext("until {last}", last=_day(texts, last))


def _day(texts: Texts, day: date) -> str:
    """Write a day without its weekday, which tells nothing of a long stretch."""
    return str(format_skeleton("yMMMd", day, locale=texts.locale))


# Filters


def side_label(texts: Texts, by: By, *, is_set: bool) -> str:
    """Label the button that sets one side of the filter."""
    label = texts.label(SIDES[by])
    return f"✓ {label}" if is_set else label


def ask_side(texts: Texts, by: By, more: int) -> Html:
    """Ask what one side of the filter is to be set to."""
    said = texts.gettext("<b>{side}</b>: what is wanted?", side=texts.label(SIDES[by]))
    if not more:
        return said
    rest = texts.ngettext(
        "{n} more with fewer cases is not listed: name it behind /ledger.",
        "{n} more with fewer cases are not listed: name them behind /ledger.",
        more,
    )
    return Html("{}\n{}").format(said, rest)


def share_label(texts: Texts, by: By, share: Share) -> str:
    """Name a share, with how many cases it has."""
    return f"{share_name(texts, by, share)} ({texts.number(share.count)})"


def share_name(texts: Texts, by: By, share: Share, titles: Mapping[str, str] | None = None) -> str:
    """Name a rule, a person, a department or a moderator."""
    match by:
        case By.RULE | By.DEPARTMENT if not share.key:
            return texts.label(NONE[by])
        case By.RULE:
            title = (titles or {}).get(str(share.key)) or share.name
            return f"{share.key} {title}".strip()
        case By.DEPARTMENT:
            return str(share.key)
        case _:
            return share.name or f"#{share.key}"


def any_label(texts: Texts) -> str:
    """Label the button that leaves a side open."""
    return texts.label("All")


def somebody_label(texts: Texts) -> str:
    """Label the button that asks for a person."""
    return texts.label("Somebody else…")


def typed_label(texts: Texts) -> str:
    """Label the button that asks for a time."""
    return texts.label("From … to …")


def back_label(texts: Texts) -> str:
    """Label the button that leads back to the list."""
    return texts.label("‹ List")


def all_label(texts: Texts) -> str:
    """Label the button that opens every side of the filter."""
    return texts.label("✕ Show all")


def summary_label(texts: Texts) -> str:
    """Label the button that counts what is listed."""
    return texts.label("📊 Summary")


# Summaries


def unit_name(texts: Texts, day: date, unit: Unit) -> str:
    """Name a stretch of days by its first."""
    name = str(format_skeleton(_SKELETONS[unit], day, locale=texts.locale))
    return texts.label("week of {day}", day=name) if unit is Unit.WEEK else name


def left_out(texts: Texts, count: int) -> str:
    """Say how many cases are not counted, and why."""
    return texts.nlabel(
        "{n} case that was undone or let somebody back is left out",
        "{n} cases that were undone or let somebody back are left out",
        count,
    )


def caption(texts: Texts, found: Summary, wanted: Html, titles: Mapping[str, str]) -> Html:
    """Write below its picture what a summary counts, as many lines as fit."""
    count = texts.ngettext("{n} case", "{n} cases", found.total) if found.total else texts.gettext("no case")
    lines = [texts.gettext("<b>{title}</b>: {count}", title=texts.label(COUNTED[found.by]), count=count)]
    if wanted:
        lines.append(Html.escape(short(wanted.striptags(), _FILTER)))
    if found.left_out:
        lines.append(Html.escape(left_out(texts, found.left_out)))
    used = sum(_units(line) + 1 for line in lines)
    for share in found.shares:
        said = Html("• {} – {}").format(named(texts, found, share, titles), texts.number(share.count))
        used += _units(said) + 1
        if used > _CAPTION - 2:
            lines.append(Html("…"))
            break
        lines.append(said)
    return Html("\n").join(lines)


def _units(line: Html) -> int:
    """Return how long a line is to Telegram."""
    return len(line.striptags().encode("utf-16-le")) // 2


def named(texts: Texts, found: Summary, share: Share, titles: Mapping[str, str]) -> str:
    """Name a share of a summary."""
    if found.by is By.PERIOD and not isinstance(share.key, int | str):
        return unit_name(texts, share.key, found.unit)
    return share_name(texts, found.by, share, titles)


# Files


def file_caption(texts: Texts, what: Html, count: int, total: int, parts: tuple[int, int]) -> Html:
    """Say what a file holds; where it is one of several parts, which, and that a file holds no more."""
    held = texts.ngettext("{n} case", "{n} cases", count)
    if count < total:
        held = texts.gettext(
            "{held} of {total}, the oldest first: part {part} of {parts}, as a file holds no more.",
            held=held,
            total=texts.number(total),
            part=texts.number(parts[0]),
            parts=texts.number(parts[1]),
        )
    return held if not what else Html("{}\n{}").format(what, held)


def next_label(texts: Texts, part: int, parts: int) -> str:
    """Label the button that makes the file of the next part."""
    return texts.label("⬇️ Part {part} of {parts}", part=texts.number(part), parts=texts.number(parts))

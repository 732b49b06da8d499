"""What is said about quiet hours that everybody keeps (R21)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, assert_never

from bot.chats.texts.words import quiet as hours_in_words
from bot.i18n import N_, Html
from bot.policy.quiet.rules.lock import Said, Why
from bot.policy.quiet.rules.modes import Mode
from bot.policy.quiet.rules.opening import CannotOpen, Fault

if TYPE_CHECKING:
    from datetime import datetime

    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.policy.quiet.rules.modes import House
    from bot.policy.quiet.rules.opening import Open

TITLE = N_("🌙 When it is quiet")
HELP_MODE = N_("What happens to members in quiet hours: they cannot write, are reminded, or are counted")
HELP_NOTICE = N_("Whether the group is told when it is closed for the night and opened again")
HELP_OPEN = N_("Open the group for a while although it would be quiet")
MODE_EXAMPLES = (N_("/quiet mode restrict"), N_("/quiet mode remind"), N_("/quiet mode record"), N_("/quiet mode off"))
NOTICE_EXAMPLES = (N_("/quiet notice on"), N_("/quiet notice off"))
OPEN_EXAMPLES = (N_("/open until 23:00"), N_("/open 2h"), N_("/open off"))
MODES: dict[Mode, str] = {
    Mode.RESTRICT: N_("Nobody can write"),
    Mode.REMIND: N_("Reminder"),
    Mode.RECORD: N_("Only counted"),
    Mode.OFF: N_("Only I am quiet"),
}
PHRASES: dict[str, str] = {
    "quiet.mode": N_("{actor} changed what happens in quiet hours: {before} → {after}"),
    "quiet.notice": N_("{actor} changed whether quiet hours are announced: {before} → {after}"),
    "quiet.closed": N_("{actor} closed the group for its quiet hours"),
    "quiet.given_back": N_("{actor} let the members write again, as before the quiet hours"),
    "quiet=restrict": N_("nobody can write"),
    "quiet=remind": N_("a reminder"),
    "quiet=record": N_("only counted"),
    "quiet=off": N_("nothing"),
    "quiet=on": N_("yes"),
}
"""The audit log's phrases for what happens here."""
_DAY: Final = timedelta(days=1)


# The page


def page(texts: Texts, group: Group, house: House, *, closed: bool, why: Why | None, now: datetime) -> Html:
    """Show how a group keeps its quiet hours, and how it stands at present."""
    lines = [_hours(texts, group), meaning(texts, house.mode)]
    if house.mode is Mode.RESTRICT:
        lines.append(_notice(texts, house))
    if group.open_until is not None and group.is_open(now):
        lines.append(texts.gettext("🔓 The group is open until {when}.", when=_soon(texts, group.open_until, now)))
    elif closed:
        lines.append(texts.gettext("🔒 The group is closed at present."))
    if why is not None and why is not Why.TOO_LATE:
        lines.append(_reason(texts, why))
    return Html("\n").join(lines)


def _hours(texts: Texts, group: Group) -> Html:
    if not group.quiet and not group.holidays:
        return texts.gettext(
            "🌙 <b>{title}</b> has no quiet hours yet. <code>/quiet 22:00-07:30</code> sets them.", title=group.title
        )
    hours = hours_in_words(texts, group.quiet) if group.quiet else texts.gettext("only on holidays")
    return texts.gettext("🌙 Quiet hours of <b>{title}</b>: {hours}.", title=group.title, hours=hours)


def meaning(texts: Texts, mode: Mode) -> Html:
    """Say to managers what a mode does."""
    match mode:
        case Mode.OFF:
            return texts.gettext("Members may write then. Only I am quiet: I send nothing that makes phones ring.")
        case Mode.RESTRICT:
            return texts.gettext(
                "Members cannot write then; administrators can. I take the permission to write at the beginning, and at the"
                " end I give back exactly what I took."
            )
        case Mode.REMIND:
            return texts.gettext("Who writes then is reminded, once a night.")
        case Mode.RECORD:
            return texts.gettext("How much is written then is counted, and told to the managers in their digest.")
        case _:
            assert_never(mode)


def _notice(texts: Texts, house: House) -> Html:
    if house.notice:
        return texts.gettext("One line tells the group when it is closed and when it is opened.")
    return texts.gettext("The group is not told when it is closed and opened.")


def _reason(texts: Texts, why: Why) -> Html:
    match why:
        case Why.NO_RIGHT:
            return texts.gettext(
                "⚠️ I lack the right <b>Ban users</b>. Make me an administrator with that right, and I do it at once."
            )
        case Why.BASIC_GROUP:
            return texts.gettext(
                "⚠️ Telegram can do this in supergroups only. A group becomes one as soon as its history is made visible to new"
                " members (group settings → Chat history)."
            )
        case Why.CHAT_GONE:
            return texts.gettext("⚠️ I am not in the group any more.")
        case Why.TOO_LATE | Why.OTHER:
            return texts.gettext("⚠️ Telegram refused. I try again every hour.")
        case _:
            assert_never(why)


def page_label(texts: Texts) -> str:
    """Label the button that leads to the page."""
    return texts.label(TITLE)


def mode_label(texts: Texts, mode: Mode, *, chosen: bool) -> str:
    """Label the button of a mode."""
    name = texts.label(MODES[mode])
    return f"✓ {name}" if chosen else name


def notice_label(texts: Texts, *, on: bool) -> str:
    """Label the button that switches the line in the group."""
    return texts.label("🔔 Tell the group") if on else texts.label("🔕 Do not tell the group")


def open_label(texts: Texts, until: datetime) -> str:
    """Label the button that opens the group for the night."""
    return texts.label("🔓 Open until {when}", when=texts.clock(until))


def shut_label(texts: Texts) -> str:
    """Label the button that takes the opening back."""
    return texts.label("🌙 Quiet again")


def no_such_mode(texts: Texts, typed: str) -> Html:
    """Answer what is no mode."""
    return texts.gettext(
        "“{typed}” is nothing I can do in quiet hours. It can be restrict, remind, record or off:"
        " <code>/quiet mode remind</code>.",
        typed=typed[:40],
    )


def no_switch(texts: Texts, typed: str) -> Html:
    """Answer what is neither on nor off."""
    return texts.gettext("“{typed}” is neither on nor off. Write <code>/quiet notice on</code>.", typed=typed[:40])


def stale(texts: Texts) -> str:
    """Answer a button that means nothing any more."""
    return texts.label("This button is no longer valid. Send /quiet mode again.")


# Opening


def opened(texts: Texts, found: Open, group: Group, now: datetime) -> Html:
    """Confirm that the group is open for a while."""
    until = _soon(texts, found.until, now)
    if found.whole:
        return texts.gettext(
            "🔓 <b>{title}</b> is open tonight: its quiet hours until {when} are suspended. <code>/open off</code> takes this"
            " back.",
            title=group.title,
            when=until,
        )
    return texts.gettext(
        "🔓 <b>{title}</b> is open until {when}; then it is quiet. <code>/open off</code> takes this back.",
        title=group.title,
        when=until,
    )


def shut(texts: Texts, group: Group) -> Html:
    """Confirm that the quiet hours hold again."""
    return texts.gettext("🌙 The quiet hours of <b>{title}</b> hold again.", title=group.title)


def not_open(texts: Texts, group: Group) -> Html:
    """Answer the wish to take back what is not there."""
    return texts.gettext("<b>{title}</b> is not opened; its quiet hours hold as they are set.", title=group.title)


def cannot_open(texts: Texts, found: CannotOpen, typed: str, now: datetime) -> Html:
    """Say why the group is not opened, and what would be right."""
    when = "" if found.at is None else _soon(texts, found.at, now)
    match found.fault:
        case Fault.NEVER_QUIET:
            return texts.gettext("The group has no quiet hours in the next 24 hours: it is open anyway.")
        case Fault.NO_TIME:
            return texts.gettext(
                "“{typed}” is not a time I understand. Write <code>/open until 23:00</code>, <code>/open 2h</code>, or just"
                " <code>/open</code> for the whole night.",
                typed=typed[:40],
            )
        case Fault.TOO_EARLY:
            return texts.gettext("It is not quiet before {when} anyway. Name a later time.", when=when)
        case Fault.TOO_LATE:
            return texts.gettext(
                "The quiet hours end at {when} already. Name an earlier time, or write just <code>/open</code> for the whole"
                " night.",
                when=when,
            )
        case _:
            assert_never(found.fault)


def _soon(texts: Texts, at: datetime, now: datetime) -> str:
    """Write a time within a day by its clock alone."""
    return texts.clock(at) if at - now < _DAY else texts.when(at)


# In the group


def notice(texts: Texts, said: Said, group: Group, now: datetime) -> Html | None:
    """Tell the group in one line that it is closed or opened."""
    until = group.quiet_until(now)
    if said is Said.CLOSED:
        if until is None:
            return None
        return texts.gettext(
            "🌙 Quiet hours until {when}: until then nobody can write here.", when=_soon(texts, until, now)
        )
    if group.open_until is not None and group.is_open(now) and group.coming_quiet(now) is not None:
        return texts.gettext("🔓 The group is open until {when}.", when=_soon(texts, group.open_until, now))
    return texts.gettext("☀️ The quiet hours are over: everybody can write again.")


def reminder(texts: Texts, name: Html, until: datetime, now: datetime) -> Html:
    """Remind somebody that it is quiet; not a reproach."""
    return texts.gettext(
        "🌙 {name}, it is quiet here until {when}. What can wait is better written then; thank you.",
        name=name,
        when=_soon(texts, until, now),
    )


def rule(texts: Texts, group: Group, house: House, now: datetime) -> Html | None:
    """Say in the rules of the group what quiet hours mean; None where they mean nothing to members."""
    if house.mode is Mode.OFF or not (group.quiet or group.holidays):
        return None
    hours = hours_in_words(texts, group.quiet) if group.quiet else texts.gettext("only on holidays")
    sentences = [texts.gettext("It is quiet here: {hours}.", hours=hours), _asked(texts, house.mode)]
    if group.open_until is not None and group.is_open(now):
        sentences.append(texts.gettext("Now it is open until {when}.", when=_soon(texts, group.open_until, now)))
    return Html("\n").join((texts.gettext("<b>🌙 Quiet hours</b>"), texts.flow(*sentences)))


def _asked(texts: Texts, mode: Mode) -> Html:
    if mode is Mode.RESTRICT:
        return texts.gettext("Nobody can write then.")
    if mode is Mode.REMIND:
        return texts.gettext("Please do not write then; who does is reminded.")
    return texts.gettext("Please do not write then; how much is written is counted.")


# For managers


def trouble(texts: Texts, said: Said, why: Why, title: str) -> Html:
    """Tell managers that the group could not be closed or opened."""
    if said is Said.NOT_CLOSED:
        first = texts.gettext("🌙 I could not close <b>{title}</b> for its quiet hours.", title=title)
    else:
        first = texts.gettext(
            "🔒 I could not let the members of <b>{title}</b> write again after its quiet hours. An administrator can do it in"
            " the group's settings → Permissions.",
            title=title,
        )
    return Html("\n").join((first, _reason(texts, why)))


def digest(texts: Texts, messages: int, people: int) -> Html:
    """Say how much was written in quiet hours."""
    written = texts.ngettext("{n} message", "{n} messages", messages)
    by = texts.ngettext("{n} person", "{n} people", people)
    return texts.gettext("🌙 In quiet hours: {messages} from {people}", messages=written, people=by)

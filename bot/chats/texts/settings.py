"""The settings page and what is answered when a setting changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chats.rules.profile import PURPOSES
from bot.chats.rules.typed import HOLIDAY_LIMIT, LABEL_LIMIT, QUIET_LIMIT, Unclear
from bot.chats.texts import words
from bot.chats.texts.setup import lacking
from bot.i18n import N_, Html, Texts, available_locales

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from bot.chats.rules.profile import BotRight
    from bot.kernel.groups import Group, Purpose

TITLE = N_("Groups and settings")

PAGE_NAMES = {
    "language": N_("🌐 Language"),
    "zone": N_("🕘 Time zone"),
    "quiet": N_("🌙 Quiet hours"),
    "holidays": N_("🎌 Holidays"),
    "topics": N_("📂 Topics"),
    "managers": N_("👥 Managers' chat"),
    "label": N_("🏷 Label"),
}

PROBLEMS = {
    Unclear.QUIET: N_(
        "Please write quiet hours as from–to, such as <code>22:00-07:30</code>, with days if you like:"
        " <code>23:00-07:00 mon-fri; 00:00-09:00 sat,sun</code>."
    ),
    Unclear.QUIET_EMPTY: N_(
        "These quiet hours would end the moment they begin. Please write them like <code>22:00-07:30</code>."
    ),
    Unclear.QUIET_MANY: N_("That is too much: a group can have at most {quiet_limit} periods of quiet hours."),
    Unclear.NO_SUCH_HOUR: N_(
        "There is no such hour. Please write hours from 0 to 24 and minutes from 0 to 59, such as <code>22:00-07:30</code>."
    ),
    Unclear.NO_SUCH_DAY: N_(
        "There is no such day. Please look at the calendar, and write the day such as <code>25 Dec</code>."
    ),
    Unclear.DATE: N_(
        "Please write the day with the year first, such as <code>2026-12-25</code>, or a span:"
        " <code>2026-10-01 to 2026-10-07</code>."
    ),
    Unclear.DATE_PAST: N_("That day is past. Please name one that is still to come, such as <code>25 Dec</code>."),
    Unclear.DATES_MANY: N_("That is too many days: a group has at most {holiday_limit} holidays."),
    Unclear.LABEL: N_("A label is one line of at most {label_limit} characters, such as <code>Hikers</code>."),
    Unclear.PURPOSE: N_(
        "Please say what the topic is for: <code>/topic announcements here</code>. It can be announcements, "
        "events, cases or digest; <code>/topic events off</code> undoes it."
    ),
}


def unclear(texts: Texts, problem: Unclear) -> Html:
    """Say what would have been right."""
    limits = {"quiet_limit": QUIET_LIMIT, "holiday_limit": HOLIDAY_LIMIT, "label_limit": LABEL_LIMIT}
    return texts.gettext(PROBLEMS[problem], **{name: texts.number(limit) for name, limit in limits.items()})


# The page


def page(texts: Texts, group: Group, missing: Sequence[BotRight] | None, managers: Group | None, now: datetime) -> Html:
    """Write every setting of a group."""
    lines = [
        texts.gettext("⚙️ <b>Settings of {title}</b>", title=group.title),
        texts.gettext("Language: {name}", name=language(group.locale)),
        texts.gettext("Time zone: {zone}", zone=words.zone_now(texts, group.zone, now)),
        texts.gettext("Quiet hours: {hours}", hours=words.quiet(texts, group.quiet)),
        texts.gettext("Holidays: {days}", days=_coming(texts, group, now)),
        texts.gettext("Managers' chat: {chat}", chat=managers_name(texts, group, managers)),
        texts.gettext("Label: {label}", label=group.label or texts.gettext("none")),
    ]
    if group.is_forum:
        lines.append(texts.gettext("Topics: {topics}", topics=_topics(texts, group)))
    return Html("\n").join((*lines, Html(""), lacking(texts, group, missing)))


def page_label(texts: Texts, key: str) -> str:
    """Label the button of one setting."""
    return texts.label(PAGE_NAMES[key])


def back_label(texts: Texts) -> str:
    """Label the way back to the page."""
    return texts.label("« Settings")


def other_label(texts: Texts) -> str:
    """Label the button that asks for an answer by typing."""
    return texts.label("✏️ Another…")


def off_label(texts: Texts) -> str:
    """Label the button that switches something off."""
    return texts.label("Off")


def add_label(texts: Texts) -> str:
    """Label the button that adds a day."""
    return texts.label("➕ Add")


def remove_label(texts: Texts, first: date, last: date) -> str:
    """Label the button that takes a holiday away."""
    return texts.label("✕ {days}", days=words.span(texts, first, last))


def _coming(texts: Texts, group: Group, now: datetime) -> Html:
    today = group.local(now).date()
    ahead = words.days(texts, (day for day in group.holidays if day >= today))
    if not ahead:
        return texts.gettext("none")
    shown = texts.join(ahead[:3])
    rest = len(ahead) - 3
    return shown if rest <= 0 else texts.ngettext("{days} and {n} more", "{days} and {n} more", rest, days=shown)


def _topics(texts: Texts, group: Group) -> Html:
    held = [words.purpose(texts, purpose) for purpose in PURPOSES if purpose in group.topics]
    return texts.join(held) if held else texts.gettext("none")


def managers_name(texts: Texts, group: Group, managers: Group | None) -> Html:
    """Name the managers' chat."""
    if group.managers_chat_id is None:
        return texts.gettext("none")
    return Html.escape(managers.title) if managers is not None else texts.gettext("one that I am not in")


# Language and zone


def language(locale: str) -> str:
    """Name a language in itself."""
    return available_locales().get(locale, locale)


def ask_language(texts: Texts, group: Group | None) -> Html:
    """Offer the languages."""
    if group is None:
        return texts.gettext("In which language shall I write to you in private?")
    return texts.gettext("In which language shall I write in <b>{title}</b>?", title=group.title)


def unknown_language(texts: Texts, typed: str) -> Html:
    """Answer a language there is none of."""
    return texts.gettext("I do not speak “{typed}” yet. Please choose:", typed=typed[:40])


def language_set(texts: Texts, locale: str, *, private: bool) -> Html:
    """Confirm, in the new language."""
    if private:
        return texts.gettext("From now on I write to you in {name} in private.", name=language(locale))
    return texts.gettext("From now on I write in {name} in this group.", name=language(locale))


def ask_zone(texts: Texts, group: Group | None, now: datetime) -> Html:
    """Ask for the zone."""
    ask = texts.gettext(
        "Which time zone? Name a city or a zone, such as <code>Shanghai</code> or <code>Europe/Paris</code>."
    )
    if group is None:
        return ask
    return Html("\n").join((texts.gettext("Now: {zone}.", zone=words.zone_now(texts, group.zone, now)), ask))


def which_zone(texts: Texts, typed: str, *, offers: bool, guessed: bool = False) -> Html:
    """Ask back for a zone that is not clear; ``guessed``: those offered are only spelt alike."""
    if offers and guessed:
        return texts.gettext("I know no time zone “{typed}”. Did you mean this?", typed=typed[:40])
    if offers:
        return texts.gettext("Which time zone do you mean by “{typed}”?", typed=typed[:40])
    return texts.gettext(
        "I know no time zone “{typed}”. Name a large city or a zone, such as <code>Shanghai</code> or"
        " <code>America/New_York</code>.",
        typed=typed[:40],
    )


def zone_set(texts: Texts, group: Group, now: datetime) -> Html:
    """Confirm the zone."""
    return texts.gettext(
        "Time zone of <b>{title}</b>: {zone}.", title=group.title, zone=words.zone_now(texts, group.zone, now)
    )


# Quiet hours and holidays


def ask_quiet(texts: Texts) -> Html:
    """Ask for quiet hours."""
    return texts.gettext(
        "From when to when should it be quiet? For example <code>22:00-07:30</code> or <code>23:00-07:00 mon-fri</code>."
    )


def quiet_page(texts: Texts, group: Group, now: datetime) -> Html:
    """Show the quiet hours, and until when they are suspended."""
    if not group.quiet:
        return texts.gettext("🌙 <b>{title}</b> has no quiet hours now.", title=group.title)
    hours = texts.gettext(
        "🌙 Quiet hours of <b>{title}</b>: {hours}. During these hours I send nothing that makes phones ring, and I "
        "hold back what can wait.",
        title=group.title,
        hours=words.quiet(texts, group.quiet),
    )
    if group.open_until is None or not group.is_open(now):
        return hours
    return texts.flow(hours, texts.gettext("Now it is open until {when}.", when=texts.when(group.open_until)))


def ask_holiday(texts: Texts) -> Html:
    """Ask for a day."""
    return texts.gettext(
        "Which day is a holiday? For example <code>25 Dec</code> or <code>1 Oct to 7 Oct</code>. You can also"
        " send a calendar file (.ics): I show what it would add first."
    )


def not_a_holiday(texts: Texts, typed: str) -> Html:
    """Answer a day that cannot be taken away."""
    return texts.gettext("“{typed}” is no holiday of this group. /holidays shows them all.", typed=typed[:40])


def holidays_page(texts: Texts, group: Group) -> Html:
    """Show the holidays."""
    head = texts.gettext("🎌 Holidays of <b>{title}</b>:", title=group.title)
    held = words.days(texts, group.holidays)
    meaning = texts.gettext("On a holiday I am quiet all day: what can wait is sent when it is over.")
    if not held:
        return Html("\n").join((texts.flow(head, texts.gettext("none")), meaning))
    return Html("\n").join((head, *(texts.gettext("• {days}", days=one) for one in held[:60]), meaning))


# Topics, label


def topics_page(texts: Texts, group: Group, thread: int | None) -> Html:
    """Show which topics are set aside."""
    if not group.is_forum:
        return texts.gettext("Topics exist only in groups where they are switched on (group settings → Topics).")
    lines = [
        texts.gettext(
            "• {purpose}: {state}",
            purpose=words.purpose(texts, purpose),
            state=_topic_state(texts, group.topics.get(purpose), thread),
        )
        for purpose in PURPOSES
    ]
    head = texts.gettext("📂 <b>Topics</b>: what I post where. Without a topic it goes to General.")
    hint = texts.gettext("To choose a topic, write <code>/topic events here</code> in it.")
    return Html("\n").join((head, *lines, hint))


def _topic_state(texts: Texts, held: int | None, here: int | None) -> Html:
    if held is None:
        return texts.gettext("General")
    return texts.gettext("this topic") if held == here else texts.gettext("topic {number}", number=held)


def topic_set(texts: Texts, purpose: Purpose, *, here: bool) -> Html:
    """Confirm a topic."""
    if here:
        return texts.gettext("{purpose}: from now on in this topic.", purpose=words.purpose(texts, purpose))
    return texts.gettext("{purpose}: from now on in General.", purpose=words.purpose(texts, purpose))


def topic_elsewhere(texts: Texts) -> Html:
    """Send somebody to the topic."""
    return texts.gettext("Please write that in the topic itself, in the group.")


def topic_label(texts: Texts, purpose: Purpose, *, here: bool) -> str:
    """Label a topic's button."""
    name = words.purpose(texts, purpose)
    return texts.label("{purpose} → here", purpose=name) if here else texts.label("✕ {purpose}", purpose=name)


def ask_label(texts: Texts) -> Html:
    """Ask for a label."""
    return texts.gettext("What do managers call this group among themselves? One short line.")


def label_set(texts: Texts, group: Group) -> Html:
    """Confirm the label."""
    if group.label is None:
        return texts.gettext("<b>{title}</b> has no label now.", title=group.title)
    return texts.gettext("<b>{title}</b> is labelled “{label}”.", title=group.title, label=group.label)


# The managers' chat


def managers_how(texts: Texts) -> Html:
    """Explain the managers' chat."""
    return texts.gettext(
        "A managers' chat is a group of just the managers: drafts, proposals and reports go there instead of to the group."
        " Make one, add me to it and write /managerschat there."
    )


def managers_page(texts: Texts, group: Group, managers: Group | None) -> Html:
    """Show the managers' chat of a group."""
    now = texts.gettext(
        "👥 Managers' chat of <b>{title}</b>: {chat}.", title=group.title, chat=managers_name(texts, group, managers)
    )
    return Html("\n").join((now, managers_how(texts)))


def link_here(texts: Texts, linked: Iterable[Group]) -> Html:
    """Ask for which group this chat is the managers' chat."""
    titles = [group.title for group in linked]
    parts = [
        texts.gettext(
            "Which group shall this be the managers' chat of? Everybody in here will be able to read its drafts "
            "and reports."
        )
    ]
    if titles:
        parts.append(texts.gettext("Linked now: {groups}.", groups=texts.join(titles)))
    return Html("\n").join(parts)


def nothing_to_link(texts: Texts) -> Html:
    """Answer somebody of whom no group is known that they manage."""
    return texts.gettext(
        "I know of no other group whose settings you may change. If you write as the group (anonymously), please write under"
        " your own name. Write something in the group you run, so that I know you there, and try again."
    )


def link_elsewhere(texts: Texts) -> Html:
    """Answer somebody who writes it in the only group they manage."""
    return texts.gettext(
        "This is the group itself. Make a group of just the managers, add me there and write /managerschat there."
    )


def link_label(texts: Texts, group: Group, *, linked: bool) -> str:
    """Label the button that links or unlinks."""
    if linked:
        return texts.label("✕ Unlink {title}", title=group.title[:40])
    return texts.label("Link {title}", title=group.title[:40])


def unlink_label(texts: Texts) -> str:
    """Label the unlinking button on the settings page."""
    return texts.label("✕ Unlink")


def linked(texts: Texts, group: Group, *, on: bool) -> Html:
    """Confirm the link."""
    if on:
        return texts.gettext("👥 This is the managers' chat of <b>{title}</b> now.", title=group.title)
    return texts.gettext("This is no longer the managers' chat of <b>{title}</b>.", title=group.title)


def may_not(texts: Texts) -> str:
    """Refuse somebody who may not change a group's settings."""
    return texts.label("Only people who may change the settings of that group can do this.")


def stale(texts: Texts) -> str:
    """Answer a button whose value is not one of ours."""
    return texts.label("This button is out of date. Please use the command again.")

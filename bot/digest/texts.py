"""What the digest says around its parts, and what is answered when it is set."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.chats.texts.words import city
from bot.digest.rules import Changed, Same, Where
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime, time

    from bot.digest.rules import Change, Readers, Settings
    from bot.i18n import Texts
    from bot.kernel.groups import Group

TITLE = N_("Daily digest")
BUTTON = N_("📊 Daily digest")
HELP = N_("The daily digest: when it comes, and who reads it")
HELP_TIME = N_("Set the hour of the digest")
HELP_NOW = N_("Read yesterday's digest now")
HELP_HERE = N_("Post the digest in the group")
HELP_MANAGERS = N_("Send the digest to the managers only")
HELP_ON = N_("Switch the digest on, for the managers if I can reach them")
HELP_OFF = N_("Switch the digest off")
FORM_TITLE = N_("Hour of the digest")
TIME_LABEL = N_("Time")

PHRASES = {
    "digest.time": N_("{actor} moved the digest from {before} to {after}"),
    "digest.where": N_("{actor} changed who reads the digest from {before} to {after}"),
    "digest=group": N_("The whole group"),
    "digest=managers": N_("Managers only"),
    "digest=auto": N_("Managers first"),
    "digest=off": N_("Off"),
}
"""How these acts read in the audit log, and the words in them."""
_SHOWN = 10


# The digest


def head(texts: Texts, group: Group, day: date) -> Html:
    """Head the digest."""
    return texts.gettext("📊 <b>{group}</b>, yesterday: {day}", group=group.label or group.title, day=texts.date(day))


def quiet_day(texts: Texts) -> Html:
    """Say that there is nothing."""
    return texts.gettext("It was a quiet day: there is nothing to report.")


def moves(texts: Texts, came: Sequence[str], left: Sequence[str], removed: Sequence[str]) -> Html:
    """Say who came and who went (R01)."""
    lines: list[Html] = []
    if came:
        names = _names(texts, came)
        lines.append(
            texts.ngettext("👋 {n} person joined: {names}", "👋 {n} people joined: {names}", len(came), names=names)
        )
    if left:
        names = _names(texts, left)
        lines.append(
            texts.ngettext("🚪 {n} person left: {names}", "🚪 {n} people left: {names}", len(left), names=names)
        )
    if removed:
        names = _names(texts, removed)
        lines.append(
            texts.ngettext(
                "⛔ {n} person was removed: {names}", "⛔ {n} people were removed: {names}", len(removed), names=names
            )
        )
    return Html("\n").join(lines)


def _names(texts: Texts, names: Sequence[str]) -> Html:
    rest = len(names) - _SHOWN
    if rest <= 0:
        return texts.join(names)
    shown = texts.join(names[:_SHOWN])
    return texts.ngettext("{names} and {n} more", "{names} and {n} more", rest, names=shown)


def openly(texts: Texts) -> Html:
    """Say why managers' matters stand in the group."""
    return texts.gettext(
        "<i>This is for the managers, but I can reach none of them in private yet. Managers: open a private chat with me"
        " and press Start, or choose with /digest who reads this.</i>"
    )


def unreachable(texts: Texts) -> Html:
    """Tell the group that the digest reaches nobody, without showing it."""
    return texts.gettext(
        "The daily digest is ready, but I can reach none of the managers in private. Managers: please open a private chat"
        " with me and press Start; /digest now then brings it."
    )


def start_label(texts: Texts) -> str:
    """Label the way into the private chat."""
    return texts.label("Open a private chat")


# The page


def page(texts: Texts, group: Group, settings: Settings, readers: Readers, next_at: datetime | None) -> Html:
    """Show when the digest comes and who reads it."""
    lines = [texts.gettext("📊 <b>Daily digest of {group}</b>", group=group.title)]
    if settings.where is Where.OFF:
        lines.append(texts.gettext("It is switched off."))
        return Html("\n").join(lines)
    lines.append(
        texts.gettext(
            "It comes at {time} each day ({zone} time) and tells of the day before.",
            time=clock(settings.hour),
            zone=city(texts, group.zone),
        )
    )
    lines.append(texts.gettext("Who reads it: {readers}", readers=_who(texts, settings.where, readers)))
    if readers.unreached and settings.where is not Where.GROUP:
        lines.append(not_reached(texts, readers.unreached))
    if next_at is not None:
        lines.append(texts.gettext("The next one: {when}", when=texts.when(next_at)))
    return Html("\n").join(lines)


def _who(texts: Texts, where: Where, readers: Readers) -> Html:
    if where is Where.GROUP:
        return texts.gettext("everybody, in the group")
    if readers.chat is not None:
        return texts.gettext("the managers, in their chat <b>{chat}</b>", chat=readers.chat)
    if readers.reached:
        return texts.gettext("the managers, in private ({names})", names=_names(texts, readers.reached))
    if where is Where.AUTO:
        return texts.gettext("the managers, in private; as long as I can reach none of them, the group")
    return texts.gettext("the managers, in private; so far I can reach none of them")


def not_reached(texts: Texts, names: Sequence[str]) -> Html:
    """Name the managers who have not started the bot, and say what they can do."""
    return texts.gettext(
        "I cannot write in private to {names}. Each of them needs to open a private chat with me and press Start.",
        names=_names(texts, names),
    )


def clock(hour: time) -> str:
    """Write a time of day."""
    return f"{hour:%H:%M}"


WHERE_LABELS = {
    Where.GROUP: N_("The whole group"),
    Where.MANAGERS: N_("Managers only"),
    Where.AUTO: N_("Managers first"),
    Where.OFF: N_("Off"),
}


def where_label(texts: Texts, where: Where, present: Where) -> str:
    """Label the button of a choice, the present one marked."""
    name = texts.label(WHERE_LABELS[where])
    return f"✓ {name}" if where is present else name


def time_label(hour: time, present: time) -> str:
    """Label the button of an hour."""
    return f"✓ {clock(hour)}" if hour == present else clock(hour)


def other_label(texts: Texts) -> str:
    """Label the button that asks for another hour."""
    return texts.label("✏️ Another time…")


def now_label(texts: Texts) -> str:
    """Label the button that shows the digest."""
    return texts.label("📊 Show it now")


def stale(texts: Texts) -> str:
    """Answer a button that no longer means anything."""
    return texts.label("This button is out of date. Please send /digest again.")


# Answers


def ask_time(texts: Texts) -> Html:
    """Ask for the hour."""
    return texts.gettext(
        "At what time of day should the digest come? For example <code>08:30</code>, <code>9am</code> or <code>20:00</code>."
    )


def not_a_time(texts: Texts, typed: str) -> Html:
    """Refuse what is no time of day."""
    return texts.gettext(
        "“{typed}” is not a time of day. Please write it like <code>/digest time 08:30</code> or"
        " <code>/digest time 9pm</code>.",
        typed=typed[:40],
    )


def not_a_word(texts: Texts, typed: str) -> Html:
    """Refuse a word after ``/digest`` that means nothing."""
    return texts.gettext(
        "I do not understand “{typed}”. You can write <code>/digest time 08:30</code>, <code>/digest now</code>,"
        " <code>/digest here</code>, <code>/digest managers</code>, <code>/digest on</code> or <code>/digest off</code>.",
        typed=typed[:40],
    )


def changed(texts: Texts, group: Group, change: Change, readers: Readers | None = None) -> Html:
    """Confirm a setting, or say that it was so already."""
    settings = change.settings
    match change:
        case Changed():
            lines = [_now(texts, group, settings)]
        case Same():
            lines = [texts.gettext("{state} That was so already.", state=_now(texts, group, settings))]
        case _:
            assert_never(change)
    if readers is not None and readers.chat is None and readers.unreached:
        lines.append(not_reached(texts, readers.unreached))
    if change.next_at is not None:
        lines.append(texts.gettext("The next one: {when}", when=texts.when(change.next_at)))
    return Html("\n").join(lines)


def _now(texts: Texts, group: Group, settings: Settings) -> Html:
    values = {"group": group.title, "time": clock(settings.hour)}
    match settings.where:
        case Where.OFF:
            return texts.gettext(
                "The digest of <b>{group}</b> is off. Its hour is {time}; /digest on brings it back.", **values
            )
        case Where.GROUP:
            return texts.gettext("The digest of <b>{group}</b> comes at {time}, in the group.", **values)
        case Where.MANAGERS:
            return texts.gettext("The digest of <b>{group}</b> comes at {time}, to its managers only.", **values)
        case Where.AUTO:
            return texts.gettext(
                "The digest of <b>{group}</b> comes at {time}, to its managers; while I can reach none of them, in the group.",
                **values,
            )
        case _:
            assert_never(settings.where)


def sent_in_private(texts: Texts) -> Html:
    """Say in the group where the digest is."""
    return texts.gettext("I have sent you the digest in private.")


def sent_to_managers(texts: Texts) -> Html:
    """Say in the group where the digest is."""
    return texts.gettext("The digest is in the managers' chat.")


def start_first(texts: Texts) -> Html:
    """Ask somebody whom the bot cannot write to to start it."""
    return texts.gettext(
        "The digest is for the managers only, and I cannot write to you in private yet. Please open a private chat with me,"
        " press Start, and send /digest now there."
    )

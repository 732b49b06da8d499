"""What is said about a group's settings for events."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.events.rules.house import House, Order
from bot.events.settings.rules import MOST, SETTINGS, SWITCHES, Setting, Unfit, carried
from bot.events.texts.fields import FIELDS, NO, YES, spans
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from bot.i18n import Texts

TITLE = N_("🗓 Events")
HELP = N_("The group’s settings for events: waiting list, sign-up in words, reminders, missed events")
FORM_TITLE = N_("Settings for events")
VALUE = N_("Value")
BACK, ANOTHER = N_("« Events"), N_("✏️ Another…")
NAMES: dict[Setting, str] = {
    "words": N_("Sign-up in words"),
    "automatic": N_("Freed seats"),
    "offer": N_("Time to accept a seat"),
    "order": N_("Order of the waiting list"),
    "strict": N_("Strict order"),
    "reminders": N_("Reminders"),
    "reconfirm": N_("Ask again a day ahead"),
    "suspend_after": N_("Suspension"),
    "count_missed": N_("Missed events in the order"),
    "most_ahead": N_("Limit for each person"),
}
AUDIT: dict[str, str] = {
    **{f"event={setting}": name for setting, name in NAMES.items() if setting not in FIELDS},
    "event=True": YES,
    "event=False": NO,
}
"""The audit log's words for what it keeps of a change."""
_EXPLAINED: dict[Setting, str] = {
    "words": N_("People may also sign up by answering the card: +1, join, maybe, can’t come."),
    "automatic": N_("A freed seat is offered to the next in line, or given at once without asking."),
    "offer": N_("So long may somebody think before an offered seat passes on; less when the start is near."),
    "order": N_("Who waits longest comes first, or who came to the fewest events in the past year."),
    "strict": N_("Where it is on, a party that needs more seats than are free holds up those behind it."),
    "reminders": N_("So long before the start the group and those who come are reminded."),
    "reconfirm": N_("Those who come are asked a day ahead whether they still do."),
    "suspend_after": N_(
        "Who stays away from so many events within 90 days without saying so cannot sign up for a while."
    ),
    "count_missed": N_("Where the fewest events come first, each missed event counts like two that one came to."),
    "most_ahead": N_("On so many coming events may one person be at the same time."),
}


def page(texts: Texts, house: House) -> Html:
    """Write every setting with its value and what it means."""
    head = texts.gettext(
        "🗓 <b>Events of this group</b>\nWaiting list and reminders are what a new event begins with; the rest counts at once."
    )
    return Html("\n\n").join([head, *(_line(texts, house, setting) for setting in SETTINGS)])


def _line(texts: Texts, house: House, setting: Setting) -> Html:
    name = texts.gettext(NAMES[setting])
    shown = value(texts, setting, getattr(house, setting))
    return (
        texts.gettext("<b>{name}</b>: {value}", name=name, value=shown)
        + Html("\n")
        + texts.gettext(_EXPLAINED[setting])
    )


def one(texts: Texts, house: House, setting: Setting) -> Html:
    """Write one setting."""
    return _line(texts, house, setting)


def value(texts: Texts, setting: Setting, found: Any) -> Html:
    """Write the value of a setting."""
    if setting == "automatic":
        return texts.gettext(_FREED[bool(found)])
    if setting in SWITCHES:
        return texts.gettext(_SWITCH[bool(found)])
    if setting == "order":
        return texts.gettext(_ORDERS[found])
    if setting == "offer":
        return Html.escape(texts.duration(timedelta(minutes=found)))
    if setting == "reminders":
        return spans(texts, found)
    if found is None:
        return texts.gettext(_NO_LIMIT[setting])
    if setting == "suspend_after":
        return texts.ngettext("after {n} missed event", "after {n} missed events", found)
    return texts.ngettext("{n} coming event", "{n} coming events", found)


_SWITCH = {True: N_("On"), False: N_("Off")}
_NO_LIMIT = {"suspend_after": N_("Off"), "most_ahead": N_("No limit")}
_FREED = {True: N_("given at once"), False: N_("offered")}
_ORDERS = {Order.TIME: N_("who waits longest"), Order.FAIR: N_("fewest past events")}


def name_label(texts: Texts, setting: Setting) -> str:
    """Label the button of a setting."""
    return texts.label(NAMES[setting])


def value_label(texts: Texts, house: House, setting: Setting, choice: str, found: Any) -> str:
    """Label the button of a value; the present one is marked."""
    shown = value(texts, setting, found).striptags()
    return f"✓ {shown}" if carried(house, setting) == choice else shown


def saved(texts: Texts) -> str:
    """Answer a tap that changed a setting."""
    return texts.label("Saved.")


def is_so(texts: Texts) -> str:
    """Answer a tap that changed nothing."""
    return texts.label("It is set like that already.")


def stale(texts: Texts) -> str:
    """Answer a button of a setting that there is not."""
    return texts.label("This button is out of date. /event settings shows the settings as they are.")


def set_to(texts: Texts, setting: Setting, found: Any, *, new: bool) -> Html:
    """Answer a change on one line."""
    name, shown = texts.gettext(NAMES[setting]), value(texts, setting, found)
    if new:
        return texts.gettext("{name} is now: <b>{value}</b>.", name=name, value=shown)
    return texts.gettext("{name} is set to <b>{value}</b> already, so nothing was changed.", name=name, value=shown)


def ask(texts: Texts, setting: Setting) -> Html:
    """Ask for a value."""
    return Html("<b>{}</b>\n{}\n{}").format(
        texts.gettext(NAMES[setting]),
        texts.gettext(_EXPLAINED[setting]),
        texts.gettext(_UNFIT[_kind(setting)], **_limits(texts)),
    )


def _kind(setting: Setting) -> Unfit:
    if setting == "offer":
        return Unfit.OFFER
    return Unfit.REMINDERS if setting == "reminders" else Unfit.NUMBER


def unfit(texts: Texts, setting: Setting, problem: Unfit, typed: str) -> Html:
    """Say what is wrong with a value, and what would be right."""
    said = texts.gettext(
        "“{typed}” cannot be the value of “{name}”.", typed=typed[:64], name=texts.gettext(NAMES[setting])
    )
    return texts.flow(said, texts.gettext(_UNFIT[problem], **_limits(texts)))


def _limits(texts: Texts) -> dict[str, str]:
    return {"most": texts.number(MOST)}


_UNFIT: dict[Unfit, str] = {
    Unfit.SWITCH: N_("Write <code>on</code> or <code>off</code>."),
    Unfit.ORDER: N_("Write <code>time</code> or <code>fair</code>."),
    Unfit.OFFER: N_("Write a time from 10 minutes to 7 days, such as <code>2 hours</code>."),
    Unfit.REMINDERS: N_(
        "Write up to 5 times from 5 minutes to 31 days, such as <code>1 day, 2 hours</code>, or <code>off</code>."
    ),
    Unfit.NUMBER: N_("Write a number from 1 to {most}, such as <code>3</code>, or <code>off</code>."),
}


def unknown(texts: Texts, typed: str) -> Html:
    """Answer words that name no setting."""
    return texts.gettext(
        "“{typed}” is no setting for events. /event settings shows them all with buttons; on one line it goes like this:"
        " <code>{example}</code>",
        typed=typed[:64],
        example=texts.label("/event settings words on"),
    )

"""The list at the door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.events.rules.signup import Presence, SignUpState
from bot.events.texts.card import name_of
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from bot.events.door.rules.checkin import Guest
    from bot.events.door.rules.panel import View
    from bot.i18n import Texts

DOOR: Final = N_("🚪 Check-in")
FIND, END_SEARCH = N_("🔍 Find"), N_("✕ End the search")
WALK_IN: Final = N_("➕ Walk-in")
WAYS: Final = N_("🔢 Code and QR")
CLOSE: Final = N_("🏁 Close the list")
TO_LIST: Final = N_("« Those on the list")
HELP_DOOR: Final = N_("Check people in at the door")
HELP_WALK_IN: Final = N_("Let somebody in who is not on the list")
FIND_TITLE: Final = N_("Find somebody")
WALK_IN_TITLE: Final = N_("A walk-in")
NAME: Final = N_("Name")
ASK_FIND: Final = N_("Whom are you looking for? A part of the name is enough.")
ASK_WALK_IN: Final = N_(
    "Who came? Write a name, or <code>@name</code> if they are on Telegram, and +1 after it for a guest:"
    " <code>Grandma Wang +1</code>."
)
_NAME_SHOWN = 24
_MARKS: Final = {
    None: "▫️",
    Presence.CAME: "✅",
    Presence.LATE: "🕒",
    Presence.WALKED_IN: "🚶",
    Presence.ABSENT: "✗",
}
_STANDS: Final = {
    SignUpState.OFFERED: N_("{name} (offered a seat)"),
    SignUpState.WAITING: N_("{name} (waiting)"),
    SignUpState.MAYBE: N_("{name} (maybe)"),
    SignUpState.LAPSED: N_("{name} (did not answer)"),
    SignUpState.DECLINED: N_("{name} (can’t come)"),
}


def others_label(texts: Texts) -> str:
    """Label the button that shows those without a seat."""
    return texts.label("Without a seat »")


def panel(texts: Texts, view: View) -> Html:
    """Write what stands above the buttons."""
    lines = [
        Html("🚪 ") + texts.gettext("Check-in: {event}", event=name_of(view.event)),
        Html("👥 <b>{}</b>").format(
            texts.gettext(
                "Here: {here} of {all}", here=texts.number(view.count.here), all=texts.number(view.tally.taken)
            )
        ),
        *_sums(texts, view),
        *_beyond(texts, view),
    ]
    lines.append(_shown(texts, view))
    if view.door.closed_at is not None:
        lines.append(
            Html("🏁 ")
            + texts.gettext(
                "The list was closed on {when}. You can still correct it here.", when=texts.when(view.door.closed_at)
            )
        )
    return Html("\n").join(lines)


def _sums(texts: Texts, view: View) -> list[Html]:
    count = view.count
    parts = [
        texts.ngettext("{n} late", "{n} late", count.late) if count.late else None,
        texts.ngettext("{n} walked in", "{n} walked in", count.walked_in) if count.walked_in else None,
        texts.ngettext("{n} absent", "{n} absent", count.absent) if count.absent else None,
    ]
    said = [part for part in parts if part is not None]
    return [Html(" · ").join(said)] if said else []


def _beyond(texts: Texts, view: View) -> list[Html]:
    seats = view.event.plan.seats
    if seats is None or view.tally.taken <= seats:
        return []
    beyond = texts.ngettext(
        "{n} person more than there are seats ({seats})",
        "{n} people more than there are seats ({seats})",
        view.tally.taken - seats,
        seats=texts.number(seats),
    )
    return [Html("⚠️ ") + beyond]


def _shown(texts: Texts, view: View) -> Html:
    """Say whom the buttons below stand for, and what a tap does."""
    look = view.look
    if look.search is not None:
        return texts.ngettext("“{search}”: {n} found", "“{search}”: {n} found", view.total, search=look.search)
    if look.others:
        if not view.total:
            return texts.gettext("Nobody is waiting or undecided.")
        return texts.gettext("These have no seat. Tap who came all the same: they are let in.")
    if not view.total:
        return texts.gettext("Nobody is on the list. Who comes all the same is a walk-in.")
    return texts.gettext(
        "Tap who comes; tap again to take it back. To find somebody, answer this message with a part of the name."
    )


def person_label(texts: Texts, guest: Guest) -> str:
    """Label the button of a person: whether they are here, and how many they bring."""
    one = guest.one
    name = one.name if len(one.name) <= _NAME_SHOWN else f"{one.name[: _NAME_SHOWN - 1]}…"
    if one.guests:
        name = f"{name} +{one.guests}"
    if one.state is not SignUpState.GOING:
        return f"➕ {texts.label(_STANDS[one.state], name=name)}"
    return f"{_MARKS[one.presence]} {name}"


def party_label(texts: Texts, guest: Guest) -> str:
    """Label the button that counts a party down."""
    return texts.label("{here} of {all} here", here=texts.number(guest.here), all=texts.number(guest.one.size))

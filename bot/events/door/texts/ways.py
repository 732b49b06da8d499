"""The code and the QR code of an event, for the organiser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.events.door.rules.checkin import opens_at, shuts_at
from bot.events.texts.card import name_of
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from bot.events.door.rules.ways import Door
    from bot.events.rules.event import Event
    from bot.i18n import Texts

HELP_CHECK_IN: Final = N_("Check in at an event by the code that is shown there")
HELP_CODE: Final = N_("The check-in code and QR code of an event")
TITLE_CHECK_IN: Final = N_("Check in by code")
RENEW: Final = N_("🔄 New code")
QR: Final = N_("🖼 QR picture")
ALLOW, FORBID = N_("Let walk-ins in"), N_("No walk-ins by code")


def ways(texts: Texts, event: Event, door: Door, link: str) -> Html:
    """Show the code and the link, and say what they are for."""
    plan = event.plan
    lines = [
        Html("🔢 ")
        + texts.gettext("Check-in code of {event}: <code>{code}</code>", event=name_of(event), code=door.code),
        texts.gettext(
            "Show it at the place. People type it in the private chat with me, or <code>/checkin {code}</code> in the group.",
            code=door.code,
        ),
        texts.gettext("The QR code opens the same: {link}", link=link),
        texts.gettext(
            "Both work from {begin} until {end}.", begin=texts.when(opens_at(plan)), end=texts.when(shuts_at(plan))
        ),
        texts.gettext("Who is not on the list and uses them walks in.")
        if door.walk_ins
        else texts.gettext("Who is not on the list and uses them is sent to you."),
    ]
    return Html("\n").join(lines)


def no_ways(texts: Texts, event: Event) -> Html:
    """Say that an event has no code: nobody comes to it."""
    return texts.gettext("{event} is a draft, cancelled or long over: it needs no check-in code.", event=name_of(event))


def qr_caption(texts: Texts, event: Event) -> Html:
    """Write below the picture in the chat."""
    return texts.gettext("QR code for the check-in at {event}, to show or to print", event=name_of(event))


def qr_line(texts: Texts, event: Event) -> str:
    """Write in the picture, below the code."""
    return texts.label("Check in: {title}", title=event.plan.title)

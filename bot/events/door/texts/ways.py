"""The code and the QR code of an event, for the organiser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.events.door.rules.checkin import Hours, opens_at, shuts_at
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
I_AM_HERE: Final = N_("✅ I’m here")
CODE: Final = N_("Code")
ASK_CODE: Final = N_("Which code is shown at the place? Please type it here, for example <code>4821</code>.")
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


def i_am_here(texts: Texts, event: Event) -> str:
    """Label the button for the check-in where several events are shown."""
    return f"{texts.label(I_AM_HERE)} · #{event.number}"


def already_here(texts: Texts) -> str:
    """Answer somebody who is checked in already."""
    return texts.label("You are checked in already.")


def not_open(texts: Texts, event: Event, now_is: Hours) -> str:
    """Answer a tap before the check-in begins, or after it."""
    if now_is is Hours.NOT_YET:
        return texts.label("Check-in opens on {when}, an hour before the start.", when=texts.when(opens_at(event.plan)))
    if now_is is Hours.PAST:
        return texts.label("Check-in ended on {when}.", when=texts.when(shuts_at(event.plan)))
    return texts.label("This event is cancelled.")


def no_code(texts: Texts) -> str:
    """Answer a tap where no code is taken any more."""
    return texts.label("This event takes no check-in code now. Please ask the organiser.")


def finish_first(texts: Texts) -> str:
    """Answer a tap by somebody who is asked something else in private just now."""
    return texts.label(
        "In our private chat I am still waiting for an answer of yours. Give it or cancel it, then tap here again."
    )


def qr_caption(texts: Texts, event: Event) -> Html:
    """Write below the picture in the chat."""
    return texts.gettext("QR code for the check-in at {event}, to show or to print", event=name_of(event))


def qr_line(texts: Texts, event: Event) -> str:
    """Write in the picture, below the code."""
    return texts.label("Check in: {title}", title=event.plan.title)

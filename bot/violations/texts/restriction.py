"""How far a restriction to text went, on the card (R22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import Html
from bot.violations.rules.case import OF_ITSELF, State, act_to_retry
from bot.violations.texts import words

if TYPE_CHECKING:
    from datetime import datetime

    from bot.i18n import Texts
    from bot.violations.rules.case import Case


def measure(texts: Texts, case: Case, now: datetime) -> Html:
    """Say how far it went; nothing for a case without an end."""
    if case.mute_until is None:
        return Html()
    when = texts.when(case.mute_until)
    return _over(texts, case, when) if now >= case.mute_until else _running(texts, case, when, now)


def _over(texts: Texts, case: Case, when: str) -> Html:
    match case.state:
        case State.REFUSED:
            why = words.why_of(texts, case)
            return texts.gettext("The restriction to text until {when} was never in force: {why}", when=when, why=why)
        case State.LIFTED:
            return texts.gettext("The restriction to text was lifted early.")
        case State.UNCERTAIN:
            return texts.gettext("Telegram never confirmed the restriction to text until {when}.", when=when)
        case _:
            return texts.gettext("The restriction to text ended on {when}.", when=when)


def _running(texts: Texts, case: Case, when: str, now: datetime) -> Html:
    match case.state:
        case State.ORDERED:
            return texts.gettext("A restriction to text until {when} is on its way.", when=when)
        case State.DONE if case.undone is not None:
            return texts.gettext("The mute of another case goes on.")
        case State.DONE:
            return texts.gettext(
                "Nothing but text until {when}: no photos, files, stickers or links with a preview.", when=when
            )
        case State.UNCERTAIN:
            return texts.gettext(
                "Telegram did not confirm the restriction to text until {when}. Please have a look.", when=when
            )
        case State.REFUSED if case.undone is not None:
            return texts.gettext("The restriction to text was never in force.")
        case State.REFUSED:
            return _refused(texts, case, when, now)
        case State.PAUSED if case.undone is None:
            return texts.gettext(
                "Removing {name} ended the restriction to text. If they come back before {when}, it holds again until then.",
                name=words.shown(case.target),
                when=when,
            )
        case State.LIFTING:
            return texts.gettext("The restriction to text is being lifted.")
        case State.LIFTED | State.PAUSED:
            return texts.gettext("The restriction to text is lifted.")
        case State.LIFT_REFUSED:
            why = words.why_of(texts, case)
            return texts.gettext("The restriction to text could not be lifted. {why}", why=why)
        case _:
            return Html()


def _refused(texts: Texts, case: Case, when: str, now: datetime) -> Html:
    why = words.why_of(texts, case)
    said = texts.gettext("The restriction to text until {when} is not in force. {why}", when=when, why=why)
    if case.why not in OF_ITSELF or act_to_retry(case, now) is None:
        return said
    return texts.flow(said, texts.gettext("I keep trying until then."))

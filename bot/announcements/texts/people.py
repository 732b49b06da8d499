"""People as announcements name them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.announcements.rules.run import State
from bot.announcements.texts.words import reason
from bot.i18n import Html
from bot.kernel.blank import is_blank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.announcements.rules.announcement import Announcement
    from bot.announcements.rules.people import Known
    from bot.announcements.rules.run import Run
    from bot.i18n import Texts

_NAME = 64


def mentioned(texts: Texts, people: Sequence[Known]) -> Html:
    """Write some people so that Telegram tells each of them, also those without a @name."""
    return texts.join([_mention(one) for one in people])


def _mention(one: Known) -> Html:
    # Telegram drops a link whose words cannot be seen, and then nobody is told.
    name = f"#{one.user_id}" if is_blank(one.name[:_NAME]) else one.name[:_NAME]
    return Html('<a href="tg://user?id={}">{}</a>').format(one.user_id, name)


# Mentioning many


def how_far(texts: Texts, run: Run, item: Announcement) -> Html:
    """Say how far mentions are."""
    match run.state:
        case State.RUNNING if run.waits_until is not None:
            return texts.gettext("It is quiet; I go on {when}.", when=texts.when(run.waits_until))
        case State.RUNNING:
            return texts.gettext("Still about {length}.", length=texts.duration(run.time_left))
        case State.STOPPED:
            return texts.gettext("Stopped.")
        case State.REFUSED:
            return refused_line(texts, run, item)
        case State.DONE:
            return texts.gettext("That is all of them.")


def refused_line(texts: Texts, run: Run, item: Announcement) -> Html:
    """Say that Telegram did not take a message, and why."""
    why = reason(texts, replace(item, refusal=run.refusal, problem=run.problem))
    return texts.flow(texts.gettext("Telegram did not take the last message."), why)


def unsure_line(texts: Texts, run: Run) -> Html:
    """Say of how many nobody knows whether they were mentioned."""
    return texts.ngettext(
        "❓ Of {n} person I do not know whether the mention arrived; it is not repeated.",
        "❓ Of {n} people I do not know whether the mention arrived; it is not repeated.",
        run.unsure,
    )

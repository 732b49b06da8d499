"""What is said of channels in whose name somebody writes in the group (R22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_, Html
from bot.violations.rules.case import IN_FORCE, State
from bot.violations.rules.ladder import Rung
from bot.violations.texts import direct, words

if TYPE_CHECKING:
    from datetime import datetime

    from bot.i18n import Texts
    from bot.violations.rules.case import Case

_UNDECIDED = {
    State.NONE: N_("That this channel may no longer write here is already proposed or decided in an earlier case."),
    State.PROPOSED: N_("It is proposed that this channel may no longer write here; a second manager decides."),
    State.LAPSED: N_("Nobody decided about it in time, so it does not happen."),
    State.WITHDRAWN: N_("The proposal is withdrawn."),
}
_NO_STEP = {
    Rung.MUTE: N_("<b>{name}</b> is a channel, and Telegram cannot mute channels."),
    Rung.KICK: N_("<b>{name}</b> is a channel: it is no member that could be kicked."),
    Rung.UNMUTE: N_("<b>{name}</b> is a channel, and channels cannot be muted."),
}


def measure(texts: Texts, case: Case, now: datetime, *, hidden: bool = False) -> Html:
    """Say how far keeping a channel from writing went, or letting it; ``hidden`` leaves names of managers out."""
    if case.state in _UNDECIDED:
        return texts.gettext(_UNDECIDED[case.state])
    if case.state is State.DECLINED:
        by = case.decided_by
        if hidden or by is None:
            return texts.gettext("A manager decided against it.")
        return texts.gettext("{name} decided against it.", name=words.shown(by))
    if case.state is State.LIFTED or (case.is_release and case.state is State.DONE):
        return texts.gettext("The channel may write in the group again.")
    if case.undone is not None and case.state in IN_FORCE:
        return texts.gettext("Another case decides whether the channel may write.")
    if case.state in {State.DONE, State.PAUSED}:
        return _kept_out(texts, case)
    return direct.measure(texts, case, now)


def _kept_out(texts: Texts, case: Case) -> Html:
    said = texts.gettext(
        "The channel may no longer write in the group, nor any other channel of its owner, until this is undone."
    )
    if case.is_direct or case.step.rung is Rung.REMOVAL:
        return said
    return texts.flow(texts.gettext("A channel cannot be muted or restricted for a while."), said)


# Refusals


def linked(texts: Texts, name: str) -> Html:
    """Refuse a step against the channel whose discussions the group holds."""
    return texts.gettext(
        "<b>{name}</b> is the channel this group belongs to: no step can be taken against it.", name=name
    )


def no_such_step(texts: Texts, rung: Rung, name: str) -> Html:
    """Refuse a step that Telegram does not know for channels."""
    return texts.flow(texts.gettext(_NO_STEP[rung], name=name), _instead(texts))


def no_length(texts: Texts, name: str) -> Html:
    """Refuse a ban that would end by itself."""
    said = texts.gettext(
        "<b>{name}</b> is a channel, and a channel can be banned only until the ban is undone. Leave the length out.",
        name=name,
    )
    return texts.flow(said, texts.gettext("Nothing was done."))


def not_banned(texts: Texts, name: str) -> Html:
    """Refuse to let a channel write that no case keeps from it; of what was done in Telegram itself the bot hears nothing."""
    return texts.gettext(
        "<b>{name}</b> is not banned: no case keeps this channel from writing here. If an administrator banned it in Telegram"
        " itself, they can let it write again there.",
        name=name,
    )


def _instead(texts: Texts) -> Html:
    return texts.gettext(
        "As a reply to what it wrote, <code>/ban spam</code> keeps it from writing here, and <code>/unban</code> lets it write"
        " again."
    )

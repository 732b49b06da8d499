"""What is said about those whom rules spare."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.i18n import Html, Texts
    from bot.policy.rules.record import Approved


def approved(texts: Texts, name: str) -> Html:
    """Confirm that somebody is approved."""
    return texts.gettext("{name} is approved: rules that spare approved members spare them.", name=name)


def approved_channel(texts: Texts, name: str) -> Html:
    """Confirm that a channel is approved."""
    return texts.gettext(
        "The channel {name} is approved: rules that spare approved members spare what is written in its name.",
        name=name,
    )


def linked(texts: Texts, name: str) -> Html:
    """Say that rules spare the channel whose discussions the group holds anyway."""
    return texts.gettext("{name} is the channel this group belongs to; rules spare it anyway.", name=name)


def approved_already(texts: Texts, name: str) -> Html:
    """Say that somebody is approved already."""
    return texts.gettext("{name} is approved already.", name=name)


def unapproved(texts: Texts, name: str) -> Html:
    """Confirm that somebody is approved no longer."""
    return texts.gettext("{name} is approved no longer.", name=name)


def not_approved(texts: Texts, name: str) -> Html:
    """Say that somebody is not approved."""
    return texts.gettext("{name} is not approved.", name=name)


def approved_title(texts: Texts, count: int) -> Html:
    """Head the list of those who are approved."""
    if not count:
        return texts.gettext(
            "Nobody is approved. <code>/approve @name</code> approves a member, whom rules spare then;"
            " administrators are spared in any case, and those with a role as each rule says."
        )
    return texts.ngettext(
        "<b>Approved</b>: {n} member, spared by rules that spare approved members",
        "<b>Approved</b>: {n} members, spared by rules that spare approved members",
        count,
    )


def approved_line(texts: Texts, one: Approved) -> Html:
    """Show somebody who is approved."""
    return texts.gettext("{name} · by {by}, {date}", name=one.name, by=one.by_name, date=texts.date(one.at))


def unapprove_label(texts: Texts, name: str) -> str:
    """Label the button that approves somebody no longer."""
    return texts.label("✕ {name}", name=name[:40])


def ask_whom(texts: Texts) -> Html:
    """Ask who shall be approved."""
    return texts.gettext("Whom do you want to approve? An @name, a number, or a message of theirs to forward.")


def cannot(texts: Texts, name: str) -> Html:
    """Say that this is nobody whom rules look at."""
    return texts.gettext("Only members and channels that write here can be approved; {name} is neither.", name=name)

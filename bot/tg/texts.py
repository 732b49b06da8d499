"""The engine's own sentences: refusals, errors, and the two questions it asks before a command can run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_, Html, Texts
from bot.kernel.roles import Right
from bot.tg.pages import MESSAGE_LIMIT, visible_length

if TYPE_CHECKING:
    from collections.abc import Sequence

RIGHT_NAMES: dict[Right, str] = {
    Right.VIEW: N_("see what managers see"),
    Right.ANNOUNCE: N_("draft announcements"),
    Right.PUBLISH: N_("publish announcements"),
    Right.REVIEW: N_("review drafts"),
    Right.MODERATE: N_("warn and mute"),
    Right.REMOVE: N_("remove members"),
    Right.EVENTS: N_("run events"),
    Right.SETTINGS: N_("change settings"),
    Right.ROLES: N_("grant roles"),
    Right.AUDIT: N_("read the audit log"),
}


def failed(texts: Texts, error_id: str) -> Html:
    """Say that something went wrong on our side."""
    return texts.gettext(
        "Sorry, something went wrong here, and nothing was changed. If you report it, please mention error "
        "<code>{error_id}</code>.",
        error_id=error_id,
    )


def failed_toast(texts: Texts, error_id: str) -> str:
    """Say the same in the answer to a tap."""
    return texts.label("Sorry, something went wrong; nothing was changed. Error {error_id}.", error_id=error_id)


def no_right(texts: Texts, right: Right, instead: str = "") -> str:
    """Refuse somebody who lacks a right, and say what they can do ``instead``."""
    said = texts.label(
        "Only people who may {do} can use this. The group's owner can give you a role with /role.",
        do=texts.label(RIGHT_NAMES[right]),
    )
    return texts.label("{refusal} {instead}", refusal=said, instead=texts.label(instead)) if instead else said


def not_a_member(texts: Texts) -> str:
    """Refuse somebody who is not in the group the button belongs to."""
    return texts.label("This belongs to a group that you are not in.")


def group_only(texts: Texts, command: str) -> Html:
    """Send somebody from private to the group."""
    return texts.gettext("{command} works only in a group. Please write it there.", command=command)


def private_only(texts: Texts, command: str, bot: str) -> Html:
    """Send somebody from the group to private."""
    return texts.gettext(
        "{command} works only in the private chat with me. Open @{bot} and write it there.", command=command, bot=bot
    )


def unknown_command(texts: Texts, command: str) -> Html:
    """Answer a command we do not have."""
    return texts.gettext(
        "I do not know {command}. /help lists what I can do, /menu shows it as buttons.", command=command
    )


def unknown_sub(texts: Texts, command: str, word: str, subs: Sequence[str]) -> Html:
    """Answer a command whose second word we do not know."""
    known = texts.join(texts.gettext("<code>/{command} {sub}</code>", command=command, sub=sub) for sub in subs)
    if not word:
        return texts.gettext("/{command} needs one more word: {known}.", command=command, known=known)
    return texts.gettext(
        "/{command} does not know “{word}”. It knows {known}.", command=command, word=word, known=known
    )


def stale_button(texts: Texts) -> str:
    """Answer a button we cannot read: an old version's, or a forged one."""
    return texts.label("This button is out of date. Please use the command again.")


def foreign_button(texts: Texts) -> str:
    """Answer a button that belongs to another group."""
    return texts.label("This button belongs to another group.")


def which_group(texts: Texts) -> Html:
    """Ask which group is meant."""
    return texts.gettext("Which group do you mean?")


def no_groups(texts: Texts, bot: str) -> Html:
    """Tell somebody that we share no group."""
    return texts.gettext(
        "I do not know of any group that we are both in. Add me to a group (open @{bot} and tap “Add to group”), or write "
        "something in a group where I already am, and try again.",
        bot=bot,
    )


def who_are_you(texts: Texts) -> Html:
    """Ask an anonymous administrator to confirm."""
    return texts.gettext(
        "You are writing as the group, so I cannot see who you are. An administrator who may do this, please tap "
        "the button."
    )


def who_are_you_button(texts: Texts) -> str:
    """Label the confirming button."""
    return texts.label("It is me, go on")


def confirmed(texts: Texts, name: str) -> Html:
    """Say who confirmed."""
    return texts.gettext("Confirmed by {name}.", name=name)


def held_is_gone(texts: Texts) -> str:
    """Answer a confirmation that comes too late or twice."""
    return texts.label("This question was answered already, or has expired. Please send the command again.")


def not_for_you(texts: Texts) -> str:
    """Refuse a tap by somebody else."""
    return texts.label("This question is for somebody else.")


def channels_cannot(texts: Texts) -> Html:
    """Refuse a command written in the name of a channel."""
    return texts.gettext("A channel cannot use commands here. Please write under your own name.")


def say_menu(texts: Texts) -> Html:
    """Answer words in private that are no command and no answer."""
    return texts.gettext("I am not waiting for an answer just now. /menu shows what you can do, /help explains it.")


def left_out(texts: Texts, count: int) -> Html:
    """Say that files of an album came when what it came with was done."""
    return texts.ngettext(
        "{n} file of this album came too late and is left out. To have all of them together, send the album once more.",
        "{n} files of this album came too late and are left out. To have all of them together, send the album once more.",
        count,
    )


def with_group(texts: Texts, html: Html, title: str) -> Html:
    """Say under an answer in private which group it is about, and how to change that; not where there is no room."""
    line = texts.gettext("<i>About {group}</i> · /group changes that", group=title)
    whole = Html("{}\n\n{}").format(html, line)
    return whole if visible_length(whole) <= MESSAGE_LIMIT else html


SENT_IN_PRIVATE = N_("I have sent it to you in private.")
SENT_TO_MANAGERS = N_("It is not for everybody: I have sent it to the managers' chat.")


def in_public(texts: Texts, bot: str) -> Html:
    """Say why something meant for managers is shown to everybody."""
    return texts.gettext(
        "I cannot write to you in private, and there is no managers' chat, so everybody here can read this. Open @{bot}"
        " and tap Start: from then on I show such things to you alone.",
        bot=bot,
    )


def could_not_write(texts: Texts, name: str) -> Html:
    """Tell somebody in the group that Telegram did not let us write to them."""
    return texts.gettext(
        "{name}, I could not write to you in private. Open a private chat with me, tap Start and ask again.", name=name
    )


def private_label(texts: Texts) -> str:
    """Label the way into the private chat."""
    return texts.label("Open a private chat")

"""What is said when it is not clear who is meant, or when that is nobody to act on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import Html
from bot.members.identity.rules import Missing, Several, TargetKind, Unknown

if TYPE_CHECKING:
    from bot.i18n import Texts
    from bot.members.rules import Member


def how_to_name(texts: Texts) -> Html:
    """Say how people are named."""
    return texts.gettext(
        "Say whom you mean: reply to one of their messages, or write their <code>@name</code>, a mention of them, or"
        " their numeric id."
    )


def unclear(texts: Texts, outcome: Unknown | Several | Missing) -> Html:
    """Say why it is not clear who is meant, and how to name them."""
    match outcome:
        case Missing():
            return how_to_name(texts)
        case Unknown(number, by_id=True):
            said = texts.gettext(
                "I have not seen anybody with the id <b>{number}</b> in this group. I only know those who wrote, joined or were"
                " mentioned here.",
                number=number,
            )
            return Html("\n").join((said, how_to_name(texts)))
        case Unknown(named):
            return (
                texts.gettext(
                    "I have not seen anybody called <b>{name}</b> in this group. Telegram does not let me look people up:"
                    " I only know those who wrote, joined or were mentioned here.",
                    name=named[:64],
                )
                + Html("\n")
                + how_to_name(texts)
            )
        case Several(named, members):
            head = texts.gettext("More than one person is called <b>{name}</b>. Name one by id:", name=named[:64])
            return Html("\n").join([head, *(_choice(member) for member in members)])


def not_to_be_acted_on(texts: Texts, kind: TargetKind, name: str) -> Html | None:
    """Say why this target cannot be acted on; None for a member."""
    match kind:
        case TargetKind.MEMBER:
            return None
        case TargetKind.GONE:
            return texts.gettext("<b>{name}</b> is no longer in this group.", name=name)
        case TargetKind.ONESELF:
            return texts.gettext("That is yourself.")
        case TargetKind.THE_BOT:
            return texts.gettext("That is me. I cannot do this to myself.")
        case TargetKind.OTHER_BOT:
            return texts.gettext("<b>{name}</b> is a bot.", name=name)
        case TargetKind.ANONYMOUS:
            return texts.gettext(
                "That was written by an anonymous administrator. Telegram does not tell me who it was, and I take "
                "no steps against administrators."
            )
        case TargetKind.CHANNEL:
            return texts.gettext(
                "<b>{name}</b> is a channel that writes here, not a person. An administrator can keep it out in"
                " Telegram itself.",
                name=name,
            )


def _choice(member: Member) -> Html:
    username = f" @{member.person.username}" if member.person.username else ""
    tag = f" · {member.tag}" if member.tag else ""
    return Html("• <code>{id}</code> {name}{username}{tag}").format(
        id=member.user_id, name=member.name, username=username, tag=tag
    )

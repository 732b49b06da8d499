"""How people are named and shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_, Html
from bot.members.rules import Presence

if TYPE_CHECKING:
    from bot.i18n import Texts
    from bot.members.rules import Counts, Member, Person

TITLE = N_("Members")
HELP_MEMBER = N_("What is known of a member: roles, since when, last seen")
HELP_MEMBERS = N_("How many members are known")


def mention(person: Person) -> Html:
    """Write a person so that they are told; for lists that should ring at nobody use :func:`name`."""
    return Html('<a href="tg://user?id={}">{}</a>').format(int(person.user_id), person.name)


def name(person: Person) -> Html:
    """Write a person without telling them."""
    return Html("<b>{}</b>").format(person.name)


def counts(texts: Texts, found: Counts) -> Html:
    """Say how many members are known, of how many."""
    bots = texts.ngettext("Bots not counted: {n}.", "Bots not counted: {n}.", found.bots) if found.bots else Html()
    if found.total is None:
        known = texts.ngettext("I know {n} member of this group.", "I know {n} members of this group.", found.known)
    else:
        # Telegram counts bots, this bot among them.
        total = max(found.total - found.bots, found.known)
        known = texts.ngettext(
            "I know {known} of {n} member of this group.",
            "I know {known} of {n} members of this group.",
            total,
            known=texts.number(found.known),
        )
    why = texts.gettext("Telegram gives bots no list: I know those who wrote, joined or were mentioned here.")
    return Html("\n").join(part for part in (known, bots, why) if part)


def card(texts: Texts, member: Member, role_names: list[str], admin_title: str | None, added_by: Person | None) -> Html:
    """Show a member."""
    lines = [_head(member), _presence(texts, member)]
    if member.tag:
        lines.append(texts.gettext("Tag: {tag}", tag=member.tag))
    if admin_title is not None:
        lines.append(texts.gettext("In Telegram: {title}", title=admin_title))
    if role_names:
        lines.append(texts.gettext("In the bot: {roles}", roles=texts.join(role_names)))
    if member.joined_at is not None:
        lines.append(texts.gettext("Here since {date}", date=texts.date(member.joined_at)))
    if added_by is not None:
        lines.append(texts.gettext("Added by {name}", name=added_by.name))
    if member.last_seen is not None:
        lines.append(texts.gettext("Last wrote on {date}", date=texts.date(member.last_seen)))
    return Html("\n").join(lines)


def _head(member: Member) -> Html:
    username = f" @{member.person.username}" if member.person.username else ""
    return Html("<b>{}</b>{} · <code>{}</code>").format(member.name, username, int(member.user_id))


def _presence(texts: Texts, member: Member) -> Html:
    match member.presence:
        case Presence.PRESENT:
            return texts.gettext("In the group")
        case Presence.UNKNOWN:
            return texts.gettext("Mentioned here, never seen writing or joining")
        case Presence.LEFT if member.left_at is not None:
            return texts.gettext("Left on {date}", date=texts.date(member.left_at))
        case Presence.REMOVED if member.left_at is not None:
            return texts.gettext("Removed on {date}", date=texts.date(member.left_at))
        case Presence.LEFT:
            return texts.gettext("Left the group")
        case Presence.REMOVED:
            return texts.gettext("Removed from the group")

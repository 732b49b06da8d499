"""Private conversations, and a group as its members see it; the lines of the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chats.texts import words
from bot.chats.texts.settings import language
from bot.chats.texts.setup import RIGHT_NAMES
from bot.i18n import N_, Html, Texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.kernel.groups import Group

PHRASES = {
    "group.met": N_("{actor} met this group for the first time"),
    "group.joined": N_("{actor} added the bot"),
    "group.left": N_("{actor} removed the bot"),
    "group.lost": N_("{actor} could no longer write here: {reason}"),
    "group.found": N_("{actor} can write here again"),
    "group.rights": N_("{actor} changed the bot's rights: {before} → {after}"),
    "group.locale": N_("{actor} changed the language: {before} → {after}"),
    "group.zone": N_("{actor} changed the time zone: {before} → {after}"),
    "group.quiet": N_("{actor} changed the quiet hours: {before} → {after}"),
    "group.open": N_("{actor} suspended the quiet hours: {before} → {after}"),
    "group.holidays": N_("{actor} changed the holidays: {before} → {after}"),
    "group.topic": N_("{actor} changed which topic is for what: {before} → {after}"),
    "group.label": N_("{actor} changed the label: {before} → {after}"),
    "group.managers_chat": N_("{actor} changed the managers' chat: {before} → {after}"),
    "group.linked": N_("{actor} learned which channel is linked to the group: {after}"),
    "group.set_up": N_("{actor} finished the set-up"),
    "group.renamed": N_("{actor} changed the group's title or type"),
    "group.migrated": N_("The group became a supergroup"),
    **{f"group={right.value}": name for right, name in RIGHT_NAMES.items()},
    **{f"group={purpose}": name for purpose, name in words.PURPOSE_NAMES.items()},
    "group=administrator": N_("administrator"),
    "group=member": N_("member"),
    "group=restricted": N_("restricted"),
    "group=left": N_("not in the group"),
    "group=kicked": N_("removed"),
    "group=unknown": N_("not known"),
    "group=every_day": N_("daily"),
    "group=mon": N_("Mon"),
    "group=tue": N_("Tue"),
    "group=wed": N_("Wed"),
    "group=thu": N_("Thu"),
    "group=fri": N_("Fri"),
    "group=sat": N_("Sat"),
    "group=sun": N_("Sun"),
}
"""How the audit says what was done to a profile, and its words for what stands in the values."""


def greeting(texts: Texts, groups: Sequence[Group], focus: Group | None) -> Html:
    """Greet somebody in private."""
    parts = [texts.gettext("👋 I am Qunguan, the group keeper. From now on I can write to you here.")]
    if focus is not None:
        parts.append(meaning(texts, focus))
    elif groups:
        parts.append(texts.gettext("Which group is this about? Tap it below."))
    else:
        parts.append(
            texts.gettext(
                "I do not know of any group yet that we are both in. Add me to one, or write something in a group "
                "where I already am."
            )
        )
    parts.append(texts.gettext("/menu shows what you can do, /language changes the language."))
    return Html("\n\n").join(parts)


def greeting_in_group(texts: Texts) -> Html:
    """Answer /start in a group."""
    return texts.gettext("I am here. /menu shows what I can do, /help explains it.")


def meaning(texts: Texts, group: Group) -> Html:
    """Say which group a private conversation means."""
    return texts.gettext("What you write here is about <b>{title}</b>. /group changes that.", title=group.title)


def which(texts: Texts, focus: Group | None) -> Html:
    """Show which group is meant, with others to choose."""
    if focus is not None:
        return meaning(texts, focus)
    return texts.gettext("Which group is this about? Tap it below.")


def none_known(texts: Texts) -> Html:
    """Say that there is no group to choose."""
    return texts.gettext(
        "I do not know of any group yet that we are both in. Add me to one, or write something in a group where I "
        "already am."
    )


def group_label(group: Group, *, chosen: bool) -> str:
    """Label the button of a group."""
    name = group.title[:50]
    return f"✓ {name}" if chosen else name


def not_in_group(texts: Texts) -> str:
    """Refuse somebody who is not in the group."""
    return texts.label("This belongs to a group that you are not in.")


def profile(texts: Texts, group: Group, owner: str | None, now: datetime) -> Html:
    """Write down what a group is (R29)."""
    lines = [
        texts.gettext("<b>{title}</b>", title=group.title),
        texts.gettext("Language: {name}", name=language(group.locale)),
        texts.gettext("Time zone: {zone}", zone=words.zone_now(texts, group.zone, now)),
    ]
    if owner is not None:
        lines.append(texts.gettext("Run by: {owner}", owner=owner))
    if group.quiet:
        lines.append(texts.gettext("Quiet hours: {hours}", hours=words.quiet(texts, group.quiet)))
    if group.kind == "group":
        lines.append(texts.gettext("Type: basic group (nobody can be muted here)"))
    return Html("\n").join(lines)

"""Arriving in a group, the rights the bot needs there, and leaving it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chats.rules.profile import BotRight
from bot.chats.texts.words import zone_now
from bot.i18n import N_, Html, Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.kernel.groups import Group

RIGHT_NAMES: dict[BotRight, str] = {
    BotRight.DELETE: N_("Delete messages"),
    BotRight.RESTRICT: N_("Ban users"),
    BotRight.PIN: N_("Pin messages"),
    BotRight.INVITE: N_("Invite users"),
    BotRight.TAGS: N_("Edit member tags"),
    BotRight.TOPICS: N_("Manage topics"),
}
"""The rights as Telegram's own screens name them."""

RIGHT_USES: dict[BotRight, str] = {
    BotRight.DELETE: N_("to take away messages that break the rules"),
    BotRight.RESTRICT: N_("to mute members, and to remove those a manager decides to remove"),
    BotRight.PIN: N_("to pin announcements, so that everybody is told"),
    BotRight.INVITE: N_("to make invite links and to answer requests to join"),
    BotRight.TAGS: N_("to show departments and real names beside members' names"),
    BotRight.TOPICS: N_("to post in topics that are closed to others"),
}


def right_names(texts: Texts, rights: Iterable[BotRight]) -> Html:
    """List rights by name."""
    return texts.join(texts.gettext(RIGHT_NAMES[right]) for right in rights)


def lacking(texts: Texts, group: Group, rights: Sequence[BotRight] | None) -> Html:
    """Say which rights are missing and what each is for; None where that is not known."""
    parts: list[Html] = []
    if rights is None:
        parts.append(
            texts.gettext("I do not know yet which rights I have here. Tap the button below and I will check.")
        )
    elif rights:
        parts.append(texts.gettext("I still need these rights (group settings → Administrators → me):"))
        parts.extend(
            texts.gettext(
                "• <b>{right}</b> {use}", right=texts.gettext(RIGHT_NAMES[r]), use=texts.gettext(RIGHT_USES[r])
            )
            for r in rights
        )
    else:
        parts.append(texts.gettext("I have every right I need here."))
    if group.kind == "group":
        parts.append(basic_group(texts))
    return Html("\n").join(parts)


def basic_group(texts: Texts) -> Html:
    """Say what a basic group cannot do."""
    return texts.gettext(
        "This is a basic group: Telegram lets nobody be muted or restricted here, and there are no member tags. It becomes"
        " a supergroup when its owner, for example, makes the chat history visible to new members."
    )


def welcome(texts: Texts, group: Group, missing: Sequence[BotRight] | None, now: datetime) -> Html:
    """Write the first message in a group."""
    return Html("\n\n").join(
        (
            texts.gettext(
                "👋 I am Qunguan, the group keeper: I help those who run <b>{title}</b> with announcements, sign-ups,"
                " warnings and a daily digest. Whoever may change the settings can set me up here.",
                title=group.title,
            ),
            lacking(texts, group, missing),
            texts.gettext(
                "🌐 Language and time zone: tap below. I go by the time in {zone}. For another zone write its name "
                "or a city, such as <code>/timezone Asia/Shanghai</code>.",
                zone=zone_now(texts, group.zone, now),
            ),
            texts.gettext(
                "👥 To keep drafts and warnings among managers, make a group of just the managers, add me to it and write"
                " /managerschat there. Or open a private chat with me and press Start."
            ),
        )
    )


def finished(texts: Texts, group: Group, missing: Sequence[BotRight] | None, now: datetime) -> Html:
    """Close the guided start."""
    parts = [
        texts.gettext(
            "✅ All set. Time zone: {zone}. /menu shows everything I can do, /settings changes this.",
            zone=zone_now(texts, group.zone, now),
        )
    ]
    if missing:
        parts.append(texts.gettext("Still missing: {rights}.", rights=right_names(texts, missing)))
    return Html("\n").join(parts)


def back_again(texts: Texts, group: Group, missing: Sequence[BotRight] | None) -> Html:
    """Greet a group that is known already."""
    parts = [
        texts.gettext(
            "👋 I am back, and everything is as it was: settings, warnings and events. /menu shows what I can do."
        )
    ]
    if missing:
        parts.append(lacking(texts, group, missing))
    return Html("\n\n").join(parts)


def rights_gained(texts: Texts, group: Group, missing: Sequence[BotRight] | None) -> Html:
    """Thank for rights during the guided start."""
    if missing:
        return lacking(texts, group, missing)
    return texts.gettext("Thank you. Now I have every right I need here.")


def rights_lost(texts: Texts, group: Group, lost: Sequence[BotRight]) -> Html:
    """Tell managers what does not work any more."""
    head = texts.gettext("⚠️ In <b>{title}</b> I no longer have these rights:", title=group.title)
    uses = [
        texts.gettext("• <b>{right}</b> {use}", right=texts.gettext(RIGHT_NAMES[r]), use=texts.gettext(RIGHT_USES[r]))
        for r in lost
    ]
    tail = texts.gettext("Give them back under group settings → Administrators.")
    return Html("\n").join((head, *uses, tail))


def removed(texts: Texts, group: Group) -> Html:
    """Tell the owner that the bot is out."""
    return texts.gettext(
        "I am no longer in <b>{title}</b>. Nothing is deleted: if I am added again, everything is as it was.",
        title=group.title,
    )


def put_aside(texts: Texts, group: Group, since: datetime) -> Html:
    """Tell managers that what was entered in a supergroup before its past was known does not count any more."""
    return texts.gettext(
        "I have learned only now that <b>{title}</b> is the former basic group of that name, and carry on with everything "
        "I had stored for it.\nWhat was set, planned or noted in the supergroup since {when} is put aside: please enter "
        "it anew where it still counts.",
        title=group.title,
        when=texts.when(since),
    )


def openly(texts: Texts, bot: str) -> Html:
    """Say why something for managers stands where everybody reads it."""
    return texts.gettext(
        "<i>Everybody can read this because I cannot reach any manager elsewhere. To change that, open @{bot} and "
        "press Start, or link a managers' chat with /managerschat.</i>",
        bot=bot,
    )


def done_label(texts: Texts) -> str:
    """Label the button that ends the guided start."""
    return texts.label("✓ Done")


def check_label(texts: Texts) -> str:
    """Label the button that looks at the rights again."""
    return texts.label("🔑 Check my rights")


def private_label(texts: Texts) -> str:
    """Label the link to the private chat."""
    return texts.label("💬 Open private chat")


def checked(texts: Texts, missing: Sequence[BotRight]) -> str:
    """Answer a look at the rights."""
    if not missing:
        return texts.label("I have every right I need here.")
    return texts.label("Still missing: {rights}.", rights=right_names(texts, missing))


def not_checked(texts: Texts) -> str:
    """Answer a look at the rights that Telegram did not allow."""
    return texts.label("Telegram gave no answer just now. Please try again in a minute.")


def privacy_mode(texts: Texts) -> Html:
    """Say that ordinary messages do not arrive."""
    return texts.gettext(
        "Privacy mode is on and I am not an administrator here, so I see only commands and replies to me, and the "
        "digest cannot count messages. Make me an administrator, or turn privacy mode off with @BotFather "
        "(/setprivacy)."
    )


def inactive(texts: Texts) -> Html:
    """Say that the bot is not in the group."""
    return texts.gettext("I am not in this group any more.")

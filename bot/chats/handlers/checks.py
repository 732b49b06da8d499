"""Whether the bot can do its work in a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chats.rules.profile import BotStanding, lacking_rights
from bot.chats.texts import setup as say
from bot.tg.capability import Finding

if TYPE_CHECKING:
    from bot.i18n import Texts
    from bot.kernel.groups import Group


def findings(group: Group, bot: BotStanding, texts: Texts, *, reads_all: bool | None = None) -> list[Finding]:
    """Return what is in order in a group and what is not.

    ``reads_all`` is ``can_read_all_group_messages`` of the bot's own account, None where it is not known.
    """
    if not group.active:
        return [Finding(False, say.inactive(texts))]
    missing = lacking_rights(group, bot)
    found = [Finding(not missing and group.kind == "supergroup", say.lacking(texts, group, missing))]
    if reads_all is False and not bot.is_admin:
        found.append(Finding(False, say.privacy_mode(texts)))
    return found

"""Whether the bot can do its work in a group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.chats.rules.profile import BotStanding, lacking_rights
from bot.chats.texts import setup as say

if TYPE_CHECKING:
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group


@dataclass(frozen=True, slots=True)
class Finding:
    """What ``qunguan check`` found in a group: fine, or a sentence that says what is not."""

    ok: bool
    html: Html


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

"""Where an update goes, decided from the envelope alone: it stands on the hot path."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from bot.tg.buttons import BadButton, split
from bot.tg.needs import AdministratorsNeed, Need

if TYPE_CHECKING:
    from bot.tg import envelope as env
    from bot.tg.capability import Access
    from bot.tg.ports import Groups
    from bot.tg.tables import Tables


class Route(Enum):
    """What is done with an update."""

    WATCHED = "watched"
    """Only the watchers read it."""
    SPOKEN = "spoken"
    """Somebody speaks to the bot: PTB's handlers run."""
    OBSERVED = "observed"
    """Something happened: observers run."""
    IGNORED = "ignored"


def route_of(update: env.Update, bot_id: int) -> Route:
    """Say where an update goes."""
    if update.callback_query is not None:
        return Route.SPOKEN
    message = update.message
    if message is None:
        changed = update.my_chat_member or update.chat_member or update.chat_join_request or update.message_reaction
        if changed is not None:
            return Route.OBSERVED
        return Route.WATCHED if update.edited_message is not None else Route.IGNORED
    if _is_service(message):
        return Route.OBSERVED
    if message.chat.type == "private":
        return Route.SPOKEN
    if message.chat.type == "channel":
        return Route.IGNORED
    words = message.text or message.caption
    if words is not None and words.startswith("/"):
        return Route.SPOKEN
    replied = message.reply_to_message
    if replied is not None and replied.from_ is not None and replied.from_.id == bot_id:
        return Route.SPOKEN
    return Route.WATCHED


def _is_service(message: env.Message) -> bool:
    return (
        message.new_chat_members is not None
        or message.left_chat_member is not None
        or message.migrate_to_chat_id is not None
        or message.migrate_from_chat_id is not None
        or message.new_chat_title is not None
    )


def needs_of(update: env.Update, route: Route, tables: Tables, groups: Groups) -> tuple[Need, ...]:
    """Return what must be asked of Telegram before this update may be decided."""
    if route is not Route.SPOKEN:
        return ()
    query = update.callback_query
    if query is not None:
        return _button_needs(query, tables, groups)
    message = update.message
    words = message.words if message is not None else ""
    if message is None or not words.startswith("/"):
        return ()
    name, _, rest = words[1:].partition(" ")
    found = tables.command(name.partition("@")[0].casefold(), rest)
    if found is None or not found[0].access.fresh:
        return ()
    group = groups.by_chat(message.chat.id)
    managed = groups.managed_from(message.chat.id)
    chats = [g.chat_id for g in managed] or ([group.chat_id] if group is not None else [])
    return tuple(AdministratorsNeed(chat_id) for chat_id in chats)


def _button_needs(query: env.Callback, tables: Tables, groups: Groups) -> tuple[Need, ...]:
    try:
        code, group_id, _ = split(query.data or "")
    except BadButton:
        return ()
    button = tables.buttons.get(code)
    group = groups.by_id(group_id)
    if button is None or group is None or not _is_heavy(button.access):
        return ()
    return (AdministratorsNeed(group.chat_id),)


def _is_heavy(access: Access) -> bool:
    return access.fresh

"""Where an update goes, decided from the envelope alone: it stands on the hot path."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from bot.kernel.ids import UserId
from bot.tg.buttons import BadButton, split
from bot.tg.needs import MOST_BYTES, AdministratorsNeed, FileNeed, Need

if TYPE_CHECKING:
    from datetime import datetime

    from bot.kernel.groups import Group
    from bot.tg import envelope as env
    from bot.tg.capability import Access, Command
    from bot.tg.ports import Groups, People
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
        or message.forum_topic_created is not None
        or message.forum_topic_edited is not None
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """A command or button on its way in: what it asks for, and the groups that may be meant.

    ``focus_of`` is the person whose private conversation says which group, where nothing else does.
    """

    access: Access
    groups: tuple[Group, ...] = ()
    focus_of: UserId | None = None


def asked_of(update: env.Update, tables: Tables, groups: Groups) -> Asked | None:
    """Read what an update asks for; None where nothing about administrators can matter."""
    query = update.callback_query
    if query is not None:
        return _asked_by_button(query, tables, groups)
    message = update.message
    found = command_of(message, tables)
    command = None if found is None else found[0]
    if message is None or command is None or command.access.right is None:
        return None
    if message.chat.type == "private":
        return Asked(command.access, focus_of=UserId(message.chat.id))
    group = groups.by_chat(message.chat.id)
    meant = tuple(groups.managed_from(message.chat.id)) or ((group,) if group is not None else ())
    return Asked(command.access, meant)


def command_of(message: env.Message | None, tables: Tables) -> tuple[Command, str] | None:
    """Return the command that a message is, and the rest of its line."""
    words = message.words if message is not None else ""
    if not words.startswith("/"):
        return None
    name, *rest = words[1:].split(maxsplit=1)[:2] or [""]
    return tables.command(name.partition("@")[0].casefold(), "".join(rest))


def _asked_by_button(query: env.Callback, tables: Tables, groups: Groups) -> Asked | None:
    try:
        code, group_id, _ = split(query.data or "")
    except BadButton:
        return None
    button = tables.buttons.get(code)
    group = groups.by_id(group_id)
    if button is None or group is None:
        return None
    return Asked(button.access, (group,))


def needs_of(asked: Asked, people: People, now: datetime) -> tuple[Need, ...]:
    """Return what must be asked of Telegram before this may be decided: the administrators, for heavy acts or if unsure."""
    return tuple(
        AdministratorsNeed(group.chat_id)
        for group in asked.groups
        if asked.access.fresh or people.administrators_stale(group.id, now)
    )


def file_sent(update: env.Update) -> FileNeed | None:
    """Return the text file that somebody sends to the bot, if it is small enough to be read: a form may wait for it."""
    return None if update.message is None else _small_text(update.message.document)


def file_with(update: env.Update, tables: Tables) -> FileNeed | None:
    """Return the small text file that comes with a command which takes one, or that the command answers."""
    message, found = update.message, command_of(update.message, tables)
    if message is None or found is None or not found[0].takes_file:
        return None
    replied = message.reply_to_message
    return _small_text(message.document or (replied.document if replied is not None else None))


def _small_text(document: env.Document | None) -> FileNeed | None:
    if document is None or document.file_id is None or not 0 < (document.file_size or 0) <= MOST_BYTES:
        return None
    return FileNeed(document.file_id) if (document.file_name or "").lower().endswith(_TEXT_FILES) else None


_TEXT_FILES = (".txt", ".csv", ".yaml", ".yml", ".ics")


def events_of(update: env.Update) -> list[str]:
    """Name what happened, for observers."""
    events: list[str] = []
    message = update.message
    if message is not None:
        if message.new_chat_members:
            events.append("joined")
        if message.left_chat_member is not None:
            events.append("left")
        if message.migrate_to_chat_id is not None or message.migrate_from_chat_id is not None:
            events.append("migrated")
        if message.new_chat_title is not None:
            events.append("renamed")
        if message.forum_topic_created is not None or message.forum_topic_edited is not None:
            events.append("topic")
    if update.my_chat_member is not None:
        events.append("bot_private" if update.my_chat_member.chat.type == "private" else "bot_status")
    if update.chat_member is not None:
        events.append("member")
    if update.chat_join_request is not None:
        events.append("join_request")
    if update.message_reaction is not None:
        events.append("reaction")
    return events

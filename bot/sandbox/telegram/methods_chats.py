"""Methods about chats themselves: what they are, their title, invite links, forum topics; and files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.sandbox.telegram import access, membership
from bot.sandbox.telegram.access import Call
from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.files import MAX_DOWNLOAD
from bot.sandbox.telegram.model import Chat, InviteLink, Topic
from bot.sandbox.telegram.posting import service
from bot.sandbox.telegram.views import full_chat_view, link_view

Json = dict[str, Any]
MAX_TITLE, MAX_DESCRIPTION, MAX_LINK_NAME = 128, 255, 32
NO_LINKS = "not enough rights to manage chat invite link"
COLORS = frozenset({7322096, 16766590, 13338331, 9367192, 16749490, 16478047})


def get_chat(call: Call) -> Json:
    """Tell everything about a chat."""
    return full_chat_view(call.world, access.chat_of(call), call.bot)


def set_chat_title(call: Call) -> bool:
    """Rename a group."""
    chat = access.group_of(call)
    title = (call.params.text("title") or "").strip()
    if not 1 <= len(title) <= MAX_TITLE:
        raise bad_request("title must be non-empty" if not title else "title is too long")
    member = call.world.member(chat, call.bot.id)
    if not member.admin and call.world.permissions(chat, member).get("can_change_info"):
        return _rename(call, chat, title)
    access.need(call, chat, "can_change_info", "not enough rights to change chat title")
    return _rename(call, chat, title)


def _rename(call: Call, chat: Chat, title: str) -> bool:
    if title == chat.title:
        raise bad_request("CHAT_NOT_MODIFIED")
    chat.title = title
    service(call.world, chat, call.bot.id, new_chat_title=title)
    return True


def set_chat_description(call: Call) -> bool:
    """Change what a group says about itself."""
    chat = access.group_of(call)
    access.need(call, chat, "can_change_info", "not enough rights to set chat description")
    description = call.params.text("description") or ""
    if len(description) > MAX_DESCRIPTION:
        raise bad_request("chat description is too long")
    if (description or None) == chat.description:
        raise bad_request("chat description is not modified")
    chat.description = description or None
    call.world.touch()
    return True


def leave_chat(call: Call) -> bool:
    """Leave a group."""
    chat = access.chat_of(call)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    membership.exit_chat(call.world, chat, call.bot.id, by=call.bot.id)
    return True


def export_invite_link(call: Call) -> str:
    """Make a new primary invite link; the old one no longer works."""
    chat = access.group_of(call)
    access.need(call, chat, "can_invite_users", NO_LINKS)
    for link in chat.links.values():
        if link.is_primary and link.creator == call.bot.id:
            link.is_revoked = True
    return membership.primary_link(call.world, chat, call.bot.id).url


def _link_options(call: Call) -> Json:
    params = call.params
    limit, expires = params.integer("member_limit") or None, params.integer("expire_date") or None
    name, asks = params.text("name") or None, params.flag("creates_join_request")
    if name and len(name) > MAX_LINK_NAME:
        raise bad_request("invite link name is too long")
    if limit is not None and asks:
        raise bad_request("member limit can't be specified for links requiring administrator approval")
    if limit is not None and not 1 <= limit <= 99999:
        raise bad_request("USAGE_LIMIT_INVALID")
    if expires is not None and expires <= call.now:
        raise bad_request("EXPIRE_DATE_INVALID")
    return {"name": name, "expire_date": expires, "member_limit": limit, "creates_join_request": asks}


def create_invite_link(call: Call) -> Json:
    """Make an additional invite link."""
    chat = access.group_of(call)
    access.need(call, chat, "can_invite_users", NO_LINKS)
    link = membership.new_link(call.world, chat, call.bot.id, **_link_options(call))
    return link_view(call.world, chat, link)


def _own_link(call: Call) -> tuple[Chat, InviteLink]:
    chat = access.group_of(call)
    access.need(call, chat, "can_invite_users", NO_LINKS)
    link = chat.links.get(call.params.text("invite_link") or "")
    if link is None or link.creator != call.bot.id:
        raise bad_request("INVITE_HASH_EXPIRED")
    return chat, link


def edit_invite_link(call: Call) -> Json:
    """Change an invite link of the bot's."""
    chat, link = _own_link(call)
    if link.is_primary:
        raise bad_request("CHAT_INVITE_PERMANENT")
    if link.is_revoked:
        raise bad_request("INVITE_HASH_EXPIRED")
    for name, value in _link_options(call).items():
        setattr(link, name, value)
    call.world.touch()
    return link_view(call.world, chat, link)


def revoke_invite_link(call: Call) -> Json:
    """End an invite link of the bot's; a primary one is replaced."""
    chat, link = _own_link(call)
    link.is_revoked = True
    if link.is_primary:
        membership.primary_link(call.world, chat, call.bot.id)
    call.world.touch()
    return link_view(call.world, chat, link)


def _forum(call: Call) -> Chat:
    chat = access.group_of(call)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    return chat


def _topic(call: Call) -> tuple[Chat, Topic]:
    chat = _forum(call)
    topic = chat.topics.get(call.params.integer("message_thread_id"))
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    if topic.creator != call.bot.id:
        access.need(call, chat, "can_manage_topics", "not enough rights to manage the topic")
    return chat, topic


def create_forum_topic(call: Call) -> Json:
    """Open a topic in a forum."""
    chat = _forum(call)
    access.need(call, chat, "can_manage_topics", "not enough rights to create a topic")
    name = _topic_name(call)
    if not name:
        raise bad_request("TOPIC_TITLE_EMPTY")
    color = call.params.integer("icon_color", 7322096)
    if color not in COLORS:
        raise bad_request("invalid icon color specified")
    topic = membership.new_topic(call.world, chat, call.bot.id, name, color)
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.icon_color}


def _topic_name(call: Call) -> str:
    name = (call.params.text("name") or "").strip()
    if len(name) > MAX_TITLE:
        raise bad_request("TOPIC_TITLE_INVALID")
    return name


def edit_forum_topic(call: Call) -> bool:
    """Rename a topic."""
    chat, topic = _topic(call)
    name = _topic_name(call)
    if not name or name == topic.name:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name = name
    service(call.world, chat, call.bot.id, thread_id=topic.id, forum_topic_edited={"name": name})
    return True


def topic_switch(closed: bool) -> Callable[[Call], bool]:
    """Make the method that closes or reopens a topic."""

    def switch_topic(call: Call) -> bool:
        chat, topic = _topic(call)
        if topic.closed == closed:
            raise bad_request("TOPIC_NOT_MODIFIED")
        topic.closed = closed
        event = "forum_topic_closed" if closed else "forum_topic_reopened"
        service(call.world, chat, call.bot.id, thread_id=topic.id, **{event: {}})
        return True

    return switch_topic


def general_switch(closed: bool) -> Callable[[Call], bool]:
    """Make the method that closes or reopens the general topic."""

    def switch_general(call: Call) -> bool:
        chat = _forum(call)
        access.need(call, chat, "can_manage_topics", "not enough rights to manage the topic")
        if chat.general_closed == closed:
            raise bad_request("TOPIC_NOT_MODIFIED")
        chat.general_closed = closed
        event: Json = {"forum_topic_closed" if closed else "forum_topic_reopened": {}}
        service(call.world, chat, call.bot.id, **event)
        return True

    return switch_general


def delete_forum_topic(call: Call) -> bool:
    """Take a topic away with all its messages."""
    chat = _forum(call)
    topic = chat.topics.get(call.params.integer("message_thread_id"))
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    access.need(call, chat, "can_delete_messages", "not enough rights to delete the topic")
    del chat.topics[topic.id]
    for message in chat.live():
        if topic.id in (message.thread_id, message.message_id):
            message.deleted = True
    chat.pins[:] = [pinned for pinned in chat.pins if not chat.messages[pinned].deleted]
    call.world.touch()
    return True


def get_file(call: Call) -> Json:
    """Tell where a file is downloaded."""
    stored = call.world.state.files.get(call.params.text("file_id") or "")
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(stored.data) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.data),
        "file_path": stored.path,
    }


def get_user_profile_photos(call: Call) -> Json:
    """Tell a user's profile photos: nobody has any here."""
    access.user_of(call)
    return {"total_count": 0, "photos": []}


METHODS: dict[str, Callable[[Call], Any]] = {
    "getChat": get_chat,
    "setChatTitle": set_chat_title,
    "setChatDescription": set_chat_description,
    "leaveChat": leave_chat,
    "exportChatInviteLink": export_invite_link,
    "createChatInviteLink": create_invite_link,
    "editChatInviteLink": edit_invite_link,
    "revokeChatInviteLink": revoke_invite_link,
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": topic_switch(closed=True),
    "reopenForumTopic": topic_switch(closed=False),
    "closeGeneralForumTopic": general_switch(closed=True),
    "reopenGeneralForumTopic": general_switch(closed=False),
    "deleteForumTopic": delete_forum_topic,
    "getFile": get_file,
    "getUserProfilePhotos": get_user_profile_photos,
}

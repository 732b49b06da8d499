"""Methods about people in a chat: who is there, who may what, who is out, who asks to be let in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.sandbox.telegram import access, membership
from bot.sandbox.telegram.access import Call
from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.model import Chat, Member, User
from bot.sandbox.telegram.rights import CHANNEL_RIGHTS, RIGHTS, permissions_from, rights_from, until_when
from bot.sandbox.telegram.views import can_edit, member_view

Json = dict[str, Any]
MAX_TAG = 16
EMOJI = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff\ufe0f\u200d]")
NO_RESTRICT = "not enough rights to restrict/unrestrict chat member"
NO_PROMOTE = "not enough rights"


def get_chat_member(call: Call) -> Json:
    """Tell how a user stands in a chat; about others only administrators are sure to learn."""
    chat = access.chat_of(call)
    user_id = call.params.integer("user_id")
    user = call.world.user(user_id)
    if user is None:
        raise bad_request("user not found" if user_id > 0 else "invalid user_id specified")
    if chat.type == "private":
        return {"status": "member", "user": member_view(call.world, chat, Member(user.id))["user"]}
    if user.id not in chat.members and not call.world.knows(call.bot.id, user.id):
        raise bad_request("member not found")
    return member_view(call.world, chat, call.world.member(chat, user.id), call.bot.id)


def get_chat_member_count(call: Call) -> int:
    """Count the members."""
    chat = access.chat_of(call)
    return 2 if chat.type == "private" else chat.member_count


def get_chat_administrators(call: Call) -> list[Json]:
    """List owner and administrators: this bot among them, other bots only if asked for."""
    chat = access.chat_of(call)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    world, bots = call.world, call.params.flag("return_bots")
    members = [world.member(chat, user_id) for user_id in sorted(chat.admins)]
    members.sort(key=lambda member: member.status != "creator")
    return [
        member_view(world, chat, member, call.bot.id)
        for member in members
        if bots or member.user_id == call.bot.id or member.user_id not in world.state.bots
    ]


def _target(call: Call, chat: Chat, refusal: str) -> tuple[User, Member]:
    """Find the user a restriction is about.

    :raises ApiError: if the bot may not restrict, or that user is beyond its reach.
    """
    access.need(call, chat, "can_restrict_members", refusal)
    user = access.user_of(call)
    member = call.world.member(chat, user.id)
    if user.id == call.bot.id:
        raise bad_request("can't restrict self")
    if member.status == "creator":
        raise bad_request("can't remove chat owner")
    if member.status == "administrator" and not can_edit(call.world, chat, member, call.bot.id):
        raise bad_request("user is an administrator of the chat")
    return user, member


def ban_chat_member(call: Call) -> bool:
    """Remove a user and keep them out."""
    chat = access.group_of(call)
    user, _ = _target(call, chat, NO_RESTRICT)
    until = until_when(call.params.integer("until_date"), call.now)
    # A basic group remembers no ban: who is put out may be added again.
    membership.exit_chat(call.world, chat, user.id, by=call.bot.id, banned=chat.type != "group", until_date=until)
    if call.params.flag("revoke_messages"):
        _revoke(call, chat, user.id)
    return True


def _revoke(call: Call, chat: Chat, user_id: int) -> None:
    for message in chat.live():
        if message.author == user_id and not message.service:
            message.deleted = True
    call.world.touch()


def unban_chat_member(call: Call) -> bool:
    """Let a banned user come again; a member is removed unless only a ban was to be lifted."""
    chat = access.group_of(call)
    if chat.type == "group":
        raise bad_request("method is available for supergroup and channel chats only")
    user, member = _target(call, chat, NO_RESTRICT)
    if call.params.flag("only_if_banned") and member.status != "kicked":
        return True
    if member.present:
        membership.exit_chat(call.world, chat, user.id, by=call.bot.id)
    membership.change(call.world, chat, Member(user.id, "left"), by=call.bot.id)
    return True


def _permissions(call: Call) -> dict[str, bool]:
    given = call.params.mapping("permissions")
    if given is None:
        raise bad_request("can't parse permissions JSON object")
    return permissions_from(given, independent=call.params.flag("use_independent_chat_permissions"))


def restrict_chat_member(call: Call) -> bool:
    """Take permissions from a user, or give them all back."""
    chat = access.group_of(call, supergroup=True)
    permissions = _permissions(call)
    user, member = _target(call, chat, NO_RESTRICT)
    if member.status == "administrator":
        raise bad_request("user is an administrator of the chat")
    until = until_when(call.params.integer("until_date"), call.now)
    membership.restrict(call.world, chat, user.id, permissions, by=call.bot.id, until_date=until)
    return True


def set_chat_permissions(call: Call) -> bool:
    """Set what every member may do."""
    chat = access.group_of(call)
    access.need(call, chat, "can_restrict_members", "not enough rights to change chat permissions")
    permissions = _permissions(call)
    if permissions == chat.permissions:
        raise bad_request("CHAT_NOT_MODIFIED")
    chat.permissions = permissions
    call.world.touch()
    return True


def promote_chat_member(call: Call) -> bool:
    """Give a user administrator rights, or take them all."""
    chat = access.group_of(call)
    if chat.type == "group":
        raise bad_request("method is available for supergroup and channel chats only")
    me = access.need(call, chat, "can_promote_members", NO_PROMOTE)
    user = access.user_of(call)
    member = call.world.member(chat, user.id)
    if user.id == call.bot.id:
        raise bad_request("can't promote self")
    if member.status == "creator":
        raise bad_request("can't remove chat owner")
    if member.status == "administrator" and not can_edit(call.world, chat, member, call.bot.id):
        raise bad_request("CHAT_ADMIN_REQUIRED")
    names = CHANNEL_RIGHTS if chat.type == "channel" else RIGHTS
    rights = rights_from({name: call.params.flag(name) for name in names}, channel=chat.type == "channel")
    if any(granted and not me.rights.get(name) for name, granted in rights.items()):
        raise bad_request("RIGHT_FORBIDDEN")
    anonymous = call.params.flag("is_anonymous")
    if (any(rights.values()) or anonymous) and not member.present:
        raise bad_request("USER_NOT_PARTICIPANT")
    membership.promote(call.world, chat, user.id, rights, by=call.bot.id, is_anonymous=anonymous)
    return True


def set_administrator_title(call: Call) -> bool:
    """Set the title beside an administrator's name."""
    chat = access.group_of(call, supergroup=True)
    user = access.user_of(call)
    member = call.world.member(chat, user.id)
    title = call.params.text("custom_title") or ""
    if member.status == "creator":
        raise bad_request("only the owner can edit their custom title")
    if member.status != "administrator":
        raise bad_request("user is not an administrator")
    access.need(call, chat, "can_promote_members", "not enough rights to change custom title of the user")
    if not can_edit(call.world, chat, member, call.bot.id):
        raise bad_request("not enough rights to change custom title of the user")
    if len(title) > MAX_TAG or EMOJI.search(title):
        raise bad_request("ADMIN_RANK_INVALID")
    membership.change(call.world, chat, replace(member, custom_title=title or None), by=call.bot.id)
    return True


def set_chat_member_tag(call: Call) -> bool:
    """Set the tag beside a member's name; an empty one takes it away."""
    chat = access.group_of(call)
    access.need(call, chat, "can_manage_tags", "not enough rights to manage member tags")
    user = access.user_of(call)
    member = call.world.member(chat, user.id)
    tag = (call.params.text("tag") or "").strip()
    if member.admin:
        raise bad_request("user is an administrator of the chat")
    if not member.present:
        raise bad_request("USER_NOT_PARTICIPANT")
    if len(tag) > MAX_TAG or EMOJI.search(tag):
        raise bad_request("TAG_INVALID")
    membership.change(call.world, chat, replace(member, tag=tag or None), by=call.bot.id)
    return True


def ban_chat_sender_chat(call: Call) -> bool:
    """Keep a channel (and its owner's other channels) from speaking in a group."""
    chat, sender_id = _sender_chat(call)
    if sender_id in (chat.id, chat.linked_chat_id):
        raise bad_request("PARTICIPANT_ID_INVALID")
    chat.banned_senders.add(sender_id)
    call.world.touch()
    return True


def unban_chat_sender_chat(call: Call) -> bool:
    """Let a channel speak again."""
    chat, sender_id = _sender_chat(call)
    chat.banned_senders.discard(sender_id)
    call.world.touch()
    return True


def _sender_chat(call: Call) -> tuple[Chat, int]:
    chat = access.group_of(call, supergroup=True)
    access.need(call, chat, "can_restrict_members", NO_RESTRICT)
    sender_id = call.params.integer("sender_chat_id")
    if call.world.state.chats.get(sender_id) is None:
        raise bad_request("chat not found")
    return chat, sender_id


def _requester(call: Call) -> tuple[Chat, User]:
    chat = access.group_of(call)
    access.need(call, chat, "can_invite_users", "not enough rights to manage chat join requests")
    user = access.user_of(call)
    if call.world.member(chat, user.id).present:
        raise bad_request("USER_ALREADY_PARTICIPANT")
    if user.id not in chat.requests:
        raise bad_request("HIDE_REQUESTER_MISSING")
    return chat, user


def approve_chat_join_request(call: Call) -> bool:
    """Let in somebody who asked."""
    chat, user = _requester(call)
    request = chat.requests[user.id]
    link = chat.links.get(request.link or "")
    membership.enter(call.world, chat, user.id, by=call.bot.id, link=link, via_request=True)
    return True


def decline_chat_join_request(call: Call) -> bool:
    """Turn away somebody who asked."""
    chat, user = _requester(call)
    del chat.requests[user.id]
    call.world.touch()
    return True


METHODS: dict[str, Callable[[Call], Any]] = {
    "getChatMember": get_chat_member,
    "getChatMemberCount": get_chat_member_count,
    "getChatAdministrators": get_chat_administrators,
    "banChatMember": ban_chat_member,
    "unbanChatMember": unban_chat_member,
    "restrictChatMember": restrict_chat_member,
    "setChatPermissions": set_chat_permissions,
    "promoteChatMember": promote_chat_member,
    "setChatAdministratorCustomTitle": set_administrator_title,
    "setChatMemberTag": set_chat_member_tag,
    "banChatSenderChat": ban_chat_sender_chat,
    "unbanChatSenderChat": unban_chat_sender_chat,
    "approveChatJoinRequest": approve_chat_join_request,
    "declineChatJoinRequest": decline_chat_join_request,
}

"""State as the Bot API writes it."""

from __future__ import annotations

from typing import Any

from bot.sandbox.telegram.model import BotAccount, Chat, InviteLink, Member, Message, User
from bot.sandbox.telegram.rights import CHANNEL_RIGHTS, PERMISSIONS, RIGHTS
from bot.sandbox.telegram.world import World

Json = dict[str, Any]


def _known(**fields: Any) -> Json:
    return {name: value for name, value in fields.items() if value is not None}


def user_view(user: User) -> Json:
    """Write a ``User``."""
    return _known(
        id=user.id,
        is_bot=user.is_bot,
        first_name=user.first_name,
        last_name=user.last_name,
        username=user.username,
        language_code=user.language_code,
    )


def me_view(world: World, bot: BotAccount) -> Json:
    """Write the ``User`` that only ``getMe`` returns, with what the bot is able to do."""
    return {
        **user_view(world.state.users[bot.id]),
        "can_join_groups": bot.can_join_groups,
        "can_read_all_group_messages": not bot.privacy,
        "supports_guest_queries": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def chat_view(world: World, chat: Chat) -> Json:
    """Write a ``Chat``."""
    if chat.type == "private":
        user = world.state.users[chat.id]
        return _known(
            id=chat.id, type="private", first_name=user.first_name, last_name=user.last_name, username=user.username
        )
    return _known(
        id=chat.id, type=chat.type, title=chat.title, username=chat.username, is_forum=True if chat.is_forum else None
    )


def message_view(world: World, chat: Chat, message: Message, *, nested: bool = True) -> Json:
    """Write a ``Message``; a nested one (a reply's original, a pinned one) does not show its own original."""
    view: Json = {"message_id": message.message_id, "date": message.date, "chat": chat_view(world, chat)}
    if message.shown_from is not None:
        view["from"] = user_view(world.state.users[message.shown_from])
    if message.sender_chat is not None and (sender := world.chat(message.sender_chat)) is not None:
        view["sender_chat"] = chat_view(world, sender)
    view.update(message.body)
    if message.keyboard is not None:
        view["reply_markup"] = message.keyboard
    original = world.find(chat, message.reply_to) if nested else None
    if original is not None:
        view["reply_to_message"] = message_view(world, chat, original, nested=False)
    if "pinned_message" in view:
        view["pinned_message"] = _pinned(world, chat, view["pinned_message"]["message_id"])
    return view


def _pinned(world: World, chat: Chat, message_id: int) -> Json:
    message = world.find(chat, message_id)
    if message is None:
        return {"chat": chat_view(world, chat), "message_id": message_id, "date": 0}
    return message_view(world, chat, message, nested=False)


def permissions_view(permissions: dict[str, bool]) -> Json:
    """Write a ``ChatPermissions``."""
    return {name: permissions.get(name, False) for name in PERMISSIONS}


def member_view(world: World, chat: Chat, member: Member, viewer: int | None = None) -> Json:
    """Write a ``ChatMember`` as the bot ``viewer`` sees it."""
    view: Json = {"status": member.status, "user": user_view(world.state.users[member.user_id])}
    if member.status in ("member", "restricted") and member.tag:
        view["tag"] = member.tag
    if member.admin:
        view["is_anonymous"] = member.is_anonymous
        view |= _known(custom_title=member.custom_title)
    match member.status:
        case "administrator":
            view["can_be_edited"] = can_edit(world, chat, member, viewer)
            names = CHANNEL_RIGHTS if chat.type == "channel" else RIGHTS
            view |= {name: member.rights.get(name, False) for name in names}
        case "restricted":
            view |= permissions_view(member.permissions)
            view |= {"is_member": member.is_member, "until_date": member.until_date}
        case "kicked":
            view["until_date"] = member.until_date
        case _:
            pass
    return view


def can_edit(world: World, chat: Chat, member: Member, editor: int | None) -> bool:
    """Whether ``editor`` may change an administrator's rights: owners may, others only those they appointed."""
    if editor is None or member.status == "creator":
        return False
    if world.member(chat, editor).status == "creator":
        return True
    return member.promoted_by == editor and world.has_right(chat, editor, "can_promote_members")


def link_view(world: World, chat: Chat, link: InviteLink) -> Json:
    """Write a ``ChatInviteLink``."""
    pending = sum(1 for request in chat.requests.values() if request.link == link.url)
    return _known(
        invite_link=link.url,
        creator=user_view(world.state.users[link.creator]),
        creates_join_request=link.creates_join_request,
        is_primary=link.is_primary,
        is_revoked=link.is_revoked,
        name=link.name,
        expire_date=link.expire_date,
        member_limit=link.member_limit,
        pending_join_request_count=pending or None,
    )


def full_chat_view(world: World, chat: Chat, bot: BotAccount) -> Json:
    """Write the ``ChatFullInfo`` a bot is told."""
    view: Json = {
        **chat_view(world, chat),
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
        ),
    }
    if chat.type == "private":
        view |= _known(bio=world.state.users[chat.id].bio)
    else:
        view |= _known(description=chat.description, linked_chat_id=chat.linked_chat_id)
    if chat.is_group:
        view["permissions"] = permissions_view(chat.permissions)
        view["has_visible_history"] = True
    if chat.username:
        view["active_usernames"] = [chat.username]
    if chat.type != "private" and world.has_right(chat, bot.id, "can_invite_users"):
        primary = next((k for k in chat.links.values() if k.is_primary and not k.is_revoked), None)
        view |= _known(invite_link=primary.url if primary else None)
    if chat.pins and (pinned := world.find(chat, chat.pins[-1])) is not None:
        view["pinned_message"] = message_view(world, chat, pinned, nested=False)
    return view

"""How people come and go: Start and block in private, join, ask and leave in groups."""

from __future__ import annotations

from typing import Any

from bot.sandbox.telegram import membership
from bot.sandbox.telegram.delivery import deliver
from bot.sandbox.telegram.errors import Refused
from bot.sandbox.telegram.model import Chat, InviteLink, Message
from bot.sandbox.telegram.people import name_of, present, send
from bot.sandbox.telegram.views import chat_view, user_view
from bot.sandbox.telegram.world import World

Json = dict[str, Any]


def start(world: World, user_id: int, bot_id: int, payload: str | None = None) -> Message:
    """Press Start in the private chat with a bot."""
    chat = world.private(bot_id, user_id)
    if chat.blocked:
        unblock(world, user_id, bot_id)
    chat.started = True
    return send(world, user_id, chat, {"text": f"/start {payload}" if payload else "/start"})


def join(world: World, user_id: int, chat: Chat, link: str | None = None) -> None:
    """Come into a group, by an invite link or as if by its public name.

    :raises Refused: if banned, or if the link no longer works.
    """
    _may_enter(world, user_id, chat)
    invite = _usable(world, chat, link) if link else None
    if invite is not None and invite.creates_join_request:
        membership.ask_to_join(world, chat, user_id, invite)
        return
    membership.enter(world, chat, user_id, link=invite)


def request_to_join(world: World, user_id: int, chat: Chat, link: str | None = None) -> None:
    """Ask to be let in.

    :raises Refused: if banned, already in, or if the link no longer works.
    """
    _may_enter(world, user_id, chat)
    invite = _usable(world, chat, link) if link else None
    membership.ask_to_join(world, chat, user_id, invite)


def _may_enter(world: World, user_id: int, chat: Chat) -> None:
    member, name = world.member(chat, user_id), name_of(world, user_id)
    if member.present:
        raise Refused(f"{name} is already in {chat.title}.")
    if member.status == "kicked":
        raise Refused(f"{name} is banned from {chat.title}.")


def _usable(world: World, chat: Chat, url: str) -> InviteLink:
    link = chat.links.get(url)
    gone = link is None or link.is_revoked or bool(link.expire_date and link.expire_date <= world.now)
    if link is None or gone or (link.member_limit is not None and link.uses >= link.member_limit):
        raise Refused("The invite link has expired.")
    return link


def leave(world: World, user_id: int, chat: Chat) -> None:
    """Leave a chat.

    :raises Refused: if not in it.
    """
    present(world, user_id, chat)
    membership.exit_chat(world, chat, user_id, by=user_id)


def block(world: World, user_id: int, bot_id: int) -> None:
    """Block a bot: it is told, and can no longer write."""
    _set_blocked(world, user_id, bot_id, blocked=True)


def unblock(world: World, user_id: int, bot_id: int) -> None:
    """Unblock a bot."""
    _set_blocked(world, user_id, bot_id, blocked=False)


def _set_blocked(world: World, user_id: int, bot_id: int, *, blocked: bool) -> None:
    chat = world.private(bot_id, user_id)
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    me = user_view(world.state.users[bot_id])
    standing = [{"status": "member", "user": me}, {"status": "kicked", "user": me, "until_date": 0}]
    old, new = standing if blocked else reversed(standing)
    event: Json = {"chat": chat_view(world, chat), "date": world.now, "from": user_view(world.state.users[user_id])}
    event |= {"old_chat_member": old, "new_chat_member": new}
    world.touch()
    deliver(world, world.state.bots[bot_id], "my_chat_member", chat.id, event)

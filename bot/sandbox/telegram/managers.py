"""What owners and administrators do to others, as far as Telegram lets them: add, remove, promote, restrict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.sandbox.telegram import membership
from bot.sandbox.telegram.errors import Refused
from bot.sandbox.telegram.model import Chat, Member
from bot.sandbox.telegram.rights import permissions_from, rights_from, until_when, usual_rights
from bot.sandbox.telegram.views import can_edit
from bot.sandbox.telegram.world import World


def _need(world: World, actor: int, chat: Chat, right: str, what: str) -> None:
    if not world.has_right(chat, actor, right):
        raise Refused(f"{world.state.users[actor].name} may not {what} in {chat.title}.")


def _within_reach(world: World, actor: int, chat: Chat, user_id: int) -> Member:
    member = world.member(chat, user_id)
    if member.status == "creator":
        raise Refused(f"{world.state.users[user_id].name} owns {chat.title}.")
    if member.status == "administrator" and not can_edit(world, chat, member, actor):
        raise Refused(f"{world.state.users[user_id].name} is an administrator.")
    return member


def add(world: World, actor: int, chat: Chat, user_id: int) -> None:
    """Add somebody to a group.

    :raises Refused: without the right, or if that person is banned.
    """
    member = world.member(chat, actor)
    invited = world.permissions(chat, member).get("can_invite_users", False) if not member.admin else False
    if not (member.present and (invited or world.has_right(chat, actor, "can_invite_users"))):
        raise Refused(f"{world.state.users[actor].name} may not add people to {chat.title}.")
    target = world.member(chat, user_id)
    if target.present:
        raise Refused(f"{world.state.users[user_id].name} is already in {chat.title}.")
    if target.status == "kicked":
        if not world.has_right(chat, actor, "can_restrict_members"):
            raise Refused(f"{world.state.users[user_id].name} is banned from {chat.title}.")
        membership.change(world, chat, Member(user_id, "left"), by=actor)
    membership.enter(world, chat, user_id, by=actor)


def kick(world: World, actor: int, chat: Chat, user_id: int, *, ban: bool = True, until_date: int = 0) -> None:
    """Remove somebody and (except from a basic group) keep them out.

    :raises Refused: without the right, or if that person is beyond reach.
    """
    _need(world, actor, chat, "can_restrict_members", "remove people")
    _within_reach(world, actor, chat, user_id)
    until = until_when(until_date, world.now) if until_date else 0
    membership.exit_chat(world, chat, user_id, by=actor, banned=_stays_out(world, chat, user_id, ban), until_date=until)


def _stays_out(world: World, chat: Chat, user_id: int, ban: bool) -> bool:
    """Whether a removal is also a ban: a basic group remembers none, but tells a bot that it was kicked."""
    return ban and (chat.type != "group" or user_id in world.state.bots)


def unban(world: World, actor: int, chat: Chat, user_id: int) -> None:
    """Let somebody who was banned come again.

    :raises Refused: without the right.
    """
    _need(world, actor, chat, "can_restrict_members", "unban people")
    if world.member(chat, user_id).status == "kicked":
        membership.change(world, chat, Member(user_id, "left"), by=actor)


def restrict(
    world: World, actor: int, chat: Chat, user_id: int, permissions: Mapping[str, bool], until_date: int = 0
) -> None:
    """Take permissions from somebody.

    :raises Refused: without the right, in a basic group, or if that person is beyond reach.
    """
    if chat.type != "supergroup":
        raise Refused("Only supergroups know restrictions.")
    _need(world, actor, chat, "can_restrict_members", "restrict people")
    _within_reach(world, actor, chat, user_id)
    given = permissions_from(permissions, independent=True)
    until = until_when(until_date, world.now) if until_date else 0
    membership.restrict(world, chat, user_id, given, by=actor, until_date=until)


def promote(
    world: World,
    actor: int,
    chat: Chat,
    user_id: int,
    rights: Mapping[str, bool] | None = None,
    *,
    is_anonymous: bool = False,
    title: str | None = None,
) -> None:
    """Make somebody an administrator, without further words with all rights but to promote others.

    :raises Refused: without the right, or if that person is not there or beyond reach.
    """
    _need(world, actor, chat, "can_promote_members", "promote people")
    member = _within_reach(world, actor, chat, user_id)
    if not member.present and user_id not in world.state.bots:
        raise Refused(f"{world.state.users[user_id].name} is not in {chat.title}.")
    if rights is not None:
        granted = rights_from(rights, channel=chat.type == "channel")
    elif chat.type == "channel":
        granted = rights_from(dict.fromkeys(rights_from({}, channel=True), True), channel=True)
    else:
        granted = usual_rights()
    mine = world.member(chat, actor)
    if mine.status != "creator" and any(on and not mine.rights.get(name) for name, on in granted.items()):
        raise Refused("Nobody can grant rights they do not have.")
    granted |= {"can_manage_chat": True}
    membership.promote(world, chat, user_id, granted, by=actor, is_anonymous=is_anonymous, title=title)


def demote(world: World, actor: int, chat: Chat, user_id: int) -> None:
    """Make an administrator an ordinary member.

    :raises Refused: without the right, or if that person is beyond reach.
    """
    _need(world, actor, chat, "can_promote_members", "demote people")
    _within_reach(world, actor, chat, user_id)
    membership.promote(world, chat, user_id, {}, by=actor)


def set_permissions(world: World, actor: int, chat: Chat, permissions: Mapping[str, bool]) -> None:
    """Set what every member may do.

    :raises Refused: without the right.
    """
    _need(world, actor, chat, "can_restrict_members", "change the permissions")
    chat.permissions = permissions_from(permissions, independent=True)
    world.touch()


def set_tag(world: World, actor: int, chat: Chat, user_id: int, tag: str | None) -> None:
    """Set a member's tag; one's own where the group allows that.

    :raises Refused: without the right.
    """
    member = world.member(chat, user_id)
    own = actor == user_id and member.present and world.permissions(chat, member).get("can_edit_tag", False)
    if not own:
        _need(world, actor, chat, "can_manage_tags", "change tags")
    membership.change(world, chat, replace(member, tag=tag or None), by=actor)


def decide(world: World, actor: int, chat: Chat, user_id: int, *, approve: bool) -> None:
    """Let in or turn away somebody who asked.

    :raises Refused: without the right, or if nobody asked.
    """
    _need(world, actor, chat, "can_invite_users", "decide about requests")
    request = chat.requests.get(user_id)
    if request is None:
        raise Refused(f"{world.state.users[user_id].name} did not ask to join.")
    if approve:
        link = chat.links.get(request.link or "")
        membership.enter(world, chat, user_id, by=actor, link=link, via_request=True)
    else:
        del chat.requests[user_id]
        world.touch()

"""How people come, go, rise and fall in a chat, with the service messages and updates that tell of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.sandbox.telegram.delivery import deliver
from bot.sandbox.telegram.model import Chat, InviteLink, JoinRequest, Member, Topic
from bot.sandbox.telegram.posting import service
from bot.sandbox.telegram.rights import RIGHTS
from bot.sandbox.telegram.views import chat_view, link_view, member_view, user_view
from bot.sandbox.telegram.world import World


def change(
    world: World, chat: Chat, new: Member, *, by: int, link: InviteLink | None = None, via_request: bool = False
) -> None:
    """Give a user a new standing and tell the bots: the one it concerns, and those that are administrators."""
    old = replace(world.member(chat, new.user_id))
    if old == new:
        return
    install(world, chat, new)
    event: dict[str, Any] = {"chat": chat_view(world, chat), "date": world.now}
    event["from"] = user_view(world.state.users[by])
    if link is not None:
        event["invite_link"] = link_view(world, chat, link)
    if via_request:
        event["via_join_request"] = True
    for bot in {b.id: b for b in [*world.bots_in(chat), *_concerned(world, new.user_id)]}.values():
        kind = "my_chat_member" if bot.id == new.user_id else "chat_member"
        if kind == "chat_member" and not world.member(chat, bot.id).admin:
            continue
        before, after = (member_view(world, chat, state, bot.id) for state in (old, new))
        if before != after:
            deliver(world, bot, kind, chat.id, event | {"old_chat_member": before, "new_chat_member": after})


def _concerned(world: World, user_id: int) -> list[Any]:
    return [world.state.bots[user_id]] if user_id in world.state.bots else []


def install(world: World, chat: Chat, new: Member) -> None:
    """Put a standing in place, silently; counts and lists of administrators and bots follow."""
    was = world.member(chat, new.user_id).present
    chat.members[new.user_id] = new
    chat.member_count += int(new.present) - int(was)
    world.state.users[new.user_id].chats.add(chat.id)
    _keep(chat.admins, new.user_id, new.admin)
    _keep(chat.bots, new.user_id, new.present and new.user_id in world.state.bots)
    world.touch()


def _keep(ids: set[int], user_id: int, belongs: bool) -> None:
    if belongs:
        ids.add(user_id)
    else:
        ids.discard(user_id)


def enter(
    world: World,
    chat: Chat,
    user_id: int,
    *,
    by: int | None = None,
    link: InviteLink | None = None,
    via_request: bool = False,
) -> None:
    """Let a user in: on their own, by a link, by request, or added by somebody."""
    old = world.member(chat, user_id)
    if old.present:
        return
    chat.requests.pop(user_id, None)
    if link is not None:
        link.uses += 1
    if old.status == "restricted":
        new = replace(old, is_member=True)
    else:
        new = Member(user_id, "member")
    change(world, chat, new, by=by or user_id, link=link, via_request=via_request)
    if chat.is_group:
        announce(world, chat, user_id, user_id if by is None or via_request else by)


def announce(world: World, chat: Chat, user_id: int, by: int) -> None:
    """Post the service message that says who came."""
    service(world, chat, by, new_chat_members=[user_view(world.state.users[user_id])])


def exit_chat(world: World, chat: Chat, user_id: int, *, by: int, banned: bool = False, until_date: int = 0) -> None:
    """Take a user out: ``by`` themselves, or removed by somebody and, if ``banned``, kept out."""
    old = world.member(chat, user_id)
    if banned:
        new = Member(user_id, "kicked", until_date=until_date)
    elif old.status == "restricted":
        new = replace(old, is_member=False)
    else:
        new = Member(user_id, "left")
    was_here = old.present
    if was_here and chat.is_group:
        service(world, chat, by, left_chat_member=user_view(world.state.users[user_id]))
    change(world, chat, new, by=by)


def promote(
    world: World,
    chat: Chat,
    user_id: int,
    rights: dict[str, bool],
    *,
    by: int,
    is_anonymous: bool = False,
    title: str | None = None,
) -> None:
    """Make a member an administrator, or an ordinary member again if no right is left."""
    old = world.member(chat, user_id)
    if not any(rights.values()) and not is_anonymous:
        if old.admin:
            change(world, chat, Member(user_id, "member", tag=old.tag), by=by)
        return
    if chat.type == "group":
        rights = dict.fromkeys(RIGHTS, True) | {"can_promote_members": False}
    appointed_by = old.promoted_by if old.admin and old.promoted_by is not None else by
    new = Member(
        user_id,
        "administrator",
        rights=rights,
        is_anonymous=is_anonymous,
        custom_title=title if title is not None else old.custom_title,
        promoted_by=appointed_by,
        tag=old.tag,
    )
    change(world, chat, new, by=by)


def restrict(
    world: World, chat: Chat, user_id: int, permissions: dict[str, bool], *, by: int, until_date: int = 0
) -> None:
    """Take permissions from a user; with every permission granted the restriction is lifted."""
    old = world.member(chat, user_id)
    is_member = old.present
    if all(permissions.values()):
        new = Member(user_id, "member" if is_member else "left", tag=old.tag)
    else:
        new = Member(
            user_id,
            "restricted",
            permissions=dict(permissions),
            is_member=is_member,
            until_date=until_date,
            tag=old.tag,
        )
    change(world, chat, new, by=by)


def ask_to_join(world: World, chat: Chat, user_id: int, link: InviteLink | None = None) -> None:
    """Note a join request and tell the bots that may let people in."""
    chat.requests[user_id] = JoinRequest(user_id, world.now, link.url if link else None)
    user = world.state.users[user_id]
    user.chats.add(chat.id)  # the chat's bots have met this person from now on
    payload: dict[str, Any] = {
        "chat": chat_view(world, chat),
        "from": user_view(user),
        "user_chat_id": user_id,
        "date": world.now,
    }
    if user.bio:
        payload["bio"] = user.bio
    if link is not None:
        payload["invite_link"] = link_view(world, chat, link)
    world.touch()
    for bot in world.bots_in(chat):
        if world.has_right(chat, bot.id, "can_invite_users"):
            deliver(world, bot, "chat_join_request", chat.id, payload)


def new_link(world: World, chat: Chat, creator: int, **options: Any) -> InviteLink:
    """Make an invite link."""
    link = InviteLink(f"https://t.me/+sandbox{world.number('link'):06d}", creator, **options)
    chat.links[link.url] = link
    world.invites[link.url] = chat.id
    world.touch()
    return link


def primary_link(world: World, chat: Chat, creator: int) -> InviteLink:
    """Return the primary link of an administrator, a new one if there is none."""
    for link in chat.links.values():
        if link.is_primary and not link.is_revoked and link.creator == creator:
            return link
    return new_link(world, chat, creator, is_primary=True)


def new_topic(world: World, chat: Chat, creator: int, name: str, color: int = 7322096) -> Topic:
    """Open a forum topic; its id is the id of the service message that says so, and that message stands in it."""
    topic = Topic(chat.next_message_id, name, creator, color)
    chat.topics[topic.id] = topic
    service(world, chat, creator, thread_id=topic.id, forum_topic_created={"name": name, "icon_color": color})
    return topic


def migrate(world: World, group: Chat, by: int) -> Chat:
    """Turn a group into a supergroup: members and rights come along, messages stay behind, both sides tell the id."""
    new = world.add_chat("supergroup", group.title or "")
    new.permissions = dict(group.permissions)
    new.description = group.description
    for member in group.members.values():
        if member.present:
            install(world, new, replace(member))
    group.migrated_to = new.id
    service(world, group, by, migrate_to_chat_id=new.id)
    service(world, new, by, migrate_from_chat_id=group.id)
    return new

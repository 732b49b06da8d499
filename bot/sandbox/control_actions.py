"""What can be done through the control surface: one function an action, one table of all."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import msgspec

from bot.sandbox.control_body import Body, Wrong
from bot.sandbox.control_surface import Json, Surface, actor_of, chat_of, group_of, message_of, target_of
from bot.sandbox.control_views import chat_row, message_row, user_row
from bot.sandbox.passing import next_timer, pass_time
from bot.sandbox.telegram import Actor
from bot.sandbox.telegram.actor import MEDIA
from bot.sandbox.telegram.model import Chat, Message

Action = Callable[[Surface, Body], Awaitable[Json | None]]
Quick = Callable[[Surface, Body], Json | None]


# --- making the world -------------------------------------------------------------------------------------------


def _users(surface: Surface, body: Body) -> Json:
    name = body.text("first_name")
    more = {key: body.words(key) or None for key in ("last_name", "username", "language_code")}
    try:
        actor = surface.telegram.add_user(name, **more)
    except ValueError as error:
        raise Wrong(f"{error}.") from error
    return user_row(actor.user)


def _groups(surface: Surface, body: Body) -> Json:
    kind = body.text("type")
    if kind not in ("group", "supergroup"):
        raise Wrong("'type' must be group or supergroup.")
    title, owner = body.text("title"), surface.person(body.number("owner"))
    members = [surface.person(user_id) for user_id in body.numbers("members") if user_id != owner.id]
    forum = body.flag("is_forum")
    chat = surface.telegram.add_group(title, owner, members, supergroup=kind == "supergroup", forum=forum)
    _bring_bot(surface, body, chat, owner)
    return chat_row(surface.world, chat)


def _channels(surface: Surface, body: Body) -> Json:
    title, owner = body.text("title"), surface.person(body.number("owner"))
    linked = chat_of(surface, body, "linked_chat_id") if "linked_chat_id" in body else None
    chat = surface.telegram.add_channel(title, owner, linked)
    _bring_bot(surface, body, chat, owner)
    return chat_row(surface.world, chat)


def _bring_bot(surface: Surface, body: Body, chat: Chat, owner: Actor) -> None:
    standing = body.words("bot")
    if standing is None:
        return
    if standing not in ("administrator", "member"):
        raise Wrong("'bot' must be administrator or member.")
    surface.telegram.add_bot_to(chat, surface.bot(), owner, administrator=standing == "administrator")


# --- speaking ---------------------------------------------------------------------------------------------------


def _start(surface: Surface, body: Body) -> Json:
    bot = surface.bot(body.optional("bot"))
    message = actor_of(surface, body).start(bot, body.words("payload"))
    return message_row(surface.world, surface.world.private(bot.id, body.number("as")), message)


def _send(surface: Surface, body: Body) -> Json:
    actor, chat = actor_of(surface, body), chat_of(surface, body)
    message = _forwarded(surface, body, actor, chat) if "forward_from" in body else _sent(surface, body, actor, chat)
    return message_row(surface.world, chat, message)


def _sent(surface: Surface, body: Body, actor: Actor, chat: Chat) -> Message:
    options: Json = {
        "reply_to": body.optional("reply_to"),
        "thread_id": body.optional("thread_id"),
        "anonymous": body.flag("anonymous") if "anonymous" in body else None,
        "as_chat": body.optional("sender_chat_id"),
    }
    kind = next((name for name in MEDIA if name in body), None)
    if kind is not None:
        file = body.part(kind)
        data = None if file.flag("sample") else file.data("base64")
        return actor.send_file(chat, kind, data, file.words("file_name"), caption=body.words("caption"), **options)
    if "poll" in body:
        poll = body.part("poll")
        choices = [str(choice) for choice in poll.items("options")]
        return actor.send_poll(chat, poll.text("question"), choices, is_anonymous=poll.flag("is_anonymous", True))
    if "contact" in body:
        contact = body.part("contact")
        contact.text("phone_number"), contact.text("first_name")
        return actor.send(chat, contact=contact.values, **options)
    if "album" in body:
        album = body.part("album")
        kind = album.words("kind") or "photo"
        return actor.send_album(chat, album.number("count"), kind=kind, caption=body.words("caption"), **options)[0]
    if "story_of" in body:
        return actor.share_story(chat, chat_of(surface, body, "story_of"), **options)
    if "via_bot" in body:
        buttons = body.items("inline_keyboard")
        return actor.send_via(chat, surface.bot(body.number("via_bot")), body.text("text"), buttons=buttons, **options)
    return actor.send(chat, body.text("text"), entities=body.items("entities") or None, **options)


def _forwarded(surface: Surface, body: Body, actor: Actor, chat: Chat) -> Message:
    source = body.part("forward_from")
    origin, message_id = chat_of(surface, source), source.number("message_id")
    message = surface.world.find(origin, message_id)
    if message is None:
        raise Wrong(f"There is no message {message_id}.", 404)
    return actor.forward(message, chat, source=origin)


def _edit(surface: Surface, body: Body) -> Json:
    actor, chat, message = message_of(surface, body)
    return message_row(surface.world, chat, actor.edit(message, body.text("text"), chat=chat))


def _delete(surface: Surface, body: Body) -> None:
    actor, chat, message = message_of(surface, body)
    actor.delete(message, chat=chat)


def _pin(surface: Surface, body: Body) -> None:
    actor, chat, message = message_of(surface, body)
    actor.pin(message, chat=chat)


def _unpin(surface: Surface, body: Body) -> None:
    actor, chat, message = message_of(surface, body)
    actor.unpin(message, chat=chat)


def _react(surface: Surface, body: Body) -> None:
    actor, chat, message = message_of(surface, body)
    emoji = body.words("emoji")
    actor.react(message, *([emoji] if emoji else []), chat=chat)


def _vote(surface: Surface, body: Body) -> None:
    actor, chat, message = message_of(surface, body)
    actor.vote(message, *body.numbers("options"), chat=chat)


def _tap(surface: Surface, body: Body) -> Json:
    actor, chat, message = message_of(surface, body)
    label, data = body.words("button"), body.words("data")
    if label is None and data is None:
        raise Wrong("'data' or 'button' is missing.")
    return {"callback_query_id": actor.tap(message, label, data=data, chat=chat)}


# --- coming and going -------------------------------------------------------------------------------------------


def _join(surface: Surface, body: Body) -> None:
    link = body.words("invite_link")
    known = None if link is None or "chat_id" in body else surface.world.invites.get(link)
    chat = group_of(surface, body) if known is None else surface.chat(known)
    actor_of(surface, body).join(chat, link)


def _request(surface: Surface, body: Body) -> None:
    actor_of(surface, body).request_to_join(group_of(surface, body), body.words("invite_link"))


def _decide(surface: Surface, body: Body) -> None:
    actor, chat, user_id = target_of(surface, body)
    actor.decide(chat, user_id, approve=body.flag("approve", True))


def _leave(surface: Surface, body: Body) -> None:
    actor_of(surface, body).leave(group_of(surface, body))


def _add(surface: Surface, body: Body) -> None:
    actor, chat, user_id = target_of(surface, body)
    actor.add(chat, user_id)


def _kick(surface: Surface, body: Body) -> None:
    actor, chat, user_id = target_of(surface, body)
    actor.kick(chat, user_id, until_date=body.number("until_date", 0))


def _promote(surface: Surface, body: Body) -> None:
    actor, chat, user_id = target_of(surface, body)
    hidden = body.flag("is_anonymous")
    actor.promote(chat, user_id, body.flags("rights"), is_anonymous=hidden, title=body.words("title"))


def _demote(surface: Surface, body: Body) -> None:
    actor, chat, user_id = target_of(surface, body)
    actor.demote(chat, user_id)


def _restrict(surface: Surface, body: Body) -> None:
    actor, chat, user_id = target_of(surface, body)
    permissions = body.flags("permissions")
    if permissions is None:
        raise Wrong("'permissions' is missing.")
    actor.restrict(chat, user_id, permissions, body.number("until_date", 0))


def _tag(surface: Surface, body: Body) -> None:
    actor, chat, user_id = target_of(surface, body)
    actor.set_tag(chat, user_id, body.words("tag"))


def _block(surface: Surface, body: Body) -> None:
    actor_of(surface, body).block(surface.bot(body.optional("bot")))


def _unblock(surface: Surface, body: Body) -> None:
    actor_of(surface, body).unblock(surface.bot(body.optional("bot")))


# --- the group and the bot in it --------------------------------------------------------------------------------


def _bot_rights(surface: Surface, body: Body) -> None:
    chat, rights, status = group_of(surface, body), body.flags("rights"), body.words("status") or "administrator"
    if status not in ("administrator", "member", "left", "kicked"):
        raise Wrong("'status' must be administrator, member, left or kicked.")
    surface.telegram.set_bot_status(chat, surface.bot(body.optional("bot")), status, rights)


def _permissions(surface: Surface, body: Body) -> Json:
    chat, given = group_of(surface, body), body.flags("permissions")
    if given is None:
        raise Wrong("'permissions' is missing.")
    owner = next((u for u in chat.admins if chat.members[u].status == "creator"), None)
    if owner is None:
        raise Wrong("The group has no owner.")
    surface.person(owner).set_permissions(chat, {**chat.permissions, **given})
    return chat_row(surface.world, chat)


def _title(surface: Surface, body: Body) -> Json:
    chat = group_of(surface, body)
    actor_of(surface, body).set_title(chat, body.text("title"))
    return chat_row(surface.world, chat)


def _migrate(surface: Surface, body: Body) -> Json:
    return chat_row(surface.world, surface.telegram.migrate(group_of(surface, body)))


def _topics(surface: Surface, body: Body) -> Json:
    topic = actor_of(surface, body).open_topic(group_of(surface, body), body.text("name"))
    return {"id": topic.id, "name": topic.name, "closed": topic.closed}


# --- time, trouble, the whole world -----------------------------------------------------------------------------


async def _clock(surface: Surface, body: Body) -> Json:
    now = surface.clock.now()
    if body.flag("to_next_timer"):
        due = await next_timer(surface)
        if due is None:
            raise Wrong("Nothing is waiting for its time.", 404)
        await pass_time(surface, max(due, now))
    else:
        await pass_time(surface, now + _step(body, now))
    return {"now": surface.world.now}


def _step(body: Body, now: datetime) -> timedelta:
    """Read how far the clock shall go.

    :raises Wrong: if that is nowhere, backwards or beyond all calendars.
    """
    try:
        if "to" in body:
            step = datetime.fromtimestamp(body.number("to"), UTC) - now
        else:
            step = timedelta(seconds=body.number("advance"))
        _ = now + step
    except (OverflowError, ValueError, OSError) as error:
        raise Wrong("That is beyond all calendars.") from error
    if step < timedelta(0):
        raise Wrong("A clock moves forward only.")
    return step


def _faults(surface: Surface, body: Body) -> None:
    method, kind, count = body.text("method"), body.text("kind"), body.number("count", 1)
    retry_after, chat_id = body.number("retry_after", 3), body.optional("chat_id")
    try:
        surface.telegram.faults.add(method, kind, count, retry_after=retry_after, chat_id=chat_id)
    except ValueError as error:
        raise Wrong(f"{error}.") from error


def _faults_clear(surface: Surface, _: Body) -> None:
    surface.telegram.faults.clear()


def _limits(surface: Surface, body: Body) -> None:
    limits = surface.telegram.limits
    if not body.flag("enabled"):
        limits.disable()
    else:
        try:
            limits.enable(body.words("kind") or limits.kind)
        except ValueError as error:
            raise Wrong(f"{error}.") from error
    surface.world.touch()


async def _reset(surface: Surface, _: Body) -> Json | None:
    if surface.start_over is None:
        surface.telegram.reset()
    else:
        # Who asked may go away meanwhile; a bot that is stopped and not started again would be gone too.
        await asyncio.shield(surface.start_over())
    return None


def _save(surface: Surface, body: Body) -> None:
    path = body.text("path")
    try:
        surface.telegram.save(path)
    except OSError as error:
        raise Wrong(f"The world could not be written to {path}: {error.strerror}.") from error


def _load(surface: Surface, body: Body) -> None:
    path = body.text("path")
    try:
        surface.telegram.load(path)
    except OSError as error:
        raise Wrong(f"There is no world in {path}: {error.strerror}.") from error
    except (ValueError, msgspec.ValidationError) as error:
        raise Wrong(f"{path} holds no world.") from error


def _quick(act: Quick) -> Action:
    async def done(surface: Surface, body: Body) -> Json | None:
        return act(surface, body)

    return done


_QUICK: dict[str, Quick] = {
    "users": _users,
    "groups": _groups,
    "channels": _channels,
    "start": _start,
    "send": _send,
    "edit": _edit,
    "delete": _delete,
    "pin": _pin,
    "unpin": _unpin,
    "react": _react,
    "vote": _vote,
    "tap": _tap,
    "join": _join,
    "request": _request,
    "decide": _decide,
    "leave": _leave,
    "add": _add,
    "kick": _kick,
    "promote": _promote,
    "demote": _demote,
    "restrict": _restrict,
    "tag": _tag,
    "block": _block,
    "unblock": _unblock,
    "bot_rights": _bot_rights,
    "permissions": _permissions,
    "title": _title,
    "migrate": _migrate,
    "topics": _topics,
    "faults": _faults,
    "faults/clear": _faults_clear,
    "limits": _limits,
    "save": _save,
    "load": _load,
}
ACTIONS: dict[str, Action] = {**{name: _quick(act) for name, act in _QUICK.items()}, "clock": _clock, "reset": _reset}
"""Every action by its name."""

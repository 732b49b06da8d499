"""The messages that a content becomes: filled in for the group, marked where it is confidential, with its buttons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from bot.announcements import service
from bot.announcements.rules.content import marked
from bot.announcements.rules.filling import MEMBERS, Values, filled, has_braces, names_in
from bot.announcements.rules.links import check_links
from bot.announcements.texts import content as say
from bot.tg import effects as fx

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcements.rules.announcement import Announcement
    from bot.announcements.rules.content import Content, ContentProblem
    from bot.announcements.rules.links import LinkProblem
    from bot.kernel.groups import Group
    from bot.kernel.ids import EffectId
    from bot.tg.context import Scope


async def as_read(scope: Scope, group: Group, content: Content, at: datetime) -> Content:
    """Return a content as the members of a group read it at a time: placeholders filled in, confidential ones marked (R10)."""
    return as_marked(scope, group, await as_filled(scope, group, content, at))


async def as_filled(scope: Scope, group: Group, content: Content, at: datetime) -> Content:
    """Return a content with its placeholders filled in for a group."""
    return filled(content, await values_of(scope, group, content, at)) if has_braces(content) else content


def as_marked(scope: Scope, group: Group, content: Content) -> Content:
    """Return a content with the mark above its words, if it is confidential (R10)."""
    return marked(content, str(say.confidential(scope.texts(group)))) if content.protected else content


async def as_told(scope: Scope, group: Group, item: Announcement) -> Announcement:
    """Return an announcement with its words as the members of its group read them: cards, lists and notices quote those."""
    if not has_braces(item.content):
        return item
    return replace(item, content=await as_read(scope, group, item.content, time_of(item, scope.now)))


async def values_of(scope: Scope, group: Group, content: Content, at: datetime) -> Values:
    """Return what stands for the placeholders of a content in a group; members are counted only where they are named."""
    texts = scope.texts(group)
    counted = MEMBERS in names_in(content)
    members = texts.number(await scope.ports.people.size(scope.tx, group)) if counted else ""
    return Values(group.title, texts.date(at), members)


def problem_of(content: Content) -> ContentProblem | LinkProblem | None:
    """Say what Telegram would not take of a content as it is read; it is never cut."""
    return service.problem_of(content) or check_links(content.links)


def time_of(item: Announcement, now: datetime) -> datetime:
    """Return the time for which an announcement is filled in: when it was posted, is to go out, or now."""
    if item.posted_at is not None:
        return item.posted_at
    return item.due_at if item.due_at is not None and item.due_at > now else now


def links_of(content: Content) -> fx.Keyboard:
    """Return a content's own buttons."""
    return tuple(tuple(fx.Key(link.label, url=link.url) for link in row) for row in content.links)


def main_effect(
    content: Content, chat_id: int, thread_id: int | None, keyboard: fx.Keyboard
) -> fx.SendMessage | fx.SendMedia | fx.SendAlbum:
    """Return the message with the words; an album cannot carry the buttons."""
    protect = content.protected
    if content.files:
        items = tuple(fx.AlbumItem(cast("fx.AlbumKind", file.kind), file.file_id) for file in content.files)
        return fx.SendAlbum(chat_id, items, content.html, thread_id=thread_id, protect=protect)
    keys = keyboard or None
    if content.kind is None or content.file_id is None:
        return fx.SendMessage(chat_id, content.html, keys, thread_id=thread_id, preview=True, protect=protect)
    kind, file = cast("fx.MediaKind", content.kind), fx.FileId(content.file_id)
    return fx.SendMedia(chat_id, kind, file, content.html, keys, thread_id=thread_id, protect=protect)


def put(
    scope: Scope,
    group: Group,
    content: Content,
    chat_id: int,
    thread_id: int | None,
    keyboard: fx.Keyboard = (),
    *,
    priority: fx.Priority,
    told: tuple[fx.OnResult, fx.OnResult | None] | None = None,
) -> EffectId:
    """Post a content that is as it is read, and return the effect that its words are in.

    The buttons of an album stand on a short message that answers it. ``told`` hears of the words, and of that message.
    """
    first, second = told or (None, None)
    keys = (*links_of(content), *keyboard)
    main = main_effect(content, chat_id, thread_id, keys)
    sent = scope.effects.put(main, priority=priority, on_result=first, group_id=group.id)
    if content.files and keys:
        below = keys_below_album(scope, group, content, chat_id, thread_id, fx.Ref(sent), keys)
        scope.effects.put(below, priority=priority, on_result=second, group_id=group.id)
    return sent


def keys_below_album(
    scope: Scope,
    group: Group,
    content: Content,
    chat_id: int,
    thread_id: int | None,
    album: fx.Target,
    keys: fx.Keyboard,
) -> fx.SendMessage:
    """Return the message that carries the buttons of an album."""
    html = str(say.below_album(scope.texts(group)))
    return fx.SendMessage(chat_id, html, keys, album, thread_id, silent=True, protect=content.protected)

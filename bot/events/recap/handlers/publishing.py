"""The preview, the publication, and the recap shown again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zlib import crc32

from bot.events import service as events
from bot.events.handlers import finding
from bot.events.handlers.board import person_of
from bot.events.recap import service
from bot.events.recap.handlers import codes, past
from bot.events.recap.handlers.composing import compose
from bot.events.recap.rules import ItemKind, Post, PublishFlaw, publish_flaw
from bot.events.recap.texts import recap as say
from bot.tg import effects as fx
from bot.tg.aside import step_aside
from bot.tg.buttons import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.events.handlers.telling import ReachableOf
    from bot.events.recap.rules import File, Recap
    from bot.events.recap.service import Published
    from bot.events.rules.event import Event
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope

RESULT: Final = "recap"
_KINDS: Final[dict[ItemKind, fx.MediaKind]] = {
    ItemKind.PHOTO: "photo",
    ItemKind.VIDEO: "video",
    ItemKind.DOCUMENT: "document",
}


async def preview(_update: Update, context: Context, event_id: int) -> None:
    """Show an organiser the recap exactly as it would be published."""
    meant = await past.over(context, event_id)
    if meant is None:
        return
    event, here = meant.event, await service.desk(context.tx, event_id)
    posts = compose(context.scope.texts(context.group), event, here)
    flaw = publish_flaw(here.recap, posts, here.items)
    if flaw is not None:
        context.toast(say.publish_flaw(context.texts, flaw).striptags(), alert=True)
        return
    await step_aside(context)
    context.toast_empty()
    _post_here(context, posts)
    texts, group = context.texts, context.group
    keys = rows(
        (
            codes.PUBLISH.key(texts.label(say.PUBLISH), group, event_id, _mark(posts)),
            codes.DESK.key(texts.label(say.BACK), group, event_id),
        )
    )
    context.reply(say.please_publish(texts, event, here), keys)


async def publish(_update: Update, context: Context, event_id: int, mark: int) -> None:
    """Publish what the organiser saw."""
    meant = await past.over(context, event_id)
    if meant is None:
        return
    event, group, here = meant.event, context.group, await service.desk(context.tx, event_id)
    posts = compose(context.scope.texts(group), event, here)
    back = rows((codes.DESK.key(context.texts.label(say.BACK), group, event_id),))
    if _mark(posts) != mark:
        context.edit(say.publish_flaw(context.texts, PublishFlaw.OTHER), back)
        return
    done = await service.publish(context.tx, event, posts, group.chat_id, person_of(context), context.now)
    if isinstance(done, PublishFlaw):
        context.edit(say.publish_flaw(context.texts, done), back)
        return
    _edit(context, done) if done.edited else _post_anew(context, event, done)
    context.edit(say.published(context.texts, event, edited=done.edited, again=bool(done.before)), back)


def _edit(context: Context, done: Published) -> None:
    """Change the texts that are others now, where they stand."""
    for before, now in zip(done.before, done.recap.posted, strict=True):
        if before.post == now.post or not now.message_ids:
            continue
        message, html = now.message_ids[0], now.post.html
        effect = (
            fx.EditCaption(now.chat_id, message, html) if now.post.files else fx.EditText(now.chat_id, message, html)
        )
        context.effects.put(effect, group_id=context.group.id)


def _post_anew(context: Context, event: Event, done: Published) -> None:
    """Post the recap in the topic of events, and take the former one away."""
    group = context.group
    for posted in done.before:
        for message_id in posted.message_ids or ():
            context.effects.put(fx.DeleteMessage(posted.chat_id, message_id), group_id=group.id)
    silent = group.quiet_until(context.now) is not None
    for place, posted in enumerate(done.recap.posted):
        effect = _effect(posted.post, group.chat_id, group.thread_for("events"), silent=silent)
        key = f"{group.id}:{event.id}:{done.recap.edition}:{place}"
        context.effects.put(effect, on_result=fx.OnResult(events.NAME, RESULT, key), group_id=group.id)


async def show_tapped(_update: Update, context: Context, event_id: int) -> None:
    """Show the recap by a button."""
    meant = await finding.picked(context, event_id)
    if meant is None:
        return
    recap = (await service.desk(context.tx, event_id)).recap
    context.toast_empty()
    show(context, meant.event, recap)


def show(context: Context, event: Event, recap: Recap) -> None:
    """Show what was published, where it was asked for; in its group lead to it, where there are links to messages."""
    link = _link(context.group, recap)
    if recap.published_at is None:
        context.reply(say.no_recap(context.texts, event))
    elif context.spoken.chat_id == context.group.chat_id and link is not None:
        context.reply(say.stands_there(context.texts, event, link))
    else:
        _post_here(context, [one.post for one in recap.posted])


def _link(group: Group, recap: Recap) -> str | None:
    first = recap.posted[0] if recap.posted else None
    if first is None or not first.message_ids or first.chat_id != group.chat_id or group.kind != "supergroup":
        return None
    return f"https://t.me/c/{str(group.chat_id).removeprefix('-100')}/{first.message_ids[0]}"


def _post_here(context: Context, posts: Sequence[Post]) -> None:
    spoken = context.spoken
    for post in posts:
        effect = _effect(post, spoken.chat_id, spoken.thread_id)
        context.effects.put(effect, priority=fx.Priority.ANSWER, group_id=context.group.id)


def _effect(
    post: Post, chat_id: int, thread_id: int | None, *, silent: bool = False
) -> fx.SendMessage | fx.SendMedia | fx.SendAlbum:
    if not post.files:
        return fx.SendMessage(chat_id, post.html, thread_id=thread_id, silent=silent)
    if len(post.files) == 1:
        file = post.files[0]
        media = fx.FileId(file.file_id)
        return fx.SendMedia(chat_id, _KINDS[file.kind], media, post.html, thread_id=thread_id, silent=silent)
    items = tuple(_album_item(file) for file in post.files)
    return fx.SendAlbum(chat_id, items, post.html, thread_id=thread_id, silent=silent)


def _album_item(file: File) -> fx.AlbumItem:
    match file.kind:
        case ItemKind.VIDEO:
            return fx.AlbumItem("video", file.file_id)
        case ItemKind.DOCUMENT:
            return fx.AlbumItem("document", file.file_id)
        case _:
            return fx.AlbumItem("photo", file.file_id)


def _mark(posts: Sequence[Post]) -> int:
    """Stand for just these messages."""
    return crc32(repr(posts).encode())


class Arrivals:
    """Learns what became of the messages of a recap, with what the composition root gave."""

    def __init__(self, reachable_of: ReachableOf) -> None:
        self._reachable_of = reachable_of

    async def run(self, scope: Scope, result: fx.SendResult) -> None:
        """Note where a message stands; tell the organiser if Telegram would not take it."""
        group_id, event_id, edition, place = map(int, result.key.split(":"))
        group = scope.group(group_id)
        if group is None:
            return
        ids: tuple[int, ...] = ()
        if isinstance(result, fx.Delivered):
            first = () if result.message_id is None else (result.message_id,)
            ids = tuple(map(int, result.value.split())) if result.value else first
        await service.arrived(scope.tx, group.id, event_id, edition, place, ids)
        found = await events.get(scope.tx, group.id, event_id)
        if not isinstance(result, fx.Refused) or found is None:
            return
        organiser = found[0].created_by
        if organiser in await self._reachable_of(scope.tx, [organiser]):
            texts = await scope.texts_of(organiser, group)
            scope.send(organiser, say.refused(texts, found[0], result.text))

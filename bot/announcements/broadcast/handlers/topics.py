"""``/announce topic …``, its button, and how names of topics are learned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements import service as core
from bot.announcements.broadcast.handlers import codes
from bot.announcements.broadcast.rules.topics import HERE, OFF, Naming, Topic, find, read, read_naming
from bot.announcements.broadcast.service import topics as service
from bot.announcements.broadcast.texts import topics as say
from bot.announcements.handlers import codes as core_codes
from bot.announcements.handlers.desk import PURPOSE, by_of
from bot.announcements.handlers.posting import TOPIC
from bot.announcements.handlers.work import done
from bot.announcements.rules.announcement import Announcement
from bot.announcements.texts import replies as say_core
from bot.kernel.ids import ThreadId
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg import effects as fx
    from bot.tg import envelope as env
    from bot.tg.context import Context, Scope

USUAL = 0
"""The thread in a button that stands for the group's usual topic."""


async def learn(scope: Scope, update: env.Update) -> None:
    """Keep the name of a topic that was opened or renamed."""
    message = update.message
    told = None if message is None else message.forum_topic_created or message.forum_topic_edited
    group = None if message is None else scope.group_in(message.chat.id)
    if message is None or told is None or told.name is None or group is None or message.message_thread_id is None:
        return
    await service.note(scope.tx, group.id, ThreadId(message.message_thread_id), told.name)


async def command(update: Update, context: Context) -> None:
    """``/announce topic News 12``, ``here 12`` in the topic itself, ``off 12``; with the number alone it asks."""
    group, typed = context.group, read(context.args_text)
    if not group.is_forum:
        raise Declined(say.no_forum(context.texts))
    naming = read_naming(context.args_text)
    if naming is not None:
        await _name(context, naming)
        return
    if typed.number is None:
        raise Declined(say.wanted(context.texts))
    if not typed.name:
        await _find(context, typed.number)
        await step_aside(context, PURPOSE)
        context.reply(*await _page(context, typed.number))
        return
    topic = await _named(update, context, typed.name)
    await _choose(context, typed.number, topic)
    context.reply(say.chosen(context.texts, typed.number, None if topic is None else topic.title))


async def _name(context: Context, naming: Naming) -> None:
    """Call a topic by the name that somebody gives it."""
    thread = naming.thread_id
    if thread is None:
        thread = None if context.private else context.spoken.thread_id
        if thread is None:
            raise Declined(say.not_here(context.texts))
    else:
        known = await service.known(context.tx, context.group.id)
        if all(topic.thread_id != thread for topic in known):
            raise Declined(say.unknown(context.texts, f"#{thread}", known))
    await service.note(context.tx, context.group.id, ThreadId(thread), naming.name)
    context.reply(say.named(context.texts, int(thread), naming.name))


async def _named(update: Update, context: Context, name: str) -> Topic | None:
    """Return the topic that is meant; None for the usual one.

    :raises Declined: if there is none of that name.
    """
    known = await service.known(context.tx, context.group.id)
    if name.casefold() in OFF:
        return None
    if name.casefold() in HERE:
        return await _here(update, context, known)
    found = find(known, name)
    if len(found) != 1:
        raise Declined(say.unknown(context.texts, name, known))
    return found[0]


async def _here(update: Update, context: Context, known: Sequence[Topic]) -> Topic:
    thread, message = context.spoken.thread_id, update.message
    if thread is None or context.private:
        raise Declined(say.not_here(context.texts))
    root = message.reply_to_message if message is not None else None
    if root is not None and root.forum_topic_created is not None:
        name = root.forum_topic_created.name
        await service.met(context.tx, [(context.group.id, thread, name)])
        known = [*(topic for topic in known if topic.name), Topic(thread, name)]
    return next((topic for topic in known if topic.thread_id == thread), Topic(thread, ""))


async def _choose(context: Context, number: int, topic: Topic | None) -> Announcement:
    value = None if topic is None else str(topic.thread_id)
    outcome = await core.set_option(context.tx, context.group.id, number, TOPIC, value, by_of(context), context.now)
    item = done(context, outcome)
    core_codes.changed(context.scope, item)
    return item


# Buttons


async def open_page(_update: Update, context: Context, number: int) -> None:
    """Ask for the topic, from the card of an announcement."""
    await _find(context, number)
    await step_aside(context, PURPOSE)
    context.reply(*await _page(context, number))


async def tap(_update: Update, context: Context, number: int, thread: int) -> None:
    """Choose a topic."""
    known = await service.known(context.tx, context.group.id)
    topic = next((topic for topic in known if topic.thread_id == thread), None)
    if topic is None and thread != USUAL:
        raise Declined(say.unknown(context.texts, f"#{thread}", known))
    await _choose(context, number, topic)
    context.edit(*await _page(context, number))


async def _page(context: Context, number: int) -> tuple[Html, fx.Keyboard]:
    item = await _find(context, number)
    texts, group, chosen = context.texts, context.group, item.options.get(TOPIC, "")
    known = await service.known(context.tx, group.id)
    keys = [
        codes.TOPIC.key(say.key(topic, on=chosen == str(topic.thread_id)), group, number, int(topic.thread_id))
        for topic in known
    ]
    usual = codes.TOPIC.key(say.default_key(texts, on=not chosen), group, number, USUAL)
    return say.ask(texts, number, known, group), (*column(keys, 2), (usual,))


async def _find(context: Context, number: int) -> Announcement:
    if not context.group.is_forum:
        raise Declined(say.no_forum(context.texts))
    item = await core.find(context.tx, context.group.id, number)
    if not isinstance(item, Announcement):
        raise Declined(say_core.refused(context.texts, item))
    return item


# On the card


def keys(texts: Texts, group: Group, item: Announcement) -> Sequence[fx.Key]:
    """Return the button below a draft: in forums only."""
    return [codes.TOPICS.key(texts.label(say.BUTTON), group, item.number)] if group.is_forum else []


async def lines(scope: Scope, group: Group, item: Announcement, texts: Texts) -> Sequence[Html]:
    """Say in which topic it appears, if one was chosen."""
    chosen = item.options.get(TOPIC, "")
    if not chosen or not group.is_forum:
        return []
    known = await service.known(scope.tx, group.id)
    return [say.line(texts, next((topic.title for topic in known if str(topic.thread_id) == chosen), None))]

"""For every command and form that names a person: who is it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kernel.ids import ANONYMOUS_ADMIN
from bot.members.identity import service, texts
from bot.members.identity.rules import ByChat, ById, ByPerson, Found, Mention, python_index, read_target, split_line
from bot.members.service import person_of
from bot.tg.forms import Asking, Problem, Question, Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.db.engine import Tx
    from bot.i18n import Html
    from bot.kernel.groups import Group
    from bot.kernel.ids import UserId
    from bot.members.identity.rules import Outcome, Target
    from bot.tg import envelope as env
    from bot.tg.context import Context


async def find_target(context: Context) -> tuple[Outcome, str]:
    """Return who is meant by a command (``/warn @x reason``, or as a reply), and the rest of its arguments."""
    message = context.spoken.update.message
    if message is None:
        return await resolve_target(context, None), context.args_text
    replied = None if context.private else author_answered(message)
    target, rest = split_line(message.words, context.args_text, mentions_in(message), replied)
    return await resolve_target(context, target), rest


async def member_named(tx: Tx, group: Group, message: env.Message, rest: str) -> UserId | None:
    """Return whom a command means before it is handled; None if that is nobody, or not one alone."""
    replied = None if message.chat.type == "private" else author_answered(message)
    target, _ = split_line(message.words, rest, mentions_in(message), replied)
    found = await service.resolve(tx, group, target, bot_id=0, bot_username="", actor_id=None)
    return found.user_id if isinstance(found, Found) else None


async def find_others(context: Context, rest: str, most: int) -> tuple[list[Outcome], str]:
    """Return who else is named by the rest of a line, one after another and one more than ``most`` at most, and what follows."""
    message = context.spoken.update.message
    found: list[Outcome] = []
    mentions = () if message is None else mentions_in(message)
    while message is not None and len(found) <= most:
        target, after = split_line(message.words, rest, mentions, None)
        if target is None:
            break
        found.append(await resolve_target(context, target))
        rest = after
    return found, rest


async def find_answer(context: Context, answer: str) -> Outcome:
    """Return who is meant by the answer to a :func:`person_question`."""
    target, _ = read_target(answer)
    return await resolve_target(context, target)


def person_question(
    key: str, label: str, prompt: Callable[[Asking], Html], when: Callable[[Asking], bool] = lambda _asking: True
) -> Question[str]:
    """Return a form's question for a person. Its answer is "@name" or a number, to be looked up at the end."""
    return Question(key, label, prompt, _parse, when=when)


def as_answer(user_id: int) -> str:
    """Return what a :func:`person_question` would answer for a person known already."""
    return str(user_id)


def _parse(asking: Asking, reply: Reply) -> str | Problem:
    if reply.user_id is not None:
        return as_answer(reply.user_id)
    target, rest = read_target(reply.text)
    if target is None or rest:
        return Problem(texts.how_to_name(asking.texts))
    return str(target.user_id) if isinstance(target, ById) else f"@{target.name}"


async def resolve_target(context: Context, target: Target | None) -> Outcome:
    """Find who is meant in the group, and what kind of target that is."""
    scope = context.scope
    return await service.resolve(
        context.tx,
        context.group,
        target,
        bot_id=scope.bot_id,
        bot_username=scope.bot_username,
        actor_id=context.actor.user_id,
    )


def mentions_in(message: env.Message) -> tuple[Mention, ...]:
    """Return the people whom a message mentions without an @name, each with the text that does."""
    entities = message.entities if message.text else message.caption_entities
    words = message.words
    return tuple(
        Mention(
            person_of(entity.user),
            python_index(words, entity.offset),
            python_index(words, entity.offset + entity.length),
        )
        for entity in entities or ()
        if entity.user is not None
    )


def author_answered(message: env.Message) -> ByPerson | ByChat | None:
    """Return who wrote the message that this one answers."""
    replied = message.reply_to_message
    # In a topic every message "answers" the one that opened the topic.
    if replied is None or (message.is_topic_message and replied.message_id == message.message_thread_id):
        return None
    chat = replied.sender_chat
    if chat is not None:
        return ByChat(chat.id, chat.title or "", anonymous=chat.id == message.chat.id)
    if replied.from_ is None:
        return None
    person = person_of(replied.from_)
    if person.user_id == ANONYMOUS_ADMIN:
        return ByChat(message.chat.id, message.chat.title or "", anonymous=True)
    return ByPerson(person)

"""Signing up in words, as an answer to the card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.events import service as events
from bot.events.handlers.board import person_of
from bot.events.handlers.offers import after_word
from bot.events.rules.event import NoSuchEvent
from bot.events.rules.outcomes import Suspended, TooMany, WrongTag
from bot.events.signing import service
from bot.events.signing.rules.rolls import entry_of, is_fresh
from bot.events.signing.rules.words import read_word
from bot.events.signing.texts import words as say
from bot.events.texts import answers
from bot.i18n import Html
from bot.tg import effects as fx
from bot.tg.access import is_anonymous_admin, is_channel, lacks
from bot.tg.capability import EVERYONE, CardView

if TYPE_CHECKING:
    from telegram import Update

    from bot.events.handlers.telling import Teller
    from bot.events.service import Tapped
    from bot.events.signing.handlers.asking import Questions
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope

ROLL: Final = "event.words"
"""The kind of the message that answers signing up in words.

It is a card: what is written within some minutes is answered by one message that is edited, so that a hundred people who write
"+1" at once cost the group a few messages, and the limits of Telegram nothing that the card itself needs.
"""


class Words:
    """Hears what is written as an answer to a card."""

    def __init__(self, teller: Teller, questions: Questions) -> None:
        self._teller = teller
        self._questions = questions

    async def answered(self, _update: Update, context: Context, key: str) -> bool:
        """Take a word, where the group has turned that on; False for all other talk."""
        message = context.spoken.update.message
        word = read_word(message.words) if message is not None else None
        if message is None or word is None or (is_channel(message) and not is_anonymous_admin(message)):
            return False
        found = await events.get(context.tx, context.group.id, int(key))
        if found is None or not (await events.house_of(context.tx, context.group.id)).words:
            return False
        if is_anonymous_admin(message):
            context.reply(say.anonymous(context.texts))
            return True
        if lacks(EVERYONE, context.standing, private=context.private) is not None:
            return False
        who, tag = person_of(context), context.standing.tag
        done = await service.say(context.tx, context.group, int(key), word, who, context.now, tag)
        if isinstance(done, NoSuchEvent):
            return False
        if done.changed:
            after_word(context.scope, done)
        await self._answer(context, done)
        return True

    async def _answer(self, context: Context, done: Tapped) -> None:
        further = await self._questions.after(context, done) if done.changed else None
        said = answers.tapped(context.texts, done.outcome)
        if context.private:
            context.reply(Html.escape(context.texts.flow(said, further or "")))
            return
        spoken, group = context.spoken, context.group
        entry = entry_of(context.actor.user_id, context.actor.name, done.outcome)
        enrolled = await service.enroll(context.tx, done.event.id, spoken.chat_id, spoken.thread_id, entry, context.now)
        if enrolled.past is not None:
            context.scope.cards.forget(ROLL, str(enrolled.past))
        if not enrolled.is_new:
            context.scope.cards.changed(ROLL, str(enrolled.roll.id))
        else:
            await context.scope.cards.post(
                ROLL,
                str(enrolled.roll.id),
                group,
                spoken.chat_id,
                thread_id=spoken.thread_id,
                reply_to=spoken.message_id,
                silent=group.quiet_until(context.now) is not None,
                priority=fx.Priority.ANSWER,
            )
        if isinstance(done.outcome, WrongTag | Suspended | TooMany):
            await self._tell_why(context, done.outcome)

    async def _tell_why(self, context: Context, bar: WrongTag | Suspended | TooMany) -> None:
        who = context.actor.user_id
        if who in await self._teller.reachable_of(context.tx, [who]):
            own = await context.scope.texts_of(who, context.group, context.actor.language_code)
            context.scope.send(who, Html.escape(answers.barred(own, bar)))


async def render(scope: Scope, group: Group, key: str, texts: Texts) -> CardView | None:
    """Draw the message that answers some words. What was said long ago is not said again in a chat the group moves to."""
    roll = await service.roll(scope.tx, int(key))
    if roll is None or not is_fresh(roll, scope.now):
        return None
    found = await events.get(scope.tx, group.id, roll.event_id)
    if found is None:
        return None
    return CardView(say.roll(texts, found[0], roll.entries))

"""``/submit``: a member hands something in, answers what a reviewer asks, or takes it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.announcements import service as core
from bot.announcements.handlers.desk import by_of
from bot.announcements.handlers.reading import album_of, content_of_reply, whole
from bot.announcements.rules.content import Content
from bot.announcements.submissions import service
from bot.announcements.submissions.handlers import cards, codes
from bot.announcements.submissions.rules import Act, Done, Refused, State, Submission
from bot.announcements.submissions.texts import member as say
from bot.announcements.submissions.texts import words
from bot.announcements.texts import words as core_words
from bot.tg.access import Declined
from bot.tg.albums import of_album
from bot.tg.aside import step_home
from bot.tg.buttons import rows
from bot.tg.capability import EVERYONE
from bot.tg.forms import Asking, Form, Problem, Question, Reply
from bot.tg.forms.questions import ask_integer
from bot.tg.forms.reading import reply_of, with_album
from bot.tg.reading import answered_by, file_of, written

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Message, Update

    from bot.announcements.submissions.handlers.telling import Telling
    from bot.i18n import Html
    from bot.tg.albums import Album
    from bot.tg.context import Context
    from bot.tg.effects import Keyboard


def done(context: Context, outcome: Done | Refused) -> Submission:
    """Return what was changed.

    :raises Declined: with the reason, where nothing was.
    """
    if isinstance(outcome, Done):
        return outcome.item
    raise Declined(say.refused(context.texts, outcome))


@dataclass(frozen=True, slots=True)
class Handing:
    """The handlers of the member."""

    telling: Telling

    # Handing in

    async def command(self, update: Update, context: Context) -> None:
        """``/submit <text>``, with a file, or in reply to one's own message; bare it asks."""
        message = update.message
        content = None if message is None else _own_content(context, message)
        if content is None or message is None:
            await self._ask(context)
            return
        album = album_of(message) if content.kind else None
        answered = answered_by(message)
        bearer = () if answered is None or context.args_text or file_of(message) else (answered.message_id,)
        await self._take(context, await whole(context.tx, content, album), album, bearer)

    async def tap(self, _update: Update, context: Context) -> None:
        """Ask for it, after a tap."""
        context.toast_empty()
        await self._ask(context)

    async def _ask(self, context: Context) -> None:
        refusal = await service.may_hand_in(context.tx, context.group, context.actor.user_id, context.now)
        if refusal is not None:
            raise Declined(say.refused(context.texts, refusal))
        await step_home(context)
        await context.start_form(codes.FORM)

    async def finish(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Hand in what the form asked for."""
        message = context.spoken.update.message
        album = None if message is None or message.media_group_id is None else (message.chat.id, message.media_group_id)
        await self._take(context, answers["content"], album)

    async def _take(
        self, context: Context, content: Content, album: Album | None, bearer: tuple[int, ...] = ()
    ) -> None:
        scope, group, spoken = context.scope, context.group, context.spoken
        openly = spoken.chat_id == group.chat_id
        messages: set[int] = set()
        if openly and spoken.message_id is not None:
            parts = [] if album is None else await of_album(context.tx, *album)
            messages = {spoken.message_id, *bearer, *(part.message_id for part in parts)}
        outcome = await service.hand_in(
            context.tx,
            group,
            content,
            by_of(context),
            context.standing.tag,
            context.now,
            messages=tuple(sorted(messages)),
        )
        item = done(context, outcome)
        if context.private:
            await self.telling.present(scope, group, item, context.spoken.chat_id, None, codes.OWN_CARD)
        else:
            keys = cards.own_chat(scope, group, context.texts) if openly else None
            context.reply(say.received(context.texts, item), keys)
        await self.telling.show(scope, group, item)

    # Answering

    async def ask_answer(self, _update: Update, context: Context, number: int) -> None:
        """Ask for the answer, after a tap."""
        found = await service.can(context.tx, context.group.id, number, Act.ANSWER, context.actor.user_id)
        if not isinstance(found, Submission):
            raise Declined(say.refused(context.texts, found))
        context.toast_empty()
        await step_home(context)
        await context.start_form(codes.FORM_ANSWER, {"number": number})

    async def finish_answer(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Keep the answer that the form asked for."""
        await self._answer(context, answers["number"], answers["content"])

    async def answered(self, update: Update, context: Context, key: str) -> bool:
        """Take a reply to the card that asks as the answer."""
        item = await service.get(context.tx, int(key))
        reply = None if update.message is None else reply_of(update.message, context.scope.answers)
        if item is None or reply is None or item.user_id != context.actor.user_id or item.state is not State.ASKED:
            return False
        await self._answer(context, item.number, content_of_reply(await with_album(context.tx, reply)))
        return True

    async def heard(self, _update: Update, context: Context) -> bool:
        """Say how a question is answered, where somebody just writes in private and one waits for their answer."""
        item = await service.asked(context.tx, context.actor.user_id)
        group = None if item is None else context.scope.group(item.group_id)
        if item is None or group is None or not group.active:
            return False
        texts = await context.scope.texts_of(context.actor.user_id, group, context.actor.language_code)
        key = codes.ANSWER.key(texts.label(words.ANSWER), group, item.number)
        context.reply(say.how_to_answer(texts, item, group), rows((key,)))
        return True

    async def _answer(self, context: Context, number: int, content: Content) -> None:
        scope, group = context.scope, context.group
        outcome = await service.answer(context.tx, group.id, number, content, by_of(context), context.now)
        item = done(context, outcome)
        codes.changed(scope, item)
        key = codes.USE.key(context.texts.label(words.USE), group, number)
        context.reply(say.answered(context.texts, item), rows((key,)))
        await self.telling.show(scope, group, item)

    async def use(self, _update: Update, context: Context, number: int) -> None:
        """Take the answer as the new text."""
        outcome = await service.use(context.tx, context.group.id, number, by_of(context), context.now)
        item = done(context, outcome)
        codes.changed(context.scope, item)
        context.toast(say.replaced(context.texts, item))

    # Taking back

    async def take_back(self, _update: Update, context: Context, number: int) -> None:
        """Take it back, as long as nobody has decided."""
        outcome = await service.take_back(context.tx, context.group.id, number, by_of(context), context.now)
        item = done(context, outcome)
        codes.changed(context.scope, item)
        context.toast(say.taken_back(context.texts, item))

    # Forms

    def forms(self) -> tuple[Form[Any], ...]:
        """Return the member's forms."""
        return (
            Form(
                codes.FORM,
                words.FORM_TITLE,
                (_content(words.CONTENT, lambda asking: say.ask_content(asking.texts, asking.group)),),
                self.finish,
                keys=_menu,
            ),
            Form(
                codes.FORM_ANSWER,
                words.FORM_ANSWER_TITLE,
                (_number(), _content(words.ANSWER_LABEL, lambda asking: say.ask_answer(asking.texts))),
                self.finish_answer,
                EVERYONE,
            ),
        )


def _own_content(context: Context, message: Message) -> Content | None:
    """Read what somebody hands in: the command's own words and file, else those of the message of theirs it answers."""
    answered = answered_by(message)
    author = None if answered is None or answered.sender_chat is not None else answered.from_user
    if answered is None or (author is not None and author.id == context.actor.user_id):
        html, media = written(message, context.args_text)
    else:
        html, media = str(context.args_html) if context.args_text else "", file_of(message)
        if not html and media is None:
            raise Declined(say.not_own(context.texts))
    if not html and media is None:
        return None if answered is None else Content("")
    return Content(html) if media is None else Content(html, *media)


def _number() -> Question[int]:
    # Always preset: the button that starts the form names the submission.
    return ask_integer("number", words.NUMBER, lambda asking: asking.texts.gettext(words.NUMBER), 1)


def _content(label: str, prompt: Callable[[Asking], Html]) -> Question[Content]:
    return Question("content", label, prompt, _parse, Content, takes_album=True, show=_show)


def _parse(asking: Asking, reply: Reply) -> Content | Problem:
    content = content_of_reply(reply)
    problem = core.problem_of(content)
    return content if problem is None else Problem(say.refused(asking.texts, problem))


def _show(asking: Asking, value: Content) -> Html:
    return core_words.shown(asking.texts, value)


def _menu(asking: Asking) -> Keyboard:
    if asking.group is None:
        return ()
    return rows((codes.MINE.key(asking.texts.label(words.MINE), asking.group, 1),))

"""PTB's ``Application``, made to serve turns: errors surface, nothing runs behind our back, nothing is remembered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, ExtBot

from bot.kernel.ids import ChatId, MessageId, ThreadId, UserId
from bot.tg import envelope as env
from bot.tg.context import Actor, Context, Scope, Spoken

if TYPE_CHECKING:
    from telegram.request import BaseRequest

    from bot.tg.forms.engine import FormEngine
    from bot.tg.whole_albums import WholeAlbums


class TurnApplication(Application[ExtBot[None], Context, None, None, None, None]):
    """Handles one update at a time, inside a turn; ``spoken`` is set by the turn before each."""

    spoken: Spoken
    forms: FormEngine
    albums: WholeAlbums | None = None

    async def process_error(self, *_args: Any, error: Exception | None = None, **_kwargs: Any) -> bool:
        """Let a handler's exception through: PTB would swallow it, and the savepoint would be kept.

        :raises Exception: what the handler raised.
        """
        raise error if error is not None else RuntimeError("a handler failed")

    def update_of(self, raw: bytes) -> Update:
        """Build PTB's update from its JSON.

        :raises ValueError: if PTB cannot read it.
        """
        update = Update.de_json(json.loads(raw), self.bot)
        if update is None:
            raise ValueError("not an update")
        return update

    def spoken_of(self, raw: bytes, scope: Scope, update: env.Update | None = None) -> Spoken:
        """Say who speaks where, from the update's JSON."""
        decoded = update if update is not None else env.decode(raw)
        speaker = decoded.speaker
        chat = decoded.chat
        actor = (
            Actor(UserId(speaker.id), speaker.name, speaker.username, speaker.language_code)
            if speaker is not None
            else Actor(UserId(0), "")
        )
        query = decoded.callback_query
        message = query.message if query is not None else decoded.message
        thread = message.message_thread_id if message is not None and message.is_topic_message else None
        private = chat is None or chat.type == "private"
        chat_id = ChatId(chat.id if chat is not None else actor.user_id)
        return Spoken(
            scope=scope,
            actor=actor,
            chat_id=chat_id,
            private=private,
            update=decoded,
            message_id=MessageId(message.message_id) if message is not None else None,
            thread_id=ThreadId(thread) if thread is not None else None,
            group=None if private else scope.ports.groups.by_chat(chat_id),
            raw=raw,
            callback_id=query.id if query is not None else None,
        )


def make_bot(token: str, api_base_url: str, request: BaseRequest, poll_request: BaseRequest) -> ExtBot[None]:
    """Make PTB's bot on our request class, for any Bot API server."""
    base = api_base_url.rstrip("/")
    return ExtBot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=request,
        get_updates_request=poll_request,
    )


def make_application(bot: ExtBot[None]) -> TurnApplication:
    """Make the application without updater, job queue and persistence."""
    builder: Any = ApplicationBuilder()
    application = (
        builder.application_class(TurnApplication)
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .concurrent_updates(False)
        .context_types(ContextTypes(context=Context))
        .build()
    )
    if not isinstance(application, TurnApplication):
        raise TypeError(type(application))
    return application

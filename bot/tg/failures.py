"""What is kept of an update or a job that failed, and what the speaker is told."""

from __future__ import annotations

import secrets
import traceback
from typing import TYPE_CHECKING

from bot.i18n import SOURCE_LOCALE, Html, Texts, texts_for
from bot.tg import effects as fx
from bot.tg import texts as say
from bot.tg.turn_store import Failure

if TYPE_CHECKING:
    from datetime import datetime

    from bot.tg.batch import Odd
    from bot.tg.context import Spoken


def failure_of(now: datetime, label: str, raw: bytes | None, error: Exception) -> Failure:
    """Return what is kept of an exception, under a new error id."""
    trace = "".join(traceback.format_exception(error))
    return Failure(secrets.token_hex(4), now, label, raw, repr(error), trace)


def unreadable(now: datetime, odd: Odd) -> Failure:
    """Return what is kept of an update that cannot be read."""
    return Failure(secrets.token_hex(4), now, "unreadable update", odd.raw, odd.error, "")


def tell(spoken: Spoken, error_id: str) -> None:
    """Tell the speaker that it failed, and the id to ask about."""
    texts = _texts_for(spoken)
    if spoken.callback_id is not None:
        effect: fx.AnyEffect = fx.AnswerCallback(
            spoken.callback_id, say.failed_toast(texts, error_id)[:200], alert=True
        )
    else:
        effect = fx.SendMessage(
            spoken.chat_id,
            str(say.failed(texts, error_id)),
            thread_id=spoken.thread_id,
            silent=spoken.scope.is_quiet(spoken.chat_id),
        )
    spoken.scope.effects.put(effect, priority=fx.Priority.ANSWER)


def refuse(spoken: Spoken, html: Html) -> None:
    """Tell the speaker why what they asked is declined."""
    if spoken.callback_id is not None:
        effect: fx.AnyEffect = fx.AnswerCallback(spoken.callback_id, html.striptags()[:200], alert=True)
    else:
        if spoken.names_group and spoken.group is not None:
            html = say.with_group(spoken.texts, html, spoken.group.title)
        effect = fx.SendMessage(
            spoken.chat_id,
            str(html),
            thread_id=spoken.thread_id,
            reply_to=None if spoken.private else spoken.message_id,
            silent=spoken.scope.is_quiet(spoken.chat_id),
        )
    spoken.scope.effects.put(effect, priority=fx.Priority.ANSWER)


def _texts_for(spoken: Spoken) -> Texts:
    if not spoken.private and spoken.group is not None:
        return spoken.scope.texts(spoken.group)
    if spoken.texts.locale != SOURCE_LOCALE:
        return spoken.texts
    code = spoken.actor.language_code or SOURCE_LOCALE
    return texts_for("zh_Hans" if code.startswith("zh") else SOURCE_LOCALE, "UTC")

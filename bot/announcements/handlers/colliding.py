"""Words that begin an announcement as well as a command: the text is never lost without a sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.announcements.rules.typed import holds_number
from bot.announcements.texts import replies as say
from bot.tg.access import Declined
from bot.tg.reading import file_of

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.capability import Command, Handler
    from bot.tg.context import Context

_TAKE_FILES: Final = frozenset({"at", "every", "recurring", "to", "edit"})
"""The words behind which a text or a file may stand."""
_LISTS: Final = frozenset({"list", "recurring", "to", "settings", "status", "shares"})
"""The words that are whole commands by themselves."""


def careful(command: Command) -> Command:
    """Return a command of ``/announce`` that says how to announce a text or file which begins with its word."""
    if command.name != "announce" or command.sub is None:
        return command
    return replace(command, run=_careful(command.run, command.sub))


def _careful(run: Handler, sub: str) -> Handler:
    async def wrapped(update: Update, context: Context) -> None:
        message = update.message
        written = "" if message is None else message.text or message.caption or ""
        word = next(iter(written.split()[1:2]), sub) if written.startswith("/") else sub
        if message is not None and file_of(message) is not None and sub not in _TAKE_FILES:
            raise Declined(say.no_file_here(context.texts, word))
        typed = context.args_text
        try:
            await run(update, context)
        except Declined as declined:
            if not typed or holds_number(typed) or ("|" in typed and sub in _TAKE_FILES):
                raise
            raise Declined(context.texts.flow(declined.text, say.begins_with(context.texts, word))) from declined
        if written.startswith("/") and not typed and sub not in _LISTS:
            context.reply(say.begins_with(context.texts, word))

    return wrapped

"""A command line as it was typed: name, addressed bot, the rest in plain text and with its formatting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from telegram import Message, MessageEntity

from bot.i18n import Html

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>\w+))?(?:\s+|$)(?P<rest>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CommandLine:
    """``/name@bot rest``; ``rest`` is stripped."""

    name: str
    bot: str | None
    rest: str


def read_line(message: Message) -> CommandLine | None:
    """Read the command a text or caption begins with."""
    match = _LINE.fullmatch(message.text or message.caption or "")
    if match is None:
        return None
    return CommandLine(match["name"].casefold(), match["bot"], match["rest"].strip())


def html_of_tail(message: Message, tail: str) -> Html:
    """Return the last part of a message, given as plain text, with its formatting.

    ``tail`` must be what the text ends with, but for white space at the end.
    """
    text = (message.text or message.caption or "").rstrip()
    entities = message.entities if message.text else message.caption_entities
    tail = tail.rstrip()
    if not tail or not text.endswith(tail):
        return Html.escape(tail)
    start = _units(text[: len(text) - len(tail)])
    part = Message(
        message_id=message.message_id,
        date=message.date,
        chat=message.chat,
        text=tail,
        entities=_cut(entities, start, _units(tail)),
    )
    return Html(part.text_html)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _cut(entities: Sequence[MessageEntity], start: int, length: int) -> list[MessageEntity]:
    """Return the entities that lie, at least in part, in the stretch, with offsets from its start."""
    kept = []
    for entity in entities:
        begin = max(entity.offset - start, 0)
        end = min(entity.offset + entity.length - start, length)
        if end > begin and entity.type != MessageEntity.BOT_COMMAND:
            # PTB writes these two into attributes as they are.
            attributes = {
                name: escape(value) for name in ("url", "language") if (value := getattr(entity, name)) is not None
            }
            data = entity.to_dict() | {"offset": begin, "length": end - begin} | attributes
            kept.append(MessageEntity.de_json(data, None))
    return kept

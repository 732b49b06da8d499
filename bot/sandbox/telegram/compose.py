"""Texts with their entities: as people type them and as bots mark them up."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.telegram.entities import (
    EntityError,
    detect,
    merge,
    normalise,
    parse_html,
    parse_markdown_v2,
    trim,
    utf16_len,
)
from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.views import user_view
from bot.sandbox.telegram.world import World

_TYPED_MENTION = re.compile(r"\[([^\]\n]+)\]\(tg://user\?id=(\d+)\)")
_USER_LINK = re.compile(r"tg://user\?id=(\d+)/?$")
_ENTITY_FIELDS = {
    "type", "offset", "length", "url", "user", "language", "custom_emoji_id", "unix_time", "date_time_format"
}  # fmt: skip

Entities = list[dict[str, Any]]


def typed(world: World, text: str, marked: Entities | None = None) -> tuple[str, Entities]:
    """Read what a person typed; ``[Name](tg://user?id=1)`` is a mention of somebody without a @name."""
    out, entities, done = "", list(marked or []), 0
    for found in _TYPED_MENTION.finditer(text):
        user = world.user(int(found[2]))
        if user is None:
            continue
        out += text[done : found.start()]
        name = found[1]
        entities.append(
            {"type": "text_mention", "offset": utf16_len(out), "length": utf16_len(name), "user": user_view(user)}
        )
        out += name
        done = found.end()
    out += text[done:]
    return out, merge(normalise(entities), detect(out))


def marked_up(
    world: World, bot_id: int, text: str, parse_mode: str | None, given: Entities | None
) -> tuple[str, Entities]:
    """Read what a bot wrote: its markup or its own entities, plus what Telegram finds by itself.

    :raises ApiError: on bad markup, in Telegram's words.
    """
    text = text.replace("\0", "").replace("\r", "")
    try:
        plain, entities = _parsed(text, parse_mode, given)
    except EntityError as error:
        raise bad_request(str(error)) from error
    entities = [kept for entity in entities if (kept := _mention(world, bot_id, entity)) is not None]
    return plain, merge(entities, detect(plain))


def _parsed(text: str, parse_mode: str | None, given: Entities | None) -> tuple[str, Entities]:
    match (parse_mode or "").lower():
        case "":
            return trim(text, normalise(_checked(given or [], utf16_len(text))))
        case "html":
            return parse_html(text)
        case "markdownv2":
            return parse_markdown_v2(text)
        case _:
            raise bad_request("unsupported parse_mode")


def _checked(given: Entities, length: int) -> Entities:
    entities = []
    for entity in given:
        if not isinstance(entity.get("type"), str):
            raise bad_request("can't parse MessageEntity: Object expected")
        start, size = int(entity.get("offset", 0)), int(entity.get("length", 0))
        if start < 0 or start + size > length:
            raise bad_request("entity beyond the end of the text")
        entities.append({key: value for key, value in entity.items() if key in _ENTITY_FIELDS})
    return entities


def _mention(world: World, bot_id: int, entity: dict[str, Any]) -> dict[str, Any] | None:
    """Turn a link to a user into a text mention if the bot knows them, and drop it if it does not."""
    user_id = None
    if entity["type"] == "text_link" and (found := _USER_LINK.match(entity["url"])):
        user_id = int(found[1])
    elif entity["type"] == "text_mention":
        user_id = int(entity.get("user", {}).get("id", 0))
    if user_id is None:
        return entity
    user = world.user(user_id)
    if user is None or not world.knows(bot_id, user_id):
        return None
    kept = {key: entity[key] for key in ("offset", "length")}
    return {"type": "text_mention", **kept, "user": user_view(user)}

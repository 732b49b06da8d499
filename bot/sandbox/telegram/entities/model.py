"""What an entity is, how entities order and exclude each other, and which links are links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

Entity = dict[str, Any]

# Outermost first: where two entities cover the same text, the one that stands earlier here encloses the other.
_ORDER = (
    "blockquote",
    "expandable_blockquote",
    "pre",
    "code",
    "text_link",
    "text_mention",
    "date_time",
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "custom_emoji",
)
_RANK = {name: place for place, name in enumerate(_ORDER)}
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
MONO = frozenset({"code", "pre"})
_WHOLE = MONO | {"text_link", "text_mention"}
_STYLES = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_SEALED = _WHOLE | {"custom_emoji", "date_time"}

_SCHEME = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*):", re.IGNORECASE)
_LINK_SCHEMES = frozenset({"http", "https", "tg", "ton", "mailto", "tel"})


class EntityError(ValueError):
    """Markup that Telegram refuses; the text is Telegram's, without ``Bad Request:``."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"can't parse entities: {reason}")


def utf16_len(text: str) -> int:
    """Count UTF-16 code units, Telegram's unit for offsets and lengths."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def byte_offset(text: str, index: int) -> int:
    """Return how many UTF-8 bytes stand before ``text[index]``: what Telegram's complaints count in."""
    return len(text[:index].encode("utf-8", "surrogatepass"))


def order_key(entity: Entity) -> tuple[int, int, int]:
    """Sort by place, the enclosing entity first."""
    return entity["offset"], -entity["length"], _RANK.get(entity["type"], len(_ORDER))


def end_of(entity: Entity) -> int:
    """Return the offset just behind an entity."""
    return int(entity["offset"]) + int(entity["length"])


def _overlap(one: Entity, other: Entity) -> bool:
    return bool(one["offset"] < end_of(other) and other["offset"] < end_of(one))


def _keep_first(entities: Iterable[Entity], rivals: Iterable[Entity] = ()) -> list[Entity]:
    """Of entities that may not overlap keep the first in order, and none that overlaps a rival."""
    kept: list[Entity] = []
    taken = list(rivals)
    for entity in sorted(entities, key=order_key):
        if not any(_overlap(entity, other) for other in taken):
            kept.append(entity)
            taken.append(entity)
    return kept


def _united(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _cut(span: tuple[int, int], holes: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start, end = span
    for left, right in holes:
        if right <= start or left >= end:
            continue
        if start < left:
            yield start, left
        start = max(start, right)
    if start < end:
        yield start, end


def normalise(entities: Iterable[Entity]) -> list[Entity]:
    """Put entities in Telegram's order: styles united and kept out of code, links and code never overlapping."""
    given = [entity for entity in entities if entity["length"] > 0]
    quotes = _keep_first(e for e in given if e["type"] in _QUOTES)
    whole = _keep_first(e for e in given if e["type"] in _WHOLE)
    mono = [e for e in whole if e["type"] in MONO]
    emoji = _keep_first((e for e in given if e["type"] == "custom_emoji"), mono)
    dates = _keep_first((e for e in given if e["type"] == "date_time"), mono)
    known = _QUOTES | _SEALED | _STYLES
    others = _keep_first((e for e in given if e["type"] not in known), [*whole, *dates])
    holes = sorted((e["offset"], end_of(e)) for e in mono)
    styles = [
        {"type": style, "offset": start, "length": end - start}
        for style in _STYLES
        for span in _united((e["offset"], end_of(e)) for e in given if e["type"] == style)
        for start, end in _cut(span, holes)
    ]
    return sorted([*quotes, *whole, *emoji, *dates, *others, *styles], key=order_key)


def merge(explicit: list[Entity], detected: list[Entity]) -> list[Entity]:
    """Add what was detected in the text to what the sender marked; inside code and links nothing is detected."""
    sealed = [e for e in explicit if e["type"] not in _QUOTES | _STYLES]
    return sorted([*explicit, *_keep_first(detected, sealed)], key=order_key)


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Strip outer white space as Telegram does: at the start only as far as the first entity."""
    bare = text.rstrip()
    limit = min((e["offset"] for e in entities), default=len(bare))
    start = 0
    while start < min(limit, len(bare)) and bare[start] in " \n\t\r":
        start += 1
    bare, total = bare[start:], utf16_len(bare)
    moved = []
    for entity in entities:
        length = min(end_of(entity), total) - entity["offset"]
        if length > 0:
            moved.append({**entity, "offset": entity["offset"] - start, "length": length})
    return bare, moved


def checked_link(url: str) -> str | None:
    """Return a link as Telegram stores it, or ``None`` if it is none (the text then stays plain)."""
    link = url.strip()
    if not link or any(char.isspace() or ord(char) < 32 for char in link):
        return None
    found = _SCHEME.match(link)
    scheme = found["scheme"].lower() if found else ""
    if found is None or (scheme not in _LINK_SCHEMES and re.match(r"\d", link[found.end() :])):
        link, scheme = f"http://{link}", "http"
    if scheme not in _LINK_SCHEMES:
        return None
    if scheme in {"http", "https"}:
        return _web_link(link)
    return link


def _web_link(link: str) -> str | None:
    parts = re.fullmatch(r"(?i)(https?)://([^/?#]+)([/?#].*)?", link)
    if parts is None or ("." not in parts[2] and not parts[2].lower().startswith("localhost")):
        return None
    rest = parts[3] or ""
    return f"{parts[1].lower()}://{parts[2]}{rest if rest.startswith('/') else '/' + rest}"


def time_format(value: str) -> str:
    """Check the format of a date-time entity."""
    if re.fullmatch(r"r|w?[dD]?[tT]?", value) is None:
        raise EntityError("Invalid date-time format specified")
    return value


def finish(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Order what a parser found and strip the outer white space."""
    clean = [{key: value for key, value in e.items() if not key.startswith("_")} for e in normalise(entities)]
    return trim(text, clean)

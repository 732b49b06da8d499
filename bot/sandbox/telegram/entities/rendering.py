"""Text and entities as HTML that is safe to show."""

from __future__ import annotations

from html import escape
from itertools import pairwise

from bot.sandbox.telegram.entities.model import Entity, checked_link, end_of, order_key

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "blockquote": "blockquote",
}
_FOUND = frozenset({"mention", "hashtag", "cashtag", "bot_command"})


def _tags(entity: Entity, covered: str) -> tuple[str, str]:
    """Return the opening and the closing markup of one entity; every value in it is escaped."""
    kind = entity["type"]
    if kind in _TAGS:
        return f"<{_TAGS[kind]}>", f"</{_TAGS[kind]}>"
    if kind in _FOUND:
        return f'<a class="{kind}">', "</a>"
    if kind in _VALUED:
        return _VALUED[kind](entity)
    link = _href(entity, covered)
    return (f'<a href="{escape(link)}">', "</a>") if link else ("", "")


def _pre(entity: Entity) -> tuple[str, str]:
    language = entity.get("language")
    return (f'<pre><code class="language-{escape(language)}">', "</code></pre>") if language else ("<pre>", "</pre>")


def _emoji(entity: Entity) -> tuple[str, str]:
    return f'<tg-emoji emoji-id="{escape(str(entity["custom_emoji_id"]))}">', "</tg-emoji>"


def _time(entity: Entity) -> tuple[str, str]:
    form = entity.get("date_time_format")
    shown = f' format="{escape(form)}"' if form else ""
    return f'<tg-time unix="{int(entity["unix_time"])}"{shown}>', "</tg-time>"


_VALUED = {
    "expandable_blockquote": lambda _: ("<blockquote expandable>", "</blockquote>"),
    "pre": _pre,
    "custom_emoji": _emoji,
    "date_time": _time,
}


def _href(entity: Entity, covered: str) -> str | None:
    kind = entity["type"]
    if kind == "text_mention":
        return f"tg://user?id={int(entity['user']['id'])}"
    if kind == "email":
        return checked_link(f"mailto:{covered}")
    if kind == "url":
        return checked_link(covered)
    return checked_link(entity.get("url", "")) if kind == "text_link" else None


def to_html(text: str, entities: list[Entity]) -> str:
    """Write text and entities as HTML that is safe to show: only known tags, known link schemes, escaped values."""
    units = text.encode("utf-16-le", "surrogatepass")
    total = len(units) // 2
    spans = [(max(0, e["offset"]), min(end_of(e), total), e) for e in sorted(entities, key=order_key)]
    spans = [span for span in spans if span[0] < span[1]]
    points = sorted({0, total, *(p for start, end, _ in spans for p in (start, end))})
    out: list[str] = []
    stack: list[tuple[int, tuple[str, str]]] = []
    for left, right in pairwise(points):
        stack = _turn(stack, spans, left, units, out)
        out.append(escape(_slice(units, left, right)))
    out.extend(closing for _, (_, closing) in reversed(stack))
    return "".join(out)


def _slice(units: bytes, start: int, end: int) -> str:
    return units[start * 2 : end * 2].decode("utf-16-le", "replace")


def _turn(
    stack: list[tuple[int, tuple[str, str]]],
    spans: list[tuple[int, int, Entity]],
    at: int,
    units: bytes,
    out: list[str],
) -> list[tuple[int, tuple[str, str]]]:
    """Close and open tags at one point, so that tags nest even where entities cross."""
    wanted = [i for i, (start, end, _) in enumerate(spans) if start <= at < end]
    same = 0
    while same < min(len(stack), len(wanted)) and stack[same][0] == wanted[same]:
        same += 1
    out.extend(closing for _, (_, closing) in reversed(stack[same:]))
    stack = stack[:same]
    for index in wanted[same:]:
        start, end, entity = spans[index]
        tags = _tags(entity, _slice(units, start, end))
        out.append(tags[0])
        stack.append((index, tags))
    return stack

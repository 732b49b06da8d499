"""Telegram's HTML, read."""

from __future__ import annotations

import re

from bot.sandbox.telegram.entities.model import (
    MONO,
    Entity,
    EntityError,
    byte_offset,
    checked_link,
    finish,
    time_format,
    utf16_len,
)

_HTML_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-time": "date_time",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d{1,8})|#[xX]([0-9a-fA-F]{1,6}));?")


def _character(found: re.Match[str]) -> str:
    if found[1]:
        return _NAMED[found[1]]
    code = int(found[2]) if found[2] else int(found[3], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else found[0]


def _decoded(text: str) -> str:
    return _REFERENCE.sub(_character, text)


class _Open:
    """A tag that waits for its end."""

    def __init__(self, tag: str, values: dict[str, str], start: int, position: int) -> None:
        self.tag = tag
        self.values = values
        self.start = start
        self.position = position


class _Html:
    """One pass over HTML markup."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.out: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        source = self.source
        while self.at < len(source):
            found = source.find("<", self.at)
            stop = len(source) if found < 0 else found
            self._emit(_decoded(source[self.at : stop]))
            self.at = stop
            if found >= 0:
                self._end_tag() if source.startswith("</", stop) else self._start_tag()
        if self.open:
            raise EntityError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.out), self.entities

    def _emit(self, text: str) -> None:
        self.out.append(text)
        self.length += utf16_len(text)

    def _where(self, index: int) -> str:
        return f"at byte offset {byte_offset(self.source, index)}"

    def _start_tag(self) -> None:
        begin = self.at
        found = re.compile(r"<([^\s>]*)").match(self.source, begin)
        tag = found[1].lower() if found else ""
        self.at = found.end() if found else begin + 1
        if self.at >= len(self.source):
            raise EntityError(f"Unclosed start tag {self._where(begin)}")
        if tag not in _HTML_TYPES:
            raise EntityError(f'Unsupported start tag "{tag}" {self._where(begin)}')
        values = self._attributes(tag, begin)
        if tag == "span" and values.get("class") != "tg-spoiler":
            raise EntityError(f'Tag "span" must have class "tg-spoiler" {self._where(begin)}')
        self.open.append(_Open(tag, values, self.length, begin))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        values: dict[str, str] = {}
        pattern = re.compile(r"\s*([^\s=>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
        close = re.compile(r"\s*>")
        while True:
            end = close.match(self.source, self.at)
            if end:
                self.at = end.end()
                return values
            found = pattern.match(self.source, self.at)
            if found is None or found.end() >= len(self.source):
                raise self._broken(tag, begin)
            value = next((group for group in found.groups()[1:] if group is not None), "")
            values[found[1].lower()] = _decoded(value)
            self.at = found.end()

    def _broken(self, tag: str, begin: int) -> EntityError:
        nameless = re.compile(r"\s*=\s*(?![\s\"'])").match(self.source, self.at)
        if nameless and nameless.end() < len(self.source):
            return EntityError(f'Empty attribute name in the tag "{tag}" {self._where(begin)}')
        return EntityError(f'Unclosed start tag "{tag}" {self._where(begin)}')

    def _end_tag(self) -> None:
        begin = self.at
        stop = self.source.find(">", begin)
        if stop < 0:
            raise EntityError(f"Unclosed end tag {self._where(begin)}")
        name = self.source[begin + 2 : stop].strip().lower()
        self.at = stop + 1
        if not self.open:
            raise EntityError(f"Unexpected end tag {self._where(begin)}")
        last = self.open.pop()
        if name and name != last.tag:
            raise EntityError(f'Unmatched end tag {self._where(begin)}, expected "</{last.tag}>", found "</{name}>"')
        length = self.length - last.start
        if length > 0:
            self._close(last, {"type": _HTML_TYPES[last.tag], "offset": last.start, "length": length})

    def _close(self, opened: _Open, entity: Entity) -> None:
        values = opened.values
        if opened.tag == "a":
            url = checked_link(values.get("href") or self._text_since(opened.start))
            if url is None:
                return
            entity["url"] = url
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = self._number(
                values.get("emoji-id"), "Invalid custom emoji identifier specified"
            )
        elif opened.tag == "tg-time":
            entity["unix_time"] = int(self._number(values.get("unix"), "Invalid date-time specified"))
            if values.get("format"):
                entity["date_time_format"] = time_format(values["format"])
        elif opened.tag == "blockquote" and "expandable" in values:
            entity["type"] = "expandable_blockquote"
        elif opened.tag in MONO:
            self._mono(opened, entity)
        self.entities.append(entity)

    def _mono(self, opened: _Open, entity: Entity) -> None:
        """Join ``<pre><code class="language-x">``, whichever closes last, into one ``pre`` with its language."""
        if opened.tag == "code":
            name = opened.values.get("class", "")
            if name.startswith("language-") and self.open and self.open[-1].tag == "pre":
                entity["_language"] = name.removeprefix("language-")
            return
        inner = [e for e in self.entities if e["type"] == "code" and e["offset"] == entity["offset"]]
        if inner and inner[-1]["length"] == entity["length"] and inner[-1].get("_language"):
            entity["language"] = inner[-1]["_language"]

    def _number(self, value: str | None, complaint: str) -> str:
        if value is None or not value.isascii() or not value.isdigit() or int(value) == 0:
            raise EntityError(complaint)
        return value

    def _text_since(self, start: int) -> str:
        whole = "".join(self.out).encode("utf-16-le", "surrogatepass")
        return whole[start * 2 :].decode("utf-16-le", "surrogatepass")


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """Read Telegram's HTML.

    :raises EntityError: with Telegram's words, byte offsets counted in the markup.
    """
    return finish(*_Html(text).parse())

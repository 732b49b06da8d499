"""MarkdownV2, read."""

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

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
_MARKS = (
    ("```", "pre"),
    ("__", "underline"),
    ("||", "spoiler"),
    ("_", "italic"),
    ("*", "bold"),
    ("~", "strikethrough"),
    ("`", "code"),
    ("![", "custom_emoji"),
    ("[", "text_link"),
)
_CLOSERS = {
    "pre": "```",
    "underline": "__",
    "spoiler": "||",
    "italic": "_",
    "bold": "*",
    "strikethrough": "~",
    "code": "`",
    "custom_emoji": "]",
    "text_link": "]",
}
_SHOWN = {
    "pre": "Pre",
    "underline": "Underline",
    "spoiler": "Spoiler",
    "italic": "Italic",
    "bold": "Bold",
    "strikethrough": "Strikethrough",
    "code": "Code",
    "custom_emoji": "CustomEmoji",
    "text_link": "TextUrl",
    "blockquote": "BlockQuote",
}


class _Mark:
    """A mark that waits for its end."""

    def __init__(self, kind: str, start: int, position: int, piece: int, language: str = "") -> None:
        self.kind = kind
        self.start = start
        self.position = position
        self.piece = piece
        self.language = language


class _Markdown:
    """One pass over MarkdownV2."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.out: list[str] = []
        self.length = 0
        self.open: list[_Mark] = []
        self.entities: list[Entity] = []
        self.quote: int | None = None

    def parse(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            self._quote_starts() or self._escaped() or self._closes() or self._opens() or self._letter()
        if self.quote is not None:
            self._close_quote("blockquote")
        if self.open:
            mark = self.open[-1]
            raise EntityError(f"Can't find end of {_SHOWN[mark.kind]} entity {self._where(mark.position)}")
        return "".join(self.out), self.entities

    def _where(self, index: int) -> str:
        return f"at byte offset {byte_offset(self.source, index)}"

    def _emit(self, text: str) -> None:
        self.out.append(text)
        self.length += utf16_len(text)

    def _in_code(self) -> bool:
        return bool(self.open) and self.open[-1].kind in MONO

    def _quote_starts(self) -> bool:
        """Take the ``>`` of a quoted line; ``**>`` starts another quotation right after one."""
        fresh = self.at == 0 or self.source[self.at - 1] == "\n"
        if not fresh or self._in_code():
            return False
        separate = self.source.startswith("**>", self.at)
        if not separate and not self.source.startswith(">", self.at):
            if self.quote is not None:
                self._close_quote("blockquote")
            return False
        if separate and self.quote is not None:
            self._close_quote("blockquote")
        if self.quote is None:
            self.quote = self.length
        self.at += 3 if separate else 1
        return True

    def _close_quote(self, kind: str) -> None:
        if self.open and self.quote is not None and self.open[-1].start >= self.quote:
            mark = self.open[-1]
            raise EntityError(f"Can't find end of {_SHOWN[mark.kind]} entity {self._where(mark.position)}")
        text = "".join(self.out)
        length = self.length - (self.quote or 0) - (1 if text.endswith("\n") else 0)
        if length > 0:
            self.entities.append({"type": kind, "offset": self.quote, "length": length})
        self.quote = None

    def _escaped(self) -> bool:
        following = self.source[self.at + 1 : self.at + 2]
        if self.source[self.at] != "\\" or not following or not 0 < ord(following) <= 126:
            return False
        self._emit(following)
        self.at += 2
        return True

    def _closes(self) -> bool:
        if self._quote_expands():
            return True
        if not self.open or not self.source.startswith(_CLOSERS[self.open[-1].kind], self.at):
            return False
        kind = self.open[-1].kind
        if kind == "italic" and self.source.startswith("__", self.at) and not self._only_italic():
            return False
        mark = self.open.pop()
        self.at += len(_CLOSERS[kind])
        entity: Entity = {"type": kind, "offset": mark.start, "length": self.length - mark.start}
        if kind in {"text_link", "custom_emoji"} and not self._link(mark, entity):
            return True
        if kind == "pre" and mark.language:
            entity["language"] = mark.language
        if entity["length"] > 0:
            self.entities.append(entity)
        return True

    def _quote_expands(self) -> bool:
        """Take the ``||`` that ends the last line of a collapsed quotation."""
        last = self.source.startswith("||", self.at) and self.source[self.at + 2 : self.at + 3] in {"", "\n"}
        if self.quote is None or not last or any(mark.kind == "spoiler" for mark in self.open):
            return False
        self._close_quote("expandable_blockquote")
        self.at += 2
        return True

    def _only_italic(self) -> bool:
        """``___`` in italic inside underline closes the italic first; a bare ``__`` opens or closes underline."""
        return self.source.startswith("___", self.at) and any(mark.kind == "underline" for mark in self.open)

    def _link(self, mark: _Mark, entity: Entity) -> bool:
        url = self._url() if self.source.startswith("(", self.at) else "".join(self.out[mark.piece :])
        if mark.kind == "text_link":
            link = checked_link(url)
            if link is not None:
                entity["url"] = link
            return link is not None
        emoji = re.fullmatch(r"tg://emoji\?id=(\d+)", url)
        time = re.fullmatch(r"tg://time\?unix=(\d+)(?:&format=(\w+))?", url)
        if emoji:
            entity["custom_emoji_id"] = emoji[1]
        elif time:
            entity.update(type="date_time", unix_time=int(time[1]))
            if time[2]:
                entity["date_time_format"] = time_format(time[2])
        else:
            raise EntityError("Custom emoji URL must have scheme tg")
        return True

    def _url(self) -> str:
        begin = self.at + 1
        url: list[str] = []
        index = begin
        while index < len(self.source) and self.source[index] != ")":
            if self.source[index] == "\\" and index + 1 < len(self.source):
                index += 1
            url.append(self.source[index])
            index += 1
        if index >= len(self.source):
            raise EntityError(f"Can't find end of a URL {self._where(begin)}")
        self.at = index + 1
        return "".join(url)

    def _opens(self) -> bool:
        if self._in_code():
            return False
        for token, kind in _MARKS:
            if not self.source.startswith(token, self.at):
                continue
            position = self.at
            self.at += len(token)
            language = self._language() if kind == "pre" else ""
            self.open.append(_Mark(kind, self.length, position, len(self.out), language))
            return True
        return False

    def _language(self) -> str:
        found = re.compile(r"([^\s`]+)?\n?").match(self.source, self.at)
        if found is None:
            return ""
        named = bool(found[1]) and found[0].endswith("\n")
        if named or not found[1]:
            self.at = found.end()
        return found[1] if named else ""

    def _letter(self) -> bool:
        char = self.source[self.at]
        if char in _RESERVED and not (self._in_code() and char != "`"):
            raise EntityError(f"Character '{char}' is reserved and must be escaped with the preceding '\\'")
        self._emit(char)
        self.at += 1
        return True


def parse_markdown_v2(text: str) -> tuple[str, list[Entity]]:
    """Read MarkdownV2.

    :raises EntityError: with Telegram's words, byte offsets counted in the markup.
    """
    return finish(*_Markdown(text).parse())

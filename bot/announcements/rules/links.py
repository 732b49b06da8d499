"""Buttons with links: how people write them, and what Telegram takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from bot.announcements.rules.content import Link
from bot.kernel.blank import is_blank

LABEL_LIMIT: Final = 64
"""What is longer, phones do not show."""
URL_LIMIT: Final = 2048
IN_ROW: Final = 8
MOST: Final = 90
"""Telegram takes 100 buttons under a message; the parts need room for theirs."""
BYTES: Final = 8000
"""Telegram takes about ten thousand bytes of buttons."""
NONE: Final = frozenset({"-", "—", "none", "no", "off", "无", "沒有", "没有", "清空", "不要"})
"""Words for no buttons at all."""
_BAR: Final = re.compile("[|｜]")
_SEPARATOR: Final = " \t:：-–—=>→,，"
_HOST: Final = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]*", re.ASCII)
_ADDRESS: Final = re.compile(r"https?://\S+|tg://\S+", re.IGNORECASE)
_BREAK: Final = re.compile(r"[\s\x00-\x1f\x7f<>\"]")

Rows = tuple[tuple[Link, ...], ...]


@dataclass(frozen=True, slots=True)
class NoAddress:
    """Nothing on a line is an address."""

    said: str


@dataclass(frozen=True, slots=True)
class BadAddress:
    """An address that no button may open; ``better`` is one that might be meant."""

    said: str
    better: str = ""


@dataclass(frozen=True, slots=True)
class NoLabel:
    """An address without words for its button."""

    url: str


@dataclass(frozen=True, slots=True)
class LabelTooLong:
    """The words of a button are too long."""

    label: str
    length: int
    limit: int = LABEL_LIMIT


@dataclass(frozen=True, slots=True)
class AddressTooLong:
    """The address of a button is too long."""

    label: str
    length: int
    limit: int = URL_LIMIT


@dataclass(frozen=True, slots=True)
class TooManyLinks:
    """More buttons than fit: ``in_row`` side by side, else altogether."""

    count: int
    limit: int
    in_row: bool = False


@dataclass(frozen=True, slots=True)
class LinksTooLarge:
    """All labels and addresses together take more bytes than Telegram gives them."""

    size: int
    limit: int = BYTES


LinkProblem = NoAddress | BadAddress | NoLabel | LabelTooLong | AddressTooLong | TooManyLinks | LinksTooLarge


def read_links(text: str) -> Rows | LinkProblem:
    """Read buttons: a line each, "label address"; with a bar between them they stand side by side. A word for none is none."""
    if text.strip().casefold() in NONE:
        return ()
    found: list[tuple[Link, ...]] = []
    for line in text.splitlines():
        row: list[Link] = []
        for piece in _BAR.split(line):
            if is_blank(piece):
                continue
            link = _read_link(piece.strip())
            if not isinstance(link, Link):
                return link
            row.append(link)
        if row:
            found.append(tuple(row))
    return check_links(tuple(found)) or tuple(found)


def check_links(rows: Rows) -> LinkProblem | None:
    """Say what Telegram would not take of the buttons, if anything."""
    for row in rows:
        if len(row) > IN_ROW:
            return TooManyLinks(len(row), IN_ROW, in_row=True)
    links = [link for row in rows for link in row]
    if len(links) > MOST:
        return TooManyLinks(len(links), MOST)
    for link in links:
        if (length := _units(link.label)) > LABEL_LIMIT:
            return LabelTooLong(link.label, length)
        if len(link.url) > URL_LIMIT:
            return AddressTooLong(link.label, len(link.url))
    size = sum(len(link.label.encode()) + len(link.url.encode()) + 30 for link in links)
    return LinksTooLarge(size) if size > BYTES else None


def written(rows: Rows) -> str:
    """Write buttons as they can be typed again."""
    return "\n".join(" | ".join(f"{link.label} {link.url}" for link in row) for row in rows)


def _read_link(piece: str) -> Link | LinkProblem:
    addresses = _ADDRESS.findall(piece)
    if not addresses:
        return _no_address(piece)
    url = str(addresses[-1])
    if not piece.endswith(url) or len(addresses) > 1:
        # "https://a.org Map" is as clear as "Map https://a.org".
        if len(addresses) > 1 or not piece.startswith(url):
            return BadAddress(piece)
        label = piece[len(url) :]
    else:
        label = piece[: -len(url)]
    label = " ".join(label.strip(_SEPARATOR).split())
    if not is_address(url):
        return BadAddress(url)
    return NoLabel(url) if is_blank(label) else Link(label, url)


def _no_address(piece: str) -> LinkProblem:
    last = piece.rsplit(maxsplit=1)[-1]
    if "://" in last or last.casefold().startswith(("javascript:", "mailto:", "tel:")):
        return BadAddress(last)
    if _HOST.fullmatch(re.split("[/?#:]", last)[0]):
        return BadAddress(last, f"https://{last}")
    return NoAddress(piece)


def is_address(url: str) -> bool:
    """Say whether a button may open this: a page on the web, or a place in Telegram."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode() if parts.scheme.lower() != "tg" else parts.netloc
        _port = parts.port if parts.scheme.lower() != "tg" else None
    except ValueError:
        return False
    if _BREAK.search(url) or parts.scheme.lower() not in {"http", "https", "tg"}:
        return False
    return bool(host) if parts.scheme.lower() == "tg" else _HOST.fullmatch(host) is not None or _is_number(host)


def _is_number(host: str) -> bool:
    numbers = host.split(".")
    return len(numbers) == 4 and all(part.isdigit() and int(part) < 256 for part in numbers)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2

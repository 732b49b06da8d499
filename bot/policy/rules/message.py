"""A message as rules see it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from msgspec import Struct

from bot.kernel.lazy import lazy
from bot.policy.rules.plain import Plain, plain


class Kind(StrEnum):
    """What a message is made of."""

    TEXT = "text"
    PICTURE = "picture"
    """A photo, a video or an animation: what fills the screen."""
    FILE = "file"
    STICKER = "sticker"
    VOICE = "voice"
    CONTACT = "contact"
    POLL = "poll"
    STORY = "story"
    OTHER = "other"


class Origin(StrEnum):
    """From whom a message was forwarded."""

    NONE = "none"
    PERSON = "person"
    HIDDEN = "hidden"
    """A person who does not want to be named."""
    GROUP = "group"
    CHANNEL = "channel"


class Seen(Struct, frozen=True, dict=True):
    """One message, whatever Telegram calls its parts.

    ``text`` is the text, the caption or the question and answers of a poll. ``addresses`` are the links behind words and
    buttons, which the text does not show. ``mentions`` are @names without their sign, in lower case; of somebody without a name
    of that kind, the id. ``at`` in Unix seconds. ``thread`` is the topic, 0 where there is none.
    """

    at: int
    text: str = ""
    kind: Kind = Kind.TEXT
    addresses: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    origin: Origin = Origin.NONE
    own_contact: bool = False
    """A contact card is its sender's own."""
    file: str = ""
    """The name of a file."""
    thread: int = 0
    via_bot: str = ""
    has_buttons: bool = False
    album: str = ""
    edited: bool = False

    @lazy
    def plain(self) -> Plain:
        """The text without the disguises people use."""
        return plain(self.text)

    @lazy
    def length(self) -> int:
        """How many characters people count (R20)."""
        return visible_length(self.text)

    @lazy
    def links(self) -> tuple[Link, ...]:
        """Every link in it, shown or hidden, each once."""
        found = [link for address in self.addresses if (link := link_of(address)) is not None]
        folded = self.plain.folded
        if _MAY_LINK.search(folded) is not None:
            matches = _ADDRESS.finditer(_dotted(folded))
            found += [link for match in matches if (link := link_of(match[0])) is not None]
        return tuple(dict.fromkeys(found))

    @lazy
    def is_bare(self) -> bool:
        """Whether it is of words alone: nothing is linked, mentioned, forwarded or attached."""
        if self.kind is not Kind.TEXT or self.links or self.mentions or self.has_buttons:
            return False
        return self.origin is Origin.NONE and not self.via_bot


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its host without ``www.``, in lower case, and what comes after it."""

    host: str
    path: str = ""

    def is_under(self, domain: str) -> bool:
        """Say whether it leads to that domain or to one below it."""
        return self.host == domain or self.host.endswith("." + domain)


_TOP: Final = (
    "com|net|org|info|biz|top|xyz|vip|club|shop|site|online|store|live|link|fun|icu|app|dev|me|io|co|cc|tv|cn|hk|tw|jp|kr"
    "|sg|my|uk|us|eu|de|fr|es|it|nl|ru|ua|pl|in|id|vn|th|ph|br|mx|ca|au|nz|ly|gl|gd|to|ai|gg|im|ws|pw|la|so|tk|ml|ga"
)
_ADDRESS: Final = re.compile(
    rf"(?:https?://|tg://)[^\s<>\"'，。；！？、）】」]{{1,2000}}"
    rf"|(?<![a-z0-9@._-])(?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.){{1,6}}(?:{_TOP})(?![a-z0-9_.-]*[a-z0-9])"
    r"(?:[/?#:][^\s<>\"'，。；！？、）】」]{0,2000})?"
)
_MAY_LINK: Final = re.compile("[.。｡·•:][a-z0-9/]")
"""Without this there is no address: what begins with a set of signs is found fast."""
_STOPS: Final = re.compile("(?<=[a-z0-9])[。｡·•](?=[a-z])")
_SCHEME: Final = re.compile(r"^(?:[a-z][a-z0-9+.-]{0,20}:)?//")


def link_of(address: str) -> Link | None:
    """Read an address; None where it names no host (a telephone number, a local part)."""
    lowered = address.strip().lower()
    if lowered.startswith(("mailto:", "tel:")):
        return None
    if lowered.startswith("tg://"):
        return Link("t.me", lowered.removeprefix("tg:/"))
    rest = _SCHEME.sub("", lowered)
    host, slash, path = _cut(rest)
    host = host.rpartition("@")[2].partition(":")[0].rstrip(".").removeprefix("www.")
    if "." not in host or not all(host.split(".")):
        return None
    return Link(host, slash + path)


def address_of(typed: str) -> str | None:
    """Return the address that was typed, in full, or the group that was named by its @name; None if it is none."""
    line = typed.strip()
    if _GROUP_NAME.fullmatch(line):
        return f"https://t.me/{line[1:]}"
    if not _WEB.fullmatch(line) or link_of(line) is None:
        return None
    return line if line.startswith(("https://", "http://")) else f"https://{line}"


_GROUP_NAME: Final = re.compile("@[A-Za-z][A-Za-z0-9_]{3,31}")
_WEB: Final = re.compile(r"(?:https?://)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::[0-9]{1,5})?(?:[/?#][!-~]*)?")


def _dotted(folded: str) -> str:
    """Put a dot where another sign stands for it between two parts of a name."""
    return _STOPS.sub(".", folded)


def _cut(rest: str) -> tuple[str, str, str]:
    for place, char in enumerate(rest):
        if char in "/?#":
            return rest[:place], char, rest[place + 1 :]
    return rest, "", ""


_JOINED: Final = re.compile(
    "\r\n|[\U0001f1e6-\U0001f1ff]{2}|.(?:[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
    "|\u200d.)*",
    re.DOTALL,
)
_UNSEEN: Final = re.compile("[\u200b\u200c\u200e\u200f\u2060-\u2064\ufeff\u00ad]")


def visible_length(text: str) -> int:
    """Count characters as people do: an emoji of several code points is one, an accent none, what is unseen nothing."""
    stripped = _UNSEEN.sub("", text.strip())
    return len(stripped) if stripped.isascii() else sum(1 for _ in _JOINED.finditer(stripped))

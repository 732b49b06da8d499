"""How members are told: the ways, what an announcement wants, what the group does otherwise, and how all that is typed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.kernel.numerals import fold

NAME: Final = "telling"
"""The key under which an announcement keeps how members are told of it."""


class Way(StrEnum):
    """How members are told that an announcement stands in the group."""

    PIN = "pin"
    """It is pinned, and Telegram notifies everybody."""
    MENTION = "mention"
    """They are mentioned by name, a few in each message."""
    BOTH = "both"
    NOBODY = "nobody"

    @property
    def pins(self) -> bool:
        """Whether it is pinned."""
        return self in {Way.PIN, Way.BOTH}

    @property
    def mentions(self) -> bool:
        """Whether people are mentioned."""
        return self in {Way.MENTION, Way.BOTH}


@dataclass(frozen=True, slots=True)
class House:
    """What holds in a group where an announcement says nothing else. ``unpin``: the one pinned before is unpinned."""

    way: Way = Way.PIN
    unpin: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What an announcement says of its own; None leaves it to the group."""

    way: Way | None = None
    unpin: bool | None = None

    def within(self, house: House) -> House:
        """Return what holds for the announcement in its group."""
        return House(
            house.way if self.way is None else self.way,
            house.unpin if self.unpin is None else self.unpin,
        )


# As it is kept


def write(wish: Wish) -> str | None:
    """Return a wish as the announcement keeps it; None where it says nothing."""
    parts = [] if wish.way is None else [wish.way.value]
    if wish.unpin is not None:
        parts.append("unpin" if wish.unpin else "keep")
    return ";".join(parts) or None


def read(kept: str | None) -> Wish:
    """Read a wish back that :func:`write` wrote."""
    said = (kept or "").split(";")
    unpin = True if "unpin" in said else (False if "keep" in said else None)
    return Wish(next((way for way in Way if way in said), None), unpin)


# As it is typed


@dataclass(frozen=True, slots=True)
class Unpin:
    """Whether the one pinned before is unpinned."""

    on: bool


@dataclass(frozen=True, slots=True)
class AsGroup:
    """As the group does it otherwise."""


Said = Way | Unpin | AsGroup

_WAYS: Final[dict[Way, tuple[str, ...]]] = {
    Way.PIN: ("pin", "pinned", "置顶"),
    Way.MENTION: ("mentions", "mention", "names", "点名", "提及", "艾特"),
    Way.BOTH: ("both", "all", "置顶加点名", "置顶和点名", "都要", "两样都要"),
    Way.NOBODY: ("nobody", "none", "neither", "silent", "off", "不通知", "都不要", "静默", "谁也不"),
}
_WAY_OF: Final = {word: way for way, words in _WAYS.items() for word in words}
_AS_GROUP: Final = frozenset({"default", "group", "默认", "按群设置", "按默认"})
_UNPIN: Final = ("unpin", "撤下上一条", "取消上一条置顶", "换下上一条", "取消置顶")
_ON: Final = frozenset({"", "on", "yes", "开", "开启", "打开", "是", "要"})
_OFF: Final = frozenset({"off", "no", "关", "关闭", "否", "不要"})


def is_default(word: str) -> bool:
    """Say whether somebody means what holds in the group, in the place of a number."""
    return fold(word) in _AS_GROUP


def read_said(text: str) -> Said | None:
    """Read what follows the number of an announcement: "mentions", "unpin on", 置顶; None if it is nothing of this."""
    words = fold(" ".join(text.split()))
    if words in _WAY_OF:
        return _WAY_OF[words]
    if words in _AS_GROUP:
        return AsGroup()
    for word in _UNPIN:
        if words.startswith(word):
            rest = words.removeprefix(word).strip()
            return Unpin(True) if rest in _ON else Unpin(False) if rest in _OFF else None
    return None

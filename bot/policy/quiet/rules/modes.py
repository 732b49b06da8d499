"""How a group keeps its quiet hours, and what was written in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.chats.rules.typed import OFF_WORDS, folded

KEPT: Final = timedelta(days=8)
"""How long it is known who wrote in quiet hours."""


class Mode(StrEnum):
    """What happens to members in quiet hours."""

    OFF = "off"
    """Nothing: only the bot is quiet."""
    RESTRICT = "restrict"
    """They cannot write."""
    REMIND = "remind"
    """Who writes is reminded, once a night."""
    RECORD = "record"
    """It is counted who writes, for the managers' digest."""


@dataclass(frozen=True, slots=True)
class House:
    """How a group keeps its quiet hours. ``notice``: the group is told when it is closed and opened again."""

    mode: Mode = Mode.OFF
    notice: bool = True


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody wrote in one night: how many messages, and the last of them."""

    user_id: int
    night: datetime
    """When it ends; nights are told apart by it."""
    messages: int
    reminded: bool = False


MODE_WORDS: Final[dict[str, Mode]] = {
    **dict.fromkeys(("restrict", "close", "closed", "lock", "禁言", "限制", "关闭发言"), Mode.RESTRICT),
    **dict.fromkeys(("remind", "reminder", "hint", "提醒"), Mode.REMIND),
    **dict.fromkeys(("record", "count", "observe", "记录", "只记录", "统计"), Mode.RECORD),
    **dict.fromkeys(OFF_WORDS, Mode.OFF),
}
_ON: Final = frozenset({"on", "yes", "开", "开启", "打开", "启用", "是"})


def read_mode(typed: str) -> Mode | None:
    """Read the name of a mode."""
    return MODE_WORDS.get(folded(typed))


def read_switch(typed: str) -> bool | None:
    """Read ``on`` or ``off``."""
    word = folded(typed)
    if word in _ON:
        return True
    return False if word in OFF_WORDS else None

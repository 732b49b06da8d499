"""A theme as people type it, in English and Chinese."""

from __future__ import annotations

import re
from typing import Final

from bot.kernel.blank import is_blank
from bot.kernel.numerals import fold
from bot.policy.theme.rules.theme import Fault, Steer, fault_of_words

_BETWEEN: Final = re.compile("[，、；;,\n]+")
_STEERS: Final = {
    **dict.fromkeys(("tell", "managers", "tell managers", "notify", "通知", "通知管理员", "提醒管理员"), Steer.TELL),
    **dict.fromkeys(("post", "send", "send post", "发帖", "发布", "发送备稿", "发备稿"), Steer.POST),
}
_SWITCH: Final = {
    **dict.fromkeys(("on", "yes", "开", "开启", "打开", "是"), True),
    **dict.fromkeys(("off", "no", "关", "关闭", "否"), False),
}


def read_words(present: tuple[str, ...], typed: str) -> tuple[str, ...]:
    """Return the list after what was typed: words that take its place or, behind + or -, are added or taken away."""
    text = typed.replace("\0", "").strip()
    sign = text[:1] if text[:1] in {"+", "-", "＋", "－"} else ""
    named = tuple(
        dict.fromkeys(word for part in _BETWEEN.split(text.removeprefix(sign)) if (word := " ".join(part.split())))
    )
    if sign in {"+", "＋"}:
        return tuple(dict.fromkeys((*present, *named)))
    if sign in {"-", "－"}:
        gone = {fold(word) for word in named}
        return tuple(word for word in present if fold(word) not in gone)
    return named


def fault_of_typed(typed: str) -> Fault | None:
    """Say what is wrong with words as they were typed, whatever the list they change; None where nothing is."""
    named = read_words((), typed.strip().lstrip("+-＋－"))
    if not any(not is_blank(word) for word in named):
        return Fault.NO_WORDS
    return fault_of_words(named)


def read_steer(typed: str) -> Steer | None:
    """Read what shall happen when the time is up."""
    return _STEERS.get(" ".join(fold(typed).split()))


def read_switch(typed: str) -> bool | None:
    """Read *on* or *off*."""
    return _SWITCH.get(fold(typed).strip())

"""The settings of a group for events, as buttons carry them and as people type them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from enum import Enum
from typing import Any, Final, Literal, get_args

from bot.events.rules.house import House, Order
from bot.events.rules.plan import LEAST_AHEAD, LEAST_OFFER, MOST_MINUTES, MOST_OFFER, MOST_REMINDERS
from bot.kernel.durations import parse_duration
from bot.kernel.numerals import fold, whole_number

Setting = Literal[
    "words",
    "automatic",
    "offer",
    "order",
    "strict",
    "reminders",
    "reconfirm",
    "suspend_after",
    "count_missed",
    "most_ahead",
]
SETTINGS: Final[tuple[Setting, ...]] = get_args(Setting)
SWITCHES: Final[frozenset[Setting]] = frozenset({"words", "automatic", "strict", "reconfirm", "count_missed"})
NUMBERS: Final[frozenset[Setting]] = frozenset({"suspend_after", "most_ahead"})
TYPED: Final[frozenset[Setting]] = frozenset({"offer", "reminders", "suspend_after", "most_ahead"})
"""What may be anything within limits, and so can be typed."""
MOST: Final = 50
"""The most missed events, and the most coming ones, that a limit may speak of."""
CHOICES: Final[dict[Setting, tuple[str, ...]]] = {
    **dict.fromkeys(SWITCHES, ("on", "off")),
    "order": (Order.TIME.value, Order.FAIR.value),
    "offer": ("30", "60", "120", "240", "720", "1440"),
    "reminders": ("1440,120", "10080,1440,120", "1440", "120", "off"),
    "suspend_after": ("off", "2", "3", "4", "5"),
    "most_ahead": ("off", "1", "2", "3", "5"),
}
"""What is offered as buttons, as they carry it."""


class Unfit(Enum):
    """Why a value cannot be set."""

    SWITCH = "switch"
    ORDER = "order"
    OFFER = "offer"
    REMINDERS = "reminders"
    NUMBER = "number"


_WORDS: Final[dict[str, Setting]] = {
    **dict.fromkeys(("words", "文字报名", "文字", "接龙"), "words"),
    **dict.fromkeys(("automatic", "自动递补", "自动"), "automatic"),
    **dict.fromkeys(("offer", "确认时限", "时限"), "offer"),
    **dict.fromkeys(("order", "顺序", "候补顺序"), "order"),
    **dict.fromkeys(("strict", "严格", "严格顺序"), "strict"),
    **dict.fromkeys(("reminders", "reminder", "提醒"), "reminders"),
    **dict.fromkeys(("reconfirm", "再确认", "二次确认"), "reconfirm"),
    **dict.fromkeys(("suspend", "停报", "暂停报名"), "suspend_after"),
    **dict.fromkeys(("missed", "缺席", "缺席计入"), "count_missed"),
    **dict.fromkeys(("most", "limit", "上限", "报名上限"), "most_ahead"),
}
_ON: Final = frozenset({"on", "yes", "true", "1", "开", "是", "开启", "打开"})
_OFF: Final = frozenset({"off", "no", "none", "false", "0", "关", "否", "无", "关闭", "不限", "不"})
_ORDERS: Final[dict[str, Order]] = {
    **dict.fromkeys(("time", "时间", "先来后到", "报名时间"), Order.TIME),
    **dict.fromkeys(("fair", "fewest", "公平", "少的优先"), Order.FAIR),
}
_BETWEEN: Final = re.compile(r"\s*[,，、;；和+&]\s*|\s+and\s+")
_MINUTE: Final = timedelta(minutes=1)


def setting_named(word: str) -> Setting | None:
    """Return the setting that a word means."""
    return _WORDS.get(fold(word))


def read_value(setting: Setting, typed: str) -> Any | Unfit:
    """Read what a button carries, or what was typed: "on", "3", "2 hours", "1 day, 2 hours"."""
    folded = fold(typed).strip()
    if setting in SWITCHES:
        return True if folded in _ON else False if folded in _OFF else Unfit.SWITCH
    if setting == "order":
        return _ORDERS.get(folded, Unfit.ORDER)
    if setting == "offer":
        minutes = _minutes(folded)
        return Unfit.OFFER if minutes is None or not LEAST_OFFER <= minutes <= MOST_OFFER else minutes
    if setting == "reminders":
        return _reminders(folded)
    number = None if folded in _OFF else whole_number(folded.lstrip("+"))
    if folded not in _OFF and (number is None or not 1 <= number <= MOST):
        return Unfit.NUMBER
    return number


def _reminders(folded: str) -> tuple[int, ...] | Unfit:
    if folded in _OFF:
        return ()
    found = [_minutes(piece) for piece in _BETWEEN.split(folded) if piece]
    minutes = sorted({one for one in found if one is not None}, reverse=True)
    fits = found and None not in found and len(minutes) <= MOST_REMINDERS
    return tuple(minutes) if fits and all(LEAST_AHEAD <= one <= MOST_MINUTES for one in minutes) else Unfit.REMINDERS


def _minutes(text: str) -> int | None:
    length = parse_duration(text, default_unit=_MINUTE)
    return None if length is None else length // _MINUTE


def changed(house: House, setting: Setting, value: Any) -> House:
    """Return the settings with one of them changed."""
    return replace(house, **{setting: value})


def carried(house: House, setting: Setting) -> str:
    """Return the value of a setting as a button carries it."""
    value = getattr(house, setting)
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return ",".join(map(str, value)) or "off"
    if isinstance(value, Order):
        return value.value
    return "off" if value is None else str(value)

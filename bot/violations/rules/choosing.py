"""The settings of a ledger as people type them: ``expiry 60``, ``clean 90 days``, ``cap off``, 有效期 60 天, 记分 开."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Final

from bot.kernel.durations import parse_duration
from bot.kernel.numerals import fold, whole_number
from bot.violations.rules.settings import (
    LONGEST_CLEAN,
    LONGEST_EXPIRY,
    LONGEST_LEAVE,
    MOST_A_DAY,
    SHORTEST_LEAVE,
    Settings,
)

_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)


class Choice(StrEnum):
    """Something that a group can choose for its ledger."""

    EXPIRY = "expiry"
    CLEAN = "clean"
    CAP = "cap"
    LEAVE = "leave"
    POINTS = "points"
    SECOND = "second"
    HIDDEN = "hidden"


SWITCHES: Final = frozenset({Choice.POINTS, Choice.SECOND, Choice.HIDDEN})
"""What is only on or off."""
_WORDS: Final = {
    Choice.EXPIRY: ("expiry", "expire", "counts", "有效期", "过期", "有效"),
    Choice.CLEAN: ("clean period", "clean", "forget", "清零期", "清零"),
    Choice.CAP: ("daily cap", "cap", "每天上限", "每日上限", "上限"),
    Choice.LEAVE: ("leave within", "leave", "退群时限", "退群期限", "退群"),
    Choice.POINTS: ("points", "记分", "计分", "分值"),
    Choice.SECOND: ("second manager", "second", "双人确认", "第二人", "复核"),
    Choice.HIDDEN: ("hide moderator", "hidden", "hide", "隐藏管理员", "隐藏姓名", "隐藏", "匿名"),
}
_WORD_OF: Final = sorted(
    ((word, choice) for choice, words in _WORDS.items() for word in words), key=lambda pair: -len(pair[0])
)
_OFF: Final = frozenset({"off", "none", "no", "never", "unlimited", "关", "关闭", "无", "没有", "不限", "从不", "否"})
_ON: Final = frozenset({"on", "yes", "开", "开启", "打开", "是"})


@dataclass(frozen=True, slots=True)
class NoChoice:
    """The line names nothing that can be chosen."""

    typed: str


@dataclass(frozen=True, slots=True)
class BadValue:
    """What was typed is no value for it."""

    choice: Choice
    typed: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The settings as they stand now; ``changed`` says whether they were other before."""

    settings: Settings
    changed: bool


def read_choice(line: str) -> tuple[Choice, str] | NoChoice:
    """Read what is to be chosen at the start of a line, and the value behind it."""
    folded = fold(line).strip()
    for word, choice in _WORD_OF:
        rest = folded[len(word) :]
        if folded.startswith(word) and not (word.isascii() and rest[:1].isalnum() and rest[:1].isascii()):
            return choice, rest.strip(" :=：")
    return NoChoice(line.strip())


def choose(settings: Settings, choice: Choice, typed: str) -> Settings | BadValue:
    """Return the settings with a value as it was typed."""
    value = fold(typed).strip()
    if choice in SWITCHES:
        return _switched(settings, choice, value, typed)
    if choice is Choice.CAP:
        return _capped(settings, value, typed)
    off = value in _OFF
    if off and choice is not Choice.EXPIRY:
        return replace(settings, clean=None) if choice is Choice.CLEAN else replace(settings, leave_within=None)
    unit, shortest, longest = _BOUNDS[choice]
    length = parse_duration(value, default_unit=unit)
    if length is None or length % unit or not shortest <= length <= longest:
        return BadValue(choice, typed)
    match choice:
        case Choice.EXPIRY:
            return replace(settings, expiry=length)
        case Choice.CLEAN:
            return replace(settings, clean=length)
        case _:
            return replace(settings, leave_within=length)


_BOUNDS: Final = {
    Choice.EXPIRY: (_DAY, _DAY, LONGEST_EXPIRY),
    Choice.CLEAN: (_DAY, _DAY, LONGEST_CLEAN),
    Choice.LEAVE: (_HOUR, SHORTEST_LEAVE, LONGEST_LEAVE),
}


def _switched(settings: Settings, choice: Choice, value: str, typed: str) -> Settings | BadValue:
    if value not in _ON and value not in _OFF:
        return BadValue(choice, typed)
    on = value in _ON
    match choice:
        case Choice.POINTS:
            return replace(settings, points=on)
        case Choice.SECOND:
            return replace(settings, second=on)
        case _:
            return replace(settings, hidden=on)


def _capped(settings: Settings, value: str, typed: str) -> Settings | BadValue:
    if value in _OFF:
        return replace(settings, daily_cap=None)
    cap = whole_number(value)
    if cap is None or not 1 <= cap <= MOST_A_DAY:
        return BadValue(Choice.CAP, typed)
    return replace(settings, daily_cap=cap)

"""A ladder as people type it: ``warning, serious 1h, mute 24h, removal``, 警告, 严重警告 禁言1小时, 禁言24小时, 提议移出."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.kernel.durations import parse_duration
from bot.kernel.numerals import fold
from bot.violations.rules.ladder import BadLadder, Ladder, Rung, Step, fault_of

if TYPE_CHECKING:
    from datetime import timedelta

_LONGEST: Final = 500
"""No ladder is written in more characters; a bound on the work an over-long text can cause."""
_WORDS: Final[dict[Rung, tuple[str, ...]]] = {
    Rung.NOTICE: ("notice", "friendly notice", "reminder", "友情提醒", "善意提醒", "提醒", "提示"),
    Rung.WARNING: ("warning", "warn", "普通警告", "口头警告", "警告"),
    Rung.SERIOUS: ("serious", "serious warning", "severe warning", "严重警告", "嚴重警告", "严厉警告"),
    Rung.MUTE: ("mute", "muted", "禁言"),
    Rung.LEAVE: (
        "leave",
        "request to leave",
        "asked to leave",
        "ask to leave",
        "请退出群",
        "要求退群",
        "请其退群",
        "劝退",
    ),
    Rung.REMOVAL: (
        *("removal", "propose removal", "removal proposed", "remove"),
        *("提议移出群", "提议移出", "提议移除", "移出群", "移出", "移除"),
    ),
    Rung.RESTRICT: (
        *(
            "no media",
            "restrict media",
            "media restriction",
            "mute media",
            "text only",
            "only text",
            "nothing but text",
        ),
        *(
            "限制媒体",
            "限制发媒体",
            "禁发媒体",
            "禁发图片",
            "禁止发图",
            "仅限文字",
            "只能发文字",
            "只许发文字",
            "仅文字",
        ),
    ),
    Rung.KICK: ("kick", "kick out", "直接移出群", "直接移出", "立即移出群", "立即移出", "踢出群", "踢出", "踢人", "踢"),
    Rung.BAN: ("ban", "封禁", "永久封禁", "拉黑", "封号"),
}
_RUNG_OF: Final = {word: rung for rung, words in _WORDS.items() for word in words}


FOR_GOOD: Final = ("forever", "for ever", "for good", "permanently", "permanent", "永久", "永远", "一直")
"""How a ban without an end is typed."""


def _one_of(words: tuple[str, ...] | dict[str, Rung]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_STEP: Final = re.compile(rf"(?:an? |the )?(?P<rung>{_one_of(_RUNG_OF)})(?![a-z])(?P<rest>.*)", re.DOTALL)
_JOINT: Final = re.compile(
    r"(?:\s|[+&:(]|(?:and|with|plus|then|for|of|an?|the|muted?)(?![a-z])|并且|同时|禁言|和|并|加|且)*"
)
_AND_LEAVE: Final = re.compile(rf"(?:{_JOINT.pattern})(?:{_one_of(_WORDS[Rung.LEAVE])})\)?$")
_FOR_GOOD: Final = re.compile(rf"\s*(?:{_one_of(FOR_GOOD)})\s*")
_BETWEEN: Final = re.compile(r"[,、;|>→\n]|->")
_PLACE: Final = re.compile(r"\s*(?:[0-9]{1,2}\s*[.):]|第[一二三四五六七八]步:?)\s*")
_BARE_PLACE: Final = re.compile(r"\s*[0-9]{1,2}\s*")


@dataclass(frozen=True, slots=True)
class NotAStep:
    """The text names no step."""

    text: str


@dataclass(frozen=True, slots=True)
class NoLength:
    """A mute (or another step that needs a length) is wanted, without a word on how long."""

    rung: Rung = Rung.MUTE


def read_ladder(text: str) -> Ladder | NotAStep | NoLength | BadLadder:
    """Read steps that are parted by commas, arrows or lines; they may be numbered."""
    if len(text) > _LONGEST:
        return NotAStep(text)
    parts = [part for part in _BETWEEN.split(fold(text)) if part.strip()]
    steps: list[Step] = []
    for part in [part for part in parts if not _BARE_PLACE.fullmatch(part)] or parts:
        step = read_step(_PLACE.sub("", part, count=1))
        if not isinstance(step, Step):
            return step
        steps.append(step)
    return fault_of(tuple(steps)) or tuple(steps)


def read_step(text: str) -> Step | NotAStep | NoLength:
    """Read one step, perhaps with the length of a mute: ``serious 1h``, ``mute for 3 days``, 严重警告 禁言1小时."""
    found = _STEP.fullmatch(fold(text[:_LONGEST]).strip(" .。"))
    if found is None:
        return NotAStep(text.strip())
    rung, rest = _RUNG_OF[found["rung"]], found["rest"]
    if rung is Rung.MUTE and (leaving := _AND_LEAVE.search(rest)) is not None:
        rung, rest = Rung.LEAVE, rest[: leaving.start()]
    if rung is Rung.BAN and _FOR_GOOD.fullmatch(rest) is not None:
        return Step(rung)
    length = _length(rest)
    if length is None and _JOINT.sub("", rest, count=1).strip(" )"):
        return NotAStep(text.strip())
    if length is None and (rung is Rung.MUTE or "禁言" in rest or "mute" in rest):
        return NoLength()
    if length is None and rung is Rung.RESTRICT:
        return NoLength(rung)
    return Step(rung, length)


def _length(rest: str) -> timedelta | None:
    return parse_duration(_JOINT.sub("", rest, count=1).strip(" )"))


def write_ladder(steps: Ladder) -> str:
    """Write a ladder on one line, as :func:`read_ladder` reads it."""
    return ", ".join(_TYPED[step.rung] + ("" if step.mute is None else f" {_plain(step.mute)}") for step in steps)


_TYPED: Final = {rung: words[0] for rung, words in _WORDS.items()}


def _plain(length: timedelta) -> str:
    seconds = int(length.total_seconds())
    unit, size = next((unit, size) for unit, size in _SIZES if seconds % size == 0)
    return f"{seconds // size}{unit}"


_SIZES: Final = (("d", 86400), ("h", 3600), ("m", 60), ("s", 1))

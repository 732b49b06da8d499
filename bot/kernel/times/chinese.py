"""How Chinese speaks of days and hours (traditional characters arrive folded to simplified ones)."""

from __future__ import annotations

import re
from typing import Final

from bot.kernel.numerals import NUMBER, whole_number
from bot.kernel.times.clues import (
    LAST,
    Ahead,
    ClockTime,
    Date,
    MonthDay,
    Part,
    Scanner,
    Weekday,
    Weekend,
    clock_time,
    pattern,
)

WEEK: Final = r"(?:周|星期|礼拜)"
"""The word before the number of a weekday. To be used inside another regular expression."""
DAY_OF_WEEK: Final = r"(?:[一二三四五六日天]|[1-7](?![0-9点时:]))"
"""The number of a weekday after ``WEEK``."""

_DAYS: Final = {"前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3}
_WHICH: Final = {"上": -1, "本": 0, "这": 0, "下": 1, "下下": 2}
_WHICH_RE: Final = r"(?P<which>下下|下|本|这|上)个?"
_YEARS: Final = r"(?:(?P<year>[0-9]{4}|[零〇一二三四五六七八九]{4})年|(?P<near>今|明|后)年)? *"
_DAY_MARK: Final = r"(?:日|号(?![楼线门馆]))"
_HOUR: Final = rf"(?P<hour>{NUMBER})(?:点钟?|时)"
# 三点十人 is three o'clock and ten people: minutes without 分 need two characters and no measure word behind them.
_MINUTE: Final = (
    rf"过?(?:(?P<minute>{NUMBER})分|(?P<short>[0-9]{{2}}|[零〇一二三四五六七八九十]{{2,3}})(?![0-9人位个名分]))"
)
_PARTS: Final = {
    Part.DAWN: "凌晨",
    Part.MORNING: "清晨|早上|早晨|上午",
    Part.NOON: "中午|正午",
    Part.AFTERNOON: "午后|下午|傍晚",
    Part.EVENING: "晚上|晚间|夜里|夜晚|夜间|深夜",
    Part.MIDNIGHT: "半夜|午夜",
}
_PART_OF: Final = {word: part for part, words in _PARTS.items() for word in words.split("|")} | {
    "早": Part.MORNING,
    "晚": Part.EVENING,
}
_PART: Final = "|".join([*_PARTS.values(), "早(?!点|些|餐|饭)", "晚(?!点|些|餐|饭|会|一点)"])  # 晚点 is "later"
_NEXT_DAY: Final = {"晚": Part.EVENING, "夜": Part.EVENING, "早": Part.MORNING, "晨": Part.MORNING}


def weekday_number(char: str) -> int:
    """Return the weekday (Monday 0) of a character matched by ``DAY_OF_WEEK``."""
    return 6 if char == "天" else ("一二三四五六日".find(char) if char in "一二三四五六日" else int(char) - 1)


def _weekday(found: re.Match[str]) -> Weekday:
    which = found["which"]
    return Weekday(weekday_number(found["day"]), None if which is None else _WHICH[which])


def _date(found: re.Match[str]) -> Date | None:
    month = whole_number(found["month"])
    day = whole_number(found["day"]) if found["day"] else LAST
    year = whole_number(found["year"]) if found["year"] else None
    if month is None or day is None:
        return None
    near = found["near"]
    return Date(year, month, day, None if near is None else _DAYS[near])


def _month_day(found: re.Match[str]) -> MonthDay | None:
    day = whole_number(found["day"]) if found["day"] else LAST
    which = found["which"]
    if day is None:
        return None
    return MonthDay(day, _WHICH[which] if which else (0 if day == LAST else None))


def _clock(found: re.Match[str]) -> ClockTime | None:
    minute: int | None = 0
    if found["half"]:
        minute = 30
    elif found["quarters"]:
        minute = 15 * (whole_number(found["quarters"]) or 0)
    elif written := (found["minute"] or found["short"]):
        minute = whole_number(written)
    return clock_time(whole_number(found["hour"]), minute)


def _short_of(found: re.Match[str]) -> ClockTime | None:
    """Read 差五分八点 and 差一刻八点."""
    hour, short = whole_number(found["hour"]), whole_number(found["short"])
    minutes = None if short is None else short * (15 if found["unit"] == "刻" else 1)
    if hour is None or minutes is None or not 0 < minutes < 60:
        return None
    return clock_time((hour - 1) % 24, 60 - minutes)


SCANNERS: Final[tuple[Scanner, ...]] = (
    pattern(r"(大后|后|明|今|昨|前)(?:天|日|儿)", lambda found: Ahead(0, _DAYS[found[1]])),
    pattern(
        r"(今|明|后)(?:(晚)上?|(夜)里?|(早)上?|(晨))",
        lambda found: (Ahead(0, _DAYS[found[1]]), _NEXT_DAY[found[2] or found[3] or found[4] or found[5]]),
    ),
    pattern(_PART, lambda found: _PART_OF[found[0]]),
    pattern(rf"(?:{_WHICH_RE})?{WEEK}(?P<day>{DAY_OF_WEEK})", _weekday),
    pattern(rf"\({WEEK}(?P<day>{DAY_OF_WEEK})\)", lambda found: Weekday(weekday_number(found["day"]))),
    pattern(rf"(?:{_WHICH_RE})?周末", lambda found: Weekend(_WHICH[found["which"] or "本"])),
    pattern(rf"{_YEARS}(?P<month>{NUMBER})月(?:份)? *(?:(?P<day>{NUMBER}){_DAY_MARK}|[底末])", _date),
    pattern(rf"(?:{_WHICH_RE})月(?:份)?的? *(?:(?P<day>{NUMBER}){_DAY_MARK}|[底末])", _month_day),
    pattern(rf"(?P<which>)(?:(?P<day>{NUMBER}){_DAY_MARK}|月[底末])", _month_day),
    pattern(rf"{_HOUR}(?:整|(?P<half>半)|(?P<quarters>[一二三123])刻|{_MINUTE})?", _clock),
    pattern(rf"差(?P<short>{NUMBER})(?P<unit>分钟?|刻)(?P<hour>{NUMBER})点", _short_of),
)

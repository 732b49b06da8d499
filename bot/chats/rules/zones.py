"""Time zones as people name them: by IANA's name, by a city in English or Chinese, by an offset."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, available_timezones

if TYPE_CHECKING:
    from datetime import datetime

_SHORTEST: Final = 4
"""Shorter words are too easily taken for other ones."""
_LONG: Final = 9
OFFERS: Final = 6
"""The most zones offered at once."""


@dataclass(frozen=True, slots=True)
class Zone:
    """One zone is meant."""

    name: str


@dataclass(frozen=True, slots=True)
class Offers:
    """It is not clear which zone is meant: those it might be, perhaps none; ``guessed`` if their names are only alike."""

    names: tuple[str, ...]
    guessed: bool = False


LIKELY: Final[dict[str, tuple[str, ...]]] = {
    "en": ("Europe/London", "America/New_York", "America/Los_Angeles", "Asia/Kolkata", "Asia/Singapore", "UTC"),
    "zh": ("Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore", "America/Los_Angeles", "Europe/London"),
}
"""By language, the zones offered as buttons; the first one is the best guess."""

_COMMON: Final = (
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Taipei",
    "Asia/Singapore",
    "Asia/Kuala_Lumpur",
    "Asia/Tokyo",
    "Asia/Seoul",
    "Asia/Bangkok",
    "Asia/Jakarta",
    "Asia/Kolkata",
    "Asia/Karachi",
    "Asia/Dubai",
    "Europe/Moscow",
    "Europe/Istanbul",
    "Africa/Nairobi",
    "Africa/Cairo",
    "Europe/Athens",
    "Europe/Berlin",
    "Europe/Paris",
    "Africa/Lagos",
    "Europe/London",
    "UTC",
    "America/Sao_Paulo",
    "America/Halifax",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "Australia/Sydney",
    "Australia/Adelaide",
    "Australia/Perth",
    "Pacific/Auckland",
    "Asia/Kathmandu",
    "Asia/Dhaka",
    "Asia/Tehran",
)
_PLACES: Final[dict[str, str]] = {
    "Asia/Shanghai": "中国 北京 上海 广州 深圳 杭州 南京 苏州 武汉 成都 重庆 天津 西安 长沙 郑州 青岛 厦门 福州 沈阳 大连 哈尔滨"
    " 长春 济南 合肥 昆明 贵阳 南宁 海口 兰州 西宁 银川 太原 石家庄 南昌 宁波 东莞 佛山 拉萨 呼和浩特 beijing guangzhou"
    " shenzhen hangzhou nanjing suzhou wuhan chengdu tianjin xian china prc 中国时间 北京时间",
    "Asia/Urumqi": "乌鲁木齐 新疆",
    "Asia/Hong_Kong": "香港 hk hongkong",
    "Asia/Macau": "澳门",
    "Asia/Taipei": "台北 台湾 高雄 taiwan",
    "Asia/Singapore": "新加坡",
    "Asia/Kuala_Lumpur": "吉隆坡 马来西亚 malaysia",
    "Asia/Tokyo": "东京 大阪 日本 japan osaka kyoto",
    "Asia/Seoul": "首尔 韩国 korea",
    "Asia/Bangkok": "曼谷 泰国 thailand",
    "Asia/Ho_Chi_Minh": "胡志明市 河内 越南 vietnam hanoi saigon",
    "Asia/Manila": "马尼拉 菲律宾 philippines",
    "Asia/Jakarta": "雅加达",
    "Asia/Kolkata": "印度 新德里 孟买 india delhi new_delhi mumbai bangalore",
    "Asia/Dubai": "迪拜 阿联酋 abu_dhabi",
    "Europe/Moscow": "莫斯科",
    "Europe/London": "伦敦 英国 uk england britain",
    "Europe/Paris": "巴黎 法国 france",
    "Europe/Berlin": "柏林 德国 法兰克福 慕尼黑 germany munich frankfurt hamburg cologne",
    "Europe/Madrid": "马德里 西班牙 巴塞罗那 barcelona",
    "Europe/Rome": "罗马 意大利 米兰 milan italy",
    "Europe/Istanbul": "istanbul 伊斯坦布尔",
    "Europe/Zurich": "苏黎世 瑞士 geneva basel bern",
    "Europe/Amsterdam": "阿姆斯特丹 荷兰",
    "America/New_York": "纽约 华盛顿 波士顿 费城 亚特兰大 迈阿密 nyc boston washington atlanta miami philadelphia",
    "America/Chicago": "芝加哥 休斯敦 达拉斯 houston dallas austin",
    "America/Denver": "丹佛",
    "America/Los_Angeles": "洛杉矶 旧金山 西雅图 硅谷 la sf san_francisco seattle san_diego san_jose las_vegas",
    "America/Toronto": "多伦多 渥太华 ottawa montreal",
    "America/Vancouver": "温哥华",
    "Australia/Sydney": "悉尼 堪培拉 canberra",
    "Australia/Melbourne": "墨尔本",
    "Pacific/Auckland": "奥克兰 新西兰 wellington",
    "UTC": "utc gmt 协调世界时",
}
_ABBREVIATIONS: Final[dict[str, str]] = {
    "est edt et": "America/New_York America/Toronto",
    "cst": "America/Chicago Asia/Shanghai America/Mexico_City",
    "cdt ct": "America/Chicago",
    "mst": "America/Denver America/Phoenix",
    "mdt mt": "America/Denver",
    "pst pdt pt": "America/Los_Angeles America/Vancouver",
    "akst akdt": "America/Anchorage",
    "hst": "Pacific/Honolulu",
    "brt": "America/Sao_Paulo",
    "wet": "Europe/Lisbon",
    "bst": "Europe/London Asia/Dhaka",
    "cet cest": "Europe/Berlin Europe/Paris Europe/Rome Europe/Madrid",
    "eet eest": "Europe/Athens Europe/Helsinki Europe/Kyiv",
    "msk": "Europe/Moscow",
    "trt": "Europe/Istanbul",
    "sast": "Africa/Johannesburg",
    "ist": "Asia/Kolkata Europe/Dublin Asia/Jerusalem",
    "pkt": "Asia/Karachi",
    "ict": "Asia/Bangkok Asia/Ho_Chi_Minh",
    "wib": "Asia/Jakarta",
    "sgt": "Asia/Singapore",
    "hkt": "Asia/Hong_Kong",
    "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "awst": "Australia/Perth",
    "acst acdt": "Australia/Adelaide Australia/Darwin",
    "aest aedt": "Australia/Sydney Australia/Brisbane",
    "nzst nzdt": "Pacific/Auckland",
}
"""The letters some clocks go by, and the zones they may stand for: offered, since the same letters are used in several places."""
_OFFSET: Final = re.compile(r"(?:utc|gmt)?_*([+-])(\d{1,2})(?::?([0-5]\d))?")
_NAMESAKES: Final = frozenset({"etc", "us", "canada", "brazil", "mexico", "chile", "systemv"})


def likely_zones(locale: str) -> tuple[str, ...]:
    """Return the zones to offer to readers of a language."""
    return LIKELY.get(locale.partition("_")[0].partition("-")[0], LIKELY["en"])


def first_zone(default: str, locale: str) -> str:
    """Return the zone of a group that has not chosen one: where the bot's own is only UTC, the language's best guess."""
    return likely_zones(locale)[0] if default == "UTC" and not locale.startswith("en") else default


def find_zone(text: str, now: datetime) -> Zone | Offers:
    """Say which zone is meant; an offset (``+8``, ``UTC-5``) offers well-known zones that have it ``now``."""
    typed = _plain(text)
    if typed in _by_name():
        return Zone(_by_name()[typed])
    offset = _OFFSET.fullmatch(typed)
    if offset is not None:
        return Offers(_with_offset(offset, now))
    known = _by_city().get(typed.removesuffix("市"), ())
    if len(known) == 1:
        return Zone(known[0])
    if known:
        return Offers(known)
    listed = _by_abbreviation().get(typed.replace(".", ""))
    return Offers(listed) if listed is not None else Offers(_near(typed), guessed=True)


def is_zone(name: str) -> bool:
    """Say whether ``name`` is a zone a group may have, spelt as it is stored."""
    return _by_name().get(name.casefold()) == name


def _plain(text: str) -> str:
    return "_".join(unicodedata.normalize("NFKC", text).replace("−", "-").casefold().split())


def _with_offset(found: re.Match[str], now: datetime) -> tuple[str, ...]:
    length = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    wanted = -length if found[1] == "-" else length
    return tuple(name for name in _COMMON if now.astimezone(ZoneInfo(name)).utcoffset() == wanted)[:OFFERS]


def _near(typed: str) -> tuple[str, ...]:
    """Return the zones of cities that begin so, or that are spelt so but for a slip: never merely alike."""
    word = typed.rpartition("/")[2] or typed
    if len(word) < _SHORTEST:
        return ()
    cities = _by_city()
    begun = sorted(city for city in cities if city.startswith(typed))
    slips = sorted(city for city in cities if city not in begun and _is_slip(word, city))
    names = [name for city in [*begun, *slips] for name in cities[city]]
    return tuple(dict.fromkeys(names))[:OFFERS]


def _is_slip(typed: str, city: str) -> bool:
    """Say whether one letter is wrong, missing, too many or changed places with the next; two in a long name."""
    allowed = 2 if min(len(typed), len(city)) >= _LONG else 1
    if len(city) < _SHORTEST or typed[0] != city[0] or abs(len(typed) - len(city)) > allowed:
        return False
    return _slips(typed, city) <= allowed


def _slips(one: str, other: str) -> int:
    """Count the slips between two words: the distance of Damerau and Levenshtein, neighbours changing places once only."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        above, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            least = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                least = min(least, above[j - 2] + 1)
            row.append(least)
    return row[-1]


@cache
def _by_abbreviation() -> dict[str, tuple[str, ...]]:
    return {word: tuple(names.split()) for words, names in _ABBREVIATIONS.items() for word in words.split()}


@cache
def _by_name() -> dict[str, str]:
    named = {name.casefold(): name for name in available_timezones() if "/" in name and not name.startswith("Etc/")}
    return {**named, "utc": "UTC", "gmt": "UTC", "etc/utc": "UTC"}


@cache
def _by_city() -> dict[str, tuple[str, ...]]:
    """Return the zones by the last part of their name and by other places; places listed come before namesakes."""
    cities: dict[str, list[str]] = defaultdict(list)
    for name in sorted(set(_by_name().values())):
        region, _, city = name.rpartition("/")
        if region.casefold() not in _NAMESAKES:
            cities[city.casefold()].append(name)
    found = {city: tuple(names) for city, names in cities.items()}
    found.update({place: (name,) for name, places in _PLACES.items() for place in places.split()})
    return found

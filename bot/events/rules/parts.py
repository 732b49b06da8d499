"""The parts of a plan as they are typed, in English and Chinese: ``20 seats``, 可带1人, ``until Fri 20:00``, 每人50元.

Each reader takes one part and gives a field with its value, or None. Times stay text: whoever reads them may have to ask
back. Positions in the folded text are positions in the original, so that words keep their case and width.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.events.rules.plan import Asked, Field, Kind
from bot.kernel.durations import parse_duration
from bot.kernel.numerals import NUMBER, fold, whole_number


@dataclass(frozen=True, slots=True)
class End:
    """The time of day at which an event ends; one that is not ``certain`` may also be the end of the sign-up."""

    text: str
    certain: bool = True


Value = (
    End | int | str | bool | Kind | tuple[int, ...] | tuple[str, ...] | tuple[Asked, ...] | tuple[float, float] | None
)
"""What a part may say of its field; None takes it away."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: a field and its value; the times are text."""

    field: Field
    value: Value


ANY_NUMBER: Final = rf"(?:[0-9]{{7,15}}|{NUMBER})"
"""Also numbers that are too large for anything, so that they are refused as such and not as words."""
NOTHING: Final = frozenset(
    {"none", "no", "off", "-", "—", "no limit", "unlimited", "nothing", "无", "没有", "不限", "取消", "不要", "不用"}
)
_YES: Final = frozenset({"yes", "y", "on", "true", "是", "要", "好", "开", "开启", "需要"})
_NO: Final = frozenset({"no", "n", "off", "false", "none", "否", "不", "不要", "不用", "关", "关闭", "不需要"})
_KINDS: Final = {
    **dict.fromkeys(("offline", "in person", "meeting", "meeting in person", "线下", "线下活动", "见面"), Kind.OFFLINE),
    **dict.fromkeys(
        ("online", "online talk", "talk", "webinar", "线上", "线上活动", "在线", "线上分享", "网上"), Kind.ONLINE
    ),
}
_LIST: Final = re.compile(r" *[,，、;；] *| +(?:and|和|及) +| *[和及] *")
_AHEAD: Final = re.compile(r"^(?:提前|会前|活动前)| *(?:ahead|before(?: the start)?|earlier|前)$")
_CHOICES: Final = re.compile(r" *[/／] *")
_LINES: Final = re.compile(r" *[\r\n;；] *")


# Values


def number(text: str) -> int | None:
    """Read a whole number, ``20`` or 二十."""
    folded = fold(text).strip()
    return whole_number(folded) if re.fullmatch(ANY_NUMBER, folded) else None


def minutes(text: str) -> int | None:
    """Read a length of time in whole minutes: ``90 min``, ``2 hours``, 半小时."""
    found = parse_duration(_AHEAD.sub("", fold(text).strip()).strip())
    return None if found is None else round(found / timedelta(minutes=1))


def spans(text: str) -> tuple[int, ...] | None:
    """Read lengths of time ahead, the longest first: ``1 day, 2 hours``, 提前1天、2小时; none of them is a list too."""
    folded = fold(text).strip()
    if folded in NOTHING:
        return ()
    found = {minutes(one) for one in _LIST.split(folded) if one}
    return (
        None if None in found or not found else tuple(sorted((one for one in found if one is not None), reverse=True))
    )


def questions(text: str) -> tuple[Asked, ...]:
    """Read the questions put on sign-up, one a line; what follows the question mark are the choices."""
    return tuple(_asked(line) for line in _LINES.split(text.strip()) if line.strip())


def _asked(line: str) -> Asked:
    mark = re.search(r"[?？]", line)
    if mark is None:
        return Asked(" ".join(line.split()))
    asked, rest = line[: mark.end()], line[mark.end() :].strip(" :：")
    choices = tuple(choice for choice in (" ".join(one.split()) for one in _CHOICES.split(rest)) if choice)
    return Asked(" ".join(asked.split()), choices)


def tags(text: str) -> tuple[str, ...]:
    """Read member tags: ``Sales, IT``, 销售部、技术部."""
    if fold(text).strip() in NOTHING:
        return ()
    found = (" ".join(one.split()) for one in re.split(r"[,，、;；/]", text))
    return tuple(dict.fromkeys(one for one in found if one))


def spot(text: str) -> tuple[float, float] | None:
    """Read a point on the map: latitude and longitude in degrees, ``31.2304, 121.4737``."""
    match = re.fullmatch(r"(-?[0-9]{1,2}(?:\.[0-9]{1,12})?)[ ,，]+(-?[0-9]{1,3}(?:\.[0-9]{1,12})?)", fold(text).strip())
    if match is None:
        return None
    latitude, longitude = float(match[1]), float(match[2])
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def kind(text: str) -> Kind | None:
    """Read where people meet: ``online``, 线下."""
    return _KINDS.get(fold(text).strip())


def yes_no(text: str) -> bool | None:
    """Read a yes or a no."""
    folded = fold(text).strip(" .。!！")
    return True if folded in _YES else False if folded in _NO else None


# Shapes


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a part looks like: an expression over the folded text, and how its ``v`` (in the original writing) is read."""

    field: Field
    looks: re.Pattern[str]
    read: Callable[[str], Value]


def _shapes(field: Field, read: Callable[[str], Value], *expressions: str) -> tuple[_Shape, ...]:
    return tuple(_Shape(field, re.compile(expression), read) for expression in expressions)


def _as(value: Value) -> Callable[[str], Value]:
    return lambda _text: value


def _text(text: str) -> Value:
    return text.strip()


def _end(text: str) -> Value:
    return End(text.strip())


def _perhaps_end(text: str) -> Value:
    return End(text.strip(), certain=False)


def _nothing(field: Field, value: Value, *expressions: str) -> tuple[_Shape, ...]:
    return _shapes(field, _as(value), *expressions)


_N = rf"(?P<v>{ANY_NUMBER})"
_MONEY = (
    r"(?:[¥￥$€£] *[0-9][0-9.,]*|[0-9][0-9.,]* *(?:元|块钱?|rmb|cny|usd|eur|yuan|dollars?|euros?|pounds?|[¥￥$€£]))"
)
_MINIMUM = (
    rf"(?:min(?:imum)?|at least) *:? *{_N}(?: *(?:people|persons?|seats?))?",
    rf"(?:最少|至少|最低|满|不少于) *{_N} *(?:个?人|名)?(?:成行|起|才?开|开班|出发)?",
    rf"{_N} *(?:个?人|名)(?:成行|起开|成团)",
)
_SEATS = (
    rf"(?:最多|限|上限)? *{_N} *(?:seats?|places?|spots?|people|persons?|max)",
    rf"(?:最多|限额?|上限|共|名额|名額|人数|人數)? *{_N} *(?:人|个?名(?:额|額)|名|个?位子?|个?座位?|席)",
    rf"(?:seats?|places?|max(?:imum)?|limit|名额|名額|人数|人數|限额|上限) *[:=]? *{_N}",
)
_GUESTS = (
    r"\+ *(?P<v>[0-9]{1,2})(?: *(?:guests?|人|位))?",
    rf"{_N} *guests?(?: each)?",
    rf"guests? *[:=]? *{_N}",
    rf"(?:每人)?(?:可以?|能)?(?:带|帶) *{_N} *(?:个|個|位|名)?(?:人|客人|朋友|家属)?",
)
_DEADLINE = (
    r"(?:sign[- ]?up )?(?:until|till|by|before|deadline) *:? *(?P<v>.+)",
    r"(?:报名|報名)?截止(?:日期|时间)? *(?:到|于|在|:)? *(?P<v>.+)",
    r"(?P<v>.+?) *(?:(?:报名|報名)截止|截止(?:报名|報名)?|前(?:报名|報名))",
)
_PLACE = (r"(?:(?:at|place|where|location|venue)(?: *: *| +)|@ *|地点 *:? *|地點 *:? *|在 *)(?P<v>.+)",)
_PRICE = (
    r"(?:price|cost|fee) *:? +(?P<v>.+)",
    r"(?:价格|费用|收费|价钱|票价) *:? *(?P<v>.+)",
    rf"(?P<v>(?:about |only )?{_MONEY}.*)",
    rf"(?P<v>(?:每人|人均|每位|大约|约) *{_MONEY}.*)",
    r"(?P<v>free(?: of charge)?|for free|免费|aa制?)",
)
_LENGTH = (
    r"(?:length|lasts?|duration|takes|for) *:? *(?P<v>.+)",
    r"(?:时长|时间长度|历时|持续|共|约) *:? *(?P<v>.+)",
    r"(?P<v>.+)",
)
_CLOCK = (
    r"(?P<v>[0-9]{1,2}(?:[:.][0-9]{2})? ?(?:[ap]\.?m\.?)?|noon|midnight|"
    rf"(?:凌晨|早上|上午|中午|下午|傍晚|晚上|夜里)?{NUMBER}(?:[:.][0-9]{{2}}|[点點时時](?:半|一刻|三刻|[0-9]{{1,2}}分?)?)?)"
)
_ENDS = (
    rf"(?:ends?|ending|finish(?:es)?|over)(?: *(?:at|by))? *:? *{_CLOCK}",
    rf"(?:到|至)? *{_CLOCK} *(?:结束|結束|散场|散会)",
    rf"(?:结束|結束)(?:时间|于)? *:? *{_CLOCK}",
)
_PERHAPS_ENDS = (rf"(?:until|till|to) *{_CLOCK}", rf"(?:到|至) *{_CLOCK}(?:为止)?")
_REMINDERS = (r"(?:remind(?:ers?)?) *:? *(?P<v>.+)", r"提醒 *:? *(?P<v>.+)", r"(?P<v>提前.+?)提醒")
_PROMOTE = (r"(?:promot(?:e|ion)) *:? *(?P<v>.+)", r"(?:宣传|推广) *:? *(?P<v>.+)")
_CALL = (
    r"(?:start notice|call(?: people)?) *:? *(?P<v>.+)",
    r"(?:开场|开播|开始)(?:提醒|通知) *:? *(?P<v>.+)",
    r"(?P<v>提前.+?)(?:开场|开播|开始)(?:提醒|通知)",
)
_OFFER = (
    r"(?:offers?|accept(?: a seat)? within|time to accept) *:? *(?P<v>.+)",
    r"(?:递补|候补)?确认(?:时限|时间) *:? *(?P<v>.+)",
    r"(?P<v>.+?)内确认(?:递补|候补)?",
)
_TAGS = (
    r"(?:only(?: for)?|tags?|for tags?) *:? +(?P<v>.+)",
    r"(?:仅限|只限|仅|限|标签|部门) *:? *(?P<v>.+?)(?:参加|报名)?",
)
_QUESTIONS = (r"(?:ask|questions?) *:? +(?P<v>.+)", r"(?:提问|报名问题|问题|问) *:? *(?P<v>.+)", r"(?P<v>.+?[?？].*)")
_ABOUT = (r"(?:about|description|details|note) *: *(?P<v>.+)", r"(?:说明|简介|介绍|详情|备注) *:? *(?P<v>.+)")
_LINK = (r"(?:(?:online|link|url|线上|在线|链接|网址|会议) *(?:at|:)? *)?(?P<v>https?://\S+)",)

SHAPES: Final[tuple[_Shape, ...]] = (
    *_shapes("link", _text, *_LINK),
    *_nothing("guests", 0, r"no guests?", r"不可?(?:以|能)?(?:带|帶)人"),
    *_shapes("guests", number, *_GUESTS),
    *_nothing("minimum", None, r"no minimum", r"不限最低人数"),
    *_shapes("minimum", number, *_MINIMUM),
    *_nothing("seats", None, r"no (?:seat )?limit|unlimited(?: seats)?|不限(?:人数|名额)?|无限"),
    *_shapes("seats", number, *_SEATS),
    *_shapes("call", minutes, *_CALL),
    *_nothing("reminders", (), r"no reminders?|不提醒"),
    *_shapes("reminders", spans, *_REMINDERS),
    *_shapes("promote", spans, *_PROMOTE),
    *_shapes("offer", minutes, *_OFFER),
    *_shapes("minutes", minutes, *_LENGTH),
    *_shapes("kind", kind, r"(?P<v>.+)"),
    *_nothing("named", True, r"named guests?|names of guests|(?:带人|同行人|随行)(?:需|要)?(?:实名|登记姓名|报姓名)"),
    *_nothing(
        "closes",
        True,
        r"no waiting list|closes? when full|until full|满员(?:即|就|后)?(?:截止|关闭|为止|止)|报满(?:即|就)?(?:截止|止)|(?:不设|没有|无)候补",
    ),
    *_nothing("strict", True, r"strict(?: order)?|严格(?:排队|按顺序|候补)"),
    *_nothing("automatic", True, r"automatic(?:ally)?|自动(?:递补|补位|候补)"),
    *_nothing("reconfirm", True, r"reconfirm|ask again(?: a day ahead)?|(?:提前|前一天)?(?:再次|再)确认"),
    *_shapes("questions", questions, *_QUESTIONS),
    *_shapes("minutes", _end, *_ENDS),
    *_shapes("minutes", _perhaps_end, *_PERHAPS_ENDS),
    *_shapes("deadline", _text, *_DEADLINE),
    *_shapes("place", _text, *_PLACE),
    *_shapes("price", _text, *_PRICE),
    *_shapes("about", _text, *_ABOUT),
    *_shapes("tags", tags, *_TAGS),
)
"""The first shape that fits and whose value can be read decides."""


def read_part(text: str) -> Part | None:
    """Read one part of a line; None if it is none of those there may be."""
    folded = fold(text)
    for shape in SHAPES:
        match = shape.looks.fullmatch(folded)
        if match is None:
            continue
        group = "v" if "v" in shape.looks.groupindex else 0
        value = shape.read(text[match.start(group) : match.end(group)])
        if value is not None or group == 0:
            return Part(shape.field, value)
    return None

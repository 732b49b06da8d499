"""An event as it is typed on one line, in English or Chinese: ``title | time | other parts in any order``.

Times stay text here: whoever reads them may have to ask back. What cannot be read comes back as a value that names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.events.rules import parts
from bot.events.rules.parts import ANY_NUMBER, NOTHING, End, Part, read_part
from bot.events.rules.plan import Field
from bot.kernel.numerals import fold, whole_number

_BETWEEN: Final = re.compile(r"\s*[|｜\r\n]\s*")
_FIELD_WORDS: Final[dict[str, Field]] = {
    **dict.fromkeys(("title", "name", "标题", "標題", "名称", "名稱", "名字"), "title"),
    **dict.fromkeys(("kind", "type", "形式", "类型"), "kind"),
    **dict.fromkeys(("time", "date", "start", "starts", "when", "时间", "日期", "开始"), "starts_at"),
    **dict.fromkeys(("length", "duration", "lasts", "时长", "长度"), "minutes"),
    **dict.fromkeys(("place", "where", "location", "venue", "地点", "地點", "地址"), "place"),
    **dict.fromkeys(("map", "point", "spot", "地图", "定位", "位置"), "spot"),
    **dict.fromkeys(("link", "url", "链接", "网址"), "link"),
    **dict.fromkeys(("seats", "seat", "places", "名额", "名額", "人数", "人數", "座位"), "seats"),
    **dict.fromkeys(("guests", "guest", "带人", "客人"), "guests"),
    **dict.fromkeys(("names", "named", "实名", "带人姓名", "同行人姓名"), "named"),
    **dict.fromkeys(("deadline", "until", "截止", "报名截止", "報名截止"), "deadline"),
    **dict.fromkeys(("price", "cost", "fee", "价格", "费用", "收费"), "price"),
    **dict.fromkeys(("about", "description", "details", "说明", "简介", "介绍", "详情"), "about"),
    **dict.fromkeys(("picture", "photo", "image", "poster", "图片", "照片", "海报"), "picture"),
    **dict.fromkeys(("questions", "question", "ask", "报名问题", "问题", "提问"), "questions"),
    **dict.fromkeys(("tags", "tag", "only", "标签", "部门"), "tags"),
    **dict.fromkeys(("minimum", "min", "least", "最少", "至少", "最低人数"), "minimum"),
    **dict.fromkeys(("closes", "full", "满员截止", "满员即止"), "closes"),
    **dict.fromkeys(("strict", "order", "严格排队", "严格"), "strict"),
    **dict.fromkeys(("automatic", "auto", "自动递补", "自动"), "automatic"),
    **dict.fromkeys(("offer", "accept", "确认时限", "确认时间"), "offer"),
    **dict.fromkeys(("reminders", "reminder", "remind", "提醒"), "reminders"),
    **dict.fromkeys(("reconfirm", "again", "再次确认", "再确认"), "reconfirm"),
    **dict.fromkeys(("promote", "promotion", "posts", "宣传", "推广"), "promote"),
    **dict.fromkeys(("call", "notice", "开场提醒", "开播提醒", "开始提醒", "开场通知"), "call"),
}
_GLUED: Final = tuple(sorted((word for word in _FIELD_WORDS if not word.isascii()), key=len, reverse=True))
"""Chinese words of fields, to which a value may be joined without a space; the longest first."""
_NUMBERS: Final[frozenset[Field]] = frozenset({"seats", "guests", "minimum"})
_READERS: Final[dict[Field, Callable[[str], parts.Value]]] = {
    "kind": parts.kind,
    "minutes": parts.minutes,
    "spot": parts.spot,
    "named": parts.yes_no,
    "questions": parts.questions,
    "tags": parts.tags,
    "closes": parts.yes_no,
    "strict": parts.yes_no,
    "automatic": parts.yes_no,
    "offer": parts.minutes,
    "reminders": parts.spans,
    "reconfirm": parts.yes_no,
    "promote": parts.spans,
    "call": parts.minutes,
}
"""How the value of a field is read that is neither a number nor kept as it stands."""
_EMPTY: Final[dict[Field, parts.Value]] = {
    **dict.fromkeys(("seats", "minimum", "deadline", "place", "spot", "link", "price", "about", "picture"), None),
    "minutes": None,
    "guests": 0,
    "questions": (),
    "tags": (),
    "reminders": (),
    "promote": (),
}
"""What a field is when it is taken away."""
_LIKE_A_PART: Final[frozenset[Field]] = frozenset(
    {"seats", "guests", "minimum", "link", "place", "minutes", "deadline"}
)
"""The fields whose value may also be written as a part after their name: ``seats 25 seats``."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line whose parts are all understood, but for the times, which are still text; ``parts`` are what follows them."""

    title: str
    when: str
    parts: Mapping[Field, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TitleOnly:
    """There is nothing but one part."""

    title: str


@dataclass(frozen=True, slots=True)
class UnknownPart:
    """A part that is none of those there may be."""

    text: str


@dataclass(frozen=True, slots=True)
class Twice:
    """Two parts say the same thing."""

    field: Field
    text: str


LineOutcome = Line | TitleOnly | UnknownPart | Twice


def read_line(text: str) -> LineOutcome:
    """Read what follows ``/event create``: a title, a time, then anything else in any order.

    Several questions add up; any other field is said once.
    """
    title, *pieces = [" ".join(piece.split()) for piece in _BETWEEN.split(text.strip())]
    pieces = [piece for piece in pieces if piece]
    if not pieces:
        return TitleOnly(title)
    found = read_parts(pieces[1:])
    return Line(title, pieces[0], found) if isinstance(found, dict) else found


def read_pieces(text: str) -> dict[Field, Any] | UnknownPart | Twice:
    """Read parts that stand alone, without title and time, as after the name of a template."""
    return read_parts([piece for piece in (" ".join(one.split()) for one in _BETWEEN.split(text.strip())) if piece])


def read_parts(pieces: list[str]) -> dict[Field, Any] | UnknownPart | Twice:
    """Read parts in any order. What may be the end of the event or of its sign-up is the one that no other part says."""
    found: dict[Field, Any] = {}
    perhaps: list[tuple[str, End]] = []
    for piece in pieces:
        part = read_part(piece)
        if part is None:
            return UnknownPart(piece)
        if isinstance(part.value, End) and not part.value.certain:
            perhaps.append((piece, part.value))
        elif part.field == "questions":
            found["questions"] = (*found.get("questions", ()), *part.value)  # type: ignore[misc]
        elif part.field in found:
            return Twice(part.field, piece)
        else:
            found[part.field] = part.value
    for piece, end in perhaps:
        if "minutes" not in found:
            found["minutes"] = end
        elif "deadline" not in found:
            found["deadline"] = end.text
        else:
            return Twice("deadline", piece)
    return found


@dataclass(frozen=True, slots=True)
class NotAnEdit:
    """The words name no field of an event."""

    text: str


@dataclass(frozen=True, slots=True)
class FieldOnly:
    """A field is named, but no value; or the value cannot be typed on a line, as that of a picture."""

    field: Field


@dataclass(frozen=True, slots=True)
class NotANumber:
    """The field takes a number, and this is none."""

    field: Field
    text: str


@dataclass(frozen=True, slots=True)
class Unfit:
    """The field takes something else than this."""

    field: Field
    text: str


EditLine = Part | FieldOnly | NotANumber | Unfit | NotAnEdit


def read_edit(text: str) -> EditLine:
    """Read what follows ``/event edit 3``: a field and its value, or a part as it is written when creating."""
    text = text.strip()
    named = _named(text)
    if named is None:
        joined = " ".join(text.split())
        part = read_part(joined)
        return part or _glued(text) or NotAnEdit(joined)
    return _given(*named)


def _named(text: str) -> tuple[Field, str] | None:
    """Take the name of a field off the beginning."""
    match = re.match(r"([^\s:：]+)(?:[ \t]*[:：]|\s)?(.*)", text, re.DOTALL)
    word = match[1] if match is not None else ""
    found = _FIELD_WORDS.get(fold(word)) or _FIELD_WORDS.get(word.casefold())
    return (found, match[2]) if match is not None and found is not None else None


def _glued(text: str) -> EditLine | None:
    word = next((one for one in _GLUED if text.startswith(one)), None)
    return None if word is None else _given(_FIELD_WORDS[word], text.removeprefix(word))


def _given(name: Field, value: str) -> EditLine:
    value = value.strip() if name in {"about", "questions"} else " ".join(value.split())
    return read_value(name, value) if value else FieldOnly(name)


def read_value(name: Field, value: str) -> EditLine:
    """Read the value of a field whose name is known."""
    folded = fold(value)
    if name in _EMPTY and folded in NOTHING:
        return Part(name, _EMPTY[name])
    if name == "picture":
        return FieldOnly(name)
    if name in _NUMBERS:
        return _number(name, value)
    reader = _READERS.get(name)
    read = value if reader is None else reader(value)
    if read is None or name == "link":
        part = read_part(value)
        if part is not None and part.field == name and name in _LIKE_A_PART and not isinstance(part.value, End):
            return part
    return Unfit(name, value) if read is None else Part(name, read)


def _number(name: Field, value: str) -> EditLine:
    match = re.fullmatch(rf"\+?(?P<n>{ANY_NUMBER}) *(?:people|persons?|个?人|名|位)?", fold(value))
    number = whole_number(match["n"]) if match is not None else None
    if number is not None:
        return Part(name, number)
    part = read_part(value)
    return part if part is not None and part.field == name else NotANumber(name, value)


def read_number(text: str) -> tuple[int | None, str]:
    """Read an event's number at the start (``3``, ``#3``), and return the rest."""
    match = re.match(r"\s*(\S*)\s?(.*)", text, re.DOTALL)
    word, rest = (match[1], match[2]) if match is not None else ("", "")
    folded = fold(word).lstrip("#")
    number = whole_number(folded) if len(folded) <= 6 and folded else None
    return (None, text.strip()) if number is None else (number, rest.strip())

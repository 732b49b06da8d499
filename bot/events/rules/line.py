"""An event as it is typed on one line, in English or Chinese: ``title | time | other parts in any order``.

Times stay text here: whoever reads them may have to ask back. What cannot be read comes back as a value that names it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.events.rules.plan import Field
from bot.kernel.numerals import NUMBER, fold, whole_number

_NUMBER: Final = rf"(?:[0-9]{{7,15}}|{NUMBER})"
"""Also numbers that are too large for anything, so that they are refused as such and not as words."""
_BETWEEN: Final = re.compile(r"\s*[|｜\r\n]\s*")
_SEATS: Final = (
    re.compile(rf"(?:最多|限|上限)? *(?P<n>{_NUMBER}) *(?:seats?|places?|spots?|people|persons?|max)"),
    re.compile(
        rf"(?:最多|限额?|上限|共|名额|名額|人数|人數)? *(?P<n>{_NUMBER}) *(?:人|个?名(?:额|額)|名|个?位子?|个?座位?|席)"
    ),
    re.compile(rf"(?:seats?|places?|max(?:imum)?|limit|名额|名額|人数|人數|限额|上限) *[:=]? *(?P<n>{_NUMBER})"),
)
_NO_SEATS: Final = re.compile(r"(?:no (?:seat )?limit|unlimited(?: seats)?|不限(?:人数|名额)?|无限)")
_GUESTS: Final = (
    re.compile(r"\+ *(?P<n>[0-9]{1,2})(?: *(?:guests?|人|位))?"),
    re.compile(rf"(?P<n>{_NUMBER}) *guests?(?: each)?"),
    re.compile(rf"guests? *[:=]? *(?P<n>{_NUMBER})"),
    re.compile(rf"(?:每人)?(?:可以?|能)?(?:带|帶) *(?P<n>{_NUMBER}) *(?:个|個|位|名)?(?:人|客人|朋友|家属)?"),
)
_NO_GUESTS: Final = re.compile(r"no guests?|不可?(?:以|能)?(?:带|帶)人")
_DEADLINE: Final = (
    re.compile(r"(?:sign[- ]?up )?(?:until|till|by|before|deadline) *:? *(?P<text>.+)"),
    re.compile(r"(?:报名|報名)?截止(?:日期|时间)? *(?:到|于|在|:)? *(?P<text>.+)"),
    re.compile(r"(?P<text>.+?) *(?:(?:报名|報名)截止|截止(?:报名|報名)?|前(?:报名|報名))"),
)
_PLACE: Final = re.compile(
    r"(?:(?:at|place|where|location|venue)(?: *: *| +)|@ *|地点 *:? *|地點 *:? *|在 *)(?P<text>.+)"
)
_NOTHING: Final = frozenset({"none", "no", "off", "-", "—", "no limit", "unlimited", "无", "没有", "不限", "取消"})

_FIELD_WORDS: Final[dict[str, Field]] = {
    **dict.fromkeys(("title", "name", "标题", "標題", "名称", "名稱", "名字"), "title"),
    **dict.fromkeys(("time", "date", "start", "starts", "when", "时间", "日期", "开始"), "starts_at"),
    **dict.fromkeys(("seats", "seat", "places", "名额", "名額", "人数", "人數", "座位"), "seats"),
    **dict.fromkeys(("guests", "guest", "带人", "客人"), "guests"),
    **dict.fromkeys(("deadline", "until", "截止", "报名截止", "報名截止"), "deadline"),
    **dict.fromkeys(("place", "where", "location", "地点"), "place"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a line: a number (seats, guests), or text (title, times, place); None takes the field away."""

    field: Field
    value: int | str | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line whose parts are all understood, but for the times, which are still text."""

    title: str
    when: str
    seats: int | None = None
    guests: int = 0
    deadline: str | None = None
    place: str | None = None


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
    """Read what follows ``/event create``: a title, a time, then anything else in any order."""
    title, *pieces = [" ".join(piece.split()) for piece in _BETWEEN.split(text.strip())]
    pieces = [piece for piece in pieces if piece]
    if not pieces:
        return TitleOnly(title)
    found: dict[str, int | str | None] = {}
    for piece in pieces[1:]:
        part = read_part(piece)
        if part is None:
            return UnknownPart(piece)
        if part.field in found:
            return Twice(part.field, piece)
        found[part.field] = part.value
    return Line(title, pieces[0], **found)  # type: ignore[arg-type]


def read_part(text: str) -> Part | None:
    """Read one part: seats, guests, deadline or place; None if it is none of them."""
    folded = fold(text)
    for field, shapes, nothing in (("guests", _GUESTS, _NO_GUESTS), ("seats", _SEATS, _NO_SEATS)):
        if nothing.fullmatch(folded):
            return Part("seats", None) if field == "seats" else Part("guests", 0)
        for shape in shapes:
            match = shape.fullmatch(folded)
            number = whole_number(match["n"]) if match else None
            if number is not None:
                return Part("seats" if field == "seats" else "guests", number)
    for shape in _DEADLINE:
        if (match := shape.fullmatch(folded)) is not None:
            return Part("deadline", text[match.start("text") : match.end("text")])
    if (match := _PLACE.fullmatch(folded)) is not None:
        return Part("place", text[match.start("text") : match.end("text")])
    return None


@dataclass(frozen=True, slots=True)
class NotAnEdit:
    """The words name no field of an event."""

    text: str


@dataclass(frozen=True, slots=True)
class FieldOnly:
    """A field is named, but no value."""

    field: Field


@dataclass(frozen=True, slots=True)
class NotANumber:
    """The field takes a number, and this is none."""

    field: Field
    text: str


EditLine = Part | FieldOnly | NotANumber | NotAnEdit


def read_edit(text: str) -> EditLine:
    """Read what follows ``/event edit 3``: a field and its value, or a part as it is written when creating."""
    text = " ".join(text.split())
    word, _, value = text.replace("：", ":").partition(" ")
    if ":" in word and word.partition(":")[0].casefold() in _FIELD_WORDS:
        word, _, rest = word.partition(":")
        value = f"{rest} {value}".strip()
    field = _FIELD_WORDS.get(fold(word)) or _FIELD_WORDS.get(word.casefold())
    if field is None:
        return read_part(text) or NotAnEdit(text)
    value = value.strip()
    return _valued(field, value) if value else FieldOnly(field)


def _valued(field: Field, value: str) -> EditLine:
    folded = fold(value)
    if field in {"seats", "guests"}:
        if folded in _NOTHING:
            return Part(field, None if field == "seats" else 0)
        number = whole_number(folded.lstrip("+")) if re.fullmatch(rf"\+?{_NUMBER}", folded) else None
        if number is not None:
            return Part(field, number)
        part = read_part(value)
        return part if part is not None and part.field == field else NotANumber(field, value)
    if field in {"deadline", "place"} and folded in _NOTHING:
        return Part(field, None)
    return Part(field, value)


def read_number(text: str) -> tuple[int | None, str]:
    """Read an event's number at the start (``3``, ``#3``), and return the rest."""
    word, _, rest = text.strip().partition(" ")
    folded = fold(word).lstrip("#")
    number = whole_number(folded) if len(folded) <= 6 and folded else None
    return (None, text.strip()) if number is None else (number, rest.strip())

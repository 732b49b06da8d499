"""Signing up in words: what a message that answers a card says, as people write it in Chinese and English (R05)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bot.kernel.numerals import NUMBER, fold, whole_number

LONGEST: Final = 40
"""Characters: what is longer says more than that somebody comes."""


class Say(Enum):
    """What somebody says of themselves."""

    COME = "come"
    MAYBE = "maybe"
    NOT = "not"
    ONE_LESS = "one less"
    """-1: a guest less, or, of somebody who comes alone, that they do not come."""


@dataclass(frozen=True, slots=True)
class Word:
    """What was said; ``size`` is how many people come in all, the writer included, where they said how many."""

    say: Say
    size: int | None = None


_COME: Final = (
    r"(?:我)?(?:要|想)?(?:报名|報名|参加|參加)(?:参加|參加)?|我(?:来|來|去|要来|要去)|算(?:上)?我(?:一个|一個)?|来|來|"
    r"join|i(?:'m| am|m)? join(?:ing)?|in|i(?:'m| am|m) in|i(?:'m| am|m) (?:coming|going)|(?:count|sign) me (?:in|up)|"
    r"sign(?:ing)? up|coming|going"
)
_PEOPLE: Final = r" *(?:人|位|个|個|名|people|persons?|seats?)?"
_WITH: Final = r"(?:带|帶|with|bringing|\+ ?guests?:?) *"
_PLUS: Final = re.compile(rf"(?:(?:{_COME})[ ,，]*)?\+ *(?P<n>[0-9]{{1,2}}|{NUMBER}){_PEOPLE}")
_COUNTED: Final = re.compile(rf"(?:{_COME}) *(?P<n>[0-9]{{1,2}}|{NUMBER}) *(?:人|位|个人|個人|个|個|名|people|persons)")
_BRINGS: Final = re.compile(
    rf"(?:(?:{_COME})[ ,，]*)?{_WITH}(?P<n>[0-9]{{1,2}}|{NUMBER}|a)(?: *(?:人|位|个|個|名|个人|個人|个朋友|guests?|friends?|others?))?"
)
_ALONE: Final = re.compile(_COME)
_MAYBE: Final = re.compile(
    r"maybe|perhaps|not sure(?: yet)?|i may come|待定|(?:我)?(?:可能|也许|也許)(?:来|來|去|参加|參加)?|不确定|不確定|看情况|看情況"
)
_NOT: Final = re.compile(
    r"(?:i )?(?:can't|cant|cannot|can not|won't|wont)(?: (?:come|make it|go|join))?|(?:i'm |i am |im )?(?:out|not (?:coming|going))|"
    r"leave|cancel|"
    r"(?:我)?(?:不去|不来|不來|不参加|不參加|去不了|来不了|來不了|参加不了|參加不了)(?:了)?|(?:我)?(?:取消|退出)(?:报名|報名)?(?:了)?"
)
_ONE_LESS: Final = re.compile(r"[-−–] *1")


def read_word(text: str) -> Word | None:
    """Read a whole message; None if it says anything else, so that people can go on talking under a card."""
    if len(text) > LONGEST or "\n" in text.strip():
        return None
    said = _bare(fold(text).replace("’", "'"))
    if _ONE_LESS.fullmatch(said):
        return Word(Say.ONE_LESS)
    for shape, others in ((_PLUS, 0), (_COUNTED, 0), (_BRINGS, 1)):
        match = shape.fullmatch(said)
        number = _number(match["n"]) if match is not None else None
        if number is not None:
            return Word(Say.COME, number + others) if number > 0 else None
    for shape, say in ((_ALONE, Say.COME), (_MAYBE, Say.MAYBE), (_NOT, Say.NOT)):
        if shape.fullmatch(said):
            return Word(say)
    return None


def _number(text: str) -> int | None:
    return 1 if text == "a" else whole_number(text)


def _bare(text: str) -> str:
    """Take away the punctuation and emoji around the words."""
    start, end = 0, len(text)
    while end > start and _is_ornament(text[end - 1]):
        end -= 1
    while start < end and _is_ornament(text[start]) and text[start] not in "+-−–":
        start += 1
    return " ".join(text[start:end].split())


def _is_ornament(char: str) -> bool:
    # Joiners and the variation selectors of emoji are marks and formats. A question is no word of one's own.
    return char.isspace() or (unicodedata.category(char)[0] in "PSMC" and char not in "?/")

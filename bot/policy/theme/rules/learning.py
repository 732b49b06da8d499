"""Which words are common in a group, learned without understanding one (R04).

A word is common when at least two people used it on each of several days. Scripts without spaces have no words to see: there,
every run of two to four characters between the small words of the language is a candidate, and of candidates that always come
together the longest is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from bot.policy.rules.plain import Plain

DAYS: Final = 3
"""On so many days a word must have been used to be common."""
PEOPLE: Final = 2
"""By so many people on each of them."""
KEPT_DAYS: Final = 30
"""A word that was not used for so long is forgotten."""
MOST_TODAY: Final = 3000
"""Candidates of a day; beyond it, those used by one person only make room."""
MOST_KEPT: Final = 1000
MOST_LEARNED: Final = 40
_FROM_A_MESSAGE: Final = 120
_LATIN: Final = re.compile("[a-z][a-z0-9]{3,29}")
_RUN: Final = re.compile("[\u3400-\u9fff]{2,}")
_SMALL: Final = re.compile(
    "[的了是在我你他她它们这那和与就都也很不吗吧呢啊哦嗯呀哈嘿把被给让对从到又还再才只没有个么什怎为会能可要想去来说看上下中里吃好多少大小一二三四五六七八九十两几点号日月年时分今明昨早晚谁哪请谢后前过着得地之以及或但而]"
)
_SMALL_WORDS_TEXT: Final = """
about above after again also always another anybody anyone anything around away back because been before being best
better both bring came cannot come could dear didn doesn doing done down each early else enough even ever every
everybody everyone everything fine first from getting give goes going good great group guess guys haha hahaha have
having hello here home hope into isn just keep kind knew know last late later least left less like little long look
looking made make many maybe mean might mine more morning most much must myself near need never next nice nobody none
nothing okay once only other ours over people perhaps please pretty quite rather really right said same saying seem
seen shall should since some somebody someone something soon sorry still such sure take talk tell than thank thanks
that their them then there these they thing things think this those though through time today together tomorrow
tonight took true turn under until upon used very want was wasn week well went were what when where which while will
wish with without won wonder work would wouldn year yeah years yesterday your yours http https html www
"""
_SMALL_WORDS: Final = frozenset(_SMALL_WORDS_TEXT.split())


def candidates(text: Plain) -> set[str]:
    """Return the words of a message that may be common, at most 120."""
    found = {word for word in text.tokens if _LATIN.fullmatch(word) and word not in _SMALL_WORDS}
    for run in _RUN.findall(text.folded):
        for piece in _SMALL.split(run):
            for length in (2, 3, 4):
                found.update(piece[at : at + length] for at in range(len(piece) - length + 1))
                if len(found) > _FROM_A_MESSAGE:
                    return set(sorted(found)[:_FROM_A_MESSAGE])
    return found


@dataclass(frozen=True, slots=True)
class Known:
    """A word: on how many days it was common, and the last of them, counted from the year 1."""

    days: int
    last: int


@dataclass(frozen=True, slots=True)
class Learning:
    """What a group's talk has taught. ``today`` are the people who used each word on ``day``."""

    day: int = 0
    today: Mapping[str, frozenset[int]] | None = None
    known: Mapping[str, Known] | None = None


def news(learning: Learning, day: int, said: Iterable[tuple[int, Collection[str]]]) -> list[tuple[int, list[str]]]:
    """Return of some messages of a day what teaches something, so that :func:`heard` learns as much from it as from all."""
    today = (learning.today or {}) if day <= learning.day else {}
    found: list[tuple[int, list[str]]] = []
    for user_id, words in said:
        new = [word for word in words if len(people := today.get(word, frozenset())) < PEOPLE and user_id not in people]
        if new:
            found.append((user_id, sorted(new)))
    return found


def heard(learning: Learning, day: int, said: Iterable[tuple[int, Collection[str]]]) -> Learning:
    """Return what is known after some messages of a day: who, and the candidates of what they wrote."""
    if day > learning.day:
        learning = Learning(day, {}, _known_after(learning))
    today = dict(learning.today or {})
    for user_id, words in said:
        for word in words:
            before = today.get(word, frozenset())
            if len(before) < PEOPLE:
                today[word] = before | {user_id}
    if len(today) > MOST_TODAY:
        today = {word: people for word, people in today.items() if len(people) >= PEOPLE}
    return Learning(learning.day, today, learning.known)


def _known_after(learning: Learning) -> dict[str, Known]:
    """Return what is known once the day is over."""
    known = {word: one for word, one in (learning.known or {}).items() if learning.day - one.last < KEPT_DAYS}
    for word, people in (learning.today or {}).items():
        if len(people) >= PEOPLE:
            days = known[word].days if word in known else 0
            known[word] = Known(days + 1, learning.day)
    best = sorted(known.items(), key=lambda pair: (-pair[1].days, -pair[1].last, pair[0]))
    return dict(best[:MOST_KEPT])


def learned(learning: Learning, struck: Collection[str] = ()) -> tuple[str, ...]:
    """Return the words that are common in the group, the most usual first; of those that come together only the longest."""
    common = {word: one.days for word, one in (learning.known or {}).items() if one.days >= DAYS and word not in struck}
    whole = [word for word in common if not _is_part(word, common)]
    return tuple(sorted(whole, key=lambda word: (-common[word], word))[:MOST_LEARNED])


def _is_part(word: str, common: Mapping[str, int]) -> bool:
    """Say whether a word is hardly ever used but as a part of a longer one."""
    return any(
        len(other) > len(word) and word in other and 5 * days >= 4 * common[word] for other, days in common.items()
    )

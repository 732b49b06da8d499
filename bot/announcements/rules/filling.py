"""Placeholders: words in braces that are filled in for each group when the announcement goes out there."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from html import escape
from typing import TYPE_CHECKING, Final

from bot.announcements.rules.content import Content, Link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GROUP: Final = "group"
DATE: Final = "date"
MEMBERS: Final = "members"
_NAMES: Final = {
    **dict.fromkeys(("group", "群", "群名", "群组", "本群"), GROUP),
    **dict.fromkeys(("date", "日期", "今天"), DATE),
    **dict.fromkeys(("members", "人数", "群人数", "成员数"), MEMBERS),
}
_MARKUP: Final = re.compile("(<[^>]*>)")
_BRACES: Final = re.compile(r"\{\{(?P<kept>[^{}<>\n]{1,40})\}\}|(?P<brace>\{\{)|\{(?P<word>[^{}<>\n]{1,40})\}")
_LIKENESS: Final = 0.6
_FEW: Final = 10
"""So many likely slips are named at most; nobody writes more into one text by mistake."""


@dataclass(frozen=True, slots=True)
class Values:
    """What stands for the placeholders in a group."""

    group: str
    date: str
    members: str

    def of(self, name: str) -> str:
        """Return what stands for a placeholder by its English name."""
        return {GROUP: self.group, DATE: self.date, MEMBERS: self.members}[name]


@dataclass(frozen=True, slots=True)
class Slip:
    """A word in braces that is no placeholder, but nearly one."""

    word: str
    meant: str


def has_braces(content: Content) -> bool:
    """Say whether anything in a content may have to be filled in."""
    return "{" in content.html or any("{" in link.label for row in content.links for link in row)


def names_in(content: Content) -> frozenset[str]:
    """Return the placeholders a content has, by their English names."""
    found = (_meant(match["word"]) for match in _all(content) if match["word"] is not None)
    return frozenset(name for name in found if name is not None)


def filled(content: Content, values: Values) -> Content:
    """Return a content as one group reads it. Unknown words in braces stay; a double brace is a single one."""
    if not has_braces(content):
        return content
    parts = _MARKUP.split(content.html)
    html = "".join(part if place % 2 else _fill(part, values, escape) for place, part in enumerate(parts))
    links = tuple(tuple(Link(_fill(link.label, values, str), link.url) for link in row) for row in content.links)
    return replace(content, html=html, links=links)


def slips(content: Content) -> tuple[Slip, ...]:
    """Return the words in braces that were probably meant as placeholders."""
    found: dict[str, Slip] = {}
    for match in _all(content):
        word = match["word"]
        if word is None or _meant(word) is not None:
            continue
        near = get_close_matches(_plain(word), _NAMES, n=1, cutoff=_LIKENESS)
        if near:
            found.setdefault(word, Slip(word, near[0]))
    return tuple(found.values())[:_FEW]


def _fill(text: str, values: Values, made: Callable[[str], str]) -> str:
    def put(match: re.Match[str]) -> str:
        if match["kept"] is not None:
            return f"{{{match['kept']}}}"
        if match["brace"] is not None:
            return "{"
        name = _meant(match["word"])
        value = None if name is None else values.of(name)
        return match[0] if value is None else made(value)

    return _BRACES.sub(put, text)


def _all(content: Content) -> Iterator[re.Match[str]]:
    for part in _MARKUP.split(content.html)[::2]:
        yield from _BRACES.finditer(part)
    for row in content.links:
        for link in row:
            yield from _BRACES.finditer(link.label)


def _meant(word: str) -> str | None:
    return _NAMES.get(_plain(word))


def _plain(word: str) -> str:
    return word.strip().casefold()

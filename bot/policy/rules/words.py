"""Lists of words, however long: what a look costs depends on the message alone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.policy.rules.plain import Plain, is_asian, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

_PAIR: Final = 2
MOST_WORDS: Final = 50_000
LONGEST_WORD: Final = 60


class WordList:
    """Words to look for. Those in Latin letters are found as whole words, the others anywhere, also with gaps in between."""

    def __init__(self, words: Iterable[str]) -> None:
        self._single: dict[str, str] = {}
        self._runs: dict[str, dict[int, dict[str, str]]] = {}
        self._phrases: dict[str, dict[int, dict[tuple[str, ...], str]]] = {}
        for word in words:
            self._add(word)

    def _add(self, word: str) -> None:
        view = plain(word)
        run = view.run
        if not run:
            return
        if not is_asian(run):
            self._phrases.setdefault(view.tokens[0], {}).setdefault(len(view.tokens), {}).setdefault(view.tokens, word)
        elif len(run) < _PAIR:
            self._single.setdefault(run, word)
        else:
            self._runs.setdefault(run[:_PAIR], {}).setdefault(len(run), {}).setdefault(run, word)

    def find(self, text: Plain) -> str | None:
        """Return the first word of the list that the text has, as it stands in the list."""
        return self._find_phrase(text.tokens) or self._find_run(text.run)

    def count(self, text: Plain) -> int:
        """Return how many words of the list the text has, one after the other: what lies within one that counts does not."""
        return len(self._phrases_in(text.tokens)) + len(self._runs_in(text.run))

    def _find_phrase(self, tokens: tuple[str, ...]) -> str | None:
        return next(iter(self._phrases_in(tokens, only_first=True)), None) if self._phrases else None

    def _find_run(self, run: str) -> str | None:
        return next(iter(self._runs_in(run, only_first=True)), None) if self._runs or self._single else None

    def _phrases_in(self, tokens: tuple[str, ...], *, only_first: bool = False) -> list[str]:
        found: list[str] = []
        past = 0
        for place, token in enumerate(tokens):
            lengths = self._phrases.get(token) if place >= past else None
            if lengths is None:
                continue
            length = next((n for n, some in lengths.items() if tokens[place : place + n] in some), 0)
            if length:
                found.append(lengths[length][tokens[place : place + length]])
                if only_first:
                    break
                past = place + length
        return found

    def _runs_in(self, run: str, *, only_first: bool = False) -> list[str]:
        found: list[str] = []
        past = 0
        for place, char in enumerate(run):
            if place < past:
                continue
            lengths = self._runs.get(run[place : place + _PAIR])
            length = next((n for n, some in lengths.items() if run[place : place + n] in some), 0) if lengths else 0
            word = lengths[length][run[place : place + length]] if lengths and length else self._single.get(char)
            if word is not None:
                found.append(word)
                if only_first:
                    break
                past = place + max(length, 1)
        return found


@lru_cache(maxsize=4096)
def compiled(words: tuple[str, ...]) -> WordList:
    """Return the list of these words; groups with equal lists share one."""
    return WordList(words)

"""Lists of words, however long: what a look costs depends on the message alone, and one look is enough for many lists."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple
from weakref import WeakValueDictionary

from bot.kernel.lazy import lazy
from bot.policy.rules.automaton import automaton
from bot.policy.rules.clauses import has_ends, is_torn
from bot.policy.rules.plain import ONLY_GAPLESS, Plain, fold, is_gapless

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.policy.rules.automaton import Find, Match

MOST_WORDS: Final = 50_000
LONGEST_WORD: Final = 60


class _Found(NamedTuple):
    """A word in the views of a text: from where to where, and its place among all words."""

    start: int
    end: int
    place: int


class _Built(NamedTuple):
    """An automaton, and for each of its patterns the list it belongs to and its place there."""

    find: Find
    has_literals: bool
    places: array[int]
    owners: array[int]


_NOTHING: Final[dict[int, list[_Found]]] = {}


class _Matcher:
    """Looks for the words of several lists at once (Aho-Corasick); built when it is first needed."""

    def __init__(self, lists: Sequence[Sequence[str]]) -> None:
        self._lists = lists

    @lazy
    def built(self) -> _Built:
        """The automaton."""
        patterns: list[str] = []
        places, owners = array("I"), array("H")
        has_literals = False
        for owner, words in enumerate(self._lists):
            for place, (word, folded) in enumerate(zip(words, _folded(words), strict=True)):
                literal = _literal(folded)
                has_literals = has_literals or literal is not None
                before = len(patterns)
                patterns += _patterns(word, folded) if literal is None else (literal,)
                places.extend([place] * (len(patterns) - before))
                owners.extend([owner] * (len(patterns) - before))
        return _Built(automaton(patterns), has_literals, places, owners)

    def look(self, text: Plain) -> dict[int, list[_Found]]:
        """Return what a text has of each list, in order, the longest first where several begin."""
        memo = text.memo
        found: dict[int, list[_Found]] | None = memo.get(self)
        if found is None:
            find, has_literals, _, _ = self.built
            matches = find(f"{text.haystack}\0{text.folded}" if has_literals else text.haystack)
            found = memo[self] = self._by_list(text, matches) if matches else _NOTHING
        return found

    def _by_list(self, text: Plain, matches: list[Match]) -> dict[int, list[_Found]]:
        _, _, places, owners = self.built
        found: dict[int, list[_Found]] = {}
        for start, end, pattern in sorted(matches, key=lambda match: (match[0], -match[1], match[2])):
            owner, place = owners[pattern], places[pattern]
            if end - start == 1 or not self._is_torn(text, start, end, self._lists[owner][place]):
                found.setdefault(owner, []).append(_Found(start, end, place))
        return found

    @staticmethod
    def _is_torn(text: Plain, start: int, end: int, word: str) -> bool:
        """Say whether a word only comes of it that one clause follows another."""
        if text.folded.isascii():
            return False
        before = len(text.line) + 1
        in_run = start >= before and end <= before + len(text.run)
        return in_run and is_torn(text, start - before, end - before) and not has_ends(word)


class WordList:
    """Words to look for. Those of scripts with spaces are found as whole words, the others anywhere, also with gaps in between.

    A word of signs alone, or of which a letter would be left, is looked for as it is written.
    """

    def __init__(self, words: Sequence[str], matcher: _Matcher | None = None, place: int = 0) -> None:
        self.words = words
        self._matcher = matcher or _Matcher((words,))
        self._place = place

    def prepare(self) -> None:
        """Build what looks for them now, and not at the first look; any thread may."""
        if self.words:
            self._matcher.built  # noqa: B018  (it stays)

    def is_silent(self, text: Plain) -> bool:
        """Say whether a text has no word of the list, nor of those that are looked for in one go with it."""
        return not self._matcher.look(text)

    def find(self, text: Plain) -> str | None:
        """Return the first word of the list that the text has, as it stands in the list."""
        if not self.words:
            return None
        found = text.memo.get(self._matcher)
        if found is None:
            found = self._matcher.look(text)
        return self.words[found[self._place][0].place] if found and self._place in found else None

    def count(self, text: Plain) -> int:
        """Return how many words of the list the text has, one after the other: what lies within one that counts does not."""
        found = self._matcher.look(text).get(self._place) if self.words else None
        if found is None:
            return 0
        counted: list[int] = []
        again = len(text.haystack) - len(text.loose)
        past = 0
        for start, end, place in found:
            if start >= past and not (start >= again and place in counted):
                counted.append(place)
                # The space after a word is the one before the next.
                past = end - (text.haystack[end - 1 : end] == " ")
        return len(counted)


def together(*lists: Sequence[str]) -> tuple[WordList, ...]:
    """Return lists that are looked for in one go: what a look costs does not grow with their number."""
    matcher = _Matcher(lists)
    return tuple(WordList(words, matcher, place) for place, words in enumerate(lists))


_known: WeakValueDictionary[int, WordList] = WeakValueDictionary()


def compiled(words: tuple[str, ...]) -> WordList:
    """Return the list of these words; all who hold an equal list hold the same one."""
    known = _known.get(hash(words))
    if known is not None and known.words == words:
        return known
    made = _known[hash(words)] = WordList(words)
    return made


class Listing:
    """A detector that looks for the words of one of its fields; equal lists are compiled once."""

    LIST: ClassVar[str] = "words"
    """The field."""

    @lazy
    def _list(self) -> WordList:
        return compiled(getattr(self, self.LIST))

    def prepare(self) -> None:
        """Compile the list before a message is judged by it; any thread may."""
        self._list.prepare()


def _folded(words: Sequence[str]) -> list[str]:
    """Fold many words in one go."""
    folded = fold("\n".join(words)).split("\n")
    return folded if len(folded) == len(words) else [fold(word) for word in words]


def _literal(folded: str) -> str | None:
    """Return a word that has to be looked for as it is written, without spaces around; None if it is an ordinary one."""
    if folded.isalnum():
        return None
    literal = folded.strip()
    run = Plain(folded).run
    return literal if literal and len(literal) > len(run) and (not run or (len(run) == 1 and run.isascii())) else None


def _patterns(word: str, folded: str) -> Iterable[str]:
    """Return by what an ordinary word is found in the views of a text; the first is that of the word as it stands."""
    if ONLY_GAPLESS.fullmatch(folded):
        return (folded,)
    run = Plain(folded).run
    if not run:
        return ()
    if is_gapless(run):
        return (run,)
    # Capitals of other alphabets may look like other letters than their small ones.
    spellings = (folded,) if word.isascii() else (folded, fold(word.upper()), fold(word.title()))
    lines = [Plain(spelling).line for spelling in spellings]
    return dict.fromkeys((*lines, *(f" {line.replace(' ', '')} " for line in lines)))

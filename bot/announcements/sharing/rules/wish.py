"""What a manager asks for: until when, with or without proof; as it is typed, and as it is kept with the announcement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.announcements.rules.nudging import MOST_NUDGES
from bot.announcements.rules.plan import NUDGE_WORDS, Fault, is_none, read_delays, read_nudges, write_delays
from bot.kernel.numerals import fold

BEFORE: Final = (timedelta(days=-1),)
"""A reminder on the day before the end; where there is less time, halfway."""


@dataclass(frozen=True, slots=True)
class Wish:
    """That it is to be passed on: until when, whether a screenshot is asked for, and when those are reminded who have not."""

    until: datetime | None = None
    proof: bool = False
    nudges: tuple[timedelta, ...] = BEFORE

    def end(self, posted_at: datetime) -> datetime | None:
        """Return the end for what is posted then; None without one, and where it has passed already."""
        return self.until if self.until is not None and self.until > posted_at else None


def write(wish: Wish) -> str:
    """Return a wish as the announcement keeps it."""
    until = "" if wish.until is None else str(int(wish.until.timestamp()))
    return f"until={until};proof={int(wish.proof)};nudges={write_delays(wish.nudges)}"


def read(kept: str | None) -> Wish | None:
    """Read a wish back; None where nothing is asked."""
    if kept is None:
        return None
    said = dict(part.partition("=")[::2] for part in kept.split(";"))
    until = said.get("until")
    at = datetime.fromtimestamp(int(until), UTC) if until else None
    return Wish(at, said.get("proof") == "1", read_delays(said.get("nudges", "")))


class Part(StrEnum):
    """What of a wish a line changes."""

    ON = "on"
    OFF = "off"
    UNTIL = "until"
    PROOF = "proof"
    NUDGE = "nudge"


_WORDS: Final[dict[Part, tuple[str, ...]]] = {
    Part.ON: ("on", "yes", "开", "开启", "打开", "要"),
    Part.OFF: ("off", "no", "关", "关闭", "不要", "取消"),
    Part.UNTIL: ("until", "by", "till", "截止", "截至", "到"),
    Part.PROOF: ("proof", "screenshot", "截图", "要截图"),
    Part.NUDGE: NUDGE_WORDS,
}
_PART_OF: Final = {word: part for part, words in _WORDS.items() for word in words}
_NEVER: Final = frozenset({"off", "none", "never", "-", "无", "没有", "不限", "不截止"})
_NO: Final = frozenset({"off", "no", "none", "关", "关闭", "不要", "否"})
_YES: Final = frozenset({"", "on", "yes", "开", "开启", "要", "是"})
_WITH_PROOF: Final = (" with proof", " proof", " with screenshot", " screenshot", " 要截图", " 截图")


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says: which part of a wish, the words left for it, and whether it ends in asking for proof."""

    part: Part
    rest: str = ""
    proof: bool = False


def read_line(text: str) -> Line | None:
    """Read what follows the number: "on", "until Fri 18:00 proof", 截止周五18点; None if it is nothing of this."""
    typed, proof = _split_proof(" ".join(text.split()))
    head, _, rest = typed.partition(" ")
    part = _PART_OF.get(fold(head))
    until = read_line(rest) if part is Part.PROOF else None
    if until is not None and until.part is Part.UNTIL:
        return replace(until, proof=True)
    if part is not None:
        return Line(part, rest.strip(), proof)
    # Chinese puts no space between the word and what it is about.
    folded = fold(typed)
    for word in sorted(_PART_OF, key=len, reverse=True):
        if not word.isascii() and folded.startswith(word):
            return Line(_PART_OF[word], typed[len(word) :].lstrip(" :：至为"), proof)
    # 周五18点截止
    return Line(Part.UNTIL, typed.removesuffix("截止").rstrip(), proof) if typed.endswith("截止") else None


def _split_proof(typed: str) -> tuple[str, bool]:
    for ending in _WITH_PROOF:
        if fold(typed).endswith(ending):
            return typed[: -len(ending)].rstrip(), True
    return typed, False


def read_switch(typed: str) -> bool | None:
    """Read "on" or "off"; nothing means on."""
    word = fold(typed.strip())
    return True if word in _YES else False if word in _NO else None


def is_never(typed: str) -> bool:
    """Say whether somebody wants no end."""
    return fold(typed.strip()) in _NEVER


def read_plan(typed: str) -> tuple[timedelta, ...] | Fault:
    """Read when those are reminded who have not passed it on: the last reminder is kept for the day before the end."""
    if is_none(typed):
        return ()
    found = read_nudges(typed, MOST_NUDGES - len(BEFORE))
    return (*found, *BEFORE) if isinstance(found, tuple) else found

"""What a manager asks for: whether, until when, with which reminders; as it is typed, and as it is kept with the announcement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.announcements.rules.plan import (
    LONGEST,
    NONE_WORDS,
    NUDGE_WORDS,
    PLAN,
    Fault,
    NoDelay,
    TooLate,
    read_delays,
    write_delays,
)
from bot.kernel.durations import parse_duration
from bot.kernel.numerals import fold

NAME: Final = "acknowledgement"
"""The key under which an announcement keeps what is asked."""
SHORTEST: Final = timedelta(minutes=5)
"""How long people have at least, where the deadline is counted from the posting."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked with an announcement.

    ``until`` is the deadline: an instant, or how long after the posting. ``nudges`` are how long after the posting those are
    reminded who have not acknowledged. ``propose``: silence past the deadline is put before the managers as a violation.
    """

    until: datetime | timedelta | None = None
    nudges: tuple[timedelta, ...] = PLAN
    propose: bool = False

    def deadline(self, posted_at: datetime) -> datetime | None:
        """Return the deadline of what is posted then; None without one, and where it has passed already."""
        at = posted_at + self.until if isinstance(self.until, timedelta) else self.until
        return at if at is not None and at > posted_at else None


# As it is kept


def write(wish: Wish) -> str:
    """Return a wish as the announcement keeps it."""
    parts = []
    if isinstance(wish.until, datetime):
        parts.append(f"until={int(wish.until.timestamp())}")
    elif wish.until is not None:
        parts.append(f"within={int(wish.until.total_seconds())}")
    parts.append("nudges=" + write_delays(wish.nudges))
    if wish.propose:
        parts.append("propose")
    return ";".join(parts)


def read(kept: str | None) -> Wish | None:
    """Read a wish back; None where no acknowledgement is asked."""
    if kept is None:
        return None
    said = dict(part.partition("=")[::2] for part in kept.split(";"))
    until: datetime | timedelta | None = None
    if "until" in said:
        until = datetime.fromtimestamp(int(said["until"]), UTC)
    elif "within" in said:
        until = timedelta(seconds=int(said["within"]))
    return Wish(until, read_delays(said.get("nudges", "")), "propose" in said)


# As it is typed


class Part(StrEnum):
    """What of a wish a line changes."""

    ON = "on"
    OFF = "off"
    BY = "by"
    WITHIN = "within"
    NUDGE = "nudge"
    VIOLATION = "violation"


_WORDS: Final[dict[Part, tuple[str, ...]]] = {
    Part.ON: ("on", "yes", "开", "开启", "打开", "要", "是"),
    Part.OFF: ("off", "no", "关", "关闭", "不要", "否"),
    Part.BY: ("by", "until", "deadline", "截止", "截至", "期限"),
    Part.WITHIN: ("within", "限时", "限"),
    Part.NUDGE: NUDGE_WORDS,
    Part.VIOLATION: ("violation", "violations", "propose", "违规", "记违规"),
}
_PART_OF: Final = {word: part for part, words in _WORDS.items() for word in words}
_ON_WORDS: Final = frozenset(_WORDS[Part.ON])


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says: which part of a wish, and the words that are left for it."""

    part: Part
    rest: str


def read_line(text: str) -> Line | None:
    """Read what follows the number of an announcement: "on", "by Fri 18:00", 提醒1小时; None if it is nothing of this."""
    head, _, rest = text.strip().partition(" ")
    part = _PART_OF.get(fold(head))
    if part is not None:
        return Line(part, rest.strip())
    # Chinese puts no space between the word and what it is about.
    folded = fold(text.strip())
    for word in sorted(_PART_OF, key=len, reverse=True):
        if not word.isascii() and folded.startswith(word):
            return Line(_PART_OF[word], text.strip()[len(word) :].lstrip(" :：到至为"))
    # 周五18点截止
    typed = text.strip()
    return Line(Part.BY, typed.removesuffix("截止").rstrip()) if typed.endswith("截止") else None


def read_switch(typed: str) -> bool | None:
    """Read "on" or "off"."""
    word = fold(typed.strip())
    if word in _ON_WORDS:
        return True
    return False if word in NONE_WORDS else None


@dataclass(frozen=True, slots=True)
class TooSoon:
    """A deadline that is counted from the posting leaves nobody time to read."""


def read_within(typed: str) -> timedelta | Fault | TooSoon:
    """Read how long after the posting the deadline is: ``48h``, 两天, 24小时内."""
    words = fold(typed).strip().removesuffix("之内").removesuffix("以内").removesuffix("内").strip()
    length = parse_duration(words)
    if length is None:
        return NoDelay(typed)
    if length < SHORTEST:
        return TooSoon()
    return TooLate() if length > LONGEST else length

"""The topics of a forum, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.announcements.rules.typed import read_number
from bot.kernel.ids import ThreadId

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE: Final = frozenset({"here", "this", "这里", "本话题", "此话题"})
OFF: Final = frozenset({"off", "none", "default", "关", "关闭", "默认", "取消"})


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic and what it is called; ``name`` is empty where that is not known."""

    thread_id: ThreadId
    name: str

    @property
    def title(self) -> str:
        """Its name, else its number."""
        return self.name or f"#{self.thread_id}"


@dataclass(frozen=True, slots=True)
class Typed:
    """What a line says: the topic as it was named, and the number of the announcement; None where there is none."""

    name: str
    number: int | None


def read(line: str) -> Typed:
    """Read ``News 12``: the last word is the number."""
    name, _, last = line.strip().rpartition(" ")
    number = read_number(last)
    return Typed(line.strip(), None) if number is None else Typed(name.strip(), number)


@dataclass(frozen=True, slots=True)
class Naming:
    """What a topic shall be called here; ``thread_id`` None means the one it is said in."""

    thread_id: ThreadId | None
    name: str


def read_naming(line: str) -> Naming | None:
    """Read ``#123 = News`` or ``here = News``; None where it names nothing."""
    which, sign, name = line.replace("＝", "=").partition("=")
    number = read_number(which.strip())
    if not sign or not name.strip() or (number is None and which.strip().casefold() not in HERE):
        return None
    return Naming(None if number is None else ThreadId(number), " ".join(name.split())[:128])


def find(topics: Sequence[Topic], name: str) -> list[Topic]:
    """Return the topics a name or a number may mean: those of just that name, else those that begin with it."""
    wanted = name.strip().lstrip("#").casefold()
    exact = [topic for topic in topics if wanted and wanted in {topic.name.casefold(), str(topic.thread_id)}]
    return exact or [topic for topic in topics if wanted and topic.name.casefold().startswith(wanted)]

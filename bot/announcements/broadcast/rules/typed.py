"""To which groups: as people type it after ``/announce to``, in English and Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.announcements.rules.typed import read_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.kernel.groups import Group

_BAR: Final = re.compile("[|｜]")
_COMMA: Final = re.compile("[,，、;；]")
_LABEL: Final = re.compile(r"(?:labels?|tags?|标签|標籤|标记|简称|簡稱)\s*[:：=]\s*(.+)", re.IGNORECASE)
_ALL: Final = frozenset(
    {"all", "everywhere", "all groups", "every group", "全部", "所有", "所有群", "全部群", "所有群组"}
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What a line says: groups by name or number, labels, or all; and which announcement, or its text.

    ``number`` and ``text`` are None and empty where the message itself, or the one it answers, is meant.
    """

    everywhere: bool = False
    names: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    number: int | None = None
    text: str = ""

    @property
    def names_groups(self) -> bool:
        """Whether any group is named."""
        return self.everywhere or bool(self.names or self.labels)


@dataclass(frozen=True, slots=True)
class Picked:
    """The groups that are meant, and what could not be found: names that fit no group, or several; labels of none."""

    groups: tuple[Group, ...] = ()
    unknown: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    @property
    def is_clear(self) -> bool:
        """Whether everything that was named was found."""
        return not (self.unknown or self.several or self.labels)


def read(line: str) -> Typed:
    """Read ``Hikers, label:volunteers 12`` or ``all | text``: with a bar what stands before it is groups only."""
    head, bar, text = _split(line)
    number = None
    if not bar:
        rest, _, last = head.rpartition(" ")
        number = read_number(last)
        if number is not None:
            head = rest
    everywhere, names, labels = False, [], []
    for word in (part.strip() for part in _COMMA.split(head)):
        if not word:
            continue
        labelled = _LABEL.fullmatch(word)
        if word.casefold() in _ALL:
            everywhere = True
        elif labelled is not None:
            labels.append(labelled[1].strip())
        else:
            names.append(word)
    return Typed(everywhere, tuple(dict.fromkeys(names)), tuple(dict.fromkeys(labels)), number, text)


def _split(line: str) -> tuple[str, bool, str]:
    found = _BAR.search(line)
    if found is None:
        return line.strip(), False, ""
    return line[: found.start()].strip(), True, line[found.end() :].strip()


def pick(typed: Typed, groups: Sequence[Group]) -> Picked:
    """Find the groups that are meant among those a person may choose from."""
    chosen: dict[int, Group] = {}
    unknown: list[str] = []
    several: list[str] = []
    empty: list[str] = []
    if typed.everywhere:
        chosen |= {group.id: group for group in groups}
    for label in typed.labels:
        labelled = with_label(groups, label)
        chosen |= {group.id: group for group in labelled}
        if not labelled:
            empty.append(label)
    for name in typed.names:
        found = named(groups, name)
        if len(found) == 1:
            chosen[found[0].id] = found[0]
        else:
            (several if found else unknown).append(name)
    kept = tuple(group for group in groups if group.id in chosen)
    return Picked(kept, tuple(unknown), tuple(several), tuple(empty))


def named(groups: Iterable[Group], name: str) -> list[Group]:
    """Return the groups a name may mean: the one of just that title or number, else those whose title begins with it."""
    wanted = name.strip().casefold()
    exact = [group for group in groups if wanted in {group.title.casefold(), str(group.chat_id)}]
    return exact or [group for group in groups if group.title.casefold().startswith(wanted)]


def with_label(groups: Iterable[Group], label: str) -> list[Group]:
    """Return the groups that have a label."""
    wanted = label.strip().casefold()
    return [group for group in groups if wanted in {known.casefold() for known in labels_of(group)}]


def labels_of(group: Group) -> tuple[str, ...]:
    """Return a group's labels: what managers call it, in several parts if there are commas in it."""
    return tuple(part.strip() for part in _COMMA.split(group.label or "") if part.strip())


def all_labels(groups: Iterable[Group]) -> dict[str, int]:
    """Return every label with the number of its groups, the most frequent first."""
    counts: dict[str, int] = {}
    spelled: dict[str, str] = {}
    for label in (label for group in groups for label in labels_of(group)):
        key = spelled.setdefault(label.casefold(), label)
        counts[key] = counts.get(key, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].casefold())))

"""The talk of every group that has a theme: what is known of it, and when it has strayed."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.policy.rules.plain import plain
from bot.policy.rules.words import WordList, compiled
from bot.policy.theme import store
from bot.policy.theme.rules.clock import Clock, Strayed, after
from bot.policy.theme.rules.learning import Learning, candidates, heard, learned, news
from bot.policy.theme.rules.theme import Theme
from bot.policy.theme.store import Note

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId
    from bot.policy.rules.plain import Plain
    from bot.tg import envelope as env

MOST_LIVE: Final = 500
"""So many groups are held in memory; the others are read when somebody speaks there."""
_MOST_NOTED: Final = 50
"""After so many messages a talk is kept as a whole; until then each batch adds a note, so that a crash loses nothing."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message, and the group it was written in."""

    group: Group
    message: env.Message


@dataclass(frozen=True, slots=True)
class OffTheme:
    """A group has strayed: with which message the time was up."""

    said: Said
    theme: Theme
    strayed: Strayed


@dataclass(frozen=True, slots=True)
class Talk:
    """Where the talk of a group stands. ``listed`` are the words on theme, in the order of how sure they are.

    ``noted`` messages were heard since it was kept as a whole.
    """

    theme: Theme
    clock: Clock
    learning: Learning
    listed: WordList
    noted: int = 0


def talk_of(theme: Theme, clock: Clock, learning: Learning, noted: int) -> Talk:
    """Return the talk of a group as it was stored."""
    return Talk(theme, clock, learning, _listed(theme, learning), noted)


def _listed(theme: Theme, learning: Learning) -> WordList:
    return compiled((*theme.words, *(learned(learning, theme.struck) if theme.learns else ())))


class Watching:
    """Which groups have a theme that is on, and the talk of those that spoke last. What it holds is committed."""

    def __init__(self) -> None:
        self._on: set[GroupId] | None = None
        self._live: OrderedDict[GroupId, Talk] = OrderedDict()

    def may_watch(self, group_id: GroupId) -> bool:
        """Say, from memory, whether a group may have a theme; before the first look, every group may."""
        return self._on is None or group_id in self._on

    def keep(self, group_id: GroupId, theme: Theme) -> None:
        """Take over what a manager set, after the commit."""
        if self._on is not None:
            (self._on.add if theme.on else self._on.discard)(group_id)
        talk = self._live.get(group_id)
        if talk is not None:
            self._live[group_id] = replace(talk, theme=theme, listed=_listed(theme, talk.learning))

    def newest(self, group_id: GroupId, clock: Clock, learning: Learning) -> tuple[Clock, Learning]:
        """Return where a group's talk stands: as memory has it, else as it is stored."""
        talk = self._live.get(group_id)
        return (clock, learning) if talk is None else (talk.clock, talk.learning)

    async def hear(self, tx: Tx, said: Sequence[Said], now: datetime) -> list[OffTheme]:
        """Take the messages of a batch, and return the groups whose time is up."""
        if self._on is None:
            self._on = await store.groups_on(tx)
        on = self._on
        wanted = {one.group.id for one in said if one.group.id in on}
        if not wanted:
            return []
        missing = wanted - set(self._live)
        talks = {group_id: self._live[group_id] for group_id in wanted - missing}
        if missing:
            talks |= {group_id: talk_of(*row) for group_id, row in (await store.load(tx, missing)).items()}
        found: list[OffTheme] = []
        notes: list[Note] = []
        for group_id in wanted & set(talks):
            mine = [one for one in said if one.group.id == group_id]
            talks[group_id], strayed, note = _after(talks[group_id], mine, now)
            found += strayed
            notes += [] if note is None else [note]
        await store.note(tx, [note for note in notes if note.number < _MOST_NOTED])
        for group_id in [note.group_id for note in notes if note.number >= _MOST_NOTED]:
            await store.keep(tx, group_id, talks[group_id].clock, talks[group_id].learning)
            talks[group_id] = replace(talks[group_id], noted=0)
        tx.after_commit(lambda: self._take(talks))
        return found

    def _take(self, talks: dict[GroupId, Talk]) -> None:
        for group_id, talk in talks.items():
            self._live[group_id] = talk
            self._live.move_to_end(group_id)
        while len(self._live) > MOST_LIVE:
            self._live.popitem(last=False)


def _after(talk: Talk, said: Sequence[Said], now: datetime) -> tuple[Talk, list[OffTheme], Note | None]:
    group, theme = said[0].group, talk.theme
    rests = theme.let_be is not None and now < theme.let_be
    if rests or group.quiet_until(now) is not None:
        return talk, [], None
    clock, listed = talk.clock, talk.listed
    found: list[OffTheme] = []
    heard_now: list[tuple[int, Plain]] = []
    for one in said:
        text = plain(one.message.words)
        heard_now.append((one.message.from_.id if one.message.from_ is not None else 0, text))
        clock, strayed = after(
            clock, one.message.date, int(theme.limit.total_seconds()), on_theme=listed.find(text) is not None
        )
        if strayed is not None:
            found.append(OffTheme(one, theme, strayed))
    day, noted = group.local(now).toordinal(), talk.noted + len(said)
    taught = news(talk.learning, day, _candidates(heard_now)) if theme.learns else []
    after_all = _learnt(replace(talk, clock=clock, noted=noted), day, taught)
    return after_all, found, Note(group.id, noted, clock, day, taught)


def _candidates(said: Sequence[tuple[int, Plain]]) -> list[tuple[int, set[str]]]:
    return [(user_id, candidates(text)) for user_id, text in said]


def _learnt(talk: Talk, day: int, taught: Sequence[tuple[int, list[str]]]) -> Talk:
    if not talk.theme.learns:
        return talk
    learning = heard(talk.learning, day, taught)
    listed = _listed(talk.theme, learning) if learning.day != talk.learning.day else talk.listed
    return replace(talk, learning=learning, listed=listed)

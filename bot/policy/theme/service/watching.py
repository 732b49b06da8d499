"""The talk of every group that has a theme: what is known of it, and when it has strayed."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from bot.policy.rules.plain import plain
from bot.policy.rules.words import WordList, compiled
from bot.policy.theme import store
from bot.policy.theme.rules.clock import Clock, Strayed, after, is_worth_keeping
from bot.policy.theme.rules.learning import Learning, candidates, heard, learned
from bot.policy.theme.rules.theme import Theme

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
_UNSAVED: Final = 50
_UNSAVED_SECONDS: Final = 900
"""What a crash may cost of what was learned: so many messages, or so much time."""


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
    """Where the talk of a group stands. ``words`` are those on theme, in the order of how sure they are."""

    theme: Theme
    clock: Clock
    learning: Learning
    words: tuple[str, ...] = ()
    stored: Clock = field(default_factory=Clock)
    unsaved: int = 0
    saved_at: int = 0

    @property
    def listed(self) -> WordList:
        """The words as they are looked for."""
        return compiled(self.words)


def talk_of(theme: Theme, clock: Clock, learning: Learning) -> Talk:
    """Return the talk of a group as it was stored."""
    return Talk(theme, clock, learning, _words(theme, learning), clock, saved_at=clock.last)


def _words(theme: Theme, learning: Learning) -> tuple[str, ...]:
    return (*theme.words, *(learned(learning, theme.struck) if theme.learns else ()))


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
            self._live[group_id] = replace(talk, theme=theme, words=_words(theme, talk.learning))

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
        for group_id in wanted:
            if group_id in talks:
                mine = [one for one in said if one.group.id == group_id]
                talks[group_id], strayed = _after(talks[group_id], mine, now)
                found += strayed
        for group_id, talk in talks.items():
            if _is_due(talk):
                await store.keep(tx, group_id, talk.clock, talk.learning)
                talks[group_id] = replace(talk, stored=talk.clock, unsaved=0, saved_at=talk.clock.last)
        tx.after_commit(lambda: self._take(talks))
        return found

    def _take(self, talks: dict[GroupId, Talk]) -> None:
        for group_id, talk in talks.items():
            self._live[group_id] = talk
            self._live.move_to_end(group_id)
        while len(self._live) > MOST_LIVE:
            self._live.popitem(last=False)


def _after(talk: Talk, said: Sequence[Said], now: datetime) -> tuple[Talk, list[OffTheme]]:
    group, theme = said[0].group, talk.theme
    rests = theme.let_be is not None and now < theme.let_be
    if rests or group.quiet_until(now) is not None:
        return talk, []
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
    after_all = replace(talk, clock=clock, unsaved=talk.unsaved + len(said))
    return _learnt(after_all, group.local(now).toordinal(), heard_now), found


def _learnt(talk: Talk, day: int, said: Sequence[tuple[int, Plain]]) -> Talk:
    if not talk.theme.learns:
        return talk
    learning = heard(talk.learning, day, [(user_id, candidates(text)) for user_id, text in said])
    words = _words(talk.theme, learning) if learning.day != talk.learning.day else talk.words
    return replace(talk, learning=learning, words=words)


def _is_due(talk: Talk) -> bool:
    late = talk.clock.last - talk.saved_at >= _UNSAVED_SECONDS
    return talk.unsaved >= _UNSAVED or late or is_worth_keeping(talk.stored, talk.clock)

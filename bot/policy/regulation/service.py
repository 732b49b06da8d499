"""What holds in a group as one regulation, and putting another in its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol
from zlib import crc32

from bot.audit import service as audit
from bot.chats.rules.profile import By as ProfileBy
from bot.policy.regulation import store
from bot.policy.regulation.rules.file import read, write
from bot.policy.regulation.rules.regulation import DEFAULT, GROUP, Article, Difference, Regulation, difference
from bot.policy.rules.rule import Sanction

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from bot.chats.service import GroupBook
    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId, UserId
    from bot.policy.service.book import PolicyBook

By = tuple["UserId", str]
BEFORE: Final = "before"
"""The slot of what held before the last regulation was applied."""


class Nights(Protocol):
    """Who knows how a group keeps its quiet hours."""

    modes: tuple[str, ...]

    async def mode(self, tx: Tx, group_id: GroupId) -> str:
        """Return one of the modes."""
        ...

    async def set_mode(self, tx: Tx, group_id: GroupId, mode: str, by: By, now: datetime) -> None:
        """Set one of the modes."""
        ...


class Ladders(Protocol):
    """Who keeps the ladders; see :class:`bot.policy.handlers.sanctions.Sanctions`."""

    @property
    def usual(self) -> str:
        """The ladder of a group that has set none, as :meth:`ladders` would write it."""
        ...

    async def ladders(self, tx: Tx, group_id: GroupId) -> Mapping[str, str]:
        """Return the ladders of rules that have their own, by the rules' codes, as they would be typed; "" is the group's."""
        ...

    async def set_ladder(self, tx: Tx, group_id: GroupId, code: str, typed: str | None, by: By, now: datetime) -> None:
        """Give a rule a ladder of its own, or with None take it away."""
        ...

    def written(self, typed: str) -> str | None:
        """Return a ladder in the one way in which :meth:`ladders` writes it, however it was typed; None if it is none."""
        ...


@dataclass(frozen=True, slots=True)
class Planned:
    """What a regulation would change in a group, and a mark of what holds now: while it stays, so does the difference."""

    difference: Difference
    mark: str
    present: Regulation


class Regulator:
    """Reads and changes whole regulations."""

    def __init__(self, book: PolicyBook, groups: GroupBook, nights: Nights, ladders: Ladders | None) -> None:
        self._book = book
        self._groups = groups
        self._nights = nights
        self._ladders = ladders

    @property
    def modes(self) -> tuple[str, ...]:
        """The ways to keep quiet hours."""
        return self._nights.modes

    async def present(self, tx: Tx, group: Group) -> Regulation:
        """Return what holds in a group."""
        return (await self._look(tx, group))[0]

    async def _look(self, tx: Tx, group: Group) -> tuple[Regulation, int]:
        """Return the same, and the number that the next rule would get."""
        ladders = {} if self._ladders is None else await self._ladders.ladders(tx, group.id)
        rules, following = await self._book.rules_and_next(tx, group.id)
        articles = tuple(
            Article(rule, ladders.get(rule.code) if rule.sanction is Sanction.OWN else None) for rule in rules
        )
        ladder = self._of_group(ladders.get(GROUP, DEFAULT))
        mode = await self._nights.mode(tx, group.id)
        return Regulation(articles, ladder, group.quiet, mode), following

    async def plan(self, tx: Tx, group: Group, wanted: Regulation, *, whole: bool) -> Planned:
        """Say what a regulation would change; ``whole`` takes away what it does not name."""
        present, following = await self._look(tx, group)
        found = difference(present, self._written(wanted), whole=whole, known=range(1, following))
        return Planned(found, _mark(present), present)

    def _written(self, wanted: Regulation) -> Regulation:
        """Return a regulation with its ladders as they come back when they are stored; without who keeps them, with none."""
        articles = tuple(replace(one, ladder=self._ladder(one.ladder)) for one in wanted.articles)
        return replace(wanted, articles=articles, ladder=self._of_group(wanted.ladder))

    def _of_group(self, typed: str | None) -> str | None:
        """Return a group's ladder in the one way it is written; the usual one has a name, however it was set."""
        if self._ladders is None or typed in {None, DEFAULT}:
            return None if self._ladders is None else typed
        written = self._ladder(typed)
        return DEFAULT if written == self._ladders.usual else written

    def _ladder(self, typed: str | None) -> str | None:
        return None if typed is None or self._ladders is None else self._ladders.written(typed)

    async def apply(self, tx: Tx, group: Group, planned: Planned, name: str, by: By, now: datetime) -> None:
        """Put it into force, and keep what held before; the transaction makes it one step."""
        await store.put(tx, group.id, BEFORE, write(planned.present), now)
        change = planned.difference
        for article in change.removed:
            await self._book.remove(tx, group.id, article.rule.number, by, now)
            await self._set_ladder(tx, group.id, article.rule.code, None, article.ladder, by, now)
        for pair in change.changed:
            await self._book.change(tx, group.id, pair.after.rule, by, now)
            await self._set_ladder(tx, group.id, pair.after.rule.code, pair.after.ladder, pair.before.ladder, by, now)
        for article in change.added:
            rule = await self._book.bring(tx, group.id, article.rule, by, now)
            await self._set_ladder(tx, group.id, rule.code, article.ladder, None, by, now)
        if change.ladder is not None and self._ladders is not None:
            typed = change.ladder[1]
            await self._ladders.set_ladder(tx, group.id, GROUP, None if typed == DEFAULT else typed, by, now)
        if change.quiet is not None:
            await self._groups.set_quiet(tx, group.id, change.quiet[1], ProfileBy(by[0], now, by[1]))
        if change.mode is not None:
            await self._nights.set_mode(tx, group.id, change.mode[1], by, now)
        await audit.record(
            tx,
            group_id=group.id,
            actor_id=by[0],
            actor_name=by[1],
            action="policy.applied",
            at=now,
            target=name,
            details={
                "added": len(change.added),
                "changed": len(change.changed),
                "removed": len(change.removed),
            },
        )

    async def _set_ladder(
        self, tx: Tx, group_id: GroupId, code: str, wanted: str | None, present: str | None, by: By, now: datetime
    ) -> None:
        if self._ladders is not None and wanted != present:
            await self._ladders.set_ladder(tx, group_id, code, wanted, by, now)

    # Files that wait

    async def hold(self, tx: Tx, group_id: GroupId, user_id: UserId, text: str, now: datetime) -> None:
        """Keep a file that somebody is about to import."""
        await store.put(tx, group_id, _slot(user_id), text, now)

    async def held(
        self, tx: Tx, group_id: GroupId, user_id: UserId, ladder_reads: Callable[[str], bool]
    ) -> Regulation | None:
        """Return what somebody is about to import."""
        return await self._of(tx, group_id, _slot(user_id), ladder_reads)

    async def imported(self, tx: Tx, group_id: GroupId, user_id: UserId) -> None:
        """Forget a file that was imported."""
        await store.drop(tx, group_id, _slot(user_id))

    async def before(self, tx: Tx, group_id: GroupId, ladder_reads: Callable[[str], bool]) -> Regulation | None:
        """Return what held before the last regulation was applied."""
        return await self._of(tx, group_id, BEFORE, ladder_reads)

    async def _of(self, tx: Tx, group_id: GroupId, slot: str, ladder_reads: Callable[[str], bool]) -> Regulation | None:
        kept = await store.get(tx, group_id, slot)
        found = None if kept is None else read(kept[0], self.modes, ladder_reads)
        return found if isinstance(found, Regulation) else None


def _slot(user_id: UserId) -> str:
    return f"import {user_id}"


def _mark(present: Regulation) -> str:
    return f"{crc32(write(present).encode()):08x}"

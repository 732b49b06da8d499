"""Judging messages: what each breaks, and what is done about it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from bot.kernel.ids import UserId
from bot.members import service as members
from bot.members.identity.service import find_person
from bot.policy import store
from bot.policy.rules.detectors import What
from bot.policy.rules.findings import Past
from bot.policy.rules.floods import sketch, trace_of
from bot.policy.rules.record import HINT_EVERY, HINT_HOLDS, Keeping, Record, days_since, is_new, sample_of
from bot.policy.rules.rule import Breach, Clock, Reaction, Sanction, State, acting, breaches, hits
from bot.policy.rules.ruleset import Ruleset
from bot.policy.service import book
from bot.policy.service.memory import REMEMBERED_FOR, AlbumSeen, Draft, Memory
from bot.policy.service.reading import author_of, read, shown_in, text_of
from bot.policy.service.scoring import Scorer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId
    from bot.kernel.roles import Role
    from bot.policy.rules.message import Seen
    from bot.policy.rules.model import Model, Score
    from bot.policy.rules.rule import Rule
    from bot.policy.service.book import PolicyBook
    from bot.tg import envelope as env

READING_LINKS = frozenset({What.LINKS, What.INVITATIONS, What.SOLICITATION, What.HARMFUL})
"""What codes in pictures are judged by."""
_ANY = datetime.min  # noqa: DTZ901  (a local time that no rule looks at)


class Heard(NamedTuple):
    """A message to be judged, and the group it was written in."""

    group: Group
    message: env.Message
    shown: tuple[str, ...] = ()
    """What codes in its picture say: then this is judged, and no more."""


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be done about a message: what to delete, whether to tell its author of the breach, or to go up the ladder.

    ``sanction`` and ``hint`` are of one breach: the hint is not given where the sanction tells the person.
    """

    group: Group
    message: env.Message
    delete: tuple[int, ...] = ()
    hint: Breach | None = None
    sanction: Breach | None = None


class Trust(NamedTuple):
    """What is known of an author: spared by every rule, judged by people who are not known yet, or spared for a role."""

    spared: bool = False
    staff_known: bool = True
    roles: frozenset[Role] = frozenset()


def is_night(group: Group, now: datetime) -> bool:
    """Say whether it is night in a group: its quiet hours, or, where it has none, from 23:00 to 7:00 by its clock."""
    if group.quiet:
        return group.quiet_until(now) is not None
    return not _MORNING <= group.local(now).hour < _NIGHT


_MORNING = 7
_NIGHT = 23


class _Follows(NamedTuple):
    """What follows a breach besides what becomes of the message."""

    hint: bool = False
    sanction: bool = False


TrustOf = Callable[["Group", UserId], Awaitable[Trust]]


class Judge:
    """Judges the messages of batches."""

    def __init__(self, book: PolicyBook, model: Model | None = None) -> None:
        self._book = book
        self._memory = Memory()
        self._scorer = Scorer(model)

    async def reads_links(self, tx: Tx, group_id: GroupId) -> bool:
        """Say whether a group has a rule that looks at links."""
        return any(rule.what in READING_LINKS for rule in await self._book.held(tx, group_id))

    async def judge(self, tx: Tx, heard: Sequence[Heard], trust: TrustOf, now: datetime) -> list[Act]:
        """Say what is to be done about the messages of a batch, and write down what was seen."""
        draft = Draft(self._memory)
        acts: list[Act] = []
        for one, score in zip(heard, await self._scores(tx, heard), strict=True):
            rules = await self._book.held(tx, one.group.id)
            if one.shown:
                rules = Ruleset(rule for rule in rules if rule.what in READING_LINKS)
            if rules:
                acts += await _Case(tx, draft, self._book, rules, one, trust, now, score).decide()
        tx.after_commit(lambda: self._memory.take(draft))
        return acts

    async def _scores(self, tx: Tx, heard: Sequence[Heard]) -> Sequence[Score | None]:
        """Ask the trained model, if there is one, about messages where a rule wants to know."""
        if not self._scorer.is_there:
            return [None] * len(heard)
        wanted = [not one.shown and (await self._book.held(tx, one.group.id)).scores for one in heard]
        texts = [text_of(one.message) if asked else "" for one, asked in zip(heard, wanted, strict=True)]
        return await self._scorer.scores(texts)


class _Case:
    """One message before the rules of its group."""

    def __init__(
        self,
        tx: Tx,
        draft: Draft,
        policies: PolicyBook,
        rules: Ruleset,
        heard: Heard,
        trust: TrustOf,
        now: datetime,
        score: Score | None,
    ) -> None:
        self._tx = tx
        self._draft = draft
        self._book = policies
        self._rules = rules
        self._group, self._message, shown = heard
        self._trust = trust
        self._now = now
        self._keeping = Keeping()
        self._is_private = False
        self._seen: Seen = shown_in(self._message, shown) if shown else read(self._message)
        author = self._message.sender_chat or self._message.from_
        self._author = UserId(0 if author is None else author.id)
        self._score = score

    async def decide(self) -> list[Act]:
        """Say what is to be done."""
        past = self._past()
        deleted = self._album().deleted if self._seen.album else None
        if deleted is not None:
            return [Act(self._group, self._message, (self._message.message_id,))] if deleted else []
        rules = self._rules.for_words if self._seen.is_bare else self._rules
        if not hits(rules, self._seen, past) or not breaches(self._rules, self._seen, past, self._clock()):
            return []
        trust = await self._trust(self._group, self._author)
        if trust.spared:
            return []
        found = breaches(self._rules, self._seen, await self._exactly(past, trust.roles), self._clock())
        if not found:
            return []
        self._keeping = (await self._book.settings(self._tx, self._group.id)).keeping
        return await self._act_on(found, staff_known=trust.staff_known)

    def _album(self) -> AlbumSeen:
        """Return what is known of the album the message belongs to, with the message itself."""
        if not self._seen.album:
            return AlbumSeen((self._message.message_id,))
        key = (self._group.id, self._seen.album)
        known = self._draft.album(key)
        parts = tuple(dict.fromkeys((*known.parts, self._message.message_id)))
        self._draft.albums[key] = known = replace(known, parts=parts)
        return known

    def _past(self) -> Past:
        """Return what the message is seen against, taking for granted what would have to be looked up."""
        person = (self._group.id, self._author)
        recent = self._draft.recent_of(person) if self._rules.remembers else ()
        if self._rules.remembers and not self._seen.edited:
            self._draft.remember(person, recent, trace_of(self._seen))
        alike: list[int] = []
        if self._rules.compares and not self._seen.edited:
            drawn = sketch(self._seen.plain)
            if drawn is not None:
                alike = self._draft.learn(self._seen.at, self._group.id, drawn)
        approved = self._book.is_approved(self._group.id, self._author)
        everybody = frozenset(self._seen.mentions)
        # It only matters where there was something in the last hour.
        is_after = bool(recent) and self._seen.at - recent[-1].at < REMEMBERED_FOR
        night = is_after and self._rules.by_night and is_night(self._group, self._now)
        return Past(
            recent,
            is_new=True,
            days=0,
            approved=approved,
            outsiders=everybody,
            alike=alike,
            night=night,
            model=self._score,
        )

    async def _exactly(self, past: Past, roles: frozenset[Role]) -> Past:
        member = await members.member(self._tx, self._group.id, self._author)
        joined = None if member is None else member.joined_at
        stranger = await self._stranger() if self._rules.looks_for(What.MENTIONS) else None
        origin = self._message.forward_origin
        writer = None if origin is None else origin.sender_user
        known = None if writer is None else await self._is_known(str(writer.id))
        return structs.replace(
            past,
            is_new=is_new(joined, self._now),
            days=days_since(joined, self._now),
            roles=roles,
            outsiders=frozenset() if stranger is None else frozenset({stranger}),
            origin_known=known,
        )

    async def _stranger(self) -> str | None:
        """Return the first of those mentioned whom nobody knows in the group; one is a breach, so no more are looked for."""
        for name in dict.fromkeys(self._seen.mentions):
            if not await self._is_known(name if name.isdigit() else f"@{name}"):
                return name
        return None

    async def _is_known(self, person: str) -> bool:
        return await find_person(self._tx, self._group, person) is not None

    def _clock(self) -> Clock:
        if not self._rules.by_clock:
            return Clock(_ANY)
        return Clock(self._group.local(self._now), self._group.quiet_until(self._now) is not None)

    async def _act_on(self, found: tuple[Breach, ...], *, staff_known: bool) -> list[Act]:
        self._is_private = any(one.rule.what is What.PRIVATE for one in found)
        breach = acting(found)
        reaction = Reaction.RECORD if breach is None or not staff_known else breach.rule.reaction
        told = breach if reaction is not Reaction.RECORD else None
        known = await self._on_record(found)
        follows = _Follows() if told is None else await self._what_follows(told.rule, again=told.rule.number in known)
        await self._write_down(
            [
                self._record(one, reaction, hinted=follows.hint or follows.sanction)
                if one is breach
                else self._record(one, one.rule.reaction)
                for one in found
                if one.rule.number not in known
            ]
        )
        delete = self._album().parts if reaction is Reaction.DELETE else ()
        if self._seen.album:
            key = (self._group.id, self._seen.album)
            self._draft.albums[key] = replace(self._draft.album(key), deleted=bool(delete))
        if not (delete or follows.hint or follows.sanction):
            return []
        hint, sanction = told if follows.hint else None, told if follows.sanction else None
        return [Act(self._group, self._message, delete, hint, sanction)]

    async def _on_record(self, found: tuple[Breach, ...]) -> set[int]:
        """Return the rules under which the message is on record already: it was edited, and says it still."""
        if not self._seen.edited:
            return set()
        numbers = [breach.rule.number for breach in found]
        return await store.seen_under(self._tx, self._group.id, self._message.message_id, numbers)

    async def _what_follows(self, rule: Rule, *, again: bool) -> _Follows:
        """Say whether the author is given a hint, and whether the ladder of the rule comes into it.

        Nobody is given more than one hint an hour, but for the one that goes before a ladder.
        """
        if rule.sanction is Sanction.NONE:
            return _Follows(hint=not await self._was_hinted(HINT_EVERY))
        if rule.at_once or await self._was_hinted(HINT_HOLDS, rule.number):
            return _Follows(hint=not await self._was_hinted(HINT_EVERY), sanction=not again)
        return _Follows(hint=True)

    async def _was_hinted(self, within: timedelta, number: int | None = None) -> bool:
        return await store.hinted_since(self._tx, self._group.id, self._author, self._now - within, number)

    async def _write_down(self, records: list[Record]) -> None:
        if records:
            await store.put(self._tx, records, self._keeping.samples)
            await book.forget_later(self._tx, self._now, self._keeping)

    def _record(self, breach: Breach, reaction: Reaction, *, hinted: bool = False) -> Record:
        return Record(
            self._group.id,
            breach.rule.number,
            self._author,
            author_of(self._message).name,
            self._message.message_id,
            self._now,
            breach.hit.reason,
            breach.hit.detail,
            reaction,
            breach.rule.state is State.OBSERVE,
            hinted,
            sample_of(self._seen.text, hidden=self._is_private) if self._keeping.samples else "",
            self._now + self._keeping.span,
        )

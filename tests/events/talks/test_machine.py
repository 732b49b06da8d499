"""Questions and votes as a state machine: one vote a person and question, the last word counts, nothing is lost."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import bot.events.capability  # noqa: F401  (knows the tables of every part)
from bot.events import service as events
from bot.events.rules.event import Created
from bot.events.talks import rules, service
from bot.events.talks.rules import Asked, Standing, Vote
from tests.databases import sqlite_database
from tests.events.build import GROUP, NOW, OWNER, person, plan

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from bot.events.rules.event import Event

PEOPLE = st.integers(min_value=1, max_value=5)
PLACES = st.integers(min_value=0, max_value=9)


class Questions(RuleBasedStateMachine):
    """People ask and vote while organisers sort."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.loop = asyncio.new_event_loop()
        self.database = sqlite_database(Path(self.folder.name) / "talks.db")
        self.event: Event | None = None
        self.authors: dict[int, int] = {}
        self.votes: dict[int, set[int]] = {}
        self.standing: dict[int, Standing] = {}

    def teardown(self) -> None:
        self.run(self.database.close())
        self.loop.close()
        self.folder.cleanup()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    @initialize()
    def begin(self) -> None:
        self.run(self._begin())

    async def _begin(self) -> None:
        async with self.database.write() as tx:
            done = await events.create(tx, GROUP, plan(), OWNER, NOW)
            assert isinstance(done, Created)
            self.event = done.event

    @rule(number=PEOPLE, text=st.text(alphabet="abc 何?", max_size=8))
    def ask(self, number: int, text: str) -> None:
        self.run(self._ask(number, text))

    async def _ask(self, number: int, text: str) -> None:
        assert self.event is not None
        async with self.database.write() as tx:
            done = await service.ask(tx, self.event, person(number), text, NOW)
        if isinstance(done, Asked):
            self.authors[done.question.id] = number
            self.votes[done.question.id] = set()
            self.standing[done.question.id] = Standing.OPEN
        mine = [one for one, author in self.authors.items() if author == number]
        assert len(mine) <= rules.MOST_QUESTIONS

    @rule(place=PLACES, number=PEOPLE)
    def vote(self, place: int, number: int) -> None:
        if place < len(self.authors):
            self.run(self._vote(list(self.authors)[place], number))

    async def _vote(self, question: int, number: int) -> None:
        async with self.database.write() as tx:
            done = await service.vote(tx, GROUP, question, person(number).user_id, NOW)
        assert done is not None
        if self.standing[question] is not Standing.OPEN:
            assert done[1] is Vote.CLOSED
        elif self.authors[question] == number:
            assert done[1] is Vote.OWN
        else:
            assert done[1] is (Vote.TAKEN_BACK if number in self.votes[question] else Vote.GIVEN)
            self.votes[question] ^= {number}

    @rule(place=PLACES, standing=st.sampled_from([Standing.OPEN, Standing.HIDDEN, Standing.ANSWERED]))
    def settle(self, place: int, standing: Standing) -> None:
        if place < len(self.authors):
            self.run(self._settle(list(self.authors)[place], standing))

    async def _settle(self, question: int, standing: Standing) -> None:
        async with self.database.write() as tx:
            done = await service.settle(tx, GROUP, question, standing, OWNER, NOW)
        assert (done is None) == (self.standing[question] is Standing.MERGED)
        if done is not None:
            self.standing[question] = standing

    @rule(place=PLACES, into=PLACES)
    def merge(self, place: int, into: int) -> None:
        if max(place, into) < len(self.authors):
            known = list(self.authors)
            self.run(self._merge(known[place], known[into]))

    async def _merge(self, question: int, into: int) -> None:
        async with self.database.write() as tx:
            done = await service.merge(tx, GROUP, question, into, OWNER, NOW)
        fits = question != into and {self.standing[question], self.standing[into]} == {Standing.OPEN}
        assert (done is not None) == fits
        if fits:
            self.standing[question] = Standing.MERGED
            self.votes[into] |= (self.votes[question] | {self.authors[question]}) - {self.authors[into]}

    @invariant()
    def what_is_shown_is_what_people_said(self) -> None:
        if self.event is not None:
            self.run(self._shown())

    async def _shown(self) -> None:
        assert self.event is not None
        async with self.database.read() as tx:
            found = await service.questions(tx, self.event.id)
        assert {one.id: one.standing for one in found} == self.standing
        assert {one.id: one.voters for one in found} == {one: len(votes) for one, votes in self.votes.items()}
        shown = rules.ranked(found)
        assert all(one.standing in {Standing.OPEN, Standing.ANSWERED} for one in shown)
        still_open = [one for one in shown if one.standing is Standing.OPEN]
        assert still_open == sorted(still_open, key=lambda one: (-one.voters, one.number))
        assert rules.top(found) == still_open[: rules.TOP]


TestQuestions = Questions.TestCase
TestQuestions.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)

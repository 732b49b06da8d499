"""A database that is locked or goes away: every update and job comes again, none is blamed, and nobody has to restart the bot."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.chats.rules.profile import By
from bot.db.engine import Database
from bot.db.outages import DRIVER_ERRORS, is_outage
from bot.kernel.ids import ChatId, GroupId, UserId
from bot.sandbox.telegram.model import Message
from bot.tg import effects as fx
from bot.tg.capability import NO_GROUP_NEEDED, Capability, Command, ResultKind
from bot.tg.context import Scope
from bot.tg.jobs import Job
from bot.tg.outbox.model import Row, lane_of, sent
from bot.tg.outbox.results import Results
from tests.journeys.stage import Stage, close_stage, open_stage
from tests.tg.bench import Bench, opened, texts

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context

T = TypeVar("T")
BUSY = "?timeout=0.1"
"""So that a lock makes itself felt at once."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Let another program write meanwhile."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


async def counts(path: Path, query: str, number: int) -> bool:
    return rows(path, query) == [(number,)]


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


async def refused(bench: Bench, *raws: bytes) -> None:
    """Hand updates in, and see that they are not taken."""
    with pytest.raises(DRIVER_ERRORS) as caught:
        await bench.app.turns.updates(raws)
    assert is_outage(caught.value)


async def until(found: Callable[[], Awaitable[object]], patience: float = 10.0) -> object:
    """Look again and again until there is something."""
    for _ in range(int(patience / 0.02)):
        if (one := await found()) not in {None, False}:
            return one
        await asyncio.sleep(0.02)
    raise TimeoutError


# The whole bot


@pytest.fixture(params=[False, True], ids=["poll", "hook"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    made = await open_stage(tmp_path, database_url=f"sqlite:///{tmp_path}/bot.db{BUSY}", webhook=request.param)
    for member in (made.mei, made.carl):
        member.send(made.group, "hi")
    await made.settled()
    yield made
    await close_stage(made)


async def walk(stage: Stage) -> Message:
    """Plan an event, and return its card."""
    stage.anna.send(stage.group, "/event create Walk | tomorrow 9:00")
    await stage.tap(stage.anna, await stage.see(stage.group, "Title: Walk"), "Save")
    await stage.settled()
    card = await stage.until(
        lambda: next(
            (m for m in stage.telegram.messages(stage.group) if any("Join" in one for one in m.labels())), None
        )
    )
    await stage.settled()
    return card


async def test_a_lock_eats_no_update_and_leaves_nobody_deaf(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    with locked(path):
        stage.mei.send(stage.group, "just talk")
        stage.anna.send(stage.group, "/warn @mei one")
        await asyncio.sleep(0.6)
    stage.anna.send(stage.group, "/warn @carl two")

    await stage.see(stage.group, "Reason: two", patience=20)
    await stage.settled(20)

    assert rows(path, "SELECT reason FROM violations_cases ORDER BY id") == [("one",), ("two",)]
    assert rows(path, "SELECT error FROM tg_quarantine") == []
    assert not stage.bot.queue


async def test_a_tap_that_meets_a_lock_counts_once_it_is_gone(stage: Stage, tmp_path: Path) -> None:
    card = await walk(stage)
    label = next(known for known in card.labels() if "Join" in known)
    with locked(tmp_path / "bot.db"):
        stage.mei.tap(card, label)
        await asyncio.sleep(0.4)

    await until(lambda: counts(tmp_path / "bot.db", "SELECT count(*) FROM events_signups", 1), 20)

    await stage.settled(20)
    assert rows(tmp_path / "bot.db", "SELECT error FROM tg_quarantine") == []


async def test_a_timer_that_meets_a_lock_goes_off_afterwards(stage: Stage, tmp_path: Path) -> None:
    await walk(stage)
    before = len(stage.telegram.messages(stage.group))
    with locked(tmp_path / "bot.db"):
        stage.clock.advance(stage.clock.now().replace(day=11, hour=7, minute=30) - stage.clock.now())
        await asyncio.sleep(0.4)

    await stage.until(lambda: len(stage.telegram.messages(stage.group)) > before or None, 20)

    await stage.settled(20)
    assert rows(tmp_path / "bot.db", "SELECT error FROM tg_quarantine") == []
    assert rows(tmp_path / "bot.db", "SELECT count(*) FROM timers_due WHERE attempts > 0") == [(0,)]


# SQLite


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    async with opened(f"sqlite:///{tmp_path / 'bot.db'}{BUSY}") as made:
        await made.take()
        yield made


async def test_a_batch_that_meets_a_lock_comes_again_whole(bench: Bench, tmp_path: Path) -> None:
    raws = [bench.said(1, "/note one"), bench.said(2, "talk"), b'{"update_id": 3, "message": 7}']
    with locked(tmp_path / "bot.db"):
        await refused(bench, *raws)
        await refused(bench, raws[1])
    assert bench.scratch.remembered == []

    await bench.take_raw(*raws)

    assert await bench.notes() == ["one"]
    assert await bench.words() == ["/note one", "talk"]
    assert [failure.label for failure in await bench.failures()] == ["unreadable update"]


async def test_jobs_that_meet_a_lock_are_not_blamed(bench: Bench, tmp_path: Path) -> None:
    told: list[str] = []

    async def run(scope: Scope) -> None:
        await scope.tx.execute(text("INSERT INTO notes (note) VALUES ('done')"))

    async def failed(_tx: object, error_id: str) -> None:
        told.append(error_id)

    job = Job("job", run, failed)
    with locked(tmp_path / "bot.db"), pytest.raises(DBAPIError):
        await bench.app.turns.jobs([job])
    await bench.app.turns.jobs([job])

    assert await bench.notes() == ["done"]
    assert told == []
    assert await bench.failures() == []


async def test_parked_updates_and_what_came_meanwhile_outlast_a_lock(bench: Bench, tmp_path: Path) -> None:
    async with bench.app.database.write() as tx:
        for group in bench.app.groups.all():
            await bench.app.people.expect_admins(tx, group, bench.clock.now())
    let_go = bench.holding.hold("getChatAdministrators", bench.hikers)
    bench.olga.send(bench.hikers, "/label Walkers")
    await bench.take()
    bench.olga.send(bench.hikers, "/note later")
    later = bench.queued()
    with locked(tmp_path / "bot.db"):
        let_go()
        await refused(bench, *later)
        await asyncio.sleep(0.5)
    await bench.app.turns.updates(later)

    await until(lambda: counts(tmp_path / "bot.db", "SELECT count(*) FROM tg_inbox", 0))

    said = texts(await bench.sent())
    assert [("Walkers" in line, "later" in line) for line in said] == [(True, False), (False, True)]
    assert await bench.failures() == []
    bench.olga.send(bench.hikers, "/note at once")
    await bench.take()
    assert await bench.notes() == ["later", "at once"]


async def test_a_parked_update_that_cannot_be_read_any_more_holds_nobody_up(bench: Bench, tmp_path: Path) -> None:
    async with bench.app.database.write() as tx:
        for number, raw in ((1, b'{"update_id": 1, "message": 7}'), (2, bench.said(2, "/note readable"))):
            values = {"id": number, "lane": bench.hikers.id, "raw": raw, "at": 0}
            await tx.execute(
                text("INSERT INTO tg_inbox (update_id, lane, raw, at) VALUES (:id, :lane, :raw, :at)"), values
            )
    await bench.restart()

    await until(lambda: counts(tmp_path / "bot.db", "SELECT count(*) FROM tg_inbox", 0))

    assert await bench.notes() == ["readable"]
    assert [failure.label for failure in await bench.failures()] == ["unreadable update"]


# What spoils a whole turn


async def test_who_spoke_what_is_put_aside_is_told_the_error_id(bench: Bench) -> None:
    raw = bench.said(7, "spoil").replace(
        b'"text":',
        b'"reply_to_message": {"message_id": 1, "date": 1, "chat": {"id": %d, "type": "supergroup", "title": "Hikers"},'
        b' "from": {"id": %d, "is_bot": true, "first_name": "Q"}}, "text":' % (bench.hikers.id, bench.bot.id),
    )

    effects = await bench.take_raw(raw)

    (failure,) = await bench.failures()
    (said,) = [effect for effect in effects if isinstance(effect, fx.SendMessage)]
    assert said.chat_id == bench.hikers.id
    assert f"<code>{failure.error_id}</code>" in said.html


# PostgreSQL


@pytest.fixture
async def pg_bench(postgres_url: str) -> AsyncIterator[Bench]:
    async with opened(postgres_url) as made:
        await made.take()
        yield made


class Severed:
    """``/sever``: the server ends the connection in the middle of the first turn; ``quiet`` handlers swallow the error."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.times = 0

    async def run(self, _update: Update, context: Context) -> None:
        self.times += 1
        await context.tx.execute(text("INSERT INTO notes (note) VALUES ('severed')"))
        if self.times > 1:
            return
        try:
            await context.tx.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        except DBAPIError:
            if not self.quiet:
                raise

    def capability(self) -> Capability:
        command = Command("sever", self.run, "Sever", access=NO_GROUP_NEEDED, listed=False)
        return Capability("severed", "Severed", commands=(command,))


@pytest.mark.postgres
@pytest.mark.parametrize("quiet", [False, True], ids=["raises", "swallows"])
async def test_a_connection_that_ends_in_the_middle_of_a_turn_blames_nobody(pg_bench: Bench, quiet: bool) -> None:
    bench = pg_bench
    bench.app.tables.add([Severed(quiet=quiet).capability()])
    raws = [bench.said(1, "/note one"), bench.said(2, "/sever"), bench.said(3, "/note three")]

    await refused(bench, *raws)
    assert await bench.notes() == []
    await bench.take_raw(*raws)

    assert await bench.notes() == ["one", "severed", "three"]
    assert await bench.failures() == []


@asynccontextmanager
async def hanging_commits(url: str) -> AsyncIterator[asyncpg.Connection]:
    """Let commits in this database be stored but never answered, as when a standby is waited for."""
    own = await asyncpg.connect(url)
    name = await own.fetchval("SELECT current_database()")
    await own.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = on')
    await own.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    await own.execute("SELECT pg_reload_conf()")
    try:
        yield own
    finally:
        await own.execute("ALTER SYSTEM RESET synchronous_standby_names")
        await own.execute("SELECT pg_reload_conf()")
        await own.execute(f'ALTER DATABASE "{name}" RESET synchronous_commit')
        await own.close()


async def unanswered(bench: Bench, turn: Awaitable[object]) -> None:
    """Let a turn's commit be stored, and end its connection before it is answered."""
    async with hanging_commits(bench.url) as own:
        await bench.app.database.close()
        running = asyncio.ensure_future(turn)
        waiting = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'SyncRep'"
        pid = await until(lambda: own.fetchval(waiting))
        await own.execute("SELECT pg_terminate_backend($1)", pid)
        await running
    await bench.app.database.close()


@pytest.mark.postgres
async def test_a_commit_that_was_stored_but_not_answered_is_not_done_twice(pg_bench: Bench) -> None:
    bench = pg_bench
    raws = [bench.said(1, "/note one"), bench.said(2, "/note two")]
    await unanswered(bench, refused(bench, *raws))

    await bench.take_raw(*raws)

    assert await bench.notes() == ["one", "two"]
    assert bench.scratch.remembered == ["one", "two"], "and what was to happen after the commit has happened"


class Chores:
    """Inside work that stores a note, and remembers after the commit that it is stored."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.done: list[str] = []

    def job(self, note: str) -> Job:
        async def run(scope: Scope) -> None:
            await scope.tx.execute(text("INSERT INTO notes (note) VALUES (:note)"), {"note": note})
            scope.tx.after_commit(lambda: self.done.append(note))

        return Job(note, run)

    async def refused(self, *found: str) -> None:
        """Hand chores in, and see that their commit fails."""
        with pytest.raises(DRIVER_ERRORS) as caught:
            await self.bench.app.turns.jobs([self.job(note) for note in found])
        assert is_outage(caught.value)


@pytest.mark.postgres
@pytest.mark.parametrize("others", [[], ["three"]], ids=["none left", "others"])
async def test_what_was_to_follow_jobs_stored_but_not_answered_follows(pg_bench: Bench, others: list[str]) -> None:
    chores = Chores(pg_bench)
    await unanswered(pg_bench, chores.refused("one", "two"))
    assert chores.done == []

    await pg_bench.app.turns.jobs([chores.job(note) for note in others])

    assert await pg_bench.notes() == ["one", "two", *others]
    assert chores.done == ["one", "two", *others]
    await pg_bench.app.turns.jobs([])
    assert chores.done == ["one", "two", *others]


@pytest.mark.postgres
async def test_nothing_follows_jobs_that_were_not_stored(pg_bench: Bench) -> None:
    chores = Chores(pg_bench)

    async def sever(scope: Scope) -> None:
        await scope.tx.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(DRIVER_ERRORS):
        await pg_bench.app.turns.jobs([chores.job("one"), Job("sever", sever)])
    await pg_bench.app.turns.jobs([])

    assert await pg_bench.notes() == []
    assert chores.done == []


@pytest.mark.postgres
async def test_parked_updates_stored_but_not_answered_are_followed_up_and_not_done_twice(pg_bench: Bench) -> None:
    bench = pg_bench
    async with bench.app.database.write() as tx:
        for number, note in ((1, "one"), (2, "two")):
            values = {"id": number, "lane": bench.hikers.id, "raw": bench.said(number, f"/note {note}"), "at": 0}
            await tx.execute(
                text("INSERT INTO tg_inbox (update_id, lane, raw, at) VALUES (:id, :lane, :raw, :at)"), values
            )

    # A new start finds them in their inbox and takes them up.
    await unanswered(bench, bench.restart())

    await until(lambda: _equal(bench.scratch.remembered, ["one", "two"]))
    assert await bench.notes() == ["one", "two"]
    assert len(texts(await bench.sent())) == 2


@pytest.mark.postgres
async def test_results_stored_but_not_answered_are_not_told_twice(pg_bench: Bench) -> None:
    bench = pg_bench
    told: list[str] = []
    settled: list[int] = []

    async def tell(scope: Scope, result: fx.SendResult) -> None:
        told.append(result.key)
        await scope.tx.execute(text("INSERT INTO notes (note) VALUES ('told')"))

    turns, kind = bench.app.turns, ResultKind("end", tell)
    results = Results(bench.app.database, bench.clock, turns.jobs, lambda _wanted: kind, None, settled.extend)
    effect = fx.SendMessage(bench.hikers.id, "hello")
    wanted = fx.OnResult("test", "end", "it")
    row = Row(7, bench.hikers.id, None, lane_of(effect), 0, effect, on_result=wanted)
    running = asyncio.create_task(results.run())

    async def begin() -> None:
        results.add([(row, sent(1))])

    await unanswered(bench, begin())
    await until(lambda: _equal(settled, [7]))
    await until(lambda: _idle(results))
    running.cancel()

    assert told == ["it"]
    assert await bench.notes() == ["told"]
    assert settled == [7]


async def _idle(results: Results) -> bool:
    return not results.busy


async def _equal(found: list[T], wanted: list[T]) -> bool:
    return found == wanted


# Which groups a turn locks


@asynccontextmanager
async def other_process(url: str) -> AsyncIterator[Database]:
    database = Database.open(url.replace("postgresql:", "postgresql+asyncpg:"))
    yield database
    await database.close()


async def waits_for(bench: Bench, group_id: GroupId) -> bool:
    """Take what is queued while another process has the group locked; say whether the turn waited for it."""
    raws = bench.queued()
    assert raws
    async with other_process(bench.url) as other:
        async with other.write() as tx:
            await tx.lock([group_id])
            turn = asyncio.create_task(bench.app.turns.updates(raws))
            await asyncio.wait([turn], timeout=0.5)
            waited = not turn.done()
        await turn
    return waited


@pytest.fixture
async def hikers(pg_bench: Bench) -> GroupId:
    group = pg_bench.app.groups.by_chat(pg_bench.hikers.id)
    assert group is not None
    pg_bench.olga.start(pg_bench.bot)
    await pg_bench.take()
    return group.id


@pytest.mark.postgres
@pytest.mark.parametrize("line", ["/warn @mei late", "/warn", "/event create Walk | tomorrow 9:00"])
async def test_a_command_in_private_locks_the_group_it_means(pg_bench: Bench, hikers: GroupId, line: str) -> None:
    pg_bench.mei.send(pg_bench.hikers, "hi")
    await pg_bench.take()
    pg_bench.olga.send(pg_bench.bot, line)
    assert await waits_for(pg_bench, hikers)
    assert await pg_bench.failures() == []


@pytest.mark.postgres
async def test_an_answer_to_a_form_in_private_locks_the_form_s_group(pg_bench: Bench, hikers: GroupId) -> None:
    bench = pg_bench
    bench.olga.send(bench.bot, "/event create")
    await bench.take()
    # Meanwhile another group is meant: the form stays with its own.
    cooks = bench.group_of("Cooks", bench.olga)
    await bench.take()
    async with bench.app.database.write() as tx:
        other = bench.app.groups.by_chat(cooks.id)
        assert other is not None
        await bench.app.groups.set_focus(tx, UserId(bench.olga.id), other.id)
    bench.olga.send(bench.bot, "Saturday hike")

    assert await waits_for(bench, hikers)


@pytest.mark.postgres
async def test_a_command_in_the_managers_chat_locks_the_groups_managed_there(pg_bench: Bench, hikers: GroupId) -> None:
    bench = pg_bench
    office = bench.group_of("Office", bench.olga)
    await bench.take()
    async with bench.app.database.write() as tx:
        by = By(UserId(bench.olga.id), bench.clock.now())
        await bench.app.groups.set_managers_chat(tx, hikers, ChatId(office.id), by)
    bench.olga.send(office, "/event list")

    assert await waits_for(bench, hikers)


@pytest.mark.postgres
async def test_groups_nobody_speaks_of_are_not_waited_for(pg_bench: Bench, hikers: GroupId) -> None:
    cooks = pg_bench.group_of("Cooks", pg_bench.mei)
    await pg_bench.take()
    pg_bench.mei.send(cooks, "/note elsewhere")
    assert not await waits_for(pg_bench, hikers)

"""A batch in one transaction: what fails fails alone, nothing comes twice, nothing is known before it is stored."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.db.engine import Tx
from bot.kernel.ids import GroupId
from bot.tg import effects as fx
from bot.tg.context import Scope
from bot.tg.jobs import Job
from tests.tg.bench import Bench, texts

# What fails


async def test_a_failing_update_is_rolled_back_alone(either_bench: Bench) -> None:
    bench = either_bench
    for line in ("/note one", "/boom two", "/note three"):
        bench.olga.send(bench.hikers, line)

    said = texts(await bench.take())

    assert await bench.notes() == ["one", "three"]
    assert sum("Noted" in line for line in said) == 2
    (failure,) = await bench.failures()
    assert json.loads(failure.raw or b"")["message"]["text"] == "/boom two"
    assert "boom" in failure.error
    assert "Traceback" in failure.trace
    assert any(f"<code>{failure.error_id}</code>" in line for line in said)


async def test_what_the_watchers_saw_of_a_failed_update_is_thrown_away(bench: Bench) -> None:
    for line in ("before", "/boom it", "after"):
        bench.olga.send(bench.hikers, line)

    await bench.take()

    assert await bench.words() == ["before", "after"]
    assert bench.scratch.words.known == ["before", "after"]


async def test_what_was_to_happen_after_the_commit_does_not_happen_for_a_failed_update(bench: Bench) -> None:
    for line in ("/boom one", "/note two"):
        bench.olga.send(bench.hikers, line)

    await bench.take()

    assert bench.scratch.remembered == ["two"]


async def test_a_tap_that_fails_is_answered_with_the_error_id(bench: Bench) -> None:
    raw = json.dumps(
        {
            "update_id": 5000,
            "callback_query": {
                "id": "1",
                "chat_instance": "1",
                "from": {"id": bench.mei.id, "is_bot": False, "first_name": "Mei", "language_code": "en"},
                "message": {"message_id": 5, "date": 1, "chat": {"id": bench.hikers.id, "type": "supergroup"}},
                "data": f"s.boom:{bench.app.groups.by_chat(bench.hikers.id).id}",  # type: ignore[union-attr]
            },
        }
    ).encode()

    effects = await bench.take_raw(raw)

    (failure,) = await bench.failures()
    (answer,) = [effect for effect in effects if isinstance(effect, fx.AnswerCallback)]
    assert failure.error_id in answer.text
    assert answer.alert


async def test_who_speaks_chinese_is_told_in_chinese(bench: Bench) -> None:
    lin = bench.telegram.add_user("Lin", language_code="zh-hans")
    lin.start(bench.bot)
    await bench.take()
    lin.send(bench.bot, "/boom it")

    (said,) = texts(await bench.take())

    (failure,) = await bench.failures()
    assert failure.error_id in said
    assert "Sorry" not in said


async def test_a_batch_whose_flush_fails_is_split_and_only_the_culprit_put_aside(either_bench: Bench) -> None:
    bench = either_bench
    for line in ("before", "/note it", "spoil", "after"):
        bench.olga.send(bench.hikers, line)
    raws = bench.queued()

    await bench.take_raw(*raws)

    assert sorted(await bench.words()) == ["/note it", "after", "before"]
    assert sorted(bench.scratch.words.known) == ["/note it", "after", "before"]
    assert await bench.notes() == ["it"]
    (failure,) = await bench.failures()
    assert b"spoil" in (failure.raw or b"")

    await bench.take_raw(*raws)
    assert await bench.notes() == ["it"], "none of them comes again, the culprit included"
    assert len(await bench.failures()) == 1


async def test_where_not_even_the_failure_can_be_kept_nothing_is_confirmed(bench: Bench) -> None:
    raw = bench.said(77, "spoil")
    async with bench.app.database.write() as tx:
        await tx.execute(text("ALTER TABLE tg_quarantine RENAME TO elsewhere"))
    with pytest.raises(OperationalError):
        await bench.take_raw(raw)
    async with bench.app.database.write() as tx:
        await tx.execute(text("ALTER TABLE elsewhere RENAME TO tg_quarantine"))

    await bench.take_raw(raw)

    assert len(await bench.failures()) == 1


# Odd updates


@pytest.mark.parametrize(
    "odd",
    [
        b'{"update_id": 5000, "message": 7}',
        b'{"update_id": 5000, "message": {"text": "\\ud83d"}}',
        b'{"update_id": 5000, "callback_query": {"id": "1"}}',
    ],
    ids=["no message", "half a character and no message", "nobody tapped"],
)
async def test_an_update_that_cannot_be_read_is_kept_and_spoils_nothing(either_bench: Bench, odd: bytes) -> None:
    bench = either_bench

    await bench.take_raw(bench.said(4999, "/note before"), odd, bench.said(5001, "/note after"))
    await bench.take_raw(odd)

    assert await bench.notes() == ["before", "after"]
    (failure,) = await bench.failures()
    assert (failure.raw, failure.label) == (odd, "unreadable update")


async def test_half_a_character_is_read_as_a_question_mark(either_bench: Bench) -> None:
    bench = either_bench
    half = bench.said(5000, "/note half X").replace(b"X", b"\\ud83d")

    await bench.take_raw(half, bench.said(5001, "/note after"))

    assert await bench.notes() == ["half ?", "after"]
    assert await bench.failures() == []


@pytest.mark.parametrize("odd", [b"[]", b"7", b'{"message": {}}', b"{", b'"\\ud83d"'])
async def test_what_has_no_number_is_left_out(bench: Bench, odd: bytes) -> None:
    await bench.take_raw(odd, bench.said(5001, "/note after"))

    assert await bench.notes() == ["after"]


async def test_an_update_of_a_kind_we_do_not_know_is_taken_in(bench: Bench) -> None:
    await bench.take_raw(b'{"update_id": 5000, "business_connection": {"id": "1"}}')

    assert await bench.failures() == []
    assert await bench.column("SELECT count(*) FROM tg_seen WHERE first <= 5000 AND last >= 5000") == [1]


async def test_a_text_with_nul_is_stored_or_put_aside_and_spoils_nothing(either_bench: Bench) -> None:
    bench = either_bench

    await bench.take_raw(bench.said(1, "a"), bench.said(2, "with \0 in it"), bench.said(3, "/note b"))

    assert {"a", "/note b"} <= set(await bench.words())
    assert await bench.notes() == ["b"]


# Nothing comes twice


async def test_an_update_that_comes_again_is_dropped(either_bench: Bench) -> None:
    bench = either_bench
    first, second = bench.said(1, "/note one"), bench.said(2, "/note two")

    await bench.take_raw(first, first)
    await bench.take_raw(first, second)
    await bench.restart()
    await bench.take_raw(second, first)

    assert await bench.notes() == ["one", "two"]


async def test_after_a_quiet_week_ids_may_go_on_from_anywhere(bench: Bench) -> None:
    for update_id in (900_000_000, 900_000_001, 17, 18, 900_000_003):
        await bench.take_raw(bench.said(update_id, f"/note {update_id}"))

    assert len(await bench.notes()) == 5
    assert await bench.column("SELECT first FROM tg_seen WHERE first < 100 OR first >= 900000000 ORDER BY first") == [
        17,
        900_000_000,
        900_000_003,
    ]


async def test_ids_out_of_order_in_a_batch_are_handled_in_their_order(bench: Bench) -> None:
    await bench.take_raw(*(bench.said(update_id, f"/note {update_id}") for update_id in (12, 10, 11)))

    assert await bench.notes() == ["10", "11", "12"]


# Jobs


async def test_a_failing_job_is_rolled_back_alone_and_its_failure_recorded(either_bench: Bench) -> None:
    bench = either_bench
    told: list[str] = []

    async def put(scope: Scope, note: str) -> None:
        await scope.tx.execute(text("INSERT INTO notes (note) VALUES (:note)"), {"note": note})

    async def good(scope: Scope) -> None:
        await put(scope, "good")

    async def bad(scope: Scope) -> None:
        await put(scope, "bad")
        scope.tx.after_commit(lambda: told.append("bad is committed"))
        raise RuntimeError("no")

    async def failed(tx: Tx, error_id: str) -> None:
        await tx.execute(text("INSERT INTO notes (note) VALUES ('recorded')"))
        told.append(error_id)

    await bench.app.turns.jobs([Job("bad", bad, failed), Job("good", good, group_id=GroupId(1))])

    assert await bench.notes() == ["recorded", "good"]
    (failure,) = await bench.failures()
    assert (failure.label, failure.raw) == ("bad", None)
    assert told == [failure.error_id]


# Needs


async def settled_notes(bench: Bench, count: int) -> list[str]:
    for _ in range(500):
        if len(notes := await bench.notes()) >= count:
            return notes
        await asyncio.sleep(0.02)
    raise TimeoutError("the parked updates were not taken up")


@pytest.fixture
async def slow(bench: Bench) -> Bench:
    """A bench that knows nothing of the administrators, so that a command that asks for a right has a need."""
    async with bench.app.database.write() as tx:
        for group in bench.app.groups.all():
            await bench.app.people.expect_admins(tx, group, bench.clock.now())
    return bench


async def test_a_late_answer_parks_the_chat_and_lets_the_others_go_on(slow: Bench) -> None:
    bench = slow
    let_go = bench.holding.hold("getChatAdministrators", bench.hikers)
    other = bench.group_of("Cooks", bench.mei)
    for where, line in (
        (bench.hikers, "/note first"),
        (bench.hikers, "/roles"),
        (bench.hikers, "/label Walkers"),
        (bench.hikers, "/note last"),
        (other, "/note elsewhere"),
    ):
        (bench.mei if where is other else bench.olga).send(where, line)

    await bench.take()

    assert await bench.notes() == ["first", "elsewhere"]
    assert await bench.column("SELECT count(*) FROM tg_inbox") == [2]

    let_go()
    assert await settled_notes(bench, 3) == ["first", "elsewhere", "last"]
    assert any("Walkers" in line for line in texts(await bench.sent()))
    assert await bench.column("SELECT count(*) FROM tg_inbox") == [0]


async def test_what_comes_later_for_a_parked_chat_waits_in_its_place(slow: Bench) -> None:
    bench = slow
    let_go = bench.holding.hold("getChatAdministrators", bench.hikers)
    bench.olga.send(bench.hikers, "/label Walkers")
    await bench.take()
    bench.olga.send(bench.hikers, "/note later")
    await bench.take()
    assert await bench.notes() == []

    let_go()

    assert await settled_notes(bench, 1) == ["later"]
    said = texts(await bench.sent())
    assert [("Walkers" in line, "later" in line) for line in said][-2:] == [(True, False), (False, True)]


async def test_parked_updates_survive_a_restart_and_are_not_taken_in_twice(slow: Bench) -> None:
    bench = slow
    bench.holding.hold("getChatAdministrators", bench.hikers)
    bench.olga.send(bench.hikers, "/label Walkers")
    bench.olga.send(bench.hikers, "/note later")
    raws = bench.queued()
    await bench.take_raw(*raws)
    await bench.take_raw(*raws)
    assert await bench.column("SELECT count(*) FROM tg_inbox") == [2]

    bench.holding.hold("getChatAdministrators", bench.hikers)()
    await bench.restart()

    assert await settled_notes(bench, 1) == ["later"]
    assert bench.app.groups.by_chat(bench.hikers.id).label == "Walkers"  # type: ignore[union-attr]
    await bench.take_raw(*raws)
    assert await bench.notes() == ["later"]


async def test_parked_updates_wait_out_a_database_that_is_away(slow: Bench) -> None:
    bench = slow
    let_go = bench.holding.hold("getChatAdministrators", bench.hikers)
    bench.olga.send(bench.hikers, "/label Walkers")
    bench.olga.send(bench.hikers, "/note later")
    await bench.take()
    async with bench.app.database.write() as tx:
        await tx.execute(text("ALTER TABLE tg_inbox RENAME TO elsewhere"))

    let_go()
    await asyncio.sleep(0.2)
    async with bench.app.database.write() as tx:
        await tx.execute(text("ALTER TABLE elsewhere RENAME TO tg_inbox"))

    assert await settled_notes(bench, 1) == ["later"]


async def test_closing_does_not_wait_for_answers(slow: Bench) -> None:
    bench = slow
    bench.holding.hold("getChatAdministrators", bench.hikers)
    bench.olga.send(bench.hikers, "/label Walkers")
    await bench.take()

    await asyncio.wait_for(bench.app.turns.close(), 2)


async def test_a_refused_answer_is_an_answer(slow: Bench) -> None:
    bench = slow
    bench.telegram.faults.add("getChatAdministrators", "400", description="Bad Request: no")
    bench.olga.send(bench.hikers, "/label Walkers")

    said = texts(await bench.take())

    assert said
    assert await bench.column("SELECT count(*) FROM tg_inbox") == [0]


# How much a command costs


async def test_an_ordinary_message_costs_two_statements(bench: Bench) -> None:
    """That it was taken in, and the day's count. The first one on a day also says that its author was there."""
    await bench.statements(bench.mei, "good morning")
    bench.clock.advance(timedelta(days=1))
    assert await bench.statements(bench.mei, "good morning") <= 4
    assert await bench.statements(bench.mei, "and a good day") == 2

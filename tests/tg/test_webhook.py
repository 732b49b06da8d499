"""The webhook: who does not know the secret gets nothing in, and who gets 200 has been stored."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Sequence

import msgspec
import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.tg.intake.webhook import BODY_LIMIT, SECRET_HEADER, Webhook

SECRET = "a-secret-word"


class Desk:
    """Takes batches in; while ``gate`` is shut a batch is under way; ``error`` is raised by each."""

    def __init__(self) -> None:
        self.webhook = Webhook(SECRET, self.take, limit=3)
        self.batches: list[list[bytes]] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.begun = asyncio.Event()
        self.error: Exception | None = None
        self.server = TestServer(self._app())
        self.session = ClientSession()

    def _app(self) -> web.Application:
        app = web.Application()
        app.add_routes(self.webhook.routes("/hook"))
        return app

    async def take(self, raws: Sequence[bytes | msgspec.Raw]) -> None:
        self.begun.set()
        await self.gate.wait()
        if self.error is not None:
            raise self.error
        self.batches.append([bytes(raw) for raw in raws])

    async def post(self, body: bytes = b"{}", secret: str | None = SECRET, *, chunked: bool = False) -> int:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        data = _pieces(body) if chunked else io.BytesIO(body)
        async with self.session.post(self.server.make_url("/hook"), data=data, headers=headers) as response:
            return response.status

    def posting(self, body: bytes) -> asyncio.Task[int]:
        return asyncio.create_task(self.post(body))


async def _pieces(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), 65_536):
        yield body[start : start + 65_536]


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    made = Desk()
    await made.server.start_server()
    running = asyncio.create_task(made.webhook.run())
    yield made
    made.gate.set()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await made.session.close()
    await made.server.close()


async def test_an_update_is_answered_with_200_when_it_is_taken_in(desk: Desk) -> None:
    assert await desk.post(b'{"update_id":1}') == 200
    assert desk.batches == [[b'{"update_id":1}']]


async def test_the_answer_waits_for_the_commit(desk: Desk) -> None:
    desk.gate.clear()
    answer = desk.posting(b"1")
    await desk.begun.wait()
    await asyncio.sleep(0.05)
    assert not answer.done()

    desk.gate.set()

    assert await answer == 200


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], SECRET.upper(), "ä"])
async def test_a_wrong_secret_is_refused_and_its_body_not_looked_at(desk: Desk, secret: str | None) -> None:
    assert await desk.post(b"x" * 10, secret) == 403
    assert desk.batches == []


async def test_a_secret_that_is_no_text_is_refused_like_any_other_wrong_one(desk: Desk) -> None:
    address = desk.server.make_url("/hook")
    reader, writer = await asyncio.open_connection(address.host, address.port)
    writer.write(
        b"POST /hook HTTP/1.1\r\nHost: bot\r\nContent-Length: 2\r\n%s: \xff\xfe\r\n\r\n{}" % SECRET_HEADER.encode()
    )
    status = await reader.readline()
    writer.close()
    await writer.wait_closed()

    assert status.split()[1] == b"403"
    assert desk.batches == []


@pytest.mark.parametrize("chunked", [False, True], ids=["with its length", "in pieces"])
async def test_a_body_that_is_too_large_is_refused(desk: Desk, chunked: bool) -> None:
    assert await desk.post(b"x" * (BODY_LIMIT + 1), chunked=chunked) == 413
    assert await desk.post(b"x" * BODY_LIMIT, chunked=chunked) == 200
    assert [len(batch[0]) for batch in desk.batches] == [BODY_LIMIT]


async def test_only_posts_to_the_right_path_come_in(desk: Desk) -> None:
    async with desk.session.get(desk.server.make_url("/hook")) as response:
        assert response.status == 405
    async with desk.session.post(desk.server.make_url("/")) as response:
        assert response.status == 404


async def test_what_comes_while_a_batch_is_under_way_is_the_next_batch(desk: Desk) -> None:
    desk.gate.clear()
    first = desk.posting(b"1")
    await desk.begun.wait()
    others = [desk.posting(body) for body in (b"2", b"3")]
    await asyncio.sleep(0.1)

    desk.gate.set()

    assert await asyncio.gather(first, *others) == [200, 200, 200]
    assert [sorted(batch) for batch in desk.batches] == [[b"1"], [b"2", b"3"]]


async def test_when_the_queue_is_full_telegram_is_to_try_again(desk: Desk) -> None:
    desk.gate.clear()
    first = desk.posting(b"0")
    await desk.begun.wait()
    waiting = [desk.posting(b"%d" % number) for number in (1, 2, 3)]
    await asyncio.sleep(0.1)

    async with desk.session.post(desk.server.make_url("/hook"), data=b"4", headers={SECRET_HEADER: SECRET}) as response:
        assert response.status == 503
        assert response.headers["Retry-After"] == "1"

    desk.gate.set()
    assert await asyncio.gather(first, *waiting) == [200] * 4
    assert sorted(body for batch in desk.batches for body in batch) == [b"0", b"1", b"2", b"3"]


async def test_a_batch_that_is_not_committed_is_not_confirmed_and_the_next_one_is_tried(desk: Desk) -> None:
    desk.error = RuntimeError("the database is out of reach")
    assert await desk.post(b"1") == 503

    desk.error = None

    assert await desk.post(b"1") == 200
    assert desk.batches == [[b"1"]]


async def test_a_sender_that_hangs_up_does_not_stop_the_batch(desk: Desk) -> None:
    desk.gate.clear()
    gone = desk.posting(b"1")
    await desk.begun.wait()
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)

    desk.gate.set()

    assert await desk.post(b"2") == 200
    assert desk.batches == [[b"1"], [b"2"]]


async def test_closing_takes_nothing_more_in_and_waits_for_what_was(desk: Desk) -> None:
    desk.gate.clear()
    first = desk.posting(b"1")
    await desk.begun.wait()
    closing = asyncio.create_task(desk.webhook.close())
    await asyncio.sleep(0.05)
    assert not closing.done()
    assert await desk.post(b"2") == 503

    desk.gate.set()

    await asyncio.wait_for(closing, 2)
    assert await first == 200
    assert desk.batches == [[b"1"]]

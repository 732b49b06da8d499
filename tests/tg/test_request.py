from __future__ import annotations

import asyncio
import socket
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.tg.request import AiohttpRequest, NotSent, TooMany

TOKEN = "123456:AAsecret-secret_secret"
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """Answers with whatever it is told to, and keeps what it was sent."""

    def __init__(self) -> None:
        self.answer: Answer = self._fine
        self.forms: list[dict[str, Any]] = []
        self.url = ""

    @staticmethod
    async def _fine(_request: web.Request) -> web.StreamResponse:
        message = {"message_id": 5, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "hello"}
        return web.json_response({"ok": True, "result": message})

    async def handle(self, request: web.Request) -> web.StreamResponse:
        fields: dict[str, Any] = {}
        for name, value in (await request.post()).items():
            fields[name] = (value.filename, value.file.read()) if isinstance(value, web.FileField) else value
        self.forms.append(fields)
        return await self.answer(request)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    made = Server()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", made.handle)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield made
    await runner.cleanup()


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    made = AiohttpRequest(read_timeout=0.2)
    await made.initialize()
    yield made
    await made.shutdown()


def bot_at(url: str, request: AiohttpRequest) -> Bot:
    return Bot(TOKEN, base_url=f"{url}/bot", request=request, get_updates_request=AiohttpRequest())


async def failure(bot: Bot) -> TelegramError:
    with pytest.raises(TelegramError) as caught:
        await bot.send_message(1, "hello")
    shown = "".join(traceback.format_exception(caught.value))
    assert "secret" not in shown
    assert "secret" not in repr(caught.value.__context__)
    return caught.value


async def test_parameters_go_as_a_form(server: Server, request_: AiohttpRequest) -> None:
    message = await bot_at(server.url, request_).send_message(1, "hello <ä>", disable_notification=True)
    assert message.message_id == 5
    assert server.forms == [{"chat_id": "1", "text": "hello <ä>", "disable_notification": "true"}]


async def test_a_file_goes_with_its_name_and_bytes(server: Server, request_: AiohttpRequest) -> None:
    bot = bot_at(server.url, request_)
    await bot.send_document(1, InputFile(b"\x00\x01", filename="名单.csv"), caption="list")
    form = server.forms[0]
    assert form["caption"] == "list"
    assert ("名单.csv", b"\x00\x01") in form.values()


async def test_no_connection_means_not_sent(request_: AiohttpRequest) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert isinstance(await failure(bot_at(f"http://127.0.0.1:{port}", request_)), NotSent)


async def test_an_unknown_host_means_not_sent(request_: AiohttpRequest) -> None:
    assert isinstance(await failure(bot_at("http://nowhere.invalid", request_)), NotSent)


async def test_an_address_that_is_none_shows_no_token(request_: AiohttpRequest) -> None:
    assert isinstance(await failure(bot_at("nothing://", request_)), NetworkError)


async def test_no_answer_leaves_the_outcome_open(server: Server, request_: AiohttpRequest) -> None:
    async def sleep(_request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(5)
        raise web.HTTPNoContent

    server.answer = sleep
    assert isinstance(await failure(bot_at(server.url, request_)), TimedOut)


async def test_a_broken_connection_leaves_the_outcome_open(server: Server, request_: AiohttpRequest) -> None:
    async def cut(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    server.answer = cut
    error = await failure(bot_at(server.url, request_))
    assert type(error) is NetworkError


async def test_html_from_a_gateway_is_a_network_error(server: Server, request_: AiohttpRequest) -> None:
    async def gateway(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")

    server.answer = gateway
    error = await failure(bot_at(server.url, request_))
    assert isinstance(error, NetworkError)
    assert not isinstance(error, BadRequest | NotSent)


@pytest.mark.parametrize(("body", "seconds"), [('{"parameters": {"retry_after": 7}}', 7.0), ("oops", 1.0)])
async def test_too_many_requests_say_how_long(
    server: Server, request_: AiohttpRequest, body: str, seconds: float
) -> None:
    async def flood(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=429, text=body)

    server.answer = flood
    error = await failure(bot_at(server.url, request_))
    assert isinstance(error, TooMany)
    assert isinstance(error, RetryAfter)
    assert error.seconds == seconds


async def test_a_closed_request_says_so(request_: AiohttpRequest) -> None:
    await request_.shutdown()
    await request_.shutdown()
    with pytest.raises(RuntimeError, match="not initialized"):
        _ = request_.session

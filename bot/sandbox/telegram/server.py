"""The Bot API over HTTP: ``/bot<token>/<method>`` and ``/file/bot<token>/<path>``."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.sandbox.telegram import requests
from bot.sandbox.telegram.access import Call
from bot.sandbox.telegram.errors import ApiError
from bot.sandbox.telegram.faults import Fault, Faults
from bot.sandbox.telegram.journal import Journal, JournalEntry
from bot.sandbox.telegram.limits import Limits
from bot.sandbox.telegram.methods import BY_LOWER_NAME, METHODS
from bot.sandbox.telegram.model import BotAccount
from bot.sandbox.telegram.params import Params
from bot.sandbox.telegram.polling import Polling
from bot.sandbox.telegram.world import World

MAX_UPLOAD = 50 * 1024 * 1024
FOREVER = 3600.0


@dataclass
class Raw:
    """A result that is JSON already."""

    text: str
    shown: Any = field(default=None)


class BotApi:
    """Carries out the calls of the bots upon a world."""

    def __init__(self, world: World, journal: Journal, faults: Faults, limits: Limits) -> None:
        self.world = world
        self.journal = journal
        self.faults = faults
        self.limits = limits
        self.polling = Polling(world)

    def routes(self) -> list[web.RouteDef]:
        """Return the addresses of the Bot API."""
        return [
            web.route("*", "/bot{token:[^/]+}/{method}", self._call),
            web.get("/file/bot{token:[^/]+}/{path:.+}", self._file),
        ]

    def _bot(self, token: str) -> BotAccount:
        bot_id = self.world.tokens.get(token)
        if bot_id is not None:
            return self.world.state.bots[bot_id]
        looks_right = token.partition(":")[0].isdigit() and ":" in token
        raise ApiError(401, "Unauthorized") if looks_right else ApiError(404, "Not Found")

    async def _call(self, request: web.Request) -> web.StreamResponse:
        try:
            bot = self._bot(request.match_info["token"])
            name = BY_LOWER_NAME.get(request.match_info["method"].lower())
            if name is None:
                raise ApiError(404, "Not Found: method not found")
            params = await requests.read(request)
        except ApiError as error:
            return failure(error)
        return await self._journalled(request, bot, name, params)

    async def _journalled(self, request: web.Request, bot: BotAccount, name: str, params: Params) -> web.StreamResponse:
        loop = asyncio.get_running_loop()
        started = loop.time()
        entry = self.journal.begin(self.world.now, bot.id, name, params.shown())
        try:
            return await self._faulty(request, bot, name, params, entry)
        except ApiError as error:
            entry.ok, entry.error_code, entry.description = False, error.code, error.description
            return failure(error)
        finally:
            entry.ms = round((loop.time() - started) * 1000, 1)
            if name != "getUpdates":
                self.world.touch()

    async def _faulty(
        self, request: web.Request, bot: BotAccount, name: str, params: Params, entry: JournalEntry
    ) -> web.StreamResponse:
        fault = self.faults.take(name, params.text("chat_id"))
        if fault is None:
            result = await self.carry_out(bot, name, params)
            return success(entry, result)
        entry.description = f"fault: {fault.kind}"
        if fault.kind == "timeout_after":
            await self._carry_out_unheard(bot, name, params, entry)
        return await _misbehave(request, fault, entry)

    async def obey(self, bot: BotAccount, method: str, params: Params) -> None:
        """Carry out a call that came in the answer to a webhook; only the journal learns its outcome."""
        name = BY_LOWER_NAME.get(method.lower(), method)
        entry = self.journal.begin(self.world.now, bot.id, name, params.shown())
        if name in METHODS:
            await self._carry_out_unheard(bot, name, params, entry)

    async def _carry_out_unheard(self, bot: BotAccount, name: str, params: Params, entry: JournalEntry) -> None:
        try:
            entry.result, entry.ok = await self.carry_out(bot, name, params), True
        except ApiError as error:
            entry.ok, entry.error_code, entry.description = False, error.code, error.description
        self.world.touch()

    async def carry_out(self, bot: BotAccount, name: str, params: Params) -> Any:
        """Carry out one call and return its result.

        :raises ApiError: if it fails.
        """
        if name == "getUpdates":
            return Raw(await self.polling.get_updates(Call(self.world, bot, params)))
        wait = self.limits.check(name, bot.id, params.text("chat_id"))
        if wait:
            raise too_many(wait)
        return METHODS[name](Call(self.world, bot, params))

    async def _file(self, request: web.Request) -> web.StreamResponse:
        try:
            self._bot(request.match_info["token"])
        except ApiError as error:
            return failure(error)
        path = request.match_info["path"]
        stored = self.world.file_at(path)
        if stored is None:
            return failure(ApiError(404, "Not Found"))
        return web.Response(body=stored.data, content_type="application/octet-stream")


def too_many(seconds: int) -> ApiError:
    """Build the 429 that tells how long to wait."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def success(entry: JournalEntry, result: Any) -> web.Response:
    """Answer a call that worked, and note it."""
    entry.ok = True
    if isinstance(result, Raw):
        body = result.text
    else:
        entry.result = result
        body = json.dumps(result, separators=(",", ":"))
    return web.Response(text=f'{{"ok":true,"result":{body}}}', content_type="application/json")


def failure(error: ApiError) -> web.Response:
    """Answer a call that failed."""
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    headers = {"Retry-After": str(error.parameters["retry_after"])} if "retry_after" in error.parameters else None
    return web.json_response(body, status=error.code, headers=headers)


async def _misbehave(request: web.Request, fault: Fault, entry: JournalEntry) -> web.StreamResponse:
    match fault.kind:
        case "429":
            raise too_many(fault.retry_after)
        case "403":
            raise ApiError(403, fault.description or "Forbidden: bot was blocked by the user")
        case "400":
            raise ApiError(400, fault.description or "Bad Request: a fault was ordered")
        case "500":
            raise ApiError(500, fault.description or "Internal Server Error")
        case "html502":
            entry.ok, entry.error_code = False, 502
            page = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
            return web.Response(text=page, status=HTTPStatus.BAD_GATEWAY, content_type="text/html")
        case "reset":
            entry.ok = False
            _reset(request)
        case _:
            await asyncio.sleep(FOREVER)
    return web.Response(status=HTTPStatus.GATEWAY_TIMEOUT)


def _reset(request: web.Request) -> None:
    """Cut the connection hard, so that the other side sees a reset and not an end."""
    transport = request.transport
    if transport is None:
        return
    sock = transport.get_extra_info("socket")
    if sock is not None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()

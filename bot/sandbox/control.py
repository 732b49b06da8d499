"""The sandbox's control surface and chat page over HTTP: docs/sandbox-control.md is its contract."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.kernel.clock import MovableClock
from bot.sandbox.control_actions import ACTIONS
from bot.sandbox.control_body import Body, Wrong
from bot.sandbox.control_surface import IsBusy, NextTimer, StartOver, Surface
from bot.sandbox.control_views import all_chats, all_users, conversation
from bot.sandbox.telegram import Telegram
from bot.sandbox.telegram.errors import ApiError, Refused
from bot.sandbox.telegram.model import Chat

PAGE = Path(__file__).parent / "page" / "index.html"
MAX_BODY = 32 * 1024 * 1024
MAX_WAIT = 60.0
SHOWN_INLINE = ("image/png", "image/jpeg", "image/gif", "image/webp")
"""Kinds of file a browser may show; anything else is only downloaded, so that it can never run as a page."""

POLICY = "default-src 'none'; connect-src 'self'; img-src 'self' data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def add_control(
    app: web.Application,
    telegram: Telegram,
    clock: MovableClock,
    next_timer: NextTimer | None = None,
    is_busy: IsBusy | None = None,
    start_over: StartOver | None = None,
) -> None:
    """Serve the page at ``/`` and the control surface under ``/control/``.

    ``next_timer`` tells when the bot's earliest timer is due, or ``None`` if it waits for nothing; ``is_busy``, whether it
    has still to do what is due. ``start_over`` takes the place of a reset to an empty world.
    """
    surface = Surface(telegram, clock, next_timer, is_busy, start_over)
    reading = _Reading(surface)
    routes: dict[str, Handler] = {
        "/control/state": reading.state,
        "/control/wait": reading.wait,
        "/control/chats/{chat_id}": reading.chat,
        "/control/journal": reading.journal,
        "/control/answers": reading.answers,
        "/control/file/{file_id}": reading.file,
    }
    app.router.add_get("/", _page)
    for path, handler in routes.items():
        app.router.add_get(path, _guarded(handler))
    app.router.add_post("/control/{action:.+}", _guarded(_acting(surface)))


async def _page(_: web.Request) -> web.StreamResponse:
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return web.FileResponse(PAGE, headers=headers)


def _guarded(handler: Handler) -> Handler:
    """Turn refusals into answers, and keep other web sites that the browser has open away from the sandbox."""

    async def answer(request: web.Request) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != request.host:
            return _error(403, "Only the sandbox's own page may do that.")
        try:
            return await handler(request)
        except Wrong as error:
            return _error(error.status, str(error))
        except Refused as error:
            return _error(403, str(error))
        except ApiError as error:
            return _error(400, error.description)

    return answer


def _error(status: int, sentence: str) -> web.Response:
    return web.json_response({"error": sentence}, status=status)


def _acting(surface: Surface) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        action = ACTIONS.get(request.match_info["action"])
        if action is None:
            raise Wrong(f"There is no action {request.match_info['action']!r}.", 404)
        done = await action(surface, Body(await _json(request)))
        return web.json_response({"ok": True} if done is None else done)

    return answer


async def _json(request: web.Request) -> dict[str, Any]:
    if request.content_length is not None and request.content_length > MAX_BODY:
        raise Wrong("The body is too large.", 413)
    raw = bytearray()
    async for chunk in request.content.iter_chunked(65_536):
        raw += chunk
        if len(raw) > MAX_BODY:
            raise Wrong("The body is too large.", 413)
    try:
        body = json.loads(raw or b"{}")
    except ValueError as error:
        raise Wrong("The body is not JSON.") from error
    if not isinstance(body, dict):
        raise Wrong("The body is not a JSON object.")
    return body


class _Reading:
    """What can be asked."""

    def __init__(self, surface: Surface) -> None:
        self.surface = surface
        self.world = surface.world

    async def state(self, _: web.Request) -> web.Response:
        world, limits = self.world, self.surface.telegram.limits
        bots = [
            {"id": bot.id, "username": bot.username, "token": bot.token, "privacy": bot.privacy}
            for bot in world.state.bots.values()
        ]
        return web.json_response(
            {
                "version": world.version,
                "now": world.now,
                "clock_offset": int(self.surface.clock.offset.total_seconds()),
                "users": all_users(world),
                "chats": all_chats(world),
                "bots": bots,
                "limits": {"enabled": limits.enabled, "kind": limits.kind},
            }
        )

    async def wait(self, request: web.Request) -> web.Response:
        since, timeout = _number(request, "since", 0), _number(request, "timeout", 25)
        version = await self.world.changed(since, min(float(timeout), MAX_WAIT))
        return web.json_response({"version": version, "now": self.world.now})

    async def chat(self, request: web.Request) -> web.Response:
        viewer = _number(request, "as", 0) or None
        chat = self._chat(request)
        before = _number(request, "before", 0) or None
        limit = max(1, min(_number(request, "limit", 200), 1000))
        return web.json_response(conversation(self.world, chat, viewer, limit=limit, before=before))

    def _chat(self, request: web.Request) -> Chat:
        raw = request.match_info["chat_id"]
        bot_id = _number(request, "bot", 0) or None
        try:
            chat_id = int(raw)
        except ValueError as error:
            raise Wrong(f"{raw!r} is no chat's id.") from error
        return self.surface.chat(chat_id, bot_id)

    async def journal(self, request: web.Request) -> web.Response:
        since, limit = _number(request, "since", 0), _number(request, "limit", 200)
        polls = _number(request, "polls", 0) > 0
        return web.json_response({"calls": self.surface.calls(since, limit, polls=polls)})

    async def answers(self, request: web.Request) -> web.Response:
        user_id, since = _number(request, "as", 0), _number(request, "since", 0)
        found = [
            {
                "n": answer.n,
                "callback_query_id": answer.callback_query_id,
                "text": answer.text,
                "show_alert": answer.show_alert,
                "message_id": answer.message_id,
                "chat_id": answer.chat_id,
                "url": answer.url,
            }
            for answer in self.world.state.answers
            if answer.user_id == user_id and answer.n > since
        ]
        return web.json_response({"answers": found})

    async def file(self, request: web.Request) -> web.Response:
        stored = self.world.state.files.get(request.match_info["file_id"])
        if stored is None:
            raise Wrong("There is no such file.", 404)
        shown = stored.mime_type if stored.mime_type in SHOWN_INLINE else None
        if shown is None and stored.kind in ("photo", "sticker"):
            shown = "image/png"
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'"}
        if shown is None:
            headers["Content-Disposition"] = "attachment"
        return web.Response(body=stored.data, content_type=shown or "application/octet-stream", headers=headers)


def _number(request: web.Request, name: str, default: int) -> int:
    raw = request.query.get(name)
    if raw is None or raw == "":
        return default
    try:
        return int(float(raw))
    except (ValueError, OverflowError) as error:
        raise Wrong(f"{name} must be a number.") from error

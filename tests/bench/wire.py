"""A Bot API server that does nothing but answer, as fast as it can, in a process of its own: its CPU must not count.

Updates are rendered before they are let go, so that a measured stretch holds no rendering. ``/bench/...`` is the handle by
which benches steer it; every answer there comes when what was asked for is over.
"""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from bot.kernel.clock import SystemClock
from tests.bench.updates import BOT, OWNER, Crowd, chat, user

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bench.updates import Batch

_TRUE = b'{"ok":true,"result":true}'
_EMPTY = b'{"ok":true,"result":[]}'
_WAIT = 5.0
"""Seconds an empty poll is held at most: both sides that are measured idle alike."""


@dataclass
class Feed:
    """What one bot gets to see, and what it did."""

    crowd: Crowd
    pending: list[Batch] = field(default_factory=list)
    released: list[Batch] = field(default_factory=list)
    confirmed: int = 0
    served_at: float = 0.0
    confirmed_at: float = 0.0
    answered_at: float = 0.0
    said: str = ""
    served: list[tuple[int, float]] = field(default_factory=list)
    """Which batches were handed over, by their first update, and when."""
    answers: dict[str, float] = field(default_factory=dict)
    """When each tap was answered."""
    news: asyncio.Event = field(default_factory=asyncio.Event)
    change: asyncio.Event = field(default_factory=asyncio.Event)

    def next_batch(self) -> Batch | None:
        """Return the first batch that is let go and not confirmed."""
        while self.released and self.released[0].last < self.confirmed:
            self.released.pop(0)
        return self.released[0] if self.released else None

    def note(self) -> None:
        """Wake whoever waits for something to have happened."""
        self.change.set()
        self.change = asyncio.Event()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something has happened."""
        while not condition():
            await self.change.wait()


class Wire:
    """All feeds, by the bot's token."""

    def __init__(self) -> None:
        self.feeds: dict[str, Feed] = {}
        self._date = int(SystemClock().now().timestamp())
        self._message = 1000

    # The Bot API

    async def call(self, path: str, body: bytes) -> bytes:
        """Answer one call."""
        _, bot, method = unquote(path).split("/", 2)
        feed = self.feeds[bot.removeprefix("bot")]
        match method:
            case "getUpdates":
                return await self._updates(feed, dict(parse_qsl(body.decode())))
            case "sendMessage" | "editMessageText":
                return self._sent(int(dict(parse_qsl(body.decode()))["chat_id"]))
            case "answerCallbackQuery":
                asked = dict(parse_qsl(body.decode()))
                feed.said = asked.get("text", "")
                feed.answered_at = asyncio.get_running_loop().time()
                feed.answers[asked["callback_query_id"]] = feed.answered_at
                feed.note()
            case "getMe":
                return _ok(
                    {
                        **BOT,
                        "can_join_groups": True,
                        "can_read_all_group_messages": True,
                        "supports_inline_queries": False,
                    }
                )
            case "getChatAdministrators":
                owner = {**user(0), "id": OWNER}
                return _ok([{"status": "creator", "user": owner, "is_anonymous": False}])
            case _:
                pass
        return _TRUE

    async def _updates(self, feed: Feed, asked: dict[str, str]) -> bytes:
        loop = asyncio.get_running_loop()
        feed.confirmed = max(feed.confirmed, int(asked.get("offset", 0)))
        feed.confirmed_at = loop.time()
        feed.note()
        batch = feed.next_batch()
        if batch is None and asked.get("timeout", "0") != "0":
            feed.news.clear()
            try:
                async with asyncio.timeout(_WAIT):
                    await feed.news.wait()
            except TimeoutError:
                return _EMPTY
            batch = feed.next_batch()
        feed.served_at = loop.time()
        if batch is not None:
            feed.served.append((batch.first, feed.served_at))
        return _EMPTY if batch is None else batch.body

    def _sent(self, chat_id: int) -> bytes:
        self._message += 1
        where = {**chat(0), "id": chat_id}
        return _ok({"message_id": self._message, "from": BOT, "chat": where, "date": self._date, "text": "x"})

    # The handle

    async def steer(self, what: str, ask: dict[str, str]) -> object:
        """Do what a bench wants."""
        token = ask["token"]
        if what == "feed":
            self.feeds[token] = Feed(Crowd(int(ask["groups"]), int(ask["people"]), self._date))
            return None
        feed = self.feeds[token]
        match what:
            case "prepare":
                feed.pending = feed.crowd.talk(int(ask["batches"])) if ask.get("batches") else feed.crowd.everybody()
                return sum(batch.last - batch.first + 1 for batch in feed.pending)
            case "say":
                feed.pending = [feed.crowd.say(ask["text"])]
                await self._release(feed)
            case "press":
                feed.pending = [feed.crowd.press(ask["data"])]
                await self._release(feed)
            case "go":
                await self._release(feed)
            case "taps":
                return await self._taps(feed, int(ask["count"]), ask["data"])
            case "storm":
                return await self._storm(feed, int(ask["count"]), ask["data"])
            case _:
                raise ValueError(what)
        return None

    @staticmethod
    async def _release(feed: Feed) -> None:
        released, feed.pending = feed.pending, []
        feed.released.extend(released)
        feed.news.set()
        await feed.until(lambda: feed.confirmed > released[-1].last)

    @staticmethod
    async def _taps(feed: Feed, count: int, data: str) -> dict[str, object]:
        """Let go one tap after the other; milliseconds from the tap to its confirmation, and to the answer on the wire."""
        committed, answered = [], []
        for batch in feed.crowd.taps(count, data):
            feed.answered_at = feed.confirmed_at = 0.0
            feed.released.append(batch)
            feed.news.set()
            await feed.until(lambda tap=batch: feed.confirmed > tap.last and bool(feed.answered_at))  # type: ignore[misc]
            committed.append((feed.confirmed_at - feed.served_at) * 1000)
            answered.append((feed.answered_at - feed.served_at) * 1000)
        return {"committed": committed, "answered": answered, "said": feed.said}

    @staticmethod
    async def _storm(feed: Feed, count: int, data: str) -> dict[str, object]:
        """Let go many taps at once; milliseconds from the hand-over of each to its answer, and to the last answer of all."""
        storm = feed.crowd.storm(count, data)
        feed.served.clear()
        feed.answers.clear()
        feed.released.extend(batch for batch, _ in storm)
        feed.news.set()
        taps = [tap for _, some in storm for tap in some]
        await feed.until(lambda: feed.confirmed > storm[-1][0].last and len(feed.answers) >= count)
        await feed.until(lambda: feed.answers.keys() >= set(taps))
        served = dict(reversed(feed.served))
        waits = [(feed.answers[tap] - served[batch.first]) * 1000 for batch, some in storm for tap in some]
        whole = max(feed.answers[tap] for tap in taps) - min(served.values())
        return {"answered": waits, "whole": whole * 1000, "said": feed.said}


def _ok(result: object) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode()


class Http(asyncio.Protocol):
    """As much of HTTP/1.1 as clients of the Bot API speak: one request after the other, with a Content-Length."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._buffer = b""
        self._transport: asyncio.WriteTransport | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Cut off whole requests."""
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end].decode("latin-1")
            length = next((int(line[15:]) for line in head.split("\r\n") if line[:15].lower() == "content-length:"), 0)
            if len(self._buffer) < end + 4 + length:
                return
            body, self._buffer = self._buffer[end + 4 : end + 4 + length], self._buffer[end + 4 + length :]
            task = asyncio.get_running_loop().create_task(self._answer(head.split(" ", 2)[1], body))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _answer(self, target: str, body: bytes) -> None:
        url = urlsplit(target)
        if url.path.startswith("/bench/"):
            answer = json.dumps(await self._wire.steer(url.path[7:], dict(parse_qsl(url.query)))).encode()
        else:
            answer = await self._wire.call(url.path, body)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(answer)}\r\n\r\n"
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(head.encode() + answer)


async def main() -> None:
    """Serve on a free port, which is the first line of the output, until the input ends."""
    loop = asyncio.get_running_loop()
    wire = Wire()
    server = await loop.create_server(lambda: Http(wire), "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())

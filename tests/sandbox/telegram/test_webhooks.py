"""Updates sent to a webhook."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from telegram.error import BadRequest

from tests.sandbox.telegram.scene import Scene


class Hook:
    """A webhook that answers as it is told."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, Any], str | None]] = []
        self.answers: list[tuple[int, str]] = []
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.got.append((await request.json(), secret))
        status, text = self.answers.pop(0) if self.answers else (200, "")
        return web.Response(status=status, text=text)

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update, _ in self.got]


@asynccontextmanager
async def serving() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        yield hook
    finally:
        await runner.cleanup()


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    async with serving() as found:
        yield found


async def test_updates_are_posted_with_the_secret(on: Scene, hook: Hook) -> None:
    on.mei.send(on.group, "before")
    await on.ptb.set_webhook(hook.url, secret_token="s3cret", allowed_updates=["message"])
    on.mei.send(on.group, "after")
    await on.tg.until(lambda: not on.bot.queue)
    assert hook.texts() == ["before", "after"]
    assert {secret for _, secret in hook.got} == {"s3cret"}
    info = await on.ptb.get_webhook_info()
    assert (info.url, info.pending_update_count, info.allowed_updates) == (hook.url, 0, ("message",))


async def test_an_update_is_sent_again_until_it_is_taken_and_the_next_one_waits(on: Scene, hook: Hook) -> None:
    on.tg.webhooks.first_delay = 0.05
    hook.answers = [(500, ""), (503, "")]
    await on.ptb.set_webhook(hook.url)
    on.mei.send(on.group, "one")
    on.mei.send(on.group, "two")
    await on.tg.until(lambda: not on.bot.queue)
    assert hook.texts() == ["one", "one", "one", "two"]
    info = await on.ptb.get_webhook_info()
    assert info.last_error_message is not None
    assert "503" in info.last_error_message
    assert info.last_error_date == on.clock.now()


async def test_chats_do_not_wait_for_each_other(on: Scene, hook: Hook) -> None:
    on.mei.start(on.bot)
    on.tom.start(on.bot)
    await on.ptb.set_webhook(hook.url)
    await on.tg.until(lambda: not on.bot.queue)
    assert len(hook.got) == 2


async def test_a_webhook_that_is_away_is_tried_again_when_it_is_set_anew(on: Scene, hook: Hook) -> None:
    on.tg.webhooks.first_delay = 30
    await on.ptb.set_webhook("http://127.0.0.1:1/nobody")
    on.mei.send(on.group, "patience")
    await on.tg.until(lambda: on.bot.webhook is not None and on.bot.webhook.last_error_message is not None)
    assert (await on.ptb.get_webhook_info()).pending_update_count == 1
    await asyncio.sleep(0.05)
    await on.ptb.set_webhook(hook.url)
    await on.tg.until(lambda: not on.bot.queue)
    assert hook.texts() == ["patience"]


async def test_an_answer_may_contain_a_method(on: Scene, hook: Hook) -> None:
    hook.answers = [(200, f'{{"method": "sendMessage", "chat_id": {on.group.id}, "text": "at once"}}')]
    await on.ptb.set_webhook(hook.url)
    on.mei.send(on.group, "answer me")
    await on.tg.until(lambda: on.tg.messages(on.group)[-1].text == "at once")


async def test_pending_updates_can_be_dropped(on: Scene, hook: Hook) -> None:
    on.mei.send(on.group, "old")
    await on.ptb.set_webhook(hook.url, drop_pending_updates=True)
    on.mei.send(on.group, "new")
    await on.tg.until(lambda: not on.bot.queue)
    assert hook.texts() == ["new"]
    await on.ptb.delete_webhook()
    assert (await on.ptb.get_webhook_info()).url == ""


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"url": "http://example.org/hook"}, "HTTPS URL must be provided"),
        ({"url": "nonsense"}, "invalid webhook URL"),
        ({"url": "https://example.org", "secret_token": "a b"}, "unallowed characters"),
        ({"url": "https://example.org", "secret_token": "a" * 257}, "too long"),
    ],
)
async def test_bad_webhooks_are_refused(on: Scene, options: dict[str, Any], text: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){text}"):
        await on.ptb.set_webhook(**options)


async def test_an_answer_that_asks_for_nonsense_holds_nothing_up(on: Scene, hook: Hook) -> None:
    hook.answers = [(200, '{"method": "sendMessage"}'), (200, '{"method": "nonsense"}'), (200, "[]"), (200, "fine")]
    await on.ptb.set_webhook(hook.url)
    for text in "abcd":
        on.mei.send(on.group, text)
    await on.tg.until(lambda: not on.bot.queue)
    assert hook.texts() == ["a", "b", "c", "d"]
    assert [entry.ok for entry in on.tg.journal.of("sendMessage", "nonsense")] == [False, None]

"""How calls come in and updates go out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession, FormData
from telegram.error import Conflict

from bot.sandbox.telegram.model import DEFAULT_UPDATES
from tests.sandbox.telegram.scene import ALL_UPDATES, Scene, connected


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


async def call(on: Scene, http: ClientSession, method: str, how: str = "post", **options: Any) -> tuple[int, Any]:
    async with http.request(how, f"{on.tg.url}/bot{on.bot.token}/{method}", **options) as answer:
        return answer.status, await answer.json()


async def test_parameters_come_as_query_form_json_or_multipart(on: Scene, http: ClientSession) -> None:
    params = {"chat_id": str(on.group.id), "text": "hi", "reply_markup": json.dumps({"inline_keyboard": []})}
    multipart = FormData(default_to_multipart=True)
    for name, value in params.items():
        multipart.add_field(name, value)
    native = {"chat_id": on.group.id, "text": "hi", "reply_markup": {"inline_keyboard": []}}
    for how, options in (
        ("get", {"params": params}),
        ("post", {"params": params}),
        ("post", {"data": params}),
        ("post", {"json": native}),
        ("post", {"data": multipart}),
    ):
        status, answer = await call(on, http, "sendMessage", how, **options)
        assert (status, answer["ok"], answer["result"]["text"]) == (200, True, "hi")
    assert [m.text for m in on.tg.messages(on.group)[-5:]] == ["hi"] * 5


async def test_a_file_is_attached_by_name_and_downloaded_with_an_escaped_token(on: Scene, http: ClientSession) -> None:
    form = FormData()
    form.add_field("chat_id", str(on.group.id))
    form.add_field("document", "attach://mine")
    form.add_field("mine", b"contents", filename="list.csv", content_type="text/csv")
    _, answer = await call(on, http, "sendDocument", data=form)
    document = answer["result"]["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == ("list.csv", "text/csv", 8)
    _, file = await call(on, http, "getFile", json={"file_id": document["file_id"]})
    for token in (on.bot.token, on.bot.token.replace(":", "%3A")):
        async with http.get(f"{on.tg.url}/file/bot{token}/{file['result']['file_path']}") as answer:
            assert await answer.read() == b"contents"
    async with http.get(f"{on.tg.url}/file/bot{on.bot.token}/documents/none") as answer:
        assert answer.status == 404


@pytest.mark.parametrize(
    ("token", "method", "status", "text"),
    [
        (None, "sendMesage", 404, "Not Found: method not found"),
        ("100001:WRONG", "getMe", 401, "Unauthorized"),
        ("nonsense", "getMe", 404, "Not Found"),
        (None, "GETME", 200, None),
    ],
)
async def test_unknown_tokens_and_methods(
    on: Scene, http: ClientSession, token: str | None, method: str, status: int, text: str | None
) -> None:
    async with http.get(f"{on.tg.url}/bot{token or on.bot.token}/{method}") as answer:
        assert answer.status == status
        body = await answer.json()
        assert body.get("description") == text
        assert body.get("error_code", 200) == status


async def test_a_body_that_is_no_json_is_refused(on: Scene, http: ClientSession) -> None:
    headers = {"Content-Type": "application/json"}
    for data in (b"{", b"[1]"):
        status, answer = await call(on, http, "sendMessage", data=data, headers=headers)
        assert (status, answer["ok"]) == (400, False)
    status, _ = await call(on, http, "sendMessage", data={"chat_id": on.group.id, "text": "x", "reply_markup": "{"})
    assert status == 400


async def test_get_updates_waits_and_wakes(on: Scene) -> None:
    loop = asyncio.get_running_loop()
    assert await on.ptb.get_updates(timeout=0) == ()
    begun = loop.time()
    assert await on.ptb.get_updates(timeout=1) == ()
    assert loop.time() - begun >= 0.9
    waiting = asyncio.create_task(on.ptb.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    on.mei.send(on.group, "wake up")
    (update,) = await asyncio.wait_for(waiting, 2)
    assert update.message is not None
    assert update.message.text == "wake up"


async def test_updates_stay_until_an_offset_confirms_them(on: Scene) -> None:
    for text in "abcde":
        on.mei.send(on.group, text)
    first = await on.ptb.get_updates()
    assert [u.update_id - first[0].update_id for u in first] == [0, 1, 2, 3, 4]
    assert await on.ptb.get_updates() == first
    assert await on.ptb.get_updates(limit=2) == first[:2]
    assert await on.ptb.get_updates(offset=first[1].update_id) == first[1:]
    assert await on.ptb.get_updates(offset=-2) == first[3:]
    assert await on.ptb.get_updates() == first[3:]
    assert await on.ptb.get_updates(offset=first[-1].update_id + 1) == ()


async def test_after_a_quiet_week_ids_begin_anywhere_and_an_old_offset_loses_nothing(on: Scene) -> None:
    on.mei.send(on.group, "before")
    last = (await on.ask())[-1].update_id
    on.advance(days=8)
    on.mei.send(on.group, "after")
    (update,) = await on.ptb.get_updates(offset=last + 1)
    assert abs(update.update_id - last) > 10


async def test_what_is_allowed_is_remembered_and_has_a_default(on: Scene) -> None:
    def everything() -> list[str]:
        message = on.mei.send(on.group, "hello")
        on.mei.react(message, "👍")
        on.olga.set_tag(on.group, on.mei, f"tag {message.message_id}")
        return on.kinds()

    await on.ptb.get_updates(allowed_updates=[])
    assert on.bot.allowed_updates is None
    assert not DEFAULT_UPDATES & {"chat_member", "message_reaction", "message_reaction_count"}
    assert everything() == ["message"]
    await on.ptb.get_updates(allowed_updates=["message_reaction", "nonsense"])
    await on.ptb.get_updates()
    assert everything() == ["message_reaction"]
    await on.ptb.get_updates(allowed_updates=ALL_UPDATES)
    assert everything() == ["message", "message_reaction", "chat_member"]


async def test_a_second_poll_ends_the_first_with_a_conflict(on: Scene) -> None:
    first = asyncio.create_task(on.ptb.get_updates(timeout=20))
    await asyncio.sleep(0.1)
    async with connected(on.tg, on.bot) as other:
        second = asyncio.create_task(other.get_updates(timeout=20))
        with pytest.raises(Conflict, match="other getUpdates request"):
            await asyncio.wait_for(first, 2)
        on.mei.send(on.group, "for the second")
        assert len(await asyncio.wait_for(second, 2)) == 1


async def test_no_polling_while_a_webhook_is_set(on: Scene) -> None:
    waiting = asyncio.create_task(on.ptb.get_updates(timeout=20))
    await asyncio.sleep(0.1)
    await on.ptb.set_webhook("https://127.0.0.1:1/hook")
    with pytest.raises(Conflict, match="setWebhook"):
        await asyncio.wait_for(waiting, 2)
    with pytest.raises(Conflict, match="webhook is active"):
        await on.ptb.get_updates()
    await on.ptb.delete_webhook()
    assert await on.ptb.get_updates() == ()


async def test_a_poll_whose_connection_broke_is_forgotten(on: Scene, http: ClientSession) -> None:
    lost = asyncio.create_task(call(on, http, "getUpdates", json={"timeout": 20}))
    await asyncio.sleep(0.1)
    lost.cancel()
    await asyncio.gather(lost, return_exceptions=True)
    await asyncio.sleep(0.1)
    on.mei.send(on.group, "for who comes next")
    assert len(await on.ptb.get_updates(timeout=2)) == 1


async def test_an_odd_text_passes_as_json_escapes(on: Scene, http: ClientSession) -> None:
    on.mei.send(on.group, "half \ud83d emoji")
    async with http.get(f"{on.tg.url}/bot{on.bot.token}/getUpdates") as answer:
        raw = await answer.read()
    assert rb"half \ud83d emoji" in raw


async def test_the_journal_keeps_calls_with_their_results(on: Scene) -> None:
    await on.ptb.send_message(on.group.id, "hello", disable_notification=True)
    entry = on.tg.journal.of("sendMessage")[-1]
    assert entry.params["chat_id"] == on.group.id
    assert entry.params["disable_notification"] is True
    assert (entry.ok, entry.error_code, entry.result["text"]) == (True, None, "hello")
    with pytest.raises(Exception, match="Chat not found"):
        await on.ptb.send_message(-5, "hello")
    last = on.tg.journal.since(entry.n)[-1]
    assert (last.ok, last.error_code, last.description) == (False, 400, "Bad Request: chat not found")

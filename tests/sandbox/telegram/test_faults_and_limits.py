"""Faults on demand, and Telegram's limits on sending."""

from __future__ import annotations

from datetime import timedelta

import pytest
from aiohttp import ClientConnectionError, ClientSession
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.sandbox.telegram.limits import Limits
from tests.sandbox.telegram.scene import Scene


@pytest.fixture(autouse=True)
def time_deltas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare us PTB's warning that it will tell ``retry_after`` otherwise one day."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


async def send(on: Scene, text: str = "x") -> None:
    await on.ptb.send_message(on.group.id, text, read_timeout=0.3)


async def test_errors_on_demand(on: Scene) -> None:
    faults = on.tg.faults
    faults.add("sendMessage", "429", retry_after=7)
    with pytest.raises(RetryAfter) as caught:
        await send(on)
    assert caught.value.retry_after == timedelta(seconds=7)
    faults.add("sendMessage", "403")
    with pytest.raises(Forbidden):
        await send(on)
    faults.add("sendMessage", "400", description="Bad Request: as ordered")
    with pytest.raises(BadRequest, match="As ordered"):
        await send(on)
    faults.add("sendMessage", "500")
    with pytest.raises(NetworkError, match="Internal Server Error"):
        await send(on)
    faults.add("sendMessage", "html502")
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await send(on)
    assert [m.text for m in on.tg.messages(on.group)] == [""]
    await send(on)


async def test_a_timeout_before_acting_leaves_nothing_and_one_after_leaves_the_message(on: Scene) -> None:
    for kind, left in (("timeout_before", []), ("timeout_after", ["timeout_after"])):
        on.tg.faults.add("sendMessage", kind)
        with pytest.raises(TimedOut):
            await send(on, kind)
        assert [m.text for m in on.tg.messages(on.group)[1:]] == left
    assert [entry.ok for entry in on.tg.journal.of("sendMessage")] == [None, True]


async def test_a_reset_connection(on: Scene) -> None:
    on.tg.faults.add("sendMessage", "reset")
    async with ClientSession() as http:
        with pytest.raises(ClientConnectionError):
            await http.post(f"{on.tg.url}/bot{on.bot.token}/sendMessage", json={"chat_id": on.group.id, "text": "x"})
    assert len(on.tg.messages(on.group)) == 1


async def test_a_fault_is_for_a_method_a_chat_and_a_count(on: Scene) -> None:
    on.mei.start(on.bot)
    on.tg.faults.add("sendMessage", "500", count=2, chat_id=on.group.id)
    await on.ptb.send_message(on.mei.id, "passes")
    await on.ptb.send_photo(on.group.id, b"passes")
    for _ in range(2):
        with pytest.raises(NetworkError):
            await send(on)
    await send(on)
    on.tg.faults.add("*", "500", count=5)
    with pytest.raises(NetworkError):
        await on.ptb.get_chat(on.group.id)
    assert await on.ptb.get_updates()
    on.tg.faults.clear()
    await send(on)
    with pytest.raises(ValueError, match="no such fault"):
        on.tg.faults.add("sendMessage", "418")


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(params=["window", "bucket"])
def limits(request: pytest.FixtureRequest) -> tuple[Limits, Seconds]:
    seconds = Seconds()
    found = Limits(seconds)
    found.enable(request.param)
    return found, seconds


def test_thirty_a_second_overall(limits: tuple[Limits, Seconds]) -> None:
    rule, seconds = limits
    waits = [rule.check("sendMessage", 1, str(chat)) for chat in range(1, 41)]
    assert waits == [0] * 30 + [1] * 10
    seconds.now += 1.001
    assert rule.check("copyMessage", 1, "99") == 0


def test_one_a_second_in_a_chat(limits: tuple[Limits, Seconds]) -> None:
    rule, seconds = limits
    assert rule.check("sendMessage", 1, "5") == 0
    assert rule.check("editMessageText", 1, "5") == 1
    assert rule.check("sendMessage", 1, "6") == 0
    assert rule.check("answerCallbackQuery", 1, "5") == 0
    assert rule.check("deleteMessage", 1, "5") == 0
    seconds.now += 1.001
    assert rule.check("editMessageText", 1, "5") == 0


def test_twenty_a_minute_in_a_group(limits: tuple[Limits, Seconds]) -> None:
    rule, seconds = limits
    passed = 0
    for _ in range(22):
        passed += rule.check("sendMessage", 1, "-5") == 0
        seconds.now += 1.001
    assert passed in (20, 22)  # a bucket fills up again meanwhile
    while (wait := rule.check("sendMessage", 1, "-5")) == 0:
        seconds.now += 1.001
    assert 1 <= wait <= 60
    seconds.now += wait + 1
    assert rule.check("sendMessage", 1, "-5") == 0


async def test_limits_are_switchable_and_answer_429(on: Scene) -> None:
    on.tg.limits.enable("bucket")
    await send(on)
    with pytest.raises(RetryAfter):
        await send(on)
    on.tg.limits.disable()
    await send(on)
    with pytest.raises(ValueError, match="no such kind"):
        on.tg.limits.enable("leaky")

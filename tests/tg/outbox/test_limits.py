"""The limits against servers that count as strictly as Telegram may, in virtual time."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tg.outbox.limits import TELEGRAM, UNLIMITED, Limits, Rate


@dataclass
class Window:
    """A server that counts by sliding window."""

    rate: Rate
    seen: deque[float] = field(default_factory=deque)

    def allows(self, now: float) -> bool:
        while self.seen and self.seen[0] <= now - self.rate.seconds:
            self.seen.popleft()
        self.seen.append(now)
        return len(self.seen) <= self.rate.count


@dataclass
class Bucket:
    """A server that counts by token bucket."""

    rate: Rate
    tokens: float = -1.0
    last: float = 0.0

    def allows(self, now: float) -> bool:
        if self.tokens < 0:
            self.tokens = self.rate.count
        fresh = (now - self.last) * self.rate.count / self.rate.seconds
        self.tokens = min(self.rate.count, self.tokens + fresh) - 1
        self.last = now
        return self.tokens >= -1e-9


Meter = Window | Bucket
OVERALL, CHAT, GROUP = Rate(30, 1.0), Rate(1, 1.0), Rate(20, 60.0)


class Server:
    """Counts every call at some moment between its beginning and its end."""

    def __init__(self, meter: Callable[[Rate], Meter]) -> None:
        self.meter = meter
        self.overall = meter(OVERALL)
        self.chats: dict[int, list[Meter]] = {}
        self.refused = 0

    def count(self, chat_id: int, now: float) -> None:
        if chat_id not in self.chats:
            self.chats[chat_id] = [self.meter(CHAT)] + ([self.meter(GROUP)] if chat_id < 0 else [])
        checks = [meter.allows(now) for meter in (self.overall, *self.chats[chat_id])]
        self.refused += not all(checks)


def send_all(
    server: Server, jobs: Sequence[tuple[int, float, float]], limits: Limits, *, planned: bool = False
) -> float:
    """Send to (chat, seconds until counted, seconds after), as early as the limits allow; return how long it took.

    One call a chat is under way at a time, as in the outbox; ``planned`` ones keep an even pace.
    """
    waiting: dict[int, deque[tuple[float, float]]] = {}
    for chat_id, before, after in jobs:
        waiting.setdefault(chat_id, deque()).append((before, after))
    events: list[tuple[float, int, str, int]] = []
    busy: set[int] = set()
    now, serial = 0.0, 0
    while waiting or events:
        wake = now + 1000.0
        for chat_id in list(waiting):
            pace = limits.wait_pace(now) if planned else 0.0
            waits = (limits.wait_overall(now), limits.wait_chat(chat_id, now), pace)
            if chat_id in busy or None in waits:
                continue
            wait = max(seconds for seconds in waits if seconds is not None)
            if wait > 0:
                wake = min(wake, now + wait)
                continue
            before, after = waiting[chat_id].popleft()
            if not waiting[chat_id]:
                del waiting[chat_id]
            limits.begin(chat_id, now)
            if planned:
                limits.keep_pace(now)
            busy.add(chat_id)
            serial += 2
            heapq.heappush(events, (now + before, serial, "count", chat_id))
            heapq.heappush(events, (now + before + after, serial + 1, "end", chat_id))
        if events and events[0][0] <= wake:
            now, _, what, chat_id = heapq.heappop(events)
            if what == "count":
                server.count(chat_id, now)
            else:
                limits.end(chat_id, now)
                limits.accepted()
                busy.discard(chat_id)
        else:
            now = wake
    return now


@pytest.mark.parametrize("planned", [False, True])
@pytest.mark.parametrize("meter", [Window, Bucket])
def test_many_chats_reach_92_percent_of_the_overall_rate_without_a_refusal(
    meter: Callable[[Rate], Meter], planned: bool
) -> None:
    server = Server(meter)
    seconds = send_all(server, [(n, 0.02, 0.03) for n in range(1, 1501)], Limits(TELEGRAM), planned=planned)
    assert server.refused == 0
    assert 1500 / seconds >= 0.92 * 30


@pytest.mark.parametrize("meter", [Window, Bucket])
def test_a_private_chat_gets_92_percent_of_a_message_a_second(meter: Callable[[Rate], Meter]) -> None:
    server = Server(meter)
    seconds = send_all(server, [(1, 0.02, 0.03)] * 200, Limits(TELEGRAM))
    assert server.refused == 0
    assert 200 / seconds >= 0.92


@pytest.mark.parametrize("meter", [Window, Bucket])
def test_a_group_gets_92_percent_of_twenty_a_minute(meter: Callable[[Rate], Meter]) -> None:
    server = Server(meter)
    seconds = send_all(server, [(-1, 0.02, 0.03)] * 400, Limits(TELEGRAM))
    assert server.refused == 0
    assert 400 / seconds >= 0.92 * 20 / 60


@given(
    meter=st.sampled_from([Window, Bucket]),
    jobs=st.lists(
        st.tuples(st.sampled_from([1, 2, 3, -1, -2, -3, 4, 5]), st.floats(0, 3), st.floats(0, 3)), max_size=120
    ),
)
def test_no_server_ever_refuses(meter: Callable[[Rate], Meter], jobs: list[tuple[int, float, float]]) -> None:
    server = Server(meter)
    send_all(server, jobs, Limits(TELEGRAM))
    assert server.refused == 0


def test_what_is_planned_is_spread_so_that_an_answer_never_waits_for_long() -> None:
    limits, now, longest = Limits(TELEGRAM), 0.0, 0.0
    for number in range(300):
        now += max(limits.wait_overall(now) or 0.0, limits.wait_pace(now))
        limits.begin(number, now)
        limits.keep_pace(now)
        limits.end(number, now)
        longest = max(longest, limits.wait_overall(now) or 0.0)
    assert now > 9.0
    assert longest < 0.7


def test_what_is_planned_makes_good_a_short_pause_and_not_a_long_one() -> None:
    limits = Limits(TELEGRAM)
    at_once = 0
    while limits.wait_pace(100.0) == 0:
        limits.keep_pace(100.0)
        at_once += 1
    assert at_once == 11
    assert limits.wait_pace(100.0) == pytest.approx(4 / 30)
    later = 100.0 + limits.wait_pace(100.0)
    for _ in range(4):
        assert limits.wait_pace(later) == 0
        limits.keep_pace(later)
    assert limits.wait_pace(later) > 0


def test_calls_under_way_count() -> None:
    limits = Limits(TELEGRAM)
    for chat_id in range(1, 31):
        limits.begin(chat_id, 0.0)
    assert limits.wait_overall(5.0) is None
    limits.end(1, 5.0)
    assert limits.wait_overall(5.5) == pytest.approx(0.5, abs=0.02)


def test_a_call_that_never_arrived_does_not_count() -> None:
    limits = Limits(TELEGRAM)
    limits.begin(1, 0.0)
    limits.end(1, 0.1, counted=False)
    assert limits.wait_chat(1, 0.1) == 0


def test_too_many_requests_hold_up_that_chat() -> None:
    limits = Limits(TELEGRAM)
    limits.refused(-1, 7.0, 100.0)
    assert limits.wait_chat(-1, 101.0) == pytest.approx(6.0)
    assert limits.wait_chat(-2, 101.0) == 0
    assert limits.wait_overall(101.0) == 0


def test_several_chats_in_a_row_hold_up_everything() -> None:
    limits = Limits(TELEGRAM)
    for chat_id in (1, 2, 3):
        limits.refused(chat_id, 7.0, 100.0)
    assert limits.wait_overall(101.0) == pytest.approx(6.0)


def test_a_success_between_shows_that_only_those_chats_were_meant() -> None:
    limits = Limits(TELEGRAM)
    for chat_id in (1, 2, 3):
        limits.refused(chat_id, 7.0, 100.0)
        limits.accepted()
    assert limits.wait_overall(101.0) == 0


def test_without_rates_nothing_waits() -> None:
    limits = Limits(UNLIMITED)
    for _ in range(1000):
        limits.begin(-1, 0.0)
    assert limits.wait_overall(0.0) == 0
    assert limits.wait_chat(-1, 0.0) == 0


def test_idle_chats_are_forgotten() -> None:
    limits = Limits(TELEGRAM)
    for chat_id in range(1, 10_001):
        limits.begin(chat_id, chat_id * 10.0)
        limits.end(chat_id, chat_id * 10.0)
    assert len(limits._chats) < 5000

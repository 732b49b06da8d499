"""Messages out, Telegram's limits aside, 40 at once: our sender against PTB's bot with its default request class.

Ours stores each message before it is sent, claims it, and stores its end. The other side only sends.
"""

from __future__ import annotations

from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot.tg.outbox.sender import IN_FLIGHT
from tests.bench.process import running, steer
from tests.bench.report import Row, milli

if TYPE_CHECKING:
    from tests.bench.report import Scale

_CHATS = [500_000 + number for number in range(200)]


def measure(base: str, scale: Scale) -> list[Row]:
    """Measure both sides in turns."""
    for token in ("6:send", "7:send"):
        steer(base, "feed", token=token, groups=1, people=100)
    cpu: dict[str, list[float]] = {"ours": [], "bare": []}
    wall: dict[str, list[float]] = {"ours": [], "bare": []}
    with (
        TemporaryDirectory() as folder,
        running("ours", base, "6:send", folder, "1", "unlimited") as ours,
        running("bare", base, "7:send") as bare,
    ):
        ours.ask("start")
        for number in range(min(scale.rounds, 3) + 1):
            for name, side in (("ours", ours), ("bare", bare)):
                answer = side.ask("send", messages=scale.sends, chats=_CHATS, at_once=IN_FLIGHT)
                if number:
                    cpu[name].append(answer["cpu"] / scale.sends)
                    wall[name].append(answer["wall"] / scale.sends)
    rate = {name: 1 / median(times) for name, times in wall.items()}
    cost = {name: median(times) for name, times in cpu.items()}
    return [
        Row(
            "Messages sent in a second, limits off",
            f"{rate['ours']:,.0f}",
            f"PTB's default request {rate['bare']:,.0f}",
            f"{rate['ours'] / rate['bare']:.2f} times as many",
        ),
        Row(
            "A message sent, CPU (ours stores it, and its end)",
            milli(cost["ours"]),
            f"PTB's default request {milli(cost['bare'])}",
            f"{cost['bare'] / cost['ours']:.2f} times cheaper",
        ),
    ]

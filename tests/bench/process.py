"""Processes under measurement: each side runs in one of its own, asked over its input, answering on its output."""

from __future__ import annotations

import asyncio
import gc
import json
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping

PATIENCE = 120.0
"""Seconds after which a side that does not answer is given up."""


class Child:
    """A running Python module that answers JSON lines with JSON lines."""

    def __init__(self, module: str, *args: str) -> None:
        self._module = module
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"tests.bench.{module}", *args],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def line(self) -> str:
        """Wait for its next line.

        :raises RuntimeError: if it ended, or says nothing for too long.
        """
        assert self._process.stdout is not None
        timer = threading.Timer(PATIENCE, self._process.kill)
        timer.start()
        try:
            line = self._process.stdout.readline()
        finally:
            timer.cancel()
        if not line:
            raise RuntimeError(f"tests.bench.{self._module} ended")
        return line

    def ask(self, what: str, **wishes: object) -> dict[str, Any]:
        """Have something done and return what came of it."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"what": what, **wishes}) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.line())
        return answer

    def close(self) -> None:
        """Let it end by itself: its input is over."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()


@contextmanager
def running(module: str, *args: str) -> Iterator[Child]:
    """Run a child as long as it is needed."""
    child = Child(module, *args)
    try:
        yield child
    finally:
        child.close()


@contextmanager
def wire() -> Iterator[str]:
    """Run the loopback Bot API; yields its address."""
    with running("wire") as child:
        yield f"http://127.0.0.1:{int(child.line())}"


def steer(base: str, what: str, **ask: object) -> Any:
    """Ask the loopback server for something, from the bench's own process."""
    with urlopen(f"{base}/bench/{what}?{urlencode(ask)}", timeout=PATIENCE) as answer:  # noqa: S310
        return json.loads(answer.read())


async def steer_inside(base: str, what: str, **ask: object) -> Any:
    """Ask the loopback server for something from inside a process under measurement: as few steps as can be."""
    host, port = base.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"GET /bench/{what}?{urlencode(ask)} HTTP/1.1\r\nHost: bench\r\n\r\n".encode())
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0])
        return json.loads(await reader.readexactly(length))
    finally:
        writer.close()


class Meter:
    """CPU seconds of the whole process, all threads and the kernel's part included, and wall seconds."""

    def __init__(self) -> None:
        gc.collect()
        self._cpu = time.process_time()
        self._wall = time.perf_counter()

    def read(self) -> dict[str, float]:
        """Return both since the start."""
        return {"cpu": time.process_time() - self._cpu, "wall": time.perf_counter() - self._wall}


async def serve(wishes: Mapping[str, Callable[..., Awaitable[Mapping[str, Any]]]]) -> None:
    """Answer wishes from the input until it ends."""
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        wish = json.loads(line)
        print(json.dumps(await wishes[wish.pop("what")](**wish)), flush=True)

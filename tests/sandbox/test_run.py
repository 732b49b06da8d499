"""``qunguan sandbox`` from its first line to its last: what is kept, what is refused, how it ends."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.sandbox.run import DATABASE, WORLD, CannotOpen, Sandbox

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(0, folder)
    await sandbox.start()
    try:
        yield sandbox
    finally:
        await sandbox.stop()


@dataclass
class Door:
    """The control surface, as scripts use it."""

    url: str
    http: ClientSession

    async def get(self, path: str) -> Any:
        async with self.http.get(f"{self.url}/control/{path}") as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def post(self, action: str, **body: Any) -> Any:
        async with self.http.post(f"{self.url}/control/{action}", json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def group(self) -> tuple[int, int]:
        """Return the owner and the group."""
        state = await self.get("state")
        return state["users"][1]["id"], next(chat["id"] for chat in state["chats"] if chat["type"] == "supergroup")

    async def said(self, chat_id: int) -> list[str]:
        return [m.get("text", "") for m in (await self.get(f"chats/{chat_id}"))["messages"]]

    async def hears(self, chat_id: int, words: str) -> str:
        """Wait until something is said in a chat."""
        async with asyncio.timeout(15):
            while True:
                version = (await self.get("state"))["version"]
                for text in reversed(await self.said(chat_id)):
                    if words in text:
                        return text
                await self.get(f"wait?since={version}&timeout=5")


async def test_a_folder_keeps_chats_clock_and_memory(tmp_path: Path) -> None:
    async with ClientSession() as http:
        async with opened(tmp_path / "new" / "folder") as sandbox:
            door = Door(sandbox.url, http)
            owner, group = await door.group()
            await door.hears(group, "I am Qunguan")
            await door.post("send", **{"as": owner}, chat_id=group, text="/warn @carlos spam")
            await door.hears(group, "Case #1")
            await door.post("clock", advance=86_400)
            now = sandbox.clock.now()
        async with opened(tmp_path / "new" / "folder") as sandbox:
            door = Door(sandbox.url, http)
            assert (owner, group) == await door.group()
            assert now <= sandbox.clock.now() < now + timedelta(minutes=5)
            assert any("Case #1" in text for text in await door.said(group))
            await door.post("send", **{"as": owner}, chat_id=group, text="/warn @carlos more spam")
            assert "serious" in await door.hears(group, "Case #2")
            assert sum("I am Qunguan" in text for text in await door.said(group)) == 1


async def test_starting_over_brings_a_bot_that_knows_only_the_new_group(tmp_path: Path) -> None:
    async with opened(tmp_path) as sandbox, ClientSession() as http:
        door = Door(sandbox.url, http)
        owner, group = await door.group()
        await door.post("send", **{"as": owner}, chat_id=group, text="/warn @carlos spam")
        await door.hears(group, "Case #1")
        await asyncio.gather(door.post("reset"), door.post("reset"))
        owner, group = await door.group()
        assert not any("Case #" in text for text in await door.said(group))
        await door.hears(group, "I am Qunguan")
        await door.post("send", **{"as": owner}, chat_id=group, text="/warn @carlos spam")
        await door.hears(group, "Case #1")


async def test_the_clock_does_not_jump_over_the_morning(tmp_path: Path) -> None:
    async with opened(tmp_path) as sandbox, ClientSession() as http:
        door = Door(sandbox.url, http)
        owner, group = await door.group()
        await door.hears(group, "I am Qunguan")
        for _ in range(3):
            await door.post("clock", advance=86_400)
        days = [text.splitlines()[0] for text in await door.said(owner) if text.startswith("📊")]
        assert len(set(days)) == 3, days


async def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    with pytest.raises(CannotOpen, match=r"file cannot be used: .*; name another with --data\."):
        await Sandbox(0, file).start()
    assert file.read_text() == "mine"


@pytest.mark.parametrize("content", ["", "no json", "[]", '{"users": 5}', "{}"])
async def test_a_world_that_cannot_be_read_is_left_alone(tmp_path: Path, content: str) -> None:
    (tmp_path / WORLD).write_text(content)
    (tmp_path / DATABASE).write_text("precious")
    with pytest.raises(CannotOpen, match="holds no sandbox that can be read"):
        await Sandbox(0, tmp_path).start()
    assert ((tmp_path / WORLD).read_text(), (tmp_path / DATABASE).read_text()) == (content, "precious")


# The command itself


async def begin(folder: Path, *words: str) -> asyncio.subprocess.Process:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QUNGUAN_")}
    # What is set for a real bot is nothing to the sandbox.
    env = kept | {"PYTHONPATH": str(ROOT), "QUNGUAN_DATABASE_URL": "nonsense", "QUNGUAN_WEBHOOK_URL": "nonsense"}
    command = [sys.executable, "-W", "error::ResourceWarning", "-m", "bot", "sandbox", *words]
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(*command, cwd=folder, env=env, stdout=pipe, stderr=pipe)


async def end(process: asyncio.subprocess.Process) -> tuple[int | None, str, str]:
    async with asyncio.timeout(60):
        out, err = await process.communicate()
    return process.returncode, out.decode(), err.decode()


async def test_it_says_where_it_is_and_ends_cleanly_while_a_page_is_open(tmp_path: Path) -> None:
    process = await begin(tmp_path, "--port", "0", "--data", "kept")
    assert process.stdout is not None
    async with asyncio.timeout(60):
        first = (await process.stdout.readline()).decode()
    found = re.fullmatch(r"Open (http://127\.0\.0\.1:\d+) in a browser; Ctrl\+C ends it\.\n", first)
    assert found, first
    async with ClientSession() as http:
        door = Door(found[1], http)
        await door.get("state")
        page = asyncio.create_task(http.get(f"{door.url}/control/wait?since=1000000&timeout=50"))
        await asyncio.sleep(0.2)
        process.send_signal(signal.SIGINT)
        code, out, err = await end(process)
        await asyncio.gather(page, return_exceptions=True)
    assert (code, out, err) == (0, "All is kept in kept.\n", "")
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == ["clock.json", "sandbox.db", "world.json"]


@pytest.mark.parametrize("port", ["taken", "70000"])
async def test_a_port_that_cannot_be_had_is_one_line(tmp_path: Path, port: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = str(taken.getsockname()[1]) if port == "taken" else port
        code, out, err = await end(await begin(tmp_path, "--port", number))
    assert (code, out) == (2, "")
    reason = "is taken" if port == "taken" else "cannot be used"
    assert err == f"Port {number} {reason}; choose another with --port (0 takes any that is free).\n"


async def test_a_bad_folder_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    code, out, err = await end(await begin(tmp_path, "--port", "0", "--data", "file/below"))
    assert (code, out) == (2, "")
    assert err == "file/below cannot be used: Not a directory; name another with --data.\n"

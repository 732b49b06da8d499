"""The command line, as an operator uses it: in a process of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from bot import __version__
from bot.kernel.clock import SystemClock
from bot.sandbox.telegram import Telegram
from bot.sandbox.telegram.model import BotAccount, Webhook

ROOT = Path(__file__).parents[1]


@dataclass
class Ended:
    code: int
    out: str
    err: str


async def begin(*words: str, folder: Path, **env: str) -> asyncio.subprocess.Process:
    """Start ``python -m bot …`` in an empty folder, with no settings but these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QUNGUAN_")}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-W",
        "error::ResourceWarning",
        "-m",
        "bot",
        *words,
        cwd=folder,
        env=kept | {"PYTHONPATH": str(ROOT)} | {f"QUNGUAN_{name}": value for name, value in env.items()},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def ended(process: asyncio.subprocess.Process) -> Ended:
    async with asyncio.timeout(60):
        out, err = await process.communicate()
    return Ended(process.returncode if process.returncode is not None else -1, out.decode(), err.decode())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def last_line(result: Ended) -> str:
    return result.err.splitlines()[-1]


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with Telegram(SystemClock()) as made:
        yield made


@pytest.fixture
async def bot(telegram: Telegram) -> BotAccount:
    return telegram.add_bot("qunguan_bot", "Qunguan")


@pytest.mark.parametrize("command", ["run", "check"])
async def test_a_missing_token_stops_with_one_line(tmp_path: Path, command: str) -> None:
    result = await ended(await begin(command, folder=tmp_path))

    assert result.code == 2
    assert result.out == ""
    assert result.err.count("\n") == 1
    assert "QUNGUAN_BOT_TOKEN is missing" in result.err


async def test_a_wrong_setting_stops_with_one_line(tmp_path: Path) -> None:
    token = "123456:AAEabcdefghijklmnopqrstuvwxyz012345"

    result = await ended(await begin("run", folder=tmp_path, BOT_TOKEN=token, DEFAULT_TIMEZONE="Asia/Shangai"))

    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "QUNGUAN_DEFAULT_TIMEZONE" in result.err
    assert "Asia/Shanghai" in result.err
    assert token not in result.err


async def test_the_version_is_said(tmp_path: Path) -> None:
    result = await ended(await begin("version", folder=tmp_path))

    assert (result.code, result.out.strip()) == (0, __version__)


async def test_a_check_ends_with_0_when_all_is_well_and_1_when_not(
    tmp_path: Path, telegram: Telegram, bot: BotAccount
) -> None:
    env = {"BOT_TOKEN": bot.token, "API_BASE_URL": telegram.url}
    fine = await ended(await begin("check", folder=tmp_path, **env))
    bot.webhook = Webhook("https://elsewhere.example.org/")
    wrong = await ended(await begin("check", folder=tmp_path, **env))

    assert (fine.code, wrong.code) == (0, 1), fine.out + fine.err
    assert "✓ The token is that of @qunguan_bot" in fine.out
    assert "✗ A webhook is set at elsewhere.example.org" in wrong.out
    assert bot.token not in fine.out + fine.err + wrong.out + wrong.err


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT], ids=str)
async def test_the_bot_runs_until_it_is_asked_to_end(
    tmp_path: Path, telegram: Telegram, bot: BotAccount, name: signal.Signals
) -> None:
    olga = telegram.add_user("Olga", language_code="en")
    process = await begin("run", folder=tmp_path, BOT_TOKEN=bot.token, API_BASE_URL=telegram.url)
    try:
        olga.start(bot)
        await telegram.until(lambda: telegram.messages(olga)[1:], 30)
    finally:
        process.send_signal(name)
        result = await ended(process)

    assert result.code == 0, result.err
    assert "Traceback" not in result.err
    assert bot.token not in result.out + result.err
    assert (tmp_path / "data" / "qunguan.db").exists()
    assert bot.queue == []


async def test_a_token_that_telegram_refuses_ends_it_with_one_line(tmp_path: Path, telegram: Telegram) -> None:
    token = "123456:AAEabcdefghijklmnopqrstuvwxyz012345"

    result = await ended(await begin("run", folder=tmp_path, BOT_TOKEN=token, API_BASE_URL=telegram.url))

    assert result.code == 2, result.err
    assert last_line(result) == "QUNGUAN_BOT_TOKEN is refused by Telegram; ask @BotFather for the right one"
    assert "Traceback" not in result.err
    assert "Unclosed" not in result.err
    assert token not in result.err


async def test_a_token_that_is_revoked_while_it_runs_ends_it(
    tmp_path: Path, telegram: Telegram, bot: BotAccount
) -> None:
    olga = telegram.add_user("Olga", language_code="en")
    process = await begin("run", folder=tmp_path, BOT_TOKEN=bot.token, API_BASE_URL=telegram.url)
    olga.start(bot)
    await telegram.until(lambda: telegram.messages(olga)[1:], 30)
    del telegram.world.tokens[bot.token]
    olga.send(bot, "/help")
    result = await ended(process)

    assert result.code == 2, result.err
    assert last_line(result) == "QUNGUAN_BOT_TOKEN is refused by Telegram; ask @BotFather for the right one"
    assert "Traceback" not in result.err


async def test_a_token_that_is_revoked_behind_a_webhook_ends_it(
    tmp_path: Path, telegram: Telegram, bot: BotAccount
) -> None:
    olga = telegram.add_user("Olga", language_code="en")
    port = free_port()
    hook = {
        "WEBHOOK_URL": f"http://127.0.0.1:{port}/hook",
        "WEBHOOK_SECRET": "word",
        "LISTEN": f"127.0.0.1:{port}",
    }
    process = await begin("run", folder=tmp_path, BOT_TOKEN=bot.token, API_BASE_URL=telegram.url, **hook)
    olga.start(bot)
    await telegram.until(lambda: telegram.messages(olga)[1:], 30)
    del telegram.world.tokens[bot.token]
    olga.send(bot, "/help")
    result = await ended(process)

    assert result.code == 2, result.err
    assert last_line(result) == "QUNGUAN_BOT_TOKEN is refused by Telegram; ask @BotFather for the right one"
    assert result.err.count("sending does not work") == 1
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    ("env", "line"),
    [
        ({"API_BASE_URL": "http://127.0.0.1:9"}, "QUNGUAN_API_BASE_URL http://127.0.0.1:9 cannot be used now: "),
        ({"DATABASE_URL": "postgresql://me:hush@127.0.0.1:9/bot"}, "QUNGUAN_DATABASE_URL cannot be used: "),
        (
            {"DATABASE_URL": "sqlite:////proc/bot.db"},
            "QUNGUAN_DATABASE_URL cannot be used: unable to open database file",
        ),
        ({"DATABASE_URL": "sqlite:////proc/no/bot.db"}, "QUNGUAN_DATABASE_URL cannot be used: "),
    ],
)
async def test_what_cannot_be_had_is_said_in_one_line(
    tmp_path: Path, telegram: Telegram, bot: BotAccount, env: dict[str, str], line: str
) -> None:
    result = await ended(
        await begin("run", folder=tmp_path, **({"BOT_TOKEN": bot.token, "API_BASE_URL": telegram.url} | env))
    )

    assert result.code == 1, result.err
    assert last_line(result).startswith(line)
    assert "Traceback" not in result.err
    assert "hush" not in result.err


@pytest.mark.parametrize(
    ("method", "kind", "reason"),
    [
        ("getMe", "html502", "HTTP 502, and the answer is not Telegram's"),
        ("getMe", "500", "Internal Server Error"),
        ("deleteWebhook", "429", "too many requests, retry after 3 s"),
        ("getMe", "reset", "the connection broke"),
    ],
)
async def test_a_trouble_that_passes_ends_it_with_one_line_and_may_be_tried_again(
    tmp_path: Path, telegram: Telegram, bot: BotAccount, method: str, kind: str, reason: str
) -> None:
    telegram.faults.add(method, kind, 3)

    result = await ended(await begin("run", folder=tmp_path, BOT_TOKEN=bot.token, API_BASE_URL=telegram.url))

    assert result.code == 1, result.err
    assert last_line(result).startswith(f"QUNGUAN_API_BASE_URL {telegram.url} cannot be used now: {reason}")
    assert "Traceback" not in result.err


async def test_a_webhook_that_telegram_refuses_is_named(tmp_path: Path, telegram: Telegram, bot: BotAccount) -> None:
    reason = "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
    telegram.faults.add("setWebhook", "400", description=reason)
    hook = {"WEBHOOK_URL": "http://127.0.0.1/hook", "WEBHOOK_SECRET": "word", "LISTEN": "127.0.0.1:0"}

    result = await ended(await begin("run", folder=tmp_path, BOT_TOKEN=bot.token, API_BASE_URL=telegram.url, **hook))

    assert result.code == 2, result.err
    assert last_line(result).startswith("QUNGUAN_WEBHOOK_URL http://127.0.0.1/hook is refused by Telegram: ")
    assert "only on ports 80" in last_line(result)
    assert "Traceback" not in result.err


@pytest.mark.postgres
async def test_a_database_that_does_not_let_us_in_is_a_wrong_setting(
    tmp_path: Path, telegram: Telegram, bot: BotAccount, postgres_url: str
) -> None:
    parts = urlsplit(postgres_url)
    elsewhere = urlunsplit(parts._replace(path="/nowhere"))

    result = await ended(
        await begin("run", folder=tmp_path, BOT_TOKEN=bot.token, API_BASE_URL=telegram.url, DATABASE_URL=elsewhere)
    )

    assert result.code == 2, result.err
    assert 'database "nowhere" does not exist' in last_line(result)
    assert "Traceback" not in result.err


async def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path, telegram: Telegram, bot: BotAccount) -> None:
    listen = f"127.0.0.1:{telegram.port}"
    hook = {"WEBHOOK_URL": "http://127.0.0.1/hook", "WEBHOOK_SECRET": "word", "LISTEN": listen}

    result = await ended(await begin("run", folder=tmp_path, BOT_TOKEN=bot.token, API_BASE_URL=telegram.url, **hook))

    assert result.code == 1, result.err
    assert last_line(result).startswith(f"QUNGUAN_LISTEN {listen} cannot be listened on: ")
    assert "Traceback" not in result.err

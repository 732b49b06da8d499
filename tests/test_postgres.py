"""The tests' own PostgreSQL comes, is empty, and goes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import asyncpg
import pytest

pytestmark = pytest.mark.postgres

KILLED = """
import os
from tests.postgres import postgres_url
print(postgres_url(), flush=True)
os.kill(os.getpid(), 9)
"""


async def test_a_database_is_empty_and_ones_own(postgres_url: str) -> None:
    connection = await asyncpg.connect(postgres_url)
    try:
        assert await connection.fetchval("SELECT count(*) FROM pg_stat_user_tables") == 0
        await connection.execute("CREATE TABLE t (n int)")
    finally:
        await connection.close()


def test_a_test_that_asks_for_a_database_runs_on_both(database_url: str) -> None:
    assert database_url.startswith(("sqlite:///", "postgresql://"))


def test_a_server_whose_users_were_killed_goes_away() -> None:
    env = {name: value for name, value in os.environ.items() if name != "PYTEST_XDIST_TESTRUNUID"}
    done = subprocess.run([sys.executable, "-c", KILLED], env=env, capture_output=True, text=True, check=False)
    folder = Path(parse_qs(urlsplit(done.stdout.strip()).query)["host"][0])

    deadline = time.monotonic() + 20
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.1)

    assert done.returncode == -9
    assert not folder.exists()

"""What every test may ask for: databases, and how hard Hypothesis tries."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from bot.db.engine import Database
from tests import postgres
from tests.databases import driver_url, emptied, migrated_postgres, migrated_sqlite

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

settings.register_profile("quick", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", max_examples=200, deadline=None, derandomize=True, print_blob=True)
settings.register_profile("thorough", max_examples=5000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "quick"))


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """An empty PostgreSQL database of this test's own, as a ``postgresql://`` URL."""
    url = postgres.postgres_url()
    yield url
    postgres.drop(url)


BOTH = (pytest.param("sqlite", id="sqlite"), pytest.param("postgres", id="postgres", marks=pytest.mark.postgres))


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, once a SQLite file and once PostgreSQL: a test that asks for it runs on both."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'bot.db'}"


@pytest.fixture(params=BOTH)
def migrated_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database with every table, once SQLite and once PostgreSQL; the latter may hold rows of other tests."""
    return migrated_postgres() if request.param == "postgres" else migrated_sqlite(tmp_path / "bot.db")


@pytest.fixture
async def database(migrated_url: str) -> AsyncIterator[Database]:
    """A database with every table and no row, open, once SQLite and once PostgreSQL."""
    made = Database.open(driver_url(migrated_url))
    await emptied(made)
    yield made
    await made.close()


def pytest_xdist_auto_num_workers() -> int:
    """Two workers a core for ``-n auto``: half of the time a test waits, for a server, a browser or a clock."""
    return 2 * (os.cpu_count() or 1)

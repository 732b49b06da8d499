from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.stage import Stage, close_stage, open_stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """An English stage, by long polling."""
    opened = await open_stage(tmp_path)
    yield opened
    await close_stage(opened)


@pytest.fixture
async def zh_stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A Chinese stage in Shanghai."""
    opened = await open_stage(tmp_path, locale="zh_Hans", zone="Asia/Shanghai")
    yield opened
    await close_stage(opened)


@pytest.fixture(
    params=[("en", False), ("en", True), ("zh_Hans", False), ("zh_Hans", True)],
    ids=["en-poll", "en-hook", "zh-poll", "zh-hook"],
)
async def any_stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    """The same story in both languages and by both ways in."""
    locale, webhook = request.param
    zone = "Asia/Shanghai" if locale == "zh_Hans" else "UTC"
    opened = await open_stage(tmp_path, locale=locale, zone=zone, webhook=webhook)
    yield opened
    await close_stage(opened)


@pytest.fixture(params=["en", "zh_Hans"])
async def either_stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    """The same story in both languages."""
    zone = "Asia/Shanghai" if request.param == "zh_Hans" else "UTC"
    opened = await open_stage(tmp_path, locale=request.param, zone=zone)
    yield opened
    await close_stage(opened)


@pytest.fixture
async def any_database_stage(tmp_path: Path, database_url: str) -> AsyncIterator[Stage]:
    """An English stage, once on SQLite and once on PostgreSQL."""
    opened = await open_stage(tmp_path, database_url=database_url)
    yield opened
    await close_stage(opened)

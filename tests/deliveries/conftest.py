"""A stage as in the journeys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.stage import Stage, close_stage, open_stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """An English stage on which everybody has spoken."""
    opened = await open_stage(tmp_path)
    for person in (opened.anna, opened.ben, opened.mei, opened.carl):
        person.send(opened.group, "hello")
    await opened.settled()
    yield opened
    await close_stage(opened)


@pytest.fixture
async def zh_stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A Chinese stage in Shanghai."""
    opened = await open_stage(tmp_path, locale="zh_Hans", zone="Asia/Shanghai")
    yield opened
    await close_stage(opened)

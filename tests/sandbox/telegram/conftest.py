"""The scene as a fixture."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.sandbox.telegram.scene import Scene, scene


@pytest.fixture
async def on() -> AsyncIterator[Scene]:
    """Return a group with its people and a bot that is an administrator there."""
    async with scene() as found:
        yield found

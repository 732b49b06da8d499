"""A book of groups on a real database, and a directory that says what it is told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.chats.service import GroupBook
from bot.db.engine import Database, Tx
from bot.db.schema import metadata
from bot.kernel.ids import GroupId, UserId

NOW = datetime(2026, 11, 28, 6, 0, tzinfo=UTC)


@dataclass
class KnownPeople:
    """Who is where, as the test says."""

    members: dict[int, list[int]] = field(default_factory=dict)
    managers: dict[int, list[int]] = field(default_factory=dict)

    async def groups_of(self, tx: Tx, user_id: UserId) -> Collection[GroupId]:  # noqa: ARG002
        return [GroupId(group) for group, users in self.members.items() if user_id in users]

    async def managed_by(self, tx: Tx, user_id: UserId) -> Collection[GroupId]:  # noqa: ARG002
        return [GroupId(group) for group, users in self.managers.items() if user_id in users]

    async def managers_of(self, tx: Tx, group_id: GroupId) -> Sequence[UserId]:  # noqa: ARG002
        return [UserId(user) for user in self.managers.get(group_id, [])]

    async def name_of(self, tx: Tx, group_id: GroupId, user_id: UserId) -> str:  # noqa: ARG002
        return f"Person {user_id}"


@pytest.fixture
def people() -> KnownPeople:
    return KnownPeople()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    url = database_url.replace("sqlite:", "sqlite+aiosqlite:").replace("postgresql:", "postgresql+asyncpg:")
    opened = Database.open(url)
    async with opened.write() as tx:
        await tx.conn.run_sync(metadata.create_all)
    yield opened
    await opened.close()


@pytest.fixture
def book(people: KnownPeople) -> GroupBook:
    made = GroupBook(default_locale="en", default_zone="UTC")
    made.directory = people
    return made

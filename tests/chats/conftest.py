"""A book of groups on a real database, and a directory that says what it is told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.chats.service import GroupBook
from bot.db.engine import Tx
from bot.i18n import negotiate
from bot.kernel.groups import Group
from bot.kernel.ids import GroupId, UserId
from bot.kernel.roles import ALL_RIGHTS, Right, Standing
from bot.members.roles.service import PeopleBook

NOW = datetime(2026, 11, 28, 6, 0, tzinfo=UTC)


class KnownPeople(PeopleBook):
    """Who is where, as the test says; what Telegram says of administrators is stored all the same."""

    def __init__(self) -> None:
        super().__init__()
        self.members: dict[int, list[int]] = {}
        self.known_managers: dict[int, list[int]] = {}
        self.locales: dict[int, str | None] = {}

    async def groups_of(self, tx: Tx, user_id: UserId) -> list[GroupId]:  # noqa: ARG002
        return [GroupId(group) for group, users in self.members.items() if user_id in users]

    async def managers_of(self, tx: Tx, group: Group, right: Right) -> list[UserId]:  # noqa: ARG002
        return [UserId(user) for user in self.known_managers.get(group.id, [])]

    async def name_of(self, tx: Tx, user_id: UserId) -> str:  # noqa: ARG002
        return f"Person {user_id}"

    async def choose_locale(self, tx: Tx, user_id: UserId, locale: str | None, now: datetime) -> None:  # noqa: ARG002
        self.locales[user_id] = locale

    async def locale(self, tx: Tx, user_id: UserId, language_code: str | None) -> str:  # noqa: ARG002
        return self.locales.get(user_id) or negotiate(language_code)

    async def standing(self, tx: Tx, group: Group, user_id: UserId) -> Standing:  # noqa: ARG002
        manages = user_id in self.known_managers.get(group.id, [])
        is_in = manages or user_id in self.members.get(group.id, [])
        return Standing(user_id, is_member=is_in, rights=ALL_RIGHTS if manages else frozenset())


@pytest.fixture
def people() -> KnownPeople:
    return KnownPeople()


@pytest.fixture
def book(people: KnownPeople) -> GroupBook:
    made = GroupBook(default_locale="en", default_zone="UTC")
    made.directory = people
    return made

"""Where an update goes, told from its envelope alone."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, GroupId, UserId
from bot.kernel.roles import Right
from bot.tg import envelope as env
from bot.tg.buttons import ButtonCode
from bot.tg.capability import Access, Button, Capability, Command
from bot.tg.needs import AdministratorsNeed
from bot.tg.ports import Groups, People
from bot.tg.routes import Asked, Route, asked_of, events_of, needs_of, route_of
from bot.tg.tables import Tables

BOT = 7
NOON = datetime(2027, 3, 10, 12, tzinfo=UTC)
GROUP = {"id": -100, "type": "supergroup", "title": "Hikers"}
PRIVATE = {"id": 5, "type": "private", "first_name": "Mei"}
MEI = {"id": 5, "is_bot": False, "first_name": "Mei"}
HIKERS = Group(GroupId(1), ChatId(-100), "Hikers", "en", "UTC")
COOKS = Group(GroupId(2), ChatId(-200), "Cooks", "en", "UTC")


def update(**fields: Any) -> env.Update:
    return env.decode(json.dumps({"update_id": 1} | fields).encode())


def message(text: str | None = None, chat: dict[str, Any] = GROUP, **fields: Any) -> env.Update:
    body = {"message_id": 3, "date": 1, "chat": chat, "from": MEI} | fields
    return update(message=body if text is None else body | {"text": text})


def replied(author: int) -> dict[str, Any]:
    return {"message_id": 2, "date": 1, "chat": GROUP, "from": MEI | {"id": author}}


def change(chat: dict[str, Any] = GROUP) -> dict[str, Any]:
    member = {"user": MEI, "status": "member"}
    return {"chat": chat, "from": MEI, "date": 1, "old_chat_member": member, "new_chat_member": member}


def tap(data: str | None) -> env.Update:
    under = {"message_id": 2, "date": 0, "chat": GROUP}
    return update(callback_query={"id": "1", "from": MEI, "chat_instance": "1", "message": under, "data": data})


@pytest.mark.parametrize(
    ("came", "route"),
    [
        (message("hello"), Route.WATCHED),
        (message("/menu"), Route.SPOKEN),
        (message(caption="/announce", photo=[]), Route.SPOKEN),
        (message(caption="a hill", photo=[]), Route.WATCHED),
        (message(sticker={}), Route.WATCHED),
        (message("yes", reply_to_message=replied(BOT)), Route.SPOKEN),
        (message("yes", reply_to_message=replied(5)), Route.WATCHED),
        (message("hello", PRIVATE), Route.SPOKEN),
        (message(None, PRIVATE, photo=[]), Route.SPOKEN),
        (message("hello", {"id": -9, "type": "channel"}), Route.IGNORED),
        (message(new_chat_members=[MEI]), Route.OBSERVED),
        (message(left_chat_member=MEI), Route.OBSERVED),
        (message(migrate_to_chat_id=-1009), Route.OBSERVED),
        (message(migrate_from_chat_id=-9), Route.OBSERVED),
        (message(new_chat_title="Walkers"), Route.OBSERVED),
        (message(forum_topic_created={"name": "News"}), Route.OBSERVED),
        (message(forum_topic_edited={}), Route.OBSERVED),
        (message(pinned_message={"message_id": 1, "date": 1, "chat": GROUP}), Route.WATCHED),
        (tap("x:1"), Route.SPOKEN),
        (tap(None), Route.SPOKEN),
        (update(my_chat_member=change()), Route.OBSERVED),
        (update(chat_member=change()), Route.OBSERVED),
        (update(chat_join_request={"chat": GROUP, "from": MEI, "user_chat_id": 5, "date": 1}), Route.OBSERVED),
        (update(message_reaction={"chat": GROUP, "message_id": 1, "date": 1}), Route.OBSERVED),
        (update(edited_message={"message_id": 3, "date": 1, "chat": GROUP, "text": "/menu"}), Route.WATCHED),
        (update(channel_post={"message_id": 3, "date": 1, "chat": GROUP}), Route.IGNORED),
        (update(poll={}), Route.IGNORED),
    ],
)
def test_an_update_has_one_way_to_go(came: env.Update, route: Route) -> None:
    assert route_of(came, BOT) is route


@pytest.mark.parametrize(
    ("came", "events"),
    [
        (message("hello"), []),
        (message(new_chat_members=[MEI]), ["joined"]),
        (message(left_chat_member=MEI), ["left"]),
        (message(migrate_to_chat_id=-1009), ["migrated"]),
        (message(new_chat_title="Walkers"), ["renamed"]),
        (message(forum_topic_created={"name": "News"}), ["topic"]),
        (message(forum_topic_edited={"name": "News"}), ["topic"]),
        (update(my_chat_member=change()), ["bot_status"]),
        (update(my_chat_member=change(PRIVATE)), ["bot_private"]),
        (update(chat_member=change()), ["member"]),
        (update(message_reaction={"chat": GROUP, "message_id": 1, "date": 1}), ["reaction"]),
    ],
)
def test_what_happened_has_a_name(came: env.Update, events: list[str]) -> None:
    assert events_of(came) == events


# What is asked for


@dataclass
class Known:
    """Two groups; the chat -300 is where the managers of ``managed`` talk; ``stale`` ones' administrators are unknown."""

    managed: tuple[Group, ...] = ()
    stale: set[int] = field(default_factory=set)

    def by_chat(self, chat_id: int) -> Group | None:
        return next((group for group in (HIKERS, COOKS) if group.chat_id == chat_id), None)

    def by_id(self, group_id: int) -> Group | None:
        return next((group for group in (HIKERS, COOKS) if group.id == group_id), None)

    def managed_from(self, chat_id: int) -> tuple[Group, ...]:
        return self.managed if chat_id == -300 else ()

    def administrators_stale(self, group_id: GroupId, _now: datetime) -> bool:
        return group_id in self.stale


async def nothing(*_: object) -> None:
    pass


SETTERS = Access(right=Right.SETTINGS)
HEAVY = Access(right=Right.ROLES, fresh=True)
MODERATORS = Access(right=Right.MODERATE)


def tables() -> Tables:
    made = Tables()
    made.add(
        [
            Capability(
                "one",
                "One",
                commands=(
                    Command("label", nothing, "…", access=SETTERS),
                    Command("role", nothing, "…", sub="grant", access=HEAVY),
                    Command("menu", nothing, "…"),
                ),
                buttons=(Button(ButtonCode("l", (int,)), nothing, MODERATORS), Button(ButtonCode("n"), nothing)),
            )
        ]
    )
    return made


MANAGERS_CHAT = {"id": -300, "type": "supergroup", "title": "Managers"}


@pytest.mark.parametrize(
    ("came", "asked"),
    [
        (message("/label x"), Asked(SETTERS, (HIKERS,))),
        (message("/Label@qunguan_bot x"), Asked(SETTERS, (HIKERS,))),
        (message("/role grant @mei viewer"), Asked(HEAVY, (HIKERS,))),
        (message("/label x", PRIVATE), Asked(SETTERS, focus_of=UserId(5))),
        (message("/label x", MANAGERS_CHAT), Asked(SETTERS, (COOKS,))),
        (message("/menu"), None),
        (message("/role"), None),
        (message("/nothing"), None),
        (message("hello", PRIVATE), None),
        (tap("l:1:7"), Asked(MODERATORS, (HIKERS,))),
        (tap("l:2:7"), Asked(MODERATORS, (COOKS,))),
        (tap("l:9:7"), None),
        (tap("l"), None),
        (tap("x:1"), None),
        (tap(None), None),
    ],
)
def test_what_asks_for_a_right_names_the_groups_it_may_mean(came: env.Update, asked: Asked | None) -> None:
    assert asked_of(came, tables(), cast(Groups, Known(managed=(COOKS,)))) == asked


def test_a_line_break_after_a_command_is_as_good_as_a_blank() -> None:
    assert asked_of(message("/label\nx"), tables(), cast(Groups, Known())) == Asked(SETTERS, (HIKERS,))


def test_administrators_are_asked_for_where_they_are_not_known_and_before_heavy_acts() -> None:
    people = cast(People, Known(stale={COOKS.id}))

    assert needs_of(Asked(SETTERS, (HIKERS,)), people, NOON) == ()
    assert needs_of(Asked(SETTERS, (HIKERS, COOKS)), people, NOON) == (AdministratorsNeed(COOKS.chat_id),)
    assert needs_of(Asked(HEAVY, (HIKERS,)), people, NOON) == (AdministratorsNeed(HIKERS.chat_id),)
    assert needs_of(Asked(HEAVY), people, NOON) == ()

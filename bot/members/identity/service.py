"""Looking up who is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.kernel.ids import ANONYMOUS_ADMIN, UserId
from bot.members import store
from bot.members.identity.rules import (
    MANY,
    ByChat,
    ById,
    ByName,
    ByPerson,
    Found,
    Missing,
    Several,
    TargetKind,
    Unknown,
    choose,
    kind_of,
    read_target,
)
from bot.members.rules import Member, Person, name_key, username_key

if TYPE_CHECKING:
    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.members.identity.rules import Outcome, Target

_ANONYMOUS_NAME = "groupanonymousbot"


async def resolve(
    tx: Tx, group: Group, target: Target | None, *, bot_id: int, bot_username: str, actor_id: int | None
) -> Outcome:
    """Find who is meant in a group, and what kind of target that is. People of other groups are not known here."""
    match target:
        case None:
            return Missing()
        case ByChat(chat_id, title, anonymous):
            member = Member(Person(UserId(chat_id), title))
            return Found(member, TargetKind.ANONYMOUS if anonymous else TargetKind.CHANNEL)
        case ByPerson(person):
            member = await store.fetch_member(tx, group.id, person.user_id) or Member(person)
        case ById(user_id):
            found = await _by_id(tx, group, user_id, bot_id)
            if found is None:
                return Unknown(str(user_id), by_id=True)
            member = found
        case ByName(name):
            chosen = await _by_name(tx, group, name, bot_id, bot_username)
            if isinstance(chosen, Unknown | Several):
                return chosen
            member = chosen
        case _:
            assert_never(target)
    return Found(member, kind_of(member.person, member.presence, bot_id=bot_id, actor_id=actor_id))


async def find_person(tx: Tx, group: Group, word: str) -> UserId | None:
    """Find one person by a typed @name or id; None if nobody, or not one alone, is meant."""
    target, _ = read_target(word)
    found = await resolve(tx, group, target, bot_id=0, bot_username="", actor_id=None)
    return found.user_id if isinstance(found, Found) else None


async def _by_id(tx: Tx, group: Group, user_id: int, bot_id: int) -> Member | None:
    if user_id < 0 or user_id in {bot_id, ANONYMOUS_ADMIN}:
        return Member(Person(UserId(user_id)))
    return await store.fetch_member(tx, group.id, UserId(user_id))


async def _by_name(tx: Tx, group: Group, name: str, bot_id: int, bot_username: str) -> Member | Unknown | Several:
    key = username_key(name) or ""
    if bot_username and key == username_key(bot_username):
        return Member(Person(UserId(bot_id), bot_username, is_bot=True))
    if key == _ANONYMOUS_NAME:
        return Member(Person(ANONYMOUS_ADMIN, name, is_bot=True))
    holder = await store.holder_of(tx, group.id, key)
    if holder is not None:
        return holder
    return choose(name, tuple(await store.named(tx, group.id, name_key(name), name, MANY + 1)))

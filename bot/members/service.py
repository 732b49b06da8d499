"""The directory: who is seen in which group, who came and went, and what is known of a person."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.kernel.ids import ANONYMOUS_ADMIN, CHANNEL_POSTER, TELEGRAM_SERVICE, GroupId, UserId
from bot.members import store
from bot.members.rules import (
    RIGHTS,
    SECONDS_A_DAY,
    Change,
    Counts,
    Member,
    Move,
    MoveKind,
    Person,
    Presence,
    change_of,
    is_admin,
    is_in_group,
    is_same_move,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.db.engine import Tx
    from bot.db.schema import Beside
    from bot.kernel.groups import Group
    from bot.tg import envelope as env

CACHE_LIMIT = 100_000
"""How many (group, person) pairs are remembered. A forgotten one costs a write when they speak next."""
_AT_ONCE = 5_000
"""So many people are asked about in one statement; databases take no more than some tens of thousands of values."""
_STAND_INS = frozenset({ANONYMOUS_ADMIN, CHANNEL_POSTER, TELEGRAM_SERVICE})
_Known = tuple[str, str | None, str | None, str | None, str | None, int]
"""First name, last name, username, language, tag, and the day on which they spoke last."""
_Row = tuple[int, int, str, int, int, str | None]


class Seen(NamedTuple):
    """Somebody was seen in a group. ``day`` counts from 1970 for who spoke and is 0 for who did not: their tag is not known."""

    group_id: GroupId
    user: env.User
    presence: Presence
    day: int
    at: int
    tag: str | None = None


class Directory:
    """The watcher that notes who is seen. It writes when somebody is new, renamed or retagged, or speaks first on a (UTC) day.

    The cache says only what is committed. It is bounded by forgetting whom it learned of first; whoever speaks is learned
    of anew every day, so the active stay.
    """

    name = "directory"
    early = True

    def __init__(self, limit: int = CACHE_LIMIT) -> None:
        self._limit = limit
        self._known: dict[tuple[int, int], _Known] = {}

    def see(self, _update: env.Update, message: env.Message, group: Group) -> list[Seen] | None:
        """Return who is new, renamed, retagged or here for the first time today."""
        user = message.from_
        found: list[Seen] | None = None
        if user is not None and message.sender_chat is None:
            day, tag = message.date // SECONDS_A_DAY, message.sender_tag
            known = self._known.get((group.id, user.id))
            names = (user.first_name, user.last_name, user.username, user.language_code, tag, day)
            if known != names and _is_news(known, names) and user.id not in _STAND_INS:
                found = [Seen(group.id, user, Presence.PRESENT, day, message.date, tag)]
        if (
            message.reply_to_message is not None
            or message.entities is not None
            or message.caption_entities is not None
            or message.left_chat_member is not None
        ):
            for other in _named(message):
                known = self._known.get((group.id, other.id))
                # Who is only named may come without the language that their own messages tell.
                if (known is None or known[:3] != (other.first_name, other.last_name, other.username)) and (
                    other.id not in _STAND_INS
                ):
                    found = [*(found or ()), Seen(group.id, other, Presence.UNKNOWN, 0, message.date)]
        if message.new_chat_members is not None:
            came = [Seen(group.id, other, Presence.PRESENT, 0, message.date) for other in message.new_chat_members]
            found = [*(found or ()), *came]
        return found

    async def flush(self, tx: Tx, deltas: Sequence[list[Seen]], now: datetime) -> None:
        """Write who was seen, in two statements."""
        persons: dict[int, Person] = {}
        rows: dict[tuple[int, int], _Row] = {}
        for seen in (seen for delta in deltas for seen in delta):
            persons[seen.user.id] = person_of(seen.user)
            key = (seen.group_id, seen.user.id)
            rows[key] = _merged(rows.get(key), seen)
        await store.put_people(tx, persons.values(), now)
        await store.put_seen(tx, rows.values())

    def committed(self, deltas: Sequence[list[Seen]]) -> None:
        """Remember what is stored now."""
        for seen in (seen for delta in deltas for seen in delta):
            user = seen.user
            key = (seen.group_id, user.id)
            before = self._known.pop(key, None)
            # Who is only named may come without a language; who speaks must be kept as they come, or each of their
            # messages would look like a change.
            language = user.language_code or (before[3] if before and not seen.day else None)
            tag = seen.tag if seen.day or before is None else before[4]
            day = max(seen.day, before[5] if before else 0)
            self._known[key] = (user.first_name, user.last_name, user.username, language, tag, day)
        while len(self._known) > self._limit:
            del self._known[next(iter(self._known))]


def _is_news(known: _Known | None, now: _Known) -> bool:
    """Say whether somebody who speaks is new, named otherwise, or here for the first time on a day that is later."""
    return known is None or known[5] < now[5] or known[:5] != now[:5]


def _named(message: env.Message) -> Sequence[env.User]:
    """Return who is answered or named by a message."""
    named: list[env.User] | None = None
    replied = message.reply_to_message
    if replied is not None and replied.from_ is not None and replied.sender_chat is None:
        named = [replied.from_]
    if message.left_chat_member is not None:
        named = [*(named or ()), message.left_chat_member]
    for entities in (message.entities, message.caption_entities):
        if entities is not None:
            for entity in entities:
                if entity.user is not None:
                    named = [*(named or ()), entity.user]
    return named or ()


def _merged(row: _Row | None, seen: Seen) -> _Row:
    at = seen.at * 1000 if seen.presence is Presence.PRESENT else 0
    new = (seen.group_id, seen.user.id, seen.presence.value, seen.day, at, seen.tag)
    if row is None:
        return new
    present = Presence.PRESENT.value
    status = present if present in {row[2], new[2]} else new[2]
    return (row[0], row[1], status, max(row[3], new[3]), max(row[4], at), seen.tag if seen.day else row[5])


def person_of(user: env.User) -> Person:
    """Return a person as Telegram names them."""
    user_id = UserId(user.id)
    return Person(user_id, user.first_name, user.last_name, user.username, user.language_code, user.is_bot)


async def membership_changed(tx: Tx, group: Group, change: env.MemberChange, now: datetime) -> Change:
    """Take in a ``chat_member`` update: where the person is now, and the move, if it is news.

    What it means for who may do what is :meth:`bot.members.roles.service.PeopleBook.note_change`'s to take in.
    """
    old, new, user = change.old_chat_member, change.new_chat_member, change.new_chat_member.user
    by, user_id, at = UserId(change.from_.id), UserId(user.id), datetime.fromtimestamp(change.date, UTC)
    read = change_of(
        was_in=is_in_group(old.status, old.is_member),
        is_in=is_in_group(new.status, new.is_member),
        old_status=old.status,
        new_status=new.status,
        by_oneself=by == user_id,
    )
    everybody = {person.user_id: person for person in (person_of(change.from_), person_of(user))}
    await store.put_people(tx, [p for p in everybody.values() if p.user_id not in _STAND_INS], now)
    came = read.move is not None and read.move.is_in
    rights = _rights_of(new)
    await store.put_change(
        tx,
        group_id=group.id,
        user_id=user_id,
        presence=read.presence,
        is_admin=is_admin(new.status),
        is_creator=new.status == "creator",
        rights=rights or frozenset(),
        tag=new.tag,
        joined_at=at if came else None,
        left_at=at if read.move is not None and not came else None,
        added_by=by if read.move is MoveKind.ADDED else None,
    )
    return Change(
        read.presence,
        await _note_move(tx, group, user_id, read.move, by, at),
        touches_admins=is_admin(old.status) or is_admin(new.status),
        rights_known=rights is not None,
    )


def _rights_of(member: env.ChatMember) -> frozenset[str] | None:
    """Return the rights an update shows; None where it does not show those of an administrator."""
    seen = {right: getattr(member, right, None) for right in RIGHTS}
    if member.status == "administrator" and seen["can_delete_messages"] is None:
        return None
    return frozenset(right for right, held in seen.items() if held) if is_admin(member.status) else frozenset()


async def came_by_message(tx: Tx, group: Group, message: env.Message, now: datetime) -> list[Move]:
    """Take in a service message about new members; returns those of whom nothing was told yet."""
    by = None if message.from_ is None else UserId(message.from_.id)
    users = {user.id: user for user in message.new_chat_members or ()}
    return [
        move
        for user in users.values()
        if (
            move := await _moved_by_message(
                tx, group, user, MoveKind.JOINED if by in {None, user.id} else MoveKind.ADDED, by, message.date, now
            )
        )
    ]


async def went_by_message(tx: Tx, group: Group, message: env.Message, now: datetime) -> Move | None:
    """Take in a service message about a member who left; None if it was told already."""
    user = message.left_chat_member
    if user is None:
        return None
    by = None if message.from_ is None else UserId(message.from_.id)
    kind = MoveKind.LEFT if by in {None, user.id} else MoveKind.REMOVED
    return await _moved_by_message(tx, group, user, kind, by, message.date, now)


async def _moved_by_message(
    tx: Tx, group: Group, user: env.User, kind: MoveKind, by: UserId | None, seconds: int, now: datetime
) -> Move | None:
    at = datetime.fromtimestamp(seconds, UTC)
    person = person_of(user)
    if await _note_move(tx, group, person.user_id, kind, by, at) is None:
        return None
    move = Move(group.id, person.user_id, kind, _other(by, person.user_id), at)
    gone = Presence.LEFT if kind is MoveKind.LEFT else Presence.REMOVED
    await store.put_people(tx, [person], now)
    await store.put_move(tx, move, Presence.PRESENT if kind.is_in else gone)
    return move


async def _note_move(
    tx: Tx, group: Group, user_id: UserId, kind: MoveKind | None, by: UserId | None, at: datetime
) -> MoveKind | None:
    if kind is None or is_same_move(await store.last_move(tx, group.id, user_id), kind, at):
        return None
    await store.add_move(tx, Move(group.id, user_id, kind, _other(by, user_id), at))
    return kind


def _other(by: UserId | None, user_id: UserId) -> UserId | None:
    return None if by == user_id else by


async def moves_between(tx: Tx, group_id: GroupId, since: datetime, until: datetime) -> list[Move]:
    """Return who came and went from ``since`` to before ``until``, in order."""
    return await store.moves_between(tx, group_id, since, until)


async def counts(tx: Tx, group_id: GroupId) -> Counts:
    """Count the members that are known to be there, bots apart; ``total`` is the caller's to fill in."""
    return await store.count(tx, group_id)


async def present_count(tx: Tx, group_id: GroupId) -> int:
    """Return how many people (bots left out) are known to be in the group."""
    return (await store.count(tx, group_id)).known


async def present(tx: Tx, group_id: GroupId) -> list[Member]:
    """Return the people (bots left out) who are known to be in the group."""
    return await store.present(tx, group_id)


async def beside(tx: Tx, root: Beside, *others: Beside) -> list[tuple[Member | None, Any]]:
    """Return the row of ``root`` beside each who is known to be in its group, with what ``others`` say of them.

    What belongs to the people of a group is so read in one statement, whoever's it is; bots are among them.
    """
    return await store.beside(tx, root, *others)


async def present_after(tx: Tx, group_id: GroupId, user_id: int, limit: int) -> list[Member]:
    """Return the first of them whose ids are greater than this one, by id: for going through them a few at a time."""
    return await store.present(tx, group_id, after=user_id, limit=limit)


async def gone_among(tx: Tx, group_id: GroupId, user_ids: Iterable[UserId]) -> frozenset[UserId]:
    """Return those of some people who are known to have left."""
    return await store.gone_among(tx, group_id, user_ids)


async def learn_languages(tx: Tx, user_ids: Sequence[int]) -> None:
    """Learn the languages of many people at once, so that speaking to each of them costs no statement of its own."""
    for start in range(0, len(user_ids), _AT_ONCE):
        some = user_ids[start : start + _AT_ONCE]
        found = await store.languages_of(tx, some)
        tx.memo.update({("locale", user_id): found.get(user_id, (None, None)) for user_id in some})


async def member(tx: Tx, group_id: GroupId, user_id: UserId) -> Member | None:
    """Return what is known of a person in a group, also of one who left; None if they were never seen there."""
    return await store.fetch_member(tx, group_id, user_id)


async def persons(tx: Tx, ids: Iterable[int]) -> dict[UserId, Person]:
    """Return the named persons by id; one never seen has only their number."""
    wanted = {UserId(user_id) for user_id in ids}
    found = await store.fetch_people(tx, wanted) if wanted else {}
    return {user_id: found.get(user_id) or Person(user_id) for user_id in wanted}


async def name_of(tx: Tx, user_id: int) -> str:
    """Return a person's name, or their number if they were never seen."""
    return (await persons(tx, [user_id]))[UserId(user_id)].name


async def groups_of(tx: Tx, user_id: UserId) -> list[GroupId]:
    """Return the groups somebody is known in and has not left."""
    return await store.groups_of(tx, user_id)


async def met(tx: Tx, group: Group, user: env.User, now: datetime) -> None:
    """Store that somebody is in a group who has not written there yet, but tapped a button."""
    seen = Seen(group.id, user, Presence.PRESENT, 0, int(now.timestamp()))
    await store.put_people(tx, [person_of(user)], now)
    await store.put_seen(tx, [_merged(None, seen)])


async def remember(tx: Tx, persons_: Iterable[Person], now: datetime) -> None:
    """Store persons learned of outside of a message, such as who presses a button."""
    await store.put_people(tx, {person.user_id: person for person in persons_}.values(), now)

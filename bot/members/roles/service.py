"""Standing of persons, administrators as Telegram tells them, and roles granted and taken."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

from bot.audit import service as audit
from bot.i18n import SOURCE_LOCALE, available_locales, negotiate
from bot.kernel.ids import GroupId, UserId
from bot.kernel.roles import Right, Role, Standing
from bot.members import store as directory
from bot.members.roles import store
from bot.members.roles.rules import (
    GRANTABLE,
    Allowed,
    Done,
    Exceeds,
    Overview,
    Refused,
    RoleRow,
    Staff,
    managers_with,
    may_grant,
    may_take,
    standing_of,
)
from bot.members.rules import RIGHTS, Change, Counts, Member, Person, Presence
from bot.tg import envelope as env
from bot.tg import own_menus
from bot.timers import service as timers

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.db.engine import Tx
    from bot.kernel.groups import Group

CAPABILITY, REFRESH = "members", "admins"
"""The timer that has a group's administrators asked for."""
REFRESH_AFTER = timedelta(days=1)
"""The administrators of each group are asked for at least this often: a missed update is made good within it."""
_CACHED_GROUPS = 2_000
_KNOWN = "members.known"
"""What is kept for the rest of a transaction: an announcement is filled in for its preview, its card and its check."""
_SAME_ANSWER = timedelta(minutes=5)


class _Admin(Struct):
    """Telegram's ``ChatMemberAdministrator`` or ``ChatMemberOwner``; its rights are read from the same JSON."""

    user: env.User
    status: str
    custom_title: str | None = None


@dataclass(frozen=True, slots=True)
class _Learned:
    """Telegram's last answer about a group, and the version that it became."""

    version: int
    digest: bytes
    at: datetime


class BadAnswer(ValueError):
    """Telegram's answer is not a list of administrators."""


class PeopleBook:
    """What is known about persons; the engine's ``People``.

    Staff is kept in memory per group, under the version it was read with. The version is read anew for every answer, in
    the transaction at hand: what is not committed is seen by its own transaction only, and nothing outdated is used.
    """

    def __init__(self, default_locale: str = SOURCE_LOCALE) -> None:
        self._default_locale = default_locale
        self._staff: OrderedDict[GroupId, tuple[int, Staff]] = OrderedDict()
        self._learned: dict[GroupId, _Learned] = {}
        self._ages: dict[GroupId, datetime] = {}
        self._read: tuple[Tx, GroupId, int] | None = None
        self._changing: Tx | None = None

    async def load(self, tx: Tx) -> None:
        """Read of which groups the administrators are known, and since when."""
        self._ages = await store.fetch_ages(tx)

    async def standing(self, tx: Tx, group: Group, user_id: UserId) -> Standing:
        """Return what the person is and may do in the group, from stored facts."""
        found = await store.fetch_version_and_status(tx, group.id, user_id)
        if found is None:
            member = await directory.fetch_member(tx, group.id, user_id)
            presence = member.presence if member else None
            tag = (member.tag or member.custom_title) if member else None
            return standing_of(user_id, await self._staff_at(tx, group.id, None), presence, tag)
        age, status, tag, tx.memo["locale", user_id], groups = found
        directory.know_groups(tx, user_id, groups)
        version = age.version
        if version is not None and tx is not self._changing:
            self._read = (tx, group.id, version)
        presence = Presence(status) if status is not None else None
        return standing_of(user_id, await self._staff_at(tx, group.id, version), presence, tag)

    async def managers_of(self, tx: Tx, group: Group, right: Right) -> list[UserId]:
        """Return the people who have a right in the group, the owner first; for telling them something."""
        return [person.user_id for person in await self.managers(tx, group, right)]

    async def managers(self, tx: Tx, group: Group, right: Right) -> list[Person]:
        """Return the people who have a right in the group, the owner first, with their names."""
        staff = await self._staff_of(tx, group.id)
        granted = await directory.fetch_members(tx, group.id, staff.roles)
        gone = frozenset(user_id for user_id, member in granted.items() if member.presence.is_gone)
        known = {**granted, **staff.admins}
        return [known[user_id].person for user_id in managers_with(staff, gone, right)]

    async def owner_of(self, tx: Tx, group: Group) -> UserId | None:
        """Return the group's creator in Telegram, if known."""
        staff = await self._staff_of(tx, group.id)
        return next((user_id for user_id, admin in staff.admins.items() if admin.is_creator), None)

    async def groups_of(self, tx: Tx, user_id: UserId) -> list[GroupId]:
        """Return the groups somebody is known in and has not left."""
        return await directory.groups_of(tx, user_id)

    async def groups_with(self, tx: Tx, user_id: UserId, right: Right) -> list[GroupId]:
        """Return the groups in which somebody has a right, from stored facts."""
        return [group_id for group_id, rights in (await self.rights_of(tx, user_id)).items() if right in rights]

    async def rights_of(self, tx: Tx, user_id: UserId) -> dict[GroupId, frozenset[Right]]:
        """Return what somebody may do in each group, from stored facts; two statements, however many groups."""
        granted, known = await store.fetch_roles_of(tx, user_id), await directory.memberships_of(tx, user_id)
        found = {}
        for group_id in sorted({*granted, *known}):
            member = known.get(group_id)
            admins = {user_id: member} if member is not None and member.is_admin else {}
            staff = Staff(admins, {user_id: granted.get(group_id, frozenset())})
            found[group_id] = standing_of(user_id, staff, member.presence if member is not None else None).rights
        return found

    async def name_of(self, tx: Tx, user_id: UserId) -> str:
        """Return a person's name, or their number if they were never seen."""
        return (await directory.fetch_people(tx, [user_id])).get(user_id, Person(user_id)).name

    async def locale(self, tx: Tx, user_id: UserId, language_code: str | None) -> str:
        """Return the language in which to speak to the person in private: the chosen one, else their app's."""
        chosen, stored = tx.memo.get(key := ("locale", user_id)) or await directory.languages(tx, user_id)
        tx.memo[key] = (chosen, stored)
        if chosen in available_locales():
            return str(chosen)
        return negotiate(language_code or stored, self._default_locale)

    async def choose_locale(self, tx: Tx, user_id: UserId, locale: str | None, now: datetime) -> None:
        """Keep the language a person chose for themselves; None goes by their app again."""
        await directory.put_locale(tx, user_id, locale, now)
        await _menus_follow(tx, [user_id], now)
        tx.memo.pop(("locale", user_id), None)

    # Administrators

    async def learn_administrators(self, tx: Tx, group: Group, raw: bytes, now: datetime) -> bool:
        """Take in Telegram's answer to ``getChatAdministrators``: the JSON of its list of ``ChatMember`` objects.

        Returns whether it says something new. The same answer once more, which comes with every heavy act, costs one
        statement at most: none where :meth:`standing` was asked before.

        :raises BadAnswer: if it is none.
        """
        digest = hashlib.blake2b(raw, digest_size=16).digest()
        age = await store.fetch_age(tx, group.id)
        last = self._learned.get(group.id)
        if last is not None and (last.version, last.digest) == (age.version, digest) and now - last.at < _SAME_ANSWER:
            return False
        admins = _read_admins(raw)
        await directory.put_people(tx, {a.user_id: a.person for a in admins}.values(), now)
        if age.version is not None and await self._is_known(tx, group.id, age.version, admins):
            await self._learned_now(tx, group.id, _Learned(age.version, digest, now))
            return False
        before = {a.user_id: (a.is_creator, a.admin_rights) for a in await directory.admins_of(tx, group.id)}
        after = {a.user_id: (a.is_creator, a.admin_rights) for a in admins}
        await _menus_follow(tx, [user_id for user_id, _ in before.items() ^ after.items()], now)
        rows = [(a.user_id, a.is_creator, " ".join(sorted(a.admin_rights)), a.custom_title) for a in admins]
        await directory.put_admins(tx, group.id, rows)
        self._change(tx)
        # A version is never given twice: if this transaction is rolled back, what is kept here is never found to match.
        await self._learned_now(tx, group.id, _Learned(store.new_version(), digest, now))
        return True

    async def _is_known(self, tx: Tx, group_id: GroupId, version: int, admins: Sequence[Member]) -> bool:
        """Say whether these are the administrators that are stored, with the same rights and titles."""
        known = (await self._staff_at(tx, group_id, version)).admins
        return {one.user_id: _as_admin(one) for one in admins} == {
            user_id: _as_admin(one) for user_id, one in known.items()
        }

    async def _learned_now(self, tx: Tx, group_id: GroupId, learned: _Learned) -> None:
        await store.set_refreshed(tx, group_id, learned.at, learned.version)
        self._learned[group_id] = learned
        await timers.set_timer(tx, CAPABILITY, REFRESH, str(group_id), learned.at + REFRESH_AFTER, group_id)
        tx.after_commit(lambda: self._ages.update({group_id: learned.at}))

    def administrators_stale(self, group_id: GroupId, now: datetime) -> bool:
        """Say, from memory, whether the administrators of a group should be asked for before anything is decided by them."""
        at = self._ages.get(group_id)
        return at is None or now - at >= REFRESH_AFTER

    async def age_of_admins(self, tx: Tx, group: Group) -> datetime | None:
        """Return when the administrators were last learned from Telegram; None if never, or if they changed since."""
        return (await store.fetch_age(tx, group.id)).refreshed_at

    async def note_change(self, tx: Tx, group: Group, user_id: UserId, change: Change, now: datetime) -> None:
        """Take in what a change of somebody's membership means for who may do what.

        Where the update does not show an administrator's rights, they have those of every administrator until asked for.
        """
        if not change.touches_admins:
            return
        await _menus_follow(tx, [user_id], now)
        if change.rights_known:
            self._change(tx)
            await store.bump(tx, group.id)
        else:
            await self.expect_admins(tx, group, now)

    async def expect_admins(self, tx: Tx, group: Group, now: datetime) -> None:
        """Have a group's administrators asked for anew, such as when the bot was just added to it."""
        self._change(tx)
        await store.set_refreshed(tx, group.id, None, store.new_version())
        await timers.set_timer(tx, CAPABILITY, REFRESH, str(group.id), now, group.id)
        tx.after_commit(lambda: self._forget_age(group.id))

    def _forget_age(self, group_id: GroupId) -> None:
        self._ages.pop(group_id, None)

    async def note_count(self, tx: Tx, group: Group, count: int) -> None:
        """Keep how many members Telegram says the group has."""
        await store.put_count(tx, group.id, count)

    async def counts(self, tx: Tx, group: Group) -> Counts:
        """Count the known members, with Telegram's total where it is known."""
        found = await directory.count(tx, group.id)
        return Counts(found.known, await self.total(tx, group), found.bots)

    async def total(self, tx: Tx, group: Group) -> int | None:
        """Return how many members Telegram counts, bots among them; None if it has not been asked."""
        return (await store.fetch_age(tx, group.id)).member_count

    async def size(self, tx: Tx, group: Group) -> int:
        """Return how many members a group has, by Telegram's last word; without any, how many are known."""
        told = await self.total(tx, group)
        if told is not None:
            return told
        known: int | None = tx.memo.get((_KNOWN, group.id))
        if known is None:
            known = tx.memo[_KNOWN, group.id] = (await directory.count(tx, group.id)).known
        return known

    # Roles

    async def grant(
        self, tx: Tx, group: Group, granter: Standing, target: Member, role: Role, now: datetime
    ) -> Done | Exceeds | Refused:
        """Grant a role and write it down."""
        standing = await self._standing_of_member(tx, group, target)
        verdict = may_grant(granter, standing, role, target_is_bot=target.person.is_bot)
        if not isinstance(verdict, Allowed):
            return verdict
        await store.put_role(tx, group.id, RoleRow(target.user_id, role, granter.user_id, now))
        await self._record(tx, group, granter.user_id, target, "grant", (role,), now)
        return Done("grant", target, role)

    async def take(
        self, tx: Tx, group: Group, taker: Standing, target: Member, role: Role, now: datetime
    ) -> Done | Exceeds | Refused:
        """Take a role and write it down."""
        staff = await self._staff_of(tx, group.id)
        held = staff.roles.get(target.user_id, frozenset())
        verdict = may_take(taker, standing_of(target.user_id, staff, target.presence), held, role)
        if not isinstance(verdict, Allowed):
            return verdict
        await store.remove_roles(tx, group.id, target.user_id, [role])
        await self._record(tx, group, taker.user_id, target, "take", (role,), now)
        return Done("take", target, role)

    async def drop_roles(self, tx: Tx, group: Group, target: Member, by: UserId | None, now: datetime) -> None:
        """Take all roles from somebody who was removed: coming back must not bring them back."""
        staff = await self._staff_of(tx, group.id)
        held = staff.roles.get(target.user_id)
        if held:
            await store.remove_roles(tx, group.id, target.user_id, held)
            await self._record(tx, group, by, target, "take", sorted(held), now)

    async def roles_of(self, tx: Tx, group: Group, user_id: UserId) -> frozenset[Role]:
        """Return the roles granted to somebody."""
        return (await self._staff_of(tx, group.id)).roles.get(user_id, frozenset())

    async def overview(self, tx: Tx, group: Group) -> Overview:
        """Return Telegram's administrators and the bot's roles, apart."""
        staff = await self._staff_of(tx, group.id)
        people = await directory.fetch_members(tx, group.id, staff.roles)
        held = tuple(
            (role, tuple(people[user_id] for user_id, roles in staff.roles.items() if role in roles))
            for role in GRANTABLE
        )
        age = await self.age_of_admins(tx, group)
        return Overview(tuple(staff.admins.values()), tuple(pair for pair in held if pair[1]), age)

    async def _standing_of_member(self, tx: Tx, group: Group, target: Member) -> Standing:
        return standing_of(target.user_id, await self._staff_of(tx, group.id), target.presence)

    async def _staff_of(self, tx: Tx, group_id: GroupId) -> Staff:
        return await self._staff_at(tx, group_id, await self._version_of(tx, group_id))

    async def _version_of(self, tx: Tx, group_id: GroupId) -> int | None:
        """Return a group's version, which a transaction that changes none reads once."""
        if self._read is not None and self._read[0] is tx and self._read[1] == group_id:
            return self._read[2]
        return (await store.fetch_age(tx, group_id)).version

    def _change(self, tx: Tx) -> None:
        """Read the version anew for the rest of this transaction: a savepoint may take the change back."""
        self._changing, self._read = tx, None

    async def _staff_at(self, tx: Tx, group_id: GroupId, version: int | None) -> Staff:
        known = self._staff.get(group_id)
        if known is not None and known[0] == version:
            self._staff.move_to_end(group_id)
            return known[1]
        roles: dict[UserId, frozenset[Role]] = {}
        for row in await store.fetch_roles(tx, group_id):
            roles[row.user_id] = roles.get(row.user_id, frozenset()) | {row.role}
        staff = Staff({admin.user_id: admin for admin in await directory.admins_of(tx, group_id)}, roles)
        if version is not None:
            self._staff[group_id] = (version, staff)
            while len(self._staff) > _CACHED_GROUPS:
                self._staff.popitem(last=False)
        return staff

    async def _record(
        self,
        tx: Tx,
        group: Group,
        by: UserId | None,
        target: Member,
        act: Literal["grant", "take"],
        roles: tuple[Role, ...] | list[Role],
        now: datetime,
    ) -> None:
        self._change(tx)
        await store.bump(tx, group.id)
        await _menus_follow(tx, [target.user_id], now)
        names = [role.value for role in roles]
        await audit.record(
            tx,
            group_id=group.id,
            actor_id=by,
            actor_name="" if by is None else await self.name_of(tx, by),
            action="role.granted" if act == "grant" else "role.taken",
            target=target.user_id,
            target_text=target.name,
            before=names if act == "take" else None,
            after=names if act == "grant" else None,
            at=now,
        )


async def _menus_follow(tx: Tx, user_ids: Collection[UserId], now: datetime) -> None:
    """Have the private command menus of those looked after who may do other things from now on."""
    known = await own_menus.which_have_come(tx, user_ids)
    if known:
        await timers.set_timers(tx, own_menus.NAME, own_menus.RENEW, {str(user_id): now for user_id in known})


def _as_admin(member: Member) -> tuple[Person, bool, frozenset[str], str | None]:
    return member.person, member.is_creator, member.admin_rights, member.custom_title


def _read_admins(raw: bytes) -> list[Member]:
    try:
        items = msgspec.json.decode(raw, type=list[msgspec.Raw])
        found = [(msgspec.json.decode(item, type=_Admin), msgspec.json.decode(item)) for item in items]
    except msgspec.MsgspecError as error:
        raise BadAnswer(str(error)) from error
    return [
        Member(
            Person(
                UserId(admin.user.id),
                admin.user.first_name,
                admin.user.last_name,
                admin.user.username,
                admin.user.language_code,
                admin.user.is_bot,
            ),
            Presence.PRESENT,
            is_admin=True,
            is_creator=admin.status == "creator",
            admin_rights=frozenset(right for right in RIGHTS if fields.get(right) is True),
            custom_title=admin.custom_title,
        )
        for admin, fields in found
        if admin.status in {"creator", "administrator"}
    ]

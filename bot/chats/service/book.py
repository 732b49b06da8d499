"""Every group's profile: stored, written down in the audit log, and shown in memory after the commit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from bot.audit import service as audit
from bot.chats import store
from bot.chats.rules import logged
from bot.chats.rules.profile import (
    BotChange,
    BotNews,
    BotStanding,
    By,
    Presence,
    Profile,
    lacking_rights,
    newly_lacking,
    presence,
    report_rights,
)
from bot.chats.rules.typed import Unclear, with_holidays
from bot.chats.rules.zones import first_zone
from bot.chats.service.places import Places
from bot.i18n import SOURCE_LOCALE, negotiate
from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, GroupId, UserId
from bot.kernel.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from bot.db.engine import Tx
    from bot.kernel.groups import Purpose, QuietHours
    from bot.kernel.ids import ThreadId
    from bot.tg import envelope as env

Found = Callable[["Tx", Group, "datetime"], Awaitable[None]]
_HOURS = frozenset({"quiet", "holidays", "zone", "open_until"})
"""What the group's quiet hours follow from."""
_GROUP_FIELDS = frozenset(field.name for field in fields(Group))


class GroupBook(Places):
    """Every group's profile. Answers without a transaction come from memory and show only what is committed.

    ``directory`` must be set before the first turn. ``on_found`` are called, in the transaction, with a group that was taken for
    lost and is not: what rested there goes on. ``on_hours`` are called with a group that is quiet at other hours than before.
    """

    def __init__(self, *, default_locale: str = SOURCE_LOCALE, default_zone: str = "UTC") -> None:
        super().__init__()
        self._default_locale = default_locale
        self._default_zone = default_zone
        self.on_found: list[Found] = []
        self.on_hours: list[Found] = []

    async def profile(self, tx: Tx, group_id: int) -> Profile:
        """Return a group as this transaction sees it.

        :raises LookupError: if there is none.
        """
        found = await store.get(tx, group_id)
        if found is None:
            raise LookupError(f"no group {group_id}")
        return found

    async def admit(self, tx: Tx, chat: env.Chat, now: datetime) -> Group:
        """Store a group that is seen for the first time, and return it; one we know is returned as it is."""
        found = await store.get_by_chat(tx, chat.id)
        if found is not None:
            return found.group
        values: dict[str, Any] = {
            "chat_id": chat.id,
            "kind": "group" if chat.type == "group" else "supergroup",
            "title": _clean(chat.title or ""),
            "locale": self._default_locale,
            "zone": self._default_zone,
            "active": True,
            "is_forum": chat.is_forum,
            "topics": {},
            "quiet": (),
            "holidays": (),
            "bot_status": "unknown",
            "created_at": now,
        }
        group = (await store.add(tx, values)).group
        tx.after_commit(lambda: self._keep(group))
        await audit.record(
            tx, group_id=group.id, actor_id=None, action="group.met", at=now, after={"title": group.title}
        )
        return group

    async def _write(
        self, tx: Tx, before: Profile, by: By, action: str, values: dict[str, Any], **details: str
    ) -> Profile:
        """Store what differs, write it down, and show it in memory after the commit."""
        changed = {column: value for column, value in values.items() if _value(before, column) != value}
        if not changed:
            return before
        await store.change(tx, before.group.id, changed)
        group = replace(before.group, **{name: value for name, value in changed.items() if name in _GROUP_FIELDS})
        after = _with(before, group, changed)
        was, now = self._logged(before, after, changed), self._logged(after, before, changed)
        tx.after_commit(lambda: self._keep(group))
        await audit.record(
            tx,
            group_id=group.id,
            actor_id=by.user_id,
            actor_name=by.name,
            action=action,
            at=by.at,
            before=was,
            after=now,
            details=details,
        )
        if not _HOURS.isdisjoint(changed):
            for hook in self.on_hours:
                await hook(tx, group, by.at)
        return after

    def _logged(self, profile: Profile, other: Profile, changed: Iterable[str]) -> Any:
        """Return what the log keeps of a profile where ``other`` differs: the value itself where there is only one."""
        values = {name: self._plain(name, profile, other) for name in changed if name not in _LOGGED_BY_STATUS}
        if not values:
            return logged.standing(profile.bot)
        return next(iter(values.values())) if len(values) == 1 else values

    def _plain(self, column: str, profile: Profile, other: Profile) -> Any:
        match column:
            case "quiet":
                return logged.quiet(profile.group.quiet)
            case "holidays":
                # Only what came and went: a group may have hundreds.
                return logged.holidays(profile.group.holidays - other.group.holidays)
            case "topics":
                return logged.topics(profile.group.topics)
            case "managers_chat_id":
                chat_id = profile.group.managers_chat_id
                chat = None if chat_id is None else self.by_chat(chat_id)
                return chat_id if chat is None else chat.title
            case "bot_status":
                return logged.standing(profile.bot)
            case _:
                value = _value(profile, column)
                return value.isoformat() if hasattr(value, "isoformat") else value

    async def _set(self, tx: Tx, group_id: GroupId, by: By, action: str, **values: Any) -> Group:
        return (await self._write(tx, await self.profile(tx, group_id), by, action, values)).group

    async def set_locale(self, tx: Tx, group_id: GroupId, locale: str, by: By) -> Group:
        """Set the language the group reads; one of the available ones."""
        return await self._set(tx, group_id, by, "group.locale", locale=locale)

    async def set_zone(self, tx: Tx, group_id: GroupId, zone: str, by: By) -> Group:
        """Set the time zone; an IANA name that exists."""
        return await self._set(tx, group_id, by, "group.zone", zone=zone)

    async def set_quiet(self, tx: Tx, group_id: GroupId, quiet: tuple[QuietHours, ...], by: By) -> Group:
        """Set all quiet hours anew (R21)."""
        return await self._set(tx, group_id, by, "group.quiet", quiet=quiet)

    async def set_open(self, tx: Tx, group_id: GroupId, until: datetime | None, by: By) -> Group:
        """Suspend quiet hours until then, or no longer (R21)."""
        return await self._set(tx, group_id, by, "group.open", open_until=until)

    async def set_label(self, tx: Tx, group_id: GroupId, label: str | None, by: By) -> Group:
        """Set what managers call the group among themselves."""
        return await self._set(tx, group_id, by, "group.label", label=label)

    async def add_holidays(self, tx: Tx, group_id: GroupId, days: Iterable[date], by: By) -> Group | Unclear:
        """Add holidays, unless there would be too many."""
        before = await self.profile(tx, group_id)
        held = with_holidays(before.group.holidays, days, before.group.local(by.at).date())
        if isinstance(held, Unclear):
            return held
        return (await self._write(tx, before, by, "group.holidays", {"holidays": held})).group

    async def remove_holidays(self, tx: Tx, group_id: GroupId, days: Iterable[date], by: By) -> Group:
        """Take holidays away."""
        before = await self.profile(tx, group_id)
        held = before.group.holidays - frozenset(days)
        return (await self._write(tx, before, by, "group.holidays", {"holidays": held})).group

    async def set_topic(self, tx: Tx, group_id: GroupId, purpose: Purpose, thread: ThreadId | None, by: By) -> Group:
        """Set a forum topic aside for a purpose; None gives the purpose back to the whole group."""
        before = await self.profile(tx, group_id)
        topics = {name: kept for name, kept in before.group.topics.items() if name != purpose}
        if thread is not None:
            topics[purpose] = thread
        return (await self._write(tx, before, by, "group.topic", {"topics": MappingProxyType(topics)})).group

    async def set_managers_chat(self, tx: Tx, group_id: GroupId, chat_id: ChatId | None, by: By) -> Group:
        """Link the chat in which the group's managers talk among themselves, or unlink it."""
        return await self._set(tx, group_id, by, "group.managers_chat", managers_chat_id=chat_id)

    async def set_linked(self, tx: Tx, group_id: GroupId, chat_id: ChatId, now: datetime) -> Group:
        """Note which channel the group is linked to."""
        return await self._set(tx, group_id, By(None, now), "group.linked", linked_chat_id=chat_id)

    async def set_up(self, tx: Tx, group_id: GroupId, by: By) -> Group:
        """Note that the guided start was finished."""
        before = await self.profile(tx, group_id)
        if before.set_up_at is not None:
            return before.group
        return (await self._write(tx, before, by, "group.set_up", {"set_up_at": by.at})).group

    async def sync(self, tx: Tx, group: Group, chat: env.Chat, by: By) -> Group:
        """Take over title and kind as the chat shows them now."""
        seen = {
            "title": _clean(chat.title or group.title),
            "is_forum": chat.is_forum,
            "kind": "group" if chat.type == "group" else "supergroup",
        }
        if chat.id != group.chat_id or all(getattr(group, name) == value for name, value in seen.items()):
            return group
        return await self._set(tx, group.id, by, "group.renamed", **seen)

    async def set_bot_standing(self, tx: Tx, group_id: GroupId, standing: BotStanding, at: datetime) -> Profile:
        """Store what was asked of Telegram about the bot's own rights."""
        before = await self.profile(tx, group_id)
        return await self._write(tx, before, By(None, at), "group.rights", _standing(before, standing))

    async def bot_changed(self, tx: Tx, chat: env.Chat, change: BotChange) -> BotNews:
        """Take in that the bot was added, removed, or given or refused rights. Nothing is deleted when it is removed."""
        known = await self.admit(tx, chat, change.by.at)
        before = await self.profile(tx, known.id)
        kind = presence(
            was_in=change.was_in and before.bot.status != "unknown",
            is_in=change.is_in,
            rights_changed=(before.bot.status, before.bot.rights) != (change.standing.status, change.standing.rights),
        )
        if kind is Presence.REMOVED and not before.group.active:
            kind = Presence.NOTHING  # a refused send has said so before
        if chat.id != before.group.chat_id:
            return BotNews(Presence.NOTHING, before.group, set_up=True)
        values = {
            **self._first_values(before, change, kind),
            "active": change.is_in,
            **_standing(before, change.standing),
        }
        after = await self._write(tx, before, change.by, _ACTIONS[kind], values)
        lacked, lacking = lacking_rights(known, before.bot), report_rights(known, change.standing)
        return BotNews(
            kind,
            after.group,
            set_up=before.set_up_at is not None,
            lost=newly_lacking(known, before.bot, change.standing) if kind is Presence.RIGHTS else (),
            gained=() if lacking is None else tuple(right for right in lacked if right not in lacking),
            lacking=lacking,
        )

    def _first_values(self, before: Profile, change: BotChange, kind: Presence) -> dict[str, Any]:
        if kind is not Presence.ADDED or before.added_by is not None or change.by.user_id is None:
            return {}
        locale = negotiate(change.language, self._default_locale)
        return {"added_by": change.by.user_id, "locale": locale, "zone": first_zone(self._default_zone, locale)}

    async def newcomer(self, tx: Tx, old: int, new: int) -> Profile | None:
        """Return the group that was admitted under its new chat id before its move from the old one was known."""
        found, newcomer = await store.get_by_chat(tx, old), await store.get_by_chat(tx, new)
        if found is None or newcomer is None or found.group.chat_id != old or newcomer.group.id == found.group.id:
            return None
        return newcomer

    async def migrate(self, tx: Tx, old: int, new: int, by: By) -> Group | None:
        """Move a group to the chat id it has as a supergroup; None if that has been done before.

        A group that was admitted under the new id before this was known loses its chat to the older one.
        """
        found = await store.get_by_chat(tx, old)
        if found is None or found.group.chat_id != old:
            return None
        newcomer = await self.newcomer(tx, old, new)
        if newcomer is not None:
            await store.retire(tx, newcomer.group.id)
            tx.after_commit(lambda: self._forget(newcomer.group.id))
        await store.remember_former(tx, old, found.group.id)
        tx.after_commit(lambda: self._former.update({old: found.group.id}))
        values = {"chat_id": ChatId(new), "kind": "supergroup", "topics": MappingProxyType({})}
        after = await self._write(tx, found, by, "group.migrated", values)
        await self._repoint(tx, old, ChatId(new))
        return after.group

    async def _repoint(self, tx: Tx, old: int, new: ChatId | None) -> list[GroupId]:
        moved = await store.repoint_managers_chat(tx, old, new)

        def show() -> None:
            for group_id in moved:
                if group_id in self._groups:
                    self._keep(replace(self._groups[group_id], managers_chat_id=new))

        tx.after_commit(show)
        return moved

    async def owner_name(self, tx: Tx, group: Group) -> str | None:
        """Return the name of the first of those who run the group."""
        managers = await self.directory.managers_of(tx, group, Right.SETTINGS)
        return await self.directory.name_of(tx, managers[0]) if managers else None

    async def chat_lost(self, tx: Tx, chat_id: ChatId, reason: str, now: datetime) -> Group | None:
        """Note that Telegram no longer lets us write there: a person who blocked the bot, or a group it is not in.

        Return the group if that is news.
        """
        if chat_id > 0:
            await self.mark_unreachable(tx, UserId(chat_id))
            return None
        found = await store.get_by_chat(tx, chat_id)
        if found is None or found.group.chat_id != chat_id or not found.group.active:
            return None
        lost = {"active": False, "bot_status": "left"}
        return (await self._write(tx, found, By(None, now), "group.lost", lost, reason=reason)).group

    async def found_again(self, tx: Tx, chat_ids: Iterable[int], now: datetime) -> None:
        """Note that the bot is in these groups after all: somebody wrote there, or a message arrived."""
        for chat_id in sorted(set(chat_ids)):
            found = await store.get_by_chat(tx, chat_id)
            if found is None or found.group.chat_id != chat_id or found.group.active:
                continue
            status = "member" if found.bot.rights is None else "administrator"
            values = {"active": True, "bot_status": status}
            after = await self._write(tx, found, By(None, now), "group.found", values)
            for hook in self.on_found:
                await hook(tx, after.group, now)


_ACTIONS = {
    Presence.ADDED: "group.joined",
    Presence.REMOVED: "group.left",
    Presence.RIGHTS: "group.rights",
    Presence.NOTHING: "group.rights",
}


def _standing(before: Profile, standing: BotStanding) -> dict[str, Any]:
    if (before.bot.status, before.bot.rights) == (standing.status, standing.rights):
        return {}
    return {"bot_status": standing.status, "bot_rights": standing.rights, "bot_rights_at": standing.at}


_LOGGED_BY_STATUS = frozenset({"bot_rights", "bot_rights_at"})
_BOT_FIELDS = {"bot_status": "status", "bot_rights": "rights", "bot_rights_at": "at"}


def _value(profile: Profile, column: str) -> Any:
    if column in _BOT_FIELDS:
        return getattr(profile.bot, _BOT_FIELDS[column])
    return getattr(profile.group if column in _GROUP_FIELDS else profile, column)


def _with(before: Profile, group: Group, changed: dict[str, Any]) -> Profile:
    bot = replace(before.bot, **{_BOT_FIELDS[name]: value for name, value in changed.items() if name in _BOT_FIELDS})
    known = {name: value for name, value in changed.items() if name in {"added_by", "set_up_at"}}
    return replace(before, group=group, bot=bot, **known)


def _clean(text: str) -> str:
    # PostgreSQL stores no NUL.
    return text.replace("\0", "")

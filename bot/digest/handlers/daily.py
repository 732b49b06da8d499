"""The digest put together and sent: by the timer to everybody who reads it, by ``/digest now`` to who asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, assert_never

from bot.chats.rules.profile import PlaceKind, is_present
from bot.digest import service
from bot.digest import texts as say
from bot.digest.activity import service as activity
from bot.digest.activity import texts as say_activity
from bot.digest.handlers.parts import OWN, messages
from bot.digest.questions import service as questions
from bot.digest.rules import LATE, Defer, Pass, Readers, Send, Silent, Where, yesterday
from bot.kernel.roles import Right
from bot.tg import effects as fx
from bot.tg.access import learn_admins
from bot.tg.buttons import rows
from bot.tg.capability import DigestSection
from bot.tg.needs import AdministratorsNeed
from bot.timers import service as timers

if TYPE_CHECKING:
    from datetime import datetime

    from bot.chats.service import GroupBook
    from bot.db.engine import Tx
    from bot.digest.rules import Day
    from bot.digest.service import Schedule
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId
    from bot.members.rules import Person
    from bot.tg import envelope as env
    from bot.tg.capability import Due
    from bot.tg.context import Scope
    from bot.tg.effects import Keyboard
    from bot.tg.needs import Need

Sections = Callable[[], Sequence[DigestSection]]
"""The other capabilities' parts, asked for when a digest is written."""


class People(Protocol):
    """Who may read a digest for managers."""

    async def managers(self, tx: Tx, group: Group, right: Right) -> Sequence[Person]:
        """Return those who have a right in the group, the owner first."""
        ...

    def administrators_stale(self, group_id: GroupId, now: datetime) -> bool:
        """Say whether the administrators must be asked for before anybody's rights are judged; from memory."""
        ...


@dataclass(frozen=True, slots=True)
class Digest:
    """Timers, and what they send."""

    groups: GroupBook
    people: People
    schedule: Schedule
    sections: Sections

    # Timers

    def needs(self, due: Due) -> Sequence[Need]:
        """Ask who the administrators are where that is not known: they are whom the digest goes to."""
        group = self.groups.by_id(int(due.key))
        if group is None or not self.people.administrators_stale(group.id, due.due_at):
            return ()
        return (AdministratorsNeed(group.chat_id),)

    async def daily(self, scope: Scope, due: Due) -> None:
        """The hour has come, perhaps while the bot was down: how late is too late is for the rules to say."""
        await self._come(scope, due, deferred=False)

    async def deferred(self, scope: Scope, due: Due) -> None:
        """The quiet hours in which a digest was due are over."""
        await self._come(scope, due, deferred=True)

    async def purge(self, scope: Scope, _due: Due) -> None:
        """Delete what is too old, and come again."""
        await activity.purge(scope.tx, scope.now)
        await questions.purge(scope.tx, scope.now)
        again = scope.now + service.PURGE_EVERY
        await timers.set_timer(scope.tx, service.CAPABILITY, service.PURGE, service.PURGE, again)

    async def on_bot_status(self, scope: Scope, update: env.Update) -> None:
        """The bot was added to a group, or came back: its digest begins."""
        change = update.my_chat_member
        if change is None or change.chat.type not in {"group", "supergroup"}:
            return
        if is_present(change.new_chat_member.status, is_member=change.new_chat_member.is_member):
            group = await scope.ports.groups.admit(scope.tx, change.chat, scope.now)
            await self.schedule.welcome(scope.tx, group, scope.now)

    async def _come(self, scope: Scope, due: Due, *, deferred: bool) -> None:
        group = self.groups.by_id(int(due.key))
        if group is None:
            return
        verdict = await service.has_come(scope.tx, group, scope.now, deferred=deferred)
        match verdict:
            case Send(day):
                if await self._is_for_others(scope.tx, group):
                    return
                await learn_admins(scope, group)
                await self._send(scope, group, day)
            case Defer() | Pass() | Silent():
                pass
            case _:
                assert_never(verdict)

    async def _is_for_others(self, tx: Tx, group: Group) -> bool:
        """Say whether a group is there for the managers of others, who read theirs in it; it has one of its own if it says so."""
        if not self.groups.managed_from(group.chat_id):
            return False
        return (await service.get(tx, group.id)).where is Where.AUTO

    # To whom

    async def readers(self, tx: Tx, group: Group) -> Readers:
        """Return by name who would get a digest for managers now."""
        if group.managers_chat_id is not None:
            place = await self.groups.place_to_tell(tx, group)
            if place.kind is PlaceKind.MANAGERS:
                chat = self.groups.by_chat(place.chat_id)
                return Readers(chat=chat.title if chat is not None else "")
        reached, unreached = await self._reached(tx, group)
        return Readers(None, tuple(person.name for person in reached), tuple(person.name for person in unreached))

    async def _reached(self, tx: Tx, group: Group) -> tuple[list[Person], list[Person]]:
        managers = await self.people.managers(tx, group, Right.VIEW)
        able = await self.groups.reachable_of(tx, [person.user_id for person in managers])
        reached = [person for person in managers if person.user_id in able]
        return reached, [person for person in managers if person.user_id not in able]

    async def _send(self, scope: Scope, group: Group, day: Day) -> None:
        where = (await service.get(scope.tx, group.id)).where
        if where is Where.GROUP:
            await self._post(scope, group, day)
            return
        place = await self.groups.place_to_tell(scope.tx, group, "digest")
        if place.kind is PlaceKind.MANAGERS:
            texts = await self.groups.texts_at(scope.tx, place, group, scope.ports.people)
            self._put(scope, group, place.chat_id, await self.written(scope, group, day, texts))
            return
        reached, _ = await self._reached(scope.tx, group)
        if reached:
            await self._send_each(scope, group, day, reached)
        elif where is Where.AUTO:
            await self._post(scope, group, day, openly=True)
        elif await service.may_tell_unreachable(scope.tx, group, scope.now):
            texts = scope.texts(group)
            keys = start_keys(scope, group, texts)
            scope.send(group.chat_id, say.unreachable(texts), keys, thread_id=group.thread_for("digest"))

    async def _send_each(self, scope: Scope, group: Group, day: Day, readers: Sequence[Person]) -> None:
        written: dict[str, list[Html]] = {}
        for person in readers:
            texts = await scope.texts_of(person.user_id, group)
            if texts.locale not in written:
                written[texts.locale] = await self.written(scope, group, day, texts)
            self._put(scope, group, person.user_id, written[texts.locale])

    async def _post(self, scope: Scope, group: Group, day: Day, *, openly: bool = False) -> None:
        texts = scope.texts(group)
        more = (say.openly(texts),) if openly else ()
        parts = await self.written(scope, group, day, texts, more)
        self._put(scope, group, group.chat_id, parts, thread_id=group.thread_for("digest"), silent=True)

    @staticmethod
    def _put(
        scope: Scope,
        group: Group,
        chat_id: int,
        parts: Sequence[Html],
        *,
        thread_id: int | None = None,
        silent: bool = False,
    ) -> None:
        # What Telegram lets us send only much later would be read as today's.
        expires = scope.now + LATE
        for html in parts:
            message = fx.SendMessage(chat_id, str(html), thread_id=thread_id, silent=silent)
            scope.effects.put(message, priority=fx.Priority.BROADCAST, expires=expires, group_id=group.id)

    # What it says

    async def written(
        self, scope: Scope, group: Group, day: Day, texts: Texts, more: Sequence[Html] = ()
    ) -> list[Html]:
        """Write the digest of a day, as messages; ``more`` goes to its end."""
        sections = sorted((*OWN, *self.sections()), key=lambda section: section.order)
        found = [await section.render(scope, group, day.since, day.until, texts) for section in sections]
        said = [html for html in found if html]
        return messages([say.head(texts, group, day.date), *(said or [say.quiet_day(texts)]), *more])

    async def written_now(self, scope: Scope, group: Group, texts: Texts) -> list[Html]:
        """Write yesterday's digest, and how today goes so far."""
        today = (await activity.compared(scope.tx, group.id, group.local(scope.now).date())).day
        more = (say_activity.so_far(texts, today),)
        return await self.written(scope, group, yesterday(group, scope.now), texts, more)


def start_keys(scope: Scope, group: Group, texts: Texts) -> Keyboard:
    """Return the button that leads into the private chat, which then means this group."""
    url = f"https://t.me/{scope.bot_username}?start=g-{group.id}"
    return rows((fx.Key(say.start_label(texts), url=url),))

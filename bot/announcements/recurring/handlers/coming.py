"""What comes by itself: the dates of recurring announcements, and another time zone of the group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.announcements import service as announcements
from bot.announcements.handlers import codes as core_codes
from bot.announcements.recurring import rules, service
from bot.announcements.recurring import texts as say
from bot.announcements.recurring.handlers import codes
from bot.announcements.recurring.rules import Phase
from bot.announcements.recurring.service import Came, Stopped
from bot.kernel.roles import Right
from bot.tg.access import standing_of
from bot.tg.buttons import rows
from bot.tg.needs import AdministratorsNeed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.announcements.handlers.desk import Desk
    from bot.announcements.handlers.posting import Posting
    from bot.announcements.rules.announcement import Announcement
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.kernel.ids import UserId
    from bot.tg.capability import Due
    from bot.tg.context import Scope
    from bot.tg.needs import Need


@dataclass(frozen=True, slots=True)
class Coming:
    """The timer, with the desk at which managers are told."""

    desk: Desk
    posting: Posting

    def needs(self, due: Due) -> list[Need]:
        """Have Telegram asked who the administrators are: whoever set the rule may have ceased to be one."""
        group = self.desk.places.by_id(due.group_id) if due.group_id is not None else None
        return [AdministratorsNeed(group.chat_id)] if group is not None and group.active else []

    async def due(self, scope: Scope, due: Due) -> None:
        """Make the announcement of the date that has come; the core's own timer lets it go out."""
        one = await service.get(scope.tx, int(due.key))
        group = None if one is None else scope.group(one.group_id)
        if one is None or group is None:
            return
        pattern = await announcements.get(scope.tx, one.item_id)
        author = (
            None if pattern is None or await self._may(scope, group, pattern.author_id, Right.ANNOUNCE) else pattern
        )
        may = author is None and await self._may(scope, group, one.manager_id, Right.PUBLISH)
        done = await service.come_due(scope.tx, group, one.id, may_publish=may, now=scope.now)
        core_codes.changed_by_id(scope, one.item_id)
        match done:
            case Came(pattern=pattern, item=item, earlier=earlier):
                await self.posting.occurred(scope, group, pattern, item)
                if earlier:
                    await self._tell_passed(scope, group, pattern, earlier)
            case Stopped():
                await self._tell_stopped(scope, group, done, None if author is None else author.author_name)
            case None:
                return

    async def _tell_passed(self, scope: Scope, group: Group, pattern: Announcement, earlier: int) -> None:
        place, texts = await self.desk.place_to_tell(scope, group)
        await self.desk.tell(scope, group, place, say.told_passed(texts, pattern.number, earlier, group))

    @staticmethod
    async def _may(scope: Scope, group: Group, user_id: UserId, right: Right) -> bool:
        """Say whether somebody still may. Where the bot is not any more nobody is asked: the announcement fails by itself."""
        return not group.active or (await standing_of(scope, group, user_id, core_codes.SENDERS)).may(right)

    async def put_away(self, scope: Scope, group: Group, item: Announcement) -> None:
        """Let no date of one come whose text was put away, and say so at once."""
        stopped = await service.put_away(scope.tx, item, scope.now)
        if stopped is not None:
            core_codes.changed(scope, item)
            await self._tell_stopped(scope, group, stopped, None)

    async def _tell_stopped(self, scope: Scope, group: Group, done: Stopped, author: str | None) -> None:
        place, texts = await self.desk.place_to_tell(scope, group)
        html = say.told_stopped(texts, done.recurring, group, author, lost=done.lost)
        keys = rows((codes.ONE.key(texts.label(say.MENU), group, done.recurring.number),))
        await self.desk.tell(scope, group, place, html, keys)


async def new_zone(scope: Scope, group: Group, texts: Texts) -> Html | None:
    """Let all keep their hour on the group's new clock, and say when they come next."""
    moved = await service.rezone(scope.tx, group, scope.now)
    shown = [(one, rules.coming(one, scope.now, group.holidays, 1)) for one in moved if one.phase is not Phase.ENDED]
    for one in moved:
        core_codes.changed_by_id(scope, one.item_id)
    return say.new_clock(texts, shown) if shown else None


async def lines(scope: Scope, group: Group, item: Announcement, texts: Texts) -> Sequence[Html]:
    """Say on a pattern's card when it comes, or that it has ended."""
    rule_id = item.recurring_id or (item.recurred_id if rules.is_fit(item) else None)
    one = await service.get(scope.tx, rule_id) if rule_id is not None else None
    if one is None or one.item_id != item.id:
        return ()
    return (say.on_pattern(texts, one, rules.coming(one, scope.now, group.holidays, 1)),)

"""Recurring announcements on both databases: their dates, their acts, and what is kept of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.announcements import service as announcements
from bot.announcements.recurring import service
from bot.announcements.recurring.rules import Already, NoDates, NoneSuch, Phase, Recurring, Set
from bot.announcements.recurring.service import Came, Stopped
from bot.announcements.rules.announcement import Announcement, By, State
from bot.announcements.rules.content import Content, File, Link
from bot.announcements.rules.house import Review
from bot.announcements.rules.life import AskReview, Go
from bot.announcements.rules.outcomes import Done
from bot.announcements.rules.review import shown
from bot.audit import service as audit
from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, GroupId, UserId
from bot.kernel.recurrence import Freq, Recurrence
from bot.kernel.roles import RIGHTS_OF, Role
from bot.timers import service as timers

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
DAILY = Recurrence(datetime(2027, 3, 10, 9, 0), "UTC", Freq.DAILY)  # noqa: DTZ001
FIRST = datetime(2027, 3, 11, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
GROUP = Group(GroupId(1), ChatId(-1001), "Hikers", "en", "UTC")
ANNA = By(UserId(1), "Anna", RIGHTS_OF[Role.MANAGER])
BEN = By(UserId(2), "Ben", RIGHTS_OF[Role.MANAGER])
CONTENT = Content(
    "<b>Hello</b>", files=(File("photo", "a"), File("photo", "b")), links=((Link("x", "https://x.org"),),)
)


async def drafted(tx: Tx) -> Announcement:
    done = await announcements.draft(
        tx, GROUP.id, CONTENT, ANNA, NOW, options={"acknowledgement": "1"}, urgent=True, credit="Mei"
    )
    assert isinstance(done, Done)
    return done.item


async def begun(tx: Tx, rule: Recurrence = DAILY) -> tuple[Announcement, Recurring]:
    item = await drafted(tx)
    done = await service.begin(tx, item, rule, ANNA, NOW)
    assert isinstance(done, Set)
    return item, done.recurring


async def alarms(tx: Tx) -> list[datetime]:
    return [row.due_at for row in await timers.pending(tx, announcements.NAME, service.TIMER, GROUP.id)]


async def test_a_date_makes_an_announcement_like_its_pattern(database: Database) -> None:
    async with database.write() as tx:
        item, one = await begun(tx)
        assert await alarms(tx) == [FIRST]
        done = await service.come_due(tx, GROUP, one.id, may_publish=True, now=FIRST)
        assert isinstance(done, Came)
        assert await alarms(tx) == [FIRST + DAY]
        made = done.item
        assert (made.number, made.state, made.due_at) == (item.number + 1, State.SCHEDULED, FIRST)
        assert (made.content, made.options, made.urgent, made.credit) == (CONTENT, item.options, True, "Mei")
        assert (made.publisher_id, made.recurring_id) == (ANNA.user_id, one.id)
        going = [row.due_at for row in await timers.pending(tx, announcements.NAME, announcements.TIMER, GROUP.id)]
        assert going == [FIRST]
        assert await service.come_due(tx, GROUP, one.id, may_publish=True, now=FIRST) is None
        pattern = await announcements.get(tx, item.id)
        assert pattern is not None
        assert (pattern.state, pattern.recurring_id) == (State.DRAFT, one.id)
        assert (pattern.is_pattern, made.is_pattern) == (True, False)


async def test_what_is_changed_in_the_pattern_is_in_the_next_date(database: Database) -> None:
    async with database.write() as tx:
        item, one = await begun(tx)
        await announcements.edit(tx, GROUP.id, item.number, Content("Other words"), ANNA, NOW)
        done = await service.come_due(tx, GROUP, one.id, may_publish=True, now=FIRST)
    assert isinstance(done, Came)
    assert done.item.content.html == "Other words"


async def test_an_approval_goes_along_with_the_words_it_was_given_for(database: Database) -> None:
    async with database.write() as tx:
        await announcements.set_house(tx, GROUP.id, ANNA, NOW, review=Review.OTHER)
        item, one = await begun(tx)
        handed = await announcements.submit(tx, GROUP.id, item.number, ANNA, NOW)
        assert isinstance(handed, Done)
        approved = await announcements.approve(tx, GROUP.id, item.number, shown(handed.item), BEN, NOW)
        assert isinstance(approved, Done)
        assert await verdict_of(tx, one, FIRST) is Go
        await announcements.edit(tx, GROUP.id, item.number, Content("Other words"), ANNA, NOW)
        assert await verdict_of(tx, one, FIRST + DAY) is AskReview


async def verdict_of(tx: Tx, one: Recurring, at: datetime) -> type[object]:
    """Let a date come, and return what becomes of its announcement."""
    done = await service.come_due(tx, GROUP, one.id, may_publish=True, now=at)
    assert isinstance(done, Came)
    verdict, _ = await announcements.come_due(tx, done.item, GROUP, may_write=True, may_publish=True, now=at)
    return type(verdict)


async def test_dates_the_bot_was_down_for_make_one_announcement(database: Database) -> None:
    async with database.write() as tx:
        _, one = await begun(tx)
        done = await service.come_due(tx, GROUP, one.id, may_publish=True, now=FIRST + 3 * DAY)
        assert isinstance(done, Came)
        assert (done.item.due_at, done.earlier) == (FIRST + 3 * DAY, 3)
        assert await alarms(tx) == [FIRST + 4 * DAY]


async def test_it_ends_after_its_count_and_can_begin_anew(database: Database) -> None:
    async with database.write() as tx:
        item, one = await begun(tx, replace(DAILY, count=2))
        done = await service.come_due(tx, GROUP, one.id, may_publish=True, now=FIRST)
        assert isinstance(done, Came)
        assert done.recurring.phase is Phase.ENDED
        assert await alarms(tx) == []
        assert await service.find(tx, GROUP.id, item.number) == NoneSuch(item.number)
        pattern = await announcements.get(tx, item.id)
        assert pattern is not None
        assert pattern.recurring_id is None
        again = await service.begin(tx, pattern, DAILY, BEN, FIRST)
        assert isinstance(again, Set)
        assert (again.recurring.id, again.recurring.manager_name) == (one.id, "Ben")


async def test_people_pause_skip_resume_and_end_it(database: Database) -> None:
    async with database.write() as tx:
        item, one = await begun(tx)
        number = item.number
        assert isinstance(await service.begin(tx, item, DAILY, ANNA, NOW), Already)
        skipped = await service.skip(tx, GROUP, number, BEN, NOW)
        assert isinstance(skipped, Set)
        assert await alarms(tx) == [FIRST + DAY]
        wanted = (FIRST + 2 * DAY).toordinal()
        assert isinstance(await service.skip(tx, GROUP, number, BEN, NOW, wanted), Set)
        assert isinstance(await service.skip(tx, GROUP, number, BEN, NOW, wanted), NoDates)
        assert isinstance(await service.pause(tx, GROUP, number, BEN, NOW), Set)
        assert await alarms(tx) == []
        assert await service.come_due(tx, GROUP, one.id, may_publish=True, now=FIRST + DAY) is None
        resumed = await service.resume(tx, GROUP, number, BEN, NOW)
        assert isinstance(resumed, Set)
        assert resumed.recurring.manager_name == "Ben"
        weekly = Recurrence(datetime(2027, 3, 15, 8, 0), "UTC", Freq.WEEKLY)  # noqa: DTZ001
        assert isinstance(await service.set_rule(tx, GROUP, number, weekly, ANNA, NOW), Set)
        assert await alarms(tx) == [datetime(2027, 3, 15, 8, 0, tzinfo=UTC)]
        assert [one.number for one in await service.going_on(tx, GROUP.id)] == [number]
        assert isinstance(await service.end(tx, GROUP, number, ANNA, NOW), Set)
        assert await service.going_on(tx, GROUP.id) == []
        assert await service.end(tx, GROUP, number, ANNA, NOW) == NoneSuch(number)
        log = [entry.action for entry in await audit.entries(tx, GROUP.id, limit=20)]
    for action in ("begun", "skipped", "paused", "resumed", "ruled", "ended"):
        assert f"recurring.{action}" in log


async def test_a_rule_that_is_over_is_not_resumed(database: Database) -> None:
    async with database.write() as tx:
        item, _ = await begun(tx, replace(DAILY, until=date(2027, 3, 12)))
        await service.pause(tx, GROUP, item.number, ANNA, NOW)
        assert isinstance(await service.resume(tx, GROUP, item.number, ANNA, FIRST + 9 * DAY), NoDates)


async def test_it_pauses_itself_when_nobody_answers_for_it(database: Database) -> None:
    async with database.write() as tx:
        _, one = await begun(tx)
        done = await service.come_due(tx, GROUP, one.id, may_publish=False, now=FIRST)
        assert isinstance(done, Stopped)
        assert (done.lost, done.recurring.phase) == (False, Phase.PAUSED)
        assert await alarms(tx) == []
        other, second = await begun(tx)
        await announcements.cancel(tx, GROUP.id, other.number, ANNA, NOW)
        gone = await service.come_due(tx, GROUP, second.id, may_publish=True, now=FIRST)
        assert isinstance(gone, Stopped)
        assert gone.lost


async def test_a_holiday_is_passed_over_when_it_comes(database: Database) -> None:
    feast = replace(GROUP, holidays=frozenset({FIRST.date()}))
    async with database.write() as tx:
        _, one = await begun(tx, replace(DAILY, no_holidays=True))
        assert await service.come_due(tx, feast, one.id, may_publish=True, now=FIRST) is None
        assert await alarms(tx) == [FIRST + DAY]


async def test_another_zone_moves_all_that_go_on(database: Database) -> None:
    moved_to = replace(GROUP, zone="Asia/Shanghai")
    async with database.write() as tx:
        await begun(tx)
        (one,) = await service.rezone(tx, moved_to, NOW)
        assert one.rule.zone == "Asia/Shanghai"
        assert await alarms(tx) == [datetime(2027, 3, 11, 1, 0, tzinfo=UTC)]
        read = await service.get(tx, one.id)
    assert read == one

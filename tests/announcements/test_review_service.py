"""Reviews, settings, shelves and taking back, as they are stored, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.announcements import service
from bot.announcements.rules.announcement import Announcement, By, State
from bot.announcements.rules.content import Content, File, Link
from bot.announcements.rules.house import House, Review
from bot.announcements.rules.outcomes import Done, NotReviewer, Unreviewed
from bot.announcements.rules.review import shown
from bot.announcements.rules.shelves import Shelf
from bot.audit import service as audit
from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, GroupId, MessageId, UserId
from bot.kernel.roles import RIGHTS_OF, Role
from bot.timers import service as timers

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)
GROUP = Group(GroupId(1), ChatId(-1001), "Hikers", "en", "UTC")
ANNA = By(UserId(1), "Anna", RIGHTS_OF[Role.OWNER])
BEN = By(UserId(2), "Ben", RIGHTS_OF[Role.MANAGER])
EDDA = By(UserId(3), "Edda", RIGHTS_OF[Role.EDITOR])
RICH = Content("Hello", files=(File("photo", "f"), File("video", "g")), links=((Link("More", "https://a.example"),),))


def done(outcome: object) -> Announcement:
    assert isinstance(outcome, Done), outcome
    return outcome.item


async def reviewing(tx: Tx, review: Review = Review.OTHER) -> None:
    assert await service.set_house(tx, GROUP.id, ANNA, NOW, review=review) == (House(), House(review))


async def published(tx: Tx) -> Announcement:
    item = done(await service.draft(tx, GROUP.id, Content("Hello"), EDDA, NOW))
    item = done(await service.submit(tx, GROUP.id, item.number, EDDA, NOW))
    item = done(await service.approve(tx, GROUP.id, item.number, shown(item), BEN, NOW))
    item = done(await service.publish(tx, GROUP, item.number, BEN, NOW))
    after = await service.posted(tx, service.result_key(item), GROUP.chat_id, MessageId(5), NOW)
    assert after is not None
    return after


async def test_settings_are_kept_and_changed_once(database: Database) -> None:
    async with database.write() as tx:
        assert await service.house_of(tx, GROUP.id) == House()
        half, owner = timedelta(minutes=30), House(Review.OWNER, timedelta(minutes=30))
        assert await service.set_house(tx, GROUP.id, BEN, NOW, review=Review.OWNER, late=half) == (House(), owner)
        assert await service.set_house(tx, GROUP.id, BEN, NOW, late=half) == (owner, owner)
        assert await service.set_house(tx, GROUP.id, BEN, NOW, review=Review.NONE) is None
        assert await service.house_of(tx, GROUP.id) == owner
        assert await service.set_house(tx, GROUP.id, ANNA, NOW, review=Review.NONE, late=timedelta(hours=1)) is not None
        assert await service.house_of(tx, GroupId(2)) == House()
        (last, first) = await audit.entries(tx, GROUP.id)
    assert (first.after, last.after) == ({"review": "owner", "late": 30}, {"review": "none", "late": 60})


async def test_everything_of_a_content_and_its_options_is_kept(database: Database) -> None:
    async with database.write() as tx:
        drafted = await service.draft(tx, GROUP.id, RICH, EDDA, NOW, options={"sharing": "on"}, credit="Mei")
        item = done(drafted)
        assert await service.find(tx, GROUP.id, item.number) == item
        assert (item.content, item.options, item.credit, item.writer_id) == (
            RICH,
            {"sharing": "on"},
            "Mei",
            EDDA.user_id,
        )
        copy = done(await service.copy(tx, GROUP.id, item.number, BEN, NOW))
        assert (copy.content, copy.options, copy.author_id, copy.state) == (
            RICH,
            item.options,
            BEN.user_id,
            State.DRAFT,
        )
        set_to = done(await service.set_option(tx, GROUP.id, item.number, "acknowledgement", "on", BEN, NOW))
        assert set_to.options == {"sharing": "on", "acknowledgement": "on"}
        assert done(await service.set_option(tx, GROUP.id, item.number, "sharing", None, BEN, NOW)).options == {
            "acknowledgement": "on"
        }


async def test_who_wrote_and_who_approved_is_in_the_audit(database: Database) -> None:
    async with database.write() as tx:
        await reviewing(tx)
        item = await published(tx)
        changed = done(await service.edit(tx, GROUP.id, item.number, Content("Hi"), BEN, NOW))
        assert (changed.content, changed.pending) == (Content("Hello"), Content("Hi"))
        assert await service.get(tx, item.id) == changed
        refused = await service.approve(tx, GROUP.id, item.number, shown(changed), BEN, NOW)
        assert refused == NotReviewer(changed, Review.OTHER)
        assert done(await service.approve(tx, GROUP.id, item.number, shown(changed), ANNA, NOW)).content == Content(
            "Hi"
        )
        entries = await audit.entries(tx, GROUP.id)
    assert [(entry.action.partition(".")[2], entry.actor_name) for entry in reversed(entries)] == [
        ("settings", "Anna"),
        ("drafted", "Edda"),
        ("submitted", "Edda"),
        ("approved", "Ben"),
        ("published", "Ben"),
        ("change_handed_in", "Ben"),
        ("change_approved", "Anna"),
    ]


async def test_a_time_waits_for_the_review_and_goes_with_the_sending_back(database: Database) -> None:
    async with database.write() as tx:
        await reviewing(tx)
        item = done(await service.draft(tx, GROUP.id, Content("Hello"), BEN, NOW))
        assert await service.publish(tx, GROUP, item.number, BEN, NOW) == Unreviewed(item, Review.OTHER)
        timed = done(await service.schedule(tx, GROUP.id, item.number, LATER, BEN, NOW))
        assert (timed.state, timed.due_at) == (State.IN_REVIEW, LATER)
        assert len(await timers.pending(tx, service.NAME)) == 1
        back = done(await service.send_back(tx, GROUP.id, item.number, "Which gate?", ANNA, NOW))
        assert (back.state, back.remark, back.due_at) == (State.DRAFT, "Which gate?", None)
        assert await timers.pending(tx, service.NAME) == []
        again = done(await service.schedule(tx, GROUP.id, item.number, LATER, BEN, NOW))
        verdict, after = await service.come_due(tx, again, GROUP, may_write=True, may_publish=True, now=LATER)
        assert type(verdict).__name__ == "AskReview"
        assert (after.state, after.due_at) == (State.IN_REVIEW, None)


async def test_what_is_taken_back_keeps_who_and_why(database: Database) -> None:
    async with database.write() as tx:
        item = await published_plainly(tx)
        gone = done(await service.withdraw(tx, GROUP.id, item.number, "wrong date", BEN, NOW))
        assert (gone.state, gone.withdrawn_by, gone.withdrawn_why) == (State.WITHDRAWN, "Ben", "wrong date")
        assert gone.withdrawn_at == NOW


async def published_plainly(tx: Tx) -> Announcement:
    item = done(await service.draft(tx, GROUP.id, Content("Hello"), BEN, NOW))
    item = done(await service.publish(tx, GROUP, item.number, BEN, NOW))
    after = await service.posted(tx, service.result_key(item), GROUP.chat_id, MessageId(5), NOW)
    assert after is not None
    return after


async def test_urgent_is_kept_and_how_late_is_too_late(database: Database) -> None:
    async with database.write() as tx:
        item = done(await service.draft(tx, GROUP.id, Content("Hello"), BEN, NOW))
        assert done(await service.set_urgent(tx, GROUP.id, item.number, BEN, NOW, urgent=True)).urgent
        assert await service.is_late(tx, item, NOW, NOW + timedelta(minutes=61))
        assert not await service.is_late(tx, item, NOW, NOW + timedelta(minutes=60))
        await service.set_house(tx, GROUP.id, BEN, NOW, late=timedelta(0))
        assert await service.is_late(tx, item, NOW, NOW + timedelta(seconds=1))


async def test_shelves_are_counted_and_turned(database: Database) -> None:
    async with database.write() as tx:
        assert await service.shelves(tx, GROUP.id) == {}
        for number in range(5):
            await service.draft(tx, GROUP.id, Content(f"Draft {number}"), BEN, NOW)
        await service.draft(tx, GroupId(2), Content("Elsewhere"), BEN, NOW)
        await service.cancel(tx, GROUP.id, 2, BEN, NOW)
        assert await service.shelves(tx, GROUP.id) == {Shelf.DRAFTS: 4, Shelf.GONE: 1}
        first = await service.on_shelf(tx, GROUP.id, Shelf.DRAFTS, 1, 3)
        second = await service.on_shelf(tx, GROUP.id, Shelf.DRAFTS, 2, 3)
        assert [item.number for item in (*first, *second)] == [5, 4, 3, 1]

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.announcements import service
from bot.announcements.rules.announcement import Announcement, By, Pin, State
from bot.announcements.rules.content import Content, File, Link, NoAlbum
from bot.announcements.rules.gathering import Gathering
from bot.announcements.rules.outcomes import Done, FileFixed, ProtectionFixed
from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, GroupId, MessageId, UserId
from bot.kernel.roles import RIGHTS_OF, Role
from bot.timers import service as timers

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
GROUP = Group(GroupId(1), ChatId(-1001), "Hikers", "en", "UTC")
ANNA = By(UserId(1), "Anna", RIGHTS_OF[Role.MANAGER])
FILES = (File("photo", "a"), File("video", "b"), File("photo", "c"))
FROM = Gathering(-1001, "77", 1, None, "announcement")


async def drafted(tx: Tx, content: Content) -> Announcement:
    outcome = await service.draft(tx, GROUP.id, content, ANNA, NOW)
    assert isinstance(outcome, Done)
    return outcome.item


async def published(tx: Tx, content: Content) -> Announcement:
    item = await drafted(tx, content)
    outcome = await service.publish(tx, GROUP, item.number, ANNA, NOW)
    assert isinstance(outcome, Done)
    key = service.result_key(outcome.item)
    after = await service.posted(tx, key, GROUP.chat_id, MessageId(55), NOW, message_ids=(55, 56, 57))
    assert after is not None
    return after


async def test_an_album_grows_while_it_is_a_draft(database: Database) -> None:
    async with database.write() as tx:
        item = await drafted(tx, Content("Hello", "photo", "a"))
        await service.follow(tx, item, FROM, NOW)
        assert await service.followed(tx, [(-1001, "77"), (-1002, "78")]) == [(item.id, FROM)]
        assert await service.followed(tx, [(-1002, "77")]) == []
        await service.gather(tx, item.id, FILES, NOW + timedelta(seconds=1))
        grown = await service.get(tx, item.id)
        (timer,) = await timers.pending(tx, service.NAME, service.ALBUM)
        assert grown is not None
        assert (grown.content, timer.due_at) == (Content("Hello", files=FILES), NOW + timedelta(seconds=2))
        await service.shown(tx, grown, FROM, 3, NOW)
        after = await service.following(tx, item.id)
        assert after is not None
        assert after.shown == 3
        await service.leave(tx, item.id)
        assert await service.following(tx, item.id) is None


async def test_it_grows_no_more_when_it_is_out_nor_into_what_telegram_refuses(database: Database) -> None:
    async with database.write() as tx:
        mixed = (*FILES, File("document", "d"))
        item = await drafted(tx, Content("Hello", files=FILES))
        await service.gather(tx, item.id, mixed, NOW)
        assert (await service.get(tx, item.id)) == item
        out = await published(tx, Content("Hello", files=FILES[:2]))
        await service.gather(tx, out.id, FILES, NOW)
        assert (await service.get(tx, out.id)) == out
        assert await service.draft(tx, GROUP.id, Content("", files=mixed), ANNA, NOW) == NoAlbum(
            ("photo", "video", "photo", "document")
        )


async def test_where_all_of_an_album_stands_is_kept(database: Database) -> None:
    async with database.write() as tx:
        item = await published(tx, Content("Hello", files=FILES, links=((Link("Map", "https://a.org"),),)))
        assert (item.message_ids, item.below_id, item.pin) == ((55, 56, 57), None, Pin.ASKED)
        below = await service.keys_posted(tx, item.id, MessageId(58))
        assert below is not None
        assert (below.below_id, await service.get(tx, item.id)) == (58, below)
        draft = await drafted(tx, Content("Hello"))
        assert await service.keys_posted(tx, draft.id, MessageId(59)) is None
        again = await service.edit(tx, GROUP.id, item.number, Content("Other words"), ANNA, NOW)
        assert isinstance(again, Done)
        assert (again.item.content.files, again.item.below_id, again.item.state) == (FILES, 58, State.PUBLISHED)


async def test_files_and_protection_of_what_is_published_stay(database: Database) -> None:
    async with database.write() as tx:
        item = await published(tx, Content("Hello", files=FILES))
        fixed = await service.edit(tx, GROUP.id, item.number, Content("", files=FILES[:2]), ANNA, NOW)
        assert fixed == FileFixed(item.number)

        def protect(content: Content) -> Content:
            return Content(content.html, files=content.files, protected=True)

        outcome = await service.change(tx, GROUP.id, item.number, protect, ANNA, NOW, "confidential")
        assert outcome == ProtectionFixed(item.number)
        draft = await drafted(tx, Content("Hello", files=FILES))
        changed = await service.change(tx, GROUP.id, draft.number, protect, ANNA, NOW, "confidential")
        copied = await service.copy(tx, GROUP.id, draft.number, ANNA, NOW)
        assert isinstance(changed, Done)
        assert isinstance(copied, Done)
        assert changed.item.content.protected
        assert copied.item.content == changed.item.content

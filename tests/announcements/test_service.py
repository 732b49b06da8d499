from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.announcements import service
from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import Announcement, By, Pin, State
from bot.announcements.rules.content import Content, Empty, TooLong
from bot.announcements.rules.life import Go, Hold, HoldBack
from bot.announcements.rules.outcomes import Done, FileFixed, NotAllowed, NotNow, Past, Quiet, Unknown
from bot.audit import service as audit
from bot.kernel.groups import Group, QuietHours
from bot.kernel.ids import ChatId, GroupId, MessageId, UserId
from bot.kernel.roles import RIGHTS_OF, Role
from bot.timers import service as timers

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)
GROUP = Group(GroupId(1), ChatId(-1001), "Hikers", "en", "UTC")
NIGHTLY = Group(GroupId(1), ChatId(-1001), "Hikers", "en", "UTC", quiet=(QuietHours(time(22), time(7, 30)),))
ANNA = By(UserId(1), "Anna", RIGHTS_OF[Role.MANAGER])
EDDA = By(UserId(2), "Edda", RIGHTS_OF[Role.EDITOR])
HELLO = Content("<b>Hello</b>")


async def drafted(tx: Tx, by: By = ANNA, content: Content = HELLO) -> Announcement:
    outcome = await service.draft(tx, GROUP.id, content, by, NOW)
    assert isinstance(outcome, Done)
    return outcome.item


async def published(tx: Tx, content: Content = HELLO) -> Announcement:
    item = await drafted(tx, content=content)
    outcome = await service.publish(tx, GROUP, item.number, ANNA, NOW)
    assert isinstance(outcome, Done)
    key = service.result_key(outcome.item)
    after = await service.posted(tx, key, GROUP.chat_id, MessageId(55), NOW)
    assert after is not None
    return after


async def test_numbers_count_within_a_group(database: Database) -> None:
    async with database.write() as tx:
        first, second = await drafted(tx), await drafted(tx)
        other = await service.draft(tx, GroupId(2), HELLO, ANNA, NOW)
    assert (first.number, second.number) == (1, 2)
    assert isinstance(other, Done)
    assert other.item.number == 1
    assert (first.state, first.content, first.author_name, first.created_at) == (State.DRAFT, HELLO, "Anna", NOW)


async def test_what_cannot_be_posted_is_not_kept(database: Database) -> None:
    async with database.write() as tx:
        assert await service.draft(tx, GROUP.id, Content(""), ANNA, NOW) == Empty()
        long = await service.draft(tx, GROUP.id, Content("😀" * 2049), ANNA, NOW)
        assert await service.board(tx, GROUP.id) == []
    assert long == TooLong(4098, 4096, with_file=False)


async def test_a_text_with_what_databases_refuse_is_kept_without_it(database: Database) -> None:
    async with database.write() as tx:
        item = await drafted(tx, content=Content("a\0b\ud800"))
        assert (await service.find(tx, GROUP.id, item.number)) == item
    assert item.content.html == "ab?"


async def test_publishing_is_begun_once(database: Database) -> None:
    async with database.write() as tx:
        item = await drafted(tx)
        first = await service.publish(tx, GROUP, item.number, ANNA, NOW)
        second = await service.publish(tx, GROUP, item.number, ANNA, NOW)
    assert isinstance(first, Done)
    assert (first.item.state, first.item.attempt, first.item.publisher_id) == (State.PUBLISHING, 1, ANNA.user_id)
    assert second == NotNow(first.item, Act.PUBLISH)


async def test_an_editor_drafts_and_does_not_publish(database: Database) -> None:
    async with database.write() as tx:
        item = await drafted(tx, EDDA)
        assert await service.publish(tx, GROUP, item.number, EDDA, NOW) == NotAllowed(item)
        assert await service.schedule(tx, GROUP.id, item.number, LATER, EDDA, NOW) == NotAllowed(item)
        assert isinstance(await service.edit(tx, GROUP.id, item.number, Content("Hi"), EDDA, NOW), Done)
        scheduled = await service.schedule(tx, GROUP.id, item.number, LATER, ANNA, NOW)
        assert isinstance(scheduled, Done)
        refused = await service.edit(tx, GROUP.id, item.number, Content("Boo"), EDDA, NOW)
        assert refused == NotAllowed(scheduled.item)


async def test_another_groups_number_is_unknown(database: Database) -> None:
    async with database.write() as tx:
        item = await drafted(tx)
        assert await service.find(tx, GroupId(2), item.number) == Unknown(item.number)
        assert await service.cancel(tx, GroupId(2), item.number, ANNA, NOW) == Unknown(item.number)
        assert await service.can(tx, GroupId(2), item.number, Act.EDIT, ANNA) == Unknown(item.number)


async def test_a_time_is_set_moved_and_cancelled(database: Database) -> None:
    async with database.write() as tx:
        item = await drafted(tx)
        assert await service.schedule(tx, GROUP.id, item.number, NOW, ANNA, NOW) == Past(NOW)
        await service.schedule(tx, GROUP.id, item.number, LATER, ANNA, NOW)
        await service.schedule(tx, GROUP.id, item.number, LATER + timedelta(hours=1), ANNA, NOW)
        (row,) = await timers.pending(tx, service.NAME)
        assert (row.key, row.due_at, row.group_id) == (str(item.id), LATER + timedelta(hours=1), GROUP.id)
        outcome = await service.cancel(tx, GROUP.id, item.number, ANNA, NOW)
        assert isinstance(outcome, Done)
        assert (outcome.before, outcome.item.state) == (State.SCHEDULED, State.CANCELLED)
        assert await timers.pending(tx, service.NAME) == []
        back = await service.restore(tx, GROUP.id, item.number, ANNA, NOW)
        assert isinstance(back, Done)
        assert (back.item.state, back.item.due_at) == (State.DRAFT, None)


async def test_publishing_by_hand_takes_the_time_away(database: Database) -> None:
    async with database.write() as tx:
        item = await drafted(tx)
        await service.schedule(tx, GROUP.id, item.number, LATER, ANNA, NOW)
        await service.publish(tx, GROUP, item.number, ANNA, NOW)
        assert await timers.pending(tx, service.NAME) == []


async def test_quiet_hours_ask_once_and_hold_what_is_scheduled(database: Database) -> None:
    night = datetime(2026, 11, 28, 23, 0, tzinfo=UTC)
    morning = datetime(2026, 11, 29, 7, 30, tzinfo=UTC)
    async with database.write() as tx:
        item = await drafted(tx)
        assert await service.publish(tx, NIGHTLY, item.number, ANNA, night) == Quiet(item, morning)
        scheduled = await service.schedule(tx, GROUP.id, item.number, night, ANNA, NOW)
        assert isinstance(scheduled, Done)
        held = await service.come_due(tx, scheduled.item, NIGHTLY, may_write=True, may_publish=True, now=night)
        assert held == (Hold(morning), replace(scheduled.item, due_at=morning))
        (row,) = await timers.pending(tx, service.NAME)
        assert row.due_at == row.wanted_at == morning
        go, after = await service.come_due(tx, scheduled.item, NIGHTLY, may_write=True, may_publish=True, now=morning)
        assert go == Go(after)
        assert after.state is State.PUBLISHING
        other = await drafted(tx)
        assert isinstance(await service.publish(tx, NIGHTLY, other.number, ANNA, night, in_quiet=True), Done)


async def test_a_scheduler_who_lost_the_right_publishes_nothing(database: Database) -> None:
    async with database.write() as tx:
        item = await drafted(tx)
        scheduled = await service.schedule(tx, GROUP.id, item.number, LATER, ANNA, NOW)
        assert isinstance(scheduled, Done)
        verdict, after = await service.come_due(tx, scheduled.item, GROUP, may_write=True, may_publish=False, now=LATER)
    assert verdict == HoldBack(after)
    assert (after.state, after.due_at) == (State.DRAFT, None)


async def test_a_missed_one_waits_for_a_decision(database: Database) -> None:
    async with database.write() as tx:
        item = await drafted(tx)
        assert await service.miss(tx, item, NOW) is None
        scheduled = await service.schedule(tx, GROUP.id, item.number, LATER, ANNA, NOW)
        assert isinstance(scheduled, Done)
        missed = await service.miss(tx, scheduled.item, LATER + timedelta(days=1))
        assert missed is not None
        assert missed.state is State.MISSED
        assert isinstance(await service.publish(tx, GROUP, item.number, ANNA, LATER), Done)


async def test_what_telegram_said_is_kept(database: Database) -> None:
    async with database.write() as tx:
        item = await published(tx)
        assert (item.state, item.message_id, item.posted_at, item.pin) == (State.PUBLISHED, 55, NOW, Pin.ASKED)
        key = service.result_key(item)
        pinned = await service.pinned(tx, key, "no_right", "not enough rights", NOW)
        assert pinned is not None
        assert (pinned.state, pinned.pin, pinned.problem) == (State.PUBLISHED, Pin.REFUSED, "not enough rights")
        asked = await service.ask_pin(tx, GROUP.id, item.number, ANNA, NOW)
        assert isinstance(asked, Done)
        done = await service.pinned(tx, key, None, "", NOW)
        assert done is not None
        assert (done.pin, done.problem) == (Pin.PINNED, "")
        again = await service.ask_pin(tx, GROUP.id, item.number, ANNA, NOW)
        assert again == NotNow(done, Act.PIN)


async def test_a_refused_one_can_be_tried_again_and_an_old_result_is_ignored(database: Database) -> None:
    async with database.write() as tx:
        item = await drafted(tx)
        first = await service.publish(tx, GROUP, item.number, ANNA, NOW)
        assert isinstance(first, Done)
        key = service.result_key(first.item)
        failed = await service.refused(tx, key, "other", "Bad Request: no", NOW)
        assert failed is not None
        assert (failed.state, failed.problem) == (State.FAILED, "Bad Request: no")
        second = await service.publish(tx, GROUP, item.number, ANNA, NOW)
        assert isinstance(second, Done)
        assert (second.item.attempt, second.item.problem) == (2, "")
        assert await service.posted(tx, key, GROUP.chat_id, MessageId(1), NOW) is None
        assert await service.unsure(tx, key, NOW) is None


async def test_an_uncertain_one_is_never_simply_published_again(database: Database) -> None:
    async with database.write() as tx:
        item = await drafted(tx)
        sent = await service.publish(tx, GROUP, item.number, ANNA, NOW)
        assert isinstance(sent, Done)
        unsure = await service.unsure(tx, service.result_key(sent.item), NOW)
        assert unsure is not None
        assert await service.publish(tx, GROUP, item.number, ANNA, NOW) == NotNow(unsure, Act.PUBLISH)
        again = await service.publish(tx, GROUP, item.number, ANNA, NOW, act=Act.AGAIN)
        assert isinstance(again, Done)
        assert again.item.attempt == 2
        await service.unsure(tx, service.result_key(again.item), NOW)
        there = await service.is_there(tx, GROUP.id, item.number, ANNA, NOW)
        assert isinstance(there, Done)
        assert (there.item.state, there.item.posted_at, there.item.pin) == (State.PUBLISHED, NOW, Pin.NONE)
        edit = await service.edit(tx, GROUP.id, item.number, Content("Hi"), ANNA, NOW)
        assert edit == NotNow(there.item, Act.EDIT)


async def test_of_a_published_one_only_the_words_change(database: Database) -> None:
    async with database.write() as tx:
        item = await published(tx, Content("Hello", "photo", "f"))
        number = item.number
        assert await service.edit(tx, GROUP.id, number, Content("", "photo", "g"), ANNA, NOW) == FileFixed(number)
        long = await service.edit(tx, GROUP.id, number, Content("x" * 1025), ANNA, NOW)
        assert long == TooLong(1025, 1024, with_file=True)
        edited = await service.edit(tx, GROUP.id, number, Content("Hi"), ANNA, NOW)
        assert isinstance(edited, Done)
        assert edited.item.content == Content("Hi", "photo", "f")


async def test_the_digest_is_told_what_was_sent_and_what_waits(database: Database) -> None:
    async with database.write() as tx:
        sent = await published(tx)
        draft = await drafted(tx)
        gone = await drafted(tx)
        await service.cancel(tx, GROUP.id, gone.number, ANNA, NOW)
        assert await service.sent_between(tx, GROUP.id, NOW, NOW + timedelta(days=1)) == [sent]
        assert await service.sent_between(tx, GROUP.id, NOW - timedelta(days=1), NOW) == []
        assert await service.waiting(tx, GROUP.id) == [draft]
        assert await service.board(tx, GROUP.id) == [draft, sent]
        assert await service.get(tx, draft.id) == draft


async def test_every_change_is_in_the_audit(database: Database) -> None:
    async with database.write() as tx:
        item = await drafted(tx, EDDA)
        await service.edit(tx, GROUP.id, item.number, Content("Hi"), ANNA, NOW)
        await service.schedule(tx, GROUP.id, item.number, LATER, ANNA, NOW)
        await service.cancel(tx, GROUP.id, item.number, ANNA, NOW)
        entries = await audit.entries(tx, GROUP.id)
    assert [(entry.action, entry.actor_name, entry.target_text) for entry in reversed(entries)] == [
        ("announcement.drafted", "Edda", "#1"),
        ("announcement.edited", "Anna", "#1"),
        ("announcement.scheduled", "Anna", "#1"),
        ("announcement.cancelled", "Anna", "#1"),
    ]
    edit = entries[2]
    assert (edit.before, edit.after) == ({"html": "<b>Hello</b>"}, {"html": "Hi"})

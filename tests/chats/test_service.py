"""Profiles on both databases: kept in memory after the commit, and only then."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date, time

import pytest

from bot.audit import service as audit
from bot.chats.handlers.linked import Linked
from bot.chats.rules.profile import BotChange, BotRight, BotStanding, By, Place, PlaceKind, Presence
from bot.chats.rules.typed import Unclear
from bot.chats.service import GroupBook
from bot.db.engine import Database, Tx
from bot.kernel.groups import Group, QuietHours
from bot.kernel.ids import ChatId, GroupId, ThreadId, UserId
from bot.tg import envelope as env
from tests.chats.conftest import NOW, KnownPeople

CHAT = env.Chat(id=-1001, type="supergroup", title="Hikers")
MANAGERS = env.Chat(id=-1002, type="supergroup", title="Hikers' helpers")
OWNER, HELPER, MEMBER = UserId(11), UserId(12), UserId(13)
BY = By(OWNER, NOW, "Olga")
FULL = BotStanding("administrator", frozenset(BotRight), NOW)
PLAIN = BotStanding("member", frozenset(), NOW)


async def admitted(database: Database, book: GroupBook, chat: env.Chat = CHAT) -> Group:
    async with database.write() as tx:
        return await book.admit(tx, chat, NOW)


async def test_a_group_is_in_memory_only_after_the_commit(database: Database, book: GroupBook) -> None:
    async with database.write() as tx:
        group = await book.admit(tx, CHAT, NOW)
        assert book.by_chat(CHAT.id) is None
    assert book.by_chat(CHAT.id) == group == book.by_id(group.id)
    assert (group.title, group.locale, group.zone, group.active) == ("Hikers", "en", "UTC", True)


async def fails_after_admitting(book: GroupBook, tx: Tx) -> None:
    await book.admit(tx, CHAT, NOW)
    raise RuntimeError


async def test_a_group_rolled_back_is_in_no_memory(database: Database, book: GroupBook) -> None:
    async def whole_turn() -> None:
        async with database.write() as tx:
            await fails_after_admitting(book, tx)

    with pytest.raises(RuntimeError):
        await whole_turn()
    async with database.write() as tx:
        with contextlib.suppress(RuntimeError):
            async with tx.savepoint():
                await fails_after_admitting(book, tx)
    assert not book.all()


async def test_a_group_admitted_twice_in_a_turn_is_one(database: Database, book: GroupBook) -> None:
    async with database.write() as tx:
        assert (await book.admit(tx, CHAT, NOW)).id == (await book.admit(tx, CHAT, NOW)).id


async def test_everything_survives_a_restart(database: Database, book: GroupBook) -> None:
    group = await admitted(database, book)
    quiet = (QuietHours(time(22), time(7, 30), frozenset({0, 4})),)
    async with database.write() as tx:
        await book.set_zone(tx, group.id, "Asia/Shanghai", BY)
        await book.set_locale(tx, group.id, "zh_Hans", BY)
        await book.set_quiet(tx, group.id, quiet, BY)
        await book.add_holidays(tx, group.id, [date(2026, 12, 25)], BY)
        await book.set_topic(tx, group.id, "events", ThreadId(7), BY)
        await book.set_label(tx, group.id, "hikes", BY)
        await book.set_managers_chat(tx, group.id, ChatId(-1002), BY)
    wanted = replace(
        group,
        zone="Asia/Shanghai",
        locale="zh_Hans",
        quiet=quiet,
        holidays=frozenset({date(2026, 12, 25)}),
        topics={"events": ThreadId(7)},
        label="hikes",
        managers_chat_id=ChatId(-1002),
    )
    assert book.by_id(group.id) == wanted
    again = GroupBook()
    async with database.read() as tx:
        await again.load(tx)
    assert again.by_chat(CHAT.id) == wanted
    assert list(again.managed_from(-1002)) == [wanted]


async def test_two_changes_in_one_turn_both_count(database: Database, book: GroupBook) -> None:
    group = await admitted(database, book)
    async with database.write() as tx:
        await book.set_topic(tx, group.id, "events", ThreadId(7), BY)
        await book.set_topic(tx, group.id, "digest", ThreadId(8), BY)
        await book.set_topic(tx, group.id, "events", None, BY)
        await book.set_zone(tx, group.id, "Europe/Paris", BY)
    after = book.by_id(group.id)
    assert after is not None
    assert (dict(after.topics), after.zone) == ({"digest": 8}, "Europe/Paris")


async def test_every_change_says_who_and_what_it_was(database: Database, book: GroupBook) -> None:
    group = await admitted(database, book)
    async with database.write() as tx:
        await book.set_zone(tx, group.id, "Asia/Shanghai", BY)
        await book.set_zone(tx, group.id, "Asia/Shanghai", BY)
        await book.add_holidays(tx, group.id, [date(2026, 12, 25)], BY)
        entries = await audit.entries(tx, group.id)
    assert [entry.action for entry in entries] == ["group.holidays", "group.zone", "group.met"]
    assert (entries[1].actor_id, entries[1].before, entries[1].after) == (
        OWNER,
        "UTC",
        "Asia/Shanghai",
    )
    assert entries[0].after == ["2026-12-25"]


async def test_too_many_holidays_change_nothing(database: Database, book: GroupBook) -> None:
    group = await admitted(database, book)
    days = [date.fromordinal(date(2027, 1, 1).toordinal() + step) for step in range(367)]
    async with database.write() as tx:
        assert await book.add_holidays(tx, group.id, days, BY) is Unclear.DATES_MANY
        assert (await book.add_holidays(tx, group.id, days[:3], BY)) != Unclear.DATES_MANY
        left = await book.remove_holidays(tx, group.id, days[:1], BY)
    assert left.holidays == frozenset(days[1:3])


# The bot comes, goes, and is given rights


def change(before: str, after: BotStanding, language: str | None = "en") -> BotChange:
    return BotChange(before != "left", after.status != "left", after, BY, language)


async def test_a_group_the_bot_is_added_to_takes_the_language_of_who_added_it(
    database: Database, book: GroupBook
) -> None:
    async with database.write() as tx:
        news = await book.bot_changed(tx, CHAT, change("left", PLAIN, "zh-hans"))
    assert (news.kind, news.set_up, news.group.locale, news.group.zone) == (
        Presence.ADDED,
        False,
        "zh_Hans",
        "Asia/Shanghai",
    )
    assert BotRight.RESTRICT in (news.lacking or ())
    async with database.read() as tx:
        assert (await book.profile(tx, news.group.id)).added_by == OWNER


async def test_a_chosen_language_stays_when_the_bot_is_added_again(database: Database, book: GroupBook) -> None:
    async with database.write() as tx:
        first = await book.bot_changed(tx, CHAT, change("left", FULL))
        await book.set_locale(tx, first.group.id, "zh_Hans", BY)
        await book.set_up(tx, first.group.id, BY)
        gone = await book.bot_changed(tx, CHAT, change("administrator", BotStanding("left", frozenset(), NOW)))
    assert (gone.kind, gone.group.active) == (Presence.REMOVED, False)
    async with database.write() as tx:
        back = await book.bot_changed(tx, CHAT, change("left", FULL, "en"))
    assert (back.kind, back.set_up, back.group.id) == (Presence.ADDED, True, first.group.id)
    assert (back.group.locale, back.group.active) == ("zh_Hans", True)


async def test_a_lost_right_is_news_once(database: Database, book: GroupBook) -> None:
    less = BotStanding("administrator", frozenset(BotRight) - {BotRight.PIN}, NOW)
    async with database.write() as tx:
        await book.bot_changed(tx, CHAT, change("left", FULL))
        assert (await book.bot_changed(tx, CHAT, change("administrator", less))).lost == (BotRight.PIN,)
        again = await book.bot_changed(tx, CHAT, change("administrator", less))
        assert (again.kind, again.lost) == (Presence.NOTHING, ())
        back = await book.bot_changed(tx, CHAT, change("administrator", FULL))
    assert (back.lost, back.gained, back.lacking) == ((), (BotRight.PIN,), ())


async def test_a_lost_chat_is_inactive_and_a_person_who_blocks_is_unreachable(
    database: Database, book: GroupBook
) -> None:
    group = await admitted(database, book)
    async with database.write() as tx:
        await book.mark_reachable(tx, OWNER)
        await book.chat_lost(tx, ChatId(OWNER), "bot was blocked by the user", NOW)
        await book.chat_lost(tx, group.chat_id, "bot was kicked", NOW)
        await book.chat_lost(tx, ChatId(-99), "never heard of", NOW)
        assert not await book.reachable(tx, OWNER)
        assert (await audit.entries(tx, group.id))[0].details == {"reason": "bot was kicked"}
    known = book.by_id(group.id)
    assert known is not None
    assert not known.active


# A group becomes a supergroup


async def test_a_group_that_becomes_a_supergroup_keeps_its_number(database: Database, book: GroupBook) -> None:
    basic = env.Chat(id=-55, type="group", title="Small")
    group = await admitted(database, book, basic)
    other = await admitted(database, book)
    async with database.write() as tx:
        await book.set_managers_chat(tx, other.id, ChatId(-55), BY)
    async with database.write() as tx:
        moved = await book.migrate(tx, -55, -10077, By(None, NOW))
        assert await book.migrate(tx, -55, -10077, By(None, NOW)) is None
    assert moved is not None
    assert (moved.id, moved.chat_id, moved.kind) == (group.id, -10077, "supergroup")
    assert book.by_chat(-10077) == book.by_chat(-55) == moved
    assert [managed.id for managed in book.managed_from(-10077)] == [other.id]
    again = GroupBook()
    async with database.write() as tx:
        await again.load(tx)
        assert (await again.admit(tx, basic, NOW)).id == group.id
    assert again.by_chat(-55) == moved


async def test_a_supergroup_met_before_the_news_of_its_migration_gives_way(database: Database, book: GroupBook) -> None:
    group = await admitted(database, book, env.Chat(id=-55, type="group", title="Small"))
    newcomer = await admitted(database, book)
    async with database.write() as tx:
        met = await book.newcomer(tx, -55, CHAT.id)
        moved = await book.migrate(tx, -55, CHAT.id, By(None, NOW))
        assert await book.newcomer(tx, -55, CHAT.id) is None
    assert met is not None
    assert moved is not None
    assert (met.group.id, moved.id) == (newcomer.id, group.id)
    assert book.by_chat(CHAT.id) == moved
    assert book.by_id(newcomer.id) is None
    async with database.read() as tx:
        with pytest.raises(LookupError):
            await book.profile(tx, newcomer.id)


async def test_a_new_title_is_taken_over(database: Database, book: GroupBook) -> None:
    group = await admitted(database, book)
    async with database.write() as tx:
        renamed = env.Chat(id=CHAT.id, type="supergroup", title="Climbers\0", is_forum=True)
        await book.sync(tx, group, renamed, BY)
        await book.sync(tx, group, env.Chat(id=-9, type="supergroup", title="Another"), BY)
    after = book.by_id(group.id)
    assert after is not None
    assert (after.title, after.is_forum) == ("Climbers", True)


# Private conversations, and where managers are spoken to


async def test_the_only_group_is_meant_until_another_is_chosen(
    database: Database, book: GroupBook, people: KnownPeople
) -> None:
    first, second = await admitted(database, book), await admitted(database, book, MANAGERS)
    people.members = {first.id: [MEMBER]}
    async with database.write() as tx:
        assert await book.focus(tx, MEMBER) == first.id
        people.members[second.id] = [MEMBER]
        assert await book.focus(tx, MEMBER) is None
        await book.set_focus(tx, MEMBER, second.id)
        assert await book.focus(tx, MEMBER) == second.id
        assert [group.title for group in await book.groups_of(tx, MEMBER)] == ["Hikers", "Hikers' helpers"]


async def test_an_inactive_group_is_no_longer_meant(database: Database, book: GroupBook) -> None:
    group = await admitted(database, book)
    async with database.write() as tx:
        await book.set_focus(tx, MEMBER, group.id)
        await book.chat_lost(tx, group.chat_id, "kicked", NOW)
    async with database.write() as tx:
        assert await book.focus(tx, MEMBER) is None


async def test_a_group_that_was_taken_for_lost_is_found_again(database: Database, book: GroupBook) -> None:
    group = await admitted(database, book)
    async with database.write() as tx:
        lost = await book.chat_lost(tx, group.chat_id, "Chat not found", NOW)
        assert await book.chat_lost(tx, group.chat_id, "Chat not found", NOW) is None
    assert lost is not None
    assert (lost.id, lost.active) == (group.id, False)
    async with database.write() as tx:
        await book.found_again(tx, [group.chat_id, group.chat_id, -99], NOW)
    found = book.by_id(group.id)
    assert found is not None
    assert found.active
    async with database.read() as tx:
        assert (await book.profile(tx, group.id)).bot.status == "member"


async def test_the_linked_channel_is_learned_from_its_posts_and_from_comments(
    database: Database, book: GroupBook
) -> None:
    group, linked = await admitted(database, book), Linked(book)
    chat = env.Chat(group.chat_id, "supergroup", "Hikers")
    post = env.Message(1, 0, chat, sender_chat=env.Chat(-77, "channel", "News"), is_automatic_forward=True)
    answered = env.Replied(1, chat, sender_chat=env.Chat(-78, "channel", "More"), is_automatic_forward=True)
    comment = env.Message(2, 0, chat, env.User(5, "Mei"), text="nice", reply_to_message=answered)
    other = env.Message(3, 0, chat, sender_chat=env.Chat(-79, "channel", "Ads"), text="buy")
    assert linked.see(env.Update(1, message=other), other, group) is None
    for message, channel_id in ((post, -77), (comment, -78)):
        seen = linked.see(env.Update(1, message=message), message, group)
        assert seen == (group.id, channel_id)
        async with database.write() as tx:
            await linked.flush(tx, [seen], NOW)
            found = (await book.profile(tx, group.id)).group
        shown = book.by_id(group.id)
        assert shown is not None
        assert shown.linked_chat_id == found.linked_chat_id == channel_id
        assert linked.see(env.Update(1, message=message), message, shown) is None


async def test_managers_are_spoken_to_in_private_then_among_themselves_then_in_the_group(
    database: Database, book: GroupBook
) -> None:
    group = await admitted(database, book)
    helpers = await admitted(database, book, MANAGERS)
    async with database.write() as tx:
        await book.set_topic(tx, group.id, "announcements", ThreadId(5), BY)
        group = await book.set_managers_chat(tx, group.id, helpers.chat_id, BY)
        await book.mark_reachable(tx, OWNER)
    async with database.write() as tx:
        private = await book.place_for_managers(tx, group, OWNER)
        shared = await book.place_for_managers(tx, group, HELPER)
        await book.chat_lost(tx, helpers.chat_id, "kicked", NOW)
    async with database.write() as tx:
        public = await book.place_for_managers(tx, group, HELPER, "announcements")
    assert private == Place(ChatId(OWNER), None, PlaceKind.PRIVATE, OWNER)
    assert shared == Place(helpers.chat_id, None, PlaceKind.MANAGERS)
    assert public == Place(group.chat_id, ThreadId(5), PlaceKind.GROUP)


async def test_news_go_to_the_first_manager_who_can_be_reached(
    database: Database, book: GroupBook, people: KnownPeople
) -> None:
    group = await admitted(database, book)
    people.known_managers = {group.id: [OWNER, HELPER]}
    async with database.write() as tx:
        assert (await book.place_to_tell(tx, group)).kind is PlaceKind.GROUP
        await book.mark_reachable(tx, HELPER)
        assert (await book.place_to_tell(tx, group)).user_id == HELPER
        await book.mark_reachable(tx, OWNER)
        assert (await book.place_to_tell(tx, group)).user_id == OWNER


def test_an_unknown_group_is_none() -> None:
    assert GroupBook().by_id(GroupId(1)) is None

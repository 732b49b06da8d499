"""What people do and what the bot answers, in whole turns."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bot.chats.rules.profile import BotRight, BotStanding, By
from bot.chats.service import GroupBook
from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, UserId
from bot.tg import effects as fx
from bot.tg import envelope as env
from tests.chats.conftest import KnownPeople
from tests.chats.stage import ALL, HEIDI, HELPERS, HIKERS, MEI, OLGA, Stage, html, keys, toast
from tests.databases import sqlite_database

rights_in_updates = pytest.mark.skipif(
    "can_pin_messages" not in env.ChatMember.__struct_fields__, reason="the envelope leaves the rights out"
)


@pytest.fixture
async def stage(tmp_path: Path, book: GroupBook, people: KnownPeople) -> AsyncIterator[Stage]:
    database = sqlite_database(tmp_path / "bot.db")
    made = Stage(database, book, people)
    await made.open()
    yield made
    await made.close()
    await database.close()


def hikers(stage: Stage) -> Group:
    group = stage.book.by_chat(HIKERS)
    assert group is not None
    return group


@pytest.fixture
async def group(stage: Stage) -> Group:
    """A group that Olga runs with Heidi, and in which Mei is."""
    async with stage.database.write() as tx:
        made = await stage.book.admit(tx, env.Chat(id=HIKERS, type="supergroup", title="Hikers"), stage.clock.now())
    stage.people.members = {made.id: [OLGA, HEIDI, MEI]}
    stage.people.known_managers = {made.id: [OLGA, HEIDI]}
    return made


async def helpers(stage: Stage) -> Group:
    """A second group, in which everybody is."""
    async with stage.database.write() as tx:
        made = await stage.book.admit(tx, env.Chat(id=HELPERS, type="supergroup", title="Helpers"), stage.clock.now())
    stage.people.members[made.id] = [OLGA, HEIDI, MEI]
    return made


# The guided start


async def test_the_bot_presents_itself_where_it_is_added(stage: Stage) -> None:
    sent = await stage.bot_status("left", "member")
    assert "Hikers" in html(sent)
    assert "<b>Pin messages</b> to pin announcements" in html(sent)
    assert {"✓ English", "简体中文", "✓ Done", "UTC (UTC+0)"} & keys(sent).keys() >= {"✓ English", "简体中文", "✓ Done"}


async def test_it_speaks_the_language_of_who_added_it(stage: Stage) -> None:
    await stage.bot_status("left", "member", language="zh-hans")
    assert (hikers(stage).locale, hikers(stage).zone) == ("zh_Hans", "Asia/Shanghai")


async def test_language_and_zone_are_chosen_by_taps_of_those_who_may(stage: Stage) -> None:
    sent = await stage.bot_status("left", "member")
    stage.people.known_managers = {hikers(stage).id: [OLGA]}
    stage.people.members = {hikers(stage).id: [MEI]}
    refused = await stage.tap(MEI, HIKERS, keys(sent)["简体中文"])
    assert "change settings" in toast(refused)
    assert hikers(stage).locale == "en"
    sent = await stage.tap(OLGA, HIKERS, keys(sent)["简体中文"])
    assert hikers(stage).locale == "zh_Hans"
    assert "✓ 简体中文" in keys(sent)
    await stage.tap(OLGA, HIKERS, f"g.sz:{hikers(stage).id}:Asia/Shanghai")
    assert hikers(stage).zone == "Asia/Shanghai"
    done = await stage.tap(OLGA, HIKERS, f"g.sd:{hikers(stage).id}")
    assert keys(done) == {}


async def test_after_the_set_up_it_only_says_that_it_is_back(stage: Stage, group: Group) -> None:
    await stage.bot_status("left", "member")
    await stage.tap(OLGA, HIKERS, f"g.sd:{group.id}")
    await stage.bot_status("member", "left")
    assert not hikers(stage).active
    assert "back" in html(await stage.bot_status("left", "member"))
    assert hikers(stage).active


async def test_the_owner_is_told_in_private_when_the_bot_is_removed(stage: Stage, group: Group) -> None:
    await stage.bot_status("left", "member")
    await stage.say(OLGA, OLGA, "/start")
    sent = await stage.bot_status("member", "kicked", by=HEIDI)
    assert [effect.chat_id for effect in sent if isinstance(effect, fx.SendMessage)] == [OLGA]
    assert "Nothing is deleted" in html(sent)


async def test_nobody_is_written_to_who_cannot_be_reached(stage: Stage, group: Group) -> None:
    await stage.bot_status("left", "member")
    assert await stage.bot_status("member", "kicked") == []


@rights_in_updates
async def test_lost_rights_are_told_once_to_who_can_be_reached(stage: Stage, group: Group) -> None:
    await stage.bot_status("left", "administrator", ALL)
    await stage.tap(OLGA, HIKERS, f"g.sd:{group.id}")
    await stage.say(HEIDI, HEIDI, "/start")
    less = tuple(right for right in ALL if right != "can_pin_messages")
    sent = await stage.bot_status("administrator", "administrator", less)
    assert [effect.chat_id for effect in sent if isinstance(effect, fx.SendMessage)] == [HEIDI]
    assert "<b>Pin messages</b>" in html(sent)
    assert await stage.bot_status("administrator", "administrator", less) == []


async def test_a_demotion_is_told_in_the_group_where_nobody_can_be_reached(stage: Stage, group: Group) -> None:
    async with stage.database.write() as tx:
        full = BotStanding("administrator", frozenset(BotRight), stage.clock.now())
        await stage.book.set_bot_standing(tx, group.id, full, stage.clock.now())
    sent = await stage.bot_status("administrator", "member")
    assert "no longer have" in html(sent)
    assert "Everybody can read this" in html(sent)


async def test_the_rights_are_looked_at_again_by_a_tap(stage: Stage, group: Group) -> None:
    stage.wire.rights = ("can_delete_messages", "can_restrict_members", "can_invite_users", "can_manage_tags")
    assert "Pin messages" in toast(await stage.tap(OLGA, HIKERS, f"g.check:{group.id}"))
    async with stage.database.read() as tx:
        assert BotRight.DELETE in ((await stage.book.profile(tx, group.id)).bot.rights or ())


# The chat changes


async def test_a_group_that_becomes_a_supergroup_is_told_on_once(stage: Stage) -> None:
    await stage.bot_status("left", "member", where=-55, type="group")
    before = stage.book.by_chat(-55)
    await stage.service(-55, chat={"type": "group"}, migrate_to_chat_id=-10055)
    await stage.service(-10055, migrate_from_chat_id=-55)
    after = stage.book.by_chat(-10055)
    assert before is not None
    assert after is not None
    assert (after.id, after.kind) == (before.id, "supergroup")
    assert stage.moved == [(-55, -10055)]


async def test_the_news_of_a_migration_may_come_from_the_new_chat_first(stage: Stage) -> None:
    await stage.bot_status("left", "member", where=-55, type="group")
    before = stage.book.by_chat(-55)
    await stage.service(-10055, migrate_from_chat_id=-55)
    await stage.service(-55, chat={"type": "group"}, migrate_to_chat_id=-10055)
    assert before is not None
    assert [one.id for one in stage.book.all()] == [before.id]
    assert stage.moved == [(-55, -10055)]


async def test_a_new_title_is_seen(stage: Stage, group: Group) -> None:
    await stage.service(HIKERS, chat={"title": "Climbers"}, new_chat_title="Climbers")
    assert hikers(stage).title == "Climbers"


# Private conversations


async def test_start_makes_a_person_reachable_and_blocking_unmakes_it(stage: Stage, group: Group) -> None:
    assert "Hikers" in html(await stage.say(MEI, MEI, "/start"))
    me = {"id": 7, "is_bot": True, "first_name": "Qunguan"}
    change = {"chat": stage.chat(MEI), "from": stage.user(MEI), "date": 1_800_000_000}
    async with stage.database.read() as tx:
        assert await stage.book.reachable(tx, UserId(MEI))
    statuses = {
        "old_chat_member": {"user": me, "status": "member"},
        "new_chat_member": {"user": me, "status": "kicked"},
    }
    await stage.update(my_chat_member={**change, **statuses})
    async with stage.database.read() as tx:
        assert not await stage.book.reachable(tx, UserId(MEI))


async def test_a_link_from_the_group_says_which_group_is_meant(stage: Stage, group: Group) -> None:
    await stage.say(MEI, MEI, f"/start g-{group.id}")
    async with stage.database.read() as tx:
        assert await stage.book.focus(tx, UserId(MEI)) == group.id
    stage.people.members = {}
    stage.people.known_managers = {}
    assert "Hikers" not in html(await stage.say(HEIDI, HEIDI, f"/start g-{group.id}"))


@pytest.mark.parametrize("payload", ["g-", "g-x", "g-999", "g--1", "zzz", "g-99999999999999999999999"])
async def test_a_strange_link_only_greets(stage: Stage, group: Group, payload: str) -> None:
    assert "Qunguan" in html(await stage.say(MEI, MEI, f"/start {payload}"))


async def test_the_group_meant_in_private_is_changed_by_a_tap(stage: Stage, group: Group) -> None:
    other = await helpers(stage)
    offered = keys(await stage.say(MEI, MEI, "/group"))
    assert set(offered) == {"Hikers", "Helpers"}
    assert "✓ Helpers" in keys(await stage.tap(MEI, MEI, offered["Helpers"]))
    async with stage.database.read() as tx:
        assert await stage.book.focus(tx, UserId(MEI)) == other.id


async def test_the_profile_is_shown_in_the_group(stage: Stage, group: Group) -> None:
    assert "Run by: Person 11" in html(await stage.say(MEI, HIKERS, "/group"))


# Settings


async def test_the_page_shows_every_setting_and_leads_to_each(stage: Stage, group: Group) -> None:
    sent = await stage.say(OLGA, HIKERS, "/settings")
    assert "Settings of Hikers" in html(sent)
    for label, data in keys(sent).items():
        answer = await stage.tap(OLGA, HIKERS, data)
        assert any(isinstance(effect, fx.EditText) for effect in answer), label
        if data.startswith("g.page"):
            assert "« Settings" in keys(answer)


async def test_members_may_not_change_settings(stage: Stage, group: Group) -> None:
    for line in ("/settings", "/timezone Paris", "/language zh", "/quiet off", "/label X", "/holidays add 2027-01-01"):
        assert "change settings" in html(await stage.say(MEI, HIKERS, line)), line
    assert hikers(stage) == group


async def test_the_zone_is_set_by_a_line(stage: Stage, group: Group) -> None:
    assert "Shanghai" in html(await stage.say(OLGA, HIKERS, "/timezone 北京"))
    assert hikers(stage).zone == "Asia/Shanghai"


async def test_near_zones_are_offered_as_buttons(stage: Stage, group: Group) -> None:
    sent = await stage.say(OLGA, HIKERS, "/timezone sidney")
    await stage.tap(OLGA, HIKERS, next(iter(keys(sent).values())))
    assert hikers(stage).zone == "Australia/Sydney"
    assert "know no time zone" in html(await stage.say(OLGA, HIKERS, "/timezone Xyzzy"))


async def test_the_zone_is_asked_for_by_a_form(stage: Stage, group: Group) -> None:
    assert "Which time zone" in html(await stage.say(OLGA, HIKERS, "/timezone"))
    await stage.say(OLGA, OLGA, "/timezone")
    sent = await stage.say(OLGA, OLGA, "Tokyo")
    assert any("Tokyo" in effect.html for effect in sent if isinstance(effect, fx.SendMessage))
    assert hikers(stage).zone == "Asia/Tokyo"


async def test_the_language_of_the_group_and_ones_own(stage: Stage, group: Group) -> None:
    await stage.say(OLGA, HIKERS, "/language 中文")
    assert hikers(stage).locale == "zh_Hans"
    await stage.say(MEI, MEI, "/language English")
    assert stage.people.locales == {MEI: "en"}
    offered = keys(await stage.say(MEI, MEI, "/language klingon"))
    await stage.tap(MEI, MEI, offered["简体中文"])
    assert stage.people.locales == {MEI: "zh_Hans"}


async def test_quiet_hours_by_line_by_button_and_off(stage: Stage, group: Group) -> None:
    assert "22:00–07:30 (Mon–Fri)" in html(await stage.say(OLGA, HIKERS, "/quiet 22:00-07:30 weekdays"))
    assert len(hikers(stage).quiet) == 1
    await stage.tap(OLGA, HIKERS, f"g.quiet:{group.id}:23.00-07.00")
    assert hikers(stage).quiet[0].start.hour == 23
    await stage.say(OLGA, HIKERS, "/quiet off")
    assert hikers(stage).quiet == ()
    assert "22:00-07:30" in html(await stage.say(OLGA, HIKERS, "/quiet loud"))
    assert "22:00–07:00" in html(await stage.say(OLGA, HIKERS, "/quiet 10pm-7am"))
    assert "22:00–07:30" in html(await stage.say(OLGA, HIKERS, "/quiet 晚上10点-早上7点半"))
    assert "no such hour" in html(await stage.say(OLGA, HIKERS, "/quiet 25:00-7:00"))
    assert hikers(stage).quiet[0].end == time(7, 30)


async def test_holidays_are_added_listed_and_removed(stage: Stage, group: Group) -> None:
    await stage.say(OLGA, HIKERS, "/holidays add 2027-10-01 to 2027-10-03")
    assert len(hikers(stage).holidays) == 3
    listed = await stage.say(OLGA, HIKERS, "/holidays list")
    assert "1 Oct 2027" in html(listed)
    await stage.say(OLGA, HIKERS, "/holidays remove 2027-10-02")
    assert hikers(stage).holidays == {date(2027, 10, 1), date(2027, 10, 3)}
    await stage.tap(OLGA, HIKERS, f"g.hol:{group.id}:2027-10-01:2027-10-01")
    assert hikers(stage).holidays == {date(2027, 10, 3)}
    assert "year first" in html(await stage.say(OLGA, HIKERS, "/holidays add 01/02/2027"))
    assert "no such day" in html(await stage.say(OLGA, HIKERS, "/holidays 2027-02-31"))
    await stage.say(OLGA, HIKERS, "/holidays 2027-05-01")
    await stage.say(OLGA, HIKERS, "/holidays 2027-06-01 to 2027-06-02")
    added = {date(2027, 5, 1), date(2027, 6, 1), date(2027, 6, 2)}
    assert hikers(stage).holidays == {date(2027, 10, 3)} | added, "a bare day is added"


async def test_a_topic_is_set_aside_from_inside_it(stage: Stage, group: Group) -> None:
    await stage.say(OLGA, HIKERS, "/topic events here", thread=9, is_forum=True)
    assert hikers(stage).thread_for("events") == 9
    page = await stage.say(OLGA, HIKERS, "/topic", thread=12, is_forum=True)
    await stage.tap(OLGA, HIKERS, keys(page)["Digest → here"], thread=12)
    assert hikers(stage).thread_for("digest") == 12
    assert "out of date" in toast(await stage.tap(OLGA, HIKERS, f"g.topic:{group.id}:digest:77", thread=12))
    await stage.say(OLGA, HIKERS, "/topic events off", thread=9, is_forum=True)
    assert hikers(stage).thread_for("events") is None


async def test_topics_need_a_forum(stage: Stage, group: Group) -> None:
    assert "Topics exist only" in html(await stage.say(OLGA, HIKERS, "/topic events here"))


async def test_a_label_is_set_and_taken(stage: Stage, group: Group) -> None:
    await stage.say(OLGA, HIKERS, "/label Hill people")
    assert hikers(stage).label == "Hill people"
    assert "at most" in html(await stage.say(OLGA, HIKERS, "/label " + "x" * 40))
    await stage.say(OLGA, HIKERS, "/label off")
    assert hikers(stage).label is None


async def test_the_managers_chat_is_linked_from_inside_it_by_who_runs_the_group(stage: Stage, group: Group) -> None:
    await helpers(stage)
    offered = keys(await stage.say(HEIDI, HELPERS, "/managerschat"))
    assert "settings of that group" in toast(await stage.tap(MEI, HELPERS, offered["Link Hikers"]))
    assert hikers(stage).managers_chat_id is None
    await stage.tap(HEIDI, HELPERS, offered["Link Hikers"])
    assert hikers(stage).managers_chat_id == HELPERS
    assert [one.id for one in stage.book.managed_from(HELPERS)] == [group.id]
    offered = keys(await stage.say(HEIDI, HELPERS, "/managerschat"))
    await stage.tap(HEIDI, HELPERS, offered["✕ Unlink Hikers"])
    assert hikers(stage).managers_chat_id is None


async def test_who_runs_no_group_can_link_none(stage: Stage, group: Group) -> None:
    await helpers(stage)
    assert "no other group" in html(await stage.say(MEI, HELPERS, "/managerschat"))
    assert "just the managers" in html(await stage.say(MEI, MEI, "/managerschat"))


FORGED = [
    "g.zone:{id}:Etc/GMT-8",
    "g.zone:{id}:nowhere",
    "g.lang:{id}:xx",
    "g.sl:{id}:xx",
    "g.sz:{id}:../etc/passwd",
    "g.quiet:{id}:noise",
    "g.hol:{id}:x:y",
    "g.topic:{id}:jokes:0",
    "g.form:{id}:zzz",
    "g.more:{id}:5",
    "g.more:{id}:-1",
    "g.link:{id}:{id}:1",
    "g.link:{id}:999:1",
    "g.use:{id}",
    "g.zone:999:Asia/Shanghai",
    "g.lang:0:en",
    "g.zone:{id}",
]


@pytest.mark.parametrize("data", FORGED)
async def test_a_forged_button_gets_a_sentence_and_changes_nothing(stage: Stage, group: Group, data: str) -> None:
    assert toast(await stage.tap(OLGA, HIKERS, data.format(id=group.id)))
    assert hikers(stage) == group


async def test_a_lost_managers_chat_is_not_used(stage: Stage, group: Group) -> None:
    other = await helpers(stage)
    async with stage.database.write() as tx:
        await stage.book.set_managers_chat(tx, other.id, ChatId(HELPERS), By(None, stage.clock.now()))
        await stage.book.chat_lost(tx, ChatId(HELPERS), "kicked", stage.clock.now() + timedelta(seconds=1))
    assert stage.book.managed_from(HELPERS) == []

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import texts_for
from bot.kernel.ids import ANONYMOUS_ADMIN, UserId
from bot.members import service
from bot.members.identity import texts
from bot.members.identity.rules import (
    ByChat,
    ById,
    ByName,
    ByPerson,
    Found,
    Mention,
    Missing,
    Several,
    TargetKind,
    Unknown,
    kind_of,
    python_index,
    read_target,
    split_line,
)
from bot.members.identity.service import find_person, resolve
from bot.members.rules import Person, Presence
from bot.members.service import Directory
from tests.members.build import ANNA, BEN, BOT, CARL, DORA, GROUP, NOW, OTHER, change, message, update, user

if TYPE_CHECKING:
    from bot.db.engine import Database
    from bot.kernel.groups import Group
    from bot.members.identity.rules import Outcome, Target

EN = texts_for("en", "UTC")


@pytest.mark.parametrize(
    ("args", "target", "rest"),
    [
        ("@anna spam", ByName("anna"), "spam"),
        ("@Anna_9: spam", ByName("Anna_9"), "spam"),
        ("＠anna 广告", ByName("anna"), "广告"),
        ("@anna请不要刷屏", ByName("anna"), "请不要刷屏"),
        ("@张三 广告", ByName("张三"), "广告"),
        ("@张三，广告", ByName("张三"), "广告"),
        ("@ａｎｎａ x", ByName("anna"), "x"),
        ("123456789 spam", ById(123456789), "spam"),
        ("１２３４５６ spam", ById(123456), "spam"),
        ("-1001234567890", ById(-1001234567890), ""),
        ("3 times spam", None, "3 times spam"),
        ("123456789th spam", None, "123456789th spam"),
        ("99999999999999999999 x", None, "99999999999999999999 x"),
        ("@ spam", None, "@ spam"),
        ("spam @anna", None, "spam @anna"),
        ("", None, ""),
    ],
)
def test_who_is_named_at_the_start_and_what_follows(args: str, target: Target | None, rest: str) -> None:
    assert read_target(args) == (target, rest)


@given(st.text(max_size=80))
def test_any_line_can_be_read(text: str) -> None:
    target, rest = read_target(text)
    assert target is not None or rest == text
    assert rest.strip() in text


@given(st.from_regex(r"[A-Za-z][A-Za-z0-9_]{3,31}", fullmatch=True), st.sampled_from(["", "spam", "广告 x"]))
def test_every_username_is_read_whole(name: str, reason: str) -> None:
    assert read_target(f"@{name} {reason}") == (ByName(name), reason)


def test_a_mention_in_the_line_comes_before_the_message_that_is_answered() -> None:
    line = "/warn Anna Li spam"
    mention = Mention(Person(ANNA, "Anna"), 6, 13)
    replied = ByPerson(Person(BEN))
    assert split_line(line, "Anna Li spam", (mention,), replied) == (ByPerson(mention.person), "spam")
    assert split_line("/warn @anna x", "@anna x", (), replied) == (ByName("anna"), "x")
    assert split_line("/warn 3 times", "3 times", (), replied) == (replied, "3 times")
    assert split_line("/warn see Anna Li", "see Anna Li", (Mention(Person(ANNA), 10, 17),), None)[0] is None


def test_telegram_counts_in_utf_16() -> None:
    assert python_index("😀 Anna", 3) == 2
    assert python_index("Anna", 99) == 4
    assert python_index("Anna", -1) == 0


@pytest.mark.parametrize(
    ("person", "presence", "kind"),
    [
        (Person(UserId(BOT), is_bot=True), Presence.PRESENT, TargetKind.THE_BOT),
        (Person(UserId(777), is_bot=True), Presence.PRESENT, TargetKind.OTHER_BOT),
        (Person(ANONYMOUS_ADMIN, is_bot=True), Presence.UNKNOWN, TargetKind.ANONYMOUS),
        (Person(UserId(-1007)), Presence.UNKNOWN, TargetKind.CHANNEL),
        (Person(UserId(777000)), Presence.UNKNOWN, TargetKind.CHANNEL),
        (Person(ANNA), Presence.PRESENT, TargetKind.ONESELF),
        (Person(BEN), Presence.LEFT, TargetKind.GONE),
        (Person(BEN), Presence.REMOVED, TargetKind.GONE),
        (Person(BEN), Presence.UNKNOWN, TargetKind.MEMBER),
    ],
)
def test_each_kind_of_target_is_told_from_the_others(person: Person, presence: Presence, kind: TargetKind) -> None:
    assert kind_of(person, presence, bot_id=BOT, actor_id=ANNA) is kind
    words = texts.not_to_be_acted_on(EN, kind, "<x>")
    assert (words is None) == (kind is TargetKind.MEMBER)


async def people(database: Database, *users: tuple[int, str, str | None, Group]) -> None:
    async with database.write() as tx:
        directory = Directory()
        for user_id, name, username, group in users:
            m = message(user(user_id, name, username=username), chat=group)
            await directory.flush(tx, [directory.see(update(m), m, group) or []], NOW.replace(microsecond=0))


async def find(database: Database, target: Target | None) -> Outcome:
    async with database.read() as tx:
        return await resolve(tx, GROUP, target, bot_id=BOT, bot_username="Keeper_bot", actor_id=ANNA)


async def test_a_name_is_found_without_regard_to_case(database: Database) -> None:
    await people(database, (BEN, "Ben", "Ben_Li", GROUP))
    found = await find(database, ByName("bEN_lI"))
    assert isinstance(found, Found)
    assert (found.user_id, found.kind, found.member.name) == (BEN, TargetKind.MEMBER, "Ben")


async def test_people_of_other_groups_are_not_known_here(database: Database) -> None:
    await people(database, (BEN, "Ben", "benli", OTHER))
    assert await find(database, ByName("benli")) == Unknown("benli")
    assert await find(database, ById(BEN)) == Unknown(str(BEN), by_id=True)


async def test_a_name_that_went_to_somebody_else_does_not_hit_its_former_holder(database: Database) -> None:
    await people(database, (BEN, "Ben", "benli", GROUP))
    async with database.write() as tx:
        later = NOW.replace(hour=13)
        await service.remember(tx, [service.person_of(user(CARL, "Carl", username="benli"))], later)
    assert await find(database, ByName("benli")) == Unknown("benli")


async def test_who_has_no_username_is_found_by_display_name_unless_there_are_several(database: Database) -> None:
    await people(database, (BEN, "张三", None, GROUP), (CARL, "Carl", None, GROUP))
    found = await find(database, ByName("张三"))
    assert isinstance(found, Found)
    assert found.user_id == BEN
    await people(database, (DORA, "张 三", None, GROUP))
    several = await find(database, ByName("张三"))
    assert isinstance(several, Several)
    assert str(DORA) in texts.unclear(EN, several)
    async with database.write() as tx:
        await service.membership_changed(tx, GROUP, change("member", "left", user(DORA, "张 三")), NOW)
    assert isinstance(await find(database, ByName("张三")), Found)


async def test_a_tag_is_a_name_too(database: Database) -> None:
    async with database.write() as tx:
        await service.membership_changed(tx, GROUP, change("left", "member", user(BEN, "b3n"), tag="Sales-Ben"), NOW)
    found = await find(database, ByName("Sales-Ben"))
    assert isinstance(found, Found)
    assert found.user_id == BEN


async def test_who_left_is_found_and_said_to_be_gone(database: Database) -> None:
    async with database.write() as tx:
        await service.membership_changed(tx, GROUP, change("member", "left", user(BEN, username="benli")), NOW)
    found = await find(database, ByName("benli"))
    assert isinstance(found, Found)
    assert found.kind is TargetKind.GONE


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        (ByName("keeper_BOT"), TargetKind.THE_BOT),
        (ById(BOT), TargetKind.THE_BOT),
        (ByName("GroupAnonymousBot"), TargetKind.ANONYMOUS),
        (ByChat(-1001, "Hikers", anonymous=True), TargetKind.ANONYMOUS),
        (ByChat(-1009, "News", anonymous=False), TargetKind.CHANNEL),
        (ById(-1009), TargetKind.CHANNEL),
        (ByPerson(Person(UserId(777), "Other", is_bot=True)), TargetKind.OTHER_BOT),
        (ByPerson(Person(ANNA, "Anna")), TargetKind.ONESELF),
        (ByPerson(Person(DORA, "Dora")), TargetKind.MEMBER),
    ],
)
async def test_targets_that_are_not_in_the_directory(database: Database, target: Target, kind: TargetKind) -> None:
    found = await find(database, target)
    assert isinstance(found, Found)
    assert found.kind is kind


async def test_nobody_named_is_told_how_to_name(database: Database) -> None:
    missing = await find(database, None)
    assert missing == Missing()
    assert "@name" in texts.unclear(EN, Missing())
    assert "&lt;b&gt;" in texts.unclear(EN, Unknown("<b>"))


async def test_one_person_for_the_audit_log(database: Database) -> None:
    await people(database, (BEN, "Ben", "benli", GROUP))
    async with database.read() as tx:
        assert await find_person(tx, GROUP, "@benli") == BEN
        assert await find_person(tx, GROUP, "@nobody") is None

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.audit import service as audit
from bot.i18n import texts_for
from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, GroupId, UserId
from bot.kernel.roles import ALL_RIGHTS, RIGHTS_OF, Right, Role, Standing
from bot.members import service
from bot.members.roles.rules import (
    OF_EVERY_ADMIN,
    Allowed,
    Done,
    Exceeds,
    Refused,
    Staff,
    may_grant,
    may_take,
    rights_of_admin,
    role_named,
    standing_of,
)
from bot.members.roles.service import BadAnswer, PeopleBook
from bot.members.roles.texts import role_name
from bot.members.rules import RIGHTS, Member, Person, Presence
from bot.timers import service as timers
from tests.members.build import ANNA, BEN, BOT, CARL, DORA, GROUP, NOW, admin, admins, change, user

if TYPE_CHECKING:
    from bot.db.engine import Database

anna, ben, carl = user(ANNA, "Anna"), user(BEN, "Ben"), user(CARL, "Carl")
ROLE_SETS = st.frozensets(st.sampled_from(list(Role)))
TELEGRAM_RIGHTS = st.frozensets(st.sampled_from(RIGHTS))


def member(user_id: UserId, presence: Presence = Presence.PRESENT) -> Member:
    return Member(Person(user_id, f"U{user_id}"), presence)


async def refresh(database: Database, book: PeopleBook, *members: dict[str, object]) -> None:
    async with database.write() as tx:
        await book.learn_administrators(tx, GROUP, admins(*members), NOW)


async def standing(database: Database, book: PeopleBook, user_id: UserId) -> Standing:
    async with database.read() as tx:
        return await book.standing(tx, GROUP, user_id)


# Rules


def test_the_owner_may_everything_and_nobody_else_by_default() -> None:
    owner = Member(Person(ANNA), Presence.PRESENT, is_admin=True, is_creator=True)
    staff = Staff({ANNA: owner}, {})
    assert standing_of(ANNA, staff, Presence.UNKNOWN).rights == ALL_RIGHTS
    assert standing_of(BEN, staff, Presence.PRESENT).rights == frozenset()


def test_a_telegram_administrator_gets_no_further_with_the_bot_than_by_hand() -> None:
    assert rights_of_admin(frozenset()) == OF_EVERY_ADMIN
    assert Right.REMOVE not in rights_of_admin(frozenset({"can_delete_messages", "can_pin_messages"}))
    assert {Right.MODERATE, Right.REMOVE} <= rights_of_admin(frozenset({"can_restrict_members"}))


@given(ROLE_SETS, st.booleans(), TELEGRAM_RIGHTS, st.sampled_from(list(Presence)))
def test_rights_come_from_somewhere_and_end_with_membership(
    roles: frozenset[Role], is_admin: bool, rights: frozenset[str], presence: Presence
) -> None:
    person = Member(Person(ANNA), presence, is_admin=True, admin_rights=rights)
    found = standing_of(ANNA, Staff({ANNA: person} if is_admin else {}, {ANNA: roles}), presence)
    sources = [RIGHTS_OF[role] for role in roles - {Role.OWNER}] + ([rights_of_admin(rights)] if is_admin else [])
    assert found.rights == (frozenset() if presence.is_gone else frozenset().union(*sources))
    assert found.is_member == (not presence.is_gone)


@given(st.frozensets(st.sampled_from(list(Right))), ROLE_SETS, st.sampled_from(list(Role)), st.booleans())
def test_what_is_granted_never_exceeds_what_the_granter_has(
    rights: frozenset[Right], held: frozenset[Role], role: Role, present: bool
) -> None:
    granter = Standing(ANNA, rights=rights)
    target = Standing(BEN, is_member=present, roles=held)
    if isinstance(may_grant(granter, target, role), Allowed):
        assert Right.ROLES in rights
        assert RIGHTS_OF[role] <= rights
        assert role not in held
        assert present
    if isinstance(may_take(granter, target, held, role), Allowed):
        assert RIGHTS_OF[role] <= rights
        assert role in held


@pytest.mark.parametrize(
    ("target", "role", "reason"),
    [
        (Standing(BEN), Role.OWNER, "owner_role"),
        (Standing(BEN, is_creator=True), Role.EDITOR, "is_owner"),
        (Standing(ANNA), Role.EDITOR, "oneself"),
        (Standing(BEN, is_member=False), Role.EDITOR, "gone"),
        (Standing(BEN, roles=frozenset({Role.EDITOR})), Role.EDITOR, "has"),
    ],
)
def test_some_grants_are_refused_to_everybody(target: Standing, role: Role, reason: str) -> None:
    assert may_grant(Standing(ANNA, rights=ALL_RIGHTS), target, role) == Refused(reason, role)  # type: ignore[arg-type]


def test_the_owner_cannot_be_stripped() -> None:
    owner = Standing(BEN, is_creator=True, roles=frozenset({Role.OWNER}))
    taker = Standing(ANNA, rights=ALL_RIGHTS)
    assert may_take(taker, owner, frozenset(), Role.OWNER) == Refused("is_owner", Role.OWNER)


def test_a_role_may_be_laid_down_by_oneself() -> None:
    held = frozenset({Role.MANAGER})
    assert may_take(Standing(ANNA, roles=held), Standing(ANNA, roles=held), held, Role.MANAGER) == Allowed()


@pytest.mark.parametrize(("word", "role"), [("Moderator", Role.MODERATOR), ("版主", Role.MODERATOR), ("king", None)])
def test_roles_are_read_in_two_languages(word: str, role: Role | None) -> None:
    assert role_named(word) is role


@pytest.mark.parametrize("locale", ["en", "zh_Hans"])
def test_a_role_is_read_by_the_name_it_is_shown_by(locale: str) -> None:
    assert [role_named(role_name(texts_for(locale, "UTC"), role)) for role in Role] == list(Role)


# Administrators


async def test_administrators_are_those_of_the_last_answer(database: Database) -> None:
    book = PeopleBook()
    await refresh(
        database, book, admin(anna, status="creator"), admin(ben, "can_restrict_members", custom_title="Sheriff")
    )
    assert (await standing(database, book, ANNA)).is_creator
    assert (await standing(database, book, BEN)).may(Right.REMOVE)
    await refresh(database, book, admin(anna, status="creator"), admin(carl, "can_pin_messages"))
    assert not (await standing(database, book, BEN)).is_admin
    assert (await standing(database, book, CARL)).may(Right.PUBLISH)
    async with database.read() as tx:
        assert await book.age_of_admins(tx, GROUP) == NOW
        assert await book.owner_of(tx, GROUP) == ANNA


async def test_an_answer_that_is_none_changes_nothing(database: Database) -> None:
    book = PeopleBook()
    await refresh(database, book, admin(anna, status="creator"))
    for raw in (b"", b"{}", b'[{"status": "creator"}]', b"[1]"):
        async with database.write() as tx:
            with pytest.raises(BadAnswer):
                await book.learn_administrators(tx, GROUP, raw, NOW)
    assert (await standing(database, book, ANNA)).is_creator


async def test_the_same_answer_once_more_costs_one_statement_or_none(database: Database) -> None:
    book = PeopleBook()
    raw = admins(admin(anna, status="creator"), admin(ben, "can_restrict_members"))
    async with database.write() as tx:
        await book.learn_administrators(tx, GROUP, raw, NOW)
    async with database.write() as tx:
        assert not await book.learn_administrators(tx, GROUP, raw, NOW + timedelta(seconds=30))
        assert tx.statements == 1
        await book.standing(tx, GROUP, BEN)
        asked = tx.statements
        assert not await book.learn_administrators(tx, GROUP, raw, NOW + timedelta(seconds=30))
        assert tx.statements == asked
        told = change("administrator", "member", ben, by=anna)
        await book.note_change(
            tx, GROUP, UserId(told.new_chat_member.user.id), await service.membership_changed(tx, GROUP, told, NOW), NOW
        )
        await book.learn_administrators(tx, GROUP, raw, NOW + timedelta(seconds=40))
        assert (await book.standing(tx, GROUP, BEN)).may(Right.REMOVE)


async def test_an_answer_learned_in_a_failed_turn_is_learned_again(database: Database) -> None:
    book = PeopleBook()
    raw = admins(admin(anna, status="creator"))
    with pytest.raises(ZeroDivisionError):
        await _learn_and_fail(database, book, raw)
    assert book.administrators_stale(GROUP.id, NOW)
    assert not (await standing(database, book, ANNA)).is_creator
    async with database.write() as tx:
        await book.learn_administrators(tx, GROUP, raw, NOW)
    assert (await standing(database, book, ANNA)).is_creator


async def _learn_and_fail(database: Database, book: PeopleBook, raw: bytes) -> None:
    async with database.write() as tx:
        await book.learn_administrators(tx, GROUP, raw, NOW)
        raise ZeroDivisionError


async def test_a_promotion_seen_in_passing_gives_the_least_until_telegram_is_asked(database: Database) -> None:
    book = PeopleBook()
    await refresh(database, book, admin(anna, status="creator"), admin(ben, "can_restrict_members"))
    async with database.write() as tx:
        told = change("administrator", "administrator", ben, by=anna)
        await book.note_change(
            tx, GROUP, UserId(told.new_chat_member.user.id), await service.membership_changed(tx, GROUP, told, NOW), NOW
        )
        assert (await book.standing(tx, GROUP, BEN)).rights == OF_EVERY_ADMIN
        assert await book.age_of_admins(tx, GROUP) is None
        assert [row.due_at for row in await timers.pending(tx, "members", "admins")] == [NOW]


async def test_a_demotion_holds_at_once_in_its_own_transaction_and_not_if_it_is_rolled_back(database: Database) -> None:
    book = PeopleBook()
    await refresh(database, book, admin(anna, status="creator"), admin(ben, "can_restrict_members"))
    assert (await standing(database, book, BEN)).is_admin
    with pytest.raises(ZeroDivisionError):
        await _demote_and_fail(database, book)
    assert (await standing(database, book, BEN)).may(Right.REMOVE)


async def _demote_and_fail(database: Database, book: PeopleBook) -> None:
    async with database.write() as tx:
        told = change("administrator", "member", ben, by=anna)
        await book.note_change(
            tx, GROUP, UserId(told.new_chat_member.user.id), await service.membership_changed(tx, GROUP, told, NOW), NOW
        )
        assert not (await book.standing(tx, GROUP, BEN)).is_admin
        raise ZeroDivisionError


async def test_groups_grow_stale_within_a_day(database: Database) -> None:
    book = PeopleBook()
    assert book.administrators_stale(GROUP.id, NOW)
    await refresh(database, book, admin(anna, status="creator"))
    again = PeopleBook()
    async with database.read() as tx:
        await again.load(tx)
    for one in (book, again):
        assert not one.administrators_stale(GROUP.id, NOW + timedelta(hours=23))
        assert one.administrators_stale(GROUP.id, NOW + timedelta(hours=25))
    async with database.read() as tx:
        due = [row.due_at for row in await timers.pending(tx, "members", "admins")]
        assert due == [NOW + timedelta(days=1)]


async def test_standing_costs_one_statement_once_the_staff_is_known(database: Database) -> None:
    book = PeopleBook()
    await refresh(database, book, admin(anna, status="creator"))
    await standing(database, book, ANNA)
    async with database.read() as tx:
        await book.standing(tx, GROUP, ANNA)
        assert tx.statements == 1


async def test_standing_tells_the_tag_of_a_member_and_the_title_of_an_administrator(database: Database) -> None:
    book = PeopleBook()
    for found in (await standing(database, book, CARL), await standing(database, book, BEN)):
        assert found.tag == ""
    async with database.write() as tx:
        await service.membership_changed(tx, GROUP, change("left", "member", carl, tag="Sales"), NOW)
    assert (await standing(database, book, CARL)).tag == "Sales"
    await refresh(database, book, admin(anna, status="creator"), admin(ben, custom_title="IT"))
    assert (await standing(database, book, CARL)).tag == "Sales"
    assert (await standing(database, book, BEN)).tag == "IT"


# Roles


async def test_a_granted_role_counts_is_recorded_and_shown_apart(database: Database) -> None:
    book = PeopleBook()
    await refresh(database, book, admin(anna, status="creator"))
    async with database.write() as tx:
        owner = await book.standing(tx, GROUP, ANNA)
        assert await book.grant(tx, GROUP, owner, member(BEN), Role.MODERATOR, NOW) == Done(
            "grant", member(BEN), Role.MODERATOR
        )
        assert (await book.standing(tx, GROUP, BEN)).may(Right.MODERATE)
        assert await book.managers_of(tx, GROUP, Right.MODERATE) == [ANNA, BEN]
        overview = await book.overview(tx, GROUP)
        (entry,) = await audit.entries(tx, GROUP.id)
    assert [a.user_id for a in overview.admins] == [ANNA]
    assert [(role, [m.user_id for m in held]) for role, held in overview.roles] == [(Role.MODERATOR, [BEN])]
    assert (entry.action, entry.actor_id, entry.actor_name, entry.target_id) == ("role.granted", ANNA, "Anna", BEN)
    assert (entry.before, entry.after) == (None, ["moderator"])


async def test_the_groups_in_which_somebody_has_a_right_are_found_at_once(database: Database) -> None:
    book = PeopleBook()
    await refresh(database, book, admin(anna, status="creator"), admin(ben))
    other = Group(GroupId(2), ChatId(-1002), "Runners", "en", "UTC")
    async with database.write() as tx:
        await book.learn_administrators(tx, other, admins(admin(ben, status="creator")), NOW)
        owner = await book.standing(tx, GROUP, ANNA)
        await book.grant(tx, GROUP, owner, member(BEN), Role.REVIEWER, NOW)
        assert await book.groups_with(tx, ANNA, Right.PUBLISH) == [GROUP.id]
        assert await book.groups_with(tx, BEN, Right.PUBLISH) == [GROUP.id, other.id]
        assert await book.groups_with(tx, BEN, Right.SETTINGS) == [other.id]
        await service.membership_changed(tx, GROUP, change("member", "left", ben), NOW)
        before = tx.statements
        assert await book.groups_with(tx, BEN, Right.PUBLISH) == [other.id]
        assert tx.statements - before == 2
        assert await book.groups_with(tx, CARL, Right.VIEW) == []


async def test_a_taken_role_is_gone(database: Database) -> None:
    book = PeopleBook()
    await refresh(database, book, admin(anna, status="creator"))
    async with database.write() as tx:
        owner = await book.standing(tx, GROUP, ANNA)
        await book.grant(tx, GROUP, owner, member(BEN), Role.EDITOR, NOW)
        assert isinstance(await book.take(tx, GROUP, owner, member(BEN), Role.EDITOR, NOW), Done)
        assert await book.take(tx, GROUP, owner, member(BEN), Role.EDITOR, NOW) == Refused("has_not", Role.EDITOR)
        assert (await book.standing(tx, GROUP, BEN)).rights == frozenset()


async def test_an_administrator_cannot_give_more_than_they_have(database: Database) -> None:
    book = PeopleBook()
    await refresh(database, book, admin(anna, status="creator"), admin(ben, "can_promote_members"))
    async with database.write() as tx:
        granter = await book.standing(tx, GROUP, BEN)
        refused = await book.grant(tx, GROUP, granter, member(CARL), Role.MODERATOR, NOW)
        assert refused == Exceeds(Role.MODERATOR, frozenset({Right.MODERATE}))
        assert isinstance(await book.grant(tx, GROUP, granter, member(CARL), Role.EDITOR, NOW), Done)


async def test_who_is_removed_loses_roles_and_who_left_keeps_them_unused(database: Database) -> None:
    book = PeopleBook()
    await refresh(database, book, admin(anna, status="creator"))
    async with database.write() as tx:
        owner = await book.standing(tx, GROUP, ANNA)
        for user_id in (BEN, CARL):
            await book.grant(tx, GROUP, owner, member(user_id), Role.MODERATOR, NOW)
        await service.membership_changed(tx, GROUP, change("member", "left", carl), NOW)
        await service.membership_changed(tx, GROUP, change("member", "kicked", ben, by=anna), NOW)
        await book.drop_roles(tx, GROUP, member(BEN, Presence.REMOVED), ANNA, NOW)
        assert await book.managers_of(tx, GROUP, Right.MODERATE) == [ANNA]
        for user_ in (carl, ben):
            await service.membership_changed(tx, GROUP, change("left", "member", user_), NOW)
        assert await book.managers_of(tx, GROUP, Right.MODERATE) == [ANNA, CARL]


async def test_bots_are_told_nothing(database: Database) -> None:
    book = PeopleBook()
    await refresh(database, book, admin(anna, status="creator"), admin(user(BOT, is_bot=True), "can_restrict_members"))
    async with database.read() as tx:
        assert await book.managers_of(tx, GROUP, Right.MODERATE) == [ANNA]


async def test_a_person_is_spoken_to_in_the_language_they_chose(database: Database) -> None:
    book = PeopleBook()
    async with database.write() as tx:
        assert await book.locale(tx, DORA, "de") == "en"
        await book.choose_locale(tx, DORA, "en", NOW)
        assert await book.locale(tx, DORA, "zh-hans") == "en"
        await book.choose_locale(tx, DORA, "xx", NOW)
        assert await book.locale(tx, DORA, None) == "en"


async def test_the_total_is_telegrams(database: Database) -> None:
    book = PeopleBook()
    await refresh(database, book, admin(anna, status="creator"))
    async with database.write() as tx:
        assert (await book.counts(tx, GROUP)).total is None
        await book.note_count(tx, GROUP, 57)
        assert ((await book.counts(tx, GROUP)).known, (await book.counts(tx, GROUP)).total) == (1, 57)
        assert await book.age_of_admins(tx, GROUP) == NOW


async def test_in_which_groups_somebody_is_is_known_with_who_they_are_until_somebody_comes_or_goes(
    database: Database,
) -> None:
    book = PeopleBook()
    await refresh(database, book, admin(anna, status="creator"), admin(ben, "can_restrict_members"))
    async with database.write() as tx:
        await book.standing(tx, GROUP, BEN)
        asked = tx.statements
        assert await book.groups_of(tx, BEN) == [GROUP.id]
        assert tx.statements == asked
        told = change("administrator", "left", ben, by=anna)
        await service.membership_changed(tx, GROUP, told, NOW)
        assert await book.groups_of(tx, BEN) == []
        await book.standing(tx, GROUP, BEN)
        assert await book.groups_of(tx, BEN) == []

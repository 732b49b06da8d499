from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.kernel.ids import ANONYMOUS_ADMIN
from bot.members import service
from bot.members.rules import MoveKind, Presence
from bot.members.service import Directory
from bot.tg import envelope as env
from tests.members.build import ANNA, BEN, CARL, DORA, GROUP, NOW, OTHER, SECONDS, change, message, update, user

if TYPE_CHECKING:
    from bot.db.engine import Database
    from bot.kernel.ids import UserId
    from bot.members.rules import Member

DAY = 86_400


async def hear(database: Database, directory: Directory, *messages: env.Message) -> int:
    """Let the watcher see messages of one batch; return how many statements it took."""
    deltas = [found for m in messages if (found := directory.see(update(m), m, GROUP)) is not None]
    async with database.write() as tx:
        if deltas:
            await directory.flush(tx, deltas, NOW)
        statements = tx.statements
    if deltas:
        directory.committed(deltas)
    return statements


async def known(database: Database, user_id: UserId) -> Member | None:
    async with database.read() as tx:
        return await service.member(tx, GROUP.id, user_id)


async def test_who_writes_is_known_and_writes_again_for_nothing_that_day(database: Database) -> None:
    directory = Directory()
    anna = user(ANNA, "Anna", username="anna", language_code="zh")
    assert await hear(database, directory, message(anna), message(anna)) == 2
    assert await hear(database, directory, message(anna, SECONDS + 5)) == 0
    found = await known(database, ANNA)
    assert found is not None
    assert (found.name, found.presence, found.last_seen) == ("Anna", Presence.PRESENT, date(2026, 11, 28))


async def test_a_new_name_and_a_new_day_are_news(database: Database) -> None:
    directory = Directory()
    await hear(database, directory, message(user(ANNA, "Anna")))
    assert await hear(database, directory, message(user(ANNA, "Ann"))) == 2
    assert await hear(database, directory, message(user(ANNA, "Ann"), SECONDS + DAY)) == 2
    found = await known(database, ANNA)
    assert found is not None
    assert (found.name, found.last_seen) == ("Ann", date(2026, 11, 29))


async def test_a_tag_is_kept_as_the_members_own_messages_carry_it(database: Database) -> None:
    directory, anna = Directory(), user(ANNA, "Anna")
    assert await hear(database, directory, message(anna, sender_tag="Sales")) == 2
    assert await hear(database, directory, message(anna, sender_tag="Sales")) == 0
    assert (await known(database, ANNA)).tag == "Sales"  # type: ignore[union-attr]
    chat = env.Chat(GROUP.chat_id, "supergroup")
    answered = message(user(BEN), reply_to_message=env.Replied(5, chat, from_=user(ANNA, "Ann")))
    assert await hear(database, directory, answered) == 2
    assert (await known(database, ANNA)).tag == "Sales"  # type: ignore[union-attr]
    assert await hear(database, directory, message(user(ANNA, "Ann"), sender_tag="Sales")) == 0
    moved = [message(user(ANNA, "Ann"), sender_tag=tag) for tag in ("IT", "市场\0部")]
    assert await hear(database, directory, *moved, answered) == 2
    assert (await known(database, ANNA)).tag == "市场部"  # type: ignore[union-attr]
    assert await hear(database, directory, message(user(ANNA, "Ann"))) == 2
    assert (await known(database, ANNA)).tag is None  # type: ignore[union-attr]


async def test_who_taps_a_button_is_met(database: Database) -> None:
    async with database.write() as tx:
        await service.met(tx, GROUP, user(ANNA, "Anna", username="anna"), NOW)
    found = await known(database, ANNA)
    assert found is not None
    assert (found.presence, found.person.username, found.last_seen) == (Presence.PRESENT, "anna", None)


async def test_an_edit_of_an_old_message_is_no_news(database: Database) -> None:
    directory = Directory()
    await hear(database, directory, message(user(ANNA)))
    assert await hear(database, directory, message(user(ANNA), SECONDS - 3 * DAY)) == 0


async def test_who_is_answered_mentioned_or_added_is_known_too(database: Database) -> None:
    chat = env.Chat(GROUP.chat_id, "supergroup")
    entity = env.Entity("text_mention", 0, 4, user=user(CARL, "Carl"))
    said = message(
        user(ANNA),
        text="Carl?",
        entities=[entity],
        reply_to_message=env.Replied(5, chat, from_=user(BEN, "Ben")),
        new_chat_members=[user(DORA, "Dora")],
    )
    directory = Directory()
    assert await hear(database, directory, said) == 2
    presences = [await known(database, user_id) for user_id in (ANNA, BEN, CARL, DORA)]
    assert [found and found.presence for found in presences] == [
        Presence.PRESENT,
        Presence.UNKNOWN,
        Presence.UNKNOWN,
        Presence.PRESENT,
    ]
    assert await hear(database, directory, message(user(BEN, "Ben"))) == 2
    ben = await known(database, BEN)
    assert ben is not None
    assert ben.presence is Presence.PRESENT


async def test_stand_ins_and_channels_are_nobody(database: Database) -> None:
    directory = Directory()
    chat = env.Chat(GROUP.chat_id, "supergroup")
    as_group = message(user(ANONYMOUS_ADMIN, "Group", is_bot=True), sender_chat=chat)
    answered = message(None, reply_to_message=env.Replied(5, chat, from_=user(ANONYMOUS_ADMIN), sender_chat=chat))
    assert await hear(database, directory, as_group, answered) == 0


async def test_a_message_read_after_its_author_left_does_not_bring_them_back(database: Database) -> None:
    async with database.write() as tx:
        await service.membership_changed(tx, GROUP, change("member", "left", user(ANNA), at=SECONDS + 1), NOW)
    await hear(database, Directory(), message(user(ANNA), SECONDS))
    assert (await known(database, ANNA)).presence is Presence.LEFT  # type: ignore[union-attr]
    await hear(database, Directory(), message(user(ANNA), SECONDS + 60))
    assert (await known(database, ANNA)).presence is Presence.PRESENT  # type: ignore[union-attr]


async def test_a_batch_that_fails_teaches_the_directory_nothing(database: Database) -> None:
    directory = Directory()
    m = message(user(ANNA))
    assert directory.see(update(m), m, GROUP) is not None
    assert directory.see(update(m), m, GROUP) is not None


async def test_odd_names_are_stored(database: Database) -> None:
    await hear(database, Directory(), message(user(ANNA, "A\0b\ud800", last_name="李")))
    assert (await known(database, ANNA)).name == "Ab? 李"  # type: ignore[union-attr]


async def test_the_cache_forgets_whom_it_learned_of_first() -> None:
    directory = Directory(limit=2)
    for person in (ANNA, BEN, CARL):
        m = message(user(person))
        directory.committed([directory.see(update(m), m, GROUP) or []])
    asked = {p: directory.see(update(message(user(p))), message(user(p)), GROUP) for p in (ANNA, BEN, CARL)}
    assert asked[ANNA] is not None
    assert asked[BEN] is None
    assert asked[CARL] is None


def test_a_message_of_somebody_known_costs_next_to_nothing() -> None:
    directory = Directory()
    m = message(user(ANNA, "Anna", username="anna"))
    seen = update(m)
    directory.committed([directory.see(seen, m, GROUP) or []])
    best = float("inf")
    for _ in range(20):
        began = time.perf_counter()
        for _ in range(1_000):
            directory.see(seen, m, GROUP)
        best = min(best, time.perf_counter() - began)
    assert best / 1_000 < 10e-6


async def test_a_join_told_twice_is_one_move(database: Database) -> None:
    anna, ben = user(ANNA), user(BEN)
    async with database.write() as tx:
        first = await service.membership_changed(tx, GROUP, change("left", "member", anna, by=ben), NOW)
        again = await service.came_by_message(tx, GROUP, message(ben, new_chat_members=[anna]), NOW)
        moves = await service.moves_between(tx, GROUP.id, NOW - timedelta(days=1), NOW + timedelta(days=1))
    assert first.move is MoveKind.ADDED
    assert again == []
    assert [(move.user_id, move.kind, move.by) for move in moves] == [(ANNA, MoveKind.ADDED, BEN)]
    found = await known(database, ANNA)
    assert found is not None
    assert (found.presence, found.added_by, found.joined_at) == (
        Presence.PRESENT,
        BEN,
        datetime(2026, 11, 28, 12, tzinfo=UTC),
    )


async def test_service_messages_do_where_no_update_comes(database: Database) -> None:
    async with database.write() as tx:
        await service.came_by_message(tx, GROUP, message(user(ANNA), new_chat_members=[user(ANNA), user(ANNA)]), NOW)
        left = message(user(BEN), SECONDS + 3600, left_chat_member=user(ANNA))
        await service.went_by_message(tx, GROUP, left, NOW)
        moves = await service.moves_between(tx, GROUP.id, NOW, NOW + timedelta(days=1))
        assert await service.moves_between(tx, OTHER.id, NOW, NOW + timedelta(days=1)) == []
        assert await service.present_count(tx, GROUP.id) == 0
    assert [(move.kind, move.by) for move in moves] == [(MoveKind.JOINED, None), (MoveKind.REMOVED, BEN)]
    found = await known(database, ANNA)
    assert found is not None
    assert (found.presence, found.joined_at is None, found.left_at is None) == (Presence.REMOVED, False, False)


async def test_the_count_leaves_out_bots_and_who_has_gone(database: Database) -> None:
    directory = Directory()
    await hear(database, directory, *(message(user(p)) for p in (ANNA, BEN)), message(user(CARL, is_bot=True)))
    async with database.write() as tx:
        await service.membership_changed(tx, GROUP, change("member", "left", user(BEN)), NOW)
        counts = await service.counts(tx, GROUP.id)
        assert await service.groups_of(tx, ANNA) == [GROUP.id]
        assert await service.groups_of(tx, BEN) == []
        names = {user_id: person.name for user_id, person in (await service.persons(tx, [ANNA, 77_777])).items()}
    assert (counts.known, counts.bots) == (1, 1)
    assert names == {ANNA: f"U{ANNA}", 77_777: "#77777"}

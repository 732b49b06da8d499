"""Themes in the database, and the talk of several groups as it is heard (R04)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.audit import store as audit_store
from bot.audit.rules import Filter
from bot.db.engine import Database
from bot.kernel.groups import Group, QuietHours
from bot.kernel.ids import ChatId, GroupId, UserId
from bot.policy.theme import store
from bot.policy.theme.rules.clock import LEAST, Clock
from bot.policy.theme.rules.learning import Learning
from bot.policy.theme.rules.theme import MOST_POSTS, Draft, Fault, PostState, Steer, Theme
from bot.policy.theme.service.desk import Desk
from bot.policy.theme.service.watching import Said, Watching
from bot.tg import envelope as env

if TYPE_CHECKING:
    pass

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
ANNA = (UserId(1), "Anna")
GROUP = Group(GroupId(7), ChatId(-1007), "Hikers", "en", "UTC")
OTHER = Group(GroupId(8), ChatId(-1008), "Runners", "en", "UTC")
NIGHT = Group(
    GroupId(7), ChatId(-1007), "Hikers", "en", "UTC", quiet=(QuietHours(time(9), time(12)),), holidays=frozenset[date]()
)
HIKING = Theme(on=True, words=("trail",))


def said(text: str, minutes: float, group: Group = GROUP, user: int = 5) -> Said:
    at = int((NOW + timedelta(minutes=minutes)).timestamp())
    chat = env.Chat(group.chat_id, "supergroup")
    return Said(group, env.Message(1, at, chat, from_=env.User(user, is_bot=False, first_name="Mei"), text=text))


async def hear(database: Database, watching: Watching, *some: Said) -> list[int]:
    """Take messages as one batch; return after how many messages each group strayed."""
    async with database.write() as tx:
        now = datetime.fromtimestamp(some[-1].message.date, UTC)
        return [found.strayed.talk for found in await watching.hear(tx, some, now)]


async def set_theme(database: Database, desk: Desk, theme: Theme, group: Group = GROUP) -> Fault | None:
    async with database.write() as tx:
        outcome = await desk.set(tx, group.id, await desk.shown(tx, group.id), theme, ANNA, NOW)
    return outcome if isinstance(outcome, Fault) else None


async def test_groups_stray_each_by_its_own_clock(database: Database) -> None:
    watching = Watching()
    desk = Desk(watching)
    await set_theme(database, desk, HIKING)
    await set_theme(database, desk, Theme(on=True, words=("marathon",), limit=timedelta(hours=1)), OTHER)

    heard = [await hear(database, watching, said("lunch?", 20 * n), said("lunch?", 20 * n, OTHER)) for n in range(8)]

    assert heard == [[], [], [], [], [5], [], [7], []]
    assert watching.may_watch(GROUP.id)
    assert not watching.may_watch(GroupId(9))


async def test_a_word_of_the_theme_begins_the_clock_anew_also_within_one_batch(database: Database) -> None:
    watching = Watching()
    await set_theme(database, Desk(watching), HIKING)
    for n in range(5):
        assert await hear(database, watching, said("lunch?", 25 * n)) == []

    assert await hear(database, watching, said("the TRAIL is icy", 120), said("lunch?", 121)) == []


async def test_quiet_hours_and_a_day_left_alone_do_not_count(database: Database) -> None:
    watching = Watching()
    desk = Desk(watching)
    await set_theme(database, desk, HIKING)
    for n in range(10):
        assert await hear(database, watching, said("lunch?", 12 * n, NIGHT)) == []
    await set_theme(database, desk, Theme(on=True, words=("trail",), let_be=NOW + timedelta(hours=8)))
    for n in range(20):
        assert await hear(database, watching, said("lunch?", 12 * n)) == []


async def test_a_restart_takes_the_clock_up_where_it_was(database: Database) -> None:
    watching = Watching()
    await set_theme(database, Desk(watching), HIKING)
    for n in range(LEAST + 1):
        await hear(database, watching, said("lunch?", 10 * n))
    again = Watching()

    assert await hear(database, again, said("lunch?", 90)) == []
    assert await hear(database, again, said("lunch?", 121)) == [LEAST + 3]


async def test_a_crash_costs_nothing_of_what_was_heard_and_notes_are_few(database: Database) -> None:
    watching = Watching()
    await set_theme(database, Desk(watching), Theme(on=True, words=("trail",)))
    await set_theme(database, Desk(watching), Theme(on=True), OTHER)
    for n in range(70):
        texts = (f"summit number {n}", "the summit is icy")
        some = [said(text, n, user=user) for user, text in enumerate(texts, 1)]
        await hear(database, watching, *some, said(f"marathon {n}", n, OTHER))
        async with database.write() as tx:
            kept = await store.load(tx, (GROUP.id, OTHER.id))
            notes = (await tx.execute(select(func.count()).select_from(store.heard))).scalar_one()
        for group_id, (_, clock, learning, _) in kept.items():
            assert (clock, learning) == watching.newest(group_id, Clock(), Learning())
        assert notes < 100


async def test_what_was_learned_survives_a_restart_and_counts(database: Database) -> None:
    watching = Watching()
    desk = Desk(watching)
    await set_theme(database, desk, Theme(on=True))
    for day in range(4):
        for user in (1, 2):
            await hear(database, watching, *(said("the summit is icy", 1440 * day + n, user=user) for n in range(30)))
    again = Watching()
    await hear(database, again, said("hello again", 1440 * 4))
    async with database.write() as tx:
        shown = await Desk(again).shown(tx, GROUP.id)

    assert shown.learned == ("summit",)
    assert again.newest(GROUP.id, Clock(), Learning())[0].talk == 1
    await hear(database, again, said("which summit", 1440 * 4 + 1))
    assert again.newest(GROUP.id, Clock(), Learning())[0].talk == 0


async def test_a_theme_without_words_that_learns_nothing_is_not_watched(database: Database) -> None:
    desk = Desk(Watching())

    assert await set_theme(database, desk, Theme(on=True, learns=False)) is Fault.NO_WORDS
    assert await set_theme(database, desk, Theme(on=True, limit=timedelta(minutes=1))) is Fault.TOO_SHORT
    async with database.write() as tx:
        assert (await desk.shown(tx, GROUP.id)).theme == Theme()


async def test_posts_go_out_in_their_order_each_once_and_come_back_when_refused(database: Database) -> None:
    desk = Desk(Watching())
    async with database.write() as tx:
        for text in ("one", "two", "three"):
            await desk.add(tx, GROUP.id, Draft(text), ANNA, NOW)
        third = await desk.post(tx, GROUP.id, 3)
        assert third is not None
        await desk.first(tx, GROUP.id, third, ANNA, NOW)
        taken = [await desk.take_next(tx, GROUP.id, None, NOW) for _ in range(2)]
        assert [post and post.draft.html for post in taken] == ["three", "one"]
        await desk.put_back(tx, GROUP.id, 1, NOW)
        assert await desk.put_back(tx, GROUP.id, 1, NOW) is None
        second = await desk.post(tx, GROUP.id, 2)
        assert second is not None
        await desk.remove(tx, GROUP.id, second, ANNA, NOW)
        left = [await desk.take_next(tx, GROUP.id, None, NOW) for _ in range(2)]
        assert [post and post.draft.html for post in left] == ["one", None]
        again = await desk.post(tx, GROUP.id, 3)
        assert again is not None
        await desk.first(tx, GROUP.id, again, ANNA, NOW)
        assert [(post.number, post.state) for post in await desk.posts(tx, GROUP.id)] == [
            (3, PostState.WAITING),
            (1, PostState.SENT),
        ]


async def test_a_full_line_takes_no_more(database: Database) -> None:
    desk = Desk(Watching())
    async with database.write() as tx:
        for n in range(MOST_POSTS):
            await desk.add(tx, GROUP.id, Draft(f"post {n}"), ANNA, NOW)

        assert await desk.add(tx, GROUP.id, Draft("one more"), ANNA, NOW) is Fault.TOO_MANY_POSTS


async def test_settings_are_stored_and_audited(database: Database) -> None:
    desk = Desk(Watching())
    theme = Theme(True, timedelta(minutes=90), Steer.POST, False, ("徒步", "trail"), ("午饭",), NOW)
    await set_theme(database, desk, theme)
    await set_theme(database, desk, theme)
    async with database.write() as tx:
        assert (await desk.shown(tx, GROUP.id)).theme == theme
        entries = await audit_store.fetch(tx, GROUP.id, Filter(), None, 10)
        assert [(entry.action, entry.after["words"]) for entry in entries] == [("theme.set", "徒步, trail")]

"""Submissions in both databases: numbers, the limit of a day, who was first, what is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.announcements import service as core
from bot.announcements.rules.announcement import Announcement, By
from bot.announcements.rules.announcement import State as Post
from bot.announcements.rules.content import Content, Empty
from bot.announcements.rules.outcomes import Done as Drafted
from bot.announcements.submissions import service
from bot.announcements.submissions.rules import Act, Closed, Done, Full, House, NotNow, State, Submission
from bot.audit import service as audit
from bot.i18n import Html
from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, GroupId, UserId
from bot.kernel.roles import RIGHTS_OF, Role

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
GROUP = Group(GroupId(1), ChatId(-1001), "Hikers", "en", "Asia/Shanghai")
ANNA = By(UserId(1), "Anna", RIGHTS_OF[Role.MANAGER])
BEN = By(UserId(2), "Ben", RIGHTS_OF[Role.REVIEWER])
MEI = By(UserId(3), "Mei")
COATS = Content("Coats")


async def handed(tx: Tx, by: By = MEI, content: Content = COATS, at: datetime = NOW) -> Submission:
    outcome = await service.hand_in(tx, GROUP, content, by, "Sales", at)
    assert isinstance(outcome, Done)
    return outcome.item


async def test_so_many_a_day_of_the_group_and_numbers_go_on(database: Database) -> None:
    async with database.write() as tx:
        tomorrow = datetime(2027, 3, 10, 16, tzinfo=UTC)
        numbers = [(await handed(tx)).number for _ in range(3)]
        assert await service.hand_in(tx, GROUP, Content("More"), MEI, "", NOW) == Full(3, tomorrow)
        assert await service.hand_in(tx, GROUP, Content(""), MEI, "", NOW) == Empty()
        other = await handed(tx, ANNA)
        # In Shanghai it is already tomorrow six hours later.
        later = await handed(tx, at=NOW + timedelta(hours=6))
        house = await service.set_house(tx, GROUP.id, ANNA, NOW, daily=1)
        assert await service.may_hand_in(tx, GROUP, MEI.user_id, NOW + timedelta(hours=6)) == Full(
            1, tomorrow + timedelta(days=1)
        )
        closed = await service.set_house(tx, GROUP.id, ANNA, NOW, open=False)
        assert await service.may_hand_in(tx, GROUP, ANNA.user_id, NOW + timedelta(days=9)) == Closed()
        assert await service.house(tx, GROUP.id) == closed
    assert (numbers, other.number, later.number) == ([1, 2, 3], 4, 5)
    assert (house, closed) == (House(daily=1), House(open=False, daily=1))


async def test_the_first_who_decides_counts(database: Database) -> None:
    async with database.write() as tx:
        item = await handed(tx, content=Content("Coats <b>now</b>", "photo", "f"))
        first = await service.accept(
            tx, GROUP.id, item.number, ANNA, NOW, verified="telephoned", line=Html("<i>Handed in by Mei</i>")
        )
        second = await service.decline(tx, GROUP.id, item.number, "no", BEN, NOW)
        assert isinstance(first, Done)
        assert second == NotNow(first.item, Act.DECLINE)
        assert first.item.post_id is not None
        post = await core.get(tx, first.item.post_id)
        assert isinstance(post, Announcement)
        copied = await core.copy(tx, GROUP.id, post.number, BEN, NOW)
        assert isinstance(copied, Drafted)
        assert await service.handed_in_by(tx, [post.id, copied.item.id]) == {post.id: MEI.user_id}
        entries = await audit.entries(tx, GROUP.id)
        assert await service.count_open(tx, GROUP.id) == 0
    assert post.content == Content("Coats <b>now</b>\n\n<i>Handed in by Mei</i>", "photo", "f")
    assert (post.author_name, post.credit) == ("Anna", "Mei")
    assert (copied.item.author_name, copied.item.credit) == ("Ben", "Mei")
    assert [one.after for one in entries if one.action == "submission.verified"] == ["telephoned"]
    assert (first.item.verified, first.item.shown, first.item.decider_name) == ("telephoned", True, "Anna")


async def test_a_text_that_is_too_long_with_the_name_stays_undecided(database: Database) -> None:
    async with database.write() as tx:
        item = await handed(tx, content=Content("x" * 4090))
        outcome = await service.accept(tx, GROUP.id, item.number, ANNA, NOW, line=Html("<i>Handed in by Mei</i>"))
        assert not isinstance(outcome, Done)
        assert await service.find(tx, GROUP.id, item.number) == item


async def test_questions_and_answers_are_kept_and_the_answer_can_be_the_text(database: Database) -> None:
    async with database.write() as tx:
        item = await handed(tx)
        asked = await service.ask(tx, GROUP.id, item.number, "Where\0?", ANNA, NOW)
        assert isinstance(asked, Done)
        again = await service.ask(tx, GROUP.id, item.number, "When?", BEN, NOW)
        assert again == NotNow(asked.item, Act.ASK)
        answered = await service.answer(tx, GROUP.id, item.number, Content("At the school", "photo", "f"), MEI, NOW)
        used = await service.use(tx, GROUP.id, item.number, MEI, NOW)
        assert isinstance(answered, Done)
        assert isinstance(used, Done)
        assert await service.get(tx, item.id) == used.item
        queue = await service.queue(tx, GROUP.id)
        mine = await service.own(tx, GROUP.id, MEI.user_id)
    assert used.item.content == Content("At the school", "photo", "f")
    assert used.item.talk[0].used
    assert (queue, mine) == ([used.item], [used.item])


async def test_it_is_published_once_and_all_of_it_is_in_the_audit(database: Database) -> None:
    async with database.write() as tx:
        item = await handed(tx)
        back = await handed(tx)
        taken = await service.take_back(tx, GROUP.id, back.number, MEI, NOW)
        done = await service.accept(tx, GROUP.id, item.number, ANNA, NOW)
        assert isinstance(done, Done)
        assert done.item.post_id is not None
        post = await core.get(tx, done.item.post_id)
        assert post is not None
        stands = replace(post, state=Post.PUBLISHED)
        first, second = await service.follow(tx, stands, post.id), await service.follow(tx, stands, post.id)
        taken_back = replace(stands, state=Post.WITHDRAWN, withdrawn_why="wrong school")
        third = await service.follow(tx, taken_back, post.id)
        entries = await audit.entries(tx, GROUP.id)
    assert isinstance(taken, Done)
    assert taken.item.state is State.TAKEN_BACK
    assert first is not None
    assert (first.state, second) == (State.PUBLISHED, None)
    assert third == replace(first, state=State.WITHDRAWN, reason="wrong school")
    actions = [entry.action for entry in entries]
    assert sorted(action for action in actions if action.startswith("submission.")) == [
        "submission.accepted",
        "submission.handed_in",
        "submission.handed_in",
        "submission.taken_back",
    ]


async def test_it_goes_with_its_announcement_and_with_the_first_date_of_a_recurring_one(database: Database) -> None:
    async with database.write() as tx:
        item = await handed(tx)
        done = await service.accept(tx, GROUP.id, item.number, ANNA, NOW)
        assert isinstance(done, Done)
        assert done.item.post_id is not None
        pattern = await core.get(tx, done.item.post_id)
        assert pattern is not None
        dropped = await service.follow(tx, replace(pattern, state=Post.DISCARDED), pattern.id)
        again = await service.follow(tx, replace(pattern, state=Post.DRAFT), pattern.id)
        date = replace(pattern, id=pattern.id + 1)
        assert await service.follow(tx, replace(date, state=Post.CANCELLED), pattern.id) is None
        first = await service.follow(tx, replace(date, state=Post.PUBLISHED), pattern.id)
        assert await service.follow(tx, replace(date, state=Post.WITHDRAWN), pattern.id) is None
        assert await service.follow(tx, replace(date, state=Post.PUBLISHED), date.id) is None
    assert [one and one.state for one in (dropped, again, first)] == [State.DROPPED, State.ACCEPTED, State.PUBLISHED]

"""What judging does for an ordinary message: nothing in the database, whatever the rules; a model is asked once for a batch."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, GroupId, UserId
from bot.policy import store
from bot.policy.rules.detectors import DETECTORS, What
from bot.policy.rules.rule import Rule, State
from bot.policy.rules.speech import Advertising, Length
from bot.policy.service.book import PolicyBook
from bot.policy.service.judging import Heard, Judge, Trust
from bot.tg import envelope as env

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.db.engine import Database, Tx

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
WITH, WITHOUT = (Group(GroupId(number), ChatId(-number), "Hikers", "en", "UTC") for number in (1, 2))
SAID = (
    "I can bring water and some fruit, just tell me how many we are",
    "好的，明天早上九点见，记得带伞和水",
    "+1",
    "Thanks a lot! 🎉",
)


def said(text: str, number: int, group: Group = WITH) -> Heard:
    chat = env.Chat(id=group.chat_id, type="supergroup")
    writer = env.User(id=100 + number, first_name="Mei")
    return Heard(group, env.Message(message_id=number, date=number * 60, chat=chat, from_=writer, text=text))


async def nobody_knows(_group: Group, _user_id: UserId) -> Trust:
    raise AssertionError("nothing was found, and nobody had to be looked up")


async def test_ordinary_messages_cost_no_statement(database: Database) -> None:
    async with database.write() as tx:
        for number, (what, kind) in enumerate(DETECTORS.items(), 1):
            await store.add(tx, WITH.id, Rule(number, what, kind(), state=State.ON))
    judge = Judge(PolicyBook())
    async with database.write() as tx:
        await judge.judge(tx, [said("hello", 1)], nobody_knows, NOW)
    async with database.write() as tx:
        done: list[str] = []
        _count(tx, done)
        heard = [said(text, number) for number, text in enumerate(SAID, 10)]
        assert await judge.judge(tx, heard, nobody_knows, NOW) == []
        assert done == []


def _count(tx: Tx, done: list[str]) -> None:
    def note(_conn: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        done.append(statement)

    event.listen(tx.conn.sync_connection, "before_cursor_execute", note)


class Sure:
    version = "sure-1"

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def scores(self, texts: Sequence[str]) -> list[float]:
        self.asked.append(list(texts))
        return [float("fruit" in text) for text in texts]


async def test_a_model_is_asked_about_groups_that_want_it(database: Database) -> None:
    async with database.write() as tx:
        await store.add(tx, WITH.id, Rule(1, What.ADVERTISING, Advertising(), state=State.ON))
        await store.add(tx, WITHOUT.id, Rule(1, What.LENGTH, Length(), state=State.ON))
    model, looked_up = Sure(), []

    async def trusted(group: Group, user_id: UserId) -> Trust:
        looked_up.append((group.id, user_id))
        return Trust(spared=True)

    async with database.write() as tx:
        heard = [said(SAID[0], 1), said(SAID[0], 2, WITHOUT), said(SAID[1], 3)]
        assert await Judge(PolicyBook(), model).judge(tx, heard, trusted, NOW) == []
    assert model.asked == [[SAID[0], SAID[1]]]
    assert looked_up == [(WITH.id, UserId(101))]

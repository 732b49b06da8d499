"""A group becomes a supergroup while the bot is away, so that only a refused call tells of it."""

from __future__ import annotations

from sqlalchemy import text

from bot.kernel.groups import Group
from bot.sandbox.telegram.model import Chat
from tests.journeys.stage import Stage, said


def profile(stage: Stage, chat: Chat) -> Group:
    assert stage.app is not None
    found = stage.app.groups.by_chat(chat.id)
    assert found is not None
    return found


async def chats(stage: Stage) -> list[int]:
    assert stage.app is not None
    async with stage.app.database.read() as tx:
        query = text("SELECT chat_id FROM chats_groups WHERE chat_id IS NOT NULL ORDER BY id")
        return list((await tx.execute(query)).scalars())


async def moved_unheard(stage: Stage, *, planned: bool = True) -> tuple[Chat, Chat, Group]:
    """Let a group with a label (and an event in three days) become a supergroup, and its news be lost."""
    small = stage.group_of("Cooks", stage.anna, stage.mei, supergroup=False)
    for person in (stage.anna, stage.mei):
        person.send(small, "hello")
    await stage.settled()
    stage.anna.send(small, "/label Kitchen")
    await stage.settled()
    if planned:
        await stage.plan(stage.anna, "/event create Baking | 2027-03-13 10:00 | 2 seats", small)
    before = profile(stage, small)
    await stage.stop()
    big = stage.telegram.migrate(small)
    stage.bot.queue.clear()
    await stage.start()
    await stage.settled()
    return small, big, before


async def test_a_refused_send_moves_the_group_and_all_it_has(any_database_stage: Stage) -> None:
    stage = any_database_stage
    small, big, before = await moved_unheard(stage)

    await stage.advance(days=2)
    await stage.see(big, "Baking", "#1")
    await stage.settled()

    after = profile(stage, big)
    assert (after.id, after.chat_id, after.kind, after.label) == (before.id, big.id, "supergroup", "Kitchen")
    assert profile(stage, small) == after
    assert await chats(stage) == [stage.group.id, big.id]
    card = await stage.until(lambda: next((m for m in stage.telegram.messages(big) if m.labels()), None))
    await stage.tap(stage.mei, card, card.labels()[0])
    await stage.until(lambda: "Mei" in said(card) or "1" in said(card))


async def test_a_refused_question_moves_the_group_and_is_asked_again_where_it_went(stage: Stage) -> None:
    small, big, before = await moved_unheard(stage, planned=False)
    stage.anna.send(stage.bot, "/group")
    choice = await stage.see(stage.anna, "Which group")
    await stage.tap(stage.anna, choice, "Cooks")

    stage.anna.send(stage.bot, "/settings")
    await stage.see(stage.anna, "Settings of Cooks")
    await stage.settled()

    assert (profile(stage, big).id, profile(stage, small).chat_id) == (before.id, big.id)
    assert await chats(stage) == [stage.group.id, big.id]


async def test_what_was_entered_before_it_was_known_is_said_to_be_put_aside(stage: Stage) -> None:
    small, big, before = await moved_unheard(stage)
    stage.anna.send(big, "hello")
    await stage.settled()
    stage.anna.send(big, "/label Bakery")
    await stage.settled()
    newcomer = profile(stage, big)
    assert (newcomer.id == before.id, newcomer.label) == (False, "Bakery")

    await stage.advance(days=2)
    await stage.see(stage.anna, "Cooks", "put aside")
    await stage.settled()

    assert (profile(stage, big).id, profile(stage, big).label) == (before.id, "Kitchen")
    assert profile(stage, small).id == before.id
    assert await chats(stage) == [stage.group.id, big.id]

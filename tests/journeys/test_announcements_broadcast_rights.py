"""A broadcast goes only where whoever sends it may publish at that moment: Telegram is asked, as updates may be missing (R09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements.broadcast.rules.life import Reason
from bot.announcements.broadcast.texts import words
from tests.journeys.stage import Stage, said
from tests.journeys.test_announcements_broadcast import card_of, clubs, copies, page_of, send_page

if TYPE_CHECKING:
    from bot.sandbox.telegram.model import Chat, Message


async def chess_club(stage: Stage) -> Chat:
    """Make a group of Ben's in which Anna administers and the bot is a plain member, so that it hears of no change."""
    telegram = stage.telegram
    chess = telegram.add_group("Chess", stage.ben, [stage.anna])
    stage.ben.promote(chess, stage.anna)
    telegram.add_bot_to(chess, stage.bot, stage.ben, administrator=False)
    await stage.settled()
    return chess


async def listed_missing(stage: Stage, card: Message) -> str:
    """Tap the button that lists who has not got it."""
    await stage.tap(stage.anna, card, "📋")
    await stage.settled()
    return said(stage.telegram.messages(stage.anna)[-1])


async def test_who_was_removed_as_administrator_sends_nothing_there_although_no_update_came(
    either_stage: Stage,
) -> None:
    stage, anna = either_stage, either_stage.anna
    chess, (runners,) = await chess_club(stage), await clubs(stage, "Runners")
    anna.send(stage.group, "/announce to all | We meet at ten.")
    page = await page_of(stage)
    assert "☑️ Chess" in page.labels()
    await stage.advance(hours=1)
    stage.ben.demote(chess, anna)
    await stage.settled()
    card = await send_page(stage)
    assert copies(stage, "We meet at ten.", stage.group, runners, chess) == [1, 1, 0]
    assert stage.words(words.REASONS[Reason.NO_RIGHT]) in await listed_missing(stage, card)

    # As administrator again she sends it there after all.
    stage.ben.promote(chess, anna)
    await stage.tap(anna, await card_of(stage), "🔁")
    await stage.settled()
    assert copies(stage, "We meet at ten.", stage.group, runners, chess) == [1, 1, 1]


async def test_where_telegram_does_not_say_who_administers_nothing_is_sent(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    runners, club = await clubs(stage, "Runners", "Book club")
    anna.send(stage.group, "/announce to all | We meet at ten.")
    await page_of(stage)
    stage.telegram.faults.add("getChatAdministrators", "429", 1, chat_id=club.id, retry_after=0)
    stage.telegram.faults.add("getChatAdministrators", "500", 3, chat_id=runners.id)
    await send_page(stage)
    assert copies(stage, "We meet at ten.", stage.group, runners, club) == [1, 0, 0]
    for _ in range(3):
        await stage.advance(seconds=5)
    assert copies(stage, "We meet at ten.", stage.group, runners, club) == [1, 0, 1]
    card = await card_of(stage)
    assert "3/3" in said(card)
    assert stage.words(words.REASONS[Reason.SILENT]) in await listed_missing(stage, card)
    await stage.tap(anna, await card_of(stage), "🔁")
    await stage.settled()
    assert copies(stage, "We meet at ten.", stage.group, runners, club) == [1, 1, 1]


async def test_the_question_is_asked_again_after_a_restart_in_the_middle_of_it(stage: Stage) -> None:
    (runners,) = await clubs(stage, "Runners")
    stage.anna.send(stage.group, "/announce to all | We meet at ten.")
    await page_of(stage)
    stage.telegram.faults.add("getChatAdministrators", "500", 1, chat_id=runners.id)
    await send_page(stage)
    assert copies(stage, "We meet at ten.", runners) == [0]
    await stage.restart()
    await stage.advance(seconds=5)
    assert copies(stage, "We meet at ten.", stage.group, runners) == [1, 1]


async def test_a_group_lost_between_the_tick_and_the_tap_is_listed_and_not_dropped(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    runners, club = await clubs(stage, "Runners", "Book club")
    anna.send(stage.group, "/announce to all | We meet at ten.")
    await page_of(stage)
    anna.kick(club, stage.bot)
    await stage.settled()
    card = await send_page(stage)
    assert "3/3" in said(card)
    assert copies(stage, "We meet at ten.", stage.group, runners, club) == [1, 1, 0]
    assert "Book club" in said(await stage.see(anna, "Book club", "#1"))
    assert stage.words(words.REASONS[Reason.LOST]) in await listed_missing(stage, card)
    # What is over can neither be paused nor hangs for ever where it was paused too late.
    assert not any("⏸" in label for label in (await card_of(stage)).labels())

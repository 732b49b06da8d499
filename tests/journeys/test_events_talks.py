"""Talks as stories (R05): the speaker agrees, the link stays private, questions are asked, voted for and handed over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.journeys.stage import Stage, said

if TYPE_CHECKING:
    from bot.sandbox.telegram import Message

URL = "https://meet.example.org/moss"
LINE = f"/event create Moss 苔藓 | 2027-03-13 20:00 | 1 hour | online {URL}"


async def planned(stage: Stage) -> Message:
    """Plan a talk in a group in which everybody has said something: only such people are known by their names."""
    for who in (stage.mei, stage.carl):
        who.send(stage.group, "…")
    return await stage.plan(stage.anna, LINE)


async def up_to(stage: Stage, before: timedelta) -> None:
    """Go on to some time before the start (after it, if negative)."""
    start = datetime(2027, 3, 13, 20, 0, tzinfo=ZoneInfo(stage.zone))
    await stage.advance(seconds=(start - before - stage.clock.now()).total_seconds())


def told(stage: Stage, where: object, part: str) -> bool:
    return any(part in said(message) for message in stage.telegram.messages(where))  # type: ignore[arg-type]


async def test_the_speaker_agrees_by_a_button_and_the_card_says_so(any_stage: Stage) -> None:
    stage = any_stage
    stage.mei.start(stage.bot)
    card = await planned(stage)
    stage.anna.send(stage.bot, "/event speaker 1 @mei")
    question = await stage.see(stage.mei, "🎤", "Moss 苔藓")
    await stage.settled()
    assert "🎤 Mei" in said(card)
    before = said(card)
    await stage.tap(stage.mei, question, question.labels()[0])
    await stage.settled()
    assert said(card) != before
    assert "🎤 Mei" in said(card)
    await stage.see(stage.anna, "🎤", "Mei", "Moss 苔藓")


async def test_a_speaker_who_cannot_says_why_and_is_off_the_card(stage: Stage) -> None:
    stage.mei.start(stage.bot)
    card = await planned(stage)
    stage.anna.send(stage.bot, "/event speaker 1 @mei")
    question = await stage.see(stage.mei, "You are asked to speak")
    await stage.tap(stage.mei, question, "I cannot")
    stage.mei.send(stage.bot, "I am away", reply_to=await stage.see(stage.mei, "Why not?"))
    await stage.see(stage.anna, "Mei cannot speak", "I am away")
    await stage.settled()
    assert "🎤" not in said(card)


async def test_a_speaker_who_cannot_be_written_to_is_asked_in_the_group(stage: Stage) -> None:
    await planned(stage)
    stage.anna.send(stage.bot, "/event speaker 1 @carl")
    question = await stage.see(stage.group, "🎤", "Carl", "you are asked to speak")
    assert "not asked" in await stage.tap(stage.mei, question, "Yes, I will speak")
    await stage.tap(stage.carl, question, "Yes, I will speak")
    await stage.see(stage.anna, "Carl will speak")


async def test_somebody_without_telegram_may_speak_and_be_taken_off(stage: Stage) -> None:
    card = await planned(stage)
    stage.anna.send(stage.bot, "/event speaker 1 Professor Li")
    view = await stage.see(stage.anna, "Professor Li", "has no Telegram")
    await stage.settled()
    assert "🎤 Professor Li" in said(card)
    await stage.tap(stage.anna, view, "✕ Professor Li")
    await stage.see(stage.anna, "is taken off the speakers")
    await stage.settled()
    assert "Professor" not in said(card)


async def test_the_organiser_hears_two_days_before_that_nobody_answered(stage: Stage) -> None:
    stage.mei.start(stage.bot)
    await planned(stage)
    stage.anna.send(stage.bot, "/event speaker 1 @mei")
    await stage.see(stage.mei, "You are asked to speak")
    await stage.advance(days=1, hours=13)
    await stage.see(stage.anna, "Mei did not say yet whether they will speak")


async def test_the_link_is_told_in_private_to_those_who_come_and_never_in_the_group(any_stage: Stage) -> None:
    stage = any_stage
    stage.mei.start(stage.bot)
    card = await planned(stage)
    link = next(label for label in card.labels() if "🔗" in label)
    assert await stage.tap(stage.mei, card, link)
    assert not told(stage, stage.mei, URL)
    for who in (stage.mei, stage.carl):
        await stage.tap(who, card, card.labels()[0])
    await stage.tap(stage.mei, card, link)
    await stage.see(stage.mei, URL, "Moss 苔藓")
    assert "@qunguan_bot" in await stage.tap(stage.carl, card, link)
    await up_to(stage, timedelta(minutes=9))
    call = await stage.see(stage.group, "📣", "Moss 苔藓")
    await stage.see(stage.mei, "📣", URL)
    assert URL not in said(call)
    assert link in card.labels()
    await stage.advance(hours=2)
    await stage.settled()
    assert link not in card.labels()
    assert URL not in said(card)


async def test_a_call_that_is_late_still_comes_while_the_talk_is_on(stage: Stage) -> None:
    stage.mei.start(stage.bot)
    card = await planned(stage)
    await stage.tap(stage.mei, card, "Join")
    await stage.stop()
    stage.clock.advance(timedelta(days=3, hours=10, minutes=20))
    await stage.start()
    await stage.see(stage.mei, "is on", URL)


async def test_questions_are_asked_and_the_most_wanted_come_first(any_stage: Stage) -> None:
    stage = any_stage
    await planned(stage)
    stage.mei.send(stage.group, "/event ask 1 Where does it grow? 长在哪里")
    stage.carl.send(stage.group, "/event ask 1 How old is it? 多少岁")
    await stage.settled()
    stage.anna.send(stage.group, "/event questions 1")
    card = await stage.see(stage.group, "❓", "长在哪里", "多少岁")
    assert said(card).index("长在哪里") < said(card).index("多少岁")
    await stage.tap(stage.mei, card, "👍 2")
    await stage.settled()
    assert said(card).index("长在哪里") > said(card).index("多少岁")
    assert await stage.tap(stage.carl, card, "👍 2")
    await stage.tap(stage.mei, card, "👍 2")
    await stage.settled()
    assert said(card).index("长在哪里") < said(card).index("多少岁")
    await up_to(stage, timedelta(minutes=59))
    await stage.see(stage.anna, "❓", "长在哪里", "多少岁")


async def test_a_question_without_a_name(stage: Stage) -> None:
    stage.mei.start(stage.bot)
    card = await planned(stage)
    await stage.tap(stage.mei, card, "❓ Questions")
    listed = await stage.see(stage.group, "Nobody has asked anything yet")
    await stage.tap(stage.mei, listed, "❓ Ask")
    stage.mei.send(stage.bot, "Is it poisonous?", reply_to=await stage.see(stage.mei, "What do you want to ask"))
    await stage.tap(stage.mei, await stage.see(stage.mei, "Shall your name stand"), "Without my name")
    await stage.see(stage.mei, "Your question is number 1")
    await stage.see(stage.group, "Is it poisonous?", "somebody")
    assert not told(stage, stage.group, "Mei ·")


async def test_organisers_hide_a_question_and_put_two_together(stage: Stage) -> None:
    await planned(stage)
    for who, text in ((stage.mei, "Where?"), (stage.carl, "In which place?"), (stage.ben, "Rude one")):
        who.send(stage.group, f"/event ask 1 {text}")
    await stage.settled()
    stage.anna.send(stage.group, "/event questions 1")
    card = await stage.see(stage.group, "❓ Questions for", "Rude one")
    await stage.tap(stage.anna, card, "⚙️ Sort them")
    view = await stage.see(stage.anna, "All questions for")
    await stage.tap(stage.anna, view, "3")
    await stage.settled()
    await stage.tap(stage.anna, view, "Hide")
    await stage.settled()
    assert "Rude one" not in said(card)
    await stage.tap(stage.anna, card, "⚙️ Sort them")
    again = await stage.until(
        lambda: next(
            (m for m in stage.telegram.messages(stage.anna) if "All questions" in said(m) and m is not view), None
        )
    )
    await stage.tap(stage.anna, again, "2")
    await stage.settled()
    await stage.tap(stage.anna, again, "Same as")
    await stage.settled()
    await stage.tap(stage.anna, again, "1")
    await stage.settled()
    assert "In which place?" not in said(card)
    assert "1 vote" in said(card)


async def test_a_member_cannot_name_a_speaker_and_too_many_questions_are_refused(stage: Stage) -> None:
    await planned(stage)
    stage.mei.send(stage.group, "/event speaker 1 @carl")
    await stage.see(stage.group, "Only people who may run events")
    for number in range(6):
        stage.mei.send(stage.group, f"/event ask 1 Question {number}?")
    await stage.see(stage.group, "You have asked 5 questions already")

"""Speakers, questions and votes on both databases (R05)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.audit import service as audit
from bot.events import service as events
from bot.events.rules.event import Change, Created, Event
from bot.events.rules.plan import Kind
from bot.events.rules.signup import Action
from bot.events.talks import rules, service
from bot.events.talks.rules import Answer, Asked, AskFlaw, Question, SpeakerFlaw, Standing, Vote
from bot.timers import service as timers
from tests.events.build import GROUP, NOW, OWNER, START, group, person, plan

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx

MEI, CARL = person(1), person(2)


async def talk(tx: Tx) -> Event:
    made = await events.create(tx, GROUP, plan(kind=Kind.ONLINE, link="https://meet.example.org/x"), OWNER, NOW)
    assert isinstance(made, Created)
    return made.event


async def asked(tx: Tx, event: Event, number: int, text: str, *, anonymous: bool = False) -> Question:
    done = await service.ask(tx, event, person(number), text, NOW, anonymous=anonymous)
    assert isinstance(done, Asked)
    return done.question


async def test_a_speaker_is_asked_and_the_last_answer_counts(database: Database) -> None:
    async with database.write() as tx:
        event = await talk(tx)
        assert isinstance(await service.name_speaker(tx, event, " Mei ", MEI.user_id, OWNER, NOW), service.Named)
        again = await service.name_speaker(tx, event, "Mei", MEI.user_id, OWNER, NOW)
        assert again is SpeakerFlaw.ALREADY
        assert await service.answer(tx, event, CARL, NOW, yes=True) is None
        done = await service.answer(tx, event, MEI, NOW, yes=False, reason="ill")
        assert done is not None
        assert (done.speaker.answer, done.speaker.reason) == (Answer.NO, "ill")
        await service.answer(tx, event, MEI, NOW, yes=True)
        (found,) = await service.speakers(tx, event.id)
        assert (found.name, found.answer, found.reason) == ("Mei", Answer.YES, None)
        assert await service.answer(tx, event, MEI, START, yes=False) is None


async def test_at_most_five_speak_and_one_can_be_taken_off(database: Database) -> None:
    async with database.write() as tx:
        event = await talk(tx)
        for number in range(rules.MOST_SPEAKERS):
            await service.name_speaker(tx, event, f"Guest {number}", None, OWNER, NOW)
        assert await service.name_speaker(tx, event, "One more", None, OWNER, NOW) is SpeakerFlaw.TOO_MANY
        assert await service.name_speaker(tx, event, " ", None, OWNER, NOW) is SpeakerFlaw.NO_NAME
        assert await service.name_speaker(tx, event, "x" * 101, None, OWNER, NOW) is SpeakerFlaw.NAME_TOO_LONG
        assert await service.name_speaker(tx, event, "Late", None, OWNER, START) is SpeakerFlaw.NOT_LIVE
        gone = await service.drop_speaker(tx, event, 2, OWNER, NOW)
        assert gone is not None
        assert gone.name == "Guest 1"
        assert await service.drop_speaker(tx, event, 2, OWNER, NOW) is None
        assert [one.place for one in await service.speakers(tx, event.id)] == [1, 3, 4, 5]


async def test_the_organiser_hears_two_days_before_that_somebody_has_not_answered(database: Database) -> None:
    async with database.write() as tx:
        event = await talk(tx)
        await service.name_speaker(tx, event, "Prof. Li", None, OWNER, NOW)
        due = {row.key: row.due_at for row in await timers.pending(tx, events.NAME)}
        assert f"{event.id}:speaker" not in due
        await service.name_speaker(tx, event, "Mei", MEI.user_id, OWNER, NOW)
        due = {row.key: row.due_at for row in await timers.pending(tx, events.NAME)}
        assert due[f"{event.id}:speaker"] == START - timedelta(hours=48)
        assert due[f"{event.id}:call"] == START - timedelta(minutes=10)


async def test_the_link_is_for_those_who_are_going_and_for_speakers(database: Database) -> None:
    async with database.write() as tx:
        event = await talk(tx)
        await events.tap(tx, group(), event.id, Action.JOIN, MEI, NOW)
        await events.tap(tx, group(), event.id, Action.MAYBE, CARL, NOW)
        assert await service.may_see_link(tx, event, MEI.user_id)
        assert not await service.may_see_link(tx, event, CARL.user_id)
        await service.name_speaker(tx, event, "Carl", CARL.user_id, OWNER, NOW)
        assert await service.may_see_link(tx, event, CARL.user_id)


async def test_who_cannot_speak_or_has_left_gets_no_link_and_may_be_asked_again(database: Database) -> None:
    async with database.write() as tx:
        event = await talk(tx)
        for who in (MEI, CARL):
            await service.name_speaker(tx, event, who.name, who.user_id, OWNER, NOW)
        await service.answer(tx, event, MEI, NOW, yes=False)
        assert not await service.may_see_link(tx, event, MEI.user_id)
        (gone,) = await service.left(tx, GROUP, CARL.user_id, NOW)
        assert (gone.event, gone.speaker.answer) == (event, Answer.LEFT)
        assert await service.left(tx, GROUP, CARL.user_id, NOW) == []
        assert await service.left(tx, type(GROUP)(8), MEI.user_id, NOW) == []
        assert not await service.may_see_link(tx, event, CARL.user_id)
        again = await service.name_speaker(tx, event, "Mei", MEI.user_id, OWNER, NOW)
        assert isinstance(again, service.Named)
        assert [(one.place, one.answer) for one in await service.speakers(tx, event.id)] == [
            (1, Answer.ASKED),
            (2, Answer.LEFT),
        ]


async def test_speakers_of_an_event_at_another_time_are_asked_again_once(database: Database) -> None:
    async with database.write() as tx:
        event = await talk(tx)
        await service.name_speaker(tx, event, "Prof. Li", None, OWNER, NOW)
        await service.name_speaker(tx, event, "Mei", MEI.user_id, OWNER, NOW)
        await service.answer(tx, event, MEI, NOW, yes=True)
        await asked(tx, event, 3, "How long?")
        later = START + timedelta(days=5)
        await events.edit(tx, group(), event.id, Change("starts_at", later), OWNER, NOW)
        found = await events.get(tx, GROUP, event.id)
        assert found is not None
        assert [one.name for one in await service.keep_time(tx, found[0], NOW)] == ["Mei"]
        assert await service.keep_time(tx, found[0], NOW) == []
        assert [one.answer for one in await service.speakers(tx, event.id)] == [Answer.UNASKED, Answer.ASKED]
        due = {row.key: row.due_at for row in await timers.pending(tx, events.NAME)}
        assert due[f"{event.id}:speaker"] == later - timedelta(hours=48)
        assert due[f"{event.id}:questions"] == later - timedelta(hours=1)


async def test_a_speaker_named_late_has_half_the_time_to_answer(database: Database) -> None:
    async with database.write() as tx:
        event = await talk(tx)
        late = START - timedelta(hours=10)
        await service.name_speaker(tx, event, "Mei", MEI.user_id, OWNER, late)
        due = {row.key: row.due_at for row in await timers.pending(tx, events.NAME)}
        assert due[f"{event.id}:speaker"] == START - timedelta(hours=5)


async def test_no_vote_counts_after_the_end_or_a_cancellation(database: Database) -> None:
    async with database.write() as tx:
        event = await talk(tx)
        question = await asked(tx, event, 1, "How long?")
        over = event.plan.ends_at
        assert await service.vote(tx, GROUP, question.id, CARL.user_id, over) == (event, Vote.OVER)
        assert await service.vote(tx, GROUP, question.id, CARL.user_id, START) == (event, Vote.GIVEN)
        await events.cancel(tx, GROUP, event.id, None, OWNER, NOW)
        found = await service.vote(tx, GROUP, question.id, CARL.user_id, NOW)
        assert found is not None
        assert found[1] is Vote.OVER
        assert [one.voters for one in await service.questions(tx, event.id)] == [1]


async def test_the_audit_log_names_the_site_of_a_link_but_never_the_link(database: Database) -> None:
    async with database.write() as tx:
        event = await talk(tx)
        await events.edit(tx, group(), event.id, Change("link", "https://a:b@new.example.org/secret"), OWNER, NOW)
        log = [str((entry.before, entry.after, entry.details)) for entry in await audit.entries(tx, GROUP)]
    assert any("new.example.org/…" in line for line in log)
    assert not any("secret" in line or "a:b" in line or "/x" in line for line in log)


async def test_questions_are_ranked_by_votes_and_votes_can_be_taken_back(database: Database) -> None:
    async with database.write() as tx:
        event = await talk(tx)
        first, second = await asked(tx, event, 1, "How long?"), await asked(tx, event, 2, "How far?")
        assert await service.vote(tx, GROUP, second.id, CARL.user_id, NOW) == (event, Vote.OWN)
        assert await service.vote(tx, GROUP, second.id, MEI.user_id, NOW) == (event, Vote.GIVEN)
        assert [one.id for one in rules.ranked(await service.questions(tx, event.id))] == [second.id, first.id]
        seen = {one.id: (one.mine, one.voted) for one in await service.questions(tx, event.id, MEI.user_id)}
        assert seen == {first.id: (True, False), second.id: (False, True)}
        assert await service.vote(tx, GROUP, second.id, MEI.user_id, NOW) == (event, Vote.TAKEN_BACK)
        assert [one.voters for one in await service.questions(tx, event.id)] == [0, 0]
        assert await service.vote(tx, type(GROUP)(8), first.id, CARL.user_id, NOW) is None
        assert await service.vote(tx, GROUP, 2**70, CARL.user_id, NOW) is None


async def test_what_is_no_question_is_refused_and_changes_nothing(database: Database) -> None:
    async with database.write() as tx:
        event = await talk(tx)
        assert await service.ask(tx, event, MEI, " \n", NOW) is AskFlaw.EMPTY
        assert await service.ask(tx, event, MEI, "x" * 301, NOW) is AskFlaw.TOO_LONG
        assert await service.ask(tx, event, MEI, "Why?", START + timedelta(hours=3)) is AskFlaw.OVER
        for number in range(rules.MOST_QUESTIONS):
            await asked(tx, event, 1, f"Why {number}?")
        assert await service.ask(tx, event, MEI, "WHY 0?", NOW) is AskFlaw.SAME
        assert await service.ask(tx, event, MEI, "One more?", NOW) is AskFlaw.TOO_MANY
        assert len(await service.questions(tx, event.id)) == rules.MOST_QUESTIONS


async def test_organisers_hide_mark_and_put_together(database: Database) -> None:
    async with database.write() as tx:
        event = await talk(tx)
        one, same, other = [await asked(tx, event, number, f"Q{number}?") for number in (1, 2, 3)]
        await service.vote(tx, GROUP, same.id, person(4).user_id, NOW)
        await service.vote(tx, GROUP, one.id, person(4).user_id, NOW)
        await service.vote(tx, GROUP, same.id, MEI.user_id, NOW)
        done = await service.merge(tx, GROUP, same.id, one.id, OWNER, NOW)
        assert done is not None
        # Person 4 counts once, the author of the second one counts now, the author of the first never.
        assert done[1].voters == 2
        assert await service.merge(tx, GROUP, same.id, other.id, OWNER, NOW) is None
        assert await service.merge(tx, GROUP, one.id, one.id, OWNER, NOW) is None
        assert await service.settle(tx, GROUP, same.id, Standing.OPEN, OWNER, NOW) is None
        await service.settle(tx, GROUP, other.id, Standing.HIDDEN, OWNER, NOW)
        assert await service.vote(tx, GROUP, other.id, MEI.user_id, NOW) == (event, Vote.CLOSED)
        assert [shown.id for shown in rules.ranked(await service.questions(tx, event.id))] == [one.id]
        await service.settle(tx, GROUP, one.id, Standing.ANSWERED, OWNER, NOW)
        await service.settle(tx, GROUP, other.id, Standing.OPEN, OWNER, NOW)
        assert [shown.id for shown in rules.ranked(await service.questions(tx, event.id))] == [other.id, one.id]
        assert [shown.id for shown in rules.top(await service.questions(tx, event.id))] == [other.id]


async def test_fifty_people_vote_at_once(database: Database) -> None:
    async with database.write() as tx:
        event = await talk(tx)
        question = await asked(tx, event, 1, "How long?")

    async def vote(number: int) -> None:
        async with database.write() as tx:
            await service.vote(tx, GROUP, question.id, person(number).user_id, NOW)

    await asyncio.gather(*(vote(number) for number in range(2, 52)))
    async with database.read() as tx:
        (found,) = await service.questions(tx, event.id)
    assert found.voters == 50

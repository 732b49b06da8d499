"""Naming speakers and taking their answers, asking questions and voting; state, timers and the audit log together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.audit import service as audit
from bot.events import service as events
from bot.events.rules.signup import SignUpState
from bot.events.service import clock
from bot.events.talks import rules, store
from bot.events.talks.rules import Answer, Asked, AskFlaw, Question, Speaker, SpeakerFlaw, Standing, Vote

if TYPE_CHECKING:
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.events.rules.event import Event
    from bot.events.rules.signup import Person
    from bot.kernel.ids import GroupId, UserId

SPEAKER, QUESTIONS = "speaker", "questions"
"""Occasions: a speaker has not answered; the questions are handed over."""


@dataclass(frozen=True, slots=True)
class Named:
    """A speaker is named, or has answered."""

    event: Event
    speaker: Speaker


# Speakers


async def speakers(tx: Tx, event_id: int) -> list[Speaker]:
    """Return who speaks at an event."""
    return await store.speakers_of(tx, event_id)


async def name_speaker(
    tx: Tx, event: Event, name: str, user_id: UserId | None, by: Person, now: datetime
) -> Named | SpeakerFlaw:
    """Name a speaker; one with Telegram has to be asked."""
    await tx.lock((event.group_id,))
    found = rules.new_speaker(event, await store.speakers_of(tx, event.id), name, user_id, now)
    if isinstance(found, SpeakerFlaw):
        return found
    await store.put_speaker(tx, event.id, found)
    if found.answer is Answer.ASKED:
        await clock.set_all(tx, event, {SPEAKER: rules.answer_wanted(event, now)})
    await _record(tx, event, by, "named", now, {"speaker": found.name})
    return Named(event, found)


async def drop_speaker(tx: Tx, event: Event, place: int, by: Person, now: datetime) -> Speaker | None:
    """Take a speaker off; None if there is none at that place."""
    await tx.lock((event.group_id,))
    found = next((one for one in await store.speakers_of(tx, event.id) if one.place == place), None)
    if found is not None:
        await store.drop_speaker(tx, event.id, place)
        await _record(tx, event, by, "unnamed", now, {"speaker": found.name})
    return found


async def answer(
    tx: Tx, event: Event, who: Person, now: datetime, *, yes: bool, reason: str | None = None
) -> Named | None:
    """Take a speaker's answer, the last one counts; None if the person was not asked."""
    await tx.lock((event.group_id,))
    found = next((one for one in await store.speakers_of(tx, event.id) if one.user_id == who.user_id), None)
    if found is None or not event.phase(now).is_live:
        return None
    said = replace(found, answer=Answer.YES if yes else Answer.NO, reason=None if yes else reason)
    if said != found:
        await store.put_speaker(tx, event.id, said)
        await _record(tx, event, who, "agreed" if yes else "declined", now, {"reason": reason or ""})
    return Named(event, said)


async def keep_time(tx: Tx, event: Event, now: datetime) -> list[Speaker]:
    """Bring speakers and timers to the time an event has now; return the speakers who have to be asked again."""
    await tx.lock((event.group_id,))
    again = rules.asked_again(event, await store.speakers_of(tx, event.id))
    for one in again:
        await store.put_speaker(tx, event.id, one)
    if again:
        await clock.set_all(tx, event, {SPEAKER: rules.answer_wanted(event, now)})
    due = event.plan.starts_at - rules.QUESTIONS_AHEAD
    if due > now and await store.questions_of(tx, event.id):
        await clock.set_all(tx, event, {QUESTIONS: due})
    return again


async def left(tx: Tx, group_id: GroupId, user_id: UserId, now: datetime) -> list[Named]:
    """Note that somebody left the group: they do not speak at its coming events any more."""
    gone = []
    for event_id in await store.speaks_at(tx, user_id):
        found = await events.get(tx, group_id, event_id)
        if found is None or not found[0].phase(now).is_live:
            continue
        await tx.lock((group_id,))
        event = found[0]
        for one in await store.speakers_of(tx, event_id):
            if one.user_id == user_id and not one.answer.is_off:
                away = replace(one, answer=Answer.LEFT, reason=None)
                await store.put_speaker(tx, event_id, away)
                gone.append(Named(event, away))
    return gone


# The link


async def may_see_link(tx: Tx, event: Event, user_id: UserId) -> bool:
    """Say whether a member is told the link: they are going, or they speak."""
    mine = await events.standing_of(tx, event.id, user_id)
    if mine is not None and mine.state is SignUpState.GOING:
        return True
    return any(one.user_id == user_id and one.can_be_told for one in await store.speakers_of(tx, event.id))


# Questions


async def questions(tx: Tx, event_id: int, user_id: UserId | int = 0) -> list[Question]:
    """Return all questions about an event, with what a person has to do with each."""
    return await store.questions_of(tx, event_id, user_id)


async def ask(
    tx: Tx, event: Event, who: Person, text: str, now: datetime, *, anonymous: bool = False
) -> Asked | AskFlaw:
    """Take a question."""
    await tx.lock((event.group_id,))
    text = " ".join(text.split())
    mine = [one for one in await store.questions_of(tx, event.id, who.user_id) if one.mine]
    flaw = rules.ask_flaw(event, mine, text, now)
    if flaw is not None:
        return flaw
    new = await store.add_question(tx, event.id, who.user_id, who.name, text, now, anonymous=anonymous)
    due = event.plan.starts_at - rules.QUESTIONS_AHEAD
    if due > now:
        await clock.set_all(tx, event, {QUESTIONS: due})
    return Asked(new, rules.MOST_QUESTIONS - len(mine) - 1)


async def find(tx: Tx, group_id: GroupId, question_id: int, user_id: UserId) -> tuple[Event, Question] | None:
    """Return a question of the group with the event it is about."""
    event_id = await store.event_of(tx, question_id)
    found = None if event_id is None else await events.get(tx, group_id, event_id)
    if found is None:
        return None
    every = await store.questions_of(tx, found[0].id, user_id)
    return next(((found[0], one) for one in every if one.id == question_id), None)


async def vote(
    tx: Tx, group_id: GroupId, question_id: int, user_id: UserId, now: datetime
) -> tuple[Event, Vote] | None:
    """Take a vote, or take it back; None if there is no such question."""
    await tx.lock((group_id,))
    found = await find(tx, group_id, question_id, user_id)
    if found is None:
        return None
    event, question = found
    outcome = rules.vote(event, question, now)
    if outcome in {Vote.GIVEN, Vote.TAKEN_BACK}:
        await store.set_vote(tx, question_id, user_id, given=outcome is Vote.GIVEN)
    return event, outcome


async def settle(
    tx: Tx, group_id: GroupId, question_id: int, standing: Standing, by: Person, now: datetime
) -> tuple[Event, Question] | None:
    """Hide a question, show it again, or note that it is answered."""
    await tx.lock((group_id,))
    found = await find(tx, group_id, question_id, by.user_id)
    if found is None or standing is Standing.MERGED or found[1].standing is Standing.MERGED:
        return None
    event, question = found
    await store.set_standing(tx, question_id, standing)
    await _record(tx, event, by, standing.value, now, {"question": question.text})
    return event, replace(question, standing=standing)


async def merge(
    tx: Tx, group_id: GroupId, question_id: int, into_id: int, by: Person, now: datetime
) -> tuple[Event, Question] | None:
    """Put a question together with another that means the same; the other gets its votes. None if they do not go together."""
    await tx.lock((group_id,))
    one, other = await find(tx, group_id, question_id, by.user_id), await find(tx, group_id, into_id, by.user_id)
    if one is None or other is None or not rules.can_merge(one[1], other[1]):
        return None
    await store.move_votes(tx, question_id, into_id, one[1].author_id)
    await store.set_standing(tx, question_id, Standing.MERGED, into_id)
    await _record(tx, one[0], by, "merged", now, {"question": one[1].text, "into": other[1].number})
    return await find(tx, group_id, into_id, by.user_id)


async def _record(tx: Tx, event: Event, by: Person, act: str, now: datetime, details: dict[str, Any]) -> None:
    await audit.record(
        tx,
        group_id=event.group_id,
        actor_id=by.user_id,
        actor_name=by.name,
        action=f"talk.{act}",
        at=now,
        target=f"#{event.number}",
        details={"title": event.plan.title, **details},
    )

"""Thanks, feedback, handing in, publishing, attendance; state, timers and the audit log together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.audit import service as audit
from bot.events import service as events
from bot.events.recap import rules, store
from bot.events.recap.rules import (
    Attendance,
    Desk,
    Feedback,
    Given,
    Handed,
    HandFlaw,
    Item,
    Post,
    Posted,
    PublishFlaw,
    Recap,
    Said,
    SayFlaw,
    Standing,
)
from bot.events.recap.store import attendance as counted
from bot.events.service import clock

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.db.engine import Tx
    from bot.events.rules.event import Event
    from bot.events.rules.signup import Person, SignUp
    from bot.kernel.ids import ChatId, GroupId, UserId

THANKS, REMIND = "thanks", "recap"
"""Occasions: people are thanked; the organiser is reminded of what was handed in."""


# Thanks and feedback


async def ended(tx: Tx, event: Event) -> None:
    """Have people thanked, and the organiser reminded of the recap."""
    end = event.plan.ends_at
    await clock.set_all(tx, event, {THANKS: end + rules.THANKS_AFTER, REMIND: end + rules.REMINDED_AFTER})


async def thank(tx: Tx, event: Event) -> list[SignUp]:
    """Return whom to thank, and note that they are thanked; nobody is thanked twice."""
    await tx.lock((event.group_id,))
    recap = await store.recap_of(tx, event.id)
    if recap.thanked:
        return []
    await store.keep_recap(tx, event.id, replace(recap, thanked=True))
    return await who_came(tx, event.id)


async def who_came(tx: Tx, event_id: int) -> list[SignUp]:
    """Return who came to an event."""
    return rules.came(await store.people_of(tx, event_id))


async def say(
    tx: Tx,
    event: Event,
    who: UserId,
    now: datetime,
    *,
    stars: int | None = None,
    again: rules.Again | None = None,
) -> Said | SayFlaw:
    """Take a person's answer to one question; the other one stays."""
    await tx.lock((event.group_id,))
    mine = await events.standing_of(tx, event.id, who)
    flaw = rules.say_flaw(event, mine, now, checked=await store.was_checked(tx, event.id))
    if flaw is not None:
        return flaw
    before = await store.said_by(tx, event.id, who)
    said = Said(stars or before.stars, again or before.again)
    await store.keep_said(tx, event.id, who, said)
    return said


async def feedback(tx: Tx, event_id: int) -> Feedback:
    """Return the sums of what people said."""
    asked = [one for one in await who_came(tx, event_id) if one.has_telegram]
    return rules.summed(await store.all_said(tx, event_id), len(asked))


# Handing in


async def hand_in(tx: Tx, event: Event, who: Person, given: Given, now: datetime) -> Handed | HandFlaw:
    """Take a note or a file."""
    await tx.lock((event.group_id,))
    mine = [one for one in await store.items_of(tx, event.id) if one.user_id == who.user_id]
    flaw = rules.hand_flaw(event, mine, given, now)
    if flaw is not None or given.kind is None:
        return flaw or HandFlaw.WRONG_KIND
    item = await store.add_item(
        tx, event.id, who.user_id, who.name, now, kind=given.kind.value, text=given.html, file_id=given.file_id
    )
    if (await store.recap_of(tx, event.id)).published_at is None:
        due = event.plan.ends_at + rules.REMINDED_AFTER
        await clock.set_all(tx, event, {REMIND: due if due > now else now + rules.REMINDED_AFTER})
    count = len(mine) + 1
    return Handed(item, count, rules.MOST_HANDED - count)


async def handed_by(tx: Tx, event_id: int, user_id: UserId) -> int:
    """Count what a person has handed in."""
    return sum(one.user_id == user_id for one in await store.items_of(tx, event_id))


# The organiser's desk


async def desk(tx: Tx, event_id: int) -> Desk:
    """Return what the organiser has before them."""
    return Desk(await store.recap_of(tx, event_id), tuple(await store.items_of(tx, event_id)))


async def find(tx: Tx, group_id: GroupId, item_id: int) -> tuple[Event, Item] | None:
    """Return something that was handed in, with its event; None if the group has no such thing."""
    item = await store.item(tx, item_id)
    found = None if item is None else await events.get(tx, group_id, item.event_id)
    return None if item is None or found is None else (found[0], item)


async def settle(
    tx: Tx, group_id: GroupId, item_id: int, standing: Standing, by: Person, now: datetime
) -> tuple[Event, Item] | None:
    """Accept something, or leave it out; None if there is no such thing."""
    await tx.lock((group_id,))
    found = await find(tx, group_id, item_id)
    if found is None:
        return None
    event, item = found
    if item.standing is not standing:
        await store.settle(tx, [item.id], standing)
        act = "accepted" if standing is Standing.ACCEPTED else "left_out"
        await _record(tx, event, by, act, now, {"who": item.name, "kind": item.kind.value})
    return event, replace(item, standing=standing)


async def accept_all(tx: Tx, event: Event, by: Person, now: datetime) -> int:
    """Accept all that is new, and return how much that was."""
    await tx.lock((event.group_id,))
    new = [one for one in await store.items_of(tx, event.id) if one.standing is Standing.NEW]
    if new:
        await store.settle(tx, [one.id for one in new], Standing.ACCEPTED)
        await _record(tx, event, by, "accepted_all", now, {"count": len(new)})
    return len(new)


async def move(tx: Tx, group_id: GroupId, item_id: int, step: int) -> tuple[Event, Item] | None:
    """Let something change places with the one before or after it; None if there is no such thing."""
    await tx.lock((group_id,))
    found = await find(tx, group_id, item_id)
    if found is None:
        return None
    event, item = found
    other = rules.neighbour(await store.items_of(tx, event.id), item, step)
    if other is None:
        return found
    await store.place(tx, item.id, other.place)
    await store.place(tx, other.id, item.place)
    return event, replace(item, place=other.place)


async def introduce(tx: Tx, event: Event, intro: str, by: Person, now: datetime) -> None:
    """Keep the words a recap begins with."""
    await tx.lock((event.group_id,))
    await store.keep_recap(tx, event.id, replace(await store.recap_of(tx, event.id), intro=intro))
    await _record(tx, event, by, "introduced", now, {})


# Publishing


@dataclass(frozen=True, slots=True)
class Published:
    """A recap is published: by editing what stands there, or as new messages in the stead of ``before``."""

    recap: Recap
    before: tuple[Posted, ...]
    edited: bool


async def publish(
    tx: Tx, event: Event, posts: Sequence[Post], chat_id: ChatId, by: Person, now: datetime
) -> Published | PublishFlaw:
    """Take note of what is published from now on."""
    await tx.lock((event.group_id,))
    here = await desk(tx, event.id)
    before = here.recap
    flaw = rules.publish_flaw(before, posts, here.items)
    if flaw is not None:
        return flaw
    edited = bool(before.posted) and rules.can_be_edited(before.posted, posts, chat_id)
    if edited:
        posted = tuple(replace(one, post=post) for one, post in zip(before.posted, posts, strict=True))
    else:
        posted = tuple(Posted(post, chat_id) for post in posts)
    recap = replace(before, published_at=now, edition=before.edition + (not edited), posted=posted)
    await store.keep_recap(tx, event.id, recap)
    act = "published" if before.published_at is None else "changed"
    await _record(tx, event, by, act, now, {"count": len(rules.accepted(here.items))})
    return Published(recap, before.posted, edited)


async def arrived(
    tx: Tx, group_id: GroupId, event_id: int, edition: int, place: int, message_ids: tuple[int, ...]
) -> None:
    """Note where a message of a recap stands; without ids it is nowhere, or nobody knows where."""
    await tx.lock((group_id,))
    recap = await store.recap_of(tx, event_id)
    if recap.edition != edition or not 0 <= place < len(recap.posted):
        return
    posted = list(recap.posted)
    posted[place] = replace(posted[place], message_ids=message_ids)
    await store.keep_recap(tx, event_id, replace(recap, posted=tuple(posted)))


async def _record(tx: Tx, event: Event, by: Person, act: str, now: datetime, details: dict[str, Any]) -> None:
    await audit.record(
        tx,
        group_id=event.group_id,
        actor_id=by.user_id,
        actor_name=by.name,
        action=f"recap.{act}",
        at=now,
        target=f"#{event.number}",
        details={"title": event.plan.title, **details},
    )


# Attendance


async def attendance(tx: Tx, group_id: GroupId, since: datetime, until: datetime) -> list[Attendance]:
    """Return how often each person came, was late and stayed away, for events that begin from ``since`` to before ``until``.

    Those who came most often are first. ``until`` must not lie ahead: who is going to come has not come yet.
    """
    return await counted.attendance(tx, group_id, since, until)


async def attendance_of(
    tx: Tx, group_id: GroupId, user_id: UserId, since: datetime, until: datetime
) -> Attendance | None:
    """Return how often one person came; None if they neither came to anything nor missed it."""
    return await counted.attendance_of(tx, group_id, user_id, since, until)


async def how_many(tx: Tx, group_id: GroupId, since: datetime, until: datetime) -> int:
    """Count the events that took place."""
    return await counted.how_many(tx, group_id, since, until)

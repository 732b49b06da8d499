"""The waiting list as people see it: a seat is offered, accepted, declined, passed on; in the day, and in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.stage import Stage, said

if TYPE_CHECKING:
    from bot.sandbox.telegram import Actor, Message

JOIN, MAYBE, LEAVE, MORE = range(4)
"""Where the buttons of a card stand."""
ACCEPT, DECLINE = range(2)
LINE = "/event create Hike 徒步 | 2027-03-13 09:00 | 1 seat"


async def tap(stage: Stage, who: Actor, message: Message, place: int) -> str:
    """Tap the button that stands at a place; return the answer."""
    answer = await stage.tap(who, message, message.labels()[place])
    await stage.settled()
    return answer


async def full(stage: Stage, *more: str) -> Message:
    """One seat, which Mei has; Carl and then Ben wait for it."""
    card = await stage.plan(stage.anna, " | ".join((LINE, *more)))
    for who in (stage.mei, stage.carl, stage.ben):
        assert await tap(stage, who, card, JOIN)
    return card


def offers(stage: Stage, name: str) -> int:
    """Count the messages in the group by which somebody was offered a seat."""
    return sum("🎟" in said(message) and name in said(message) for message in stage.telegram.messages(stage.group))


def order(card: Message, *names: str) -> bool:
    """Say whether the card names people in this order."""
    places = [said(card).find(name) for name in names]
    return min(places) >= 0 and places == sorted(places)


async def test_an_offer_is_accepted_in_the_group_by_whom_it_is_for(either_stage: Stage) -> None:
    stage = either_stage
    card = await full(stage)
    await tap(stage, stage.mei, card, LEAVE)
    offer = await stage.see(stage.group, "🎟", "Carl", "Hike 徒步")
    assert "Ben" not in said(offer)
    refusal = await tap(stage, stage.ben, offer, ACCEPT)
    assert await tap(stage, stage.carl, offer, ACCEPT) != refusal
    assert order(card, "Carl", "Ben")
    assert "Mei" not in said(card)
    assert await tap(stage, stage.carl, offer, ACCEPT) == refusal
    await stage.advance(hours=5)
    assert stage.find(stage.group, "⌛") is None


async def test_an_offer_is_accepted_in_private(either_stage: Stage) -> None:
    stage = either_stage
    stage.carl.start(stage.bot)
    card = await full(stage)
    await tap(stage, stage.mei, card, LEAVE)
    offer = await stage.see(stage.carl, "🎟", "Hike 徒步")
    assert await tap(stage, stage.carl, offer, ACCEPT)
    assert ("✅" in said(offer), offer.labels()) == (True, [])
    await stage.advance(hours=5)
    assert stage.find(stage.group, "⌛") is None
    assert order(card, "Carl", "Ben")
    stage.anna.send(stage.bot, "/audit event")
    await stage.see(stage.anna, "took the offered seat" if stage.locale == "en" else "接受了", "Carl")
    await stage.see(stage.anna, "Was offered a seat" if stage.locale == "en" else "待以下候补确认", "Carl")


async def test_who_declines_passes_the_seat_on(either_stage: Stage) -> None:
    stage = either_stage
    card = await full(stage)
    await tap(stage, stage.mei, card, LEAVE)
    await tap(stage, stage.carl, await stage.see(stage.group, "🎟", "Carl"), DECLINE)
    await tap(stage, stage.ben, await stage.see(stage.group, "🎟", "Ben"), ACCEPT)
    assert "Ben" in said(card)
    assert "Carl" not in said(card)


async def test_an_offer_lapses_and_passes_on_and_says_so(either_stage: Stage) -> None:
    stage = either_stage
    stage.carl.start(stage.bot)
    card = await full(stage)
    await tap(stage, stage.mei, card, LEAVE)
    await stage.see(stage.group, "🎟", "Carl")
    offer = await stage.see(stage.carl, "🎟", "Hike 徒步")
    await stage.advance(hours=1, minutes=59)
    assert stage.find(stage.group, "⌛") is None
    await stage.advance(minutes=1)
    await stage.see(stage.group, "⌛", "Carl")
    await stage.settled()
    assert sum("⌛" in said(message) for message in stage.telegram.messages(stage.carl)) == 2
    assert ("⌛" in said(offer), offer.labels()) == (True, [])
    await tap(stage, stage.ben, await stage.see(stage.group, "🎟", "Ben"), ACCEPT)
    assert "Carl" not in said(card)
    assert await tap(stage, stage.carl, card, JOIN)
    assert order(card, "Ben", "Carl")


@pytest.mark.parametrize("hours", [1, 3], ids=["stands", "lapsed"])
async def test_an_offer_outlives_a_restart(either_stage: Stage, hours: int) -> None:
    stage = either_stage
    card = await full(stage)
    await tap(stage, stage.mei, card, LEAVE)
    offer = await stage.see(stage.group, "🎟", "Carl")
    await stage.stop()
    await stage.advance(hours=hours)
    await stage.start()
    await stage.settled()
    if hours == 1:
        await tap(stage, stage.carl, offer, ACCEPT)
        await stage.advance(hours=2)
        assert order(card, "Carl", "Ben")
    else:
        await stage.see(stage.group, "⌛", "Carl")
        await stage.see(stage.group, "🎟", "Ben")


async def test_more_seats_are_offered_at_once_and_fewer_put_the_last_in_first_in_line(either_stage: Stage) -> None:
    stage, dora = either_stage, either_stage.person("Dora")
    dora.join(stage.group)
    card = await full(stage)
    await tap(stage, dora, card, JOIN)
    stage.anna.send(stage.group, "/event edit 1 seats 3")
    offer = await stage.see(stage.group, "🎟", "Carl", "Ben")
    for who in (stage.carl, stage.ben):
        await tap(stage, who, offer, ACCEPT)
    stage.anna.send(stage.group, "/event edit 1 seats 1")
    await stage.until(lambda: "Carl" in said(stage.telegram.messages(stage.group)[-1]))
    asked = stage.telegram.messages(stage.group)[-1]
    assert "Dora" not in said(asked)
    assert "Mei" not in said(asked)
    await tap(stage, stage.anna, asked, 0)
    assert order(card, "Mei", "Carl", "Ben", "Dora")
    await tap(stage, stage.mei, card, LEAVE)
    assert offers(stage, "Carl") == 2
    assert offers(stage, "Dora") == 0


async def test_nothing_is_offered_at_night_and_no_offer_lapses(either_stage: Stage) -> None:
    stage = either_stage
    card = await full(stage)
    stage.anna.send(stage.group, "/quiet 22:00-07:30")
    await stage.settled()
    # From 10:00 to 23:00 in London, from 18:00 to 23:00 in Shanghai.
    until_eleven = 13 if stage.zone == "UTC" else 5
    await stage.advance(hours=until_eleven)
    await tap(stage, stage.mei, card, LEAVE)
    assert await tap(stage, stage.mei, card, JOIN)
    assert order(card, "Carl", "Ben", "Mei")
    await stage.advance(hours=8)
    assert offers(stage, "Carl") == 0
    await stage.advance(minutes=30)
    assert offers(stage, "Carl") == 1
    await stage.advance(hours=2)
    await stage.see(stage.group, "⌛", "Carl")
    assert (offers(stage, "Ben"), offers(stage, "Mei")) == (1, 0)


async def test_an_evening_offer_stands_until_the_morning(either_stage: Stage) -> None:
    stage = either_stage
    card = await full(stage)
    stage.anna.send(stage.group, "/quiet 22:00-07:30")
    await stage.settled()
    await stage.advance(hours=11 if stage.zone == "UTC" else 3)
    await tap(stage, stage.mei, card, LEAVE)
    offer = await stage.see(stage.group, "🎟", "Carl", "08:00")
    await stage.advance(hours=10, minutes=59)
    assert stage.find(stage.group, "⌛") is None
    assert await tap(stage, stage.carl, offer, ACCEPT)
    assert order(card, "Carl", "Ben")


async def test_where_seats_are_given_nobody_is_asked(either_stage: Stage) -> None:
    stage = either_stage
    card = await full(stage)
    stage.anna.send(stage.group, "/event edit 1 automatic yes")
    await stage.settled()
    await tap(stage, stage.mei, card, LEAVE)
    told = await stage.see(stage.group, "🎉", "Carl")
    assert "Ben" not in said(told)
    assert stage.find(stage.group, "🎟") is None
    assert order(card, "Carl", "Ben")


@pytest.mark.parametrize("strict", ["no", "yes"])
async def test_a_party_of_three_lets_one_pass_unless_the_order_is_strict(either_stage: Stage, strict: str) -> None:
    stage, dora = either_stage, either_stage.person("Dora")
    dora.join(stage.group)
    card = await stage.plan(stage.anna, "/event create Dinner 聚餐 | 2027-03-13 19:00 | 4 seats | +2")
    if strict == "yes":
        stage.anna.send(stage.group, "/event edit 1 strict yes")
        await stage.settled()
    for who in (stage.mei, stage.carl, stage.anna):
        await tap(stage, who, card, JOIN)
    for _ in range(2):
        await tap(stage, dora, card, MORE)
    await tap(stage, stage.ben, card, JOIN)
    assert order(card, "Dora", "Ben") is (strict == "yes")
    assert "+2" in said(card)
    # Two more leave: now all three fit, and strictly they come first.
    for who in (stage.mei, stage.carl):
        await tap(stage, who, card, LEAVE)
    assert offers(stage, "Dora") == (1 if strict == "yes" else 0)


async def settle(stage: Stage, line: dict[str, str]) -> None:
    """Change a setting of the group, in the words of its language."""
    stage.anna.send(stage.group, f"/event {line[stage.locale]}")
    await stage.settled()


async def test_who_was_at_fewer_events_comes_first_if_the_group_prefers_it(either_stage: Stage) -> None:
    stage = either_stage
    await settle(stage, {"en": "settings order fair", "zh_Hans": "设置 顺序 公平"})
    walk = await stage.plan(stage.anna, "/event create Walk 散步 | 2027-03-11 12:00 | 9 seats")
    await tap(stage, stage.carl, walk, JOIN)
    await stage.advance(days=1, hours=7)
    card = await stage.plan(stage.anna, LINE)
    for who in (stage.mei, stage.carl, stage.ben):
        await tap(stage, who, card, JOIN)
    assert order(card, "Mei", "Ben", "Carl")
    await tap(stage, stage.mei, card, LEAVE)
    assert (offers(stage, "Ben"), offers(stage, "Carl")) == (1, 0)


async def test_who_stayed_away_waits_longer_where_the_group_counts_it(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    await settle(stage, {"en": "settings order fair", "zh_Hans": "设置 顺序 公平"})
    walk = await stage.plan(anna, "/event create Walk 散步 | 2027-03-11 12:00 | 9 seats")
    for who in (stage.carl, stage.ben):
        await tap(stage, who, walk, JOIN)
    await stage.advance(days=1, hours=7)
    anna.send(stage.bot, "/event door 1")
    door = await stage.see(anna, "🚪", "Walk 散步")
    await stage.tap(anna, door, "Ben")
    await stage.settled()
    await stage.tap(anna, door, "🏁")
    await stage.settled()
    await tap(stage, anna, stage.telegram.messages(anna)[-1], 0)
    assert "✗ Carl" in door.labels()
    # Ben came to one event and Carl to none; a missed one counts like two, once the group says so.
    for day, counted, first in ((13, False, "Carl"), (14, True, "Ben")):
        if counted:
            await settle(stage, {"en": "settings missed on", "zh_Hans": "设置 缺席 开"})
        card = await stage.plan(anna, f"/event create Hike {day} 徒步 | 2027-03-{day} 09:00 | 1 seat")
        for who in (stage.mei, stage.carl, stage.ben):
            await tap(stage, who, card, JOIN)
        assert order(card, "Mei", first, "Ben" if first == "Carl" else "Carl")
        await tap(stage, stage.mei, card, LEAVE)
        await stage.see(stage.group, "🎟", first, f"Hike {day} 徒步")


async def test_a_maybe_takes_no_seat_and_gives_one_back(either_stage: Stage) -> None:
    stage = either_stage
    card = await full(stage)
    assert await tap(stage, stage.mei, card, MAYBE)
    assert "Mei" not in said(card)
    await tap(stage, stage.carl, await stage.see(stage.group, "🎟", "Carl"), ACCEPT)
    assert await tap(stage, stage.mei, card, JOIN)
    assert order(card, "Carl", "Ben", "Mei")


async def test_who_leaves_the_group_is_offered_nothing_more(either_stage: Stage) -> None:
    stage = either_stage
    stage.carl.start(stage.bot)
    card = await full(stage)
    await tap(stage, stage.mei, card, LEAVE)
    await stage.see(stage.group, "🎟", "Carl")
    offer = await stage.see(stage.carl, "🎟", "Hike 徒步")
    stage.carl.leave(stage.group)
    await stage.see(stage.group, "🎟", "Ben")
    await stage.settled()
    assert "Carl" not in said(card)
    assert offer.labels() == []


async def test_an_event_that_moves_nearer_hurries_its_offers(either_stage: Stage) -> None:
    stage = either_stage
    card = await full(stage)
    await tap(stage, stage.mei, card, LEAVE)
    await stage.see(stage.group, "🎟", "Carl")
    # In two hours: the offer stands for half an hour now, and is told again.
    start = "12:00" if stage.zone == "UTC" else "20:00"
    await stage.agree(stage.anna, f"/event edit 1 time 2027-03-10 {start}", stage.group)
    assert offers(stage, "Carl") == 2
    await stage.advance(minutes=30)
    await stage.see(stage.group, "⌛", "Carl")
    await stage.see(stage.group, "🎟", "Ben")


async def test_who_has_no_telegram_is_given_a_seat_and_not_asked(either_stage: Stage) -> None:
    stage = either_stage
    card = await stage.plan(stage.anna, LINE)
    assert await tap(stage, stage.mei, card, JOIN)
    stage.anna.send(stage.group, "/event add 1 王奶奶")
    await stage.until(lambda: "王奶奶" in said(card))
    assert await tap(stage, stage.carl, card, JOIN)
    await tap(stage, stage.mei, card, LEAVE)
    told = await stage.see(stage.group, "🎉", "王奶奶", "/event ")
    assert not told.labels()
    await stage.advance(hours=5)
    assert stage.find(stage.group, "⌛") is None
    assert offers(stage, "Carl") == 0
    assert order(card, "王奶奶", "Carl")


@pytest.mark.parametrize("words", ["no waiting list", "满员即止"])
async def test_a_list_that_closes_when_full_takes_the_next_only_once_a_seat_is_free(
    either_stage: Stage, words: str
) -> None:
    stage = either_stage
    card = await stage.plan(stage.anna, f"{LINE} | {words}")
    assert await tap(stage, stage.mei, card, JOIN)
    assert "🔒" in said(card)
    refused = await tap(stage, stage.carl, card, JOIN)
    assert "Carl" not in said(card)
    stage.anna.send(stage.group, "/event add 1 王奶奶")
    answer = await stage.see(stage.group, "王奶奶")
    assert "王奶奶" in said(answer)
    assert "王奶奶" not in said(card)
    await tap(stage, stage.mei, card, LEAVE)
    assert "🔒" not in said(card)
    assert await tap(stage, stage.carl, card, JOIN) != refused
    assert order(card, "Carl")
    assert offers(stage, "Carl") == 0


async def test_who_loses_a_seat_waits_also_where_the_list_closes(either_stage: Stage) -> None:
    stage = either_stage
    card = await stage.plan(stage.anna, "/event create Hike 徒步 | 2027-03-13 09:00 | 2 seats | no waiting list")
    for who in (stage.mei, stage.carl):
        assert await tap(stage, who, card, JOIN)
    stage.anna.send(stage.group, "/event edit 1 seats 1")
    await stage.until(lambda: "Carl" in said(stage.telegram.messages(stage.group)[-1]))
    await tap(stage, stage.anna, stage.telegram.messages(stage.group)[-1], 0)
    assert order(card, "Mei", "Carl")
    await tap(stage, stage.ben, card, JOIN)
    assert "Ben" not in said(card)
    await tap(stage, stage.mei, card, LEAVE)
    offer = await stage.see(stage.group, "🎟", "Carl")
    assert await tap(stage, stage.carl, offer, ACCEPT)
    assert order(card, "Carl")

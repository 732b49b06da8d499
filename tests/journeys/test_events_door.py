"""At the door as a story: the organiser's list, walk-ins, the code, the QR code, who did not come; and the money."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from bot.events.door.texts.panel import ASK_WALK_IN
from bot.events.rules.signup import SignUpState
from bot.events.store import people, put
from tests.journeys.stage import Stage, said

if TYPE_CHECKING:
    from bot.sandbox.telegram import Actor, Message

LINE = "/event create Hike 徒步 | in 2 hours | 3 seats | +2"
HERE, LATE, WALKED, ABSENT = "✅", "🕒", "🚶", "✗"


async def planned(stage: Stage, *going: Actor, line: str = LINE) -> Message:
    """Plan an event that begins in two hours, with people on it."""
    card = await stage.plan(stage.anna, line)
    for who in going:
        await stage.tap(who, card, card.labels()[0])
    await stage.settled()
    return card


async def at_the_door(stage: Stage, where: Actor | None = None) -> Message:
    """Open the organiser's list in their private chat."""
    who = where or stage.anna
    who.send(stage.bot, "/event door 1")
    return await stage.see(who, "🚪", "Hike")


async def code_of(stage: Stage) -> str:
    """Ask for the code of the event."""
    stage.anna.send(stage.bot, "/event code 1")
    shown = await stage.see(stage.anna, "🔢", "start=door-")
    found = re.search(r"/checkin (\d{4})", said(shown))
    assert found is not None, said(shown)
    return found[1]


def token_of(stage: Stage) -> str:
    """Read the link of the QR code."""
    shown = stage.find(stage.anna, "🔢", "start=door-")
    found = re.search(r"start=(door-[\w-]+)", said(shown)) if shown is not None else None
    assert found is not None
    return found[1]


async def presences(stage: Stage) -> dict[str, str | None]:
    """Look who is marked how."""
    assert stage.app is not None
    async with stage.app.database.read() as tx:
        rows = await tx.execute(text("SELECT name, presence FROM events_signups"))
        return {row.name: row.presence for row in rows}


def wrong(code: str, number: int) -> str:
    """Return another code of the same length."""
    return f"{(int(code) + number) % 10 ** len(code):0{len(code)}}"


async def test_the_list_at_the_door_in_both_languages(any_stage: Stage) -> None:
    """Opened, tapped, taken back, late, closed, corrected: told without a word of either language."""
    stage, anna, mei, carl = any_stage, any_stage.anna, any_stage.mei, any_stage.carl
    card = await planned(stage, mei, carl)
    plus = next(label for label in card.labels() if label == "+1")
    await stage.tap(mei, card, plus)
    anna.send(stage.bot, "/event door 1")
    too_early = await stage.see(anna, "Hike 徒步")
    assert "🚪" not in said(too_early)
    await stage.advance(hours=1, minutes=30)
    door = await at_the_door(stage)
    assert "▫️ Mei +1" in door.labels()
    await stage.tap(anna, door, "Mei")
    await stage.settled()
    assert f"{HERE} Mei +1" in door.labels()
    assert re.search(r"2\D+3", said(door))
    party = next(label for label in door.labels() if re.search(r"2\D+2", label))
    await stage.tap(anna, door, party)
    await stage.settled()
    assert re.search(r"1\D+3", said(door))
    await stage.tap(anna, door, "Mei")
    await stage.settled()
    assert "▫️ Mei +1" in door.labels()
    await stage.advance(hours=1)
    await stage.tap(anna, door, "Mei")
    await stage.settled()
    assert f"{LATE} Mei +1" in door.labels()
    await stage.tap(anna, door, "🏁")
    sure = await stage.until(lambda: next((m for m in stage.telegram.messages(anna) if len(m.labels()) == 2), None))
    assert "Carl" in said(sure)
    assert "Mei" not in said(sure)
    await stage.tap(anna, sure, sure.labels()[0])
    await stage.settled()
    assert await presences(stage) == {"Mei": "late", "Carl": "absent"}
    assert f"{ABSENT} Carl" in door.labels()
    await stage.tap(anna, door, "Carl")
    await stage.settled()
    assert (await presences(stage))["Carl"] == "late"
    await stage.tap(anna, door, "Carl")
    await stage.settled()
    assert (await presences(stage))["Carl"] == "absent"


async def test_the_code_and_the_link_in_both_languages(any_stage: Stage) -> None:
    stage, mei, carl = any_stage, any_stage.mei, any_stage.carl
    for who in (mei, carl):
        who.start(stage.bot)
        who.send(stage.group, "hello 大家好")
    await planned(stage, mei, carl)
    code = await code_of(stage)
    await stage.advance(hours=1, minutes=30)
    mei.send(stage.bot, code)
    await stage.see(mei, "✅", "Hike 徒步", "Mei")
    carl.start(stage.bot, token_of(stage))
    await stage.see(carl, "✅", "Hike 徒步", "Carl")
    assert await presences(stage) == {"Mei": "came", "Carl": "came"}
    shown = stage.find(stage.anna, "🔢", "start=door-")
    assert shown is not None
    await stage.tap(stage.anna, shown, "🖼")
    picture = await stage.until(
        lambda: next((m for m in stage.telegram.messages(stage.anna) if "photo" in m.body), None)
    )
    assert "Hike 徒步" in said(picture)


async def test_members_check_in_by_a_button_that_asks_for_the_code(any_stage: Stage) -> None:
    """On the card, below /events and below one's own events: from the day on, as long as the event lasts."""
    stage, mei, carl, here = any_stage, any_stage.mei, any_stage.carl, "✅ I’m here|✅ 我到了"

    def button(message: Message) -> str | None:
        return next((label for label in message.labels() if re.match(here, label)), None)

    for who in (mei, carl):
        who.start(stage.bot)
        who.send(stage.group, "hello 大家好")
    card = await planned(stage, mei, carl, line="/event create Hike 徒步 | in 20 hours")
    code = await code_of(stage)
    await stage.settled()
    assert button(card) is None
    await stage.advance(hours=8)
    early = await stage.tap(mei, card, button(card) or "")
    assert re.search("opens on|开放", early)
    await stage.advance(hours=11, minutes=30)
    await stage.tap(mei, card, button(card) or "")
    asked = await stage.see(mei, "4821")
    mei.send(stage.bot, "soon 马上")
    await stage.see(mei, "soon 马上")
    mei.send(stage.bot, wrong(code, 1))
    again = await stage.until(lambda: next((m for m in stage.telegram.messages(mei)[-1:] if button(m)), None))
    assert again is not asked
    assert (await presences(stage))["Mei"] is None
    await stage.tap(mei, again, button(again) or "")
    mei.send(stage.bot, code)
    await stage.see(mei, "✅", "Hike 徒步", "Mei")
    assert (await presences(stage))["Mei"] == "came"
    assert re.search("already|已经", await stage.tap(mei, card, button(card) or ""))
    await stage.advance(hours=1)
    mei.send(stage.group, "/events")
    listed = await stage.until(lambda: next((m for m in stage.telegram.messages(stage.group)[-1:] if button(m)), None))
    assert re.search("now|正在进行", said(listed))
    carl.send(stage.bot, "/event mine")
    mine = await stage.see(carl, "Hike 徒步", "✅")
    assert f"{button(card)} · #1" == button(listed) == button(mine)
    await stage.tap(carl, mine, button(mine) or "")
    carl.send(stage.bot, code)
    await stage.settled()
    assert (await presences(stage))["Carl"] == "late"
    assert {label.split(" ")[0] for label in card.labels()} > {"✅"}
    await stage.advance(hours=3)
    assert button(card) is None
    mei.send(stage.group, "/events")
    await stage.settled()
    assert "Hike" not in said(stage.telegram.messages(stage.group)[-1])


async def test_who_is_told_what_when_they_come_too_early_or_with_another_code(stage: Stage) -> None:
    mei, carl = stage.mei, stage.carl
    for who in (mei, carl, stage.ben):
        who.start(stage.bot)
        who.send(stage.group, "hello")
    await planned(stage, mei)
    code = await code_of(stage)
    token = token_of(stage)
    mei.send(stage.bot, f"/checkin {code}")
    await stage.see(mei, "Check-in for #1 Hike 徒步 opens on Wed, 10 Mar 2027, 11:00")
    mei.start(stage.bot, token)
    await stage.settled()
    assert len([one for one in stage.telegram.messages(mei) if "opens on" in said(one)]) == 2
    mei.send(stage.bot, code)
    await stage.see(mei, "I am not waiting for an answer")
    await stage.advance(hours=1)
    carl.send(stage.bot, code)
    await stage.see(carl, "You are not on the list of #1", "ask the organiser")
    for forged in ("door-" + "x" * 22, "door-'; DROP TABLE events_events"):
        carl.start(stage.bot, forged)
        await stage.settled()
    assert len([one for one in stage.telegram.messages(carl) if "This QR code is not valid" in said(one)]) == 2
    mei.send(stage.group, f"/checkin {wrong(code, 1)}")
    await stage.see(stage.group, "No event that is open for check-in has this code", "4 tries left")
    mei.send(stage.group, f"/checkin {code}")
    await stage.see(stage.group, "Welcome to #1", "Mei")
    mei.send(stage.group, f"/checkin {code}")
    await stage.see(stage.group, "You are checked in at #1", "already")
    shown = await stage.see(stage.anna, "🔢", "start=door-")
    await stage.tap(stage.anna, shown, "New code")
    await stage.settled()
    assert code not in said(shown)
    carl.start(stage.bot, token)
    await stage.settled()
    assert "This QR code is not valid" in said(stage.telegram.messages(carl)[-1])
    await stage.advance(days=2)
    carl.start(stage.bot, token_of(stage))
    await stage.see(carl, "Check-in for #1 Hike 徒步 ended on")


async def test_five_wrong_codes_end_the_trying_for_a_while(stage: Stage) -> None:
    mei = stage.mei
    mei.start(stage.bot)
    await planned(stage, mei)
    code = await code_of(stage)
    await stage.advance(hours=2)
    for number in range(1, 5):
        mei.send(stage.bot, wrong(code, number))
        await stage.see(mei, f"{5 - number} tries left" if number < 4 else "1 try left")
    mei.send(stage.bot, wrong(code, 5))
    await stage.see(mei, "too many wrong codes. Try again at 12:10")
    mei.send(stage.bot, code)
    await stage.settled()
    assert (await presences(stage))["Mei"] is None
    await stage.advance(minutes=10)
    mei.send(stage.bot, code)
    await stage.see(mei, "Welcome to #1")
    assert (await presences(stage))["Mei"] == "came"


async def test_walk_ins_by_the_organiser_and_by_the_code(either_stage: Stage) -> None:
    stage = either_stage
    ben, mei, carl, anna = stage.ben, stage.mei, stage.carl, stage.anna
    for who in (ben, mei, carl):
        who.start(stage.bot)
        who.send(stage.group, "hello 大家好")
    card = await planned(stage, mei, ben, line="/event create Hike 徒步 | in 2 hours | 1 seat")
    anna.send(stage.bot, "/event walkin 1 王奶奶 +1")
    await stage.settled()
    assert WALKED not in said(stage.telegram.messages(anna)[-1])
    await stage.advance(hours=2)
    door = await at_the_door(stage)
    anna.send(stage.bot, "/event walkin 1 王奶奶 +1")
    await stage.see(anna, stage.words("{name} walked in and is on the list.", name="王奶奶 +1"))
    await stage.settled()
    assert f"{WALKED} 王奶奶 +1" in door.labels()
    assert re.search(r"2\D+3", said(door))
    await stage.tap(anna, door, stage.words("Without a seat »"))
    await stage.settled()
    assert "➕ " + stage.words("{name} (waiting)", name="Ben") in door.labels()
    await stage.tap(anna, door, "Ben")
    await stage.tap(anna, door, stage.words("« Those on the list"))
    await stage.settled()
    assert f"{WALKED} Ben" in door.labels()
    await stage.tap(anna, door, "Ben")
    await stage.settled()
    assert not any("Ben" in label for label in door.labels())
    await let_in(stage, card, door)


async def let_in(stage: Stage, card: Message, door: Message) -> None:
    """Let people in who have only the code; then take one off again, and let one in by the button."""
    anna, carl = stage.anna, stage.carl
    code = await code_of(stage)
    carl.send(stage.bot, code)
    await stage.see(carl, stage.words("You are not on the list of {event}.", event="#1 Hike 徒步"))
    shown = await stage.see(anna, "🔢", "start=door-")
    await stage.tap(anna, shown, stage.words("Let walk-ins in"))
    await stage.settled()
    carl.send(stage.bot, code)
    welcome = "🚶 Welcome to {event}, {name}! You are on the list now."
    await stage.see(carl, stage.words(welcome, event="#1 Hike 徒步", name="Carl"))
    anna.send(stage.bot, "/event walkin 1 mei")
    await stage.see(anna, {"en": "Mei is on the list and not here yet", "zh_Hans": "名单上已有Mei"}[stage.locale])
    assert (await presences(stage))["Mei"] is None
    anna.send(stage.bot, "/event walkin 1 @mei")
    await stage.settled()
    assert (await presences(stage))["Mei"] == "came"
    await stage.tap(anna, door, "王奶奶")
    await stage.settled()
    assert not any("王奶奶" in label for label in door.labels())
    assert "Carl" in said(card)
    await stage.tap(anna, door, stage.words("➕ Walk-in"))
    await stage.see(anna, stage.words(ASK_WALK_IN))
    anna.send(stage.bot, "Uncle Li 李叔 +2")
    await stage.see(anna, stage.words("{name} walked in and is on the list.", name="Uncle Li 李叔 +2"))


async def test_a_part_of_the_name_finds_somebody_in_a_long_list(stage: Stage) -> None:
    card = await stage.plan(stage.anna, "/event create Hike | in 2 hours")
    for number in range(30):
        guest = stage.person(f"Guest{number:02}")
        guest.join(stage.group)
        await stage.tap(guest, card, "Join")
    await stage.tap(stage.mei, card, "Join")
    await stage.advance(hours=2)
    door = await at_the_door(stage)
    assert "▫️ Guest00" in door.labels()
    assert "1/3" in door.labels()
    assert not any("Mei" in label for label in door.labels())
    await stage.tap(stage.anna, door, "»")
    await stage.settled()
    assert "2/3" in door.labels()
    stage.anna.send(stage.bot, "ME", reply_to=door)
    await stage.see(stage.anna, "“ME”: 1 found")
    await stage.settled()
    await stage.tap(stage.anna, door, "Mei")
    await stage.settled()
    assert f"{HERE} Mei" in door.labels()
    await stage.tap(stage.anna, door, "End the search")
    await stage.tap(stage.anna, door, "Find")
    await stage.see(stage.anna, "Whom are you looking for?")
    stage.anna.send(stage.bot, "guest2")
    await stage.see(stage.anna, "“guest2”: 10 found")
    stage.anna.send(stage.bot, "nobody", reply_to=door)
    await stage.see(stage.anna, "Nobody on the list is called “nobody”")
    await stage.settled()
    assert sum(label.startswith("▫️ Guest2") for label in door.labels()) == 10


async def test_a_guest_is_found_by_their_own_name(any_stage: Stage) -> None:
    stage = any_stage
    card = await stage.plan(stage.anna, "/event create Hike 徒步 | in 2 hours | +1")
    await stage.tap(stage.mei, card, card.labels()[0])
    await stage.tap(stage.carl, card, card.labels()[0])
    assert stage.app is not None
    async with stage.app.database.write() as tx:
        (mei,) = [one for one in await people(tx, 1, SignUpState.GOING) if one.name == "Mei"]
        await put(tx, 1, [replace(mei, guests=1, companions=("Grandma Wang 王奶奶",))])
    await stage.advance(hours=2)
    stage.anna.send(stage.bot, "/event door 1")
    door = await stage.see(stage.anna, "🚪", "0")
    for words in ("王奶奶", "grandma"):
        stage.anna.send(stage.bot, words, reply_to=door)
        await stage.see(stage.anna, f"“{words}”", "1")
        await stage.settled()
        assert "▫️ Mei +1" in door.labels()
        assert not any("Carl" in label for label in door.labels())


async def test_two_organisers_at_once_do_not_undo_each_other(stage: Stage) -> None:
    stage.ben.start(stage.bot)
    await planned(stage, stage.mei)
    await stage.advance(hours=2)
    first, second = await at_the_door(stage), await at_the_door(stage, stage.ben)
    label = next(label for label in second.labels() if "Mei" in label)
    data = next(
        key["callback_data"]
        for row in (second.keyboard or {})["inline_keyboard"]
        for key in row
        if key["text"] == label
    )
    await stage.tap(stage.anna, first, "Mei")
    await stage.settled()
    answer = await stage.telegram.answer_to(stage.ben.tap(second, data=data), 10)
    assert answer["text"] == "Mei is checked in already."
    assert f"{HERE} Mei" in second.labels()


async def test_absence_is_recorded_a_day_after_the_end_if_the_door_was_used(either_stage: Stage) -> None:
    stage = either_stage
    await planned(stage, stage.mei, stage.carl)
    await stage.advance(hours=2)
    door = await at_the_door(stage)
    await stage.tap(stage.anna, door, "Mei")
    await stage.advance(hours=3)
    await stage.advance(hours=23)
    assert await presences(stage) == {"Mei": "came", "Carl": None}
    await stage.advance(hours=1)
    assert await presences(stage) == {"Mei": "came", "Carl": "absent"}
    told = await stage.see(stage.anna, "Carl", stage.words("If that is wrong, correct it at the door."))
    assert "Mei" not in said(told)
    await stage.tap(stage.anna, told, stage.words("🚪 Check-in"))
    until = stage.words("{date}, {time}", date=stage.day(3, 11), time="15:00" if stage.zone == "UTC" else "23:00")
    await stage.see(
        stage.anna, stage.words("The list was closed on {when}. You can still correct it here.", when=until)
    )
    stage.anna.send(stage.group, "/audit event")
    closed = {"en": "closed the list of event #1", "zh_Hans": "结束了活动#1"}[stage.locale]
    here = {"en": "Mei is here at event #1", "zh_Hans": "Mei到了活动#1"}[stage.locale]
    await stage.see(stage.anna, closed, here)
    door = await at_the_door(stage)
    await stage.tap(stage.anna, door, "Carl")
    await stage.settled()
    assert await presences(stage) == {"Mei": "came", "Carl": "came"}


async def test_where_the_door_was_not_used_nobody_is_absent(stage: Stage) -> None:
    await planned(stage, stage.mei)
    await stage.advance(hours=2)
    door = await at_the_door(stage)
    await stage.tap(stage.anna, door, "Mei")
    await stage.tap(stage.anna, door, "Mei")
    await stage.advance(hours=3)
    await stage.advance(days=2)
    assert await presences(stage) == {"Mei": None}


async def test_who_owes_who_says_so_and_who_paid(stage: Stage) -> None:
    anna, mei, carl = stage.anna, stage.mei, stage.carl
    mei.start(stage.bot)
    mei.send(stage.group, "hello 大家好")
    card = await stage.plan(anna, "/event create Hike | in 48 hours | 5 seats | +1 | price 50 yuan")
    answer = await stage.tap(mei, card, "Join")
    assert "Price: 50 yuan. Once you have paid, tap “💰 I have paid”." in answer
    await stage.tap(mei, card, "+1")
    await stage.tap(carl, card, "Join")
    await stage.tap(stage.ben, card, "Join")
    mei.send(stage.bot, "/event money 1")
    own = await stage.see(mei, "💰 #1 Hike: 50 yuan", "For 2 people that is 100 yuan.")
    assert "Noted" in await stage.tap(mei, own, "I have paid")
    await stage.settled()
    assert "still to confirm" in said(own)
    anna.send(stage.bot, "/event money 1")
    table = await stage.see(anna, "Money: #1 Hike", "▫️ owes: 2 · 2 × 50 yuan = 100", "💬 says that they paid: 2")
    await stage.tap(anna, table, "1. Mei: paid")
    await stage.tap(anna, table, "Free")
    await stage.settled()
    assert "✅ paid: 2 · 2 × 50 yuan = 100" in said(table)
    assert "🆓 free of charge: 1" in said(table)
    assert "already that you paid" in await stage.tap(mei, own, "not paid after all")
    await stage.tap(mei, card, "Can’t come")
    await stage.tap(anna, table, "Only what is open")
    await stage.settled()
    assert "↩️ to be paid back: 2 · 2 × 50 yuan = 100" in said(table)
    mei.send(stage.bot, "/event money 1")
    await stage.see(mei, "The organiser is to pay you back")
    await stage.tap(anna, table, "Remind who owes")
    await stage.see(anna, "I cannot write to these in private: Ben")
    assert "less than a day ago" in await stage.tap(anna, table, "Remind who owes")
    await stage.tap(anna, table, "1. Mei: paid back")
    await stage.settled()
    assert "paid back" not in said(table)


async def test_a_member_says_on_the_card_that_they_paid(any_stage: Stage) -> None:
    stage, mei = any_stage, any_stage.mei
    card = await stage.plan(stage.anna, "/event create Hike 徒步 | in 2 hours | price 50元")
    paid = next(label for label in card.labels() if "💰" in label)
    refused = await stage.tap(mei, card, paid)
    assert paid in await stage.tap(mei, card, card.labels()[0])
    noted = await stage.tap(mei, card, paid)
    again = await stage.tap(mei, card, paid)
    assert len({refused, noted, again}) == 3
    assert paid in card.labels()
    assert "Hike 徒步" in said(card)
    stage.anna.send(stage.bot, "/event money 1")
    table = await stage.see(stage.anna, "💰", "💬")
    await stage.tap(stage.anna, table, "1. Mei")
    await stage.settled()
    assert "✅" in said(table)
    assert await stage.tap(mei, card, paid) not in {refused, noted, again}
    free = await stage.plan(stage.anna, "/event create Walk | in 2 hours")
    assert not any("💰" in label for label in free.labels())


async def test_what_is_for_organisers_only_is_not_shown_in_the_group(any_stage: Stage) -> None:
    stage, ben = any_stage, any_stage.ben
    card = await stage.plan(stage.anna, "/event create Hike 徒步 | in 2 hours | price 50元")
    await stage.tap(stage.mei, card, card.labels()[0])
    lines = ("/event money 1", "/event attendance", "/event code 1")
    for line in lines:
        asked = ben.send(stage.group, line)
        await stage.settled()
        told = [said(one) for one in stage.telegram.messages(stage.group) if one.message_id > asked.message_id]
        assert len(told) == 1, line
        assert "@qunguan_bot" in told[0]
        assert not any(word in told[0] for word in ("Mei", "200003", "start=door"))
    ben.start(stage.bot)
    await stage.settled()
    for line, part in zip(lines, ("1. ▫️ Mei", "2027", "start=door"), strict=True):
        ben.send(stage.group, line)
        await stage.see(ben, part)
        assert stage.find(stage.group, part) is None or part == "2027"


async def test_who_owes_is_reminded_once_a_day_and_answers_by_the_button(zh_stage: Stage) -> None:
    stage, mei = zh_stage, zh_stage.mei
    mei.start(stage.bot)
    mei.send(stage.group, "hello 大家好")
    card = await stage.plan(stage.anna, "/event create Hike 徒步 | in 48 hours | price 50元")
    await stage.tap(mei, card, card.labels()[0])
    stage.anna.send(stage.bot, "/event 收费 1")
    table = await stage.see(stage.anna, "💰", "Hike 徒步", "未付：1人 · 1 × 50元 = 50")
    await stage.tap(stage.anna, table, "🔔")
    asked = await stage.see(mei, "💰", "Hike 徒步", "50元")
    await stage.tap(mei, asked, "💰")
    await stage.settled()
    stage.anna.send(stage.bot, "/event 收费 1")
    await stage.see(stage.anna, "💬 自称已付：1人")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/event door 9", "no event #9"),
        ("/event door hike", "not the number of an event"),
        ("/event code 9", "no event #9"),
        ("/event walkin 1", "Say who came"),
        ("/event walkin 1 Bob", "opens on"),
        ("/event money 9", "no event #9"),
        ("/checkin", "/checkin 4821"),
        ("/checkin hello", "“hello” is not a check-in code"),
        ("/checkin 123", "is not a check-in code"),
        ("/checkin 4821", "No event of your groups is open"),
    ],
)
async def test_bad_input_at_the_door_gets_a_clear_sentence(stage: Stage, line: str, answer: str) -> None:
    await planned(stage)
    stage.anna.send(stage.bot, line)
    await stage.see(stage.anna, answer)


async def test_an_organiser_who_cannot_be_reached_gets_the_list_in_the_group(stage: Stage) -> None:
    await planned(stage, stage.mei)
    await stage.advance(hours=2)
    stage.ben.send(stage.group, "/event door 1")
    door = await stage.see(stage.group, "🚪", "Here: 0 of 1")
    assert "Only people who may" in await stage.tap(stage.carl, door, "Mei")
    assert "Mei is here" in await stage.tap(stage.ben, door, "Mei")
    await stage.settled()
    assert f"{HERE} Mei" in door.labels()


async def test_the_managers_share_one_list_in_their_chat(stage: Stage) -> None:
    managers = stage.group_of("Managers", stage.anna, stage.ben)
    stage.anna.send(managers, "/managerschat")
    await stage.tap(stage.anna, await stage.see(managers, "Which group shall this be"), "Link Hikers")
    await stage.settled()
    await planned(stage, stage.mei)
    await stage.advance(hours=2)
    stage.ben.send(managers, "/event door 1")
    first = await stage.see(managers, "🚪", "Here: 0 of 1")
    stage.ben.send(managers, "/event door 1")
    await stage.settled()
    second = await stage.see(managers, "🚪", "Here: 0 of 1")
    assert second is not first
    assert first.labels() == []
    await stage.tap(stage.anna, second, "Mei")
    await stage.settled()
    assert f"{HERE} Mei" in second.labels()


async def test_a_walk_in_is_named_by_an_answer_to_what_they_wrote(stage: Stage) -> None:
    await planned(stage)
    await stage.advance(hours=2)
    hello = stage.carl.send(stage.group, "here I am")
    stage.anna.send(stage.group, "/event walkin 1 +1", reply_to=hello)
    await stage.see(stage.group, "Carl +1 walked in and is on the list.")
    stage.anna.send(stage.group, "/event walkin Mei", reply_to=hello)
    await stage.see(stage.group, "not the number of an event")


async def test_a_new_time_shuts_the_door_again(stage: Stage) -> None:
    await planned(stage, stage.mei)
    code = await code_of(stage)
    stage.mei.start(stage.bot)
    await stage.advance(hours=1)
    await stage.agree(stage.anna, "/event edit 1 time in 1 day 12:00", stage.group)
    stage.mei.send(stage.bot, f"/checkin {code}")
    await stage.see(stage.mei, "Check-in for #1 Hike 徒步 opens on Thu, 11 Mar 2027, 11:00")
    await stage.advance(hours=24)
    stage.mei.send(stage.bot, code)
    await stage.see(stage.mei, "Welcome to #1")


async def test_a_cancelled_event_has_no_door_but_money_to_pay_back(stage: Stage) -> None:
    card = await stage.plan(stage.anna, "/event create Hike | in 2 hours | price 50 yuan")
    await stage.tap(stage.mei, card, "Join")
    stage.anna.send(stage.bot, "/event money 1")
    table = await stage.see(stage.anna, "Money: #1")
    await stage.tap(stage.anna, table, "1. Mei: paid")
    await stage.settled()
    code = await code_of(stage)
    stage.anna.send(stage.bot, "/event cancel 1 rain")
    await stage.tap(stage.anna, await stage.see(stage.anna, "Cancel"), "cancel")
    await stage.settled()
    stage.anna.send(stage.bot, "/event door 1")
    await stage.see(stage.anna, "is cancelled: nobody can check in")
    stage.mei.start(stage.bot)
    stage.mei.send(stage.bot, f"/checkin {code}")
    await stage.see(stage.mei, "No event of your groups is open")
    stage.anna.send(stage.bot, "/event money 1")
    await stage.see(stage.anna, "to be paid back: 1")

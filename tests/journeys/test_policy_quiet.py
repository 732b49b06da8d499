"""Quiet hours that members keep, from the first setting to the morning, as members and managers see it (R21)."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.sandbox.telegram.errors import Refused
from bot.sandbox.telegram.model import Message
from tests.journeys.stage import Stage, said

OWN = {"can_send_polls": False, "can_invite_users": False}
"""What this group withholds from its members anyway."""
WORDS = {
    "en": {
        "mode": "restrict",
        "remind": "remind",
        "open": "/open until 23:00",
        "closed": "nobody can write",
        "over": "over",
        "until": "open until",
        "quiet": "it is quiet here until",
        "counted": "In quiet hours: 3 messages from 2 people",
        "asked": "Please do not write then",
        "page": "When it is quiet",
        "only": "Nobody can write",
    },
    "zh_Hans": {
        "mode": "禁言",
        "remind": "提醒",
        "open": "/open 开放到23:00",
        "closed": "不能发言",
        "over": "可以发言了",
        "until": "开放至",
        "quiet": "免打扰时段，不急",
        "counted": "免打扰时段内：2人发了3条消息",
        "asked": "时段内请不要发言",
        "page": "免打扰时段怎么办",
        "only": "全员禁言",
    },
}


def texts_in(stage: Stage) -> list[str]:
    return [said(message) for message in stage.telegram.messages(stage.group)]


def allowed(stage: Stage) -> dict[str, bool]:
    return dict(stage.group.permissions)


def is_closed(stage: Stage) -> bool:
    return not stage.group.permissions["can_send_messages"]


def wait_for(stage: Stage, clock: str) -> timedelta:
    """Return how long it is until the group's clock shows that time."""
    local = stage.clock.now().astimezone(ZoneInfo(stage.zone))
    hour, minute = (int(part) for part in clock.split(":"))
    return (local.replace(hour=hour, minute=minute) - local) % timedelta(days=1)


async def at(stage: Stage, clock: str) -> None:
    await stage.advance(seconds=wait_for(stage, clock).total_seconds())


async def tell(stage: Stage, line: str) -> Message:
    stage.anna.send(stage.bot, line)
    await stage.settled()
    return stage.telegram.messages(stage.anna)[-1]


async def restricted(stage: Stage) -> dict[str, bool]:
    """Have the group close from 22:00 to 07:30, and return what its members may do."""
    stage.anna.set_permissions(stage.group, {**allowed(stage), **OWN})
    await tell(stage, "/quiet 22:00-07:30")
    await tell(stage, f"/quiet mode {WORDS[stage.locale]['mode']}")
    return allowed(stage)


async def test_a_group_is_closed_at_night_opened_for_an_hour_and_given_back_as_it_was(any_stage: Stage) -> None:
    stage, words = any_stage, WORDS[any_stage.locale]
    before = await restricted(stage)
    stage.mei.send(stage.group, "good evening")
    await at(stage, "22:00")
    assert words["closed"] in texts_in(stage)[-1]
    with pytest.raises(Refused):
        stage.mei.send(stage.group, "who is awake?")
    stage.ben.send(stage.group, "administrators may")

    await tell(stage, words["open"])
    assert words["until"] in texts_in(stage)[-1]
    assert allowed(stage) == before
    stage.mei.send(stage.group, "one last thing")
    await at(stage, "23:00")
    with pytest.raises(Refused):
        stage.mei.send(stage.group, "and another")

    await at(stage, "07:30")
    assert words["over"] in texts_in(stage)[-1]
    assert allowed(stage) == before
    stage.mei.send(stage.group, "/rules")
    await stage.settled()
    assert words["only"] in texts_in(stage)[-1]


async def test_an_end_passes_while_the_bot_is_down_and_what_administrators_change_is_kept(stage: Stage) -> None:
    before = await restricted(stage)
    await at(stage, "22:00")
    await stage.stop()
    stage.anna.set_permissions(stage.group, {**allowed(stage), "can_pin_messages": True, "can_send_photos": True})
    stage.clock.advance(wait_for(stage, "12:00"))
    await stage.start()
    await stage.settled()
    assert allowed(stage) == {**before, "can_pin_messages": True}


async def test_the_bot_stops_before_its_order_reaches_telegram(stage: Stage) -> None:
    before = await restricted(stage)
    stage.telegram.faults.add("setChatPermissions", "reset")
    stage.clock.advance(wait_for(stage, "22:00"))
    await stage.until(lambda: is_closed(stage))
    await stage.stop()
    stage.clock.advance(wait_for(stage, "07:30"))
    await stage.start()
    await stage.settled()
    assert allowed(stage) == before


async def test_hours_are_changed_and_the_mode_is_switched_off_while_it_is_closed(stage: Stage) -> None:
    before = await restricted(stage)
    await at(stage, "22:00")
    assert is_closed(stage)
    await tell(stage, "/quiet 23:00-07:30")
    assert allowed(stage) == before
    await at(stage, "23:00")
    assert is_closed(stage)
    page = await tell(stage, "/quiet mode")
    await stage.tap(stage.anna, page, "Only I am quiet")
    await stage.settled()
    assert allowed(stage) == before
    assert "🔒" not in said(await tell(stage, "/quiet mode"))


async def test_administrators_open_the_group_by_hand_and_have_the_last_word(stage: Stage) -> None:
    before = await restricted(stage)
    await at(stage, "22:00")
    stage.anna.set_permissions(stage.group, before)
    await at(stage, "02:00")
    await tell(stage, "/quiet 22:00-07:30; 12:00-13:00")
    assert allowed(stage) == before
    await at(stage, "07:30")
    assert allowed(stage) == before
    await at(stage, "22:00")
    assert is_closed(stage)


async def test_the_bot_loses_the_right_in_the_night_and_gets_it_back(stage: Stage) -> None:
    before = await restricted(stage)
    await at(stage, "22:00")
    stage.anna.promote(stage.group, stage.bot, {"can_delete_messages": True})
    await at(stage, "07:30")
    assert is_closed(stage)
    assert "could not let the members" in said(stage.telegram.messages(stage.anna)[-1])
    assert "Ban users" in said(await tell(stage, "/quiet mode"))
    assert "Ban users" in said(await tell(stage, "/quiet notice off"))
    stage.anna.promote(stage.group, stage.bot)
    await stage.settled()
    assert allowed(stage) == before


async def test_a_group_becomes_a_supergroup_while_it_is_closed(stage: Stage) -> None:
    small = stage.group_of("Neighbours", stage.anna, stage.mei, supergroup=False)
    await stage.settled()
    before = dict(small.permissions)
    stage.anna.send(small, "/quiet 22:00-07:30")
    stage.anna.send(small, "/quiet mode restrict")
    await stage.settled()
    await at(stage, "22:00")
    assert not small.permissions["can_send_messages"]
    large = stage.telegram.migrate(small)
    await stage.settled()
    await at(stage, "07:30")
    assert dict(large.permissions) == before


async def test_who_writes_at_night_is_reminded_once_and_counted(any_stage: Stage) -> None:
    stage, words = any_stage, WORDS[any_stage.locale]
    page = await tell(stage, "/quiet 22:00-07:30")
    await stage.tap(stage.anna, page, words["page"])
    await tell(stage, f"/quiet mode {words['remind']}")
    stage.mei.send(stage.group, "by day")
    await at(stage, "23:00")
    first = stage.mei.send(stage.group, "awake?")
    stage.ben.send(stage.group, "administrators are spared")
    await stage.settled()
    reminder = stage.telegram.messages(stage.group)[-1]
    assert reminder.reply_to == first.message_id
    assert words["quiet"] in said(reminder)
    stage.mei.send(stage.group, "really nobody?")
    await tell(stage, "/open 1h")
    stage.carl.send(stage.group, "while it is open")
    await at(stage, "01:00")
    stage.carl.send(stage.group, "cannot sleep")
    await stage.settled()
    assert sum(words["quiet"] in text for text in texts_in(stage)) == 2
    await at(stage, "09:00")
    await stage.see(stage.anna, "📊", words["counted"])
    stage.mei.send(stage.group, "/rules")
    await stage.settled()
    assert words["asked"] in texts_in(stage)[-1]


async def test_the_bot_makes_no_telephone_ring_unless_somebody_publishes_at_once(stage: Stage) -> None:
    await tell(stage, "/quiet 22:00-07:30")
    stage.mei.send(stage.group, "good evening")
    await at(stage, "22:30")
    for line in (
        "/rules",
        "/help",
        "/events",
        "/topic resume",
        "/topic stop taxes for 1h",
        "/quiet mode remind",
        "/warn",
    ):
        stage.anna.send(stage.group, line)
    stage.anna.send(stage.group, "/warn @mei spam")
    stage.mei.send(stage.group, "awake? taxes!")
    await stage.settled()
    stage.telegram.set_bot_status(stage.group, stage.bot, "member")
    await stage.settled()
    said_at_night = [call for call in stage.telegram.journal.of("sendMessage") if int(call.params["chat_id"]) < 0]
    loud = [
        call.params
        for call in said_at_night
        if call.at >= _night(stage) and not call.params.get("disable_notification")
    ]
    assert loud == []
    assert len(said_at_night) > 6
    assert any("#1" in text for text in texts_in(stage))
    await stage.advance(hours=2)
    assert "may be talked about" not in "".join(texts_in(stage))
    await at(stage, "07:30")
    assert "may be talked about again" in "".join(texts_in(stage))


def _night(stage: Stage) -> int:
    return int(stage.clock.now().timestamp()) - 1800

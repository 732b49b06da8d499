"""Steps that a moderator takes directly, each a case of the ledger, as members and moderators see them (R22)."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.sandbox.telegram.model import Message
from tests.journeys.stage import Stage, close_stage, open_stage, said
from tests.journeys.test_policy import command
from tests.journeys.test_violations import known, status, warned


async def card(stage: Stage, number: int) -> Message:
    """Wait for the card of a case: the oldest message of the group that begins with a sign and has its number."""
    await stage.settled()
    found = [
        m for m in stage.telegram.messages(stage.group) if f"#{number}" in said(m) and said(m)[0] in "⚠⛔↩🔇👢🔊🔓"
    ]
    assert found, stage.telegram.describe()
    return found[0]


def until(stage: Stage) -> int:
    return int(str(stage.telegram.member(stage.group, stage.mei)["until_date"]))


def now(stage: Stage) -> int:
    return int(stage.clock.now().timestamp())


@pytest.mark.parametrize("length", ["2h", "for 2 hours,", "2小时", "两小时"])
async def test_a_mute_for_a_while_and_its_end(any_stage: Stage, length: str) -> None:
    stage, anna, mei = any_stage, any_stage.anna, any_stage.mei
    (offence,) = await known(stage, mei)
    anna.send(stage.group, f"/mute {length} 刷屏", reply_to=offence)
    shown = await card(stage, 1)
    assert status(stage, mei) == "restricted"
    assert until(stage) == now(stage) + 7200
    assert shown.reply_to == offence.message_id
    assert said(shown).startswith("🔇")
    assert "刷屏" in said(shown)
    assert "Anna" in said(shown)
    before = said(shown)
    await stage.advance(hours=3)
    assert said(shown) != before
    if stage.locale == "en":
        assert "The mute ended on Wed, 10 Mar 2027, 12:00." in said(shown)


async def test_it_counts_towards_nothing_and_says_so_by_saying_nothing(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    await known(stage, mei)
    anna.send(stage.group, "/mute @mei 2h spam")
    assert "counts" not in said(await card(stage, 1))
    await stage.advance(minutes=2)
    await warned(stage, anna, "@mei rude")
    assert "this is a warning." in said(await card(stage, 2))
    assert "means: a serious warning" in said(await card(stage, 2))
    assert until(stage) > now(stage) + 6000, "the warning leaves the mute alone"


async def test_a_kick_lets_the_person_come_back(any_stage: Stage) -> None:
    stage, anna, mei = any_stage, any_stage.anna, any_stage.mei
    await known(stage, mei)
    anna.send(stage.group, "/kick @mei 刷屏")
    shown = await card(stage, 1)
    assert status(stage, mei) == "left"
    assert said(shown).startswith("👢")
    mei.join(stage.group)
    await stage.settled()
    assert status(stage, mei) == "member"


async def test_a_ban_for_days_for_good_and_its_undoing(any_stage: Stage) -> None:
    stage, anna, mei, carl = any_stage, any_stage.anna, any_stage.mei, any_stage.carl
    await known(stage, mei, carl)
    anna.send(stage.group, "/ban @mei 7天 广告")
    await card(stage, 1)
    assert status(stage, mei) == "kicked"
    assert until(stage) == now(stage) + 7 * 86400
    anna.send(stage.group, "/ban @carl 广告")
    shown = await card(stage, 2)
    assert status(stage, carl) == "kicked"
    assert not stage.telegram.member(stage.group, carl).get("until_date")
    assert await stage.tap(anna, shown, next(label for label in shown.labels() if "↩️" in label))
    await stage.settled()
    assert status(stage, carl) == "left"
    assert said(shown).startswith("↩️")
    anna.send(stage.group, "/unwarn #1")
    await stage.settled()
    assert status(stage, mei) == "left"


async def test_a_ban_stands_while_another_case_wants_it(either_stage: Stage) -> None:
    stage, anna, mei = either_stage, either_stage.anna, either_stage.mei
    goes_on = stage.words("The ban of another case goes on.")
    may_come, lifted = stage.words("They may join the group again."), stage.words("The ban is lifted.")
    await known(stage, mei)
    anna.send(stage.group, "/ban @mei 7 days spam")
    anna.send(stage.group, "/ban @mei worse spam")
    await stage.settled()
    assert not stage.telegram.member(stage.group, mei).get("until_date"), "the longer one holds"
    seven_days = now(stage) + 7 * 86400
    anna.send(stage.group, "/unwarn 2")
    await stage.settled()
    assert goes_on in said(stage.telegram.messages(stage.group)[-1])
    assert may_come not in said(stage.telegram.messages(stage.group)[-1])
    assert (status(stage, mei), until(stage)) == ("kicked", seven_days)
    anna.send(stage.group, "/unwarn 1")
    await stage.settled()
    assert may_come in said(stage.telegram.messages(stage.group)[-1])
    assert status(stage, mei) == "left"

    mei.join(stage.group)
    await stage.advance(minutes=2)
    anna.send(stage.group, "/ban @mei once more")
    third = await card(stage, 3)
    await stage.advance(minutes=2)
    anna.unban(stage.group, mei)
    await stage.settled()
    assert lifted in said(third), "an administrator ended it in Telegram itself"
    mei.join(stage.group)
    await stage.advance(minutes=2)
    anna.send(stage.group, "/ban @mei for good spam")
    await card(stage, 4)
    anna.send(stage.group, "/unwarn 3")
    await stage.settled()
    assert may_come not in said(stage.telegram.messages(stage.group)[-1])
    assert status(stage, mei) == "kicked", "case 4 stands"


async def test_ending_a_mute_leaves_the_warnings_as_they_are(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    await known(stage, mei)
    await warned(stage, anna, "@mei one")
    await warned(stage, anna, "@mei two")
    anna.send(stage.group, "/mute @mei 3 days more")
    await card(stage, 3)
    stage.ben.send(stage.group, "/unmute @mei sorry")
    last = await card(stage, 4)
    assert stage.telegram.member(stage.group, mei).get("can_send_messages", True)
    assert "May write again." in said(last)
    assert "Ordered by Ben" in said(last)
    assert last.labels() == [], "a release is not undone"
    assert "The mute is lifted." in said(await card(stage, 2))
    assert "The mute is lifted." in said(await card(stage, 3))
    await stage.advance(minutes=2)
    await warned(stage, anna, "@mei three")
    assert "you are asked to leave" in said(await card(stage, 5)), "two warnings still count"
    anna.send(stage.group, "/unwarn 4")
    await stage.see(stage.group, "This is not undone")


async def test_ending_a_ban_by_name_and_by_id(any_stage: Stage) -> None:
    stage, anna, mei = any_stage, any_stage.anna, any_stage.mei
    await known(stage, mei)
    for number, named in ((1, "@mei"), (3, str(mei.id))):
        anna.send(stage.group, f"/ban {named} 30d spam")
        await card(stage, number)
        assert status(stage, mei) == "kicked"
        anna.send(stage.group, f"/unban {named}")
        await card(stage, number + 1)
        assert status(stage, mei) == "left"
        mei.join(stage.group)
        await stage.settled()
        await stage.advance(minutes=2)


async def test_who_left_by_themselves_has_no_ban_to_end(either_stage: Stage) -> None:
    stage, anna, mei = either_stage, either_stage.anna, either_stage.mei
    await known(stage, mei)
    mei.leave(stage.group)
    await stage.settled()
    anna.send(stage.group, "/unban @mei")
    await stage.see(
        stage.group,
        stage.words("<b>{name}</b> left by themselves and is not banned, so there is no ban to end.", name="Mei"),
    )
    assert stage.find(stage.group, "#1") is None
    anna.kick(stage.group, mei)
    await stage.settled()
    anna.send(stage.group, "/unban @mei")
    await card(stage, 1)
    assert status(stage, mei) == "left"


async def test_what_telegram_refuses_is_said_kept_and_made_up_for(stage: Stage) -> None:
    anna, mei, carl = stage.anna, stage.mei, stage.carl
    await known(stage, mei, carl)
    stage.telegram.set_bot_status(stage.group, stage.bot, "administrator", {"can_delete_messages": True})
    await stage.settled()
    anna.send(stage.group, "/ban @mei 7 days spam")
    shown = await card(stage, 1)
    assert "It did not happen. I lack the administrator right to ban users. I keep trying for a day." in said(shown)
    assert shown.labels() == ["🔁 Try again", "↩️ Undo", "✋ Appeal"]
    await stage.see(anna, "Case #1 in Hikers: a ban of 7 days for Mei did not happen.", "Ban users")
    anna.send(stage.group, "/kick @carl spam")
    await card(stage, 2)
    await stage.advance(hours=2)
    stage.telegram.set_bot_status(stage.group, stage.bot, "administrator", {"can_restrict_members": True})
    await stage.settled()
    assert status(stage, mei) == "kicked"
    assert status(stage, carl) == "left"
    assert "Removed from the group, until Wed, 17 Mar 2027, 10:00." in said(shown)


async def test_what_was_refused_of_an_administrator_is_made_up_for_when_they_are_none(either_stage: Stage) -> None:
    stage, anna, mei = either_stage, either_stage.anna, either_stage.mei
    await known(stage, mei)
    stage.telegram.set_bot_status(stage.group, stage.bot, "administrator", {"can_delete_messages": True})
    await stage.settled()
    anna.send(stage.group, "/mute @mei 3 days spam")
    shown = await card(stage, 1)
    anna.promote(stage.group, mei)
    await stage.settled()
    stage.telegram.set_bot_status(stage.group, stage.bot, "administrator", {"can_restrict_members": True})
    await stage.settled()
    assert stage.words("Telegram does not let bots act against administrators.") in said(shown)
    await stage.advance(hours=2)
    anna.demote(stage.group, mei)
    await stage.settled()
    assert status(stage, mei) == "restricted"
    assert stage.words("Telegram does not let bots act against administrators.") not in said(shown)


async def test_a_refused_kick_is_not_remembered_for_ever(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    await known(stage, mei)
    stage.telegram.set_bot_status(stage.group, stage.bot, "administrator", {"can_delete_messages": True})
    await stage.settled()
    anna.send(stage.group, "/kick @mei spam")
    shown = await card(stage, 1)
    await stage.advance(hours=25)
    stage.telegram.set_bot_status(stage.group, stage.bot, "administrator", {"can_restrict_members": True})
    await stage.settled()
    assert status(stage, mei) == "member"
    assert "trying again" in await stage.tap(anna, shown, "Try again")
    await stage.settled()
    assert status(stage, mei) == "left"


async def test_whom_nobody_muted_is_not_unmuted_and_whom_telegram_restricts_is(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    await known(stage, mei)
    anna.send(stage.group, "/unmute @mei")
    await stage.see(stage.group, "Mei is not muted")
    assert not any("#1" in said(message) for message in stage.telegram.messages(stage.group))
    anna.restrict(stage.group, mei, {})
    await stage.settled()
    anna.send(stage.group, "/unmute @mei")
    assert "May write again." in said(await card(stage, 1))
    assert stage.telegram.member(stage.group, mei).get("can_send_messages", True)


async def test_a_release_that_is_overtaken_is_not_made_up_for(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    await known(stage, mei)
    anna.send(stage.group, "/mute @mei 1 day spam")
    await card(stage, 1)
    stage.telegram.set_bot_status(stage.group, stage.bot, "administrator", {"can_delete_messages": True})
    await stage.settled()
    anna.send(stage.group, "/unmute @mei")
    assert "It did not happen" in said(await card(stage, 2))
    assert "could not be lifted" in said(await card(stage, 1))
    anna.send(stage.group, "/mute @mei 2 days again")
    await card(stage, 3)
    stage.telegram.set_bot_status(stage.group, stage.bot, "administrator", {"can_restrict_members": True})
    await stage.settled()
    assert status(stage, mei) == "restricted"
    assert until(stage) == now(stage) + 2 * 86400


async def test_two_moderators_do_not_do_the_same_twice(stage: Stage) -> None:
    anna, ben, mei = stage.anna, stage.ben, stage.mei
    await known(stage, mei)
    anna.send(stage.group, "/mute @mei 2h spam")
    await card(stage, 1)
    ben.send(stage.group, "/mute @mei 1h spam")
    await stage.see(stage.group, "Anna did the same", "in case #1. Nothing was done now.")
    assert until(stage) == now(stage) + 7200


async def test_bare_it_asks_for_everything(any_stage: Stage) -> None:
    stage, anna, mei = any_stage, any_stage.anna, any_stage.mei
    await known(stage, mei)
    anna.send(stage.bot, "/ban")
    await stage.settled()
    anna.send(stage.bot, "@mei")
    await stage.settled()
    asked = next(m for m in reversed(stage.telegram.messages(anna)) if m.author == stage.bot.id and len(m.labels()) > 3)
    await stage.tap(anna, asked, asked.labels()[1])
    await stage.settled()
    anna.send(stage.bot, "A reason of my own")
    assert "A reason of my own" in said(await card(stage, 1))
    assert until(stage) == now(stage) + 7 * 86400
    await stage.see(anna, "#1", "Mei")


async def test_what_a_line_leaves_open_is_asked(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    (offence,) = await known(stage, mei)
    anna.send(stage.group, "/mute @mei spam")
    asked = await stage.see(stage.group, "For how long?")
    anna.send(stage.group, "a while", reply_to=asked)
    await stage.see(stage.group, "“a while” is no length of time I understand.")
    anna.send(stage.group, "for 90 min", reply_to=asked)
    assert "spam" in said(await card(stage, 1))
    assert until(stage) == now(stage) + 5400
    await stage.advance(minutes=2)
    anna.send(stage.group, "/kick", reply_to=offence)
    asked = await stage.see(stage.group, "What for?")
    await stage.tap(anna, asked, "Skip")
    assert "It is about a message." in said(await card(stage, 2))
    assert status(stage, mei) == "left"


RULE = {
    "en": {"rule": "Rule A1", "which": "Which rule was breached?", "line": "2h A1 spam"},
    "zh_Hans": {"rule": "群规 A1", "which": "违反了哪条群规", "line": "2小时 A1 刷屏"},
}


async def test_a_step_names_the_rule_that_was_breached(either_stage: Stage) -> None:
    stage, anna, mei = either_stage, either_stage.anna, either_stage.mei
    words = RULE[stage.locale]
    await known(stage, mei)
    await command(stage, "/policy add words hint zzgamble")
    anna.send(stage.group, f"/mute @mei {words['line']}")
    assert words["rule"] in said(await card(stage, 1))
    assert until(stage) == now(stage) + 7200
    await stage.advance(minutes=2)
    anna.send(stage.group, "/mute @mei a1 3h")
    assert words["rule"] in said(await card(stage, 2))
    assert until(stage) == now(stage) + 3 * 3600
    anna.send(stage.bot, "/kick @mei")
    question = await stage.see(anna, words["which"])
    await stage.tap(anna, question, "A1")
    await stage.settled()
    last = stage.telegram.messages(anna)[-1]
    await stage.tap(anna, last, next(label for label in last.labels() if "Skip" in label or "跳过" in label))
    assert words["rule"] in said(await card(stage, 3))
    assert status(stage, mei) == "left"


async def test_those_against_whom_no_step_is_taken(stage: Stage) -> None:
    anna, ben, mei, carl = stage.anna, stage.ben, stage.mei, stage.carl
    await known(stage, mei, carl, ben)
    ben.send(stage.group, "/ban @anna rude")
    await stage.see(stage.group, "Anna owns this group")
    anna.send(stage.group, "/mute @ben 1h rude")
    await stage.see(stage.group, "Ben is an administrator")
    carl.leave(stage.group)
    await stage.settled()
    anna.send(stage.group, "/kick @carl spam")
    await stage.see(stage.group, "Carl is no longer in this group.")
    anna.send(stage.group, "/unban @mei")
    await stage.see(stage.group, "Mei is in this group, so there is no ban to end.")
    mei.send(stage.group, "/kick @carl spam")
    await stage.see(stage.group, "Only people who may remove members")
    assert stage.find(stage.group, "Case #") is None


async def test_a_moderator_may_mute_but_not_ban(stage: Stage) -> None:
    anna, mei, carl = stage.anna, stage.mei, stage.carl
    await known(stage, mei, carl)
    anna.send(stage.group, "/role grant @carl moderator")
    await stage.settled()
    carl.send(stage.group, "/mute @mei 1h spam")
    await card(stage, 1)
    assert status(stage, mei) == "restricted"
    carl.send(stage.group, "/ban @mei spam")
    await stage.see(stage.group, "Only people who may remove members")
    await stage.advance(minutes=2)
    anna.send(stage.group, "/ban @mei spam")
    second = await card(stage, 2)
    assert "may remove members" in await stage.tap(carl, second, "Undo")
    assert status(stage, mei) == "kicked"


async def test_a_basic_group_says_what_it_cannot_do(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    group = stage.group_of("Walkers", anna, mei, supergroup=False)
    await stage.settled()
    offence = mei.send(group, "Spam")
    anna.send(group, "/mute 2h spam", reply_to=offence)
    await stage.see(group, "Case #1", "This is a basic group, and Telegram does this only in supergroups.")
    await stage.advance(minutes=2)
    anna.send(group, "/kick spam", reply_to=offence)
    await stage.see(group, "Case #2", "Removed from the group")
    assert stage.telegram.member(group, mei)["status"] in {"left", "kicked"}


async def test_the_list_the_digest_and_the_log_know_them(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    await known(stage, mei)
    anna.send(stage.group, "/mute @mei 2h spam")
    await card(stage, 1)
    anna.send(stage.group, "/kick @mei spam")
    await card(stage, 2)
    anna.send(stage.bot, "/warns @mei")
    await stage.see(anna, "#1", "a mute of 2 hours", "#2", "a kick")
    anna.send(stage.bot, "/warns 2")
    await stage.see(anna, "Case #2: Mei", "Step: a kick", "Ordered by Anna", "may join again")
    anna.send(stage.bot, "/audit case")
    await stage.see(anna, "Anna muted Mei (case #1): spam", "Anna kicked Mei (case #2): spam")
    await stage.advance(hours=23)
    await stage.see(anna, "#1 Mei: a mute of 2 hours", "#2 Mei: a kick")


@pytest.mark.postgres
async def test_the_same_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    stage = await open_stage(tmp_path, database_url=postgres_url)
    try:
        await known(stage, stage.mei)
        stage.anna.send(stage.group, "/ban @mei 7 days spam")
        await card(stage, 1)
        stage.anna.send(stage.group, "/unban @mei")
        await card(stage, 2)
        assert status(stage, stage.mei) == "left"
    finally:
        await close_stage(stage)

"""A warning from the first word to the last step, as members and moderators see it (R22, R23)."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.telegram import Actor
from bot.sandbox.telegram.model import Message
from tests.journeys.stage import Stage, close_stage, open_stage, said


async def known(stage: Stage, *people: Actor) -> list[Message]:
    """Let people say something, so that the bot knows them."""
    messages = [person.send(stage.group, f"I am {person.name}") for person in people]
    await stage.settled()
    return messages


def status(stage: Stage, person: Actor) -> str:
    return str(stage.telegram.member(stage.group, person)["status"])


async def card(stage: Stage, number: int) -> Message:
    """Wait for the card of a case: the message with its number and a button or an arrow."""
    await stage.settled()
    found = [m for m in stage.telegram.messages(stage.group) if f"#{number}" in said(m) and said(m)[0] in "⚠⛔↩"]
    assert found, stage.telegram.describe()
    return found[0]


async def warned(stage: Stage, by: Actor, text: str) -> None:
    by.send(stage.group, f"/warn {text}")
    await stage.settled()
    await stage.advance(seconds=61)


async def test_a_warning_a_mute_and_its_undoing(any_stage: Stage) -> None:
    stage, anna, mei = any_stage, any_stage.anna, any_stage.mei
    (offence,) = await known(stage, mei)
    anna.send(stage.group, "/warn", reply_to=offence)
    await stage.settled()
    question = stage.telegram.messages(stage.group)[-1]
    assert not any("#1" in said(message) for message in stage.telegram.messages(stage.group)), "it asks what for"
    assert len(question.labels()) == 7
    await stage.tap(anna, question, question.labels()[-2])
    first = await card(stage, 1)
    assert first.reply_to == offence.message_id
    assert "Anna" in said(first)
    assert status(stage, mei) == "member"

    await stage.advance(minutes=5)
    await warned(stage, stage.ben, "@mei 再说一次")
    second = await card(stage, 2)
    assert "再说一次" in said(second)
    assert "Ben" in said(second)
    assert status(stage, mei) == "restricted"
    assert stage.telegram.member(stage.group, mei)["until_date"] == int(stage.clock.now().timestamp()) - 61 + 3600

    assert await stage.tap(anna, second, next(label for label in second.labels() if "↩️" in label))
    await stage.settled()
    assert stage.telegram.member(stage.group, mei).get("can_send_messages", True)
    after = await card(stage, 2)
    assert said(after).startswith("↩️")
    assert "Anna" in said(after)
    assert after.labels() == []


async def test_what_is_announced_is_what_comes(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    await known(stage, mei)
    await warned(stage, anna, "@mei one")
    assert "means: a serious warning and a mute of 1 hour" in said(await card(stage, 1))
    await warned(stage, anna, "@mei two")
    second = said(await card(stage, 2))
    assert "this is a serious warning" in second
    assert "Muted until Wed, 10 Mar 2027, 11:01" in second
    assert "means: a mute of 1 day and the request to leave" in second
    assert "means:" not in said(await card(stage, 1))
    await warned(stage, anna, "@mei three")
    third = said(await card(stage, 3))
    assert "you are asked to leave this group" in third
    assert "Please leave by Thu, 11 Mar 2027, 10:02; after that, removal is proposed" in third
    await stage.advance(days=31)
    assert "It counted until Fri, 9 Apr 2027 and stays on record." in said(await card(stage, 3))
    assert "Mei was asked to leave in case #3 and is still here." in said(await card(stage, 4))
    await warned(stage, anna, "@mei four")
    assert "this is a warning." in said(await card(stage, 5))


async def test_a_removal_takes_a_second_manager(stage: Stage) -> None:
    anna, ben, mei = stage.anna, stage.ben, stage.mei
    ben.start(stage.bot)
    await known(stage, mei)
    for reason in ("one", "two", "three", "four"):
        await warned(stage, anna, f"@mei {reason}")
    assert "a second manager decides" in said(await card(stage, 4))
    assert status(stage, mei) == "restricted"
    decision = await stage.see(ben, "Remove Mei from the group?", "one", "two", "three", "four")
    assert "own proposal" in await stage.tap(anna, await _forwarded(stage, anna), "Approve")
    assert status(stage, mei) == "restricted"
    await stage.tap(ben, decision, "Approve")
    await stage.settled()
    assert status(stage, mei) == "kicked"
    assert "Removed from the group; Ben agreed." in said(await card(stage, 4))
    anna.send(stage.group, "/unwarn 4")
    await stage.settled()
    assert status(stage, mei) == "left"
    assert "The ban is lifted." in said(await card(stage, 4))


async def _forwarded(stage: Stage, who: Actor) -> Message:
    """Have the decision shown to somebody else as well."""
    who.send(stage.bot, "/approvals")
    listing = await stage.see(who, "1 decision is open")
    await stage.tap(who, listing, "#1")
    return await stage.see(who, "Remove Mei from the group?", "Decision #1")


async def test_a_declined_removal_and_one_that_nobody_decides(stage: Stage) -> None:
    anna, ben, mei = stage.anna, stage.ben, stage.mei
    ben.start(stage.bot)
    await known(stage, mei)
    for reason in ("one", "two", "three", "four"):
        await warned(stage, anna, f"@mei {reason}")
    await stage.tap(ben, await stage.see(ben, "Remove Mei"), "Decline")
    await stage.settled()
    assert "Ben decided against the removal" in said(await card(stage, 4))
    await warned(stage, anna, "@mei five")
    await stage.see(ben, "Decision #2")
    await stage.advance(hours=25)
    assert "Nobody decided about the removal in time" in said(await card(stage, 5))
    assert status(stage, mei) in {"member", "restricted"}


async def test_a_right_that_is_lacking_is_said_and_the_mute_made_up_for(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    await known(stage, mei)
    await warned(stage, anna, "@mei one")
    stage.telegram.set_bot_status(stage.group, stage.bot, "administrator", {"can_delete_messages": True})
    await stage.settled()
    await warned(stage, anna, "@mei two")
    refused = await card(stage, 2)
    assert "is not in force. I lack the administrator right to ban users. I keep trying until then." in said(refused)
    assert refused.labels() == ["🔁 Try again", "↩️ Undo", "✋ Appeal"]
    await stage.see(anna, "Case #2 in Hikers: the warning is recorded, but Mei was not muted.", "Ban users")
    assert stage.find(anna, "did not let me act") is None, "it is said once, in the reader's words"
    before = len(stage.telegram.messages(anna))
    assert status(stage, mei) == "member"
    assert "trying again" in await stage.tap(anna, refused, "Try again")
    await stage.settled()
    assert "is not in force" in said(await card(stage, 2))
    assert len(stage.telegram.messages(anna)) == before, "how it went is for the card to say"
    await stage.advance(minutes=10)
    stage.telegram.set_bot_status(stage.group, stage.bot, "administrator", {"can_restrict_members": True})
    await stage.settled()
    assert status(stage, mei) == "restricted"
    assert "Muted until Wed, 10 Mar 2027, 11:01" in said(await card(stage, 2))


async def test_the_end_of_a_mute_is_shown_also_after_a_restart(any_stage: Stage) -> None:
    stage, anna, mei = any_stage, any_stage.anna, any_stage.mei
    await known(stage, mei)
    await warned(stage, anna, "@mei one")
    await warned(stage, anna, "@mei two")
    before = said(await card(stage, 2))
    await stage.restart()
    await stage.advance(hours=2)
    assert said(await card(stage, 2)) != before
    if stage.locale == "en":
        assert "The mute ended on Wed, 10 Mar 2027, 11:01." in said(await card(stage, 2))


async def test_two_moderators_at_once_are_told_of_each_other(stage: Stage) -> None:
    anna, ben, mei = stage.anna, stage.ben, stage.mei
    await known(stage, mei)
    anna.send(stage.group, "/warn @mei spam")
    ben.send(stage.group, "/warn @mei rude")
    question = await stage.see(stage.group, "Anna warned Mei", "(case #1)", "Nothing was recorded now")
    assert "somebody else's" in await stage.tap(anna, question, "Warn again")
    assert stage.find(stage.group, "Case #2") is None
    await stage.tap(ben, question, "Warn again")
    assert "rude" in said(await card(stage, 2))
    assert status(stage, mei) == "restricted"
    assert question.labels() == [], "the question is answered"


async def test_the_question_for_the_reason_does_not_outwit_the_guard(stage: Stage) -> None:
    anna, ben, mei = stage.anna, stage.ben, stage.mei
    (offence,) = await known(stage, mei)
    ben.send(stage.group, "/warn", reply_to=offence)
    question = await stage.see(stage.group, "Why should Mei be warned?")
    anna.send(stage.group, "/warn spam", reply_to=offence)
    await card(stage, 1)
    await stage.advance(minutes=3)
    await stage.tap(ben, question, "Off topic")
    doubt = await stage.see(stage.group, "Anna warned Mei 3 minutes ago (case #1).", "tap below")
    assert stage.find(stage.group, "Case #2") is None
    await stage.tap(ben, doubt, "Warn again")
    second = await card(stage, 2)
    assert "Off topic" in said(second)
    assert second.reply_to == offence.message_id


async def test_a_mute_that_a_removal_ended_comes_back_with_the_person(stage: Stage) -> None:
    anna, ben, mei = stage.anna, stage.ben, stage.mei
    ben.start(stage.bot)
    await known(stage, mei)
    for reason in ("one", "two", "three", "four"):
        await warned(stage, anna, f"@mei {reason}")
    third = await card(stage, 3)
    assert "Muted until Thu, 11 Mar 2027, 10:02." in said(third)
    await stage.tap(ben, await stage.see(ben, "Remove Mei from the group?"), "Approve")
    await stage.settled()
    paused = "Removing Mei ended the mute. If they come back before Thu, 11 Mar 2027, 10:02, they are muted again"
    assert paused in said(third)
    await stage.tap(anna, await card(stage, 4), "Undo")
    await stage.settled()
    assert paused in said(third)
    mei.join(stage.group)
    await stage.settled()
    assert status(stage, mei) == "restricted"
    assert stage.telegram.member(stage.group, mei)["until_date"] == int(stage.clock.now().timestamp()) - 122 + 86400
    assert "Muted until Thu, 11 Mar 2027, 10:02." in said(third)
    anna.send(stage.bot, "/audit case")
    await stage.see(anna, "case #3 of Mei: ended by a removal → on its way")


async def test_a_paused_mute_that_is_undone_or_over_does_not_come_back(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    await known(stage, mei)
    for reason in ("one", "two"):
        await warned(stage, anna, f"@mei {reason}")
    anna.kick(stage.group, mei)
    await stage.settled()
    second = await card(stage, 2)
    assert "Removing Mei ended the mute." in said(second)
    await stage.tap(anna, second, "Undo")
    await stage.settled()
    assert status(stage, mei) == "kicked", "undoing the case lets nobody back in"
    anna.unban(stage.group, mei)
    mei.join(stage.group)
    await stage.settled()
    assert status(stage, mei) == "member"
    assert "The mute is lifted." in said(second)


async def test_while_a_removal_is_open_nothing_else_is_said_to_come_next(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    await known(stage, mei)
    for reason in ("one", "two", "three"):
        await warned(stage, anna, f"@mei {reason}")
    anna.send(stage.bot, "/warn @mei four")
    told = await stage.see(anna, "Case #4: Mei was warned once more, and removal is proposed")
    assert "Next would be" not in said(told)
    assert "Another warning" not in said(await card(stage, 4))
    await stage.advance(seconds=61)
    anna.send(stage.bot, "/warn @mei five")
    told = await stage.see(anna, "Case #5: Mei was warned once more.", "already proposed or decided")
    assert "Another warning" not in said(await card(stage, 5))


async def test_the_digest_says_what_became_of_a_removal(stage: Stage) -> None:
    anna, ben, mei = stage.anna, stage.ben, stage.mei
    ben.start(stage.bot)
    await known(stage, mei)
    for reason in ("one", "two", "three", "four"):
        await warned(stage, anna, f"@mei {reason}")
    anna.send(stage.bot, "/warns @mei")
    await stage.see(anna, "#4", "removal proposed; a second manager decides")
    await stage.tap(ben, await stage.see(ben, "Remove Mei from the group?"), "Approve")
    await stage.settled()
    await stage.tap(anna, await card(stage, 4), "Undo")
    await stage.advance(hours=23)
    digest = await stage.see(anna, "Warnings:", "4 new cases")
    assert "#4 Mei: removed, then undone" in said(digest)
    assert "#3 Mei: a mute of 1 day and the request to leave" in said(digest)


async def test_bare_it_asks_in_the_group_and_in_private(any_stage: Stage) -> None:
    stage, anna, mei = any_stage, any_stage.anna, any_stage.mei
    await known(stage, mei, stage.carl)
    anna.send(stage.group, "/warn")
    await stage.settled()
    anna.send(stage.group, "@mei", reply_to=stage.telegram.messages(stage.group)[-1])
    await stage.settled()
    form = stage.telegram.messages(stage.group)[-2]
    assert len(form.labels()) >= 5
    await stage.tap(anna, form, form.labels()[0])
    await stage.settled()
    assert form.labels() == []
    assert "Mei" in said(await card(stage, 1))

    anna.send(stage.bot, "/warn @carl")
    await stage.settled()
    anna.send(stage.bot, "A reason of my own")
    assert "A reason of my own" in said(await card(stage, 2))
    await stage.see(anna, "#2", "Carl")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/warn @ben rude", "Ben is an administrator and cannot be warned."),
        ("/warn @anna rude", "You cannot warn yourself."),
        ("/warn @qunguan_bot rude", "That is me."),
        ("/warn @nobody_here rude", "I have not seen anybody called nobody_here"),
        ("/warn 99999999999 rude", "I have not seen anybody with the id 99999999999"),
        ("/warn Mei rude", "Say whom you mean"),
        ("/warn @mei " + "x" * 501, "The reason has 501 characters; at most 500 fit."),
        ("/unwarn abc", "“abc” is not the number of a case."),
        ("/unwarn 7", "There is no case #7 in this group."),
        ("/unwarn @mei", "No warning of Mei counts at present"),
        ("/unwarn", "No warning counts in this group at present"),
        ("/warns 7", "There is no case #7 that you can see here."),
        ("/warns abc", "Say whom you mean"),
    ],
)
async def test_what_cannot_be_is_said_and_changes_nothing(stage: Stage, line: str, answer: str) -> None:
    await known(stage, stage.mei, stage.ben)
    stage.anna.send(stage.group, line)
    await stage.see(stage.group, answer)
    stage.anna.send(stage.bot, "/warns @mei")
    await stage.see(stage.anna, "Mei has no warnings in this group.")


async def test_those_who_cannot_be_warned(stage: Stage) -> None:
    anna, ben, mei, carl = stage.anna, stage.ben, stage.mei, stage.carl
    await known(stage, mei, carl)
    ben.send(stage.group, "/warn @anna rude")
    await stage.see(stage.group, "Anna owns this group and cannot be warned.")
    helper = stage.telegram.add_bot("helper_bot", "Helper")
    anna.add(stage.group, helper)
    await stage.settled()
    anna.send(stage.group, "/warn @helper_bot spam")
    await stage.see(stage.group, "Helper is a bot and cannot be warned.")
    carl.leave(stage.group)
    await stage.settled()
    anna.send(stage.group, "/warn @carl spam")
    await stage.see(stage.group, "Carl is no longer in this group")
    anna.send(stage.group, "/warn 777000 spam")
    await stage.see(stage.group, "I have not seen anybody with the id 777000")
    mei.send(stage.group, "/warn @carl spam")
    await stage.see(stage.group, "Only people who may warn and mute can use this.")
    assert stage.find(stage.group, "Case #") is None


async def test_somebody_promoted_meanwhile_is_safe(stage: Stage) -> None:
    anna, ben, mei = stage.anna, stage.ben, stage.mei
    await known(stage, mei)
    anna.send(stage.group, "/warn @mei one")
    ben.send(stage.group, "/warn @mei two")
    question = await stage.see(stage.group, "Nothing was recorded now")
    anna.promote(stage.group, mei)
    await stage.settled()
    assert "Mei is an administrator" in await stage.tap(ben, question, "Warn again")
    assert stage.find(stage.group, "Case #2") is None
    assert "about yourself" in await stage.tap(mei, await card(stage, 1), "Undo")


async def test_buttons_are_checked_when_they_are_tapped(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    await known(stage, mei)
    await warned(stage, anna, "@mei one")
    first = await card(stage, 1)
    assert "may warn and mute" in await stage.tap(mei, first, "Undo")
    other = stage.group_of("Others", anna, mei)
    await stage.settled()

    async def forged(who: Actor, data: str) -> str:
        answer = await stage.telegram.answer_to(who.tap(first, data=data), 10)
        return str(answer.get("text") or "")

    theirs = next(b["callback_data"] for b in first.buttons()).split(":")
    assert "not on record" in await forged(anna, f"v.undo:{theirs[1]}:999")
    assert "another group" in await forged(anna, f"v.undo:{int(theirs[1]) + 1}:{theirs[2]}")
    assert "nothing to try again" in await forged(anna, f"v.retry:{theirs[1]}:{theirs[2]}")
    assert "This question is over" in await forged(anna, f"v.again:{theirs[1]}:5")
    assert "out of date" in await forged(anna, f"v.undo:{theirs[1]}:1:2")
    assert "your own warnings" in await forged(stage.carl, f"v.page:{theirs[1]}:{mei.id}:1")
    assert said(await card(stage, 1)).startswith("⚠️")
    assert stage.find(other, "Case") is None


async def test_undoing_by_number_by_reply_and_by_name(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    await known(stage, mei)
    for reason in ("one", "two", "three"):
        await warned(stage, anna, f"@mei {reason}")
    anna.send(stage.group, "/unwarn", reply_to=await card(stage, 3))
    await stage.see(stage.group, "Case #3 of Mei is undone", "2 warnings still count")
    assert stage.telegram.member(stage.group, mei)["status"] == "restricted", "the mute of case 2 goes on"
    anna.send(stage.group, "/unwarn ＃2 by mistake")
    await stage.see(stage.group, "Case #2 of Mei is undone", "The mute is being lifted", "1 warning still counts")
    await stage.settled()
    assert stage.telegram.member(stage.group, mei).get("can_send_messages", True)
    anna.send(stage.group, "/unwarn 2")
    await stage.see(stage.group, "Case #2 is undone already, by Anna")
    anna.send(stage.group, "/unwarn @mei")
    await stage.see(stage.group, "Case #1 of Mei is undone")


async def test_everybody_sees_their_own_and_managers_everybodys(stage: Stage) -> None:
    anna, mei, carl = stage.anna, stage.mei, stage.carl
    mei.start(stage.bot)
    await known(stage, mei, carl)
    offence = mei.send(stage.group, "Buy cheap shoes")
    anna.send(stage.group, "/warn advertising", reply_to=offence)
    await card(stage, 1)
    mei.send(stage.bot, "/warns")
    await stage.see(mei, "Your warnings: 1 counts at present", "#1", "advertising", "Buy cheap shoes")
    carl.send(stage.group, "/warns @mei")
    await stage.see(stage.group, "Those of others are for people who run the group.")
    anna.send(stage.group, "/warns", reply_to=offence)
    await stage.see(stage.group, "I have sent it to you in private.")
    await stage.see(anna, "Warnings of Mei", "#1", "Buy cheap shoes")
    assert stage.find(stage.group, "Warnings of Mei") is None, (
        "what others were warned for is not repeated before everybody"
    )
    await stage.advance(days=30)
    mei.send(stage.bot, "/warns 1")
    await stage.see(mei, "Case #1: Mei", "Counted until Fri, 9 Apr 2027.")
    carl.send(stage.group, "/ladder")
    await stage.see(stage.group, "2. a serious warning and a mute of 1 hour", "4. removal, if a second manager agrees")


async def test_a_basic_group_counts_warnings_and_says_that_it_cannot_mute(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    group = stage.group_of("Walkers", anna, mei, supergroup=False)
    await stage.settled()
    offence = mei.send(group, "Spam")
    anna.send(group, "/warn one", reply_to=offence)
    await stage.settled()
    await stage.advance(seconds=61)
    anna.send(group, "/warn two", reply_to=offence)
    await stage.see(group, "Case #2", "This is a basic group", "The warning counts all the same.")
    assert stage.telegram.member(group, mei)["status"] == "member"


async def test_an_anonymous_administrator_confirms_first(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    await known(stage, mei)
    anna.send(stage.group, "/warn @mei spam", anonymous=True)
    question = await stage.see(stage.group, "You are writing as the group")
    assert stage.find(stage.group, "Case #1") is None
    await stage.tap(stage.anna, question, question.labels()[0])
    assert "Warned by Anna" in said(await card(stage, 1))


async def test_names_are_only_names(stage: Stage) -> None:
    eve = stage.telegram.add_user("<b>Eve</b> & {name}", username="eve_here", language_code="en")
    eve.join(stage.group)
    eve.send(stage.group, "hello")
    await stage.settled()
    stage.anna.send(stage.group, "/warn @eve_here <i>{0}</i> & more")
    shown = said(await card(stage, 1))
    assert "<b>Eve</b> & {name}, this is a warning." in shown
    assert "Reason: <i>{0}</i> & more" in shown


async def test_everything_is_in_the_audit_log(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    await known(stage, mei)
    await warned(stage, anna, "@mei spam")
    anna.send(stage.group, "/unwarn 1")
    await stage.settled()
    anna.send(stage.bot, "/audit case")
    await stage.see(anna, "Anna warned Mei (case #1): spam", "Anna undid case #1 of Mei")


@pytest.mark.postgres
async def test_the_same_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    stage = await open_stage(tmp_path, database_url=postgres_url)
    try:
        await known(stage, stage.mei)
        moderators: list[Any] = [stage.anna, stage.ben]
        for moderator in moderators:
            moderator.send(stage.group, "/warn @mei spam")
        await asyncio.gather(stage.see(stage.group, "Case #1"), stage.see(stage.group, "Nothing was recorded now"))
    finally:
        await close_stage(stage)

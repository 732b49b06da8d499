"""Appeals over the wire: from the card and from private, decided by somebody else, with everything that follows (R22)."""

from __future__ import annotations

import re

from bot.sandbox.telegram import Actor
from bot.sandbox.telegram.model import Message
from tests.journeys.stage import Stage, said


async def known(stage: Stage, *people: Actor) -> None:
    """Let people say something, so that the bot knows them."""
    for person in people:
        person.send(stage.group, f"I am {person.name}")
    await stage.settled()


def status(stage: Stage, person: Actor) -> str:
    return str(stage.telegram.member(stage.group, person)["status"])


async def card(stage: Stage, number: int) -> Message:
    """Return the card of a case."""
    await stage.settled()
    found = [m for m in stage.telegram.messages(stage.group) if f"#{number}" in said(m) and said(m)[0] in "⚠⛔↩🔇👢🔔"]
    assert found, stage.telegram.describe()
    return found[0]


def last(stage: Stage, who: Actor) -> Message:
    """Return the newest message in somebody's private chat."""
    return stage.telegram.messages(who)[-1]


async def warned(stage: Stage, by: Actor, text: str) -> None:
    by.send(stage.group, f"/warn {text}")
    await stage.settled()
    await stage.advance(seconds=61)


async def appealed(stage: Stage, who: Actor, number: int, text: str) -> Message:
    """Appeal in private, on one line; return the card that those who decide see."""
    who.send(stage.bot, f"/appeal {number} {text}")
    await stage.settled()
    return await stage.see(stage.ben, text)


async def test_a_mute_is_made_shorter_by_somebody_else(stage: Stage) -> None:
    anna, ben, mei, carl = stage.anna, stage.ben, stage.mei, stage.carl
    ben.start(stage.bot)
    mei.start(stage.bot)
    await known(stage, mei, carl)
    for reason in ("one", "two", "three"):
        await warned(stage, anna, f"@mei {reason}")
    third = await card(stage, 3)
    assert "Only the person whom a case is about" in await stage.tap(carl, third, "Appeal")

    await stage.tap(mei, third, "Appeal")
    await stage.see(mei, "Why should somebody look at case #3 in Hikers again?")
    mei.send(stage.bot, "It was a joke among friends")
    answer = await stage.see(mei, "is with the managers", "to be decided by Sat, 13 Mar 2027")
    assert "⚖️ Appealed on" in said(await card(stage, 3))
    shown = await stage.see(ben, "Appeal against case #3", "It was a joke among friends", "by Anna")
    assert stage.find(anna, "It was a joke") is None, "who gave the warning is not asked"
    assert all("joke" not in said(m) for m in stage.telegram.messages(stage.group))

    await stage.tap(mei, answer, "Add something")
    await stage.see(mei, "What do you want to add")
    mei.send(stage.bot, "Ask Carl")
    await stage.see(mei, "Added to your appeal")
    await stage.until(lambda: "Ask Carl" in said(shown) or None)
    assert "appealed against case #3 and added to it" in await stage.tap(mei, third, "Appeal")

    anna.send(stage.bot, "/appeals 3")
    hers = await stage.see(anna, "Appeal against case #3")
    assert "You had a part in this case" in await stage.tap(anna, hers, "Lift")
    anna.send(stage.bot, "/case 3")
    await stage.see(anna, "Case #3", "⚖️ Appealed on", "It was a joke among friends", "Ask Carl")

    await stage.tap(ben, shown, "Make lighter")
    question = await stage.see(ben, "What takes its place?")
    assert question.labels()[:3] == ["a mute of 12 hours", "a mute of 1 hour", "nothing but text for 1 day"]
    await stage.tap(ben, question, "a mute of 1 hour")
    await stage.tap(ben, await stage.see(ben, "A word to the person?"), "Skip")
    await stage.see(ben, "Case #3 of Mei was made lighter", "told in private")
    await stage.see(mei, "After your appeal, case #3 in Hikers was made lighter: a mute of 1 hour.")
    new = await card(stage, 4)
    assert "this stands in place of case #3" in said(new)
    assert "means: removal, if a second manager agrees" in said(new)
    assert "made it lighter" in said(await card(stage, 3))
    assert stage.telegram.member(stage.group, mei)["until_date"] == int(stage.clock.now().timestamp()) - 61 + 3600
    assert shown.labels() == []
    mei.send(stage.bot, "/appeal 4")
    await stage.see(mei, "Case #4 is what an appeal led to. That decision stands.")


async def test_who_was_banned_appeals_from_private_and_comes_back_by_a_link(stage: Stage) -> None:
    await banned_and_back(stage)


async def test_the_same_in_chinese(zh_stage: Stage) -> None:
    await banned_and_back(zh_stage)


async def banned_and_back(stage: Stage) -> None:
    anna, ben, mei = stage.anna, stage.ben, stage.mei
    ben.start(stage.bot)
    mei.start(stage.bot)
    await known(stage, mei)
    anna.send(stage.group, "/ban @mei spam")
    await stage.settled()
    assert status(stage, mei) == "kicked"
    told = await stage.see(mei, "Hikers", "#1", "/appeal 1")

    await stage.tap(mei, told, told.labels()[0])
    await stage.settled()
    mei.send(stage.bot, "My brother had my telephone 我弟弟拿了我的手机")
    shown = await stage.see(ben, "My brother had my telephone")
    await stage.tap(ben, shown, shown.labels()[2])
    await stage.settled()
    question = last(stage, ben)
    skip = next(label for label in question.labels() if "Skip" in label or "跳过" in label)
    await stage.tap(ben, question, skip)
    await stage.settled()
    assert status(stage, mei) == "left"
    way = await stage.see(mei, "https://t.me/+")
    found = re.search(r"https://t\.me/\+\w+", said(way))
    assert found is not None
    mei.join(stage.group, found[0])
    await stage.settled()
    assert status(stage, mei) == "member"
    link = stage.group.links[found[0]]
    assert link.member_limit == 1
    assert link.expire_date == int(stage.clock.now().timestamp()) + 7 * 86400
    shown_in_group = await card(stage, 1)
    assert ("lifted by Ben" if stage.locale == "en" else "Ben于") in said(shown_in_group)
    if stage.locale == "zh_Hans":
        assert "2027年3月13日 周六 18:00之前裁定" in said(await stage.see(mei, "你对Hikers记录 #1 的申诉")), (
            "the group's time"
        )
        await stage.see(mei, "⚖️ 经你申诉，Hikers的记录 #1 已撤销，不再计入。")
        assert shown.text is not None
        assert "撤销" in shown.text
    assert all("telephone" not in said(m) for m in stage.telegram.messages(stage.group))


async def test_an_appeal_is_due_never_lapses_and_is_upheld_for_a_while(stage: Stage) -> None:
    anna, ben, mei = stage.anna, stage.ben, stage.mei
    ben.start(stage.bot)
    mei.start(stage.bot)
    await known(stage, mei)
    anna.send(stage.bot, "/appeals due 2 days")
    await stage.see(anna, "From now on managers have 2 days")
    await warned(stage, anna, "@mei spam")
    shown = await appealed(stage, mei, 1, "I said nothing of the kind")
    assert "To be decided by Fri, 12 Mar 2027, 10:01." in said(shown)

    await stage.advance(hours=33)
    await stage.see(ben, "The appeal against case #1 in Hikers is to be decided by Fri, 12 Mar 2027, 10:01.")
    await stage.advance(hours=16)
    reminder = await stage.see(ben, "is overdue: it was to be decided")
    assert "Overdue" in said(shown)
    assert "the decision is overdue" in said(await card(stage, 1))
    await stage.tap(ben, reminder, "Show")
    await stage.settled()
    anna.send(stage.bot, "/appeals")
    listing = await stage.see(anna, "1 waits for a decision", "1 of them is overdue", "#1 Mei: overdue since")
    await stage.tap(anna, listing, "#1")
    await stage.advance(hours=23)
    await stage.see(anna, "📊", "1 appeal waits for a decision: /appeals (1 is overdue)")

    again = await stage.see(ben, "Appeal against case #1")
    await stage.tap(ben, again, "Uphold")
    await stage.see(ben, "From when is a new appeal possible?")
    ben.send(stage.bot, "yesterday")
    await stage.see(ben, "“yesterday” will not do", "365 days")
    ben.send(stage.bot, "3 years")
    await stage.see(ben, "“3 years” will not do")
    ben.send(stage.bot, "2 weeks")
    await stage.see(ben, "A word to the person?")
    ben.send(stage.bot, "The log shows it")
    await stage.see(
        mei, "case #1 in Hikers stays as it is. A new appeal is possible from Sat, 27 Mar 2027.", "The log shows"
    )
    await stage.settled()
    assert again.labels() == []
    mei.send(stage.bot, "/appeal 1 please")
    await stage.see(mei, "Case #1 was upheld after your appeal. A new appeal is possible from Sat, 27 Mar 2027.")
    await stage.advance(days=15)
    mei.send(stage.bot, "/appeal 1 please")
    await stage.see(ben, "Appeal against case #1", "please")


async def test_the_owner_alone_is_told_so_and_decides(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    group = stage.group_of("Choir", anna, mei)
    mei.start(stage.bot)
    await stage.settled()
    mei.send(group, "hello")
    await stage.settled()
    anna.send(group, "/mute @mei 2h spam")
    await stage.settled()
    mei.send(stage.bot, "/appeal 1 It was not me")
    await stage.see(mei, "The group has nobody else to decide, so its owner does.")
    shown = await stage.see(
        anna, "Everybody who could decide had a part in this case, so Anna decides.", "It was not me"
    )
    await stage.tap(anna, shown, "Lift")
    await stage.tap(anna, await stage.see(anna, "A word to the person?"), "Skip")
    await stage.settled()
    assert stage.telegram.member(group, mei).get("can_send_messages", True)
    assert "Nobody else could decide." in said(stage.find(group, "#1") or shown)
    anna.send(group, "/audit case")
    await stage.see(anna, "lifted case #1 of Mei after an appeal, as nobody else could decide")


async def test_who_cannot_be_written_to_is_led_and_told_in_the_group(stage: Stage) -> None:
    anna, ben, mei = stage.anna, stage.ben, stage.mei
    await known(stage, mei)
    await warned(stage, anna, "@mei spam")
    first = await card(stage, 1)
    query = mei.tap(first, next(label for label in first.labels() if "Appeal" in label))
    answer = await stage.telegram.answer_to(query, 10)
    assert str(answer["url"]).startswith("https://t.me/qunguan_bot?start=appeal-")
    mei.start(stage.bot, str(answer["url"]).partition("start=")[2])
    await stage.see(mei, "Why should somebody look at case #1 in Hikers again?")
    mei.send(stage.bot, "A misunderstanding")
    await stage.see(mei, "is with the managers")
    await stage.see(stage.group, "An appeal waits for a manager. It is not shown here")
    assert all("misunderstanding" not in said(m) for m in stage.telegram.messages(stage.group))
    mei.block(stage.bot)
    ben.start(stage.bot)
    ben.send(stage.bot, "/appeals 1")
    shown = await stage.see(ben, "A misunderstanding")
    await stage.tap(ben, shown, "Lift")
    ben.send(stage.bot, "Sorry for that")
    await stage.see(ben, "Case #1 of Mei is lifted.")
    told = await stage.see(stage.group, "Mei: after your appeal, case #1 was lifted. It no longer counts.")
    assert "Sorry" not in said(told)
    assert "1 wait" not in said(told)


async def test_a_case_that_is_undone_ends_its_appeal_and_late_taps_are_answered(stage: Stage) -> None:
    anna, ben, mei = stage.anna, stage.ben, stage.mei
    ben.start(stage.bot)
    mei.start(stage.bot)
    await known(stage, mei)
    for reason in ("one", "two"):
        await warned(stage, anna, f"@mei {reason}")
    first = await appealed(stage, mei, 1, "not one")
    anna.send(stage.group, "/unwarn 1")
    await stage.see(mei, "Case #1 in Hikers was undone, so your appeal is settled.")
    assert "undone by Anna before anybody decided" in said(first)
    assert first.labels() == []

    second = await appealed(stage, mei, 2, "not two")
    await stage.tap(ben, second, "Lift")
    late = await stage.see(ben, "A word to the person?")
    carl = stage.carl
    anna.promote(stage.group, carl)
    carl.start(stage.bot)
    await stage.settled()
    carl.send(stage.bot, "/appeals 2")
    his = await stage.see(carl, "not two")
    await stage.tap(carl, his, "Uphold")
    await stage.tap(carl, await stage.see(carl, "From when"), "30 days")
    await stage.tap(carl, await stage.see(carl, "A word to"), "Skip")
    await stage.see(mei, "case #2 in Hikers stays as it is")
    await stage.tap(ben, late, "Skip")
    await stage.see(ben, "Carl has decided this already.")
    assert "no longer counts" not in said(await card(stage, 2))
    mei.send(stage.bot, "/appeal")
    await stage.see(mei, "Your cases", "#2 in Hikers", "upheld; a new appeal is possible from")


async def test_in_the_managers_chat_and_a_link_that_had_to_be_made_twice(stage: Stage) -> None:
    anna, ben, mei = stage.anna, stage.ben, stage.mei
    board = stage.group_of("Board", anna, ben)
    await stage.settled()
    anna.send(board, "/managerschat")
    await stage.settled()
    await stage.tap(anna, stage.telegram.messages(board)[-1], "Hikers")
    await known(stage, mei)
    anna.send(stage.group, "/ban @mei spam")
    await stage.settled()
    mei.start(stage.bot)
    mei.send(stage.bot, "/appeal 1 Please look again")
    shown = await stage.see(board, "Appeal against case #1", "Please look again")
    assert "You had a part" in await stage.tap(anna, shown, "Lift")
    mei.block(stage.bot)
    rights = {"can_restrict_members": True, "can_delete_messages": True}
    stage.telegram.set_bot_status(stage.group, stage.bot, "administrator", rights)
    await stage.settled()
    await stage.tap(ben, shown, "Lift")
    await stage.tap(ben, await stage.see(board, "A word to the person?"), "Skip")
    await stage.see(board, "Case #1 of Mei is lifted.", "please tell them yourself")
    refused = await stage.see(board, "Telegram would not let me make an invite link")
    stage.telegram.set_bot_status(stage.group, stage.bot, "administrator", {**rights, "can_invite_users": True})
    await stage.settled()
    await stage.tap(ben, refused, "Make the link")
    passed_on = await stage.see(board, "I cannot write to Mei. Please pass on this link", "https://t.me/+")
    assert "no link is needed" in await stage.tap(ben, refused, "Make the link")
    found = re.search(r"https://t\.me/\+\w+", said(passed_on))
    assert found is not None
    mei.join(stage.group, found[0])
    await stage.settled()
    assert status(stage, mei) == "member"


async def test_the_link_comes_when_the_ban_is_ended_however_late_that_is(stage: Stage) -> None:
    anna, ben, mei = stage.anna, stage.ben, stage.mei
    ben.start(stage.bot)
    mei.start(stage.bot)
    await known(stage, mei)
    anna.send(stage.group, "/ban @mei spam")
    await stage.settled()
    shown = await appealed(stage, mei, 1, "Please look again")
    stage.telegram.set_bot_status(stage.group, stage.bot, "administrator", {"can_invite_users": True})
    await stage.settled()
    await stage.tap(ben, shown, "Lift")
    await stage.tap(ben, await stage.see(ben, "A word to the person?"), "Skip")
    await stage.see(mei, "case #1 in Hikers was lifted")
    assert status(stage, mei) == "kicked"
    assert "The ban could not be lifted. I lack the administrator right to ban users." in said(await card(stage, 1))
    assert stage.find(mei, "You can come back") is None
    rights = {"can_invite_users": True, "can_restrict_members": True}
    stage.telegram.set_bot_status(stage.group, stage.bot, "administrator", rights)
    await stage.settled()
    await stage.advance(minutes=16)
    assert status(stage, mei) == "left"
    await stage.see(mei, "You can come back to Hikers by this link.", "https://t.me/+")

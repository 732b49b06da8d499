"""How members are told of an announcement: pinned, mentioned by name, both or neither (R02)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements.rules.run import PACE
from bot.announcements.telling.rules.way import Way
from bot.announcements.telling.texts import SAID
from tests.journeys.stage import Stage, said

if TYPE_CHECKING:
    from bot.sandbox.telegram.model import Message


def crowd(stage: Stage, count: int) -> list[str]:
    """Let people join and be known; return their names."""
    names = [f"P{number}" for number in range(count)]
    for name in names:
        stage.person(name).join(stage.group)
    for one in (stage.ben, stage.mei, stage.carl):
        one.send(stage.group, "hello")
    return [*names, "Anna", "Ben", "Mei", "Carl"]


def mentions(stage: Stage) -> list[Message]:
    """Return the messages that mention people."""
    return [message for message in stage.telegram.messages(stage.group) if "📣" in said(message)]


def named(stage: Stage) -> list[str]:
    """Return whom the mentions name, as Telegram notifies them."""
    found = []
    for message in mentions(stage):
        entities = message.body.get("entities", ())
        found += [one["user"]["first_name"] for one in entities if one["type"] == "text_mention"]
    return found


async def pace(stage: Stage) -> None:
    await stage.advance(seconds=PACE.total_seconds())


async def test_members_are_mentioned_by_name_when_the_card_says_so(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    names = crowd(stage, 8)
    anna.send(stage.bot, "/announce We meet at the gate")
    card = await stage.see(anna, "#1")
    await stage.tap(anna, card, stage.words("📌 Pinned"))
    page = await stage.see(anna, stage.words("<b>How members are told of #{number}</b>", number=1))
    await stage.tap(anna, page, stage.words("👥 Mentioned by name"))
    await stage.settled()
    assert f"✓ {stage.words('👥 Mentioned by name')}" in page.labels()
    assert stage.words("👥 Mentioned by name") in card.labels()
    assert stage.words("👥 It is not pinned; members are mentioned by name, five a message.") in said(card)
    await stage.tap(anna, card, stage.words("📣 Publish now"))
    await stage.settled()
    post = await stage.see(stage.group, "We meet at the gate")
    assert len(mentions(stage)) == 1
    for _ in range(4):
        await pace(stage)
    assert sorted(named(stage)) == sorted(names)
    assert [len(m.body["entities"]) for m in mentions(stage)] == [5, 5, 2]
    assert all(message.reply_to == post.message_id for message in mentions(stage))
    assert stage.telegram.pins(stage.group) == []
    told = stage.words("👥 Mentioned: {told} of {known}.", told=12, known=12)
    assert told in said(card)
    assert stage.words("That is all of them.") in said(card)
    assert stage.words("⏹ Stop the mentions") not in card.labels()


async def test_it_goes_on_after_a_restart_and_what_is_uncertain_is_listed_and_not_repeated(
    either_stage: Stage,
) -> None:
    stage, anna = either_stage, either_stage.anna
    names = crowd(stage, 14)
    anna.send(stage.bot, "/announce Hello")
    card = await stage.see(anna, "#1")
    anna.send(stage.bot, "/announce tell 1 both")
    await stage.see(
        anna, stage.words("<b>How members are told of #{number}</b>", number=1), stage.words(SAID[Way.BOTH])
    )
    await stage.tap(anna, card, "📣")
    await stage.settled()
    assert stage.telegram.pins(stage.group)
    stage.telegram.faults.add("sendMessage", "html502", chat_id=stage.group.id)
    await pace(stage)
    await stage.restart()
    for _ in range(5):
        await pace(stage)
    assert len(set(named(stage))) == len(named(stage)) == len(names) - 5
    assert stage.words("👥 Mentioned: {told} of {known}.", told=13, known=18) in said(card)
    assert stage.words("That is all of them.") in said(card)
    await stage.tap(anna, card, stage.words("❓ Not sure: {n}", n=5))
    head = stage.words("<b>#{number}: I do not know whether their mention arrived</b>", number=1)
    page = await stage.see(anna, head)
    assert sorted(line.removeprefix("• ") for line in said(page).split("\n")[1:]) == sorted(
        set(names) - set(named(stage))
    )


async def test_it_rests_in_quiet_hours_and_is_stopped_and_resumed(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    names = crowd(stage, 8)
    begins, ends = ("10:02", "12:00") if stage.locale == "en" else ("18:02", "20:00")
    anna.send(stage.group, f"/quiet {begins}-{ends}")
    anna.send(stage.bot, "/announce tell default 点名")
    head = stage.words("<b>How members are told of announcements</b>")
    await stage.see(anna, head, stage.words(SAID[Way.MENTION]))
    anna.send(stage.bot, "/announce Hello")
    card = await stage.see(anna, "#1", "👥")
    await stage.tap(anna, card, "📣")
    await stage.settled()
    assert len(mentions(stage)) == 1
    await stage.advance(seconds=1)
    await stage.tap(anna, card, stage.words("⏹ Stop the mentions"))
    await stage.advance(minutes=3)
    assert len(mentions(stage)) == 1
    assert stage.words("👥 Mentioned: {told} of {known}.", told=5, known=12) in said(card)
    assert stage.words("Stopped.") in said(card)
    await stage.tap(anna, card, "▶️")
    await stage.settled()
    assert len(mentions(stage)) == 1
    assert stage.words("It is quiet; I go on {when}.", when="|").split("|")[0] in said(card)
    assert ends in said(card)
    await stage.advance(hours=2)
    for _ in range(3):
        await pace(stage)
    assert sorted(named(stage)) == sorted(names)


async def test_the_one_pinned_before_is_unpinned_where_that_is_wanted(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    anna.pin(anna.send(stage.group, "The rules of this group"))

    async def publish(words: str, *lines: str) -> Message:
        anna.send(stage.bot, f"/announce {words}")
        card = await stage.see(anna, words, stage.words("draft"))
        for line in lines:
            anna.send(stage.bot, line)
            await stage.settled()
        await stage.tap(anna, card, "📣")
        await stage.settled()
        return await stage.see(stage.group, words)

    def pinned() -> set[str]:
        return {said(message) for message in stage.telegram.pins(stage.group)}

    await publish("First")
    await publish("Second")
    assert pinned() == {"The rules of this group", "First", "Second"}
    anna.send(stage.bot, "/announce settings")
    await stage.settled()
    settings = await stage.until(
        lambda: next((m for m in stage.telegram.messages(anna) if "🌙" in str(m.labels())), None)
    )
    await stage.tap(anna, settings, "👥")
    await stage.settled()
    await stage.tap(anna, settings, stage.words("Unpin the one before"))
    await stage.settled()
    assert stage.words("The announcement pinned before is unpinned.") in said(settings)
    await publish("Third")
    assert pinned() == {"The rules of this group", "First", "Third"}
    await publish("Fourth", "/announce tell 4 取消置顶 关")
    assert pinned() == {"The rules of this group", "First", "Third", "Fourth"}
    stage.telegram.faults.add(
        "unpinChatMessage", "400", description="Bad Request: not enough rights to manage pinned messages in the chat"
    )
    await publish("Fifth")
    failed = stage.words("📌 #{number}, which was pinned before, could not be unpinned.", number=4)
    await stage.see(anna, failed, "ot enough rights")
    await publish("Quietly", "/announce tell 6 nobody")
    assert "Quietly" not in pinned()
    assert mentions(stage) == []


async def test_what_was_decided_when_the_posting_began_holds_for_it(stage: Stage) -> None:
    anna = stage.anna
    crowd(stage, 2)
    for number, ends in ((1, "late"), (2, "refused")):
        anna.send(stage.bot, f"/announce Hello {number}")
        card = await stage.see(anna, f"#{number}", f"Hello {number}")
        anna.send(stage.bot, "/announce tell default pin")
        await stage.settled()
        faults = stage.telegram.faults
        if ends == "late":
            faults.add("sendMessage", "429", 1, chat_id=stage.group.id, retry_after=1)
        else:
            faults.add("sendMessage", "400", 1, chat_id=stage.group.id)
        await stage.tap(anna, card, "Publish now")
        if ends == "refused":
            await stage.settled()
        anna.send(stage.bot, "/announce tell default mentions")
        await stage.settled()
        if ends == "refused":
            # What failed is decided anew when it is posted again.
            anna.send(stage.bot, "/announce publish 2")
            await stage.settled()
        await pace(stage)
        await pace(stage)
        assert [said(pin) for pin in stage.telegram.pins(stage.group)] == ["Hello 1"]
        assert bool(named(stage)) == (ends == "refused")


async def test_two_that_mention_people_in_one_group_share_its_pace(stage: Stage) -> None:
    anna = stage.anna
    names = crowd(stage, 8)
    anna.send(stage.bot, "/announce tell default mentions")
    for number in (1, 2):
        anna.send(stage.bot, f"/announce Hello {number}")
        await stage.see(anna, f"#{number}", f"Hello {number}")
        anna.send(stage.bot, f"/announce publish {number}")
        await stage.settled()
    counts = [len(mentions(stage))]
    for _ in range(5):
        await pace(stage)
        counts.append(len(mentions(stage)))
    assert counts == [1, 2, 3, 4, 5, 6]
    assert sorted(named(stage)) == sorted(names * 2)

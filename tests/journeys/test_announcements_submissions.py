"""What members hand in: reviewed, asked about, accepted, published, declined, taken back; each time they are told (R25, R09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements.submissions.rules import State
from bot.announcements.submissions.texts import words
from tests.journeys.stage import Stage, said

if TYPE_CHECKING:
    from bot.sandbox.telegram import Actor
    from bot.sandbox.telegram.model import Chat, Message


def from_bot(stage: Stage, where: Chat | Actor, part: str) -> list[Message]:
    """Return what the bot has said in a chat that holds a word."""
    return [m for m in stage.telegram.messages(where) if m.author == stage.bot.id and part in said(m)]


async def tap_form(stage: Stage, who: Actor, label: str) -> None:
    """Tap a button of the form that asks somebody in private."""
    wanted = stage.words(label)
    message = next(m for m in reversed(stage.telegram.messages(who)) if any(wanted in one for one in m.labels()))
    await stage.tap(who, message, wanted)
    await stage.settled()


async def test_a_text_is_handed_in_asked_about_accepted_with_its_name_and_published(either_stage: Stage) -> None:
    stage, anna, mei = either_stage, either_stage.anna, either_stage.mei
    mei.send(stage.group, "hello")
    mei.start(stage.bot)
    await stage.settled()
    mei.send(stage.bot, "/submit The school <looks> for coats")
    await stage.settled()
    own = await stage.see(mei, "#1", stage.words(words.STATES[State.WAITING]))
    card = await stage.see(anna, "📥", "#1", "Mei", "The school <looks> for coats")

    await stage.tap(anna, card, stage.words(words.ASK))
    await stage.settled()
    anna.send(stage.bot, "Which school?")
    asked = await stage.see(mei, "Which school?")
    await stage.settled()
    assert stage.words(words.STATES[State.WAITING]) in said(own), "what was said stays"
    assert not own.labels()
    mei.send(stage.bot, "The school <looks> for coats; ask at the gate", reply_to=asked)
    await stage.settled()
    await stage.tap(mei, stage.telegram.messages(mei)[-1], stage.words(words.USE))
    await stage.settled()
    card = await stage.see(anna, "📥", "#1", "Which school?", "ask at the gate")

    await stage.tap(anna, card, stage.words(words.ACCEPT))
    await stage.settled()
    await tap_form(stage, anna, "Name them")
    anna.send(stage.bot, "telephoned the school")
    await stage.see(mei, stage.words("{name} has accepted it. I tell you when it is published.", name="Anna"))
    credit = stage.words("<i>Handed in by {name}</i>", name="Mei")
    draft = await stage.see(anna, "📝", credit, "telephoned the school")
    await stage.tap(anna, draft, stage.words("📣 Publish now"))
    await stage.settled()
    post = await stage.see(stage.group, "The school <looks> for coats; ask at the gate", credit)
    told = await stage.see(mei, stage.words("It stands in the group. Thank you!"))
    assert f"/{post.message_id}" in str(list(told.buttons()))
    assert stage.words(words.STATES[State.PUBLISHED]) in said(card)


async def accept(stage: Stage, card: Message) -> None:
    """Have Anna accept a submission, without its name and with nothing noted about how it was verified."""
    await stage.tap(stage.anna, card, stage.words(words.ACCEPT))
    await stage.settled()
    await tap_form(stage, stage.anna, "Do not name them")
    await tap_form(stage, stage.anna, "Skip")


async def test_the_member_hears_of_all_that_becomes_of_the_announcement(either_stage: Stage) -> None:
    stage, anna, ben, mei = either_stage, either_stage.anna, either_stage.ben, either_stage.mei
    for one in (ben, mei):
        one.send(stage.group, "hello")
        one.start(stage.bot)
    await stage.settled()
    anna.send(stage.bot, "/announce settings review other")
    mei.send(stage.bot, "/submit Coats are wanted")
    await accept(stage, await stage.see(anna, "📥", "#1", "Coats are wanted"))
    not_after_all = stage.words(words.STATES[State.DROPPED])

    def times(text: str) -> int:
        return len(from_bot(stage, mei, stage.words(text, name="Anna")))

    anna.send(stage.bot, "/announce cancel 1")
    await stage.see(mei, not_after_all, "Anna")
    await stage.settled()
    await tap_form(stage, anna, "↩️ Bring it back")
    accepted = "{name} has accepted it. I tell you when it is published."
    assert times(accepted) == 2, "it was said twice, and both stay"
    anna.send(stage.bot, "/announce submit 1")
    await stage.settled()
    await tap_form(stage, ben, "🚫 Reject")
    ben.send(stage.bot, "Not for members to read")
    await stage.see(anna, "Not for members to read")
    await stage.settled()
    assert len(from_bot(stage, mei, not_after_all)) == 2
    assert stage.find(mei, "Not for members to read") is None

    anna.send(stage.bot, "/announce settings review none")
    await stage.settled()
    await tap_form(stage, anna, "↩️ Bring it back")
    anna.send(stage.bot, "/announce publish 1")
    await stage.see(mei, stage.words("It stands in the group. Thank you!"))
    anna.send(stage.bot, "/announce withdraw 1 wrong school")
    await stage.settled()
    await tap_form(stage, anna, "🗑 Delete it")
    await stage.see(
        mei, stage.words("It stood in the group and was taken back. Reason: {reason}", reason="wrong school")
    )


async def test_the_first_decision_counts_and_a_refusal_is_told_with_its_reason(either_stage: Stage) -> None:
    stage, anna, ben, carl = either_stage, either_stage.anna, either_stage.ben, either_stage.carl
    ben.start(stage.bot)
    carl.start(stage.bot)
    for one in (ben, carl):
        one.send(stage.group, "hello")
    await stage.settled()
    photo = carl.send_file(stage.group, "photo", caption="Lost cat")
    carl.send(stage.group, "/submit", reply_to=photo)
    await stage.see(stage.group, "#1", "📥")
    first, second = await stage.see(anna, "📥", "#1", "Carl"), await stage.see(ben, "📥", "#1", "Carl")
    assert "photo" in stage.telegram.messages(ben)[-2].body
    # What everybody has read already can be taken out of the group.
    await stage.tap(ben, second, stage.words(words.DELETE))
    await stage.settled()
    assert not {photo.message_id, photo.message_id + 1} & {m.message_id for m in stage.telegram.messages(stage.group)}
    assert stage.words(words.DELETE) not in first.labels()
    await stage.tap(ben, second, stage.words(words.ALL))
    await stage.settled()
    assert said(stage.telegram.messages(ben)[-1]) == "Lost cat"
    await stage.tap(anna, first, stage.words(words.DECLINE))
    await stage.tap(ben, second, stage.words(words.DECLINE))
    await stage.settled()
    anna.send(stage.bot, "Nobody knows the cat")
    await stage.see(carl, "Nobody knows the cat", "Anna")
    ben.send(stage.bot, "Not for us")
    await stage.see(ben, stage.words("#{number} is decided already: {name} has declined it.", number=1, name="Anna"))
    await stage.settled()
    assert from_bot(stage, carl, "Not for us") == []
    carl.send(stage.bot, "/submit mine")
    listed = await stage.until(lambda: _with(stage, carl, stage.words(words.NEW)))
    assert stage.words(words.STATES[State.DECLINED]) in said(listed)
    await stage.tap(carl, listed, "#1")
    await stage.settled()
    assert len(from_bot(stage, carl, "Nobody knows the cat")) == 2


async def test_who_cannot_be_written_to_is_asked_in_the_group_and_answers_there(stage: Stage) -> None:
    anna, mei, carl = stage.anna, stage.mei, stage.carl
    mei.send(stage.group, "/submit Coats are wanted")
    await stage.see(stage.group, "Received as submission #1")
    card = await stage.see(anna, "Submission #1", "Coats are wanted")
    await stage.tap(anna, card, "Ask back")
    await stage.settled()
    anna.send(stage.bot, "By whom?")
    asked = await stage.see(stage.group, "Mei, Anna asks about your submission #1: By whom?")
    carl.send(stage.group, "By me!", reply_to=asked)
    await stage.settled()
    assert from_bot(stage, stage.group, "Your answer stands below") == []
    mei.send(stage.group, "By the school", reply_to=asked)
    await stage.see(stage.group, "Your answer stands below submission #1")
    card = await stage.see(anna, "Submission #1", "By the school")
    await stage.tap(anna, card, "Decline")
    await stage.settled()
    anna.send(stage.bot, "Not our school")
    await stage.see(stage.group, "Mei, somebody has decided about your submission #1")
    assert from_bot(stage, stage.group, "Not our school") == []


async def test_what_was_handed_in_privately_is_asked_about_privately_and_can_recur(either_stage: Stage) -> None:
    stage, anna, mei = either_stage, either_stage.anna, either_stage.mei
    mei.send(stage.group, "hello")
    mei.start(stage.bot)
    await stage.settled()
    mei.send(stage.bot, "/submit Coats are wanted")
    card = await stage.see(anna, "📥", "#1", "Coats are wanted")
    mei.block(stage.bot)
    await stage.settled()
    await stage.tap(anna, card, stage.words(words.ASK))
    await stage.settled()
    anna.send(stage.bot, "Whose number is 555?")
    hint = await stage.see(stage.group, "Mei", "#1", "/submit mine")
    assert stage.words(words.OWN_CHAT) in hint.labels()
    assert from_bot(stage, stage.group, "555") == []

    # Whoever just writes hears how the question is answered.
    mei.start(stage.bot)
    await stage.settled()
    mei.send(stage.bot, "It is mine")
    asked = await stage.see(mei, "Whose number is 555?", "Hikers")
    await stage.tap(mei, asked, stage.words(words.ANSWER))
    await stage.settled()
    mei.send(stage.bot, "It is mine")
    card = await stage.see(anna, "📥", "#1", "💬 It is mine")
    await stage.tap(anna, card, stage.words(words.ACCEPT))
    await stage.settled()
    await tap_form(stage, anna, "Do not name them")
    anna.send(stage.bot, "not yet" if stage.locale == "en" else "没有")
    draft = await stage.see(
        anna, "#1", stage.words("📥 Handed in by {who} (submission #{number}).", who="Mei", number=1)
    )
    assert "✔️" not in said(draft), "who writes that it is not verified has verified nothing"

    await stage.tap(anna, draft, stage.words("🔁 Repeat"))
    await stage.settled()
    anna.send(stage.bot, "every day at 19:00")
    await stage.settled()
    await tap_form(stage, anna, "✓ Save")
    await stage.advance(hours=9 if stage.zone == "UTC" else 1)
    await stage.see(stage.group, "Coats are wanted")
    await stage.see(mei, stage.words("It stands in the group. Thank you!"))
    anna.send(stage.bot, "/submit show")
    await stage.see(anna, "#1", stage.words(words.STATES[State.PUBLISHED]), "Mei")


async def test_nothing_is_lost_when_the_member_blocks_the_bot_and_leaves(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    mei.send(stage.group, "hello")
    mei.start(stage.bot)
    await stage.settled()
    mei.send(stage.bot, "/submit Coats are wanted")
    card = await stage.see(anna, "Submission #1", "Coats are wanted")
    mei.block(stage.bot)
    mei.leave(stage.group)
    await stage.settled()
    await stage.tap(anna, card, "Accept")
    await stage.settled()
    await tap_form(stage, anna, "Do not name them")
    await tap_form(stage, anna, "Skip")
    await stage.see(anna, "Name in the announcement: Do not name them")
    await stage.see(anna, "Submission #1 is accepted: it is the draft of announcement #1")
    await stage.see(anna, "I cannot tell Mei about submission #1")
    anna.send(stage.bot, "/announce publish 1")
    assert said(await stage.see(stage.group, "Coats are wanted")) == "Coats are wanted"


async def test_so_many_a_day_taken_back_and_switched_off_all_from_announce(either_stage: Stage) -> None:
    stage, anna, mei = either_stage, either_stage.anna, either_stage.mei
    mei.send(stage.group, "hello")
    mei.start(stage.bot)
    await stage.settled()
    anna.send(stage.bot, "/announce")
    menu = await stage.until(lambda: _with(stage, anna, stage.words(words.QUEUE)))
    await stage.tap(anna, menu, stage.words(words.QUEUE))
    await stage.settled()
    await stage.tap(anna, _with(stage, anna, stage.words(words.SETTINGS)), stage.words(words.SETTINGS))  # type: ignore[arg-type]
    await stage.settled()
    await stage.tap(anna, _with(stage, anna, "1"), "1")  # type: ignore[arg-type]
    await stage.settled()
    mei.send(stage.bot, "/submit One")
    own = await stage.see(mei, "#1", "One")
    mei.send(stage.bot, "/submit Two")
    await stage.see(mei, stage.day(3, 11), "1")
    assert stage.find(mei, "#2") is None
    await stage.tap(mei, own, stage.words(words.TAKE_BACK))
    await stage.settled()
    assert stage.words("You have taken it back.") in said(own)
    mei.send(stage.bot, "/submit Three")
    await stage.settled()
    assert stage.find(mei, "#2") is None
    await stage.advance(hours=24)
    mei.send(stage.bot, "/submit Four")
    await stage.see(mei, "#2", "Four")
    anna.send(stage.bot, "/announce")
    await stage.until(lambda: _with(stage, anna, stage.words("{name} ({n})", name=stage.words(words.QUEUE), n=1)))
    anna.send(stage.bot, "/submit off")
    await stage.settled()
    mei.send(stage.bot, "/submit")
    await stage.see(mei, stage.words("This group takes no submissions at present. Please speak to a manager."))


def _with(stage: Stage, who: Actor, label: str) -> Message | None:
    found = (m for m in reversed(stage.telegram.messages(who)) if any(label in one for one in m.labels()))
    return next(found, None)


async def test_the_list_by_state_and_a_refusal_that_names_the_group(either_stage: Stage) -> None:
    stage, anna, mei = either_stage, either_stage.anna, either_stage.mei
    runners = stage.group_of("Runners", anna, mei)
    await stage.settled()
    for group in (runners, stage.group):
        mei.send(group, "hello")
    mei.start(stage.bot)
    await stage.settled()
    for number in range(1, 4):
        mei.send(stage.group, f"/submit Story {number}")
        await stage.settled()
    mei.send(stage.bot, "/submit mine")
    await stage.settled()
    choice = stage.telegram.messages(mei)[-1]
    await stage.tap(mei, choice, "Hikers")
    mei.send(stage.bot, "/submit Story 4")
    await stage.settled()
    refused = said(stage.telegram.messages(mei)[-1])
    assert refused.endswith(stage.words("<i>About {group}</i> · /group changes that", group="Hikers"))
    assert "3" in refused

    anna.send(stage.group, "/submit list waiting")
    page = await stage.see(anna, "Story 1", "Story 3", stage.words("waits for a decision"))
    for line in ("/submit list declined", "/submit 列表 不采用", "/submit list declined 2"):
        anna.send(stage.group, line)
        await stage.settled()
        empty = said(stage.telegram.messages(anna)[-1])
        assert stage.words("None.") in empty
        assert stage.words("not accepted") in empty
        assert "Story" not in empty
    await stage.tap(anna, page, "#2")
    await stage.see(anna, "Story 2", "Mei")

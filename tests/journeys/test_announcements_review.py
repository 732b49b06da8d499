"""Two pairs of eyes, from the first draft to what is published and taken back (R09), in both languages over the real wire."""

from __future__ import annotations

from datetime import time, timedelta

from sqlalchemy import text

from bot.i18n import texts_for
from bot.sandbox.telegram import Actor
from bot.sandbox.telegram.model import Message
from tests.journeys.stage import Stage, said


def label(stage: Stage, english: str, **values: object) -> str:
    """Return what a button is called in the stage's language."""
    return texts_for(stage.locale, stage.zone).label(english, **values)


async def with_editor(stage: Stage, review: str) -> None:
    """Mei drafts, Ben and Anna can be written to in private, and the group reviews."""
    for actor in (stage.ben, stage.mei):
        actor.send(stage.group, "Hello")
        actor.start(stage.bot)
    await stage.settled()
    stage.anna.send(stage.group, "/role grant @mei editor")
    stage.anna.send(stage.bot, f"/announce settings review {review}")
    await stage.settled()


async def card_of(stage: Stage, who: Actor, button: str, *parts: str) -> Message:
    """Wait for the newest card of a person that has a button and says all parts."""
    name = label(stage, button)

    def there() -> Message | None:
        found = (m for m in reversed(stage.telegram.messages(who)) if name in m.labels())
        return next((m for m in found if all(part in said(m) for part in parts)), None)

    return await stage.until(there)


async def tap(stage: Stage, who: Actor, message: Message, button: str) -> str:
    """Tap the button of that English name."""
    return await stage.tap(who, message, label(stage, button))


async def test_from_the_draft_to_the_group_with_a_remark_in_between(either_stage: Stage) -> None:
    stage, mei, ben = either_stage, either_stage.mei, either_stage.ben
    await with_editor(stage, "other")
    mei.send(stage.bot, "/announce We meet at nine")
    draft = await card_of(stage, mei, "🔍 Hand in for review", "We meet at nine")
    assert label(stage, "📣 Publish now") not in draft.labels()
    assert not [m for m in stage.telegram.messages(ben) if "We meet at nine" in said(m)]

    await tap(stage, mei, draft, "🔍 Hand in for review")
    stale = await card_of(stage, ben, "✅ Approve this text", "We meet at nine")
    await tap(stage, ben, stale, "↩️ Send back")
    await stage.settled()
    ben.send(stage.bot, "Which gate?")
    told = await card_of(stage, mei, "✏️ Edit", "Ben", "Which gate?")
    await tap(stage, mei, told, "✏️ Edit")
    await stage.settled()
    mei.send(stage.bot, "We meet at nine, west gate")
    newer = await card_of(stage, mei, "🔍 Hand in for review", "west gate", "Ben", "Which gate?")
    await tap(stage, mei, newer, "🔍 Hand in for review")
    card = await card_of(stage, ben, "✅ Approve this text", "west gate")

    # What is approved is what stood on the card: an edit after it needs another look.
    mei.send(stage.bot, "/announce edit 1 We meet at ten, west gate")
    later = await card_of(stage, ben, "✅ Approve this text", "We meet at ten")
    assert later.message_id != card.message_id
    await tap(stage, ben, later, "✅ Approve this text")
    await stage.see(mei, "✅ Ben", "#1")
    assert not stage.find(stage.group, "west gate")
    await tap(stage, ben, await card_of(stage, ben, "📣 Publish now", "We meet at ten"), "📣 Publish now")
    await stage.until(lambda: stage.telegram.pins(stage.group))
    assert said(stage.telegram.pins(stage.group)[0]) == "We meet at ten, west gate"

    # A change of what is published waits for another pair of eyes as well.
    ben.send(stage.bot, "/announce edit 1 We meet at eleven, west gate")
    change = await card_of(stage, stage.anna, "✅ Approve the change", "We meet at eleven")
    assert not stage.find(stage.group, "eleven")
    await tap(stage, stage.anna, change, "✅ Approve the change")
    await stage.see(stage.group, "We meet at eleven, west gate")
    await stage.see(
        ben, "#1", stage.words("Published by {name}.", name="Ben"), stage.words("Last changed {when}.", when="")[:4]
    )
    audit = await _audit(stage)
    assert [action for action in audit if action.split(".")[1] in {"approved", "sent_back", "change_approved"}] == [
        "announcement.sent_back",
        "announcement.approved",
        "announcement.change_approved",
    ]


async def _audit(stage: Stage) -> list[str]:
    return await _column(stage, "SELECT action FROM audit_log ORDER BY id")


async def _column(stage: Stage, query: str) -> list[str]:
    assert stage.app is not None
    async with stage.app.database.read() as tx:
        return [str(row[0]) for row in await tx.execute(text(query))]


async def test_nobody_gets_around_the_review(stage: Stage) -> None:
    anna, ben = stage.anna, stage.ben
    await with_editor(stage, "other")
    ben.send(stage.bot, "/announce Party at my place")
    draft = await card_of(stage, ben, "🔍 Hand in for review", "Party")
    ben.tap(draft, data=f"an.pub:{group_id(stage)}:1")
    ben.send(stage.bot, "/announce publish 1")
    await stage.see(ben, "#1 is not approved as it is", "somebody other than the author")
    await tap(stage, ben, draft, "🔍 Hand in for review")
    await stage.see(ben, "#1 waits for review")
    card = await card_of(stage, anna, "✅ Approve this text", "Party")
    data = next(button["callback_data"] for button in card.buttons() if button["text"] == "✅ Approve this text")
    answer = await stage.telegram.answer_to(ben.tap(draft, data=data), 10)
    assert "somebody else has to read it" in str(answer.get("text"))
    ben.send(stage.bot, "/announce edit 1 Party at Carl's place")
    await card_of(stage, anna, "✅ Approve this text", "Carl's place")
    answer = await stage.telegram.answer_to(anna.tap(card, data=data), 10)
    assert "was changed after this card was shown" in str(answer.get("text"))
    await stage.settled()
    assert not stage.find(stage.group, "Party")


async def test_only_the_owner_lets_go_where_the_owner_reviews(stage: Stage) -> None:
    anna, ben = stage.anna, stage.ben
    await with_editor(stage, "owner")
    ben.send(stage.bot, "/announce settings review none")
    await stage.see(ben, "only the owner can change who reviews")
    ben.send(stage.bot, "/announce at in 2 hours | New rules")
    await stage.tap(ben, await stage.see(ben, "Is this right?"), "Save")
    await stage.see(ben, "if it is approved by then")
    await stage.advance(hours=4)  # too late to go out by itself, which is no reason to be silent
    await stage.see(anna, "nobody has approved it as it is")
    assert not stage.find(stage.group, "New rules")
    await tap(stage, anna, await card_of(stage, anna, "✅ Approve this text", "New rules"), "✅ Approve this text")
    anna.send(stage.bot, "/announce publish 1")
    await stage.see(stage.group, "New rules")
    # The owner's own words need nobody else's.
    anna.send(stage.bot, "/announce From the owner")
    await tap(stage, anna, await card_of(stage, anna, "📣 Publish now", "From the owner"), "📣 Publish now")
    await stage.see(stage.group, "From the owner")


async def test_a_rejected_one_tells_the_author_why(stage: Stage) -> None:
    await with_editor(stage, "other")
    stage.mei.send(stage.bot, "/announce Buy my bike")
    await tap(stage, stage.mei, await card_of(stage, stage.mei, "🔍 Hand in for review"), "🔍 Hand in for review")
    await tap(stage, stage.ben, await card_of(stage, stage.ben, "🚫 Reject", "bike"), "🚫 Reject")
    await stage.settled()
    stage.ben.send(stage.bot, "No advertising here")
    await stage.see(stage.mei, "rejected announcement #1", "No advertising here")
    await stage.see(stage.mei, "#1", "rejected", "will not go out")


async def test_a_change_that_is_turned_down_leaves_what_is_published(either_stage: Stage) -> None:
    stage, anna, ben = either_stage, either_stage.anna, either_stage.ben
    await with_editor(stage, "owner")
    await published(stage, "We meet at nine")
    for button, act in (("↩️ Send the change back", "back"), ("🚫 Reject the change", "rejected")):
        ben.send(stage.bot, f"/announce edit 1 At ten, {act}")
        await tap(stage, anna, await card_of(stage, anna, button, f"At ten, {act}"), button)
        await stage.settled()
        anna.send(stage.bot, "No")
        await stage.see(anna, "#1", {"en": "keeps the words", "zh_Hans": "保持原样"}[stage.locale])
        await stage.see(ben, "Anna", "#1", "No")
        # What stands in the group is as approved as before.
        approved, by = (stage.words(one, name="Anna") for one in ("✅ approved by {name}", "Published by {name}."))
        await stage.see(anna, "#1", approved, "No", by)
    assert stage.find(stage.group, "We meet at nine")
    # What goes with it changes no word, and needs nobody else.
    ben.send(stage.bot, "/announce ack 1 on")
    stands = await stage.see(stage.group, "We meet at nine")
    await stage.until(stands.labels)
    assert not stage.find(stage.group, "At ten")


async def test_an_author_who_may_not_any_more_does_not_publish(stage: Stage) -> None:
    await with_editor(stage, "other")
    stage.mei.send(stage.bot, "/announce Cake for all")
    stage.mei.send(stage.bot, "/announce Tea for all")
    await tap(
        stage, stage.mei, await card_of(stage, stage.mei, "🔍 Hand in for review", "Cake"), "🔍 Hand in for review"
    )
    await tap(stage, stage.ben, await card_of(stage, stage.ben, "✅ Approve this text", "Cake"), "✅ Approve this text")
    await stage.agree(stage.ben, "/announce schedule 1 in 2 hours")
    await stage.see(stage.ben, "#1 goes out")
    stage.anna.send(stage.group, "/role revoke @mei editor")
    await stage.settled()
    await stage.advance(hours=2)
    await stage.see(stage.anna, "Mei, who wrote it, may not write announcements any more")
    assert not stage.find(stage.group, "Cake")
    # Somebody else may send it out, after another look, and answers for it; at a time as well.
    for number in (1, 2):
        stage.ben.send(stage.bot, f"/announce submit {number}")
        card = await card_of(stage, stage.anna, "✅ Approve this text", f"#{number}")
        await tap(stage, stage.anna, card, "✅ Approve this text")
    stage.ben.send(stage.bot, "/announce publish 1")
    await stage.see(stage.ben, "Mei, who wrote #1, may not write", "now you answer for it")
    await stage.agree(stage.ben, "/announce schedule 2 in 2 hours")
    await stage.see(stage.ben, "Mei, who wrote #2, may not write", "now you answer for it")
    await stage.advance(hours=2)
    await stage.see(stage.group, "Cake for all")
    await stage.see(stage.group, "Tea for all")
    await stage.see(stage.ben, "#1", "written by Mei", "Published by Ben")
    assert (await _audit(stage)).count("announcement.answered_for") == 2


def group_id(stage: Stage) -> int:
    """Return the bot's own id of the group, as its buttons carry it."""
    assert stage.app is not None
    group = stage.app.groups.by_chat(stage.group.id)
    assert group is not None
    return group.id


async def published(stage: Stage, words: str, *, who: Actor | None = None) -> None:
    """Have an announcement published."""
    actor = who or stage.anna
    actor.send(stage.bot, f"/announce {words}")
    await tap(stage, actor, await card_of(stage, actor, "📣 Publish now", words), "📣 Publish now")
    await stage.until(lambda: [pin for pin in stage.telegram.pins(stage.group) if said(pin) == words])
    await stage.settled()


async def test_it_is_taken_back_deleted_or_struck_through(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    await published(stage, "The wrong date")
    anna.send(stage.bot, "/announce withdraw 1 wrong date")
    await tap(stage, anna, await card_of(stage, anna, "🗑 Delete it"), "🗑 Delete it")
    await stage.see(stage.group, "↩️ Anna", "wrong date")
    assert not stage.find(stage.group, "The wrong date")
    await published(stage, "The wrong place")
    card = await card_of(stage, anna, "🗑 Withdraw", "The wrong place")
    await tap(stage, anna, card, "🗑 Withdraw")
    await stage.settled()
    anna.send(stage.bot, "not there")
    await tap(stage, anna, await card_of(stage, anna, "✏️ Strike it through"), "✏️ Strike it through")
    struck = await stage.see(stage.group, "Anna", "not there", "The wrong place")
    await stage.see(anna, "not there", label(stage, "✏️ Strike it through"))
    assert "strikethrough" in {entity["type"] for entity in struck.body["entities"]}
    await stage.until(lambda: not stage.telegram.pins(stage.group))
    await tap(stage, anna, await card_of(stage, anna, "📄 Copy", "The wrong place", "Anna"), "📄 Copy")
    await card_of(stage, anna, "📣 Publish now", "#3", "The wrong place")


async def test_what_telegram_will_not_delete_is_struck_through_and_that_is_said(stage: Stage) -> None:
    anna = stage.anna
    anna.send(stage.bot, "/announce Long ago in {group}")
    anna.send(stage.bot, "/announce confidential 1")
    anna.send(stage.bot, "/announce publish 1")
    await stage.until(lambda: stage.telegram.pins(stage.group))
    await stage.advance(days=3)
    anna.send(stage.bot, "/announce withdraw 1 out of date")
    await tap(stage, anna, await card_of(stage, anna, "🗑 Delete it"), "🗑 Delete it")
    await stage.see(anna, "Telegram would not let me delete announcement #1", "struck it through instead")
    # Its words stand there as they were read, and so does the mark of what is confidential.
    await stage.see(stage.group, "Withdrawn by Anna: out of date", "Long ago in Hikers", "🔒 Confidential")


async def test_an_urgent_one_goes_out_in_the_quiet_hours(stage: Stage) -> None:
    anna = stage.anna
    anna.send(stage.bot, "/quiet 11:00-14:00")
    await stage.settled()
    for number in (1, 2):
        anna.send(stage.bot, f"/announce Water is off {number}")
        await stage.agree(anna, f"/announce schedule {number} in 2 hours")
    card = await card_of(stage, anna, "🔔 Urgent", "Water is off 2")
    await tap(stage, anna, card, "🔔 Urgent")
    await tap(stage, anna, await card_of(stage, anna, "🔔 Yes, it is urgent"), "🔔 Yes, it is urgent")
    await stage.see(anna, "#2", "It is urgent: the quiet hours do not hold it")
    await stage.advance(hours=2)
    await stage.see(stage.group, "Water is off 2")
    assert not stage.find(stage.group, "Water is off 1")
    assert stage.clock.now().time() == time(12)
    await stage.advance(hours=2)
    await stage.see(stage.group, "Water is off 1")


async def test_what_was_missed_is_offered_to_others_where_who_set_the_time_may_not_any_more(stage: Stage) -> None:
    anna, ben = stage.anna, stage.ben
    ben.start(stage.bot)
    await stage.agree(ben, "/announce at in 2 hours | Lunch is ready")
    await stage.settled()
    await stage.stop()
    anna.demote(stage.group, ben)
    stage.clock.advance(timedelta(hours=5))
    await stage.start()
    offer = await stage.see(anna, "#1", "was to go out in Hikers", "Lunch is ready")
    assert not stage.find(ben, "was to go out in Hikers")
    await tap(stage, anna, offer, "📣 Publish now")
    await stage.see(anna, "Ben, who wrote #1, may not write", "now you answer for it")
    await stage.see(stage.group, "Lunch is ready")


async def test_how_late_is_too_late_is_the_groups_own_to_say(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    anna.send(stage.bot, "/announce")
    page = await card_of(stage, anna, "⚙️ Settings")
    await tap(stage, anna, page, "⚙️ Settings")
    texts = texts_for(stage.locale, stage.zone)
    settings = await card_of(stage, anna, "✏️ Another…")
    await stage.tap(anna, settings, texts.duration(timedelta(hours=3)))
    await stage.settled()
    anna.send(stage.bot, "/cancel")
    await stage.agree(anna, "/announce at in 2 hours | Lunch is ready")
    await stage.settled()
    await stage.stop()
    stage.clock.advance(timedelta(hours=4, minutes=30))
    await stage.start()
    await stage.see(stage.group, "Lunch is ready")


async def test_the_list_by_state_is_typed_and_tapped(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    for number in range(1, 11):
        anna.send(stage.bot, f"/announce Draft {number}")
    await stage.settled()
    await published(stage, "Hello everybody")
    anna.send(stage.bot, "/announce cancel 10")
    anna.send(stage.bot, "/announce list")
    drafts = label(stage, "{icon} {state} ({n})", icon="📝", state=label(stage, "drafts"), n=9)
    page = await stage.until(lambda: next((m for m in stage.telegram.messages(anna) if drafts in m.labels()), None))
    await stage.tap(anna, page, drafts)
    shown = await stage.see(anna, "Draft 9", "Draft 2")
    assert "Hello everybody" not in said(shown)
    await stage.tap(anna, shown, "»")
    last = await stage.see(anna, "Draft 1")
    assert last.labels()[0] == "#1"
    anna.send(stage.bot, "/announce list 已发布" if stage.locale == "zh_Hans" else "/announce list published")
    await stage.see(anna, "#11", "Hello everybody")
    anna.send(stage.bot, "/announce list 审核中")
    await stage.until(lambda: stage.telegram.messages(anna)[-1].labels()[:1] == [label(stage, "« All")])


def cards_to_decide(stage: Stage, who: Actor) -> list[Message]:
    """Return the cards of a person on which an announcement can be decided."""
    name = label(stage, "✅ Approve this text")
    return [m for m in stage.telegram.messages(who) if name in m.labels()]


async def test_it_is_reviewed_by_words_and_each_reviewer_has_one_card(either_stage: Stage) -> None:
    stage, mei, ben = either_stage, either_stage.mei, either_stage.ben
    en = stage.locale == "en"
    await with_editor(stage, "other")
    mei.send(stage.bot, "/announce We meet at nine")
    await tap(stage, mei, await card_of(stage, mei, "🔍 Hand in for review"), "🔍 Hand in for review")
    first = await card_of(stage, ben, "✅ Approve this text", "We meet at nine")
    ben.send(stage.bot, "/announce return 1 Which gate?" if en else "/announce 退回 1 Which gate?")
    await card_of(stage, mei, "✏️ Edit", "Ben", "Which gate?")
    mei.send(stage.bot, "/announce submit 1")
    await stage.until(lambda: len(cards_to_decide(stage, ben)) == 1 and not first.labels())
    await stage.see(ben, "#1", {"en": "handed in anew", "zh_Hans": "重新送审"}[stage.locale])
    # Who types approves what was handed in, and not what was written since.
    mei.send(stage.bot, "/announce edit 1 Party at my place")
    await card_of(stage, ben, "✅ Approve this text", "Party")
    ben.send(stage.bot, "/announce approve 1")
    await stage.see(ben, "#1", {"en": "was changed after it was handed in", "zh_Hans": "送审之后又改过"}[stage.locale])
    assert len(cards_to_decide(stage, ben)) == 1
    ben.send(stage.bot, "/announce return 1")
    await stage.settled()
    ben.send(stage.bot, "No parties")
    await card_of(stage, mei, "✏️ Edit", "No parties")
    mei.send(stage.bot, "/announce edit 1 We meet at ten")
    await stage.settled()
    mei.send(stage.bot, "/announce submit 1")
    await card_of(stage, ben, "✅ Approve this text", "We meet at ten")
    assert len(cards_to_decide(stage, ben)) == 1
    ben.send(stage.bot, "/announce approve 1" if en else "/announce 通过 1")
    await stage.see(
        ben, "#1", "We meet at ten", {"en": "as it was handed in", "zh_Hans": "以送审的内容为准"}[stage.locale]
    )
    await stage.see(mei, "✅ Ben", "#1")
    ben.send(stage.bot, "/announce publish 1")
    await stage.see(stage.group, "We meet at ten")
    mei.send(stage.bot, "/announce Buy my bike")
    await stage.settled()
    mei.send(stage.bot, "/announce submit 2")
    await card_of(stage, ben, "✅ Approve this text", "bike")
    ben.send(stage.bot, "/announce reject 2 No advertising" if en else "/announce 不通过 2 No advertising")
    await stage.see(mei, "Ben", "#2", "No advertising")
    await stage.until(lambda: not cards_to_decide(stage, ben))


async def test_review_that_is_switched_on_while_a_posting_is_uncertain_leaves_a_way(either_stage: Stage) -> None:
    stage, anna, ben = either_stage, either_stage.anna, either_stage.ben
    await with_editor(stage, "none")
    ben.send(stage.bot, "/announce Mind the gap")
    card = await card_of(stage, ben, "📣 Publish now")
    stage.telegram.faults.add("sendMessage", "timeout_before", chat_id=stage.group.id)
    await tap(stage, ben, card, "📣 Publish now")
    again = label(stage, "🔁 Send it again")
    told = await stage.until(lambda: stage.telegram.messages(ben)[-1] if again in card.labels() else None, patience=60)
    anna.send(stage.bot, "/announce settings review other")
    await stage.settled()
    answer = await tap(stage, ben, told, "🔁 Send it again")
    assert "/announce submit 1" in answer
    if stage.locale == "en":
        ben.send(stage.bot, "/announce submit 1")
    else:
        await tap(stage, ben, card, "🔍 It is not there: hand it in")
    await stage.see(ben, "#1", {"en": "taken as not posted", "zh_Hans": "按没有发出处理"}[stage.locale])
    await tap(stage, anna, await card_of(stage, anna, "✅ Approve this text", "Mind the gap"), "✅ Approve this text")
    await tap(stage, ben, await card_of(stage, ben, "📣 Publish now", "Mind the gap"), "📣 Publish now")
    await stage.see(stage.group, "Mind the gap")
    # A wrong word names the right one.
    ben.send(stage.bot, "/announce cancel 1")
    await stage.see(ben, "#1", "/announce withdraw 1")


async def test_managers_review_in_their_chat_and_the_author_sees_what_was_changed(stage: Stage) -> None:
    anna, ben, mei = stage.anna, stage.ben, stage.mei
    await with_editor(stage, "other")
    office = stage.group_of("Office", anna, ben)
    await stage.settled()
    anna.send(office, "/managerschat")
    await stage.tap(anna, await stage.see(office, "managers' chat of?"), "Link Hikers")
    mei.send(stage.bot, "/announce We meet at nine")
    await tap(stage, mei, await card_of(stage, mei, "🔍 Hand in for review"), "🔍 Hand in for review")
    name = label(stage, "✅ Approve this text")

    def there(words: str) -> Message | None:
        found = (m for m in reversed(stage.telegram.messages(office)) if name in m.labels())
        return next((m for m in found if words in said(m)), None)

    card = await stage.until(lambda: there("We meet at nine"))
    # Who changes the words has not read them with other eyes: somebody else approves, and the author sees the new ones.
    ben.send(stage.bot, "/announce edit 1 We meet at ten")
    newer = await stage.until(lambda: there("We meet at ten"))
    assert newer.message_id != card.message_id
    await stage.see(mei, "in review", "We meet at ten")
    assert "somebody else has to read it" in await stage.tap(ben, newer, "Approve")
    await stage.tap(anna, newer, "Approve")
    await stage.see(office, "approved by Anna", "We meet at ten")


async def test_a_long_one_is_struck_through_without_losing_a_word(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    long = "long " * 800 + "to the end"
    anna.send(stage.bot, f"/announce {long}")
    anna.send(stage.bot, "/announce publish 1")
    await stage.until(lambda: stage.telegram.pins(stage.group))
    anna.send(stage.bot, "/announce withdraw 1 a reason that does not fit beside it " + "so " * 30)
    await tap(stage, anna, await card_of(stage, anna, "✏️ Strike it through"), "✏️ Strike it through")
    head = await stage.see(stage.group, "Anna", "a reason that does not fit beside it")
    struck = await stage.see(stage.group, "long to the end")
    assert (said(struck), said(head).count("long")) == (long, 0)
    assert struck.body["entities"][0]["type"] == "strikethrough"
    assert head.reply_to == struck.message_id


async def test_what_is_put_away_is_found_when_nothing_else_is_left(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    await published(stage, "The wrong date")
    anna.send(stage.bot, "/announce withdraw 1 wrong date")
    await tap(stage, anna, await card_of(stage, anna, "🗑 Delete it"), "🗑 Delete it")
    await stage.see(stage.group, "wrong date")
    anna.send(stage.bot, "/announce list")
    away = label(stage, "{icon} {state} ({n})", icon="🗃", state=label(stage, "put away"), n=1)
    page = await stage.until(lambda: next((m for m in stage.telegram.messages(anna) if away in m.labels()), None))
    await stage.tap(anna, page, away)
    await stage.see(anna, "#1", "The wrong date", label(stage, "put away"))


async def test_who_may_approve_hears_that_its_time_came_too_early(either_stage: Stage) -> None:
    stage, anna, ben = either_stage, either_stage.anna, either_stage.ben
    await with_editor(stage, "other")
    anna.send(stage.bot, "/announce at in 1 hour | Bring water")
    await stage.tap(anna, await stage.see(anna, label(stage, "Is this right?")), label(stage, "✓ Save"))
    await card_of(stage, ben, "✅ Approve this text", "Bring water")
    await stage.advance(hours=1)
    unread = "nobody has approved it as it is" if stage.locale == "en" else "审核"
    await stage.see(ben, "⚠️", "Bring water", unread)
    await stage.see(anna, "⚠️", "Bring water", unread)
    approve = label(stage, "✅ Approve this text")
    assert not [m for m in stage.telegram.messages(anna) if approve in m.labels()]
    await tap(stage, ben, cards_to_decide(stage, ben)[-1], "✅ Approve this text")
    await stage.see(anna, "✅ Ben", "#1")

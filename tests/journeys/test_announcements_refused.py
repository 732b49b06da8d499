"""What Telegram will not do to an announcement that stands in the group: the record says what members read."""

from __future__ import annotations

import pytest

from tests.journeys.stage import Stage, said
from tests.journeys.test_announcements_review import card_of, label, tap

NO_EDIT = "Bad Request: message can't be edited"
NO_DELETE = "Bad Request: message can't be deleted"


async def published(stage: Stage, words: str) -> None:
    stage.anna.send(stage.bot, f"/announce {words}")
    stage.anna.send(stage.bot, "/announce publish 1")
    await stage.until(lambda: stage.telegram.pins(stage.group))
    await stage.settled()


async def test_a_refused_change_is_not_taken_for_made_and_can_be_tried_again(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    faults = stage.telegram.faults
    await published(stage, "First words")
    faults.add("editMessageText", "400", chat_id=stage.group.id, description=NO_EDIT)
    anna.send(stage.bot, "/announce edit 1 Second words")
    told = await card_of(stage, anna, "✖️ Keep the old words", "First words", "an't be edited")
    await stage.settled()
    anna.send(stage.bot, "/announce show 1")
    shown = label(stage, "published, a change could not be made")
    await card_of(stage, anna, "🔁 Try again", shown, "First words", "Second words", "an't be edited")
    anna.send(stage.bot, "/audit")
    await stage.see(
        anna,
        label(stage, "Announcement {target} could not be changed in the group: {reason}", target="#1", reason=NO_EDIT)[
            :12
        ],
        "an't be edited",
    )
    assert stage.find(stage.group, "First words")

    await tap(stage, anna, told, "🔁 Try again")
    await stage.see(stage.group, "Second words")
    await stage.settled()
    assert label(stage, "There is no change of #{number} left to be made.", number=1) in await tap(
        stage, anna, told, "✖️ Keep the old words"
    )
    # Kept as it is, or sent again: either is an end of it.
    faults.add("editMessageText", "400", chat_id=stage.group.id, description=NO_EDIT)
    anna.send(stage.bot, "/announce edit 1 Third words")
    told = await card_of(stage, anna, "✖️ Keep the old words", "“Second words”", "an't be edited")
    await tap(stage, anna, told, "✖️ Keep the old words")
    await stage.settled()
    assert stage.find(stage.group, "Second words")
    faults.add("editMessageText", "400", chat_id=stage.group.id, description=NO_EDIT)
    anna.send(stage.bot, "/announce edit 1 Third words")
    await stage.settled()
    anna.send(stage.bot, "/announce edit 1 Third words")
    await stage.see(stage.group, "Third words")
    anna.send(stage.bot, "/announce show 1")
    await stage.settled()
    card = await card_of(stage, anna, "🗑 Withdraw", "Third words", "#1")
    assert label(stage, "🔁 Try again") not in card.labels()


async def test_what_is_gone_from_the_group_is_drafted_anew_or_put_down_as_withdrawn(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    await published(stage, "First words")
    anna.delete(await stage.see(stage.group, "First words"))
    anna.send(stage.bot, "/announce edit 1 Second words")
    told = await card_of(stage, anna, "↩️ Put it down as withdrawn", "First words")
    assert label(stage, "🔁 Try again") not in told.labels()
    await tap(stage, anna, told, "📄 Draft it anew")
    await card_of(stage, anna, "📣 Publish now", "#2", "Second words")
    await tap(stage, anna, told, "↩️ Put it down as withdrawn")
    await stage.settled()
    anna.send(stage.bot, "nobody knows why")
    question = await card_of(stage, anna, "🗑 Delete it")
    assert label(stage, "✏️ Strike it through") not in question.labels()
    await tap(stage, anna, question, "🗑 Delete it")
    await stage.see(stage.group, "↩️ Anna", "nobody knows why")
    anna.send(stage.bot, "/announce show 1")
    await card_of(stage, anna, "📄 Copy", "#1", label(stage, "withdrawn"))


@pytest.mark.parametrize("way", ["🗑 Delete it", "✏️ Strike it through"])
async def test_what_can_be_neither_deleted_nor_struck_through_is_not_withdrawn(either_stage: Stage, way: str) -> None:
    stage, anna = either_stage, either_stage.anna
    faults = stage.telegram.faults
    await published(stage, "The wrong date")
    faults.add("deleteMessage", "400", chat_id=stage.group.id, description=NO_DELETE)
    faults.add("editMessageText", "400", chat_id=stage.group.id, description=NO_EDIT)
    anna.send(stage.bot, "/announce withdraw 1 wrong date")
    await tap(stage, anna, await card_of(stage, anna, way), way)
    told = await card_of(stage, anna, "🗑 Withdraw", "an't be edited", "#1")
    await stage.settled()
    assert not stage.find(anna, "struck it through")
    assert not stage.find(anna, "已改为划掉")
    assert stage.telegram.pins(stage.group)
    anna.send(stage.bot, "/announce show 1")
    await card_of(stage, anna, "🗑 Withdraw", label(stage, "published, could not be withdrawn"), "an't be edited")
    anna.send(stage.bot, "/audit")
    await stage.until(
        lambda: any("an't be edited" in said(m) and "wrong date" in said(m) for m in stage.telegram.messages(anna))
    )

    faults.clear()
    await tap(stage, anna, told, "🗑 Withdraw")
    await stage.settled()
    anna.send(stage.bot, "really wrong")
    question = await stage.until(
        lambda: next((m for m in reversed(stage.telegram.messages(anna)) if label(stage, way) in m.labels()), None)
    )
    await tap(stage, anna, question, way)
    await stage.see(stage.group, "Anna", "really wrong")
    await stage.until(lambda: not stage.telegram.pins(stage.group))


async def test_the_preview_shows_the_page_of_an_address_and_names_the_buttons_below(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    anna.send(stage.bot, "/announce See https://example.org now")
    shown = await stage.see(anna, "See https://example.org now")
    assert not shown.body.get("link_preview_options", {}).get("is_disabled")
    await stage.settled()
    anna.send(stage.bot, "/announce ack 1 on")
    anna.send(stage.bot, "/announce show 1")
    await stage.see(anna, label(stage, "Below it members see: {buttons}", buttons="")[:6], "✅")

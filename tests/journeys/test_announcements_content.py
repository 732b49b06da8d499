"""What an announcement may hold: albums, buttons with links, placeholders, and what is confidential (R10)."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.telegram.errors import Refused
from bot.sandbox.telegram.model import Message
from tests.journeys.stage import Stage, said


def album_in(stage: Stage, where: Any) -> list[Message]:
    """Return the messages of the last album of a chat."""
    found = [message for message in stage.telegram.messages(where) if message.body.get("media_group_id")]
    last = found[-1].body["media_group_id"] if found else None
    return [message for message in found if message.body["media_group_id"] == last]


def cards(stage: Stage, where: Any) -> list[Message]:
    return [message for message in stage.telegram.messages(where) if "🔗" in " ".join(message.labels())]


async def card_of(stage: Stage, number: int = 1) -> Message:
    await stage.advance(seconds=2)
    return await stage.see(stage.anna, f"#{number}")


async def publish(stage: Stage, card: Message) -> None:
    await stage.tap(stage.anna, card, "📣")
    await stage.settled()


async def test_an_album_is_one_announcement_with_one_card(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    sent = anna.send_album(stage.bot, 4, caption="/announce 大家好 {group}")
    await stage.settled()
    card = await card_of(stage)
    assert len(cards(stage, anna)) == 1, "one card, not four"
    preview = album_in(stage, anna)
    assert [message["photo"][-1]["file_unique_id"] for message in preview] == [
        message["photo"][-1]["file_unique_id"] for message in sent
    ]
    assert said(preview[0]) == "大家好 Hikers"

    anna.send(stage.bot, "/announce buttons 1 | Map https://example.org/map | Rules https://example.org/rules")
    await stage.settled()
    below = await stage.see(anna, stage.words("⬆️ About the announcement above:"))
    assert below.labels() == ["Map", "Rules"]
    card = await stage.see(
        anna, "#1", stage.words("It is not published yet. The message above shows how it will look.")
    )
    await publish(stage, card)
    posted = album_in(stage, stage.group)
    assert len(posted) == 4
    assert said(posted[0]) == "大家好 Hikers"
    below = await stage.see(stage.group, stage.words("⬆️ About the announcement above:"))
    assert below.labels() == ["Map", "Rules"]
    assert below.reply_to is not None
    (pin,) = await stage.until(lambda: stage.telegram.pins(stage.group))
    assert pin.message_id == posted[0].message_id

    anna.send(stage.bot, "/announce edit 1 Hello again")
    await stage.see(stage.group, "Hello again")
    await stage.settled()
    assert len(album_in(stage, stage.group)) == 4
    anna.send(stage.bot, "/announce buttons 1 none")
    await stage.settled()
    assert stage.find(stage.group, stage.words("⬆️ About the announcement above:")) is None


async def test_the_rest_of_an_album_may_come_later(stage: Stage) -> None:
    anna = stage.anna
    first = anna.send_file(stage.group, "photo", caption="/announce The view", media_group_id="77")
    await stage.settled()
    await stage.see(stage.group, "sent you announcement #1 in private")
    anna.send_file(stage.group, "video", media_group_id="77")
    await stage.settled()
    anna.send_file(stage.group, "photo", media_group_id="77")
    await stage.settled()
    assert not cards(stage, anna)
    card = await card_of(stage)
    assert [next(kind for kind in ("photo", "video") if kind in message) for message in album_in(stage, anna)] == [
        "photo",
        "video",
        "photo",
    ]
    assert len(cards(stage, anna)) == 1
    await stage.advance(minutes=2)
    assert len(cards(stage, anna)) == 1
    await publish(stage, card)
    anna.send(stage.bot, "/announce ack 1 on")
    await stage.settled()
    below = await stage.see(stage.group, "About the announcement above")
    assert below.labels()
    assert album_in(stage, stage.group)[0]["photo"][-1]["file_unique_id"] == first["photo"][-1]["file_unique_id"]
    anna.send(stage.bot, "/announce withdraw 1 Wrong pictures")
    question = await stage.until(
        lambda: next((m for m in stage.telegram.messages(anna) if "🗑 Delete it" in m.labels()), None)
    )
    await stage.tap(anna, question, "Delete it")
    await stage.see(stage.group, "Wrong pictures")
    await stage.settled()
    assert album_in(stage, stage.group)[0].message_id == first.message_id, "only what Anna sent herself is left"
    assert stage.find(stage.group, "About the announcement above") is None


async def test_an_album_answers_the_question_and_can_be_named_by_any_of_its_messages(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    anna.send(stage.bot, "/announce")
    await stage.settled()
    before = len(stage.telegram.messages(anna))
    anna.send_album(stage.bot, 3, kind="document", caption="The papers")
    await stage.settled()
    await card_of(stage)
    assert len(cards(stage, anna)) == 1
    assert said(album_in(stage, anna)[0]) == "The papers"
    assert len(stage.telegram.messages(anna)) == before + 3 + 3 + 1, "the other files answer nothing"

    theirs = mei.send_album(stage.group, 2, caption="From the hike")
    await stage.settled()
    anna.send(stage.group, "/announce", reply_to=theirs[1])
    await stage.settled()
    card = await card_of(stage, 2)
    await publish(stage, card)
    assert said(album_in(stage, stage.group)[0]) == "From the hike"


async def test_files_that_do_not_go_together_are_refused(stage: Stage) -> None:
    anna = stage.anna
    one = anna.send_file(stage.group, "photo", media_group_id="78")
    anna.send_file(stage.group, "document", media_group_id="78")
    await stage.settled()
    anna.send(stage.group, "/announce Both", reply_to=one)
    await stage.see(stage.group, "does not show these files together: a photo and a document")
    await stage.settled()
    anna.send(stage.bot, "/announce list")
    await stage.see(anna, "no announcements")


async def test_buttons_are_shown_as_they_will_look_and_can_be_changed(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    anna.send(stage.bot, "/announce Come & join")
    await stage.tap(anna, await stage.see(anna, "#1"), "🔗")
    await stage.see(anna, "https://example.org/form")
    anna.send(
        stage.bot,
        "Sign up in {group} https://example.org/form?a=1&b=2\nMap https://example.org/map | Ask tg://resolve?domain=x",
    )
    await stage.settled()
    preview = next(message for message in stage.telegram.messages(anna) if said(message) == "Come & join")
    assert preview.labels() == ["Sign up in Hikers", "Map", "Ask"]
    card = await stage.see(
        anna, "#1", stage.words("It is not published yet. The message above shows how it will look.")
    )
    await publish(stage, card)
    posted = await stage.see(stage.group, "Come & join")
    assert [key["url"] for key in posted.buttons()] == [
        "https://example.org/form?a=1&b=2",
        "https://example.org/map",
        "tg://resolve?domain=x",
    ]
    anna.send(stage.bot, "/announce 按钮 1 ｜ 地图 https://example.org/map")
    await stage.until(lambda: stage.find(stage.group, "Come & join").labels() == ["地图"])  # type: ignore[union-attr]
    anna.send(stage.bot, "/announce buttons 1 -")
    await stage.until(lambda: not stage.find(stage.group, "Come & join").labels())  # type: ignore[union-attr]


async def test_placeholders_are_filled_in_for_the_group_when_it_goes_out(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    anna.send(stage.bot, "/announce {group}, {日期}: {members} people, {{group}} and {gruop}")
    await stage.see(anna, "#1", "{gruop}", "{group}")
    await stage.see(anna, f"Hikers, {stage.day(3, 10)}: ", "{group} and {gruop}")
    date, members = stage.words("{{date}}"), stage.words("{{members}}")
    await stage.see(anna, "#1", f"{date} = {stage.day(3, 10)}", f"{members} = 5")
    await stage.agree(anna, "/announce schedule 1 in 48 hours")
    await stage.see(anna, "#1", f"{date} = {stage.day(3, 12)}")
    await stage.advance(days=2)
    posted = await stage.see(stage.group, f"Hikers, {stage.day(3, 12)}: 5 people, {{group}} and {{gruop}}")
    assert not posted.labels()
    read = f"Hikers, {stage.day(3, 12)}: 5"
    await stage.see(anna, "📣", "#1", stage.words("It is pinned, and everybody has been told."), read)
    anna.send(stage.bot, "/announce list")
    await stage.see(anna, f"#1 {stage.words('published')}", read)
    await stage.advance(days=1)
    await stage.see(anna, "📊", f"#1 {read}")


async def test_a_text_that_grows_too_long_is_refused_with_its_length(stage: Stage) -> None:
    anna = stage.anna
    anna.send(stage.bot, "/announce " + "x" * 4070 + "{date}{date}")
    await stage.see(anna, "4,102", "4,096")
    anna.send(stage.bot, "/announce " + "x" * 4075 + "{group}")
    card = await stage.see(anna, "#1", "message above")
    assert "4,096" in await stage.tap(anna, card, "🔒"), "the mark would make it too long"
    anna.set_title(stage.group, "Hikers of the mountains")
    await stage.settled()
    assert "4,098" in await stage.tap(anna, card, "Publish now")
    assert not stage.telegram.pins(stage.group)


async def test_a_scheduled_one_that_has_grown_too_long_is_told_and_not_cut(stage: Stage) -> None:
    anna = stage.anna
    anna.send(stage.bot, "/announce at in 2 hours | " + "x" * 4060 + "{group}")
    await stage.tap(anna, await stage.see(anna, "Is this right?"), "Save")
    await stage.see(anna, "#1 goes out")
    anna.set_title(stage.group, "The hikers of the mountains, the woods and the lakes")
    await stage.settled()
    await stage.advance(hours=2)
    await stage.see(anna, "#1", "could not be posted", "4,112", "4,096")
    assert stage.find(stage.group, "xxx") is None


async def test_what_is_confidential_cannot_be_passed_on_and_stays_so(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    anna.send(stage.bot, "/announce The new salaries")
    card = await stage.see(anna, "#1")
    await stage.tap(anna, card, "🔒")
    mark = stage.words("🔒 <b>Confidential</b>: not to be passed on")
    preview = await stage.see(anna, mark, "The new salaries")
    assert preview.protected
    card = await stage.see(anna, "#1", stage.words("🔒 Confidential: it can be neither forwarded nor saved."))
    await publish(stage, card)
    posted = await stage.see(stage.group, mark, "The new salaries")
    assert posted.protected
    with pytest.raises(Refused):
        stage.mei.forward(posted, stage.group)
    anna.send(stage.bot, "/announce edit 1 The newer salaries")
    await stage.see(stage.group, mark, "The newer salaries")
    anna.send(stage.bot, "/announce 保密 1 开")
    await stage.see(
        anna, stage.words("#{number} is confidential already: it can be neither forwarded nor saved.", number=1)
    )
    anna.send(stage.bot, "/announce list")
    listed = await stage.see(anna, "#1", stage.words("🔒 Confidential"), stage.words("published"))
    assert "salaries" not in said(listed)
    anna.send(stage.bot, "/announce confidential 1 off")
    await stage.see(anna, "#1", "/announce copy 1")
    anna.send(stage.bot, "/announce copy 1")
    await stage.see(anna, "#2", stage.words("🔒 Confidential: it can be neither forwarded nor saved."))
    anna.send(stage.bot, "/announce 保密 2 关")
    await stage.settled()
    assert mark not in said(stage.telegram.messages(anna)[-2])


async def test_an_uncertain_album_is_sent_again_with_its_buttons(stage: Stage) -> None:
    anna = stage.anna
    anna.send_album(stage.bot, 2, kind="audio", caption="/announce Our songs")
    await stage.settled()
    await card_of(stage)
    anna.send(stage.bot, "/announce buttons 1 | Words https://example.org/words")
    await stage.settled()
    stage.telegram.faults.add("sendMediaGroup", "timeout_before", chat_id=stage.group.id)
    card = await stage.see(anna, "#1", "draft")
    await stage.tap(anna, card, "Publish now")
    told = await stage.see(anna, "announcement #1", "is it there", patience=60)
    await stage.settled()
    assert not album_in(stage, stage.group)
    assert stage.find(stage.group, "About the announcement above") is None, "its buttons stand nowhere alone"
    await stage.tap(anna, told, "Send it again")
    below = await stage.see(stage.group, "About the announcement above")
    assert below.labels() == ["Words"]
    assert [said(message) for message in album_in(stage, stage.group)] == ["Our songs", ""]
    assert below.reply_to == album_in(stage, stage.group)[0].message_id


async def test_an_album_goes_out_to_several_groups_each_with_its_own_name(stage: Stage) -> None:
    anna = stage.anna
    other = stage.group_of("Runners", anna, stage.mei)
    await stage.settled()
    album = stage.mei.send_album(stage.group, 3, caption="This week in {group}")
    await stage.settled()
    anna.send(stage.group, "/announce to Hikers, Runners", reply_to=album[2])
    await stage.settled()
    question = await stage.until(
        lambda: next((m for m in reversed(stage.telegram.messages(anna)) if any("📡" in x for x in m.labels())), None)
    )
    start = next(label for label in question.labels() if "📡" in label)
    await stage.tap(anna, question, start)
    await stage.see(other, "This week in Runners")
    await stage.see(stage.group, "This week in Hikers")
    assert len(album_in(stage, other)) == 3


async def test_of_a_published_photo_only_the_words_are_asked_for(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    anna.send_file(stage.bot, "photo", caption="/announce The gate")
    await publish(stage, await card_of(stage))
    await stage.until(lambda: stage.telegram.pins(stage.group))
    anna.send(stage.bot, "/announce edit 1")
    await stage.see(anna, stage.words("Send the new text. Since it is published, its file stays as it is."))
    anna.send(stage.bot, "The other gate")
    await stage.see(stage.group, "The other gate")

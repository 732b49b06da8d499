"""Templates: announcements that are kept by name and drafted again (R02)."""

from __future__ import annotations

from tests.journeys.stage import Stage, said


async def test_a_template_is_saved_found_used_renamed_and_deleted(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    photo = stage.mei.send_file(stage.group, "photo", caption="Every week in {group}")
    await stage.settled()
    anna.send(stage.group, "/announce", reply_to=photo)
    await stage.see(anna, "Every week in Hikers")
    anna.send(stage.bot, "/announce buttons 1 | Map https://example.org/map")
    await stage.settled()
    card = stage.telegram.messages(anna)[-1]
    await stage.tap(anna, card, "📋")
    await stage.settled()
    anna.send(stage.bot, "周报 weekly")
    await stage.see(
        anna,
        stage.words(
            "The template “{name}” is saved. <code>/template use {name}</code> makes a draft from it.",
            name="周报 weekly",
        ),
    )

    anna.send(stage.bot, "/announce")
    await stage.settled()
    await stage.tap(
        anna, stage.telegram.messages(anna)[-1], "📋 " + ("模板" if stage.locale == "zh_Hans" else "Templates")
    )
    await stage.settled()
    listed = next(m for m in reversed(stage.telegram.messages(anna)) if "周报 weekly" in m.labels())
    await stage.tap(anna, listed, "周报 weekly")
    await stage.settled()
    held, page = stage.telegram.messages(anna)[-2:]
    assert (said(held), held.labels(), "photo" in held) == ("Every week in {group}", ["Map"], True)
    await stage.tap(anna, page, "✏️")
    await stage.settled()
    preview, card = stage.telegram.messages(anna)[-2:]
    assert (said(preview), preview.labels()) == ("Every week in Hikers", ["Map"])
    assert "#2" in said(card)

    anna.send(stage.bot, "/template 改名 周报 weekly | Monday")
    await stage.see(anna, stage.words("The template is called “{name}” now.", name="Monday"))
    anna.send(stage.bot, "/template use monday")
    await stage.see(anna, "#3")
    anna.send(stage.bot, "/template show Monday")
    page = await stage.see(anna, "Monday", "Anna", "2")
    await stage.tap(anna, page, "🗑")
    await stage.settled()
    sure = await stage.see(
        anna, stage.words("Delete the template “{name}”? Announcements made from it stay.", name="Monday")
    )
    await stage.tap(anna, sure, "🗑")
    await stage.settled()
    anna.send(stage.bot, "/template")
    await stage.see(anna, "/template save weekly 12" if stage.locale == "en" else "/template 保存 周报 12")


async def test_a_template_keeps_what_the_parts_do_and_what_is_confidential(any_database_stage: Stage) -> None:
    stage, anna = any_database_stage, any_database_stage.anna
    anna.send(stage.bot, "/announce Read this")
    await stage.see(anna, "#1")
    anna.send(stage.bot, "/announce ack 1 on")
    await stage.settled()
    anna.send(stage.bot, "/announce confidential 1 on")
    await stage.settled()
    anna.send(stage.bot, "/template save rules 1")
    await stage.see(anna, "“rules” is saved")
    anna.send(stage.group, "/template use rules")
    await stage.see(stage.group, "#2 in private")
    card = await stage.see(anna, "#2", "Confidential")
    await stage.tap(anna, card, "Publish now")
    posted = await stage.see(stage.group, "not to be passed on", "Read this")
    await stage.until(posted.labels)
    assert posted.protected


async def test_a_message_becomes_a_template_without_an_announcement(stage: Stage) -> None:
    anna = stage.anna
    text = stage.mei.send(stage.group, "Bring water")
    anna.send(stage.group, "/template save hike", reply_to=text)
    await stage.see(stage.group, "“hike” is saved")
    album = stage.mei.send_album(stage.group, 3, caption="Pictures")
    await stage.settled()
    anna.send(stage.group, "/template save pictures", reply_to=album[1])
    await stage.see(stage.group, "“pictures” is saved")
    anna.send(stage.bot, "/template use pictures")
    await stage.settled()
    await stage.see(anna, "#1")
    assert len([one for one in stage.telegram.messages(anna) if one.body.get("media_group_id")]) == 3
    stage.carl.send(stage.group, "/template")
    await stage.see(stage.group, "draft announcements")

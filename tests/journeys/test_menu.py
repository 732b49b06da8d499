"""What is reached without knowing a command: the panel of ``/menu``, the help, and Telegram's own menu."""

from __future__ import annotations

from tests.journeys.stage import Stage, said


async def test_undoing_a_warning_others_warnings_and_the_outbox_are_on_the_panel(any_stage: Stage) -> None:
    stage, anna, mei = any_stage, any_stage.anna, any_stage.mei
    mei.send(stage.group, "Buy cheap shoes")
    await stage.settled()
    anna.send(stage.group, "/warn @mei spam")
    await stage.settled()
    anna.send(stage.bot, "/menu")
    await stage.settled()
    panel = stage.telegram.messages(anna)[-1]
    english = stage.locale == "en"
    await stage.tap(anna, panel, "My warnings" if english else "我的警告")
    await stage.settled()
    await stage.tap(anna, panel, "Warnings of somebody else" if english else "别人的警告")
    await stage.settled()
    anna.send(stage.bot, "@mei")
    await stage.see(anna, "Mei", "#1", "spam")

    anna.send(stage.bot, "/menu")
    await stage.settled()
    panel = stage.telegram.messages(anna)[-1]
    await stage.tap(anna, panel, "↩️")
    await stage.settled()
    choice = stage.telegram.messages(anna)[-1]
    await stage.tap(anna, choice, "#1 · Mei · spam")
    await stage.settled()
    assert any(said(message).startswith("↩️") for message in stage.telegram.messages(stage.group))

    anna.send(stage.bot, "/menu")
    await stage.settled()
    panel = stage.telegram.messages(anna)[-1]
    await stage.tap(anna, panel, "📮")
    await stage.settled()
    assert "Hikers" in said(panel)


async def test_members_find_nothing_of_managers_on_the_panel(stage: Stage) -> None:
    mei = stage.mei
    mei.start(stage.bot)
    mei.send(stage.group, "hello")
    await stage.settled()
    mei.send(stage.bot, "/menu")
    panel = await stage.see(mei, "What would you like to do?")
    assert not {"↩️ Undo a warning", "📮 Outbox"} & set(panel.labels())
    await stage.tap(mei, panel, "My warnings")
    await stage.settled()
    assert "Warnings of somebody else" not in panel.labels()


async def test_everybody_is_told_of_their_own_language(stage: Stage) -> None:
    mei = stage.mei
    mei.start(stage.bot)
    mei.send(stage.group, "hello")
    await stage.settled()
    mei.send(stage.bot, "/help")
    await stage.see(mei, "This is what you can do here", "/language")
    mei.send(stage.bot, "/help language")
    await stage.see(mei, "In a group for people who may change settings; in private for everybody.")
    mei.send(stage.group, "/help")
    assert "/language" not in said(await stage.see(stage.group, "You can use"))

"""A whole regulation: a ready-made one, taken back, and all of it as a file (R32)."""

from __future__ import annotations

from bot.sandbox.telegram.model import Message
from tests.journeys.stage import Stage, said

SAY = {
    "en": {
        "company": "Company",
        "length": "Keep messages short",
        "quiet": "Quiet hours",
        "observe": "observing first",
        "back": "Take it back",
        "as_before": "as it was before",
        "again": "so already",
        "changed": "rules have changed since",
        "apply": "Apply",
        "line": "Line 6",
        "nothing": "nothing has changed",
        "removed": "is removed",
        "none": "nothing to take back",
        "holds": "holds now",
    },
    "zh_Hans": {
        "company": "公司",
        "length": "话不要太长",
        "quiet": "免打扰时段",
        "observe": "先观察",
        "back": "撤销",
        "as_before": "恢复原样",
        "again": "没有变化",
        "changed": "群规有变动",
        "apply": "采用",
        "line": "第6行",
        "nothing": "什么都没改",
        "removed": "移除",
        "none": "没有可撤销的",
        "holds": "已生效",
    },
}


async def newest(stage: Stage) -> Message:
    await stage.settled()
    return stage.telegram.messages(stage.anna)[-1]


async def say(stage: Stage, line: str) -> Message:
    """Type a line in private and return the answer."""
    stage.anna.send(stage.bot, line)
    return await newest(stage)


async def exported(stage: Stage) -> str:
    """Export all of it and return the file."""
    sent = await say(stage, "/policy export")
    return stage.telegram.world.state.files[sent.body["document"]["file_id"]].data.decode()


async def imported(stage: Stage, text: str) -> Message:
    """Send a file in answer to ``/policy import`` and return what comes of it."""
    await say(stage, "/policy import")
    stage.anna.send_file(stage.bot, "document", text.encode(), "policy.yaml")
    return await newest(stage)


async def test_a_ready_made_regulation_is_previewed_applied_and_taken_back(any_stage: Stage) -> None:
    stage, words = any_stage, SAY[any_stage.locale]
    assert words["none"] in said(await say(stage, "/policy undo"))
    before = await exported(stage)
    offer = await say(stage, "/policy use")
    await stage.tap(stage.anna, offer, words["company"])
    shown = await newest(stage)
    assert words["length"] in said(shown)
    assert words["quiet"] in said(shown)
    assert await exported(stage) == before

    await stage.tap(stage.anna, shown, words["observe"])
    await stage.settled()
    listed = said(await say(stage, "/policy"))
    assert "A1" in listed
    assert words["length"] in listed
    stage.mei.send(stage.group, "长" * 300)
    await stage.settled()
    assert not any("A7" in said(message) for message in stage.telegram.messages(stage.group))
    assert words["again"] in said(await say(stage, "/policy use company"))

    undo = await say(stage, "/policy undo")
    await stage.tap(stage.anna, undo, words["back"])
    assert words["as_before"] in said(stage.telegram.messages(stage.anna)[-1])
    assert await exported(stage) == before
    redo = await say(stage, "/policy undo")
    await stage.tap(stage.anna, redo, words["back"])
    assert "A1" in await exported(stage)


async def test_a_file_is_checked_line_by_line_and_replaces_all_of_it(any_stage: Stage) -> None:
    stage, words = any_stage, SAY[any_stage.locale]
    await say(stage, "/policy add length hint")
    shown = await say(stage, "/policy use club")
    await stage.tap(stage.anna, shown, words["observe"])
    whole = await exported(stage)
    assert words["again"] in said(await imported(stage, whole))

    wrong = "policy: 1\nrules:\n- looks for: length\n  most: 150\n- looks for: flood\n  colour: red\n"
    answer = said(await imported(stage, wrong))
    assert words["line"] in answer
    assert words["nothing"] in answer
    stage.anna.send_file(
        stage.bot, "document", b"policy: 1\nrules:\n- {code: A1, looks for: length, most: 150}\n", "p.yaml"
    )
    shown = await newest(stage)
    assert words["removed"] in said(shown)
    assert await exported(stage) == whole
    await stage.tap(stage.anna, shown, words["apply"])
    await stage.settled()
    after = await exported(stage)
    assert "most: 150" in after
    assert "A2" not in after

    undo = await say(stage, "/policy undo")
    await stage.tap(stage.anna, undo, words["back"])
    assert await exported(stage) == whole


async def test_the_usual_ladder_is_no_change_however_it_is_written(any_stage: Stage) -> None:
    stage, words = any_stage, SAY[any_stage.locale]
    await say(stage, "/policy add length hint")
    whole = await exported(stage)
    spelt_out = whole.replace("ladder: default", "ladder: warning, serious 60 min, leave 24h, removal")
    assert spelt_out != whole
    assert words["again"] in said(await imported(stage, spelt_out))
    for other in (whole.replace("ladder: default", "ladder: warning, removal"), spelt_out):
        shown = await imported(stage, other)
        await stage.tap(stage.anna, shown, words["apply"])
        await stage.settled()
    assert words["again"] in said(await imported(stage, whole))


async def test_what_changed_since_the_preview_is_shown_again(any_stage: Stage) -> None:
    stage, words = any_stage, SAY[any_stage.locale]
    shown = await say(stage, "/policy use club")
    await say(stage, "/quiet 21:00-06:00")
    assert words["changed"] in await stage.tap(stage.anna, shown, words["observe"])
    await stage.settled()
    assert "looks for" not in await exported(stage)
    again = next(m for m in stage.telegram.messages(stage.anna) if m.message_id == shown.message_id)
    assert "21:00" in said(again)
    await stage.tap(stage.anna, again, words["observe"])
    await stage.settled()
    assert "looks for" in await exported(stage)

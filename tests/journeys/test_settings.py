"""Settings as those who run a group see them: what was meant, what was set, and what the log keeps of it."""

from __future__ import annotations

import pytest

from tests.journeys.stage import Stage, said


@pytest.mark.parametrize(
    ("typed", "answer", "buttons"),
    [
        ("Atlantis", "I know no time zone “Atlantis”. Name a large city", []),
        ("back", "I know no time zone “back”. Name a large city", []),
        ("Sidney", "I know no time zone “Sidney”. Did you mean this?", ["Sydney (UTC+11)"]),
        ("EST", "Which time zone do you mean by “EST”?", ["New York (UTC-5)", "Toronto (UTC-5)"]),
    ],
)
async def test_a_time_zone_that_is_not_clear(stage: Stage, typed: str, answer: str, buttons: list[str]) -> None:
    stage.anna.send(stage.group, f"/timezone {typed}")
    assert (await stage.see(stage.group, answer)).labels() == buttons


async def test_quiet_hours_that_are_switched_off_are_not_promised(any_stage: Stage) -> None:
    stage, anna = any_stage, any_stage.anna
    anna.send(stage.bot, "/quiet 22:00-07:30")
    await stage.see(anna, "22:00–07:30")
    anna.send(stage.bot, "/quiet off")
    await stage.settled()
    wanted = "🌙 Hikers has no quiet hours now." if stage.locale == "en" else "🌙 Hikers现在不设免打扰时段。"
    assert said(await stage.see(anna, "🌙 Hikers")) == wanted


async def test_the_log_says_what_each_setting_was_and_is(stage: Stage) -> None:
    anna = stage.anna
    board = stage.group_of("Board", anna, stage.ben)
    await stage.settled()
    for line in (
        "/quiet 22:00-07:30; 00:00-09:00 sat,sun",
        "/quiet off",
        "/holidays add 2027-12-25",
        "/holidays add 2027-10-01 to 2027-10-03",
        "/holidays remove 2027-12-25",
    ):
        anna.send(stage.group, line)
        await stage.settled()
    anna.send(board, "/managerschat")
    await stage.tap(anna, await stage.see(board, "Which group"), "Hikers")
    stage.telegram.set_bot_status(stage.group, stage.bot, "administrator", {"can_pin_messages": True})
    await stage.settled()
    anna.send(stage.group, "/audit")
    log = said(await stage.see(anna, "Audit log"))
    for part in (
        "Anna changed the quiet hours: – → 22:00–07:30: daily, 00:00–09:00: Sat, Sun",
        "Anna changed the quiet hours: 22:00–07:30: daily, 00:00–09:00: Sat, Sun → –",
        "Anna changed the holidays: – → 2027-12-25",
        "Anna changed the holidays: – → 2027-10-01 – 2027-10-03",
        "Anna changed the holidays: 2027-12-25 → –",
        "Anna changed the managers' chat: – → Board",
        "→ Pin messages",
    ):
        assert part in log, part


async def test_the_log_says_which_topic_was_for_what(stage: Stage) -> None:
    anna = stage.anna
    forum = stage.group_of("Forum", anna, forum=True)
    await stage.settled()
    topic = anna.open_topic(forum, "Plans")
    anna.send(forum, "/topic events here", thread_id=topic)
    await stage.settled()
    anna.send(forum, "/audit")
    await stage.see(anna, "Audit log", f"Anna changed which topic is for what: – → Events: #{topic.id}")


async def test_the_managers_chat_is_explained_to_who_asks_for_it_in_the_only_group(stage: Stage) -> None:
    stage.anna.send(stage.group, "/managerschat")
    answer = await stage.see(
        stage.group, "Make a group of just the managers, add me there and write /managerschat there."
    )
    assert "anonymously" not in said(answer)


async def test_a_summary_that_was_saved_says_so(any_stage: Stage) -> None:
    stage, anna = any_stage, any_stage.anna
    sent = anna.send(stage.group, "/ladder default")
    await stage.settled()
    summary = next(m for m in stage.telegram.messages(stage.group) if m.reply_to == sent.message_id)
    await stage.tap(anna, summary, "✓")
    await stage.settled()
    assert said(summary).endswith("✓ Saved." if stage.locale == "en" else "✓ 已保存。")

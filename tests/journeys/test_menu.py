"""What is reached without knowing a command: the panel of ``/menu``, the help, and Telegram's own menu."""

from __future__ import annotations

import json

from bot.sandbox.telegram import Actor
from bot.sandbox.telegram.model import Message
from tests.journeys.looks import assert_icons_differ
from tests.journeys.stage import Stage, said


def own_menu(stage: Stage, who: Actor) -> list[str] | None:
    """Return the commands Telegram shows somebody in private by a menu of their own."""
    found = stage.bot.commands.get(json.dumps(["chat", str(who.id), ""]))
    return None if found is None else [one["command"] for one in found]


def set_for(stage: Stage, who: Actor) -> int:
    """Count how often Telegram was told somebody's own menu."""
    calls = stage.telegram.journal.of("setMyCommands", "deleteMyCommands")
    return sum(
        "chat_id" in str(call.params.get("scope")) and str(who.id) in str(call.params["scope"]) for call in calls
    )


async def test_telegrams_menu_in_private_shows_managers_commands_to_managers_only(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    everybody = [one["command"] for one in stage.bot.commands[json.dumps(["all_private_chats", ""])]]
    assert {"help", "warns", "language"} <= set(everybody)
    assert not {"warn", "unwarn", "announce", "audit", "settings"} & set(everybody)
    for person in (anna, mei):
        person.send(stage.group, "hello")
        person.start(stage.bot)
    await stage.settled()
    assert {"warn", "announce", "audit", "settings"} <= set(own_menu(stage, anna) or ())
    assert own_menu(stage, mei) is None

    anna.send(stage.bot, "/role grant @mei moderator")
    await stage.settled()
    assert "warn" in (own_menu(stage, mei) or ())
    assert "settings" not in (own_menu(stage, mei) or ())
    for _ in range(3):
        mei.send(stage.bot, "/help")
    await stage.settled()
    assert set_for(stage, mei) == 1, "what Telegram shows already is not sent again"
    anna.send(stage.bot, "/role take @mei moderator")
    await stage.settled()
    assert own_menu(stage, mei) is None


async def test_who_becomes_an_administrator_gets_the_menu_and_loses_it(stage: Stage) -> None:
    anna, carl = stage.anna, stage.carl
    carl.send(stage.group, "hello")
    carl.start(stage.bot)
    await stage.settled()
    assert own_menu(stage, carl) is None
    anna.promote(stage.group, carl)
    await stage.settled()
    assert "warn" in (own_menu(stage, carl) or ())
    carl.send(stage.bot, "/language 简体中文")
    await stage.settled()
    shown = stage.bot.commands[json.dumps(["chat", str(carl.id), ""])]
    assert any("警告" in one["description"] for one in shown)
    anna.demote(stage.group, carl)
    await stage.settled()
    assert own_menu(stage, carl) is None


async def menu(stage: Stage, who: Actor, section: str = "") -> Message:
    """Ask for the panel in private, open a section of it, and return the message."""
    who.send(stage.bot, "/menu")
    await stage.settled()
    panel = stage.telegram.messages(who)[-1]
    if section:
        await stage.tap(who, panel, section)
        await stage.settled()
    return panel


async def test_undoing_a_warning_others_warnings_and_the_outbox_are_on_the_panel(any_stage: Stage) -> None:
    stage, anna, mei = any_stage, any_stage.anna, any_stage.mei
    mei.send(stage.group, "Buy cheap shoes")
    await stage.settled()
    anna.send(stage.group, "/warn @mei spam")
    await stage.settled()
    english = stage.locale == "en"
    panel = await menu(stage, anna, "⚖️")
    await stage.tap(anna, panel, "My warnings" if english else "我的警告")
    await stage.settled()
    await stage.tap(anna, panel, "Warnings of somebody else" if english else "别人的警告")
    await stage.settled()
    anna.send(stage.bot, "@mei")
    await stage.see(anna, "Mei", "#1", "spam")

    await stage.tap(anna, await menu(stage, anna, "⚖️"), "↩️")
    await stage.settled()
    choice = stage.telegram.messages(anna)[-1]
    await stage.tap(anna, choice, "#1 · Mei · spam")
    await stage.settled()
    assert any(said(message).startswith("↩️") for message in stage.telegram.messages(stage.group))

    panel = await menu(stage, anna, "⚙️")
    await stage.tap(anna, panel, "📮")
    await stage.settled()
    assert "Hikers" in said(panel)


SECTIONS = {
    "en": [
        "📣 Announcements",
        "🗓 Events",
        "📋 Organise events",
        "⚖️ Violations",
        "📏 Rules",
        "👥 Members and roles",
        "⚙️ Group settings",
    ],
    "zh_Hans": ["📣 公告", "🗓 活动", "📋 组织活动", "⚖️ 违规处理", "📏 群规", "👥 成员角色", "⚙️ 群设置"],
}
MOST = 12
"""So many buttons a page has at most, the way back aside."""


async def test_the_panel_has_pages_that_can_be_taken_in_at_a_glance(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    panel = await menu(stage, anna)
    assert panel.labels() == SECTIONS[stage.locale]
    everything: list[str] = []
    for section in panel.labels()[1:]:
        await stage.tap(anna, panel, section)
        await stage.settled()
        *inside, back = panel.labels()
        assert section in said(panel)
        assert 1 < len(inside) <= MOST
        assert_icons_differ(inside)
        everything += inside
        await stage.tap(anna, panel, back)
        await stage.settled()
    assert_icons_differ(panel.labels())
    assert len(set(everything)) == len(everything) > 30

    await stage.tap(anna, panel, panel.labels()[0])
    await stage.settled()
    page = stage.telegram.messages(anna)[-1]
    assert 6 <= len(page.labels()) <= MOST
    assert_icons_differ(page.labels())


async def test_no_page_of_announcements_has_an_icon_for_two_things(either_stage: Stage) -> None:
    stage, anna, ben = either_stage, either_stage.anna, either_stage.ben
    ben.start(stage.bot)
    anna.send(stage.bot, "/announce Bring water")
    await stage.settled()
    draft = await stage.see(anna, "#1", "Bring water")
    assert_icons_differ(draft.labels())
    await stage.tap(anna, draft, stage.words("👀 Ask for an acknowledgement"))
    await stage.settled()
    assert_icons_differ(draft.labels())
    await stage.tap(anna, draft, "📣")
    await stage.settled()
    assert_icons_differ((await stage.see(anna, "📣", "#1")).labels())
    anna.send(stage.bot, "/announce settings review other")
    await stage.settled()
    ben.send(stage.bot, "/announce Bring sun cream")
    await stage.settled()
    await stage.tap(ben, await stage.see(ben, "#2", "sun cream"), "🔍")
    await stage.settled()
    assert_icons_differ((await stage.see(anna, "#2", "sun cream")).labels())

    anna.send(stage.bot, "/announce")
    await stage.settled()
    *labels, cancel = stage.telegram.messages(anna)[-1].labels()
    seen = set()
    for label in labels:
        anna.send(stage.bot, "/announce")
        await stage.settled()
        await stage.tap(anna, stage.telegram.messages(anna)[-1], label)
        await stage.settled()
        shown = stage.telegram.messages(anna)[-1]
        assert_icons_differ(shown.labels())
        seen.add(said(shown))
    assert len(seen) == len(labels), "each button leads somewhere of its own"
    assert cancel not in labels


async def test_what_a_bare_announce_opens_leads_back_to_it(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    for line in ("/announce One", "/template save weekly 1"):
        anna.send(stage.bot, line)
        await stage.settled()
    back = f"‹ {SECTIONS[stage.locale][0]}"
    anna.send(stage.bot, "/announce")
    await stage.settled()
    *labels, _cancel = stage.telegram.messages(anna)[-1].labels()
    assert back not in labels
    pages = [label for label in labels if not label.startswith("✍️")]
    assert len(pages) >= 7
    for label in pages:
        await stage.tap(anna, stage.telegram.messages(anna)[-1], label)
        await stage.settled()
        opened = stage.telegram.messages(anna)[-1]
        assert opened.labels()[-1] == back
        if label.startswith("📋"):
            await stage.tap(anna, opened, "weekly")
            await stage.settled()
            assert stage.telegram.messages(anna)[-1].labels()
        await stage.tap(anna, opened, back)
        await stage.settled()
        assert stage.telegram.messages(anna)[-1].labels()[:-1] == labels


PATHS = (
    "🗂 📣 #1",
    *(f"🗂 #1 {act}" for act in ("✏️", "📄", "🗑", "🔗", "📋", "📡", "🔁", "📤", "👀")),
    *(f"🗂 #2 {act}" for act in ("⏰", "🔔", "📌", "🔒", "📣")),
    *("📋 weekly ✏️", "📡", "🔁 ➕", "🔁 🎌 ➕", "🔁 #3 ⏸", "🔁 #3 ⏭", "🔁 #3 📅", "🔁 #3 ⏹"),
    *("📥 #1 ✅", "📥 #1 ❓", "📥 #1 🚫", "📥 ⚙️", "✍️ 📋", "🎯 ➕", "🎯 ⚙️"),
    *("⚙️ ✏️", "⚙️ 👥 📌", "⚙️ 📥", "⚙️ 🌙", "⚙️ 🎌 ➕"),
)
"""Ways by the icons of buttons, from a bare ``/announce`` to everything that can be done with announcements."""


async def test_everything_about_announcements_is_three_taps_from_one_command(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    stage.mei.start(stage.bot)
    stage.mei.send(stage.group, "hello")
    for line in ("/announce One", "/announce Two", "/template save weekly 1", "/announce publish 1"):
        anna.send(stage.bot, line)
        await stage.settled()
    await stage.agree(anna, "/announce every day at 9:00 | Three")
    stage.mei.send(stage.bot, "/submit Our choir sings on Sunday")
    await stage.settled()
    for path in PATHS:
        asked = anna.send(stage.bot, "/announce").message_id
        await stage.settled()
        steps = path.split(" ")
        assert len(steps) <= 3
        for step in steps:
            before = shown_since(stage, asked)
            offering = (message for message, _, labels in reversed(before) if any(step in label for label in labels))
            message = next(offering, None)
            assert message is not None, f"no {step} on the way {path}: {before}"
            answer = await stage.tap(anna, message, step)
            await stage.settled()
            assert answer or shown_since(stage, asked) != before, f"{step} of {path} does nothing"


def shown_since(stage: Stage, message_id: int) -> list[tuple[Message, str, list[str]]]:
    """Return what the owner has been shown since a message of theirs."""
    found = [message for message in stage.telegram.messages(stage.anna) if message.message_id > message_id]
    return [(message, said(message), message.labels()) for message in found]


async def test_who_has_few_rights_has_few_buttons(stage: Stage) -> None:
    mei = stage.person("Mei", started=True)
    mei.send(stage.group, "hello")
    await stage.settled()
    panel = await menu(stage, mei)
    assert panel.labels() == ["✍️ Hand something in", "🗓 Events", "⚖️ Violations", "📏 Rules", "Roles"]
    await stage.tap(mei, panel, "⚖️")
    await stage.settled()
    assert panel.labels() == ["✋ Appeal", "📄 My warnings", "‹ Menu"]
    await stage.tap(mei, panel, "My warnings")
    await stage.settled()
    assert panel.labels() == ["‹ ⚖️ Violations"]

    stage.anna.send(stage.bot, "/role grant @mei editor")
    await stage.settled()
    panel = await menu(stage, mei, "📣")
    page = stage.telegram.messages(mei)[-1]
    assert page.labels() == ["🗂 All announcements", "📋 Templates", "✍️ Hand something in", "🎯 Quotas", "✕ Cancel"]

    stage.anna.send(stage.bot, "/role take @mei editor")
    stage.anna.send(stage.bot, "/role grant @mei reviewer")
    await stage.settled()
    panel = await menu(stage, mei, "📣")
    assert panel.labels()[:2] == ["🗂 All announcements", "📡 To several groups"]
    assert "📥 Submissions" in panel.labels()


async def test_everybody_is_told_of_their_own_language(stage: Stage) -> None:
    mei = stage.mei
    mei.start(stage.bot)
    mei.send(stage.group, "hello")
    await stage.settled()
    mei.send(stage.bot, "/help")
    await stage.tap(mei, await stage.see(mei, "This is what you can do here"), "»")
    await stage.see(mei, "/language")
    mei.send(stage.bot, "/help language")
    await stage.see(mei, "In a group for people who may change settings; in private for everybody.")
    mei.send(stage.group, "/help")
    assert "/language" not in said(await stage.see(stage.group, "You can use"))

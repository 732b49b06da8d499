"""The chat page in a real browser: what a person sees and does, with a bot that is played by hand."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import ClientSession
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.kernel.clock import MovableClock
from bot.sandbox.control import add_control
from bot.sandbox.telegram import Actor, BotAccount, Chat, Telegram

pytestmark = pytest.mark.browser

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
CHROMIUM = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)


def _moment(text: str) -> re.Pattern[str]:
    """Versions of Chromium differ in where they put commas into a date."""
    return re.compile(text.replace(",", ",?"))


class Stage:
    """A group with people, a bot played by the test, and a page."""

    def __init__(self, telegram: Telegram, http: ClientSession, browser: Browser) -> None:
        self.telegram, self.http, self.browser = telegram, http, browser
        self.bot: BotAccount = telegram.add_bot("qunguan_bot", "Qunguan")
        self.olga: Actor = telegram.add_user("Olga", username="olga", language_code="en")
        self.mei: Actor = telegram.add_user("Mei", last_name="Lin", username="mei_lin")
        self.group: Chat = telegram.add_group("Hikers", self.olga, [self.mei])
        telegram.add_bot_to(self.group, self.bot, by=self.olga, administrator=True)
        self.due: datetime | None = None
        self.wrong: list[str] = []

    async def call(self, method: str, **params: Any) -> Any:
        async with self.http.post(f"{self.telegram.url}/bot{self.bot.token}/{method}", json=params) as answer:
            read = await answer.json()
            assert read["ok"], read
            return read["result"]

    async def open(self, who: Actor, chat: int | None = None, width: int = 1280) -> Page:
        context = await self.browser.new_context(
            viewport={"width": width, "height": 800}, locale="en-GB", timezone_id="UTC"
        )
        page = await context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.set_default_timeout(10_000)
        await page.goto(f"{self.telegram.url}/?as={who.id}&chat={chat or self.group.id}")
        await expect(page.get_by_test_id("chat-title")).not_to_be_empty()
        return page


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    if CHROMIUM is None:
        if os.environ.get("QUNGUAN_REQUIRE_BROWSER") == "1":
            pytest.fail("no Chromium is installed")
        pytest.skip("no Chromium is installed")
    clock = MovableClock(NOON)
    telegram = Telegram(clock)
    stages: list[Stage] = []

    async def next_timer() -> datetime | None:
        return stages[0].due

    add_control(telegram.app, telegram, clock, next_timer)
    async with telegram, ClientSession() as http, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        stages.append(Stage(telegram, http, browser))
        yield stages[0]
        await browser.close()
    assert stages[0].wrong == []


async def test_people_write_answer_edit_and_delete(stage: Stage) -> None:
    page = await stage.open(stage.olga)
    await page.get_by_test_id("composer").fill("Good morning <b>")
    await page.get_by_test_id("send").click()
    await stage.telegram.until(
        lambda: (
            bool(stage.telegram.messages(stage.group))
            and stage.telegram.messages(stage.group)[-1].text == "Good morning <b>"
        )
    )
    said = stage.telegram.messages(stage.group)[-1]
    bubble = page.get_by_test_id(f"message-{said.message_id}")
    await expect(bubble).to_contain_text("Good morning <b>")
    await bubble.hover()
    await page.get_by_test_id(f"edit-{said.message_id}").click()
    await page.get_by_test_id("composer").fill("Good evening")
    await page.get_by_test_id("composer").press("Enter")
    await expect(bubble).to_contain_text("edited")
    await page.get_by_test_id("user-select").select_option(str(stage.mei.id))
    await expect(bubble).not_to_have_class(re.compile("mine"))
    await bubble.hover()
    await page.get_by_test_id(f"reply-{said.message_id}").click()
    await expect(page.get_by_test_id("replying")).to_contain_text("Olga")
    await page.get_by_test_id("composer").fill("Hello Olga")
    await page.get_by_test_id("composer").press("Enter")
    await expect(page.get_by_test_id(f"message-{said.message_id + 1}").locator(".quote")).to_contain_text(
        "Good evening"
    )
    answer = stage.telegram.messages(stage.group)[-1]
    assert (answer.reply_to, answer.author) == (said.message_id, stage.mei.id)
    await page.get_by_test_id(f"message-{answer.message_id}").hover()
    await page.get_by_test_id(f"delete-{answer.message_id}").click()
    await expect(page.get_by_test_id(f"message-{answer.message_id}")).to_contain_text("deleted")


async def test_buttons_are_tapped_and_answers_shown(stage: Stage) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Join", "callback_data": "j"}, {"text": "Rules", "callback_data": "r"}]]}
    card = await stage.call(
        "sendMessage", chat_id=stage.group.id, text="<b>Hike</b>", parse_mode="HTML", reply_markup=keyboard
    )
    await stage.call("pinChatMessage", chat_id=stage.group.id, message_id=card["message_id"])
    page = await stage.open(stage.mei)
    await expect(page.get_by_test_id("pins")).to_contain_text("Hike")
    for label, alert in (("Join", False), ("Rules", True)):
        await page.get_by_test_id(f"button-{label}").click()
        await stage.telegram.until(lambda: bool(stage.bot.queue) and stage.bot.queue[-1].kind == "callback_query")
        query = stage.telegram.take_updates(stage.bot)[-1]["callback_query"]
        await stage.call(
            "answerCallbackQuery", callback_query_id=query["id"], text=f"You tapped {label}", show_alert=alert
        )
        shown = page.get_by_test_id("alert" if alert else "toast")
        await expect(shown).to_contain_text(f"You tapped {label}")
    await page.get_by_test_id("alert-ok").click()
    await stage.call(
        "editMessageText", chat_id=stage.group.id, message_id=card["message_id"], text="Hike: 1 seat taken"
    )
    await expect(page.get_by_test_id(f"message-{card['message_id']}")).to_contain_text("1 seat taken")
    await page.get_by_test_id("tab-calls").click()
    await expect(page.get_by_test_id("journal")).to_contain_text("editMessageText")
    await page.get_by_test_id("journal").locator("details").first.click()
    await expect(page.get_by_test_id("journal")).to_contain_text("1 seat taken")


async def test_members_are_promoted_muted_and_removed(stage: Stage) -> None:
    page = await stage.open(stage.olga)
    menu = page.get_by_test_id(f"member-menu-{stage.mei.id}")
    await menu.click()
    await page.get_by_test_id("do-promote").click()
    await expect(page.get_by_test_id(f"standing-{stage.mei.id}")).to_have_text("admin")
    await menu.click()
    await page.get_by_test_id("do-demote").click()
    await expect(page.get_by_test_id(f"standing-{stage.mei.id}")).to_have_count(0)
    await menu.click()
    await page.get_by_test_id("do-mute-hour").click()
    await expect(page.get_by_test_id(f"standing-{stage.mei.id}")).to_contain_text(_moment("muted until 21 Nov, 13:00"))
    await page.get_by_test_id("user-select").select_option(str(stage.mei.id))
    await expect(page.get_by_test_id("muted")).to_contain_text(_moment("You are muted until Sat, 21 Nov, 13:00"))
    await page.get_by_test_id("clock-hour").click()
    await expect(page.get_by_test_id("composer")).to_be_visible()
    await page.get_by_test_id("chat-menu").click()
    await page.get_by_test_id("do-leave").click()
    await page.get_by_test_id("join").click()
    await expect(page.get_by_test_id("composer")).to_be_visible()
    await page.get_by_test_id("user-select").select_option(str(stage.olga.id))
    await menu.click()
    await page.get_by_test_id("do-kick").click()
    await expect(page.get_by_test_id(f"standing-{stage.mei.id}")).to_contain_text("removed")


async def test_the_private_chat_starts_and_shows_the_bots_keyboard_and_commands(stage: Stage) -> None:
    await stage.call(
        "setMyCommands",
        commands=[{"command": "help", "description": "What I can do"}, {"command": "menu", "description": "All jobs"}],
    )
    page = await stage.open(stage.mei, stage.mei.id)
    await page.get_by_test_id("start").click()
    await expect(page.get_by_test_id("composer")).to_be_visible()
    board = {"keyboard": [[{"text": "Hikers"}, {"text": "Readers"}]], "one_time_keyboard": True}
    await stage.call("sendMessage", chat_id=stage.mei.id, text="Which group?", reply_markup=board)
    await page.get_by_test_id("key-Hikers").click()
    await expect(page.get_by_test_id("reply-keyboard")).to_have_count(0)
    assert stage.telegram.messages(stage.mei)[-1].text == "Hikers"
    await page.get_by_test_id("composer").fill("/h")
    await expect(page.get_by_test_id("commands")).to_contain_text("What I can do")
    await expect(page.get_by_test_id("commands")).not_to_contain_text("All jobs")
    await page.get_by_test_id("command-help").click()
    await expect(page.get_by_test_id("composer")).to_have_value("/help ")
    await stage.call(
        "sendMessage",
        chat_id=stage.mei.id,
        text="A title?",
        reply_markup={"force_reply": True, "input_field_placeholder": "Title"},
    )
    await expect(page.get_by_test_id("replying")).to_contain_text("A title?")
    await page.get_by_test_id("composer").fill("Hike")
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("replying")).to_have_count(0)
    assert stage.telegram.messages(stage.mei)[-1].reply_to == stage.telegram.messages(stage.mei)[-2].message_id


async def test_photos_documents_people_and_the_clock(stage: Stage) -> None:
    page = await stage.open(stage.olga)
    await page.get_by_test_id("attach").click()
    await page.get_by_test_id("sample-photo").click()
    await expect(page.locator("img.media")).to_have_count(1)
    assert await page.locator("img.media").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    await page.get_by_test_id("pick-document").set_input_files(
        {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"walk"}
    )
    await expect(page.get_by_test_id("messages")).to_contain_text("plan.txt")
    await page.get_by_test_id("add-user").click()
    await page.get_by_test_id("field-first_name").fill("Adam")
    await page.get_by_test_id("ask-ok").click()
    await expect(page.get_by_test_id("messages")).to_contain_text("Adam joined the group")
    await expect(page.get_by_test_id("clock-now")).to_have_text(_moment("Sat, 21 Nov, 12:00"))
    await page.get_by_test_id("clock-day").click()
    await expect(page.get_by_test_id("clock-now")).to_have_text(_moment("Sun, 22 Nov, 12:00"))
    await page.get_by_test_id("clock-next").click()
    await expect(page.get_by_test_id("error")).to_contain_text("Nothing is waiting")
    stage.due = NOON + timedelta(days=2, minutes=5)
    await page.get_by_test_id("clock-next").click()
    await expect(page.get_by_test_id("clock-now")).to_have_text(_moment("Mon, 23 Nov, 12:05"))


async def test_albums_stories_and_messages_by_way_of_a_bot(stage: Stage) -> None:
    channel = stage.telegram.add_channel("Trail news", stage.olga)
    page = await stage.open(stage.olga)
    messages = page.get_by_test_id("messages")

    async def attach(name: str, **fields: str) -> None:
        await page.get_by_test_id("attach").click()
        await page.get_by_test_id(f"attach-{name}").click()
        for field, value in fields.items():
            shown = page.get_by_test_id(f"field-{field}")
            await (shown.fill(value) if await shown.get_attribute("type") == "text" else shown.select_option(value))
        await page.get_by_test_id("ask-ok").click()

    await page.get_by_test_id("composer").fill("The ridge")
    await attach("album", kind="photo", count="3")
    await expect(page.locator("img.media")).to_have_count(3)
    await expect(page.get_by_test_id("composer")).to_have_value("")
    album = stage.telegram.messages(stage.group)[-3:]
    assert len({message["media_group_id"] for message in album}) == 1
    assert album[0]["caption"] == "The ridge"

    await attach("story", of=str(channel.id))
    await expect(messages).to_contain_text("Story of Trail news")
    assert stage.telegram.messages(stage.group)[-1]["story"]["chat"]["id"] == channel.id

    await attach("via", text="")
    await page.get_by_test_id("alert-ok").click()
    await attach("via", text="Rain until noon", label="Radar", url="https://weather.example")
    await expect(messages).to_contain_text("via @qunguan_bot")
    sent = stage.telegram.messages(stage.group)[-1]
    assert sent["via_bot"]["id"] == stage.bot.id
    await expect(page.get_by_test_id(f"message-{sent.message_id}").locator(".keys button")).to_contain_text("Radar")


async def test_a_phone_shows_one_pane_at_a_time(stage: Stage) -> None:
    page = await stage.open(stage.olga, width=380)
    await expect(page.get_by_test_id("composer")).to_be_visible()
    await expect(page.get_by_test_id("chats")).to_be_hidden()
    await page.get_by_test_id("back").click()
    await expect(page.get_by_test_id("composer")).to_be_hidden()
    await page.get_by_test_id(f"chat-{stage.group.id}").click()
    await page.get_by_test_id("toggle-side").click()
    await expect(page.get_by_test_id("members")).to_be_visible()
    await page.get_by_test_id("close-side").click()
    await expect(page.get_by_test_id("composer")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 380


async def test_a_forum_is_read_topic_by_topic(stage: Stage) -> None:
    forum = stage.telegram.add_group("Forum", stage.olga, [stage.mei], forum=True)
    page = await stage.open(stage.olga, forum.id)
    await page.get_by_test_id("chat-menu").click()
    await page.get_by_test_id("do-topic").click()
    await page.get_by_test_id("field-name").fill("News")
    await page.get_by_test_id("ask-ok").click()
    topic = await stage.telegram.until(lambda: next(iter(forum.topics.values()), None))
    assert topic is not None
    await page.get_by_test_id(f"topic-{topic.id}").click()
    await page.get_by_test_id("composer").fill("in the topic")
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("messages")).to_contain_text("in the topic")
    assert stage.telegram.messages(forum)[-1].thread_id == topic.id
    await page.get_by_test_id("topic-0").click()
    await expect(page.get_by_test_id("messages")).not_to_contain_text("in the topic")


async def test_the_page_speaks_the_language_chosen_and_remembers_it(stage: Stage) -> None:
    await stage.call(
        "sendMessage",
        chat_id=stage.group.id,
        text="Join",
        reply_markup={"inline_keyboard": [[{"text": "Join", "callback_data": "j"}]]},
    )
    page = await stage.open(stage.olga)
    await expect(page.get_by_test_id("tips")).to_contain_text("Try this")
    await page.get_by_test_id("language").click()
    await expect(page.get_by_test_id("tips")).to_contain_text("试试这些")
    await expect(page.get_by_test_id("chat-title")).to_have_text("Hikers")
    await expect(page.get_by_test_id("user-select")).to_have_value(str(stage.olga.id))
    await expect(page.get_by_test_id("send")).to_have_text("发送")
    await expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    # What people and bots say is theirs.
    card = page.get_by_test_id(f"message-{stage.telegram.messages(stage.group)[-1].message_id}")
    await expect(card.locator(".keys button")).to_have_text("Join")

    await page.get_by_test_id("tip-event").click()
    await expect(page.get_by_test_id("composer")).to_have_value(re.compile("^/event create 傍晚散步"))

    await page.reload()
    await expect(page.get_by_test_id("tips")).to_contain_text("试试这些")
    await page.get_by_test_id("language").click()
    await expect(page.get_by_test_id("tips")).to_contain_text("Try this")


async def test_a_chinese_browser_is_spoken_to_in_chinese(stage: Stage) -> None:
    context = await stage.browser.new_context(locale="zh-CN", timezone_id="UTC")
    page = await context.new_page()
    page.on("pageerror", lambda error: stage.wrong.append(str(error)))
    await page.goto(f"{stage.telegram.url}/?as={stage.olga.id}&chat={stage.group.id}")
    await expect(page.get_by_test_id("chat-subtitle")).to_contain_text("名成员")
    await expect(page.get_by_test_id("language")).to_have_text("EN")

"""A person at the sandbox's page: somebody who clicks and types in a real browser, and reads what is shown."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import async_playwright, expect

from bot.sandbox.run import Sandbox

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path
    from typing import Literal

    from playwright.async_api import Browser, Locator, Page

CHROMIUM = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
MORNING = time(10, tzinfo=UTC)
"""When stories begin, by the sandbox's clock: no midnight falls into them, however long they take."""
PATIENCE = 15_000
"""Milliseconds. A card is edited at most once a second, as Telegram has it."""


def need_chromium() -> str:
    """Return where Chromium is; where there is none, the test is skipped, or fails if browsers are required."""
    if CHROMIUM is not None:
        return CHROMIUM
    if os.environ.get("QUNGUAN_REQUIRE_BROWSER") == "1":
        pytest.fail("no Chromium is installed")
    pytest.skip("no Chromium is installed")


@asynccontextmanager
async def open_browser(chromium: str) -> AsyncIterator[Browser]:
    """Open a browser without a window."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def open_sandbox(folder: Path) -> AsyncIterator[Sandbox]:
    """Open the sandbox as a newcomer finds it, on the next morning."""
    sandbox = Sandbox(0, folder)
    now = sandbox.clock.now()
    sandbox.clock.advance(datetime.combine(now.date() + timedelta(days=1), MORNING) - now)
    await sandbox.start()
    try:
        yield sandbox
    finally:
        await sandbox.stop()


class Hand:
    """Clicks and types on one page. Messages are found by words in them; if several have them, the newest is meant."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda line: self.wrong.append(line.text) if line.type == "error" else None)

    @classmethod
    async def at(
        cls,
        browser: Browser,
        url: str,
        *,
        width: int = 1280,
        height: int = 800,
        scheme: Literal["light", "dark"] = "light",
        scale: float = 1,
    ) -> Hand:
        """Open the page in a window of its own."""
        context = await browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            device_scale_factor=scale,
            locale="en-GB",
            timezone_id="UTC",
        )
        hand = cls(await context.new_page())
        await hand.page.goto(url)
        await expect(hand.part("chat-title")).not_to_be_empty(timeout=PATIENCE)
        return hand

    def part(self, name: str) -> Locator:
        """Return a part of the page by its ``data-testid``."""
        return self.page.get_by_test_id(name)

    def message(self, words: str) -> Locator:
        """Return the newest message that says these words itself, not in what it quotes."""
        said = self.page.locator(".text", has_text=words)
        return self.part("messages").get_by_role("article").filter(has=said).last

    # Doing

    async def be(self, name: str) -> None:
        """Become another person; the chat stays."""
        label = await self.part("user-select").locator("option").filter(has_text=name).first.inner_text()
        await self.part("user-select").select_option(label=label)

    async def in_group(self) -> None:
        """Open the group."""
        await self._open_chat("Hillside Hikers")

    async def in_private(self) -> None:
        """Open the private chat with the bot."""
        await self._open_chat("@qunguan_bot")

    async def _open_chat(self, title: str) -> None:
        await self.part("chats").get_by_role("button").filter(has_text=title).first.click()
        await expect(self.part("chat-title")).to_contain_text(title)

    async def write(self, text: str) -> None:
        """Type and press Enter."""
        await self.part("composer").fill(text)
        await self.part("composer").press("Enter")
        await expect(self.message(text.partition("|")[0].strip())).to_be_visible(timeout=PATIENCE)

    async def reply(self, words: str, text: str) -> None:
        """Answer the message that shows these words."""
        message = self.message(words)
        await expect(message).to_be_visible(timeout=PATIENCE)
        await message.hover()
        await message.get_by_role("button", name="Reply", exact=True).click()
        await expect(self.part("replying")).to_be_visible()
        await self.write(text)

    async def press(self, words: str, label: str) -> None:
        """Press the button whose label holds ``label``, under the message that shows these words."""
        await self.message(words).locator(".keys").get_by_role("button", name=label).first.click()

    async def click(self, *parts: str) -> None:
        """Click one part of the page after another."""
        for part in parts:
            await self.part(part).click()

    async def follow_tip(self, name: str) -> None:
        """Take one of the things to try, and send what it wrote."""
        await self.part(f"tip-{name}").click()
        await expect(self.part("composer")).to_have_value(re.compile("^/"))
        await self.part("send").click()
        await expect(self.part("composer")).to_have_value("")

    async def let_pass(self, button: str) -> None:
        """Move the clock by one of its buttons and wait until the bot has done what fell due."""
        async with self.page.expect_response("**/control/clock", timeout=PATIENCE):
            await self.part(button).click()

    # Seeing

    async def sees(self, *words: str) -> Locator:
        """Wait for a message that shows the first words and also all others; return it."""
        message = self.message(words[0])
        for more in words:
            await expect(message).to_contain_text(more, timeout=PATIENCE)
        return message

    async def is_told(self, words: str) -> None:
        """Wait for the short answer to a tap."""
        await expect(self.part("toast").filter(has_text=words).first).to_be_visible(timeout=PATIENCE)

"""Take the pictures of the README: ``make pictures``, or ``python -m tests.journeys.pictures [FOLDER]``."""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from playwright.async_api import expect

from bot import logs
from tests.journeys.browser import CHROMIUM, PATIENCE, Hand, open_browser, open_sandbox

if TYPE_CHECKING:
    from playwright.async_api import Browser

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
EVENT = "/event create Old fort hike 古堡徒步 | Sat 09:00 | 8 seats | +1 | until Fri 20:00"
CARD = "Old fort hike"


async def play(anna: Hand) -> None:
    """Bring the group to a day on which every job is in sight."""
    await anna.press("👋", "Done")
    await anna.write("/announce Saturday: we meet at 9:00 at the north gate. 周六9:00北门集合。")
    await anna.in_private()
    await anna.press("It is not published yet", "Publish now")
    await anna.sees("It is pinned")
    await anna.in_group()
    await anna.write("/warn @carlos advertising his own tours")
    await anna.sees("this is a warning")
    await anna.in_private()
    await anna.write(EVENT)
    await anna.press("Is this right?", "Save")
    await anna.in_group()
    for number, (name, button) in enumerate((("Ben", "Join"), ("美玲", "+1"), ("王伟", "Join"), ("Dora", "Join")), 1):
        await anna.be(name)
        await anna.press(CARD, button)
        await anna.sees(CARD, f"{number}. {name}")
    await anna.be("Anna")
    await expect(anna.part("toast")).to_have_count(0, timeout=PATIENCE)


async def take(
    browser: Browser, url: str, path: Path, scheme: Literal["light", "dark"], width: int = 1280, height: int = 900
) -> None:
    """Take one picture of the group as the owner sees it."""
    hand = await Hand.at(browser, url, width=width, height=height, scheme=scheme, scale=1.25)
    await hand.part("close-tips").click()
    await hand.page.mouse.move(0, 0)
    await asyncio.sleep(0.5)
    await hand.page.screenshot(path=path)


async def main(folder: Path) -> None:
    """Take all pictures into ``folder``, which is there."""
    if CHROMIUM is None:
        raise SystemExit("pictures: no Chromium is installed")
    with tempfile.TemporaryDirectory() as data:
        async with open_sandbox(Path(data)) as sandbox, open_browser(CHROMIUM) as browser:
            await play(await Hand.at(browser, sandbox.url))
            await take(browser, sandbox.url, folder / "sandbox.png", "light")
            await take(browser, sandbox.url, folder / "sandbox-dark.png", "dark")


if __name__ == "__main__":
    logs.set_up("console", (), level=logging.WARNING)
    wanted = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    wanted.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(wanted))

"""The four jobs in a real browser, as a newcomer does them: clicking and typing on the sandbox's page, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.journeys import pictures
from tests.journeys.browser import PATIENCE, Hand, need_chromium, open_browser, open_sandbox

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Words:
    """What buttons and messages say in one language."""

    hello: str
    done: str
    all_set: str
    draft: str
    publish: str
    on_its_way: str
    pinned: str
    case: str
    warning: str
    serious: str
    undo: str
    undone: str
    asks: tuple[str, str, str, str, str, str]
    in_person: str
    change: tuple[str, str, str]
    which: str
    accept: str
    tomorrow: str
    skip: str
    right: str
    save: str
    seats: str
    join: str
    leave: str
    you_are_in: str
    with_guest: str
    waiting: str
    free: str
    unanswered: str
    messages: str


ENGLISH = Words(
    hello="I am Qunguan",
    done="Done",
    all_set="All set",
    draft="It is not published yet",
    publish="Publish now",
    on_its_way="on its way",
    pinned="It is pinned",
    case="Case #",
    warning="this is a warning",
    serious="this is a serious warning",
    undo="Undo",
    undone="The mute is lifted",
    asks=(
        "What is the event called",
        "in person, or online",
        "When does it start",
        "Where does it take place",
        "How many seats",
        "How many guests",
    ),
    in_person="Meeting in person",
    change=("Change", "More", "Guests"),
    which="What do you want to change",
    accept="Accept",
    tomorrow="tomorrow 8pm",
    skip="Skip",
    right="Is this right?",
    save="Save",
    seats="{} of 3 seats taken",
    join="Join",
    leave="Can’t come",
    you_are_in="You are in",
    with_guest="1 guest",
    waiting="number 1 on the waiting list",
    free="A seat is free for 王伟",
    unanswered="1 question got no reply",
    messages="8 messages from 6 members",
)
CHINESE = Words(
    hello="Qunguan",
    done="完成",
    all_set="✅",
    draft="还没",
    publish="立即发布",
    on_its_way="#1",
    pinned="已经置顶",
    case="记录 #",
    warning="这是一次警告",
    serious="这是一次严重警告",
    undo="撤销",
    undone="禁言已解除",
    asks=("活动叫什么名字", "线下见面", "什么时候开始", "在哪里举办", "有多少名额", "带几个人"),
    in_person="线下活动",
    change=("修改", "更多", "每人可带"),
    which="想修改什么",
    accept="我要这个名额",
    tomorrow="明晚8点",
    skip="跳过",
    right="这样对吗",
    save="保存",
    seats="已报{}/3人",
    join="报名",
    leave="来不了",
    you_are_in="报名成功",
    with_guest="带1人",
    waiting="第1位",
    free="轮到王伟",
    unanswered="有1个问题没人回答",
    messages="8条消息",
)


@pytest.fixture
async def anna(tmp_path: Path) -> AsyncIterator[Hand]:
    """The owner at the page of a fresh sandbox, the group open."""
    chromium = need_chromium()
    async with open_sandbox(tmp_path) as sandbox, open_browser(chromium) as browser:
        hand = await Hand.at(browser, sandbox.url)
        yield hand
        assert hand.wrong == []


@pytest.fixture(params=["en", "zh_Hans"])
async def words(request: pytest.FixtureRequest, anna: Hand) -> Words:
    """Set the group up by the buttons of the guided start, and in Chinese the owner's private chat as well."""
    chinese = request.param == "zh_Hans"
    said = CHINESE if chinese else ENGLISH
    if chinese:
        await anna.press("👋", "简体中文")
        await anna.in_private()
        await anna.write("/language")
        await anna.press("Language", "简体中文")
        await anna.in_group()
        await expect(anna.message("👋").locator(".keys")).to_contain_text(said.done)
    await anna.press("👋", said.done)
    await anna.sees(said.all_set)
    return said


async def test_an_announcement_is_published_and_pinned(anna: Hand, words: Words) -> None:
    await anna.write("/announce We meet at 9:00 在北门")
    await expect(anna.part("chats").locator(".fresh")).to_have_count(1)
    await anna.in_private()
    await anna.sees(words.draft, "We meet at 9:00 在北门")
    await anna.press(words.draft, words.publish)
    await anna.is_told(words.on_its_way)
    await anna.sees(words.pinned)
    await anna.in_group()
    await expect(anna.part("pins")).to_contain_text("We meet at 9:00 在北门", timeout=PATIENCE)
    await anna.be("王伟")
    await expect(anna.part("pins")).to_contain_text("We meet at 9:00 在北门")


async def test_a_warning_a_mute_and_undo(anna: Hand, words: Words) -> None:
    await anna.reply("Which bus goes", "/warn advertising")
    await anna.sees(words.warning, f"{words.case}1", "Carlos", "advertising")
    await anna.let_pass("clock-hour")
    await anna.write("/warn @carlos 又发广告")
    await anna.sees(words.serious, f"{words.case}2", "又发广告")
    await anna.be("Carlos")
    await expect(anna.part("muted")).to_contain_text("You are muted until")
    await anna.be("Anna")
    await expect(anna.part("muted")).to_be_hidden(timeout=PATIENCE)
    await anna.press(words.serious, words.undo)
    await anna.sees(words.undone, f"{words.case}2")
    await anna.be("Carlos")
    await expect(anna.part("muted")).to_be_hidden(timeout=PATIENCE)
    await anna.write("Sorry, it will not happen again")


async def test_an_event_fills_up_and_a_freed_seat_goes_to_the_first_in_line(anna: Hand, words: Words) -> None:
    title, kind, when, place, seats, guests = words.asks
    await anna.write("/event create")
    await anna.reply(title, "Old fort 古堡")
    await anna.press(kind, words.in_person)
    await anna.reply(when, words.tomorrow)
    await anna.press(place, words.skip)
    await anna.reply(seats, "3")
    await anna.sees(words.right, "Old fort 古堡")
    change, more, bring = words.change
    await anna.press(words.right, change)
    for button in (more, bring):
        await anna.press(words.which, button)
    await anna.press(guests, "+1")
    await anna.sees(words.right, "Old fort 古堡")
    await anna.press(words.right, words.save)
    card = words.seats.format
    await anna.sees(card(0), "Old fort 古堡")
    await anna.be("Carlos")
    await anna.press(card(0), words.join)
    await anna.is_told(words.you_are_in)
    await anna.sees(card(1), "Carlos")
    await anna.be("Dora")
    await anna.press(card(1), "+1")
    await anna.is_told(words.with_guest)
    await anna.sees(card(3), "Dora +1")
    await anna.be("王伟")
    await anna.press(card(3), words.join)
    await anna.is_told(words.waiting)
    await anna.be("Carlos")
    await anna.press(card(3), words.leave)
    await anna.sees(words.free)
    await anna.be("王伟")
    await anna.press(words.free, words.accept)
    await expect(anna.message(card(3))).not_to_contain_text("Carlos", timeout=PATIENCE)
    await anna.sees(card(3), "王伟", "Dora +1")


@pytest.mark.parametrize("way", ["clock-day", "clock-next"])
async def test_tomorrows_digest(anna: Hand, words: Words, way: str) -> None:
    await anna.let_pass("clock-hour")
    await anna.be("Dora")
    await anna.write("I know a place for lunch")
    await anna.be("美玲")
    await anna.write("好啊")
    await anna.be("Anna")
    await anna.in_private()
    digest = anna.message("📊")
    for _ in range(1 if way == "clock-day" else 20):
        await anna.let_pass(way)
        if await digest.count():
            break
    await anna.sees("📊", words.messages, words.unanswered, "Which bus goes to the north gate?")
    await expect(digest).not_to_contain_text("周六山上冷吗")


async def test_a_newcomer_is_led_through_the_jobs(anna: Hand) -> None:
    await anna.press("👋", "Open private chat")
    await expect(anna.part("chat-title")).to_contain_text("@qunguan_bot")
    await anna.follow_tip("announce")
    await anna.in_private()
    await anna.press("It is not published yet", "Publish now")
    await anna.be("Dora")
    await anna.follow_tip("event")
    await anna.press("Is this right?", "Save")
    await anna.press("Evening walk", "Join")
    await anna.is_told("You are in")
    await anna.follow_tip("warn")
    await anna.sees("this is a warning", "Carlos")
    await expect(anna.part("pins")).to_contain_text("north gate")
    await anna.follow_tip("menu")
    await anna.sees("What would you like to do?")
    await anna.click("tip-digest")
    digest = await anna.sees("📊", "Evening walk", "#1 Carlos")
    await digest.get_by_role("link", name="Which bus goes").click()
    await expect(anna.part("chat-title")).to_contain_text("Hillside Hikers")
    await expect(anna.message("Which bus goes")).to_be_in_viewport()
    await anna.click("close-tips")
    await anna.page.reload()
    await expect(anna.part("open-tips")).to_be_visible()
    await expect(anna.part("tips")).to_be_hidden()
    await anna.click("reset", "ask-ok")
    await anna.in_group()
    await expect(anna.part("pins")).to_be_hidden()
    await anna.press("👋", "Done")
    await anna.sees("All set")


async def test_an_answer_elsewhere_is_marked_until_it_is_read(anna: Hand) -> None:
    fresh = anna.part("chats").locator(".fresh")
    await expect(fresh).to_have_count(0)
    await anna.write("/announce Hello")
    await expect(fresh).to_have_count(1)
    await anna.be("Ben")
    await expect(fresh).to_have_count(0)
    await expect(anna.part("user-select").locator("option", has_text="Anna")).to_contain_text("•")
    await anna.be("Anna")
    await anna.in_private()
    await expect(fresh).to_have_count(0)


async def test_on_a_phone_too(tmp_path: Path) -> None:
    chromium = need_chromium()
    async with open_sandbox(tmp_path) as sandbox, open_browser(chromium) as browser:
        anna = await Hand.at(browser, sandbox.url, width=380, height=760)
        await anna.follow_tip("event")
        await anna.press("Is this right?", "Save")
        await anna.press("Evening walk", "+1")
        await anna.is_told("1 guest")
        await anna.sees("Evening walk", "Anna +1")
        assert await anna.page.evaluate("document.documentElement.scrollWidth") <= 380
        await anna.click("back", "tip-digest")
        await anna.sees("📊", "Evening walk")
        assert anna.wrong == []


async def test_the_pictures_of_the_readme_can_be_taken(tmp_path: Path) -> None:
    chromium = need_chromium()
    async with open_sandbox(tmp_path) as sandbox, open_browser(chromium) as browser:
        await pictures.play(await Hand.at(browser, sandbox.url))
        await pictures.take(browser, sandbox.url, tmp_path / "dark.png", "dark")
        assert 50_000 < (tmp_path / "dark.png").stat().st_size < 300_000

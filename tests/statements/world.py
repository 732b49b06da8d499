"""The world in which commands and buttons are counted: three groups, and in one of them something of every kind."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.kernel.clock import MovableClock
from bot.sandbox.telegram import Telegram
from bot.tg.forms.view import CHOOSE, SAVE
from tests.databases import migrated_sqlite
from tests.journeys.stage import START, said
from tests.statements.rehearsal import Rehearsal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.sandbox.telegram import Actor
    from bot.sandbox.telegram.model import Chat, Message
    from bot.tg.buttons import ButtonCode

__all__ = ["World", "opened"]

DRESSED, PHOTO, DISCARDED, SCHEDULED, PUBLISHED, WITHDRAWN, FAILED, RECURRING, SENT = range(2, 11)
"""Announcements of the group; the first is a bare draft. The last is the copy of a broadcast."""
IN_REVIEW, DRAFT_TO_REVIEW, TOPICAL = 2, 4, 1
"""One that was handed in and a draft, in the group that reviews; and one of the group, to appear in a topic of its own."""
HIKE, WALK, BREAKFAST, DINNER, STROLL = range(1, 6)
"""Events: coming, about to begin, over, weekly, a draft."""


class World(Rehearsal):
    """The stage with what is in it. ``group`` is a forum; Anna owns it and two more, Ben administers them."""

    runners: Chat
    cooks: Chat
    news = 0
    """The topic of the group."""
    code = ""
    """What members type at the door of the walk."""

    async def furnish(self) -> None:
        """Put everything in its place."""
        await self._people()
        await self._announcements()
        await self._published()
        await self._reviewed()
        await self._events()
        await self._order()
        # Commands that ask for a right have Telegram asked who the administrators are; that is stored once a day.
        for where in (self.group, self.runners, self.cooks):
            await self.say(self.anna, where, "/unwarn 99")
        # So is which commands are in somebody's own menu.
        await self.say(self.anna, self.bot_chat(self.anna), "/menu")
        await self.tap(self.anna, await self.see(self.anna, "Which group"), "Hikers")
        await self.settled()

    async def _people(self) -> None:
        anna, ben, mei, carl = self.anna, self.ben, self.mei, self.carl
        others = [self.person(name) for name in ("Dora", "Nora", "Olof")]
        for actor in (anna, ben, mei, carl, others[0]):
            actor.start(self.bot)
        for actor in others:
            actor.join(self.group)
        self.runners = self.group_of("Runners", anna, ben, mei)
        self.cooks = self.group_of("Cooks", anna, ben)
        for chat in (self.runners, self.cooks):
            anna.promote(chat, ben)
        anna.set_tag(self.group, mei, "Sales")
        news = anna.open_topic(self.group, "News")
        self.news = news.id
        for actor in self.people.values():
            actor.send(self.group, "Hello", thread_id=news.id)
        for actor in (anna, ben, mei):
            actor.send(self.runners, "Hello")
        await self.settled()
        await self.say(anna, self.runners, "/label volunteers")
        await self.say(anna, self.group, "/quota set Sales 4 a month")
        await self.say(anna, self.group, "/quota set everybody 1 a month")
        await self.say(anna, self.group, "/holidays add 2027-12-25")

    async def _announcements(self) -> None:
        """Make drafts, bare and dressed with all there is, and some that are drafts no more."""
        anna, group = self.anna, self.group
        for words in ("We meet at ten.", "{group}: we meet on {date}, all {members} of us."):
            await self.say(anna, group, f"/announce {words}")
        anna.send_file(group, "photo", caption="/announce The view")
        for words in ("Old news", "Later news", "Read me", "Wrong date", "Cannot be sent"):
            await self.say(anna, group, f"/announce {words}")
        await self.say(anna, group, f"/announce confidential {SCHEDULED}")
        await self.dress(DRESSED)
        await self.dress(PUBLISHED)
        await self.say(anna, group, f"/announce topic News {TOPICAL}")
        await self.say(anna, group, f"/announce cancel {DISCARDED}")
        await self.say(anna, group, f"/announce schedule {SCHEDULED} 2027-06-01 09:00")
        await self.answer_here(SAVE)
        await self.say(anna, group, "/template save weekly 2")
        await self.say(anna, group, "/announce every weekday at 9:00 | Good morning, {group}!")
        await self.answer_here(SAVE)

    async def dress(self, number: int) -> None:
        """Give an announcement buttons and options of every kind."""
        for line in (
            f"buttons {number} | Sign up https://example.org/form | Map https://example.org/map",
            f"ack {number} by Fri 18:00",
            f"ack {number} nudge 1h,24h",
            f"tell {number} both",
            f"share {number} until Fri 18:00 proof",
        ):
            await self.say(self.anna, self.group, f"/announce {line}")

    async def _published(self) -> None:
        anna, group = self.anna, self.group
        await self.say(anna, group, f"/announce publish {PUBLISHED}")
        await self.say(anna, group, f"/announce publish {WITHDRAWN}")
        await self.say(anna, group, f"/announce withdraw {WITHDRAWN} wrong date")
        await self.answer_here(CHOOSE, 0)
        self.telegram.faults.add("sendMessage", "400", chat_id=group.id)
        await self.tap(anna, await self.see(anna, f"#{FAILED}"), "📣")
        await self.settled()
        posted = await self.see(group, "Read me")
        for label in posted.labels():
            if label.startswith("✓"):
                self.mei.tap(posted, label)
                await self.settled()
        await self.say(anna, group, "/announce to all | To everybody")
        page = self._shown(anna, "📡")
        await self.tap(anna, page, next(label for label in page.labels() if label.startswith("📡")))
        await self.advance(seconds=10)
        await self.say(self.mei, group, "/submit Our neighbours look for winter coats.")

    async def _reviewed(self) -> None:
        """Let the Runners review what is published: #1 a draft, #2 handed in, #3 approved."""
        anna, ben, runners = self.anna, self.ben, self.runners
        await self.say(anna, runners, "/announce settings review other")
        for number in (1, 2, 3):
            await self.say(ben, runners, f"/announce Run {number}")
        for number in (2, 3):
            await self.say(ben, runners, f"/announce submit {number}")
        await self.tap(anna, await self.see(anna, "#3"), "✅")
        await self.settled()

    async def _events(self) -> None:
        anna, group = self.anna, self.group
        for line in (
            "Hike | 2027-03-20 09:00 | 4 seats | +1",
            "Walk | 2027-03-10 14:00 | +2",
            "Breakfast | 2027-03-10 10:30",
            "Dinner | 2027-03-22 19:00",
        ):
            await self.plan(anna, f"/event create {line}", group)
        for name in ("Hike", "Walk", "Breakfast"):
            card = await self.see(group, name, "👥")
            for who in (self.mei, self.carl):
                await self.tap(who, card, card.labels()[0])
        await self.settled()
        for line in (f"repeat {DINNER} weekly", "draft Stroll | Sat 9:00", f"template save {HIKE} hike"):
            await self.say(anna, group, f"/event {line}")
            if not line.startswith("template"):
                await self.answer_here(SAVE)
        await self.say(anna, group, f"/event close {DINNER}")
        for line in (f"ask {HIKE} How long is the way?", f"speaker {HIKE} Professor Li"):
            await self.say(anna, group, f"/event {line}")
        await self.advance(hours=3, minutes=30)
        await self.say(anna, group, f"/event code {WALK}")
        found = re.search(r"/checkin (\d{4})", said(await self.see(anna, "🔢")))
        assert found is not None
        self.code = found[1]

    async def _order(self) -> None:
        """Make rules, cases and an appeal."""
        anna, group = self.anna, self.group
        await self.say(anna, group, "/theme add Which trail shall we take in spring?")
        await self.say(anna, group, "/quiet 15:00-07:30")
        for line in (
            "/policy add links delete",
            "/policy add words hint zzgamble",
            "/policy A1 off",
            "/topic stop layoffs for 1 day",
        ):
            await self.say(anna, group, line)
        for line in ("/warn @carl A1 spam", "/warn @dora spam", "/mute @nora 2h spam", "/ban @olof spam"):
            await self.say(anna, group, line)
        await self.say(self.carl, self.bot_chat(self.carl), "/appeal 1 I had asked before")

    # How

    def bot_chat(self, who: Actor) -> Chat:
        """Return somebody's private chat with the bot."""
        return self.telegram.private(who)

    async def answer_here(self, code: ButtonCode, *values: int) -> None:
        """Tap a button of the newest form that Anna has open in private."""
        assert self.app is not None
        async with self.app.database.read() as tx:
            query = "SELECT id, step FROM tg_forms ORDER BY id DESC LIMIT 1"
            row = (await tx.conn.exec_driver_sql(query)).one()
        self.anna.tap(self.telegram.messages(self.anna)[-1], data=code.data(0, row.id, row.step, *values))
        await self.settled()

    def _shown(self, who: Actor, part: str) -> Message:
        """Return the newest message somebody has in private with this on a button."""
        messages = reversed(self.telegram.messages(who))
        return next(message for message in messages if any(part in label for label in message.labels()))


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[World]:
    """Make the world."""
    clock = MovableClock(START)
    telegram = Telegram(clock)
    await telegram.serve()
    url = migrated_sqlite(folder / "bot.db")
    world = World(folder, telegram, clock, telegram.add_bot("qunguan_bot", "Qunguan"), url)
    try:
        anna = world.anna
        world.group = telegram.add_group("Hikers", anna, [world.ben, world.mei, world.carl], forum=True)
        anna.promote(world.group, world.ben)
        telegram.add_bot_to(world.group, world.bot, anna, administrator=True)
        await world.start()
        await world.settled()
        await world.furnish()
        yield world
    finally:
        await world.stop()
        await telegram.close()

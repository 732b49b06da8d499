"""Bad input gets a clear sentence that says what is wrong, in the reader's language, and changes nothing.

The whole bot runs on an emulated Telegram, once in English and once in Chinese. Every row of the tables is typed or tapped
over the wire. After it every table is compared with what it held before; left out are only those in ``BOOKKEEPING``.
"""

from __future__ import annotations

import asyncio
import html
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text

from bot.app import App
from bot.db.schema import metadata
from bot.sandbox.telegram import Actor
from bot.sandbox.telegram.model import Chat, Message, QueuedUpdate
from bot.tg.outbox.limits import UNLIMITED
from tests.journeys.bad_input import TAPPED, Line, Row, Tap
from tests.journeys.bad_lines import LINES
from tests.journeys.bad_taps import TAPS
from tests.journeys.stage import START, Stage, close_stage, open_stage

BOOKKEEPING = frozenset(
    {
        "tg_seen",  # which updates were taken in
        "tg_inbox",  # which of them wait
        "tg_outbox",  # the answer itself; that it is nothing but an answer is checked on the wire
        "tg_forms",  # a question that stays open; how many are open is checked for each row
    }
)
ANSWERS = frozenset({"sendMessage", "editMessageText", "editMessageReplyMarkup", "answerCallbackQuery"})
LOOKS = frozenset({"getUpdates", "getChatAdministrators", "getChatMember", "getChat"})
ZONE = "Europe/Berlin"
"""It has a change of clocks in March 2027, a few weeks after the stage's day."""
CJK = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"\b[A-Za-z']{2,}(?: [A-Za-z']{2,}){2,}")
_QUOTED = re.compile(r"<(code|b|i|blockquote)>.*?</\1>|“[^”]*”|「[^」]*」|/\w+(?: \w+)*", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


@dataclass
class Hall:
    """The stage with two groups, what is in them, and who may be met there."""

    stage: Stage
    ids: dict[str, int] = field(default_factory=dict)
    replies: dict[str, Message] = field(default_factory=dict)
    before: dict[str, object] = field(default_factory=dict)
    other: Chat = field(init=False)
    channel: Chat = field(init=False)

    @property
    def app(self) -> App:
        """The bot."""
        assert self.stage.app is not None
        return self.stage.app

    async def settled(self) -> None:
        """Wait until everything is taken in and answered."""
        deadline = asyncio.get_running_loop().time() + 10
        while self.stage.bot.queue or not self.app.sender.idle:
            assert asyncio.get_running_loop().time() < deadline, self.stage.telegram.describe()
            await asyncio.sleep(0.002)

    async def say(self, who: Actor, where: Any, said: str, **options: Any) -> Message:
        """Say something and wait for what comes of it."""
        message = who.send(where, said, **options)
        await self.settled()
        return message

    async def plan(self, who: Actor, where: Chat, said: str) -> None:
        """Plan an event on one line, and save what is shown back."""
        await self.say(who, where, said)
        shown = self.stage.telegram.messages(where)[-1]
        who.tap(shown, shown.labels()[0])
        await self.settled()

    async def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Look into the database."""
        async with self.app.database.read() as tx:
            return [tuple(row) for row in (await tx.execute(text(query))).all()]

    async def held(self) -> dict[str, object]:
        """Return everything the database holds, but for the bookkeeping, and how many forms are open."""
        found: dict[str, object] = {}
        async with self.app.database.read() as tx:
            for table in metadata.sorted_tables:
                if table.name not in BOOKKEEPING:
                    # Raw: what the driver reads is enough to compare, and there are thousands of rows of bad input.
                    found[table.name] = (await tx.conn.exec_driver_sql(f"SELECT * FROM {table.name}")).all()  # noqa: S608
            forms = await tx.execute(text("SELECT count(*) FROM tg_forms"))
            found["open forms"] = forms.scalar_one()
        return found

    async def changed_nothing(self) -> None:
        """Check that the database holds what it held after the row before."""
        before, self.before = self.before, await self.held()
        for table, rows in before.items():
            assert self.before[table] == rows, table

    def answers(self, since: int) -> list[tuple[int | None, str]]:
        """Return what the bot said since a call: the chat (None for a tap's answer) and the words.

        :raises AssertionError: if it did anything else.
        """
        said: list[tuple[int | None, str]] = []
        for call in self.stage.telegram.journal.since(since):
            if call.method in LOOKS:
                continue
            assert call.method in ANSWERS, f"{call.method} {call.params}"
            assert call.ok, f"{call.method} {call.params}: {call.description}"
            chat = call.params.get("chat_id")
            words = str(call.params.get("text") or "")
            if call.method == "answerCallbackQuery":
                words = html.escape(words, quote=False)
            said.append((int(chat) if chat is not None else None, words))
        return said

    @property
    def calls(self) -> int:
        """The number of the last call."""
        return max((entry.n for entry in self.stage.telegram.journal.since(0, 1)), default=0)


class FastStage(Stage):
    """A stage whose bot does not wait for Telegram's limits, which the emulated one does not have either."""

    async def start(self) -> None:
        """Start the bot."""
        self.app = App(self.settings(), self.clock, UNLIMITED)
        await self.app.start()


# The hall and what is in it


async def open_hall(folder: Path, locale: str) -> Hall:
    """Make the stage, with nothing in it yet."""
    plain = await open_stage(folder, locale=locale, zone=ZONE, start=False)
    stage = FastStage(
        plain.folder, plain.telegram, plain.clock, plain.bot, plain.database_url, locale=locale, zone=ZONE
    )
    stage.people, stage.group = plain.people, plain.group
    await stage.start()
    return Hall(stage)


async def furnish(hall: Hall) -> None:
    """Make the two groups and everything the rows speak of."""
    await hall.settled()
    await _people(hall)
    await _announcements(hall)
    await _events(hall)
    await _cases(hall)
    await _rules(hall)
    await _questions(hall)
    for who, where in ((hall.stage.anna, hall.stage.group), (hall.stage.person("Rita"), hall.other)):
        # Has Telegram asked who the administrators are, at the hour at which the clock now stands still.
        await hall.say(who, where, "/unwarn 99")
    # A button of the ledger carries a kept filter: opened again at this hour it is kept as it is.
    await hall.say(hall.stage.anna, hall.stage.bot, "/ledger")
    ((hall.ids["view"],),) = await hall.rows("SELECT id FROM violations_ledger_views")
    for table, key in (("chats_groups", "title"), ("events_events", "title")):
        for number, name in await hall.rows(f"SELECT id, {key} FROM {table}"):  # noqa: S608
            hall.ids[str(name)] = int(number)
    _name_ids(hall)
    hall.ids |= {name.casefold(): actor.id for name, actor in hall.stage.people.items()}


def _name_ids(hall: Hall) -> None:
    ids = hall.ids
    ids |= {"g": ids["Hikers"], "o": ids["Runners"], "event": ids["Hike"], "cancelled": ids["Picnic"]}
    ids |= {"over": ids["Breakfast"], "closed": ids["Dinner"], "other_event": ids["Race"]}


async def _people(hall: Hall) -> None:
    """Let everybody be seen: who is known afterwards must not change when they speak again."""
    stage = hall.stage
    telegram, group = stage.telegram, stage.group
    other_language = "en" if stage.locale == "zh_Hans" else "zh-hans"
    dora, rita, nora, _ = (stage.person(name) for name in ("Dora", "Rita", "Nora", "Zoe"))
    lin = stage.person("Lin", other_language)
    hall.other = stage.group_of("Runners", rita, nora)
    helper = telegram.add_bot("helper_bot", "Helper")
    hall.channel = telegram.add_channel("News", stage.ben)
    for actor in (dora, nora, lin):
        actor.join(group)
    stage.anna.add(group, helper)
    stage.anna.promote(group, lin)
    for actor in stage.people.values():
        actor.start(stage.bot)
        for chat in (group, hall.other):
            if telegram.member(chat, actor)["status"] not in {"left", "kicked"}:
                hall.replies[f"{actor.name.casefold()}{'' if chat is group else '+'}"] = actor.send(chat, "Hello")
    await hall.settled()
    dora.leave(group)
    hall.replies["channel"] = stage.ben.send(group, "Our news", as_chat=hall.channel)
    hall.replies["anonymous"] = stage.anna.send(group, "As the group", anonymous=True)
    hall.replies["sticker"] = stage.mei.send_file(group, "sticker")
    hall.replies["poll"] = stage.mei.send_poll(group, "Where to?", ["Up", "Down"])
    await hall.settled()


async def _announcements(hall: Hall) -> None:
    """#1 a draft, #2 discarded, #3 scheduled, #4 published and to be acknowledged, #5 a draft with a photo; in the other group one more.

    Mei has handed something in, and a department owes something.
    """
    stage, anna = hall.stage, hall.stage.anna
    for number in range(1, 5):
        await hall.say(anna, stage.bot, f"/announce Notice {number}")
    anna.send_file(stage.bot, "photo", caption="/announce The view")
    await hall.settled()
    await hall.say(anna, stage.bot, "/announce cancel 2")
    await hall.say(anna, stage.bot, "/announce publish 4")
    await hall.say(anna, stage.bot, "/announce ack 4 on")
    await hall.say(anna, stage.bot, "/template save weekly 1")
    await hall.say(anna, stage.bot, "/announce schedule 3 2027-06-01 09:00")
    form = (await hall.rows("SELECT id, step FROM tg_forms"))[0]
    anna.tap(stage.telegram.messages(anna)[-1], data=f"f.ok:0:{form[0]}:{form[1]}")
    await hall.say(stage.mei, stage.group, "/submit The school looks for coats")
    await hall.say(anna, stage.bot, "/quota set Press 1 a month")
    rita = stage.person("Rita")
    for number in range(1, 8):
        await hall.say(rita, stage.bot, f"/announce Run {number}")
    await hall.settled()
    states = await hall.rows(
        "SELECT number, state FROM announcements_posts WHERE author_id = 0 OR number < 6 ORDER BY id"
    )
    assert [state for _, state in states][:5] == ["draft", "discarded", "scheduled", "published", "draft"]


async def _events(hall: Hall) -> None:
    """#1 open with a guest each and a question, #2 cancelled, #3 over, #4 closed and weekly; in the other group seven."""
    stage, anna, group = hall.stage, hall.stage.anna, hall.stage.group
    await hall.plan(anna, group, "/event create Hike | 2027-03-20 09:00 | 10 seats | +1")
    await hall.plan(anna, group, "/event create Picnic | 2027-03-21 09:00 | 10 seats | +1")
    await hall.plan(anna, group, "/event create Breakfast | 2027-03-10 12:00")
    await hall.plan(anna, group, "/event create Dinner | 2027-03-22 19:00")
    await hall.say(anna, stage.bot, "/event repeat 4 weekly")
    shown = stage.telegram.messages(anna)[-1]
    anna.tap(shown, shown.labels()[0])
    await hall.settled()
    await hall.say(anna, group, "/event close 4")
    await hall.say(anna, group, "/event ask 1 2027?")
    await hall.say(anna, stage.bot, "/event cancel 2 rain")
    ((form, step),) = await hall.rows("SELECT id, step FROM tg_forms")
    anna.tap(stage.telegram.messages(anna)[-1], data=f"f.c:0:{form}:{step}:0")
    rita = stage.person("Rita")
    for _ in range(7):
        await hall.plan(rita, hall.other, "/event create Race | 2027-03-20 09:00 | 10 seats")
    await stage.advance(hours=2)
    assert stage.clock.now() > START
    states = await hall.rows("SELECT number, state FROM events_events ORDER BY id LIMIT 4")
    assert [state for _, state in states] == ["open", "cancelled", "over", "closed"]


async def _cases(hall: Hall) -> None:
    """#1 undone, #2 counts and is appealed against; in the other group six, the last of which waits for a decision."""
    stage, anna, rita = hall.stage, hall.stage.anna, hall.stage.person("Rita")
    await hall.say(anna, stage.group, "/warn @mei spam")
    await hall.say(anna, stage.group, "/unwarn 1")
    await hall.say(anna, stage.group, "/warn @carl spam")
    hall.replies["card"] = stage.telegram.messages(stage.group)[-1]
    await hall.say(stage.carl, stage.bot, "/appeal 2 I had asked before")
    ((hall.ids["appeal"],),) = await hall.rows("SELECT id FROM violations_appeals")
    for _ in range(6):
        await hall.say(rita, hall.other, "/warn @nora spam")
        await stage.advance(minutes=2)
    found = await hall.rows("SELECT id FROM violations_cases ORDER BY id")
    hall.ids["undone"], hall.ids["case"], hall.ids["other_case"] = (int(found[index][0]) for index in (0, 1, -1))
    ((hall.ids["other_approval"],),) = await hall.rows("SELECT max(id) FROM approvals_pending")


async def _rules(hall: Hall) -> None:
    """A1 of at most 200 characters, A2 with a list of one word, A3 with an empty one, A4 about advertising; all are off."""
    stage, anna = hall.stage, hall.stage.anna
    for line in (
        "add length 200 hint",
        "add words hint zzgamble",
        "add solicitation hint",
        "add advertising hint",
        "A1 off",
        "A2 off",
        "A3 off",
        "A4 off",
    ):
        await hall.say(anna, stage.bot, f"/policy {line}")


async def _questions(hall: Hall) -> None:
    """A form of Ben's in the group, a command in the group's name, and one of Nora's that may mean two groups."""
    stage = hall.stage
    await hall.say(stage.ben, stage.group, "/event create")
    await hall.say(stage.anna, stage.group, "/announce show 1", anonymous=True)
    await hall.say(stage.person("Nora"), stage.bot, "/event list")
    ((hall.ids["bens_form"],),) = await hall.rows("SELECT id FROM tg_forms")
    first, second = await hall.rows("SELECT id FROM tg_held ORDER BY id")
    hall.ids["held"], hall.ids["noras_held"] = int(first[0]), int(second[0])


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["en", "zh_Hans"])
async def hall(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Hall]:
    """The hall in a language; no row changes it, so all of them share it."""
    opened = await open_hall(tmp_path_factory.mktemp("hall"), request.param)
    try:
        await furnish(opened)
        opened.before = await opened.held()
        yield opened
    finally:
        await close_stage(opened.stage)


# What a row says, and what must come of it


def _name(row: Row) -> str:
    said = row.said or row.file if isinstance(row, Line) else row.data
    return ascii(f"{row.who}: {' / '.join((*row.first, said)) if isinstance(row, Line) else said}"[:60]).strip("'")


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("row", LINES, ids=_name)
async def test_a_bad_line_is_answered_and_changes_nothing(hall: Hall, row: Line) -> None:
    who = hall.stage.people[row.who]
    where: Any = hall.stage.group if row.where == "group" else hall.stage.bot
    for line in row.first:
        if line.startswith(TAPPED):
            await _tap(hall, who, line.removeprefix(TAPPED))
        else:
            await hall.say(who, where, line)
    since = hall.calls
    _send(hall, row, who, where)
    await hall.settled()
    said = hall.answers(since)
    if row.asks:
        await hall.say(who, where, "/cancel")
    await hall.changed_nothing()
    chat = who.id if row.where == "private" else hall.stage.group.id
    assert {place for place, _ in said} == {chat}
    _is_clear(hall, row, said, row.said)


async def _tap(hall: Hall, who: Actor, data: str) -> None:
    """Tap on the newest message of the bot in private, which has to have that button."""
    message = next(m for m in reversed(hall.stage.telegram.messages(who)) if m.author == hall.stage.bot.id)
    who.tap(message, data=data.format(g=hall.ids["g"], view=hall.ids["view"]), chat=hall.stage.telegram.private(who))
    await hall.settled()


def _send(hall: Hall, row: Line, who: Actor, where: Any) -> None:
    options: dict[str, Any] = {"reply_to": hall.replies[row.reply]} if row.reply else {}
    if row.as_chat:
        options["as_chat"] = hall.channel
    if row.file == "poll":
        who.send_poll(where, "Where to?", ["Up", "Down"])
    elif row.file:
        who.send_file(where, row.file, caption=row.said or None, **options)
    elif row.raw:
        who.send(where, "/…", **options)
        _reword(hall.stage.bot.queue, row.said)
    else:
        who.send(where, row.said, **options)


def _reword(queue: list[QueuedUpdate], said: str) -> None:
    """Put words into the newest update that no client would send."""
    body = json.loads(queue[-1].body)
    body["message"]["text"] = said
    body["message"].pop("entities", None)
    if said.startswith("/"):
        length = len(said.split(maxsplit=1)[0])
        body["message"]["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    queue[-1].body = json.dumps(body)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("row", TAPS, ids=_name)
async def test_a_bad_tap_is_answered_and_changes_nothing(hall: Hall, row: Tap) -> None:
    stage, who = hall.stage, hall.stage.people[row.who]
    data = re.sub(r"\{(\w+)\}", lambda found: str(hall.ids[found[1]]), row.data)
    chat = {"group": stage.group, "other": hall.other, "private": stage.telegram.private(who)}[row.on]
    message = next(m for m in reversed(stage.telegram.messages(chat)) if m.author == stage.bot.id)
    since = hall.calls
    query = who.tap(message, data=data, chat=chat)
    await hall.settled()
    assert stage.telegram.world.state.callbacks[query].answer is not None, "the tap is not answered"
    said = hall.answers(since)
    await hall.changed_nothing()
    assert {place for place, _ in said} <= {None, chat.id}
    _is_clear(hall, row, said, data)


def _is_clear(hall: Hall, row: Row, said: list[tuple[int | None, str]], typed: str) -> None:
    """Check that there is an answer, that it names what it must, and that it is in the reader's language."""
    source = "\n".join(words for _, words in said)
    shown = html.unescape(_TAG.sub("", source))
    assert shown.strip(), "no answer"
    in_private = isinstance(row, Line) and row.where == "private"
    chinese = (hall.stage.locale == "zh_Hans") != (row.who == "Lin" and in_private)
    for name in (*row.names, *(() if chinese else row.en)):
        assert name in shown, shown
    ours = html.unescape(_TAG.sub("", _QUOTED.sub(" ", source)))
    for word in typed.split():
        ours = ours.replace(word, " ")
    if chinese:
        assert CJK.search(ours), shown
        assert not ENGLISH.search(ours), shown
    else:
        assert not CJK.search(ours), shown
    assert shown.count("<code>") == 0, shown


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("code", ["ev.coming:{g}:1", "m.h:0:1", "v.page:{g}:{mei}:1", "ev.page:{g}:{event}:1"])
async def test_a_tap_forged_on_a_message_does_not_replace_it(hall: Hall, code: str) -> None:
    stage = hall.stage
    (pinned,) = stage.telegram.pins(stage.group)
    before = pinned.text
    stage.mei.tap(pinned, data=re.sub(r"\{(\w+)\}", lambda found: str(hall.ids[found[1]]), code))
    await hall.settled()
    assert stage.telegram.pins(stage.group)[0].text == before == "Notice 4"
    await hall.changed_nothing()


def test_there_are_enough_rows() -> None:
    rows: list[Row] = [*LINES, *TAPS]
    assert len(rows) >= 150
    assert len({_key(row) for row in rows}) == len(rows)


def _key(row: Row) -> object:
    return (
        (row.who, row.on, row.data)
        if isinstance(row, Tap)
        else (row.who, row.where, row.first, row.said, row.reply, row.file)
    )

"""The control surface: every reading and every action of docs/sandbox-control.md, over real HTTP."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.kernel.clock import MovableClock
from bot.sandbox.control import add_control
from bot.sandbox.control_actions import ACTIONS
from bot.sandbox.telegram import Telegram

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
CONTRACT = Path(__file__).parents[2] / "docs" / "sandbox-control.md"


class Control:
    """A client of the control surface and of the Bot API beside it."""

    def __init__(self, telegram: Telegram, clock: MovableClock, http: ClientSession) -> None:
        self.telegram, self.clock, self.http = telegram, clock, http
        self.due: datetime | None = None
        self.token = ""

    def url(self, path: str) -> str:
        return f"{self.telegram.url}{path}"

    async def get(self, path: str, status: int = 200, **query: Any) -> Any:
        async with self.http.get(self.url(f"/control/{path}"), params=query) as answer:
            body = await answer.json()
            assert answer.status == status, body
            return body

    async def post(self, action: str, expect: int = 200, **body: Any) -> Any:
        body = {name.rstrip("_"): value for name, value in body.items()}
        async with self.http.post(self.url(f"/control/{action}"), json=body) as answer:
            read = await answer.json()
            assert answer.status == expect, read
            return read

    async def bot(self, method: str, **params: Any) -> Any:
        async with self.http.post(f"{self.telegram.url}/bot{self.token}/{method}", json=params) as answer:
            return (await answer.json()).get("result")

    async def updates(self) -> list[dict[str, Any]]:
        kinds = ["message", "callback_query", "chat_member", "my_chat_member", "message_reaction", "chat_join_request"]
        found: list[dict[str, Any]] = await self.bot("getUpdates", allowed_updates=[*kinds, "edited_message"])
        if found:
            await self.bot("getUpdates", offset=found[-1]["update_id"] + 1)
        return found

    async def member(self, chat_id: int, user_id: int) -> dict[str, Any]:
        view = await self.get(f"chats/{chat_id}", as_=user_id)
        return next(row for row in view["members"] if row["user"]["id"] == user_id)


@pytest.fixture
async def control() -> AsyncIterator[Control]:
    clock = MovableClock(NOON)
    telegram = Telegram(clock)
    async with ClientSession() as http:
        made = Control(telegram, clock, http)

        async def next_timer() -> datetime | None:
            return made.due

        add_control(telegram.app, telegram, clock, next_timer)
        async with telegram:
            made.token = telegram.add_bot("qunguan_bot", "Qunguan", privacy=True).token
            yield made


class House:
    """A group with an owner, a member and the bot as administrator."""

    def __init__(self, control: Control, olga: int, mei: int, chat: int) -> None:
        self.control, self.olga, self.mei, self.chat = control, olga, mei, chat

    async def say(self, text: str, by: int | None = None, **more: Any) -> dict[str, Any]:
        sent: dict[str, Any] = await self.control.post(
            "send", as_=by or self.olga, chat_id=self.chat, text=text, **more
        )
        return sent

    async def view(self, **query: Any) -> dict[str, Any]:
        found: dict[str, Any] = await self.control.get(f"chats/{self.chat}", **({"as": self.olga} | query))
        return found

    async def message(self, message_id: int) -> dict[str, Any]:
        return next(row for row in (await self.view())["messages"] if row["message_id"] == message_id)


@pytest.fixture
async def house(control: Control) -> House:
    olga = await control.post("users", first_name="Olga", username="olga", language_code="en")
    mei = await control.post("users", first_name="Mei", last_name="Lin", username="mei_lin", language_code="zh-hans")
    chat = await control.post(
        "groups", title="Hikers", type="supergroup", owner=olga["id"], members=[mei["id"]], bot="administrator"
    )
    return House(control, olga["id"], mei["id"], chat["id"])


def test_every_action_stands_in_the_contract_and_every_promise_is_kept() -> None:
    rows = [line for line in CONTRACT.read_text("utf-8").split("## Acting")[1].splitlines() if line.startswith("| `")]
    named: set[str] = set()
    for row in rows:
        first, rest = row.split("|")[1:3]
        named |= set(re.findall(r"`([a-z_/]+)`", first))
        for others in re.findall(r"· ((?:`[a-z_/]+`(?: / )?)+)", rest):
            named |= set(re.findall(r"`([a-z_/]+)`", others))
    assert named == set(ACTIONS)


async def test_state_tells_people_chats_bots_and_limits(control: Control, house: House) -> None:
    await control.post("start", as_=house.mei)
    state = await control.get("state")
    assert {user["first_name"] for user in state["users"]} == {"Qunguan", "Olga", "Mei"}
    assert state["now"] == int(NOON.timestamp())
    assert state["clock_offset"] == 0
    assert [bot["username"] for bot in state["bots"]] == ["qunguan_bot"]
    assert state["bots"][0]["token"] == control.token
    assert state["limits"] == {"enabled": False, "kind": "window"}
    group, private = (
        next(chat for chat in state["chats"] if chat["type"] == kind) for kind in ("supergroup", "private")
    )
    assert (group["id"], group["title"], group["member_count"]) == (house.chat, "Hikers", 3)
    assert group["permissions"]["can_send_messages"] is True
    assert (private["id"], private["title"]) == (house.mei, "Mei Lin")
    assert private["last"] == {"id": 1, "text": "/start", "date": state["now"], "from": "Mei"}


async def test_waiting_ends_with_a_change_or_with_the_time(control: Control, house: House) -> None:
    version = (await control.get("state"))["version"]
    waiting = asyncio.create_task(control.get("wait", since=version, timeout=20))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await house.say("hello")
    assert (await waiting)["version"] > version
    version = (await control.get("state"))["version"]
    assert (await control.get("wait", since=version, timeout=0.05))["version"] == version


async def test_a_chat_is_read_with_members_messages_pins_and_oneself(control: Control, house: House) -> None:
    first = await house.say("**no** markup <here> @mei_lin")
    second = await house.say("answer", by=house.mei, reply_to=first["message_id"])
    sent = await control.bot(
        "sendMessage",
        chat_id=house.chat,
        text="<b>card</b>",
        parse_mode="HTML",
        reply_markup={"inline_keyboard": [[{"text": "Join", "callback_data": "j"}]]},
    )
    await control.bot("pinChatMessage", chat_id=house.chat, message_id=sent["message_id"])
    view = await house.view()
    assert view["chat"]["title"] == "Hikers"
    assert view["pins"] == [sent["message_id"]]
    assert view["you"]["status"] == "creator"
    assert view["you"]["rights"]["can_delete_messages"] is True
    by_id = {row["message_id"]: row for row in view["messages"]}
    assert by_id[first["message_id"]]["html"] == '**no** markup &lt;here&gt; <a class="mention">@mei_lin</a>'
    assert by_id[second["message_id"]]["reply_to_message"]["message_id"] == first["message_id"]
    card = by_id[sent["message_id"]]
    assert (card["html"], card["pinned"], card["edited"], card["deleted"]) == ("<b>card</b>", True, False, False)
    assert card["buttons"] == [[{"text": "Join", "callback_data": "j"}]]
    older = await house.view(limit=1, before=second["message_id"])
    assert [row["message_id"] for row in older["messages"]] == [first["message_id"]]


async def test_what_there_is_not_is_a_404_with_a_sentence(control: Control, house: House) -> None:
    assert "error" in await control.get("chats/-5", status=404)
    assert "error" in await control.get("file/nothing", status=404)
    assert "error" in await control.post("dance", expect=404)
    assert "error" in await control.post("send", expect=404, as_=5, chat_id=house.chat, text="x")
    assert "error" in await control.post(
        "edit", expect=404, as_=house.olga, chat_id=house.chat, message_id=99, text="x"
    )


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("send", {}),
        ("send", {"as_": "Olga", "chat_id": 1}),
        ("send", {"as_": True, "chat_id": 1}),
        ("users", {}),
        ("users", {"first_name": 5}),
        ("groups", {"title": "x", "type": "channel", "owner": 1}),
        ("clock", {}),
        ("clock", {"advance": -5}),
        ("clock", {"to": 5}),
        ("faults", {"method": "sendMessage", "kind": "flood", "count": 1}),
        ("limits", {"enabled": True, "kind": "tide"}),
        ("load", {"path": "/nowhere/at/all.json"}),
        ("restrict", {"as_": 1, "chat_id": 1, "user_id": 1, "permissions": [1]}),
    ],
)
async def test_what_makes_no_sense_is_refused(control: Control, action: str, body: dict[str, Any]) -> None:
    async with control.http.post(
        control.url(f"/control/{action}"), json={name.rstrip("_"): value for name, value in body.items()}
    ) as answer:
        assert answer.status in (400, 404)
        assert (await answer.json())["error"].endswith(".")


async def test_broken_bodies_and_foreign_pages_are_refused(control: Control) -> None:
    url = control.url("/control/reset")
    async with control.http.post(url, data="[1") as answer:
        assert answer.status == 400
    async with control.http.post(url, json=[1]) as answer:
        assert answer.status == 400
    async with control.http.post(url, json={}, headers={"Origin": "https://example.com"}) as answer:
        assert answer.status == 403


async def test_the_page_is_one_file_that_loads_nothing_from_elsewhere(control: Control) -> None:
    async with control.http.get(control.url("/")) as answer:
        page = await answer.text()
        assert answer.content_type == "text/html"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    outside = [link for link in re.findall(r"https?://[^\s'\"]+", page) if not link.startswith("http://www.w3.org/")]
    assert outside == []
    assert not re.findall(r"<(?:link|script)[^>]+(?:href|src)=\"(?!data:)", page)


async def test_people_and_groups_and_channels_are_made(control: Control, house: House) -> None:
    user = await control.post("users", first_name="Adam")
    assert (user["first_name"], user["username"], user["is_bot"]) == ("Adam", None, False)
    assert "taken" in (await control.post("users", expect=400, first_name="O", username="olga"))["error"]
    group = await control.post("groups", title="Basic", type="group", owner=user["id"], bot="member")
    assert (group["type"], group["member_count"]) == ("group", 2)
    forum = await control.post("groups", title="Forum", type="supergroup", owner=user["id"], is_forum=True)
    assert (forum["is_forum"], forum["member_count"]) == (True, 1)
    channel = await control.post("channels", title="News", owner=house.olga, linked_chat_id=house.chat)
    assert (channel["type"], channel["linked_chat_id"]) == ("channel", house.chat)
    await control.post("send", as_=house.olga, chat_id=channel["id"], text="out now")
    forwarded = (await house.view())["messages"][-1]
    assert (forwarded["text"], forwarded["is_automatic_forward"]) == ("out now", True)


async def test_start_opens_the_private_chat(control: Control, house: House) -> None:
    view = await control.get(f"chats/{house.mei}", **{"as": house.mei})
    assert (view["started"], view["messages"]) == (False, [])
    await control.post("start", as_=house.mei, payload="group-5")
    assert (await control.updates())[-1]["message"]["text"] == "/start group-5"
    view = await control.get(f"chats/{house.mei}", **{"as": house.mei})
    assert (view["started"], view["blocked"], view["you"]) == (True, False, None)
    await control.post("block", as_=house.mei)
    assert (await control.updates())[-1]["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert (await control.get(f"chats/{house.mei}"))["blocked"] is True
    await control.post("unblock", as_=house.mei)
    assert (await control.get(f"chats/{house.mei}"))["blocked"] is False
    await control.post("send", as_=house.mei, chat_id=house.mei, text="hello bot")
    assert (await control.updates())[-1]["message"]["text"] == "hello bot"


def _sample(kind: str) -> dict[str, Any]:
    return {kind: {"sample": True}}


async def test_people_send_text_mentions_and_media(control: Control, house: House) -> None:
    named = await house.say(f"[Mei](tg://user?id={house.mei}) and @mei_lin")
    assert [entity["type"] for entity in named["entities"]] == ["text_mention", "mention"]
    marked = await house.say("bold", entities=[{"type": "bold", "offset": 0, "length": 4}])
    assert marked["html"] == "<b>bold</b>"
    photo = await control.post("send", as_=house.olga, chat_id=house.chat, photo={"sample": True}, caption="look")
    assert (photo["caption"], photo["html"]) == ("look", "look")
    async with control.http.get(control.url(f"/control/file/{photo['photo'][-1]['file_id']}")) as answer:
        assert answer.content_type == "image/png"
        assert (await answer.read()).startswith(b"\x89PNG")
    data = base64.b64encode(b"<script>").decode()
    document = await control.post(
        "send", as_=house.olga, chat_id=house.chat, document={"file_name": "a.html", "base64": data}
    )
    assert document["document"]["file_name"] == "a.html"
    async with control.http.get(control.url(f"/control/file/{document['document']['file_id']}")) as answer:
        assert answer.headers["Content-Disposition"] == "attachment"
        assert await answer.read() == b"<script>"
    for kind in ("video", "sticker", "voice"):
        assert kind in await control.post("send", as_=house.olga, chat_id=house.chat, **_sample(kind))
    contact = await control.post(
        "send",
        as_=house.olga,
        chat_id=house.chat,
        contact={"phone_number": "+1", "first_name": "Mei", "user_id": house.mei},
    )
    assert contact["contact"]["user_id"] == house.mei
    first = await control.post("send", as_=house.olga, chat_id=house.chat, album={"count": 3}, caption="three")
    album = [row for row in (await house.view())["messages"] if row.get("media_group_id") == first["media_group_id"]]
    assert [row.get("caption") for row in album] == ["three", None, None]
    news = await control.post("channels", title="News", owner=house.olga)
    story = await control.post("send", as_=house.mei, chat_id=house.chat, story_of=news["id"])
    assert story["story"]["chat"]["title"] == "News"
    offer: dict[str, Any] = {"text": "a bonus", "via_bot": int(control.token.partition(":")[0])}
    keys = [[{"text": "Claim", "url": "https://spam-site.top"}]]
    by_bot = await control.post("send", as_=house.mei, chat_id=house.chat, **offer, inline_keyboard=keys)
    assert by_bot["via_bot"]["username"] == "qunguan_bot"
    assert [button["text"] for row in by_bot["buttons"] for button in row] == ["Claim"]
    dead = [[{"text": "Claim"}]]
    refused = await control.post("send", expect=403, as_=house.mei, chat_id=house.chat, **offer, inline_keyboard=dead)
    assert "inline keyboard" in refused["error"]
    poll = await control.post(
        "send", as_=house.olga, chat_id=house.chat, poll={"question": "When?", "options": ["Sat", "Sun"]}
    )
    assert [option["text"] for option in poll["poll"]["options"]] == ["Sat", "Sun"]
    await control.post("vote", as_=house.mei, chat_id=house.chat, message_id=poll["message_id"], options=[1])
    assert [o["voter_count"] for o in (await house.message(poll["message_id"]))["poll"]["options"]] == [0, 1]
    forward = await control.post(
        "send",
        as_=house.mei,
        chat_id=house.chat,
        forward_from={"chat_id": house.chat, "message_id": marked["message_id"]},
    )
    assert (forward["text"], forward["forward_origin"]["sender_user"]["id"]) == ("bold", house.olga)
    assert "error" in await control.post("send", expect=400, as_=house.olga, chat_id=house.chat)
    assert "error" in await control.post("send", expect=400, as_=house.olga, chat_id=house.chat, photo={"base64": "%%"})


async def test_an_anonymous_administrator_and_a_channel_speak_in_the_group(control: Control, house: House) -> None:
    await control.post(
        "promote", as_=house.olga, chat_id=house.chat, user_id=house.mei, is_anonymous=True, title="guide"
    )
    hidden = await house.say("from above", by=house.mei, anonymous=True)
    assert (hidden["sender_chat"]["id"], hidden["from"]["username"], hidden["author"]) == (
        house.chat,
        "GroupAnonymousBot",
        house.mei,
    )
    channel = await control.post("channels", title="News", owner=house.mei)
    spoken = await house.say("breaking", by=house.mei, sender_chat_id=channel["id"])
    assert (spoken["sender_chat"]["id"], spoken["from"]["username"]) == (channel["id"], "Channel_Bot")


async def test_messages_are_edited_deleted_and_reacted_to(control: Control, house: House) -> None:
    said = await house.say("one", by=house.mei)
    at = {"chat_id": house.chat, "message_id": said["message_id"]}
    assert (await control.post("edit", as_=house.mei, text="two", **at))["text"] == "two"
    assert (await house.message(said["message_id"]))["edited"] is True
    assert "error" in await control.post("edit", expect=403, as_=house.olga, text="three", **at)
    await control.post("react", as_=house.olga, emoji="👍", **at)
    assert (await house.message(said["message_id"]))["reactions"] == [{"emoji": "👍", "count": 1}]
    await control.post("react", as_=house.olga, **at)
    assert (await house.message(said["message_id"]))["reactions"] == []
    assert "error" in await control.post("pin", expect=403, as_=house.mei, **at)
    await control.post("pin", as_=house.olga, **at)
    assert (await house.view())["pins"] == [said["message_id"]]
    await control.post("unpin", as_=house.olga, **at)
    assert (await house.view())["pins"] == []
    await control.post("delete", as_=house.olga, **at)
    gone = await house.message(said["message_id"])
    assert (gone["deleted"], gone["text"]) == (True, "two")
    kinds = [next(key for key in update if key != "update_id") for update in await control.updates()]
    assert kinds.count("edited_message") == 1


async def test_a_tap_is_answered(control: Control, house: House) -> None:
    keyboard = {
        "inline_keyboard": [[{"text": "Join", "callback_data": "j:1"}, {"text": "Leave", "callback_data": "l:1"}]]
    }
    card = await control.bot("sendMessage", chat_id=house.chat, text="card", reply_markup=keyboard)
    at = {"chat_id": house.chat, "message_id": card["message_id"]}
    tapped = await control.post("tap", as_=house.mei, button="Join", **at)
    again = await control.post("tap", as_=house.mei, data="l:1", **at)
    data = {
        u["callback_query"]["id"]: u["callback_query"]["data"] for u in await control.updates() if "callback_query" in u
    }
    assert data == {tapped["callback_query_id"]: "j:1", again["callback_query_id"]: "l:1"}
    await control.bot(
        "answerCallbackQuery", callback_query_id=tapped["callback_query_id"], text="You are in", show_alert=True
    )
    answers = (await control.get("answers", **{"as": house.mei}))["answers"]
    assert [(a["text"], a["show_alert"], a["message_id"], a["chat_id"]) for a in answers] == [
        ("You are in", True, card["message_id"], house.chat)
    ]
    assert answers[0]["callback_query_id"] == tapped["callback_query_id"]
    assert (await control.get("answers", **{"as": house.mei, "since": answers[0]["n"]}))["answers"] == []
    assert (await control.get("answers", **{"as": house.olga}))["answers"] == []
    assert "error" in await control.post("tap", expect=403, as_=house.mei, button="Fly", **at)
    assert "error" in await control.post("tap", expect=400, as_=house.mei, **at)


async def test_people_come_go_rise_fall_and_are_restricted(control: Control, house: House) -> None:
    adam = (await control.post("users", first_name="Adam"))["id"]
    lina = (await control.post("users", first_name="Li Na"))["id"]
    target: dict[str, Any] = {"as_": house.olga, "chat_id": house.chat, "user_id": adam}
    await control.post("join", as_=adam, chat_id=house.chat)
    assert (await control.member(house.chat, adam))["status"] == "member"
    await control.post("leave", as_=adam, chat_id=house.chat)
    assert (await control.member(house.chat, adam))["status"] == "left"
    await control.post("add", **target)
    await control.post("promote", **target, rights={"can_pin_messages": True}, title="guide")
    raised = await control.member(house.chat, adam)
    assert (raised["status"], raised["custom_title"], raised["rights"]["can_pin_messages"]) == (
        "administrator",
        "guide",
        True,
    )
    assert raised["rights"]["can_restrict_members"] is False
    await control.post("demote", **target)
    assert (await control.member(house.chat, adam))["status"] == "member"
    until = int((NOON + timedelta(hours=1)).timestamp())
    await control.post("restrict", **target, permissions={"can_send_messages": False}, until_date=until)
    muted = await control.member(house.chat, adam)
    assert (muted["status"], muted["until_date"], muted["permissions"]["can_send_messages"]) == (
        "restricted",
        until,
        False,
    )
    assert "error" in await house_say_refused(control, house, adam)
    await control.post("clock", advance=3600)
    assert (await control.member(house.chat, adam))["status"] == "member"
    await control.post("kick", **target)
    assert (await control.member(house.chat, adam))["status"] == "kicked"
    assert "error" in await control.post("join", expect=403, as_=adam, chat_id=house.chat)
    assert "error" in await control.post("kick", expect=403, as_=house.mei, chat_id=house.chat, user_id=house.olga)
    once = await control.bot("createChatInviteLink", chat_id=house.chat, member_limit=1)
    await control.post("join", as_=lina, invite_link=once["invite_link"])
    assert (await control.member(house.chat, lina))["status"] == "member"
    await control.post("leave", as_=lina, chat_id=house.chat)
    assert "error" in await control.post("join", expect=403, as_=lina, invite_link=once["invite_link"])
    assert "error" in await control.post("join", expect=400, as_=lina, invite_link="https://t.me/+nothing")
    link = await control.bot("createChatInviteLink", chat_id=house.chat, creates_join_request=True)
    await control.updates()
    await control.post("request", as_=lina, chat_id=house.chat, invite_link=link["invite_link"])
    assert (await control.updates())[-1]["chat_join_request"]["from"]["id"] == lina
    asker: dict[str, Any] = {"as_": house.olga, "chat_id": house.chat, "user_id": lina}
    await control.post("decide", **asker, approve=True)
    await control.post("tag", **asker, tag="walker")
    assert (await control.member(house.chat, lina))["tag"] == "walker"


async def house_say_refused(control: Control, house: House, user_id: int) -> Any:
    return await control.post("send", expect=403, as_=user_id, chat_id=house.chat, text="let me speak")


async def test_the_bots_own_rights_and_standing_are_set(control: Control, house: House) -> None:
    bot_id = int(control.token.partition(":")[0])
    await control.post("bot_rights", chat_id=house.chat, rights={"can_delete_messages": True})
    rights = (await control.member(house.chat, bot_id))["rights"]
    assert (rights["can_delete_messages"], rights["can_pin_messages"]) == (True, False)
    for status in ("member", "administrator", "kicked", "member", "left", "administrator"):
        await control.post("bot_rights", chat_id=house.chat, status=status)
        assert (await control.member(house.chat, bot_id))["status"] == status
    assert (await control.updates())[-1]["my_chat_member"]["new_chat_member"]["status"] == "administrator"


async def test_the_group_itself_changes(control: Control, house: House) -> None:
    await control.post("permissions", chat_id=house.chat, permissions={"can_send_messages": False})
    assert (await house.view())["chat"]["permissions"]["can_send_messages"] is False
    assert "error" in await house_say_refused(control, house, house.mei)
    await control.post("title", as_=house.olga, chat_id=house.chat, title="Walkers")
    assert (await house.view())["messages"][-1]["new_chat_title"] == "Walkers"
    basic = await control.post(
        "groups", title="Basic", type="group", owner=house.olga, members=[house.mei], bot="member"
    )
    grown = await control.post("migrate", chat_id=basic["id"])
    assert (grown["type"], grown["title"], grown["member_count"]) == ("supergroup", "Basic", 3)
    old = next(chat for chat in (await control.get("state"))["chats"] if chat["id"] == basic["id"])
    assert old["migrated_to"] == grown["id"]
    forum = await control.post("groups", title="Forum", type="supergroup", owner=house.olga, is_forum=True)
    topic = await control.post("topics", as_=house.olga, chat_id=forum["id"], name="News")
    assert topic["name"] == "News"
    said = await control.post("send", as_=house.olga, chat_id=forum["id"], text="in there", thread_id=topic["id"])
    assert said["message_thread_id"] == topic["id"]
    view = await control.get(f"chats/{forum['id']}")
    assert [(one["id"], one["name"]) for one in view["chat"]["topics"]] == [(topic["id"], "News")]


async def test_the_clock_moves_forward_only(control: Control) -> None:
    now = int(NOON.timestamp())
    assert (await control.post("clock", advance=3600))["now"] == now + 3600
    assert (await control.post("clock", to=now + 7200))["now"] == now + 7200
    assert (await control.get("state"))["clock_offset"] == 7200
    assert "error" in await control.post("clock", expect=404, to_next_timer=True)
    control.due = NOON + timedelta(hours=5, microseconds=5)
    assert (await control.post("clock", to_next_timer=True))["now"] == now + 5 * 3600
    assert control.clock.now() >= control.due
    assert (await control.post("clock", to_next_timer=True))["now"] == now + 5 * 3600


async def test_faults_and_limits_strike_the_bot_and_the_journal_tells(control: Control, house: House) -> None:
    await control.post("faults", method="sendMessage", count=1, kind="429", retry_after=7, chat_id=house.chat)
    assert await control.bot("sendMessage", chat_id=house.chat, text="one") is None
    assert (await control.bot("sendMessage", chat_id=house.chat, text="two"))["text"] == "two"
    await control.post("faults", method="sendMessage", count=5, kind="500")
    await control.post("faults/clear")
    assert (await control.bot("sendMessage", chat_id=house.chat, text="three"))["text"] == "three"
    await control.updates()
    calls = (await control.get("journal"))["calls"]
    assert [(call["method"], call["ok"], call["error_code"]) for call in calls] == [
        ("sendMessage", False, 429),
        ("sendMessage", True, None),
        ("sendMessage", True, None),
    ]
    assert calls[0]["params"]["text"] == "one"
    assert calls[1]["result"]["text"] == "two"
    assert [call["n"] for call in (await control.get("journal", since=calls[1]["n"]))["calls"]] == [calls[2]["n"]]
    assert len((await control.get("journal", limit=1))["calls"]) == 1
    await control.post("limits", enabled=True, kind="bucket")
    assert (await control.get("state"))["limits"] == {"enabled": True, "kind": "bucket"}
    await control.bot("sendMessage", chat_id=house.chat, text="four")
    assert await control.bot("sendMessage", chat_id=house.chat, text="five") is None
    await control.post("limits", enabled=False)
    assert (await control.bot("sendMessage", chat_id=house.chat, text="six"))["text"] == "six"


async def test_the_command_menu_is_the_narrowest_in_the_readers_language(control: Control, house: House) -> None:
    for scope, language, text in (
        ("default", None, "all"),
        ("all_group_chats", None, "groups"),
        ("all_group_chats", "zh", "群"),
        ("all_chat_administrators", None, "admins"),
    ):
        commands = [{"command": "help", "description": text}]
        await control.bot(
            "setMyCommands",
            commands=commands,
            scope={"type": scope},
            **({"language_code": language} if language else {}),
        )
    seen = {user: (await house.view(**{"as": user}))["commands"] for user in (house.olga, house.mei)}
    assert seen[house.olga] == [{"command": "help", "description": "admins", "bot": "qunguan_bot"}]
    assert seen[house.mei][0]["description"] == "群"
    private = await control.get(f"chats/{house.mei}", **{"as": house.mei})
    assert private["commands"][0]["description"] == "all"


async def test_a_reply_keyboard_stands_open_for_whom_it_is_meant(control: Control, house: House) -> None:
    asked = await house.say("/event", by=house.mei)
    force = {"force_reply": True, "selective": True, "input_field_placeholder": "A title"}
    question = await control.bot(
        "sendMessage",
        chat_id=house.chat,
        text="What?",
        reply_markup=force,
        reply_parameters={"message_id": asked["message_id"]},
    )
    seen = (await house.view(**{"as": house.mei}))["prompt"]
    assert (seen["force_reply"], seen["message_id"], seen["input_field_placeholder"]) == (
        True,
        question["message_id"],
        "A title",
    )
    assert (await house.view())["prompt"] is None
    await house.say("Hike", by=house.mei, reply_to=question["message_id"])
    assert (await house.view(**{"as": house.mei}))["prompt"] is None
    board = {"keyboard": [[{"text": "Yes"}, {"text": "No"}]], "resize_keyboard": True}
    await control.bot("sendMessage", chat_id=house.chat, text="Sure?", reply_markup=board)
    assert [key["text"] for key in (await house.view())["prompt"]["keyboard"][0]] == ["Yes", "No"]
    await control.bot("sendMessage", chat_id=house.chat, text="Fine", reply_markup={"remove_keyboard": True})
    assert (await house.view())["prompt"] is None


async def test_the_world_is_saved_loaded_and_forgotten(control: Control, house: House, tmp_path: Path) -> None:
    said = await house.say("remember")
    path = str(tmp_path / "world.json")
    await control.post("save", path=path)
    version = (await control.get("state"))["version"]
    await control.post("reset")
    state = await control.get("state")
    assert state["chats"] == []
    assert state["version"] > version
    await control.post("load", path=path)
    assert (await house.message(said["message_id"]))["text"] == "remember"
